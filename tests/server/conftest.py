"""Two editions in one folder, the newer one restricted; and readers of either kind."""

import shutil

import pytest

from dashboard.read import clock
from tests.pages.conftest import figures_of, installed_components, markup_of, open_page, texts_of

__all__ = ["figures_of", "installed_components", "markup_of", "open_page", "texts_of"]

OPEN, RESTRICTED = "aaaaaaaaaaaa", "eeeeeeeeeeee"
NAMED = "reader@example.scot"
ACCESS = f'[[reader]]\nemail = "{NAMED}"\nrole = "Statistician"\npurpose = "Quality assurance"\n'


@pytest.fixture(scope="session")
def embargoed(tmp_path_factory, place_edition):
    """A folder whose pointer names an edition that is restricted until the year 2999; the one before is open.

    Nobody changes it, and all read the same two editions: whatever a named reader was given is there when others ask.
    """
    folder = tmp_path_factory.mktemp("embargoed") / "extract"
    place_edition(folder, OPEN, edition="2026-Q1", built_at="2026-04-01")
    place_edition(folder, RESTRICTED, rate=66.6, edition="2977-Q4", built_at="2026-11-30", cut_off="2026-11-29",
                  embargo_until="2999-01-01 09:30:00")
    return folder


@pytest.fixture
def own_embargoed(tmp_path, embargoed):
    """The same for one test alone, which may damage it or let its hour come."""
    return shutil.copytree(embargoed, tmp_path / "extract")


@pytest.fixture
def access(tmp_path, monkeypatch):
    """The access list, in use. Its path."""
    path = tmp_path / "access.toml"
    path.write_text(ACCESS, encoding="utf-8")
    monkeypatch.setenv("OUTCOMES_ACCESS", str(path))
    monkeypatch.delenv("OUTCOMES_ACCESS_LOG", raising=False)
    return path


class Hands:
    """A clock that can be set, and the seconds that cannot."""

    def __init__(self, monkeypatch):
        self.wall, self.counted = 1_000_000_000.0, 0.0
        monkeypatch.setattr(clock, "CLOCK", clock.Clock(lambda: self.wall, lambda: self.counted))

    def pass_by(self, seconds):
        self.wall += seconds
        self.counted += seconds

    def pass_to(self, when):
        self.pass_by(when.timestamp() - self.wall)


@pytest.fixture
def hands(monkeypatch):
    return Hands(monkeypatch)
