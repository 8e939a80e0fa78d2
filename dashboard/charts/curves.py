"""Entry to work month by month within a start cohort; what is not yet known is left open, never drawn as zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import theme

MONTHS = (0, 3, 6, 9, 12)


@dataclass(frozen=True)
class Curve:
    """One start cohort: (months, share, lower, upper) in percentages, as far as it is known."""

    label: str
    points: tuple[tuple[int, float, float, float], ...]
    kind: str   # 'earlier' (grey, in the background), 'newest' (complete) or 'unripe' (stops early)


def curves(cohorts: Sequence[Curve], colours: theme.Palette, height: int = 340) -> dict:
    """One rising line a cohort from 0 at its start; unripe ones end in an open circle and a hatched stretch."""
    highest = max((upper for cohort in cohorts for *_, upper in cohort.points), default=10.0)
    ticks = {tick: f"{tick:.0f}%" for tick in theme.nice_ticks(0, highest, 5)}
    figure = {"data": [], "layout": theme.layout(
        colours, height, margin={"l": 44, "r": 16, "t": 22, "b": 46},
        xaxis=theme.plain_axis(colours, (0, 12.6), {float(month): str(month) for month in MONTHS},
                               title={"text": "Months from starting support",
                                      "font": {"size": theme.SMALL, "color": colours.muted}}),
        yaxis=theme.value_axis(colours, (0, max(ticks)), ticks))}
    order = {"earlier": 0, "unripe": 1, "newest": 2}
    for cohort in sorted(cohorts, key=lambda each: order[each.kind]):
        _add_curve(figure, cohort, colours)
    if any(cohort.kind == "unripe" and cohort.points for cohort in cohorts):
        _add_unknown(figure, [each for each in cohorts if each.kind == "unripe" and each.points], max(ticks), colours)
    return figure


def _colour(kind: str, colours: theme.Palette) -> str:
    return {"earlier": colours.band_strong, "newest": colours.series[0], "unripe": colours.line}[kind]


def _add_curve(figure: dict, cohort: Curve, colours: theme.Palette) -> None:
    if not cohort.points:
        return
    colour, dashed = _colour(cohort.kind, colours), cohort.kind == "unripe"
    months, shares, lowers, uppers = zip(*cohort.points, strict=True)
    trace = {
        "type": "scatter", "mode": "lines+markers", "name": cohort.label, "x": [0, *months], "y": [0.0, *shares],
        "line": {"color": colour, "width": 1.5 if cohort.kind == "earlier" else 2.5,
                 "dash": "dash" if dashed else "solid"},
        "marker": {"size": [0, *([7] * len(months))] if cohort.kind != "earlier" else 0, "color": [
            *([colour] * len(months)), colours.surface if dashed else colour],
            "line": {"color": colour, "width": 2 if dashed else 0}},
        "text": ["", *(f"{cohort.label}<br>within {month} months: <b>{share:.0f}%</b>"
                       for month, share in zip(months, shares, strict=True))],
        "hovertemplate": "%{text}<extra></extra>"}
    if cohort.kind != "earlier":
        trace["error_y"] = {"type": "data", "symmetric": False, "color": colour, "thickness": 1.5, "width": 0,
                            "array": [0, *(high - at for at, high in zip(shares, uppers, strict=True))],
                            "arrayminus": [0, *(at - low for at, low in zip(shares, lowers, strict=True))]}
    figure["data"].append(trace)
    if cohort.kind == "newest":
        _add_label(figure, cohort, colour, colours)


def _add_label(figure: dict, cohort: Curve, colour: str, colours: theme.Palette) -> None:
    month, share, _, upper = cohort.points[-1]
    figure["layout"]["annotations"].append(theme.note(
        f"<b>{cohort.label} {share:.0f}%</b>", month, upper, colours, xanchor="right", yanchor="bottom", yshift=4,
        xshift=10, font={"size": theme.NORMAL, "color": colour}))


def _add_unknown(figure: dict, unripe: Sequence[Curve], top: float, colours: theme.Palette) -> None:
    """The months that no unripe cohort has reached, hatched under words."""
    last = max(cohort.points[-1][0] for cohort in unripe)
    if last >= MONTHS[-1]:
        return
    figure["data"].insert(0, {
        "type": "scatter", "mode": "lines", "x": [last, 12, 12, last], "y": [0, 0, top * 0.16, top * 0.16],
        "fill": "toself", "fillcolor": colours.surface, "hoverinfo": "skip", "line": {"width": 0, "color": colours.line},
        "fillpattern": {"shape": "/", "fgcolor": colours.line, "bgcolor": colours.surface, "size": 7, "solidity": 0.2}})
    # The name stands over the hatching, where no line runs, in the colour of its dashed line.
    figure["layout"]["annotations"].append(theme.note(
        f"<b>{unripe[0].label}</b><br>not yet known after {last} months", 12, top * 0.17, colours, xanchor="right",
        yanchor="bottom", align="right", font={"size": theme.SMALL, "color": colours.muted}))
