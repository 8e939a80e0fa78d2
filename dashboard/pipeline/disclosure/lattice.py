"""The lattice: every table shape that may be asked for, and the true counts in it.

Nothing outside these families can be published. Counts are held as whole-number arrays, one axis
a dimension; `columns` turns an array into the cube's rows. True counts never leave the build.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure import states
from dashboard.pipeline.disclosure.states import ANSWERS, BANDS, FOLLOWUP_DAYS, MONTHS, WAITS
from dashboard.pipeline.disclosure.tree import NODES, STATES

SCOTLAND = "S92000003"
FIRST_YEAR = 2018
ALL = "all"
CUBE = ("family", "area_code", "period", "programme", "characteristic", "category",
        "characteristic_2", "category_2", "state", "count")

PROGRAMMES = ("nolb", "fss", "employability_fund", "community_jobs_scotland", "activity_agreements", "seri",
              "fund_14_19", "discovering_your_potential", "other")
YES_NO = ("yes", "no", "unknown", "prefer_not_to_say")
YES_NO_UNKNOWN = ("yes", "no", "unknown")

# The categories of every characteristic, in the fixed order that cell addresses use.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "sex": ("female", "male", "unknown", "prefer_not_to_say"),
    "age_group": ("under_16", "16_24", "25_49", "50_plus", "unknown"),
    "disabled": YES_NO,
    "ethnicity_group": ("white", "minority_ethnic", "unknown", "prefer_not_to_say"),
    "carer": YES_NO, "care_experienced": YES_NO, "parent": YES_NO,
    "simd_quintile": ("1", "2", "3", "4", "5", "unknown"),
    "urban_rural_2": ("urban", "rural", "unknown"),
    "key_worker": YES_NO_UNKNOWN,
    "provider_sector": ("public", "third", "private", "unknown"),
    "referral_group": ("self", "jobcentre", "education", "public_services", "third_sector_and_other",
                       "unknown"),
    "age_band": ("under_16", "16_19", "20_24", "25_34", "35_49", "50_plus", "unknown"),
    "ethnicity": ("white_scottish_british_irish", "white_minority", "mixed", "asian", "african",
                  "caribbean_black", "other", "unknown", "prefer_not_to_say"),
    "religion": ("none", "church_of_scotland", "roman_catholic", "other_christian", "muslim", "other",
                 "unknown", "prefer_not_to_say"),
    "sexual_orientation": ("heterosexual", "lesbian_gay_bisexual_other", "unknown", "prefer_not_to_say"),
    "trans_status": YES_NO, "conviction": YES_NO, "homeless": YES_NO, "refugee": YES_NO,
    "economic_status": ("unemployed", "inactive", "in_education", "low_income_employment", "unknown"),
    "highest_qualification": ("none", "scqf_1_4", "scqf_5", "scqf_6", "scqf_7_plus", "unknown"),
    "urban_rural_6": ("1", "2", "3", "4", "5", "6", "unknown"),
    "island": YES_NO_UNKNOWN,
    "referral_source": ("self", "jobcentre", "education", "council", "health", "housing", "justice",
                        "social_work", "third_sector", "employer", "other", "unknown"),
}

# Lists that overlap: each value is its own yes / rest table, never added up.
LISTS = {
    "condition_type": ("mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"),
    "priority_family": ("lone_parent", "disabled_member", "three_or_more_children", "minority_ethnic",
                        "youngest_under_one", "mother_under_25"),
    "joined_up_support": ("health", "mental_health", "housing", "justice", "money_advice", "childcare",
                          "transport"),
}
LISTED = {f"{column}_{value}": (column, value) for column, values in LISTS.items() for value in values}
CATEGORIES |= {name: ("yes", "rest") for name in LISTED}

# A coarse characteristic is the exact sum of a fine one: fine category -> coarse category.
COARSE = {
    "age_group": ("age_band", {"under_16": "under_16", "16_19": "16_24", "20_24": "16_24", "25_34": "25_49",
                               "35_49": "25_49", "50_plus": "50_plus", "unknown": "unknown"}),
    "ethnicity_group": ("ethnicity", {
        "white_scottish_british_irish": "white", "white_minority": "white", "mixed": "minority_ethnic",
        "asian": "minority_ethnic", "african": "minority_ethnic", "caribbean_black": "minority_ethnic",
        "other": "minority_ethnic", "unknown": "unknown", "prefer_not_to_say": "prefer_not_to_say"}),
    "urban_rural_2": ("urban_rural_6", {"1": "urban", "2": "urban", "3": "urban", "4": "urban",
                                        "5": "rural", "6": "rural", "unknown": "unknown"}),
    "referral_group": ("referral_source", {
        "self": "self", "jobcentre": "jobcentre", "education": "education", "council": "public_services",
        "health": "public_services", "housing": "public_services", "justice": "public_services",
        "social_work": "public_services", "third_sector": "third_sector_and_other",
        "employer": "third_sector_and_other", "other": "third_sector_and_other", "unknown": "unknown"}),
}
FINE_TO_COARSE = {fine: coarse for coarse, (fine, _) in COARSE.items()}

PARTNERSHIP_LEVEL = ("sex", "age_group", "disabled", "ethnicity_group", "carer", "care_experienced", "parent",
                     "simd_quintile", "urban_rural_2", "key_worker", "provider_sector", "referral_group")
SENSITIVE = ("trans_status", "sexual_orientation", "religion", "conviction", "homeless")
PAIRS = {
    "sex_age_band": ("sex", "age_band"), "sex_disabled": ("sex", "disabled"),
    "age_band_disabled": ("age_band", "disabled"), "ethnicity_group_sex": ("ethnicity_group", "sex"),
    "parent_disabled": ("parent", "disabled"), "simd_quintile_disabled": ("simd_quintile", "disabled"),
}

DOMAINS = ("confidence", "engagement_with_others", "motivation", "core_skills", "health_and_wellbeing")
INSTRUMENTS = ("swemwbs", "confidence", "work_star", "ons4", "other")
# A person with no score in a domain used no instrument there.
SOFT = {"instrument": (*INSTRUMENTS, "none"),
        **{c: CATEGORIES[c] for c in ("key_worker", "sex", "age_group", "disabled")}}
STATEMENTS = ("dignity_and_respect", "fairness", "needs_considered", "choice", "in_control", "knew_voluntary",
              "wellbeing_offered")
AGREEMENT = ("strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "unknown")


@dataclass(frozen=True)
class Space:
    """The places and periods one release covers: labels in the fixed order of the arrays."""

    areas: tuple[str, ...]
    response_areas: tuple[str, ...]
    years: tuple[str, ...]
    quarters: tuple[str, ...]

    def quarters_of(self, year: str) -> list[int]:
        """Positions of a financial year's quarters."""
        return [i for i, quarter in enumerate(self.quarters) if quarter.startswith(year)]


@dataclass(frozen=True)
class Family:
    """One table shape: what its axes are, and how they map to the cube's columns.

    book: which people it counts, `people` or `responses`. by_quarter: the table, Scotland x quarter, that is published
    under the same name. is_margin: Scotland's sum over the areas of the table of that name, settled before it.
    """

    name: str
    grain: str
    axes: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    constants: tuple[tuple[str, str], ...] = ()
    is_quarterly: bool = False
    book: str = "people"
    by_quarter: str = ""
    is_margin: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        """Length of each axis."""
        return tuple(len(each) for each in self.labels)

    @property
    def has_areas(self) -> bool:
        """Whether the first axis is areas; Scotland is published after them as their sum."""
        return "area_code" in self.axes

    @property
    def has_states(self) -> bool:
        """Whether the last axis is outcome states, whose headlines (`tree.NODES`) count as cells do."""
        return "state" in self.axes

    def year(self, over: Space, year: str) -> tuple:
        """Index of one financial year in the table."""
        position = over.quarters_of(year) if self.is_quarterly else [over.years.index(year)]
        return (slice(None), position) if self.has_areas else (position,)


def financial_year(start: int) -> str:
    """`2025` -> `2025-26`."""
    return f"{start}-{(start + 1) % 100:02d}"


def space(returns) -> Space:
    """The places that sent something and the periods up to the cut-off, all from 2018-19.

    A partnership with no accepted person (or no accepted response, for experience) is absent.
    """
    cut_off = returns.cut_off
    last = cut_off.year - (cut_off.month < 4)
    years = [financial_year(start) for start in range(FIRST_YEAR, last + 1)]
    last_quarter = (cut_off.month - 4) % 12 // 3 + 1
    quarters = [f"{year} Q{q}" for year in years for q in (1, 2, 3, 4)
                if year != years[-1] or q <= last_quarter]
    return Space(places(returns.participants), places(returns.experience), tuple(years), tuple(quarters))


def families(over: Space) -> dict[str, Family]:
    """The whole list of what may be asked, by name."""
    return {family.name: family for family in (*_roots(over), *_breakdowns(over), *_others(over))}


@lru_cache(maxsize=8)
def every_table(over: Space) -> Mapping[str, Family]:
    """Every table that is solved, by name: the families, `T_quarter`, and Scotland's margins of the roots."""
    by_quarter = Family("T", "Scotland x quarter x months to work", ("period", "category"), (over.quarters, MONTHS),
                        (("characteristic", "months_to_work"),), is_quarterly=True)
    margins = {f"{family.name}_scotland": replace(family, axes=family.axes[1:], labels=family.labels[1:], is_margin=True)
               for family in _roots(over)}
    return MappingProxyType(families(over) | {"T_quarter": by_quarter} | margins)


def tabulate(people: dict[str, np.ndarray], responses: dict[str, np.ndarray],
             over: Space) -> dict[str, np.ndarray]:
    """True counts of coded people and responses: an array a family, without Scotland rows.

    `T` is followed by `T_quarter`, its Scotland x quarter part.
    """
    shape = (len(over.response_areas), len(over.years), len(STATEMENTS), len(AGREEMENT))
    answers = _bin(responses, ("area", "year", "statement", "answer"), shape)
    return dict(_tabulate(people, over)) | {"X": answers}


def count(returns) -> dict[str, pl.DataFrame]:
    """True counts in the cube's columns, a frame a family, Scotland rows included (secret)."""
    over = space(returns)
    truth = tabulate(code(returns, over), code_responses(returns.experience, over), over)
    return {name: columns(family, truth[name], over, truth.get("T_quarter"))
            for name, family in families(over).items()}


def columns(family: Family, counts: np.ndarray, over: Space,
            by_quarter: np.ndarray | None = None) -> pl.DataFrame:
    """The cube's rows of one family; Scotland is appended as the exact sum where areas are an axis."""
    return rows(family, with_scotland(family, counts), over, by_quarter)


def rows(family: Family, counts: np.ndarray, over: Space, by_quarter: np.ndarray | None = None) -> pl.DataFrame:
    """The cube's rows of one family whose array already has Scotland after the areas."""
    first, *others = family.labels
    frame = _long(family, counts, ((*first, SCOTLAND) if family.has_areas else first, *others))
    if family.by_quarter:
        scotland = every_table(over)[family.by_quarter]
        frame = pl.concat([frame, _long(scotland, by_quarter, scotland.labels)])
    return frame


def values(family: Family, counts: np.ndarray, by_quarter: np.ndarray | None = None) -> np.ndarray:
    """The counts of `columns` alone, in the order of its rows."""
    flat = with_scotland(family, counts).ravel()
    return np.concatenate([flat, by_quarter.ravel()]) if family.by_quarter else flat


def with_scotland(family: Family, counts: np.ndarray) -> np.ndarray:
    """The table with Scotland, the exact sum, after its areas, where it has areas."""
    return np.concatenate([counts, counts.sum(axis=0, keepdims=True)]) if family.has_areas else counts


def code(returns, over: Space) -> dict[str, np.ndarray]:
    """Each person's place on every axis of the lattice, as small whole numbers (one array a column)."""
    people = states.assign(returns.participants, returns.cut_off)
    year = _year_start(pl.col("start_date")) - FIRST_YEAR
    quarter = year * 4 + (pl.col("start_date").dt.month().cast(pl.Int32) - 4) % 12 // 3
    frame = people.select(
        _position(pl.col("area_code"), over.areas).alias("area"), year.cast(pl.Int32).alias("year"),
        quarter.cast(pl.Int32).alias("quarter"),
        _position(pl.col("programme"), PROGRAMMES).alias("programme"), pl.col("state").to_physical(),
        states.months_to_work().to_physical().alias("months_to_work"),
        states.wait_to_start().to_physical().alias("wait_to_start"),
        *[states.followup_answer(c, returns.cut_off).to_physical().alias(c) for c in FOLLOWUP_DAYS],
        *[_position(_value(c), values).alias(c) for c, values in CATEGORIES.items()
          if c not in COARSE and c not in LISTED],
        *[(~pl.col(column).list.contains(value).fill_null(False)).cast(pl.UInt8).alias(name)
          for name, (column, value) in LISTED.items()],
    )
    coded = {name: frame[name].to_numpy() for name in frame.columns}
    for coarse, (fine, _) in COARSE.items():
        coded[coarse] = merge(coarse)[coded[fine]]
    return coded | _soft(people.select("area_code", "participant_id"), returns.progress)


def code_responses(experience: pl.DataFrame, over: Space) -> dict[str, np.ndarray]:
    """Each survey answer's place on the axes of X; answers before the first year have none."""
    if not len(experience):
        return {name: np.array([], dtype=np.int32) for name in ("area", "year", "statement", "answer")}
    frame = within(experience).select(
        _position(pl.col("area_code"), over.response_areas).alias("area"),
        (_year_start(pl.col("date")) - FIRST_YEAR).cast(pl.Int32).alias("year"),
        _position(pl.col("statement"), STATEMENTS).alias("statement"),
        _position(pl.col("answer"), AGREEMENT).alias("answer"),
    )
    return {name: frame[name].to_numpy() for name in frame.columns}


def within(experience: pl.DataFrame) -> pl.DataFrame:
    """Survey answers of the years the lattice covers."""
    return experience.filter(pl.col("date") >= date(FIRST_YEAR, 4, 1)) if len(experience) else experience


def with_nodes(family: Family, table: np.ndarray) -> np.ndarray:
    """The table with its inner nodes after the states, where it has states."""
    if not family.has_states:
        return table
    return np.concatenate([table, *[table[..., list(node)].sum(axis=-1, keepdims=True)
                                    for node in NODES.values()]], axis=-1)


def merge(coarse: str) -> np.ndarray:
    """For each category of the fine characteristic, the position of its coarse category."""
    fine, groups = COARSE[coarse]
    return np.array([CATEGORIES[coarse].index(groups[each]) for each in CATEGORIES[fine]], dtype=np.uint8)


def _roots(over: Space) -> Iterator[Family]:
    yield Family("M", "area x year x state", ("area_code", "period", "state"),
                 (over.areas, over.years, STATES))
    yield Family("A1", "area x quarter x state", ("area_code", "period", "state"),
                 (over.areas, over.quarters, STATES), is_quarterly=True)
    yield Family("A2", "area x year x programme x state", ("area_code", "period", "programme", "state"),
                 (over.areas, over.years, PROGRAMMES, STATES))


def _breakdowns(over: Space) -> Iterator[Family]:
    for c in PARTNERSHIP_LEVEL:
        yield Family(f"B_{c}", f"area x year x {c} x state", ("area_code", "period", "category", "state"),
                     (over.areas, over.years, CATEGORIES[c], STATES), (("characteristic", c),))
    for c, values in CATEGORIES.items():
        yield Family(f"C_{c}", f"Scotland x quarter x {c} x state", ("period", "category", "state"),
                     (over.quarters, values, STATES), (("characteristic", c),), is_quarterly=True)
        yield Family(f"D_{c}", f"Scotland x year x programme x {c} x state",
                     ("period", "programme", "category", "state"),
                     (over.years, PROGRAMMES, values, STATES), (("characteristic", c),))
    for pair, (a, b) in PAIRS.items():
        yield Family(f"E_{pair}", f"Scotland x year x {a} x {b} x state",
                     ("period", "category", "category_2", "state"),
                     (over.years, CATEGORIES[a], CATEGORIES[b], STATES),
                     (("characteristic", a), ("characteristic_2", b)))


def _others(over: Space) -> Iterator[Family]:
    area_year = ("area_code", "period")
    yield Family("F", "area x year x follow-up x answer", (*area_year, "characteristic", "category"),
                 (over.areas, over.years, tuple(FOLLOWUP_DAYS), ANSWERS))
    yield Family("T", "area x year, and Scotland x quarter, x months to work", (*area_year, "category"),
                 (over.areas, over.years, MONTHS), (("characteristic", "months_to_work"),), by_quarter="T_quarter")
    yield Family("W", "area x year x wait from referral to start", (*area_year, "category"),
                 (over.areas, over.years, WAITS), (("characteristic", "wait_to_start"),))
    yield Family("S", "area x year x domain x band", (*area_year, "characteristic", "category"),
                 (over.areas, over.years, DOMAINS, BANDS))
    for c, values in SOFT.items():
        yield Family(f"S_{c}", f"Scotland x year x domain x {c} x band",
                     ("period", "characteristic", "category_2", "category"),
                     (over.years, DOMAINS, values, BANDS), (("characteristic_2", c),))
    yield Family("X", "area x year x statement x answer", (*area_year, "characteristic", "category"),
                 (over.response_areas, over.years, STATEMENTS, AGREEMENT), book="responses")


def _tabulate(people: dict[str, np.ndarray], over: Space) -> Iterator[tuple[str, np.ndarray]]:
    for name, family in every_table(over).items():
        if "characteristic" not in family.axes and not family.is_margin:     # one coded column an axis
            yield name, _bin(people, _axes(family), family.shape)
    entered = {name: values[people["state"] < 6] for name, values in people.items()}
    shape = (len(over.areas), len(over.years))
    answers = [_bin(entered, ("area", "year", c), (*shape, len(ANSWERS))) for c in FOLLOWUP_DAYS]
    yield "F", np.stack(answers, 2)
    bands = [f"band_{domain}" for domain in DOMAINS]
    yield "S", np.stack([_bin(people, ("area", "year", band), (*shape, len(BANDS))) for band in bands], 2)
    for c, values in SOFT.items():
        used = [f"instrument_{domain}" if c == "instrument" else c for domain in DOMAINS]
        tables = [_bin(people, ("year", column, band), (len(over.years), len(values), len(BANDS)))
                  for column, band in zip(used, bands, strict=True)]
        yield f"S_{c}", np.stack(tables, 1)


def _axes(family: Family) -> tuple[str, ...]:
    """The coded columns a family is counted over."""
    constants = dict(family.constants)
    named = {"area_code": "area", "programme": "programme", "state": "state",
             "category": constants.get("characteristic", ""),
             "category_2": constants.get("characteristic_2", ""),
             "period": "quarter" if family.is_quarterly else "year"}
    return tuple(named[axis] for axis in family.axes)


def _bin(people: dict[str, np.ndarray], axes: tuple[str, ...], shape: tuple[int, ...]) -> np.ndarray:
    """How many people are in each cell."""
    address = people[axes[0]].astype(np.int64)
    for axis, length in zip(axes[1:], shape[1:], strict=True):
        address *= length
        address += people[axis]
    return np.bincount(address, minlength=int(np.prod(shape))).reshape(shape)


def _soft(people: pl.DataFrame, progress: pl.DataFrame) -> dict[str, np.ndarray]:
    """Band and instrument of every person in every domain; no score at all by default."""
    scored = states.soft_bands(progress)
    coded = {}
    for domain in DOMAINS:
        rows = people.join(scored.filter(pl.col("domain") == domain), on=["area_code", "participant_id"],
                           how="left", maintain_order="left")
        coded[f"band_{domain}"] = _position(pl.col("band").fill_null("no_start_score"), BANDS, rows)
        instrument = pl.col("instrument").fill_null("none")
        coded[f"instrument_{domain}"] = _position(instrument, SOFT["instrument"], rows)
    return coded


def _value(characteristic: str) -> pl.Expr:
    """A person's category of a characteristic of the finest grain, as text; blank is `unknown`."""
    if characteristic != "age_band":
        return pl.col(characteristic).cast(pl.String).fill_null("unknown")
    age = pl.col("age")
    return (pl.when(age.is_null()).then(pl.lit("unknown")).when(age < 16).then(pl.lit("under_16"))
            .when(age < 20).then(pl.lit("16_19")).when(age < 25).then(pl.lit("20_24"))
            .when(age < 35).then(pl.lit("25_34")).when(age < 50).then(pl.lit("35_49"))
            .otherwise(pl.lit("50_plus")))


def _position(value: pl.Expr, labels: tuple[str, ...], frame: pl.DataFrame | None = None):
    """Place of a value in its list; a value outside the list is an error, never a guess."""
    expression = value.cast(pl.String).cast(pl.Enum(list(labels))).to_physical()
    return expression if frame is None else frame.select(expression).to_series().to_numpy()


def _year_start(day: pl.Expr) -> pl.Expr:
    """Calendar year in which a day's financial year (from 1 April) begins."""
    return day.dt.year() - (day.dt.month() < 4).cast(pl.Int32)


def places(frame: pl.DataFrame) -> tuple[str, ...]:
    return tuple(sorted(frame["area_code"].unique().to_list())) if len(frame) else ()


def _long(family: Family, counts: np.ndarray, labels: tuple[tuple[str, ...], ...]) -> pl.DataFrame:
    """One row a cell, in the array's order."""
    values = pl.Series("count", counts.reshape(-1).astype(np.int32))
    return _addresses(family, labels).clone().insert_column(CUBE.index("count"), values)


@lru_cache(maxsize=256)
def _addresses(family: Family, labels: tuple[tuple[str, ...], ...]) -> pl.DataFrame:
    """Where each cell of a family is, without its count: the same for all that is counted of it, so made once."""
    positions = np.indices([len(each) for each in labels], dtype=np.int32).reshape(len(labels), -1)
    held = {axis: pl.Series(each, dtype=pl.String).gather(position)
            for axis, each, position in zip(family.axes, labels, positions, strict=True)}
    fixed = {"family": family.name, **dict(family.constants)}
    if "area_code" not in family.axes:
        fixed["area_code"] = SCOTLAND
    return pl.DataFrame(held).select(*[pl.col(name) if name in held else pl.lit(fixed.get(name, ALL)).alias(name)
                                       for name in CUBE if name != "count"])
