"""Groups compared within the same partnership, beside the difference as it stands: the sentence follows the first."""

from collections.abc import Mapping, Sequence

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, words
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.methods.within import within_strata
from dashboard.read import equality, rates
from dashboard.read.edition import Edition
from dashboard.words import differences

COLUMNS = ("Group", "People", "Difference as it stands, points (95% interval)",
           "Within the same partnership, points (95% interval)", "Within the same partnership")
METHOD = ("Within the same partnership: each group is compared with everyone else of its own partnership, and the differences "
          "are put together (Mantel-Haenszel). It takes out that groups live in different partnerships, and nothing else.")


def within(edition: Edition, family: str, label: str, measure: str, *recipes: str) -> tuple[Figure | Said, ...]:
    """Each group of a family of tables held by partnership; nothing where no year is old enough."""
    if not edition.has_returns:
        return ()
    years, answer = held.outcome_years(edition, measure), held.journeys(edition, family, None)
    found = {code: made for code in edition.areas
             if (made := equality.breakdown([row for row in answer.rows if row["area_code"] == code], years))}
    whole = found.pop(SCOTLAND, None)
    if whole is None or len(whole.groups) < 2 or not found:
        return ()
    crude = equality.gaps(whole, measure)
    rows = [_within(list(found.values()), gap.group.category, measure) for gap in crude]
    judged = rule.in_family([rates.verdict_of(
        row, furthest=None if gap.lowest is None else (gap.lowest, gap.highest), is_claimed=bool(whole.claims),
        is_of_records=measure in equality.OF_RECORDS) for gap, row in zip(crude, rows, strict=True)])
    lines = [(gap.group.label, words.count(gap.group.starts), words.points(gap.row), words.points(row), _said(each))
             for gap, row, each in zip(crude, rows, judged, strict=True)]
    name = equality.MEASURES[measure]
    caption = (f"{label}: {name.lower()}, each group less everyone else, people who started in {words.years(whole)}, as it stands "
               "and within the same partnership")
    figure = compose.figure(
        edition, answer, title=_title(label, name, crude, judged), subtitle=caption, table=table(caption, COLUMNS, lines, {1, 2, 3}),
        unit=outcomes.UNIT, base=outcomes.BASE, interval="95%, for the chance variation of figures like these and for rounding.",
        notes=[METHOD, words.NOT_EFFECT, *words.told_notes(measure)])
    said = [text for gap, row, each in list(zip(crude, rows, judged, strict=True))[:1] for text in _sentences(gap, row, each, name)]
    return (*compose.say(edition, Choice(), said, *recipes), figure)


def _within(areas: Sequence[equality.Breakdown], category: str, measure: str) -> Mapping[str, object]:
    """The difference of one group within partnerships as a row in points."""
    pairs = [(group, area.rest_of(group)) for area in areas for group in area.groups if group.category == category]
    made = within_strata([group.pair(measure) for group, _ in pairs], [rest.pair(measure) for _, rest in pairs],
                         [group.cells for group, _ in pairs], [rest.cells for _, rest in pairs])
    status = rates.status_of(min(sum(group.starts for group, _ in pairs), sum(rest.starts for _, rest in pairs)))
    if status == "c" or is_missing(made.value):
        return rates.HIDDEN | {"obs_status": "c"}
    return dict(zip(rates.HIDDEN, (100 * each for each in made), strict=True)) | {"obs_status": status}


def _said(found: rule.Verdict) -> str:
    return differences.compared(found, "everyone else") if found.estimate is not None else words.marks.MARKS["c"]


def _title(label: str, name: str, crude: Sequence[equality.Gap], judged: Sequence[rule.Verdict]) -> str:
    clear = [gap.group.label for gap, each in zip(crude, judged, strict=True) if each.is_clear]
    if clear:
        return f"{label}, {name.lower()}: within the same partnership a clear difference for {words.phrases.listed(clear)}"
    if not any(each.direction == "none" for each in judged):
        return f"{label}, {name.lower()}: nothing can be told within the same partnership, as too much is missing or unknown"
    return f"{label}, {name.lower()}: no clear difference within the same partnership"


def _sentences(gap: equality.Gap, row: Mapping[str, object], found: rule.Verdict, name: str) -> list[str]:
    """The first group: its difference as it stands and within partnerships, and what may be said of the second."""
    if is_missing(gap.row["value"]) or is_missing(row["value"]):
        return []
    return [f"{gap.group.label}, {name.lower()}: {words.signed(gap.row['value'])} points against everyone else.",
            f"Against everyone else of the same partnership: {words.signed(row['value'])} points, "
            f"**{_said(found).removesuffix(' from everyone else')}**."]
