"""What can be said of one partnership: figures of its return and published ones kept apart, [u] never aloud."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.verdict import INSTRUMENTS
from dashboard.words import comparisons, differences, marks, numbers, phrases

Row = Mapping[str, object]
CLASSES = ("published", "returns")
MOST_WORDS = 25     # of a sentence
MOST_SAID = 2       # clear differences of its return, and of what is published
UNSAID = (differences.TOO_MUCH_MISSING, differences.REFUSALS[INSTRUMENTS])     # tested, and yet nothing can be said
NOTHING_COMPARED = "No figure that can be compared with Scotland is held for this area."


def heading(data_class: str) -> str:
    """'From its return' or 'Published figures': what a group of cards or rows is."""
    return "From its return" if data_class == "returns" else "Published figures"


def of_class(rows: Sequence[Row], data_class: str) -> list[Row]:
    return [row for row in rows if row["data_class"] == data_class]


def sentences(rows: Sequence[Row], catalogue: Mapping[str, Indicator], synthetic: bool) -> list[str]:
    """Clear differences first, its return apart from what is published, then what cannot be judged: at most 45 words.

    `rows` carry `verdict` and `compared`. Figures marked [u] are counted and never said.
    """
    said = []
    for data_class in CLASSES:
        own = [row for row in of_class(rows, data_class) if row["compared"] != differences.NOT_COMPARED]
        if own:
            said += _of_group(own, catalogue, _kind(data_class, synthetic))
    return said


def _kind(data_class: str, synthetic: bool) -> str:
    if data_class == "published":
        return "Published"
    return "Made-up return" if synthetic else "Its return"


def spine_title(rows: Sequence[Row], area: str) -> str:
    """How many measures are clearly better, worse or not; those marked [u] are counted apart and given no verdict."""
    few = [row for row in rows if "u" in marks.marks_of(row["obs_status"])]
    reliable = [row for row in rows if row not in few]
    found = {name: sum(row["verdict"] == name for row in reliable) for name in ("better", "worse", "neutral", "none")}
    warned = f"{len(few)} of {phrases.plural(len(rows), 'measure')} {_resting_on(few)} [u]" if few else ""
    if not reliable:
        return f"{area} against Scotland: {warned}"
    if not found["better"] + found["worse"] + found["neutral"]:
        tested = any(row["direction"] != "untested" for row in reliable)
        said = f"No tested measure clearly differs between {area} and Scotland" if tested else f"No measure here can be tested for {area}"
        return f"{said}{f'; {warned}' if few else ''}"
    return f"{comparisons.spine_title(found, area)}{f'; {warned}' if few else ''}"


def _of_group(rows: Sequence[Row], catalogue: Mapping[str, Indicator], kind: str) -> list[str]:
    """The first clear differences of a group, or that there is none; how many rest on few people."""
    reliable = [row for row in rows if "u" not in marks.marks_of(row["obs_status"])]
    clear = [row for row in reliable if row["verdict"] != "none"]
    missing = [row for row in reliable if row["compared"] in UNSAID]
    few = len(rows) - len(reliable)
    if clear:
        parts = [_difference(row, catalogue[str(row["indicator_id"])], is_first=place == 0)
                 for place, row in enumerate(clear[:MOST_SAID])]
        sayings = [f"{kind}: {phrases.listed(parts[:most])}{', and more below' if len(clear) > most else ''}."
                   for most in range(len(parts), 0, -1)]
        return [next((each for each in sayings if len(each.split()) <= MOST_WORDS), sayings[-1])]
    tested = any(row["direction"] != "untested" for row in reliable)
    if missing and not tested:
        return [f"{kind}: {differences.TOO_MUCH_MISSING}."]
    if reliable:
        return [f"{kind}: {'no tested measure clearly differs from Scotland' if tested else 'no measure can be tested'}."]
    return [f"{kind}: {phrases.plural(few, 'measure')} {_resting_on(rows)} [u], so not judged."]


def _resting_on(rows: Sequence[Row], on: str = "on") -> str:
    """'on few people' of a return's figures, 'of low reliability' of published ones."""
    why = marks.why_unreliable(rows[0]) if rows else ""
    return f"{on} {why}" if why == "few people" else f"of {why}"


def _difference(row: Row, indicator: Indicator, is_first: bool) -> str:
    """'employment rate **88.3%, higher than Scotland** (2023)'; only the first says than what."""
    title = f"{indicator.title[:1].lower()}{indicator.title[1:]}"
    way = row["compared"] if is_first else str(row["compared"]).removesuffix(" than Scotland")
    return f"{title} **{numbers.said_text(row, indicator, short=True)}, {way}** ({row['period_label']})"
