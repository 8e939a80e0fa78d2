"""One measure in one period with every council in it: what the map, the tiles and the table all show."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Choice, plain
from dashboard.figures import judged
from dashboard.figures.places import shading
from dashboard.methods.classes import Scale
from dashboard.read import places
from dashboard.read.edition import Answer, Edition, Row


@dataclass(frozen=True)
class View:
    """`answer`: Scotland, where it is held, then all 32 by name, a council without a row marked [x]."""

    edition: Edition
    indicator: Indicator
    period: str
    answer: Answer

    @cached_property
    def scotland(self) -> Row | None:
        """Scotland's row, if it holds a figure."""
        return places.scotland_of(self.answer.rows)

    @property
    def councils(self) -> list[Row]:
        return councils_of(self.answer.rows)

    @property
    def when(self) -> str:
        return str(self.answer.rows[0]["period_label"])

    @property
    def judged(self) -> tuple[Row, ...]:
        """Every row with `direction`, `verdict` and `compared`; where Scotland is not held, nothing is compared."""
        return self.edition.once(f"places: judged by {self.indicator.indicator_id} in {self.period}", lambda edition: plain(
            tuple(judged.areas(edition, self.answer.rows, self.indicator))))

    def map_rows(self, scale: Scale) -> list[dict[str, object]]:
        return shading.map_rows(councils_of(self.judged), self.indicator, scale, spots_of(self.edition))


def view_of(edition: Edition, choice: Choice) -> View | None:
    """The measure and period chosen; None where no such measure is held."""
    return one_view(edition, choice.indicator_id, choice.of("period"))


def one_view(edition: Edition, indicator_id: str, period: str) -> View | None:
    """Every council of one measure and period, the newest for most councils where no period is named; None of neither."""
    answer = edition.ask("comparison", indicator_id=indicator_id, period=period or None)
    if indicator_id not in edition.catalogue or answer.is_empty:
        return None
    return View(edition, edition.catalogue[indicator_id], period,
                answer.keep(places.every_council(answer.rows, edition.areas)))


def councils_of(rows: tuple[Row, ...] | list[Row]) -> list[Row]:
    return [row for row in rows if row["area_code"] != SCOTLAND]


def spots_of(edition: Edition) -> Mapping[str, tuple[int, int]]:
    """Where each council lies on the tile grid: area_code to row and column."""
    return {row["area_code"]: (row["tile_row"], row["tile_column"]) for row in edition.ask("tile_places").rows}


def periods_of(edition: Edition, indicator_id: str) -> dict[str, str]:
    """The periods in which any council has a figure, the one to open with first."""
    if not indicator_id:
        return {}
    rows = edition.ask("council_periods", indicator_id=indicator_id).rows
    return {row["period"]: str(row["period_label"]) for row in rows}
