"""Who starts, and with what support: one chunk of an area's people at a time, as whole-number codes.

A code is the position of a value in the lists of `columns.py`; -1 is an empty cell.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from dashboard.pipeline.demonstration.draws import Draws, Whole
from dashboard.pipeline.demonstration.plan import FSS, NOLB, PROGRAMMES, Area, Plan
from dashboard.pipeline.demonstration.quarters import day

YES, NO, UNKNOWN, PREFER = range(4)
FEMALE = 0
UNEMPLOYED, INACTIVE = 0, 1
REMOTE = (4, 6)                      # remote small towns, remote rural
MINORITY = range(2, 7)               # positions of ethnicity that are Minority Ethnic
EARLY_NOLB = "nolb_until_2021-22"    # mostly young people, before the service widened
QUESTIONS = ("trans_status", "care_experienced", "carer", "conviction", "homeless", "refugee", "parent")


@dataclass
class People:
    """One chunk: people of one area in order of start, and their answers by column."""

    area: Area
    plan: Plan
    draws: Draws
    first: int                       # the number of the first person in the area's file
    programme: Whole
    quarter: Whole
    start: Whole                     # day
    is_new: np.ndarray               # started under the later template
    columns: dict[str, Whole] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.start)

    @property
    def invented(self) -> dict:
        return self.plan.invented

    def __getitem__(self, column: str) -> Whole:
        return self.columns[column]

    def __setitem__(self, column: str, codes: Whole) -> None:
        self.columns[column] = codes

    def unknown(self, per_mille: int | Whole) -> Whole:
        """A usual unknown share, in this area: per mille, never more than 900."""
        return np.minimum(np.asarray(per_mille) * self.area.unknown_per_mille // 1000, 900)

    def by_template(self, table: dict[str, list[int]]) -> Whole:
        """Rows of a table that has an old and a new template, one row a person."""
        return np.array([table["old"], table["new"]], dtype=np.int64)[self.is_new.astype(np.int64)]


def start_people(area: Area, plan: Plan, draws: Draws, first: int, quarters: range) -> People:
    """The people of these quarters in order of start, with everything known at the start."""
    counts = area.starts[:, quarters.start:quarters.stop]
    quarter = np.repeat(np.tile(np.arange(quarters.start, quarters.stop), len(PROGRAMMES)), counts.ravel())
    programme = np.repeat(np.repeat(np.arange(len(PROGRAMMES)), len(quarters)), counts.ravel())
    start = plan.calendar.start_days(draws, quarter)
    order = np.lexsort((draws.below(2**31 - 1, len(start)), start))
    programme, quarter, start = programme[order], quarter[order], start[order]
    people = People(area, plan, draws, first, programme, quarter, start, start >= area.template_day)
    people["area_code"], people["programme"] = np.zeros_like(start), programme
    for describe in (_describe_place, _describe_person, _describe_answers, _describe_disability,
                     _describe_background, _describe_family, _describe_support):
        describe(people)
    return people


def _describe_place(people: People) -> None:
    plan, draws, n = people.plan, people.draws, people.size
    code, place = people.area.code, people.invented["place"]
    simd = plan.targets.by_area_and_category("simd_quintile_16_64")[code]
    pulled = [simd[str(q)] * pull for q, pull in zip(range(1, 6), place["simd_pull"], strict=True)]
    people["simd_quintile"] = _or_blank(draws, draws.pick(pulled, n) + 1, place["simd_missing_per_mille"])
    classes = plan.targets.by_area_and_category("urban_rural_6_16_64")[code]
    urban_rural = draws.pick([classes[str(c)] for c in range(1, 7)], n) + 1
    on_island = draws.chance(_island_per_mille(plan, code, classes), n) & np.isin(urban_rural, REMOTE)
    people["island"] = np.where(on_island | (code in people.invented["islands"]["whole"]), YES, NO)
    people["urban_rural_6"] = _or_blank(draws, urban_rural, place["urban_rural_missing_per_mille"])


def _island_per_mille(plan: Plan, code: str, classes: dict[str, int]) -> int:
    """Share of an area's remote people who live on islands; the whole-island areas apart."""
    regions = plan.targets.by_category("island_region_16_64")
    people = sum(regions[region] * share for region, share in plan.invented["islands"].get(code, []))
    return min(people // (classes["4"] + classes["6"]), 1000) if people else 0


def _describe_person(people: People) -> None:
    draws, n, invented = people.draws, people.size, people.invented
    ages = invented["age"]
    people["band"] = draws.pick_by([ages[name] for name in _by_programme(ages)], _table_row(people))
    age = draws.in_bands(ages["bands"], people["band"])
    people["age"] = _or_blank(draws, age, ages["missing_per_mille"])
    sex = invented["sex"]
    people["sex"] = draws.pick_by([sex["default"], sex["fss"]], (people.programme == FSS).astype(np.int64))
    young = np.where(people["band"] <= 3, 0, 1)
    qualification = invented["highest_qualification"]
    people["highest_qualification"] = draws.pick_by([qualification["young"], qualification["adult"]], young)
    status = invented["economic_status"]
    statuses = [status[name] for name in _by_programme(status)]
    people["economic_status"] = draws.pick_by(statuses, _table_row(people))
    months = invented["months_unemployed"]
    spell = draws.in_bands(months["bands"], draws.pick(months["weights"], n))
    out_of_work = np.isin(people["economic_status"], (UNEMPLOYED, INACTIVE)) & (people["band"] > 0)
    spell = _or_blank(draws, np.minimum(spell, np.maximum(age - 15, 0) * 12), months["missing_per_mille"])
    people["months_unemployed"] = np.where(out_of_work, spell, -1)


def _describe_answers(people: People) -> None:
    """The yes/no questions; parents were not asked in the first year of the local model."""
    for name in QUESTIONS:
        question = people.invented["questions"][name]
        yes = _yes_per_mille(people, name, question["yes"])
        table = people.by_template(question)
        people[name] = answer(people, yes, table[:, 0], table[:, 1])
    not_asked = (people.programme == NOLB) & (people.start < april(2020))
    people["parent"] = np.where(not_asked, UNKNOWN, people["parent"])


def answer(people: People, yes: int | Whole, unknown: int | Whole, prefer: int | Whole) -> Whole:
    """Codes of a yes/no question: `unknown` and `prefer` of everyone, `yes` of the rest, all per mille."""
    draws, n = people.draws, people.size
    drawn = draws.below(1000, n)
    unknown = people.unknown(unknown)
    known = np.where(draws.chance(yes, n), YES, NO)
    return np.where(drawn < unknown, UNKNOWN, np.where(drawn < unknown + prefer, PREFER, known))


def april(year: int) -> int:
    """1 April of a year, as a day."""
    return day(date(year, 4, 1))


def _yes_per_mille(people: People, name: str, usual: int) -> Whole:
    by_programme = people.invented["yes_by_programme"].get(name, {})
    table = np.array([by_programme.get(programme, usual) for programme in PROGRAMMES])
    by_area = people.invented["yes_by_area"].get(name, {})
    return np.minimum(table[people.programme] * by_area.get(people.area.code, 1000) // 1000, 1000)


def _describe_disability(people: People) -> None:
    """Disability as published for each service, condition types to go with it."""
    plan, draws, invented = people.plan, people.draws, people.invented
    starts, shape = plan.targets.by_category("nolb_starts_by_disability"), invented["disabled"]
    nolb = starts["yes"] * 1000 // (starts["yes"] + starts["no"])
    yes = np.full(people.size, shape["other"])
    yes[people.programme == NOLB] = nolb
    yes[(people.programme == NOLB) & (people.start >= april(2024))] = shape["from_2024-25"]
    yes[people.programme == FSS] = shape["fss"]
    unknown = (starts["unknown"] * 1000 + sum(starts.values()) // 2) // sum(starts.values())
    people["disabled"] = answer(people, yes, unknown, shape["prefer_per_mille"])
    types, is_disabled = invented["condition_type"], people["disabled"] == YES
    chances = np.where(is_disabled[:, None], types["disabled"], types["others"])
    people["condition_type"] = _several(draws, chances)


def _describe_background(people: People) -> None:
    for name in ("religion", "sexual_orientation"):
        people[name] = _with_unknown(people, people.by_template(people.invented[name]))
    draws, n, ethnicity = people.draws, people.size, people.invented["ethnicity"]
    share = people.plan.targets.hundredths("minority_ethnic_share_pct")[people.area.code]
    pull = np.where(people.programme == FSS, ethnicity["fss_minority_per_mille"], 1000)
    is_minority = draws.below(10_000_000, n) < share * pull
    minority = MINORITY.start + draws.pick(ethnicity["minority"], n)
    known = np.where(is_minority, minority, draws.pick(ethnicity["white"], n))
    table, drawn = people.by_template(ethnicity), draws.below(1000, n)
    unknown = people.unknown(table[:, 0])
    not_said = np.where(drawn < unknown, MINORITY.stop, MINORITY.stop + 1)
    people["ethnicity"] = np.where(drawn < unknown + table[:, 1], not_said, known)


def _with_unknown(people: People, table: Whole) -> Whole:
    """A list whose last two values are unknown and prefer_not_to_say; the area moves the unknown share."""
    table = table.copy()
    known = table[:, :-2].sum(axis=1)
    unknown = np.minimum(people.unknown(table[:, -2]), 960 - table[:, -1])
    table[:, :-2] = table[:, :-2] * (1000 - unknown - table[:, -1])[:, None] * 1000 // known[:, None]
    table[:, -2:] = np.stack([unknown, table[:, -1]], axis=1) * 1000
    return people.draws.pick_by(table, np.arange(people.size))


def _describe_family(people: People) -> None:
    """Priority families of parents: overlapping, and asked since 2020-21."""
    draws, n, chances = people.draws, people.size, people.invented["priority_family"]
    first_three = ("lone_parent", "disabled_member", "three_or_more_children")
    drawn = [draws.chance(chances[name], n) for name in first_three]
    minority = np.isin(people["ethnicity"], list(MINORITY))
    under_one = draws.chance(chances["youngest_under_one"], n)
    young_mother = (people["sex"] == FEMALE) & (people["age"] >= 0) & (people["age"] < 25)
    asked = (people["parent"] == YES) & (people.start >= april(2020))
    recorded = asked & draws.chance(chances["recorded_per_mille"], n)
    held = np.stack([*drawn, minority, under_one, young_mother], axis=1) & recorded[:, None]
    people["priority_family"] = _as_mask(held)


def _describe_support(people: People) -> None:
    draws, n, support = people.draws, people.size, people.invented["support"]
    people["key_worker"] = draws.pick_by([support["key_worker"]["old"], support["key_worker"]["new"]],
                                         people.is_new.astype(np.int64))
    sector = support["provider_sector"]
    is_fss = (people.programme == FSS).astype(np.int64)
    people["provider_sector"] = draws.pick_by([sector["default"], sector["fss"]], is_fss)
    joined = support["joined_up"]
    share = np.where(people.is_new, 1000, joined["old_per_mille"])
    chances = share[:, None] * np.array(joined["chance"]) // 1000
    people["joined_up_support"] = _several(draws, chances)
    sources = people.invented["referral_source"]
    row = np.where(is_fss, 0, np.where(people["band"] <= 2, 1, 2))
    people["referral_source"] = draws.pick_by([sources["fss"], sources["young"], sources["adult"]], row)
    wait = people.invented["wait"]
    waited = draws.in_bands(wait["bands"], draws.pick(wait[people.area.pace], n))
    people["referral_date"] = _or_blank(draws, people.start - waited, wait["missing_per_mille"])


def _by_programme(tables: dict) -> list[str]:
    """The names of the tables in the order `_table_row` counts them."""
    return [EARLY_NOLB, *(name if name in tables else "default" for name in PROGRAMMES)]


def _table_row(people: People) -> Whole:
    """Which table of `_by_programme` each person draws from."""
    early = (people.programme == NOLB) & (people.start < april(2022))
    return np.where(early, 0, people.programme + 1)


def _several(draws: Draws, chances: Whole) -> Whole:
    """A mask with one bit for each column of `chances` (per mille, one row a person)."""
    held = draws.below(1000, chances.size).reshape(chances.shape) < chances
    return _as_mask(held)


def _as_mask(held: np.ndarray) -> Whole:
    return (held * (1 << np.arange(held.shape[1]))).sum(axis=1, dtype=np.int64)


def _or_blank(draws: Draws, values: Whole, per_mille: int) -> Whole:
    return np.where(draws.chance(per_mille, len(values)), -1, values)
