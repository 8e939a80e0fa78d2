"""Job outcomes: only cohorts that are old enough, not recorded never failure, and every number in its own CSV."""

import csv
import importlib.util
import io
import re
from pathlib import Path

import pytest

from dashboard.figure import SCOTLAND, Absent, Choice, Figure
from dashboard.figures import recipes
from dashboard.packs.table_csv import csv_bytes
from dashboard.read.edition import current

NEWEST = ("2025-26", "2026-27")      # start years that are not old enough for any milestone at the cut-off
OF_AREAS = ("journey", "cohorts", "programmes", "routes", "sectors", "waits")


def _by_hand():
    spec = importlib.util.spec_from_file_location("returns_by_hand", Path(__file__).parents[1] / "pages" / "returns_by_hand.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


by_hand = _by_hand()


@pytest.fixture(scope="module")
def twelve(published_extract, tmp_path_factory):
    """An edition in which twelve partnerships sent a return, one of them very small."""
    return current(by_hand.add_returns(published_extract, tmp_path_factory.mktemp("returns") / "extract"))


def made(edition, name, area_code=SCOTLAND, **choices):
    return recipes.made(edition, f"jobs.{name}", Choice(area_code, choices=tuple(choices.items())))


def answer_of(edition, area_code=SCOTLAND):
    return " ".join(said.text for said in made(edition, "answer", area_code))


def column_of(figure, heading):
    """Numbers of one column of its CSV, in the order of its rows."""
    return [line[heading] for line in csv.DictReader(io.StringIO(csv_bytes(figure).decode("utf-8-sig")))]


@pytest.mark.parametrize("name", OF_AREAS)
@pytest.mark.parametrize("area", [SCOTLAND, by_hand.AREAS[0]])
def test_each_part_is_a_figure_of_its_area_that_its_link_opens(twelve, name, area):
    figures = made(twelve, name, area)
    assert figures and all(isinstance(figure, Figure) and figure.is_synthetic for figure in figures)
    part = "" if name == "journey" else f"&part={name}"
    assert all(figure.link == f"/jobs?area={area}{part}" for figure in figures)


@pytest.mark.parametrize("name", OF_AREAS)
def test_a_very_small_area_has_no_rate_where_too_few_started(twelve, name):
    for shown in made(twelve, name, by_hand.SMALL):
        if isinstance(shown, Absent):
            assert "too few people" in shown.why
            continue
        for row in shown.table.rows:
            people = row[-1] if shown.table.columns[-1].name == "People who started" else None
            assert people is None or not people.value or people.value >= 30 or all(cell.value is None for cell in row[1:-1])


def test_a_partnership_that_sent_nothing_is_not_zero(twelve):
    answer = answer_of(twelve, by_hand.SILENT)
    assert "sent no return for this edition" in answer and "0%" not in answer
    for name in ("missing", *OF_AREAS):
        assert ["[x]" in shown.why for shown in made(twelve, name, by_hand.SILENT)] == [True]
    assert made(twelve, "missing") == ()


def test_without_returns_every_part_says_so_and_published_dates_and_figures_stay(editions):
    published = editions["published"]
    for name in ("missing", *OF_AREAS, "sources", "support"):
        assert [shown.why[:15] for shown in made(published, name)] == ["No partnership "]
    assert not any(figure.is_synthetic for name in ("timeline", "published") for figure in made(published, name) if isinstance(figure, Figure))
    assert len(made(published, "published")) == 1 and len(made(published, "published", "S12000049")) == 2


def test_no_cohort_too_young_is_in_a_sentence_a_title_or_a_rate(twelve):
    shown, = made(twelve, "cohorts")
    assert not any(year in text for year in NEWEST for text in (answer_of(twelve), shown.title))
    newest = [row for row in shown.table.rows if any(year in row[0].text for year in NEWEST)]
    assert newest and all(row[4].text == "[x] not yet known" and row[4].value is None for row in newest)
    unripe = [row for row in shown.plot.rows if row["shares"][-1] is None]
    assert len(unripe) == len(newest) and all(row["texts"][-1] == "" for row in unripe)


def test_an_empty_newest_quarter_moves_no_headline(twelve, published_extract, tmp_path):
    longer = current(by_hand.add_returns(published_extract, tmp_path / "longer", extra_quarter=True))
    assert answer_of(longer) == answer_of(twelve)


def test_not_recorded_is_its_own_part_and_never_a_failure(twelve):
    journey, = made(twelve, "journey")
    assert "Entered work, 13 weeks not recorded" in [row[0].text for row in journey.table.rows]
    assert "18% have a job and no record" in answer_of(twelve)
    shares = {row["category"]: row["share"] for row in journey.plot.rows}
    assert sum(shares.values()) == pytest.approx(100) and shares["unrecorded"] > 0


def test_the_journey_csv_holds_every_area_of_its_table(edition):
    journey, = made(edition, "journey", "S12000023")
    areas = [column.name for column in journey.table.columns[1:]]
    assert areas == ["Orkney Islands", "Others in family group 1", "Scotland"]
    assert all(float(column_of(journey, area)[-1]) == journey.table.rows[-1][place].value
               for place, area in enumerate(areas, 1))
    assert column_of(journey, "Scotland: lower limit")[0] and len(column_of(journey, "Scotland")) == len(journey.table.rows)


def test_the_support_csv_holds_all_seven_supports(edition):
    support, = made(edition, "support")
    assert len(column_of(support, "With it")) == 7 and all(column_of(support, "Difference, percentage points: lower limit"))
    assert len(support.asked) == 7


def test_the_cohorts_csv_holds_every_rate_and_says_which_are_not_yet_known(edition):
    figure, = made(edition, "cohorts")
    rates = [value for months in (3, 6, 9, 12) for value in column_of(figure, f"Within {months} months")]
    shown = [cell for row in figure.table.rows for cell in row[1:5]]
    assert sum(map(bool, rates)) == sum(cell.value is not None for cell in shown) > 20
    assert "[x] not yet known" in column_of(figure, "Within 12 months: as shown")


def test_each_area_of_the_journey_is_pooled_from_its_own_return(edition):
    alone, = made(edition, "journey", "S12000049")
    scotland, = made(edition, "journey")
    assert [row[-1].text for row in alone.table.rows] == [row[1].text for row in scotland.table.rows]


def test_a_milestone_is_chosen_by_name_and_is_in_the_subtitle_and_the_link(edition):
    for measure, words in (("entered", "Entered work"), ("weeks52", "Recorded in work at 52 weeks")):
        routes, = made(edition, "routes", "S12000049", measure=measure)
        assert routes.subtitle.startswith(words) and f"measure={measure}" in routes.link
    by_default, = made(edition, "sources")
    assert by_default.subtitle.startswith("Recorded in work at 13 weeks") and "Scotland" in by_default.subtitle


def test_published_figures_are_apart_from_those_of_the_returns(twelve):
    here = made(twelve, "published", by_hand.AREAS[0])
    assert [figure.table.caption.startswith("Published outcomes, ") for figure in here] == [True, True]
    assert not any(figure.is_synthetic or "partnership returns" in figure.designation for figure in here)
    assert all("never merged" in " ".join(figure.notes) for figure in here)
    titles = {row[0].text for row in here[0].table.rows}
    assert "Fair Start Scotland: share in work at 13 weeks" in titles
    assert not titles & {row[0].text for figure in made(twelve, "journey") for row in figure.table.rows}


def test_programmes_without_a_date_are_named_and_have_no_row_of_empty_cells(editions):
    timeline, undated = made(editions["published"], "timeline")
    assert timeline.plot is None and re.search(r"the date was found for 3, not for \d", timeline.title)
    rows = {row[0].text: [cell.text for cell in row] for row in timeline.table.rows}
    assert rows["Fair Start Scotland"][2] == "1 Apr 2018 to 31 Mar 2024; folded in 1 Apr 2024"
    assert all(re.search(r"\d{4}", cells[2]) for cells in rows.values())
    assert undated.text.startswith("No date was found for ") and "Employability Fund" in undated.text
    assert not any(name in undated.text for name in rows)
