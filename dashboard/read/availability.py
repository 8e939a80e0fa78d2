"""What may be asked about people: which breakdowns exist, for where, what is too small, what is not collected.

A link that asks for anything else is told why, and offered the nearest view that is safe.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from dashboard.methods.thresholds import FEWEST_SHOWN
from dashboard.read.selection import SCOTLAND

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
}
OVERLAPPING = {
    "condition_type": ("mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"),
    "priority_family": ("lone_parent", "disabled_member", "three_or_more_children", "minority_ethnic",
                        "youngest_under_one", "mother_under_25"),
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
ALIASES = {"disability": "disabled", "age": "age_group", "ethnic_group": "ethnicity_group", "simd": "simd_quintile",
           "gender": "sex", "trans": "trans_status", "carers": "carer", "race": "ethnicity_group",
           "condition": "condition_type", "gender_reassignment": "trans_status", "belief": "religion"}
WHY_SCOTLAND = ("Figures by {label} are made for Scotland only: in most partnerships the groups are so small "
                "that people could be recognised.")
WHY_PAIRS = ("Two characteristics together are shown for six named pairs and for Scotland only. More tables would let "
             "small groups be worked out by subtraction.")


@dataclass(frozen=True)
class Offer:
    """One entry of the chooser: `label` says before the click whether there is anything behind it."""

    key: str
    label: str
    state: str      # shown, scotland_only, too_small, not_collected, not_held


@dataclass(frozen=True)
class View:
    """What to show for what was asked: nothing hidden. `why` explains when it is not the same."""

    by: str
    area_code: str
    why: str = ""
    instead: tuple[tuple[str, str, str], ...] = ()   # (label, by, area_code) of the nearest safe views


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


def offers(held: Mapping[tuple[str, str], int], area_code: str, area: str) -> list[Offer]:
    """Every characteristic with its state. `held`: people counted, by (family, area_code)."""
    found = []
    for by in (*BY_AREA, *SCOTLAND_ONLY):
        state, label = _state(held, by, area_code), name_of(by)
        words = {"shown": "", "scotland_only": " — Scotland only", "not_held": " — not in this edition",
                 "too_small": f" — too few people in {area}"}[state]
        found.append(Offer(by, label + words, state))
    return found + [Offer(by, f"{label} — not collected", "not_collected")
                    for by, (label, _) in NOT_COLLECTED.items()]


def _state(held: Mapping[tuple[str, str], int], by: str, area_code: str) -> str:
    names = families(by, area_code)
    if not any((name, SCOTLAND) in held for name in names):
        return "not_held"
    if by in SCOTLAND_ONLY and area_code != SCOTLAND:
        return "scotland_only"
    people = max((held.get((name, area_code), 0) for name in names), default=0)
    return "shown" if people >= FEWEST_SHOWN else "too_small"


def pair_offers(withheld: Collection[str], held: Collection[str]) -> list[Offer]:
    """The six named pairs with their state."""
    found = []
    for pair, label in PAIRS.items():
        state = "not_held" if f"E_{pair}" not in held else "too_small" if pair in withheld else "shown"
        words = {"shown": "", "too_small": " — too few people in a group", "not_held": " — not in this edition"}[state]
        found.append(Offer(pair, label + words, state))
    return found


def resolve(by: str, area_code: str, area: str, state: str) -> View:
    """The view for a characteristic in an area, or the nearest safe one with the reason."""
    if state == "shown":
        return View(by, area_code)
    label = in_words(by)
    if state == "scotland_only":
        near = NEAREST.get(by)
        instead = [(f"{name_of(by)}, Scotland", by, SCOTLAND)]
        instead += [(f"{name_of(near)}, {area}", near, area_code)] if near else []
        return View(by, SCOTLAND, WHY_SCOTLAND.format(label=label), tuple(instead))
    if state == "too_small":
        return View(by, SCOTLAND, f"Too few people started in {area} for figures by {label}: a rate needs a base of 30.",
                    ((f"{name_of(by)}, Scotland", by, SCOTLAND),))
    if state == "not_collected":
        near = NOT_COLLECTED[by][1]
        return View(near, SCOTLAND, f"{name_of(by)} is not collected in participants' returns, so nothing can be shown.",
                    ((f"{name_of(near)}, Scotland", near, SCOTLAND),))
    return View(by, area_code, f"This edition holds no figures by {label}.")


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


def why_withheld(pair: str, fewest: int) -> str:
    """Why the whole view of a pair is withheld, without a number from it."""
    return (f"{PAIRS[pair]} is withheld whole: at least one group has fewer than {fewest} people, "
            "and showing the others would give it away.")


def safe_parts(pair: str, area_code: str = SCOTLAND) -> Sequence[tuple[str, str]]:
    """Each of the two characteristics by itself: (label, by)."""
    return [(name_of(part), part) for part in PARTS_OF_PAIRS[pair]]
