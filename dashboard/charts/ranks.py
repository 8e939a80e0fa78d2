"""Where each area could stand: the range of ranks its rate allows, in the order of the alphabet."""

from collections.abc import Mapping, Sequence

from dashboard.charts import theme

Row = Mapping[str, object]


def ranks(rows: Sequence[Row], colours: theme.Palette, areas: int, chosen: str = "", row_height: int = 20) -> dict:
    """A bar from the first to the last rank each area could have. `rows`: area, first, last, text (to point at).

    Rows keep their order, which is never that of the ranks; the chosen area is bold and darker.
    """
    places = list(range(len(rows), 0, -1))
    longest = max((len(str(row["area"])) for row in rows), default=8)
    figure = {"data": [], "layout": theme.layout(
        colours, 70 + row_height * max(len(rows), 2), barmode="overlay", bargap=0.4,
        margin={"l": min(14 + int(7.0 * longest), 170), "r": 16, "t": 22, "b": 46},
        xaxis=theme.value_axis(colours, (0.4, areas + 0.6), _ticks(areas),
                               title={"text": "1 = highest rate",
                                      "font": {"size": theme.SMALL, "color": colours.muted}}),
        yaxis=theme.plain_axis(colours, (0.4, len(rows) + 0.6), {
            float(place): f"<b>{row['area']}</b>" if row["area"] == chosen else str(row["area"])
            for place, row in zip(places, rows, strict=True)},
            tickfont={"size": theme.SMALL, "color": colours.ink}))}
    for own in (False, True):
        part = [(row, place) for row, place in zip(rows, places, strict=True) if (row["area"] == chosen) is own]
        _add_bars(figure, part, colours.chosen if own else colours.peer)
    return figure


def _ticks(areas: int) -> dict[float, str]:
    return {float(rank): str(rank) for rank in sorted({1, *range(8, areas - 3, 8), areas})}


def _add_bars(figure: dict, part: Sequence[tuple[Row, int]], colour: str) -> None:
    if not part:
        return
    # Half a rank on each side, so that a range of one rank is still a mark.
    figure["data"].append({
        "type": "bar", "orientation": "h", "base": [row["first"] - 0.4 for row, _ in part],
        "x": [row["last"] - row["first"] + 0.8 for row, _ in part], "y": [place for _, place in part], "width": 0.5,
        "marker": {"color": colour}, "text": [str(row["text"]) for row, _ in part], "textposition": "none",
        "hovertemplate": "%{text}<extra></extra>"})
