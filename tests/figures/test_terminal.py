"""Any figure from the terminal, the same as on the screen, to the digit; a mistake is one plain message."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from dashboard import paths
from dashboard.cli import main
from dashboard.figure import Choice, Figure
from dashboard.figures import recipes


def run(*arguments):
    return CliRunner().invoke(main, ["figure", *arguments])


def test_the_list_names_every_figure_and_its_choices():
    said = run("--list").output
    assert all(f"\n{name}: " in f"\n{said}" for name in recipes.recipes())
    assert "--choose measure=" in said and "--area " in said


def test_a_figure_holds_every_number_of_the_page_of_the_same_area(edition):
    shown = recipes.made(edition, "jobs.journey", Choice("S12000023"))[0]
    rows = list(csv.reader(io.StringIO(run("jobs.journey", "--area", "Orkney", "--format", "csv").output.lstrip("\ufeff"))))
    assert [row[0] for row in rows[1:]] == [row[0].text for row in shown.table.rows]
    text = run("jobs.journey", "--area", "S12000023").output
    assert all(cell.text in text for row in shown.table.rows for cell in row) and shown.evidence_id in text


def test_json_is_the_figure_and_svg_its_picture(edition):
    written = json.loads(run("gap.path", "--format", "json").output)
    assert Figure.from_json(json.dumps(written[0])) == recipes.made(edition, "gap.path", Choice())[0]
    assert run("gap.path", "--format", "svg").output.startswith("<svg")


def test_another_extract_can_be_named(published_extract):
    text = run("gap.path", "--extract", str(published_extract)).output
    assert f"gap.path:@{published_extract.stem.removeprefix('outcomes-')}" in text


@pytest.mark.parametrize(("arguments", "said"), [
    (["jobs.journy"], "The nearest: jobs.journey"),
    (["jobs.journey", "--area", "Atlantis"], "No area is called 'Atlantis'"),
    (["jobs.routes", "--choose", "mesure=weeks13"], "no choice called 'mesure'"),
    (["jobs.routes", "--choose", "measure=week13"], "weeks13"),
    (["jobs.routes", "--choose", "measure"], "NAME=VALUE"),
    (["gap.answer", "--format", "svg"], "gives nothing as svg"),
    (["gap.path", "--extract", str(paths.ROOT / "README.md")], "damaged")])
def test_a_mistake_is_one_plain_message(arguments, said):
    result = run(*arguments)
    assert result.exit_code == 2 and said in result.output and result.output.count("\n") == 1 and "Traceback" not in result.output
