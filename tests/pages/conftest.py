"""Pages run by Streamlit's own test runner, on the small extract of odd cases or on the published figures."""

import datetime
import shutil

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import paths


@pytest.fixture
def open_page(monkeypatch):
    """open_page(folder, "partnership", area="S12000023") runs one page; `.html` is all its own markup."""
    def run(folder, page="", **link):
        monkeypatch.setenv("OUTCOMES_EXTRACT", str(folder))
        app = AppTest.from_file(paths.ROOT / "dashboard" / "app.py", default_timeout=60)
        for name, value in link.items():
            app.query_params[name] = value
        # Before its first run AppTest knows only file names, and a page's address may differ from its file's.
        app._page_hash = calc_hash(page.replace("_", "-")) if page and page != "headlines" else ""
        return app.run()

    return run


@pytest.fixture
def markup_of():
    """All the HTML a page wrote."""
    return lambda app: "\n".join(element.proto.body for element in app.get("html"))


RETURNS = ("soft_outcome_paired", "soft_outcome_improved", "experience_agree", "entered_work", "cost_per_start",
           "cost_per_person_entering_work", "followup_recorded_13_weeks")


@pytest.fixture(scope="session")
def returns_extract(published_extract, tmp_path_factory):
    """The published extract with the returns of tests/fixtures/returns_case.sql, as the build derives them. Its folder."""
    import duckdb

    from dashboard import catalogue
    from dashboard.build import rates

    folder = tmp_path_factory.mktemp("returns_extract")
    path = folder / "outcomes-returnscase0.duckdb"
    shutil.copy(published_extract, path)
    with duckdb.connect(str(path)) as con:
        con.execute((paths.ROOT / "tests" / "fixtures" / "returns_case.sql").read_text(encoding="utf-8"))
        con.execute("update release set extract_id = 'returnscase0'")
        con.execute((paths.QUERIES / "curate" / "90_cohort.sql").read_text(encoding="utf-8"))
        periods = con.execute("select * from period").df()
        for name in RETURNS:
            indicator = catalogue.load_indicator(paths.QUERIES / "indicators" / f"{name}.toml")
            rows = con.execute((paths.QUERIES / "indicators" / f"{name}.sql").read_text(encoding="utf-8")).df()
            rows = rates.derive(rows, indicator, periods, datetime.date(2026, 6, 30), ["S12000023"])
            rows = rows.assign(indicator_id=name, data_class="returns")
            con.register("derived", rows)
            con.execute("insert into observation by name select * from derived")
            con.unregister("derived")
    (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return folder
