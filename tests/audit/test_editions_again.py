"""A year of one category more, or rounded anew, laid beside the edition before (T6).

Of a lattice of four characteristics: each is solved by itself, and the whole of it is in test_editions.py.
"""

import re

import polars as pl
import pytest

from dashboard.pipeline.disclosure import gate
from dashboard.pipeline.disclosure.audit import release, stacked
from dashboard.pipeline.disclosure.audit.report import AuditReport
from tests.disclosure.small_lattice import small_lattice

from .conftest import KEY

KEPT = ("sex", "carer", "care_experienced", "parent")


@pytest.fixture(scope="module", autouse=True)
def few_tables():
    with small_lattice(KEPT):
        yield


def test_many_recoded_into_one_category_make_nobody_exact(attack_next, early):
    """A tenth of all people move from one answer to another, all known: some counts become narrow, none exact."""
    is_one_of_30 = (pl.col("sex") == "male") & ((pl.col("sex") == "male").cum_sum() <= 30)
    sex = pl.when(is_one_of_30).then(pl.lit("unknown")).otherwise("sex")
    failures, found = attack_next(early.with_columns(sex=sex))
    assert found["exact"] == 0
    assert all("narrower than 3" in failure for failure in failures)
    below_3 = sum(int(number) for number in re.findall(r"T6: (\d+) counts are narrower than 3", " ".join(failures)))
    assert 0 < below_3 < 0.005 * found["counts in"]


def test_a_year_rounded_anew_without_the_ledger_is_caught(published, as_edition, few_changes):
    """What the ledger prevents: another key, three changes, two editions."""
    first, returns, _ = published
    now, report = as_edition(few_changes, "2018-Q4"), AuditReport()
    second = gate.protect(now, KEY[::-1], processes=1)
    stacked.check_editions(report, release.take_in(report, second.protected_count, second.table_family),
                           first.protected_count, now, returns)
    assert any("narrower than 3" in failure for failure in map(str, report.failures))
    assert any("should be held" in failure for failure in map(str, report.failures))
