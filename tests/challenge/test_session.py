"""What a session is made of survives being written, and roles are read strictly."""

import json

import pytest

from dashboard import paths
from dashboard.challenge import session
from dashboard.challenge.lines import Line
from dashboard.challenge.roles import NOBODY, Person, RolesError, person_of, read_roles
from dashboard.challenge.session import (
    Action,
    Aside,
    Experience,
    Frozen,
    Measure,
    Outcome,
    Part,
    QualityItem,
    Question,
    Reading,
    Response,
    Scope,
)

LINE = Line("unknown", "S12000049", "entered_work", "Seen.", "Sure.", "Compared.", "Wrong if.", "Cannot.", "Why?", False, ("a.b:@c",))
SCOPE = Scope("Title", "S12000049", "work", "disabled", ("S12000023",))
EVERY = (
    SCOPE, Question("Why?", 1, LINE), Question("Own?", 2), Response("q", "agree", "Yes.", "https://example.org"), QualityItem("q", "Half."),
    Action("q", "Do", "Manager", "2027-01-01", Measure("i", "S12000049", "disabled", "yes"), -2.5,
           Reading("Label", "10%", "2024-25", "e", {"value": 1.5, "obs_status": None}, True)),
    Experience("Said.", True), Aside("q", "question", "{}"),
    Frozen("e", "2026-Q2", "2026-06-30", "2026-07-01", True, "Glasgow City", "Work", SCOPE, ("Scotland",),
           (("q", Question("Why?", 1, LINE)),), (Part("Part", ("Said.",), ("{}",)),), (("Part", "why"),), (Outcome("Do", "Manager", "2027-01-01", ("Said.",)),)),
)


def test_every_kind_is_tried():
    assert {type(each) for each in EVERY} == set(session.KIND_OF)


@pytest.mark.parametrize("content", EVERY, ids=lambda each: type(each).__name__)
def test_what_is_written_is_read_back_as_it_was(content):
    assert session.from_json(session.KIND_OF[type(content)], session.to_json(content)) == content


def test_what_the_first_edition_of_the_store_wrote_is_still_read():
    """Never write this file anew: a store of that day must open for good."""
    written = [json.loads(line) for line in (paths.ROOT / "tests/fixtures/sessions_first_edition.jsonl").read_text(encoding="utf-8").splitlines()]
    assert tuple(session.from_json(row["kind"], row["content"]) for row in written) == EVERY


def test_roles_are_read_from_the_file(tmp_path):
    file = tmp_path / "roles.toml"
    file.write_text('[people."Chair@Example.org"]\nrole = "member"\n'
                    '[people."lead@example.org"]\nrole = "respondent"\nareas = ["S12000023"]\n', encoding="utf-8")
    people = read_roles(file)
    assert person_of("chair@example.org", people) == Person("Chair@Example.org", "member")
    assert person_of("lead@example.org", people).areas == ("S12000023",)
    assert person_of("other@example.org", people) == person_of("", people) == NOBODY


@pytest.mark.parametrize(("text", "words"), [
    ("people = 1", "must hold people"), ("[people", "not TOML"), ('[people."a@b"]\nrole = "king"', "role 'king' is none of"),
    ('[people."a@b"]\nrole = "respondent"', "has areas"), ('[people."a@b"]\nrole = "member"\nareas = ["S12000023"]', "has areas"),
    ('[people."a@b"]\nrole = "member"\nadmin = true', "nothing else"), ('[people."a@b"]\nrole = "respondent"\nareas = "S1"', "list of codes")])
def test_a_file_of_roles_with_a_fault_gives_nobody_anything_and_names_it(tmp_path, text, words):
    file = tmp_path / "roles.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RolesError, match=words):
        read_roles(file)


def test_a_missing_file_of_roles_is_named(tmp_path):
    with pytest.raises(RolesError, match="cannot be read"):
        read_roles(tmp_path / "none.toml")
