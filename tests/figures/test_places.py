"""Places: councils on one map, parts added up from protected counts, and what is said of them."""

import re

import pytest

from dashboard.charts import theme
from dashboard.charts.draw import draw
from dashboard.figure import SCOTLAND, Absent, Figure, Said
from dashboard.figures.recipe import ChoiceError
from dashboard.read.edition import current
from tests.figures.asking import made

FIFE, ORKNEY, MEASURE = "S12000047", "S12000023", "claimant_count_share"
ISLANDS = ["Scotland", "Na h-Eileanan Siar", "Orkney Islands", "Shetland Islands"]


def figures(things):
    return [each for each in things if isinstance(each, Figure)]


def texts(things):
    return " ".join(each.text if isinstance(each, Said) else each.why for each in things if isinstance(each, Said | Absent))


def rows_of(figure):
    return [[cell.text for cell in row] for row in figure.table.rows]


def held(edition, sql, **parameters):
    return edition.extract.connection.cursor().execute(sql, parameters).fetchall()


# The map -----------------------------------------------------------------------------------------

def test_the_map_and_its_table_hold_the_same_32_figures(edition):
    figure, = made(edition, "places.map", id=MEASURE, area=ORKNEY)
    table = {row[0].text: row[1].value for row in figure.table.rows}
    names = list(table)
    assert names[0] == "Scotland" and len(names) == 33 and names[1:] == sorted(names[1:])
    answer = {row["area_code"]: row["value"] for row in edition.ask("comparison", indicator_id=MEASURE, period=None).rows}
    assert len(figure.plot.rows) == 32 and figure.plot.options["selected"] == ORKNEY
    for row in figure.plot.rows:
        assert row["value"] == answer[row["area_code"]] and table[row["name"]] == pytest.approx(row["value"], abs=0.051)


def test_what_is_saved_of_a_map_is_the_tiles_with_the_same_figures(edition):
    figure, = made(edition, "places.map", id=MEASURE)
    trace = draw(figure.plot, theme.LIGHT)["data"][0]
    names = {row["area_code"]: row["name"] for row in figure.plot.rows}
    on_tiles = {names[code]: re.search(r"<b>(.*?)</b>$", text)[1]
                for (code,), text in zip(trace["customdata"], trace["text"], strict=True)}
    assert on_tiles == {row[0]: row[1] for row in rows_of(figure)[1:]}


def test_one_measure_of_every_topic_can_be_mapped(edition):
    topics = {row["topic"]: row["indicator_id"] for row in edition.ask("council_indicators").rows if row["partnerships"]}
    for indicator_id in topics.values():
        figure, = made(edition, "places.map", id=indicator_id)
        assert len(figure.plot.rows) == 32 and len(figure.table.rows) >= 32, indicator_id


def test_no_year_of_starts_is_offered_before_it_is_over(edition):
    """Its figures are held back, so that a map of it would be empty."""
    offered = {indicator_id: edition.ask("council_periods", indicator_id=indicator_id).rows
               for indicator_id, each in edition.catalogue.items() if each.data_class == "returns"}
    assert sum(map(len, offered.values())) > 50
    for rows in offered.values():
        assert all(row["end_date"] <= edition.cut_off for row in rows)


def test_a_period_that_is_not_held_is_named(edition):
    with pytest.raises(ChoiceError, match="'1066' is not a choice of 'Period' here"):
        made(edition, "places.map", id=MEASURE, period="1066")


def test_the_answer_counts_who_can_be_told_apart_and_ranks_nobody(edition):
    said = texts(made(edition, "places.answer", id="employment_rate_16_64"))
    higher, lower, alike = map(int, re.findall(r"(\d+)", said.split("2023.")[1])[:3])
    assert higher + lower + alike == 32
    assert not re.search(r"\b(best|worst|rank|top|bottom)\b", said)


def test_a_survey_is_shaded_only_against_scotland(edition):
    figure, = made(edition, "places.map", id="employment_rate_16_64")
    assert figure.plot.options["scale"]["is_comparison"]
    assert [re.sub(r" \(\d+\)$", "", line["text"]) for line in figure.plot.options["key"][:3]] == [
        "▲ Higher than Scotland", "≈ Cannot be told apart from Scotland", "◆ Lower than Scotland"]


def test_the_chosen_council_is_read_in_words_with_the_way_to_its_page(edition):
    said, = made(edition, "places.area", id=MEASURE, area=FIFE)
    table = dict(row[:2] for row in rows_of(*made(edition, "places.map", id=MEASURE, area=FIFE)))
    assert f"**{table['Fife']}**" in said.text and f"Scotland: {table['Scotland']}" in said.text
    assert ("Fife: its own page", f"/partnership?area={FIFE}") in said.links
    how, = made(edition, "places.area", id=MEASURE, area=SCOTLAND)
    assert how.text.startswith("Choose an area") and not how.links


def test_a_hidden_council_is_hatched_named_and_never_a_class(odd_extract):
    figure, = made(current(odd_extract), "places.map", id="rate")
    siar = next(row for row in figure.plot.rows if row["area_code"] == "S12000013")
    assert (siar["hidden"], siar["class_index"], siar["is_hatched"]) == ("c", None, True)
    assert any(re.match(r"\[c\] confidential: too few people to show: .*Na h-Eileanan Siar", line["text"])
               for line in figure.plot.options["key"] if line["class_index"] is None)
    trace = draw(figure.plot, theme.LIGHT)["data"][0]
    shown = {code: (text, shape) for (code,), text, shape in zip(
        trace["customdata"], trace["text"], trace["marker"]["pattern"]["shape"], strict=True)}
    assert shown["S12000013"][0].endswith("<b>[c]</b>") and shown["S12000013"][1] == "/"


# The parts ---------------------------------------------------------------------------------------

def test_urban_and_rural_boxes_test_nothing_without_an_interval(edition):
    boxes = figures(made(edition, "places.rural", rural="relative_poverty_after_housing_costs"))[0]
    assert [row["label"] for row in boxes.plot.rows] == ["Urban", "Rural", "Scotland", "Gap: rural minus urban"]
    gap = boxes.plot.rows[-1]
    assert gap["value"] in ("−4 points", "−4.0 points") and gap["direction"] == "Not tested: no interval"


def test_urban_and_rural_follow_the_participants_own_class_and_add_up_to_scotland(edition):
    boxes, *by_class = figures(made(edition, "places.rural", rural="entered_work"))
    assert [row["label"] for row in boxes.plot.rows] == ["Urban", "Rural", "Scotland", "Gap: rural minus urban"]
    assert len(by_class) == 2
    for figure in by_class:
        names, bases = [row[0].text for row in figure.table.rows], [row[-1].value for row in figure.table.rows]
        assert names[-1] == "Scotland" and "Not known" in names and sum(bases[:-1]) == bases[-1]


def test_a_measure_held_by_class_for_scotland_alone_says_so(edition):
    things = made(edition, "places.rural", area=FIFE, rural="relative_poverty_after_housing_costs")
    assert "held for Scotland only: not for Fife" in texts(things) and figures(things)


def test_the_shares_of_each_council_are_all_of_its_people(edition):
    figure, = figures(made(edition, "places.mix", area=FIFE))
    assert len(figure.table.rows) == 33 and figure.title.startswith("Fife: ")
    for row in figure.table.rows:
        assert sum(cell.value or 0 for cell in row[1:]) == pytest.approx(100, abs=0.3), row[0].text
    kinds, = made(edition, "places.typology")
    named = re.split(", | and (?=[A-Z])", ", ".join(row[1] for row in rows_of(kinds)).replace("and Bute", "").replace(
        "and Galloway", "").replace("and Kinross", ""))
    assert len(named) == len(set(named)) == 32, "one label a council"


def test_each_island_area_stands_alone_with_its_own_base(edition):
    figure, = figures(made(edition, "places.islands", id="employment_rate_16_64"))
    assert [row[0] for row in rows_of(figure)] == ISLANDS
    figure, = figures(made(edition, "places.islands", id="entered_work", period="2024-25"))
    rows = rows_of(figure)
    assert [row[0] for row in rows[:4]] == ISLANDS
    assert all(re.search(r"\d", row[3]) and (re.search(r"\d%", row[1]) or row[1].startswith("[")) for row in rows[:4])
    assert [re.sub(r", 20\d\d-\d\d to 20\d\d-\d\d$", "", row[0]) for row in rows[4:]] == ISLANDS


def test_an_island_that_sent_nothing_has_no_rate_of_its_years_together(editions):
    figure, = figures(made(editions["one_missing"], "places.islands", id="entered_work"))
    own = [row for row in rows_of(figure) if row[0].startswith("Orkney Islands")]
    assert own and all(row[1] == "[x]" for row in own)


def test_a_group_made_from_returns_is_the_sum_of_its_councils(edition):
    choice = {"id": "entered_work", "period": "2023-24", "groups": "place"}
    figure, = figures(made(edition, "places.groups", **choice))
    counts = {name: (x, n) for name, x, n in held(
        edition, "select name, numerator, denominator from observation join area using (area_code) where indicator_id = "
        "'entered_work' and period = '2023-24' and programme = 'all' and characteristic = 'all'")}
    groups = {name: [code for code, in held(
        edition, "select a.name from area_member m join area g on m.group_code = g.area_code join area a on "
        "m.area_code = a.area_code where m.group_code like 'LGBF_PLACE%' and g.name like $name", name=f"{name} (%")]
        for name, *_ in rows_of(figure)[:-1]}
    assert len(groups) == 4 and sum(map(len, groups.values())) == 32
    for name, rate, interval, base in rows_of(figure)[:-1]:
        worked, started = (sum(counts[council][part] for council in groups[name]) for part in (0, 1))
        assert base == f"{started:,.0f}" and rate == f"{100 * worked / started:.0f}%" and " to " in interval
    assert rows_of(figure)[-1][3] == f"{counts['Scotland'][1]:,.0f}"


def test_a_published_rate_is_not_made_again_for_groups_and_overlaps_are_said(edition):
    things = made(edition, "places.groups", id="employment_rate_16_64", groups="rep")
    assert "not made again for a group" in texts(things) and not figures(things)
    assert re.search(r"overlap: Scottish Borders and Fife .*counts some people twice", texts(things))
    assert made(edition, "places.members", groups="rep")[0].table.rows


def test_cost_on_the_map_has_limits_of_rounding_and_no_direction(edition):
    figure, = made(edition, "places.map", id="cost_per_start")
    said = texts(made(edition, "places.answer", id="cost_per_start"))
    assert any("Limits from rounding" in column.name for column in figure.table.columns)
    assert "so no council is said to be higher or lower than Scotland" in said
    shown = " ".join([figure.title, *(cell for row in rows_of(figure) for cell in row)])
    assert not re.search(r"\b(higher|lower) than Scotland\b", shown)


def test_cost_and_waits_by_how_rural_hold_each_figure_with_its_interval_and_name_no_dearest(edition):
    cost, waits = figures(made(edition, "places.cost"))
    assert "A higher cost or a longer wait is not a worse service" in " ".join(cost.notes)
    assert waits.title.startswith("Started within 4 weeks")
    for figure in (cost, waits):
        assert "the middle half of councils" in figure.title and "across councils" not in figure.title
        held_too = {row["area"]: row for row in figure.plot.rows}
        for row in figure.table.rows:
            if row[0].text in held_too:
                own = held_too[row[0].text]
                assert row[2].value == pytest.approx(own["value"], abs=0.51)
                assert (row[3].lower, row[3].upper) == pytest.approx((own["lower_ci"], own["upper_ci"]), abs=0.51)


def test_every_period_is_on_one_scale_and_in_the_table(edition):
    figure, = figures(made(edition, "places.time", id=MEASURE))
    periods = list(dict.fromkeys(row["panel"] for row in figure.plot.rows))
    assert 2 <= len(periods) <= 8 and [column.name for column in figure.table.columns[1:]] == periods
    assert len(figure.plot.rows) == 32 * len(periods)
    classes = {}
    for row in figure.plot.rows:
        classes.setdefault(row["class_label"], set()).add(row["class_index"])
    assert all(len(places) == 1 for places in classes.values()), "a label is one shade in every period"


def test_two_periods_of_one_measure_share_a_scale_and_two_measures_do_not(edition):
    said, one, other = made(edition, "places.two", id=MEASURE)
    assert said.text == "One scale for both." and one.plot.options["scale"] == other.plot.options["scale"]
    assert one.title != other.title, "the second opens with another period"
    said, one, other = made(edition, "places.two", id=MEASURE, id2="employment_rate_16_64", drawn="flat")
    assert "do not show that one thing causes the other" in said.text
    assert one.plot.options["scale"] != other.plot.options["scale"] and one.plot.kind == "flat_map"


def test_rural_is_not_told_from_urban_by_what_follow_ups_recorded(edition):
    """3 points apart and clear of nought, but what is not recorded could be either way: the ranges meet."""
    boxes, *_ = figures(made(edition, "places.rural", rural="in_work_at_13_weeks"))
    cards = {row[0].text: [cell.text for cell in row] for row in boxes.table.rows}
    assert "Too much is missing to compare" in cards["Gap: rural minus urban"]
    for name in ("Urban", "Rural", "Scotland"):
        assert any("if all that is not recorded went one way" in text for text in cards[name]), cards[name]
    entered, *_ = figures(made(edition, "places.rural", rural="entered_work"))
    assert "No clear difference" in [cell.text for row in entered.table.rows for cell in row]
