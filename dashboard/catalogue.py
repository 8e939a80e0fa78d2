"""What an indicator is. The only reader of the metadata files beside each query.

A metadata file has exactly the keys of `Indicator`: a missing or misspelt one fails by name.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path

MEASURES = ("count", "percentage", "points", "pounds", "ratio", "score", "years", "rate")
DIRECTIONS = ("higher_is_better", "lower_is_better", "no_direction")
DATA_CLASSES = ("published", "returns")
INTERVAL_METHODS = ("as_published", "wilson_rounded", "rounding_only", "none")
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

    @property
    def has_rounding_limits(self) -> bool:
        """True where the limits show only how far rounding of the counts could move a figure, as of a cost."""
        return self.interval_method == "rounding_only"

    def as_data(self) -> dict[str, object]:
        """Every field as plain data, as a plot carries it."""
        return asdict(self)

    @classmethod
    def from_data(cls, held: Mapping[str, object]) -> "Indicator":
        """The Indicator that `as_data` wrote, also after it was JSON."""
        breaks = tuple(Break(each["period"], each["label"]) for each in held["breaks"])
        return cls(**dict(held) | {"breaks": breaks, **{name: tuple(held[name]) for name in ("caveats", "aliases")}})


def load_indicator(path: Path) -> Indicator:
    """Read and check `<id>.toml`; raises MetadataError naming the file and the key."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MetadataError(f"{path.name}: not valid TOML: {error}") from error
    known = {f.name for f in fields(Indicator)} - {"indicator_id"}
    required = {f.name for f in fields(Indicator)
                if f.default is MISSING and f.default_factory is MISSING} - {"indicator_id"}
    for key in sorted(raw.keys() - known):
        raise MetadataError(f"{path.name}: unknown key '{key}'. Known keys: {', '.join(sorted(known))}")
    for key in sorted(required - raw.keys()):
        raise MetadataError(f"{path.name}: missing key '{key}'")
    raw["breaks"] = tuple(_break(path, each) for each in raw.get("breaks", ()))
    for key in ("caveats", "aliases"):
        raw[key] = tuple(raw.get(key, ()))
    indicator = Indicator(indicator_id=path.stem, **raw)
    _check_values(path, indicator)
    return indicator


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
    if indicator.npf_rule and not indicator.national_indicator:
        raise MetadataError(f"{path.name}: 'npf_rule' is given but 'national_indicator' is empty")
