"""A build publishes everything or nothing, and says what it did."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dashboard import paths
from dashboard.pipeline import publish, run
from dashboard.pipeline.errors import BuildError

# Where a test is about the build, these are enough: of the damaged files, of another source, and of returns.
A_FEW = ("lgbf_assisted_into_work", "nolb_participants", "disability_employment_gap", "entered_work")


def inputs_in(folder: Path) -> run.Inputs:
    return run.Inputs(folder / "out", published=folder / "published", reference=folder / "reference",
                           indicators=folder / "indicators")


def copy_inputs(folder: Path) -> run.Inputs:
    """The project's published figures, reference tables and a few indicators, copied so that a test may damage them."""
    shutil.copytree(paths.PUBLISHED, folder / "published")
    shutil.copytree(paths.REFERENCE, folder / "reference")
    (folder / "indicators").mkdir()
    for name in A_FEW:
        for path in paths.INDICATORS.glob(f"{name}.*"):
            shutil.copy(path, folder / "indicators")
    return inputs_in(folder)


@pytest.fixture(scope="module")
def small_build(tmp_path_factory):
    """A folder of copied inputs, built once into its `out`. Never changed: a test takes its own copy of it."""
    folder = tmp_path_factory.mktemp("small_build")
    run.build(copy_inputs(folder))
    return folder


@pytest.fixture
def own_build(small_build, tmp_path):
    """Inputs of the test's own, with the extract built from them."""
    shutil.copytree(small_build, tmp_path, dirs_exist_ok=True)
    return inputs_in(tmp_path)


def read_only(path):
    return duckdb.connect(str(path), read_only=True)


def test_same_inputs_give_the_same_extract_and_progress_ends_with_publishing(published_extract, tmp_path):
    lines = []
    extract_id = run.build(run.Inputs(tmp_path), lines.append)
    assert published_extract.name == f"outcomes-{extract_id}.duckdb"
    assert len(lines) >= 5 and lines[-1].startswith("published")


def test_the_extract_is_named_after_its_content(published_extract):
    with read_only(published_extract) as con:
        assert published_extract.stem == f"outcomes-{publish.content_id(con)}"
        assert con.execute("select extract_id from release").fetchone()[0] == publish.content_id(con)


def test_the_extract_has_exactly_the_tables_of_the_schema(published_extract):
    with duckdb.connect() as memory, read_only(published_extract) as con:
        memory.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        columns = ("select table_name, column_name, data_type from duckdb_columns() where not internal "
                   "and database_name = current_database() order by all")
        assert con.execute(columns).fetchall() == memory.execute(columns).fetchall()


def test_the_manifest_counts_every_table(published_extract):
    manifest = json.loads(published_extract.with_suffix(".json").read_text(encoding="utf-8"))
    with read_only(published_extract) as con:
        for table, rows in manifest["rows"].items():
            assert con.execute(f"select count(*) from {table}").fetchone()[0] == rows
    assert manifest["rows"]["observation"] > 10_000
    assert re.fullmatch("[0-9a-f]{64}", manifest["file_sha256"])


def test_tables_only_returns_fill_are_empty_without_returns(published_extract):
    with read_only(published_extract) as con:
        for table in ("protected_count", "table_family", "data_quality", "spend"):
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,)


def first_row(path: Path, change) -> None:
    """Change the first data row's cells of a CSV file in place."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


BENCHMARKING = "published/local_government_benchmarking/council_employability.csv"
NOLB = "published/devolved_employment_services/no_one_left_behind.csv"


LAST_ROW = len((paths.DATA / BENCHMARKING).read_text(encoding="utf-8").splitlines()) + 1


def repeat_first(lines):
    return [*lines, lines[1]]


def drop_column(lines):
    return [",".join(line.split(",")[:-2] + line.split(",")[-1:]) for line in lines]


def replace_area(lines):
    return [lines[0], lines[1].replace("S12000005", "S12999999"), *lines[2:]]


def percentage_over_100(lines):
    return [lines[0], lines[1].replace(",9.13,", ",913.0,"), *lines[2:]]


@pytest.mark.parametrize(("file", "damage", "expected"), [
    (BENCHMARKING, repeat_first, ["council_employability.csv", f"row = 2 and {LAST_ROW}", "twice"]),
    (BENCHMARKING, drop_column, ["council_employability.csv", "'source_id'", "missing"]),
    (BENCHMARKING, replace_area, ["council_employability.csv", "row = 2", "S12999999"]),
    (BENCHMARKING, percentage_over_100, ["council_employability.csv", "row = 2", "913.0"]),
    (NOLB, lambda lines: [*lines, "a,b"], ["no_one_left_behind.csv", "2 cells"]),
    (NOLB, lambda lines: [lines[0].replace("value", "figure"), *lines[1:]], ["no_one_left_behind", "value"]),
], ids=["duplicate key", "missing source", "unknown area", "over 100", "ragged row", "missing column"])
def test_a_damaged_published_file_stops_the_build_and_says_where(own_build, tmp_path, file, damage, expected):
    before = publish.current(own_build.out)
    first_row(tmp_path / file, damage)
    with pytest.raises(BuildError) as failure:
        run.build(own_build)
    for part in expected:
        assert part in str(failure.value)
    assert publish.current(own_build.out) == before is not None


@pytest.mark.parametrize(("change", "expected"), [
    (lambda text: text.replace("title =", "titel ="), "unknown key 'titel'"),
    (lambda text: re.sub(r"(?m)^unit = .*\n", "", text), "missing key 'unit'"),
    (lambda text: re.sub(r"(?m)^topic = .*$", 'topic = "gossip"', text), "'topic' is 'gossip'"),
    (lambda text: text.replace("=", "", 1), "not valid TOML"),
], ids=["misspelt", "missing", "not a value", "not TOML"])
def test_wrong_metadata_stops_the_build_by_name(tmp_path, change, expected):
    inputs = copy_inputs(tmp_path)
    path = inputs.indicators / "entered_work.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(BuildError, match=f"entered_work.toml: .*{expected}"):
        run.build(inputs)


@pytest.mark.parametrize(("change", "expected"), [
    (lambda text: text.replace(", measure = ", ", measur = "),
     "unknown key 'measur' of 'published'"),
    (lambda text: text.replace("collection = \"no_one_left_behind\"", "collection = \"no_one_left\""),
     "missing key 'designation', and collections.toml has none for 'no_one_left'"),
    (lambda text: text.replace(", measure = ", ", value = \"share\", measure = "),
     "'value' of 'published' is 'share'; it must be one of value, numerator"),
    (lambda text: re.sub(r"(?m)^published = .*\n", "", text), "missing key 'data_class'"),
    (lambda text: re.sub(r"(?m)^(published = .*), measure = .*\n", r"\1 }\n", text),
     "'nolb_participants' needs a .toml file, and either a 'measure' in its 'published' or a .sql file"),
], ids=["misspelt", "no such collection", "no such column", "not published", "no measure and no query"])
def test_a_published_indicator_that_names_no_figures_stops_the_build_by_name(tmp_path, change, expected):
    inputs = copy_inputs(tmp_path)
    path = inputs.indicators / "nolb_participants.toml"
    text = path.read_text(encoding="utf-8")
    assert change(text) != text
    path.write_text(change(text), encoding="utf-8")
    with pytest.raises(BuildError, match=expected):
        run.build(inputs)


def test_a_collection_that_no_file_holds_is_named_beside_those_there_are(tmp_path):
    inputs = copy_inputs(tmp_path)
    path = inputs.indicators / "lgbf_assisted_into_work.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("council_employability", "councils"), encoding="utf-8")
    with pytest.raises(BuildError, match=r"no file of published figures is named 'councils'; there are .*council_empl"):
        run.build(inputs)


def test_a_query_with_the_wrong_columns_is_named(tmp_path):
    inputs = copy_inputs(tmp_path)
    (inputs.indicators / "entered_work.sql").write_text("-- Wrong.\nselect 1 as value\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"entered_work\.sql: gives the columns value; it must give area_code"):
        run.build(inputs)


STEPPED = """
import os, sys
from pathlib import Path
from dashboard.pipeline import run
folder = Path(sys.argv[1])
out = folder / "out"
def stop_at(what):
    # The build goes on only when told to; until then its folder is as a kill at this moment leaves it.
    os.write(1, f"{what}\\n".encode())
    os.read(0, 1)
def watch(event, arguments):
    if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(out)):
        stop_at(f"{event} {Path(os.fsdecode(arguments[0])).name}")
sys.addaudithook(watch)
run.build(run.Inputs(out, published=folder / "published", reference=folder / "reference",
                               indicators=folder / "indicators"), stop_at)
"""


def step_through(folder: Path, is_last, look) -> list[str]:
    """Run a build in another process, `look` at each of its steps, and kill it at the one that `is_last`."""
    with subprocess.Popen([sys.executable, "-c", STEPPED, str(folder)], stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, bufsize=0) as build:
        steps = []
        for line in build.stdout:
            steps.append(line.decode().strip())
            look()
            if is_last(steps[-1]):
                build.kill()
                break
            build.stdin.write(b" ")
    assert build.returncode == -9, steps
    return steps


def test_a_build_killed_at_any_moment_leaves_the_current_extract(own_build, tmp_path):
    """Killed at ten points: with its extract written, with all but the pointer moved, and at eight more; looked at
    in every step between."""
    serving = publish.current(own_build.out)
    pointer = (own_build.out / "current").read_bytes()
    first_row(tmp_path / BENCHMARKING, lambda lines: [lines[0], *lines[2:]])     # so that another extract is due

    def look():
        assert (own_build.out / "current").read_bytes() == pointer
        with read_only(serving) as con:
            assert con.execute("select count(*) from release").fetchall() == [(1,)]

    steps = step_through(tmp_path, lambda step: re.fullmatch(r"os.rename .building-\d+.duckdb", step), look)
    assert [path.suffix for path in own_build.out.glob(f"{publish.BUILDING}*")] == [".duckdb"]
    steps = step_through(tmp_path, lambda step: step == f"os.rename {publish.BUILDING}current", look)
    assert len(steps) >= 18 and len(list(own_build.out.glob("outcomes-*.duckdb"))) == 2
    for point in range(8):      # and at eight moments spread over the rest
        left = iter(range(2 * point))
        step_through(tmp_path, lambda _, left=left: next(left, None) is None, look)
    extract_id = run.build(own_build)
    assert publish.current(own_build.out) == own_build.out / f"outcomes-{extract_id}.duckdb" != serving
    assert len(list(own_build.out.glob("outcomes-*.duckdb"))) == 2, "the killed build was of the same extract"
    assert not list(own_build.out.glob(f"{publish.BUILDING}*"))


def test_a_gate_that_refuses_leaves_nothing_behind(tmp_path):
    def refuse(path):
        raise BuildError("unsafe")

    with duckdb.connect() as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute("insert into release (edition) values ('2026-Q2')")
        with pytest.raises(BuildError, match="unsafe"):
            publish.publish(con, tmp_path, "", {}, refuse)
    assert os.listdir(tmp_path) == []
