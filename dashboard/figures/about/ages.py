"""How old is it? Each publication that comes again, by the age of its newest figure held, and how to renew it."""

from datetime import date

from dashboard.figure import Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.read.edition import Edition
from dashboard.words.ages import Age, age_words, ages
from dashboard.words.periods import day
from dashboard.words.phrases import plural, sentence_case

COLUMNS = ("Publication", "By", "Newest figures held", "Age", "Next edition", "To bring it up to date")
NOT_HELD = "[x] not held"


def sources_by_age(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """One row a publication, the oldest first; ages as at the day this edition was made."""
    answer = edition.ask("ages")
    told = ages(answer.rows, edition.day)
    due = sum(age.is_due for age in told)
    caption = (f"Sources by age on {day(edition.built_at)}: {plural(due, 'publication')} of {len(told)} may have a newer "
               "edition than is held")
    notes = ["An edition is expected one rhythm after the one held. No date of a release is invented."]
    return (compose.statement(edition, answer.keep(()), title="How old is it?", notes=notes,
                              table=table(caption, COLUMNS, [_row(age) for age in told])),)


def following(edition: Edition, _: Choice) -> tuple[Said, ...]:
    """When the next figures are to be expected, by the rhythm of the publications; nothing where none has a date."""
    made = date.fromisoformat(edition.built_at[:10])
    ahead = [age.next_due for age in ages(edition.ask("ages").rows, made) if age.next_due and age.next_due >= made]
    return (Said(f"Next figures expected after {min(ahead):%b %Y}"),) if ahead else ()


def _row(age: Age) -> tuple[str, ...]:
    held = f"{age.newest}, through a third party" if age.is_third_party else age.newest
    return (age.title, age.publisher, held or NOT_HELD, sentence_case(age_words(age.months)) if age.newest else NOT_HELD,
            sentence_case(age.state), f"{age.download}: {age.address}" if age.address else age.download)
