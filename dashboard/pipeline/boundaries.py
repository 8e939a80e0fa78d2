"""Council boundaries to draw: the built-in ones, or an official file dropped in.

`load_boundaries` reads any vector file of the 32 councils, checks it, and makes it fit to draw;
`write_geometry` lays the councils out (with insets) and writes the files that the map fetches.
For display only: never use these shapes to decide where a place is.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from dashboard import paths
from dashboard.pipeline import geometry
from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.names import former_codes

BUILT_IN = paths.REFERENCE / "boundaries" / "council_areas_natural_earth.geojson"

ELSEWHERE = r"^[EWN]\d{8}$"            # councils of England, Wales and Northern Ireland
SCOTLAND = (-14.0, 54.0, 1.0, 61.5)    # degrees: west, south, east, north, with room to spare
GRID = "EPSG:27700"                    # metres
MAX_POINTS = 9_000                     # about 160 kB; more cannot be seen at this size
TOLERANCES = (25, 50, 100, 150, 200, 300, 400, 600, 800, 1200)   # metres
SMALLEST_PART = 50_000                 # square metres: islets below this are left out
OVERLAP = 0.05                         # of the smaller council: more is a mistake, less is a sliver


class BoundariesError(BuildError):
    """A boundary file cannot be used; the message names the file and what to put right."""


@dataclass(frozen=True)
class Boundaries:
    """32 councils fit to draw.

    `areas`: one row a council, by area_code: area_code, name, geometry (EPSG:4326, valid,
    exterior rings clockwise, 4 decimals). `notes`: what was done, in plain sentences.
    """

    areas: gpd.GeoDataFrame
    notes: tuple[str, ...]


def load_boundaries(file: Path) -> Boundaries:
    """Read, check, repair, simplify and wind a GeoJSON, GeoPackage or shapefile (or a zip of one).

    Raises BoundariesError for a file that is not a vector file, is empty, has no projection, or
    has missing, repeated, unknown or broken councils.
    """
    notes: list[str] = []
    raw = _read(file, notes)
    coded = _keep_councils(file, raw, notes)
    shapes = _project(file, coded, notes)
    shapes = _repair(file, shapes, notes)
    shapes = _simplify(shapes, notes)
    _check_overlaps(file, shapes)
    return Boundaries(_finish(file, shapes, notes), tuple(notes))


def built_in() -> Boundaries:
    """The product's own display boundaries (public-domain Natural Earth, Arran corrected)."""
    areas = gpd.read_file(BUILT_IN)[["area_code", "name", "geometry"]]
    return Boundaries(areas, ("Drew the built-in boundaries, made with Natural Earth.",))


def write_geometry(boundaries: Boundaries, folder: Path) -> Path:
    """Write the map's files, named by content, into `folder`; returns the path of the main one.

    Beside it goes the same name with `-hatch`, drawn only where figures are hidden, and a pointer
    file `boundaries` that holds the main file's name.
    """
    return geometry.write(boundaries.areas, folder)


@cache
def known_names() -> dict[str, str]:
    """area_code -> name of the 32 councils."""
    features = json.loads(BUILT_IN.read_text(encoding="utf-8"))["features"]
    return {each["properties"]["area_code"]: each["properties"]["name"] for each in features}


def _read(file: Path, notes: list[str]) -> gpd.GeoDataFrame:
    """The layer of `file` that holds council codes, whatever it is called."""
    try:
        layers = [name for name, kind in pyogrio.list_layers(file) if kind is not None]
        tables = {layer: gpd.read_file(file, layer=layer) for layer in layers}
    except Exception as error:   # GDAL raises many kinds; all mean the same to the reader
        raise BoundariesError(f"{file.name}: not a GeoJSON, GeoPackage or shapefile that can be "
                              f"read ({_first_line(error)})") from error
    tables = {layer: table for layer, table in tables.items() if len(table)}
    if not tables:
        raise BoundariesError(f"{file.name}: the file holds no shapes")
    coded = [layer for layer, table in tables.items() if _code_column(table)]
    if not coded:
        columns = sorted({str(c) for table in tables.values() for c in table if c != "geometry"})
        raise BoundariesError(f"{file.name}: no column holds council codes such as S12000033; "
                              f"its columns are {', '.join(columns) or 'none'}")
    if len(coded) > 1:
        raise BoundariesError(f"{file.name}: several layers hold council codes "
                              f"({', '.join(coded)}): keep one")
    notes.append(f"Read {len(tables[coded[0]])} shapes from {file.name}.")
    return tables[coded[0]]


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _code_column(table: gpd.GeoDataFrame) -> str | None:
    """The column with most council codes, current before former; None if there is none."""
    scores = {}
    for column in table.columns.drop(table.geometry.name):
        codes = table[column].astype("string").str.strip()
        current, former = codes.isin(known_names()).sum(), codes.isin(former_codes()).sum()
        if current + former:
            scores[column] = (current + former, current, column != "id")   # GDAL may add an `id`
    return max(scores, key=scores.get) if scores else None


def _keep_councils(file: Path, table: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """Rows of the 32 councils with their current code and official name."""
    column = _code_column(table)
    notes.append(f"Took the council codes from the column '{column}'.")
    codes = table[column].astype("string").str.strip().fillna("")
    elsewhere = codes.str.match(ELSEWHERE)
    if elsewhere.any():
        notes.append(f"Left out {elsewhere.sum()} areas outside Scotland.")
    table, codes = table[~elsewhere], codes[~elsewhere]
    for code in sorted(set(codes) & set(former_codes())):
        new = former_codes()[code]
        notes.append(f"Replaced the former code {code} by {new} ({known_names()[new]}).")
    codes = codes.replace(former_codes())
    _check_codes(file, list(codes))
    areas = gpd.GeoDataFrame({"area_code": codes.values}, geometry=table.geometry.values,
                             crs=table.crs).sort_values("area_code", ignore_index=True)
    areas.insert(1, "name", areas["area_code"].map(known_names()))
    return areas


def _check_codes(file: Path, codes: list[str]) -> None:
    known = known_names()
    faults = {
        "without a code": ["a shape"] * codes.count(""),
        "not known": sorted({code for code in codes if code and code not in known}),
        "more than once": [f"{code} ({known[code]})" for code in sorted(known) if codes.count(code) > 1],
        "missing": [f"{code} ({known[code]})" for code in sorted(known) if code not in codes],
    }
    said = [f"{len(which)} {fault}: {', '.join(which)}" for fault, which in faults.items() if which]
    if said:
        raise BoundariesError(f"{file.name}: it must hold each of the 32 councils once; {'; '.join(said)}")


def _project(file: Path, areas: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """The same shapes in metres on the British grid, checked to lie in Scotland."""
    if areas.crs is None:
        raise BoundariesError(f"{file.name}: the file does not state its projection (for a shapefile "
                              "this is the .prj file)")
    _check_shapes(file, areas)
    with np.errstate(all="ignore"):
        west, south, east, north = areas.to_crs("EPSG:4326").total_bounds
    inside = SCOTLAND[0] < west < east < SCOTLAND[2] and SCOTLAND[1] < south < north < SCOTLAND[3]
    if not inside:
        raise BoundariesError(f"{file.name}: in its stated projection ({areas.crs.name}) the shapes do "
                              "not lie in Scotland; is the projection right?")
    if areas.crs.to_epsg() != 4326:
        notes.append(f"Converted from {areas.crs.name} to longitude and latitude.")
    return areas.to_crs(GRID)


def _check_shapes(file: Path, areas: gpd.GeoDataFrame) -> None:
    """Every council has a polygon with numbers for coordinates."""
    shapes = areas.geometry
    broken = shapes.isna() | shapes.is_empty | ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    broken |= np.array([not np.isfinite(shapely.get_coordinates(shape)).all() for shape in shapes])
    if broken.any():
        raise BoundariesError(f"{file.name}: no usable shape for {_names(areas[broken])}")


def _names(areas: gpd.GeoDataFrame) -> str:
    return ", ".join(f"{row.name} ({row.area_code})" for row in areas.itertuples(index=False))


def _repair(file: Path, areas: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """Valid polygons of every council."""
    invalid = ~areas.geometry.is_valid
    if invalid.any():
        notes.append(f"Repaired {invalid.sum()} shapes that crossed themselves: {_names(areas[invalid])}.")
    shapes = [_polygons(shape) for shape in shapely.make_valid(areas.geometry.values)]
    areas = areas.set_geometry(gpd.GeoSeries(shapes, crs=areas.crs))
    if (lost := areas.geometry.is_empty).any():
        raise BoundariesError(f"{file.name}: the shape cannot be repaired for {_names(areas[lost])}")
    return areas


def _check_overlaps(file: Path, areas: gpd.GeoDataFrame) -> None:
    if overlaps := list(_overlaps(areas)):
        raise BoundariesError(f"{file.name}: shapes lie on top of each other: {'; '.join(overlaps)}")


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The areal part of a repaired shape (a repair can leave lines and points beside it)."""
    parts = [part for part in shapely.get_parts(shape, return_index=False)
             if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _overlaps(areas: gpd.GeoDataFrame) -> Iterator[str]:
    shapes, names = areas.geometry.values, areas["name"].tolist()
    for left, right in areas.sindex.query(shapes, predicate="intersects").T:
        if left < right:
            shared = shapes[left].intersection(shapes[right]).area
            share = shared / min(shapes[left].area, shapes[right].area)
            if share > OVERLAP:
                yield f"{names[left]} and {names[right]} ({share:.0%} of the smaller)"


def _simplify(areas: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """Few enough points to draw, neighbours still sharing one edge, islets left out.

    Coverage simplification (Visvalingam-Whyatt on shared edges): shapely.coverage_simplify.
    """
    before = _count_points(areas.geometry)
    shapes = areas.geometry.values
    for tolerance in TOLERANCES:
        if _count_points(shapes) <= MAX_POINTS:
            break
        shapes = shapely.coverage_simplify([_without_islets(shape) for shape in shapes], tolerance)
    shapes = [_polygons(shapely.make_valid(shape)) for shape in shapes]
    if (after := _count_points(shapes)) < before:
        notes.append(f"Simplified from {before:,} to {after:,} points, neighbours still meeting; islets "
                     "under 0.05 square kilometres are left out. For display only.")
    return areas.set_geometry(gpd.GeoSeries(shapes, crs=areas.crs))


def _count_points(shapes) -> int:
    return int(shapely.get_num_coordinates(np.asarray(shapes)).sum())


def _without_islets(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shape)
    largest = max(parts, key=lambda part: part.area)
    return shapely.multipolygons([part for part in parts if part.area >= SMALLEST_PART or part is largest])


def _finish(file: Path, areas: gpd.GeoDataFrame, notes: list[str]) -> gpd.GeoDataFrame:
    """Longitude and latitude to 4 decimals (about 10 metres), valid, exterior rings clockwise."""
    degrees = areas.to_crs("EPSG:4326")
    rounded = shapely.set_precision(degrees.geometry.values, 1e-4)
    wound = shapely.orient_polygons(rounded, exterior_cw=True)
    if shapely.is_empty(wound).any():
        raise BoundariesError(f"{file.name}: too small to draw: {_names(areas[shapely.is_empty(wound)])}")
    notes.append("Wound every exterior ring clockwise and rounded to 4 decimals (about 10 metres).")
    return degrees.set_geometry(gpd.GeoSeries(wound, crs="EPSG:4326"))
