"""Who, of people who entered work, already had some when they started."""

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose, returns, tables
from dashboard.figures.jobs import held, words
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, rates
from dashboard.read.cohorts import JOB
from dashboard.read.edition import Answer, Edition
from dashboard.words import numbers

FAMILY, IN_WORK = "C_economic_status", "low_income_employment"


def already(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """People who entered work by what they did when they started, Scotland, and the share who already had work."""
    found = counted(edition)
    if found is None:
        return ()
    answer, years, by_status = found
    indicator = edition.every_indicator["entered_work"]
    everyone = sum(count for _, count in by_status.values())
    cells = max(int(row["cells"]) for row in answer.rows) * len(years)
    lines = [(label, f"{starts:,.0f}", returns.people_text(entered),
              tables.value_and_interval(rates.rate(entered, everyone, cells), indicator))
             for label, (starts, entered) in by_status.items()]
    caption = f"People who entered work by status at the start, Scotland, people who started in {cohorts.years_label(years)}"
    return (*compose.say(edition, choice, [sentence(edition)], "jobs.already"), compose.figure(
        edition, answer, title="Who already had work?", subtitle=caption,
        table=table(caption, ("Status at the start", "People who started", "Entered work", "Of all who entered work"), lines,
                    {1, 2, 3}),
        unit="% of people who entered work", base="People who entered work",
        interval=numbers.interval_note([rates.rate(1, 100, 1)], indicator), notes=(returns.ALREADY,)))


def counted(edition: Edition) -> tuple[Answer, list[str], dict[str, tuple[float, float]]] | None:
    """The counts, their years, and (people who started, of them entered work) by status; None where none is held."""
    if not held.has_returns(edition):
        return None
    answer, milestone = returns.counts(edition, FAMILY, [SCOTLAND]), cohorts.MILESTONES["entered"]
    years = cohorts.years_that_count(cohorts.held_years(answer.rows), milestone.months, returns.cut_off(edition),
                                     held.breaks_of(edition, milestone))
    made: dict[str, tuple[float, float]] = {}
    for row in answer.rows:
        if row["period"] in years:
            starts, entered = made.get(str(row["category_label"]), (0.0, 0.0))
            count = float(row["count"])
            made[str(row["category_label"])] = (starts + count, entered + (count if row["state"] in JOB else 0))
    return (answer, years, made) if made else None


def sentence(edition: Edition) -> str:
    """'In Scotland, 12% of people who entered work were already in low-paid work.'; empty where it is not held."""
    found = counted(edition)
    if found is None:
        return ""
    answer, years, _ = found
    entered = [row for row in answer.rows if row["period"] in years and row["state"] in JOB]
    own = sum(float(row["count"]) for row in entered if row["category"] == IN_WORK)
    everyone = sum(float(row["count"]) for row in entered)
    row = rates.rate(own, everyone, max(int(each["cells"]) for each in answer.rows) * len(years)) if everyone else rates.HIDDEN
    return "" if is_missing(row["value"]) else words.already_sentence(row, edition.every_indicator["entered_work"])
