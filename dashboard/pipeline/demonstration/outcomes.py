"""What became of people by the cut-off: work, follow-ups, other outcomes, the end of support."""

from dataclasses import dataclass

import numpy as np

from dashboard.pipeline.demonstration.draws import Whole
from dashboard.pipeline.demonstration.people import People
from dashboard.pipeline.demonstration.plan import PROGRAMMES, Area, Plan
from dashboard.pipeline.demonstration.quarters import day

IN_WORK, NOT_IN_WORK, NO_ENGAGEMENT, NOT_KNOWN = range(4)
FOLLOWUPS = ("followup_4_weeks", "followup_13_weeks", "followup_26_weeks", "followup_52_weeks")
OTHER_OUTCOMES = ("education", "training", "volunteering", "qualification", "work_experience")
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Waiting:
    """What waiting does to the figures: shares of all who will ever work, per mille, by programme."""

    in_work_by_cut_off: Whole
    due_old: int                     # of those in work by the cut-off: 52 weeks passed under the old template
    due_new: int


def expect(plan: Plan) -> Waiting:
    """How many of those who will work show a job by the cut-off, and a due 52-week follow-up."""
    work, calendar = plan.invented["work"], plan.calendar
    low_high, weights = np.array(work["delay_bands"]), np.array(work["delay_weights"])
    job = calendar.middle[:, None] + low_high.sum(axis=1) // 2
    shown = weights * reported(plan, calendar.cut_off - job) // 1000
    due = job + 52 * DAYS_A_WEEK
    template = day(plan.invented["template"]["everyone"])
    people = plan.starts.sum(axis=0)[:, :, None]
    in_work = (people * shown).sum(axis=(1, 2))
    all_people = np.maximum((people * weights).sum(axis=(1, 2)), 1)
    is_due = due <= calendar.cut_off
    ever = int(in_work.sum())
    old, new = (int((people * shown * (is_due & when)).sum()) for when in (due < template, due >= template))
    by_cut_off = np.maximum(in_work * 1000 // all_people, 1)
    return Waiting(by_cut_off, old * 1000 // max(ever, 1), new * 1000 // max(ever, 1))


def add_outcomes(people: People, waiting: Waiting) -> None:
    """Adds every outcome column; each date is from the start to the cut-off, or blank."""
    _add_work(people, waiting)
    _add_followups(people, followup_levels(people.area, people.plan, waiting))
    _add_other_outcomes(people)
    _add_support_end(people)


def _add_work(people: People, waiting: Waiting) -> None:
    draws, n, work = people.draws, people.size, people.invented["work"]
    chance = _work_per_million(people, waiting)
    ever = draws.below(1_000_000, n) < chance
    delay = draws.in_bands(work["delay_bands"], draws.pick(work["delay_weights"], n))
    job, cut_off = people.start + delay, people.plan.calendar.cut_off
    shown = draws.below(1000, n) < reported(people.plan, cut_off - job)
    people["employment_start_date"] = np.where(ever & shown, job, -1)


def _work_per_million(people: People, waiting: Waiting) -> Whole:
    """Published rates by disability and by council, tilted by age, status and deprivation."""
    work = people.invented["work"]
    published = people.plan.targets.by_category("nolb_entered_employment_by_disability")
    starts = people.plan.targets.by_category("nolb_starts_by_disability")
    by_answer = [published["yes"] * 1_000_000 // starts["yes"], published["no"] * 1_000_000 // starts["no"]]
    by_answer += [work["disability_unknown_pct"] * 10_000] * 2
    chance = np.array(by_answer)[people["disabled"]]
    tilts = np.array([work["by_programme"].get(programme, 1000) for programme in PROGRAMMES])
    chance = chance * tilts[people.programme] // 1000
    for name, column in (("by_age", "band"), ("by_economic_status", "economic_status")):
        chance = chance * np.array(work[name])[people[column]] // 1000
    chance = chance * np.array(work["by_simd"])[people["simd_quintile"] - 1] // 1000   # blank takes the last
    chance = chance * people.area.work_per_mille // 1000 * work["level_per_mille"] // 1000
    chance = chance * 1000 // waiting.in_work_by_cut_off[people.programme]
    return np.minimum(chance, work["highest_per_mille"] * 1000)


def reported(plan: Plan, days_ago: Whole) -> Whole:
    """Chance per mille that a job begun so many days before the cut-off is in the return."""
    work = plan.invented["work"]
    step = np.searchsorted(np.array(work["reported_days"]), days_ago, side="left")
    return np.where(days_ago < 0, 0, np.array([*work["reported_per_mille"], 1000])[step])


def followup_levels(area: Area, plan: Plan, waiting: Waiting) -> tuple[Whole, Whole]:
    """Recorded in employment when due, per mille, old and new template: four follow-ups each.

    The 52-week level makes an area's 52-week count come to its published share of those who entered work,
    although many are not due; the others run from a 4-week level down to it.
    """
    shape = plan.invented["followups"]
    old = np.array(shape["old_template_per_mille"])
    due = waiting.due_new + waiting.due_old * int(old[-1]) // 1000
    top = shape["highest_per_mille"]
    last = min(area.recorded_52 * 1000 // max(due, 1), top)
    first = min(max(shape["four_week_floor"] + last * shape["four_week_slope"] // 1000, last), top)
    new = first - (first - last) * np.array(shape["between"]) // 1000
    return new * old // 1000, new


def _add_followups(people: People, levels: tuple[Whole, Whole]) -> None:
    """One draw a person decides how far recording goes: a later answer seldom lacks an earlier one."""
    draws, n, shape = people.draws, people.size, people.invented["followups"]
    reach, job = draws.below(1000, n), people["employment_start_date"]
    answers = np.array([[*shape["old"], 0], [*shape["new"], 0]])
    answers[:, -1] = 1000 - answers.sum(axis=1)
    for i, (name, weeks) in enumerate(zip(FOLLOWUPS, shape["weeks"], strict=True)):
        due = job + weeks * DAYS_A_WEEK
        is_new = (due >= people.area.template_day).astype(np.int64)
        in_work = reach < np.array([levels[0][i], levels[1][i]])[is_new]
        gap = draws.chance(shape["middle_gap_per_mille"], n) & (i < 3)
        otherwise = np.array([NOT_IN_WORK, NO_ENGAGEMENT, NOT_KNOWN, -1])[draws.pick_by(answers, is_new)]
        given = np.where(in_work, np.where(gap, -1, IN_WORK), otherwise)
        people[name] = np.where((job >= 0) & (due <= people.plan.calendar.cut_off), given, -1)


def _add_other_outcomes(people: People) -> None:
    draws, n, chances = people.draws, people.size, people.invented["other_outcomes"]
    for name in OTHER_OUTCOMES:
        when = people.start + draws.between(*chances["days"], n)
        happened = draws.chance(chances[name], n) & (when <= people.plan.calendar.cut_off)
        people[f"{name}_date"] = np.where(happened, when, -1)


def _add_support_end(people: People) -> None:
    draws, n, shape = people.draws, people.size, people.invented["support_end"]
    job = people["employment_start_date"]
    after_job = job + draws.between(*shape["days_after_job"], n)
    when = np.where(job >= 0, after_job, people.start + draws.between(*shape["days_after_start"], n))
    known = draws.chance(shape["recorded_per_mille"], n) & (when <= people.plan.calendar.cut_off)
    people["support_end_date"] = np.where(known, when, -1)
