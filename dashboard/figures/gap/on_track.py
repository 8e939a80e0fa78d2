"""Is the target on track? The straight path, the gap beside it, the pace needed and the pace so far: never a forecast."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.gap import words
from dashboard.figures.gap.path import GAP, TARGET
from dashboard.methods import pace
from dashboard.methods.intervals import Estimate
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition, Row

NEW_WEIGHTS_FROM = 2019     # the survey was weighted anew: figures before are on other weights


@dataclass(frozen=True)
class Track:
    """The gap's yearly figures, the target path and the rough guide to one figure's error, in percentage points."""

    answer: Answer
    rows: tuple[Row, ...]
    start: Row
    target: Row
    error: float

    @staticmethod
    def _year(row: Row) -> float:
        return float(str(row["period"])[:4])

    @property
    def last(self) -> Row:
        return self.rows[-1]

    @property
    def gap(self) -> float:
        return float(self.last["value"])

    @cached_property
    def path(self) -> float:
        """The straight path in the year of the last figure."""
        return pace.straight_path(*((self._year(row), float(row["value"])) for row in (self.start, self.target)),
                                  self._year(self.last))

    @property
    def is_told_apart(self) -> bool:
        """Whether the gap is further from the path than the error of one figure."""
        return abs(self.gap - self.path) > self.error

    @property
    def needed(self) -> float:
        """Points by which the gap must narrow each year from its last figure to meet the target."""
        return (self.gap - float(self.target["value"])) / (self._year(self.target) - self._year(self.last))

    @property
    def since_start(self) -> float:
        """Points by which it narrowed a year since the path began, first figure to last."""
        return (float(self.start["value"]) - self.gap) / (self._year(self.last) - self._year(self.start))

    @cached_property
    def line(self) -> pace.Line | None:
        """The line through the figures on the new weights; None of fewer than three."""
        newer = [row for row in self.rows if self._year(row) >= NEW_WEIGHTS_FROM]
        if len(newer) < 3:
            return None
        return pace.fit_line([self._year(row) for row in newer], [float(row["value"]) for row in newer], self.error)

    @property
    def at_target(self) -> Estimate | None:
        """The range of that line in the target's year."""
        return None if self.line is None else self.line.at(self._year(self.target))


def track(edition: Edition) -> Track | None:
    """The gap against its path; None unless the gap, its target and a rough guide to its error are held."""
    indicator = edition.catalogue.get(GAP)
    if indicator is None:
        return None
    held, aims = edition.series(GAP, [SCOTLAND]), edition.ask("target_path", indicator_id=TARGET, area_code=SCOTLAND)
    rows = tuple(row for row in held.rows if not is_missing(row["value"]))
    error = words.rough_error(indicator)
    if len(aims.rows) < 2 or error is None or not rows or str(rows[-1]["period"]) <= str(aims.rows[0]["period"]):
        return None
    return Track(held.joined_by(aims), rows, aims.rows[0], aims.rows[-1], error)


def on_track(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Whether the gap can be told from the straight path, and how far 2038 could be either way."""
    found = track(edition)
    if found is None:
        return ()
    when, caption = str(found.last["period_label"]), "The gap against its straight path to the target, Scotland"
    title = words.on_track_title(found.path, found.gap, found.is_told_apart, when)
    return (*compose.say(edition, choice, sentences(found), "gap.on_track"), compose.figure(
        edition, found.answer, title=title, subtitle=caption, table=table(caption, ("What", "Points", "How it is known"),
                                                                          _lines(found), {1}),
        unit="percentage points; pace in points a year", base="People aged 16 to 64",
        interval=f"A rough guide of ours: one figure is within about plus or minus {found.error:g} points.",
        notes=(f"By a rough guide of ours, one figure is within about {found.error:g} points.", words.TRACK_NOTE)))


def _lines(found: Track) -> Sequence[tuple[str, str, str]]:
    first, last, aim = (str(row["period_label"]) for row in (found.start, found.last, found.target))
    lines = [(f"Straight path in {last}", f"{found.path:.2f}", f"From {found.start['value']:g} in {first} to "
              f"{found.target['value']:g} in {aim}"),
             (f"Gap in {last}", f"{found.gap:.1f}", "As published"),
             ("Narrowing needed each year", f"{found.needed:.2f}", f"From {last} to {aim}"),
             (f"Narrowing each year since {first}", f"{found.since_start:.2f}", "First figure to last, over a change of weights")]
    if found.line is not None:
        pace_, end = found.line.pace, found.at_target
        lines += [(f"Narrowing each year since {NEW_WEIGHTS_FROM}", f"{-pace_.value:.2f}",
                   f"A line through the figures on the new weights; plus or minus {found.error / found.line.spread**0.5:.1f}"),
                  (f"Where that line could lie in {aim}", f"{max(end.lower, 0):.0f} to {end.upper:.0f}",
                   "Its 95% limits: a range, never a forecast")]
    return lines


def sentences(found: Track) -> list[str]:
    """The sentences a minister needs: path and gap, whether told apart, the pace needed and so far, the range."""
    return words.on_track_sentences(
        (found.path, found.gap, found.is_told_apart), (found.needed, found.since_start), found.line, found.at_target,
        str(found.last["period_label"]), str(found.start["period_label"]), str(found.target["period_label"]), found.error)
