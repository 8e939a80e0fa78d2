"""A partnership against Scotland, indicator by indicator: worst left, best right, Scotland in the middle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.charts.dots import verdict_colour
from dashboard.charts.trend import wrapped
from dashboard.methods.missing import is_missing
from dashboard.words import numbers

ROW, LINE, LONGEST_LINE = 74, 18, 40     # pixels a row, and more where a title takes two lines of letters


Row = Mapping[str, object]


@dataclass(frozen=True)
class Scale:
    """One row's own scale: Scotland at 0, the further end of the partnerships at 1 from it."""

    middle: float
    reach: float
    sign: int

    def at(self, value: object) -> float | None:
        if is_missing(value):
            return None
        return max(-1.0, min(1.0, self.sign * (float(value) - self.middle) / self.reach))


def scale_of(row: Row, indicator: Indicator) -> Scale:
    """Flipped where lower is better, so that right is always the better end."""
    middle = float(row["scotland"])
    reach = max(abs(float(row["lowest"]) - middle), abs(float(row["highest"]) - middle)) or 1.0
    return Scale(middle, reach, -1 if indicator.direction == "lower_is_better" else 1)


def spine(rows: Sequence[Row], indicators: Mapping[str, Indicator], colours: theme.Palette) -> dict:
    """One row an indicator: the range of partnerships (middle half darker), the area's dot and interval.

    `rows`: indicator_id, value, lower_ci, upper_ci, obs_status, scotland, lowest, lower_quarter,
    upper_quarter, highest, `verdict` and `compared` (its words). Rows without a Scotland value are left out.
    """
    records = [row for row in rows if not is_missing(row["scotland"])]
    titles = [wrapped(indicators[row["indicator_id"]].title, LONGEST_LINE) for row in records]
    row_height = ROW + LINE * any("<br>" in title for title in titles)
    figure = {
        "data": [],
        "layout": theme.layout(
            colours,
            52 + row_height * max(len(records), 1),
            margin={"l": 8, "r": 8, "t": 30, "b": 8},
            xaxis=theme.plain_axis(colours, (-1.06, 1.06), {}),
            yaxis=theme.plain_axis(colours, (-0.5, len(records) - 0.5), {}),
        ),
    }
    _add_headings(figure, colours)
    for number, row in enumerate(reversed(records)):
        _add_row(figure, row, indicators[row["indicator_id"]], number, colours)
    figure["layout"]["shapes"].append(
        theme.rule(
            colours,
            x0=0,
            x1=0,
            y0=0,
            y1=1,
            yref="paper",
            layer="above",
            line={"color": colours.ink, "width": 2, "dash": "solid"},
        )
    )
    return figure


def _add_headings(figure: dict, colours: theme.Palette) -> None:
    for text, x, anchor in (
        ("◂ worse", -1.06, "left"),
        ("<b>Scotland</b>", 0, "center"),
        ("better ▸", 1.06, "right"),
    ):
        figure["layout"]["annotations"].append(
            theme.note(
                text,
                x,
                1,
                colours,
                yref="paper",
                yanchor="bottom",
                xanchor=anchor,
                yshift=8,
                font={"size": theme.SMALL, "color": colours.ink if x == 0 else colours.muted},
            )
        )


def _add_row(figure: dict, row: Row, indicator: Indicator, place: int, colours: theme.Palette) -> None:
    scale = scale_of(row, indicator)
    bar = place - 0.3
    for low, high, fill in (
        ("lowest", "highest", colours.band),
        ("lower_quarter", "upper_quarter", colours.band_strong),
    ):
        ends = sorted((scale.at(row[low]), scale.at(row[high])))
        figure["layout"]["shapes"].append(
            {
                "type": "rect",
                "xref": "x",
                "yref": "y",
                "layer": "below",
                "x0": ends[0],
                "x1": ends[1],
                "y0": bar - 0.12,
                "y1": bar + 0.12,
                "fillcolor": fill,
                "line": {"width": 0},
            }
        )
    _add_words(figure, row, indicator, place, colours)
    if not is_missing(row["value"]):
        _add_dot(figure, row, indicator, scale, bar, colours)


def _add_words(figure: dict, row: Row, indicator: Indicator, place: int, colours: theme.Palette) -> None:
    """The measure on one line, its value and verdict on the next: they fit the narrowest screen."""
    value = numbers.value_text(row, indicator, short=True)
    colour = verdict_colour(str(row["verdict"]), colours)
    for text, up, ink in (
        (wrapped(indicator.title, LONGEST_LINE), 0.15, colours.ink),
        (f"<b>{value}</b> · {_short(row)}", -0.08, colour),
    ):
        figure["layout"]["annotations"].append(
            theme.note(
                text,
                -1.06,
                place + up,
                colours,
                xanchor="left",
                yanchor="bottom",
                font={"size": theme.SMALL, "color": ink},
            )
        )


def _short(row: Row) -> str:
    """The verdict in the few words a chart has room for; the table has all of them."""
    words = str(row["compared"])
    return (
        "not tested"
        if words.startswith("not tested")
        else words.replace(" difference from Scotland", " difference")
    )


def _add_dot(
    figure: dict, row: Row, indicator: Indicator, scale: Scale, bar: float, colours: theme.Palette
) -> None:
    colour = verdict_colour(str(row["verdict"]), colours)
    limits = [scale.at(row["lower_ci"]), scale.at(row["upper_ci"])]
    if None not in limits:
        figure["data"].append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": sorted(limits),
                "y": [bar, bar],
                "hoverinfo": "skip",
                "line": {"color": colour, "width": 3},
            }
        )
    figure["data"].append(
        {
            "type": "scatter",
            "mode": "markers",
            "x": [scale.at(row["value"])],
            "y": [bar],
            "marker": {
                "size": 13,
                "symbol": "diamond" if row["verdict"] == "worse" else "circle",
                "color": colours.surface if row["verdict"] == "none" else colour,
                "line": {"color": colour, "width": 3},
            },
            "text": [_hover(row, indicator)],
            "hovertemplate": "%{text}<extra></extra>",
        }
    )


def _hover(row: Row, indicator: Indicator) -> str:
    interval = numbers.interval_text(row, indicator)
    lines = [
        indicator.title,
        f"{row['period_label']}: <b>{numbers.value_text(row, indicator)}</b>",
        f"{numbers.interval_name(indicator)} {interval}" if interval else "",
        f"Scotland {numbers.amount(row['scotland'], indicator, short=True)}",
        str(row["compared"]),
    ]
    return "<br>".join(line for line in lines if line)
