"""Rows as the views give them, small enough to check by eye."""

import pytest

from dashboard.catalogue import Break
from tests.sample import indicator


@pytest.fixture
def rate():
    return indicator(breaks=(Break("2021", "new <b>weights</b>"),))


def _row(series, year, value, half=2.0, status=None, **more):
    missing = value is None
    return {
        "series": series,
        "area": series,
        "area_code": series,
        "period": str(year),
        "period_label": str(year),
        "frequency": "calendar_year",
        "start_date": f"{year}-01-01",
        "end_date": f"{year}-12-31",
        "value": None if missing else value,
        "lower_ci": None if missing else value - half,
        "upper_ci": None if missing else value + half,
        "obs_status": status,
        "denominator": 100.0,
        **more,
    }


@pytest.fixture
def make_row():
    return _row


@pytest.fixture
def years():
    """One series: a break before 2021 and a hidden figure in 2023."""
    values = {2019: 70.0, 2020: 71.0, 2021: 68.0, 2022: 69.0, 2023: None, 2024: 72.0}
    return [
            _row("Orkney Islands", year, value, status="c" if value is None else None)
            for year, value in values.items()
        ]


@pytest.fixture
def areas():
    """Scotland first, then the alphabet; one clear, one not, one hidden."""
    return [
            _row("Scotland", 2023, 75.0, 1.0) | {"verdict": "none", "compared": ""},
            _row("Aberdeen City", 2023, 85.0) | {"verdict": "better", "compared": "higher than Scotland"},
            _row("Fife", 2023, 74.0) | {"verdict": "none", "compared": "no clear difference from Scotland"},
            _row("Glasgow City", 2023, 60.0) | {"verdict": "worse", "compared": "lower than Scotland"},
            _row("Na h-Eileanan Siar", 2023, None, status="c")
            | {"verdict": "none", "compared": "no figure to compare"},
        ]
