"""An edition and its answers: read-only, of one file, closed when nobody holds them; what is made twice is made once."""

import shutil
import threading
import time
from datetime import date, datetime
from decimal import Decimal
from functools import partial

import numpy as np
import pandas as pd
import pytest

from dashboard import paths
from dashboard.figure import plain
from dashboard.read.edition import OF_EVERYONE, Kept, current, older, open_edition
from dashboard.read.extract import ExtractError
from dashboard.read.recorded import with_range


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


def test_an_answer_cannot_be_changed_by_who_reads_it(edition):
    row = edition.ask("areas").rows[0]
    with pytest.raises(TypeError):
        row["name"] = "Elsewhere"
    assert (row | {"name": "Elsewhere"})["name"] == "Elsewhere" and edition.ask("areas").rows[0]["name"] == "Scotland"


def test_the_same_question_is_asked_once(edition):
    assert edition.ask("latest", area_code="S92000003", indicators=["employment_rate_16_64"]) is edition.ask(
        "latest", area_code="S92000003", indicators=("employment_rate_16_64",))


def test_rows_are_plain_data(edition):
    kinds = {type(value) for row in edition.ask("latest", area_code="S92000003", indicators=None).rows for value in row.values()}
    assert kinds <= {str, int, float, bool, type(None)}


def test_what_is_plain_and_what_is_not():
    assert plain(float("nan")) is None and plain(pd.NaT) is None and plain(np.float64("nan")) is None
    assert plain({"a": [np.int64(3), Decimal("1.5"), date(2026, 6, 30), datetime(2026, 6, 30)]}) == {
        "a": (3, 1.5, "2026-06-30", "2026-06-30")}
    assert plain(datetime(2026, 6, 30, 9, 30)) == "2026-06-30T09:30:00"
    with pytest.raises(TypeError, match="object is not plain data"):
        plain(object())


def test_the_pointer_decides_which_edition_is_current_and_earlier_ones_stay(tmp_path, edition):
    name = f"outcomes-{edition.extract_id}.duckdb"
    shutil.copy(paths.DATA / "extract" / name, tmp_path / name)
    (tmp_path / "current").write_text(name, encoding="utf-8")
    held = current(tmp_path)
    assert older(tmp_path, edition.extract_id) is held and held.area_name("S92000003") == "Scotland"
    for wrong in ("000000000000", "../current", ""):
        with pytest.raises(ExtractError, match="no longer held"):
            older(tmp_path, wrong)


def test_an_edition_that_a_run_holds_answers_until_it_lets_go(tmp_path, edition):
    name = f"outcomes-{edition.extract_id}.duckdb"
    shutil.copy(paths.DATA / "extract" / name, tmp_path / name)
    held = open_edition(tmp_path / name)
    (tmp_path / name).unlink()
    assert len(held.ask("areas").rows) == 33


def test_a_thing_that_many_ask_for_at_once_is_made_once():
    kept, made = Kept(10), []

    def make():
        made.append(True)
        time.sleep(0.05)
        return "thing"

    threads = [threading.Thread(target=kept.get, args=("key", make)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_a_store_is_bounded_by_the_size_of_what_it_holds():
    kept, made = Kept(10, len), []

    def ask(key):
        return kept.get(key, lambda: made.append(key) or key * 4)

    for key in "abacab":
        ask(key)        # four letters each: two fit
    assert made == ["a", "b", "c", "b"]


def test_what_is_old_is_let_go_of_and_gives_its_room_back():
    kept = Kept(10, len)
    for key in ("a1", "b1", "b2"):
        kept.get(key, lambda: "four")
    kept.drop(lambda key: key.startswith("b"))
    assert kept.get("a1", lambda: "made again") == "made again", "the third was one too many for the first to stay"
    assert kept.get("b2", lambda: "") == "" and kept.get("a1", lambda: "x") == "made again"


def test_what_cannot_be_made_is_tried_again():
    kept = Kept(10)
    with pytest.raises(ZeroDivisionError):
        kept.get("key", lambda: 1 / 0)
    assert kept.get("key", lambda: 1) == 1


@pytest.mark.parametrize("view", ["latest", "spine"])
@pytest.mark.parametrize("area_code", ["S92000003", "S12000023", "S12000049"])
def test_an_area_taken_from_all_has_the_rows_that_the_view_gives_it_alone(edition, view, area_code):
    alone = [plain(row) for row in edition.extract.rows(view, {"area_code": area_code, "indicators": None})]
    taken = edition.ask(view, area_code=area_code, indicators=None).rows
    assert alone and [{name: row[name] for name in alone[0]} for row in taken] == alone
    one = str(alone[0]["indicator_id"])
    assert [row["indicator_id"] for row in edition.ask(view, area_code=area_code, indicators=[one]).rows] == [one]


ORKNEY_AND_SCOTLAND = ["S12000023", "S92000003"]


@pytest.mark.parametrize(("view", "asked"), [
    ("changes", {"area_code": "S12000049"}), ("changes", {"area_code": "S92000003"}),
    ("groups", {"area_code": "S12000017"}), ("context_notes", {"area_code": "S12000047"}), ("experience_counts", {"areas": ORKNEY_AND_SCOTLAND}),
    ("progress_counts", {"areas": ["S12000023"]}), ("spend_by_year", {"areas": ORKNEY_AND_SCOTLAND}),
    ("families_held", {"years": ["2024-25"], "areas": ORKNEY_AND_SCOTLAND}),
    ("urban_rural", {"indicator_id": "in_work_at_13_weeks", "area_code": "S12000047"}),
    ("urban_rural", {"indicator_id": "entered_work", "area_code": "S12000023"}),
    ("urban_rural", {"indicator_id": "entered_work", "area_code": "S92000003"}),
    *(("counts", {"family": family, "areas": areas}) for family in OF_EVERYONE for areas in (
        ["S12000023"], ["S12000023", "S12000027", "S12000013"], ["S92000003"], [], ["nowhere"]))])
def test_areas_taken_from_all_have_the_rows_that_any_view_gives_them_alone(edition, view, asked):
    recorded = partial(edition.ask, "recorded")
    alone = [plain(row) for row in with_range(edition.extract.rows(view, asked), lambda by: recorded(characteristic=by).rows)]
    assert list(edition.ask(view, **asked).rows) == alone


@pytest.mark.parametrize("characteristic", ["sex", "ethnicity_group", "religion", "urban_rural_2", "urban_rural_6", "disabled",
                                            "condition_type_mental_health", "nothing"])
def test_shares_taken_from_all_have_the_rows_that_the_view_gives_them_alone(edition, characteristic):
    for areas in ([*edition.areas], ["S12000023", "S92000003"], ["S12000047"], []):
        asked = {"characteristic": characteristic, "areas": areas}
        alone = [plain(row) for row in edition.extract.rows("population_shares", asked)]
        taken = edition.ask("population_shares", **asked).rows
        assert [row | {"share_of": characteristic} for row in taken] == alone and not any("share_of" in row for row in taken)


def test_a_share_is_of_a_groups_own_characteristic_of_a_coarser_one_or_of_itself(edition):
    def shares(characteristic):
        rows = edition.ask("population_shares", characteristic=characteristic, areas=["S92000003"]).rows
        return {row["category"]: (row["value"], row["is_derived"]) for row in rows if "census" in row["indicator_id"]}

    assert {name: is_derived for name, (_, is_derived) in shares("sex").items()} == {"female": False, "male": False}
    six = {name: value for name, (value, _) in shares("urban_rural_6").items()}
    assert shares("urban_rural_2") == {"rural": (round(six["5"] + six["6"], 2), True),
                                       "urban": (round(sum(six[name] for name in "1234"), 2), True)}
    ethnicity = {name: value for name, (value, _) in shares("ethnicity").items()}
    white = round(ethnicity["white_scottish_british_irish"] + ethnicity["white_minority"], 2)
    assert shares("ethnicity_group") == {"white": (white, True), "minority_ethnic": (ethnicity["minority_ethnic_total"], True)}
    assert shares("condition_type_mental_health") == {"yes": (shares("condition_type")["mental_health"][0], True)}
    assert "none" in shares("religion") and "no_religion" not in shares("religion") and not shares("nothing")


@pytest.mark.parametrize("frequency", [None, "financial_year", "quarter"])
@pytest.mark.parametrize("areas", [["S12000049", "S92000003"], ["S12000023"]])
@pytest.mark.parametrize("indicator_id", ["entered_work", "claimant_count_share", "employment_rate_16_64"])
def test_areas_taken_from_all_have_the_rows_over_time_that_the_view_gives_them_alone(edition, indicator_id, areas, frequency):
    asked = {"indicator_id": indicator_id, "areas": areas, "programme": None, "characteristic": "all", "category": None,
             "frequency": frequency}
    alone = [plain(row) for row in edition.extract.rows("trend", asked)]
    taken = edition.ask("trend", **asked).rows
    assert [{name: row[name] for name in alone[0]} for row in taken] == alone if alone else taken == ()
