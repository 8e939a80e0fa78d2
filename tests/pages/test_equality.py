"""Equality: the unknown always shown, claims kept to the rule, and nothing suppressed in any surface."""

import importlib.util
import json
import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from dashboard import paths
from dashboard.read import extract

SCOTLAND, EDINBURGH, ORKNEY = "S92000003", "S12000036", "S12000023"
ISLANDS = ("Orkney Islands", "Shetland Islands", "Na h-Eileanan Siar")
YEARS = ("2021-22", "2022-23", "2023-24", "2024-25", "2025-26")
PARTS = ("reach", "journey", "pairs", "places")
NOTICE = "Demonstration data: made up, not about real people or real performance."
# Counts of one year that stand out: three years of them together are in no other figure.
SECRET = {("white", "female"): 7315, ("white", "male"): 8485, ("minority_ethnic", "female"): 9625,
          ("minority_ethnic", "male"): 15}
SHARES = {"job_26": 0.2, "job_13": 0.1, "job_not_recorded": 0.1, "left_no_outcome": 0.6}
ANSWERS = {"disabled": {"yes": 400, "no": 900, "unknown": 100, "prefer_not_to_say": 10},
           "sex": {"female": 600, "male": 700, "unknown": 60, "prefer_not_to_say": 50},
           "carer": {"yes": 300, "no": 500, "unknown": 600, "prefer_not_to_say": 10},
           "ethnicity_group": {"white": 1200, "minority_ethnic": 150, "unknown": 50, "prefer_not_to_say": 10},
           "simd_quintile": {"1": 500, "2": 300, "3": 250, "4": 200, "5": 110, "unknown": 50}}
COLUMNS = ("family", "area_code", "period", "programme", "characteristic", "category", "characteristic_2", "category_2",
           "state", "count")


def _by_hand():
    spec = importlib.util.spec_from_file_location("returns_by_hand", Path(__file__).with_name("returns_by_hand.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def folder(published_extract, tmp_path_factory):
    """The small edition with returns, and breakdowns of people made up for Scotland, Edinburgh and Orkney."""
    made = _by_hand().add_returns(published_extract, tmp_path_factory.mktemp("equality") / "extract")
    rows = pd.DataFrame(_counts(), columns=COLUMNS)
    with duckdb.connect(str(extract.current_path(made))) as con:
        con.execute("delete from protected_count where family[1] in ('B', 'C', 'E')")
        con.register("made", rows)
        con.execute("insert into protected_count select * from made")
    return made


def _counts():
    rows = []
    for year in YEARS:
        for name, answers in ANSWERS.items():
            for family, area, scale in ((f"B_{name}", SCOTLAND, 1), (f"C_{name}", SCOTLAND, 1), (f"B_{name}", EDINBURGH, 0.5),
                                        (f"B_{name}", ORKNEY, 0.05)):
                rows += [row for category, people in answers.items()
                         for row in _states(family, area, year, name, category, "all", "all", people * scale)]
        rows += [row for category in ("yes", "no", "unknown", "prefer_not_to_say")
                 for row in _states("C_trans_status", SCOTLAND, year, "trans_status", category, "all", "all", 300)]
        for condition in ("yes", "rest"):
            rows += _states("C_condition_type_sensory", SCOTLAND, year, "condition_type_sensory", condition, "all", "all", 500)
        rows += [row for (first, second), people in SECRET.items()
                 for row in _states("E_ethnicity_group_sex", SCOTLAND, year, "ethnicity_group", first, "sex", second, people)]
        rows += [row for first in ("female", "male", "unknown") for second in ("yes", "no", "unknown")
                 for row in _states("E_sex_disabled", SCOTLAND, year, "sex", first, "disabled", second, 200)]
    return rows


def _states(family, area, year, name, category, second, category_2, people):
    """Nobody who is disabled, or a woman who is, does as well as the rest."""
    behind = "yes" in (category, category_2)
    counts = {state: 5 * round(people * share / 5) for state, share in SHARES.items()}
    if behind:
        moved = counts["job_26"] // 10 * 5
        counts |= {"job_26": counts["job_26"] - moved, "left_no_outcome": counts["left_no_outcome"] + moved}
    return [(family, area, year, "all", name, category, second, category_2, state, count) for state, count in counts.items()]


@pytest.fixture
def components(folder, monkeypatch):
    """The blocks of the page, asked of this extract without a browser."""
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(folder))
    from dashboard.components import duties, equality

    return equality, duties


def plain(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_the_page_answers_in_words_first_with_both_population_sources(open_page, folder, markup_of):
    app = open_page(folder, "equality", area=SCOTLAND)
    html = markup_of(app)
    assert not app.exception and not app.error
    answer = plain(re.search(r'<p class="oc-answer">(.*?)</p>', html).group(1))
    assert "Disabled people: 30.8%" in answer and "20.0% (Census 2022)" in answer and "about 25% (Survey 2022)" in answer
    assert "Disabled women" in answer and "not known" in answer
    # Both gaps say how far the unknown could move them: the second, of two questions, is the less certain.
    assert answer.count("Unknown answers could make it anything from") == 2
    assert "How sure are we?" in [each.value for each in app.header]
    assert NOTICE in plain(html) and "24.1" not in plain(re.sub(r"<dl>.*?</dl>", "", html))


@pytest.mark.parametrize("by", ["disabled", "sex", "carer", "ethnicity_group", "simd_quintile"])
def test_every_table_of_groups_has_an_unknown_row(open_page, folder, markup_of, by):
    for part in ("reach", "journey"):
        html = markup_of(open_page(folder, "equality", area=SCOTLAND, by=by, part=part))
        tables = [table for table in re.findall(r"<table.*?</table>", html, flags=re.S) if 'scope="col">Group<' in table]
        assert tables and all("Not known" in table for table in tables)


def test_more_than_a_fifth_unknown_switches_claims_off(open_page, folder, markup_of):
    html = plain(markup_of(open_page(folder, "equality", area=SCOTLAND, by="carer")))
    assert "no claim is made of who is reached" in html
    assert not re.search(r"(lower|higher) than everyone else", html)


def test_overlapping_groups_are_never_added_up_and_their_unknown_is_named(open_page, folder, markup_of):
    html = plain(markup_of(open_page(folder, "equality", area=SCOTLAND, by="condition_type")))
    assert "never added up" in html and "Not known [x]" in html


def test_minority_ethnic_carries_its_footnote(open_page, folder, markup_of):
    html = markup_of(open_page(folder, "equality", area=SCOTLAND, by="ethnicity_group"))
    assert html.count("includes no White group") >= 2


@pytest.mark.parametrize(("link", "why", "offered"), [
    ({"by": "trans_status", "area": EDINBURGH}, "made for Scotland only", f"by=trans_status&amp;area={SCOTLAND}"),
    ({"by": "pregnancy and maternity", "area": SCOTLAND}, "is not collected", "by=priority_family"),
    ({"part": "pairs", "pair": "religion_carer"}, "No figures are made for", "pair=sex_disabled"),
    ({"part": "pairs", "pair": "sex_disabled", "area": EDINBURGH}, "for Scotland only", f"by=disabled&amp;area={EDINBURGH}"),
    ({"part": "pairs", "pair": "ethnicity_group_sex"}, "is withheld whole", "by=ethnicity_group"),
    ({"by": "sex_disabled", "area": ORKNEY}, "for Scotland only", f"by=sex&amp;area={ORKNEY}"),
])
def test_a_link_to_what_is_not_allowed_explains_and_offers_the_nearest_safe_view(
        open_page, folder, markup_of, link, why, offered):
    app = open_page(folder, "equality", **link)
    assert not app.exception
    assert any(why in info.value for info in app.info)
    assert offered in markup_of(app)


def test_the_chooser_says_before_the_click_what_exists(open_page, folder):
    app = open_page(folder, "equality", area=EDINBURGH)
    options = next(box for box in app.selectbox if box.label == "Characteristic").options
    assert "Trans status — Scotland only" in options and "Pregnancy and maternity — not collected" in options
    assert "Disability" in options


@pytest.mark.parametrize("area", [SCOTLAND, EDINBURGH])
def test_the_three_island_areas_stand_by_themselves(open_page, folder, markup_of, components, area):
    html = plain(markup_of(open_page(folder, "equality", area=area, part="places")))
    assert all(f"{name} " in html for name in ISLANDS)
    titles = [sheet.title for sheet in components[1].sheets(area)]
    assert all(any(name in title for title in titles) for name in ISLANDS)


def _secrets():
    """What must be nowhere: a year's and three years' counts of the withheld pair, with and without commas."""
    numbers = {people * years for people in SECRET.values() for years in (1, 2, 3, 5) if people > 100}
    return {form for number in numbers for form in (f"{number}", f"{number:,}")}


def test_a_withheld_pair_is_in_no_surface(open_page, folder, markup_of, components):
    equality, duties = components
    surfaces = {}
    for part in PARTS:
        for link in ({}, {"pair": "ethnicity_group_sex"}, {"by": "ethnicity_group"}):
            app = open_page(folder, "equality", area=SCOTLAND, part=part, **link)
            assert not app.exception
            charts = "".join(chart.proto.spec + chart.proto.SerializeToString().decode("latin-1")
                             for chart in app.get("plotly_chart"))
            surfaces[f"{part} {link}"] = markup_of(app) + charts + json.dumps(dict(app.query_params)) + "".join(
                info.value for info in app.info)
    for measure in ("entered", "weeks13", "weeks26"):
        found, answer = equality.load_pair("ethnicity_group_sex", measure)
        assert found is None and answer.is_empty
        rows = equality.data.ask("intersections", years=equality.outcome_years(measure)).rows
        surfaces[f"csv {measure}"] = rows.to_csv()
    surfaces["rows by another name"] = equality.journeys("E_ethnicity%", None).rows.to_csv()
    surfaces["every row"] = equality.journeys("%", None).rows.to_csv()
    sheets = duties.sheets(SCOTLAND)
    surfaces["workbook"] = repr(sheets)
    surfaces["page"] = duties.duties.evidence_page(sheets, duties.edition())
    extract_id = equality.data.extract().extract_id
    for asked in ("group_journeys:areas=~;family=E_ethnicity%25", "intersections:years=(2021-22,2022-23,2023-24)"):
        app = open_page(folder, "about", evidence=f"{asked}@{extract_id}")
        surfaces[asked] = markup_of(app)
    assert any("Ethnic group by sex" in text for text in surfaces.values())
    for surface, text in surfaces.items():
        for secret in _secrets():
            assert secret not in text, f"{secret} is in {surface}"


def test_a_pair_is_shown_when_every_group_has_fifty(components):
    found, _ = components[0].load_pair("sex_disabled", "entered")
    assert {group.label for group in found.groups} == {"Disabled women", "Disabled men", "Women who are not disabled",
                                                       "Men who are not disabled"}
    assert min(group.starts for group in found.groups) >= 50 and found.unknown


@pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning", "ignore::ResourceWarning",
                            "ignore::pytest.PytestUnraisableExceptionWarning")    # of the library that writes it
def test_the_workbook_has_cover_notes_and_one_table_a_sheet(components, tmp_path):
    import zipfile

    _, duties = components
    sheets = duties.sheets(EDINBURGH)
    path = tmp_path / "evidence.xlsx"
    path.write_bytes(duties.duties.workbook(sheets, duties.edition()))
    with zipfile.ZipFile(path) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        strings = book.read("xl/sharedStrings.xml").decode()
        cells = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/sheet"))
    assert names[:3] == ["Cover", "Contents", "Notes"] and len(names) == 3 + len(sheets)
    assert "SIMD 1 against 5" in names and NOTICE in strings and "mergeCell" not in cells
    assert all(str(cell) not in ("", "nan", "None", "-") for sheet in sheets for row in sheet.rows for cell in row)
    assert "Ethnic group by sex" in strings and "includes no White group" in strings


def test_the_gap_between_participants_has_its_own_card_and_no_chart(open_page, folder, markup_of):
    app = open_page(folder, "disability-gap")
    html = plain(markup_of(app))
    assert not app.exception and "Service gap: others less disabled" in html and "Published reading" in html
    gap = float(re.search(r"Service gap: others less disabled (−?[\d.]+) points", html)[1].replace("−", "-"))
    own, others = [int(each) for each in re.findall(r"participants: entered work (\d+)%", html)]
    assert gap == pytest.approx(others - own, abs=1.01)      # the same way round as the population's gap
    specs = "".join(chart.proto.spec for chart in app.get("plotly_chart"))
    assert "participants" not in specs.lower()


def test_without_returns_the_page_says_so(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "equality")
    assert not app.exception and "No partnership has sent" in plain(markup_of(app))
    assert not app.get("plotly_chart")


def test_at_most_six_charts_at_a_time(open_page, folder):
    assert paths.PAGES.joinpath("equality.py").is_file()
    for part in PARTS:
        assert len(open_page(folder, "equality", area=SCOTLAND, part=part).get("plotly_chart")) <= 6
