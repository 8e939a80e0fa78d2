"""Rates against the size of their base, on bands that chance and usual differences allow."""

from collections.abc import Collection, Mapping, Sequence
from math import log10

from dashboard.catalogue import Indicator
from dashboard.charts import axis, labels, theme
from dashboard.charts.trend import hover
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

Row = Mapping[str, object]
STEPS = (1, 3)              # labelled people of each power of ten
KEY = ("Across: people in the base, each step three times as many", "Inner band: where chance and usual differences put 95 of 100 areas",
       "Outer band: 998 of 1,000")
WIDE = 480                  # pixels of a line of the key, or fewer


def funnel(rows: Sequence[Row], colours: theme.Palette, limits: Sequence[Row], centre: float, indicator: Indicator, chosen: str = "",
           named: Collection[str] = (), alike: Collection[str] = (), height: int = 380, room: int = WIDE,
           widths: Sequence[int] = labels.WIDE) -> dict:
    """One dot an area at its base (logarithmic) and rate, over shaded bands; the chosen and the `named` areas named.

    Those `alike`, of the chosen area's family group, are filled, and named where the wide drawing has the room.

    `rows`: area, value, denominator, lower_ci, upper_ci, obs_status, period_label.
    `limits`: denominator, lower_95, upper_95, lower_998, upper_998, in the unit of value, by denominator.
    """
    shown = [row for row in rows if not is_missing(row["value"]) and not is_missing(row["denominator"]) and float(row["denominator"]) > 0]
    values = [row["value"] for row in shown]
    low = min([centre, *values, *(limit["lower_998"] for limit in limits)])
    high = max([centre, *values, *(limit["upper_998"] for limit in limits)])
    ticks = axis.value_ticks(max(low, 0.0), min(high, 100.0) if indicator.measure == "percentage" else high, indicator)
    key = "<br>".join(theme.fitted(each, room - 16) for each in KEY)
    below = 38 + 17 * (1 + key.count("<br>"))
    across = (_at(limits[0]) - 0.06, _at(limits[-1]) + 0.06)
    figure = {"data": [], "layout": theme.layout(
        colours, height + below - 40, margin={"l": 12 + round(max(map(theme.width_of, ticks.values()))), "r": 16, "t": 22, "b": below},
        xaxis=theme.plain_axis(colours, across, _people(across)),
        yaxis=theme.value_axis(colours, (min(ticks), max(ticks)), ticks))}
    for level, fill in (("998", colours.band), ("95", colours.band_strong)):
        figure["data"].append(_band(limits, level, fill, (min(ticks), max(ticks))))
    figure["layout"]["shapes"].append(theme.rule(
        colours, x0=0, x1=1, xref="paper", y0=centre, y1=centre, layer="above", line={"color": colours.ink, "width": 1.5, "dash": "solid"}))
    others = [row for row in shown if row["area"] != chosen]
    own, like = ([row for row in shown if row["area"] in areas] for areas in ((chosen,), alike))
    _add_dots(figure, [row for row in others if row["area"] not in alike], indicator, colours.surface, colours.peer, 9)
    _add_dots(figure, like, indicator, colours.peer, colours.peer, 9)
    _add_dots(figure, own, indicator, colours.chosen, colours.chosen, 14)
    ground = labels.Ground(figure, widths)
    for row in (*own, *(row for row in others if row["area"] in named)):
        _add_name(figure, ground, row, indicator, colours, row["area"] == chosen)
    if widths is labels.WIDE:
        for row in like:
            if row["area"] not in named:
                _add_name(figure, ground, row, indicator, colours, False, is_needed=False)
    figure["layout"]["annotations"].append(theme.note(
        key, 0, 0, colours, xref="paper", yref="paper", xanchor="left", yanchor="top", yshift=-28,
        xshift=8 - figure["layout"]["margin"]["l"], font={"size": theme.SMALL, "color": colours.muted}))
    return figure


def _at(row: Row) -> float:
    return log10(float(row["denominator"]))


def _people(limits: tuple[float, float]) -> dict[float, str]:
    """Ticks at 1, 3, 10, 30, 100 ... people, as far as they lie within the limits."""
    found = {log10(step * 10 ** power): f"{step * 10 ** power:,}" for power in range(8) for step in STEPS}
    return {at: label for at, label in found.items() if limits[0] <= at <= limits[1]}


def _band(limits: Sequence[Row], level: str, fill: str, ends: tuple[float, float]) -> dict:
    """What lies between the two curves of a level, cut at the ends of the axis."""
    places = [_at(limit) for limit in limits]
    upper, lower = ([min(max(float(limit[f"{side}_{level}"]), ends[0]), ends[1]) for limit in limits] for side in ("upper", "lower"))
    return {"type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": fill, "line": {"width": 0, "color": fill},
            "x": places + places[::-1], "y": upper + lower[::-1], "hoverinfo": "skip"}


def _add_dots(figure: dict, rows: Sequence[Row], indicator: Indicator, fill: str, edge: str, size: int) -> None:
    if not rows:
        return
    figure["data"].append({
        "type": "scatter", "mode": "markers", "x": [_at(row) for row in rows], "y": [float(row["value"]) for row in rows],
        "marker": {"color": fill, "size": size, "symbol": "circle", "line": {"color": edge, "width": 2}},
        "text": [hover(row, indicator, str(row["area"])) for row in rows], "hovertemplate": "%{text}<extra></extra>"})


def _add_name(figure: dict, ground: labels.Ground, row: Row, indicator: Indicator, colours: theme.Palette, chosen: bool,
              is_needed: bool = True) -> None:
    """The area's name and rate beside its dot; one that is not needed only where it is clear of all else."""
    words = f"{row['area']} {numbers.value_text(row, indicator, short=True, marks=False)}"
    note = theme.note(f"<b>{words}</b>" if chosen else words, _at(row), float(row["value"]), colours,
                      font={"size": theme.NORMAL if chosen else theme.SMALL,
                            "color": colours.chosen if chosen else colours.ink})
    settled, is_clear = ground.settled(note, labels.AROUND_A_POINT)
    if is_needed or is_clear:
        figure["layout"]["annotations"].append(settled)
