"""What nobody publishes: declared gaps, why, and who could supply what is missing."""

from dashboard.figure import Choice, Figure, table
from dashboard.figures import compose
from dashboard.figures.recipe import Chooser, Recipe
from dashboard.read.edition import Edition
from dashboard.words.phrases import sentence_case


def _pages(edition: Edition, _: Choice) -> dict[str, str]:
    held = dict.fromkeys(str(row["page"]) for row in edition.ask("declared_gaps", page=None).rows)
    return {page: sentence_case(page.replace("-", " ")) for page in held}


PAGE = Chooser("page", "Page", _pages)


def declared(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What is missing from one page, why, and who could supply it."""
    answer = edition.ask("declared_gaps", page=choice.of("page"))
    if answer.is_empty:
        return ()
    caption = "What is missing, why, and who could supply it"
    return (compose.figure(
        edition, answer, title="What nobody publishes yet", subtitle=caption,
        table=table(caption, ("What is missing", "Why", "Who could supply it"),
                    [(row["title"], row["reason"], row["who_could_supply"]) for row in answer.rows]),
        unit="None", base="None", interval="Not applicable: these are words.", link=f"/{choice.of('page')}"),)


RECIPES = (Recipe("gaps.declared", declared, "/data-quality", choosers=(PAGE,)),)
