"""The published cube as dense arrays, and whether it holds only what may be published (T2, T3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from dashboard.pipeline.disclosure.audit.families import (
    DIMENSIONS,
    NODES,
    PROGRAMMES,
    QUARTER,
    SCOTLAND,
    SHAPES,
    STATES,
    TREE,
    WORD,
    YEAR,
    Shape,
)
from dashboard.pipeline.disclosure.audit.system import UNKNOWN


@dataclass(frozen=True)
class Block:
    """The cells of one family and one kind of period.

    `labels[d]` are the words along dimension d of DIMENSIONS; `counts` has that shape, UNKNOWN where
    the cell is not stored.
    """

    family: str
    quarterly: bool
    labels: tuple[tuple[str, ...], ...]
    counts: np.ndarray

    def axis(self, dimension: str) -> tuple[str, ...]:
        return self.labels[DIMENSIONS.index(dimension)]

    @property
    def shape(self) -> Shape:
        """What the contract says of it; only for a block that fits (`check_shapes`)."""
        return next(shape for shape in SHAPES[self.family] if shape.quarters == self.quarterly)

    @property
    def partnerships(self) -> list[str]:
        return [code for code in self.axis("area_code") if code != SCOTLAND]

    @property
    def has_states(self) -> bool:
        return set(self.axis("state")) == set(STATES)

    @cached_property
    def nodes(self) -> np.ndarray:
        """Counts with the inner nodes appended to the leaves, along the last axis, in NODES order."""
        return with_nodes(self.counts) if self.has_states else self.counts


def with_nodes(leaves: np.ndarray) -> np.ndarray:
    """Append the inner nodes of the tree; a node with a hidden leaf is hidden."""
    parts = {state: leaves[..., i] for i, state in enumerate(STATES)}
    for node, left, right in TREE:
        seen = (parts[left] >= 0) & (parts[right] >= 0)
        parts[node] = np.where(seen, parts[left] + parts[right], UNKNOWN)
    return np.stack([parts[node] for node in NODES], axis=-1)


def to_blocks(cells: pl.DataFrame) -> tuple[list[Block], list[str]]:
    """Dense blocks of a frame with the columns of `protected_count`, and what is wrong with its form."""
    blocks, problems = [], []
    columns = {name: coded(cells[name]) for name in ("family", *DIMENSIONS)}
    (families, family), (periods, period) = columns.pop("family"), columns["period"]
    is_quarter = np.array([" Q" in word for word in periods], bool)[period]
    kind, counts = 2 * family + is_quarter, cells["count"].to_numpy()
    order = np.argsort(kind, kind="stable")
    kinds, first = np.unique(kind[order], return_index=True)
    for each, rows in zip(kinds.tolist(), np.split(order, first[1:]), strict=True) if len(order) else ():
        name = families[each // 2]
        block, repeated = _block(name, bool(each % 2), {key: (words, codes[rows]) for key, (words, codes) in columns.items()},
                                 counts[rows])
        blocks.append(block)
        if repeated:
            problems.append(f"{name}: {repeated} cells are stored twice")
        if hidden := int((block.counts == UNKNOWN).sum()):
            problems.append(f"{name}: {hidden:,} cells are hidden or missing; a hole is an equation")
    return blocks, problems


def coded(column: pl.Series) -> tuple[list[str], np.ndarray]:
    """The words of a column, sorted, and the place of each row's word among them; -1 where there is none."""
    words = sorted(column.unique().drop_nulls().to_list())
    return words, column.cast(pl.Enum(words)).to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def places(own: Sequence[str], codes: np.ndarray, words: Sequence[str]) -> np.ndarray:
    """Where each row's word stands in `words`, given its place (`codes`) among its `own`; -1 where it does not."""
    known = {word: place for place, word in enumerate(words)}
    return np.array([*(known.get(word, -1) for word in own), -1])[codes]


def _block(family: str, quarterly: bool, columns: dict[str, tuple[list[str], np.ndarray]],
           values: np.ndarray) -> tuple[Block, int]:
    """The rows of one block: `columns` has for each dimension words and the place of each row's word among them."""
    labels, codes = [], []
    for dimension, (words, place) in columns.items():
        is_here = np.bincount(place, minlength=len(words)) > 0
        here = tuple(words[i] for i in np.flatnonzero(is_here))
        is_state = dimension == "state" and set(here) <= set(STATES)
        labels.append(STATES if is_state else here)
        codes.append(places(words, place, STATES) if is_state else (np.cumsum(is_here) - 1)[place])
    counts = np.full([len(words) for words in labels], UNKNOWN, np.int64)
    counts[tuple(codes)] = values
    flat = np.ravel_multi_index(codes, counts.shape)
    return Block(family, quarterly, tuple(labels), counts), len(flat) - len(np.unique(flat))


def check_shapes(blocks: list[Block]) -> tuple[list[Block], list[str]]:
    """T2: each block must fit one shape of the contract. Returns the blocks that do, and what does not."""
    misfits = [_misfits(block) for block in blocks]
    fitting = [block for block, what in zip(blocks, misfits, strict=True) if not what]
    return fitting, [problem for what in misfits for problem in what]


def _misfits(block: Block) -> list[str]:
    if block.family not in SHAPES:
        return [f"{block.family}: no such family may be published"]
    shapes = [shape for shape in SHAPES[block.family] if shape.quarters == block.quarterly]
    if not shapes:
        when = "quarter" if block.quarterly else "year"
        return [f"{block.family}: published by {when}, which it may not be"]
    return [f"{block.family}: {what}" for what in _against(block, shapes[0])]


def _against(block: Block, shape: Shape):
    if SCOTLAND not in block.axis("area_code"):
        yield "Scotland is not stored"
    if block.partnerships and not shape.partnerships:
        yield f"published for partnerships ({block.partnerships[0]}, ...): it may be for Scotland alone"
    pattern = QUARTER if shape.quarters else YEAR
    yield from _strange("period", [p for p in block.axis("period") if not pattern.fullmatch(p)])
    allowed = {
        "programme": PROGRAMMES if shape.programmes else ("all",),
        "characteristic": shape.characteristics, "characteristic_2": (shape.pair,),
        "state": STATES if shape.states else ("all",),
    }
    for dimension, words in allowed.items():
        yield from _strange(dimension, sorted(set(block.axis(dimension)) - set(words)))
    for dimension in ("category", "category_2"):
        yield from _strange(dimension, [w for w in block.axis(dimension) if not WORD.fullmatch(w)])


def _strange(dimension: str, words: list[str]):
    if words:
        yield f"{dimension} '{words[0]}' may not be published ({len(words)} such)"


def check_multiples(blocks: list[Block]) -> list[str]:
    """T3: every stored count is a multiple of 5 and none is below 0."""
    problems = []
    for block in blocks:
        stored = block.counts[block.counts != UNKNOWN]
        if wrong := int(((stored % 5 != 0) | (stored < 0)).sum()):
            problems.append(f"{block.family}: {wrong:,} counts are not multiples of 5")
    return problems
