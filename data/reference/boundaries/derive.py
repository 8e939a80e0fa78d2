"""Make `council_areas_natural_earth.geojson`: the product's own display boundaries.

Run once, by hand, when the recipe changes (README.md beside this file says how):

    python data/reference/boundaries/derive.py PATH/TO/admin1.json
"""

import json
import sys
from pathlib import Path

import geopandas as gpd
import shapely

OUTPUT = Path(__file__).with_name("council_areas_natural_earth.geojson")

# ISO 3166-2 -> current GSS code and the council's own name. The source's other code
# (`code_hasc`) is not unique, and four of its names are wrong or out of date.
COUNCILS = {
    "GB-CLK": ("S12000005", "Clackmannanshire"), "GB-DGY": ("S12000006", "Dumfries and Galloway"),
    "GB-EAY": ("S12000008", "East Ayrshire"), "GB-ELN": ("S12000010", "East Lothian"),
    "GB-ERW": ("S12000011", "East Renfrewshire"), "GB-ELS": ("S12000013", "Na h-Eileanan Siar"),
    "GB-FAL": ("S12000014", "Falkirk"), "GB-HLD": ("S12000017", "Highland"),
    "GB-IVC": ("S12000018", "Inverclyde"), "GB-MLN": ("S12000019", "Midlothian"),
    "GB-MRY": ("S12000020", "Moray"), "GB-NAY": ("S12000021", "North Ayrshire"),
    "GB-ORK": ("S12000023", "Orkney Islands"), "GB-SCB": ("S12000026", "Scottish Borders"),
    "GB-ZET": ("S12000027", "Shetland Islands"), "GB-SAY": ("S12000028", "South Ayrshire"),
    "GB-SLK": ("S12000029", "South Lanarkshire"), "GB-STG": ("S12000030", "Stirling"),
    "GB-ABE": ("S12000033", "Aberdeen City"), "GB-ABD": ("S12000034", "Aberdeenshire"),
    "GB-AGB": ("S12000035", "Argyll and Bute"), "GB-EDH": ("S12000036", "City of Edinburgh"),
    "GB-RFW": ("S12000038", "Renfrewshire"), "GB-WDU": ("S12000039", "West Dunbartonshire"),
    "GB-WLN": ("S12000040", "West Lothian"), "GB-ANS": ("S12000041", "Angus"),
    "GB-DND": ("S12000042", "Dundee City"), "GB-EDU": ("S12000045", "East Dunbartonshire"),
    "GB-FIF": ("S12000047", "Fife"), "GB-PKN": ("S12000048", "Perth and Kinross"),
    "GB-GLG": ("S12000049", "Glasgow City"), "GB-NLK": ("S12000050", "North Lanarkshire"),
}
ARGYLL_AND_BUTE, NORTH_AYRSHIRE = "S12000035", "S12000021"
GOAT_FELL = shapely.Point(-5.1919, 55.6256)     # the hill in the middle of Arran
DECIMALS = 4                                    # about 10 metres


def read_councils(source: Path) -> gpd.GeoDataFrame:
    """The 32 councils of the source with official codes and names; ValueError if not 32."""
    regions = gpd.read_file(source)
    scotland = regions[(regions["gu_a3"] == "SCT") & regions["iso_3166_2"].isin(COUNCILS)]
    if sorted(scotland["iso_3166_2"]) != sorted(COUNCILS):
        raise ValueError(f"{source}: expected each of the 32 councils once, found {len(scotland)}")
    codes, names = zip(*(COUNCILS[iso] for iso in scotland["iso_3166_2"]), strict=True)
    councils = gpd.GeoDataFrame({"area_code": codes, "name": names},
                                geometry=scotland.geometry.values, crs="EPSG:4326")
    return councils.sort_values("area_code", ignore_index=True)


def move_arran(councils: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give Arran to North Ayrshire: the source draws it in Argyll and Bute."""
    shapes = councils.set_index("area_code").geometry.copy()
    parts = list(shapes[ARGYLL_AND_BUTE].geoms)
    arran = [part for part in parts if part.contains(GOAT_FELL)]
    if len(arran) != 1:
        raise ValueError("Arran is not a part of Argyll and Bute in this source: check the recipe")
    shapes[ARGYLL_AND_BUTE] = shapely.MultiPolygon([p for p in parts if p is not arran[0]])
    shapes[NORTH_AYRSHIRE] = shapely.union_all([shapes[NORTH_AYRSHIRE], arran[0]])
    return councils.set_geometry(shapes.values, crs=councils.crs)


def round_and_wind(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Coordinates to 4 decimals, still valid, exterior rings clockwise (as the charts need)."""
    rounded = shapely.set_precision(shapes.values, 10.0 ** -DECIMALS)
    return gpd.GeoSeries(shapely.orient_polygons(rounded, exterior_cw=True), crs=shapes.crs)


def write(councils: gpd.GeoDataFrame, output: Path) -> None:
    """One compact feature a line, so that a change can be read."""
    lines = [json.dumps({"type": "Feature", "id": row.area_code,
                         "properties": {"area_code": row.area_code, "name": row.name},
                         "geometry": _plain(row.geometry)}, separators=(",", ":"))
             for row in councils.itertuples(index=False)]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    output.write_text(text, encoding="utf-8")


def _plain(shape) -> dict:
    return json.loads(json.dumps(shapely.geometry.mapping(shape)), parse_float=_rounded)


def _rounded(number: str) -> float:
    return round(float(number), DECIMALS)


if __name__ == "__main__":
    found = move_arran(read_councils(Path(sys.argv[1])))
    write(found.set_geometry(round_and_wind(found.geometry)), OUTPUT)
    print(f"{OUTPUT.name}: {len(found)} councils, {OUTPUT.stat().st_size:,} bytes")
