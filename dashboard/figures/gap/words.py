"""The disability employment gap in words: its path, its two rates, and what moved."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.methods import reach
from dashboard.methods.intervals import Estimate
from dashboard.methods.missing import is_missing
from dashboard.methods.pace import Line, straight_path
from dashboard.words.numbers import amount
from dashboard.words.periods import in_period
from dashboard.words.phrases import listed
from dashboard.words.trends import trend_alt


def path_title(
    rows: Sequence[Mapping[str, object]], aims: Sequence[Mapping[str, object]], indicator: Indicator
) -> str:
    """The message of a series with a target: where it is and where it should be."""
    known = [row for row in rows if not is_missing(row["value"])]
    if not known:
        return f"{indicator.title}: no figure to show"
    now = f"{amount(known[-1]['value'], indicator, short=True)} {in_period(known[-1]['period_label'])}"
    if not aims:
        return f"{indicator.title}: {now}"
    return (
        f"{indicator.title}: {now}; the target is {amount(aims[-1]['value'], indicator, short=True)} "
        f"by {aims[-1]['period_label']}"
    )


def rough_guide(rows: Sequence[Mapping[str, object]], start: Mapping[str, object], indicator: Indicator) -> str:
    """What the last figure can be told apart from, by the rough half-width that the caveats state; empty without one.

    'By a rough guide of ours, 2023 can be told apart from 2016, but not from 2022.' A difference of two
    figures, each within so many points, is told apart beyond that times the square root of two.
    """
    stated = rough_error(indicator)
    known = [row for row in rows if not is_missing(row["value"])]
    if stated is None or len(known) < 3 or start["period"] in (known[-1]["period"], known[-2]["period"]):
        return ""
    last, before = known[-1], known[-2]
    ways = {True: [], False: []}
    for row in (start, before):
        gap = abs(float(last["value"]) - float(row["value"]))
        ways[gap > stated * math.sqrt(2)].append(f"from {row['period_label']}")
    said = [f"{verb} be told apart {listed(ways[way])}" for way, verb in ((True, "can"), (False, "cannot")) if ways[way]]
    return f"By a rough guide of ours, {last['period_label']} {', but '.join(said)}."


def rough_error(indicator: Indicator) -> float | None:
    """The rough half-width of one figure that the caveats state, in points; None where they state none."""
    stated = next((found for each in indicator.caveats
                   if (found := re.search(r"rough guide.*plus or minus ([\d.]+) points", each))), None)
    return None if stated is None else float(stated[1])


def on_path(aims: Sequence[Mapping[str, object]], last: Mapping[str, object], indicator: Indicator) -> str:
    """'A straight path to 18.7 points in 2038 gives 31.45 for 2023: not a forecast.'; empty without a target."""
    if len(aims) < 2:
        return ""
    ends = [(float(str(aim["period"])[:4]), float(aim["value"])) for aim in (aims[0], aims[-1])]
    here = straight_path(*ends, float(str(last["period"])[:4]))
    return (f"A straight path to the target of **{amount(aims[-1]['value'], indicator, short=True)}** in "
            f"{aims[-1]['period_label']} gives {here:.2f} for {last['period_label']}: not a forecast.")


TRACK_NOTE = ("The path is a straight line: nobody has said that the gap should narrow by the same each year. The line through "
              "newer figures takes the rough guide as the error of each, and nothing else as uncertain: what happens next "
              "may differ more.")


def on_track_title(path: float, gap: float, told_apart: bool, when: str) -> str:
    """'The gap of 30.2 points in 2023 cannot be told apart from the straight path to the target, 31.45'."""
    verb = f"is {'above' if gap > path else 'below'}" if told_apart else "cannot be told apart from"
    return f"The gap of {gap:.1f} points in {when} {verb} the straight path to the target, {path:.2f} points"


def on_track_sentences(place: tuple[float, float, bool], paces: tuple[float, float], line: Line | None, end: Estimate | None,
                       when: str, first: str, aim: str, error: float) -> list[str]:
    """Where the path and the gap are, whether they can be told apart, pace needed and so far, and a range: no forecast."""
    (path, gap, told_apart), (needed, so_far) = place, paces
    said = [f"On a straight path to the target the gap would be {path:.2f} points in {when}; it was **{gap:.1f}**.",
            f"The two **{'can' if told_apart else 'cannot'} be told apart**: one figure is within about {error:g} points.",
            f"From here it must narrow by {needed:.2f} points a year; since {first} it narrowed by {so_far:.2f}."]
    if line is not None and end is not None:
        said += [f"On the survey's newer weights it narrowed by {-line.pace.value:.2f} points a year, give or take "
                 f"{line.pace.upper - line.pace.value:.1f}.",
                 f"At that pace the gap in {aim} could be anything from {max(end.lower, 0):.0f} to {end.upper:.0f} points.",
                 "That is a range, not a forecast."]
    return said


def target_alt(aims: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The path, for those who do not see it."""
    if len(aims) < 2:
        return ""
    return (
        f" A dashed line runs from {amount(aims[0]['value'], indicator, short=True)} in "
        f"{aims[0]['period_label']} to the target of {amount(aims[-1]['value'], indicator, short=True)} "
        f"in {aims[-1]['period_label']}."
    )


def rates_title(rows: Sequence[Mapping[str, object]]) -> str:
    """'In 2022 82.5% of others and 50.7% of disabled people were in work', of the last year that holds both."""
    held = {(str(row["period_label"]), str(row["series"])): row for row in rows if not is_missing(row["value"])}
    years = [year for year, name in held if name == "Disabled" and (year, "Not disabled") in held]
    if not years:
        return "Employment rates of disabled people and of others"
    disabled, others = (f"{float(held[max(years), name]['value']):.1f}%" for name in ("Disabled", "Not disabled"))
    return f"{disabled} of disabled people and {others} of others were in work in {max(years)}"


def rates_alt(
    rows: Sequence[Mapping[str, object]], aims: Sequence[Mapping[str, object]], indicator: Indicator, milestone: Indicator
) -> str:
    """Two lines and their milestones in words."""
    sentences = ["Line chart of two employment rates, Scotland."]
    for name in dict.fromkeys(str(row["series"]) for row in rows):
        own = [row for row in rows if row["series"] == name]
        sentences.append(
            f"{name}: {amount(own[0]['value'], indicator)} in {own[0]['period_label']}, "
            f"{amount(own[-1]['value'], indicator)} in {own[-1]['period_label']}."
        )
    sentences += [f"Milestone: {amount(aim['value'], milestone)} by {aim['period_label']}." for aim in aims]
    return " ".join(sentences)


@dataclass(frozen=True)
class Split:
    """The change of a gap between two periods, as rows of text: each rate, then the gap."""

    first: str
    last: str
    rows: tuple[tuple[str, str, str, str], ...]


def split_of_change(rows: Sequence[Mapping[str, object]], upper: str, lower: str) -> Split | None:
    """Both rates in the first and last period that hold both; None if there are not two such periods."""
    held = {(row["indicator_id"], row["period"]): row for row in rows if not is_missing(row["value"])}
    both = [
        row["period"]
        for row in rows
        if row["indicator_id"] == upper and (lower, row["period"]) in held and (upper, row["period"]) in held
    ]
    if len(both) < 2:
        return None
    first, last = both[0], both[-1]
    values = {
        name: (float(held[name, first]["value"]), float(held[name, last]["value"])) for name in (upper, lower)
    }
    moved = reach.split_gap_change(values[upper][0], values[lower][0], values[upper][1], values[lower][1])
    lines = [
        (name, *(f"{value:.1f}%" for value in values[key]), _signed(values[key][1] - values[key][0]))
        for key, name in ((upper, "Not disabled"), (lower, "Disabled"))
    ]
    gaps = [values[upper][when] - values[lower][when] for when in (0, 1)]
    lines.append(("Gap between these rates", *(f"{gap:.1f}" for gap in gaps), _signed(moved.change)))
    return Split(
        str(held[upper, first]["period_label"]), str(held[upper, last]["period_label"]), tuple(lines)
    )


def _signed(value: float) -> str:
    return f"+{value:.1f}" if value > 0 else f"−{abs(value):.1f}" if value < 0 else "0.0"


def path_alt(rows: Sequence[Mapping[str, object]], aims: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The series and its path, for those who do not see them."""
    return trend_alt(rows, indicator, "Scotland") + target_alt(aims, indicator)
