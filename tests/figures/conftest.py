"""Four editions that every recipe is made from: plain values, no app."""

import pytest

from dashboard import paths
from dashboard.read.edition import current


@pytest.fixture(scope="session")
def edition():
    """The edition that is shipped: published figures and everybody's made-up returns."""
    return current(paths.DATA / "extract")


@pytest.fixture(scope="session")
def editions(edition, published_extract, one_missing_extract, two_scored_extract):
    """published: no returns. demonstration: everybody's. one_missing: none from Orkney. two_scored: few scores."""
    return {"demonstration": edition, "published": current(published_extract.parent), "one_missing": current(one_missing_extract),
            "two_scored": current(two_scored_extract)}


@pytest.fixture(scope="session")
def odd_edition(odd_extract):
    """Every awkward case once, of values that can be checked on paper."""
    return current(odd_extract)


@pytest.fixture(scope="session")
def returns_edition(editions):
    """31 returns with scores of progress, none from Orkney Islands."""
    return editions["one_missing"]
