"""The population gap: its answer, its path to the target, its two rates, and which of them moved."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, Figure, Said, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.gap import words
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import differences, numbers

GAP, TARGET = "disability_employment_gap", "disability_employment_gap_target"
DISABLED, OTHERS, MILESTONE = ("disabled_employment_rate", "non_disabled_employment_rate",
                               "disabled_employment_rate_milestone")
UNTESTED = "No interval is published, so no change is tested."
NEW_WEIGHTS = "New survey weights apply from April 2019, so part of a difference across that date may come from them."


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The latest gap, where it began and where it should be."""
    if GAP not in edition.catalogue:
        return compose.say(edition, choice, ["No figure of the gap is held."])
    indicator = edition.catalogue[GAP]
    rows = [row for row in edition.series(GAP, [SCOTLAND]).rows if not is_missing(row["value"])]
    aims = edition.ask("target_path", indicator_id=TARGET, area_code=SCOTLAND).rows
    last = rows[-1]
    first = _first(rows, aims)
    said = f"The gap was **{numbers.amount(last['value'], indicator)}** in {last['period_label']}"
    if first is None:
        return compose.say(edition, choice, [f"{said}."], "gap.path")
    texts = [f"{said}, against {numbers.amount(first['value'], indicator, short=True).split()[0]} in {first['period_label']}.",
             UNTESTED if _is_untested(last, first, indicator) else "", words.on_path(aims, last, indicator)]
    return compose.at_a_glance(compose.say(edition, choice, texts, "gap.path", "gap.on_track"))


def tested(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What the latest gap can be told apart from, by a rough guide, and what else moved the figures between."""
    if GAP not in edition.catalogue:
        return ()
    indicator, aims = edition.catalogue[GAP], edition.ask("target_path", indicator_id=TARGET, area_code=SCOTLAND).rows
    rows = [row for row in edition.series(GAP, [SCOTLAND]).rows if not is_missing(row["value"])]
    first = _first(rows, aims)
    if first is None or not _is_untested(rows[-1], first, indicator):
        return ()
    guide = words.rough_guide(rows, first, indicator)
    # What can be told apart may still be no change: the survey itself was weighted anew between them.
    crosses = guide and str(first["period"]) < "2019" <= str(rows[-1]["period"])
    return compose.say(edition, choice, [" ".join(filter(None, (guide, NEW_WEIGHTS if crosses else "")))], "gap.path")


def _first(rows: Sequence[Row], aims: Sequence[Row]) -> Row | None:
    """The figure where the target begins."""
    return next((row for row in rows if aims and row["period"] == aims[0]["period"]), None)


def _is_untested(last: Row, first: Row, indicator: Indicator) -> bool:
    return differences.difference(last, first, indicator).direction == "untested"


def path(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The population gap with the straight path from its baseline to its target."""
    indicator, held = edition.catalogue.get(GAP), edition.series(GAP, [SCOTLAND])
    if indicator is None or held.is_empty:
        return ()
    aims, rows = edition.ask("target_path", indicator_id=TARGET, area_code=SCOTLAND), held.rows
    subtitle = ("Employment rate of people who are not disabled minus that of disabled people, percentage points, "
                f"aged 16 to 64, Scotland, {rows[0]['period_label']} to {rows[-1]['period_label']}")
    return (compose.figure(
        edition, held.joined_by(aims), title=words.path_title(rows, aims.rows, indicator), subtitle=subtitle,
        table=tables.series_table([*rows, *(aim | {"series": "Target"} for aim in aims.rows[1:])], indicator, subtitle),
        plot=plot("gap", rows, words.path_alt(rows, aims.rows, indicator), targets=aims.rows, indicator=indicator.as_data()),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator), notes=indicator.caveats),)


def rates(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Both employment rates, and the milestones set for disabled people's."""
    held = [name for name in (OTHERS, DISABLED) if name in edition.catalogue]
    if not held:
        return ()
    both, indicator = edition.several(held), edition.catalogue[held[-1]]
    aims = edition.ask("target_path", indicator_id=MILESTONE, area_code=SCOTLAND)
    names = {OTHERS: "Not disabled", DISABLED: "Disabled"}
    rows = [row | {"series": names[row["indicator_id"]]} for row in both.rows]
    subtitle = "Employment rate, % of people aged 16 to 64, Scotland, years when both are published"
    return (compose.figure(
        edition, both.keep(rows).joined_by(aims), title=words.rates_title(rows),
        subtitle=subtitle,
        table=tables.series_table([*rows, *(aim | {"series": "Milestone"} for aim in aims.rows)], indicator, subtitle,
                                  {"Milestone": edition.every_indicator[MILESTONE]}),
        plot=plot("rates", rows, words.rates_alt(rows, aims.rows, indicator, edition.every_indicator[MILESTONE]), milestones=aims.rows,
                  indicator=indicator.as_data()),
        unit="% of people aged 16 to 64", base="People aged 16 to 64", interval=numbers.interval_note(rows, indicator),
        notes=indicator.caveats),)


def moved(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The gap's change split exactly into its two rates, between the first and last years that hold both."""
    if not {OTHERS, DISABLED} <= set(edition.catalogue):
        return ()
    both = edition.several([OTHERS, DISABLED])
    split = words.split_of_change(both.rows, OTHERS, DISABLED)
    if split is None:
        return ()
    caption = f"Both rates in {split.first} and {split.last}, Scotland"
    return (compose.figure(
        edition, both, title="Which rate changed", subtitle=caption,
        table=table(caption, ("", split.first, split.last, "Difference, points"), split.rows, {1, 2, 3}),
        unit="% of people aged 16 to 64; differences in percentage points", base="People aged 16 to 64",
        notes=[f"Arithmetic on the published rates: it says which rate changed, not why. {NEW_WEIGHTS}"]),)
