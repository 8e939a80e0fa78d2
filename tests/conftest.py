"""Extracts that many tests read: built once a run by the real build, never mocked."""

import atexit
import gc
import hashlib
import json
import os
import shutil
from contextlib import contextmanager

import duckdb
import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from dashboard import paths
from tests.visit import Visit, launch

# A property holds or it does not: how long an example takes on a busy machine says nothing of it.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

# Workers share the processor already: a pool of threads in each would wake for tables of a few rows, and wait for the others.
# That any number of threads gives the same counts is tried in tests/disclosure/test_gate.py.
os.environ.setdefault("POLARS_MAX_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A run of tests holds much and lets go of little: the collector would look through all of it hundreds of times.
gc.set_threshold(100_000, 50, 100)


# Files that begin the same costly things (a browser, its server, a database, the figures of an edition) go to one worker, in
# this order of groups: what takes longest goes first, so that no worker is left alone with it at the end.
GROUPS = {
    "browser, pages": ("browser/test_every_page.py",),
    "browser, people": ("browser/test_sign_in.py", "browser/test_challenge.py", "browser/test_proxy.py", "browser/test_static_site.py"),
    "figures, pages and packs": ("figures/", "pages/", "packs/", "challenge/"),
    "browser, journeys": ("browser/",),
}


def is_worker(config):
    """By pytest's own mark: an environment is inherited by every process that a worker begins."""
    return hasattr(config, "workerinput")


def pytest_configure(config):
    """A worker's last word is said before it ends: to let go of a million things one by one takes it seconds more.

    What was registered first comes last: all else that is asked for at the end is done by then.
    """
    if is_worker(config):
        atexit.register(os._exit, 0)


def group_of(test):
    """(place in the order, name) of the group that a test belongs to; most files are a group of their own."""
    file = test.partition("::")[0].removeprefix("tests/")
    for place, (group, files) in enumerate(GROUPS.items()):
        if file.startswith(files):
            return place, group
    return len(GROUPS), file


def pytest_collection_modifyitems(items):
    """By group; in it first what needs no browser that was never here (tests/browser/conftest.py): what is open stays open."""
    items.sort(key=lambda item: (group_of(item.nodeid)[0], "reader" in item.fixturenames))


def pytest_collection_finish():
    gc.freeze()     # modules and tests stay till the end
    atexit.register(gc.unfreeze)        # and are let go of as the process ends, which some of them ask for


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling

    class Groups(LoadScopeScheduling):
        """Hands out groups, one after the other, to whoever is free."""

        def _split_scope(self, nodeid):
            return group_of(nodeid)[1]

    return Groups(config, log)


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory, pytestconfig):
    """One folder for every worker of this run, and never an earlier run's."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if is_worker(pytestconfig) else own


@pytest.fixture(scope="session", autouse=True)
def servers_own():
    """Editions stay open, with what was asked of them: tests take turns with a dozen. What a server keeps instead: its own three."""
    from dashboard.packs import search
    from dashboard.read import edition

    own = edition._EDITIONS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition, "_EDITIONS", edition.Kept(12))
        patch.setattr(search, "_PACKED", edition.Kept(12))
        yield own


@pytest.fixture(scope="session", autouse=True)
def last_complaints(pytestconfig):
    """What nobody holds any more may complain as it goes: it is let go of while a worker can still say so.

    pytest looks again after a worker's last word, twice, where nobody hears it: then nothing is left to look through.
    """
    yield
    gc.collect()
    if is_worker(pytestconfig):
        gc.freeze()


@pytest.fixture(scope="session")
def published_extract(shared_folder):
    """The extract of the published figures alone."""
    from dashboard.pipeline import publish, run

    out = shared_folder / "published_only"
    with FileLock(str(out) + ".lock"):
        if publish.current(out) is None:
            run.build(run.Inputs(out))
    return publish.current(out)


@pytest.fixture(scope="session")
def demonstration_returns(shared_folder):
    """The 75,000 made-up people behind the shipped extract, drawn once a run. Its folder: nobody changes it."""
    from dashboard.pipeline import default, demonstration

    folder = shared_folder / "demonstration_returns"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            made = folder.with_name("demonstration_returns_unfinished")
            demonstration.write(default.PARTICIPANTS, default.SEED, made)
            made.rename(folder)
    return folder


@pytest.fixture(scope="session")
def odd_extract(tmp_path_factory):
    """A small extract made by hand from tests/fixtures/odd_cases.sql: every awkward case once. Its folder."""
    folder = tmp_path_factory.mktemp("odd_extract")
    path = folder / "outcomes-fixture00001.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute((paths.QUERIES / "schema.sql").read_text(encoding="utf-8"))
        con.execute((paths.ROOT / "tests" / "fixtures" / "odd_cases.sql").read_text(encoding="utf-8"))
    (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def place_edition(odd_extract):
    """place_edition(folder, "aaaaaaaaaaaa", edition="2026-Q3", …): the extract of odd cases as an edition of its own.

    `release` are columns of its release; `rate` is what the rate of 75.0 is in this one, so that editions can be told apart.
    """
    def place(folder, extract_id, rate=75.0, is_current=True, **release):
        folder.mkdir(exist_ok=True)
        path = folder / f"outcomes-{extract_id}.duckdb"
        shutil.copy(odd_extract / "outcomes-fixture00001.duckdb", path)
        with duckdb.connect(str(path), config={"threads": "1"}) as con:
            if rate != 75.0:
                con.execute("update observation set value = $rate, lower_ci = lower_ci + $rate - 75.0, "
                            "upper_ci = upper_ci + $rate - 75.0 where value = 75.0", {"rate": rate})
            told = {"extract_id": extract_id, **release}
            con.execute(f"update release set {', '.join(f'{column} = ${column}' for column in told)}", told)
            built_at = con.execute("select built_at::varchar from release").fetchone()[0]
        described = {"file_sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "built_at": built_at}
        path.with_suffix(".json").write_text(json.dumps(described), encoding="utf-8")
        if is_current:
            (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
        return path

    return place


@pytest.fixture(scope="session")
def playwright():
    """One Playwright a worker: a second one in the same process refuses to start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser_of(playwright):
    """browser_of(webgl=True): a browser that draws WebGL, by software, or the much quicker one that cannot; one of each a worker."""
    launched = {}

    def browser_of(webgl):
        if webgl not in launched:
            launched[webgl] = launch(playwright, webgl)
        return launched[webgl]

    yield browser_of
    for browser in launched.values():
        browser.close()


@pytest.fixture(scope="session")
def browse(browser_of):
    """`with browse(address, path, webgl=True) as visit`: see tests/visit.py."""
    @contextmanager
    def visit(address, path, webgl=True, width=700):
        context = browser_of(webgl).new_context(viewport={"width": width, "height": 900})
        try:
            yield Visit(context.new_page(), address, path)
        finally:
            context.close()

    return visit


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
    from dashboard.pipeline import curate

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
def one_missing_extract(add_case):
    """31 returns with scores of progress, none from Orkney Islands. Its folder."""
    return add_case("onemissing00", [ORKNEY], None)


@pytest.fixture(scope="session")
def two_scored_extract(add_case):
    """32 returns; scores of progress from Glasgow City and Fife only. Its folder."""
    return add_case("twoscored000", [], [GLASGOW, FIFE])


def _shipped_but(folder, *statements):
    """The shipped extract in this folder, changed by these statements of SQL; made once a run. Its folder."""
    from dashboard.read import extract

    with FileLock(f"{folder}.lock"):
        if not (folder / "current").is_file():
            folder.mkdir()
            path = folder / f"outcomes-{folder.name}.duckdb"
            shutil.copy(extract.current_path(paths.DATA / "extract"), path)
            with duckdb.connect(str(path)) as con:
                for each in statements:
                    con.execute(each)
            (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
    return folder


def _fixture_sql(name):
    return (paths.ROOT / "tests" / "fixtures" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def groups_extract(shared_folder):
    """The shipped extract with the breakdowns of tests/fixtures/groups_case.sql, one pair of them withheld. Its folder."""
    return _shipped_but(shared_folder / "groupscase00", _fixture_sql("groups_case.sql"),
                        "update release set extract_id = 'groupscase00'")


@pytest.fixture(scope="session")
def next_extract(shared_folder):
    """The shipped extract as a later edition, changed by tests/fixtures/next_edition.sql. Its folder."""
    return _shipped_but(shared_folder / "nextedition0", _fixture_sql("next_edition.sql"))
