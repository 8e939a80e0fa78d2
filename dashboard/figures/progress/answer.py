"""The answer of the page: asked twice first, then improved and declined, then how people were treated."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Choice, Figure, Said
from dashboard.figures import compose, returns, tables
from dashboard.figures.progress import counts, experience, words
from dashboard.figures.progress.choosers import answer_years, start_years
from dashboard.methods.missing import is_missing
from dashboard.read import progress
from dashboard.read.edition import Answer, Edition
from dashboard.words import numbers

DIGNITY, STATEMENT = "fss_experience_dignity_and_respect", "Treated with dignity and respect"
NONE_HELD = ("No national measure of progress in confidence, skills or wellbeing is published, "
             "and no partnership's return is held.")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What the scores say, then what people said of how they were treated."""
    years = start_years(edition, choice)
    domains = progress.pool(counts.counts(edition, choice.area_code).rows, years)
    if years:
        sentences = words.progress_sentences(domains, words.in_words(years), counts.asked(edition))
        scored = compose.say(edition, choice, sentences, *(("progress.scores",) if _scored(domains) else ()))
    else:
        scored = compose.say(edition, choice, [NONE_HELD])
    area = Choice(choice.area_code)
    return compose.at_a_glance((*scored, *compose.say(edition, area, _treated_in_words(edition, area), "progress.treated")))


def scores(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The scores behind the answer, with how many people started; nothing where none can be shown."""
    held, years = counts.counts(edition, choice.area_code), start_years(edition, choice)
    domains = _scored(progress.pool(held.rows, years))
    if not domains:
        return ()
    indicator = counts.improved(edition)
    caption = f"Areas of progress, people who started in {words.in_words(years)}"
    return (compose.figure(
        edition, counts.sourced(held, counts.band_rows(edition, domains)), title="Scores of progress", subtitle=f"{caption}, {edition.area_name(choice.area_code)}",
        table=counts.domain_table(edition, domains, caption, started=True),
        unit=indicator.unit, base=counts.PAIRED_BASE, interval=words.CHANCE, notes=(words.POOLED, words.ROUNDING)),)


def treated(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """How people were treated: the returns' answers, else the last published survey of the earlier service."""
    if returned := _returned(edition, choice):
        held, years, rows = returned
        caption, indicator = f"How people were treated, responses in {words.in_words(years)}", counts.agree(edition)
        return (compose.figure(
            edition, counts.sourced(held, rows), title="How people were treated",
            subtitle=f"{caption}, {edition.area_name(choice.area_code)}",
            table=experience.statement_table(rows, indicator, caption), unit=indicator.unit, base=indicator.base,
            interval=words.CHANCE, notes=(
                words.answered_sentence(rows[0]["denominator"], _started(edition, choice.area_code, years)), words.ROUNDING)),)
    if DIGNITY not in edition.catalogue:
        return ()
    held, indicator = _published(edition), edition.catalogue[DIGNITY]
    return (compose.figure(
        edition, held, title="The published survey", subtitle=f"{indicator.title}, Scotland",
        table=tables.figures_table([(indicator.title, held.rows[0], indicator)], "The published survey"),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(held.rows, indicator),
        notes=indicator.caveats),)


def _scored(domains: list[progress.Domain]) -> list[progress.Domain]:
    return [each for each in domains if each.scored > 0]


def _returned(edition: Edition, choice: Choice) -> tuple[Answer, list[str], list[dict]] | None:
    """The answer, years and rows of what responses say, if the share of the first statement can be said."""
    held, years = counts.answers(edition, choice.area_code), answer_years(edition, choice)
    rows = progress.answer_rows(held.rows, years)
    said = any(not is_missing(row["value"]) for row in rows if (row["label"], row["series"]) == (STATEMENT, "agree"))
    return (held, years, rows) if said else None


def _started(edition: Edition, area_code: str, years: Sequence[str]) -> float:
    """People who started in these years in the area."""
    return sum(float(row["count"]) for row in returns.counts(edition, "M", [area_code]).rows if row["period"] in years)


def _published(edition: Edition) -> Answer:
    return edition.ask("latest", area_code=SCOTLAND, indicators=[DIGNITY])


def _treated_in_words(edition: Edition, choice: Choice) -> list[str]:
    if returned := _returned(edition, choice):
        _, years, rows = returned
        first = next(row for row in rows if (row["label"], row["series"]) == (STATEMENT, "agree"))
        return words.experience_sentence(first, words.in_words(years), counts.agree(edition))
    if DIGNITY not in edition.catalogue:
        return []
    row = _published(edition).rows[0]
    value = numbers.value_text(row, edition.catalogue[DIGNITY], marks=False)
    return [f"In {row['period_label']}, **{value}** of those surveyed in Fair Start Scotland, an earlier service, said they were "
            "treated with dignity and respect."]
