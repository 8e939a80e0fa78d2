"""What an indicator is. The only reader of the metadata files, and of the words that collections share.

A metadata file has exactly the keys of `Indicator`: a missing or misspelt one fails by name.
"""

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path

from dashboard import paths

MEASURES = ("count", "percentage", "points", "pounds", "ratio", "score", "years", "rate")
DIRECTIONS = ("higher_is_better", "lower_is_better", "no_direction")
DATA_CLASSES = ("published", "returns")
SHOWN_COLUMNS = ("value", "numerator")
INTERVAL_METHODS = ("as_published", "wilson_rounded", "rounding_only", "none")
# Rates of what follow-ups recorded, which are never compared without the range that is known (read/recorded.py).
OF_RECORDS = ("in_work_at_13_weeks", "in_work_at_26_weeks", "in_work_at_52_weeks", "job_lasted_13_weeks",
              "job_lasted_26_weeks")
OF_SCORES = ("soft_outcome_improved", "soft_outcome_same", "soft_outcome_declined")
TOPICS = ("reach", "progression", "skills", "experience", "value", "disability_gap",
          "national_performance", "context", "predecessor", "quality", "population")


class MetadataError(ValueError):
    """A metadata file is wrong; the message names the file and the key."""


@dataclass(frozen=True)
class Break:
    """Where a series must not be joined: `period` is the first period after the break."""

    period: str
    label: str


@dataclass(frozen=True)
class Published:
    """Which published figures an indicator shows: what queries/published_figure.sql is asked for.

    `measure` in the file is one name, a list of names, or a table of names and the category each becomes.
    Without it, a query beside the metadata file says which rows, and only the collection's words are shared.
    """

    collection: str                              # the file under data/published, without .csv
    measures: tuple[tuple[str, str], ...] = ()   # each measure, and its category ("" = as in the file)
    characteristic: str = ""                     # what those categories are of
    programme: str = ""                          # only this programme; "" = every one
    frequency: str = ""                          # only periods of this frequency; "" = every one
    value: str = "value"                         # the column shown, one of SHOWN_COLUMNS


@dataclass(frozen=True)
class Indicator:
    """Everything a screen says about one indicator."""

    indicator_id: str
    title: str
    definition: str                 # one sentence a councillor understands
    topic: str                      # one of TOPICS
    measure: str                    # one of MEASURES
    unit: str                       # "% of participants", "percentage points", "people", ...
    direction: str                  # one of DIRECTIONS
    decimals: int
    data_class: str                 # published | returns
    base: str                       # who is counted: the population of the denominator
    interval_method: str            # one of INTERVAL_METHODS
    source: str                     # main source_id; each observation names its own
    designation: str                # "Official statistics in development", ...
    caveats: tuple[str, ...]
    benchmark: str = ""             # what it is read against, in words
    target_indicator: str = ""      # the indicator that holds its targets or milestones
    breaks: tuple[Break, ...] = ()
    quality: str = "Not rated by the publisher"
    national_outcome: str = ""      # the outcome it is shown under
    national_indicator: str = ""    # the NPF indicator's published name; empty = not an NPF indicator
    npf_basis: str = ""             # how the outcome mapping is known
    npf_rule: str = ""              # the published rule in words; empty = rule not held
    npf_rule_threshold: float | None = None   # points of change needed in each period
    npf_rule_periods: int | None = None       # successive periods that must all pass it
    framework_version: str = ""     # "2018 NPF, archived"
    maturity_months: int = 0        # months after a start cohort ends before it counts; returns only
    is_survey: bool = False         # sample survey: never ranked, compared through intervals only
    method_version: str = ""        # never joined across versions
    aliases: tuple[str, ...] = field(default=())   # earlier ids that must keep working in links
    published: Published | None = None             # None: made from returns

    @property
    def is_of_records(self) -> bool:
        """True of a rate of what follow-ups recorded: nobody knows how the jobs not recorded went."""
        return self.indicator_id in OF_RECORDS

    @property
    def is_of_scores(self) -> bool:
        """True of a share by scores of progress: areas use different instruments, which are never set side by side."""
        return self.indicator_id in OF_SCORES

    @property
    def is_record_keeping(self) -> bool:
        """True of a measure of how well records are kept, as its topic says: never judged."""
        return self.topic == "quality"

    @property
    def has_rounded_base(self) -> bool:
        """True of a published share of people who were themselves counted or modelled only roughly, as its base says."""
        return self.data_class == "published" and self.measure == "percentage" and "rounded" in self.base

    @property
    def has_rounding_limits(self) -> bool:
        """True where the limits show only how far rounding of the counts could move a figure, as of a cost."""
        return self.interval_method == "rounding_only"

    def as_data(self) -> dict[str, object]:
        """Every field as plain data, as a plot carries it."""
        return dict(self._data)

    @functools.cached_property
    def _data(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_data(cls, held: Mapping[str, object]) -> "Indicator":
        """The Indicator that `as_data` wrote, also after it was JSON."""
        breaks = tuple(Break(each["period"], each["label"]) for each in held["breaks"])
        return cls(**dict(held) | {"breaks": breaks, **{name: tuple(held[name]) for name in ("caveats", "aliases")}})


def load_indicator(path: Path, collections: Path = paths.COLLECTIONS) -> Indicator:
    """Read and check `<id>.toml`; raises MetadataError naming the file and the key."""
    raw = _read(path)
    published = _published(path, raw.pop("published", None))
    raw = {**_shared_words(collections, published), **raw}
    known = {f.name for f in fields(Indicator)} - {"indicator_id"}
    required = {f.name for f in fields(Indicator)
                if f.default is MISSING and f.default_factory is MISSING} - {"indicator_id"}
    shared = f", and {collections.name} has none for '{published.collection}'" if published else ""
    _check_keys(path, raw, known, required, shared)
    raw["breaks"] = tuple(_break(path, each) for each in raw.get("breaks", ()))
    raw["caveats"] = (*_shared_caveats(collections, published), *raw.get("caveats", ()))
    raw["aliases"] = tuple(raw.get("aliases", ()))
    indicator = Indicator(indicator_id=path.stem, published=published, **raw)
    _check_values(path, indicator)
    return indicator


@functools.cache
def load_collections(path: Path = paths.COLLECTIONS) -> tuple[dict, ...]:
    """The words that every indicator of a collection shares, one table a set of collections; raises MetadataError."""
    tables = tuple(_read(path).get("words", ()))
    for number, table in enumerate(tables, start=1):
        if not table.get("collections"):
            raise MetadataError(f"{path.name}: table {number} of 'words' names no 'collections'")
        known = {f.name for f in fields(Indicator)} - {"indicator_id", "published"} | {"collections"}
        _check_keys(path, table, known)
    return tables


def _shared_words(collections: Path, published: Published | None) -> dict:
    """What an indicator of this collection says unless its own file says otherwise; caveats apart."""
    if published is None:
        return {}
    shared = {"data_class": "published"}
    for table in load_collections(collections):
        if published.collection in table["collections"]:
            shared |= {key: word for key, word in table.items() if key not in ("collections", "caveats")}
    return {**shared, "caveats": ()}


def _shared_caveats(collections: Path, published: Published | None) -> tuple[str, ...]:
    return tuple(caveat for table in load_collections(collections)
                 if published and published.collection in table["collections"]
                 for caveat in table.get("caveats", ()))


def _read(path: Path) -> dict:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path.name}: not valid TOML: {error}") from error


def _check_keys(path: Path, raw: dict, known: set[str], required: set[str] = frozenset(), within: str = "") -> None:
    for key in sorted(raw.keys() - known):
        raise MetadataError(f"{path.name}: unknown key '{key}'{within}. Known keys: {', '.join(sorted(known))}")
    for key in sorted(required - raw.keys()):
        raise MetadataError(f"{path.name}: missing key '{key}'{within}")


def _published(path: Path, raw: dict | None) -> Published | None:
    if raw is None:
        return None
    known = {f.name for f in fields(Published)} - {"measures"} | {"measure"}
    _check_keys(path, raw, known, {"collection"}, within=" of 'published'")
    measure = raw.pop("measure", ())
    if isinstance(measure, dict):
        measures = tuple(measure.items())
    else:
        measures = tuple((name, "") for name in ([measure] if isinstance(measure, str) else measure))
    if isinstance(measure, dict) != ("characteristic" in raw):
        raise MetadataError(f"{path.name}: 'published' needs 'characteristic' exactly where 'measure' names categories")
    if raw.get("value", "value") not in SHOWN_COLUMNS:
        raise MetadataError(f"{path.name}: 'value' of 'published' is '{raw['value']}'; "
                            f"it must be one of {', '.join(SHOWN_COLUMNS)}")
    return Published(measures=measures, **raw)


def _break(path: Path, raw: dict) -> Break:
    if set(raw) != {"period", "label"}:
        raise MetadataError(f"{path.name}: each of 'breaks' needs exactly 'period' and 'label'")
    return Break(**raw)


def _check_values(path: Path, indicator: Indicator) -> None:
    for key, allowed in (("topic", TOPICS), ("measure", MEASURES), ("direction", DIRECTIONS),
                         ("data_class", DATA_CLASSES), ("interval_method", INTERVAL_METHODS)):
        if (value := getattr(indicator, key)) not in allowed:
            raise MetadataError(f"{path.name}: '{key}' is '{value}'; it must be one of {', '.join(allowed)}")
    for key in ("title", "definition", "unit", "base", "source", "designation"):
        if not str(getattr(indicator, key)).strip():
            raise MetadataError(f"{path.name}: '{key}' is empty")
    if (indicator.data_class == "published") != (indicator.published is not None):
        raise MetadataError(f"{path.name}: 'published' must name a collection exactly where "
                            "'data_class' is 'published'")
    if indicator.npf_rule and not indicator.national_indicator:
        raise MetadataError(f"{path.name}: 'npf_rule' is given but 'national_indicator' is empty")
