"""One verdict an area: every page that sets an area against Scotland asks here, and gets the same answer.

An area is tested against the rest of Scotland, which does not hold it; all areas of one measure and period are judged
together, whichever page asks for how many of them.
"""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND
from dashboard.read.edition import Edition, Row
from dashboard.read.places import scotland_of
from dashboard.words import comparisons, differences

REST_NOTE = ("Each area is tested against the rest of Scotland, which does not hold it; all areas of a period are judged "
             "together, so that about one clear difference in twenty at most is there by chance.")


def areas(edition: Edition, rows: Sequence[Row], indicator: Indicator) -> list[dict]:
    """Rows of every area of one measure and period, Scotland's among them, each with what may be said of it.

    Adds `direction`, `verdict` and `compared` (`words.comparisons.judged`); where Scotland has no figure, none is compared.
    """
    return comparisons.judged(rows, scotland_of(rows), "Scotland", indicator, edition.once("areas: shares of Scotland's people", shares_of))


def area(edition: Edition, row: Row, indicator: Indicator) -> dict:
    """One area's row as `areas` judges it among every area in its period."""
    key = ("judged", indicator.indicator_id, row["period"])
    held: Mapping[str, dict] = edition.answers.get(key, lambda: {each["area_code"]: each for each in areas(
        edition, edition.ask("comparison", indicator_id=indicator.indicator_id, period=row["period"]).rows, indicator)})
    found = held.get(str(row["area_code"]), {"direction": "untested", "verdict": "none", "compared": comparisons.NOT_COMPARED})
    return dict(row) | {name: found[name] for name in ("direction", "verdict", "compared")}


def notes(rows: Sequence[Row], indicator: Indicator) -> tuple[str, ...]:
    """How areas were told from Scotland; nothing where none was tested."""
    if not any(row["direction"] != "untested" or row["compared"] == differences.TOO_MUCH_MISSING for row in rows):
        return ()
    return (REST_NOTE, *((differences.RANGE_NOTE,) if indicator.is_of_records else ()))


def shares_of(edition: Edition) -> Mapping[object, float]:
    """Each partnership's share of Scotland's people: what part of a survey's Scotland it is."""
    people = {code: float(row["population"]) for code, row in edition.areas.items() if code != SCOTLAND and row["population"]}
    everyone = sum(people.values())
    return {code: count / everyone for code, count in people.items()}
