"""What a page is made of. Pages say `from dashboard import components as show` and arrange.

answer.py     which parts of an answer are sent by their name alone, since the browser has them
run.py        the edition of this script run, the reader's colours
access.py     who reads, the edition they are given, sign-in
calendar.py   the release calendar
frame.py      the masthead, its choosers, the strip and the jump links of every page
page.py       header, section, paragraph, panel, notice, side_by_side; said, held: what a recipe gives; words: our own statements
choosing.py   choose: a choice that lives in the link
figure.py     figures: whatever a recipe gives, shown
search.py     search: everything by its words, from any page; the meanings of terms
tabs.py       tabs, of which only the open one is made
person.py     who is at the page, and their role in challenge sessions, asked anew at every change
places.py     the map, its key and its tiles: what a browser draws and a click on it chooses
"""

from dashboard.components.access import is_everyone, open_for, reader, say_which, sign_in
from dashboard.components.accessibility import accessibility_statement
from dashboard.components.address import unknown_page, write_address
from dashboard.components.answer import begin_answer
from dashboard.components.appearance import follow_appearance
from dashboard.components.calendar import release_calendar
from dashboard.components.choosing import choose, filter_row, forget_where_a_link_was_followed, remembered_area
from dashboard.components.evidence import resolve_evidence
from dashboard.components.figure import declared_gaps, figures
from dashboard.components.frame import choosers, fill, lay
from dashboard.components.page import (
    cannot_open,
    guides,
    header,
    held,
    listed,
    no_such_page,
    notice,
    page_foot,
    panel,
    paragraph,
    said,
    section,
    side_by_side,
    words,
)
from dashboard.components.places import place_map, two_maps
from dashboard.components.run import begin, edition, is_whole
from dashboard.components.search import search
from dashboard.components.tabs import tabs

__all__ = [
    "accessibility_statement",
    "begin",
    "begin_answer",
    "cannot_open",
    "choose",
    "choosers",
    "declared_gaps",
    "edition",
    "figures",
    "fill",
    "filter_row",
    "follow_appearance",
    "forget_where_a_link_was_followed",
    "guides",
    "header",
    "held",
    "is_everyone",
    "is_whole",
    "lay",
    "listed",
    "no_such_page",
    "notice",
    "open_for",
    "page_foot",
    "panel",
    "paragraph",
    "place_map",
    "reader",
    "release_calendar",
    "remembered_area",
    "resolve_evidence",
    "said",
    "say_which",
    "search",
    "section",
    "side_by_side",
    "sign_in",
    "tabs",
    "two_maps",
    "unknown_page",
    "words",
    "write_address",
]
