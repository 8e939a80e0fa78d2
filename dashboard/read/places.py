"""What can be said of places: councils against Scotland, urban against rural, groups added up.

Rows in, rows and sentences out. Councils are counted, never ranked; a published rate is never re-made.
"""

from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.read import rates, value
from dashboard.read.selection import SCOTLAND
from dashboard.words import comparisons, differences, marks, numbers, phrases

ISLANDS = ("S12000023", "S12000027", "S12000013")     # Orkney, Shetland, Na h-Eileanan Siar
FAMILIES = {     # name in the link -> what the group is called, area_type, how its codes begin, what to know of it
    "place": ("Family groups (other services, by rurality)", "family_group", "LGBF_PLACE",
              "The benchmarking framework's family groups in the version for other services, which includes "
              "employability: councils alike in rurality."),
    "people": ("Family groups (people services, by deprivation)", "family_group", "LGBF_PEOPLE",
               "The benchmarking framework's family groups in the version for people services: councils alike in "
               "deprivation. The same council can be in another group of the other version."),
    "rep": ("Regional Economic Partnerships", "region", "REP_", ""),
    "deal": ("City region and growth deals", "region", "DEAL_", ""),
    "typology": ("Kinds of council (four-way)", "typology", "RESAS_",
                 "The Scottish Government's four-way typology (RESAS), membership recovered from published totals. "
                 "One label a council: most hold both urban and rural places."),
}
TWO_WAY = ("RESAS_RURAL", "RESAS_URBAN")     # the same councils again: not shown beside the four
CHANCE_NOTE = "Among 32 councils, one or two can look different by chance alone. None is ranked."
OTHER_TEST = ("Each council is compared with Scotland by chance alone, in one year. The funnel of Job outcomes joins years "
              "and also allows for usual differences between areas, so it may name other areas, and usually fewer.")
COUNT_NOTE = "A count follows the number of people: a darker council is larger, not doing better."
WHOLE_COUNCIL = "A map colours whole councils: most hold both urban and rural places."
FEW_HOLD = "Few councils have a figure, so the map is mostly empty: it shows what was published, not a pattern."

FEW = 8     # fewer councils than this with a figure are no spread

Row = Mapping[str, object]


# Councils ----------------------------------------------------------------------------------------

def every_council(rows: Sequence[Row], areas: Mapping[str, Row]) -> list[dict]:
    """Scotland first, then all 32 by name: a council that holds no row is one with the mark [x].

    `areas`: area_code -> name and area_type, in the order to show. Rows gain `name`.
    """
    held = {row["area_code"]: row for row in rows}
    when = {name: rows[0][name] for name in ("indicator_id", "period", "period_label") if rows}
    none = dict.fromkeys(("numerator", "denominator", "value", "lower_ci", "upper_ci"))
    return [{**(held.get(code) or {**when, **none, "area_code": code, "area": area["name"], "obs_status": "x"}),
             "name": area["name"]} for code, area in areas.items() if code in held or code != SCOTLAND]


def scotland_of(rows: Iterable[Row]) -> dict | None:
    """Scotland's own row, if it holds a figure."""
    return next((dict(row) for row in rows if row["area_code"] == SCOTLAND
                 and not is_missing(row["value"])), None)


def told_apart(rows: Sequence[Row], scotland: Row | None, indicator: Indicator) -> dict[str, list[str]]:
    """Council names by what can be said against Scotland: higher, lower, none, untested, and hidden."""
    found: dict[str, list[str]] = {name: [] for name in ("higher", "lower", "none", "untested", "hidden")}
    for row in rows:
        if row["area_code"] == SCOTLAND:
            continue
        gap = differences.difference(row, scotland, indicator) if scotland else None
        hidden = is_missing(row["value"])
        found["hidden" if hidden else gap.direction if gap else "untested"].append(str(row["name"]))
    return found


def council_sentences(rows: Sequence[Row], indicator: Indicator) -> list[str]:
    """Which councils can be told apart from Scotland on this measure: counted, in sentences under 25 words."""
    if not rows:
        return ["No figure is held for any council."]
    found, scotland = told_apart(rows, scotland_of(rows), indicator), scotland_of(rows)
    said = [f"{indicator.title}, {rows[0]['period_label']}."]
    tested = len(found["higher"]) + len(found["lower"]) + len(found["none"])
    if indicator.measure == "count":
        said.append(_range_sentence(rows, indicator))
    elif tested:
        said.append(f"**{phrases.plural(len(found['higher']), 'council is', 'councils are')} clearly higher than "
                    f"Scotland and {len(found['lower'])} clearly lower**; {len(found['none'])} cannot be told apart.")
        if 20 <= tested <= 40 and len(found["none"]) < tested:     # one in twenty of so many
            said.append("One or two would look different by chance alone.")
        clear = {*found["higher"], *found["lower"]}
        few = sum("u" in marks.marks_of(row["obs_status"]) for row in rows if row["name"] in clear)
        said += [f"{phrases.sentence_case(comparisons.on_few_people(few, len(clear)))}."] if few else []
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
    said, spread = f"Scotland: **{numbers.value_text(scotland, indicator, short=True)}**", middle_half(rows, indicator)
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
    return (f"From {numbers.amount(min(known), indicator, short=True)} to "
            f"{numbers.amount(max(known), indicator)} in a council.")


def area_sentences(row: Row, scotland: Row | None, indicator: Indicator) -> list[str]:
    """One council's figure, its interval, its base and how it compares, for the box beside the map."""
    interval = numbers.interval_text(row, indicator)
    said = [f"**{numbers.value_text(row, indicator)}** in {row['period_label']}"
            + (f", {numbers.interval_name(indicator)} {interval}." if interval else ".")]
    for mark in marks.marks_of(row.get("obs_status")):
        said.append(f"[{mark}] {marks.meaning(mark, indicator)}.")
    if not is_missing(row.get("denominator")):
        said.append(f"Base: {float(row['denominator']):,.0f}, {indicator.base[:1].lower()}{indicator.base[1:]}.")
    if scotland is not None and row["area_code"] != SCOTLAND and not is_missing(row["value"]):
        gap = differences.difference(row, scotland, indicator)
        words = "" if indicator.measure == "count" else f"{phrases.sentence_case(differences.compared(gap, 'Scotland'))}. "
        said.append(f"{words}Scotland: {numbers.value_text(scotland, indicator, short=True)}.")
    return said


def map_title(judged: Sequence[Row], indicator: Indicator, chosen: str) -> str:
    """The chosen area's figure, else how many councils can be told apart; a count is never compared."""
    own = next((row for row in judged if row["area_code"] == chosen and chosen != SCOTLAND), None)
    is_compared = indicator.measure != "count" and scotland_of(judged) is not None
    if own is not None:
        if is_missing(own["value"]):
            return f"{own['name']}: no figure to show"
        words = f", {own['compared']}" if is_compared else ""
        return f"{own['name']}: {numbers.value_text(own, indicator, short=True)}{words}"
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
    notes = [WHOLE_COUNCIL, COUNT_NOTE if indicator.measure == "count" else CHANCE_NOTE]
    if indicator.is_survey:
        notes.append("A survey: councils are shaded only as higher, lower or not told apart from Scotland, "
                     "because the intervals of most overlap.")
    if indicator.data_class == "returns" and indicator.measure == "percentage":
        notes.append(OTHER_TEST)
    return [*notes, FEW_HOLD] if known < FEW else notes


# Urban and rural ---------------------------------------------------------------------------------

def three_fold(rows: Sequence[Row]) -> list[dict]:
    """The rest of Scotland, accessible rural and remote rural, added up from six classes of returns."""
    parts = (("Rest of Scotland", ("1", "2", "3", "4")), ("Accessible rural", ("5",)), ("Remote rural", ("6",)))
    held = {row["category"]: row for row in rows}
    return [added([held[name] for name in names if name in held]) | {"category_label": label, "category": label}
            for label, names in parts]


def added(rows: Sequence[Row]) -> dict:
    """One row from several protected ones: counts added, the rate made again with as many cells.

    Hidden as not available where any of them is not held.
    """
    base = dict(rows[0]) if rows else {}
    if not rows or any(is_missing(row["denominator"]) for row in rows):
        return base | {"numerator": None, "denominator": None, "value": None, "lower_ci": None, "upper_ci": None,
                       "obs_status": "x"}
    return base | rates.rate(value.total(rows, "numerator"), value.total(rows, "denominator"), len(rows))


def rural_gap(rural: Row, urban: Row, indicator: Indicator) -> dict:
    """Rural less urban, in points or units, with an interval where both have what it needs."""
    own_marks = [mark for row in (rural, urban) for mark in marks.marks_of(row.get("obs_status"))]
    hidden = {"value": None, "lower_ci": None, "upper_ci": None}
    if is_missing(rural["value"]) or is_missing(urban["value"]):
        alone = [mark for mark in marks.ALONE if mark in own_marks]
        return hidden | {"obs_status": alone[0] if alone else "x"}
    if indicator.data_class == "returns" and indicator.measure == "percentage":
        return rates.difference(rural, urban, 1)
    found = differences.difference(rural, urban, indicator)
    return {"value": found.estimate, "lower_ci": found.lower, "upper_ci": found.upper, "obs_status": None}


def gap_words(gap: Row) -> str:
    """The gap's direction, only where the interval shows one."""
    if is_missing(gap["value"]):
        return "No figure to compare"
    if is_missing(gap["lower_ci"]):
        return "Not tested: no interval"
    if float(gap["lower_ci"]) > 0:
        return "Rural is higher than urban"
    return "Rural is lower than urban" if float(gap["upper_ci"]) < 0 else "No clear difference"


# Groups ------------------------------------------------------------------------------------------

def group_row(rows: Sequence[Row], indicator: Indicator) -> dict | None:
    """One group's figure from its councils' rows; None where the measure cannot be added up.

    Rates of returns are made again from added protected counts, with as many rounded cells as councils;
    costs are total pounds over total people; counts are added. A published rate is never re-made.
    """
    if indicator.measure == "pounds" and indicator.data_class == "returns":
        known = [row for row in rows if not is_missing(row["denominator"])]
        return value.pooled_cost(known) if len(known) == len(rows) else added([])
    if indicator.measure == "percentage" and indicator.data_class == "returns":
        return added(rows)
    if indicator.measure == "count":
        if any(is_missing(row["value"]) for row in rows):
            return added([])
        return {"value": value.total(rows, "value"), "lower_ci": None, "upper_ci": None, "numerator": None,
                "denominator": None, "obs_status": None}
    return None


def can_be_added(indicator: Indicator) -> bool:
    """True where groups of councils can be made from their counts."""
    returns = indicator.data_class == "returns" and indicator.measure in ("percentage", "pounds")
    return returns or indicator.measure == "count"


def overlap_sentence(members: Mapping[str, Sequence[str]]) -> str:
    """Which councils are in more than one group; empty where none is."""
    places: dict[str, int] = {}
    for names in members.values():
        for name in names:
            places[name] = places.get(name, 0) + 1
    twice = [name for name, count in places.items() if count > 1]
    missing = 32 - len(places)
    said = [f"The groups overlap: {phrases.listed(twice)} {'is' if len(twice) == 1 else 'are'} in more than one, "
            "so adding groups counts some people twice."] if twice else []
    if missing:
        said.append(f"{phrases.plural(missing, 'council is', 'councils are')} in none of them.")
    return " ".join(said)


def missing_as_none(rows: pd.DataFrame) -> list[dict]:
    """Records in which a missing number is None."""
    return [{name: None if is_missing(cell) else cell for name, cell in row.items()}
            for row in rows.to_dict("records")]
