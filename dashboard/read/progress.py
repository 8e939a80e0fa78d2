"""Soft outcomes and experience in rows, by rule.

Under 30 pairs only counts are given; under 30% asked twice no partnership is compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.methods import soft_outcomes
from dashboard.methods.missing import is_missing
from dashboard.read import rates

BANDS = ("improved", "same", "declined")
ANSWERS = ("agree", "neither", "disagree")


@dataclass(frozen=True)
class Domain:
    """One area of progress over the years of start pooled: protected counts of people.

    `cells`: how many rounded counts were added up for each number (one a year).
    """

    name: str
    label: str
    improved: float
    same: float
    declined: float
    no_follow_up: float
    no_start_score: float
    cells: int

    @property
    def paired(self) -> float:
        return self.improved + self.same + self.declined

    @property
    def scored(self) -> float:
        return self.paired + self.no_follow_up

    @property
    def eligible(self) -> float:
        return self.scored + self.no_start_score

    @property
    def level(self) -> str:
        """counts_only, no_comparison, caution or enough (`methods.soft_outcomes.follow_up_level`).

        Counts only too where the base of several rounded counts is too small for a share of its own.
        """
        if is_missing(self.band("improved")["value"]):
            return "counts_only"
        return soft_outcomes.follow_up_level(self.paired, self.eligible)

    @property
    def asked_twice(self) -> dict:
        """The paired rate: a row of people asked twice among everyone who started."""
        return rates.rate(self.paired, self.eligible, self.cells)

    def band(self, name: str) -> dict:
        """The row of one band among people asked twice."""
        return rates.rate(getattr(self, name), self.paired, self.cells)

    @property
    def bounds(self) -> dict[str, float] | None:
        """Percentages if everyone not asked again had stayed the same, or had declined; None under 30 pairs."""
        if self.level == "counts_only":
            return None
        found = soft_outcomes.improved_bounds(self.improved, self.declined, self.paired, self.no_follow_up)
        return {name: 100 * share for name, share in found.items()}


def pool(rows: Iterable[Mapping[str, object]], periods: Sequence[str]) -> list[Domain]:
    """Rows of `progress_counts` (one area) added up over these years of start, one Domain each, in order."""
    kept = [row for row in rows if row["period"] in periods and row["is_mature"]]
    found = []
    for name in dict.fromkeys(str(row["category"]) for row in kept):
        own = [row for row in kept if row["category"] == name]
        found.append(Domain(name, str(own[0]["category_label"]), cells=len(own), **{
            band: sum(float(row[band]) for row in own)
            for band in (*BANDS, "no_follow_up", "no_start_score")}))
    return found


def years_with(rows: Iterable[Mapping[str, object]], count: str) -> list[str]:
    """The years that are old enough and in which `count` is not nought anywhere, newest first."""
    return sorted({str(row["period"]) for row in rows if row["is_mature"] and float(row[count]) > 0}, reverse=True)


def by_year(rows: Iterable[Mapping[str, object]], name: str) -> list[Domain]:
    """One area of progress of one area, a Domain for each year of start that is old enough and has a start score.

    `label` is the year; rows of `progress_counts`.
    """
    rows = list(rows)
    years = sorted({str(row["period"]) for row in rows if row["is_mature"]})
    made = [replace(each, label=year) for year in years for each in pool(rows, [year]) if each.name == name]
    return [each for each in made if each.scored > 0]


def too_recent(rows: Iterable[Mapping[str, object]]) -> list[str]:
    """Years of start in which people have not had the time: named, never given a figure."""
    return sorted({str(row["period"]) for row in rows if not row["is_mature"] and sum(
        float(row[name]) for name in ("improved", "same", "declined", "no_follow_up", "no_start_score")) > 0})


def answer_rows(rows: Iterable[Mapping[str, object]], periods: Sequence[str]) -> list[dict]:
    """Rows of `experience_counts` (one area) added up over these years: one a statement and answer, as shares.

    `label` is the statement, `series` the answer; `not_known` counts responses whose answer is not known.
    """
    kept = [row for row in rows if row["period"] in periods and row["is_mature"]]
    shares = []
    for name in dict.fromkeys(row["category"] for row in kept):
        own = [row for row in kept if row["category"] == name]
        sums = {part: sum(float(row[part]) for row in own) for part in (*ANSWERS, "answered", "not_known")}
        shares += [{"label": own[0]["category_label"], "series": answer, "not_known": sums["not_known"],
                    **rates.rate(sums[answer], sums["answered"], len(own))} for answer in ANSWERS]
    return shares
