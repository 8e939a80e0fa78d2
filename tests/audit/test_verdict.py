"""What a failure of the audit means for the build: everything is unsafe, unless it is called a target."""

import pytest

from dashboard import paths
from dashboard.build import pipeline, publish
from dashboard.build.disclosure.audit import AuditReport, audit
from dashboard.build.errors import BuildError

TARGET = "3.00% of counts are below min(2, known total); 0.5% is allowed"


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A build of one published indicator whose audit finds this; what the build said."""
    indicators = tmp_path / "indicators"
    indicators.mkdir()
    for name in ("child_poverty_before_housing_costs.toml", "child_poverty_before_housing_costs.sql"):
        (indicators / name).write_bytes((paths.INDICATORS / name).read_bytes())

    def build(test, what, **kind):
        report, said = AuditReport(), []
        report.fail(test, [what], **kind)
        monkeypatch.setattr(pipeline.audit, "audit", lambda *_, **__: report)
        pipeline.build(pipeline.Inputs(tmp_path / "out", indicators=indicators), said.append)
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


def test_only_shares_of_narrow_counts_are_targets(make_returns, count_small_cube, write_extract):
    """A person alone, rounded up, is exact beside official totals: that is no target."""
    person = make_returns(people=1)
    true = count_small_cube(person)
    found = audit(write_extract(true.cells([block.counts * 5 for block in true.blocks])), person).failures
    exact = [each for each in found if "exact though the known total" in each.what]
    shares = [each for each in found if "of counts are below min(" in each.what]
    assert exact and shares
    assert not any(each.is_target for each in exact) and all(each.is_target for each in shares)
    assert [each for each in found if each.is_target] == shares
