"""Open data: every table of an extract, whole, under stable names, described so that a machine can check it."""

import csv
import json
import re
from datetime import date, datetime

import duckdb
import pytest
from click.testing import CliRunner

from dashboard import cli, paths
from dashboard.read.edition import current
from dashboard.read.export import FORMATS, METADATA, export
from dashboard.words.marks import MARKS, SYNTHETIC_NOTICE

# https://www.w3.org/TR/tabular-metadata/: what a description may hold, besides Dublin Core's terms.
GROUP = {"@context", "tables", "dialect"}
TABLE = {"url", "tableSchema"}
SCHEMA = {"columns", "primaryKey"}
COLUMN = {"name", "titles", "datatype", "required"}
DIALECT = {"header", "delimiter", "encoding"}
READ = {"string": str, "integer": int, "double": float, "date": date.fromisoformat, "dateTime": datetime.fromisoformat,
        "boolean": {"true": True, "false": False}.__getitem__}


def of_csvw(names):
    """Without Dublin Core's, which any description may carry."""
    return {name for name in names if not name.startswith("dc:")}


def faults_of_description(held):
    """Where a table group says what the vocabulary has no word for, or lacks what it must say."""
    faults = [] if held["@context"][0] == "http://www.w3.org/ns/csvw" else ["@context"]
    faults += of_csvw(held) ^ GROUP | of_csvw(held["dialect"]) ^ DIALECT
    for table in held["tables"]:
        faults += of_csvw(table) ^ TABLE | of_csvw(table["tableSchema"]) - SCHEMA
        columns = table["tableSchema"]["columns"]
        names = [each["name"] for each in columns]
        faults += [name for name in names if names.count(name) > 1 or not re.fullmatch(r"[a-z]\w*", name)]
        faults += [each["name"] for each in columns if of_csvw(each) ^ COLUMN or each["datatype"] not in READ]
        faults += [name for name in table["tableSchema"].get("primaryKey", []) if name not in names]
    return faults


def faults_of_rows(folder, table):
    """(row, column) of each cell that is not what its description says; a key that comes twice."""
    columns, faults = table["tableSchema"]["columns"], []
    with (folder / table["url"]).open(encoding="utf-8", newline="") as file:
        heading, *rows = csv.reader(file)
    if heading != [each["titles"] for each in columns]:
        return [("heading", table["url"])]
    for place, row in enumerate(rows):
        for cell, column in zip(row, columns, strict=True):
            try:
                if cell == "" and column["required"]:
                    raise ValueError("empty")
                if cell:
                    READ[column["datatype"]](cell)
            except (ValueError, KeyError):
                faults.append((place, column["name"]))
    key = [heading.index(name) for name in table["tableSchema"].get("primaryKey", [])]
    keys = [tuple(row[each] for each in key) for row in rows]
    return faults + ([("key", table["url"])] if key and len(set(keys)) < len(keys) else [])


@pytest.fixture(scope="module")
def exported(odd_extract, tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    list(export(current(odd_extract).extract, folder))
    return folder


@pytest.fixture(scope="module")
def described(exported):
    return json.loads((exported / METADATA).read_text(encoding="utf-8"))


def test_every_table_of_the_schema_is_there_in_every_format_and_nothing_else(exported):
    tables = re.findall(r"create table (\w+)", (paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
    assert {path.name for path in exported.iterdir()} == {METADATA, *(f"{name}.{form}" for name in tables for form in FORMATS)}


def test_the_description_is_csvw_and_holds_of_every_cell(exported, described):
    assert faults_of_description(described) == []
    assert [fault for table in described["tables"] for fault in faults_of_rows(exported, table)] == []
    assert all(table["dc:description"].startswith("One row") for table in described["tables"])


@pytest.mark.parametrize("damage", ["a word for a number", "an empty key", "a key that comes twice", "a column that moved"])
def test_a_damaged_file_does_not_fit_its_description(exported, described, tmp_path, damage):
    table = next(each for each in described["tables"] if each["url"] == "characteristic.csv")
    heading, first, *rest = (exported / "characteristic.csv").read_text(encoding="utf-8").splitlines()
    cells = first.split(",")
    if damage == "a word for a number":
        cells[heading.split(",").index("display_order")] = "first"
    if damage == "an empty key":
        cells[0] = ""
    lines = [heading, ",".join(cells), *rest] + ([first] if damage == "a key that comes twice" else [])
    if damage == "a column that moved":
        lines[0] = ",".join(reversed(heading.split(",")))
    (tmp_path / "characteristic.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert faults_of_rows(tmp_path, table)


def test_csv_parquet_and_json_hold_the_rows_of_the_extract(exported, odd_extract, described):
    with duckdb.connect() as connection:
        connection.execute(f"attach '{current(odd_extract).extract.path}' as held (read_only)")
        for table in described["tables"]:
            name = table["url"].removesuffix(".csv")
            columns = [each["name"] for each in table["tableSchema"]["columns"] if each["name"] != "is_demonstration"]
            wanted = connection.execute(f"select {', '.join(columns)} from held.{name}").fetchall()
            parquet = connection.execute(f"select {', '.join(columns)} from '{exported}/{name}.parquet'").fetchall()
            rows = json.loads((exported / f"{name}.json").read_text(encoding="utf-8"))
            assert parquet == wanted and len(rows) == len(wanted)
            with (exported / f"{name}.csv").open(encoding="utf-8", newline="") as file:
                assert sum(1 for _ in csv.reader(file)) == len(wanted) + 1


def test_made_up_rows_say_so_and_published_ones_do_not(exported, described):
    with (exported / "observation.csv").open(encoding="utf-8", newline="") as file:
        kinds = {(row["data_class"], row["is_demonstration"]) for row in csv.DictReader(file)}
    is_made_up = "notice" in described.get("dc:description", "") or "made up" in described["dc:description"]
    assert kinds <= {("published", "false"), ("returns", "true" if is_made_up else "false")}


def test_the_marks_are_explained_in_the_same_words(described):
    observation = next(each for each in described["tables"] if each["url"] == "observation.csv")
    column = next(each for each in observation["tableSchema"]["columns"] if each["name"] == "obs_status")
    assert all(f"{mark} {meaning}" in column["dc:description"] for mark, meaning in MARKS.items())


def test_the_same_extract_gives_the_same_files(exported, odd_extract, tmp_path):
    list(export(current(odd_extract).extract, tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in exported.iterdir()}


def test_the_command_names_each_file_and_what_it_cannot_write(odd_extract, tmp_path):
    extract = str(current(odd_extract).extract.path)
    result = CliRunner().invoke(cli.main, ["export", "--extract", extract, "--out", str(tmp_path / "open")])
    assert result.exit_code == 0 and str(tmp_path / "open" / METADATA) in result.stdout
    (tmp_path / "file").write_text("")
    refused = CliRunner().invoke(cli.main, ["export", "--extract", extract, "--out", str(tmp_path / "file")])
    assert refused.exit_code == 2 and "file" in refused.stderr and "Traceback" not in refused.stderr


def test_parquet_carries_the_notice(exported):
    with duckdb.connect() as connection:
        held = dict(connection.execute(f"select key, value from parquet_kv_metadata('{exported}/observation.parquet')").fetchall())
    synthetic = json.loads((exported / "release.json").read_text(encoding="utf-8"))[0]["synthetic"]
    assert (b"notice" in held) == synthetic
    assert not synthetic or SYNTHETIC_NOTICE.split(": ")[1] in held[b"notice"].decode()
