"""What a figure gives to an office chart that can be edited: series of the numbers in its table, to the digit."""

from dataclasses import dataclass

from dashboard.figure import Cell, Figure
from dashboard.packs.table_csv import unit

STYLES = {"trend": "line", "stacks": "stacked", "journey": "stacked", "named_dots": "dots", "agreement": "clustered"}
MOST_SERIES = 8


@dataclass(frozen=True)
class Series:
    """One line or row of bars: a Cell for each category, None where there is no number."""

    name: str
    cells: tuple[Cell | None, ...]

    @property
    def values(self) -> list[float | None]:
        return [None if cell is None else cell.value for cell in self.cells]

    @property
    def has_limits(self) -> bool:
        return any(cell is not None and cell.lower is not None for cell in self.cells)


@dataclass(frozen=True)
class NativeChart:
    """`style` is 'line', 'dots', 'clustered' or 'stacked'; `unit` is what stands around the numbers ('%', '£')."""

    style: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str


def native_chart(figure: Figure) -> NativeChart | None:
    """The chart of a figure; None where its kind has none, or fewer than two numbers are of one unit."""
    style = STYLES.get(figure.plot.kind) if figure.plot else None
    if style is None:
        return None
    parts = [part["label"] for part in figure.plot.options.get("parts", ())]
    rows = [row for row in figure.table.rows if not parts or row[0].text in parts]
    places = [place for place, column in enumerate(figure.table.columns) if column.is_number]
    if labels := [each["label"] for each in figure.plot.options.get("series", ())]:
        places = [place for place in places if figure.table.columns[place].name in labels]
    around = next((unit(row[place].text) for place in places for row in rows if row[place].value is not None), "")
    columns = [(figure.table.columns[place].name, [_of_unit(row[place], around) for row in rows]) for place in places]
    series = [Series(name, tuple(cells)) for name, cells in columns if any(cells)]
    names = tuple(_marked(row, places) for row in rows)
    if style == "stacked":      # a bar an area, a part a series
        turned = [Series(name, cells) for name, cells in zip(names, zip(*(each.cells for each in series), strict=True), strict=True)]
        names, series = tuple(each.name for each in series), [each for each in turned if any(each.cells)]
    if sum(value is not None for each in series for value in each.values) < 2 or len(series) > MOST_SERIES:
        return None
    return NativeChart(style, names, tuple(series), around)


def _marked(row: tuple[Cell, ...], places: list[int]) -> str:
    """A row's heading with the marks of its numbers: an office chart has no other place for them."""
    return " ".join([row[0].text, *dict.fromkeys(f"[{mark}]" for place in places for mark in row[place].mark.split())])


def _of_unit(cell: Cell, around: str) -> Cell | None:
    return cell if cell.value is not None and unit(cell.text) == around else None
