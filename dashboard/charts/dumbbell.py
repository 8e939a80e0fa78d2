"""Two rates a year and the gap between them: a line from one to the other, the gap written over it, milestones as rings."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.charts import axis, theme, trend
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
ROW = 44      # pixels of a year


def rates(rows: Sequence[Row], milestones: Sequence[Row], indicator: Indicator, colours: theme.Palette) -> dict:
    """A line a year from the lower rate to the upper, oldest first; the milestones of the lower as rings in their own years.

    `rows`: series (upper first), value, period_label and dates of each year; `milestones`: value, period_label.
    """
    upper, lower = list(dict.fromkeys(str(row["series"]) for row in rows))
    held = {(str(row["period_label"]), str(row["series"])): row for row in rows if not is_missing(row["value"])}
    years = [year for year in dict.fromkeys(str(row["period_label"]) for row in sorted(rows, key=axis.position))
             if (year, upper) in held and (year, lower) in held]
    aims = {str(row["period_label"]): row for row in milestones}
    lines = sorted({*years, *aims})
    places = {year: len(lines) - number for number, year in enumerate(lines)}
    shown = [float(row["value"]) for row in (*held.values(), *milestones)]
    ticks = axis.value_ticks(*axis.value_limits([{"value": value} for value in shown], from_zero=False), indicator, most=5)
    figure = {"data": [], "layout": theme.layout(
        colours, 60 + ROW * len(lines), margin={"l": 48, "r": 40, "t": 40, "b": 30},
        xaxis=theme.value_axis(colours, (min(ticks) - 0.04 * (max(ticks) - min(ticks)), max(ticks)), ticks),
        yaxis=theme.plain_axis(colours, (0.4, len(lines) + 0.6), {float(place): year for year, place in places.items()},
                               tickfont={"size": theme.SMALL, "color": colours.ink}))}
    notes = figure["layout"]["annotations"]
    for year in years:
        low, high = (float(held[year, name]["value"]) for name in (lower, upper))
        figure["layout"]["shapes"].append(theme.rule(colours, x0=low, x1=high, y0=places[year], y1=places[year],
                                                     line={"color": colours.peer, "width": 3, "dash": "solid"}))
        notes.append(theme.note(f"gap {numbers.digits(high - low, 1, False)}", (low + high) / 2, places[year], colours, yanchor="bottom",
                                yshift=1, xanchor="center", font={"size": theme.SMALL, "color": colours.muted}))
    shades = trend.series_colours([upper, lower], colours)
    for name, symbol in ((lower, "square"), (upper, "circle")):
        own = [held[year, name] for year in years]
        figure["data"].append({
            "type": "scatter", "mode": "markers", "name": name, "x": [float(row["value"]) for row in own],
            "y": [places[str(row["period_label"])] for row in own],
            "marker": {"color": shades[name], "size": 11, "symbol": symbol, "line": {"color": shades[name], "width": 1}},
            "hoverinfo": "skip"})
        notes += [theme.note(numbers.value_text(row, indicator, short=True), float(row["value"]), places[str(row["period_label"])], colours,
                             xanchor="center", yanchor="bottom", yshift=7, font={"size": theme.SMALL, "color": colours.ink})
                  for row in own]
        if own:
            notes.append(theme.note(f"<b>{name}</b>", float(own[0]["value"]), 1, colours, yref="paper", yanchor="bottom", yshift=12,
                                    xanchor="center", font={"size": theme.SMALL, "color": shades[name]}))
    _add_aims(figure, aims, [held[year, lower] for year in years], places, indicator, colours)
    return figure


def _add_aims(figure: dict, aims: Mapping[str, Row], own: Sequence[Row], places: Mapping[str, int], indicator: Indicator,
              colours: theme.Palette) -> None:
    """Rings at the milestones, and in which year each was first reached, if it was."""
    if not aims:
        return
    words = {}
    for year, aim in aims.items():
        first = next((row for row in own if float(row["value"]) >= float(aim["value"])), None)
        reached = f",<br>reached {first['period_label']}: {numbers.value_text(first, indicator, short=True)}" if first else ""
        words[year] = f"Milestone {numbers.amount(aim['value'], indicator, short=True)}{reached}"
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": [float(aim["value"]) for aim in aims.values()], "y": [places[year] for year in aims],
        "marker": {"size": 12, "color": colours.surface, "line": {"color": colours.target, "width": 3}},
        "hoverinfo": "skip"})
    figure["layout"]["annotations"] += [
        theme.note(words[year], float(aim["value"]), places[year], colours, xanchor="left", xshift=11, yanchor="middle",
                   font={"size": theme.SMALL, "color": colours.target}) for year, aim in aims.items()]
