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
    from dashboard.build import pipeline, publish

    out = shared_folder / "published_only"
    with FileLock(str(out) + ".lock"):
        if publish.current(out) is None:
            pipeline.build(pipeline.Inputs(out))
    return publish.current(out)
