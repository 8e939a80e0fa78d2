"""The release calendar: what comes next, and what has come."""

import logging
from datetime import date

from dashboard import paths
from dashboard.components import page, run
from dashboard.figure import table
from dashboard.read.clock import CLOCK
from dashboard.read.release_calendar import CalendarError, Release, releases

COLUMNS = ("Release", "When", "What is new")
RULE = "Editions are released at 9.30am. The day is announced at least four weeks ahead. Until then only people named for a release see it."
log = logging.getLogger(__name__)


def release_calendar() -> None:
    """The next release in a sentence, then every one that the calendar holds."""
    page.section("Release calendar", RULE)
    try:
        held = releases(paths.REFERENCE / "release_calendar.toml")
    except CalendarError as error:
        log.error("%s", error)
        page.notice("The calendar cannot be shown at this moment.")
        return
    today = CLOCK.now().date()
    coming = [each for each in held if each.is_to_come(today)]
    expected = " ".join(f"{each.text}." for each in page.said("about.following"))
    page.paragraph(f"Next: {coming[0].edition}, {when(coming[0])}." if coming else f"No day is announced yet. {expected}")
    if held:
        rows = [[each.edition, when(each), f"{each.what}{'' if each in coming else ' (released)'}"] for each in reversed(held)]
        run.block("table", table=table("Releases of this dashboard, the latest first", COLUMNS, rows), notice="")


def when(release: Release) -> str:
    """'9.30am on Thursday 3 December 2026', or 'December 2026, the day to be announced'."""
    if release.day:
        return f"9.30am on {release.day:%A} {release.day.day} {release.day:%B %Y}"
    return f"{date.fromisoformat(f'{release.month}-01'):%B %Y}, the day to be announced"
