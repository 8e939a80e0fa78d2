"""Evidence for the public bodies' duties: one accessible workbook and one page, from the values of the figures.

Equality Impact Assessment and Public Sector Equality Duty (SSI 2012/162), Fairer Scotland Duty (SIMD 1 against 5)
and Island Communities Impact Assessment (Islands (Scotland) Act 2018: each island area individually).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import escape

from dashboard.figure import SCOTLAND
from dashboard.figures.equality import held, words
from dashboard.methods import intervals
from dashboard.methods.missing import is_missing
from dashboard.packs import workbook as workbooks
from dashboard.packs.workbook import Sheet, Value
from dashboard.read import availability, cohorts, equality, rates
from dashboard.read.edition import Edition
from dashboard.read.equality import Breakdown
from dashboard.words import marks, numbers

ISLANDS = ("S12000023", "S12000027", "S12000013")
MEASURE = "entered"
TITLE = "Evidence for impact assessments: who is reached, and how each group fares"
DUTIES = (
    "Equality Impact Assessment and Public Sector Equality Duty: reach, outcome gaps and the journey, by characteristic.",
    "Fairer Scotland Duty: the most deprived fifth of areas (SIMD 1) against the least deprived (SIMD 5).",
    "Island Communities Impact Assessment: Orkney Islands, Shetland Islands and Na h-Eileanan Siar, each by itself.",
)
CAVEATS = (
    "Counts are rounded to protect people: each is within 4 of the true figure, a few within 9.",
    "Intervals are 95%: chance variation of figures like these, and rounding. Everyone who started is counted.",
    "A rate needs a base of 30 people, and is marked [u] under 50. Two characteristics together need 50 in every group.",
    words.RULE,
    "Unknown and prefers not to say are always shown, and are in no share of known answers.",
    "Groups that overlap (types of condition, priority families) are never added up.",
    "Islands of Argyll and Bute, Highland and North Ayrshire are within those partnerships.",
    words.NOT_EFFECT,
)

REACH = ("Characteristic", "Group", "People", "Share of known answers (%)", "Lower 95% limit (%)",
         "Upper 95% limit (%)", "Population and year", "Share of population (%)", "Ratio", "Reach")
GAPS = ("Characteristic", "Group", "People", "Rate (%)", "Everyone else (%)", "Gap (percentage points)",
        "Lower 95% limit (points)", "Upper 95% limit (points)", "Lowest with the unknown (points)",
        "Highest with the unknown (points)", "Compared")
FAIRER = ("Outcome", "SIMD 1, most deprived (%)", "SIMD 5, least deprived (%)", "Gap 1 less 5 (percentage points)",
          "Lower 95% limit (points)", "Upper 95% limit (points)", "Unknown deprivation (%)")
JOURNEY = ("Characteristic", "Group", "People who started", "Job", "13 weeks", "26 weeks")


# Rows -------------------------------------------------------------------------------------------

def number(row: Mapping[str, object], name: str = "value", most: int = 1) -> Value:
    """A rate with the decimals that its counts carry, a difference with one, or the mark; never exactly 0% or 100% of people."""
    if is_missing(row.get(name)):
        return f"[{row.get('obs_status') or 'x'}]"
    places = numbers.places_of(row, most) if row.get("denominator") else most
    shown = round(float(row[name]), places)
    if name == "value" and "numerator" in row and shown in (0, 100):
        return intervals.show_rate(*(min(100.0, max(0.0, float(row[each]))) for each in ("value", "lower_ci", "upper_ci")), places)
    return shown


def people(count: int) -> Value:
    return count if count else "[low]"


def reach_rows(label: str, found: Breakdown, made: Sequence[equality.Reached]) -> list[tuple[Value, ...]]:
    """Each group and population, then the unknown."""
    rows = [(label, row.group.label, people(row.group.starts), number(row.share), number(row.share, "lower_ci"),
             number(row.share, "upper_ci"), words.source_name(row.population) if row.population is not None else "[x]",
             _of_population(row),
             row.ratio if row.ratio is not None else "[x]", _marked(words.told_words(row, made), row.share)) for row in made]
    return rows + _unknown(label, found, len(REACH), "not in the share of known answers")


def gap_rows(label: str, found: Breakdown, made: Sequence[equality.Gap]) -> list[tuple[Value, ...]]:
    rows = [(label, gap.group.label, people(gap.group.starts), number(gap.own, most=0), number(gap.rest, most=0), number(gap.row),
             number(gap.row, "lower_ci"), number(gap.row, "upper_ci"), _bound(gap.lowest), _bound(gap.highest),
             _marked(words.gap_verdict(gap), gap.row)) for gap in made]
    return rows + _unknown(label, found, len(GAPS), "not compared")


def _of_population(row: equality.Reached) -> Value:
    """A population's share, in whole percent where it was worked out from a survey's rounded figures."""
    if row.population is None:
        return "[x]"
    value = float(row.population["value"])
    return round(value) if row.population["is_survey"] else value


def _bound(value: float | None) -> Value:
    return "[x]" if value is None else round(value, 1)


def _marked(text: str, row: Mapping[str, object]) -> str:
    return f"{text} {marks.marks_text('u')}" if row.get("obs_status") == "u" else text


def _unknown(label: str, found: Breakdown, width: int, last: str) -> list[tuple[Value, ...]]:
    if found.overlapping:
        return [(label, "Not known", *["[x]"] * (width - 3), "a blank list is among everyone else")]
    return [(label, group.label, people(group.starts), *["[x]"] * (width - 4), last) for group in found.unknown]


def fairer_rows(found: Mapping[str, Breakdown]) -> list[tuple[Value, ...]]:
    """SIMD 1 against SIMD 5 for each measure."""
    made = []
    for measure, each in found.items():
        groups = {group.category: group for group in each.groups}
        if not {"1", "5"} <= set(groups):
            continue
        one, five = groups["1"], groups["5"]
        gap = rates.difference(*({"numerator": reached, "denominator": base} for reached, base in
                                 (one.pair(measure), five.pair(measure))), (one.cells, five.cells))
        unknown = words.share(each.not_known, words.everyone(each))
        made.append((f"{equality.MEASURES[measure]}, started {words.years(each)}", number(one.rate(measure)),
                     number(five.rate(measure)), number(gap), number(gap, "lower_ci"), number(gap, "upper_ci"),
                     float(unknown.rstrip("%")) if unknown.endswith("%") else unknown))
    return made


def journey_rows(label: str, found: Breakdown, made: Sequence[tuple]) -> list[tuple[Value, ...]]:
    """Each step relative to everyone else, on those who reached the step before."""
    rows = [(label, group.label, people(group.starts),
             *(f"[{cell.mark}]" if cell.relative is None else round(cell.relative, 2) for cell in cells))
            for group, cells in made]
    if found.overlapping:
        return [*rows, (label, "Not known", "[x]", "[x]", "[x]", "[x]")]
    return rows + [(label, group.label, people(group.starts), "[x]", "[x]", "[x]") for group in found.unknown]


# The sheets -------------------------------------------------------------------------------------

def sheets(edition: Edition, area_code: str) -> list[Sheet]:
    """Every table: Scotland, the duties' own tables, the chosen partnership, and each island area by itself."""
    made = [*area_sheets(edition, SCOTLAND), fairer_sheet(edition), *pair_sheets(edition)]
    for code in dict.fromkeys(code for code in (area_code, *ISLANDS) if code != SCOTLAND):
        made += area_sheets(edition, code)
    return made


def area_sheets(edition: Edition, code: str) -> list[Sheet]:
    """Reach, outcome gaps and the journey of one area, every characteristic."""
    reach_years, years, later = (held.start_years(edition), held.outcome_years(edition, MEASURE),
                                 held.outcome_years(edition, "weeks26"))
    area = edition.area_name(code)
    short = area[:22]    # a tab holds 31 characters
    reached = [row for label, found in _breakdowns(edition, code, reach_years) for row in reach_rows(
        label, found, equality.reached(found, _population(edition, found, code)))]
    fared = [row for label, found in _breakdowns(edition, code, years)
             for row in gap_rows(label, found, equality.gaps(found, MEASURE))]
    steps = [row for label, found in _breakdowns(edition, code, later)
             for row in journey_rows(label, found, equality.strip(found))]
    notes = tuple(dict.fromkeys(note for _, found in _breakdowns(edition, code, years) if found.characteristic in
                                ("ethnicity_group", "disabled") for note in found.footnotes))
    made = [Sheet(f"Reach {short}", f"Reach, {area}",
                  f"People who started in {cohorts.years_label(reach_years)}, against people aged 16 to 64", REACH,
                  tuple(reached), notes),
            Sheet(f"Gaps {short}", f"Entered work, {area}",
                  f"People who started in {cohorts.years_label(years)}, against everyone else", GAPS, tuple(fared), notes),
            Sheet(f"Journey {short}", f"Journey, {area}",
                  f"Rate divided by everyone else's, of those who reached the step before, people who started in "
                  f"{cohorts.years_label(later)}", JOURNEY, tuple(steps), notes)]
    return [sheet for sheet in made if sheet.rows] or [
        Sheet(f"Reach {short}", f"Reach, {area}", "No return for this edition", ("Area", "State"), ((area, "[x]"),))]


def _breakdowns(edition: Edition, code: str, years: Sequence[str]) -> list[tuple[str, Breakdown]]:
    return held.breakdowns(edition, code, years)[0] if years else []


def _population(edition: Edition, found: Breakdown, code: str) -> Sequence[Mapping[str, object]]:
    asked = edition.ask("population_shares", characteristic=found.characteristic, areas=[code])
    return held.with_need(edition, found.characteristic, code, asked).rows


def fairer_sheet(edition: Edition) -> Sheet:
    """SIMD 1 against SIMD 5, every outcome."""
    found = {}
    answer = held.journeys(edition, "B_simd_quintile", [SCOTLAND])
    for measure in equality.MEASURES:
        years = held.outcome_years(edition, measure)
        if years and (made := equality.breakdown(answer.rows, years)):
            found[measure] = made
    rows = fairer_rows(found) or [("No outcome is old enough yet", *["[x]"] * (len(FAIRER) - 1))]
    return Sheet("SIMD 1 against 5", "Most against least deprived areas, Scotland", "People who started, by deprivation of area",
                 FAIRER, tuple(rows))


def pair_sheets(edition: Edition) -> list[Sheet]:
    """Each named pair on a sheet of its own; a withheld one is named, with no figure."""
    made, withheld = [], []
    for pair, label in availability.PAIRS.items():
        found, _ = held.load_pair(edition, pair, MEASURE)
        if found is None:
            withheld.append((label, "[c]"))
            continue
        made.append(Sheet(f"Pair {label[:22]}", f"{label}: entered work, Scotland",
                          f"People who started in {cohorts.years_label(found.years)}, against everyone else",
                          GAPS, tuple(gap_rows(label, found, equality.gaps(found, MEASURE))), tuple(found.footnotes)))
    if withheld:
        made.append(Sheet("Pairs withheld", "Pairs withheld whole, Scotland",
                          f"At least one group has fewer than {equality.FEWEST_IN_PAIRS} people", ("Pair", "State"),
                          tuple(withheld)))
    return made


def facts(edition: Edition) -> list[str]:
    """What a reader must know of the figures as a whole."""
    return [*filter(None, [notice_of(edition)]), f"Edition {edition.edition}, figures to {edition.cut_off[:10]}, extract {edition.extract_id}.", *DUTIES]


def notice_of(edition: Edition) -> str:
    """What must be said of every sheet: that it is restricted, that it is made up; '' of any other edition."""
    return " ".join(filter(None, (marks.restricted_notice(edition.restricted), marks.SYNTHETIC_NOTICE if edition.synthetic else "")))


def sources(edition: Edition) -> str:
    """The publications behind the sheets."""
    populations = edition.ask("population_shares", characteristic="disabled", areas=[SCOTLAND])
    rows = held.journeys(edition, "M", [SCOTLAND]).joined_by(populations).all_rows
    return "; ".join(dict.fromkeys(f"{row['publisher']}, {row['source_title']}" for row in rows))


# The two documents ------------------------------------------------------------------------------

def workbook(edition: Edition, area_code: str) -> bytes:
    """An .xlsx with cover, contents, notes and one table a sheet."""
    notice, source = notice_of(edition), sources(edition)
    made = [replace(sheet, source=source, notice=notice) for sheet in sheets(edition, area_code)]
    return workbooks.workbook(TITLE, facts(edition), CAVEATS, made, edition.built_at)


def evidence_page(edition: Edition, area_code: str) -> str:
    """One self-contained page of HTML with the same tables, to read, print or attach."""
    parts = [f"<h1>{escape(TITLE)}</h1>", *(f"<p>{escape(fact)}</p>" for fact in facts(edition)), "<h2>Read this first</h2><ul>",
             *(f"<li>{escape(caveat)}</li>" for caveat in CAVEATS), "</ul>"]
    for sheet in sheets(edition, area_code):
        parts += [f"<h2>{escape(sheet.title)}</h2>", _html_table(sheet),
                  *(f"<p>{escape(line)}</p>" for line in (*sheet.notes, *([" · ".join(sheet.marks)] if sheet.marks else [])))]
    parts.append(f"<p>Sources: {escape(sources(edition))}</p>")
    return _PAGE.format(title=escape(TITLE), body="\n".join(parts))


def _html_table(sheet: Sheet) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in sheet.columns)
    body = "".join(
        "<tr>" + "".join(f'<th scope="row">{escape(_text(cell))}</th>' if place < 2 and isinstance(cell, str)
                         and not cell.startswith("[") else f"<td>{escape(_text(cell))}</td>"
                         for place, cell in enumerate(row)) + "</tr>" for row in sheet.rows)
    return (f'<div tabindex="0" role="region" aria-label="{escape(sheet.title, quote=True)}"><table><caption>'
            f"{escape(sheet.subtitle)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>")


def _text(cell: Value) -> str:
    if isinstance(cell, str):
        return cell
    text = f"{abs(cell):,}" if isinstance(cell, int) else f"{abs(cell):,.2f}".rstrip("0").rstrip(".")
    return f"−{text}" if cell < 0 else text


_PAGE = """<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font-family: Roboto, Arial, sans-serif; line-height: 1.5; color: #0b0c0c; background: #fff; margin: 2rem auto;
        max-width: 70rem; padding: 0 1rem; }}
div {{ overflow-x: auto; }}
table {{ border-collapse: collapse; font-size: 0.9rem; }}
caption {{ text-align: left; color: #42505c; }}
th, td {{ text-align: left; padding: 0.3rem 0.6rem; border-bottom: 1px solid #d9dfe5; vertical-align: top; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""
