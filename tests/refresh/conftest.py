"""Official files read beside the figures that are held, written to a folder of the test's own."""

import csv
from datetime import date

import pytest

from dashboard.pipeline.refresh import refresh
from tests.refresh.layouts import copy_data

TODAY = date(2026, 11, 29)


@pytest.fixture(scope="session")
def data(tmp_path_factory):
    """What was held before any refresh. Never written to."""
    return copy_data(tmp_path_factory.mktemp("data"))


@pytest.fixture
def read(data, tmp_path):
    """read(*files, write=…): whether all were read, and every line said. Written to a folder of the test's own."""

    def read(*files, write=False, day=TODAY, **more):
        said = []
        is_read = refresh(files, said.append, data=data, out=tmp_path / "out", write=write, today=day, **more)
        return is_read, "\n".join(said)

    return read


@pytest.fixture
def added(data, tmp_path):
    """added(name): the rows of a written table that data does not have."""

    def added(name):
        with (tmp_path / "out" / name).open(encoding="utf-8", newline="") as handle:
            written = list(csv.DictReader(handle))
        with (data / name).open(encoding="utf-8", newline="") as handle:
            before = list(csv.DictReader(handle))
        assert written[: len(before)] == before
        return written[len(before) :]

    return added
