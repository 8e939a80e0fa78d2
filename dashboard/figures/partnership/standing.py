"""Where a partnership stands against Scotland, and how it has changed: its return and published figures apart."""

from collections.abc import Sequence
from dataclasses import replace

from dashboard.figure import Absent, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, latest, together
from dashboard.figures import judged as verdicts
from dashboard.figures import lines as to_take
from dashboard.figures import score as scores
from dashboard.figures import trend as trends
from dashboard.figures.areas import with_scotland
from dashboard.figures.partnership import words
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import comparisons, differences, numbers

MOST_ROWS, FEWEST_ROWS = 12, 3
SERVICES = ("entered_work_within_12_months", "in_work_at_13_weeks", "in_work_at_26_weeks", "followup_recorded_13_weeks",
            "soft_outcome_improved", "experience_agree", "lgbf_assisted_into_work")
CONTEXT = ("employment_rate_16_64", "economic_inactivity_rate_16_64", "modelled_unemployment_rate",
           "claimant_count_share_january", "workless_households", "median_weekly_pay_full_time",
           "employees_below_living_wage_benchmarking", "level_3_or_above_qualifications", "modern_apprenticeship_starts",
           "modern_apprenticeship_achievements", "child_poverty_before_housing_costs")
CARDS = ("participants", "nolb_participants", "nolb_entered_employment", "nolb_in_employment_52_weeks",
         "lgbf_assisted_into_work")
ASSISTED, EMPLOYMENT = "lgbf_assisted_into_work", "employment_rate_16_64"
COLUMNS = ("Measure", "Period", "Here", "95% interval", numbers.RANGE, "Scotland", "Partnerships, lowest to highest", "Compared")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What can be said of the area: its return and what is published kept apart, few people never aloud."""
    rows = judged(edition, choice.area_code, (*SERVICES, *CONTEXT))
    texts = words.sentences(rows, edition.catalogue, edition.synthetic) or [words.NOTHING_COMPARED]
    return compose.say(edition, choice, texts, "partnership.services", "partnership.labour_market")


def score(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """How many measures are better, alike, worse or not judged against Scotland."""
    measures = (*SERVICES, *CONTEXT)
    rows = judged(edition, choice.area_code, measures)
    answer = edition.ask("spine", area_code=choice.area_code, indicators=list(measures)).keep(rows)
    return scores.score(edition, answer, [_counted(row) for row in rows], "Scotland", "no clear difference")


def _counted(row: Row) -> str:
    if row["verdict"] in ("better", "worse"):
        return str(row["verdict"])
    return "alike" if str(row["compared"]).startswith("no clear") else "unjudged"


def cards(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """What these services did in the area: from its return, then published."""
    made = [replace(each, subtitle=each.designation) for data_class in words.CLASSES for each in latest.indicator_cards(
        edition, [name for name in CARDS if name in edition.catalogue and edition.catalogue[name].data_class == data_class],
        choice.area_code, f"What these services did here: {words.heading(data_class).lower()}")]
    return tuple(made) or (Absent(f"No published service figure is held for {edition.area_name(choice.area_code)}."),)


def lines(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What may be said of the area: its published counts, then what can be told apart from Scotland."""
    against = to_take.compared_lines(edition, judged(edition, choice.area_code, (*SERVICES, *CONTEXT)), "Scotland")
    return to_take.lines(edition, dict.fromkeys((*CARDS, *SERVICES)), choice.area_code, more=against)


def services(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What these services did against Scotland."""
    return spines(edition, choice.area_code, SERVICES, "Services")


def labour_market(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The local labour market against Scotland's: context."""
    return spines(edition, choice.area_code, CONTEXT, "Labour market")


def spines(edition: Edition, area_code: str, indicator_ids: Sequence[str], subject: str) -> tuple[Figure, ...]:
    """The area against Scotland and the spread of partnerships: its return and published measures on their own."""
    rows = judged(edition, area_code, indicator_ids)
    groups = {words.heading(data_class).lower(): words.of_class(rows, data_class)[:MOST_ROWS] for data_class in words.CLASSES}
    return tuple(_spine(edition, area_code, own, f"{subject}, {name}") for name, own in groups.items() if own)


def judged(edition: Edition, area_code: str, indicator_ids: Sequence[str]) -> list[dict]:
    """The rows in the order asked for, judged against Scotland; several years together where one is too few people."""
    held = edition.ask("spine", area_code=area_code, indicators=list(indicator_ids))
    rows = {str(row["indicator_id"]): row for row in held.rows if not is_missing(row["scotland"])}
    return [_judged(edition, rows[name]) for name in indicator_ids if name in rows]


def _judged(edition: Edition, row: Row) -> dict:
    """The row with what may be said of it; of a year on too few people, its newest years together."""
    indicator = edition.catalogue[str(row["indicator_id"])]
    return together.instead(edition, row, indicator) or verdicts.area(edition, row, indicator)

def _spine(edition: Edition, area_code: str, rows: Sequence[Row], subject: str) -> Figure:
    """The spine of these rows; of fewer than three, or of none with a figure, the table alone."""
    name = edition.area_name(area_code)
    is_drawn = len(rows) >= FEWEST_ROWS and any(not is_missing(row["value"]) for row in rows)
    shown = {str(row["indicator_id"]): edition.catalogue[str(row["indicator_id"])] for row in rows}
    answer = edition.ask("spine", area_code=area_code, indicators=list(shown))
    bands = ". Band: all partnerships; inner band: the middle half of them" if is_drawn else ""
    subtitle = (f"{subject}: {name} against Scotland, newest period held for both, with 95% intervals where there are "
                f"any{bands}")
    return compose.figure(
        edition, answer.keep(rows).joined_by(*together.answers(edition, rows)), title=words.spine_title(rows, name), subtitle=subtitle,
        table=_spine_table(edition, rows, subtitle),
        plot=plot("spine", rows, comparisons.spine_alt(rows, shown, name),
                  indicators={key: each.as_data() for key, each in shown.items()}) if is_drawn else None,
        unit="Each measure in its own unit", base="As each measure says",
        interval="95% where published; a measure without one is not tested.",
        notes=(comparisons.verdict_legend(rows, "Scotland"), verdicts.REST_NOTE,
               together.NOTE if any(row.get("is_together") for row in rows) else "",
               differences.RANGE_NOTE if any(each.is_of_records for each in shown.values()) else "",
               "Each row has its own scale: distances cannot be compared between rows. An arrow ends an interval that goes on "
               "beyond its scale." if is_drawn else ""))


def _spine_table(edition: Edition, rows: Sequence[Row], caption: str) -> Table:
    """One row a measure: the area, its interval, Scotland, the spread and the verdict in words."""
    has_range = any(edition.catalogue[str(row["indicator_id"])].is_of_records for row in rows)
    kept = [place for place, name in enumerate(COLUMNS) if has_range or name != numbers.RANGE]
    cells = [_spine_cells(edition, row) for row in rows]
    return table(caption, [COLUMNS[place] for place in kept], [[own[place] for place in kept] for own in cells], range(2, len(kept) - 1))


def _spine_cells(edition: Edition, row: Row) -> tuple[str, ...]:
    indicator = edition.catalogue[str(row["indicator_id"])]
    scotland, lowest, highest = (numbers.amount(row[name], indicator, short=True) for name in ("scotland", "spread_from", "spread_to"))
    return (indicator.title, str(row["period_label"]), numbers.value_text(row, indicator, short=True),
            numbers.interval_text(row, indicator) or "none published",
            numbers.range_text(row, indicator) if indicator.is_of_records else "[z]", scotland, f"{lowest} to {highest}",
            str(row["compared"]))


def assisted(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """People assisted into work by the council over time, beside Scotland."""
    return trends.trend(edition, ASSISTED, with_scotland(choice.area_code))


def employment(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The employment rate over time, beside Scotland."""
    return trends.trend(edition, EMPLOYMENT, with_scotland(choice.area_code))
