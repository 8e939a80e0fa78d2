"""The attack by linear (or integer) programme: the widest range of a count that fits everything known."""

import math

import highspy
import numpy as np
from scipy import sparse

from dashboard.pipeline.disclosure.audit.system import FAR

NEAR = 1e-6            # a solver's idea of equal

class Contradiction(Exception):
    """No table fits what is known."""


class Polytope:
    """All tables that fit: `rows @ x = 0`, `lower <= x <= upper`, whole numbers where `whole` says so.

    One thread, no clock: the same answer on every run of one solver version.
    """

    def __init__(self, rows: sparse.csr_matrix, lower: np.ndarray, upper: np.ndarray,
                 whole: np.ndarray | None = None):
        self._solver = _quiet_solver()
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = rows.shape
        model.col_cost_ = np.zeros(rows.shape[1])
        model.col_lower_ = lower.astype(float)
        model.col_upper_ = np.where(upper >= FAR, highspy.kHighsInf, upper).astype(float)
        model.row_lower_ = model.row_upper_ = np.zeros(rows.shape[0])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_, model.a_matrix_.index_ = rows.indptr, rows.indices
        model.a_matrix_.value_ = rows.data
        if whole is not None:
            kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
            model.integrality_ = [kinds[int(each)] for each in whole]
        self._solver.passModel(model)
        # A new objective leaves the last table feasible: let the solver take the primal simplex from there.
        self._solver.setOptionValue("simplex_strategy", 0)
        self._lower, self._upper = lower.astype(float), upper.astype(float)
        self._least, self._most = np.full(rows.shape[1], np.inf), np.full(rows.shape[1], -np.inf)

    def feasible(self) -> bool:
        """Is there any table at all?"""
        self._solver.run()
        return self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def table(self) -> np.ndarray:
        """The last table found."""
        return np.array(self._solver.getSolution().col_value)

    def ranges(self, targets: np.ndarray) -> list[tuple[float, float]]:
        """Lowest and highest value of each of these variables; raises Contradiction where nothing fits.

        Every table found on the way is remembered: an end that one of them already reached is not solved for
        again. So tables that hold many of the variables at an end come first.
        """
        targets = np.asarray(targets)
        self._reach(np.unique(targets))
        return [self._range(int(target)) for target in targets]

    def _reach(self, targets: np.ndarray) -> None:
        """Push each variable to an end it has not reached, all at once, for as long as that reaches another."""
        turns = 1 - 2 * (np.arange(len(targets)) % 2)      # up and down in turn, so that sums can stay as they are
        before = np.inf
        while 0 < (missed := self._missed(targets)).sum() < before:
            before = missed.sum()
            low, high = missed
            self._solve(targets, np.where(low & high, turns, high.astype(int) - low))

    def _missed(self, targets: np.ndarray) -> np.ndarray:
        """Which lowest and which highest ends [2, target] no table found has reached; one without a bound is never missed."""
        low = self._least[targets] > self._lower[targets] + NEAR
        high = (self._most[targets] < self._upper[targets] - NEAR) & (self._upper[targets] < FAR)
        return np.stack([low, high])

    def _range(self, target: int) -> tuple[float, float]:
        if self._least[target] > self._lower[target] + NEAR:
            self._solve(np.array([target]), np.array([-1]))
        if self._most[target] < self._upper[target] - NEAR:
            self._solve(np.array([target]), np.array([1]))
        return float(self._least[target]), float(self._most[target])

    def _solve(self, targets: np.ndarray, push: np.ndarray) -> None:
        """Find the table with the highest sum of the variables times their push."""
        self._solver.changeColsCost(len(targets), targets, push.astype(float))
        self._solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
        self._solver.run()
        status = self._solver.getModelStatus()
        self._solver.changeColsCost(len(targets), targets, np.zeros(len(targets)))
        if status == highspy.HighsModelStatus.kUnbounded:
            self._most[targets] = FAR
            return
        if status != highspy.HighsModelStatus.kOptimal:
            raise Contradiction(status)
        table = self.table()
        np.minimum(self._least, table, out=self._least)
        np.maximum(self._most, table, out=self._most)


def whole_widths(solver: Polytope, variables: np.ndarray) -> list[float]:
    """Widths in whole people: counts are whole, so the attacker rounds both ends inwards.

    -1 where the published counts contradict each other: then nothing is safe.
    """
    try:
        ranges = solver.ranges(variables)
    except Contradiction:
        return [-1.0] * len(variables)
    return [float(math.floor(high + NEAR) - math.ceil(low - NEAR)) for low, high in ranges]


def joint_table_exists(first: np.ndarray, second: np.ndarray, third: np.ndarray) -> bool:
    """Is there a non-negative x[a, b, c] with these margins [a, b], [a, c] and [b, c]?

    A loop of three families passes when it does; without one the published counts contradict each
    other and an attacker learns from the contradiction.
    """
    a, b, c = np.nonzero((first[:, :, None] > 0) & (second[:, None, :] > 0) & (third[None, :, :] > 0))
    totals = np.concatenate([first.ravel(), second.ravel(), third.ravel()])
    sums = np.stack([a * first.shape[1] + b, first.size + a * second.shape[1] + c,
                     first.size + second.size + b * third.shape[1] + c], axis=1)       # the three that hold each x
    if np.delete(totals, np.unique(sums)).any():
        return False        # somebody is counted where nobody can be
    if not len(sums):
        return True
    solver, model = _quiet_solver(), highspy.HighsLp()
    model.num_row_, model.num_col_ = len(totals), len(sums)
    model.col_cost_, model.col_lower_ = np.zeros(len(sums)), np.zeros(len(sums))
    model.col_upper_ = np.full(len(sums), highspy.kHighsInf)
    model.row_lower_ = model.row_upper_ = totals.astype(float)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_ = np.arange(0, sums.size + 1, 3), sums.ravel()
    model.a_matrix_.value_ = np.ones(sums.size)
    solver.passModel(model)
    solver.run()
    return solver.getModelStatus() == highspy.HighsModelStatus.kOptimal


def _quiet_solver() -> highspy.Highs:
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 0)
    solver.setOptionValue("mip_rel_gap", 0.0)
    return solver
