"""Where? The map, the tile grid and the table of one measure; an area chosen anywhere is chosen everywhere."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from dashboard import paths
from dashboard.catalogue import Indicator
from dashboard.charts import classes, tiles
from dashboard.charts import map as drawing
from dashboard.charts.finished import Finished
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import colours, figure
from dashboard.components.screen import check_screen, remembered_screen
from dashboard.methods import insets
from dashboard.read import geometry, places
from dashboard.words import comparisons, differences, numbers, phrases

FIRST = ("entered_work_within_12_months", "employment_rate_16_64", "claimant_count_share")
WAYS = {"map": "Interactive map", "flat": "Flat map"}
NO_WEBGL = ("This browser cannot draw the interactive map, so the flat map is shown. It holds the same figures, "
            "and so do the tiles and the table.")
_CHART = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True)
class View:
    """One measure in one period with every council in it: what the map, the tiles and the table all show."""

    indicator: Indicator
    period: str
    answer: data.Answer       # Scotland, where it is held, then all 32
    area_code: str

    @cached_property
    def records(self) -> list[dict]:
        return self.answer.records

    @cached_property
    def scotland(self) -> dict | None:
        return places.scotland_of(self.records)

    @property
    def councils(self) -> pd.DataFrame:
        return self.answer.rows[self.answer.rows["area_code"] != data.SCOTLAND]

    @property
    def when(self) -> str:
        return str(self.records[0]["period_label"]) if self.records else ""

    @property
    def link(self) -> dict[str, str]:
        return {"id": self.indicator.indicator_id, "period": self.period, "area": self.area_code}


# Choices -----------------------------------------------------------------------------------------

def choose_view() -> View | None:
    """The measure, period and area in the link; None, with a plain page, if nothing is held for councils."""
    held = measures()
    if not held:
        return None
    with filters.filter_row():
        indicator_id = filters.choose("id", "Measure", held, _first(held))
        period = choose_period(indicator_id)
        area_code = filters.choose_area("Area", with_scotland=True, default=data.SCOTLAND)
    return view_of(indicator_id, period, area_code)


def measures() -> dict[str, str]:
    """Every indicator held by council, by id: the title, and that it is from returns."""
    return {row["indicator_id"]: row["title"] for row in data.ask("council_indicators").records
            if row["partnerships"]}


def _first(held: Mapping[str, str]) -> str:
    return next((name for name in FIRST if name in held), next(iter(held)))


def choose_period(indicator_id: str, name: str = "period", label: str = "Period", default: str = "") -> str:
    """A period of the measure. One left over from another measure gives way without a word."""
    held, memory = periods(indicator_id), f"places_measure_{name}"
    if st.session_state.get(memory, indicator_id) != indicator_id and st.query_params.get(name) not in held:
        st.query_params.pop(name, None)
    st.session_state[memory] = indicator_id
    return filters.choose(name, label, held, default)


def periods(indicator_id: str) -> dict[str, str]:
    """The periods in which any council has a figure, the one to open with first."""
    rows = data.ask("council_periods", indicator_id=indicator_id).records
    return {row["period"]: str(row["period_label"]) for row in rows}


def view_of(indicator_id: str, period: str, area_code: str) -> View:
    """Every council of one measure and period."""
    answer = data.ask("comparison", indicator_id=indicator_id, period=period)
    rows = places.every_council(answer.records, data.areas())
    return View(data.catalogue()[indicator_id], period, answer.keep(pd.DataFrame(rows)), area_code)


def place_sentences(view: View) -> list[str]:
    """Which councils can be told apart from Scotland, and how the chosen one compares."""
    said = places.council_sentences(view.records, view.indicator)
    if view.area_code == data.SCOTLAND:
        return said
    row, indicator = _row(view, view.area_code), view.indicator
    gap = differences.difference(row, view.scotland, indicator) if view.scotland else None
    against = f", {differences.compared(gap, 'Scotland')}" if gap and indicator.measure != "count" else ""
    return [*said, f"{row['name']}: **{numbers.value_text(row, indicator, short=True)}**{against}."]


def _row(view: View, area_code: str) -> dict:
    return next(row for row in view.records if row["area_code"] == area_code)


# The map, the tiles and the table ---------------------------------------------------------------

def place_figure(view: View) -> None:
    """The map beside the tile grid, the key in words, the chosen area, and the same figures as a table."""
    st.html(paths.ASSETS / "places.css")
    indicator, shades = view.indicator, colours()
    scale = classes.choose_scale(view.councils, indicator)
    rows = classes.map_rows(view.councils, view.scotland, indicator, scale)
    judged, screen = against_scotland(view), remembered_screen()
    grid = tiles.tile_grid(rows, tile_places(), indicator, scale, shades, view.area_code,
                           height=min(600, 8 + screen.width * 8 // 7))

    def draw(alt: str) -> None:
        with st.container(horizontal=True, gap="small"):
            way = filters.choose("map", "Map", WAYS)
        left, right = st.columns(2, gap="medium")
        with left:
            _draw_map(rows, view, scale, way, alt)
            frames_note()
        with right:
            _draw_tiles(grid, view, alt)
        map_key(rows, scale, indicator)
        _chosen(view)

    figure(
        grid, draw=draw, answer=view.answer, level=2,
        title=places.map_title(judged, indicator, view.area_code),
        subtitle=f"{indicator.title}, {indicator.unit}, 32 council areas, {view.when}",
        alt=places.map_alt(view.records, indicator, "Map"), table=_table(judged, view),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(view.records, indicator),
        notes=[*places.notes_of(view.records, indicator), *indicator.caveats,
               "The saved image is the tile grid: every council the same size, with its figure."],
        link=view.link,
    )


def against_scotland(view: View) -> list[dict]:
    """Every row with `verdict` and `compared`; where Scotland is not held, nothing is compared."""
    return comparisons.judged(view.records, view.scotland, "Scotland", view.indicator)


def tile_places() -> dict[str, tuple[int, int]]:
    return {row["area_code"]: (int(row["tile_row"]), int(row["tile_column"]))
            for row in data.ask("tile_places").records}


def shapes_url() -> str:
    """Where the browser fetches the shapes, once."""
    name = geometry.shapes_file(paths.extract_folder(), paths.ASSETS / "geometry")
    return f"/app/static/geometry/{name}"


def _draw_map(rows: pd.DataFrame, view: View, scale: classes.Scale, way: str, alt: str) -> None:
    screen, shades = check_screen(), colours()
    height = round(min(screen.width, 620) * 1.04)
    if way == "map" and screen.webgl:
        deck = drawing.deck_map(rows, view.indicator, scale, shades, shapes_url(), view.area_code, screen.width, height)
        key = f"map-{view.area_code}"
        st.pydeck_chart(deck, on_select=lambda: _select(_on_deck(key)), key=key, height=height, alt=alt)
        return
    if way == "map":
        page.notice(NO_WEBGL)
    flat = drawing.flat_map(rows, view.indicator, scale, shades, shapes_url(), view.area_code, height)
    key = f"flat-{view.area_code}"
    st.plotly_chart(Finished(flat), theme=None, key=key, on_select=lambda: _select(_on_plotly(key)), alt=alt,
                    selection_mode="points", config=drawing.FLAT_CONFIG | {"responsive": True})


def _draw_tiles(grid: dict, view: View, alt: str) -> None:
    key = f"tiles-{view.area_code}"
    st.plotly_chart(Finished(grid), theme=None, key=key, on_select=lambda: _select(_on_plotly(key)),
                    selection_mode="points", alt=alt.replace("Map", "Tile grid", 1), config=_CHART)


def _on_deck(key: str) -> str | None:
    shapes = st.session_state[key].selection.objects.get("areas", [])
    return shapes[0]["properties"]["area_code"] if shapes else None


def _on_plotly(key: str) -> str | None:
    points = st.session_state[key].selection.points
    return points[0]["customdata"][0] if points and points[0].get("customdata") else None


def _select(area_code: str | None) -> None:
    """The link is the truth: every part of the page reads the area from it."""
    if area_code in data.areas():
        st.query_params["area"] = area_code


def frames_note() -> None:
    """What the map's frames enlarge: a name alone fits above them on a narrow screen."""
    markup.write(markup.paragraphs([insets.in_frames()], "oc-subtitle"))


def map_key(rows: pd.DataFrame, scale: classes.Scale, indicator: Indicator) -> None:
    """The classes in words, and each reason for a hatch with the councils it hides."""
    lines = []
    for entry in classes.legend(rows, scale, indicator, colours()):
        names = f": {phrases.listed(entry.names)}" if entry.is_hatched else f" ({len(entry.names)})"
        swatch = markup.element("span", "", "oc-swatch oc-hatched" if entry.is_hatched else "oc-swatch",
                                style="" if entry.is_hatched else f"background:{entry.colour}", aria_hidden="true")
        sign = f"{entry.symbol} " if entry.symbol and entry.symbol not in entry.label else ""
        lines.append(swatch.replace("aria_hidden", "aria-hidden") + markup.element(
            "span", markup.text(f"{sign}{entry.label}{names}")))
    markup.write(markup.items(lines, "oc-key"))


def _chosen(view: View) -> None:
    """The chosen area's figure in words, and the way to its own page."""
    if view.area_code == data.SCOTLAND:
        markup.write(markup.paragraphs(["Choose an area above, on the map, on a tile or in the table to read it "
                                        "here and on its own page."], "oc-subtitle"))
        return
    row = _row(view, view.area_code)
    ways = [markup.link(f"{row['name']}: its own page", f"/partnership?area={view.area_code}"),
            markup.link("This measure for it", f"/indicator?{urlencode({'id': view.indicator.indicator_id, 'area': view.area_code})}")]
    markup.write(markup.element("div", markup.element("h3", markup.text(row["name"])) + markup.paragraphs(
        [" ".join(places.area_sentences(row, view.scotland, view.indicator))])
        + markup.element("p", " · ".join(ways)), "oc-place", role="status"))


@dataclass(frozen=True)
class PlaceTable(markup.Table):
    """A table whose row headings choose the area: real links, so that a keyboard reaches every council."""

    addresses: tuple[str, ...] = ()
    chosen: str = ""

    def html(self, caption: str) -> str:
        table = super().html(caption)
        for row, address in zip(self.rows, self.addresses, strict=True):
            heading = markup.element("th", markup.text(row[0]), scope="row")
            linked = markup.element("th", markup.link(row[0], address), scope="row")
            css = ' class="oc-chosen" aria-current="true"' if row[0] == self.chosen else ""
            table = table.replace(f"<tr>{heading}", f"<tr{css}>{linked}", 1)
        return table


def _table(rows: Sequence[Mapping[str, object]], view: View) -> PlaceTable:
    """Scotland first, then the councils by name: figure, interval, base and comparison."""
    plain = tables.area_table(rows, view.indicator)
    compared = view.scotland is not None and view.indicator.measure != "count"
    columns = (*plain.columns, "Against Scotland") if compared else plain.columns
    cells = [[*cells, str(row["compared"])] if compared else list(cells)
             for cells, row in zip(plain.rows, rows, strict=True)]
    addresses = tuple(f"?{urlencode(view.link | {'area': row['area_code']})}" for row in rows)
    return PlaceTable(columns, cells, plain.numbers, addresses, data.area_name(view.area_code))
