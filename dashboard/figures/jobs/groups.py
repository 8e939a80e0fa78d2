"""One milestone of the journey by groups of people: referral route and source, provider sector, programme, support."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.jobs import held, words
from dashboard.figures.recipe import Chooser
from dashboard.figures.within import within
from dashboard.methods.missing import is_missing
from dashboard.methods.verdict import Verdict
from dashboard.read import cohorts
from dashboard.read.cohorts import Milestone
from dashboard.read.edition import Edition
from dashboard.words import comparisons, differences, numbers

MEASURE = Chooser("measure", "How far along the journey",
                  lambda *_: {key: milestone.label for key, milestone in cohorts.MILESTONES.items()}, "weeks13")
SUPPORTS = ("health", "mental_health", "housing", "justice", "money_advice", "childcare", "transport")

Row = Mapping[str, object]


def routes(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By referral route, in the area chosen."""
    return _by_group(edition, held.area_of(choice), choice, "B_referral_group", "Referral route")


def sources(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By referral source, which is held for Scotland alone."""
    return _by_group(edition, SCOTLAND, choice, "C_referral_source", "Referral source")


def sectors(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By the sector of the provider, in the area chosen."""
    return _by_group(edition, held.area_of(choice), choice, "B_provider_sector", "Provider sector")


def routes_within(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """People who entered work by referral route, as it stands and within the same partnership."""
    return within(edition, "B_referral_group", "Referral route", "entered", "jobs.routes_within")


def sectors_within(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """People who entered work by the provider's sector, as it stands and within the same partnership."""
    return within(edition, "B_provider_sector", "Provider sector", "entered", "jobs.sectors_within")


def by_status(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By economic status at the start: whom the policy is for, and who already had some work. Scotland alone."""
    return _by_group(edition, SCOTLAND, choice, "C_economic_status", "Status at the start", returns.ALREADY)


def qualifications(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By highest qualification at the start, which is held for Scotland alone."""
    return _by_group(edition, SCOTLAND, choice, "C_highest_qualification", "Highest qualification")


def programmes(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """By programme, each over its own years: shown together, not compared."""
    if absent := held.missing(edition, choice):
        return absent
    milestone, area_code = _milestone(choice), held.area_of(choice)
    answer, indicator = returns.counts(edition, "A2", [area_code]), edition.every_indicator[milestone.indicator_id]
    name, rows = edition.area_name(area_code), []
    for programme, own in _by_category(answer.rows).items():
        if years := _years(edition, own, milestone):
            rows.append(cohorts.reached(own, milestone, years) | {
                "group": f"{programme}, {cohorts.years_label(years)}", "period_label": cohorts.years_label(years),
                "verdict": "none", "compared": ""})
    if not rows:
        return ()
    subtitle = f"{indicator.title}, {indicator.unit}, {name}, by programme, newest three start years old enough"
    return (compose.figure(
        edition, answer, title="Programmes ran in different years and for different people: read each on its own",
        subtitle=subtitle,
        table=table(subtitle, ("Programme and start years", *_rate_columns(indicator)),
                    [_cells(row, indicator) for row in rows], range(1, 4)),
        plot=plot("named_dots", rows, comparisons.breakdown_alt(rows, indicator, "programme", name),
                  indicator=indicator.as_data()),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=["Participants keep the programme they started on. Published figures of the same programmes are "
               "counted in other ways and stand apart, below.", *indicator.caveats]),)


def support(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """People with each joined-up support recorded against everyone else: seven pairs, never added up."""
    if absent := held.missing(edition, Choice(SCOTLAND)):
        return absent
    milestone = _milestone(choice)
    indicator, pairs, answers, years = edition.every_indicator[milestone.indicator_id], [], [], []
    for kind in SUPPORTS:
        answer = returns.counts(edition, f"C_joined_up_support_{kind}", [SCOTLAND])
        years = _years(edition, answer.rows, milestone)
        if not years:
            continue
        yes, rest = (cohorts.reached([row for row in answer.rows if row["category"] == category], milestone, years)
                     for category in ("yes", "rest"))
        label = next(str(row["category_label"]) for row in answer.rows if row["category"] == "yes")
        pairs.append((label, yes, rest, differences.difference(yes, rest, indicator)))
        answers.append(answer)
    if not pairs:
        return ()
    when = cohorts.years_label(years)
    gaps = comparisons.together([gap for *_, gap in pairs])
    pairs = [(label, yes, rest, gap) for (label, yes, rest, _), gap in zip(pairs, gaps, strict=True)]
    rows = [row for label, yes, rest, gap in pairs for row in (
        _named(f"{label}: recorded", yes, when, gap, indicator), _named(f"{label}: everyone else", rest, when, None, indicator))]
    subtitle = (f"{indicator.title}, {indicator.unit}, Scotland, by joined-up support recorded, people who started "
                f"in {when}")
    return (compose.figure(
        edition, answers[0].joined_by(*answers[1:]), title=words.pair_title([(label, gap) for label, _, _, gap in pairs]),
        subtitle=subtitle, table=_pairs_table(pairs, indicator, subtitle),
        plot=plot("named_dots", rows, comparisons.breakdown_alt(rows, indicator, "joined-up support", f"Scotland, {when}"),
                  indicator=indicator.as_data()),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=["One person can have several kinds of support: the rows overlap and are never added up.",
               words.NOT_AN_EFFECT, "Held for Scotland only: too few people in most areas.", *_told_notes(indicator),
               *indicator.caveats]),)


def _by_group(edition: Edition, area_code: str, choice: Choice, family: str, label: str,
              *notes: str) -> tuple[Figure | Absent, ...]:
    """One milestone by the categories of one family, each against everyone else in the same area and years."""
    if absent := held.missing(edition, Choice(area_code)):
        return absent
    milestone, answer = _milestone(choice), returns.counts(edition, family, [area_code])
    years = _years(edition, answer.rows, milestone)
    if not years:
        return ()
    indicator, name = edition.every_indicator[milestone.indicator_id], edition.area_name(area_code)
    when = cohorts.years_label(years)
    whole = cohorts.reached(answer.rows, milestone, years)
    groups = {category: cohorts.reached(own, milestone, years) for category, own in _by_category(answer.rows).items()}
    everyone = f"everyone else in {name}"
    rows = comparisons.judged([row | {"group": group, "period_label": when} for group, row in groups.items()], whole,
                              everyone, indicator)
    subtitle = f"{indicator.title}, {indicator.unit}, {name}, by {label.lower()}, people who started in {when}"
    dots = plot("named_dots", rows, comparisons.breakdown_alt(rows, indicator, label, f"{name}, {when}"),
                indicator=indicator.as_data(), reference=whole["value"])
    return (compose.figure(
        edition, answer, title=words.groups_title(rows, label, everyone), subtitle=subtitle,
        table=_groups_table(rows, whole, label, indicator, subtitle),
        plot=dots if any(not is_missing(row["value"]) for row in rows) else None,
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note([whole], indicator),
        notes=[*notes, comparisons.verdict_legend(rows, everyone), words.NOT_AN_EFFECT, *_told_notes(indicator),
               *indicator.caveats]),)


def _told_notes(indicator: Indicator) -> list[str]:
    """How groups were told apart, and what the range of a measure of records is."""
    return [differences.FAMILY_NOTE, *([differences.RANGE_NOTE] if indicator.is_of_records else [])]


def _milestone(choice: Choice) -> Milestone:
    return cohorts.MILESTONES[choice.of(MEASURE.name, "weeks13")]


def _years(edition: Edition, rows: Sequence[Row], milestone: Milestone) -> list[str]:
    """The newest start years of these counts that are old enough for the milestone."""
    return cohorts.years_that_count(cohorts.held_years(rows), milestone.months, returns.cut_off(edition),
                                    held.breaks_of(edition, milestone))


def _named(group: str, row: Row, when: str, gap: Verdict | None, indicator: Indicator) -> dict:
    """A made rate with its group's name, its years and how it compares with everyone else."""
    return row | {"group": group, "period_label": when, "verdict": differences.verdict(gap, indicator),
                  "compared": differences.compared(gap, "everyone else") if gap else ""}


def _by_category(rows: Sequence[Row]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(str(row["category_label"]), []).append(row)
    return groups


def _cells(row: Row, indicator: Indicator) -> list[str]:
    range_of = [numbers.range_text(row, indicator)] if indicator.is_of_records else []
    return [row["group"], tables.value_and_interval(row, indicator), *range_of, returns.people_text(row["denominator"])]


def _rate_columns(indicator: Indicator) -> list[str]:
    """The headings of `_cells` after the group's own."""
    return [tables.column_title(indicator), *([numbers.RANGE] if indicator.is_of_records else []), "People who started"]


def _groups_table(rows: Sequence[Row], whole: Row, label: str, indicator: Indicator, caption: str) -> Table:
    lines = [[*_cells(row, indicator), row["compared"]] for row in rows]
    lines.append([*_cells(whole | {"group": "Everyone"}, indicator), ""])
    columns = _rate_columns(indicator)
    return table(caption, (label, *columns, "Compared"), lines, range(1, 1 + len(columns)))


def _pairs_table(pairs: Sequence[tuple], indicator: Indicator, caption: str) -> Table:
    has_range = indicator.is_of_records
    lines = [[label, tables.value_and_interval(yes, indicator), tables.value_and_interval(rest, indicator),
              returns.people_text(yes["denominator"]), words.gap_text(gap),
              *((numbers.range_text(row, indicator) for row in (yes, rest)) if has_range else ()), differences.told_apart(gap)]
             for label, yes, rest, gap in pairs]
    ranges = (f"{numbers.RANGE}: with it", f"{numbers.RANGE}: everyone else") if has_range else ()
    columns = ("Support recorded", "With it", "Everyone else", "People with it", "Difference, percentage points", *ranges,
               "Told apart")
    return table(caption, columns, lines, range(1, len(columns) - 1))
