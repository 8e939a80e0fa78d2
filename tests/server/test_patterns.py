"""Patterns over the web: kept for good, never of an edition before its hour, and nothing but patterns."""

import gzip

import pytest

from dashboard import paths
from dashboard.figure import Address, Figure
from dashboard.figures import recipes
from dashboard.packs.finished import packed
from dashboard.packs.pattern import address_of
from dashboard.read.edition import current, upcoming
from dashboard.serving.patterns import Patterns
from tests.server.conftest import OPEN, RESTRICTED
from tests.server.test_server import _inner, ask, headers_of

HIGHLAND = "S12000017"


def pattern_in(edition, area):
    choice = recipes.recipe_named("indicator.trend").resolve(edition, {"area": area, "id": next(iter(edition.catalogue))})
    figure = next(each for each in recipes.made(edition, "indicator.trend", choice) if isinstance(each, Figure))
    return figure, recipes.pattern_of(edition, figure)


@pytest.fixture(scope="module")
def patterned():
    return pattern_in(current(paths.DATA / "extract"), HIGHLAND)


@pytest.mark.parametrize("accepted", ["gzip, br", ""])
def test_a_pattern_is_fetched_once_and_kept(patterned, accepted):
    first, body = ask(Patterns(_inner), address_of(patterned[1], 3), [("accept-encoding", accepted)] if accepted else [])
    assert first["status"] == 200 and "immutable" in headers_of(first)["cache-control"]
    assert (body if accepted else gzip.compress(body, 6, mtime=0)) == packed(patterned[1], 3)


def test_nothing_but_a_pattern_as_it_was_is_given(patterned):
    figure, pattern = patterned
    right = address_of(pattern, 3)
    for wrong in (address_of(figure, 3), right.replace("-3-", "-2-"), right.replace("/pattern-", "/pattern-000000000000-")[:33],
                  "/pattern-000000000000-3-" + right.partition("-3-")[2], "/pattern-000000000000-3-nothing",
                  right.replace("indicator.trend", "indicator.nothing"), right.replace(pattern.address.extract_id, "0000")):
        first, body = ask(Patterns(_inner), wrong)
        assert first["status"] == 404 or body == b"inner", wrong
        assert "immutable" not in headers_of(first).get("cache-control", "")


def test_nobody_is_given_a_pattern_of_an_edition_before_its_hour(embargoed, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(embargoed))
    waiting, shown = upcoming(embargoed), current(embargoed)
    assert (waiting.extract_id, shown.extract_id) == (RESTRICTED, OPEN)
    for edition, status in ((waiting, 404), (shown, 200)):
        partnership = next(code for code, row in edition.areas.items() if row["area_type"] == "partnership")
        pattern = recipes.figure_at(edition, Address("indicator.trend", pattern_in(edition, partnership)[0].address.choice))
        assert recipes.pattern_of(edition, pattern) == pattern
        assert ask(Patterns(_inner), address_of(pattern, 3))[0]["status"] == status
