"""The service gap as published: disabled participants against others, another number than the population's."""

from dashboard.figure import SCOTLAND, Choice, Figure, Said
from dashboard.figures import compose
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition
from dashboard.words import numbers

SERVICE = "nolb_entered_employment_rate"
PEOPLE = "nolb_participants"

# What is published about why the population gap moves: words, as no figure of it is held.
READING = (
    "Published reading; prevalence is not in this data: about 70% of the rise in disabled people's employment reflects more "
    "people being disabled.",
    "Most of them became disabled while in work (Fraser of Allander Institute and the Scottish Parliament Information "
    "Centre, January 2024).",
    "Parliament's Economy and Fair Work Committee took the same view in October 2024. A narrower gap is weak evidence "
    "that services work.",
)


def reading(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What others have published about why the gap moves."""
    return compose.say(edition, choice, READING, "gap.path")


def published(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Disabled participants who entered work, and others, as published; and how many answers are missing."""
    if SERVICE not in edition.catalogue:
        return ()
    held = edition.ask("breakdown", indicator_id=SERVICE, area_code=SCOTLAND)
    by_answer = {row["category"]: row for row in held.rows if row["characteristic"] == "disabled"}
    if not {"yes", "no"} <= set(by_answer):
        return ()
    indicator, missing = edition.catalogue[SERVICE], _answers_missing(edition)
    labels = {"yes": "Disabled participants, who entered work", "no": "Participants who are not disabled, who entered work"}
    rows = [compose.card(label, numbers.value_text(by_answer[key], indicator, short=True),
                         numbers.card_line(by_answer[key], indicator),
                         base=f"{_people(by_answer[key]['denominator'])}{by_answer[key]['period_label']} · {indicator.base}",
                         link=f"/indicator?id={SERVICE}&by=disabled") for key, label in labels.items()]
    notes = [f"Answers missing: {numbers.value_text(row, edition.catalogue[PEOPLE])}, {row['period_label']}. "
             "No rate is published for them." for row in missing.rows] if missing else []
    answer = held.keep([by_answer["yes"], by_answer["no"]]).joined_by(*([missing] if missing else []))
    cards = compose.cards(edition, answer, rows, title="The service gap, as published", notes=notes,
                          subtitle="Participants who entered work, Scotland, by whether they are disabled")
    return (*compose.say(edition, choice, notes, "gap.service"), cards)


def _answers_missing(edition: Edition):
    """The rows that count people whose answer is not known; None where none is held."""
    if PEOPLE not in edition.catalogue:
        return None
    people = edition.ask("breakdown", indicator_id=PEOPLE, area_code=SCOTLAND)
    unknown = [row for row in people.rows if (row["characteristic"], row["category"]) == ("disabled", "unknown")]
    return people.keep(unknown) if unknown else None


def _people(count: object) -> str:
    return "" if is_missing(count) else f"{count:,.0f} people · "
