"""An attacker who also has exact official totals of every partnership and year (starts, work, 52 weeks)."""

import numpy as np
import pytest

from dashboard.pipeline.disclosure.audit import attack, audit, insider, relations
from dashboard.pipeline.disclosure.audit.families import NODES


@pytest.fixture(scope="module")
def one_person(make_returns):
    return make_returns(people=1)


def of_totals(report):
    return [failure for failure in map(str, report.failures) if "official totals" in failure]


def test_a_lone_person_rounded_up_is_found(one_person, count_small_cube, write_extract):
    """Published 5 beside a known total of 1: the person's category is certain."""
    true = count_small_cube(one_person)
    up = write_extract(true.cells([block.counts * 5 for block in true.blocks]))
    assert any("exact though the known total is above 0" in each for each in of_totals(audit(up, one_person)))


def test_a_lone_person_rounded_down_is_not(one_person, count_small_cube, write_extract):
    true = count_small_cube(one_person)
    down = write_extract(true.cells([block.counts * 0 for block in true.blocks]))
    report = audit(down, one_person)
    assert not of_totals(report)
    assert any(row.known_cells and not row.known_exact for row in report.table)


def test_the_attack_never_misses_the_truth(small_cube, rounded_values, returns):
    """Every range the attacker ends with holds the true count: it narrows, it does not guess."""
    blocks = [block.__class__(block.family, block.quarterly, block.labels, values)
              for block, values in zip(small_cube.blocks, rounded_values, strict=True)]
    model = relations.build_model(blocks)
    true, lost = insider.true_counts(model, returns)
    ranges = attack.attack_with_totals(model, true)
    assert not lost and (true >= 0).sum() > 1000
    held = true >= 0
    assert ((ranges.lower <= true) & (true <= ranges.upper))[held].all()
    alone = attack.attack_release(model, np.full(len(true), 4))
    assert (ranges.width[held] < alone.width[held]).sum() > 100


def test_known_totals_are_the_smallest_around_a_count(small_cube, returns):
    model = relations.build_model(list(small_cube.blocks))
    true, _ = insider.true_counts(model, returns)
    known = attack.known_totals(model, true)
    root = model.pick("M", area_code="S12000036", period="2024-25")
    cells = model.pick("B_sex", "category", area_code="S12000036", period="2024-25")
    total = {node: true[root[NODES.index(node)]] for node in NODES}
    assert (known[cells[:, NODES.index("job_13")]] == total["job"] - total["job_52"]).all()
    assert (known[cells[:, NODES.index("sustained_13")]] == total["job"]).all()
    assert (known[cells[:, NODES.index("in_support")]] == total["no_job"]).all()
    assert (known[cells[:, NODES.index("starts")]] == total["starts"]).all()
    assert (known[root] == -1).all()


def test_a_count_beyond_its_declared_bound_is_found(small_cube, rounded_values, write_extract, returns):
    moved = write_extract(small_cube.cells([values + 5 * (values > 0) for values in rounded_values]))
    assert any("beyond the declared bound" in failure for failure in map(str, audit(moved, returns).failures))
