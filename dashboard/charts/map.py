"""Maps of the 32 councils: one drawn by the graphics card, one flat that needs none.

Both fetch the shapes once, by URL, from the static files the build writes; what a filter change
sends is a list of colours and sentences in the order of the sorted area codes. Neither asks the
network for anything else: no tiles, no style, no world outline.
"""

import html
import json
import math
from collections.abc import Sequence

import numpy as np
import pydeck as pdk

from dashboard.catalogue import Indicator
from dashboard.charts import theme
from dashboard.charts.classes import Row, colour_of, selected_line
from dashboard.methods.classes import Scale
from dashboard.methods.insets import EXTENT, INSETS, from_plane, to_plane

# Plotly fetches a world outline even when it is hidden: this folder holds an empty one.
FLAT_CONFIG = {"topojsonURL": "/app/static/stub/", "displayModeBar": False, "scrollZoom": False}
OUTLINE, SELECTED = 0.7, 3.5        # pixels


def hatch_url(url: str) -> str:
    """The static file of stripes beside a file of shapes."""
    return url.removesuffix(".geojson") + "-hatch.geojson"


def deck_map(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, url: str,
             selected: str | None = None, width: int = 560, height: int = 600) -> pdk.Deck:
    """The WebGL map. `rows`: MAP_ROW, one a council; `url`: where the shapes are served.

    Colours reach the shapes by each shape's `order`: deck.gl reads `@@=([...])[properties.order]`
    for every shape, so the shapes themselves are not sent. Pass the result to st.pydeck_chart.
    """
    rows = sorted(rows, key=lambda row: row["area_code"])
    layers = [_shapes(rows, indicator, scale, colours, url, selected)]
    if any(row["is_hatched"] for row in rows):
        layers.append(_stripes(rows, colours, hatch_url(url)))
    layers += [_frames(colours), _captions(colours)]
    return pdk.Deck(
        layers=layers, map_provider=None, initial_view_state=_view(width, height),
        views=[pdk.View(type="MapView", controller=False)],
        tooltip={"html": _tooltip(rows), "style": _tooltip_style(colours)})


def _shapes(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, url: str,
            selected: str | None) -> pdk.Layer:
    fills = [_rgba(colour_of(row, scale, indicator, colours)) for row in rows]
    chosen = [row["area_code"] == selected for row in rows]
    lines = [_rgba(selected_line(colours)) if each else _rgba(colours.neutral, 150) for each in chosen]
    widths = [SELECTED if each else OUTLINE for each in chosen]
    return _layer(
        "areas", url, pickable=True, auto_highlight=True, highlight_color=_rgba(colours.ink, 70),
        get_fill_color=_by_order(fills), get_line_color=_by_order(lines), get_line_width=_by_order(widths),
        line_width_units="pixels",
        update_triggers={"getFillColor": fills, "getLineColor": lines, "getLineWidth": widths})


def _stripes(rows: Sequence[Row], colours: theme.Palette, url: str) -> pdk.Layer:
    """Stripes and marks over the councils whose figure is hidden or unreliable, nothing elsewhere."""
    fills = [_rgba(colours.ink, 190 if row["is_hatched"] else 0) for row in rows]
    words = [_mark(row) for row in rows]
    grounds = [_rgba(colours.surface, 225 if word else 0) for word in words]
    return _layer(
        "hatch", url, stroked=False, pickable=False, get_fill_color=_by_order(fills), point_type="text",
        get_text=_by_order(words), get_text_size=13, get_text_color=_rgba(colours.ink),
        text_font_family=theme.FONT, text_font_weight=700, text_background=True,
        get_text_background_color=_by_order(grounds), text_background_padding=[2, 1],
        update_triggers={"getFillColor": fills, "getText": words, "getTextBackgroundColor": grounds})


def _mark(row: Row) -> str:
    """The mark printed on a hatched council: why it is hidden, or that it is unreliable."""
    return f"[{row['hidden'] or 'u'}]" if row["is_hatched"] else ""


def _frames(colours: theme.Palette) -> pdk.Layer:
    paths = [{"path": path} for inset in INSETS for path in inset.outlines()]
    return pdk.Layer("PathLayer", data=paths, id="frames", pickable=False, get_path="path",
                     get_color=_rgba(colours.line), get_width=1, width_units="'pixels'")


def _captions(colours: theme.Palette) -> pdk.Layer:
    words = [{"position": inset.frame()[1], "text": inset.name} for inset in INSETS]
    return _layer("captions", words, layer="TextLayer", pickable=False, get_position="@@=position",
                  get_text="@@=text", get_size=13, get_color=_rgba(colours.muted), get_text_anchor="start",
                  get_alignment_baseline="bottom", get_pixel_offset=[2, -4], font_family=theme.FONT)


def _layer(identity: str, data: object, layer: str = "GeoJsonLayer", **properties) -> pdk.Layer:
    """A layer whose text properties go as they are: pydeck would read each as an expression."""
    made = pdk.Layer(layer, data=data, id=identity)
    for name, value in properties.items():
        setattr(made, name, value)
    return made


def _by_order(values: list) -> str:
    """A deck.gl expression: the value at a shape's place in the sorted area codes."""
    return f"@@=({json.dumps(values, ensure_ascii=False, separators=(',', ':'))})[properties.order]"


def _rgba(colour: str, alpha: int = 255) -> list[int]:
    return [int(colour[i:i + 2], 16) for i in (1, 3, 5)] + [alpha]


def _view(width: int, height: int) -> pdk.ViewState:
    """The whole drawing, insets too, in a box of pixels."""
    corners = to_plane(np.array([EXTENT[:2], EXTENT[2:]]))
    across, up = corners[1] - corners[0]
    (longitude, latitude), = from_plane(corners.mean(axis=0, keepdims=True)).round(3).tolist()
    pixels_a_degree = min(width / across, height / up)
    zoom = math.log2(pixels_a_degree * 360 / 512)     # the whole world is 512 pixels wide at zoom 0
    return pdk.ViewState(longitude=longitude, latitude=latitude, zoom=round(zoom, 3))


def _tooltip(rows: Sequence[Row]) -> str:
    """One sentence a council, all sent; the shape's `order`, put in by Streamlit, shows its own."""
    shown = ",".join(f".area-{i} p:nth-of-type({i + 1})" for i in range(len(rows)))
    rules = ("<style>.areas p{display:none;margin:0;max-width:16rem}"
             f"{shown}{{display:block !important}}</style>")
    lines = "".join(f"<p><b>{_plain(row['name'])}</b><br>{_plain(row['text'])}</p>" for row in rows)
    return f'{rules}<div class="areas area-{{order}}">{lines}</div>'


def _plain(text: object) -> str:
    """Text that is only text: Streamlit fills in braces, browsers read angle brackets."""
    return html.escape(str(text)).replace("{", "&#123;").replace("}", "&#125;")


def _tooltip_style(colours: theme.Palette) -> dict[str, str]:
    return {"backgroundColor": colours.surface, "color": colours.ink, "border": f"1px solid {colours.line}",
            "fontFamily": theme.FONT, "fontSize": "13px", "padding": "6px 10px", "borderRadius": "4px"}


def flat_map(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, url: str,
             selected: str | None = None, height: int = 600) -> dict:
    """The same map as a Plotly figure, drawn without a graphics card; a click gives the area code.

    Pass it to st.plotly_chart with `config=FLAT_CONFIG` and on_select. Each point's customdata is
    [area_code].
    """
    rows = sorted(rows, key=lambda row: row["area_code"])
    data = [_choropleth(rows, indicator, scale, colours, url, selected)]
    if any(row["is_hatched"] for row in rows):
        data += [draw(rows, colours, hatch_url(url)) for draw in (_flat_stripes, _flat_marks)]
    data.append(_flat_frames(colours))
    west, south, east, north = EXTENT
    return {"data": data, "layout": theme.layout(
        colours, height, margin={"l": 0, "r": 0, "t": 0, "b": 0},
        geo={"visible": False, "projection": {"type": "mercator"}, "bgcolor": "rgba(0,0,0,0)",
             "lonaxis": {"range": [west, east]}, "lataxis": {"range": [south, north]},
             "domain": {"x": [0, 1], "y": [0, 1]}})}


def _places(rows: Sequence[Row]) -> list[tuple[str, Row]]:
    """(shape id, row) of every council and of every copy it may have; ids without a shape draw nothing."""
    found = [(row["area_code"], row) for row in rows]
    return found + [(f"{row['area_code']} {inset.name}", row) for inset in INSETS for row in rows]


def _choropleth(rows: Sequence[Row], indicator: Indicator, scale: Scale, colours: theme.Palette, url: str,
                selected: str | None) -> dict:
    # The selected council last, so that no neighbour is drawn over its outline.
    places = sorted(_places(rows), key=lambda place: place[1]["area_code"] == selected)
    fills = [colour_of(row, scale, indicator, colours) for _, row in places]
    used = list(dict.fromkeys(fills))
    chosen = [row["area_code"] == selected for _, row in places]
    return {
        "type": "choropleth", "geojson": url, "featureidkey": "id",
        "locations": [place for place, _ in places],
        "z": [used.index(fill) for fill in fills], "zmin": -0.5, "zmax": len(used) - 0.5,
        "colorscale": _steps(used), "showscale": False,
        "marker": {"line": {"color": [selected_line(colours) if c else colours.neutral for c in chosen],
                            "width": [SELECTED if c else OUTLINE for c in chosen]}},
        "customdata": [[row["area_code"]] for _, row in places],
        "text": [f"<b>{_plain(row['name'])}</b><br>{wrap(row['text'])}" for _, row in places],
        "hovertemplate": "%{text}<extra></extra>",
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
    }


def _steps(used: list[str]) -> list[list]:
    """A colour scale of flat steps, one a colour."""
    share = 1 / len(used)
    return [[edge, colour] for i, colour in enumerate(used) for edge in (i * share, min(1, (i + 1) * share))]


def _flat_stripes(rows: Sequence[Row], colours: theme.Palette, url: str) -> dict:
    places = [place for place, row in _places(rows) if row["is_hatched"]]
    return {"type": "choropleth", "geojson": url, "featureidkey": "id", "locations": places,
            "z": [0] * len(places), "colorscale": [[0, colours.ink], [1, colours.ink]], "showscale": False,
            "marker": {"line": {"width": 0}, "opacity": 0.7}, "hoverinfo": "skip",
            "unselected": {"marker": {"opacity": 0.7}}}


def _flat_marks(rows: Sequence[Row], colours: theme.Palette, url: str) -> dict:
    marked = [row for row in rows if row["is_hatched"]]
    halo = ", ".join([f"0 0 3px {colours.surface}"] * 4)
    return {"type": "scattergeo", "mode": "text", "geojson": url, "featureidkey": "id",
            "locationmode": "geojson-id", "locations": [f"{row['area_code']} label" for row in marked],
            "text": [_mark(row) for row in marked], "hoverinfo": "skip",
            "textfont": {"color": colours.ink, "size": theme.NORMAL, "weight": 700, "shadow": halo}}


def _flat_frames(colours: theme.Palette) -> dict:
    """The boxes of the insets and of what they enlarge, with a caption at each frame's upper left."""
    points, words = [], []
    for inset in INSETS:
        for path in inset.outlines():
            points += [*path, [None, None]]
            words += ["", inset.name if path == inset.frame() else "", "", "", "", ""]
    return {"type": "scattergeo", "mode": "lines+text", "lon": [p[0] for p in points],
            "lat": [p[1] for p in points], "text": words, "textposition": "top right",
            "textfont": {"color": colours.muted, "size": theme.SMALL},
            "line": {"color": colours.line, "width": 1}, "hoverinfo": "skip"}


def wrap(text: str, width: int = 42) -> str:
    """Plain text broken into lines for a Plotly hover label."""
    lines = [""]
    for word in _plain(text).split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)
