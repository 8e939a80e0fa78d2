"""An evidence ID is its own address: the question, its parameters and the edition come back out of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.read import evidence

TREND = {
    "indicator_id": "rate",
    "areas": ["S92000003", "S12000023"],
    "programme": None,
    "characteristic": "all",
    "category": None,
    "frequency": None,
}


def test_an_id_resolves_to_what_was_asked():
    made = evidence.evidence("trend", TREND, "abc123")
    found = evidence.read_evidence(made.evidence_id)
    assert found == made
    assert found.asked_with == TREND


@pytest.mark.parametrize("digest", ["287D45DF", " 287d45df "])
def test_eight_characters_are_told_what_is_needed_instead(digest):
    with pytest.raises(evidence.EvidenceError, match="whole evidence ID is needed: it is under 'Evidence'"):
        evidence.read_evidence(digest)


def test_an_id_of_every_area_resolves():
    asked = TREND | {"areas": [f"S120000{number:02}" for number in range(80)]}
    made = evidence.evidence("trend", asked, "abc123")
    assert len(made.evidence_id) > 500 and evidence.read_evidence(made.evidence_id) == made


@given(st.text(max_size=30).filter(lambda text: text != "~"))
def test_any_text_survives(text):
    asked = TREND | {"indicator_id": text, "areas": [text or "x"]}
    found = evidence.read_evidence(evidence.evidence("trend", asked, "abc123").evidence_id)
    assert found.asked_with["indicator_id"] == text


@pytest.mark.parametrize(
    ("given_id", "says"),
    [
        ("nonsense", "not an evidence ID"),
        ("", "not an evidence ID"),
        ("x" * 1000, "not an evidence ID"),
        ("secrets:a=b@abc", "No query is called 'secrets'"),
        ("../../etc/passwd:a=b@abc", "not an evidence ID"),
        ("trend:indicator_id=rate@abc", "is asked with"),
    ],
)
def test_what_is_not_an_id_is_told_so(given_id, says):
    with pytest.raises(evidence.EvidenceError, match=says):
        evidence.read_evidence(given_id)
