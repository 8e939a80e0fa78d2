"""Staging run on the real tables, in memory: what the indicator queries read."""

import duckdb
import pytest

from dashboard import paths
from dashboard.pipeline import curate, published


@pytest.fixture(scope="module")
def all_loaded():
    with duckdb.connect() as con:
        for name in published.load_tables(con):     # which are to be read alone, and here to be damaged
            con.execute(f'create table main."{name}" as select * from "{name}"')
            con.unregister(name)
        yield con


@pytest.fixture(scope="module")
def all_staged():
    with duckdb.connect() as con:
        published.load_tables(con)
        curate.run_folder(con, paths.QUERIES / "staging")
        yield con


@pytest.fixture
def staged(all_staged):
    """The published tables loaded and staged, free to be damaged by a test: what it does is taken back."""
    all_staged.begin()
    yield all_staged
    all_staged.rollback()


@pytest.fixture
def loaded(all_loaded):
    """The published tables loaded, not staged yet; what a test does is taken back."""
    all_loaded.begin()
    yield all_loaded
    all_loaded.rollback()
