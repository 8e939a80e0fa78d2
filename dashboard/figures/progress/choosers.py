"""What can be chosen of progress and experience: years of start and of answers, an area of progress, a breakdown."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.figure import Choice
from dashboard.figures.recipe import Chooser
from dashboard.read import progress
from dashboard.read.edition import Edition

TOGETHER, MOST_TOGETHER = "latest", 3
GROUPS = {"sex": "Sex", "age_group": "Age", "disabled": "Disability", "instrument": "Instrument"}


def start_years(edition: Edition, choice: Choice) -> list[str]:
    """The chosen years of start, oldest first; none where no return is held."""
    return _years(choice.of("years"), _start_choices(edition, choice))


def answer_years(edition: Edition, choice: Choice) -> list[str]:
    """The chosen years of response, oldest first; none where no survey is held."""
    return _years(choice.of("answered"), _answer_choices(edition, choice))


def areas_of_progress(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Each area of progress in these rows: name to label."""
    return {str(row["category"]): str(row["category_label"]) for row in rows}


def _start_choices(edition: Edition, choice: Choice) -> dict[str, str]:
    rows = edition.ask("progress_counts", areas=[choice.area_code]).rows
    return _choices(progress.years_with(rows, "no_follow_up") or progress.years_with(rows, "no_start_score"))


def _answer_choices(edition: Edition, choice: Choice) -> dict[str, str]:
    return _choices(progress.years_with(edition.ask("experience_counts", areas=[choice.area_code]).rows, "answered"))


def _choices(years: Sequence[str]) -> dict[str, str]:
    """The latest three years together, then each year; `years` newest first."""
    apart = {year: year for year in years}
    if len(years) < 2:
        return apart
    return {TOGETHER: f"{years[:MOST_TOGETHER][-1]} to {years[0]} together", **apart}


def _years(chosen: str, choices: Mapping[str, str]) -> list[str]:
    if not choices:
        return []
    value = chosen or next(iter(choices))
    return sorted([name for name in choices if name != TOGETHER][:MOST_TOGETHER]) if value == TOGETHER else [value]


def _areas_of_area(edition: Edition, choice: Choice) -> dict[str, str]:
    return areas_of_progress(edition.ask("progress_counts", areas=[choice.area_code]).rows)


def _areas_of_group(edition: Edition, choice: Choice) -> dict[str, str]:
    return areas_of_progress(edition.ask("progress_by_group", by=choice.of("by", next(iter(GROUPS)))).rows)


YEARS = Chooser("years", "People who started in", _start_choices)
ANSWERED = Chooser("answered", "Answered in", _answer_choices)
BY = Chooser("by", "Broken down by", lambda *_: GROUPS)
DOMAIN = Chooser("domain", "Area of progress", _areas_of_area)
GROUP_DOMAIN = Chooser("domain", "Area of progress", _areas_of_group)
