"""What may be published at all: the attacker's own list of families and of the words in them.

Written from the data contract, section 4, and not from the gate, so that a shape the gate adds by
mistake is found here.
"""

import re
from dataclasses import dataclass

SCOTLAND = "S92000003"
DIMENSIONS = ("area_code", "period", "programme", "characteristic", "category", "characteristic_2",
              "category_2", "state")
STATES = ("job_52", "job_26", "job_13", "job_ended_13", "job_not_due", "job_not_recorded",
          "other_positive", "left_no_outcome", "in_support")

# Inner nodes of the tree of states, children first; a node is the sum of its two children.
TREE = (
    ("sustained_26", "job_26", "job_52"),
    ("sustained_13", "job_13", "sustained_26"),
    ("open", "job_not_due", "job_not_recorded"),
    ("not_sustained", "job_ended_13", "open"),
    ("job", "sustained_13", "not_sustained"),
    ("no_outcome", "left_no_outcome", "in_support"),
    ("no_job", "other_positive", "no_outcome"),
    ("starts", "job", "no_job"),
)
NODES = STATES + tuple(name for name, _, _ in TREE)

YES_NO = ("yes", "no", "unknown", "prefer_not_to_say")
PROGRAMMES = ("nolb", "fss", "employability_fund", "community_jobs_scotland", "activity_agreements",
              "seri", "fund_14_19", "discovering_your_potential", "other")
LISTS = {
    "condition_type": ("mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"),
    "priority_family": ("lone_parent", "disabled_member", "three_or_more_children",
                        "minority_ethnic", "youngest_under_one", "mother_under_25"),
    "joined_up_support": ("health", "mental_health", "housing", "justice", "money_advice",
                          "childcare", "transport"),
}
OVERLAPPING = tuple(f"{name}_{value}" for name, values in LISTS.items() for value in values)

IN_PARTNERSHIPS = ("sex", "age_group", "disabled", "ethnicity_group", "carer", "care_experienced",
                   "parent", "simd_quintile", "urban_rural_2", "key_worker", "provider_sector",
                   "referral_group")
SENSITIVE = ("trans_status", "sexual_orientation", "religion", "conviction", "homeless")
SCOTLAND_ONLY = (*SENSITIVE, "age_band", "ethnicity", "refugee", "economic_status",
                 "highest_qualification", "urban_rural_6", "island", "referral_source")
PAIRS = (("sex", "age_band"), ("sex", "disabled"), ("age_band", "disabled"),
         ("ethnicity_group", "sex"), ("parent", "disabled"), ("simd_quintile", "disabled"))
SPLITS_OF_SOFT_OUTCOMES = ("instrument", "key_worker", "sex", "age_group", "disabled")
FOLLOWUPS = ("followup_4_weeks", "followup_13_weeks", "followup_26_weeks", "followup_52_weeks")
ANSWERS = ("in_employment", "not_in_employment", "no_engagement", "unknown", "blank_when_due", "not_due")
DOMAINS = ("confidence", "engagement_with_others", "motivation", "core_skills", "health_and_wellbeing")
STATEMENTS = ("dignity_and_respect", "fairness", "needs_considered", "choice", "in_control",
              "knew_voluntary", "wellbeing_offered")
BANDS = ("improved", "same", "declined", "no_follow_up", "no_start_score")

# Every category of the coarse list is a sum of categories of the fine list; the rest keep their names.
COARSE = {
    "age_group": ("age_band", {"16_24": ("16_19", "20_24"), "25_49": ("25_34", "35_49")}),
    "ethnicity_group": ("ethnicity", {
        "white": ("white_scottish_british_irish", "white_minority"),
        "minority_ethnic": ("mixed", "asian", "african", "caribbean_black", "other")}),
    "urban_rural_2": ("urban_rural_6", {"urban": ("1", "2", "3", "4"), "rural": ("5", "6")}),
    "referral_group": ("referral_source", {
        "public_services": ("council", "health", "housing", "justice", "social_work"),
        "third_sector_and_other": ("third_sector", "employer", "other")}),
}

YEAR = re.compile(r"\d{4}-\d{2}")
QUARTER = re.compile(r"\d{4}-\d{2} Q[1-4]")
WORD = re.compile(r"[a-z0-9][a-z0-9_+]{0,39}")   # what a category may look like: never an identifier


@dataclass(frozen=True)
class Shape:
    """Which cells a family may hold."""

    partnerships: bool                      # or Scotland alone
    quarters: bool = False                  # or financial years
    programmes: bool = False
    states: bool = True
    characteristics: tuple[str, ...] = ("all",)
    pair: str = "all"

    @property
    def responses(self) -> bool:
        """Whether it counts survey responses, which are no people of any other family."""
        return self.characteristics == STATEMENTS


def _shapes() -> dict[str, tuple[Shape, ...]]:
    shapes = {
        "M": (Shape(True),), "A1": (Shape(True, quarters=True),), "A2": (Shape(True, programmes=True),),
        "F": (Shape(True, states=False, characteristics=FOLLOWUPS),),
        "T": (Shape(True, states=False, characteristics=("months_to_work",)),
              Shape(False, quarters=True, states=False, characteristics=("months_to_work",))),
        "W": (Shape(True, states=False, characteristics=("wait_to_start",)),),
        "S": (Shape(True, states=False, characteristics=DOMAINS),),
        "X": (Shape(True, states=False, characteristics=STATEMENTS),),
    }
    for c in IN_PARTNERSHIPS:
        shapes[f"B_{c}"] = (Shape(True, characteristics=(c,)),)
    for c in IN_PARTNERSHIPS + SCOTLAND_ONLY + OVERLAPPING:
        shapes[f"C_{c}"] = (Shape(False, quarters=True, characteristics=(c,)),)
        shapes[f"D_{c}"] = (Shape(False, programmes=True, characteristics=(c,)),)
    for a, b in PAIRS:
        shapes[f"E_{a}_{b}"] = (Shape(False, characteristics=(a,), pair=b),)
    for c in SPLITS_OF_SOFT_OUTCOMES:
        shapes[f"S_{c}"] = (Shape(False, states=False, characteristics=DOMAINS, pair=c),)
    return shapes


SHAPES = _shapes()
