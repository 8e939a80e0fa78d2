"""A line of dots for each class of areas: every area a ring, the class as a whole a stroke, some areas named."""

from collections.abc import Collection, Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
DOWN = 0.22   # of a row: how far under its middle the dots lie, so that names over them are clear of its heading
ROW = 92      # pixels of a class: its name, its dots and the names beside them


def strip(rows: Sequence[Row], wholes: Mapping[str, float], indicator: Indicator, colours: theme.Palette, chosen: str = "",
          named: Collection[str] = (), widths: Sequence[int] = labels.WIDE) -> dict:
    """One line a class, in the order of `wholes` (class to the value of all its areas together).

    `rows`: group (its class), area, value, lower_ci, upper_ci, obs_status, period_label. `named` areas have their names
    beside them where there is room; so has the `chosen` one, always, in bold. No line is fitted and nothing is ranked.
    """
    shown = [row for row in rows if not is_missing(row["value"]) and row["group"] in wholes]
    ticks = axis.value_ticks(*axis.value_limits(shown, from_zero=True), indicator, most=5)
    places = {name: len(wholes) - number for number, name in enumerate(wholes)}
    figure = {"data": [], "layout": theme.layout(
        colours, 44 + ROW * len(wholes), margin={"l": 16, "r": 30, "t": 8, "b": 30},
        xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
        yaxis=theme.plain_axis(colours, (0.5, len(wholes) + 0.5), {}))}
    for is_chosen in (False, True):
        own = [row for row in shown if (row["area"] == chosen) is is_chosen]
        figure["data"].append({
            "type": "scatter", "mode": "markers", "x": [float(row["value"]) for row in own],
            "y": [places[str(row["group"])] - DOWN for row in own],
            "marker": {"color": colours.chosen if is_chosen else colours.surface, "size": 13 if is_chosen else 10, "symbol": "circle",
                       "line": {"color": colours.chosen if is_chosen else colours.peer, "width": 2}},
            "text": [hover(row, indicator, str(row["area"])) for row in own], "hovertemplate": "%{text}<extra></extra>"})
    for name, whole in wholes.items():
        place = places[name]
        if place < len(wholes):
            figure["layout"]["shapes"].append(theme.rule(colours, x0=0, x1=1, xref="paper", y0=place + 0.5, y1=place + 0.5,
                                                         line={"color": colours.grid, "width": 1, "dash": "solid"}))
        figure["layout"]["shapes"].append(theme.rule(colours, x0=whole, x1=whole, y0=place - DOWN - 0.2, y1=place - DOWN + 0.2,
                                                     line={"color": colours.ink, "width": 3, "dash": "solid"}))
        figure["layout"]["annotations"].append(theme.note(
            f"<b>{name}</b><br>{numbers.amount(whole, indicator, short=True)} together", 0, place + 0.5, colours, xref="paper", xanchor="left",
            yanchor="top", yshift=-3, font={"size": theme.NORMAL, "color": colours.ink}))
    ground = labels.Ground(figure, widths)
    for row in sorted(shown, key=lambda row: row["area"] != chosen):
        if row["area"] in (chosen, *named):
            words = f"<b>{row['area']}</b>" if row["area"] == chosen else str(row["area"])
            note = theme.note(words, float(row["value"]), places[str(row["group"])] - DOWN, colours,
                              font={"size": theme.SMALL, "color": colours.chosen if row["area"] == chosen else colours.muted})
            settled, is_clear = ground.settled(note, labels.AROUND_A_POINT[2:] + labels.AROUND_A_POINT[:1])
            if is_clear or row["area"] == chosen:
                figure["layout"]["annotations"].append(settled)
    return figure
