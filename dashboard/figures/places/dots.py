"""Groups, classes or islands as dots with their intervals: the same drawing in each part."""

from collections.abc import Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import Plot, plot
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Row


def dots(rows: Sequence[Row], indicator: Indicator, alt: str, **options: object) -> Plot | None:
    """One dot a row, named by its `group`; None where no row has a figure, as marks alone are read in the table."""
    if all(is_missing(row["value"]) for row in rows):
        return None
    return plot("dots", rows, alt, indicator=indicator.as_data(), label="group", **options)
