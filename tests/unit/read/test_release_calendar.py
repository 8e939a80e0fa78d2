"""The release calendar: days as announced, the next one first, a slip named."""

from datetime import date

import pytest

from dashboard import paths
from dashboard.components.calendar import when
from dashboard.read.release_calendar import CalendarError, Release, releases

GOOD = ('[[release]]\nedition = "2026-Q4"\nwhat = "Returns"\nmonth = "2027-03"\n'
        '[[release]]\nedition = "2026-Q3"\nwhat = "Returns"\ndate = 2026-12-03\n')


@pytest.fixture
def calendar(tmp_path):
    def write(text):
        (tmp_path / "calendar.toml").write_text(text, encoding="utf-8")
        return releases(tmp_path / "calendar.toml")

    return write


def test_releases_come_in_their_order_with_the_day_or_the_month(calendar):
    first, second = calendar(GOOD)
    assert (first.edition, when(first)) == ("2026-Q3", "9.30am on Thursday 3 December 2026")
    assert (second.edition, when(second)) == ("2026-Q4", "March 2027, the day to be announced")
    assert first.is_to_come(date(2026, 12, 2)) and not first.is_to_come(date(2026, 12, 3))
    assert second.is_to_come(date(2027, 3, 31)) and not second.is_to_come(date(2027, 4, 1))


def test_the_one_that_is_shipped_can_be_read():
    assert all(isinstance(each, Release) for each in releases(paths.REFERENCE / "release_calendar.toml"))


@pytest.mark.parametrize(("text", "said"), [
    ("release = 1", "double brackets"), ("[[release", "cannot be read"),
    (GOOD.replace("month", "date = 2027-01-01\nmonth"), "either date or month"),
    (GOOD.replace("date = 2026-12-03", ""), "number 2 must have"),
    (GOOD.replace("2026-12-03", '"2026-12-03"'), "must be a day without quotation marks"),
    (GOOD.replace("2027-03", "2027-13"), "'month' must be"), (GOOD.replace('"Returns"', '""'), "'what' must be a text")])
def test_a_slip_is_named_with_its_entry(text, said, calendar):
    with pytest.raises(CalendarError, match=said) as raised:
        calendar(text)
    assert "calendar.toml" in str(raised.value)
