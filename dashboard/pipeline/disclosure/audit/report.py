"""What the audit found: one row a family, the failures in plain words, and whether the extract is safe."""

from dataclasses import dataclass, field

from rich.console import Console
from rich.table import Table

WIDE = 200      # characters a line where the report goes to a file


@dataclass
class FamilyRow:
    """One family: cells and nodes attacked, the smallest width left to an attacker, and cells known exactly.

    Widths are in people. `None` where an attack was not made.
    """

    family: str
    cells: int
    sums: int = 0                    # T1: sums checked
    differences: int = 0             # T1: sums that do not add up
    width: float | None = None       # fast attack on the release alone
    exact: int = 0
    linear_cells: int = 0            # attack by linear programme on the release alone
    linear_width: float | None = None
    linear_exact: int = 0
    known_cells: int = 0             # with the exact official totals
    known_exact: int = 0
    known_below: float | None = None
    furthest: int | None = None      # with the returns: largest distance from the truth
    beyond_4: float | None = None    # share of cells; and of cells with the headlines above them
    headlines_beyond_4: float | None = None
    mean_error: float | None = None


@dataclass(frozen=True)
class Failure:
    """What one test found. Everything is unsafe to publish, unless it is expressly called a target.

    is_target: less protection than aimed for, against an attacker with facts no extract holds (exact
    totals known elsewhere, or every change of every record), or counts less near the truth than aimed
    for, within the bound declared. A build says so aloud and goes on; `outcomes audit` fails all the same.
    """

    test: str
    what: str
    is_target: bool = False

    def __str__(self) -> str:
        return f"{self.test}: {self.what}"


@dataclass
class AuditReport:
    """`passed` is the verdict; `table` has one row a family; `notes` are the measured figures."""

    table: list[FamilyRow] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    told: int = 0

    @property
    def passed(self) -> bool:
        return not self.failures

    def fail(self, test: str, what: list[str], is_target: bool = False, shown: int = 5) -> None:
        """Record the failures of one test, the first few in full."""
        more = [f"... and {len(what) - shown:,} more like these"] if len(what) > shown else []
        self.failures += [Failure(test, each, is_target) for each in [*what[:shown], *more]]

    def show(self, console: Console | None = None) -> None:
        """Print the table, the figures and the verdict."""
        console = console or Console()
        if not console.is_terminal:
            console.width = max(console.width, WIDE)    # a file has room for every figure
        console.print(self._as_table())
        for note in self.notes:
            console.print(f"  {note}", soft_wrap=True, highlight=False, markup=False)
        for failure in self.failures:
            console.print(f"FAILED {failure}", style="red", soft_wrap=True, highlight=False, markup=False)
        verdict = "passed the audit" if self.passed else f"failed the audit ({len(self.failures)} failures)"
        console.print(f"The extract {verdict}.", style="bold", soft_wrap=True, highlight=False)

    def _as_table(self) -> Table:
        table = Table(title="What an attacker can narrow (widths in people)", title_justify="left")
        with_truth = any(row.furthest is not None for row in self.table)
        headings = ["cells tried", "smallest width", "exact", "by LP", "smallest", "exact"]
        if with_truth:
            headings += ["with totals", "exact", "below min(3, known)", "furthest", "beyond 4", "mean error"]
        table.add_column("family", min_width=max((len(row.family) for row in self.table), default=0))
        for heading in headings:
            table.add_column(heading, justify="right")
        for row in self.table:
            table.add_row(*_cells(row, with_truth))
        return table


def _cells(row: FamilyRow, with_truth: bool) -> list[str]:
    cells = [row.family, f"{row.cells:,}", _number(row.width), str(row.exact), str(row.linear_cells),
             _number(row.linear_width), str(row.linear_exact)]
    if with_truth:
        cells += [f"{row.known_cells:,}", str(row.known_exact), _number(row.known_below, ".2%"),
                  _number(row.furthest), _number(row.beyond_4, ".3%"), _number(row.mean_error, "+.4f")]
    return cells


def _number(value: float | None, form: str = "g") -> str:
    return "-" if value is None else format(value, form)
