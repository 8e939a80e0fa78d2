"""What may be asked about people: which breakdowns exist, for where, what is too small, what is not collected.

A state is 'shown', 'scotland_only', 'by_programme', 'too_small', 'not_collected' or 'not_held'; what is said of each
is in figures/equality/views.py.
"""

from collections.abc import Collection, Iterable, Mapping

from dashboard.figure import SCOTLAND
from dashboard.methods.thresholds import FEWEST_SHOWN

BY_AREA = {
    "sex": "Sex", "age_group": "Age group", "disabled": "Disability", "ethnicity_group": "Ethnic group (two groups)",
    "carer": "Caring", "care_experienced": "Care experience", "parent": "Parents",
    "simd_quintile": "Deprivation of area (SIMD)", "urban_rural_2": "Urban or rural",
}
SCOTLAND_ONLY = {
    "age_band": "Age band", "ethnicity": "Ethnic group", "religion": "Religion", "sexual_orientation": "Sexual orientation",
    "trans_status": "Trans status", "conviction": "Conviction", "homeless": "Homelessness", "refugee": "Refugees",
    "urban_rural_6": "Urban-rural class (6-fold)", "island": "Lives on an island",
    "condition_type": "Type of condition", "priority_family": "Priority family type",
    "economic_status": "Status at the start", "highest_qualification": "Highest qualification",
    "joined_up_support": "Joined-up support",
}
OVERLAPPING = {
    "condition_type": ("mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"),
    "priority_family": ("lone_parent", "disabled_member", "three_or_more_children", "minority_ethnic",
                        "youngest_under_one", "mother_under_25"),
    "joined_up_support": ("health", "mental_health", "housing", "justice", "money_advice", "childcare", "transport"),
}
NOT_COLLECTED = {
    "pregnancy_and_maternity": ("Pregnancy and maternity", "priority_family"),
    "marriage_and_civil_partnership": ("Marriage and civil partnership", "sex"),
    "gender_identity": ("Gender identity", "trans_status"),
    "income": ("Household income", "simd_quintile"),
}
NEAREST = {"age_band": "age_group", "ethnicity": "ethnicity_group", "urban_rural_6": "urban_rural_2",
           "island": "urban_rural_2", "condition_type": "disabled", "priority_family": "parent"}
PAIRS = {
    "sex_age_band": "Sex by age", "sex_disabled": "Sex by disability", "age_band_disabled": "Age by disability",
    "ethnicity_group_sex": "Ethnic group by sex", "parent_disabled": "Parents by disability",
    "simd_quintile_disabled": "Deprivation by disability",
}
PARTS_OF_PAIRS = {
    "sex_age_band": ("sex", "age_band"), "sex_disabled": ("sex", "disabled"),
    "age_band_disabled": ("age_band", "disabled"), "ethnicity_group_sex": ("ethnicity_group", "sex"),
    "parent_disabled": ("parent", "disabled"), "simd_quintile_disabled": ("simd_quintile", "disabled"),
}
ALIASES = {"status": "economic_status", "qualifications": "highest_qualification", "support": "joined_up_support",
           "disability": "disabled", "age": "age_group", "ethnic_group": "ethnicity_group", "simd": "simd_quintile",
           "gender": "sex", "trans": "trans_status", "carers": "carer", "race": "ethnicity_group",
           "condition": "condition_type", "gender_reassignment": "trans_status", "belief": "religion"}


def name_of(by: str) -> str:
    """The characteristic in words."""
    return BY_AREA.get(by) or SCOTLAND_ONLY.get(by) or NOT_COLLECTED.get(by, (by,))[0]


def in_words(by: str) -> str:
    """The same in the middle of a sentence: 'care experience', but 'SIMD' as it is."""
    name = name_of(by)
    return name[:1].lower() + name[1:]


def families(by: str, area_code: str) -> tuple[str, ...]:
    """The families of tables behind a characteristic: one, or one for each overlapping group."""
    if by in OVERLAPPING:
        return tuple(f"C_{by}_{value}" for value in OVERLAPPING[by])
    return (f"B_{by}" if by in BY_AREA else f"C_{by}",)


def states(held: Mapping[tuple[str, str], int], area_code: str) -> dict[str, str]:
    """Every characteristic with its state in an area. `held`: people counted, by (family, area_code)."""
    found = {by: _state(held, by, area_code) for by in (*BY_AREA, *SCOTLAND_ONLY)}
    return found | dict.fromkeys(NOT_COLLECTED, "not_collected")


def by_programme_alone(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """What is held by programme and in no other view: how people were served, not who they are. Name to label, as held.

    `rows`: family, characteristic and label of every family of tables by programme.
    """
    elsewhere = {f"D_{family[2:]}" for by in (*BY_AREA, *SCOTLAND_ONLY) for family in families(by, SCOTLAND)}
    return {str(row["characteristic"]): str(row["label"]) for row in rows if row["family"] not in elsewhere}


def _state(held: Mapping[tuple[str, str], int], by: str, area_code: str) -> str:
    names = families(by, area_code)
    if not any((name, SCOTLAND) in held for name in names):
        return "not_held"
    if by in SCOTLAND_ONLY and area_code != SCOTLAND:
        return "scotland_only"
    people = max((held.get((name, area_code), 0) for name in names), default=0)
    return "shown" if people >= FEWEST_SHOWN else "too_small"


def pair_states(withheld: Collection[str], held: Collection[str]) -> dict[str, str]:
    """The six named pairs with their state. `held`: families of tables; `withheld`: pairs that may not be shown."""
    return {pair: "not_held" if f"E_{pair}" not in held else "too_small" if pair in withheld else "shown"
            for pair in PAIRS}


def find_by(given: str) -> str | None:
    """The characteristic a link names, by key, other name or label; None if nothing fits."""
    wanted = " ".join(given.casefold().split()).replace("-", "_").replace(" ", "_")
    wanted = ALIASES.get(wanted, wanted)
    known = [*BY_AREA, *SCOTLAND_ONLY, *NOT_COLLECTED]
    if wanted in known:
        return wanted
    return next((by for by in known if name_of(by).casefold() == given.casefold().strip()), None)


def find_pair(given: str) -> str | None:
    """The named pair a link asks for, whichever way round; None if it is not one of the six."""
    wanted = given.casefold().strip().replace("-", "_").replace(" ", "_").replace("_by_", "_").replace("_and_", "_")
    for pair, (first, second) in PARTS_OF_PAIRS.items():
        if wanted in (pair, f"{second}_{first}"):
            return pair
    return next((pair for pair, parts in PARTS_OF_PAIRS.items()
                 if set(_parts(wanted)) == {_broad(part) for part in parts}), None)


def _parts(text: str) -> list[str]:
    """The characteristics named in a pair that is spelled freely: 'age_sex' is age band and sex."""
    names = sorted({*BY_AREA, *SCOTLAND_ONLY, *ALIASES}, key=len, reverse=True)
    found = []
    for name in names:
        if name in text:
            found.append(_broad(ALIASES.get(name, name)))
            text = text.replace(name, "")
    return found


def _broad(by: str) -> str:
    return NEAREST.get(by, by)


def nearest_pairs(given: str) -> list[str]:
    """Named pairs that share a characteristic with what was asked for, in their order."""
    asked = set(_parts(given.casefold()))
    return [pair for pair, parts in PARTS_OF_PAIRS.items() if asked & {_broad(part) for part in parts}]
