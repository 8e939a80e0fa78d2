"""Do people get work, and does it last? The journey, who started when, through what, and how areas compare."""

from dashboard import components as show

with show.filter_row():
    area_code = show.choose_area("Area", with_scotland=True)

show.page_header("Do people get work, and does it last?", show.jobs_sentences(area_code),
                 designation="Management information from partnership returns", synthetic=True)

if show.jobs_are_held(area_code):
    show.section("From starting support to lasting work")
    show.journey_figure(area_code)

    show.section("Look closer", "One part at a time.")
    parts = show.tabs("part", {"cohorts": "By start cohort", "programmes": "By programme", "routes": "Referral routes",
                               "support": "Joined-up support", "sectors": "Provider sector", "waits": "Waits"})
    if parts["cohorts"].open:
        with parts["cohorts"]:
            show.cohort_figures(area_code)
    if parts["programmes"].open:
        with parts["programmes"]:
            show.programme_figure(area_code, show.choose_milestone())
            show.programme_timeline(area_code)
    if parts["routes"].open:
        with parts["routes"]:
            measure = show.choose_milestone()
            show.group_figure(area_code, "B_referral_group", "Referral route", measure, "routes")
            show.group_figure(show.SCOTLAND, "C_referral_source", "Referral source", measure, "routes")
    if parts["support"].open:
        with parts["support"]:
            show.support_figure(show.choose_milestone())
    if parts["sectors"].open:
        with parts["sectors"]:
            show.group_figure(area_code, "B_provider_sector", "Provider sector", show.choose_milestone(), "sectors")
    if parts["waits"].open:
        with parts["waits"]:
            show.waits_figure(area_code)

    show.compare_areas("entered_work_within_12_months", area_code,
                       tell=["in_work_at_13_weeks", "in_work_at_26_weeks", "job_lasted_13_weeks"])
else:
    show.programme_timeline(area_code)

show.published_outcomes(area_code)
show.declared_gaps("jobs")
