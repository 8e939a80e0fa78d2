"""What should we ask? Lines of enquiry by rule, sessions, answers and actions; what was promised."""

from dashboard import components as show
from dashboard.components import challenge
from dashboard.figures.recipe import AREA

if challenge.asked_for():
    challenge.one_session()
else:
    with show.choosers():
        choice = show.choose(AREA)
    made_up = any(each.is_synthetic for each in show.held("challenge.lines", choice))
    show.header("What should we ask?", challenge.answer(choice), made_up=made_up)
    how = {"bare": True} if show.is_whole() else {"headed": True}      # where all parts stand at once, each has its heading already
    shown = show.tabs("part", {"lines": "Lines of enquiry", "sessions": "Sessions", "promised": "What was promised",
                               "rules": "The rules"})
    if shown["lines"].open:
        with shown["lines"]:
            show.figures("challenge.lines", choice, **how)
    if shown["sessions"].open:
        with shown["sessions"]:
            challenge.listing(choice)
    if shown["promised"].open:
        with shown["promised"]:
            show.figures("challenge.commitments", **how)
    if shown["rules"].open:
        with shown["rules"]:
            show.figures("challenge.rules", **how)
