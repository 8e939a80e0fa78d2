"""Where the words beside a point go: of the places they could have, the one that covers least.

A drawing does not know how wide it will be shown, so a place is judged at the ends of the widths that it is for.
"""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from dashboard.charts import theme

WIDE, NARROW = (400, 1100), (200, 420)     # pixels across the plot of the wide and of the narrow drawing, at their ends
EDGES_OF_A_DOT = np.array([(0, 0), (5, 0), (-5, 0), (0, 5), (0, -5)])
CHART = 480                    # pixels of the narrowest chart of the wide drawing
AT_ONCE = 4                    # places looked at together
AROUND_WORDS = np.array([[-2], [-2], [2], [2]])      # pixels that points keep from words
STEPS = 24                     # points looked at along each stretch of a line
ON_WORDS, OUTSIDE = 40, 60     # what covering other words, or leaving the chart, costs against one point covered
CORNER = 4                     # points covered, at each width, that leave words clear
NEAR, AWAY = 24, 0.5           # pixels from its point at which words still read as its own; what each pixel more costs

BESIDE = 10                    # pixels from a point to the words at its right
RIGHT_OF_AN_END = tuple(       # of a line, where the margin has room for words: at its height, or as little over or under it as clears others
    {"xanchor": "left", "yanchor": "middle", "xshift": BESIDE, "yshift": up} for up in (0, 9, -9, 18, -18, 27, -27, 36, -36))
BESIDE_AN_END = (              # of a line: over its last point, under it, clear of its interval, further away
    {"yanchor": "bottom", "yshift": 8}, {"yanchor": "top", "yshift": -8},
    {"yanchor": "bottom", "yshift": 8, "xshift": -6}, {"yanchor": "top", "yshift": -8, "xshift": -6},
    {"yanchor": "bottom", "yshift": 24}, {"yanchor": "top", "yshift": -24},
    {"yanchor": "bottom", "yshift": 24, "xshift": -6}, {"yanchor": "top", "yshift": -24, "xshift": -6},
    {"yanchor": "bottom", "yshift": 40}, {"yanchor": "top", "yshift": -40},
    {"yanchor": "bottom", "yshift": 60}, {"yanchor": "bottom", "yshift": 80}, {"yanchor": "top", "yshift": -60}, {"yanchor": "top", "yshift": -80},
)
AROUND_A_POINT = (
    {"xanchor": "center", "yanchor": "bottom", "yshift": 10},
    {"xanchor": "left", "yanchor": "middle", "xshift": 12},
    {"xanchor": "center", "yanchor": "top", "yshift": -10},
    {"xanchor": "right", "yanchor": "middle", "xshift": -12},
    {"xanchor": "left", "yanchor": "bottom", "xshift": 8, "yshift": 6},
    {"xanchor": "left", "yanchor": "top", "xshift": 8, "yshift": -6},
)
FURTHER = tuple({"xanchor": side, "yanchor": "middle", "yshift": up} for up in (28, -28, 48, -48) for side in ("left", "center", "right"))

LEFT_OF = {"left": 0.0, "center": 0.5, "right": 1.0}        # shares of words, by their anchor
UNDER = {"bottom": 0.0, "middle": 0.5, "top": 1.0}

Box = tuple[float, float, float, float]     # left, bottom, right, top, in pixels from the plot's corner


class Ground:
    """What a figure has drawn, in pixels at each of these widths: measured once for all the words that go beside its points.

    Make it when the lines, points and rules are in the figure; words may be put on it afterwards.
    """

    def __init__(self, figure: dict, widths: Sequence[int] = WIDE) -> None:
        self._figure, self._widths, self._read = figure, widths, 0
        self._ink = {width: _drawn(figure, width).T for width in widths}
        self._words = {width: np.empty((4, 0)) for width in widths}

    def settle(self, note: dict, places: Sequence[Mapping[str, object]]) -> dict:
        """The note, at data coordinates of the figure, in the first of the `places` that covers least."""
        return self.settled(note, places)[0]

    def settled(self, note: dict, places: Sequence[Mapping[str, object]]) -> tuple[dict, bool]:
        """The note as `settle` gives it, and True where it is clear of all but a corner of what is drawn, and near its point."""
        self._read_words()
        costs: list[float] = []
        for first in range(0, len(places), AT_ONCE):
            costs += self._costs(note, places[first:first + AT_ONCE])
            if 0 in costs:      # no later place can cover less
                break
        best = costs.index(min(costs))
        return note | places[best], costs[best] <= CORNER * len(self._widths)

    def _costs(self, note: dict, places: Sequence[Mapping[str, object]]) -> list[float]:
        """How much each place covers, over all widths: points of lines and markers, words, and ground outside the chart."""
        costs, stands = np.array([len(self._widths) * _away(place) for place in places]), _stands(note, places)
        for width in self._widths:
            boxes, ink, words = np.array(_boxes(self._figure, note, width, *stands)), self._ink[width], self._words[width]
            costs += _touched(boxes + AROUND_WORDS, ink, ink) + ON_WORDS * _touched(boxes, words[:2], words[2:])
            costs += OUTSIDE * _outside(self._figure, boxes, width)
        return costs.tolist()

    def _read_words(self) -> None:
        """Measure the words that have been put on the figure since the last note."""
        annotations = self._figure["layout"]["annotations"]
        new = [note for note in annotations[self._read:] if note["xref"] == "x" and note["yref"] == "y"]
        for width in self._widths if new else ():
            boxes = np.array([box_of(self._figure, note, width) for note in new]).T
            self._words[width] = np.hstack([self._words[width], boxes])
        self._read = len(annotations)


def _outside(figure: dict, boxes: np.ndarray, width: int) -> np.ndarray:
    """Over how many edges of the chart each box reaches; `boxes` has rows of left, bottom, right and top."""
    layout, margin = figure["layout"], figure["layout"]["margin"]
    over = 2 if any(note["yref"] == "paper" and note["y"] == 1 for note in layout["annotations"]) else margin["t"]
    left = -4 if any(layout["yaxis"]["ticktext"]) else -margin["l"]       # what is read off the axis stays to be read
    least, most = np.array([[left], [0]]), np.array([[width + margin["r"]], [_height(figure) + over]])
    return (boxes[:2] < least).sum(axis=0) + (boxes[2:] > most).sum(axis=0)


def _touched(boxes: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """How many others each box shares ground with: rows of x and y of their lower left and upper right corners, of a point alike."""
    left, bottom, right, top = boxes
    near = np.flatnonzero((ends[0] > left.min()) & (starts[0] < right.max()) & (ends[1] > bottom.min()) & (starts[1] < top.max()))
    (start, low), (end, high) = starts.take(near, axis=1), ends.take(near, axis=1)
    return ((end > left[:, None]) & (start < right[:, None]) & (high > bottom[:, None]) & (low < top[:, None])).sum(axis=1)


def _away(place: Mapping[str, object]) -> float:
    """What it costs that words stand so far from their point that they read as another's."""
    return AWAY * max(0, abs(place.get("yshift", 0)) - NEAR)


def box_of(figure: dict, note: Mapping[str, object], width: int) -> Box:
    """The ground a note at data coordinates takes on a plot of that width, about."""
    return tuple(float(side[0]) for side in _boxes(figure, note, width, *_stands(note, [note])))


def _stands(note: Mapping[str, object], places: Sequence[Mapping[str, object]]) -> np.ndarray:
    """Of each place of a note: pixels it is moved right and up, and the share of the words that lies left of it and under it."""
    sideways, upright = note.get("xanchor", "center"), note.get("yanchor", "middle")
    right, up = note.get("xshift", 0), note.get("yshift", 0)
    return np.array([(place.get("xshift", right), place.get("yshift", up), LEFT_OF[place.get("xanchor", sideways)],
                      UNDER[place.get("yanchor", upright)]) for place in places]).T


def _boxes(figure: dict, note: Mapping[str, object], width: int, right: np.ndarray, up: np.ndarray, left_of: np.ndarray,
           under: np.ndarray) -> tuple[np.ndarray, ...]:
    """Left, bottom, right and top of a note at each place."""
    size, text = note["font"]["size"], str(note["text"])
    across, high = theme.width_of(text, size), theme.LINE * size * (1 + text.count("<br>"))
    left = _scaled(figure, "xaxis", note["x"], width) + right - across * left_of
    bottom = _scaled(figure, "yaxis", note["y"], _height(figure)) + up - high * under
    return left, bottom, left + across, bottom + high


def _drawn(figure: dict, width: int) -> np.ndarray:
    """Points along every line, marker, interval and rule of the figure, in pixels; bands are ground, not ink."""
    found = [np.empty((0, 2))]
    for trace in figure["data"]:
        if trace.get("fill") or trace.get("type") != "scatter":
            continue
        places = _pixels(figure, trace["x"], trace["y"], width)
        found.append(_between(places[:-1], places[1:]) if "lines" in trace["mode"] and len(places) > 1
                     else (places[:, None, :] + EDGES_OF_A_DOT).reshape(-1, 2))
        if bars := trace.get("error_y"):
            for sign, reach in ((1, bars["array"]), (-1, bars["arrayminus"])):
                ends = _pixels(figure, trace["x"], np.add(trace["y"], sign * np.array(reach)), width)
                found.append(_between(places, ends))
    for rule in figure["layout"]["shapes"]:
        if rule["type"] == "line" and rule["yref"] == "y":
            across = figure["layout"]["xaxis"]["range"] if rule["xref"] == "paper" else (rule["x0"], rule["x1"])
            found.append(_between(*_pixels(figure, across, (rule["y0"], rule["y1"]), width)[:, None], steps=width // 4))
    return np.concatenate(found)


def _between(starts: np.ndarray, ends: np.ndarray, steps: int = STEPS) -> np.ndarray:
    """So many points from each start to its end."""
    return (starts + _shares(steps) * (ends - starts)).reshape(-1, 2)


@cache
def _shares(steps: int) -> np.ndarray:
    return np.linspace(0, 1, steps)[:, None, None]


def _pixels(figure: dict, x: Sequence[float], y: Sequence[float], width: int) -> np.ndarray:
    across, up = np.asarray(x, float), np.asarray(y, float)
    return np.column_stack([_scaled(figure, "xaxis", across, width), _scaled(figure, "yaxis", up, _height(figure))])


def _scaled(figure: dict, axis: str, value: float | np.ndarray, length: float) -> float | np.ndarray:
    """Pixels along an axis of that length."""
    low, high = figure["layout"][axis]["range"]
    return (value - low) / ((high - low) or 1.0) * length


def _height(figure: dict) -> float:
    margin = figure["layout"]["margin"]
    return figure["layout"]["height"] - margin["t"] - margin["b"]
