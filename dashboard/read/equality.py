"""One breakdown of participants: who is reached, how each group fares, and how far the unknown could move it.

Numbers in, rows out, made from protected counts alone. Overlapping groups (types of condition, priority families)
are each a breakdown of their own, and are never added up.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dashboard.methods import journey, reach
from dashboard.methods.missing import is_missing
from dashboard.read import rates

UNKNOWN = ("unknown", "prefer_not_to_say")
OUTSIDE = ("under_16",)              # below working age: in the table, in no base
STEPS = ("starts", "entered", "weeks13", "weeks26", "weeks52")
SAME_AGES = "16 to 64"               # the only population base participants are compared with
MEASURES = {"entered": "Entered work", "weeks13": "Recorded in work at 13 weeks or later",
            "weeks26": "Recorded in work at 26 weeks or later", "weeks52": "Recorded in work at 52 weeks"}

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
    ("urban_rural_2", "rural"): "People in rural areas",
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

    @property
    def starts(self) -> int:
        return self.counts["starts"]

    def pair(self, measure: str) -> tuple[int, int]:
        """(reached, base) of a measure among everyone who started."""
        return min(self.counts[measure], self.starts), self.starts

    def rate(self, measure: str) -> dict:
        """The share of those who started, as a row (see `read.rates`)."""
        return rates.rate(*self.pair(measure), self.cells)


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
    for prefix, words in (("condition_type_", "Condition: "), ("priority_family_", "Family: ")):
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
    groups = tuple(Group(f"{row['category']}.{row['category_2']}", _pair_label(row),
                         {name: int(row[name]) for name in STEPS} | {"not_recorded": 0}, int(row["cells"]))
                   for row in known)
    unknown = tuple(Group(str(row["category"]), f"{row['category_label']} (either question)",
                          {name: 0 if is_missing(row[name]) else int(row[name]) for name in STEPS} | {"not_recorded": 0},
                          int(row["cells"])) for row in own if row["is_unknown"])
    bounded = not any(is_missing(row["starts"]) for row in own)
    notes = dict.fromkeys(str(row["footnote"]) for row in known if not is_missing(row["footnote"]))
    groups = (replace(groups[0], footnote=" ".join(notes)), *groups[1:])
    return Breakdown(family, area_code, area, tuple(years), groups, unknown, bounded=bounded)


def _pair_label(row: Row) -> str:
    """'Disabled women', 'Women, 16 to 19', 'SIMD 1 (most deprived), disabled'."""
    first, second = ((str(row[name]), str(row[category])) for name, category in
                     (("characteristic", "category"), ("characteristic_2", "category_2")))
    words = [PAIR_WORDS.get(each) or (f"SIMD quintile {label}" if each[0] == "simd_quintile" else str(label))
             for each, label in ((first, row["category_label"]), (second, row["category_2_label"]))]
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
                         k=group.cells, k_known=known_cells(found), population_se=_survey_error(row))
    shown = round(round(share["value"], 1) / population, 2)
    verdict = tested.verdict if share["obs_status"] != "u" else "fewer than 50 known answers: no claim"
    return Reached(group, share, row, shown, (float(tested.ratio.lower), float(tested.ratio.upper)), verdict)


def _survey_error(row: Row) -> float:
    """Standard error of a population share (a proportion): of a survey, from its own interval or a like one's; else 0."""
    share = float(row["value"]) / 100
    known, lower, upper = (row.get(name) for name in ("survey_rate", "survey_lower", "survey_upper"))
    if not row.get("is_survey") or any(is_missing(each) for each in (known, lower, upper)):
        return 0.0
    return reach.survey_error(share, float(known) / 100, float(lower) / 100, float(upper) / 100)


def agreed(rows: Sequence[Reached]) -> str:
    """One verdict for a group: the sources', where all agree; else that it depends on the source."""
    verdicts = dict.fromkeys(row.verdict for row in rows)
    return next(iter(verdicts)) if len(verdicts) == 1 else "the answer depends on the source"


@dataclass(frozen=True)
class Shared:
    """A group's share of one part's known answers beside its share of the rest's, such as other programmes'.

    own, rest: rows in %; row: the difference in points. verdict: higher, lower, none, or why there is none: few
    (a base under 50), off (too many unknown), untested (a base under 30), alone (there is no rest).
    """

    group: Group
    own: dict
    rest: dict
    row: dict
    verdict: str


def shared(found: Breakdown, others: Breakdown | None) -> list[Shared]:
    """Each known group's share of a part, tested against the rest alone, never against a whole that holds the part."""
    theirs = {group.category: group for group in others.groups} if others else {}
    return [_shared(found, group, others, theirs.get(group.category)) for group in found.groups
            if not (found.overlapping and group.category == "rest")]


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
    verdict = "off" if not (found.claims and others.claims) else "few" if status == "u" else rates.direction(row)
    return Shared(group, own, rest, row, verdict)


# Outcome gap ------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Gap:
    """How far a group's rate is from everyone else's, in points; lowest and highest: the range the unknown allow.

    row: value, lower_ci, upper_ci and obs_status in points, as `read.rates.difference` makes them.
    verdict: higher, lower, none, untested, few (see `careful_gaps`), or off (claims are switched off).
    """

    group: Group
    own: dict
    rest: dict
    row: dict
    lowest: float | None
    highest: float | None
    verdict: str


def gaps(found: Breakdown, measure: str) -> list[Gap]:
    """Each known group's gap to everyone else whose answer is known."""
    return [_gap(found, group, measure) for group in found.groups
            if len(found.groups) > 1 and not (found.overlapping and group.category == "rest")]


def careful_gaps(found: Breakdown, measure: str) -> list[Gap]:
    """The same, with no direction ('few') where a base is under 50 people."""
    return [replace(gap, verdict="few") if gap.row["obs_status"] == "u" and gap.verdict != "off" else gap
            for gap in gaps(found, measure)]


def _gap(found: Breakdown, group: Group, measure: str) -> Gap:
    rest = found.rest_of(group)
    own_rate, rest_rate = group.rate(measure), rest.rate(measure)
    status = rates.strictest(own_rate["obs_status"], rest_rate["obs_status"])
    if status == "c":
        return Gap(group, own_rate, rest_rate, rates.HIDDEN | {"obs_status": "c"}, None, None, "untested")
    bounds = reach.gap_bounds(group.pair(measure), rest.pair(measure), found.not_known.pair(measure)
                              if found.unknown else (0, 0), (group.cells, rest.cells),
                              k_unknown=found.not_known.cells)
    value, lower, upper = (100 * float(each) for each in bounds.known)
    row = {"value": value, "lower_ci": lower, "upper_ci": upper, "obs_status": status}
    verdict = rates.direction(row) if found.claims else "off"
    known_range = (None, None) if found.overlapping or not found.bounded else (100 * bounds.lowest, 100 * bounds.highest)
    return Gap(group, own_rate, rest_rate, row, *known_range, verdict)


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


def strip(found: Breakdown, steps: Sequence[tuple[str, str, str]] = STRIP) -> list[tuple[Group, list[Cell]]]:
    """For each known group, each step among those who reached the step before, relative to everyone else."""
    return [(group, [_cell(found, group, step) for step in steps]) for group in found.groups
            if len(found.groups) > 1 and not (found.overlapping and group.category == "rest")]


def _cell(found: Breakdown, group: Group, step: tuple[str, str, str]) -> Cell:
    measure, label, base = step
    rest = found.rest_of(group)
    return cell(label, (group.counts[measure], group.counts[base]), (rest.counts[measure], rest.counts[base]),
                (group.cells, rest.cells), found.claims)


def cell(label: str, own: tuple[int, int], rest: tuple[int, int], cells: tuple[int, int], claims: bool) -> Cell:
    """A step from (reached, base) of a group and of everyone else; marked [c] where either base is under 30."""
    own, rest = (journey.Count(min(x, n), n) for x, n in (own, rest))
    rows = [rates.rate(*each, k) for each, k in zip((own, rest), cells, strict=True)]
    status = rates.strictest(*(row["obs_status"] for row in rows))
    if status == "c":
        return Cell(label, *rows, mark="c")
    found, = journey.parity({label: own}, {label: rest}, *cells)
    if is_missing(float(found.relative.value)):
        return Cell(label, *rows, mark="x")
    verdict = found.verdict if claims and found.verdict in ("higher", "lower") else "none" if claims else "off"
    gap = dict(zip(("value", "lower_ci", "upper_ci"), (100 * float(each) for each in found.gap), strict=True))
    return Cell(label, *rows, float(found.relative.value), (float(found.relative.lower), float(found.relative.upper)),
                verdict, status or "", gap | {"obs_status": status})


def largest_loss(cells: Sequence[Cell]) -> str | None:
    """The step where the group clearly falls furthest behind, or None."""
    behind = [each for each in cells if each.verdict == "lower" and each.limits and each.limits[1] < 1]
    return min(behind, key=lambda each: each.relative).step if behind else None
