"""The National Performance Framework: its indicators, its own words, and the service measures behind them."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import data_table
from dashboard.components.indicator import indicator_trend
from dashboard.read import performance
from dashboard.words import numbers, phrases


def national_sentences() -> list[str]:
    """How many indicators are linked, and of how many the framework's own judgement can be given."""
    linked = _linked()
    judged = [found for found in linked if found.word]
    held = [found for found in linked if found.latest is not None]
    sentences = [
        "No figure says what these services add: the indicators move with the whole economy.",
        f"**{len(held)} of {len(linked)}** linked National Indicator series have a figure for Scotland here.",
        f"The published rule for judging change is held for **{len(judged)}**; the rest are not judged.",
    ]
    if versions := {
        found.indicator.framework_version for found in linked if found.indicator.framework_version
    }:
        sentences.append(f"Framework: {phrases.listed(sorted(versions))}.")
    return sentences


def framework_status() -> None:
    """Which framework this is and where it stands: once, before its figures."""
    answer = data.ask("national_outcomes")
    for status in dict.fromkeys(answer.rows["status"]):
        page.notice(f"{status}")


def national_tables() -> None:
    """One table an outcome, in the framework's order: indicator, latest figure, the framework's own word."""
    linked = _linked()
    answer = data.ask("national_performance")
    order = list(data.ask("national_outcomes").rows["national_outcome"])
    outcomes = {each.indicator.national_outcome for each in linked}
    for outcome in sorted(outcomes, key=lambda name: _place(name, order)):
        own = [found for found in linked if found.indicator.national_outcome == outcome]
        page.section(outcome)
        table = markup.Table(
            ("National Indicator", "Figure shown", "Latest", "Period", "Performance, by its own rule"),
            [_row(found) for found in own],
            frozenset({2}),
        )
        ids = {found.indicator.indicator_id for found in own}
        rows = answer.rows[answer.rows["indicator_id"].isin(ids)]
        data_table(table, f"{outcome}: National Indicators for Scotland", answer.keep(rows))
        _beside(outcome)


def _place(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


def national_trend() -> None:
    """The series of one National Indicator, chosen by the reader."""
    options = {
        found.indicator.indicator_id: found.indicator.title for found in _linked() if found.latest is not None
    }
    if not options:
        return
    page.section("One indicator over time")
    chosen = filters.choose("measure", "National Indicator", options)
    indicator_trend(chosen, link={"measure": chosen})


def national_strip(indicator_ids: Sequence[str]) -> None:
    """A short table of a few National Indicators for the front page."""
    found = [each for each in _linked() if each.indicator.indicator_id in indicator_ids]
    if not found:
        return
    answer = data.ask("national_performance")
    rows = [
        (each.indicator.national_indicator, each.indicator.title, each.indicator.national_outcome, _latest(each), _word(each))
        for each in found
    ]
    page.section(
        "Against the national outcomes",
        "Words and rules are the framework's own. They apply to Scotland only.",
    )
    data_table(
        markup.Table(("National Indicator", "Figure shown", "Outcome", "Latest", "Performance"), rows),
        "National Indicators, latest figures for Scotland",
        answer.keep(answer.rows[answer.rows["indicator_id"].isin([e.indicator.indicator_id for e in found])]),
    )


def _linked() -> list[performance.Judged]:
    """National Indicators only: measures beside the framework are shown apart."""
    everything = data.every_indicator()
    rows = data.ask("national_performance").records
    return [
        performance.judged(everything[name], [row for row in rows if row["indicator_id"] == name])
        for name in dict.fromkeys(row["indicator_id"] for row in rows)
        if everything[name].national_indicator
    ]


def _row(found: performance.Judged) -> tuple[str, ...]:
    period = str(found.latest["period_label"]) if found.latest else "No figure held"
    rule = f". {found.indicator.npf_rule}" if found.indicator.npf_rule else ""
    latest = tables.value_and_interval(found.latest, found.indicator)
    return (
        found.indicator.national_indicator,
        found.indicator.title,
        latest,
        period,
        f"{_word(found)}{rule}",
    )


def _value(found: performance.Judged) -> str:
    return numbers.value_text(found.latest, found.indicator, short=True) if found.latest else "[x]"


def _latest(found: performance.Judged) -> str:
    return f"{_value(found)}, {found.latest['period_label']}" if found.latest else "[x] no figure held"


def _word(found: performance.Judged) -> str:
    if found.word:
        return f"**{phrases.sentence_case(found.word)}**"
    return "Rule not held" if not found.indicator.npf_rule else "Too few comparable figures"


def _beside(outcome: str) -> None:
    """Service measures under the same outcome: beside the framework, not in it."""
    own: list[Indicator] = [
        each
        for each in data.catalogue().values()
        if each.national_outcome == outcome and not each.national_indicator
    ]
    if own:
        markup.write(
            markup.element(
                "p",
                "Beside the framework, not in it: "
                + ", ".join(markup.link(each.title, f"/indicator?id={each.indicator_id}") for each in own)
                + ".",
                "oc-subtitle",
            )
        )
