"""Whole-number programmes, solved the same way every time: one thread, limits in nodes, never in seconds.

Tables of sums are nearly network problems, so most corners of their relaxation are nearly whole:
diving from a corner gives in milliseconds what branch and bound gives in seconds.
"""

from dataclasses import dataclass
from operator import itemgetter

import highspy
import numpy as np

NODE_LIMIT = 100
GAP = 0.5  # branch and bound stops within this share of the best
DIVES = 8  # corners to dive from before branching
MIXED_DIVES = 3  # and where some columns need not be whole
WHOLE = 1e-6


@dataclass(frozen=True)
class Programme:
    """Minimise cost over columns 0..upper with low <= sums <= high; sums are entries (row, column, value)."""

    cost: np.ndarray
    upper: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def free(self) -> np.ndarray:
        """Columns that can move."""
        return self.upper > 0

    def passed(self) -> highspy.HighsLp | None:
        """The free columns as the solver takes them; None when a sum without any is out of bounds."""
        kept = self.free[self.columns]
        busy = np.zeros(len(self.low), bool)
        busy[self.rows[kept]] = True
        if ((self.low > WHOLE) | (self.high < -WHOLE))[~busy].any():
            return None
        rows = (np.cumsum(busy) - 1)[self.rows[kept]]
        columns = (np.cumsum(self.free) - 1)[self.columns[kept]]
        order = np.lexsort((rows, columns))
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = int(self.free.sum()), int(busy.sum())
        lp.col_cost_, lp.col_upper_ = self.cost[self.free], self.upper[self.free]
        lp.col_lower_ = np.zeros(lp.num_col_)
        lp.row_lower_, lp.row_upper_ = self.low[busy].astype(float), self.high[busy].astype(float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = np.r_[0, np.cumsum(np.bincount(columns, minlength=lp.num_col_))]
        lp.a_matrix_.index_, lp.a_matrix_.value_ = rows[order], self.values[kept][order]
        return lp

    def whole(self, found: np.ndarray | None) -> np.ndarray | None:
        """All columns from the free ones, as whole numbers."""
        if found is None:
            return None
        columns = np.zeros(len(self.cost), dtype=np.int64)
        columns[self.free] = np.rint(found).astype(np.int64)
        return columns


def solve(programme: Programme, start: np.ndarray | None = None) -> tuple[np.ndarray | None, float]:
    """Whole columns, or None when none are found, and how far their cost is from the best thinkable.

    Dives from several corners, then branches from `start` if given. The distance is a share of
    all costs in the programme.
    """
    lp = programme.passed()
    if lp is None or not programme.free.any():
        return programme.whole(None if lp is None else np.array([])), 0.0
    solver, cost, upper = _solver(), np.array(lp.col_cost_), np.array(lp.col_upper_)
    for attempt in range(DIVES):
        lp.col_cost_ = cost + attempt * _jitter(len(cost), attempt)
        solver.passModel(lp)
        if not _relax(solver):
            return None, 0.0
        if attempt == 0:
            best = solver.getInfo().objective_function_value
        columns = _dive(solver, upper, np.arange(len(cost)), share=10)
        if columns is not None:
            break
    else:
        lp.col_cost_ = cost
        columns = _branch(solver, lp, None if start is None else start[programme.free])
    if columns is None:
        return None, 0.0
    return programme.whole(columns), (cost @ np.rint(columns) - best) / max(np.abs(cost).sum(), 1.0)


def solve_mixed(programme: Programme, whole: int) -> np.ndarray | None:
    """Columns of which the first `whole` are whole numbers and the rest need not be, or None.

    Dives from several corners, then branches.
    """
    lp = programme.passed()
    if lp is None or not programme.free.any():
        return None if lp is None else np.zeros(len(programme.cost))
    solver, cost, upper = _solver(), np.array(lp.col_cost_), np.array(lp.col_upper_)
    chosen = np.arange(int(programme.free[:whole].sum()))
    for attempt in range(MIXED_DIVES):
        lp.col_cost_[chosen] = cost[chosen] + attempt * _jitter(len(chosen), attempt) / 1000
        solver.passModel(lp)
        if not _relax(solver):
            return None
        free = _dive(solver, upper, chosen, share=4)
        if free is not None:
            break
    else:
        lp.col_cost_ = cost
        free = _branch(solver, lp, None, len(chosen))
    if free is None:
        return None
    columns = np.zeros(len(programme.cost))
    columns[programme.free] = free
    return columns


def lead(programme: Programme, orders: list[list[np.ndarray]]) -> np.ndarray | None:
    """Columns in which some groups are whole, settled one by one, and the rest is only a relaxation.

    Each order of groups is tried; the cheapest result is kept. None when no such columns are found.
    """
    lp = programme.passed()
    if lp is None or not programme.free.any():
        return programme.whole(None if lp is None else np.array([]))
    place = np.cumsum(programme.free) - 1
    tried = [_lead(lp, [place[group[programme.free[group]]] for group in groups]) for groups in orders]
    cheapest = min(filter(None, tried), key=itemgetter(0), default=None)
    return None if cheapest is None else programme.whole(cheapest[1])


def _lead(lp: highspy.HighsLp, groups: list[np.ndarray]) -> tuple[float, np.ndarray] | None:
    """Cost and columns after settling the groups in this order, or None at a dead end."""
    solver, upper = _solver(), np.array(lp.col_upper_)
    solver.passModel(lp)
    for group in groups:
        if not _relax(solver):
            return None
        found = _dive(solver, upper, group, share=len(group) + 1)
        if found is None:
            return None
        for j in group:
            solver.changeColBounds(int(j), float(np.rint(found[j])), float(np.rint(found[j])))
    return (solver.getInfo().objective_function_value, found) if _relax(solver) else None


def _solver() -> highspy.Highs:
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("mip_rel_gap", GAP),
                          ("mip_max_nodes", NODE_LIMIT)):
        solver.setOptionValue(option, value)
    return solver


def _jitter(length: int, attempt: int) -> np.ndarray:
    """Small costs that send a dive from another corner: fractions of a golden-ratio sequence."""
    return 100 * ((np.arange(1, length + 1) * attempt * 0.6180339887498949) % 1)


def _relax(solver: highspy.Highs) -> bool:
    solver.run()
    return solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _dive(solver: highspy.Highs, upper: np.ndarray, chosen: np.ndarray, share: int) -> np.ndarray | None:
    """From a solved relaxation, fix the least fractional of the chosen columns (one in `share`) and solve
    again, until all are whole; None at a dead end."""
    while True:
        column = np.array(solver.getSolution().col_value)
        apart = np.abs(column - np.rint(column))
        fractional = chosen[apart[chosen] > WHOLE]
        if not len(fractional):
            return column
        nearest = fractional[np.argsort(apart[fractional], kind="stable")]
        if not _fix(solver, column, nearest[:max(1, len(nearest) // share)], upper):
            return None


def _fix(solver: highspy.Highs, column: np.ndarray, batch: np.ndarray, upper: np.ndarray) -> bool:
    """Fix a batch at its nearest whole numbers; on failure a quarter of it, down to one the other way."""
    while True:
        for j in batch:
            solver.changeColBounds(int(j), float(np.rint(column[j])), float(np.rint(column[j])))
        if _relax(solver):
            return True
        for j in batch:
            solver.changeColBounds(int(j), 0.0, float(upper[j]))
        if len(batch) == 1:
            break
        batch = batch[:max(1, len(batch) // 4)]
    j, nearest = int(batch[0]), np.rint(column[batch[0]])
    other = float(np.floor(column[j]) if nearest > column[j] else np.ceil(column[j]))
    solver.changeColBounds(j, other, other)
    return _relax(solver)


def _branch(solver: highspy.Highs, lp: highspy.HighsLp, start: np.ndarray | None,
            whole: int | None = None) -> np.ndarray | None:
    """Branch and bound to the node limit; only the first `whole` columns need be whole, if that is given."""
    whole = lp.num_col_ if whole is None else whole
    lp.integrality_ = [highspy.HighsVarType.kInteger] * whole + \
        [highspy.HighsVarType.kContinuous] * (lp.num_col_ - whole)
    solver.passModel(lp)
    if start is not None:
        warm = highspy.HighsSolution()
        warm.col_value = start.astype(float)
        solver.setSolution(warm)
    solver.run()
    if solver.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    return np.array(solver.getSolution().col_value)
