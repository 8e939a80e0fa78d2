"""Words of job outcomes: no direction that the interval does not show, no figure of a cohort too young."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dashboard.catalogue import load_indicator
from dashboard.figures.jobs import words as job_words
from dashboard.paths import INDICATORS
from dashboard.read import rates
from dashboard.words import differences

RATE = load_indicator(INDICATORS / "entered_work_within_12_months.toml")
DIRECTIONS = re.compile(r"\b(higher|lower|rose|fell|better|worse|improved|declined|more|less)\b")


@st.composite
def made_rates(draw):
    base = draw(st.integers(6, 600)) * 5
    row = rates.rate(draw(st.integers(0, base // 5)) * 5, base, draw(st.integers(1, 6)))
    return row | {"period": "2023-24", "period_label": "2023-24"}


@given(made_rates(), made_rates())
def test_a_direction_needs_an_interval_that_excludes_zero(now, before):
    before = before | {"period": "2022-23", "period_label": "2022-23"}
    gap = differences.difference(now, before, RATE)
    clear = gap is not None and gap.is_clear and (gap.lower > 0 or gap.upper < 0)
    title = job_words.cohort_title([("2022-23", before), ("2023-24", now)], ["2025-26"], RATE).split(";")[0]
    assert clear or not DIRECTIONS.search(title)
    assert bool(job_words.pair_title([("Housing", gap)]).startswith("A clear")) == clear


@given(made_rates())
def test_a_cohort_too_young_is_named_not_yet_known_and_given_no_figure(now):
    title = job_words.cohort_title([("2023-24", now)], ["2024-25", "2025-26"], RATE)
    assert title.endswith("2 newer cohorts are not yet known")
    assert "2024-25" not in title and "2025-26" not in title
