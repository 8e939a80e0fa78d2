"""A page, not a traceback, when the extract is missing, damaged or newer; and a new one is picked up."""

import shutil

import duckdb
import pytest

from dashboard.read import extract

TITLE = "The dashboard has no figures to show"


@pytest.fixture
def own_copy(odd_extract, tmp_path):
    shutil.copytree(odd_extract, tmp_path / "extract")
    return tmp_path / "extract"


def test_a_missing_extract(open_page, tmp_path, markup_of):
    app = open_page(tmp_path)
    html = markup_of(app)
    assert TITLE in html and "no figures here yet" in html and not app.exception
    assert "outcomes build" not in html and str(tmp_path) not in html, "neither a command nor a path is for the public"


def test_a_damaged_extract(open_page, own_copy, markup_of):
    extract.current_path(own_copy).write_bytes(b"damaged" * 1000)
    app = open_page(own_copy)
    html = markup_of(app)
    assert TITLE in html and "damaged" in html and not app.exception


def test_an_extract_from_a_newer_version(open_page, own_copy, markup_of):
    with duckdb.connect(str(extract.current_path(own_copy))) as con:
        con.execute("update release set software_version = '99.0.0'")
    app = open_page(own_copy)
    html = markup_of(app)
    assert TITLE in html and "a newer version of the dashboard" in html and not app.exception


def test_a_new_extract_is_shown_without_a_restart(open_page, own_copy, markup_of):
    app = open_page(own_copy, "indicator", id="rate", area="S92000003")
    assert "75.0%" in markup_of(app)
    newer = own_copy / "outcomes-oddcasesnew0.duckdb"
    shutil.copy(extract.current_path(own_copy), newer)
    with duckdb.connect(str(newer)) as con:
        con.execute("update observation set value = 75.5 where value = 75.0")
        con.execute("update release set extract_id = 'oddcasesnew0'")
    (own_copy / "current").write_text(newer.name, encoding="utf-8")
    assert "75.5%" in markup_of(app.run())
