"""What nobody publishes: declared gaps, why, and who could supply what is missing."""

from collections.abc import Sequence

from dashboard.figure import Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.recipe import Chooser, Recipe
from dashboard.read.edition import Edition, Row
from dashboard.words.phrases import sentence_case

EVERY, MOST_NAMED, MOST_DECLARED = "all", 6, 4
# Of a page with more gaps than are shown, those without which its question cannot be answered: gap_id.
FIRST = frozenset({
    "nolb_sustained_new_method", "job_quality_and_fair_work", "nolb_seven_councils", "employers_views",
    "council_disability_gap", "disability_gap_after_2023", "disability_gap_intervals", "prevalence_series",
    "nolb_equality_breakdowns", "nolb_priority_families", "out_of_work_wanting_work", "carers_population",
    "council_employment_after_2023", "island_share_of_councils", "urban_rural_council_shares", "working_poor_households",
    "cost_per_outcome", "council_allocations", "need_against_funding", "budget_2025_26",
    "npf_rules", "npf_database", "npf_after_march_2026", "npf_public_services_dignity_and_respect",
})


def _pages(edition: Edition, _: Choice) -> dict[str, str]:
    held = dict.fromkeys(str(row["page"]) for row in edition.ask("declared_gaps", page=None).rows)
    return {page: sentence_case(page.replace("-", " ")) for page in held}


def _topics(edition: Edition, choice: Choice) -> dict[str, str]:
    pages = _pages(edition, choice)
    return {EVERY: "Every page", **pages} if pages else {}


PAGE = Chooser("page", "Page", _pages)
TOPIC = Chooser("gaps", "Show gaps of", _topics, EVERY)


def declared(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """What is missing most from one page, why, and who could supply it; and the way to the rest."""
    page = choice.of("page")
    every = len(edition.ask("declared_gaps", page=page).rows)
    made = _gaps(edition, page, "What nobody publishes yet", "What is missing, why, and who could supply it", f"/{page}", MOST_DECLARED)
    rest = (f"All {every} gaps of this page", f"/data-quality?gaps={page}")
    return (*made, *((Said("", (), (rest,)),) if every > MOST_DECLARED else ()))


def foremost(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What is missing most: one gap of each page, where it is missed and who could supply it."""
    answer, pages = edition.ask("declared_gaps", page=None), _pages(edition, choice)
    first: dict[str, Row] = {}
    for row in sorted(answer.rows, key=lambda row: row["gap_id"] not in FIRST):
        first.setdefault(str(row["page"]), row)
    if not first:
        return ()
    held = table(f"One gap of each page, of {len(answer.rows)} declared", ("What is missing", "Missed on", "Who could supply it"),
                 [(row["title"], pages[page], row["who_could_supply"]) for page, row in first.items()])
    return (compose.statement(edition, answer.keep(list(first.values())), title="What is missing most", table=held),)


def every(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every declared gap, or those of one page."""
    topic = choice.of("gaps", EVERY)
    if topic != EVERY:
        return _gaps(edition, topic, "What nobody publishes yet", "Declared gaps")
    return _gaps(edition, None, _everything(edition.ask("declared_gaps", page=None).rows), "Declared gaps")


def _gaps(edition: Edition, page: str | None, title: str, caption: str, link: str = "", most: int | None = None) -> tuple[Figure, ...]:
    answer = edition.ask("declared_gaps", page=page)
    rows = [(row["title"], row["reason"], row["who_could_supply"])
            for row in sorted(answer.rows, key=lambda row: most is not None and row["gap_id"] not in FIRST)[:most]]
    if not rows:
        return ()
    held = table(caption, ("What is missing", "Why", "Who could supply it"), rows)
    return (compose.statement(edition, answer, title=title, table=held, link=link),)


def _everything(rows: Sequence[Row]) -> str:
    return f"All {len(rows)} declared gaps, why, and who could supply them"


def in_brief(edition: Edition, _: Choice) -> tuple[Said, ...]:
    """How much nobody publishes: one gap of each page, and the way to all of them."""
    rows = edition.ask("declared_gaps", page=None).rows
    if not rows:
        return ()
    named = list({row["page"]: str(row["title"]) for row in reversed(rows)}.values())[:MOST_NAMED]
    return (*(Said(f"{each}.") for each in named), Said("", (), ((_everything(rows), "/data-quality"),)))


RECIPES = (
    Recipe("gaps.declared", declared, "/data-quality", choosers=(PAGE,)),
    Recipe("gaps.foremost", foremost, "/data-quality"),
    Recipe("gaps.every", every, "/data-quality", choosers=(TOPIC,)),
    Recipe("gaps.in_brief", in_brief, "/"),
)
