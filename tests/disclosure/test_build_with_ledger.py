"""Editions through the build: what is remembered, held and marked, and what a build cut short leaves."""

import stat
from functools import partial

import polars as pl
import pytest
from click.testing import CliRunner

from dashboard import paths
from dashboard.cli import main
from dashboard.pipeline import publish, run
from dashboard.pipeline.disclosure import editions, gate
from dashboard.pipeline.disclosure.audit import AuditReport
from dashboard.pipeline.disclosure.audit.report import Failure
from dashboard.pipeline.errors import BuildError

INDICATORS = ("participants", "disabled_participants", "entered_work", "job_not_recorded", "started_within_4_weeks",
              "cost_per_start")
SPEND = {"S12000036": 315000.10, "S12000005": 40000.20}


@pytest.fixture(scope="module")
def people(draw_people):
    """Everyone on the programme that SPEND pays for: a cost is of people and money that match."""
    return draw_people(300, seed=5, days=220).with_columns(programme=pl.lit("nolb"))


@pytest.fixture(scope="module")
def recoded(people):
    """Thirty people of one partnership turn out to be of unknown sex: too many to hold the year."""
    mine = (pl.col("area_code") == "S12000036") & (pl.col("sex") == "female")
    found = people.with_columns(sex=pl.when(mine & (mine.cum_sum() <= 30)).then(pl.lit("unknown")).otherwise("sex"))
    assert (found["sex"] != people["sex"]).sum() == 30
    return found


@pytest.fixture(scope="module")
def attacked():
    """(the edition before, what the ledger knows of it) as each build gave them to the attack."""
    return []


@pytest.fixture(scope="module", autouse=True)
def small_build(few_tables, attacked):
    """In one process, of few tables, and not attacked: that is tested under tests/audit; here what the build does around it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.audit, "audit",
                      lambda path, returns, key, previous, was, apart: attacked.append((previous, was)) or AuditReport())
        patch.setattr(run.gate, "protect", partial(gate.protect, processes=1))
        yield


@pytest.fixture(scope="module")
def desk(tmp_path_factory, open_desk):
    return open_desk(tmp_path_factory.mktemp("desk"), INDICATORS, SPEND)


@pytest.fixture(scope="module")
def first(desk, people):
    return desk.build(people, "2018-Q4")


@pytest.fixture(scope="module")
def second(desk, first, recoded, attacked):
    """The next edition, killed once after it was published and before the ledger was put in place."""
    before = desk.ledger.read_bytes()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(editions, "finish", lambda path: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            desk.build(recoded, "2019-Q1")
    assert desk.ledger.read_bytes() == before
    killed = publish.current(desk.out).stem.removeprefix("outcomes-")
    return killed, desk.build(recoded, "2019-Q1"), attacked[-1]


def test_the_ledger_is_written_for_its_owner_alone(desk, first):
    assert stat.S_IMODE(desk.ledger.stat().st_mode) == 0o600
    assert sorted(path.name for path in desk.ledger.parent.iterdir()) == ["key", "ledger"]


def test_a_build_killed_before_its_ledger_was_in_place_is_built_again_alike(desk, second):
    killed, again, _ = second
    assert killed == again
    assert any("unchanged" in line for line in desk.said)
    assert sorted(path.name for path in desk.ledger.parent.iterdir()) == ["key", "ledger"]


def test_every_figure_whose_counts_differ_is_marked_revised_and_no_other(desk, first, second):
    query = ("select indicator_id, area_code, period, programme, characteristic, category, numerator, denominator, "
             "obs_status from observation")
    figure = ["indicator_id", "area_code", "period", "programme", "characteristic", "category"]
    both = desk.rows(second[1], query).join(desk.rows(first, query), on=figure, suffix="_before", validate="1:1")
    differs = both.select(~pl.col("numerator").eq_missing(pl.col("numerator_before"))
                          | ~pl.col("denominator").eq_missing(pl.col("denominator_before"))).to_series()
    marks = both["obs_status"].fill_null("")
    alone = marks.is_in(["c", "x", "z"])
    revised = marks.str.split(" ").list.contains("r")
    assert (revised == (differs & ~alone)).all()
    assert 5 < revised.sum() < len(both) / 2
    assert set(marks.filter(revised)) <= {"r", "u r", "low r"}


def test_every_changed_figure_is_told_once_in_the_right_class_and_no_other(desk, first, second):
    """Replay of two editions: `change` is what their figures differ by, published and made from returns alike."""
    figure = ["indicator_id", "area_code", "period", "programme", "characteristic", "category"]
    query = f"select {', '.join(figure)}, value from observation where value is not null"
    then, now = desk.rows(first, query), desk.rows(second[1], query)
    both = now.join(then, on=figure, how="full", suffix="_before", coalesce=True, nulls_equal=True)
    differs = both.filter(~pl.col("value").eq_missing(pl.col("value_before"))).with_columns(
        kind=pl.when(pl.col("value_before").is_null()).then(pl.lit("new"))
        .when(pl.col("value").is_null()).then(pl.lit("scope")).otherwise(pl.lit("revised")))
    told = desk.rows(second[1], f"select {', '.join(figure)}, after as value, before as value_before, kind from change")
    assert told.unique(figure).height == told.height > 5
    assert told.sort(figure).equals(differs.select(told.columns).sort(figure))
    assert desk.rows(second[1], "select extract_id, edition from previous_release").rows() == [(first, "2018-Q4")]
    assert desk.rows(first, "from previous_release").is_empty()


REVISED = "select indicator_id, area_code, period from observation where obs_status like '%r' order by all"


def test_a_spend_revised_alone_is_marked_and_nothing_else(desk, second, recoded, tmp_path):
    """The people stay as they were; Scotland's cost is of the same money."""
    later = desk.copy(tmp_path / "desk")
    third = later.build(recoded, "2019-Q2", spend=SPEND | {"S12000036": 315000.11})
    assert later.rows(third, REVISED).rows() == [("cost_per_start", "S12000036", "2018-19"),
                                                 ("cost_per_start", "S92000003", "2018-19")]
    assert not [line for line in later.said if "spend" in line]
    same = later.build(recoded, "2019-Q3", spend=SPEND | {"S12000036": 315000.11})
    assert not later.rows(same, REVISED).height


def test_a_spend_that_cannot_be_compared_is_said(desk, second, recoded, tmp_path):
    later = desk.copy(tmp_path / "desk")
    (later.out / f"outcomes-{second[1]}.duckdb").unlink()
    third = later.build(recoded, "2019-Q2", spend=SPEND | {"S12000036": 1})
    assert not later.rows(third, REVISED).height
    assert any("the extract of 2019-Q1 is not in" in line and "not marked" in line for line in later.said)


def test_a_first_edition_has_no_revised_figure(desk, first):
    assert not desk.rows(first, "select 1 from observation where obs_status like '%r'").height


def test_a_build_whose_audit_fails_leaves_the_ledger_as_it_was(desk, second, recoded):
    before, serving = desk.ledger.read_bytes(), publish.current(desk.out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.audit, "audit", lambda *_, **__: AuditReport(failures=[Failure("T1", "no")]))
        with pytest.raises(BuildError, match="unsafe"):
            desk.build(recoded.slice(2), "2019-Q2")
    assert desk.ledger.read_bytes() == before and publish.current(desk.out) == serving
    assert sorted(path.name for path in desk.ledger.parent.iterdir()) == ["key", "ledger"]


def test_the_audit_stacks_the_edition_before_and_never_the_same_edition(desk, first, second):
    """The extract of the same edition, published before it was killed, is in the folder too."""
    previous, was = second[2]
    assert previous.stem == f"outcomes-{first}"
    published = desk.rows(second[1], "select * from protected_count")
    assert was.columns == [*published.columns, "true_count"]
    assert was.sort(pl.all()).drop("true_count").equals(published.sort(pl.all()))
    assert (was["true_count"] != was["count"]).any()


def test_neither_the_key_nor_the_ledger_is_in_the_extract(desk, second, key):
    ledger = desk.ledger.read_bytes()
    for path in desk.out.iterdir():
        held = path.read_bytes()
        assert key not in held and key.hex().encode() not in held
        assert ledger[:200] not in held and str(desk.ledger).encode() not in held
    assert not [line for line in desk.said if str(desk.ledger) in line]


def test_real_returns_without_a_ledger_are_warned_that_nothing_is_held(desk, second, people, monkeypatch):
    monkeypatch.setattr(run.gate, "protect", lambda *_: (_ for _ in ()).throw(BuildError("stop here")))
    for is_synthetic, warned in ((False, True), (True, False)):
        with pytest.raises(BuildError, match="stop here"):
            desk.build(people, "2019-Q3", ledger=False, is_synthetic=is_synthetic)
        assert any("no --ledger" in line for line in desk.said) is warned


@pytest.mark.parametrize(("place", "expected"), [
    (lambda desk: desk.out / "ledger", "outside the project and the extract"),
    (lambda desk: paths.ROOT / "ledger", "outside the project and the extract"),
    (lambda desk: desk.folder, "must be a file in a folder that can be written to"),
    (lambda desk: desk.folder / "nowhere" / "ledger", "must be a file in a folder that can be written to"),
], ids=["in the extract's folder", "in the project", "a folder", "no such folder"])
def test_a_ledger_in_the_wrong_place_stops_the_build_before_any_work(desk, place, expected):
    with pytest.raises(BuildError, match=expected):
        run.build(run.Inputs(desk.out, desk.folder, ledger=place(desk)))


def test_a_ledger_without_returns_is_refused(tmp_path):
    with pytest.raises(BuildError, match="--ledger needs --returns"):
        run.build(run.Inputs(tmp_path / "out", ledger=tmp_path / "ledger"))


def test_a_damaged_ledger_is_one_plain_message(desk, people, write_folder, tmp_path):
    """On the command line: exit 2, no traceback, and nothing written."""
    (tmp_path / "ledger").write_bytes(b"not a ledger")
    CliRunner().invoke(main, ["key", "--out", str(tmp_path / "key")])
    returns = write_folder(tmp_path / "returns", people, None, "2018-Q4")
    done = CliRunner().invoke(main, ["build", "--returns", str(returns), "--key-file", str(tmp_path / "key"),
                                     "--ledger", str(tmp_path / "ledger"), "--out", str(tmp_path / "out")])
    assert done.exit_code == 2 and "not a ledger that can be read" in done.stderr
    assert "Traceback" not in done.output and not (tmp_path / "out").exists()
    assert (tmp_path / "ledger").read_bytes() == b"not a ledger"
