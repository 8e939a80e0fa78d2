"""A table of start cohorts whose cells are bars: a row a cohort, a column a span of months, hatched where not yet known."""

import re
from collections.abc import Mapping, Sequence

from dashboard.charts import theme

Row = Mapping[str, object]
LEAST = 560                              # pixels of the narrowest chart with marks in its cells
ROW, TWO_LINES = 30, 42                  # pixels of a row, and of one whose name takes two lines
CELL, TALL, LAST = 0.92, 0.78, 1.3       # how much of a column and of a row a cell fills; the last column


def cohort_table(rows: Sequence[Row], columns: Sequence[str], over: str, people: str, colours: theme.Palette) -> dict:
    """One line of cells for each of `rows`, under the names of `columns` and what they are (`over`); last come the `people`.

    `rows`: label, people (text), shares (0 to 100, None where not yet known) and texts (the shares in words), one a column.
    A cell's bar is its share of the cell; the last column of shares is the one a headline speaks of, in bold.
    """
    figure = _table(rows, columns, over, [str(row["label"]) for row in rows], ROW, LAST, colours)
    notes, end = figure["layout"]["annotations"], len(columns) + LAST
    notes.append(theme.note(people, end, 1, colours, yref="paper", xanchor="right", yanchor="bottom", yshift=4,
                            font={"size": theme.SMALL, "color": colours.muted}))
    for row, place in _placed(rows):
        notes.append(theme.note(str(row["people"]), end, place, colours, xanchor="right", yanchor="middle",
                                font={"size": theme.SMALL, "color": colours.muted}))
        notes += [_share(text, number, place, number == len(columns) - 1, colours) for number, text in enumerate(row["texts"]) if text]
    return figure


def in_little_width(rows: Sequence[Row], columns: Sequence[str], over: str, people: str, colours: theme.Palette) -> dict:
    """The same where there is little width: people and marks stand under the name of the cohort, and leave the cells to numbers."""
    names = ["<br>".join([str(row["label"]), f"{row['people']} {people.lower()} {' '.join(_marks(row))}".strip()]) for row in rows]
    figure = _table(rows, columns, over, names, TWO_LINES, 0.0, colours)
    for row, place in _placed(rows):
        figure["layout"]["annotations"] += [
            _share(re.sub(r" \[\w+\]", "", text).replace("under ", "under<br>"), number, place, number == len(columns) - 1, colours)
            for number, text in enumerate(row["texts"]) if text]
    return figure


def _marks(row: Row) -> list[str]:
    return sorted({mark for text in row["texts"] for mark in re.findall(r"\[\w+\]", text)})


def _placed(rows: Sequence[Row]) -> list[tuple[Row, int]]:
    return list(zip(rows, range(len(rows), 0, -1), strict=True))


def _share(text: str, number: int, place: int, is_last: bool, colours: theme.Palette) -> dict:
    bold = "<br>".join(f"<b>{line}</b>" for line in text.split("<br>"))
    return theme.note(bold if is_last else text, number + CELL - 0.04, place, colours, xanchor="right", yanchor="middle", align="right",
                      font={"size": theme.SMALL, "color": colours.ink})


def _table(rows: Sequence[Row], columns: Sequence[str], over: str, names: Sequence[str], height: int, last: float,
           colours: theme.Palette) -> dict:
    """The cells and their bars, the names of rows and columns."""
    places = {str(row["label"]): place for row, place in _placed(rows)}
    figure = {"data": _cells(rows, places, colours), "layout": theme.layout(
        colours, 70 + height * len(rows), margin={"l": 14 + round(max(map(theme.width_of, names))), "r": 4, "t": 56, "b": 14},
        barmode="overlay", xaxis=theme.plain_axis(colours, (-0.06, len(columns) + last), {}),
        yaxis=theme.plain_axis(colours, (0.5, len(rows) + 0.5), dict(zip(map(float, places.values()), names, strict=True)),
                               tickfont={"size": theme.SMALL, "color": colours.ink}))}
    notes = figure["layout"]["annotations"]
    notes.append(theme.note(over, 0, 1, colours, yref="paper", xanchor="left", yanchor="bottom", yshift=22,
                            font={"size": theme.SMALL, "color": colours.muted}))
    for number, name in enumerate(columns):
        is_last = number == len(columns) - 1
        notes.append(theme.note(f"<b>{name}</b>" if is_last else name, number + CELL - 0.04, 1, colours, yref="paper",
                                xanchor="right", yanchor="bottom", yshift=4, align="right",
                                font={"size": theme.SMALL, "color": colours.ink if is_last else colours.muted}))
    return figure


def _cells(rows: Sequence[Row], places: Mapping[str, int], colours: theme.Palette) -> list[dict]:
    """The ground of each cell, the bar of its share over it, and the cells of which nothing is known yet, hatched."""
    cells = [(number, places[str(row["label"])], share) for row in rows for number, share in enumerate(row["shares"])]
    known, unknown = [cell for cell in cells if cell[2] is not None], [cell for cell in cells if cell[2] is None]
    hatched = {"shape": "/", "fgcolor": colours.line, "bgcolor": colours.surface, "size": 6, "solidity": 0.2}
    return [_bars(known, [CELL] * len(known), {"color": colours.band}),
            _bars(known, [CELL * share / 100 for _, _, share in known], {"color": colours.band_strong}),
            _bars(unknown, [CELL] * len(unknown), {"color": colours.surface, "pattern": hatched})]


def _bars(cells: Sequence[tuple], lengths: Sequence[float], marker: dict) -> dict:
    return {"type": "bar", "orientation": "h", "base": [float(number) for number, *_ in cells], "x": list(lengths),
            "y": [place for _, place, *_ in cells], "width": TALL, "marker": marker, "hoverinfo": "skip"}
