"""A build publishes everything or nothing, and says what it did."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard import cli, paths
from dashboard.pipeline import lock, publish, run
from dashboard.pipeline.disclosure.audit import AuditReport
from dashboard.pipeline.errors import BuildError
from tests.extract.stepped import step_through
from tests.forked import FORKED

# Where a test is about the build, these are enough: so many lines of a file of figures; and measures of the damaged files, of
# another source, and of returns.
LINES = 150
A_FEW = ("lgbf_assisted_into_work", "nolb_participants", "disability_employment_gap", "entered_work")


def inputs_in(folder: Path) -> run.Inputs:
    return run.Inputs(folder / "out", published=folder / "published", reference=folder / "reference",
                           indicators=folder / "indicators")


def copy_inputs(folder: Path) -> run.Inputs:
    """The first of the project's published figures in each file, its reference tables and a few indicators, copied so that
    a test may damage them."""
    for path in paths.PUBLISHED.glob("*/*.csv"):
        own = folder / path.relative_to(paths.DATA)
        own.parent.mkdir(parents=True, exist_ok=True)
        own.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:LINES]), encoding="utf-8")
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
def own_build(small_build, tmp_path, monkeypatch):
    """Inputs of the test's own, with the extract built from them. What is built again is not attacked: it was, once."""
    shutil.copytree(small_build, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(run.audit, "audit", lambda *_, **__: AuditReport())
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
        named = publish.content_id(con)
        assert published_extract.stem == f"outcomes-{named}"
        assert con.execute("select extract_id from release").fetchone()[0] == named


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


LAST_ROW = len((paths.DATA / BENCHMARKING).read_text(encoding="utf-8").splitlines()[:LINES]) + 1


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


def test_a_build_killed_at_any_moment_leaves_the_current_extract(own_build, tmp_path):
    """Killed at four points: with its extract written, with all but the pointer moved, and at two more; looked at in every
    step between, where its folder is as a kill at that moment leaves it."""
    serving = publish.current(own_build.out)
    served = [own_build.out / "current", serving]
    before = [path.read_bytes() for path in served]
    first_row(tmp_path / BENCHMARKING, lambda lines: [lines[0], *lines[2:]])     # so that another extract is due

    def look():
        assert [path.read_bytes() for path in served] == before

    steps = step_through(own_build, lambda step: re.fullmatch(r"os.rename .building-\d+.duckdb", step), look)
    assert [path.suffix for path in own_build.out.glob(f"{publish.BUILDING}*")] == [".duckdb"]
    steps = step_through(own_build, lambda step: step == f"os.rename {publish.BUILDING}current", look)
    assert len(steps) >= 18 and len(list(own_build.out.glob("outcomes-*.duckdb"))) == 2
    for point in (3, 12):       # and early, and in the middle
        left = iter(range(point))
        step_through(own_build, lambda _, left=left: next(left, None) is None, look)
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


def overwrite_a_page(path):
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 4096)


@pytest.mark.parametrize("damage", [
    lambda path: path.write_bytes(b"not a database"), lambda path: path.write_bytes(path.read_bytes()[:5000]),
    overwrite_a_page, lambda path: path.write_bytes(b""), lambda path: path.unlink(),
], ids=["text", "cut short", "a page overwritten", "empty", "gone"])
def test_a_damaged_extract_is_named_left_out_and_replaced(own_build, damage):
    """The one in use is the one asked for again: the build mends it."""
    serving = publish.current(own_build.out)
    damage(serving)
    said = []
    extract_id = run.build(own_build, said.append)
    named = [line for line in said if str(serving) in line]
    assert len(named) == 1 and "left out" in named[0]
    assert re.search("damaged|only its manifest is left", named[0])
    assert serving.name in (own_build.out / "CHANGES.md").read_text("utf-8") or "The first extract" in (
        own_build.out / "CHANGES.md").read_text("utf-8")
    assert publish.current(own_build.out).name == f"outcomes-{extract_id}.duckdb"
    with read_only(publish.current(own_build.out)) as con:
        assert con.execute("select count(*) from release").fetchall() == [(1,)]


def test_another_damaged_extract_or_one_of_another_kind_is_named_too(own_build):
    (own_build.out / "outcomes-0123456789ab.duckdb").write_bytes(b"not a database")
    with duckdb.connect(str(own_build.out / "outcomes-ba9876543210.duckdb")) as con:
        con.execute("create table release (edition varchar)")
    said = []
    run.build(own_build, said.append)
    named = [line for line in said if "left out" in line]
    assert [Path(line.split(":")[0]).name for line in named] == ["outcomes-0123456789ab.duckdb",
                                                                 "outcomes-ba9876543210.duckdb"]


def test_a_pointer_that_says_nothing_stops_nobody(own_build):
    (own_build.out / "current").write_bytes(b"\xff\xfe\x00\x81")
    extract_id = run.build(own_build)
    assert publish.current(own_build.out).stem == f"outcomes-{extract_id}"


def build_on_a_small_disk(inputs, said):
    """As on a disk that is full: no file of this process may grow beyond what it is given."""
    with said.open("w", encoding="utf-8") as errors:
        os.dup2(errors.fileno(), sys.stderr.fileno())
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    cli._run(lambda: run.build(inputs))


def test_a_full_disk_is_one_plain_message_and_leaves_the_old_extract(own_build, tmp_path):
    first_row(tmp_path / BENCHMARKING, lambda lines: [lines[0], *lines[2:]])     # so that another extract is due
    before = {path: path.read_bytes() for path in own_build.out.iterdir()}
    building = FORKED.Process(target=build_on_a_small_disk, args=(own_build, tmp_path / "said"))
    building.start()
    building.join(300)
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert building.exitcode == 2, said
    assert "Traceback" not in said and "the disk is full" in said and "free some space" in said
    assert str(own_build.out / publish.BUILDING) in said
    assert {path: path.read_bytes() for path in own_build.out.iterdir()} == before


@pytest.mark.parametrize(("place", "expected"), [
    (lambda folder: Path("/proc/nowhere/out"), "/proc/nowhere"), (lambda folder: folder / "file" / "out", "choose another name"),
], ids=["where nobody may write", "under a file"])
def test_a_folder_it_may_not_write_stops_the_build_before_any_work(tmp_path, place, expected):
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    said = []
    with pytest.raises(BuildError, match=expected):
        run.build(run.Inputs(place(tmp_path)), said.append)
    assert not said


HOLDER = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from dashboard.pipeline import lock
with lock.hold(Path(sys.argv[1]), "the folder"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_builder(tmp_path):
    """Another process that holds the folder's lock until it is killed."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "out" / publish.LOCK)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "held\n"
        yield other
        other.kill()


def test_the_second_of_two_builders_is_told_who_is_at_work(own_build, other_builder):
    before = {path: path.read_bytes() for path in own_build.out.iterdir()}
    with pytest.raises(BuildError, match=f"another build is at work on it .*process {other_builder.pid}, since") as told:
        run.build(own_build)
    assert str(told.value).startswith(str(own_build.out))
    assert {path: path.read_bytes() for path in own_build.out.iterdir()} == before


def test_the_lock_of_a_killed_builder_blocks_nobody(own_build, other_builder):
    other_builder.kill()
    other_builder.wait()
    assert (own_build.out / publish.LOCK).exists()
    run.build(own_build)
    assert not (own_build.out / publish.LOCK).exists()


def test_of_many_builders_at_once_one_works_at_a_time(tmp_path):
    """Eight threads fetch the lock over and over; whoever has it is alone with the file it writes."""
    alone, refused = tmp_path / "alone", []

    def build(_):
        for _ in range(50):
            try:
                with lock.hold(tmp_path / "lock", "the folder"):
                    alone.touch(exist_ok=False)
                    alone.unlink()
            except BuildError as error:
                refused.append(str(error))

    with ThreadPoolExecutor(8) as builders:
        list(builders.map(build, range(8)))
    assert all("another build is at work" in each for each in refused)
    assert not alone.exists() and not (tmp_path / "lock").exists()
