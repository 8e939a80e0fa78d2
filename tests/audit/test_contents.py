"""What else an extract may hold: its tables, its words, and figures made from the cube alone (T2, T3, T8)."""

import duckdb
import pandas as pd
import polars as pl
import pytest

from dashboard import paths
from dashboard.pipeline import rates
from dashboard.pipeline.disclosure.audit import audit, contents
from dashboard.pipeline.disclosure.audit.contents import _indicator
from dashboard.pipeline.errors import BuildError

QUERY = """
select area_code, period, 'all' as programme, 'all' as characteristic, 'all' as category,
    sum(count) filter (starts_with(state, 'job_')) as numerator, sum(count) as denominator
from protected_count where family = 'M' group by area_code, period
"""
KEY = bytes(range(7, 47))


@pytest.fixture(scope="module")
def indicator():
    """One row of `indicator`: the share who entered work."""
    with duckdb.connect() as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        types = dict(con.execute("select column_name, data_type from duckdb_columns() "
                                 "where table_name = 'indicator'").fetchall())
    blank = {"INTEGER": 0, "BOOLEAN": False, "DOUBLE": None, "VARCHAR": "all"}
    row = {name: blank[kind] for name, kind in types.items()}
    row |= {"indicator_id": "entered_work", "measure": "percentage", "data_class": "returns",
            "interval_method": "wilson_rounded", "query": QUERY}
    return pl.DataFrame([row])


@pytest.fixture(scope="module")
def observation(protected, indicator):
    """Its figures, made as a build makes them."""
    with duckdb.connect() as con:
        con.register("protected_count", protected.to_arrow())
        found = con.execute(QUERY).df()
    periods = pd.DataFrame({"period": [], "end_date": []})
    rows = rates.derive(found, _indicator(indicator.to_pandas().iloc[0]), periods, None, [])
    return pl.from_pandas(rows.assign(indicator_id="entered_work", data_class="returns")).with_columns(
        pl.col("obs_status", "source_page").cast(pl.String))


@pytest.fixture
def failures(write_extract, protected, indicator):
    """What is wrong with an extract that holds these observations."""
    def failures(observation=None, query=QUERY, change="", identifiers=frozenset(), key=None):
        tables = {} if observation is None else {
            "observation": observation, "indicator": indicator.with_columns(query=pl.lit(query))}
        path = write_extract(protected, change=change, **tables)
        with contents.open_extract(path) as con:
            return [*contents.check_tables(con), *contents.check_words(con, path, set(identifiers), key),
                    *contents.check_figures(con)[2]]
    return failures


def test_figures_made_from_the_cube_pass(failures, observation):
    assert len(observation) == 5
    assert not failures(observation)


@pytest.mark.parametrize("column", ["numerator", "denominator", "value", "lower_ci", "upper_ci"])
def test_a_figure_the_cube_does_not_give_is_found(failures, observation, column):
    scotland = pl.col("area_code") == "S92000003"
    rows = observation.with_columns(pl.col(column) * pl.when(scotland).then(0.999).otherwise(1.0))
    assert any("differs" in failure for failure in failures(rows))


def test_a_figure_more_or_less_is_found(failures, observation):
    assert any("not those the cube gives" in failure for failure in failures(observation.slice(1)))


def test_a_mark_taken_away_is_found(failures, observation):
    assert observation["obs_status"].is_not_null().any()
    rows = observation.with_columns(obs_status=pl.lit(None, pl.String))
    assert any("marks" in failure for failure in failures(rows))


def test_figures_with_no_query_are_found(failures, observation):
    rows = observation.with_columns(indicator_id=pl.lit("elsewhere"))
    assert any("not in the extract" in failure for failure in failures(rows))


@pytest.mark.parametrize("query", ["select * from observation", "select * from read_csv('/etc/passwd')",
                                   "select * from participants"])
def test_a_query_that_needs_more_than_the_cube_is_found(failures, observation, query):
    assert failures(observation, query=query)


def test_a_rate_on_too_few_people_is_found(failures, observation):
    small = observation.filter(pl.col("obs_status") == "c")
    assert len(small)
    rows = pl.concat([observation.filter(pl.col("obs_status").is_null() | (pl.col("obs_status") != "c")),
                      small.with_columns(value=50.0, lower_ci=40.0, upper_ci=60.0)])
    assert any("fewer than 30 people" in failure for failure in failures(rows))


def test_a_rate_of_nought_needs_an_interval(failures, observation):
    rows = observation.with_columns(lower_ci=pl.col("value"), upper_ci=pl.col("value"))
    assert any("no interval" in failure for failure in failures(rows))


@pytest.mark.parametrize("change", [
    "create table participants (participant_id varchar)",
    "create view shortcut as select * from protected_count",
    "alter table protected_count add column true_count integer",
    "create schema hidden; create table hidden.t (n int)",
    "alter table data_quality drop column value",
])
def test_anything_beyond_the_contract_is_found(failures, change):
    assert any("not in the contract" in failure or "missing" in failure or "a view" in failure
               for failure in failures(change=change))


def test_an_identifier_among_the_words_is_found(failures):
    change = "insert into declared_gap values ('g', 'p', 'person-00017', 'r', 'w', null)"
    found = failures(change=change, identifiers={"person-00017", "person-00018"})
    assert found == ["declared_gap.title: holds a participant's identifier (1 found)"]


def test_so_is_one_in_a_table_that_should_not_be_there(failures):
    change = """create schema hidden; create table hidden."a ""b" (n int, "c ""d" varchar);
                insert into hidden."a ""b" values (1, 'person-00017'), (2, 'person-00018'), (3, 'person-00017')"""
    found = failures(change=change, identifiers={"person-00017", "person-00018"})
    assert found[-1] == "a \"b.c \"d: holds a participant's identifier (2 found)"


def test_the_audit_looks_at_all_of_it(write_extract, protected, returns, observation, indicator):
    """Figures, identifiers and key, through the front door."""
    gap = pl.DataFrame([{"gap_id": "g", "page": "person-00017", "title": KEY.hex(), "reason": "r",
                         "who_could_supply": "w"}])
    path = write_extract(protected, indicator=indicator, declared_gap=gap,
                         observation=observation.with_columns(pl.col("numerator") + 5))
    found = " ".join(map(str, audit(path, returns, key=KEY).failures))
    assert "identifier" in found and "secret key" in found and "differs" in found


@pytest.mark.parametrize("written", [KEY.hex(), "BwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLg=="])    # pragma: allowlist secret
def test_the_key_in_the_file_is_found(failures, written):
    change = f"insert into declared_gap values ('g', 'p', '{written}', 'r', 'w', null)"
    assert any("secret key" in failure for failure in failures(change=change, key=KEY))
    assert not failures(key=KEY)


def test_an_extract_without_returns_passes(write_extract, protected):
    report = audit(write_extract(protected.clear()))
    assert report.passed and "nothing to attack" in report.notes[-1]


def test_what_is_no_extract_is_refused_in_plain_words(tmp_path):
    text, empty = tmp_path / "notes.duckdb", tmp_path / "empty.duckdb"
    text.write_text("not a database, not a database, not a database")
    duckdb.connect(str(empty)).close()
    for path in (text, empty, tmp_path / "absent.duckdb"):
        with pytest.raises(BuildError, match="not an extract"):
            audit(path)
