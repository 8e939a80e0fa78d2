"""How is Scotland doing? Five minutes: the answer, a few figures, what changed, what is missing."""

from dashboard import components as show

SAID = {
    "nolb_participants": "{value} have been supported by No One Left Behind {when}.",
    "nolb_entered_employment": "Of them, {value} have entered work {when}.",
    "disability_employment_gap": "The disability employment gap was {value} {when}.",
    "lgbf_assisted_into_work": "Councils recorded {value} of unemployed people as assisted into work {when}.",
}

CARDS = ["nolb_participants", "nolb_entered_employment", "nolb_entered_employment_rate", "disability_employment_gap",
         "lgbf_assisted_into_work", "employment_rate_16_64", "economic_inactivity_rate_16_64"]

answer = show.headline_sentences(SAID) + show.change_sentences(CARDS) + show.quality_sentences()[:1]
show.page_header("How is Scotland doing?", answer, designation="Official statistics in development",
                 figures=show.headline_figures(SAID))

show.indicator_cards(CARDS)

left, right = show.side_by_side(3, 2)
with left:
    show.gap_figure()
with right:
    show.what_changed(
        ["nolb_participants_by_year", "nolb_participants", "fss_starts_by_year", "lgbf_assisted_into_work"]
    )

show.national_strip(
    [
        "relative_poverty_after_housing_costs",
        "young_people_participation_sum",
        "employees_below_living_wage",
        "public_services_dignity_and_respect",
    ]
)
show.gaps_in_brief()
