"""Loops of families: three margins of one table that nobody publishes (T4).

Additive counts that could all be true together are safe without trying: raise any count by 4, and every
sum that holds it rises by 4 (methods, section 1.4). So each loop is tested for a joint non-negative
table. A loop without one has no such certificate, and must not be published.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dashboard.pipeline.disclosure.audit.families import IN_PARTNERSHIPS, PAIRS, STATES
from dashboard.pipeline.disclosure.audit.linear import joint_table_exists
from dashboard.pipeline.disclosure.audit.relations import Model, quarters_of

Margins = tuple[np.ndarray, np.ndarray, np.ndarray]     # [a, b], [a, c] and [b, c], then the states
TRIANGLE = (("sex", "age_band"), ("sex", "disabled"), ("age_band", "disabled"))


@dataclass(frozen=True)
class Loop:
    """One loop in one year and state: what it is called, and its published margins."""

    name: str
    margins: Margins

    @property
    def is_hidden(self) -> bool:
        """Is some margin not published?"""
        return any((margin < 0).any() for margin in self.margins)


def broken_loops(model: Model) -> tuple[int, list[Loop]]:
    """How many loops there are, one year and state at a time, and those without a joint table."""
    tried, broken = 0, []
    for name, year, ids in _loops(model):
        first, second, third = (model.system.published[each[..., :len(STATES)]] for each in ids)
        for i, state in enumerate(STATES):
            loop = Loop(f"{name}, {year}, {state}", (first[..., i], second[..., i], third[..., i]))
            tried += 1
            if loop.is_hidden or not joint_table_exists(*loop.margins):
                broken.append(loop)
    return tried, broken


def _loops(model: Model) -> Iterator[tuple[str, str, Margins]]:
    for year in model.axis("M", "period") if model.has("M") else ():
        for c in IN_PARTNERSHIPS:
            if model.has(f"B_{c}"):
                yield from _of_characteristic(model, year, c)
        for a, b in PAIRS:
            if model.has(f"E_{a}_{b}"):
                yield from _of_pair(model, year, a, b)
        if all(model.has(f"E_{a}_{b}") for a, b in TRIANGLE):
            words = {c: list(model.margins[c][0]) for pair in TRIANGLE for c in pair}
            yield "E-E-E sex, age_band, disabled", year, tuple(
                model.pick(f"E_{a}_{b}", "category", "category_2", period=year, category=words[a],
                           category_2=words[b]) for a, b in TRIANGLE)


def _of_characteristic(model: Model, year: str, c: str) -> Iterator[tuple[str, str, Margins]]:
    """Place x quarter x category, and place x programme x category."""
    places, categories = model.blocks[f"B_{c}", False].partnerships, list(model.axis(f"B_{c}", "category"))
    cells = model.pick(f"B_{c}", "area_code", "category", area_code=places, period=year)
    for root, kind, dimension, when, quarterly in _splits(model, year):
        if model.has(root, quarterly) and model.has(f"{kind}_{c}", quarterly):
            yield f"{root}-B-{kind} {c}", year, (
                model.pick(root, "area_code", dimension, quarterly=quarterly, area_code=places, period=when),
                cells,
                model.pick(f"{kind}_{c}", dimension, "category", quarterly=quarterly, period=when,
                           category=categories))


def _of_pair(model: Model, year: str, a: str, b: str) -> Iterator[tuple[str, str, Margins]]:
    """Two characteristics together, by place, by quarter and by programme."""
    family = f"E_{a}_{b}"
    words = {a: list(model.axis(family, "category")), b: list(model.axis(family, "category_2"))}
    cells = model.pick(family, "category", "category_2", period=year)
    if model.has(f"B_{a}") and model.has(f"B_{b}"):
        places = model.blocks[f"B_{a}", False].partnerships
        sides = [model.pick(f"B_{c}", "area_code", "category", area_code=places, period=year,
                            category=words[c]) for c in (a, b)]
        yield f"B-E-B {a}, {b}", year, (*sides, cells)
    for _, kind, dimension, when, quarterly in _splits(model, year):
        if model.has(f"{kind}_{a}", quarterly) and model.has(f"{kind}_{b}", quarterly):
            sides = [model.pick(f"{kind}_{c}", dimension, "category", quarterly=quarterly, period=when,
                                category=words[c]) for c in (a, b)]
            yield f"{kind}-E-{kind} {a}, {b}", year, (*sides, cells)


def _splits(model: Model, year: str):
    """The two ways a year is split: its quarters (A1, C) and its programmes (A2, D)."""
    if model.has("A1", True):
        yield "A1", "C", "period", quarters_of(year, model.axis("A1", "period", True)), True
    yield "A2", "D", "programme", year, False
