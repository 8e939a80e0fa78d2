"""What can be said of one partnership: figures of its return and published ones kept apart, [u] never aloud."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.verdict import INSTRUMENTS
from dashboard.words import comparisons, differences, marks, numbers, phrases

Row = Mapping[str, object]
CLASSES = ("returns", "published")
MADE_UP = "Figures of its return are made up; those called published are real."
MOST_SAID = 3
UNSAID = (differences.TOO_MUCH_MISSING, differences.REFUSALS[INSTRUMENTS])     # tested, and yet nothing can be said
NOTHING_COMPARED = "No figure that can be compared with Scotland is held for this area."


def heading(data_class: str) -> str:
    """'From its return' or 'Published figures': what a group of cards or rows is."""
    return "From its return" if data_class == "returns" else "Published figures"


def of_class(rows: Sequence[Row], data_class: str) -> list[Row]:
    return [row for row in rows if row["data_class"] == data_class]


def sentences(rows: Sequence[Row], catalogue: Mapping[str, Indicator], synthetic: bool) -> list[str]:
    """Each clear difference with its period, interval and kind, then how many are not clear, and why.

    `rows` carry `verdict` and `compared`. Figures marked [u] are counted and never said.
    """
    own, published = of_class(rows, "returns"), of_class(rows, "published")
    said = [MADE_UP] if synthetic and own and published else []
    if own:
        said += _of_group(own, catalogue, "From its demonstration return" if synthetic else "From its return")
    if published:
        said += _of_group(published, catalogue, "Published")
    return said


def spine_title(rows: Sequence[Row], area: str) -> str:
    """How many measures are clearly better, worse or not; those marked [u] are counted apart and given no verdict."""
    few = [row for row in rows if "u" in marks.marks_of(row["obs_status"])]
    reliable = [row for row in rows if row not in few]
    found = {name: sum(row["verdict"] == name for row in reliable) for name in ("better", "worse", "neutral", "none")}
    warned = f"{len(few)} of {phrases.plural(len(rows), 'measure')} {_resting_on(few)} [u]" if few else ""
    if not reliable:
        return f"{area} against Scotland: {warned}"
    return f"{comparisons.spine_title(found, area)}{f'; {warned}' if few else ''}"


def _of_group(rows: Sequence[Row], catalogue: Mapping[str, Indicator], kind: str) -> list[str]:
    shown = [row for row in rows if row["compared"] != differences.NOT_COMPARED]
    reliable = [row for row in shown if "u" not in marks.marks_of(row["obs_status"])]
    untested = [row for row in reliable if str(row["compared"]).startswith("not tested")]
    clear = [row for row in reliable if row["verdict"] != "none"]
    missing = [row for row in reliable if row["compared"] in UNSAID]
    said = [text for row in clear[:MOST_SAID] for text in _difference(row, catalogue[str(row["indicator_id"])], kind)]
    counts = [
        (len(clear[MOST_SAID:]), "clearly different, as below"),
        (len(reliable) - len(untested) - len(missing) - len(clear), "with no clear difference from Scotland"),
        (len(missing), f"where {differences.TOO_MUCH_MISSING}"),
        (len(untested), "without an interval, so not tested"),
        (len(shown) - len(reliable), f"{_resting_on(shown, 'resting on')} [u], so given no verdict"),
        (len(rows) - len(shown), "with no figure to compare"),
    ]
    held = [(count, words) for count, words in counts if count]
    more = "more " if said else ""
    return said + [f"{kind}: {phrases.plural(count, f'{more}measure', f'{more}measures')} {words}." for count, words in held]


def _resting_on(rows: Sequence[Row], on: str = "on") -> str:
    """'on few people' of a return's figures, 'of low reliability' of published ones."""
    why = marks.why_unreliable(rows[0]) if rows else ""
    return f"{on} {why}" if why == "few people" else f"of {why}"


def _difference(row: Row, indicator: Indicator, kind: str) -> list[str]:
    """'Published, 2025: employment rate **88.3%, higher than Scotland**.' and then its interval."""
    shown_marks = marks.marks_text(row["obs_status"])
    return [f"{kind}, {row['period_label']}: {indicator.title} "
            f"**{numbers.value_text(row, indicator, short=True, marks=False)}, {row['compared']}**"
            f"{f' {shown_marks}' if shown_marks else ''}.",
            f"Its {numbers.interval_name(indicator)} is {numbers.interval_text(row, indicator)}."]
