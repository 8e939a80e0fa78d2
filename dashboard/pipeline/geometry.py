"""Lay the councils out and write the static files the map fetches, once, by URL.

Each file is GeoJSON whose features carry `area_code` and `order`, its place in the sorted codes: a figure sends one small
list of colours in that order, never a shape.
"""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from dashboard.methods.insets import INSETS, Inset, from_plane, to_plane

POINTER = "boundaries"
DECIMALS = 4
HATCH_STEP = 0.16       # degrees of the drawing between stripes: about 7 pixels at 550 wide
HATCH_WIDTH = 0.03      # about 1.5 pixels
SMALLEST_PIECE = 1e-4   # square degrees of the drawing: less than a pixel


def write(areas: gpd.GeoDataFrame, folder: Path) -> Path:
    """Write `boundaries-<hash>.geojson`, its `-hatch` twin and the pointer; returns the first path.

    `areas`: area_code, name, geometry in EPSG:4326, exterior rings clockwise.
    """
    areas = areas.sort_values("area_code", ignore_index=True)
    pieces = list(_pieces(areas))
    main = _text([_feature(*piece) for piece in pieces])
    stripes = [_feature(identity, order, code, name, _stripes(shape))
               for identity, order, code, name, shape in pieces]
    hatch = _text(stripes + list(_label_points(pieces)))
    stem = f"boundaries-{hashlib.sha256((main + hatch).encode()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / f"{stem}-hatch.geojson", hatch)
    _replace(folder / f"{stem}.geojson", main)
    _replace(folder / POINTER, f"{stem}.geojson\n")
    return folder / f"{stem}.geojson"


def _pieces(areas: gpd.GeoDataFrame) -> Iterator[tuple]:
    """(id, order, area_code, name, shape) of every council in its place, then of every inset copy."""
    for order, row in enumerate(areas.itertuples(index=False)):
        yield row.area_code, order, row.area_code, row.name, row.geometry
    for inset in INSETS:
        for order, row in enumerate(areas.itertuples(index=False)):
            copy = _enlarge(row.geometry, inset)
            if not copy.is_empty:
                yield f"{row.area_code} {inset.name}", order, row.area_code, row.name, copy


def _enlarge(shape: shapely.Geometry, inset: Inset) -> shapely.Geometry:
    box = shapely.box(inset.west, inset.south, inset.east, inset.north)
    inside = _polygons(shape.intersection(box))
    placed = _polygons(shapely.make_valid(shapely.transform(inside, inset.place)))
    return _wind(placed) if placed.area > SMALLEST_PIECE else shapely.Polygon()


def _stripes(shape: shapely.Geometry) -> shapely.Geometry:
    """Diagonal stripes inside a shape, spaced evenly over the drawing."""
    plane = shapely.transform(shape, to_plane)
    plane = shapely.make_valid(shapely.simplify(plane, HATCH_WIDTH / 2))
    west, south, east, north = plane.bounds
    first, last = np.floor((west - north) / HATCH_STEP), np.ceil((east - south) / HATCH_STEP)
    offsets = np.arange(first, last + 1) * HATCH_STEP
    lines = [shapely.LineString([(offset + south, south), (offset + north, north)]) for offset in offsets]
    stripes = shapely.buffer(np.array(lines), HATCH_WIDTH / 2, cap_style="flat")
    inside = [part for stripe in stripes for part in shapely.get_parts(_polygons(stripe.intersection(plane)))]
    large = [part for part in inside if part.area > SMALLEST_PIECE / 2]
    return _wind(shapely.transform(shapely.MultiPolygon(large), from_plane))


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    parts = [p for p in shapely.get_parts(shape) if p.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _wind(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.orient_polygons(shape, exterior_cw=True)


def _label_points(pieces: list[tuple]) -> Iterator[dict]:
    """Where a mark such as [c] can be read: at the widest place of the council or of its enlarged copy."""
    best = {}
    for _, order, code, name, shape in pieces:
        circle = shapely.maximum_inscribed_circle(shapely.transform(shape, to_plane), 0.01)
        if circle.length > best.get(order, (0.0,))[0]:
            centre = shapely.transform(shapely.get_point(circle, 0), from_plane)
            best[order] = (circle.length, code, name, centre)
    for order, (_, code, name, centre) in sorted(best.items()):
        yield _feature(f"{code} point", order, code, name, centre)


def _feature(identity: str, order: int, code: str, name: str, shape: shapely.Geometry) -> dict:
    return {"type": "Feature", "id": identity,
            "properties": {"area_code": code, "name": name, "order": order},
            "geometry": {"type": shape.geom_type, "coordinates": _coordinates(shape)}}


def _coordinates(shape: shapely.Geometry) -> list:
    """Nested lists of numbers rounded to 4 decimals."""
    return json.loads(json.dumps(shapely.geometry.mapping(shape)["coordinates"]),
                      parse_float=lambda number: round(float(number), DECIMALS))


def _text(features: list[dict]) -> str:
    lines = [json.dumps(each, separators=(",", ":"), ensure_ascii=False) for each in features]
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _replace(path: Path, text: str) -> None:
    """Write whole or not at all."""
    temporary = path.with_name(f".writing-{path.name}")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
