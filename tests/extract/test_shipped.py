"""The extract in the project is the one its files make, and says what it is."""

import hashlib
import json

import duckdb
import pytest

from dashboard import paths
from dashboard.pipeline import publish
from dashboard.read.extract import HARDENED

SHIPPED = paths.DATA / "extract"
SAME_WITHOUT_RETURNS = ("area", "area_member", "period", "characteristic", "indicator", "declared_gap", "programme",
                        "national_outcome", "publication")


@pytest.fixture(scope="module")
def shipped():
    with duckdb.connect(str(publish.current(SHIPPED)), read_only=True, config=HARDENED) as con:
        yield con


def test_it_is_named_after_its_content(shipped):
    assert publish.current(SHIPPED).stem == f"outcomes-{publish.content_id(shipped)}"


def test_it_was_made_from_the_files_that_are_here():
    manifest = json.loads(publish.current(SHIPPED).with_suffix(".json").read_text(encoding="utf-8"))
    files = {path.name: path for path in [*paths.PUBLISHED.glob("*/*.csv"), *paths.REFERENCE.glob("*.csv")]}
    assert manifest["inputs"] == {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()}


@pytest.mark.parametrize("table", SAME_WITHOUT_RETURNS)
def test_a_rebuild_gives_the_same_tables(shipped, published_extract, table):
    with duckdb.connect(str(published_extract), read_only=True, config=HARDENED) as rebuilt:
        assert shipped.execute(f"from {table} order by all").fetchall() \
            == rebuilt.execute(f"from {table} order by all").fetchall()


def test_a_rebuild_gives_the_same_published_figures(shipped, published_extract):
    query = "from observation where data_class = 'published' order by all"
    with duckdb.connect(str(published_extract), read_only=True, config=HARDENED) as rebuilt:
        rows = rebuilt.execute(query).fetchall()
    assert len(rows) > 10_000 and shipped.execute(query).fetchall() == rows


def test_it_holds_demonstration_returns_and_says_so(shipped):
    assert shipped.execute("select synthetic from release").fetchall() == [(True,)]
    assert shipped.execute("select count(*) > 300_000 from protected_count").fetchall() == [(True,)]


def test_every_protected_count_is_a_multiple_of_five(shipped):
    assert shipped.execute("select count(*) from protected_count where count % 5 <> 0 or count < 0").fetchall() == [(0,)]


def test_scotland_is_the_exact_sum_of_the_partnerships(shipped):
    different = shipped.execute("""
        select count(*) from (
            select family, period, programme, characteristic, category, state,
                sum(count) filter (where area_code = 'S92000003')
                - sum(count) filter (where area_code <> 'S92000003') as difference
            from protected_count
            where family in ('M', 'A1', 'A2', 'F', 'W', 'S', 'X') or starts_with(family, 'B_')
            group by all
        ) where difference <> 0""").fetchall()
    assert different == [(0,)]
