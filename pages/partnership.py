"""How is our area doing? One partnership against Scotland, its trends and what is missing."""

from dashboard import components as show

SERVICES = ["entered_work_within_12_months", "in_work_at_13_weeks", "in_work_at_26_weeks",
            "followup_recorded_13_weeks", "soft_outcome_improved", "experience_agree", "lgbf_assisted_into_work"]
CONTEXT = ["employment_rate_16_64", "economic_inactivity_rate_16_64", "modelled_unemployment_rate",
           "claimant_count_share", "workless_households", "level_3_or_above_qualifications",
           "child_poverty_before_housing_costs"]

area_code = show.choose_area("Partnership")
show.area_header(area_code, SERVICES + CONTEXT)
show.area_links(area_code)

show.area_cards(area_code, ["participants", "nolb_participants", "nolb_entered_employment",
                            "nolb_in_employment_52_weeks", "lgbf_assisted_into_work"])
show.area_spine(area_code, SERVICES, "Services")
show.compare_areas("entered_work_within_12_months", area_code, tell=["in_work_at_13_weeks", "in_work_at_26_weeks"])
show.indicator_trend("lgbf_assisted_into_work", show.with_scotland(area_code), link={"area": area_code})

show.area_quality(area_code)

show.section("The local labour market", "Context, not the work of these services. Survey figures never rank.")
show.area_spine(area_code, CONTEXT, "Labour market")
show.indicator_trend("employment_rate_16_64", show.with_scotland(area_code), link={"area": area_code})

show.declared_gaps("partnership")
