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
def two_editions(tmp_path_factory, place_edition):
    folder = tmp_path_factory.mktemp("two_editions") / "extract"
    place_edition(folder, OPEN, edition="2026-Q1", built_at="2026-04-01")
    place_edition(folder, RESTRICTED, rate=66.6, edition="2977-Q4", built_at="2026-11-30", cut_off="2026-11-29",
                  embargo_until="2999-01-01 09:30:00")
    return folder


@pytest.fixture
def embargoed(tmp_path, two_editions):
    """A folder whose pointer names an edition that is restricted until the year 2999; the one before is open."""
    folder = shutil.copytree(two_editions, tmp_path / "extract")
    (tmp_path / "access.toml").write_text(ACCESS, encoding="utf-8")
    return folder


@pytest.fixture
def access(embargoed, monkeypatch):
    """The access list beside that folder, in use. Its path."""
    path = embargoed.parent / "access.toml"
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
