"""A table of start cohorts whose cells are bars: a row a cohort, a column a span of months, hatched where not yet known."""

from collections.abc import Mapping, Sequence

from dashboard.charts import theme

Row = Mapping[str, object]
ROW, CELL, TALL, LAST = 30, 0.92, 0.78, 1.3    # pixels of a row; how much of a column and of a row a cell fills; the last column


def cohort_table(rows: Sequence[Row], columns: Sequence[str], over: str, people: str, colours: theme.Palette) -> dict:
    """One line of cells for each of `rows`, under the names of `columns` and what they are (`over`), with a last column named by `people`.

    `rows`: label, people (text), shares (0 to 100, None where not yet known) and texts (the shares in words), one a column. A cell's bar is its share of the cell; the last column of shares is the one a headline speaks of, in bold.
    """
    places = {str(row["label"]): len(rows) - number for number, row in enumerate(rows)}
    longest = max((len(label) for label in places), default=8)
    figure = {"data": _cells(rows, places, colours), "layout": theme.layout(
        colours, 70 + ROW * len(rows), margin={"l": 12 + int(6.6 * longest), "r": 4, "t": 56, "b": 14}, barmode="overlay",
        xaxis=theme.plain_axis(colours, (-0.06, len(columns) + LAST), {}),
        yaxis=theme.plain_axis(colours, (0.5, len(rows) + 0.5), {float(place): label for label, place in places.items()},
                               tickfont={"size": theme.SMALL, "color": colours.ink}))}
    notes = figure["layout"]["annotations"]
    notes.append(theme.note(over, 0, 1, colours, yref="paper", xanchor="left", yanchor="bottom", yshift=22,
                            font={"size": theme.SMALL, "color": colours.muted}))
    for number, name in enumerate([*columns, people]):
        is_last = number == len(columns) - 1
        notes.append(theme.note(f"<b>{name}</b>" if is_last else name, number + CELL - 0.04 if number < len(columns) else len(columns) + LAST, 1, colours, yref="paper",
                                xanchor="right", yanchor="bottom", yshift=4, align="right",
                                font={"size": theme.SMALL, "color": colours.ink if is_last else colours.muted}))
    for row in rows:
        place = places[str(row["label"])]
        notes += [theme.note(f"<b>{text}</b>" if number == len(columns) - 1 else text, number + CELL - 0.04, place, colours,
                             xanchor="right", yanchor="middle", font={"size": theme.SMALL, "color": colours.ink})
                  for number, text in enumerate(row["texts"]) if text]
        notes.append(theme.note(str(row["people"]), len(columns) + LAST, place, colours, xanchor="right", yanchor="middle",
                                font={"size": theme.SMALL, "color": colours.muted}))
    return figure


def _cells(rows: Sequence[Row], places: Mapping[str, int], colours: theme.Palette) -> list[dict]:
    """The ground of each cell, the bar of its share over it, and the cells of which nothing is known yet, hatched."""
    cells = [(number, places[str(row["label"])], share) for row in rows for number, share in enumerate(row["shares"])]
    known, unknown = [cell for cell in cells if cell[2] is not None], [cell for cell in cells if cell[2] is None]
    hatched = {"shape": "/", "fgcolor": colours.line, "bgcolor": colours.surface, "size": 6, "solidity": 0.2}
    return [_bars(known, [CELL] * len(known), {"color": colours.band}),
            _bars(known, [CELL * share / 100 for _, _, share in known], {"color": colours.peer}),
            _bars(unknown, [CELL] * len(unknown), {"color": colours.surface, "pattern": hatched})]


def _bars(cells: Sequence[tuple], lengths: Sequence[float], marker: dict) -> dict:
    return {"type": "bar", "orientation": "h", "base": [float(number) for number, *_ in cells], "x": list(lengths),
            "y": [place for _, place, *_ in cells], "width": TALL, "marker": marker, "hoverinfo": "skip"}
