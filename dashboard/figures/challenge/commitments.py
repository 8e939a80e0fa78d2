"""What was promised, what in the dashboard bears on it, and what is a declared gap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.figure import Address, Choice, Figure, Source, plot, table
from dashboard.figures import compose, recipes
from dashboard.figures.recipe import ChoiceError, Recipe
from dashboard.read import enquiry
from dashboard.read.edition import Edition, Row
from dashboard.read.enquiry import Commitment, Document
from dashboard.words import phrases

COLUMNS = ("What was promised, in our own words", "Where", "What bears on it here", "What is missing", "To know")
NOTHING = "nothing that is held here"
# What each figure is that bears on a commitment; one of an indicator has the indicator's title.
WORDS = {
    "about.ages": "How old each publication is", "about.releases": "When each release came, and when the next is due",
    "equality.outcomes": "How disabled people fare, beside everyone else", "equality.reach": "Disabled people's share of people who started",
    "gap.service": "Disabled people in No One Left Behind", "headlines.changed": "What changed since the last release",
    "jobs.cohorts": "How soon people enter work", "jobs.journey": "How far people get, from the start to 52 weeks",
    "jobs.programmes": "How far people get, by programme", "jobs.published": "Published outcomes of both services",
    "jobs.routes": "Outcomes by referral route", "jobs.routes_within": "Referral routes within the same partnership",
    "jobs.sectors": "Outcomes by the sector of the provider", "jobs.support": "Joined-up support: health, housing, justice and more",
    "jobs.timeline": "When each programme ran and was folded in", "jobs.waits": "How long people wait to start",
    "national.outcomes": "National outcomes and the service measures beside them", "places.groups": "Figures by region and other groups of councils",
    "places.map": "Every council area on a map", "places.mix": "How urban or rural each area is",
    "progress.domains": "Progress in confidence, skills and wellbeing", "progress.experience": "How people say they were treated",
    "progress.key_worker": "Having the same key worker", "progress.published_surveys": "Published surveys of Fair Start Scotland",
    "quality.received": "What each partnership sent and recorded", "value.announced": "Budgets and commitments announced",
    "value.need": "Spend beside need", "value.spend": "Spend and budget returned", "value.spending": "Published spending over the years",
}


@dataclass(frozen=True)
class Bearing:
    """A figure that bears on a commitment: what it is, and its evidence ID."""

    words: str
    evidence_id: str


def commitments(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Each commitment with the figures of this edition that bear on it, and what nobody publishes."""
    gaps = edition.ask("declared_gaps", page=None)
    titles = {str(row["gap_id"]): row for row in gaps.rows}
    rows = [(each, enquiry.documents()[each.document], _bearings(edition, each), [titles[name] for name in each.gaps if name in titles])
            for each in enquiry.commitments()]
    caption = "What was promised in 2018 and 2020, and what is known of it"
    named = {str(gap["gap_id"]): gap for _, _, _, missing in rows for gap in missing}
    made = compose.statement(
        edition, gaps.keep(list(named.values())), title="What was promised, and what is known of it",
        table=table(caption, COLUMNS, [_cells(*row) for row in rows]),
        plot=plot("commitments", [_as_data(*row) for row in rows], _counted(rows)),
        notes=("Promises are in our own words. 'Page not checked': the page itself was not read, only what others say of it.",
               "The joint letter of 2020 was not found. What it promised is held as the delivery plan of November 2020 and other pages say it.",
               "A figure that bears on a promise does not say that it was kept. The same list is shown to ministers, COSLA, boards "
               "and the group."))
    return (replace(made, sources=tuple(Source(each.publisher, each.title, each.url, each.published, "Policy document")
                                        for each in enquiry.documents().values())),)


def _bearings(edition: Edition, commitment: Commitment) -> list[Bearing]:
    """The figures of this edition among those named: one that it does not give is left out."""
    found = []
    for text in commitment.evidence:
        asked = Address.read(f"{text if ':' in text else f'{text}:'}@{edition.extract_id}")
        recipe = recipes.recipe_named(asked.recipe)
        try:
            choice = recipe.resolve(edition, dict(asked.choice.pairs))
        except ChoiceError:
            continue        # a measure of which this edition holds no figure
        shown = next((each for each in recipes.made(edition, asked.recipe, choice) if isinstance(each, Figure)), None)
        if shown is not None:
            found.append(Bearing(_words_of(edition, recipe, choice), shown.evidence_id))
    return found


def _words_of(edition: Edition, recipe: Recipe, choice: Choice) -> str:
    """What the figure is: of an indicator its title."""
    return WORDS.get(recipe.name) or edition.catalogue[choice.indicator_id].title


def _where(commitment: Commitment, document: Document) -> str:
    return f"{document.title}, {document.publisher}, {document.published}: {commitment.page}"


def _cells(commitment: Commitment, document: Document, bearings: Sequence[Bearing], missing: Sequence[Row]) -> tuple[str, ...]:
    return (commitment.commitment, _where(commitment, document), "; ".join(each.words for each in bearings) or NOTHING,
            "; ".join(str(gap["title"]) for gap in missing) or "no gap is declared", commitment.note)


def _as_data(commitment: Commitment, document: Document, bearings: Sequence[Bearing], missing: Sequence[Row]) -> dict[str, object]:
    return {"promise": commitment.commitment, "where": _where(commitment, document), "url": document.url,
            "evidence": [(each.words, each.evidence_id) for each in bearings],
            "missing": [(str(gap["title"]), f"/data-quality?gaps={gap['page']}") for gap in missing], "note": commitment.note}


def _counted(rows: Sequence[tuple[Commitment, Document, Sequence[Bearing], Sequence[Row]]]) -> str:
    without = sum(not bearings for _, _, bearings, _ in rows)
    return f"{phrases.plural(len(rows), 'commitment')}; of {without} nothing that is held here says anything."
