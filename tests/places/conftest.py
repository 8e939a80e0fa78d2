"""What the tests of places share: made-up figures of every council, and the shapes as a build writes them."""

import importlib.util
from pathlib import Path

import pytest

from dashboard.pipeline import boundaries

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def sample():
    """The made-up figures of sample.py."""
    spec = importlib.util.spec_from_file_location("sample", HERE / "sample.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def geometry(tmp_path_factory) -> Path:
    """The built-in boundaries, written as the build writes them."""
    return boundaries.write_geometry(boundaries.built_in(), tmp_path_factory.mktemp("geometry"))
