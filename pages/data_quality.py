"""Can we trust it? What was received and recorded, who is not known, what is too recent, what is published."""

from dashboard import components as show
from dashboard.figures import gaps, quality
from dashboard.figures.recipe import AREA

edition = show.edition()
with show.choosers():
    choice = show.choose(AREA)
figures = show.held("quality.answer_figures", choice)
show.header("Can we trust it?", show.said("quality.answer", choice), designation=quality.designation(edition),
            made_up=any(each.is_synthetic for each in figures), figures=figures)

show.figures("quality.care", headed=True)
shown = show.tabs("part", quality.parts(edition))
if shown["returns"].open:
    with shown["returns"]:
        show.figures("quality.received", show.choose(quality.EDITION, choice), headed=True)
        show.figures("quality.intervals", choice, heading="With their intervals")
if shown["unknown"].open:
    with shown["unknown"]:
        show.figures("quality.unknown", show.choose(quality.EDITION, choice), headed=True)
if shown["recent"].open:
    with shown["recent"]:
        show.figures("quality.recent", headed=True)
        show.figures("quality.templates", heading="Which template was in use", bare=True,
                     under="Follow-up questions differ between templates, so a series breaks there.")
if shown["published"].open:
    with shown["published"]:
        show.section("What is recorded after someone enters work")
        show.figures("quality.follow_ups")
        show.figures("quality.responses", bare=True)
        show.figures("quality.not_known", heading="Who is not known", bare=True,
                     under="The groups a comparison leaves out are shown, never dropped.")
        show.figures("quality.publishers", heading="What publishers say of their own figures", bare=True)

if show.held("gaps.foremost"):
    show.section("What nobody publishes yet", "Each gap stands also on the page that misses it.")
    asked = show.choose(gaps.TOPIC)
    is_everything = asked.of("gaps") == gaps.EVERY
    if is_everything:
        show.figures("gaps.foremost", bare=True)
    show.figures("gaps.every", asked, bare=True, folded=is_everything)
