"""Past releases of this dashboard and of its main sources: only dates that are held, and none of those to come, invented."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Choice, Figure, table
from dashboard.figures import compose
from dashboard.read.edition import Edition, Row
from dashboard.words import phrases
from dashboard.words.periods import day

MAIN = ("nolb_participants", "fss_job_start_rate", "disability_employment_gap", "lgbf_assisted_into_work",
        "employment_rate_16_64", "population_16_64_midyear")
COLUMNS = ("Release", "By", "Last release held", "Its figures are for", "The one before")
NOT_HELD = "[x] not held"


def releases(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """One row a release: what was published last, what for, and what before."""
    held, sources = edition.ask("latest", area_code=SCOTLAND, indicators=list(MAIN)), edition.ask("sources").rows
    newest = {row["source_title"]: row for row in held.rows if row["data_class"] == "published"}
    rows = [_own(edition), *([_returns(edition, sources)] if edition.has_returns else []), *(
        (str(row["source_title"]), str(row["publisher"]), str(row["edition"]), str(row["period_label"]),
         _before(row, sources)) for row in newest.values())]
    caption = "Past releases. No source held gives the date of its next one"
    dates = held.keep([row | {"obs_status": None} for row in held.rows])     # dates, not figures: no mark of theirs applies
    return (compose.statement(edition, dates, title="Past releases", table=table(caption, COLUMNS, rows)),)


def _own(edition: Edition) -> tuple[str, ...]:
    name = f"edition {edition.edition}, " if edition.has_returns else ""
    return ("This dashboard", "This project", phrases.sentence_case(f"{name}made {day(edition.built_at) or '[x]'}"),
            f"up to {day(edition.cut_off) or '[x]'}", NOT_HELD)


def _returns(edition: Edition, sources: Sequence[Row]) -> tuple[str, ...]:
    own = next((row for row in sources if row["source_id"] == "partnership_returns"), None)
    title, by = (own["title"], own["publisher"]) if own else ("Partnership returns", "Local Employability Partnerships")
    return str(title), str(by), edition.edition, f"up to {day(edition.cut_off) or '[x]'}", NOT_HELD


def _before(row: Row, sources: Sequence[Row]) -> str:
    """The edition held before this one of the same publication, in the publication's own words."""
    dated = [each for each in sources if each["title"] == row["source_title"] and each["edition_date"]]
    editions = [str(each["edition"]) for each in sorted(dated, key=lambda each: str(each["edition_date"]))]
    before = editions[:editions.index(str(row["edition"]))] if str(row["edition"]) in editions else []
    return before[-1] if before else NOT_HELD
