"""Claims that hold: one verdict a figure, [u] never judged, sentences that say one thing, and kinds that never come back.

Every recipe for Scotland and the 32 partnerships, from the shipped edition: plain values, no app.
"""

import re

import pytest

from dashboard.figure import AREA, Figure, Said
from dashboard.figures import judged, recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.words.differences import REFUSALS, TOO_MUCH_MISSING

FIFE, ORKNEY, SCOTLAND = "S12000047", "S12000023", "S92000003"
DIRECTION = re.compile(r"\b(higher|lower) than\b")
# Not figures: periods, ages, follow-ups, the level of an interval, and 'x of y', which is one figure.
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


def made_for(edition, name, recipe, area_code):
    try:
        choice = recipe.resolve(edition, {AREA: area_code} if area_code else {})
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
    text = re.sub(r"(\d[\d,]*) of (\d[\d,]*)", r"\1", NOT_FIGURES.sub(" ", sentence))
    return re.findall(r"£?\d[\d,]*(?:\.\d+)?%?", text)


def test_no_sentence_is_long_or_holds_more_than_two_figures(everything):
    held = {(name, sentence) for name, text in said(everything) for sentence in sentences(text)}
    long = {(name, sentence) for name, sentence in held if len([word for word in sentence.split() if re.search(r"\w", word)]) > 25}
    assert not long
    assert not {(name, sentence) for name, sentence in held if len(figures_in(sentence)) > 2}


def test_the_same_measure_area_and_period_never_gets_two_verdicts(everything, edition):
    found: dict[tuple, dict[str, str]] = {}
    for name, _, things in everything:
        for figure in (each for each in things if isinstance(each, Figure) and each.plot is not None):
            for row in figure.plot.rows:
                if {"indicator_id", "area_code", "period", "compared", "verdict"} <= set(row) and row["compared"] and str(
                        row.get("characteristic") or "all") == "all" and row["area_code"] not in (SCOTLAND, ""):
                    key = (row["indicator_id"], row["area_code"], row["period"])
                    found.setdefault(key, {})[f"{row['verdict']}: {row['compared']}"] = name
    assert len(found) > 200
    for key, verdicts in found.items():
        assert len(verdicts) == 1, (key, verdicts)


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
    titles = {edition.catalogue[name].title for name in edition.catalogue if edition.catalogue[name].is_of_records}
    seen = 0
    for name, _, things in everything:
        for figure in (each for each in things if isinstance(each, Figure)):
            if figure.subtitle.split(",")[0] in titles and name in ("jobs.routes", "jobs.sectors", "jobs.sources", "jobs.status",
                                                                    "jobs.support", "places.map", "indicator.comparison"):
                assert any(column.name.startswith("Range") for column in figure.table.columns), (name, figure.title)
                seen += 1
    assert seen > 4


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


@pytest.mark.parametrize("kind", GONE)
def test_a_kind_of_sentence_is_gone(everything, kind):
    for name, _, things in everything:
        for each in things:
            texts = [each.text] if isinstance(each, Said) else [
                each.title, each.subtitle, *each.notes, *(cell.text for row in each.table.rows for cell in row)
            ] if isinstance(each, Figure) and name not in ("indicator.definition", "about.definitions") else []
            for text in texts:
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
