"""What a failure of the audit means for the build: everything is unsafe, unless it is called a target."""

import re

import pytest

from dashboard import paths
from dashboard.pipeline import publish, run
from dashboard.pipeline.disclosure.audit import AuditReport, audit
from dashboard.pipeline.errors import BuildError
from tests.figures_of import copy_figures_of

TARGET = "3.00% of counts are below min(2, known total); 0.5% is allowed"


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A build of one published indicator whose audit finds this; what the build said."""
    indicators = tmp_path / "indicators"
    indicators.mkdir()
    name = "child_poverty_before_housing_costs.toml"
    (indicators / name).write_bytes((paths.INDICATORS / name).read_bytes())
    published = copy_figures_of((name.removesuffix(".toml"),), tmp_path / "published")

    def build(test, what, **kind):
        report, said = AuditReport(), []
        report.fail(test, [what], **kind)
        monkeypatch.setattr(run.audit, "audit", lambda *_, **__: report)
        run.build(run.Inputs(tmp_path / "out", published=published, indicators=indicators), said.append)
        return " ".join(said)
    return build


@pytest.mark.parametrize("test", ["T5", "T5 with official totals", "T6"])
def test_no_wording_lets_an_unsafe_extract_through(build, tmp_path, test):
    with pytest.raises(BuildError, match=f"unsafe.*\n.*{test}: 3.00% of counts are below"):
        build(test, TARGET)
    assert publish.current(tmp_path / "out") is None


def test_a_target_missed_is_said_aloud_and_published(build, tmp_path):
    assert f"audit: T5 with official totals: {TARGET}" in build("T5 with official totals", TARGET, is_target=True)
    assert publish.current(tmp_path / "out")


def test_many_failures_of_one_kind_keep_it(capsys):
    report = AuditReport()
    report.fail("T1", [str(number) for number in range(9)])
    assert len(report.failures) == 6 and not any(each.is_target for each in report.failures)
    report.fail("T5", ["narrow"], is_target=True)
    assert [each.is_target for each in report.failures] == [False] * 6 + [True]
    assert not report.passed
    report.show()
    shown = capsys.readouterr().out
    assert "FAILED T1: ... and 4 more like these" in shown and "FAILED T5: narrow" in shown


TARGETS = "of counts are below min|of a sample of the smallest|further than 4 from|mean signed error|a Scotland total is"


def test_a_person_made_exact_is_no_target_and_shares_of_counts_are(make_returns, count_small_cube, write_extract):
    """A person alone, rounded up, is exact beside official totals."""
    person = make_returns(people=1)
    true = count_small_cube(person)
    found = audit(write_extract(true.cells([block.counts * 5 for block in true.blocks])), person).failures
    assert any("exact though the known total" in each.what for each in found)
    assert [each for each in found if each.is_target] == [each for each in found if re.search(TARGETS, each.what)] != []


def test_counts_far_from_the_truth_are_a_target_only_within_the_declared_bound(returns, count_small_cube,
                                                                                write_extract):
    true = count_small_cube(returns)
    up = [(block.counts + 9) // 5 * 5 for block in true.blocks]
    far = [each for each in audit(write_extract(true.cells(up), deviation=9), returns).failures if each.test == "T9"]
    assert any("further than 4" in each.what and each.is_target for each in far)
    assert any("beyond the declared bound" in each.what and not each.is_target for each in far)
    assert all(each.is_target == bool(re.search(TARGETS, each.what)) for each in far if "more like" not in each.what)
