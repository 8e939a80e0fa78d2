"""How people were treated: answers to each statement, and published surveys of the earlier service, never merged."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import Absent, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, tables
from dashboard.figures.progress import counts, words
from dashboard.figures.progress.choosers import answer_years
from dashboard.read import progress
from dashboard.read.edition import Edition
from dashboard.words import numbers

PUBLISHED = (
    "fss_experience_dignity_and_respect", "fss_experience_needs_considered", "fss_experience_choices_and_goals",
    "fss_experience_in_control", "fss_experience_knew_voluntary", "fss_experience_wellbeing_offered",
    "fss_survey_increased_motivation")


def treated_well(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """What survey responses say of how people were treated: agree, neither, disagree."""
    held, years = counts.answers(edition, choice.area_code), answer_years(edition, choice)
    name = edition.area_name(choice.area_code)
    if not years:
        return (Absent(f"[x] No survey of experience has been sent for {name}." if edition.has_returns else
                       "[x] No partnership has sent a survey of experience."),)
    when, indicator = words.in_words(years), counts.agree(edition)
    rows = progress.answer_rows(held.rows, years)
    shown, subtitle = counts.sourced(held, rows, when), f"Responses by answer, % of responses with an answer, {name}, {when}"
    drawn = plot("agreement", shown.rows, words.experience_alt(rows, indicator, name, when),
                 series=[{"name": name, "label": label} for name, label in words.ANSWERS.items()], indicator=indicator.as_data())
    return (compose.figure(
        edition, shown, title=words.experience_title([row for row in rows if row["series"] == "agree"], indicator),
        subtitle=subtitle, table=statement_table(rows, indicator, subtitle), plot=drawn if counts.has_share(rows) else None,
        unit=indicator.unit, base=indicator.base, interval=words.CHANCE, notes=(*indicator.caveats, words.ROUNDING)),)


def statement_table(rows: Sequence[Mapping[str, object]], indicator: Indicator, caption: str) -> Table:
    """One row a statement: responses, the three answers with their intervals, and how many are not known."""
    lines = []
    for label in dict.fromkeys(row["label"] for row in rows):
        own = {row["series"]: row for row in rows if row["label"] == label}
        lines.append((label, counts.few(own["agree"]["denominator"]),
                      *(tables.value_and_interval(own[name], indicator) for name in progress.ANSWERS),
                      counts.few(own["agree"]["not_known"])))
    return table(caption, ("Statement", "Responses", *words.ANSWERS.values(), "Answer not known"), lines, range(1, 6))


def published(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Published surveys of Fair Start Scotland, beside the returns and never merged with them."""
    names = [name for name in PUBLISHED if name in edition.catalogue]
    held = edition.ask("published_experience", indicators=names)
    if held.is_empty:
        return ()
    catalogue, caption = edition.catalogue, "Fair Start Scotland phone surveys, % of people surveyed"
    rows = [(catalogue[row["indicator_id"]].title.removeprefix("Fair Start Scotland: ").capitalize(),
             str(row["period_label"]), numbers.value_text(row, catalogue[row["indicator_id"]], short=True),
             str(row["source_title"])) for row in held.rows]
    caveats = list(dict.fromkeys(each for name in names for each in catalogue[name].caveats))
    surveys = compose.figure(
        edition, held, title="What surveys of the earlier service found", subtitle=caption,
        table=table(caption, ("People surveyed who said", "Joined or surveyed", "Share", "Publication"), rows, {2}),
        unit="% of people surveyed", base="People who answered the phone survey", notes=caveats)
    return (surveys, *compose.say(edition, choice, caveats))
