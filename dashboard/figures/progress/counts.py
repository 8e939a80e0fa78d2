"""What the figures of progress share: the counts asked for, their indicators, and bands as rows and tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from dashboard.catalogue import Indicator
from dashboard.figure import Table, table
from dashboard.figures import tables
from dashboard.figures.progress import words
from dashboard.methods.missing import is_missing
from dashboard.read import progress
from dashboard.read.edition import Answer, Edition, Row

IMPROVED, ASKED, AGREE = "soft_outcome_improved", "soft_outcome_paired", "experience_agree"
SOURCE = ("data_class", "source_id", "publisher", "source_title", "edition", "url", "designation")
PAIRED_BASE = "People with a score at the start and at follow-up. The share asked twice is of everyone who started."


def counts(edition: Edition, *area_codes: str) -> Answer:
    """Protected counts of progress of these areas; of Scotland and every partnership where none is named."""
    return edition.ask("progress_counts", areas=list(area_codes) or None)


def answers(edition: Edition, area_code: str) -> Answer:
    """Protected counts of answers on how people were treated."""
    return edition.ask("experience_counts", areas=[area_code])


def improved(edition: Edition) -> Indicator:
    """The share of people asked twice who improved."""
    return edition.every_indicator[IMPROVED]


def asked(edition: Edition) -> Indicator:
    """The share of people who started that was asked twice."""
    return edition.every_indicator[ASKED]


def agree(edition: Edition) -> Indicator:
    """The share of responses that agree."""
    return edition.every_indicator[AGREE]


def points(edition: Edition) -> Indicator:
    """Differences of two shares are said in points."""
    return replace(improved(edition), title="Difference", measure="points", unit="percentage points",
                   direction="no_direction", decimals=1)


def sourced(answer: Answer, rows: Iterable[Mapping[str, object]], when: str = "") -> Answer:
    """The answer with rows made from it, each with its source and class; `when` is the period of all of them."""
    source = {name: answer.rows[0][name] for name in SOURCE} | ({"period_label": when} if when else {})
    return answer.keep([{name: value for name, value in row.items() if not isinstance(value, Mapping)} | source
                        for row in rows])


def band_rows(edition: Edition, domains: Sequence[progress.Domain], base: bool = True) -> list[Row]:
    """One row a band of each area of progress; without a `base`, people asked twice are counted, not shared."""
    rows = []
    for each in domains:
        heading = f"{words.say(each.asked_twice, asked(edition)) if base else f'{each.paired:,.0f}'} asked twice"
        rows += [{"label": each.label, "series": name, "heading": heading, "asked_twice": heading, **each.band(name)}
                 for name in progress.BANDS]
    return rows


def domain_table(edition: Edition, domains: Sequence[progress.Domain], caption: str, heading: str = "Area of progress",
                 base: bool = True, started: bool = False) -> Table:
    """Asked twice first, then the three bands with their intervals, in one row each; `started` adds everyone."""
    columns = (heading, *(("People who started",) if started else ()), *(("Share asked twice",) if base else ()),
               "People asked twice", *words.BANDS.values())
    rows = [(each.label, *((f"{each.eligible:,.0f}",) if started else ()),
             *((words.say(each.asked_twice, asked(edition)),) if base else ()), few(each.paired),
             *(_band_text(edition, each, name) for name in progress.BANDS)) for each in domains]
    return table(caption, columns, rows, range(1, len(columns)))


def has_share(rows: Iterable[Mapping[str, object]]) -> bool:
    """True where there is anything to draw: otherwise the table alone is shown."""
    return any(not is_missing(row["value"]) for row in rows)


def few(count: float) -> str:
    """A protected count; nought may be up to four."""
    return f"{count:,.0f}" if count else "[low]"


def _band_text(edition: Edition, each: progress.Domain, name: str) -> str:
    """A share with its interval, or the count alone where there are too few pairs."""
    if each.level == "counts_only":
        return f"{getattr(each, name):,.0f} people" if getattr(each, name) else "[low]"
    return tables.value_and_interval(each.band(name), improved(edition))


def series(labels: Mapping[str, str]) -> list[dict[str, str]]:
    """Good, neither and bad as the parts of a bar. No verdict: they are answers."""
    return [{"name": name, "label": label, "colour": colour}
            for (name, label), colour in zip(labels.items(), ("series.0", "line", "series.2"), strict=True)]
