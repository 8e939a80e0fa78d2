"""The front page: the state of things in a few sentences, and what changed since the last release."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.components import data, markup, page, tables
from dashboard.components.quality import quality_figures
from dashboard.methods.missing import is_missing
from dashboard.words import numbers, periods, phrases, trends

_KINDS = {"new": "New", "revised": "Revised", "method": "Method", "scope": "Scope"}


def headline_sentences(said_as: Mapping[str, str]) -> list[str]:
    """One sentence an indicator that has a figure; `{value}` and `{when}` are filled from its latest row."""
    answer = data.ask("latest", area_code=data.SCOTLAND, indicators=list(said_as))
    rows, catalogue = {row["indicator_id"]: row for row in answer.records}, data.catalogue()
    sentences, before = [], ""
    for name, words in said_as.items():
        if name in rows and not is_missing(rows[name]["value"]):
            when = periods.in_period(rows[name]["period_label"])
            value = numbers.value_text(rows[name], catalogue[name], marks=False)
            sentences.append(
                words.format(value=f"**{value}**", when="in the same time" if when == before else when)
            )
            before = when
    return sentences


def change_sentences(indicator_ids: Sequence[str]) -> list[str]:
    """Whether these have clearly changed in Scotland since the period before, in words."""
    answer = data.ask("latest", area_code=data.SCOTLAND, indicators=list(indicator_ids))
    return trends.change_sentences(answer.records, data.catalogue())


def headline_figures(indicator_ids: Iterable[str]) -> list[tuple[str, markup.Table]]:
    """The figures of the front page's sentences as a table, with what is not recorded last."""
    answer = data.ask("latest", area_code=data.SCOTLAND, indicators=list(indicator_ids))
    rows, catalogue = {row["indicator_id"]: row for row in answer.records}, data.catalogue()
    said = [(catalogue[name].title, rows[name], catalogue[name]) for name in indicator_ids
            if name in rows and not is_missing(rows[name]["value"])]
    return [("The figures of this answer, Scotland", tables.figures_table([*said, *quality_figures()[:1]]))]


def what_changed(indicator_ids: Sequence[str] = ()) -> None:
    """News, revisions and changes of method since the last release, kept apart.

    A first release has nothing to compare itself with: it then shows what the publications themselves
    revised, and where their series break, for the indicators named.
    """
    answer = data.ask("changes")
    with page.panel(
        "What changed since the last release" if not answer.is_empty else "What publishers have changed"
    ):
        if answer.is_empty:
            lines = [*_revised(indicator_ids), *_broken(indicator_ids)]
        else:
            lines = [_news(kind, [row for row in answer.records if row["kind"] == kind]) for kind in _KINDS]
        lines = [line for line in lines if line]
        if lines:
            markup.write(markup.items(lines, "oc-news"))
        else:
            markup.write(markup.element("p", "This is the first release held here.", "oc-subtitle"))


def _revised(indicator_ids: Sequence[str], most: int = 3) -> list[str]:
    """The largest revisions between editions: what was first published, and what is now."""
    found = []
    for name in indicator_ids:
        indicator = data.indicator(name)
        rows = (
            data.ask(
                "revisions",
                indicator_id=name,
                areas=[data.SCOTLAND],
                programme="all",
                characteristic="all",
                category=None,
            ).records
            if indicator
            else []
        )
        for period in dict.fromkeys(row["period"] for row in rows):
            own = [row for row in rows if row["period"] == period]
            found.append((abs(own[-1]["value"] - own[0]["value"]), _revision(own[0], own[-1], indicator)))
    return [line for _, line in sorted(found, key=lambda each: -each[0])[:most]]


def _revision(first: Mapping[str, object], last: Mapping[str, object], indicator: Indicator) -> str:
    return _line(
        "Revised",
        f"{indicator.title}, {first['period_label']}: "
        f"{numbers.amount(first['value'], indicator, short=True)} in {first['edition']}, "
        f"{numbers.amount(last['value'], indicator, short=True)} in {last['edition']}.",
    )


def _broken(indicator_ids: Sequence[str]) -> list[str]:
    held = [each for each in map(data.indicator, indicator_ids) if each]
    return [
        _line("Method", f"{each.title}, {cut.period}: {cut.label}.") for each in held for cut in each.breaks
    ]


def _line(kind: str, words: str) -> str:
    return markup.element("span", markup.text(kind), "oc-kind") + markup.element("span", markup.text(words))


def _news(kind: str, rows: list[dict]) -> str:
    """One line a kind: how many figures, of which indicators."""
    if not rows:
        return ""
    figures = sum(int(row["figures"]) for row in rows)
    named = [str(row["indicator"]) for row in rows[:3]]
    more = len(rows) - len(named)
    words = (
        f"{phrases.plural(figures, 'figure')}: {phrases.listed(named)}"
        + (f" and {phrases.plural(more, 'more indicator')}" if more else "")
        + "."
    )
    return markup.element("span", _KINDS[kind].upper(), "oc-kind") + markup.element(
        "span", markup.text(words)
    )


def gaps_in_brief() -> None:
    """How much nobody publishes, and where each gap is explained."""
    answer = data.ask("declared_gaps", page=None)
    if answer.is_empty:
        return
    page.section("What nobody publishes yet")
    shown = list({row["page"]: str(row["title"]) for row in reversed(answer.records)}.values())[:6]
    markup.write(
        markup.element(
            "p",
            markup.text(" · ".join(shown) + ". ")
            + markup.link(
                f"All {len(answer.rows)} declared gaps, why, and who could supply them", "/data-quality"
            ),
            "oc-subtitle",
        )
    )
