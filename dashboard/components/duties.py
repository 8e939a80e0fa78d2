"""The duties export: the workbook and the page of evidence, offered where the figures are."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import data, page
from dashboard.components import equality as shown
from dashboard.read import availability, cohorts, duties, equality
from dashboard.read.duties import Sheet
from dashboard.read.equality import Breakdown

ISLANDS = ("S12000023", "S12000027", "S12000013")
MEASURE = "entered"


def duties_export(area_code: str) -> None:
    """Two download buttons; the files are made when they are asked for."""
    page.section("For impact assessments", "Evidence for an Equality Impact Assessment, the Public Sector Equality Duty, "
                 "the Fairer Scotland Duty and an Island Communities Impact Assessment, from the figures of this page.")
    if data.release()["synthetic"]:
        page.demonstration_notice()
    name = f"equality-evidence-{data.extract().extract_id}"
    with st.container(horizontal=True, gap="small"):
        st.download_button("Download workbook (.xlsx)", lambda: duties.workbook(sheets(area_code), edition()), f"{name}.xlsx",
                           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", key="duties workbook",
                           on_click="ignore", icon=":material/table:")
        st.download_button("Download page of evidence (.html)",
                           lambda: duties.evidence_page(sheets(area_code), edition()).encode("utf-8"), f"{name}.html",
                           "text/html", key="duties page", on_click="ignore", icon=":material/article:")


def edition() -> duties.Edition:
    release = data.release()
    answer = shown.journeys("M", [data.SCOTLAND])
    populations = data.ask("population_shares", characteristic="disabled", areas=[data.SCOTLAND])
    titles = [f"{row['publisher']}, {row['source_title']}" for row in answer.joined_by(populations).all_records]
    return duties.Edition(str(release["edition"]), str(release["cut_off"])[:10], str(release["extract_id"]),
                          bool(release["synthetic"]), tuple(dict.fromkeys(titles)))


def sheets(area_code: str) -> list[Sheet]:
    """Every table: Scotland, the duties' own tables, the chosen partnership, and each island area by itself."""
    made = [*area_sheets(data.SCOTLAND, "Scotland"), fairer_sheet(), *pair_sheets()]
    codes = [code for code in (area_code, *ISLANDS) if code != data.SCOTLAND]
    for code in dict.fromkeys(codes):
        made += area_sheets(code, data.area_name(code))
    return made


def area_sheets(code: str, area: str) -> list[Sheet]:
    """Reach, outcome gaps and the journey of one area, every characteristic."""
    reach_years, years, later = shown.start_years(), shown.outcome_years(MEASURE), shown.outcome_years("weeks26")
    short = area[:22]    # a tab holds 31 characters
    reached = [row for label, found in _breakdowns(code, reach_years) for row in duties.reach_rows(
        label, found, equality.reached(found, _population(found, code)))]
    fared = [row for label, found in _breakdowns(code, years)
             for row in duties.gap_rows(label, found, equality.gaps(found, MEASURE))]
    steps = [row for label, found in _breakdowns(code, later)
             for row in duties.journey_rows(label, found, equality.strip(found))]
    notes = tuple(dict.fromkeys(note for _, found in _breakdowns(code, years) if found.characteristic in
                                ("ethnicity_group", "disabled") for note in found.footnotes))
    made = [Sheet(f"Reach {short}", f"Reach, {area}",
                  f"People who started in {cohorts.years_label(reach_years)}, against people aged 16 to 64", duties.REACH,
                  tuple(reached), notes),
            Sheet(f"Gaps {short}", f"Entered work, {area}",
                  f"People who started in {cohorts.years_label(years)}, against everyone else", duties.GAPS, tuple(fared), notes),
            Sheet(f"Journey {short}", f"Journey, {area}",
                  f"Rate divided by everyone else's, of those who reached the step before, people who started in "
                  f"{cohorts.years_label(later)}", duties.JOURNEY, tuple(steps), notes)]
    return [sheet for sheet in made if sheet.rows] or [
        Sheet(f"Reach {short}", f"Reach, {area}", "No return for this edition", ("Area", "State"), ((area, "[x]"),))]


def _breakdowns(code: str, years: Sequence[str]) -> list[tuple[str, Breakdown]]:
    return shown.breakdowns(code, years)[0] if years else []


def _population(found: Breakdown, code: str) -> list[dict]:
    return data.ask("population_shares", characteristic=found.characteristic, areas=[code]).records


def fairer_sheet() -> Sheet:
    """SIMD 1 against SIMD 5, every outcome."""
    found = {}
    for measure in equality.MEASURES:
        years = shown.outcome_years(measure)
        answer = shown.journeys("B_simd_quintile", [data.SCOTLAND])
        if years and (made := equality.breakdown(answer.records, years)):
            found[measure] = made
    rows = duties.fairer_rows(found) or [("No outcome is old enough yet", *["[x]"] * (len(duties.FAIRER) - 1))]
    return Sheet("SIMD 1 against 5", "Most against least deprived areas, Scotland", "People who started, by deprivation of area",
                 duties.FAIRER, tuple(rows))


def pair_sheets() -> list[Sheet]:
    """Each named pair on a sheet of its own; a withheld one is named, with no figure."""
    made, withheld = [], []
    for pair, label in availability.PAIRS.items():
        found, _ = shown.load_pair(pair, MEASURE)
        if found is None:
            withheld.append((label, "[c]"))
            continue
        rows = duties.gap_rows(label, found, equality.gaps(found, MEASURE))
        made.append(Sheet(f"Pair {label[:22]}", f"{label}: entered work, Scotland",
                          f"People who started in {cohorts.years_label(shown.outcome_years(MEASURE))}, against everyone else",
                          duties.GAPS, tuple(rows), tuple(found.footnotes)))
    if withheld:
        made.append(Sheet("Pairs withheld", "Pairs withheld whole, Scotland",
                          "At least one group has fewer than 50 people", ("Pair", "State"), tuple(withheld)))
    return made


