"""Claims that hold: one verdict a figure, [u] never judged, sentences that say one thing, and kinds that never come back.

Every recipe for Scotland and the 32 partnerships, from the shipped edition: plain values, no app.
"""

import re

import pytest

from dashboard.challenge.freezing import freeze
from dashboard.challenge.lines import lines
from dashboard.challenge.session import Question, Scope
from dashboard.figure import AREA, Choice, Figure, Said
from dashboard.figures import judged, recipes
from dashboard.figures.compare import measures
from dashboard.figures.recipe import ChoiceError
from dashboard.packs import board
from dashboard.packs.challenge import evidence_pack
from dashboard.packs.pack import taken
from dashboard.packs.site import contents
from dashboard.words.differences import REFUSALS, TOO_MUCH_MISSING

FIFE, ORKNEY, GLASGOW, SIAR, SCOTLAND = "S12000047", "S12000023", "S12000049", "S12000013", "S92000003"
DIRECTION = re.compile(r"\b(higher|lower) than\b")
# Not figures: periods, ages, follow-ups, the level of an interval; 'x of y' and 'x for every y' are one figure.
NOT_FIGURES = re.compile(
    r"95% (?=interval)|\b(?:19|20)\d\d(?:-\d\d)?\b|\b\d+(?:-week| weeks?| months?| years?)\b|aged 16 to 64|"
    r"\bSIMD quintile \d|\blevel \d|\b\d{1,2} (?=(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b)|14:19")


@pytest.fixture(scope="module")
def everything(edition):
    """(recipe, area_code, what it gives) of every recipe and area."""
    given = []
    for name, recipe in sorted(recipes.recipes().items()):
        has_area = AREA in {chooser.name for chooser in recipe.choosers}
        first = [each for code in ((SCOTLAND, FIFE, ORKNEY) if has_area else ("",))
                 for each in made_for(edition, name, recipe, code)]
        given += first
        if has_area and any(speaks_of_areas(each) for _, _, things in first for each in things):
            given += [each for code in edition.areas if code not in (SCOTLAND, FIFE, ORKNEY)
                      for each in made_for(edition, name, recipe, code)]
    return given


def made_for(edition, name, recipe, area_code, **given):
    try:
        choice = recipe.resolve(edition, ({AREA: area_code} if area_code else {}) | given)
    except ChoiceError:
        return []        # Scotland of a page about one partnership
    return [(name, area_code, recipes.made(edition, name, choice))]


def speaks_of_areas(thing):
    """Sentences, and verdicts on one area by name: what may differ from area to area."""
    return isinstance(thing, Said) or (isinstance(thing, Figure) and thing.plot is not None and thing.plot.kind == "spine")


def said(everything):
    return [(name, each.text.replace("**", "")) for name, _, things in everything for each in things if isinstance(each, Said)]


def sentences(text):
    return [each for each in re.split(r"(?<=[.?!])\s+", text) if each]


def figures_in(sentence):
    text = re.sub(r"(\d[\d,]*) (?:of|for every) (\d[\d,]*)", r"\1", NOT_FIGURES.sub(" ", sentence))
    return re.findall(r"£?\d[\d,]*(?:\.\d+)?%?", text)


def test_no_sentence_is_long_or_holds_more_than_two_figures(everything):
    held = {(name, sentence) for name, text in said(everything) for sentence in sentences(text)}
    long = {(name, sentence) for name, sentence in held if len([word for word in sentence.split() if re.search(r"\w", word)]) > 25}
    assert not long
    assert not {(name, sentence) for name, sentence in held if len(figures_in(sentence)) > 2}


def test_the_same_measure_area_and_period_never_gets_two_verdicts(everything, edition):
    """Drawings, tables, map shades, the glance, sentences, lines to take and of enquiry, packs, static pages: whatever says
    something of an area."""
    packs = [(f"pack of {area_code}", area_code, [thing for part in board.board_pack(edition, area_code).parts for thing in part.things])
             for area_code in (FIFE, ORKNEY)]
    maps = [made_for(edition, "places.map", recipes.recipe_named("places.map"), area_code, id=indicator_id)
            for indicator_id in ("in_work_at_13_weeks", "employment_rate_16_64") for area_code in (SCOTLAND, ORKNEY)]
    seen = [(f"static page of {site.name}", area_code, list(taken(edition, area_code, (ask for part in site.parts for ask in part.asks
             if not ask.recipe.startswith("equality.")))))       # groups of people are no areas
            for site in contents.sites() for area_code in (SCOTLAND, FIFE, ORKNEY)]
    evidence = [(f"evidence pack of {area_code}", area_code, [thing for part in packed(edition, area_code).parts for thing in part.things])
                for area_code in (FIFE, SIAR)]
    seen += made_for(edition, "challenge.lines", recipes.recipe_named("challenge.lines"), SIAR)
    found: dict[tuple, dict[str, set[str]]] = {}
    for name, area_code, things in [*everything, *packs, *seen, *evidence, *(each for own in maps for each in own)]:
        for thing in things:
            for key, way in ways_said(edition, thing, edition.area_name(area_code or SCOTLAND)):
                found.setdefault(key, {}).setdefault(way, set()).add(name)
    assert len(found) > 500
    assert {"challenge.lines", f"evidence pack of {SIAR}"} <= {
        name for ways in found.values() for names in ways.values() for name in names}
    assert sum(len({name for names in ways.values() for name in names}) > 1 for ways in found.values()) > 200
    for key, ways in found.items():
        assert len(ways) == 1, (key, ways)


def packed(edition, area_code):
    """The evidence pack of a session on this area that asks about every line of enquiry raised there."""
    asked = [(str(place), Question(line.question, place, line)) for place, line in enumerate(lines(edition, Choice(area_code)), 1)]
    return evidence_pack("one", "2026-11-29T12:00:00", freeze(edition, Scope("Do jobs last?", area_code, "work"), asked))


def ways_said(edition, thing, area):
    """((title, area, period), way): each verdict against Scotland that a figure or a sentence gives, however it gives it."""
    if isinstance(thing, Said):
        titles = {each.title: each.title for each in edition.catalogue.values()}
        titles |= {f"{title[:1].lower()}{title[1:]}": title for title in titles}
        for title, way, period in re.findall(r"(?:: |; |, and |, | and )([^*;]+?) \*\*[^*]*?, (higher|lower)[^*]*\*\* \(([^)]+)\)", thing.text):
            if title in titles:
                yield (titles[title], area, period), way
        return
    if not isinstance(thing, Figure):
        return
    for text in dict.fromkeys(cell.text for row in thing.table.rows for cell in row):        # a line of enquiry
        if line := re.fullmatch(r"(.+?) in (.+?), people who started in (.+?): .*?, (higher|lower) than Scotland\.", text):
            yield (line[1], line[2], line[3]), line[4]
    columns = [column.name for column in thing.table.columns]
    drawn = thing.plot.rows if thing.plot else ()
    for row in drawn:
        if {"indicator_id", "area", "period_label", "compared"} <= set(row) and row["compared"] and is_everyone(row):
            yield (edition.catalogue[row["indicator_id"]].title, row["area"], row["period_label"]), way_of(str(row["compared"]))
    if thing.plot and thing.plot.kind in ("flat_map", "map", "tiles"):
        title, period = thing.plot.options["indicator"]["title"], thing.subtitle.rsplit(", ", 1)[-1]
        for row in drawn:
            if title in thing.subtitle and not row["hidden"]:
                yield (title, row["name"], period), way_of(row["text"])
                if row["class_label"] in ("Higher than Scotland", "Lower than Scotland"):
                    yield (title, row["name"], period), row["class_label"].split(" ")[0].lower()
    if columns[:2] == ["Measure", "Period"] and columns[-1] == "Compared":
        for row in thing.table.rows:
            yield (row[0].text, area, row[1].text), way_of(row[-1].text)
    if columns[-1] == "Against Scotland":
        for row in thing.table.rows:
            if row[-1].text:
                yield (thing.subtitle.split(",")[0], row[0].text, thing.subtitle.rsplit(", ", 1)[-1]), way_of(row[-1].text)
    if columns[:2] == ["Area", "Family group"]:
        for row in thing.table.rows[1:]:
            for heading, cell in zip(columns[2:], row[2:], strict=True):
                title, period = heading.removesuffix(", demonstration").rsplit(", ", 1)
                if cell.text not in ("[x]", "[c]", "[z]"):
                    yield (title, row[0].text, cell.text.partition(" in ")[2] or period), way_of(cell.text)


def is_everyone(row):
    return str(row.get("characteristic") or "all") == "all" and row.get("area_code") not in (SCOTLAND, "")


def way_of(words):
    """'higher', 'lower' or 'neither': what is said of an area against Scotland."""
    said = re.search(r"\b(higher|lower)\b", words)
    return said[1] if said else "neither"


def test_a_map_and_a_table_say_what_the_rule_says(edition):
    for indicator_id in ("in_work_at_13_weeks", "entered_work_within_12_months", "employment_rate_16_64"):
        recipe = recipes.recipe_named("places.map")
        figure, = recipes.made(edition, "places.map", recipe.resolve(edition, {"id": indicator_id}))
        rule = {each["area"]: each["compared"] for each in judged.areas(edition, edition.ask(
            "comparison", indicator_id=indicator_id, period=None).rows, edition.catalogue[indicator_id])}
        for row in figure.table.rows:
            assert row[0].text == "Scotland" or row[-1].text == rule[row[0].text], row
        for row in figure.plot.rows:
            assert rule[row["name"]] in row["text"]


def test_few_people_are_never_judged(everything):
    for name, _, things in everything:
        for figure in (each for each in things if isinstance(each, Figure)):
            for row in figure.plot.rows if figure.plot else ():
                if "u" in str(row.get("obs_status") or "").split():
                    assert row.get("verdict", "none") in ("none", "off", "hidden", ""), (name, dict(row))
                    assert not DIRECTION.search(str(row.get("compared") or "")), (name, dict(row))
            for row in figure.table.rows:
                compared = [cell.text for column, cell in zip(figure.table.columns, row, strict=True)
                            if "ompared" in column.name or column.name == "Against Scotland"]
                if compared and "[u]" in row[1].text + row[min(2, len(row) - 1)].text:
                    assert not any(DIRECTION.search(text) for text in compared), (name, [cell.text for cell in row])


def test_how_well_records_are_kept_is_never_judged(everything, edition):
    """It is not a matter of people's outcomes: neither a partnership nor a year is higher or lower by it."""
    of_records = {name for name, indicator in edition.catalogue.items() if indicator.is_record_keeping}
    titles = {edition.catalogue[name].title for name in of_records}
    assert {"followup_recorded_13_weeks", "job_not_recorded"} <= of_records
    seen = 0
    for name, _, things in everything:
        for figure in (each for each in things if isinstance(each, Figure)):
            if any(figure.subtitle.startswith(title) for title in titles):
                assert not DIRECTION.search(figure.title), (name, figure.title)
            for row in figure.plot.rows if figure.plot else ():
                if row.get("indicator_id") in of_records and "compared" in row:
                    assert row["verdict"] == "none" and not DIRECTION.search(str(row["compared"])), (name, dict(row))
                    seen += "about records" in str(row["compared"])
            for row in figure.table.rows:
                if row[0].text in titles:
                    assert not any(DIRECTION.search(cell.text) for cell in row), (name, [cell.text for cell in row])
    assert seen > 25


def test_fife_is_not_compared_on_jobs_whose_follow_ups_are_missing(everything):
    own = {name: things for name, area_code, things in everything if area_code == FIFE}
    texts = [each.text for each in own["jobs.answer"]]
    assert any(TOO_MUCH_MISSING in text for text in texts)
    assert any("could be anything from" in text for text in texts)


def test_only_areas_whose_range_is_apart_are_told_from_scotland(edition):
    indicator = edition.catalogue["in_work_at_13_weeks"]
    rows = judged.areas(edition, edition.ask("comparison", indicator_id="in_work_at_13_weeks", period=None).rows, indicator)
    whole = next(row for row in rows if row["area_code"] == SCOTLAND)
    told = [row for row in rows if row["direction"] in ("higher", "lower")]
    assert told and len(told) < 6
    for row in told:
        rest = [(whole[end] * whole["denominator"] - row[end] * row["denominator"]) / (whole["denominator"] - row["denominator"])
                for end in ("lowest", "highest")]
        assert row["lowest"] > rest[1] or row["highest"] < rest[0], row["area"]
    assert sum(row["compared"] == TOO_MUCH_MISSING for row in rows) >= 5


def test_every_rate_of_records_stands_beside_its_range(everything, edition):
    """Whatever draws, lists or cards a rate of what follow-ups recorded says what it could be; not what only names it."""
    records = {edition.catalogue[name].title for name in edition.catalogue if edition.catalogue[name].is_of_records}
    asked = {"id": "in_work_at_13_weeks", "id2": "in_work_at_13_weeks", "measure": "weeks13", "rural": "in_work_at_13_weeks", "outcome": "weeks13"}
    given = [made_for(edition, name, recipe, GLASGOW if AREA in (choosers := {each.name for each in recipe.choosers}) else "", **{
        key: value for key, value in asked.items() if key in choosers})
        for name, recipe in recipes.recipes().items() if name != "national.over_time"]
    seen = set()
    for name, _, things in [*everything, *(each for own in given for each in own)]:
        for figure in (each for each in things if isinstance(each, Figure)):
            about = figure.subtitle + " ".join([*(row[0].text for row in figure.table.rows), *(column.name for column in figure.table.columns)])
            if any(title in about for title in records) and not name.endswith((".lines", ".recent", ".definition", ".definitions", ".changed")):
                texts = [*(column.name for column in figure.table.columns), *(cell.text for row in figure.table.rows for cell in row)]
                assert any(re.search(r"^Range|\brange \d|if all that is not recorded", text) for text in texts), (name, figure.title)
                seen.add(name)
    assert len(seen) > 22, seen


def test_an_area_has_a_place_only_where_all_that_it_could_be_lies_there(edition):
    """Funnel and ranks of a rate of records: what was recorded is no verdict on an area."""
    choice = recipes.recipe_named("compare.among").resolve(edition, {"id": "in_work_at_13_weeks"})
    [funnel], [ranks] = (recipes.made(edition, f"compare.{way}", choice) for way in ("among", "ranks"))
    places = {row[0].text: row[-1].text for row in funnel.table.rows}
    assert list(places.values()).count("too much is missing to place it") >= 5
    assert re.match(r"Too much is missing to place \d+ of \d+ areas; ", funnel.title)
    ends = {row["area"]: (row["lowest"], row["highest"], row["first"], row["last"]) for row in ranks.plot.rows}
    for lowest, highest, first, last in ends.values():
        assert first <= 1 + sum(other[0] > highest for other in ends.values())
        assert last >= len(ends) - sum(other[1] < lowest for other in ends.values())
    whole, = recipes.made(edition, "compare.among", recipes.recipe_named("compare.among").resolve(edition, {}))
    assert "too much is missing" not in " ".join(row[-1].text for row in whole.table.rows)


def test_an_area_is_told_from_scotland_on_like_with_like_as_everywhere(edition):
    """Scotland stands there for all to see; what is tested is the rest of it."""
    recipe = recipes.recipe_named("compare.like")
    for area_code in (FIFE, ORKNEY, GLASGOW):
        for indicator_id in ("entered_work_within_12_months", "in_work_at_13_weeks"):
            [figure] = recipes.made(edition, "compare.like", recipe.resolve(edition, {AREA: area_code, "id": indicator_id}))
            held = measures.compared_by(edition, indicator_id)
            rule = {row["area_code"]: row["compared"] for row in judged.areas(edition, held.rows, held.indicator)}
            assert figure.table.rows[-1][0].text == "Scotland" and figure.table.rows[-1][-1].text == rule[area_code]
    [(_, _, answer)] = made_for(edition, "jobs.answer", recipes.recipe_named("jobs.answer"), GLASGOW)
    assert any(rule[GLASGOW] in each.text for each in answer)


# Kinds of sentence that were false or misleading. Each is gone by rule.
GONE = {
    "figures of our own counted as published": r"[2-9]\d\d,\d{3} figures(?! of).* publications",
    "a follow-up not recorded called nothing recorded later": r"nothing was recorded later",
    "out of work at 26 weeks called no later record": r"no later record",
    "52 weeks said to have passed for everyone": r"have passed for everyone",
    "a ratio to everyone called over-representation": r"over-represented|under-represented",
    "no clear difference called sameness": r"none can be told apart from everyone",
    "a count of groups behind on what is not recorded": r"[1-9]\d* of 51 groups clearly fall behind",
    "a share of a year's flow over a rounded stock": r"12\.88\W*% of unemployed",
    "a statement without its date": r"\bMinisters confirm\b",
    "fifty where thirty is meant": r"rounded base is 50 or more",
    "raw codes": r"prefer_not_to_say|\b[a-z]+_[a-z]+_[a-z]+\b",
    "a value more coarse than its limits": r"(?<![.\d])\d+ points \(−?\d+\.\d",
    "areas of progress ranged by their instruments": r"[Aa]cross \d+ areas of progress, from",
    "an allowance of four for each": r"allows? 4 for each",
    "a direction that is not certain called clear": r"clearly[^.;]*(reverse|not certain)",
}


@pytest.fixture(scope="module")
def texts(everything):
    """(recipe, text) of every sentence, title, note and cell, each once."""
    held = {}
    for name, _, things in everything:
        for each in things:
            said = [each.text] if isinstance(each, Said) else [
                each.title, each.subtitle, *each.notes, *(cell.text for row in each.table.rows for cell in row)
            ] if isinstance(each, Figure) and name not in ("indicator.definition", "about.definitions") else []
            held |= dict.fromkeys((name, text) for text in said)
    return list(held)


@pytest.mark.parametrize("kind", GONE)
def test_a_kind_of_sentence_is_gone(texts, kind):
    for name, text in texts:
        assert not re.search(GONE[kind], text), (name, text)


def test_responses_never_agree_without_how_many_answered(everything):
    for name, _, things in everything:
        texts = [each.text for each in things if isinstance(each, Said)]
        if any("of responses" in text for text in texts):
            assert any("answers;" in text for text in texts), name
        for figure in (each for each in things if isinstance(each, Figure)):
            assert not re.search(r"% of responses agree", figure.title), figure.title


def test_a_value_under_or_over_a_limit_ends_its_own_interval(everything):
    for name, _, things in everything:
        for figure in (each for each in things if isinstance(each, Figure)):
            for cell in (cell for row in figure.table.rows for cell in row):
                if found := re.fullmatch(r"under (\d+)%(?: \[u\])? \(\d+% to (\d+)%\)", cell.text):
                    assert found[1] == found[2], (name, cell.text)


def test_reasons_for_no_verdict_are_words():
    assert all(words and not words.endswith(".") for words in REFUSALS.values())
