"""A build publishes everything or nothing, and says what it did."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from dashboard import paths
from dashboard.build import pipeline, publish
from dashboard.build.errors import BuildError


def copy_inputs(folder: Path) -> pipeline.Inputs:
    """The project's published figures and reference tables, copied so that a test may damage them."""
    for name, source in (("published", paths.PUBLISHED), ("reference", paths.REFERENCE), ("indicators", paths.INDICATORS)):
        for path in source.rglob("*.*"):
            target = folder / name / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return pipeline.Inputs(folder / "out", published=folder / "published", reference=folder / "reference",
                           indicators=folder / "indicators")


def read_only(path):
    return duckdb.connect(str(path), read_only=True)


def test_same_inputs_give_the_same_extract(published_extract, tmp_path):
    extract_id = pipeline.build(pipeline.Inputs(tmp_path))
    assert published_extract.name == f"outcomes-{extract_id}.duckdb"


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


def test_progress_is_shown_and_ends_with_publishing(tmp_path):
    lines = []
    pipeline.build(pipeline.Inputs(tmp_path), lines.append)
    assert len(lines) >= 5 and lines[-1].startswith("published")


def first_row(path: Path, change) -> None:
    """Change the first data row's cells of a CSV file in place."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


BENCHMARKING = "published/local_government_benchmarking/council_employability.csv"
NOLB = "published/devolved_employment_services/no_one_left_behind.csv"


def repeat_first(lines):
    return [*lines, lines[1]]


def drop_column(lines):
    return [",".join(line.split(",")[:-2] + line.split(",")[-1:]) for line in lines]


def replace_area(lines):
    return [lines[0], lines[1].replace("S12000005", "S12999999"), *lines[2:]]


def percentage_over_100(lines):
    return [lines[0], lines[1].replace(",9.13,", ",913.0,"), *lines[2:]]


@pytest.mark.parametrize(("file", "damage", "expected"), [
    (BENCHMARKING, repeat_first, ["council_employability.csv", "row = 2 and 269", "twice"]),
    (BENCHMARKING, drop_column, ["council_employability.csv", "'source_id'", "missing"]),
    (BENCHMARKING, replace_area, ["council_employability.csv", "row = 2", "S12999999"]),
    (BENCHMARKING, percentage_over_100, ["council_employability.csv", "row = 2", "913.0"]),
    (NOLB, lambda lines: [*lines, "a,b"], ["no_one_left_behind.csv", "2 cells"]),
    (NOLB, lambda lines: [lines[0].replace("value", "figure"), *lines[1:]], ["no_one_left_behind", "value"]),
], ids=["duplicate key", "missing source", "unknown area", "over 100", "ragged row", "missing column"])
def test_a_damaged_published_file_stops_the_build_and_says_where(tmp_path, file, damage, expected):
    inputs = copy_inputs(tmp_path)
    before = pipeline.build(inputs)
    first_row(tmp_path / file, damage)
    with pytest.raises(BuildError) as failure:
        pipeline.build(inputs)
    for part in expected:
        assert part in str(failure.value)
    assert publish.current(inputs.out).name == f"outcomes-{before}.duckdb"


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
        pipeline.build(inputs)


def test_a_query_with_the_wrong_columns_is_named(tmp_path):
    inputs = copy_inputs(tmp_path)
    (inputs.indicators / "entered_work.sql").write_text("-- Wrong.\nselect 1 as value\n", encoding="utf-8")
    with pytest.raises(BuildError, match=r"entered_work\.sql: gives the columns value; it must give area_code"):
        pipeline.build(inputs)


KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard.build import pipeline
out, stop = Path(sys.argv[1]), int(sys.argv[2])
seen = 0
def watch(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.mkdir") and str(arguments[0]).startswith(str(out)):
        seen += 1
        if seen == stop:
            os.kill(os.getpid(), signal.SIGKILL)
def say(line):
    global seen
    seen += 1
    if seen == stop:
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(watch)
pipeline.build(pipeline.Inputs(out), say)
print("finished after", seen)
"""


def test_a_build_killed_at_any_moment_leaves_the_current_extract(published_extract, tmp_path):
    """Kill a build at ten points, each later than the one before; then let one finish."""
    serving = published_extract.name.encode()
    for name in (published_extract.name, "current"):
        (tmp_path / name).write_bytes((published_extract.parent / name).read_bytes())
    for stop in range(1, 11):
        ended = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(stop)], capture_output=True, check=False)
        assert ended.returncode == -9, ended.stderr.decode()
        assert (tmp_path / "current").read_bytes().strip() == serving
        with read_only(tmp_path / published_extract.name) as con:
            assert con.execute("select count(*) from release").fetchone() == (1,)
    assert pipeline.build(pipeline.Inputs(tmp_path)) == published_extract.stem.removeprefix("outcomes-")
    assert not list(tmp_path.glob(f"{publish.BUILDING}*"))


def test_a_gate_that_refuses_leaves_nothing_behind(tmp_path):
    def refuse(path):
        raise BuildError("unsafe")

    with duckdb.connect() as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute("insert into release (edition) values ('2026-Q2')")
        with pytest.raises(BuildError, match="unsafe"):
            publish.publish(con, tmp_path, "", {}, refuse)
    assert os.listdir(tmp_path) == []
