"""Every path the project uses. Imports nothing of ours."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "assets"
DATA = ROOT / "data"
PAGES = ROOT / "pages"
QUERIES = ROOT / "queries"

PUBLISHED = DATA / "published"
REFERENCE = DATA / "reference"
CHALLENGE = DATA / "challenge"      # what only sessions read: no build is made of it
INDICATORS = QUERIES / "indicators"
VIEWS = QUERIES / "views"
COLLECTIONS = QUERIES / "collections.toml"
PUBLISHED_FIGURE = QUERIES / "published_figure.sql"


def extract_folder() -> Path:
    """The folder that holds extracts and the `current` pointer (`OUTCOMES_EXTRACT` overrides it)."""
    return Path(os.environ.get("OUTCOMES_EXTRACT", DATA / "extract"))


def access_list() -> Path | None:
    """The list of who may read an edition before its hour (`OUTCOMES_ACCESS`); None where nobody may."""
    return Path(named) if (named := os.environ.get("OUTCOMES_ACCESS")) else None


def access_log() -> Path | None:
    """Where such readings are written down (`OUTCOMES_ACCESS_LOG`); without it a file beside the list."""
    named, listed = os.environ.get("OUTCOMES_ACCESS_LOG"), access_list()
    return Path(named) if named else listed and listed.with_suffix(".log")


def contact() -> str:
    """Whom a reader tells about a barrier (`OUTCOMES_CONTACT`: an address or a number); '' where nobody is named."""
    return os.environ.get("OUTCOMES_CONTACT", "").strip()


def data_home() -> Path:
    """Where this platform keeps what a program writes for the person who runs it."""
    home = Path(os.path.expanduser("~"))        # never fails, also where nobody has a home
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")


def sessions_address() -> str:
    """Where challenge sessions are kept, as a database address (`DATABASE_URL` overrides it)."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data_home() / 'outcomes-dashboard' / 'sessions.db'}"


def roles_file() -> Path | None:
    """The file of roles in challenge sessions (`OUTCOMES_ROLES`); None where the dashboard is used without sign-in."""
    given = os.environ.get("OUTCOMES_ROLES")
    return Path(given) if given else None
