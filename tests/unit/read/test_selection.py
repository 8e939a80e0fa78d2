"""A choice from a link is found by code, earlier code or name, or not at all."""

import pytest

from dashboard.read import selection

AREAS = [
    {"area_code": "S92000003", "name": "Scotland", "former_codes": None},
    {"area_code": "S12000049", "name": "Glasgow City", "former_codes": "S12000046", "spellings": "Glasgow; City of Glasgow"},
    {"area_code": "S12000035", "name": "Argyll and Bute", "former_codes": None},
]
INDICATORS = [{"indicator_id": "rate", "title": "Employment rate", "aliases": ("old_rate",)}]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("S12000049", "S12000049"),
        ("s12000049", "S12000049"),
        ("S12000046", "S12000049"),
        ("glasgow city", "S12000049"),
        ("  Glasgow   City ", "S12000049"),
        ("Argyll & Bute", "S12000035"),
        ("glasgow", "S12000049"),
        ("City of Glasgow", "S12000049"),
        ("Atlantis", None),
        ("", None),
        ("S1200004", None),
        ("' or 1=1 --", None),
    ],
)
def test_an_area_is_found_by_code_former_code_name_or_spelling(given, code):
    assert selection.find_area(given, AREAS) == code


@pytest.mark.parametrize(
    ("given", "found"),
    [("rate", "rate"), ("old_rate", "rate"), ("Employment rate", "rate"), ("employment", None)],
)
def test_an_indicator_keeps_its_earlier_ids(given, found):
    assert selection.find_indicator(given, INDICATORS) == found


def test_a_choice_is_found_by_key_or_label():
    assert selection.find_choice("Sex", {"sex": "Sex", "age": "Age"}) == "sex"
    assert selection.find_choice("shoe size", {"sex": "Sex"}) is None
