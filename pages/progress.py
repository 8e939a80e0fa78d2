"""Are people moving forward, and treated well? Soft outcomes, experience and the continuing key worker."""

from dashboard import components as show
from dashboard.figures.progress import ANSWERED, BY, DOMAIN, GROUP_DOMAIN, YEARS
from dashboard.figures.recipe import AREA

with show.choosers():
    choice = show.choose(YEARS, show.choose(AREA))
scores = show.held("progress.scores", choice)
show.header("Are people moving forward, and treated well?", show.said("progress.answer", choice),
            designation=scores[0].designation if scores else "No national series is published",
            made_up=show.edition().has_returns, figures=[*scores, *show.held("progress.treated", choice)])

shown = show.tabs("part", {"progress": "Progress", "years": "Over the years",
                           "experience": "How people were treated", "key-worker": "Key worker"})
if shown["progress"].open:
    with shown["progress"]:
        show.figures("progress.domains", choice, level=2)
        show.figures("progress.bounds", choice, boxed=True)
        if choice.of("years"):
            show.section("For whom, and measured how?")
            with show.filter_row():
                grouped = show.choose(GROUP_DOMAIN, show.choose(BY, choice))
            show.figures("progress.by_group", grouped, bare=True)
        show.figures("progress.follow_up", choice, heading="Who asks twice?", folded=True,
                     under="How much is asked twice, and so what may be read. What was found is not compared between areas.")
if shown["years"].open:
    with shown["years"]:
        show.section("By year of start", "Every year of start that is old enough, whichever are chosen above.")
        choice = show.choose(DOMAIN, choice)
        show.figures("progress.by_year", choice)
        show.figures("progress.asked_by_year", choice)
if shown["experience"].open:
    with shown["experience"]:
        show.figures("progress.experience", show.choose(ANSWERED, choice), level=2)
        show.figures("progress.published_surveys", heading="What surveys of the earlier service found", bare=True,
                     under="Fair Start Scotland, as published. Another service, other people and other questions: "
                           "never merged with the figures above.")
if shown["key-worker"].open:
    with shown["key-worker"]:
        show.figures("progress.key_worker", choice, heading="With and without one key worker throughout",
                     under="A difference is not an effect: people who kept one worker may differ in other ways.")

show.figures("progress.lines", level=2)
show.declared_gaps("progress")
