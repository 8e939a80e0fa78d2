"""Pages run by Streamlit's own test runner, on the small extract of odd cases or on the published figures."""

import shutil

import duckdb
import pytest
from filelock import FileLock
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import paths
from dashboard.pipeline import curate


@pytest.fixture(scope="session")
def installed_components():
    """Components that installed packages bring: AppTest would look for them in every package, for every page anew."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


@pytest.fixture
def open_page(monkeypatch, installed_components):
    """open_page(folder, "partnership", area="S12000023") runs one page."""
    def run(folder, page="", **link):
        monkeypatch.setenv("OUTCOMES_EXTRACT", str(folder))
        app = AppTest.from_file(paths.ROOT / "dashboard" / "app.py", default_timeout=60)
        app._bidi_component_manager = installed_components
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


ORKNEY, GLASGOW, FIFE = "S12000023", "S12000049", "S12000047"


@pytest.fixture(scope="session")
def add_case(published_extract, shared_folder):
    """add_case(extract_id, silent, scored): the published extract with made-up returns, made once a run. Its folder."""
    def add(extract_id, silent, scored):
        folder = shared_folder / extract_id
        with FileLock(f"{folder}.lock"):
            if not (folder / "current").is_file():
                _add_case(published_extract, folder, extract_id, silent, scored)
        return folder

    return add


def _add_case(published, folder, extract_id, silent, scored):
    """The published extract with the returns of tests/fixtures/returns_case.sql, as the build derives them."""
    folder.mkdir(exist_ok=True)
    path = folder / f"outcomes-{extract_id}.duckdb"
    shutil.copy(published, path)
    with duckdb.connect(str(path)) as con:
        everyone = [code for (code,) in con.execute(
            "select area_code from area where area_type = 'partnership'").fetchall()]
        con.execute("set variable silent = $silent::varchar[]", {"silent": silent})
        con.execute("set variable scored = $scored::varchar[]",
                    {"scored": [code for code in scored or everyone if code not in silent]})
        con.execute((paths.ROOT / "tests" / "fixtures" / "returns_case.sql").read_text(encoding="utf-8"))
        con.execute("update release set extract_id = $id", {"id": extract_id})
        con.execute((paths.QUERIES / "curate" / "90_cohort.sql").read_text(encoding="utf-8"))
        for each in curate.load_indicators():
            if each.data_class == "returns":
                con.execute("delete from observation where indicator_id = $id", {"id": each.indicator_id})
                curate.write_observations(con, each, silent)
    (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")


@pytest.fixture(scope="session")
def returns_extract(add_case):
    """31 returns, none from Orkney Islands; scores of progress from Glasgow City and Fife only. Its folder."""
    return add_case("returnscase0", [ORKNEY], [GLASGOW, FIFE])


@pytest.fixture(scope="session")
def one_missing_extract(add_case):
    """31 returns with scores of progress, none from Orkney Islands. Its folder."""
    return add_case("onemissing00", [ORKNEY], None)


@pytest.fixture(scope="session")
def two_scored_extract(add_case):
    """32 returns; scores of progress from Glasgow City and Fife only. Its folder."""
    return add_case("twoscored000", [], [GLASGOW, FIFE])
