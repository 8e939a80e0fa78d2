"""The attacker's own count of the truth, against the contract and against the gate's."""

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import polars as pl
import pytest

from dashboard.pipeline.disclosure import lattice
from dashboard.pipeline.disclosure.audit import cube, relations, truth

CUT_OFF = dt.date(2026, 6, 30)
JOB = dt.date(2025, 1, 1)
LATE = dt.date(2026, 6, 1)


@pytest.mark.parametrize("answers, employment, other, state", [
    ((None, None, None, "in_employment"), JOB, {}, "job_52"),
    ((None, "not_in_employment", "in_employment", None), JOB, {}, "job_26"),
    ((None, "in_employment", "not_in_employment", "not_in_employment"), JOB, {}, "job_13"),
    ((None, "not_in_employment", None, None), JOB, {}, "job_ended_13"),
    ((None, None, None, None), LATE, {}, "job_not_due"),
    ((None, "unknown", None, None), LATE, {}, "job_not_recorded"),
    ((None, None, None, None), JOB, {}, "job_not_recorded"),
    ((None, None, None, None), dt.date(2026, 3, 31), {}, "job_not_recorded"),    # due on the cut-off itself
    ((None, None, None, None), dt.date(2026, 4, 1), {}, "job_not_due"),
    ((None, "not_in_employment", None, None), None, {"training_date": JOB}, "other_positive"),
    ((None, None, None, None), None, {"support_end_date": JOB}, "left_no_outcome"),
    ((None, None, None, None), None, {}, "in_support"),
])
def test_states_follow_the_contract(returns, answers, employment, other, state):
    weeks = (4, 13, 26, 52)
    person = returns.participants.head(1).with_columns(
        pl.lit(employment, pl.Date).alias("employment_start_date"),
        *[pl.lit(answer, pl.String).alias(f"followup_{week}_weeks")
          for week, answer in zip(weeks, answers, strict=True)],
        *[pl.lit(other.get(name), pl.Date).alias(name)
          for name in ("education_date", "training_date", "support_end_date")])
    people = truth.people_of(SimpleNamespace(**{**vars(returns), "participants": person}))
    assert people["state"].to_list() == [state]


@pytest.mark.parametrize("day, year, quarter", [
    (dt.date(2024, 3, 31), "2023-24", "2023-24 Q4"), (dt.date(2024, 4, 1), "2024-25", "2024-25 Q1"),
    (dt.date(2024, 6, 30), "2024-25", "2024-25 Q1"), (dt.date(2024, 7, 1), "2024-25", "2024-25 Q2"),
    (dt.date(2024, 12, 31), "2024-25", "2024-25 Q3"), (dt.date(1999, 5, 31), "1999-00", "1999-00 Q1"),
])
def test_periods_are_financial(day, year, quarter):
    frame = pl.DataFrame({"start_date": [day]})
    assert frame.select(truth._year("start_date"), q=truth._quarter("start_date")).row(0) == (year, quarter)


def test_it_counts_as_the_gate_does(returns):
    """Two pieces of code by two hands: every family, every cell."""
    empty = {"progress": pl.DataFrame(schema={
        "area_code": pl.String, "participant_id": pl.String, "domain": pl.String, "instrument": pl.String,
        "wave": pl.String, "date": pl.Date, "item": pl.String, "score": pl.Float64}),
        "experience": pl.DataFrame(schema={"area_code": pl.String, "date": pl.Date, "statement": pl.String,
                                           "answer": pl.String})}
    given = SimpleNamespace(**{**vars(returns), **empty})
    counted = pl.concat(lattice.count(given).values())
    blocks, holes = cube.to_blocks(counted)
    fitting, misfits = cube.check_shapes(blocks)
    assert not holes and not misfits and len(fitting) > 120
    arrays, lost = truth.count_truth(given, fitting)
    assert not lost
    for block, array in zip(fitting, arrays, strict=True):
        assert np.array_equal(block.nodes, array), block.family


def test_true_counts_obey_every_sum(small_cube):
    """The sums are facts about people: the truth itself never breaks one."""
    model = relations.build_model(list(small_cube.blocks))
    assert not model.problems
    assert all(count and not wrong for _, count, wrong, _ in model.system.differences())


def test_people_without_a_cell_are_found(returns, small_cube):
    block = small_cube.blocks[0]
    fewer = replace(block, labels=(block.labels[0], ("2023-24",), *block.labels[2:]))
    _, lost = truth.count_truth(returns, [fewer])
    assert lost == [f"{block.family}: 800 people have no cell in the published cube"]


def test_changed_people_are_counted_once_a_person(returns):
    people = returns.participants
    fourth = pl.int_range(pl.len()) == 3
    recoded = people.with_columns(sex=pl.when(fourth).then(pl.lit("unknown")).otherwise("sex"))
    added = people.head(1).with_columns(participant_id=pl.lit("person-new"))
    later = SimpleNamespace(**{**vars(returns), "participants": pl.concat([recoded.slice(1), added])})
    assert truth.changed_people(later, returns) == {"2024-25": 3}
    assert truth.changed_people(returns, returns) == {}
