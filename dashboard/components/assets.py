"""Files that the browser fetches once and keeps: each at an address that changes with its content."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from dashboard import paths


@dataclass(frozen=True)
class Asset:
    """A file and the address it is served at."""

    path: Path
    address: str


def _asset(path: Path, name: str = "") -> Asset:
    """Its address carries a name, its own if none is given, and a digest of what is in it."""
    return Asset(path, f"/{name or path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}")


def _of_package(name: str, *parts: str) -> Path:
    """A file that an installed package brings for browsers."""
    return Path(find_spec(name).origin).parent.joinpath(*parts)


def version() -> str:
    """A digest of all that a page is made by, its edition apart: another one may say the same figures in other words."""
    made_by = sorted(each for folder in (paths.ROOT / "dashboard", paths.PAGES, paths.QUERIES, paths.ASSETS / "words")
                     for each in folder.rglob("*") if each.suffix in (".py", ".html", ".js", ".css", ".sql", ".toml", ".md"))
    digest = hashlib.sha256()
    for each in (*made_by, STYLES.path):
        digest.update(each.read_bytes())
    return digest.hexdigest()[:12]


PLOTLY = _asset(paths.ASSETS / "plotly" / "plotly-basic.min.js")      # a quarter of the one with every kind of chart
DECK = _asset(_of_package("pydeck", "nbextension", "static", "index.js"), "deck")
FIGURE = _asset(Path(__file__).with_name("figure.js"))
MAP = _asset(Path(__file__).with_name("map.js"))
SEARCH = _asset(Path(__file__).with_name("search.js"))
TERMS = _asset(Path(__file__).with_name("terms.js"))
MENU = _asset(Path(__file__).with_name("menu.js"))
STYLES = _asset(paths.ASSETS / "dashboard.css")
FIRST = Path(__file__).with_name("first.js")       # these three stand in the page itself
LINKS = Path(__file__).with_name("links.js")
KEPT = Path(__file__).with_name("kept.js")
BY_ADDRESS = {each.address: each.path for each in (PLOTLY, DECK, FIGURE, MAP, SEARCH, TERMS, MENU, STYLES)}
