"""The product's own shapes, and what a dropped-in file must be."""

import json
import shutil

import geopandas as gpd
import pytest
import shapely

from dashboard import paths
from dashboard.pipeline import boundaries
from dashboard.pipeline.boundaries import BoundariesError, load_boundaries
from dashboard.read.geometry import find_shapes, shapes_file

BRODICK, BUTE = shapely.Point(-5.19, 55.60), shapely.Point(-5.05, 55.83)


@pytest.fixture
def official() -> gpd.GeoDataFrame:
    """The 32 councils as an official file might hold them: British grid, other column names."""
    areas = boundaries.built_in().areas.rename(columns={"area_code": "LAD24CD", "name": "LAD24NM"})
    return areas.to_crs("EPSG:27700")


def _counter_clockwise(shapes) -> int:
    return sum(shapely.is_ccw(part.exterior) for shape in shapes for part in shapely.get_parts(shape))


def test_built_in_file_holds_32_councils_fit_to_draw(sample):
    areas = boundaries.built_in().areas
    assert len(set(areas["area_code"])) == 32
    assert set(areas["area_code"]) == set(sample.places()), "the same 32 codes as the tile grid"
    assert areas.is_valid.all()
    assert _counter_clockwise(areas.geometry) == 0
    assert boundaries.BUILT_IN.stat().st_size <= 130_000


def test_arran_is_in_north_ayrshire_and_bute_is_not():
    areas = boundaries.built_in().areas.set_index("name").geometry
    assert areas["North Ayrshire"].contains(BRODICK)
    assert not areas["Argyll and Bute"].contains(BRODICK)
    assert areas["Argyll and Bute"].contains(BUTE)


@pytest.mark.parametrize("name", ["councils.geojson", "councils.gpkg", "councils.shp", "councils.zip"])
def test_any_vector_file_in_any_projection_is_taken(official, tmp_path, name, sample):
    file = tmp_path / name
    if name.endswith(".zip"):
        (tmp_path / "inside").mkdir()
        official.to_file(tmp_path / "inside" / "councils.shp")
        shutil.make_archive(file.with_suffix(""), "zip", tmp_path / "inside")
    else:
        official.to_file(file)
    taken = load_boundaries(file)
    own = boundaries.built_in().areas.set_index("area_code").geometry
    found = taken.areas.set_index("area_code").geometry
    own = own.reindex(found.index)
    assert list(found.index) == sorted(sample.names())
    assert taken.areas["name"].tolist() == [sample.names()[code] for code in found.index]
    assert found.crs.to_epsg() == 4326
    assert found.is_valid.all()
    assert _counter_clockwise(found) == 0
    apart = found.to_crs("EPSG:27700").symmetric_difference(own.to_crs("EPSG:27700")).area
    assert (apart / own.to_crs("EPSG:27700").area).max() < 0.01
    assert any("LAD24CD" in note for note in taken.notes)


def test_detailed_file_is_simplified_with_neighbours_still_meeting(official, tmp_path):
    detailed = official.set_geometry(shapely.segmentize(official.geometry.values, 150))
    detailed.to_file(tmp_path / "detailed.gpkg")
    before = shapely.get_num_coordinates(detailed.geometry.values).sum()
    taken = load_boundaries(tmp_path / "detailed.gpkg")
    after = shapely.get_num_coordinates(taken.areas.geometry.values).sum()
    assert after <= boundaries.MAX_POINTS < before
    shapes = taken.areas.set_index("name").to_crs("EPSG:27700").geometry
    stirling, perth = shapes["Stirling"], shapes["Perth and Kinross"]
    assert stirling.intersection(perth).length > 40_000, "a shared edge, not a gap"
    assert stirling.intersection(perth).area < 1_000_000
    assert any(note.startswith("Simplified from") for note in taken.notes)


def test_former_codes_and_places_outside_scotland_are_dealt_with_and_said(official, tmp_path):
    official.loc[official["LAD24NM"] == "Fife", "LAD24CD"] = " S12000015 "
    england = official.iloc[[0]].assign(LAD24CD="E06000057", LAD24NM="Northumberland")
    file = tmp_path / "uk.gpkg"
    gpd.pd.concat([official, england]).to_file(file)
    taken = load_boundaries(file)
    assert "S12000047" in set(taken.areas["area_code"])
    assert "Replaced the former code S12000015 by S12000047 (Fife)." in taken.notes
    assert "Left out 1 areas outside Scotland." in taken.notes


def test_a_shape_that_crosses_itself_is_repaired_and_said(official, tmp_path):
    fife = official.index[official["LAD24NM"] == "Fife"][0]
    shape = official.geometry[fife]
    x, y = shape.representative_point().coords[0]
    knot = shapely.Polygon([(x, y), (x + 900, y + 900), (x + 900, y), (x, y + 900)])
    ring = shapely.MultiPolygon([*shapely.get_parts(shape), knot])
    official.loc[[fife], "geometry"] = gpd.GeoSeries([ring], index=[fife], crs=official.crs)
    official.to_file(tmp_path / "crossed.gpkg")
    taken = load_boundaries(tmp_path / "crossed.gpkg")
    assert taken.areas.is_valid.all()
    assert any("crossed themselves: Fife (S12000047)" in note for note in taken.notes)


def _missing(areas):
    return areas[areas["LAD24NM"] != "Moray"]


def _repeated(areas):
    return gpd.pd.concat([areas, areas[areas["LAD24NM"] == "Moray"]])


def _unknown(areas):
    return areas.replace({"LAD24CD": {"S12000020": "S12000099"}})


def _uncoded(areas):
    return areas.replace({"LAD24CD": {"S12000020": ""}})


def _no_code_column(areas):
    return areas.drop(columns="LAD24CD")


def _no_shape(areas):
    return areas.set_geometry(areas.geometry.where(areas["LAD24NM"] != "Moray"))


def _points(areas):
    return areas.set_geometry(areas.geometry.representative_point())


def _all_alike(areas):
    return areas.set_geometry([areas.geometry.iloc[0]] * len(areas), crs=areas.crs)


def _elsewhere(areas):
    return areas.set_geometry(areas.geometry.translate(yoff=-600_000))


def _empty(areas):
    return areas.iloc[:0]


@pytest.mark.parametrize(("spoil", "said"), [
    (_missing, r"1 missing: S12000020 \(Moray\)"),
    (_repeated, r"1 more than once: S12000020 \(Moray\)"),
    (_unknown, r"1 not known: S12000099"),
    (_uncoded, r"1 without a code"),
    (_no_code_column, r"no column holds council codes such as S12000033; its columns are LAD24NM"),
    (_no_shape, r"no usable shape for Moray \(S12000020\)"),
    (_points, r"no usable shape for"),
    (_all_alike, r"lie on top of each other: .* and .* \(100% of the smaller\)"),
    (_elsewhere, r"do not lie in Scotland"),
    (_empty, r"holds no shapes"),
])
def test_a_wrong_file_says_what_is_wrong(official, tmp_path, spoil, said):
    file = tmp_path / "wrong.gpkg"
    spoil(official).to_file(file)
    with pytest.raises(BoundariesError, match=f"(?s)^wrong.gpkg: .*{said}"):
        load_boundaries(file)


def test_a_shapefile_without_its_projection_is_refused(official, tmp_path):
    official.to_file(tmp_path / "bare.shp")
    (tmp_path / "bare.prj").unlink()
    with pytest.raises(BoundariesError, match="does not state its projection"):
        load_boundaries(tmp_path / "bare.shp")


@pytest.mark.parametrize("content", [b"", b"area,value\nS12000020,3\n", b"\x00\x01\x02", b'{"type": "Feat'])
def test_a_file_that_is_not_shapes_is_refused(tmp_path, content):
    file = tmp_path / "councils.geojson"
    file.write_bytes(content)
    with pytest.raises(BoundariesError, match=r"^councils\.geojson: "):
        load_boundaries(file)


def test_two_layers_of_councils_are_one_too_many(official, tmp_path):
    official.to_file(tmp_path / "two.gpkg", layer="may")
    official.to_file(tmp_path / "two.gpkg", layer="december")
    with pytest.raises(BoundariesError, match=r"several layers hold council codes \(may, december\)"):
        load_boundaries(tmp_path / "two.gpkg")


def test_written_geometry_is_named_by_content_and_ordered_by_code(geometry, sample):
    again = boundaries.write_geometry(boundaries.built_in(), geometry.parent / "again")
    assert again.name == geometry.name
    assert (geometry.parent / "boundaries").read_text(encoding="utf-8").strip() == geometry.name
    features = json.loads(geometry.read_text(encoding="utf-8"))["features"]
    order = {each["properties"]["order"]: each["properties"]["area_code"] for each in features}
    assert [order[place] for place in sorted(order)] == sorted(sample.places())
    assert {each["id"] for each in features} >= {"S12000027", "S12000027 Shetland", "S12000049 Central belt"}
    assert len({each["id"] for each in features}) == len(features)
    stripes = geometry.with_name(geometry.stem + "-hatch.geojson")
    assert geometry.stat().st_size + stripes.stat().st_size < 300_000


def test_shetland_is_drawn_in_its_place(geometry):
    features = json.loads(geometry.read_text(encoding="utf-8"))["features"]
    shetland = next(each for each in features if each["id"] == "S12000027")
    west, south, east, north = shapely.geometry.shape(shetland["geometry"]).bounds
    assert -2.2 < west < east < -0.7
    assert 59.4 < south < north < 60.9


def test_the_file_served_is_the_one_the_recipe_makes(geometry):
    served = paths.ASSETS / "geometry"
    for name in (geometry.name, f"{geometry.stem}-hatch.geojson", "boundaries"):
        assert (served / name).read_bytes() == (geometry.parent / name).read_bytes()


def test_an_extract_with_its_own_shapes_has_them_served(official, tmp_path):
    built_in, extract = tmp_path / "built_in", tmp_path / "extract"
    own = boundaries.write_geometry(boundaries.built_in(), built_in)
    assert shapes_file(extract, built_in) == own.name and find_shapes(own.name, extract, built_in) == own
    moved = official.set_geometry(official.translate(500))
    moved.to_file(tmp_path / "moved.gpkg")
    theirs = boundaries.write_geometry(load_boundaries(tmp_path / "moved.gpkg"), extract)
    assert shapes_file(extract, built_in) == theirs.name != own.name
    for name in (theirs.name, f"{theirs.stem}-hatch.geojson"):
        assert find_shapes(name, extract, built_in) == extract / name


@pytest.mark.parametrize("name", ["current", "boundaries", "../boundaries-000000000001.geojson", "outcomes-e61c7777a63a.duckdb",
                                  "boundaries-000000000000.geojson"])
def test_nothing_but_shapes_is_found_among_them(name):
    assert find_shapes(name, paths.DATA / "extract", paths.ASSETS / "geometry") is None
