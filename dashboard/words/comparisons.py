"""Many figures against one: titles, legends and text alternatives that count and never rank."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.methods.verdict import INSTRUMENTS, Verdict, in_family
from dashboard.words.differences import (
    NOT_COMPARED,
    TOO_MUCH_MISSING,
    compared,
    difference,
    told_apart,
    verdict,
    why_untested,
)
from dashboard.words.numbers import amount, counts_text, said_text, value_text
from dashboard.words.phrases import listed, plural

Row = Mapping[str, object]

def judged(rows: Iterable[Row], whole: Row | None, with_what: str, indicator: Indicator,
           shares: Mapping[object, float] = MappingProxyType({})) -> list[dict]:
    """Each row with what may be said of it against the rest of one whole that holds them all, judged together.

    Adds `direction` (higher, lower, none or untested), `verdict` (its colour) and `compared` (its words); of the whole
    itself, nothing. `shares`: by area_code, the part of the whole that an area is, for measures without counts.
    """
    rows = list(rows)
    gaps = [difference(row, whole, indicator, is_whole=True, share=shares.get(row.get("area_code")))
            if whole is not None and not is_whole(row, whole) else None for row in rows]
    if indicator.is_of_scores:
        gaps = [gap and replace(gap, direction="untested", why=gap.why or INSTRUMENTS) for gap in gaps]
    return [_judged(row, gap, whole, with_what, indicator) for row, gap in zip(rows, together(gaps), strict=True)]


def is_whole(row: Row, whole: Row) -> bool:
    """Whether a row is the whole itself."""
    return dict(row) == dict(whole)


def together(gaps: Sequence[Verdict | None]) -> list[Verdict | None]:
    """The verdicts of one screen, judged as one family; None stays None."""
    held = iter(in_family([gap for gap in gaps if gap is not None]))
    return [None if gap is None else next(held) for gap in gaps]


def _judged(row: Row, gap: Verdict | None, whole: Row | None, with_what: str, indicator: Indicator) -> dict:
    if whole is not None and is_whole(row, whole):
        return {**row, "direction": "untested", "verdict": "none", "compared": ""}
    return {**row, "direction": gap.direction if gap else "untested", "verdict": verdict(gap, indicator),
            "compared": compared(gap, with_what, indicator)}


VERDICT_LEGEND = {
    "better": "● blue: better",
    "worse": "◆ orange: worse",
    "neutral": "● filled: clearly different",
    "none": "○ grey: no clear difference, or no verdict",
}


def signs(indicator: Indicator) -> tuple[str, str, str]:
    """The signs of higher, cannot be told apart and lower: ▲ is better and ◆ worse everywhere, arrows are neither.

    Of records, ○ stands for no clear difference and for no verdict: neither is said to be alike.
    """
    alike = "○" if indicator.is_of_records else "≈"
    if indicator.direction == "no_direction":
        return "↑", alike, "↓"
    return ("▲", alike, "◆") if indicator.direction == "higher_is_better" else ("◆", alike, "▲")


def verdict_legend(rows: Iterable[Mapping[str, object]], with_what: str) -> str:
    """The signs in use and what they mean."""
    used = {str(row.get("verdict")) for row in rows}
    signs = [words for name, words in VERDICT_LEGEND.items() if name in used]
    return f"Against {with_what}: {' · '.join(signs)}." if signs else ""


def comparison_title(
    rows: Sequence[Mapping[str, object]], indicator: Indicator, with_what: str, chosen: str = ""
) -> str:
    """The message of a comparison: the chosen area's, else how many can be told apart. Never a rank."""
    without = f"{with_what} has no figure to compare with"
    own = next((row for row in rows if row["area_code"] == chosen), None)
    if own is not None and own.get("compared"):
        if is_missing(own["value"]):
            return f"{own['area']}: no figure to show"
        value = f"{own['area']}: {said_text(own, indicator, short=True)}"
        return f"{value}; {without}" if own["compared"] == NOT_COMPARED else f"{value}, {own['compared']}"
    tested = [row for row in rows if row.get("compared") and not is_missing(row["value"])]
    if not tested:
        return indicator.title
    if all(row["compared"] == NOT_COMPARED for row in tested):
        return f"{indicator.title} in {plural(len(tested), 'area')}: {without}"
    ways = [str(row["direction"]) for row in tested]
    if any(str(row["compared"]).startswith("not tested") for row in tested):
        return (
            f"{indicator.title} in {plural(len(tested), 'area')}: {why_untested(indicator).lower()}, so none is ranked"
        )
    if len(reasons := {str(row["compared"]) for row in tested}) == 1 and set(ways) == {"untested"}:
        return f"{indicator.title} in {plural(len(tested), 'area')}; {reasons.pop()}"
    higher, lower, alike = (ways.count(way) for way in ("higher", "lower", "none"))
    unsaid = f"; {refused}" if (refused := refused_words(tested)) else ""
    return (f"{higher} of {len(tested)} areas {'is' if higher == 1 else 'are'} higher than {with_what} and {lower} lower; "
            f"{alike} {'has' if alike == 1 else 'have'} no clear difference{unsaid}")


def refused_words(rows: Sequence[Row]) -> str:
    """'too much is missing to compare 11; 2 are not judged: few people': how many get no verdict, and why; else empty."""
    words = [str(row["compared"]) for row in rows if row["direction"] == "untested" and not is_missing(row["value"])]
    missing = words.count(TOO_MUCH_MISSING)
    unreliable = {why: words.count(f"not judged: {why}") for why in ("few people", "low reliability")}
    return "; ".join([*([f"{TOO_MUCH_MISSING} {missing}"] if missing else []), *(
        f"{count} {'is' if count == 1 else 'are'} not judged: {why} [u]" for why, count in unreliable.items() if count)])


def comparison_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, period: str) -> str:
    """What a comparison of areas shows: counted, never ranked."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    sentences = [f"Dots with intervals: {indicator.title}, {len(rows)} areas, {period}."]
    if not known:
        return f"{sentences[0]} No figure to show."
    values = [float(row["value"]) for row in known]
    sentences.append(
        f"From {amount(min(values), indicator, short=True)} to {amount(max(values), indicator, short=True)}."
    )
    if missing := len(rows) - len(known):
        sentences.append(f"{missing} of {len(rows)} have no figure to show.")
    return " ".join(sentences)


def breakdown_title(rows: Sequence[Mapping[str, object]], indicator: Indicator, label: str) -> str:
    """Two groups are compared; more are only introduced."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known and any(counts_text(row, indicator) for row in rows):
        return f"{indicator.title} by {label[:1].lower() + label[1:]}: too few people for a share, counts only"
    if len(known) == 2:
        first, second = known
        return (
            f"{first['group']}: {value_text(first, indicator, short=True)}; {second['group']}: "
            f"{value_text(second, indicator, short=True)}; {told_apart(difference(first, second, indicator))}"
        )
    return f"{indicator.title} by {label[:1].lower() + label[1:]}"


def breakdown_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, label: str, period: str) -> str:
    """Each group's figure, a few to a sentence."""
    parts = [f"{row['group']} {value_text(row, indicator, short=True)}" for row in rows]
    sentences = [f"Dots: {indicator.title} by {label.lower()}, {period}."]
    sentences += [f"{listed(parts[start : start + 4])}." for start in range(0, len(parts), 4)]
    return " ".join(sentences)


def direction_counts(ways: Sequence[str], other: str) -> str:
    """'2 higher and 1 lower than Scotland, 5 with no clear difference' of directions; '' where none was compared. No noughts."""
    clear = " and ".join(f"{ways.count(way)} {way}" for way in ("higher", "lower") if way in ways)
    alike = f"{ways.count('none')} with no clear difference" if "none" in ways else ""
    return f"{clear} than {other}{f', {alike}' if alike else ''}" if clear else f"{alike} from {other}" if alike else ""


def spine_title(found: Mapping[str, int], area: str) -> str:
    """How many measures are clearly better, worse or different: counts, never a score."""
    parts = [
        f"{found[name]} {word}"
        for name, word in (
            ("better", "clearly better"),
            ("worse", "clearly worse"),
            ("neutral", "clearly different"),
        )
        if found[name]
    ]
    rest = f"{found['none']} with no clear difference or no verdict"
    return f"{area} against Scotland: {', '.join(parts + ([rest] if found['none'] else []))}"


def spine_alt(rows: Sequence[Mapping[str, object]], catalogue: Mapping[str, Indicator], area: str) -> str:
    """One sentence a measure."""
    lines = []
    for row in rows:
        indicator = catalogue[row["indicator_id"]]
        lines.append(f"{indicator.title} {value_text(row, indicator, short=True)}, {row['compared']}.")
    return " ".join([f"Spine chart of {plural(len(rows), 'measure')}: {area} against Scotland.", *lines])


def parts_alt(parts: Sequence[Mapping[str, object]], opening: str) -> str:
    """Each bar's parts; `parts`: rows of label, part and share."""
    sentences = [f"{opening}."]
    for label in dict.fromkeys(row["label"] for row in parts):
        shares = [f"{row['part'].lower()} {row['share']:.0f}%" for row in parts if row["label"] == label]
        sentences.append(f"{label}: {listed(shares)}.")
    return " ".join(sentences)
