"""What can be said of councils against Scotland. They are counted, never ranked."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND
from dashboard.figures import judged
from dashboard.methods.missing import is_missing
from dashboard.read.places import scotland_of
from dashboard.words import comparisons, differences, marks, numbers, phrases

NONE_RANKED = "No council is ranked."
OTHER_YEARS = ("These are figures of one year. Job outcomes joins years: the same measure of other people, which may say "
               "something else.")
COUNT_NOTE = "A count follows the number of people: a stronger colour is a larger council, not one that does better."
WHOLE_COUNCIL = "A map colours whole councils: most hold both urban and rural places."
FEW_HOLD = "Few councils have a figure, so the map is mostly empty: it shows what was published, not a pattern."

FEW = 8     # fewer councils than this with a figure are no spread

Row = Mapping[str, object]


def told_apart(rows: Sequence[Row]) -> dict[str, list[str]]:
    """Council names by what may be said against Scotland: higher, lower, none, untested, and hidden; of judged rows."""
    found: dict[str, list[str]] = {name: [] for name in ("higher", "lower", "none", "untested", "hidden")}
    for row in rows:
        if row["area_code"] != SCOTLAND:
            found["hidden" if is_missing(row["value"]) else str(row["direction"])].append(str(row["name"]))
    return found


def council_sentences(rows: Sequence[Row], indicator: Indicator) -> list[str]:
    """Which councils can be told apart from Scotland on this measure: counted, of judged rows."""
    if not rows:
        return ["No figure is held for any council."]
    found, scotland = told_apart(rows), scotland_of(rows)
    said = [f"{indicator.title}, {rows[0]['period_label']}."]
    tested = len(found["higher"]) + len(found["lower"]) + len(found["none"])
    if indicator.measure == "count":
        said.append(_range_sentence(rows, indicator))
    elif tested:
        said.append(f"**{phrases.plural(len(found['higher']), 'council is', 'councils are')} clearly higher than "
                    f"Scotland and {len(found['lower'])} clearly lower**.")
        said.append(f"{phrases.plural(len(found['none']), 'council has', 'councils have')} no clear difference.")
        if refused := comparisons.refused_words([row for row in rows if row["area_code"] != SCOTLAND]):
            said += [f"{phrases.sentence_case(part)}." for part in refused.split("; ")]
    elif scotland is None:
        said.append("Scotland's figure is not held, so no council is compared with it.")
    else:
        said += [_spread_sentence(rows, scotland, indicator),
                 f"{differences.why_untested(indicator)}, so no council is said to be higher or lower than Scotland."]
    if found["hidden"]:
        said.append(f"{phrases.plural(len(found['hidden']), 'council has', 'councils have')} no figure to show.")
    return said


def _spread_sentence(rows: Sequence[Row], scotland: Row, indicator: Indicator) -> str:
    """Scotland and the middle half of councils: the ends of figures that are not tested read as a league table."""
    said, spread = f"Scotland: **{numbers.said_text(scotland, indicator, short=True)}**", middle_half(rows, indicator)
    return f"{said}; {spread}." if spread else f"{said}."


def middle_half(rows: Sequence[Row], indicator: Indicator) -> str:
    """'the middle half of councils, from £2,472 to £3,351', figures that are held; empty of fewer than FEW."""
    known = sorted(float(row["value"]) for row in rows if row["area_code"] != SCOTLAND
                   and not is_missing(row["value"]))
    if len(known) < FEW:
        return ""
    past = len(known) // 4     # as near to half of them as keeps no fewer than half
    low, high = (numbers.amount(each, indicator, short=True) for each in (known[past], known[-1 - past]))
    return f"the middle half of councils, from {low} to {high}"


def _range_sentence(rows: Sequence[Row], indicator: Indicator) -> str:
    known = [float(row["value"]) for row in rows if row["area_code"] != SCOTLAND
             and not is_missing(row["value"])]
    if not known:
        return "No council has a figure to show."
    if len(known) == 1:
        return f"One council has a figure: {numbers.amount(known[0], indicator)}."
    return (f"From {numbers.amount(min(known), indicator, short=True)} to "
            f"{numbers.amount(max(known), indicator)} in a council.")


def area_sentences(row: Row, scotland: Row | None, indicator: Indicator) -> list[str]:
    """One council's figure, its interval, its base and how it compares, for the box beside the map."""
    interval = numbers.interval_text(row, indicator)
    said = [f"**{numbers.said_text(row, indicator)}** in {row['period_label']}.",
            *([f"The {numbers.interval_name(indicator)} is {interval}."] if interval else [])]
    if could_be := numbers.range_sentence(row, indicator):
        said.append(could_be)
    for mark in marks.marks_of(row.get("obs_status")):
        said.append(f"[{mark}] {marks.meaning(mark, indicator)}.")
    if not is_missing(row.get("denominator")):
        said.append(f"Base: {float(row['denominator']):,.0f} ({indicator.base[:1].lower()}{indicator.base[1:]}).")
    if scotland is not None and row["area_code"] != SCOTLAND and not is_missing(row["value"]):
        words = "" if indicator.measure == "count" else f"{phrases.sentence_case(str(row['compared']))}. "
        said.append(f"{words}Scotland: {numbers.said_text(scotland, indicator, short=True)}.")
    return said


def together_sentences(row: Row, indicator: Indicator) -> list[str]:
    """'2022-23 to 2024-25 together: **53%**, higher than Scotland.', then its interval."""
    return [f"{row['period_label']} together: **{numbers.said_text(row, indicator, short=True)}**, {row['compared']}.",
            f"The {numbers.interval_name(indicator)} is {numbers.interval_text(row, indicator)}."]


def map_title(judged: Sequence[Row], indicator: Indicator, chosen: str) -> str:
    """The chosen area's figure, else how many councils can be told apart; a count is never compared."""
    own = next((row for row in judged if row["area_code"] == chosen and chosen != SCOTLAND), None)
    is_compared = indicator.measure != "count" and scotland_of(judged) is not None
    if own is not None:
        if is_missing(own["value"]):
            return f"{own['name']}: no figure to show"
        words = f", {own['compared']}" if is_compared else ""
        return f"{own['name']}: {numbers.said_text(own, indicator, short=True)}{words}"
    if is_compared:
        councils = [row for row in judged if row["area_code"] != SCOTLAND]
        return comparisons.comparison_title(councils, indicator, "Scotland").replace(" areas", " councils")
    return f"{indicator.title}: {_range_sentence(judged, indicator)[:1].lower()}{_range_sentence(judged, indicator)[1:-1]}"


def map_alt(rows: Sequence[Row], indicator: Indicator, kind: str) -> str:
    """What a map or tile grid shows, counted: the table beside it holds every figure."""
    return (f"{kind} of the 32 council areas. {' '.join(council_sentences(rows, indicator)).replace('**', '')} "
            "Every figure is in the table under it.")


def notes_of(rows: Sequence[Row], indicator: Indicator) -> list[str]:
    """What a reader of the map should know beside the measure's own caveats."""
    known = sum(not is_missing(row["value"]) for row in rows if row["area_code"] != SCOTLAND)
    notes = [WHOLE_COUNCIL, COUNT_NOTE if indicator.measure == "count" else NONE_RANKED,
             *judged.notes(rows, indicator)]
    if indicator.is_survey:
        notes.append("A survey: councils are shaded only as higher, lower or not told apart from Scotland, "
                     "because the intervals of most overlap.")
    if indicator.is_of_records:
        notes.append("Councils are shaded only as higher or lower than Scotland, as shades by value would show how much is recorded.")
    if indicator.data_class == "returns" and indicator.measure == "percentage":
        notes.append(OTHER_YEARS)
    return [*notes, FEW_HOLD] if known < FEW else notes
