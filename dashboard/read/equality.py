"""One breakdown of participants: who is reached, how each group fares, and how far the unknown could move it.

Numbers in, rows out, made from protected counts alone. Overlapping groups (types of condition, priority families)
are each a breakdown of their own, and are never added up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.methods import journey, reach, rounding
from dashboard.methods import verdict as rule
from dashboard.methods.missing import is_missing
from dashboard.read import rates
from dashboard.read.cohorts import MILESTONES

UNKNOWN = ("unknown", "prefer_not_to_say")
UNKNOWN_WORDS = {"unknown": "Not known (either question)", "prefer_not_to_say": "Prefers not to say (either question)"}
OUTSIDE = ("under_16",)              # below working age: in the table, in no base
STEPS = ("starts", "entered", "weeks13", "weeks26", "weeks52")
SAME_AGES = "16 to 64"               # the only population base participants are compared with
MEASURES = {key: milestone.label for key, milestone in MILESTONES.items()}

OF_RECORDS = ("weeks13", "weeks26", "weeks52")     # what only follow-ups can tell
FEWEST_IN_PAIRS = 50                 # every group of a pair: below it the whole pair is withheld
NOUNS = {
    ("sex", "female"): "Women", ("sex", "male"): "Men", ("disabled", "yes"): "Disabled people",
    ("disabled", "no"): "People who are not disabled", ("ethnicity_group", "minority_ethnic"): "Minority Ethnic people",
    ("ethnicity_group", "white"): "White people", ("carer", "yes"): "Carers", ("carer", "no"): "Not carers",
    ("care_experienced", "yes"): "Care-experienced people", ("care_experienced", "no"): "Not care experienced",
    ("parent", "yes"): "Parents", ("parent", "no"): "Not parents", ("trans_status", "yes"): "Trans people",
    ("trans_status", "no"): "Not trans", ("conviction", "yes"): "People with a conviction",
    ("conviction", "no"): "No conviction", ("homeless", "yes"): "Homeless people", ("homeless", "no"): "Not homeless",
    ("refugee", "yes"): "Refugees", ("refugee", "no"): "Not refugees", ("island", "yes"): "Islanders",
    ("island", "no"): "Not islanders", ("urban_rural_2", "urban"): "People in urban areas",
    ("urban_rural_2", "rural"): "People in rural areas", ("key_worker", "yes"): "With one key worker throughout",
    ("key_worker", "no"): "Without one key worker throughout",
}
PAIR_WORDS = {("disabled", "yes"): "disabled", ("disabled", "no"): "not disabled", ("sex", "female"): "women",
              ("sex", "male"): "men", ("parent", "yes"): "parents", ("parent", "no"): "not parents",
              ("ethnicity_group", "white"): "White", ("ethnicity_group", "minority_ethnic"): "Minority Ethnic"}

Row = Mapping[str, object]


@dataclass(frozen=True)
class Group:
    """People of one group in the years pooled: protected counts. `cells`: rounded counts in each number."""

    category: str
    label: str
    counts: Mapping[str, int]
    cells: int
    footnote: str = ""
    parts: tuple[str, ...] = ()     # of a pair: the words of each of its two parts

    @property
    def starts(self) -> int:
        return self.counts["starts"]

    def pair(self, measure: str) -> tuple[int, int]:
        """(reached, base) of a measure among everyone who started."""
        return min(self.counts[measure], self.starts), self.starts

    def rate(self, measure: str) -> dict:
        """The share of those who started, as a row (see `read.rates`)."""
        return rates.rate(*self.pair(measure), self.cells)

    def range_of(self, measure: str, base: str = "starts") -> dict:
        """`lowest` and `highest` of a rate of records, percentages of `base`: every job not recorded over, or going on.

        Recorded at 13 weeks and not later may be over or not recorded: the counts cannot tell. Nothing of other measures.
        """
        people = self.counts[base]
        if measure not in OF_RECORDS or not people:
            return {}
        most = self.counts["weeks13"] + self.counts["not_recorded"] if base != "weeks13" else people
        return {"lowest": 100 * min(self.counts[measure], people) / people, "highest": 100 * min(most, people) / people}


def added(groups: Sequence[Group], label: str) -> Group:
    """These exclusive groups as one; every count added is one more rounded cell."""
    counts = {name: sum(group.counts[name] for group in groups) for name in (*STEPS, "not_recorded")}
    return Group("rest", label, counts, sum(group.cells for group in groups))


@dataclass(frozen=True)
class Breakdown:
    """Everyone who started in one area in `years`, by one characteristic.

    groups: known answers; unknown: not known and prefers not to say, always apart; outside: below working age.
    `overlapping` lists have no unknown of their own: a blank list is among everyone else.
    """

    characteristic: str
    area_code: str
    area: str
    years: tuple[str, ...]
    groups: tuple[Group, ...]
    unknown: tuple[Group, ...]
    outside: tuple[Group, ...] = ()
    overlapping: bool = False
    bounded: bool = True         # False where too few answers are unknown to show what they could change

    @property
    def known(self) -> int:
        return sum(group.starts for group in self.groups)

    @property
    def not_known(self) -> Group:
        return added(self.unknown, "Not known or prefers not to say")

    @property
    def unknown_share(self) -> float | None:
        """Unknown and withheld answers as a share of everyone; None where nobody started or it is not recorded."""
        everyone = self.known + self.not_known.starts
        return None if self.overlapping or not everyone else self.not_known.starts / everyone

    @property
    def claims(self) -> bool:
        """False past the stated unknown share: then nothing is called higher, lower or under-represented."""
        return self.unknown_share is None or not reach.too_many_unknown(
            self.not_known.starts, self.known + self.not_known.starts)

    @property
    def footnotes(self) -> list[str]:
        return list(dict.fromkeys(group.footnote for group in self.groups if group.footnote))

    def rest_of(self, group: Group) -> Group:
        """Everyone else whose answer is known."""
        return added([other for other in self.groups if other is not group], "Everyone else")


def breakdown(rows: Iterable[Row], years: Sequence[str]) -> Breakdown | None:
    """Rows of `group_journeys` of one area and family, added up over these years; None where there are none."""
    kept = [row for row in rows if row["period"] in years]
    if not kept:
        return None
    groups = [_group([row for row in kept if row["category"] == name])
              for name in dict.fromkeys(str(row["category"]) for row in kept)]
    return Breakdown(
        str(kept[0]["characteristic"]), str(kept[0]["area_code"]), str(kept[0]["area"]), tuple(years),
        tuple(group for group in groups if group.category not in (*UNKNOWN, *OUTSIDE)),
        tuple(group for group in groups if group.category in UNKNOWN),
        tuple(group for group in groups if group.category in OUTSIDE),
        overlapping=any(group.category == "rest" for group in groups))


def _group(rows: Sequence[Row]) -> Group:
    counts = {name: sum(int(row[name]) for row in rows) for name in (*STEPS, "not_recorded")}
    note = rows[0].get("footnote")
    return Group(str(rows[0]["category"]), _noun(rows[0]), counts, len(rows), "" if is_missing(note) else str(note))


def _noun(row: Row) -> str:
    """The group as it is written everywhere: 'Women', 'SIMD quintile 3', 'Condition: sensory'."""
    name, category, label = str(row["characteristic"]), str(row["category"]), str(row["category_label"])
    if name == "simd_quintile" and category != "unknown":
        return f"SIMD quintile {label}"
    for prefix, words in (("condition_type_", "Condition: "), ("priority_family_", "Family: "), ("joined_up_support_", "Support: ")):
        if name.startswith(prefix) and category == "yes":
            return words + label[:1].lower() + label[1:]
    return NOUNS.get((name, category), label)


def pair(rows: Iterable[Row], family: str, years: Sequence[str], area_code: str, area: str) -> Breakdown | None:
    """One pair of `intersections` as a breakdown of exclusive groups; None where it is withheld or not held.

    Raises ValueError when a group is below the base: such rows must never have come this far.
    """
    own = [row for row in rows if row["family"] == family]
    known = [row for row in own if not row["is_unknown"]]
    if not known:
        return None
    if any(int(row["starts"]) < FEWEST_IN_PAIRS for row in known):
        raise ValueError(f"{family} holds a group below {FEWEST_IN_PAIRS}")
    groups = tuple(Group(f"{row['category']}.{row['category_2']}", _pair_label(row), parts=_pair_parts(row), counts=
                         {name: int(row[name]) for name in STEPS} | {"not_recorded": int(row["entered"]) - int(row["weeks13"])},
                         cells=int(row["cells"]))
                   for row in known)
    unknown = tuple(Group(str(row["category"]), UNKNOWN_WORDS.get(str(row["category"]), str(row["category_label"])),
                          {name: 0 if is_missing(row[name]) else int(row[name]) for name in STEPS} | {"not_recorded": 0},
                          int(row["cells"])) for row in own if row["is_unknown"])
    bounded = not any(is_missing(row["starts"]) for row in own)
    notes = dict.fromkeys(str(row["footnote"]) for row in known if not is_missing(row["footnote"]))
    groups = (replace(groups[0], footnote=" ".join(notes)), *groups[1:])
    return Breakdown(family, area_code, area, tuple(years), groups, unknown, bounded=bounded)


def _pair_parts(row: Row) -> tuple[str, ...]:
    """'women' and 'disabled', 'SIMD quintile 1' and 'not disabled'."""
    return tuple(PAIR_WORDS.get((str(row[name]), str(row[category]))) or (
        f"SIMD quintile {row[label]}" if row[name] == "simd_quintile" else str(row[label])) for name, category, label in
        (("characteristic", "category", "category_label"), ("characteristic_2", "category_2", "category_2_label")))


def _pair_label(row: Row) -> str:
    """'Disabled women', 'Women, 16 to 19', 'SIMD 1 (most deprived), disabled'."""
    first, second = ((str(row[name]), str(row[category])) for name, category in
                     (("characteristic", "category"), ("characteristic_2", "category_2")))
    words = list(_pair_parts(row))
    if first[0] == "sex" and second == ("disabled", "yes"):
        words = [f"disabled {words[0]}"]
    elif first[0] == "sex" and second == ("disabled", "no"):
        words = [f"{words[0]} who are not disabled"]
    elif first == ("parent", "yes") and second == ("disabled", "yes"):
        words = ["disabled parents"]
    elif first[0] == "ethnicity_group":
        words = [" ".join(words)]
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


# Reach ------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Reached:
    """A group's share of participants beside its share of one population.

    share: a row in % of known answers. ratio is made from the two shares as they are shown; `limits` allow for
    the participants and, of a survey, for its own error where that can be had. verdict: a methods.reach verdict, or why
    there is none.
    """

    group: Group
    share: dict
    population: Row | None = None
    ratio: float | None = None
    limits: tuple[float, float] | None = None
    verdict: str = ""

    @property
    def is_tested(self) -> bool:
        return self.ratio is not None

    @property
    def is_need(self) -> bool:
        """True beside people out of work, False beside everyone."""
        return self.population is not None and bool(self.population.get("is_need"))


FEW_ANSWERS = "too few known answers: no claim"
NO_BASE = "no population figure is held on the same age base"
STOPS_AT_64 = "not compared: population figures stop at 64"
ALL_ANSWERS = "no other answers to compare with"


def reached(found: Breakdown, populations: Iterable[Row]) -> list[Reached]:
    """Each known group against every population held for it on the same age base; one row at least a group."""
    held = [row for row in populations if row["area_code"] == found.area_code and row["age_base"] == SAME_AGES]
    made = []
    for group in found.groups:
        if found.overlapping and group.category == "rest":
            continue
        share = rates.rate(group.starts, found.known, group.cells, known_cells(found))
        own = [row for row in held if row["category"] == group.category]
        made += [_against(found, group, share, row) for row in own] or [
            Reached(group, share, verdict=STOPS_AT_64 if group.category == "50_plus" else NO_BASE)]
    return made


def known_cells(found: Breakdown) -> int:
    """Rounded counts behind all known answers: those of the groups, or of everyone less the unknown, whichever are fewer.

    A year's groups add up to everyone, which is one rounded count, less what is not known.
    """
    years = max((group.cells for group in found.groups), default=1)
    return min(sum(group.cells for group in found.groups) or 1, years + sum(group.cells for group in found.unknown))


def _against(found: Breakdown, group: Group, share: dict, row: Row) -> Reached:
    if is_missing(share["value"]):
        return Reached(group, share, row, verdict="too few people to compare")
    population = float(row["value"])
    if not 0 < population < 100:
        return Reached(group, share, row, verdict="nobody, or everybody, in the population is in this group")
    tested = reach.reach(group.starts, found.known, population / 100, unknown=found.not_known.starts,
                         k=group.cells, k_known=known_cells(found), population_se=survey_error_of(row))
    shown = round(round(share["value"], rounding.decimals(share)) / population, 2)
    verdict = tested.verdict if share["obs_status"] != "u" else FEW_ANSWERS
    return Reached(group, share, row, shown, (float(tested.ratio.lower), float(tested.ratio.upper)), verdict)


def survey_error_of(row: Row) -> float:
    """Standard error of a population share (a proportion): of a survey, from its own interval or a like one's; else 0."""
    share = float(row["value"]) / 100
    known, lower, upper = (row.get(name) for name in ("survey_rate", "survey_lower", "survey_upper"))
    if not row.get("is_survey") or any(is_missing(each) for each in (known, lower, upper)):
        return 0.0
    return reach.survey_error(share, float(known) / 100, float(lower) / 100, float(upper) / 100)
NO_NEED = "not judged: no share of people out of work is held"
DISAGREE = "no verdict: set against everyone and against people out of work, the answers differ"


def agreed(rows: Sequence[Reached]) -> str:
    """One verdict for a group: that of every source, of everyone and of people out of work, where all agree.

    Else why there is none: services are for people out of work, so a share is never judged against everyone alone.
    """
    verdicts = dict.fromkeys(row.verdict for row in rows)
    if not any(row.is_tested for row in rows) or "too many unknown" in verdicts or FEW_ANSWERS in verdicts:
        return next(iter(verdicts)) if len(verdicts) == 1 else DISAGREE
    if not any(row.is_need for row in rows):
        return NO_NEED
    return next(iter(verdicts)) if len(verdicts) == 1 else DISAGREE


def out_of_work(populations: Iterable[Row], employed: Mapping[str, float], period: str) -> list[dict]:
    """Each group's share of people out of work, worked out: its share of people times its share not in work.

    `populations`: rows of `population_shares`, in % of people aged 16 to 64; `employed`: employment rates in % by
    category, of one period. Of a yes/no question held by its 'yes' alone, the rest are 'no'. Rows like those given,
    marked `is_need`; nothing of a source that does not hold every group.
    """
    by_source: dict[str, dict[str, Row]] = {}
    for row in populations:
        if row["age_base"] == SAME_AGES and row["category"] in employed:
            by_source.setdefault(str(row["indicator_id"]), {})[str(row["category"])] = row
    made = []
    for held in by_source.values():
        shares = {name: float(row["value"]) for name, row in held.items()}
        if set(employed) == {"yes", "no"} and set(shares) == {"yes"}:
            shares["no"] = 100 - shares["yes"]
        if set(shares) != set(employed):
            continue
        without = {name: share * (100 - employed[name]) for name, share in shares.items()}
        made += [dict(row) | {"value": 100 * without[name] / sum(without.values()), "is_need": True, "is_survey": True,
                              "is_derived": True, "rates_period": period} for name, row in held.items()]
    return made


@dataclass(frozen=True)
class Shared:
    """A group's share of one part's known answers beside its share of the rest's, such as other programmes'.

    own, rest: rows in %; row: the difference in points. verdict: as `verdict_name`, or alone (there is no rest);
    `found` is what the rule said of it.
    """

    group: Group
    own: dict
    rest: dict
    row: dict
    verdict: str
    found: rule.Verdict | None = None


def shared(found: Breakdown, others: Breakdown | None) -> list[Shared]:
    """Each known group's share of a part, tested against the rest alone, never against a whole that holds the part."""
    theirs = {group.category: group for group in others.groups} if others else {}
    return together([_shared(found, group, others, theirs.get(group.category)) for group in found.groups
                     if not (found.overlapping and group.category == "rest")])


# What the rule of verdicts gives, by the name a row carries; a direction and 'none' are their own.
NAMES = {rule.MISSING: "untested", rule.ON_FEW_PEOPLE: "few", rule.ANSWERS: "off", rule.RECORDING: "unrecorded",
         rule.REVERSIBLE: "reversible"}


def verdict_name(found: rule.Verdict) -> str:
    """higher, lower, none; or why there is none: untested, few, off, unrecorded, reversible."""
    return found.direction if found.direction != "untested" else NAMES[found.why]


def together(rows: Sequence) -> list:
    """Gaps, shares or cells of one screen with their verdicts judged as one family."""
    judged = iter(rule.in_family([row.found for row in rows if row.found is not None]))
    return [row if row.found is None else replace(row, found=(each := next(judged)), verdict=verdict_name(each))
            for row in rows]


def _shared(found: Breakdown, group: Group, others: Breakdown | None, there: Group | None) -> Shared:
    own = rates.rate(group.starts, found.known, group.cells, known_cells(found))
    if others is None or not others.known:
        nothing = rates.HIDDEN | {"obs_status": "x"}
        return Shared(group, own, nothing, nothing, "alone")
    rest = rates.rate(*((there.starts, others.known, there.cells) if there else (0, others.known, 1)), known_cells(others))
    row = rates.difference(own, rest, (own["cells"], rest["cells"]))
    status = row["obs_status"]
    if status == "c":
        return Shared(group, own, rest, row, "untested")
    made = rates.verdict_of(row, is_claimed=bool(found.claims and others.claims))
    return Shared(group, own, rest, row, verdict_name(made), made)


# Outcome gap ------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Gap:
    """How far a group's rate is from everyone else's, in points; lowest and highest: the range the unknown allow.

    row: value, lower_ci, upper_ci and obs_status in points, as `read.rates.difference` makes them; own and rest carry
    the range that what is not recorded allows. verdict: as `verdict_name`; `found` is what the rule said of it.
    """

    group: Group
    own: dict
    rest: dict
    row: dict
    lowest: float | None
    highest: float | None
    verdict: str
    found: rule.Verdict | None = None
    rest_name: str = "everyone else"


def gaps(found: Breakdown, measure: str) -> list[Gap]:
    """Each known group's gap to everyone else whose answer is known, judged together."""
    return gaps_of([found], measure)[0][1]


def gaps_of(breakdowns: Sequence[Breakdown], measure: str) -> list[tuple[Breakdown, list[Gap]]]:
    """The gaps of several breakdowns on one screen, such as overlapping groups: all of them judged together."""
    made = [(found, [_gap(found, group, found.rest_of(group), measure) for group in _compared(found)])
            for found in breakdowns]
    judged = iter(together([gap for _, own in made for gap in own]))
    return [(found, [next(judged) for _ in own]) for found, own in made]


def _compared(found: Breakdown) -> list[Group]:
    """The groups that are compared: not what is left over beside one of an overlapping list."""
    return [group for group in found.groups
            if len(found.groups) > 1 and not (found.overlapping and group.category == "rest")]


def both_ways(found: Breakdown, measure: str) -> list[Gap]:
    """A pair read in both directions: each group against those it shares the first part with, then the second.

    'Disabled women, against disabled men' and 'Disabled women, against women who are not disabled'.
    """
    made = []
    for group in found.groups:
        for place in (0, 1):
            own = group.category.split(".")
            others = [each for each in found.groups if each is not group and each.category.split(".")[place] == own[place]]
            if others:
                name = _noun_in_sentence(others[0].label) if len(others) == 1 else f"everyone else: {group.parts[place]}"
                made.append(replace(_gap(found, group, added(others, name), measure), rest_name=name))
    return together(made)


def _noun_in_sentence(label: str) -> str:
    """'disabled men' of 'Disabled men'; 'SIMD' and other capitals are kept."""
    return label if label[1:2].isupper() or label.startswith(("White", "Minority")) else label[:1].lower() + label[1:]


def _gap(found: Breakdown, group: Group, rest: Group, measure: str) -> Gap:
    own_rate, rest_rate = (each.rate(measure) | each.range_of(measure) for each in (group, rest))
    status = rates.strictest(own_rate["obs_status"], rest_rate["obs_status"])
    if status == "c":
        return Gap(group, own_rate, rest_rate, rates.HIDDEN | {"obs_status": "c"}, None, None, "untested")
    bounds = reach.gap_bounds(group.pair(measure), rest.pair(measure), found.not_known.pair(measure)
                              if found.unknown else (0, 0), (group.cells, rest.cells),
                              k_unknown=found.not_known.cells)
    value, lower, upper = (100 * float(each) for each in bounds.known)
    row = {"value": value, "lower_ci": lower, "upper_ci": upper, "obs_status": status}
    furthest = None if found.overlapping or not found.bounded else (100 * bounds.lowest, 100 * bounds.highest)
    made = rates.verdict_of(row, own_rate, rest_rate, furthest, is_claimed=bool(found.claims),
                            is_of_records=measure in OF_RECORDS)
    return Gap(group, own_rate, rest_rate, row, *(furthest or (None, None)), verdict_name(made), made)


# Journey ----------------------------------------------------------------------------------------

STRIP = (("entered", "Job", "starts"), ("weeks13", "13 weeks", "entered"), ("weeks26", "26 weeks", "weeks13"))
HELD_ON = ("weeks26", "Job to 26 weeks", "entered")


@dataclass(frozen=True)
class Cell:
    """One step of one group's strip: its rate relative to everyone else's, or the mark that stands for it."""

    step: str
    own: dict
    rest: dict
    relative: float | None = None
    limits: tuple[float, float] | None = None
    verdict: str = "none"
    mark: str = ""
    gap: dict = field(default_factory=dict)
    found: rule.Verdict | None = None


def strip(found: Breakdown, steps: Sequence[tuple[str, str, str]] = STRIP) -> list[tuple[Group, list[Cell]]]:
    """For each known group, each step among those who reached the step before, relative to everyone else."""
    return strips([found], steps)[0]


def strips(breakdowns: Sequence[Breakdown],
           steps: Sequence[tuple[str, str, str]] = STRIP) -> list[list[tuple[Group, list[Cell]]]]:
    """The same of several breakdowns on one screen: the cells of a step are judged together, in all of them."""
    made = {step: iter(together([_cell(found, group, step) for found in breakdowns for group in _compared(found)]))
            for step in steps}
    return [[(group, [next(made[step]) for step in steps]) for group in _compared(found)] for found in breakdowns]


def _cell(found: Breakdown, group: Group, step: tuple[str, str, str]) -> Cell:
    measure, label, base = step
    rest = found.rest_of(group)
    ranges = [each.range_of(measure, base) for each in (group, rest)]
    pairs = [(min(each.counts[measure], each.counts[base]), each.counts[base]) for each in
             (group, rest, *((found.not_known,) if found.unknown else ()))]
    return cell(label, pairs[0], pairs[1], (group.cells, rest.cells), found.claims, ranges if measure in OF_RECORDS else None,
                None if found.overlapping or not found.bounded else pairs[2] if found.unknown else (0, 0))


def cell(label: str, own: tuple[int, int], rest: tuple[int, int], cells: tuple[int, int], claims: bool,
         ranges: Sequence[Mapping[str, float]] | None = None, unknown: tuple[int, int] | None = None) -> Cell:
    """A step from (reached, base) of a group and of everyone else; marked [c] where either base is under 30.

    `ranges`: of a step of records, what each of the two could be (`Group.range_of`). `unknown`: the same of people whose
    answer is not known, who could be in either; None where that is not held.
    """
    own, rest = (journey.Count(min(x, n), n) for x, n in (own, rest))
    rows = [rates.rate(*each, k) for each, k in zip((own, rest), cells, strict=True)]
    status = rates.strictest(*(row["obs_status"] for row in rows))
    if status == "c":
        return Cell(label, *rows, mark="c")
    found, = journey.parity({label: own}, {label: rest}, *cells)
    if is_missing(float(found.relative.value)):
        return Cell(label, *rows, mark="x")
    gap = dict(zip(rates.HIDDEN, (100 * float(each) for each in found.gap), strict=True)) | {"obs_status": status}
    furthest = None if unknown is None else reach.gap_bounds(own, rest, unknown, cells)[1:]
    made = rates.verdict_of(gap, *(ranges or ({}, {})), furthest, is_claimed=bool(claims), is_of_records=ranges is not None)
    return Cell(label, *rows, float(found.relative.value), (float(found.relative.lower), float(found.relative.upper)),
                verdict_name(made), status or "", gap, made)


def largest_loss(cells: Sequence[Cell]) -> str | None:
    """The step where the group clearly falls furthest behind, or None."""
    behind = [each for each in cells if each.verdict == "lower" and each.limits and each.limits[1] < 1]
    return min(behind, key=lambda each: each.relative).step if behind else None
