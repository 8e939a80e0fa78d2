"""An evidence ID shows the figure it names, of the edition it names, or says in plain words why it cannot."""

import shutil

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard import paths
from dashboard.figure import Address, Choice
from dashboard.figures import evidence, recipes
from dashboard.read.edition import current, older

FIGURE = Choice("S12000047")


@pytest.fixture(scope="module")
def two_editions(tmp_path_factory):
    """A folder with an earlier edition, in which one value differs, and today's, which is current."""
    folder = tmp_path_factory.mktemp("editions")
    name = (paths.DATA / "extract" / "current").read_text(encoding="utf-8").strip()
    shutil.copy(paths.DATA / "extract" / name, folder / name)
    shutil.copy(paths.DATA / "extract" / name, folder / "outcomes-bbbbbbbbbbbb.duckdb")
    with duckdb.connect(str(folder / "outcomes-bbbbbbbbbbbb.duckdb")) as con:
        con.execute("update release set extract_id = 'bbbbbbbbbbbb'")
        con.execute("update observation set value = 33.3 where value = 30.2 and indicator_id = 'disability_employment_gap'")
    (folder / "current").write_text(name, encoding="utf-8")
    return folder


def resolve(given, folder):
    return evidence.resolve(given, current(folder), lambda extract_id: older(folder, extract_id))


def test_an_id_shows_the_figure_itself_then_what_it_rests_on(two_editions):
    today = current(two_editions)
    shown = recipes.made(today, "jobs.journey", FIGURE)[0]
    found = resolve(shown.evidence_id, two_editions)
    assert found.figure == shown and found.note == "" and found.superseded_by == ""
    assert len(found.queries) == len(shown.asked) > 1 and all("from" in each.sql for each in found.queries)
    facts = dict(found.facts)
    assert facts["Figure"] == "jobs.journey" and facts["Chosen"] == "area = S12000047"
    assert today.extract_id in facts["Edition"] and "protected counts" in facts["Disclosure"]


def test_an_id_of_an_earlier_edition_shows_that_editions_figure_and_names_todays(two_editions):
    found = resolve("gap.path:@bbbbbbbbbbbb", two_editions)
    assert "33.3 points in 2023" in found.figure.title and "superseded" in found.note
    todays = resolve(found.superseded_by, two_editions)
    assert "30.2 points in 2023" in todays.figure.title and todays.note == ""


def test_an_id_of_an_edition_that_is_gone_shows_todays_and_says_so(two_editions):
    found = resolve("gap.path:@cccccccccccc", two_editions)
    assert "no longer held" in found.note and "30.2 points" in found.figure.title


@pytest.mark.parametrize("given", [
    "latest:area_code=S92000003;indicators=(disability_employment_gap)@bbbbbbbbbbbb",
    "trend:areas=(S92000003);category=~;characteristic=all;frequency=~;indicator_id=disability_employment_gap;programme=~@bbbbbbbbbbbb"])
def test_ids_of_the_older_form_keep_working(two_editions, given):
    found = resolve(given, two_editions)
    assert found.evidence_id == given and len(found.queries) == 1 and "superseded" in found.note
    assert any(cell.text == "33.3" for row in found.figure.table.rows for cell in row)
    assert dict(found.facts)["Disability employment gap"].startswith("Employment rate of people who are not disabled")


@pytest.mark.parametrize(("given", "said"), [
    ("gap.pth:@{id}", "The nearest: gap.path"),
    ("gap.path:area=S12000047@{id}", "no choice called 'area'"),
    ("jobs.journey:area=Atlantis@{id}", "No area is called 'Atlantis'"),
    ("jobs.journey.9:area=S12000047@{id}", "gives no figure"),
    ("latest:area_code=(S92000003);indicators=~@{id}", "is one value"),
    ("latest:area_code=S92000003@{id}", "is asked with"),
    ("nothing:@{id}", "No query is called"),
    ("deadbeef", "Eight characters"), ("", "not an evidence ID"), ("<script>", "not an evidence ID")])
def test_what_cannot_be_resolved_is_told_why(two_editions, given, said):
    with pytest.raises(evidence.NotFound, match=said.replace("(", r"\(")):
        resolve(given.replace("{id}", current(two_editions).extract_id), two_editions)


@given(text=st.text(max_size=80) | st.from_regex(r"[a-z_]{1,12}\.?[a-z_]{0,12}:[a-z_=();~%0-9]{0,30}@[a-f0-9]{4,12}", fullmatch=True))
@settings(max_examples=200)
def test_no_text_at_all_breaks_it(text):
    folder = paths.DATA / "extract"
    try:
        assert resolve(text, folder).figure.table is not None
    except evidence.NotFound as error:
        assert str(error).strip()


def test_an_address_is_read_as_it_was_written():
    address = Address("jobs.routes", Choice("S12000047", "", (("measure", "a;b=c@d"),)), "abc123", 2)
    assert Address.read(address.text) == address
