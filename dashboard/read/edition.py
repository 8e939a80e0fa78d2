"""One edition of the figures: opened once a script run, handed down, asked for everything.

Nothing below the entry point asks which edition is current: a run that began in one ends in it. An edition
is closed when the last run that holds it lets go: only then does nothing refer to its connection.

Whether a reader may have an edition is decided here alone, in `_given`: `current`, `older` and `open_edition` give
nothing that has not passed it. Before its hour an edition is given to named readers only, marked as restricted;
and to `dashboard.ahead`, which makes its figures for the hour and shows nobody (`upcoming`).
"""

import logging
import os
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, plain
from dashboard.read import extract as reading
from dashboard.read import indicators
from dashboard.read.clock import has_come
from dashboard.read.every_area import EveryArea, asked_of, of_every_area
from dashboard.read.evidence import Evidence, evidence
from dashboard.read.extract import DAMAGED, MISSING, RESTRICTED, Extract, ExtractError
from dashboard.read.readers import EVERYONE, AccessError, Reader
from dashboard.read.recorded import with_range

Row = Mapping[str, object]
MOST_ANSWERS = 4000
MOST_EDITIONS = 3
_ID = re.compile(r"[0-9A-Za-z]{1,64}")      # of an extract, in a link: nothing that leads elsewhere, or is no file name
TRY_AGAIN = 5.0     # seconds until a file that could not be opened is looked at again, though it has not changed
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """The rows of one question and the evidence that finds them again.

    `rows` are read-only; dates in them are ISO text. `is_synthetic` is that of the edition asked: true where
    its returns are made up. `beside` are further answers shown in the same figure, such as a target.
    """

    rows: tuple[Row, ...]
    evidence: Evidence
    synthetic: bool = False
    beside: tuple["Answer", ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.rows

    def keep(self, rows: Sequence[Row]) -> "Answer":
        """The same question with fewer or fuller rows to show."""
        return Answer(tuple(rows), self.evidence, self.synthetic, self.beside)

    def joined_by(self, *others: "Answer") -> "Answer":
        """The same answer, with others shown beside it."""
        return Answer(self.rows, self.evidence, self.synthetic, (*self.beside, *others))

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows of this answer and of those beside it."""
        return (*self.rows, *(row for other in self.beside for row in other.all_rows))

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """The questions behind it, each once."""
        return tuple(dict.fromkeys([self.evidence, *(each for other in self.beside for each in other.all_evidence)]))

    @property
    def is_synthetic(self) -> bool:
        """True where any of the rows comes from demonstration returns."""
        return (self.synthetic and any(row.get("data_class") == "returns" for row in self.rows)) or any(
            other.is_synthetic for other in self.beside)


class Kept:
    """A bounded store of what was made before; a thing that two ask for at once is made once.

    `most` bounds the sum of the sizes of what is held, by `size` (each counts one where none is given); what was asked
    for longest ago goes first.
    """

    def __init__(self, most: int, size: Callable[[object], int] = lambda _: 1) -> None:
        self._most, self._size, self._total = most, size, 0
        self._held: OrderedDict = OrderedDict()
        self._lock, self._busy = threading.Lock(), {}

    def get(self, key: object, make: Callable[[], object]) -> object:
        """What is held under the key, else what `make` gives."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
            turn = self._busy.setdefault(key, threading.Lock())
        with turn:
            with self._lock:
                if key in self._held:
                    return self._held[key]
            try:
                value = make()
            except BaseException:
                with self._lock:
                    self._busy.pop(key, None)
                raise
            with self._lock:
                self._held[key] = value
                self._busy.pop(key, None)
                self._total += self._size(value)
                while self._total > self._most:
                    self._total -= self._size(self._held.popitem(last=False)[1])
            return value

    def drop(self, is_old: Callable[[object], bool]) -> None:
        """Let go of what is held under each key that is old."""
        with self._lock:
            for key in [key for key in self._held if is_old(key)]:
                self._total -= self._size(self._held.pop(key))


@dataclass(frozen=True, eq=False)
class Edition:
    """One extract, asked by name. Safe to share between readers: nothing in it can be changed.

    extract_id, edition, cut_off, built_at, embargo_until   as in its `release`; dates are ISO text
    synthetic     whether its returns are made up for demonstration
    has_returns   whether it holds figures from returns at all
    restricted    the hour (UTC) until which it is given to named readers only, where it was given before that hour
    """

    extract: Extract
    extract_id: str
    edition: str
    cut_off: str
    built_at: str
    synthetic: bool
    has_returns: bool
    embargo_until: str = ""
    restricted: str = ""
    answers: Kept = field(default_factory=lambda: Kept(MOST_ANSWERS), repr=False)

    @property
    def is_released(self) -> bool:
        """True once the hour of its release has come; decided by this machine's clock at each asking."""
        return has_come(self.embargo_until)

    @cached_property
    def marked(self) -> "Edition":
        """The same edition, marked as restricted: what its figures say of themselves before the hour, and not after."""
        return replace(self, restricted=self.embargo_until, answers=Kept(MOST_ANSWERS))

    @property
    def day(self) -> date:
        """The day on which this edition was made: the one that ages are told of."""
        return date.fromisoformat(self.built_at[:10])

    def ask(self, view: str, **parameters: object) -> Answer:
        """Rows of queries/views/<view>.sql asked with these parameters; KeyError if there is no such view.

        A rate of what follow-ups recorded carries the range it could have, `lowest` and `highest` (`read.recorded`).
        """
        asked = evidence(view, parameters, self.extract_id)
        given = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters.items()}

        def made() -> Answer:
            return Answer(tuple(OF_EVERY_AREA.get(view, Edition._rows)(self, view, given)), asked, self.synthetic)

        return self.answers.get(asked, made)

    def _rows(self, view: str, given: Mapping[str, object]) -> list[Row]:
        rows = with_range(self.extract.rows(view, dict(given)), lambda by: self.ask("recorded", characteristic=by).rows)
        return [plain(row) for row in rows]

    def _of_area(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """The rows of one area, from those of all: a page that sets 32 areas side by side asks the database once."""
        area_code, indicators = given["area_code"], given["indicators"]

        of_all = self.answers.get((view, "of every area"),
                                  lambda: by_area(self._rows(view, {"area_code": None, "indicators": None})))
        own, wanted = of_all.get(area_code, []), None if indicators is None else set(indicators)
        return own if wanted is None else [row for row in own if row["indicator_id"] in wanted]

    def _of_areas(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """The rows of one area or of some, from those of all."""
        areas = asked_of(given)
        return self._rows(view, given) if areas is None else self._of_every(view, given).rows(frozenset(areas))

    def _urban_rural(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """The same of the classes of an area; those of Scotland are areas themselves."""
        return self._rows(view, given) if given["area_code"] == SCOTLAND else self._of_areas(view, given)

    def _counts(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """Counts added up over some areas, from those of each; those by group are too many to keep."""
        areas = asked_of(given)
        if areas is None or given["family"] not in OF_EVERYONE:
            return self._rows(view, given)
        return self._of_every(view, given).added(frozenset(areas))

    def _shares(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """Population shares of one characteristic in some areas, from those of every characteristic in every area."""
        if None in given.values():
            return self._rows(view, given)
        of_all = self.answers.get((view, "of every area"), lambda: by_share(self._rows(view, dict.fromkeys(given))))
        own = of_all.get(given["characteristic"])
        return own.rows(frozenset(given["areas"])) if own else []

    def _of_every(self, view: str, given: Mapping[str, object]) -> EveryArea:
        whole = of_every_area(given)
        column = "asked_of" if view == "groups" else "area_code"
        return self.answers.get((view, *map(str, whole.values())), lambda: EveryArea.of(self._rows(view, whole), column))

    def _over_time(self, view: str, given: Mapping[str, object]) -> list[Row]:
        """The rows of some areas, from those of all at every frequency: planning a question takes longer than its rows do."""
        if not set(given["areas"]) <= set(self.areas):
            return self._rows(view, given)
        whole = {**given, "areas": list(self.areas), "frequency": "every"}
        of_all = self.answers.get((view, *map(str, whole.values())), lambda: by_area(self._rows(view, whole)))
        rows = [row for code, own in of_all.items() if code in given["areas"] for row in own]
        wanted = given["frequency"] or _longest(rows)
        return [row for row in rows if row["frequency"] == wanted]

    def once(self, name: str, make: Callable[["Edition"], object]) -> object:
        """What follows from this edition alone, made once. `name` is of what is made, unlike that of any other."""
        return self.answers.get(name, lambda: make(self))

    @cached_property
    def areas(self) -> Mapping[str, Row]:
        """Areas that can be chosen, by code: Scotland first, then alphabetical."""
        return MappingProxyType({str(row["area_code"]): row for row in self.ask("areas").rows})

    @cached_property
    def catalogue(self) -> Mapping[str, Indicator]:
        """Every indicator that holds a figure, by id."""
        return MappingProxyType(indicators.indicators_from(self.ask("indicators").rows))

    @cached_property
    def every_indicator(self) -> Mapping[str, Indicator]:
        """Every indicator by id, also those without a figure."""
        return MappingProxyType(indicators.indicators_from(self.ask("every_indicator").rows))

    def area_name(self, area_code: str) -> str:
        """The area's official name; KeyError if it is not one that can be chosen."""
        return str(self.areas[area_code]["name"])

    def series(self, indicator_id: str, area_codes: Sequence[str], characteristic: str = "all",
               category: str | None = None, programme: str | None = None, frequency: str | None = None) -> Answer:
        """One indicator over time, one line (`series`) per area, or per category if a characteristic is named.

        programme None is the indicator's whole; frequency None is its longest yearly run, else its longest.
        """
        answer = self.ask("trend", indicator_id=indicator_id, areas=list(area_codes), programme=programme,
                          characteristic=characteristic, category=category, frequency=frequency)
        by = "area" if characteristic == "all" else "category_label"
        place = {code: number for number, code in enumerate(area_codes)}
        rows = [row | {"series": row[by]} for row in answer.rows]
        return answer.keep(sorted(rows, key=lambda row: place[row["area_code"]]))

    def several(self, indicator_ids: Sequence[str], area_code: str = SCOTLAND) -> Answer:
        """Several indicators over time in one area; `series` is the indicator's title."""
        answer = self.ask("several", indicators=list(indicator_ids), area_code=area_code)
        return answer.keep([row | {"series": row["indicator"]} for row in answer.rows])


def by_area(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each area by its code, in the order they have."""
    kept: dict[str, list[Row]] = {}
    for row in rows:
        kept.setdefault(str(row["area_code"]), []).append(row)
    return kept


def by_share(rows: Sequence[Row]) -> dict[str, EveryArea]:
    """The rows of each characteristic that they are shares of, without its name."""
    kept: dict[str, list[Row]] = {}
    for row in rows:
        own = dict(row)
        kept.setdefault(own.pop("share_of"), []).append(own)
    return {name: EveryArea.of(own, "area_code") for name, own in kept.items()}


def _longest(rows: Sequence[Row]) -> str:
    """The frequency of most periods, a yearly one if there is any, as `trend.sql` chooses."""
    periods: dict[str, set[str]] = {}
    for row in rows:
        periods.setdefault(row["frequency"], set()).add(row["period"])
    return min(periods, key=lambda each: (each == "quarter", -len(periods[each]), each), default="")


OF_EVERYONE = ("M", "T", "W")       # families of counts that tell nobody from another: the journey, its quarters, the waits

# Views asked once for every area: how one area's rows, or some areas', are taken from the answer.
OF_EVERY_AREA = {
    "latest": Edition._of_area, "spine": Edition._of_area, "trend": Edition._over_time, "counts": Edition._counts,
    "population_shares": Edition._shares, "urban_rural": Edition._urban_rural,
    **dict.fromkeys(("changes", "context_notes", "experience_counts", "families_held", "group_journeys", "groups", "previous_release",
                     "progress_counts", "spend_by_year"), Edition._of_areas)}


def open_edition(path: Path, reader: Reader = EVERYONE) -> Edition:
    """The edition in one extract's file; raises ExtractError where it cannot be shown to this reader."""
    return _given(_open(path), reader)


def current(folder: Path, reader: Reader = EVERYONE) -> Edition:
    """The edition that this reader is shown, decided now; raises ExtractError where there is none to show.

    It is the one that the pointer `current` names. Where that one cannot be opened, the last that could be; where its
    hour has not come for this reader, the one before. What is passed over, and why, is logged once.
    """
    fault: ExtractError | None = None
    for candidate in _candidates(folder):
        try:
            edition = _given(candidate(), reader)
        except ExtractError as error:
            fault = fault or error
            continue
        if fault is None or fault.cause == RESTRICTED:
            _remember(folder, reader, edition)
        _tell(folder, fault, edition)
        return edition
    raise fault


def upcoming(folder: Path) -> Edition | None:
    """The edition that the pointer names, as long as its hour has not come; None where there is none.

    For what is made ahead of the hour and shown to nobody. It is not marked: what is made of it is what everyone is given
    from the hour on, and its cache is another than that of named readers, who are given `marked`.
    """
    try:
        edition = _shared(reading.current_path(folder))
    except ExtractError:
        return None
    return None if edition.is_released else edition


def older(folder: Path, extract_id: str, reader: Reader = EVERYONE) -> Edition:
    """An edition that is still in the folder, by its extract's id; raises ExtractError where it is not.

    Nobody can tell one whose hour has not come from one that never was.
    """
    path, gone = folder / f"outcomes-{extract_id}.duckdb", f"The edition {extract_id} is no longer held here."
    if not _ID.fullmatch(extract_id) or not path.is_file():
        raise ExtractError(gone, MISSING)
    try:
        return _given(_shared(path), reader)
    except ExtractError as error:
        raise ExtractError(gone, MISSING) from error


@dataclass(frozen=True)
class Held:
    """One extract of a folder as its operator sees it: its file, its edition where it opens, else why it does not."""

    path: Path
    size: int
    is_current: bool
    edition: Edition | None = None
    fault: str = ""


def every_held(folder: Path) -> Iterator[Held]:
    """Each extract of a folder, the newest first: for its operator alone, whatever its hour."""
    try:
        pointed = reading.current_path(folder)
    except ExtractError:
        pointed = None
    for path in sorted(folder.glob("outcomes-*.duckdb"), key=_built_at, reverse=True):
        size = path.stat().st_size
        try:
            yield Held(path, size, path == pointed, _open(path))
        except ExtractError as error:
            yield Held(path, size, path == pointed, fault=str(error))


def held_as(folder: Path, name: str) -> Held:
    """The extract of a folder that has this id, or holds the edition of this name; for its operator alone.

    Raises ExtractError where there is none, where several have that name, and where it does not open.
    """
    held = [each for each in every_held(folder) if name in (each.path.stem.removeprefix("outcomes-"),
                                                            each.edition and each.edition.edition)]
    if not held:
        raise ExtractError(f"There is no edition '{name}' in {folder}. 'outcomes editions' lists those that are held.", MISSING)
    if len(held) > 1:
        ids = ", ".join(each.path.stem.removeprefix("outcomes-") for each in held)
        raise ExtractError(f"Several extracts hold the edition '{name}': name one by its id, of {ids}.", MISSING)
    if held[0].edition is None:
        raise ExtractError(f"{held[0].fault} Readers see what they saw before.", DAMAGED)
    return held[0]


def _given(edition: Edition, reader: Reader) -> Edition:
    """The edition as this reader may have it: the one place where that is decided; raises ExtractError before its hour."""
    if edition.is_released:
        return edition
    refused = f"The edition {edition.edition} is restricted until {edition.embargo_until} UTC."
    if not reader.is_named:
        raise ExtractError(refused, RESTRICTED)
    try:
        reader.note(edition.extract_id, edition.edition)
    except AccessError as error:
        log.error("%s", error)
        raise ExtractError(refused, RESTRICTED) from error
    return edition.marked


def _open(path: Path) -> Edition:
    opened = reading.open_extract(path)
    row = plain(opened.rows("release", {})[0])
    return Edition(opened, opened.extract_id, str(row["edition"] or ""), str(row["cut_off"] or ""),
                   str(row["built_at"] or ""), bool(row["synthetic"]), bool(row["has_returns"]),
                   str(row["embargo_until"] or ""))


_EDITIONS = Kept(MOST_EDITIONS)
_LAST: OrderedDict[tuple[Path, bool], Edition] = OrderedDict()       # what was last shown of a folder, to named readers or not
_LAST_LOCK = threading.Lock()
_FAULTS: dict[Path, tuple[tuple[int, ...], float, str, str]] = {}
_TOLD: dict[Path, str] = {}


def keep_only(extract_ids: Container[str]) -> None:
    """Let go of every other edition and all that was asked of it.

    A run that holds one goes on with it; who asks for one by its link has it opened anew.
    """
    _EDITIONS.drop(lambda held: Path(held[0]).stem.removeprefix("outcomes-") not in extract_ids)


def _candidates(folder: Path) -> Iterator[Callable[[], Edition]]:
    """What can be shown of a folder, the best first; each is opened only when it is asked for.

    An edition that was gone back from is none of them: it is newer than the one the pointer names.
    """
    def pointed() -> Edition:
        return _shared(reading.current_path(folder))

    yield pointed
    try:
        is_restricted = not pointed().is_released
    except ExtractError:
        is_restricted = False
    last = [lambda edition=edition: edition for key in ((folder, False), (folder, True)) if (edition := _LAST.get(key))]
    before = [lambda: _shared(reading.current_path(folder, "before"))]
    yield from (*before, *last) if is_restricted else (*last, *before)
    try:
        newest = _built_at(reading.current_path(folder))
    except ExtractError:
        return
    for path in sorted(folder.glob("outcomes-*.duckdb"), key=_built_at, reverse=True):
        if _built_at(path) < newest:
            yield lambda path=path: _shared(path)


def _remember(folder: Path, reader: Reader, edition: Edition) -> None:
    with _LAST_LOCK:
        _LAST[folder, reader.is_named] = edition
        _LAST.move_to_end((folder, reader.is_named))
        if len(_LAST) > MOST_EDITIONS:
            _LAST.popitem(last=False)


def _built_at(path: Path) -> datetime:
    """When an extract was made, as its manifest says; the beginning of time where it says nothing."""
    try:
        return datetime.fromisoformat(str(reading.manifest_of(path)["built_at"]))
    except (KeyError, ValueError):
        return datetime.min


def _shared(path: Path) -> Edition:
    """One Edition a file for all readers; a file written anew is another. A fault is remembered for a little."""
    try:
        found = os.stat(path)
    except OSError as error:
        raise ExtractError(f"The extract '{path.name}' is not there.", MISSING) from error
    written = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino)
    known = _FAULTS.get(path)
    if known and known[0] == written and time.monotonic() - known[1] < TRY_AGAIN:
        raise ExtractError(*known[2:])
    try:
        edition = _EDITIONS.get((str(path), written), lambda: _open(path))
    except ExtractError as error:
        _FAULTS[path] = (written, time.monotonic(), str(error), error.cause)
        raise
    _FAULTS.pop(path, None)
    return edition


def _tell(folder: Path, fault: ExtractError | None, instead: Edition) -> None:
    """One line for the operator when what the pointer names cannot be shown, and one when it can be again."""
    said = "" if fault is None or fault.cause == RESTRICTED else str(fault)
    if said != _TOLD.get(folder, ""):
        _TOLD[folder] = said
        if said:
            log.error("%s The edition %s (%s) is shown instead.", said, instead.edition, instead.extract_id)
        else:
            log.info("the edition %s (%s) is shown again as the pointer says", instead.edition, instead.extract_id)
