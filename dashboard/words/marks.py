"""The marks used beside or instead of a figure, and what each means."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dashboard.catalogue import Indicator
from dashboard.figure import Figure
from dashboard.methods.missing import is_missing

MARKS = {
    "c": "confidential: too few people to show",
    "low": "fewer than 5, may be none",
    "x": "not available",
    "z": "not applicable",
    "u": "low reliability: read with care",
    "p": "provisional: may change",
    "r": "revised since first published",
    "b": "break: not comparable with earlier figures",
}

FEWER_THAN_5 = "fewer than 5"  # of protected counts: none is never told from a few

ALONE = ("c", "x", "z")  # marks that stand in place of a value

SYNTHETIC_NOTICE = "Demonstration data: made up, not about real people or real performance."


def notice_of(figure: Figure) -> str:
    """What must be said of a figure wherever it goes: that it is restricted, that it is made up; '' of any other."""
    return " ".join(filter(None, (restricted_notice(figure.restricted), made_up_notice(figure))))


def made_up_notice(figure: Figure) -> str:
    """What must be said of a figure that is made up; '' of any other."""
    return SYNTHETIC_NOTICE if figure.is_synthetic else ""


def restricted_notice(until: str) -> str:
    """'Restricted statistics until 9.30am on 3 December 2026.' of an hour in UTC; '' of none."""
    return f"Restricted statistics until {clock_time(until)}." if until else ""


def in_scotland(when: datetime) -> datetime:
    """The same moment as clocks in Scotland show it; one without a zone is in UTC."""
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(ZoneInfo("Europe/London"))


def clock_time(when: str) -> str:
    """'9.30am on 3 December 2026' of an hour in UTC, as clocks in Scotland show it."""
    local = in_scotland(datetime.fromisoformat(when))
    minutes = f".{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'} on {local.day} {local:%B %Y}"


@lru_cache(maxsize=200)
def marks_of(obs_status: object) -> tuple[str, ...]:
    """The marks in an obs_status such as 'p r', in the order of MARKS."""
    given = set() if is_missing(obs_status) else set(str(obs_status).split())
    return tuple(mark for mark in MARKS if mark in given)


def marks_text(obs_status: object) -> str:
    """'[p] [r]', or an empty string."""
    return " ".join(f"[{mark}]" for mark in marks_of(obs_status))

FEW_FOR_A_COST = "too few people for a reliable figure"
FEW_FOR_A_SHARE = "too few people for a share"


def why_unreliable(row: Mapping[str, object]) -> str:
    """Why a figure is marked [u]: of a return, few people; of a published figure its source or its check says."""
    return "few people" if row.get("data_class") == "returns" else "low reliability"


def legend(rows: Iterable[Mapping[str, object]], catalogue: Mapping[str, Indicator]) -> tuple[tuple[str, str], ...]:
    """(mark, meaning) of the marks that occur in the rows, in the order of MARKS.

    Not everything marked [c] hides somebody: of a cost its spend and its people are shown, of some shares both counts.
    """
    rows = list(rows)
    words = dict(marks_in_use(row.get("obs_status") for row in rows))
    hidden = [row for row in rows if "c" in marks_of(row.get("obs_status"))] if "c" in words else []
    for shown, of, why in ((is_cost, "of a cost", FEW_FOR_A_COST), (_has_counts, "beside counts", FEW_FOR_A_SHARE)):
        found = [shown(row, catalogue) for row in hidden]
        if any(found):
            words["c"] = why if all(found) else f"{words['c']}; {of}, {why}"
    return tuple(words.items())


def legend_text(marks: Iterable[tuple[str, str]]) -> str:
    """'[c] confidential: too few people to show · [p] provisional: may change'."""
    return " · ".join(f"[{mark}] {meaning}" for mark, meaning in marks)


def meaning(mark: str, indicator: Indicator) -> str:
    """What a mark means beside this indicator."""
    return FEW_FOR_A_COST if mark == "c" and indicator.has_rounding_limits else MARKS[mark]


def is_cost(row: Mapping[str, object], catalogue: Mapping[str, Indicator]) -> bool:
    """True of a ratio of spend to people, whose limits are of rounding only."""
    indicator = catalogue.get(str(row.get("indicator_id")))
    return indicator is not None and indicator.has_rounding_limits


def _has_counts(row: Mapping[str, object], _: Mapping[str, Indicator]) -> bool:
    """True where both counts of a hidden share are shown."""
    return not is_missing(row.get("numerator")) and not is_missing(row.get("denominator"))


def marks_in_use(statuses: Iterable[object]) -> list[tuple[str, str]]:
    """(mark, meaning) of every mark that occurs, in the order of MARKS."""
    used = {mark for status in set(statuses) for mark in marks_of(status)}
    return [(mark, meaning) for mark, meaning in MARKS.items() if mark in used]
