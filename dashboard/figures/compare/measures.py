"""What can be compared between areas: rates of returns, every area's over the same years of start together."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.figure import AREA, INDICATOR, NOTHING_CHOSEN, SCOTLAND, Absent, Choice, plain
from dashboard.figures import judged, returns
from dashboard.figures.recipe import Chooser, Options
from dashboard.methods.missing import is_missing
from dashboard.read import cohorts, rates, selection
from dashboard.read.edition import Answer, Edition
from dashboard.words import differences, phrases

ENTERED_WORK = "entered_work_within_12_months"
SMALLEST = 8          # areas with a rate, for a comparison among them
NO_RATE = "No partnership's return holds a rate that areas could be compared by."
# Measures told of beside the one compared, as pages ask for them: in work later, and how long jobs lasted.
LATER = ("in_work_at_13_weeks", "in_work_at_26_weeks")
ALONGSIDE = ((*LATER, "job_lasted_13_weeks"), LATER, ("in_work_at_52_weeks",), ("job_lasted_13_weeks",))
ALONE = "none"

Row = Mapping[str, object]


def comparable(edition: Edition, _: Choice = NOTHING_CHOSEN) -> Options:
    """Rates of work among people who started that areas can be compared by: id to title."""
    return edition.once("measures that areas can be compared by", _comparable)


def _comparable(edition: Edition) -> Options:
    return {name: indicator.title for name, indicator in edition.catalogue.items()
            if indicator.data_class == "returns" and indicator.measure == "percentage"
            and indicator.topic == "progression" and years_of(edition, name)}


def _alongside(edition: Edition, _: Choice) -> Options:
    titles = {name: indicator.title for name, indicator in edition.every_indicator.items()}
    together = {",".join(names): phrases.listed([titles.get(name, name) for name in names]) for names in ALONGSIDE}
    return together | {ALONE: "The measure compared, alone"}


def _find(text: str, edition: Edition, options: Options) -> str | None:
    return selection.find_indicator(text, [
        {"indicator_id": name, "title": title, "aliases": edition.catalogue[name].aliases} for name, title in options.items()])


MEASURE = Chooser(INDICATOR, "Measure compared", comparable, ENTERED_WORK, _find,
                  "No measure that areas can be compared by is called '{given}'.")
TELL = Chooser("tell", "Measures beside it", _alongside)


@dataclass(frozen=True)
class Compared:
    """One measure in every area, Scotland first: the rate of the years named in `when`, or its mark.

    `rows`: area_code, area, value, lower_ci, upper_ci (percentages), numerator, denominator, cells, obs_status,
    period, period_label, and what names the source.
    """

    indicator: Indicator
    years: int
    when: str
    answer: Answer
    rows: tuple[Row, ...]

    @property
    def placed(self) -> list[Row]:
        """Partnerships with a rate to place."""
        return [row for row in self.rows if row["area_code"] != SCOTLAND and not is_missing(row["value"])]

    @property
    def scotland(self) -> float | None:
        """Scotland's own rate, a percentage."""
        return next((row["value"] for row in self.rows if row["area_code"] == SCOTLAND), None)

    def place_of(self, area_code: str, positions: Mapping[str, str]) -> str:
        """Its position among those placed; else 'unknown' for few people, 'absent' without a return."""
        silent = any(row["area_code"] == area_code and row["obs_status"] == "x" for row in self.rows)
        return positions.get(area_code, "absent" if silent else "unknown")

    @property
    def absent(self) -> list[str]:
        """Who is not among the areas compared, and why."""
        said = []
        for mark, one, many in (("x", "sent no return", "sent no return"),
                                ("c", "has too few people for a rate", "have too few people for a rate")):
            names = [str(row["area"]) for row in self.rows if row["obs_status"] == mark]
            if names:
                said.append(f"Not placed: {phrases.listed(names)} {one if len(names) == 1 else many} [{mark}].")
        return said


def compared(edition: Edition, choice: Choice) -> Compared | None:
    """The measure chosen in every area; None where the edition holds no such rate."""
    return compared_by(edition, choice.of(INDICATOR, ENTERED_WORK))


def compared_by(edition: Edition, indicator_id: str) -> Compared | None:
    """One measure in every area; None where the edition holds no rate of it."""
    if indicator_id not in edition.catalogue or not (years := years_of(edition, indicator_id)):
        return None
    return over_years(edition, indicator_id, years)


def over_years(edition: Edition, indicator_id: str, years: Sequence[str]) -> Compared | None:
    """One measure in every area over these years of start together; None where no rate is held."""
    def made(edition: Edition) -> Compared | None:
        answer, when = edition.ask("pooled", indicator_id=indicator_id, periods=list(years)), cohorts.years_label(years)
        rows = plain(tuple(row | _rate(row) | {"period_label": when} for row in answer.rows))
        return Compared(edition.catalogue[indicator_id], len(years), when, answer.keep(rows), rows) if rows else None

    return edition.once(f"compare: every area by {indicator_id} over {', '.join(years)}", made)


def years_of(edition: Edition, indicator_id: str) -> list[str]:
    """The newest start years with a figure for Scotland, at most three, none from before the last break."""
    indicator = edition.catalogue[indicator_id]
    rows = edition.series(indicator_id, [SCOTLAND], frequency="financial_year").rows
    known = [str(row["period"]) for row in rows if not is_missing(row["value"]) and row["data_class"] == "returns"]
    return cohorts.years_that_count(known, indicator.maturity_months, returns.cut_off(edition),
                                    [each.period for each in indicator.breaks]) if known else []


def _rate(row: Row) -> dict:
    """The rate of added-up counts; `x` where the area sent nothing."""
    if is_missing(row["denominator"]):
        return {"value": None, "lower_ci": None, "upper_ci": None, "obs_status": "x"}
    rate = rates.rate(float(row["numerator"]), float(row["denominator"]), int(row["cells"]))
    return {name: rate[name] for name in ("value", "lower_ci", "upper_ci", "obs_status")}


def pooled(rows: Sequence[Row], area_codes: Sequence[str], label: str) -> dict:
    """The rate of these areas added up, as a row named `label`; `x` where none of them sent a return."""
    named = {"group": label, "period": str(rows[0]["period"]), "period_label": str(rows[0]["period_label"])}
    own = [row for row in rows if row["area_code"] in area_codes and not is_missing(row["denominator"])]
    if not own:
        return named | {"numerator": None, "denominator": None, "obs_status": "x"} | rates.HIDDEN
    numerator, denominator, cells = (sum(float(row[name]) for row in own) for name in ("numerator", "denominator", "cells"))
    return named | rates.rate(numerator, denominator, int(cells)) | rates.ranged(own)


def known_ranges(rows: Sequence[Row], indicator: Indicator) -> tuple[list[float], list[float]] | None:
    """The lowest and the highest that each rate of records could be, percentages, NaN where not held; None of other measures."""
    if not indicator.is_of_records:
        return None
    lowest, highest = ([math.nan if is_missing(row.get(end)) else float(row[end]) for row in rows] for end in ("lowest", "highest"))
    return lowest, highest


def verdict_of(edition: Edition, held: Compared, area_code: str) -> str:
    """What may be said of an area against Scotland, in the words of every page."""
    found = edition.once(f"compare: judged by {held.indicator.indicator_id} over {held.when}", lambda edition: {
        row["area_code"]: str(row["compared"]) for row in judged.areas(edition, held.rows, held.indicator)})
    return found.get(area_code, differences.NOT_COMPARED)


def area_of(choice: Choice) -> str:
    """The area chosen, Scotland where none is."""
    return choice.of(AREA, SCOTLAND)


def link(choice: Choice, way: str) -> str:
    """The page that shows this comparison; that of the measure itself where no page compares areas by it."""
    measure = choice.of(INDICATOR, ENTERED_WORK)
    if measure != ENTERED_WORK:
        return f"/indicator?area={area_of(choice)}&id={measure}"
    return f"/jobs?area={area_of(choice)}&compare={way}"


def too_few(what: str) -> tuple[Absent, ...]:
    """Said where fewer areas than are needed have a rate."""
    return (Absent(f"Too few areas have a rate for {what}.", "c"),)
