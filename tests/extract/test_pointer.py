"""Which extract the pointers name after a build: the new one, and the one readers keep until it may be shown."""

import json
from datetime import date, datetime
from types import SimpleNamespace

import duckdb
import pytest

from dashboard import paths
from dashboard.pipeline import publish, run


@pytest.fixture
def released(tmp_path):
    """released("2999-01-01"): publish an edition with that hour of release, made a day after the one before; its file's name."""
    con = duckdb.connect()
    con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
    con.execute((paths.ROOT / "tests" / "fixtures" / "odd_cases.sql").read_text(encoding="utf-8"))
    count = iter(range(1, 30))

    def make(hour):
        number = next(count)
        con.execute("update release set edition = $name, embargo_until = $hour, built_at = $made",
                    {"name": f"edition {number}", "hour": hour, "made": datetime(2026, 1, number)})
        extract_id = publish.publish(con, tmp_path, "", {}, lambda path: None)
        return f"outcomes-{extract_id}.duckdb"

    yield make
    con.close()


def pointers(folder):
    return tuple((folder / name).read_text(encoding="utf-8").strip() if (folder / name).exists() else "" for name in ("current", "before"))


def test_readers_keep_what_was_released_until_the_hour_of_the_new_one(released, tmp_path):
    first = released(None)
    assert pointers(tmp_path) == (first, "")
    closed = released(datetime(2999, 1, 1, 9, 30))
    assert pointers(tmp_path) == (closed, first)
    assert json.loads((tmp_path / closed).with_suffix(".json").read_text(encoding="utf-8"))["embargo_until"] == "2999-01-01 09:30:00"
    corrected = released(datetime(2999, 1, 2, 9, 30))
    assert pointers(tmp_path) == (corrected, first), "made anew before its hour: readers keep the same one"
    opened = released(datetime(2026, 1, 1))
    assert pointers(tmp_path) == (opened, first), "an hour that has come: what was closed is never what readers fall back on"


def test_what_is_gone_back_from_is_not_fallen_back_on(released, tmp_path):
    first, second = released(None), released(None)
    assert pointers(tmp_path) == (second, first)
    publish.point(tmp_path, first)
    assert pointers(tmp_path) == (first, "")
    publish.point(tmp_path, second)
    assert pointers(tmp_path) == (second, first)


def test_the_hour_of_the_returns_is_that_of_the_release():
    with duckdb.connect() as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute("create table sources as select date '2026-06-30' as edition_date")
        returns = SimpleNamespace(edition="2026-Q2", cut_off=date(2026, 6, 30), synthetic=False, embargo_until=datetime(2026, 12, 3, 9, 30))
        run._write_release(con, returns)
        assert con.execute("select embargo_until, edition from release").fetchall() == [(datetime(2026, 12, 3, 9, 30), "2026-Q2")]
