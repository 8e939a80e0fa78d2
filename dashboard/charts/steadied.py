"""How far each rate is drawn towards the others: from the rate to its steadied estimate, one row an area, never by value."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, theme
from dashboard.charts.dots import add_reference_name
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
BESIDE, OVER = 30, 50     # pixels of a row with its name beside it, and under its name
KEY = (("●", "Rate", "chosen"), ("□", "Steadied estimate", "line"))


def steadied(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, chosen: str = "",
             reference: float | None = None) -> dict:
    """A filled dot for each rate, a line from it to a hollow square, its steadied estimate; the intervals pale behind.

    `rows`: area, value, lower_ci, upper_ci, obs_status, period_label, and steadied, steadied_lower,
    steadied_upper, in the unit of `indicator`.
    """
    names = [_name(row, chosen) for row in rows]
    left = 16 + round(max(map(theme.width_of, names), default=0))
    figure = _figure(rows, BESIDE, {"l": left, "r": 84}, 0.0, indicator, colours, reference)
    layout = figure["layout"]
    layout["yaxis"] |= {"tickvals": _places(rows), "ticktext": names}
    layout["annotations"] += [
        theme.note(_both(row, indicator), 1, place, colours, xref="paper", xanchor="right", xshift=80,
                   font={"size": theme.SMALL, "color": colours.ink}) for row, place in zip(rows, _places(rows), strict=True)]
    return figure


def under_names(rows: Sequence[Row], indicator: Indicator, colours: theme.Palette, chosen: str = "",
                reference: float | None = None) -> dict:
    """The same where there is little width: each name and both figures over their marks."""
    figure = _figure(rows, OVER, {"l": 18, "r": 18}, 0.2, indicator, colours, reference)
    for row, place in zip(rows, _places(rows), strict=True):
        figure["layout"]["annotations"] += [
            theme.note(words, at, place + 0.02, colours, xref="paper", xanchor=anchor, yanchor="bottom", bgcolor=colours.surface,
                       borderpad=1, font={"size": theme.SMALL, "color": colours.ink})
            for words, at, anchor in ((_name(row, chosen), 0, "left"), (_both(row, indicator), 1, "right"))]
    return figure


def _name(row: Row, chosen: str) -> str:
    return f"<b>{row['area']}</b>" if row["area"] == chosen else str(row["area"])


def _both(row: Row, indicator: Indicator) -> str:
    """'53% → 50%'."""
    estimate = {"value": row["steadied"], "lower_ci": None, "upper_ci": None, "obs_status": None}
    return " → ".join(numbers.value_text(each, indicator, short=True, marks=False) for each in (row, estimate))


def _places(rows: Sequence[Row]) -> list[float]:
    return [float(place) for place in range(len(rows), 0, -1)]


def _figure(rows: Sequence[Row], height: int, margin: Mapping[str, int], down: float, indicator: Indicator, colours: theme.Palette,
            reference: float | None) -> dict:
    limits = [{"value": float(row[name])} for row in rows
              for name in ("value", "lower_ci", "upper_ci", "steadied", "steadied_lower", "steadied_upper") if not is_missing(row[name])]
    ticks = axis.value_ticks(*axis.value_limits([*limits, *([] if reference is None else [{"value": reference}])], from_zero=False),
                             indicator, most=5)
    figure = {"data": [], "layout": theme.layout(
        colours, 84 + height * max(len(rows), 1), margin={"t": 50, "b": 32, **margin},
        xaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks),
        yaxis=theme.plain_axis(colours, (0.4, len(rows) + 0.6), {}, tickfont={"size": theme.SMALL, "color": colours.ink}))}
    places = [place - down for place in _places(rows)]
    for row, place in zip(rows, places, strict=True):
        figure["layout"]["shapes"] += [
            theme.rule(colours, x0=float(row[low]), x1=float(row[high]), y0=place + up, y1=place + up,
                       line={"color": colours.band_strong, "width": 2, "dash": "solid"})
            for low, high, up in (("lower_ci", "upper_ci", 0.1), ("steadied_lower", "steadied_upper", -0.1)) if not is_missing(row[low])]
        figure["layout"]["shapes"].append(theme.rule(colours, x0=float(row["value"]), x1=float(row["steadied"]), y0=place, y1=place,
                                                     line={"color": colours.line, "width": 3, "dash": "solid"}))
    for name, symbol, fill, edge in (("value", "circle", colours.chosen, colours.chosen), ("steadied", "square", colours.surface, colours.line)):
        figure["data"].append({
            "type": "scatter", "mode": "markers", "x": [float(row[name]) for row in rows], "y": places, "hoverinfo": "skip",
            "marker": {"symbol": symbol, "size": 10, "color": fill, "line": {"color": edge, "width": 2}}})
    if reference is not None:
        figure["layout"]["shapes"].append(theme.rule(colours, x0=reference, x1=reference, y0=0, y1=1, yref="paper",
                                                     line={"color": colours.ink, "width": 1.5, "dash": "solid"}))
        add_reference_name(figure, reference, "Scotland", indicator, colours)
    for at, (sign, words, shade) in zip((0.0, 0.32), KEY, strict=True):
        figure["layout"]["annotations"] += [
            theme.note(text, at, 1, colours, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=24, xshift=shift,
                       font={"size": size, "color": colour})
            for text, shift, size, colour in ((sign, 0, 15, getattr(colours, shade)), (words, 18, theme.SMALL, colours.ink))]
    return figure
