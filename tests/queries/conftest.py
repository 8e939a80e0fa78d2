"""Staging run on the real tables, in memory: what the indicator queries read."""

import duckdb
import pytest

from dashboard import paths
from dashboard.pipeline import curate, published


@pytest.fixture
def staged():
    """The published tables loaded and staged, free to be damaged by a test."""
    with duckdb.connect() as con:
        published.load_tables(con)
        curate.run_folder(con, paths.QUERIES / "staging")
        yield con


@pytest.fixture
def loaded():
    """The published tables loaded, not staged yet."""
    with duckdb.connect() as con:
        published.load_tables(con)
        yield con
