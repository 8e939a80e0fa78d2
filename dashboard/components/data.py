"""Cached answers from the current extract. The only door between a page and the data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd
import streamlit as st

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.read import extract as reading
from dashboard.read import indicators, selection
from dashboard.read.evidence import Evidence, evidence


@dataclass(frozen=True)
class Answer:
    """The rows of one question and the evidence that finds them again.

    `beside` are further answers drawn on the same figure, such as a target: their sources are named too.
    """

    rows: pd.DataFrame
    evidence: Evidence
    beside: tuple["Answer", ...] = ()

    @property
    def records(self) -> list[dict]:
        """The rows as dictionaries of the reader's own. Made from the frame once: that is slow, a copy is not."""
        return [dict(row) for row in self._records]

    @cached_property
    def _records(self) -> list[dict]:
        """As `to_dict("records")` gives them, at a quarter of its time: that one fetches every column by itself."""
        names = list(self.rows.columns)
        return [{name: _native(cell) for name, cell in zip(names, cells, strict=True)}
                for cells in self.rows.to_numpy(object).tolist()]

    @property
    def is_empty(self) -> bool:
        return self.rows.empty

    def keep(self, rows: pd.DataFrame) -> "Answer":
        """The same question with fewer or fuller rows to show."""
        return Answer(rows, self.evidence, self.beside)

    def joined_by(self, *others: "Answer") -> "Answer":
        """The same answer, with others drawn beside it."""
        return Answer(self.rows, self.evidence, (*self.beside, *others))

    @property
    def all_records(self) -> list[dict]:
        """The rows of this answer and of those beside it."""
        return [*self.records, *(row for other in self.beside for row in other.records)]


def _native(cell: object) -> object:
    """A cell as Python has it: NA is None, and a number of numpy's is a plain one."""
    return None if cell is pd.NA else cell.item() if isinstance(cell, np.generic) else cell


def extract() -> reading.Extract:
    """The current extract; raises ExtractError. The pointer is read on every call, the file once."""
    return _opened(str(reading.current_path(paths.extract_folder())))


@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda opened: opened.close())
def _opened(path: str) -> reading.Extract:
    from pathlib import Path

    return reading.open_extract(Path(path))


def ask(view: str, **parameters: object) -> Answer:
    """Rows of queries/views/<view>.sql, asked of the current extract with these parameters."""
    opened = extract()
    frozen = tuple(
        sorted(
            (name, tuple(value) if isinstance(value, list | tuple) else value)
            for name, value in parameters.items()
        )
    )
    rows = _asked(opened.extract_id, str(opened.path), view, frozen)
    return Answer(rows, evidence(view, parameters, opened.extract_id))


@st.cache_data(max_entries=2000, show_spinner=False)
def _asked(extract_id: str, path: str, view: str, parameters: tuple) -> pd.DataFrame:
    """`extract_id` is in the key so that a new edition never answers with an old row."""
    asked_with = {name: list(value) if isinstance(value, tuple) else value for name, value in parameters}
    return _opened(path).ask(view, asked_with)


def release() -> dict:
    """The one row of the release, and whether it holds returns."""
    return ask("release").records[0]


def areas() -> dict[str, dict]:
    """Areas that can be chosen, by code: Scotland first, then alphabetical."""
    return {row["area_code"]: row for row in ask("areas").records}


def catalogue() -> Mapping[str, Indicator]:
    """Every indicator that holds a figure, by id."""
    return _catalogue(extract().extract_id, "indicators")


@st.cache_resource(max_entries=4, show_spinner=False)
def _catalogue(extract_id: str, view: str) -> Mapping[str, Indicator]:
    """Frozen indicators in a mapping nobody can change: safe to share, and read from the rows once."""
    return MappingProxyType(indicators.indicators_from(ask(view).records))


def every_indicator() -> Mapping[str, Indicator]:
    """Every indicator by id, also those without a figure."""
    return _catalogue(extract().extract_id, "every_indicator")


def indicator(indicator_id: str) -> Indicator | None:
    """One indicator that holds a figure; None if it holds none, so that its block is left out."""
    return catalogue().get(indicator_id)


def series(
    indicator_id: str,
    area_codes: list[str],
    characteristic: str = "all",
    category: str | None = None,
    programme: str | None = None,
    frequency: str | None = None,
) -> Answer:
    """One indicator over time, one line (`series`) per area, or per category if a characteristic is named.

    programme None is the indicator's whole; frequency None is its longest yearly run, else its longest.
    """
    answer = ask(
        "trend",
        indicator_id=indicator_id,
        areas=list(area_codes),
        programme=programme,
        characteristic=characteristic,
        category=category,
        frequency=frequency,
    )
    by = "area" if characteristic == "all" else "category_label"
    place = {code: number for number, code in enumerate(area_codes)}
    rows = answer.rows.assign(series=answer.rows[by])
    return answer.keep(rows.sort_values("area_code", key=lambda codes: codes.map(place), kind="stable"))


def several(indicator_ids: list[str], area_code: str = selection.SCOTLAND) -> Answer:
    """Several indicators over time in one area; `series` is the indicator's title."""
    answer = ask("several", indicators=list(indicator_ids), area_code=area_code)
    return answer.keep(answer.rows.assign(series=answer.rows["indicator"]))


def area_name(area_code: str) -> str:
    return areas()[area_code]["name"]


SCOTLAND = selection.SCOTLAND
