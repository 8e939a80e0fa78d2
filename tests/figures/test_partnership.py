"""A partnership: its return and published figures apart, few people given no verdict, and how far its return is to be trusted."""

import re

from dashboard.figure import Choice, Figure, Said
from dashboard.figures import recipes, together
from dashboard.words.differences import TOO_MUCH_MISSING
from dashboard.words.numbers import RANGE

ORKNEY, GLASGOW = "S12000023", "S12000049"


def made(edition, name, area_code):
    return recipes.made(edition, f"partnership.{name}", Choice(area_code))


def words(things):
    return " ".join(each.text.replace("**", "") for each in things if isinstance(each, Said))


def test_the_area_is_kept_on_the_way_to_every_other_page(editions):
    [said] = made(editions["published"], "elsewhere", ORKNEY)
    assert [address for _, address in said.links] == [f"/{page}?area={ORKNEY}" for page in (
        "jobs", "progress", "equality", "places", "value", "data-quality")]


def test_made_up_figures_and_published_ones_stand_apart(returns_edition):
    published, returned = made(returns_edition, "cards", GLASGOW)
    assert returned.title == "What these services did here: from its return" and returned.is_synthetic
    assert published.title == "What these services did here: published figures" and not published.is_synthetic
    assert returned.subtitle == "Management information from partnership returns"
    assert [row["label"] for row in returned.plot.rows] == ["People who started"]
    assert "Unemployed people assisted into work by councils" in [row["label"] for row in published.plot.rows]
    subjects = [each.subtitle.split(":")[0] for each in made(returns_edition, "services", GLASGOW)]
    assert subjects == ["Services, published figures", "Services, from its return"]


def test_the_answer_says_which_figures_are_made_up(returns_edition, editions):
    said = words(made(returns_edition, "answer", GLASGOW))
    assert said.startswith("Published: ") and "Made-up return: " in said
    said = words(made(editions["published"], "answer", GLASGOW))
    assert said and "made-up" not in said and "return" not in said


def test_how_far_its_return_can_be_trusted_is_said_with_the_figures(returns_edition):
    said = words(made(returns_edition, "trust", GLASGOW))
    assert re.search(r"Glasgow City sent its return,? (on time|late), with about 1.0% of rows rejected", said)
    [figures] = made(returns_edition, "trust_figures", GLASGOW)
    assert ("Glasgow City: rows rejected", "1.0%") in [tuple(cell.text for cell in row[:2]) for row in figures.table.rows]
    [way] = made(returns_edition, "more_on_trust", GLASGOW)
    assert way.links == (("Data quality of every partnership", f"/data-quality?area={GLASGOW}"),)


def test_a_partnership_that_sent_nothing_is_told_so(returns_edition):
    assert "[x] Orkney Islands sent no return in this edition." in words(made(returns_edition, "trust", ORKNEY))


def test_without_returns_nothing_is_said_of_them(editions):
    for name in ("trust", "trust_figures", "more_on_trust"):
        assert made(editions["published"], name, GLASGOW) == ()


def test_a_measure_on_few_people_is_given_no_verdict_by_title_words_table_or_marks(edition):
    own = made(edition, "services", ORKNEY)[-1]     # 35 people in Orkney Islands, over both years that are old enough
    row = next([cell.text for cell in row] for row in own.table.rows if row[0].text == "Recorded in work at 13 weeks")
    assert row[2] == "29% [u]" and row[-1] == "not judged: few people"
    assert "29% [u], not judged: few people" in own.plot.alt and "on few people [u]" in own.title
    assert "weeks" not in words(made(edition, "answer", ORKNEY))
    assert all(each["verdict"] == "none" for each in own.plot.rows if "u" in str(each["obs_status"]))


def test_a_small_area_is_read_over_its_newest_years_together(edition):
    """30 people of one year are not judged: 95 of three are, from counts added up with the rounding of each."""
    own = made(edition, "services", ORKNEY)[-1]
    row = next([cell.text for cell in row] for row in own.table.rows if row[0].text == "Entered work within 12 months")
    assert row[1:4] == ["2022-23 to 2024-25", "53%", "39% to 68%"] and row[-1] == "higher than Scotland"
    assert together.NOTE in own.notes and any(asked.startswith("pooled:") for asked in own.asked)
    assert "53%, higher than Scotland** (2022-23 to 2024-25)" in " ".join(each.text for each in made(edition, "answer", ORKNEY))
    place = recipes.made(edition, "places.area", recipes.recipe_named("places.area").resolve(
        edition, {"area": ORKNEY, "id": "entered_work_within_12_months"}))
    assert "2022-23 to 2024-25 together: **53%**, higher than Scotland. The 95% interval is 39% to 68%." in place[0].text
    assert together.NOTE not in made(edition, "services", GLASGOW)[-1].notes


def test_the_spread_of_the_partnerships_is_not_the_range_of_one(edition):
    """Two ranges stand in one row: what the partnerships have, and what this one's unrecorded jobs could make it."""
    own = made(edition, "services", GLASGOW)[-1]
    columns = [column.name for column in own.table.columns]
    for row in ([cell.text for cell in row] for row in own.table.rows if row[0].text.startswith("Recorded in work")):
        known, spread = row[columns.index("Range, unrecorded all one way")], row[columns.index("Partnerships, lowest to highest")]
        assert known != spread and known.startswith(row[2].split("%")[0])
        low, high = (float(end.rstrip("%")) for end in spread.split(" to "))
        assert low < float(row[2].split("%")[0]) < high


def test_of_fewer_than_three_measures_the_table_is_shown_alone(edition):
    published = made(edition, "services", GLASGOW)[0]
    assert len(published.table.rows) < 3 and published.plot is None and "Bands" not in published.subtitle


def test_what_kind_of_place_it_is_stands_in_words(edition):
    [tags] = made(edition, "kind", ORKNEY)
    assert isinstance(tags, Figure) and "Island authority" in [row["text"] for row in tags.plot.rows]
    assert [row["text"] for row in tags.plot.rows] == [row[0].text for row in tags.table.rows]
    assert tags.plot.rows[-1]["text"].startswith("Urban-rural shares are derived")


def test_the_score_counts_every_measure_that_is_compared_once(edition):
    for area_code in (GLASGOW, ORKNEY):
        [score] = made(edition, "score", area_code)
        rows = [row for figure in (*made(edition, "services", area_code), *made(edition, "labour_market", area_code))
                for row in figure.table.rows]
        assert sum(row["count"] for row in score.plot.rows) == len(rows)
        worse = next(row["count"] for row in score.plot.rows if row["counted"] == "worse")
        drawn = [row for figure in (*made(edition, "services", area_code), *made(edition, "labour_market", area_code))
                 if figure.plot for row in figure.plot.rows]
        assert worse == sum(row["verdict"] == "worse" for row in drawn)


def glance_of(edition, order):
    recipe = recipes.recipe_named("partnership.glance")
    return recipes.made(edition, "partnership.glance", recipe.resolve(edition, {"order": order}))[0]


def test_all_partnerships_stand_in_one_table_scotland_first_and_never_by_value(edition):
    by_name, by_family = ([row[0].text for row in glance_of(edition, order).table.rows] for order in ("name", "family"))
    councils = [str(row["name"]) for row in edition.areas.values() if row["area_type"] == "partnership"]
    assert by_name == ["Scotland", *sorted(councils)] and len(by_name) == 33
    assert by_family[0] == "Scotland" and sorted(by_family) == sorted(by_name) != by_family
    families = [row[1].text for row in glance_of(edition, "family").table.rows[1:]]
    assert families == sorted(families) and all(families)
    assert set(recipes.recipe_named("partnership.glance").choosers[0].options(edition, None)) == {"name", "family"}


def test_a_figure_at_a_glance_is_that_of_the_partnerships_own_page_and_shaded_only_where_told_apart(edition):
    shown = glance_of(edition, "name")
    measures = {column.name.split(", ")[0]: place for place, column in enumerate(shown.table.columns) if not column.name.startswith("Range: ")}
    ranges = {column.name.removeprefix("Range: ").split(", ")[0]: place for place, column in enumerate(shown.table.columns)
              if column.name.startswith("Range: ")}
    assert set(ranges) == {"Recorded in work at 13 weeks", "Recorded in work at 52 weeks"} and "%" in shown.table.rows[0][max(ranges.values())].text
    told_apart, missing = 0, 0
    for row, shades in list(zip(shown.table.rows, shown.plot.rows, strict=True))[1:]:
        code = next(code for code, area in edition.areas.items() if area["name"] == row[0].text)
        for recipe in ("partnership.services", "partnership.labour_market"):
            own = recipes.recipe_named(recipe)
            for figure in recipes.made(edition, recipe, own.resolve(edition, {"area": code})):
                columns = [column.name for column in figure.table.columns]
                for line in ([cell.text for cell in line] for line in figure.table.rows):
                    name, here, compared = line[0], line[2], line[-1]
                    if name not in measures:
                        continue
                    cell, shade = row[measures[name]].text, shades["shades"][measures[name] - 1]
                    way = compared.split(" ")[0]
                    assert cell == here or cell.startswith(f"{here} ")
                    assert (shade != "none") == (way in ("higher", "lower")) == bool(re.search(r" (higher|lower)\b", cell)) and (
                        shade == "none" or f" {way}" in cell)
                    assert (compared == TOO_MUCH_MISSING) == ("too much missing" in cell)
                    assert name not in ranges or row[ranges[name]].text == line[columns.index(RANGE)]
                    told_apart, missing = told_apart + (shade != "none"), missing + (compared == TOO_MUCH_MISSING)
    every = sum("too much missing" in cell.text for row in shown.table.rows for cell in row)
    assert told_apart > 20 and every >= missing > 5 and f"too much is missing to compare {every}" in shown.title


def test_a_row_leads_to_the_partnership_and_a_column_to_the_measure(edition):
    shown = glance_of(edition, "name")
    links = shown.plot.options["links"]
    assert links["Orkney Islands"] == "/partnership?area=S12000023"
    assert all(links[column.name].startswith("/indicator?id=") for column in shown.table.columns[2:])
    assert all(", demonstration" in column.name or "Entered work" not in column.name for column in shown.table.columns)
