"""The map, its key and its tiles: an area chosen on any of them is chosen everywhere.

What is not a figure but a screen: which map the browser can draw, how wide it is, and what a click on it chooses.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.charts import map as maps
from dashboard.charts import tiles
from dashboard.charts.classes import class_colours
from dashboard.charts.draw import draw, scale_of
from dashboard.charts.finished import Finished, FinishedDeck
from dashboard.components import page, run
from dashboard.components.choosing import choose
from dashboard.components.figure import figure_foot, one
from dashboard.components.screen import check_screen, remembered_screen
from dashboard.figure import SCOTLAND, Choice, Figure, Plot, Said
from dashboard.figures.recipe import Chooser
from dashboard.methods import insets
from dashboard.read import geometry
from dashboard.read.edition import Kept
from dashboard.words.marks import made_up_notice, notice_of

MAP = Chooser("map", "Map", lambda _, __: {"map": "Interactive map", "flat": "Flat map"})
NO_WEBGL = ("This browser cannot draw the interactive map, so the flat map is shown. It holds the same figures, "
            "and so do the tiles and the table.")
_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
_DRAWN = Kept(400)
SHORTENED = "Names on the tiles are shortened: the table below has them whole, and every figure."


# The map of one measure --------------------------------------------------------------------------

def place_map(choice: Choice) -> None:
    """The map beside the tile grid, the key in words, the chosen area, and the same figures as a table of links."""
    st.html(paths.ASSETS / "places.css")
    edition = run.edition()
    chosen = edition.area_name(choice.of("area", SCOTLAND))
    links = {str(row["name"]): f"?{urlencode(choice.with_choice('area', code).pairs)}" for code, row in edition.areas.items()}
    for each in run.made("places.map", choice):
        _framed(each, partial(_map_and_tiles, choice=choice), 2, links, chosen)


def _framed(shown: Figure, drawing: Callable[[Figure], None], level: int = 3, links: Mapping[str, str] | None = None,
            chosen: str = "") -> None:
    """A figure that is drawn here, as the screen has room for it, with all that a figure carries around it."""
    with st.container(border=True, gap="small", key=run.place_of("framed")):
        run.block("heading", level=level, title=shown.title, subtitle=shown.subtitle, anchor="",
                  notice=made_up_notice(shown))
        drawing(shown)
        figure_foot(shown, links or {}, chosen)


def _drawn(shown: Figure, make: Callable[[], object], *how: object) -> object:
    """A drawing of a figure in the reader's colours, made once; `how` is what else it depends on."""
    return _DRAWN.get((shown.evidence_id, notice_of(shown), shown.title, run.colours(), *how), make)


def _chart(shown: Figure, plot: Plot, **more: object) -> None:
    """The plot of a figure with options of the screen, which its rows do not depend on."""
    drawing = _drawn(shown, lambda: draw(plot, run.colours()), plot.kind, plot.options.get("width"))
    st.plotly_chart(Finished(drawing), theme=None, alt=plot.alt, width="stretch", config=_CONFIG, **more)


def _tiles(shown: Figure, plot: Plot, **more: object) -> None:
    """The tile grid as large as its column, its names as long as a tile holds."""
    width = remembered_screen().width
    _chart(shown, _with(plot, height=min(600, 8 + width * 8 // 7), width=width), **more)
    if width < tiles.LEAST:
        run.block("paragraphs", texts=[SHORTENED], css="oc-subtitle")


def _map_and_tiles(shown: Figure, choice: Choice) -> None:
    plot = shown.plot
    with st.container(horizontal=True, gap="small"):
        way = choose(MAP).of(MAP.name)
    left, right = page.side_by_side()
    with left:
        _draw_map(shown, way)
        _frames_note()
    with right:
        grid = replace(plot, kind="tiles", alt=plot.alt.replace("Map", "Tile grid", 1))
        key = f"tiles-{plot.options['selected']}"
        _tiles(shown, grid, key=key, on_select=_selecting(_on_plotly, key), selection_mode="points")
    _key(plot)
    for said in run.made("places.area", choice):
        _chosen(said, choice)


def _draw_map(shown: Figure, way: str) -> None:
    screen, plot = check_screen(), shown.plot
    selected = plot.options["selected"]
    height = round(min(screen.width, 620) * 1.04)
    if way == "map" and screen.webgl:
        key = f"map-{selected}"
        deck = _drawn(shown, lambda: FinishedDeck(maps.deck_map(plot.rows, **_map_of(plot), width=screen.width, height=height)),
                      "deck", screen.width, height)
        st.pydeck_chart(deck, on_select=_selecting(_on_deck, key), key=key, height=height, alt=plot.alt)
        return
    if way == "map":
        page.notice(NO_WEBGL)
    key = f"flat-{selected}"
    _flat_map(shown, height, key=key, on_select=_selecting(_on_plotly, key), selection_mode="points")


def _flat_map(shown: Figure, height: int, **more: object) -> None:
    flat = _drawn(shown, lambda: maps.flat_map(shown.plot.rows, **_map_of(shown.plot), height=height), "flat", height)
    st.plotly_chart(Finished(flat), theme=None, alt=shown.plot.alt, config=maps.FLAT_CONFIG | {"responsive": True}, **more)


def _map_of(plot: Plot) -> dict[str, object]:
    """What both maps are drawn from."""
    shapes = geometry.shapes_file(paths.extract_folder(), paths.ASSETS / "geometry")
    return {"indicator": Indicator.from_data(plot.options["indicator"]), "scale": scale_of(plot.options["scale"]),
            "colours": run.colours(), "selected": plot.options["selected"], "url": f"/app/static/geometry/{shapes}"}


def _with(plot: Plot, **options: object) -> Plot:
    return replace(plot, options={**plot.options, **options})


def _selecting(code_on: Callable[[str], str | None], key: str) -> Callable[[], None]:
    """Called at a click: it runs before the script does, so it takes the areas of this run with it."""
    areas = frozenset(run.edition().areas)
    return lambda: _select(code_on(key), areas)


def _on_deck(key: str) -> str | None:
    shapes = st.session_state[key].selection.objects.get("areas", [])
    return shapes[0]["properties"]["area_code"] if shapes else None


def _on_plotly(key: str) -> str | None:
    points = st.session_state[key].selection.points
    return points[0]["customdata"][0] if points and points[0].get("customdata") else None


def _select(area_code: str | None, areas: Collection[str]) -> None:
    """The link is the truth: every part of the page reads the area from it."""
    if area_code in areas:
        st.query_params["area"] = area_code


def _frames_note() -> None:
    """What the map's frames enlarge: a name alone fits above them on a narrow screen."""
    run.block("paragraphs", texts=[insets.in_frames()], css="oc-subtitle")


def _key(plot: Plot) -> None:
    """The classes in words, and each reason for a hatch with the councils it hides."""
    shades = class_colours(scale_of(plot.options["scale"]), Indicator.from_data(plot.options["indicator"]), run.colours())
    run.block("key", rows=[_line(row["text"], "" if row["class_index"] is None else shades[row["class_index"]])
                           for row in plot.options["key"]])


def _line(text: str, colour: str) -> Mapping[str, str]:
    return {"text": text, "colour": colour}


def _chosen(said: Said, choice: Choice) -> None:
    if said.links:
        run.block("place", title=run.edition().area_name(choice.area_code), said=said)
    else:
        run.block("said", said=said)


# The parts under it ------------------------------------------------------------------------------

def place_figures(name: str, choice: Choice) -> None:
    """What a recipe gives, with the key of its shades."""
    for each in run.made(name, choice):
        match each:
            case Figure(plot=Plot(kind="tile_grids")):
                one(each)
                _key(each.plot)
            case _:
                one(each)


def two_maps(choice: Choice) -> None:
    """Two maps side by side, under how their scales go together."""
    made = run.made("places.two", choice)
    for said in (each for each in made if isinstance(each, Said)):
        page.notice(said.text)
    both = [each for each in made if isinstance(each, Figure)]
    for column, shown in zip(page.side_by_side(), both, strict=False):
        with column:
            _framed(shown, partial(_one_of_two, key=f"two {shown.address.item}"))


def _one_of_two(shown: Figure, key: str) -> None:
    plot, width = shown.plot, remembered_screen().width
    if plot.kind == "map":
        _flat_map(shown, round(min(width, 540) * 1.04), key=key)
        _frames_note()
    else:
        _tiles(shown, plot, key=key)
    _key(plot)
