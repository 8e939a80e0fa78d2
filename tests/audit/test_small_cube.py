"""The attacker clears a cube rounded together and breaks the usual ways of protecting small counts (T7)."""

import numpy as np
import pytest

from dashboard.build.disclosure.audit import audit


def test_a_cube_rounded_together_passes(protected, write_extract, returns):
    report = audit(write_extract(protected), returns=returns, full=True)
    unexpected = [each for each in report.failures if "official totals" not in each]
    assert not unexpected
    assert min(row.width for row in report.table) == 4
    assert min(row.linear_width for row in report.table) == 4
    assert sum(row.linear_cells for row in report.table) > 300
    assert not sum(row.exact + row.linear_exact + row.differences for row in report.table)
