"""Places: the same figures on the map, the tiles and in the table; an area chosen anywhere is chosen everywhere."""

import json
import re

import pytest

from dashboard import paths
from dashboard.components.screen import Screen
from dashboard.read import extract

MEASURE = "claimant_count_share"
PARTS = ("rural", "mix", "islands", "groups", "cost", "time", "two")


def _rows_of(html):
    """Area to figure in the first table."""
    table = html.split("<tbody>")[1].split("</tbody>")[0]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table)
    cells = [[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return {row[0]: row[1] for row in cells}


def _on_tiles(app):
    """Area code to figure on the tile grid."""
    trace = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]
    return {place[0]: re.search(r"<b>(.*?)</b>$", text)[1]
            for place, text in zip(trace["customdata"], trace["text"], strict=True)}


def _on_map(app):
    """Council name to the first words of its tooltip on the WebGL map."""
    html = json.loads(app.get("deck_gl_json_chart")[0].proto.tooltip)["html"]
    return {name: text.split(",")[0].rstrip(".") for name, text in re.findall(r"<p><b>(.*?)</b><br>(.*?)</p>", html)}


def test_the_same_32_figures_are_on_the_map_the_tiles_and_in_the_table(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE, area="S12000023")
    opened = extract.open_extract(published_extract)
    areas = opened.ask("areas", {}).set_index("area_code")["name"].to_dict()
    held = opened.ask("comparison", {"indicator_id": MEASURE, "period": None}).set_index("area_code")["value"]
    opened.close()
    table, on_tiles, on_map = _rows_of(markup_of(app)), _on_tiles(app), _on_map(app)
    assert next(iter(table)) == "Scotland" and len(table) == 33
    assert list(table)[1:] == sorted(list(table)[1:])
    assert len(on_tiles) == len(on_map) == 32 and "S92000003" not in on_tiles
    for code, figure in on_tiles.items():
        assert table[areas[code]] == figure == on_map[areas[code]]
        assert float(figure.rstrip("%")) == pytest.approx(held[code], abs=0.051)


def test_the_answer_counts_who_can_be_told_apart_and_ranks_nobody(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "places", id="employment_rate_16_64", area="S92000003"))
    answer = re.search(r'<p class="oc-answer">(.*?)</p>', html)[1]
    higher, lower, alike = map(int, re.findall(r"(\d+)", answer.split("2023.")[1])[:3])
    assert higher + lower + alike == 32
    assert not re.search(r"\b(best|worst|rank|top|bottom)\b", answer)


def test_a_survey_is_shaded_only_against_scotland(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "places", id="employment_rate_16_64"))
    key = re.search(r'<ul class="oc-key">(.*?)</ul>', html)[1]
    entries = [re.sub("<[^>]+>", "", each) for each in re.findall(r"<li>(.*?)</li>", key)]
    assert [re.sub(r"[▲≈▼] | \(\d+\)", "", each) for each in entries[:3]] == [
        "Higher than Scotland", "Cannot be told apart from Scotland", "Lower than Scotland"]


def test_one_measure_of_every_topic_can_be_mapped(open_page, published_extract):
    opened = extract.open_extract(published_extract)
    held = opened.ask("council_indicators", {})
    opened.close()
    app = open_page(published_extract.parent, "places")
    for indicator_id in held.groupby("topic")["indicator_id"].first():
        app.selectbox(key="choose_id").select(indicator_id).run()
        assert not app.exception and not app.info, (indicator_id, app.info)
        assert len(_on_tiles(app)) == len(_on_map(app)) == 32, indicator_id


def test_a_chosen_area_is_chosen_everywhere_and_leads_to_its_page(open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", id=MEASURE)
    app.selectbox(key="choose_area").select("S12000005").run()
    html = markup_of(app)
    assert re.search(r'<div class="oc-place" role="status"><h3>Clackmannanshire</h3>', html)
    assert re.search(r'<tr class="oc-chosen" aria-current="true"><th[^>]*><a [^>]*>Clackmannanshire</a>', html)
    assert '<a href="/partnership?area=S12000005"' in html
    assert app.query_params["area"] in ("S12000005", ["S12000005"])
    widths = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["marker"]["line"]["width"]
    assert sum(width > 2 for width in widths) == 1


def test_without_webgl_the_flat_map_takes_over_and_says_so(open_page, published_extract):
    app = open_page(published_extract.parent, "places", id=MEASURE, part="groups")
    app.session_state["screen"] = Screen(webgl=False, width=280)
    app.run()
    assert not app.get("deck_gl_json_chart") and len(app.get("plotly_chart")) == 2
    assert any("cannot draw the interactive map" in info.value for info in app.info)


def test_the_flat_map_can_be_chosen_in_the_link(open_page, published_extract):
    app = open_page(published_extract.parent, "places", id=MEASURE, map="flat", part="cost")
    assert not app.get("deck_gl_json_chart") and len(app.get("plotly_chart")) == 2


def test_a_period_of_another_measure_gives_way_silently_but_a_bad_link_is_named(open_page, published_extract):
    app = open_page(published_extract.parent, "places", id="employment_rate_16_64", period="2019")
    assert app.selectbox(key="choose_period").value == "2019"
    app.selectbox(key="choose_id").select("positive_destinations_initial").run()
    assert not app.info and not app.exception
    app = open_page(published_extract.parent, "places", id=MEASURE, period="1066")
    assert any("'1066' is not a choice of 'Period' here" in info.value for info in app.info)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_opens_and_draws_at_most_six(open_page, published_extract, markup_of, part):
    app = open_page(published_extract.parent, "places", part=part, area="S12000027")
    assert not app.exception
    assert len(app.get("plotly_chart")) + len(app.get("deck_gl_json_chart")) <= 6


def test_urban_and_rural_boxes_name_their_source_and_test_nothing_without_an_interval(
        open_page, published_extract, markup_of):
    app = open_page(published_extract.parent, "places", part="rural", rural="relative_poverty_after_housing_costs")
    html = markup_of(app)
    labels = re.findall(r'<li class="oc-card"><h3>(.*?)</h3>', html)
    assert labels == ["Urban", "Rural", "Scotland", "Gap: rural less urban"]
    assert "−4.0 points" in html or "−4 points" in html
    assert "Not tested: no interval" in html


def test_islands_have_a_row_each(open_page, published_extract, markup_of):
    html = markup_of(open_page(published_extract.parent, "places", part="islands", id="employment_rate_16_64"))
    for name in ("Scotland", "Orkney Islands", "Shetland Islands", "Na h-Eileanan Siar"):
        assert html.count(f'<th scope="row">{name}</th>') == 1     # in the map's table each is a link


def test_a_published_rate_is_not_made_again_for_groups_and_overlaps_are_said(open_page, published_extract):
    app = open_page(published_extract.parent, "places", part="groups", groups="rep", id="employment_rate_16_64")
    said = " ".join(info.value for info in app.info)
    assert "not made again for a group" in said
    assert "Fife" in said and "Scottish Borders" in said and "counts some people twice" in said
    assert len(app.get("plotly_chart")) == 1


def test_a_hidden_council_is_hatched_named_and_never_a_class(open_page, odd_extract, markup_of):
    app = open_page(odd_extract, "places", id="rate")
    html, tiles = markup_of(app), _on_tiles(app)
    assert tiles["S12000013"] == "[c]"
    pattern = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["marker"]["pattern"]["shape"]
    assert "/" in pattern
    assert re.search(r"\[c\] confidential: too few people to show: [^<]*Na h-Eileanan Siar", html)


# With returns: on the embedded default extract ------------------------------------------------

DEFAULT = paths.DATA / "extract"


def _tables_of(html):
    """Every table after the map's: rows of plain cells."""
    found = []
    for table in re.findall(r"<tbody>(.*?)</tbody>", html, flags=re.S)[1:]:
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table, flags=re.S)
        found.append([[re.sub("<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)]
                      for row in rows])
    return found


def _held(sql, **parameters):
    opened = extract.open_extract(extract.current_path(DEFAULT))
    try:
        return opened.connection.cursor().execute(sql, parameters).fetchall()
    finally:
        opened.close()


def test_a_group_made_from_returns_is_the_sum_of_its_councils(open_page, markup_of):
    html = markup_of(open_page(DEFAULT, "places", part="groups", groups="place", id="entered_work", period="2023-24"))
    groups, members = _tables_of(html)[:2]
    held = {name: (x, n) for name, x, n in _held(
        "select name, numerator, denominator from observation join area using (area_code) where indicator_id = "
        "'entered_work' and period = '2023-24' and programme = 'all' and characteristic = 'all'")}
    councils = {row[0]: re.split(", | and (?=[A-Z])", row[1].replace("Argyll and Bute", "A&B")
                                 .replace("Dumfries and Galloway", "D&G").replace("Perth and Kinross", "P&K"))
                for row in members}
    short = {"A&B": "Argyll and Bute", "D&G": "Dumfries and Galloway", "P&K": "Perth and Kinross"}
    for name, rate, interval, base in groups[:-1]:
        own = [held[short.get(each, each)] for each in councils[name]]
        worked, started = sum(x for x, _ in own), sum(n for _, n in own)
        assert base == f"{started:,.0f}" and rate == f"{100 * worked / started:.0f}%" and " to " in interval
    assert groups[-1][0] == "Scotland" and groups[-1][3] == f"{held['Scotland'][1]:,.0f}"


def test_urban_and_rural_follow_the_participants_own_class_and_add_up_to_scotland(open_page, markup_of):
    html = markup_of(open_page(DEFAULT, "places", part="rural", rural="entered_work"))
    six, three = _tables_of(html)[:2]
    assert six[-1][0] == three[-1][0] == "Scotland" and any(row[0] == "Not known" for row in six)
    bases = [[int(row[-1].replace(",", "")) for row in rows] for rows in (six, three)]
    assert [sum(each[:-1]) for each in bases] == [each[-1] for each in bases]
    labels = re.findall(r'<li class="oc-card"><h3>(.*?)</h3>', html)
    assert labels == ["Urban", "Rural", "Scotland", "Gap: rural less urban"]


def test_each_island_area_stands_alone_with_its_own_base(open_page, markup_of):
    rows = _tables_of(markup_of(open_page(DEFAULT, "places", part="islands", id="entered_work", period="2024-25")))[0]
    assert [row[0] for row in rows[:4]] == ["Scotland", "Na h-Eileanan Siar", "Orkney Islands", "Shetland Islands"]
    for name, rate, _, base in rows[:4]:
        assert re.search(r"\d", base) and (re.search(r"\d%", rate) or rate.startswith("[")), name
    assert any("together" in row[0] or " to " in row[0] for row in rows[4:])


def test_cost_on_the_map_has_limits_of_rounding_and_no_direction(open_page, markup_of):
    html = markup_of(open_page(DEFAULT, "places", id="cost_per_start", part="cost"))
    assert "limits from rounding" in html and "A higher cost or a longer wait is not a worse service" in html
    said = "so no council is said to be higher or lower than Scotland"
    assert said in re.search(r'<p class="oc-answer">(.*?)</p>', html)[1]
    assert not re.search(r"\b(higher|lower) than Scotland\b", html.replace(said, ""))


def test_cost_by_how_rural_names_no_dearest_and_no_cheapest_council(open_page, markup_of):
    html = markup_of(open_page(paths.DATA / "extract", "places", part="cost"))
    titles = re.findall(r'<div class="oc-figure"><h3>(Spend.*?)</h3>', html)
    assert titles and all("the middle half of councils" in title and "across councils" not in title for title in titles)
