"""Working days are those from Monday to Friday that are no bank holiday."""

from datetime import date

import pytest

from dashboard.methods import working_days
from dashboard.read.bank_holidays import HolidayError, bank_holidays

CHRISTMAS = {date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 4)}


@pytest.mark.parametrize(("day", "count", "due"), [
    (date(2026, 11, 2), 1, date(2026, 11, 3)), (date(2026, 11, 6), 1, date(2026, 11, 9)), (date(2026, 11, 7), 1, date(2026, 11, 9)),
    (date(2026, 11, 2), 10, date(2026, 11, 16)), (date(2026, 12, 18), 10, date(2027, 1, 7))])
def test_the_day_after_so_many_working_days(day, count, due):
    assert working_days.after(day, count, CHRISTMAS) == due
    assert working_days.between(day, due, CHRISTMAS) == count


def test_no_working_day_leads_nowhere():
    with pytest.raises(ValueError, match="at least 1"):
        working_days.after(date(2026, 11, 2), 0, ())
    assert working_days.between(date(2026, 11, 3), date(2026, 11, 2), ()) == 0


def test_the_list_holds_what_the_law_names_each_year_and_no_weekend():
    held = bank_holidays()
    assert all(day.weekday() < working_days.SATURDAY for day in held)
    for year in {day.year for day in held}:
        names = [name.split(" (")[0] for day, name in held.items() if day.year == year]
        assert {"New Year's Day", "2nd January", "Good Friday", "Early May bank holiday", "Spring bank holiday", "Summer bank holiday",
                "St Andrew's Day", "Christmas Day", "Boxing Day"} <= set(names) and len(names) == len(set(names)), year
        mondays = {name: (day.month, (day.day - 1) // 7) for day, name in held.items() if day.year == year and name.endswith("bank holiday")}
        assert mondays["Early May bank holiday"] == (5, 0) and mondays["Summer bank holiday"] == (8, 0)
        assert mondays["Spring bank holiday"][0] == 5 and mondays["Spring bank holiday"][1] >= 3


@pytest.mark.parametrize(("text", "message"), [
    ("day,name\n", "columns must be"), ("date,name,made_by\n30/11/2026,A,schedule 1\n", "row 2: 'date' is '30/11/2026'"),
    ("date,name,made_by\n2026-11-30,A,custom\n", "row 2: 'made_by' is 'custom'"),
    ("date,name,made_by\n2026-11-30,A,schedule 1\n2026-11-30,B,schedule 1\n", "row 3: 'date' is 2026-11-30, not after")])
def test_a_slip_in_the_list_is_named(text, message, tmp_path):
    file = tmp_path / "bank_holidays.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(HolidayError, match=message):
        bank_holidays(file)
