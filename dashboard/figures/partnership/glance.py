"""All partnerships at a glance: ten measures each, in the order of the alphabet or by family group, never by value."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.figure import SCOTLAND, Choice, Figure, Said, plot, table
from dashboard.figures import compose, together
from dashboard.figures.areas import family_group
from dashboard.figures.partnership import standing
from dashboard.figures.recipe import Chooser, areas_of
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition, Row
from dashboard.words import comparisons, differences, marks, numbers, phrases

MEASURES = ("employment_rate_16_64", "modelled_unemployment_rate", "economic_inactivity_rate_16_64", "claimant_count_share",
            "level_3_or_above_qualifications", "lgbf_assisted_into_work", "started_within_4_weeks",
            "entered_work_within_12_months", "in_work_at_13_weeks", "in_work_at_52_weeks")
RANGE = "Range: "       # of a rate of records; a note says of what
BY_NAME, BY_FAMILY = "name", "family"
FAMILY = "Family group"
ORDER = Chooser("order", "Order", lambda *_: {BY_NAME: "By name", BY_FAMILY: "By family group"}, BY_NAME)
TOLD_APART = ("higher", "lower")


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """How to read it: what is shaded, and what is not judged."""
    return compose.say(edition, choice, [
        "A figure is shaded, and says higher or lower, only where it can be told apart from Scotland's.",
        "Not judged: low reliability [u], no interval, or too much not recorded, with the range beside it. This is not a league table."],
        "partnership.glance")


def glance(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Scotland, then each partnership, by ten measures; each cell is that of the partnership's own page."""
    codes = _ordered(edition, choice.of("order", BY_NAME))
    held = {code: {str(row["indicator_id"]): row for row in standing.judged(edition, code, MEASURES)} for code in codes}
    named = [name for name in MEASURES if any(name in own for own in held.values())]
    if not named:
        return ()
    periods = {name: Counter(str(own[name]["period_label"]) for own in held.values() if name in own).most_common(1)[0][0]
               for name in named}
    families = _families(edition)
    columns = [column for name in named for column in _columns(edition, held, name, periods[name])]
    lines = [["Scotland", "", *(column.scotland for column in columns)]]
    lines += [[edition.area_name(code), families.get(code, ""), *(column.cell(held[code].get(column.name)) for column in columns)]
              for code in codes]
    shades = [{"shades": ["none"] * (len(columns) + 1)}]
    shades += [{"shades": ["none", *("none" if column.is_range else _shade(held[code].get(column.name)) for column in columns)]}
               for code in codes]
    rows = [row for own in held.values() for row in own.values()]
    caption = f"Scotland first, then {phrases.plural(len(codes), 'partnership')}, {_order_in_words(choice)}: not a ranking"
    links = {edition.area_name(code): f"/partnership?area={code}" for code in codes}
    links |= {column.heading: f"/indicator?id={column.name}" for column in columns}
    answers = [edition.ask("spine", area_code=code, indicators=list(MEASURES)) for code in codes]
    shown = table(caption, ("Area", FAMILY, *(column.heading for column in columns)), lines, range(2, len(columns) + 2))
    return (compose.figure(
        edition, answers[0].keep(rows).joined_by(*together.answers(edition, rows)), title=_title(rows), subtitle=caption, table=shown,
        plot=plot("heat", shades, f"A table of {len(lines)} areas and {len(named)} measures, in words", chosen="", links=links),
        unit="Each measure in its own unit", base="As each measure says",
        interval="95%: told apart only where the interval of the difference excludes none.",
        notes=(comparisons.verdict_legend([row for row in rows if _shade(row) != "none"], "Scotland"),
               "Each figure is that of the period in its heading, or of the period beside it.",
               together.NOTE if any(row.get("is_together") for row in rows) else "",
               differences.RANGE_NOTE if any(column.is_range for column in columns) else "")),)


def _ordered(edition: Edition, order: str) -> list[str]:
    codes, families = list(areas_of(edition, with_scotland=False)), _families(edition)
    return sorted(codes, key=lambda code: (families.get(code, "") if order == BY_FAMILY else "", codes.index(code)))


def _order_in_words(choice: Choice) -> str:
    return "by family group, then the alphabet" if choice.of("order", BY_NAME) == BY_FAMILY else "in the order of the alphabet"


def _families(edition: Edition) -> Mapping[str, str]:
    """'1' of 'Family group 1' by partnership: the version that every comparison here uses."""
    found = {code: family_group(edition, code) for code in areas_of(edition, with_scotland=False)}
    return {code: group[0].partition(" (")[0].removeprefix(f"{FAMILY} ") for code, group in found.items() if group}


@dataclass(frozen=True)
class _Column:
    """One measure, or the range that a measure of records could have: its heading, Scotland's cell, and what a row says."""

    name: str
    heading: str
    scotland: str
    cell: Callable[[Row | None], str]
    is_range: bool = False


def _columns(edition: Edition, held: Mapping[str, Mapping[str, Row]], name: str, period: str) -> list[_Column]:
    """The column of a measure in the period of its heading, and beside a rate of records that of its range."""
    indicator = edition.catalogue[name]
    named = f"{indicator.title}, {period}{', demonstration' if edition.synthetic and indicator.data_class == 'returns' else ''}"
    row = next(own[name] for own in held.values() if name in own and str(own[name]["period_label"]) == period)
    found = [_Column(name, named, numbers.amount(row["scotland"], indicator, short=True), lambda own: _cell(edition, own, name, period))]
    if indicator.is_of_records:
        everywhere = edition.ask("comparison", indicator_id=name, period=row["period"]).rows
        whole = next((each for each in everywhere if each["area_code"] == SCOTLAND), {})
        found.append(_Column(name, f"{RANGE}{named}", numbers.range_text(whole, indicator),
                             lambda own: numbers.range_text(own or {}, indicator), True))
    return found


def _cell(edition: Edition, row: Row | None, name: str, period: str) -> str:
    """'84.1% higher', '67% [u]', '44% too much missing', '12.4% in 2022': the value, its marks, and what may be said of it."""
    if row is None:
        return "[x]"
    text = numbers.value_text(row, edition.catalogue[name], short=True)
    way = str(row["compared"]).split(" ")[0]
    said = [way] if _shade(row) != "none" else ["too much missing"] if row["compared"] == differences.TOO_MUCH_MISSING else []
    return " ".join([text, *said,
                     *([f"in {row['period_label']}"] if str(row["period_label"]) != period else [])])


def _shade(row: Row | None) -> str:
    """'better', 'worse' or 'neutral' where it is told apart from Scotland, else 'none'."""
    if row is None or is_missing(row["value"]) or "u" in marks.marks_of(row["obs_status"]):
        return "none"
    return str(row["verdict"]) if str(row["compared"]).split(" ")[0] in TOLD_APART else "none"


def _title(rows: Sequence[Row]) -> str:
    known = [row for row in rows if not is_missing(row["value"])]
    apart = sum(_shade(row) != "none" for row in known)
    few = sum("u" in marks.marks_of(row["obs_status"]) for row in known)
    missing = sum(row["compared"] == differences.TOO_MUCH_MISSING for row in known)
    return "; ".join([f"{apart} of {phrases.plural(len(known), 'figure')} can be told apart from Scotland's",
                      *([f"{few} of low reliability [u] not judged"] if few else []),
                      *([f"too much is missing to compare {missing}"] if missing else [])])
