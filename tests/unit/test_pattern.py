"""A figure beside its pattern: what a change of area sends, and that the same figure comes out."""

import gzip
import json

import pytest

from dashboard import paths
from dashboard.figure import SCOTLAND, Figure
from dashboard.figures import recipes
from dashboard.packs import finished, pattern
from dashboard.read.edition import current
from tests.patterns import unpacked

HIGHLAND = "S12000017"


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


def first_of(edition, name, **given):
    choice = recipes.recipe_named(name).resolve(edition, given)
    return next(each for each in recipes.made(edition, name, choice) if isinstance(each, Figure))


@pytest.mark.parametrize("name", ["jobs.journey", "compare.among", "partnership.lines", "places.map"])
def test_a_figure_beside_its_pattern_is_the_same_figure_in_half_the_bytes_or_fewer(edition, name):
    figure = first_of(edition, name, area=HIGHLAND)
    other = recipes.pattern_of(edition, figure)
    packed, whole = pattern.packed_beside(figure, lambda _: other), finished.packed(figure, 3)
    assert unpacked(packed, lambda _: finished.packed(other, 3)) == json.loads(gzip.decompress(whole))
    assert len(packed) < len(whole) / 2


@pytest.mark.parametrize(("own", "other"), [
    ({"csv": "a"}, {"csv": "b"}),
    ({"head": "é" * 50_000, "csv": "x" * 200_000}, {"head": "é" * 50_001, "csv": "y" * 200_000}),     # longer than any match reaches
    ({"head": "1", "csv": "2", "body": "3" * 99}, {"head": "1", "csv": "2", "chart": [4, 5], "body": "3", "narrow": {"body": "6"}}),
    ({"head": "1", "csv": "2", "chart": [4.0, 5e-7], "body": "\n\u2028<b>", "narrow": {}}, {"head": "1"}),
])
def test_whatever_the_pattern_is_the_figure_comes_out(own, other):
    text, like = (finished._written(each).encode() for each in (own, other))
    assert unpacked(pattern._beside(text, like, "/pattern"), {"/pattern": gzip.compress(like)}.get) == own


def test_the_address_of_a_pattern_says_its_evidence_id_and_changes_with_its_content(edition):
    figure = first_of(edition, "compare.among", area=HIGHLAND, id="entered_work_within_12_months")
    addresses = {pattern.address_of(figure, level) for level in (2, 3)}
    assert {pattern.named_in(each).evidence_id for each in addresses} == {figure.evidence_id}
    assert len({pattern.named_in(each).digest for each in addresses}) == 2
    assert pattern.named_in("/pattern-0-3-x") is None


def test_a_figure_that_knows_no_areas_or_is_of_none_has_no_pattern(edition):
    alone = first_of(edition, "gap.path")
    assert recipes.pattern_of(edition, alone) is None
    assert pattern.packed_beside(alone, lambda _: None) == finished.packed(alone)
    scotland = first_of(edition, "jobs.journey", area=SCOTLAND)
    assert recipes.pattern_of(edition, scotland).address.choice.area_code not in ("", SCOTLAND)
