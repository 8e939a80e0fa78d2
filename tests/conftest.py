"""Extracts that many tests read: built once a run by the real build, never mocked."""

import os

import pytest
from filelock import FileLock


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory):
    """One folder for every worker of this run, and never an earlier run's."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def published_extract(shared_folder):
    """The extract of the published figures alone."""
    from dashboard.pipeline import publish, run

    out = shared_folder / "published_only"
    with FileLock(str(out) + ".lock"):
        if publish.current(out) is None:
            run.build(run.Inputs(out))
    return publish.current(out)


@pytest.fixture(scope="session")
def odd_extract(tmp_path_factory):
    """A small extract made by hand from tests/fixtures/odd_cases.sql: every awkward case once. Its folder."""
    import duckdb

    from dashboard import paths

    folder = tmp_path_factory.mktemp("odd_extract")
    path = folder / "outcomes-fixture00001.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute((paths.ROOT / "tests" / "fixtures" / "odd_cases.sql").read_text(encoding="utf-8"))
    (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def playwright():
    """One Playwright a worker: a second one in the same process refuses to start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started
