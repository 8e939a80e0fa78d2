"""Two editions that must not stand side by side: the second stops, names what it met, and breaks only when safe."""

import hashlib
import json
import os
import stat
from functools import partial

import duckdb
import pytest

from dashboard.pipeline import lock, run
from dashboard.pipeline.disclosure import audit, gate
from dashboard.pipeline.disclosure.audit import AuditReport
from dashboard.pipeline.disclosure.audit.release import take_in
from dashboard.pipeline.errors import BuildError

OTHER_KEY = hashlib.sha512(b"another key for tests").digest()
INDICATORS = ("participants", "entered_work", "child_poverty_before_housing_costs")


@pytest.fixture(scope="module", autouse=True)
def small_build(few_tables):
    """In one process and of few tables; of the audit only what lays two editions side by side (the rest: tests/audit)."""
    def lay_side_by_side(path, returns, key, previous, was, apart):
        report = AuditReport()
        with audit.contents.open_extract(path) as con:
            cells, families = (audit.contents.rows(con, table) for table in ("protected_count", "table_family"))
        for other, its_returns in apart:
            evidence = take_in(AuditReport(), cells, families)
            true = [audit.insider.true_counts(evidence.model, each)[0] for each in (returns, its_returns)]
            audit.stacked.check_apart(report, evidence, audit._counts(other), *true, other.name)
        return report

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.audit, "audit", lay_side_by_side)
        patch.setattr(run.gate, "protect", partial(gate.protect, processes=1))
        yield


@pytest.fixture(scope="module")
def people(draw_people):
    return draw_people(80, seed=7, days=80)


@pytest.fixture(scope="module")
def published(tmp_path_factory, open_desk, people):
    """A real first edition, and its ledger, made where every file is open to all unless it is closed."""
    desk, before = open_desk(tmp_path_factory.mktemp("published"), INDICATORS, {}), os.umask(0)
    desk.first = desk.build(people, "2019-Q1", is_synthetic=False)
    os.umask(before)
    desk.behind = (desk.returns,)
    return desk


@pytest.fixture
def desk(published, tmp_path):
    return published.copy(tmp_path / "desk")


def lose_key(desk):
    desk.key.write_bytes(OTHER_KEY)
    desk.ledger.unlink()


def stops(desk, people, edition="2019-Q2", **options):
    """The message of a build that stops before it solves anything, and leaves everything as it was."""
    folders = (desk.out, desk.ledger.parent)
    before = [{path: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.gate, "protect", lambda *_: pytest.fail("it went on to solve"))
        with pytest.raises(BuildError) as stopped:
            desk.build(people, edition, is_synthetic=False, **options)
    assert before == [{path: path.read_bytes() for path in folder.iterdir()} for folder in folders]
    return str(stopped.value)


def test_the_manifest_vouches_for_the_key_to_who_has_it_alone(published, key):
    text = (published.out / f"outcomes-{published.first}.json").read_text("utf-8")
    assert len(json.loads(text)["key_check"]) == 64 and key.hex() not in text
    ledger = published.ledger.stat()
    assert stat.S_IMODE(ledger.st_mode) == 0o600


def test_a_lost_key_stops_the_next_edition_and_names_the_one_it_met(desk, people):
    lose_key(desk)
    said = stops(desk, people)
    assert f"outcomes-{desk.first}.duckdb (edition 2019-Q1), why = made with another key" in said
    assert "--break" in said


def test_a_lost_ledger_stops_it_too(desk, people):
    desk.ledger.unlink()
    assert f"outcomes-{desk.first}.duckdb (edition 2019-Q1), why = made with this key, but no ledger" in stops(desk, people)


def test_so_does_none(desk, people):
    assert "made with this key, but no ledger is given" in stops(desk, people, ledger=False)


def test_a_mistyped_ledger_is_not_taken_for_a_new_one(desk, people):
    desk.ledger = desk.ledger.with_name("ledgre")
    said = stops(desk, people, new_ledger=False)
    assert f"{desk.ledger}: there is no such file" in said and "--new-ledger" in said


@pytest.fixture(scope="module")
def went_on(published, people, tmp_path_factory):
    """After key and ledger were lost and put back, both files of the copy taken after the first edition: a second one."""
    desk = published.copy(tmp_path_factory.mktemp("went_on") / "desk")
    kept = {path: path.read_bytes() for path in (desk.key, desk.ledger)}
    for path in kept:
        path.unlink()
    for path, content in kept.items():
        path.write_bytes(content)
        path.chmod(0o600)
    desk.second = desk.build(people, "2019-Q2", is_synthetic=False)
    return desk


def test_key_and_ledger_put_back_together_from_their_copy_go_on(went_on):
    """The next edition is built as if nothing had been lost."""
    assert went_on.second != went_on.first and "2018-19: unchanged" in went_on.said
    assert went_on.rows(went_on.second, "select count(*) from change where kind = 'method'").item() == 0


def test_a_ledger_that_is_there_is_not_started_anew(desk, people):
    assert "is there already" in stops(desk, people, new_ledger=True)


def test_an_edition_withdrawn_with_its_ledger_put_back_is_met(published, went_on, people, tmp_path):
    """The ledger goes back to the copy of the edition before; the one withdrawn is still there, or its manifest."""
    desk = went_on.copy(tmp_path / "desk")
    desk.ledger.write_bytes(published.ledger.read_bytes())
    expected = f"outcomes-{desk.second}.duckdb (edition 2019-Q2), why = made with this key, but without the ledger given"
    assert expected in stops(desk, people, "2019-Q3")
    (desk.out / f"outcomes-{desk.second}.duckdb").unlink()
    said = stops(desk, people, "2019-Q3")
    assert expected in said and "only its manifest is left" in said
    assert "must be attacked together with this one, and cannot be read" in stops(desk, people, "2019-Q3", break_reason="the second was wrong")


def test_one_build_at_a_time_uses_a_ledger(desk, people):
    """Two folders, one ledger: the second build is told, and leaves nothing in its own folder."""
    desk.out = desk.folder / "elsewhere"
    with lock.hold(desk.ledger.with_name("ledger.lock"), "the ledger"), \
            pytest.raises(BuildError, match=f"^{desk.ledger}: another build is at work on it .*process {os.getpid()}"):
        desk.build(people, "2019-Q2", is_synthetic=False)
    assert not desk.out.exists() and not desk.ledger.with_name("ledger.lock").exists()


def test_the_folder_of_others_is_left_alone(desk, open_desk, people, tmp_path):
    (tmp_path / "others").mkdir()
    others = open_desk(tmp_path / "others", INDICATORS, {})
    others.key.write_bytes(OTHER_KEY)
    others.out = desk.out
    assert "made with another key" in stops(others, people)


def test_an_edition_without_its_manifest_or_damaged_is_met_as_well(desk, people):
    """Unknown is not known: nothing tells that it is no real edition of another key."""
    lose_key(desk)
    (desk.out / f"outcomes-{desk.first}.json").unlink()
    assert "nothing beside it tells which key" in stops(desk, people)
    (desk.out / f"outcomes-{desk.first}.duckdb").write_bytes(b"not a database")
    said = stops(desk, people)
    assert f"outcomes-{desk.first}.duckdb (edition not known)" in said and "it cannot be read" in said


def test_a_demonstration_edition_in_the_folder_stops_nobody(desk, people):
    """The same file, were it made up: another key and no ledger go on."""
    lose_key(desk)
    with duckdb.connect(str(desk.out / f"outcomes-{desk.first}.duckdb")) as con:
        con.execute("update release set synthetic = true")
    (desk.out / f"outcomes-{desk.first}.json").unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run.gate, "protect", lambda *_: (_ for _ in ()).throw(BuildError("it goes on to solve")))
        with pytest.raises(BuildError, match="it goes on to solve"):
            desk.build(people, "2019-Q2", is_synthetic=False)


def test_a_break_is_refused_where_the_two_together_tell_exact_counts(desk, people, monkeypatch):
    """The edition met is one of the two attacked (what that finds: tests/audit/test_editions.py)."""
    lose_key(desk)
    before = {path: path.read_bytes() for path in desk.out.iterdir()}
    monkeypatch.setattr(audit.stacked, "check_apart", lambda report, *_: report.fail("T6", [f"{_[-1]} tells all"]))
    with pytest.raises(BuildError, match=f"failure = T6: outcomes-{desk.first}.duckdb tells all"):
        desk.build(people, "2019-Q2", is_synthetic=False, break_reason="the key was lost", previous_returns=desk.behind)
    assert before == {path: path.read_bytes() for path in desk.out.iterdir()} and not desk.ledger.exists()


@pytest.mark.parametrize("reason", ["", "   ", "lost", "two\nlines of it", "x" * 301])
def test_a_break_needs_a_reason_the_public_can_read(desk, people, reason):
    lose_key(desk)
    assert "--break needs a reason" in stops(desk, people, break_reason=reason)


def test_a_break_with_nothing_is_refused(desk, people):
    assert "nothing to break with" in stops(desk, people, break_reason="the key was lost")


def test_a_break_needs_the_returns_behind_the_edition_broken_with(desk, people):
    lose_key(desk)
    said = stops(desk, people, break_reason="the key was lost")
    assert "--previous-returns" in said and f"outcomes-{desk.first}.duckdb (edition 2019-Q1)" in said


REASON = "The key was lost in the flood."


@pytest.fixture(scope="module")
def broken(published, people, tmp_path_factory):
    """After the key was lost: an edition that the attack found to tell nothing together with the first."""
    desk = published.copy(tmp_path_factory.mktemp("broken") / "desk")
    lose_key(desk)
    desk.second = desk.build(people, "2019-Q2", is_synthetic=False, break_reason=REASON, previous_returns=desk.behind)
    return desk


def test_a_break_is_written_for_the_public(published, broken):
    words = f"Break with edition 2019-Q1, since 2019-Q2: %Reason: {REASON}"
    count = "select count(*) from indicator where data_class = '{}' and caveats {} like '%{}%'"
    assert broken.rows(broken.second, count.format("returns", "", words)).item() == 2
    assert broken.rows(broken.second, count.format("published", "not", words)).item() == 1
    kinds = "select kind from change join indicator using (indicator_id) where data_class = 'returns'"
    assert set(broken.rows(broken.second, kinds)["kind"]) == {"method"}
    assert "**break** Break with edition 2019-Q1, since 2019-Q2" in (broken.out / "CHANGES.md").read_text("utf-8")
    assert any("laid beside" in line and " 0 exact" in line for line in broken.said), broken.said


def test_the_editions_after_a_break_are_attacked_beside_it_and_carry_it(broken, people, tmp_path):
    later = broken.copy(tmp_path / "desk")
    assert "--previous-returns" in stops(later, people, "2019-Q3")
    third = later.build(people, "2019-Q3", is_synthetic=False, previous_returns=broken.behind)
    assert any("laid beside" in line for line in later.said)
    assert any(line.startswith("Break with edition 2019-Q1") and "attacked together" in line for line in later.said)
    told = later.rows(third, "select caveats from indicator where indicator_id = 'participants'").item()
    assert REASON in told and "since 2019-Q2" in told
    assert later.rows(third, "select count(*) from change where kind = 'method'").item() == 0
