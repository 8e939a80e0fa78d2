"""What changed since the edition before: news, revisions, too little to tell, method and scope, kept apart with sizes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.figure import Figure, Table, plot, table
from dashboard.figures import compose
from dashboard.methods.intervals import rounding_margin
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import differences, numbers, phrases
from dashboard.words.periods import before_of, day

NEW, REVISED, LITTLE, METHOD, SCOPE = KINDS = ("New", "Revised", "No clear change", "Method", "No longer given")
OF_CHANGE = {"new": NEW, "revised": REVISED, "method": METHOD, "scope": SCOPE}
COLUMNS = ("Measure", "What", "Newest period", "Before", "Now", "How much", "Periods")
TWO_COUNTS = 2      # a count then and the same count now: each is rounded on its own
LATE = "Revised: returns that came late, and what became of people since. Each edition holds all that is known by its cut-off."
SMALL = ("No clear change: a revision inside the figure's own 95% interval or, of a count, one that its rounding could make. "
         "A published figure that was revised is always called so.")
AGAINST = "A new figure is set against the period before it, by the rule for every difference on this dashboard."
NOTHING_BEFORE = "This is the first edition here, so nothing can have changed since an earlier one."


@dataclass(frozen=True)
class Since:
    """What changed in one area: the edition before, its figures that differ by kind, and how many differ by group."""

    cut_off: str
    by_kind: Mapping[str, Sequence[Row]]
    by_group: int
    answer: Answer

    @property
    def when(self) -> str:
        return f"the edition to {day(self.cut_off)}"

    @property
    def rows(self) -> list[tuple[str, Row]]:
        """(kind, row) of every figure of the area as a whole."""
        return [(kind, row) for kind, rows in self.by_kind.items() for row in rows]


def since(edition: Edition, area_code: str) -> Since | None:
    """What changed in an area since the edition before; None where there was none."""
    before = edition.ask("previous_release", area_code=area_code)
    if before.is_empty:
        return None
    answer = edition.ask("changes", area_code=area_code)
    by_kind: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for row in answer.rows:
        by_kind[kind_of(row, edition.every_indicator[str(row["indicator_id"])])].append(row)
    release = before.rows[0]
    return Since(str(release["cut_off"]), by_kind, int(release["figures_here"]) - len(answer.rows), answer.joined_by(before))


def kind_of(row: Row, indicator: Indicator) -> str:
    """Which of KINDS a row of `changes` is: a revision is one only where it is larger than what may be chance or rounding."""
    kind = OF_CHANGE[str(row["kind"])]
    return LITTLE if kind == REVISED and indicator.data_class == "returns" and _is_little(row) else kind


def _is_little(row: Row) -> bool:
    if not is_missing(row["lower_ci"]) and not is_missing(row["upper_ci"]):
        return float(row["lower_ci"]) <= float(row["before"]) <= float(row["upper_ci"])
    return abs(float(row["after"]) - float(row["before"])) <= float(rounding_margin(TWO_COUNTS))


def sentences(found: Since) -> list[str]:
    """How many figures are new and revised, then how many moved too little or changed otherwise."""
    count = {kind: len(rows) for kind, rows in found.by_kind.items()}
    if not found.rows:
        return [f"Since {found.when}: **no figure for everyone has changed**."]
    other = [f"{phrases.plural(count[kind], 'figure is', 'figures are')} {words}" for kind, words in
             ((METHOD, "made by another method"), (SCOPE, "no longer given")) if count[kind]]
    return [f"Since {found.when}: **{_counted(found)}**.",
            f"{phrases.plural(count[LITTLE], 'more figure was', 'more figures were')} revised with no clear change."
            if count[LITTLE] else "", f"{phrases.sentence_case(phrases.listed(other))}." if other else ""]


def title(found: Since, name: str) -> str:
    """'Glasgow City: 4 figures are new and 6 clearly revised since the edition to 31 March 2026'."""
    if not found.rows:
        return f"{name}: no figure for everyone has changed since {found.when}"
    return f"{name}: {_counted(found)} since {found.when}"


def _counted(found: Since) -> str:
    """'4 figures are new and 6 clearly revised', '1 figure is new and none clearly revised'."""
    new, revised = (len(found.by_kind[kind]) for kind in (NEW, REVISED))
    return f"{phrases.plural(new, 'figure is', 'figures are') if new else 'no figure is'} new and {f'{revised:,}' if revised else 'none'} clearly revised"


def as_table(edition: Edition, found: Since, name: str) -> Figure:
    """One row a kind and measure: its newest period, before and now, and how many periods changed so."""
    caption = f"Figures of {name} that differ from {found.when}, everyone together"
    return _figure(edition, found, title(found, name), caption, _table(edition, found, caption))


def as_list(edition: Edition, found: Since, name: str) -> Figure:
    """The same at a glance: a line a kind with its first measure and size, the other measures to be opened."""
    caption = f"Figures of {name} that differ from {found.when}, everyone together"
    lines = [_line(edition, kind, rows) for kind, rows in found.by_kind.items() if rows]
    lines = lines or [{"kind": NEW, "text": "Nothing has changed.", "rest": []}]
    return _figure(edition, found, "What changed since the last release", caption, _table(edition, found, caption),
                   plot("news", lines, "; ".join(f"{each['kind']}: {each['text']}" for each in lines)))


def _figure(edition: Edition, found: Since, heading: str, caption: str, held: Table, drawn: object = None) -> Figure:
    more = (f"Figures by group, by programme or of years not yet over: {found.by_group:,} more differ. All are in the open "
            "data, in the table change." if found.by_group else "")
    return compose.figure(
        edition, found.answer, title=heading, subtitle=caption, table=held, plot=drawn,
        unit="Each measure in its own unit", base="As each measure says",
        interval="95% where a measure has one; it decides what is called no clear change.", notes=(LATE, SMALL, AGAINST, more))


def _table(edition: Edition, found: Since, caption: str) -> Table:
    shown = [(kind, own, edition.every_indicator[str(own[0]["indicator_id"])]) for kind, rows in found.by_kind.items()
             for own in _by_measure(rows)]
    has_ranges = any(indicator.is_of_records for *_, indicator in shown)
    cells = [(*_cells(kind, own, indicator), *([_range(own[0], indicator)] if has_ranges else [])) for kind, own, indicator in shown]
    return table(caption, (*COLUMNS, *([numbers.RANGE] if has_ranges else [])),
                 cells or [("Every measure", "Nothing", "", "", "", "no figure differs", "")], {3, 4, 6, 7})


def _range(row: Row, indicator: Indicator) -> str:
    """What the figure now could be, of a measure of records; nothing of any other."""
    return numbers.range_text(row, indicator) if indicator.is_of_records else ""


def _by_measure(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows of each measure together, its newest period first."""
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(str(row["indicator_id"]), []).append(row)
    return list(by_id.values())


def _cells(kind: str, rows: Sequence[Row], indicator: Indicator) -> tuple[str, ...]:
    newest = rows[0]
    before = "not held" if is_missing(newest["before"]) else numbers.amount(newest["before"], indicator, short=True)
    now = numbers.value_text(newest, indicator, short=True) if not is_missing(newest["after"]) else _gone(newest)
    return indicator.title, kind, str(newest["period_label"]), before, now, size(kind, newest, indicator), f"{len(rows):,}"


def _gone(row: Row) -> str:
    """The mark that stands where the figure was; 'not held' where nothing does."""
    return f"[{row['obs_status']}]" if row["obs_status"] else "not held"


def size(kind: str, row: Row, indicator: Indicator) -> str:
    """'+25', '−0.6 points', '+£120' of a revision; of a new figure, what may be said of it against the period before."""
    if kind == NEW:
        before = before_of(row)
        if before is None:
            return "no earlier figure to compare"
        counts = {"numerator": row["before_numerator"], "denominator": row["before_denominator"]}
        return differences.changed(row, before | counts | {"indicator_id": row["indicator_id"]}, indicator)
    if is_missing(row["after"]) or is_missing(row["before"]):
        return "no figure now"
    return moved(float(row["after"]) - float(row["before"]), indicator)


def moved(by: float, indicator: Indicator) -> str:
    """A change in the unit of its measure, with its sign."""
    sign = "+" if by > 0 else "−"
    if indicator.measure == "percentage":
        places = 1 if indicator.data_class == "published" else indicator.decimals      # as many as the figure itself shows
        text = f"{abs(by):.{places}f}"
        return f"{sign}{text} {'point' if float(text) == 1 else 'points'}" if float(text) else f"under {10**-places:g} {'points' if places else 'point'}"
    return f"{sign}{numbers.amount(abs(by), indicator, short=True)}"


def _line(edition: Edition, kind: str, rows: Sequence[Row]) -> dict[str, object]:
    """A kind at a glance: how many figures of how many measures, the first in words; the others are opened."""
    first, *others = [f"{edition.every_indicator[str(own[0]['indicator_id'])].title} ({own[0]['period_label']}{_moved(edition, own[0])})"
                      for own in _by_measure(rows)]
    count = phrases.plural(len(rows), "figure")
    text = f"{count} of {len(others) + 1} measures, such as {first}." if others else f"{count}: {first}."
    return {"kind": kind, "text": text, "rest": [f"{each}." for each in others]}


def _moved(edition: Edition, row: Row) -> str:
    if is_missing(row["after"]) or is_missing(row["before"]):
        return ""
    return f": {moved(float(row['after']) - float(row['before']), edition.every_indicator[str(row['indicator_id'])])}"
