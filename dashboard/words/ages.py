"""How old a figure is, and whether a newer one should exist: the age of what is held, in words.

Every date is ISO text, as in the rows of an edition; `day` is the day on which the age is told. Nothing is said about a
release that is not known. `newest_published` names what is known to be out and is not held; beyond it, only the
publication's rhythm says when another was to be expected.
"""

import calendar
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.words.phrases import plural

OLD_MONTHS = 24     # a headline figure older than this says so
MOST_TOLD = 3       # of more publications than this, a figure leaves their next editions to Data and methods


@dataclass(frozen=True)
class Age:
    """One publication: `months` since its newest figure's period ended, None where none is held or it has no end."""

    title: str
    publisher: str
    newest: str                 # the newest period held, "" for none
    months: int | None
    edition: str
    next_due: date | None       # the day after which the next edition was to be expected; None where not known
    is_due: bool                # that day is past, or a newer edition is known
    state: str                  # in words: newest as far as held, known but not held, or due by its rhythm
    download: str               # what a person must fetch, or the command that does
    address: str                # from where; "" where no address is held
    is_third_party: bool


def ages(rows: Sequence[Mapping[str, object]], day: date) -> list[Age]:
    """Every publication of view `ages`: those of which no figure is held, then the oldest first."""
    return sorted((_age(row, day) for row in rows),
                  key=lambda age: (age.months is not None, -(age.months or 0), age.title))


def months_since(end: object, day: date) -> int | None:
    """Whole months from the end of a period to the day; 0 for one that is not over, None where it has no end."""
    if not end:
        return None
    last = date.fromisoformat(str(end)[:10])
    is_short = day.day < last.day and day.day != calendar.monthrange(day.year, day.month)[1]
    return max(0, (day.year - last.year) * 12 + day.month - last.month - is_short)


def is_old(row: Mapping[str, object], day: date) -> bool:
    """True for a figure (view `latest`) whose period ended more than two years ago."""
    months = months_since(row.get("end_date"), day)
    return months is not None and months >= OLD_MONTHS


def age_words(months: int | None) -> str:
    """'1 year and 8 months old', 'less than a month old', or 'age not known'."""
    if months is None:
        return "age not known"
    counts = ((months // 12, "year"), (months % 12, "month"))
    parts = [plural(count, unit) for count, unit in counts if count]
    return f"{' and '.join(parts) or 'less than a month'} old"


def aside(row: Mapping[str, object], day: date) -> str:
    """' (2 years and 11 months old)' after the period of a figure older than two years; '' after another."""
    return f" ({age_words(months_since(row['end_date'], day))})" if is_old(row, day) else ""


def old_sentence(rows: Sequence[tuple[str, Mapping[str, object]]], day: date) -> str:
    """'1 figure on this page is older than two years. The oldest is of 2023: Employment rate.' '' where none is.

    `rows`: the title of each figure with its row of view `latest`.
    """
    old = sorted((str(row["end_date"]), str(row["period_label"]), title) for title, row in rows if is_old(row, day))
    if not old:
        return ""
    _, period, title = old[0]
    return (f"{plural(len(old), 'figure')} on this page {'is' if len(old) == 1 else 'are'} older than two years. "
            f"The oldest is of {period}: {title}.")


def next_editions(rows: Sequence[Mapping[str, object]], source_ids: Collection[str], day: date) -> list[str]:
    """'A survey: newest published, as far as held; the next is due after April 2027.'

    One sentence a publication of view `ages` that any of these sources belongs to; none of more than three.
    """
    used = [_age(row, day) for row in rows if set(row["sources"] or ()) & set(source_ids)]
    if len(used) > MOST_TOLD:
        return []
    return [f"{age.title}: {age.state}." for age in used]


def _age(row: Mapping[str, object], day: date) -> Age:
    months, next_due = months_since(row["end_date"], day), _next_due(row)
    known = str(row["newest_published"] or "")
    return Age(
        title=str(row["title"]), publisher=str(row["publisher"]), newest=str(row["period_label"] or ""), months=months,
        edition=str(row["edition"] or ""), next_due=next_due, is_due=bool(known) or bool(next_due and next_due < day),
        state=_state(months, known, next_due, day), download=str(row["download"]), address=str(row["address"] or ""),
        is_third_party=bool(row["is_third_party"]))


def _state(months: int | None, known: str, next_due: date | None, day: date) -> str:
    held = "no figure of it is held" if months is None else "newest published, as far as held"
    if known:
        return f"published and not held: {known}"
    if next_due is None:
        return f"{held}; its edition has no date, so the next is not known"
    when = f"{calendar.month_name[next_due.month]} {next_due.year}"
    if next_due < day:
        return f"by its rhythm a newer edition was due after {when}; whether it is out is not known"
    return f"{held}; the next is due after {when}"


def _next_due(row: Mapping[str, object]) -> date | None:
    """The date of the edition held and one rhythm more; the last day of a shorter month."""
    if not row["edition_date"]:
        return None
    held = date.fromisoformat(str(row["edition_date"])[:10])
    years, month = divmod(held.month - 1 + int(row["rhythm_months"]), 12)
    last = calendar.monthrange(held.year + years, month + 1)[1]
    return date(held.year + years, month + 1, min(held.day, last))
