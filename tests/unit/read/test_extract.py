"""The extract is read-only and hardened, answers many threads, and says plainly why it cannot be shown."""

import shutil
from concurrent.futures import ThreadPoolExecutor

import duckdb
import pytest

from dashboard.read import extract
from dashboard.read.extract import ExtractError

THREADS, QUESTIONS = 8, 80


@pytest.fixture
def opened(odd_extract):
    found = extract.open_extract(extract.current_path(odd_extract))
    yield found
    found.close()


@pytest.fixture
def own_copy(odd_extract, tmp_path):
    """A folder of one's own to damage."""
    shutil.copytree(odd_extract, tmp_path / "extract")
    return tmp_path / "extract"


def test_eight_threads_asking_one_extract_each_get_their_own_answer(opened):
    asked = [
        "S92000003",
        "S12000033",
        "S12000047",
        "S12000049",
        "S12000023",
        "S12000026",
        "S12000027",
        "S12000040",
    ]
    values = {area: rows for area in asked if (rows := _values(opened, area))}
    assert len({tuple(each) for each in values.values()}) == len(asked), (
        "the areas must differ to tell answers apart"
    )

    def ask(number):
        area = asked[number % len(asked)]
        return _values(opened, area) == values[area]

    with ThreadPoolExecutor(THREADS) as pool:
        assert all(pool.map(ask, range(QUESTIONS)))


def _values(opened, area):
    return [row["value"] for row in opened.rows(
        "series",
        {
            "indicator_id": "rate",
            "areas": [area],
            "programme": "all",
            "characteristic": "all",
            "category": None,
        },
    )]


@pytest.mark.parametrize(
    "statement",
    [
        "create table t (a integer)",
        "insert into release select * from release",
        "delete from observation",
        "select * from read_csv('/etc/passwd')",
        "copy release to 'somewhere.csv'",
        "attach ':memory:' as other",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_nothing_can_be_written_read_from_disk_or_loaded(opened, statement):
    with pytest.raises(duckdb.Error):
        opened.connection.cursor().execute(statement)


def test_the_pointer_is_followed_to_a_new_extract(own_copy):
    before = extract.current_path(own_copy)
    newer = own_copy / "outcomes-fixture00002.duckdb"
    shutil.copy(before, newer)
    (own_copy / "current").write_text(newer.name, encoding="utf-8")
    assert extract.current_path(own_copy) == newer


def test_no_extract_says_how_to_make_one(tmp_path):
    with pytest.raises(ExtractError, match=r"no extract yet.*outcomes build"):
        extract.current_path(tmp_path)


def test_a_pointer_to_nothing_names_it(own_copy):
    (own_copy / "current").write_text("outcomes-gone.duckdb", encoding="utf-8")
    with pytest.raises(ExtractError, match=r"outcomes-gone\.duckdb"):
        extract.current_path(own_copy)


def test_a_pointer_cannot_leave_its_folder(own_copy):
    (own_copy.parent / "elsewhere.duckdb").write_bytes(b"")
    (own_copy / "current").write_text("../elsewhere.duckdb", encoding="utf-8")
    with pytest.raises(ExtractError, match="not in"):
        extract.current_path(own_copy)


@pytest.mark.parametrize("content", [b"", b"not a database at all", bytes(5000)])
def test_a_damaged_extract_is_named(own_copy, content):
    path = extract.current_path(own_copy)
    path.write_bytes(content)
    with pytest.raises(ExtractError, match=rf"{path.name}.*damaged"):
        extract.open_extract(path)


def test_an_extract_from_a_newer_version_is_refused(own_copy):
    path = _change(own_copy, "update release set software_version = '99.1.0'")
    with pytest.raises(ExtractError, match=r"newer version of the dashboard \(99\.1\.0\)"):
        extract.open_extract(path)


def test_an_extract_that_lacks_a_column_names_it(own_copy):
    path = _change(own_copy, "alter table observation drop column source_page")
    with pytest.raises(ExtractError, match=r"lacks observation\.source_page"):
        extract.open_extract(path)


def test_an_extract_that_lacks_a_table_names_its_columns_and_one_that_holds_more_opens(own_copy):
    path = _change(own_copy, "create table more as select 1 as one")
    extract.open_extract(path)
    path = _change(own_copy, "drop table declared_gap")
    with pytest.raises(ExtractError, match=r"it lacks declared_gap\.\w+, declared_gap\.\w+, ") as refused:
        extract.open_extract(path)
    assert refused.value.cause == extract.UNFIT


def test_an_extract_of_two_releases_is_refused(own_copy):
    path = _change(own_copy, "insert into release select * from release")
    with pytest.raises(ExtractError, match="2 rows in 'release'"):
        extract.open_extract(path)


def _change(folder, statement):
    path = extract.current_path(folder)
    with duckdb.connect(str(path)) as con:
        con.execute(statement)
    return path


def test_only_a_view_that_exists_can_be_asked(opened):
    with pytest.raises(KeyError, match="no view is called 'secrets'"):
        opened.rows("secrets", {})
