"""How many lines of enquiry are false where all areas are drawn alike, and how many planted differences are found?

    python benchmarks/challenge.py [--runs 400]

Editions are drawn with the sizes of the shipped one: its partnerships, groups and years of start. Every area and every
group has the same true rate, starts vary by chance alone around one level, and counts are rounded as the disclosure gate
rounds them. Then the rules themselves, as they raise lines on a page, are asked. What they raise is false.
Planted: one difference of a stated size in an edition that is otherwise alike; what is counted is how often its line comes.
`make test` does a quick part; figures do not depend on the machine.
"""

import argparse
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from dashboard import paths
from dashboard.catalogue import load_indicator
from dashboard.figure import SCOTLAND
from dashboard.figures.challenge import areas, groups, reached, records, shifts
from dashboard.figures.equality import held
from dashboard.methods.rounding import rounded
from dashboard.read import equality, rates
from dashboard.read.edition import Edition, current
from dashboard.read.enquiry import rules
from dashboard.read.progress import Domain
from dashboard.words import comparisons

SEED, RUNS = 2026, 400
RATE, LATER, QUARTERS, CELLS = 0.35, {"in_work_at_13_weeks": 0.6, "in_work_at_26_weeks": 0.45}, 32, 3
STATED = 0.05            # of editions with a false line, at most, by each rule that is held against chance
STATED_AREAS = 0.01      # of areas with any false line by all of those rules together, at most, on average
RECORDED = 0.6           # true share recorded or asked twice where it is drawn: over the half that a line is raised under
NOT_KNOWN = 0.15         # true share of answers not known: under the fifth
CHARACTERISTICS = 12
OFTEN = 1.6              # times as often as everyone else, person for person, everywhere
# What is planted: of areas of about so many people, a difference in points, or how many times as many start.
PEOPLE = (400, 1000, 2500)
AREAS_APART = (("outside_funnel", 0.15), ("unlike_its_family", 0.15), ("unlike_its_family", 0.08))
GAPS = ((1000, 0.1, -0.10), (1000, 0.1, -0.15), (5000, 0.12, -0.10), (5000, 0.12, -0.15), (2500, 1.0, -0.15))   # and the most unknown
TIMES = (1.3, 1.5)
OFTENER, MOST_UNKNOWN = (0.6, 1.4), 0.2


@dataclass(frozen=True)
class Sizes:
    """An edition's sizes: people who started in each partnership over three years, its family groups, and its groups.

    areas: people by area_code. families: area_code to (name, the other members). groups: by (area_code, characteristic),
    people by category.
    """

    areas: Mapping[str, int]
    families: Mapping[str, tuple[str, Sequence[str]]]
    groups: Mapping[tuple[str, str], Mapping[str, int]]


def sizes_of(edition: Edition) -> Sizes:
    """The sizes of an edition that holds returns."""
    first = areas.measures_of(edition)[0]
    people = {str(row["area_code"]): int(row["denominator"]) for row in first.rows
              if row["area_code"] != SCOTLAND and row["denominator"]}
    by: dict[tuple[str, str], dict[str, int]] = {}
    for row in edition.ask("group_totals", years=held.outcome_years(edition, "entered")).rows:
        by.setdefault((str(row["area_code"]), str(row["characteristic"])), {})[str(row["category"])] = int(row["starts"])
    return Sizes(people, areas.families_of(edition), by)


# ---- drawn editions ---------------------------------------------------------------------------------

def measures(sizes: Sizes, rng: np.random.Generator, planted: Mapping[str, float] | None = None) -> list[areas.Measure]:
    """Three measures of every area at one true rate each, judged; `planted` adds to the rates of these areas (proportions)."""
    codes, base = list(sizes.areas), np.array(list(sizes.areas.values()))
    rate = np.array([RATE + (planted or {}).get(code, 0.0) for code in codes])
    entered = rng.binomial(base, rate)
    made = {"entered_work_within_12_months": entered}
    made |= {name: rng.binomial(entered, share) for name, share in LATER.items()}
    shown = rounded(base, CELLS, rng)
    return [_measure(name, codes, rounded(count, CELLS, rng), shown) for name, count in made.items()]


def _measure(name: str, codes: Sequence[str], count: np.ndarray, base: np.ndarray) -> areas.Measure:
    indicator = load_indicator(paths.INDICATORS / f"{name}.toml")
    rows = [_row(SCOTLAND, int(count.sum()), int(base.sum())), *map(_row, codes, map(int, count), map(int, base))]
    return areas.Measure(indicator, "the years drawn", tuple(comparisons.judged(rows, rows[0], "Scotland", indicator)))


def _row(code: str, count: int, base: int) -> dict:
    """A rate all of whose jobs are recorded: nothing stands between it and a verdict."""
    made = rates.rate(count, base, CELLS)
    everything = {"lowest": made["value"], "highest": made["value"]}
    return made | everything | {"area_code": code, "area": code, "indicator_id": "", "period": "", "period_label": ""}


def group_rows(sizes: Sizes, rng: np.random.Generator, planted: Mapping[tuple[str, str, str], float] | None = None,
               ) -> list[tuple[str, list[dict]]]:
    """Rows of `group_totals`, for each measure: every group of every area at one true rate; `planted` as in `measures`."""
    cells = [(code, by, category, people) for (code, by), own in sizes.groups.items() for category, people in own.items()]
    base = np.array([people for *_, people in cells])
    rate = np.array([RATE + (planted or {}).get((code, by, category), 0.0) for code, by, category, _ in cells])
    entered = rng.binomial(base, rate)
    counts = [rounded(each, CELLS, rng) for each in (base, entered, rng.binomial(entered, LATER["in_work_at_26_weeks"]))]
    rows = [{"area_code": code, "characteristic": by, "category": category, "family": f"B_{by}", "cells": CELLS,
             "starts": int(starts), "entered": int(work), "weeks26": int(later)}
            for (code, by, category, _), starts, work, later in zip(cells, *counts, strict=True)]
    return [(measure, rows) for measure in groups.MEASURES]


def series(sizes: Sizes, rng: np.random.Generator, planted: Mapping[str, float] | None = None) -> dict[str, tuple]:
    """Quarters of starts of every area, by chance alone around one level; the second half `planted` times as many."""
    made = {}
    for code, people in sizes.areas.items():
        level = np.full(QUARTERS, people / 12.0)
        level[QUARTERS // 2:] *= (planted or {}).get(code, 1.0)
        made[code] = [{"value": float(count), "period_label": str(at)}
                      for at, count in enumerate(rounded(rng.poisson(level), 1, rng))], ()
    return made


def placed(sizes: Sizes, rng: np.random.Generator, planted: Mapping[tuple[str, str], float] | None = None) -> list[reached.Placed]:
    """Groups that come equally often everywhere, person for person; how many of them live there differs from area to area.

    `planted`: how many times as often as elsewhere, by area and characteristic.
    """
    made = []
    for (code, by), own in sizes.groups.items():
        name = groups.FIRST.get(by)
        known = sum(people for category, people in own.items() if category not in (*equality.UNKNOWN, *equality.OUTSIDE))
        if name not in own or not known:
            continue
        population = float(np.clip(own[name] / known * rng.uniform(0.6, 1.4), 0.02, 0.6))
        often = OFTEN * (planted or {}).get((code, by), 1.0)
        share = often * population / (1 - population + often * population)
        unknown = sum(own.get(category, 0) for category in equality.UNKNOWN)
        counts = rounded(np.append(rng.multinomial(known, (share, 1 - share)), unknown), CELLS, rng)
        people = [equality.Group(category, category, dict.fromkeys((*equality.STEPS, "not_recorded"), int(count)), CELLS)
                  for category, count in zip((name, "others", "unknown"), counts, strict=True)]
        found = equality.Breakdown(by, code, code, ("drawn",), tuple(people[:2]), tuple(people[2:]))
        row = {"area_code": code, "age_base": equality.SAME_AGES, "category": name, "value": 100 * population, "is_survey": False,
               "indicator_id": "drawn"}
        made.append(reached.Placed(by, found, people[0], reached.shares_of(found, people[0], [row])))
    return made


# ---- what the rules raise ---------------------------------------------------------------------------

def raised(sizes: Sizes, rng: np.random.Generator) -> dict[str, set[str]]:
    """By rule, the areas with a line in one edition in which all are alike."""
    drawn, rows = measures(sizes, rng), group_rows(sizes, rng)
    return {"outside_funnel": {str(row["area_code"]) for _, row in areas.outside(drawn, rules()["outside_funnel"].threshold)},
            "unlike_its_family": {str(each.row["area_code"]) for each in areas.unlike(drawn, sizes.families)},
            "changed_starts": set(shifts.shifts(series(sizes, rng), int(rules()["changed_starts"].threshold))),
            "outcome_gap": {each.area_code for each in gaps(rows)},
            "reach_here": {each.placed.breakdown.area_code for each in unlike_elsewhere(placed(sizes, rng))}}


def unlike_elsewhere(every: Sequence[reached.Placed]) -> list[reached.Unlike]:
    """The groups with a line of the rule."""
    return reached.unlike_elsewhere(every, rules()["reach_here"].threshold)


def gaps(rows: Sequence[tuple[str, Sequence[Mapping]]]) -> set[groups.Group]:
    """The groups with a line: told apart among all, then by the rule for verdicts, and by enough."""
    found = set()
    for each in groups.told_apart(rows):
        own = [row for row in dict(rows)[each.measure] if (row["area_code"], row["characteristic"]) == (each.area_code, each.by)]
        for gap in equality.gaps_of([_breakdown(own)], each.measure)[0][1]:
            if gap.group.category == each.category and groups.raises(gap, rules()["outcome_gap"].threshold):
                found.add(each)
    return found


def _breakdown(rows: Sequence[Mapping]) -> equality.Breakdown:
    made = [equality.Group(row["category"], row["category"], {
        "starts": row["starts"], "entered": row["entered"], "weeks13": row["weeks26"], "weeks26": row["weeks26"], "weeks52": 0,
        "not_recorded": 0}, row["cells"]) for row in rows]
    known = tuple(each for each in made if each.category not in (*equality.UNKNOWN, *equality.OUTSIDE))
    unknown = tuple(each for each in made if each.category in equality.UNKNOWN)
    return equality.Breakdown(rows[0]["characteristic"], rows[0]["area_code"], rows[0]["area_code"], ("drawn",), known, unknown)


def false_reach(rng: np.random.Generator) -> bool:
    """Whether a line of reach comes where every group of Scotland has the share that it has of everyone and of need."""
    tested = []
    for share in np.linspace(0.08, 0.6, len(groups.FIRST)):
        counts = rounded(rng.multinomial(72_000, (share, 1 - share)), CELLS, rng)
        own = tuple(equality.Group(name, name, dict.fromkeys((*equality.STEPS, "not_recorded"), int(count)), CELLS)
                    for name, count in zip(("yes", "no"), counts, strict=True))
        shown = equality.Breakdown("drawn", SCOTLAND, "Scotland", ("drawn",), own, ())
        population = {"area_code": SCOTLAND, "age_base": equality.SAME_AGES, "category": "yes", "value": 100 * share, "is_survey": False}
        tested.append([row for row in equality.reached(shown, [population, population | {"is_need": True}])
                       if row.group.category == "yes"])
    return any(groups.unlike_population(tested, rules()["reach"].threshold))


def records_raised(sizes: Sizes, rng: np.random.Generator) -> dict[str, set[str]]:
    """By rule of records, the areas with a line where each records as much as is stated, which is enough."""
    found: dict[str, set[str]] = {"asked_twice": set(), "follow_ups": set(), "unknown_answers": set()}
    for code, people in sizes.areas.items():
        twice = [_domain(people, rng) for _ in range(5)]
        due = {"measure": "followup_recorded_when_due_13", "cells": CELLS, "due": int(rounded(int(people * RATE), CELLS, rng)),
               "answered": int(rounded(rng.binomial(int(people * RATE), RECORDED), CELLS, rng))}
        for name, lines in (("asked_twice", records.seldom_paired(twice, rules()["asked_twice"].threshold)),
                            ("follow_ups", records.seldom_recorded([due], rules()["follow_ups"].threshold)),
                            ("unknown_answers", records.mostly_unknown(_unknown(people, rng), rules()["unknown_answers"].threshold))):
            if lines:
                found[name].add(code)
    return found


def _unknown(people: int, rng: np.random.Generator) -> list[dict]:
    """The share not known of every characteristic, with its interval."""
    rows = []
    for at in range(CHARACTERISTICS):
        unknown, known = (int(each) for each in rounded(rng.multinomial(people, (NOT_KNOWN, 1 - NOT_KNOWN)), CELLS, rng))
        made = rates.rate(unknown, unknown + known, CELLS)
        rows.append({"measure": f"unknown_{at}", "characteristic_label": "", "obs_status": made["obs_status"]}
                    | {name: None if made[name] is None else made[name] / 100 for name in rates.HIDDEN})
    return rows


def _domain(people: int, rng: np.random.Generator) -> Domain:
    paired = rng.binomial(people, RECORDED)
    bands = rounded(rng.multinomial(paired, (0.5, 0.3, 0.2)), CELLS, rng)
    return Domain("drawn", "drawn", *map(float, bands), float(rounded(people - paired, CELLS, rng)), 0.0, CELLS)


# ---- tables -----------------------------------------------------------------------------------------

def false_lines(sizes: Sizes, runs: int, rng: np.random.Generator) -> dict[str, tuple[float, float]]:
    """By rule, and of all that are held against chance ('all'): (share of editions with a false line, share of areas with one)."""
    found: dict[str, list[int]] = {}
    for _ in range(runs):
        made = raised(sizes, rng)
        every = set().union(*made.values())
        reach = {SCOTLAND} if false_reach(rng) else set()
        for name, own in (*made.items(), ("reach", reach), ("all", every | reach), *records_raised(sizes, rng).items()):
            found.setdefault(name, []).append(len(own))
    number = len(sizes.areas)
    return {name: (float(np.mean([count > 0 for count in own])), float(np.mean(own)) / number) for name, own in found.items()}


def found_share(runs: int, is_found: Callable[[], bool]) -> float:
    """In how many of `runs` editions the planted difference has its line."""
    return float(np.mean([is_found() for _ in range(runs)]))


def finds_area(sizes: Sizes, code: str, by: float, rng: np.random.Generator, rule: str) -> bool:
    """Whether an area's true rates that are `by` (a proportion) away have a line of the rule."""
    drawn = measures(sizes, rng, {code: by})
    if rule == "outside_funnel":
        return any(row["area_code"] == code for _, row in areas.outside(drawn, rules()[rule].threshold))
    return any(each.row["area_code"] == code for each in areas.unlike(drawn, sizes.families))


def finds_gap(sizes: Sizes, code: str, by: float, rng: np.random.Generator) -> bool:
    """Whether disabled people of an area, whose true rate is `by` away from everyone else's, have a line."""
    made = gaps(group_rows(sizes, rng, {(code, "disabled", "yes"): by}))
    return any((each.area_code, each.by) == (code, "disabled") for each in made)


def finds_shift(sizes: Sizes, code: str, times: float, rng: np.random.Generator) -> bool:
    """Whether starts that are `times` as many in the second half of the quarters have a line."""
    return code in shifts.shifts(series(sizes, rng, {code: times}), int(rules()["changed_starts"].threshold))


def finds_reach(sizes: Sizes, code: str, times: float, rng: np.random.Generator) -> bool:
    """Whether disabled people of an area, who come that many times as often as elsewhere, have a line."""
    made = unlike_elsewhere(placed(sizes, rng, {(code, "disabled"): times}))
    return any((each.placed.breakdown.area_code, each.placed.by) == (code, "disabled") for each in made)


def unknown_share(sizes: Sizes, code: str) -> float:
    """The share of an area's people of whom it is not known whether they are disabled."""
    own = sizes.groups[code, "disabled"]
    return sum(count for name, count in own.items() if name in equality.UNKNOWN) / sum(own.values())


def near(sizes: Sizes, people: int, most_unknown: float = 1.0) -> str:
    """The area whose number of people is nearest, among those of whom no more than this share is unknown."""
    known = [code for code in sizes.areas if unknown_share(sizes, code) <= most_unknown]
    return min(known, key=lambda code: abs(sizes.areas[code] - people))


def main() -> None:
    """Draw, count and print both tables; exit 1 where more is false than is stated."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=RUNS)
    runs, rng = options.parse_args().runs, np.random.default_rng(SEED)
    sizes = sizes_of(current(paths.DATA / "extract"))
    print(f"{len(sizes.areas)} partnerships, {runs} editions\n")
    print("| rule | editions with a false line | areas with a false line |\n| --- | --- | --- |")
    made = false_lines(sizes, runs, rng)
    for name, (editions, share) in made.items():
        print(f"| {name} | {editions:.1%} | {share:.2%} |")
    print_found(sizes, runs // 4, rng)
    tests = [name for name in made if name not in ("asked_twice", "follow_ups", "unknown_answers", "all")]
    margin = 2 * np.sqrt(STATED * (1 - STATED) / runs)
    raise SystemExit(int(any(made[name][0] > STATED + margin for name in tests) or made["all"][1] > STATED_AREAS))


def print_found(sizes: Sizes, runs: int, rng: np.random.Generator) -> None:
    """How many of the planted differences are found, by rule and size."""
    print("\n| planted | people | size | found |\n| --- | --- | --- | --- |")
    for (rule, by), people in itertools.product(AREAS_APART, PEOPLE):
        code = near(sizes, people)
        share = found_share(runs, lambda code=code, by=by, rule=rule: finds_area(sizes, code, by, rng, rule))
        print(f"| {rule} | {sizes.areas[code]:,} | {100 * by:.0f} points | {share:.0%} |")
    for people, most_unknown, by in GAPS:
        code = near(sizes, people, most_unknown)
        share = found_share(runs, lambda code=code, by=by: finds_gap(sizes, code, by, rng))
        print(f"| outcome_gap of disabled people, {unknown_share(sizes, code):.0%} unknown | {sizes.areas[code]:,} | "
              f"{-100 * by:.0f} points | {share:.0%} |")
    for people, times in itertools.product(PEOPLE, OFTENER):
        code = near(sizes, people, MOST_UNKNOWN)
        share = found_share(runs, lambda code=code, times=times: finds_reach(sizes, code, times, rng))
        print(f"| reach_here of disabled people | {sizes.areas[code]:,} | {times} times as often | {share:.0%} |")
    for people, times in itertools.product(PEOPLE, TIMES):
        code = near(sizes, people)
        share = found_share(runs, lambda code=code, times=times: finds_shift(sizes, code, times, rng))
        print(f"| changed_starts | {sizes.areas[code] / 12:.0f} a quarter | {times} times as many | {share:.0%} |")


if __name__ == "__main__":
    main()
