"""Where? Any measure held by council on a map, and the parts under it: one part, one module."""

from dashboard.figures.lines import lines_of
from dashboard.figures.places import (
    council_map,
    groups,
    islands,
    kinds,
    over_time,
    rural,
    rurality,
    shows,
    two,
)
from dashboard.figures.places.choosers import GROUPS, MEASURE, ONE_MAP, PERIOD, RURAL, TWO_MAPS
from dashboard.figures.recipe import AREA, Recipe

PAGE = "/places"
LINES = ("employment_rate_16_64", "claimant_count_share_january", "median_weekly_pay_full_time", "lgbf_assisted_into_work",
         "entered_work_within_12_months")
RECIPES = (
    lines_of("places", PAGE, LINES, (AREA,)),
    Recipe("places.answer", council_map.answer, PAGE, choosers=ONE_MAP),
    Recipe("places.map", council_map.council_map, PAGE, choosers=ONE_MAP),
    Recipe("places.area", council_map.area, PAGE, choosers=ONE_MAP),
    Recipe("places.rural_in_brief", rural.in_brief, PAGE),
    Recipe("places.rural_shows", shows.rural_shows, PAGE, (("part", "rural"),), (MEASURE, RURAL)),
    Recipe("places.mix_shows", shows.mix_shows, PAGE, (("part", "mix"),), (MEASURE,)),
    Recipe("places.cost_shows", shows.cost_shows, PAGE, (("part", "cost"),), (MEASURE,)),
    Recipe("places.rural", rural.urban_rural, PAGE, (("part", "rural"),), (AREA, RURAL)),
    Recipe("places.within", rural.within_partnerships, PAGE, (("part", "rural"),)),
    Recipe("places.mix", kinds.class_shares, PAGE, (("part", "mix"),), (AREA,)),
    Recipe("places.typology", kinds.typology, PAGE, (("part", "mix"),)),
    Recipe("places.islands", islands.islands, PAGE, (("part", "islands"),), (MEASURE, PERIOD)),
    Recipe("places.groups", groups.groups, PAGE, (("part", "groups"),), (MEASURE, PERIOD, GROUPS)),
    Recipe("places.members", groups.members, PAGE, (("part", "groups"),), (GROUPS,)),
    Recipe("places.cost", rurality.rurality, PAGE, (("part", "cost"),), (AREA,)),
    Recipe("places.time", over_time.over_time, PAGE, (("part", "time"),), ONE_MAP),
    Recipe("places.two", two.two, PAGE, (("part", "two"),), TWO_MAPS),
)
