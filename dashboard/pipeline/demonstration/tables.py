"""Codes to text: the columns and values of a return (`data.md` §2), and how a table is written.

Values stand in the order the code lists and the weights of `demonstration_invented.toml` count them.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.pipeline.demonstration.draws import Whole
from dashboard.pipeline.demonstration.plan import PROGRAMMES

QUESTION = ("yes", "no", "unknown", "prefer_not_to_say")
FOLLOWUP = ("in_employment", "not_in_employment", "no_engagement", "unknown")
VALUES: dict[str, Sequence[str]] = {
    "programme": PROGRAMMES,
    "referral_source": ("self", "jobcentre", "education", "council", "health", "housing", "justice",
                        "social_work", "third_sector", "employer", "other", "unknown"),
    "provider_sector": ("public", "third", "private", "unknown"),
    "key_worker": ("yes", "no", "unknown"),
    "sex": ("female", "male", "unknown", "prefer_not_to_say"),
    "trans_status": QUESTION, "care_experienced": QUESTION, "carer": QUESTION, "conviction": QUESTION,
    "homeless": QUESTION, "refugee": QUESTION, "parent": QUESTION,
    "religion": ("none", "church_of_scotland", "roman_catholic", "other_christian", "muslim", "other",
                 "unknown", "prefer_not_to_say"),
    "sexual_orientation": ("heterosexual", "lesbian_gay_bisexual_other", "unknown", "prefer_not_to_say"),
    "ethnicity": ("white_scottish_british_irish", "white_minority", "mixed", "asian", "african",
                  "caribbean_black", "other", "unknown", "prefer_not_to_say"),
    "disabled": QUESTION,
    "economic_status": ("unemployed", "inactive", "in_education", "low_income_employment", "unknown"),
    "highest_qualification": ("none", "scqf_1_4", "scqf_5", "scqf_6", "scqf_7_plus", "unknown"),
    "island": ("yes", "no"),
    "followup_4_weeks": FOLLOWUP, "followup_13_weeks": FOLLOWUP, "followup_26_weeks": FOLLOWUP,
    "followup_52_weeks": FOLLOWUP,
}
LISTS: dict[str, Sequence[str]] = {
    "joined_up_support": ("health", "mental_health", "housing", "justice", "money_advice", "childcare",
                          "transport"),
    "condition_type": ("mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"),
    "priority_family": ("lone_parent", "disabled_member", "three_or_more_children", "minority_ethnic",
                        "youngest_under_one", "mother_under_25"),
}
STATEMENTS = ("dignity_and_respect", "fairness", "needs_considered", "choice", "in_control", "knew_voluntary",
              "wellbeing_offered")
ANSWERS = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "unknown")
PARTICIPANTS = (
    "participant_id", "area_code", "programme", "start_date", "referral_date", "support_end_date",
    "referral_source", "provider_sector", "key_worker", "joined_up_support", "sex", "age", "trans_status",
    "care_experienced", "carer", "conviction", "homeless", "refugee", "parent", "religion",
    "sexual_orientation", "ethnicity", "disabled", "condition_type", "priority_family", "economic_status",
    "months_unemployed", "highest_qualification", "simd_quintile", "urban_rural_6", "island",
    "employment_start_date", "followup_4_weeks", "followup_13_weeks", "followup_26_weeks",
    "followup_52_weeks", "education_date", "training_date", "volunteering_date", "qualification_date",
    "work_experience_date",
)


def as_text(codes: Whole, values: Sequence[str | None]) -> pl.Expr:
    """The value of each code; -1 is an empty cell."""
    return pl.lit(pl.Series([None, *values], dtype=pl.String)).gather(pl.lit(pl.Series(codes + 1)))


def as_list(masks: Whole, values: Sequence[str]) -> pl.Expr:
    """A semicolon list of the values whose bit is set; empty for none."""
    return as_text(masks, _lists(tuple(values)))


def as_date(days: Whole) -> pl.Expr:
    """The date of each day number; -1 is an empty cell."""
    return as_number(days).cast(pl.Int32).cast(pl.Date)


def as_number(numbers: Whole) -> pl.Expr:
    """Whole numbers; -1 is an empty cell."""
    column = pl.lit(pl.Series(numbers))
    return pl.when(column != -1).then(column)


def as_identifier(numbers: Whole, prefix: str) -> pl.Expr:
    """`prefix` and seven digits or more."""
    return pl.lit(prefix) + pl.lit(pl.Series(numbers)).cast(pl.String).str.zfill(7)


@cache
def _lists(values: tuple[str, ...]) -> list[str | None]:
    """Every semicolon list that can be made, by mask."""
    return [";".join(value for i, value in enumerate(values) if mask >> i & 1) or None
            for mask in range(1 << len(values))]


def as_column(name: str, codes: Whole, blank_unknown: bool) -> pl.Expr:
    """One column of participants, by what it holds; unknown may be left as an empty cell."""
    if name in LISTS:
        return as_list(codes, LISTS[name])
    if name in VALUES:
        values = VALUES[name]
        return as_text(codes, [None if blank_unknown and value == "unknown" else value for value in values])
    return as_date(codes) if name.endswith("_date") else as_number(codes)


class Table:
    """A CSV file written piece by piece; nothing is written when no row comes."""

    def __init__(self, path: Path):
        self.path, self.rows = path, 0

    def add(self, rows: pl.DataFrame) -> None:
        """Appends rows, with the header before the first ones."""
        if rows.height == 0:
            return
        with self.path.open("wb" if self.rows == 0 else "ab") as handle:
            rows.write_csv(handle, include_header=self.rows == 0, line_terminator="\n")
        self.rows += rows.height


def in_order(columns: dict[str, np.ndarray], *keys: np.ndarray) -> dict[str, np.ndarray]:
    """Every column sorted by the keys, the first key first."""
    order = np.lexsort(keys[::-1])
    return {name: values[order] for name, values in columns.items()}
