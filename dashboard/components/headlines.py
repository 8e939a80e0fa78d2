"""The front page: the state of things in a few sentences, and what changed since the last release."""

from collections.abc import Mapping

from dashboard.components import data, markup, page
from dashboard.read import wording

_KINDS = {"new": "New", "revised": "Revised", "method": "Method", "scope": "Scope"}


def headline_sentences(said_as: Mapping[str, str]) -> list[str]:
    """One sentence an indicator that has a figure; `{value}` and `{when}` are filled from its latest row."""
    answer = data.ask("latest", area_code=data.SCOTLAND, indicators=list(said_as))
    rows, catalogue = {row["indicator_id"]: row for row in answer.records}, data.catalogue()
    sentences, before = [], ""
    for name, words in said_as.items():
        if name in rows and not wording.is_missing(rows[name]["value"]):
            when = wording.in_period(rows[name]["period_label"])
            value = wording.value_text(rows[name], catalogue[name], marks=False)
            sentences.append(words.format(value=f"**{value}**", when="in the same time" if when == before else when))
            before = when
    return sentences


def what_changed() -> None:
    """News, revisions and changes of method since the last release, kept apart."""
    answer = data.ask("changes")
    with page.panel("What changed since the last release"):
        if answer.is_empty:
            markup.write(markup.element("p", "This is the first release held here: there is nothing to compare it "
                                        "with.", "oc-subtitle"))
            return
        lines = [_news(kind, [row for row in answer.records if row["kind"] == kind]) for kind in _KINDS]
        markup.write(markup.items([line for line in lines if line], "oc-news"))


def _news(kind: str, rows: list[dict]) -> str:
    """One line a kind: how many figures, of which indicators."""
    if not rows:
        return ""
    figures = sum(int(row["figures"]) for row in rows)
    named = [str(row["indicator"]) for row in rows[:3]]
    more = len(rows) - len(named)
    words = f"{wording.plural(figures, 'figure')}: {wording.listed(named)}" + (
        f" and {wording.plural(more, 'more indicator')}" if more else "") + "."
    return markup.element("span", _KINDS[kind].upper(), "oc-kind") + markup.element("span", markup.text(words))


def gaps_in_brief() -> None:
    """How much nobody publishes, and where each gap is explained."""
    answer = data.ask("declared_gaps", page=None)
    if answer.is_empty:
        return
    page.section("What nobody publishes yet")
    shown = [str(row["title"]) for row in answer.records if row["page"] in ("value", "progress", "disability-gap")][:5]
    markup.write(markup.element("p", markup.text(" · ".join(shown) + ". ") + markup.link(
        f"All {len(answer.rows)} declared gaps, why, and who could supply them", "/data-quality"), "oc-subtitle"))
