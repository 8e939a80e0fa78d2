"""Addresses of the dashboard as paths between the files of the static edition.

Every path is relative, so that the folder works from a web server, a memory stick or an archive.
"""

import posixpath
import re
from collections.abc import Collection
from html import escape, unescape
from urllib.parse import parse_qs, quote, urlsplit

from dashboard.figure import SCOTLAND

AREAS, EVIDENCE, INDICATORS = "areas.html", "evidence.html", "indicator/index.html"
BY_AREA = "-by-area"      # how the file of a measure in each area ends
_HREF = re.compile(r'href="(/[^"]*)"( target="_self")?')


def file_of(name: str, area_code: str = "") -> str:
    """The file of a page: 'index.html', 'jobs/S12000049.html', 'about.html'."""
    if name == "headlines":
        return "index.html"
    return f"{name}/{area_code}.html" if area_code else f"{name}.html"


def by_area(indicator_id: str) -> str:
    """The file of a measure's figures in each area."""
    return f"indicator/{indicator_id}{BY_AREA}.html"


def file_at(address: str, files: Collection[str]) -> str:
    """The file, with the part of it, that an address of the dashboard stands for; the nearest that there is."""
    split = urlsplit(address)
    name, asked = split.path.strip("/") or "headlines", {key: values[-1] for key, values in parse_qs(split.query).items()}
    if name == "indicator":
        of_area = f"{by_area(asked.get('id', ''))}#{place_of(asked.get('area', ''))}"
        return next((each for each in (of_area, f"indicator/{asked.get('id', '')}.html") if each in files), INDICATORS)
    if "evidence" in asked:
        return f"{EVIDENCE}#{quote(asked['evidence'])}"
    tries = (file_of(name, asked.get("area", "")), file_of(name, SCOTLAND), file_of(name), AREAS)
    found = next((each for each in tries if each in files), "index.html")
    part = asked.get("part") or (asked.get("by") if name == "equality" else "")
    return f"{found}#{place_of(part)}" if part and found.startswith(name) else found


def place_of(part: str) -> str:
    """The id of a part by its name or heading: 'part-what-may-be-said'."""
    return f"part-{re.sub(r'[^a-z0-9_-]+', '-', part.casefold()).strip('-')}"


def between(page: str, target: str) -> str:
    """The way from one file to another."""
    path, _, place = target.partition("#")
    way = posixpath.relpath(path, posixpath.dirname(page) or ".")
    if path == page and place:
        return f"#{place}"
    return f"{way}#{place}" if place else way


def relinked(html: str, page: str, files: Collection[str]) -> str:
    """Markup of the dashboard for a file: its links lead to files."""
    def replaced(match: re.Match) -> str:
        return f'href="{escape(between(page, file_at(unescape(match[1]), files)))}"'

    return _HREF.sub(replaced, html)
