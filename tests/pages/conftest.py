"""Pages run by Streamlit's own test runner, on the small extract of odd cases or on the published figures."""

import re
import sys
from html import unescape

import pytest
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from dashboard import paths
from dashboard.components import run
from dashboard.packs.pattern import named_in
from dashboard.serving import patterns
from tests.patterns import unpacked

MAIN = sys.modules["__main__"]      # a page that runs puts itself there, and other processes begin with what stands there


@pytest.fixture(scope="session")
def installed_components():
    """Components that installed packages bring: AppTest would look for them in every package, for every page anew."""
    found = BidiComponentManager()
    found.discover_and_register_components(start_file_watching=False)
    return found


@pytest.fixture(autouse=True)
def nothing_fails(caplog, monkeypatch):
    """A part of a page that fails is logged, not raised: no test lets that pass unseen, unless it clears the log."""
    monkeypatch.setattr(run.log, "disabled", False)      # the import linter's own set-up of logging silences others
    yield
    assert not [record.getMessage() for record in caplog.get_records("call") if record.name == run.__name__]


@pytest.fixture
def open_page(monkeypatch, installed_components):
    """open_page(folder, "partnership", area="S12000023") runs one page."""
    def run(folder, page="", /, **link):
        monkeypatch.setenv("OUTCOMES_EXTRACT", str(folder))
        app = AppTest.from_file(paths.ROOT / "dashboard" / "app.py", default_timeout=60)
        app._bidi_component_manager = installed_components
        for name, value in link.items():
            app.query_params[name] = value
        # Before its first run AppTest knows only file names, and a page's address may differ from its file's.
        app._page_hash = calc_hash(page.replace("_", "-")) if page and page != "headlines" else ""
        return app.run()

    yield run
    sys.modules["__main__"] = MAIN


def _figures(app):
    """What each figure on the page was given, unpacked: head, foot, alt, chart, csv, …; terms and years as plain words."""
    found = [unpacked(each.proto.bytes, lambda address: patterns._pattern(named_in(address)))
             for each in app.get("bidi_component") if each.proto.component_name == "figure"]
    return [each | {part: _plain(each[part]) for part in ("head", "foot")} for each in found]


def _plain(html):
    return re.sub(r'<span class="oc-(?:term|whole)"[^>]*>(.*?)</span>', r"\1", html)


@pytest.fixture
def figures_of():
    """Every figure of a page as its browser unpacks it, in the order of the page."""
    return _figures


@pytest.fixture
def drawn_on():
    """The figures of a page that have a drawing."""
    return lambda app: [figure for figure in _figures(app) if figure.get("page")]


@pytest.fixture
def markup_of():
    """All the HTML of a page: its own blocks, then that of its figures; terms and years as plain words."""
    def read(app):
        return "\n".join([*(_plain(element.proto.body) for element in app.get("html")),
                          *(figure["head"] + figure.get("key", "") + figure["foot"] for figure in _figures(app))])

    return read


@pytest.fixture
def texts_of(markup_of):
    """texts_of(app, "oc-notice"): the words of each element of that class, without markup."""
    def read(app, css):
        found = re.findall(rf'<(\w+) class="{css}"[^>]*>(.*?)</\1>', markup_of(app), re.DOTALL)
        return [re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", body))).strip() for _, body in found]

    return read
