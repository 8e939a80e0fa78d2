"""True counts, made a second time from the accepted records, by code of the attacker's own.

Written from the data contract, sections 3 and 4. Where the gate counts a person in another place,
the bounds fail. The one thing shared with the gate is how scores become bands
(`states.soft_bands`), which is a method and not a count.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure import states
from dashboard.pipeline.disclosure.audit.cube import Block, coded, places, with_nodes
from dashboard.pipeline.disclosure.audit.families import (
    COARSE,
    DIMENSIONS,
    DOMAINS,
    FOLLOWUPS,
    IN_PARTNERSHIPS,
    LISTS,
    SCOTLAND,
    SCOTLAND_ONLY,
    STATES,
)

AGES = ((16, "under_16"), (20, "16_19"), (25, "20_24"), (35, "25_34"), (50, "35_49"), (100, "50_plus"))
JOB_STATES = tuple(state for state in STATES if state.startswith("job"))
FOLLOWUP_DUE = {"followup_4_weeks": 28, "followup_13_weeks": 91, "followup_26_weeks": 182,
                "followup_52_weeks": 364}


class Coded:
    """Rows by the place of each word among all words of its column; a column is looked at once for all families."""

    def __init__(self, rows: pl.DataFrame):
        self._rows, self._held, self._places = rows, {}, {}

    def __len__(self) -> int:
        return len(self._rows)

    def places(self, column: str, words: tuple[str, ...]) -> np.ndarray:
        """Where each row's word stands in a list; -1 where it does not."""
        if column not in self._held:
            self._held[column] = coded(self._rows[column].cast(pl.String))
        if (column, words) not in self._places:
            self._places[column, words] = places(*self._held[column], words)
        return self._places[column, words]


def count_truth(returns, blocks: list[Block]) -> tuple[list[np.ndarray], list[str]]:
    """For each block an array of true counts, nodes included, and people the cube has no cell for."""
    people, responses = Coded(people_of(returns)), Coded(responses_of(returns.experience))
    arrays, problems = [], []
    for block in blocks:
        leaves, left_out = _count(block, responses if block.shape.responses else people)
        if left_out:
            problems.append(f"{block.family}: {left_out:,} people have no cell in the published cube")
        arrays.append(with_nodes(leaves) if block.has_states else leaves)
    return arrays, problems


def people_of(returns) -> pl.DataFrame:
    """One row a person: where, when, in which state, and the category of every characteristic."""
    people = returns.participants.with_columns(
        state=_state(returns.cut_off), year=_year("start_date"), quarter=_quarter("start_date"))
    people = people.with_columns(
        age_band=_age_band(), months_to_work=_months_to_work(), wait_to_start=_wait(),
        **{column: _answer(column, returns.cut_off) for column in FOLLOWUPS},
        **{f"{column}_{value}": _listed(column, value)
           for column, values in LISTS.items() for value in values})
    plain = [c for c in IN_PARTNERSHIPS + SCOTLAND_ONLY if c in people.columns]
    people = people.with_columns(pl.col(plain).cast(pl.String).fill_null("unknown"))
    people = people.with_columns(**{coarse: _coarse(coarse) for coarse in COARSE})
    return _with_soft_outcomes(people, returns.progress)


def responses_of(experience: pl.DataFrame) -> pl.DataFrame:
    """One row a survey answer: where, when (by its own date), statement and answer."""
    if not len(experience):
        return pl.DataFrame(schema={name: pl.String for name in ("area_code", "year", "statement", "answer")})
    said = experience.select("area_code", pl.col("statement", "answer").cast(pl.String), year=_year("date"))
    return said.filter(pl.col("year") >= "2018-19")


def _state(cut_off) -> pl.Expr:
    """Exactly one state a person, in the contract's order of precedence."""
    def said(weeks, answer):
        return (pl.col(f"followup_{weeks}_weeks").cast(pl.String) == answer).fill_null(False)
    worked = pl.col("employment_start_date").is_not_null()
    waiting = pl.col("employment_start_date").dt.offset_by("91d") > cut_off
    empty = pl.col("followup_13_weeks").cast(pl.String).fill_null("") == ""
    positive = pl.lit(False)
    for column in ("education_date", "training_date", "volunteering_date", "qualification_date"):
        positive = positive | pl.col(column).is_not_null()
    steps = ((said(52, "in_employment"), "job_52"), (said(26, "in_employment"), "job_26"),
             (said(13, "in_employment"), "job_13"), (worked & said(13, "not_in_employment"), "job_ended_13"),
             (worked & waiting & empty, "job_not_due"), (worked, "job_not_recorded"),
             (positive, "other_positive"), (pl.col("support_end_date").is_not_null(), "left_no_outcome"))
    return _first_of(steps, "in_support")


def _first_of(steps, otherwise: str) -> pl.Expr:
    value = pl.lit(otherwise)
    for condition, name in reversed(steps):
        value = pl.when(condition).then(pl.lit(name)).otherwise(value)
    return value


def _year(column: str) -> pl.Expr:
    start = pl.col(column).dt.offset_by("-3mo").dt.year()
    return start.cast(pl.String) + "-" + ((start + 1) % 100).cast(pl.String).str.zfill(2)


def _quarter(column: str) -> pl.Expr:
    return _year(column) + " Q" + pl.col(column).dt.offset_by("-3mo").dt.quarter().cast(pl.String)


def _age_band() -> pl.Expr:
    steps = [((pl.col("age") < below).fill_null(False), name) for below, name in AGES]
    return _first_of(steps, "unknown")


def _answer(column: str, cut_off) -> pl.Expr:
    """A blank at 13 weeks is not due exactly in the state of that name; elsewhere by its own day."""
    given = pl.col(column).cast(pl.String).fill_null("")
    due = pl.col("employment_start_date").dt.offset_by(f"{FOLLOWUP_DUE[column]}d")
    early = pl.col("state") == "job_not_due" if "13" in column else (due > cut_off).fill_null(False)
    blank = pl.when(early).then(pl.lit("not_due")).otherwise(pl.lit("blank_when_due"))
    return pl.when(given == "").then(blank).otherwise(given)


def _months_to_work() -> pl.Expr:
    steps = [(~pl.col("state").str.starts_with("job"), "none")]
    for months, name in ((3, "0_3"), (6, "3_6"), (9, "6_9"), (12, "9_12")):
        within = pl.col("employment_start_date") <= pl.col("start_date").dt.offset_by(f"{months}mo")
        steps.append((within.fill_null(False), name))
    return _first_of(steps, "over_12")


def _wait() -> pl.Expr:
    days = (pl.col("start_date") - pl.col("referral_date")).dt.total_days()
    steps = ((days.is_null(), "unknown"), (days <= 13, "under_2_weeks"), (days <= 27, "2_4_weeks"),
             (days <= 56, "4_8_weeks"))
    return _first_of(steps, "over_8_weeks")


def _listed(column: str, value: str) -> pl.Expr:
    return pl.when(pl.col(column).list.contains(value)).then(pl.lit("yes")).otherwise(pl.lit("rest"))


def _coarse(coarse: str) -> pl.Expr:
    fine, members = COARSE[coarse]
    return pl.col(fine).replace({part: word for word, parts in members.items() for part in parts})


def _with_soft_outcomes(people: pl.DataFrame, progress: pl.DataFrame) -> pl.DataFrame:
    bands = states.soft_bands(progress) if len(progress) else None
    for domain in DOMAINS:
        if bands is None:
            people = people.with_columns(pl.lit("no_start_score").alias(f"band {domain}"),
                                         pl.lit("none").alias(f"instrument {domain}"))
            continue
        held = bands.filter(pl.col("domain") == domain).select(
            "area_code", "participant_id", pl.col("band").cast(pl.String).alias(f"band {domain}"),
            pl.col("instrument").cast(pl.String).alias(f"instrument {domain}"))
        people = people.join(held, on=["area_code", "participant_id"], how="left", validate="1:1")
        people = people.with_columns(pl.col(f"band {domain}").fill_null("no_start_score"),
                                     pl.col(f"instrument {domain}").fill_null("none"))
    return people


def _groups(block: Block) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """What a family counts, group by group: the column behind each dimension, and the words that the whole group has."""
    shape, period = block.shape, "quarter" if block.quarterly else "year"
    if shape.responses:
        yield {"period": "year", "characteristic": "statement", "category": "answer"}, {}
    elif shape.characteristics == FOLLOWUPS:
        yield from (({"period": period, "category": column}, {"characteristic": column}) for column in FOLLOWUPS)
    elif shape.characteristics == DOMAINS:
        for domain in DOMAINS:
            split = f"instrument {domain}" if shape.pair == "instrument" else shape.pair
            by = {"category_2": split} if split != "all" else {}
            yield {"period": "year", "category": f"band {domain}", **by}, {"characteristic": domain}
    else:
        (characteristic,) = shape.characteristics
        columns = {"period": period}
        columns |= {"state": "state"} if shape.states else {}
        columns |= {"programme": "programme"} if shape.programmes else {}
        columns |= {"category": characteristic} if characteristic != "all" else {}
        columns |= {"category_2": shape.pair} if shape.pair != "all" else {}
        yield columns, {}


def _count(block: Block, rows: Coded) -> tuple[np.ndarray, int]:
    """True counts in the block's shape (Scotland as the sum of the rows), and how many found no place."""
    counts, left_out = np.zeros(block.counts.size, np.int64), 0
    for columns, fixed in _groups(block):
        index, scotland = [], np.full(len(rows), _place(block.axis("area_code"), SCOTLAND))
        for dimension, words in zip(DIMENSIONS, block.labels, strict=True):
            if dimension == "area_code":
                index.append(rows.places("area_code", words))
            elif dimension in columns:
                index.append(rows.places(columns[dimension], words))
            else:       # one word holds for the whole family, or for this group of it
                index.append(np.full(len(rows), _place(words, fixed[dimension]) if dimension in fixed else 0))
        counted = rows.places("state", JOB_STATES) >= 0 if block.shape.characteristics == FOLLOWUPS else np.ones(len(rows), bool)
        for areas in [index[0], scotland] if block.partnerships else [scotland]:
            is_held = counted & np.logical_and.reduce([place >= 0 for place in (areas, *index[1:])])
            flat = np.ravel_multi_index([place[is_held] for place in (areas, *index[1:])], block.counts.shape)
            counts += np.bincount(flat, minlength=len(counts))
            left_out += int(counted.sum() - is_held.sum())
    return counts.reshape(block.counts.shape), left_out


def _place(words: tuple[str, ...], word: str) -> int:
    return words.index(word) if word in words else -1


def changed_people(returns, previous) -> dict[str, int]:
    """How many people were added, removed or recoded since the previous returns, by year of start."""
    rows = []
    for each in (returns, previous):
        people = people_of(each).with_columns(pl.selectors.by_dtype(pl.List(pl.String)).list.join(";"))
        rows.append(people.select(pl.all().exclude("quarter").cast(pl.String).fill_null("")))
    columns = [name for name in rows[0].columns if name in rows[1].columns]
    one_sided = pl.concat([rows[0].select(columns).join(rows[1].select(columns), on=columns, how="anti"),
                           rows[1].select(columns).join(rows[0].select(columns), on=columns, how="anti")])
    people = one_sided.select("year", "area_code", "participant_id").unique()
    return dict(people.group_by("year").len().iter_rows())
