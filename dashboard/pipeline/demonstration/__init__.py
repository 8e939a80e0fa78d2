"""Demonstration returns: made up, seeded, the same bytes on every machine.

Calibrated to the published figures of `data/reference/demonstration_targets.csv`; what is invented is in
`demonstration_invented.toml`; `demonstration_note.md` says which is which. One area is made at a time and a
long area in chunks, so that memory does not grow with the number of people.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl

from dashboard.pipeline.demonstration import earlier, surveys, tables
from dashboard.pipeline.demonstration.draws import Draws
from dashboard.pipeline.demonstration.outcomes import Waiting, add_outcomes, expect
from dashboard.pipeline.demonstration.people import People, start_people
from dashboard.pipeline.demonstration.plan import Area, Plan
from dashboard.pipeline.demonstration.spend import spend
from dashboard.pipeline.demonstration.targets import read_invented, read_targets
from dashboard.pipeline.errors import BuildError

NOTICE = "Demonstration data: made up, not about real people or real performance."
CHUNK = 60_000                       # people made at once; part of what the bytes depend on
KINDS = ("participants", "progress", "experience", "spend")
OURS = re.compile(rf"({'|'.join(KINDS)})_S\d{{8}}\.csv|return\.toml")
KNOWN_OF_RESPONDENTS = ("sex", "age", "disabled")
PEOPLE, PROGRESS, EXPERIENCE, SPEND, EARLIER = TOPICS = range(1, 6)   # branches of an area's draws

Progress = Callable[[int, int], None]


def write(participants: int, seed: int, out: Path, progress: Progress | None = None, is_earlier: bool = False) -> None:
    """Write a whole folder of returns to `out`; demonstration returns already there are replaced.

    is_earlier: the same people as the edition before knew them. `progress` is told people done and people in all. Raises BuildError when `out` holds returns that are not
    a demonstration or cannot be written, ValueError when `participants` is below 1.
    """
    plan = Plan(participants, seed, read_targets(), read_invented())
    try:
        _clear(out)
        done, waiting = 0, expect(plan)
        for area in plan.areas:
            for people in _write_area(area, plan, waiting, out, is_earlier):
                done += people
                if progress:
                    progress(done, participants)
        (out / "return.toml").write_text(_return_toml(plan, is_earlier), encoding="utf-8", newline="\n")
    except OSError as error:
        raise BuildError(f"{out}: demonstration returns cannot be written: {error.strerror}") from error


def _clear(out: Path) -> None:
    """Make the folder; take away an earlier demonstration, never anything else."""
    out.mkdir(parents=True, exist_ok=True)
    earlier = sorted(path for path in out.iterdir() if OURS.fullmatch(path.name))
    label = out / "return.toml"
    if earlier and not (label.is_file() and NOTICE in label.read_text(encoding="utf-8", errors="replace")):
        raise BuildError(f"{out}: holds returns that are not a demonstration; choose another folder")
    for path in sorted(earlier, key=lambda path: path == label):
        path.unlink()


def _write_area(area: Area, plan: Plan, waiting: Waiting, out: Path, is_earlier: bool) -> Iterator[int]:
    """Writes one area's four files; yields the people of each chunk once they are written."""
    files = {kind: tables.Table(out / f"{kind}_{area.code}.csv") for kind in KINDS}
    absent = {kind for kind, codes in plan.invented["absent"].items() if area.code in codes}
    people_before = responses_before = 0
    for part, quarters in enumerate(_chunks(area)):
        draws = {topic: Draws(plan.seed, area.number, topic, part) for topic in TOPICS}
        people = start_people(area, plan, draws[PEOPLE], people_before, quarters)
        add_outcomes(people, waiting)
        participants = _participants(people)
        known = earlier.as_known(participants, people, draws[EARLIER]) if is_earlier else participants
        files["participants"].add(known)
        if "progress" not in absent:
            rows = surveys.progress(people, draws[PROGRESS], participants["participant_id"])
            files["progress"].add(_by_then(rows.join(known, on="participant_id", how="semi", maintain_order="left"), plan)
                                  if is_earlier and rows.height else rows)
        if "experience" not in absent:
            said = {name: participants[name] for name in KNOWN_OF_RESPONDENTS}
            rows, answered = surveys.experience(people, draws[EXPERIENCE], said, responses_before + 1)
            files["experience"].add(_by_then(rows, plan) if is_earlier else rows)
            responses_before += answered
        people_before += people.size
        yield people.size
    if "spend" not in absent and people_before:
        years = plan.calendar.years_until(plan.invented["earlier" if is_earlier else "release"]["cut_off"])
        files["spend"].add(spend(area, plan, Draws(plan.seed, area.number, SPEND)).filter(
            pl.col("financial_year").is_in(years)))


def _by_then(rows: pl.DataFrame, plan: Plan) -> pl.DataFrame:
    """The rows dated by the cut-off of the edition before."""
    return rows.filter(pl.col("date") <= plan.invented["earlier"]["cut_off"])


def _chunks(area: Area) -> Iterator[range]:
    """Runs of quarters with people, each of about CHUNK people at most; always one quarter or more."""
    by_quarter = area.starts.sum(axis=0)
    first = size = 0
    for quarter, people in enumerate(by_quarter):
        if size and size + people > CHUNK:
            yield range(first, quarter)
            first, size = quarter, 0
        size += int(people)
    if size:
        yield range(first, len(by_quarter))


def _participants(people: People) -> pl.DataFrame:
    numbers = np.arange(people.first + 1, people.first + people.size + 1)
    made = {"participant_id": tables.as_identifier(numbers, f"D{people.area.code[-2:]}-"),
            "area_code": tables.as_text(people["area_code"], [people.area.code]),
            "start_date": tables.as_date(people.start)}
    blank = people.area.leaves_unknown_blank
    return pl.select(**{name: made[name] if name in made else tables.as_column(name, people[name], blank)
                        for name in tables.PARTICIPANTS})


def _return_toml(plan: Plan, is_earlier: bool) -> str:
    """What goes with the returns; every area's date of receipt, some after the due date."""
    release, late = plan.invented["release"], plan.invented["received"]
    release = release | plan.invented["earlier"] if is_earlier else release
    lines = [f"# {NOTICE}", f"# {plan.participants} people, seed {plan.seed}.",
             f'edition = "{release["edition"]}"', f"cut_off = {release['cut_off']}", "synthetic = true",
             f'supplier = "{release["supplier"]}"', f'contact = "{release["contact"]}"',
             f"due = {release['due']}", "", "[received]"]
    for area in plan.areas:
        days = late.get(area.code, -(area.number * 5 % 24))
        if area.people:
            lines.append(f"{area.code} = {release['due'] + timedelta(days=days)}")
    return "\n".join([*lines, ""])
