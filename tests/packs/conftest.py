"""Packs of the shipped extract, made and written once a run."""

import pytest

from dashboard import paths
from dashboard.packs import board
from dashboard.read.edition import current

ORKNEY, GLASGOW = "S12000023", "S12000049"


@pytest.fixture(scope="session")
def edition():
    """The edition that is shipped: published figures and everybody's made-up returns."""
    return current(paths.DATA / "extract")


@pytest.fixture(scope="session", params=[ORKNEY, GLASGOW], ids=["few people", "many people"])
def pack(request, edition):
    """The board pack of the smallest partnership, and of the largest."""
    return board.board_pack(edition, request.param)


@pytest.fixture(scope="session")
def written(pack, edition):
    """The same pack in each format: {format: bytes}."""
    return {form: content for form, _, content in board.files(edition, pack.area_code)}
