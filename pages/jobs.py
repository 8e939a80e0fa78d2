"""Do people get work, and does it last? The journey, who started when, through what, and how areas compare."""

from dashboard import components as show
from dashboard.components.compare import compare_areas
from dashboard.figures.jobs import MEASURE
from dashboard.figures.recipe import AREA

with show.choosers():
    choice = show.choose(AREA)

show.header("Do people get work, and does it last?", show.said("jobs.answer", choice),
            designation="Management information from partnership returns", made_up=True)

show.figures("quality.follow_ups", heading="What is published",
             under="Exactly as published, by other definitions and for other people: never merged with the returns below.")

if show.figures("jobs.missing", choice):
    show.figures("jobs.timeline")
else:
    show.figures("jobs.journey", choice, heading="From starting support to lasting work")

    show.section("Look closer")
    parts = show.tabs("part", {"cohorts": "By start cohort", "programmes": "By programme", "routes": "Referral routes",
                               "status": "Status at the start", "support": "Joined-up support", "sectors": "Provider sector", "waits": "Waits"})
    if parts["cohorts"].open:
        with parts["cohorts"]:
            show.figures("jobs.cohorts", choice)
    if parts["programmes"].open:
        with parts["programmes"]:
            show.figures("jobs.programmes", show.choose(MEASURE, choice))
            show.figures("jobs.timeline")
    if parts["routes"].open:
        with parts["routes"]:
            milestone = show.choose(MEASURE, choice)
            show.figures("jobs.routes", milestone)
            show.figures("jobs.routes_within", bare=True, heading="Within the same partnership")
            show.figures("jobs.sources", milestone)
    if parts["status"].open:
        with parts["status"]:
            milestone = show.choose(MEASURE, choice)
            show.figures("jobs.status", milestone)
            show.figures("jobs.already", bare=True)
            show.figures("jobs.qualifications", milestone)
    if parts["support"].open:
        with parts["support"]:
            show.figures("jobs.support", show.choose(MEASURE, choice))
    if parts["sectors"].open:
        with parts["sectors"]:
            show.figures("jobs.sectors", show.choose(MEASURE, choice))
            show.figures("jobs.sectors_within", bare=True, heading="Within the same partnership")
    if parts["waits"].open:
        with parts["waits"]:
            show.figures("jobs.waits", choice)

    compare_areas("entered_work_within_12_months", choice.area_code,
                  tell=("in_work_at_13_weeks", "in_work_at_26_weeks", "job_lasted_13_weeks"))

show.figures("jobs.published", choice, bare=True, heading="Every published outcome",
             under="Of these and earlier services, exactly as published: never merged with the figures of the returns.")
show.figures("jobs.lines", choice, level=2)
show.declared_gaps("jobs")
