"""Equality: the unknown always shown, claims kept to the rule, and nothing suppressed in any surface."""

import re
import zipfile

import pytest

from dashboard.charts import theme
from dashboard.charts.draw import draw
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.equality import held
from dashboard.packs import duties
from dashboard.packs.figure_svg import figure_svg
from dashboard.packs.table_csv import csv_bytes
from dashboard.read import availability
from dashboard.read.edition import current
from dashboard.words.marks import SYNTHETIC_NOTICE

EDINBURGH, ORKNEY = "S12000036", "S12000023"
ISLANDS = ("Orkney Islands", "Shetland Islands", "Na h-Eileanan Siar")
# Counts of the withheld pair in one year: nothing else holds three years of them.
SECRET = (7315, 8485, 9625)
OF_GROUPS = ("equality.reach", "equality.outcomes", "equality.journey", "equality.places", "equality.programme_reach",
             "equality.programme_outcomes", "equality.programmes")


@pytest.fixture(scope="module")
def groups(groups_extract):
    """Breakdowns on paper: see tests/fixtures/groups_case.sql."""
    return current(groups_extract)


def make(edition, name, area=SCOTLAND, **choices):
    return recipes.made(edition, name, Choice(area, "", tuple(choices.items())))


def only(edition, name, area=SCOTLAND, **choices):
    figure, = (each for each in make(edition, name, area, **choices) if isinstance(each, Figure))
    return figure


def texts_of(figure):
    return [cell.text for row in figure.table.rows for cell in row]


def test_the_answer_says_both_population_sources_and_what_the_unknown_could_change(groups, edition):
    answer = " ".join(each.text for each in make(groups, "equality.answer")).replace("**", "")
    assert "Disabled people: 31%" in answer and "Of all aged 16 to 64: 20.0% or about 25%." in answer
    assert "Entered work (started 2022-23 to 2024-25): Disabled people" in answer and "24.1" not in answer
    shipped = " ".join(each.text for each in make(edition, "equality.answer"))
    assert "Of people without work: about 41% or about 48%." in shipped and "**unknown answers could reverse it**" in shipped
    reached, women, why = make(groups, "equality.disabled_women")
    # Both ways of the pair say that the unknown could turn them: no direction is claimed of either.
    assert women.text.count("no claim: too many answers unknown") == 2 and "lower than" not in women.text
    assert reached.text.startswith("**Disabled women: ") and "small groups be worked out" in why.text


def test_the_figures_of_the_answer_can_be_carried_away_each_with_its_numbers(groups):
    figures = make(groups, "equality.answer_figures")
    assert [figure.title.split(":")[0] for figure in figures] == ["Disability", "Disability", "Disabled women", "Disabled women"]
    csv = csv_bytes(figures[0]).decode("utf-8-sig").splitlines()
    assert {"1200", "31", "20", "1.55"} <= set(csv[1].split(",")) and "about 25%" in csv[2].split(",")


@pytest.mark.parametrize("name", OF_GROUPS)
def test_every_table_of_groups_has_an_unknown_row(edition, name):
    for by in ("disabled", "carer", "simd_quintile"):
        for figure in make(edition, name, by=by, measure="entered", programme="nolb"):
            assert any("Not known" in text for text in texts_of(figure)), (by, figure.title)


def test_more_than_a_fifth_unknown_switches_claims_off(groups):
    assert "no claim is made of who is reached" in make(groups, "equality.answer", by="carer")[0].text
    for name in OF_GROUPS:
        for figure in make(groups, name, by="carer", measure="entered", programme="nolb"):
            said = " ".join([figure.title, figure.plot.alt if figure.plot else "", *texts_of(figure)])
            own = said if name != "equality.programmes" else ""     # of two programmes, one knows enough
            assert not re.search(r"(lower|higher) than everyone else|(larger|smaller) share of", own), name
    rows = [row for row in make(groups, "equality.programmes", by="carer")[0].table.rows if row[2].text == "Carers"]
    assert {row[-1].text for row in rows} == {"no claim: too many answers unknown"}


def test_overlapping_groups_are_never_added_up_and_their_unknown_is_named(groups):
    reach = only(groups, "equality.reach", by="condition_type")
    assert any("never added up" in note and "[x]" in note for note in reach.notes)
    assert "never added up" in make(groups, "equality.answer", by="condition_type")[0].text
    assert "Not known" in texts_of(reach) and "not recorded apart" in texts_of(reach)


def test_minority_ethnic_carries_its_footnote(groups):
    for name in ("equality.reach", "equality.outcomes"):
        assert any("includes no White group" in note for note in only(groups, name, by="ethnicity_group").notes)


@pytest.mark.parametrize(("name", "area", "choices", "why", "offered"), [
    ("equality.reach", EDINBURGH, {"by": "trans_status"}, "made for Scotland only", f"by=trans_status&area={SCOTLAND}"),
    ("equality.outcomes", SCOTLAND, {"by": "pregnancy_and_maternity"}, "is not collected", "by=priority_family"),
    ("equality.pair", EDINBURGH, {"pair": "sex_disabled"}, "for Scotland only", f"by=disabled&area={EDINBURGH}"),
    ("equality.pair", SCOTLAND, {"pair": "ethnicity_group_sex"}, "is withheld whole", "by=ethnicity_group"),
    ("equality.programmes", EDINBURGH, {"by": "disabled"}, "for Scotland only", f"by=disabled&area={EDINBURGH}"),
])
def test_a_view_that_is_not_allowed_says_why_and_offers_the_nearest_safe_ones(groups, name, area, choices, why, offered):
    absent, = make(groups, name, area, **choices)
    assert isinstance(absent, Absent) and why in absent.why
    assert any(offered in address for _, address in absent.instead)


def test_the_chooser_says_before_the_click_what_exists(groups):
    by = recipes.recipe_named("equality.reach").choosers[1]
    labels = by.options(groups, Choice(EDINBURGH)).values()
    assert {"Trans status — Scotland only", "Pregnancy and maternity — not collected", "Disability"} <= set(labels)


@pytest.mark.parametrize("area", [SCOTLAND, EDINBURGH])
def test_the_three_island_areas_stand_by_themselves(groups, area):
    table = only(groups, "equality.places", by="disabled").table
    assert list(dict.fromkeys(row[0].text for row in table.rows))[:3] == list(ISLANDS[i] for i in (2, 0, 1))
    titles = [sheet.title for sheet in duties.sheets(groups, area)]
    assert all(any(name in title for title in titles) for name in ISLANDS)


def test_a_withheld_pair_is_in_no_surface(groups):
    forms = [form for people in SECRET for years in (1, 2, 3, 5) for form in (f"{people * years}", f"{people * years:,}")]
    secret = re.compile(rf"\b(?:{'|'.join(forms)})(?!\d)")
    surfaces = {}
    for name, recipe in recipes.recipes().items():
        if not name.startswith(("equality.", "gap.")):
            continue
        choices = [{}, {"by": "ethnicity_group"}, {"by": "sex"}, {"pair": "ethnicity_group_sex"}, {"measure": "weeks26"}]
        known = {chooser.name for chooser in recipe.choosers}
        for given in [dict(pairs) for pairs in dict.fromkeys(tuple(
                (key, value) for key, value in given.items() if key in known) for given in choices)]:
            for each in recipes.made(groups, name, recipe.resolve(groups, given)):
                text = str(each)
                if isinstance(each, Figure):
                    text += each.to_json() + csv_bytes(each).decode() + (
                        str(draw(each.plot, theme.LIGHT)) + figure_svg(each, theme.LIGHT) if each.is_drawn else "")
                surfaces[f"{name} {given}"] = surfaces.get(f"{name} {given}", "") + text
    for measure in ("entered", "weeks13", "weeks26"):
        found, answer = held.load_pair(groups, "ethnicity_group_sex", measure)
        assert found is None and answer.is_empty
        surfaces[f"rows {measure}"] = str(groups.ask("intersections", years=held.outcome_years(groups, measure)).rows)
    surfaces["rows by another name"] = str(held.journeys(groups, "E_ethnicity%", None).rows)
    surfaces["every row"] = str(held.journeys(groups, "%", None).rows)
    surfaces["programmes"] = str(groups.ask("programme_journeys", family="E_ethnicity_group_sex").rows)
    surfaces["workbook"] = repr(duties.sheets(groups, SCOTLAND))
    surfaces["page"] = duties.evidence_page(groups, SCOTLAND)
    assert sum("Ethnic group by sex" in text for text in surfaces.values()) > 3
    assert secret.search("7,315 and 28875") and not {name: found[0] for name, text in surfaces.items() if (found := secret.search(text))}


def test_a_pair_is_shown_when_every_group_has_fifty(groups):
    found, _ = held.load_pair(groups, "sex_disabled", "entered")
    assert {group.label for group in found.groups} == {"Disabled women", "Disabled men", "Women who are not disabled",
                                                       "Men who are not disabled"}
    assert min(group.starts for group in found.groups) >= 50 and found.unknown
    shown, both_ways = make(groups, "equality.pair", pair="sex_disabled", measure="entered")
    assert "Disabled women, against disabled men" in {row[0].text for row in both_ways.table.rows}
    assert {row[0].text for row in shown.table.rows} >= {group.label for group in found.groups}


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning", "ignore::ResourceWarning",
                            "ignore::pytest.PytestUnraisableExceptionWarning")    # of the library that writes it
def test_the_workbook_has_cover_notes_and_one_table_a_sheet(groups, tmp_path):
    sheets = duties.sheets(groups, EDINBURGH)
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(duties.workbook(groups, EDINBURGH))
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        strings = book.read("xl/sharedStrings.xml").decode()
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    assert names[:3] == ["Cover", "Contents", "Notes"] and len(names) == 3 + len(sheets)
    assert "SIMD 1 against 5" in names and SYNTHETIC_NOTICE in strings and "mergeCell" not in cells
    assert all(str(cell) not in ("", "nan", "None", "-") for sheet in sheets for row in sheet.rows for cell in row)
    assert "Ethnic group by sex" in strings and "includes no White group" in strings


def test_the_workbook_says_what_the_figures_say(groups):
    """Reach and gaps of Scotland, to the digit of the figure."""
    sheets = {sheet.name: sheet for sheet in duties.sheets(groups, SCOTLAND)}
    for sheet, place, name, column in (("Reach Scotland", 3, "equality.reach", 2), ("Gaps Scotland", 5, "equality.outcomes", 4)):
        shown = {row[0].text: row[column].value for row in only(groups, name, by="disabled", measure="entered").table.rows}
        own = {row[1]: row[place] for row in sheets[sheet].rows if row[0] == "Disability"}
        for group in ("Disabled people", "People who are not disabled"):
            assert own[group] == shown[group]


def test_no_share_has_a_verdict_where_no_share_of_people_out_of_work_is_held(edition):
    """Services are for people out of work: against everyone alone a share is never judged, on no page and in no file."""
    words = re.compile(r"^(larger|smaller) share|represented")
    for area in (SCOTLAND, EDINBURGH, ORKNEY):
        for by in ("disabled", "sex", "simd_quintile"):
            for figure in make(edition, "equality.reach", area, by=by):
                for group in {row[0].text for row in figure.table.rows}:
                    own = [row for row in figure.table.rows if row[0].text == group]
                    has_need = any(row[4].text.startswith("Out of work") for row in own)
                    assert has_need or not any(words.search(row[-1].text) for row in own), (area, by, group)
    told = {str(row[-1]) for sheet in duties.sheets(edition, EDINBURGH) if sheet.name.startswith("Reach") for row in sheet.rows}
    assert "not judged: no share of people out of work is held" in told and not any("represented" in each for each in told)
    for figure in make(edition, "equality.places", by="disabled"):
        assert not any(words.search(text) for text in texts_of(figure))


@pytest.mark.parametrize("area", [SCOTLAND, EDINBURGH, ORKNEY])
def test_no_title_says_that_nothing_differs_where_nothing_was_compared(edition, area):
    """Few people, missing records and unknown answers are no finding of sameness."""
    alike, seen = re.compile(r"no clear difference|no group (is|clearly)"), 0
    for name in ("equality.outcomes", "equality.within", "equality.programmes", "equality.programme_outcomes", "equality.pair"):
        for by in ("disabled", "carer", "simd_quintile", "ethnicity_group"):
            for figure in (each for each in make(edition, name, area, by=by, measure="entered") if isinstance(each, Figure)):
                if alike.search(figure.title):
                    assert any(re.search(r"^(no clear difference|higher|lower|larger|smaller)", row[-1].text) for row in figure.table.rows), figure.title
                    seen += 1
    assert seen or area == ORKNEY
    if area == ORKNEY:
        assert only(edition, "equality.outcomes", area).title.endswith("too few people to compare groups")
        assert only(edition, "equality.journey", area).title.endswith("too few people to compare groups at any step")


def test_without_returns_there_is_no_figure_and_it_is_said(editions):
    published = editions["published"]
    assert "No partnership has sent" in make(published, "equality.answer")[0].text
    for name in recipes.recipes():
        if name.startswith("equality.") and name not in ("equality.answer", "equality.lines"):      # lines are published figures
            assert not any(isinstance(each, Figure) for each in make(published, name)), name


# By programme -----------------------------------------------------------------------------------

def rows_of(figure, programme):
    return {row[2].text: row for row in figure.table.rows if row[0].text == programme}


def test_each_programme_is_over_its_own_years_and_against_the_others_in_them(groups):
    reach, outcomes = make(groups, "equality.programmes", by="disabled", measure="entered")
    nolb, fss = (rows_of(reach, name)["Disabled people"] for name in ("No One Left Behind", "Fair Start Scotland"))
    assert nolb[1].text == "2023-24 to 2025-26" and fss[1].text == "2021-22 to 2023-24"
    assert (nolb[3].value, nolb[4].value) == (900, 25.0) and (fss[3].value, fss[4].value) == (1800, 60.0)
    # Of the others: one year of Fair Start Scotland; three years of the other, and the small programmes of 2021-22.
    assert nolb[5].text == "60%" and fss[5].value == pytest.approx(100 * (900 + 15 + 5) / (3600 + 45 + 20), abs=0.5)
    assert nolb[-1].text.startswith("smaller") and fss[-1].text.startswith("larger")
    assert rows_of(outcomes, "No One Left Behind")["Disabled people"][1].text == "2022-23 to 2024-25"
    assert rows_of(reach, "No One Left Behind")["Not known"][4].text == "8% of everyone"
    assert any("its own years of start" in note for note in reach.notes)


def test_on_few_people_a_programme_gets_no_verdict_and_under_thirty_no_rate(groups):
    reach, outcomes = make(groups, "equality.programmes", by="disabled", measure="entered")
    small, smallest = "Employability Fund", "Scotland's Employer Recruitment Incentive"
    few, hidden = (rows_of(reach, name)["Disabled people"] for name in (small, smallest))
    assert "[u]" in few[4].text and few[-1].text == "no claim: too few people"
    assert hidden[4].text == hidden[6].text == "[c]" and hidden[-1].text == "too few people to compare"
    assert small not in reach.title + outcomes.title
    assert rows_of(outcomes, smallest)["Disabled people"][4].text == "[c]"


def test_the_title_names_the_programmes_of_the_table_and_says_what_the_unknown_could_turn(groups):
    reach, outcomes = make(groups, "equality.programmes", by="disabled", measure="entered")
    assert reach.title == ("Disabled people, against other programmes: a larger share of Fair Start Scotland; "
                           "a smaller share of No One Left Behind")
    assert outcomes.title.startswith("Entered work, Disabled people: ")
    for programme in ("No One Left Behind", "Fair Start Scotland"):
        row = rows_of(outcomes, programme)["Disabled people"]
        assert (f"lower than everyone else on {programme}" in outcomes.title) <= (row[-1].text == "lower than everyone else")
        assert row[-1].text in ("lower than everyone else", "not certain: unknown answers could reverse it") or row[6].upper >= 0


def test_one_programme_shows_the_rows_of_the_table_of_all(edition):
    every = make(edition, "equality.programmes", by="disabled", measure="entered")
    for name, place in (("equality.programme_reach", 0), ("equality.programme_outcomes", 1)):
        one = only(edition, name, by="disabled", measure="entered", programme="fss")
        assert [[cell.text for cell in row] for row in one.table.rows] == [
            [cell.text for cell in row[2:]] for row in every[place].table.rows if row[0].text == "Fair Start Scotland"]


def test_every_family_of_tables_by_programme_is_read(edition):
    """What is held is shown: the list of what can be asked by programme is that of the extract."""
    by = recipes.recipe_named("equality.programmes").choosers[1]
    read = {f"D_{family[2:]}" for name in by.options(edition, Choice(SCOTLAND)) for family in availability.families(name, SCOTLAND)}
    assert {row["family"] for row in edition.ask("programme_families").rows} <= read
    assert set(held.of_service(edition)) == {"key_worker", "provider_sector", "referral_group", "referral_source"}


@pytest.mark.parametrize("by", ["key_worker", "referral_source"])
def test_how_people_were_served_is_shown_by_programme_and_nowhere_else_here(edition, by):
    reach, outcomes = make(edition, "equality.programmes", by=by, measure="entered")
    assert reach.title.startswith(("With one key worker throughout, against other programmes", "Referral source: "))
    assert any("Not known" in row[2].text for row in reach.table.rows) and len({row[0].text for row in outcomes.table.rows}) > 4
    absent, = make(edition, "equality.reach", by=by)
    assert "by programme only" in absent.why and any(f"by={by}" in address and "part=programmes" in address for _, address in absent.instead)
    assert make(edition, "equality.programmes", EDINBURGH, by=by)[0].instead[0][0].startswith(("Continuing key worker by", "Referral source by"))


def test_no_outcome_of_a_programme_is_of_a_year_too_young_for_it(edition):
    _, outcomes = make(edition, "equality.programmes", by="sex", measure="weeks52")
    assert max(row[1].text.split(" to ")[-1] for row in outcomes.table.rows) <= max(held.outcome_years(edition, "weeks52"))


def test_sentences_name_the_figures_of_their_numbers(groups):
    for name in ("equality.answer", "equality.disabled_women", "equality.sure", "gap.participants"):
        said = [each for each in make(groups, name, by="disabled", measure="entered") if isinstance(each, Said)]
        assert said and all(each.figures for each in said if re.search(r"\d%", each.text))
