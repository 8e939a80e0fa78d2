"""A folder of returns on paper: one partnership, five people, every column filled as the guidance asks."""

import csv
from datetime import date

import pytest

from dashboard.pipeline.returns import read

AREA = "S12000005"
TODAY = date(2024, 8, 1)
TOML = """edition = "2024-Q2"
cut_off = 2024-06-30
synthetic = false
supplier = "A supplier"
contact = "a@example.org"
"""

PERSON = {
    "participant_id": "P-1",
    "area_code": AREA,
    "programme": "nolb",
    "start_date": "2023-05-01",
    "referral_date": "2023-04-20",
    "support_end_date": "2024-02-01",
    "referral_source": "jobcentre",
    "provider_sector": "third",
    "key_worker": "yes",
    "joined_up_support": "health;housing",
    "sex": "female",
    "age": "25",
    "trans_status": "no",
    "care_experienced": "no",
    "carer": "yes",
    "conviction": "unknown",
    "homeless": "no",
    "refugee": "no",
    "parent": "prefer_not_to_say",
    "religion": "none",
    "sexual_orientation": "heterosexual",
    "ethnicity": "mixed",
    "disabled": "yes",
    "condition_type": "mental_health",
    "priority_family": "lone_parent",
    "economic_status": "unemployed",
    "months_unemployed": "7",
    "highest_qualification": "scqf_5",
    "simd_quintile": "1",
    "urban_rural_6": "2",
    "island": "no",
    "employment_start_date": "2023-08-01",
    "followup_4_weeks": "in_employment",
    "followup_13_weeks": "not_in_employment",
    "followup_26_weeks": "no_engagement",
    "followup_52_weeks": "",
    "education_date": "",
    "training_date": "2023-06-01",
    "volunteering_date": "",
    "qualification_date": "",
    "work_experience_date": "2023-05-20",
}
SCORE = {
    "participant_id": "P-1",
    "domain": "confidence",
    "instrument": "confidence",
    "wave": "start",
    "date": "2023-05-02",
    "item": "1",
    "score": "3",
    "scale_min": "1",
    "scale_max": "5",
    "mode": "in person",
}
ANSWER = {
    "response_id": "R-1",
    "date": "2023-09-01",
    "statement": "fairness",
    "answer": "agree",
    "sex": "male",
}
MONEY = {
    "financial_year": "2023-24",
    "funding_stream": "No One Left Behind",
    "budget": "1000000",
    "spend": "950000.5",
}
KEYS = {
    "participants": "participant_id",
    "progress": "item",
    "experience": "response_id",
    "spend": "funding_stream",
}
GOOD = {"participants": PERSON, "progress": SCORE, "experience": ANSWER, "spend": MONEY}


def good_rows(kind="participants", count=5):
    """Rows that break no rule, each with a key of its own."""
    return [{**GOOD[kind], KEYS[kind]: f"{kind[0].upper()}-{number}"} for number in range(1, count + 1)]


@pytest.fixture
def folder(tmp_path):
    """An empty folder of returns with a good `return.toml`."""
    path = tmp_path / "returns"
    path.mkdir()
    (path / "return.toml").write_text(TOML, encoding="utf-8")
    return path


@pytest.fixture
def write(folder):
    """Write rows as the CSV of a kind and partnership; returns its path."""

    def _write(rows, kind="participants", area_code=AREA, name=None, **options):
        path = folder / (name or f"{kind}_{area_code}.csv")
        header = list(dict.fromkeys(key for row in rows for key in row))
        with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as handle:
            writer = csv.DictWriter(
                handle, header, lineterminator=options.pop("lineterminator", "\n"), **options
            )
            writer.writeheader()
            writer.writerows(rows)
        return path

    return _write


@pytest.fixture
def read_folder(folder):
    """Read the folder on a fixed day, and hold every reading to the account."""

    def _read(**options):
        returns = read(folder, today=TODAY, **options)
        account = returns.account
        assert (account["rows_read"] == account["rows_accepted"] + account["rows_rejected"]).all()
        for kind in GOOD:
            part = account.filter(account["kind"] == kind)
            assert part["rows_accepted"].sum() == len(getattr(returns, kind))
        assert account["rows_rejected"].sum() == len(returns.rejected)
        return returns

    return _read
