"""The web server: Streamlit's own, behind a few checks and with its files compressed once.

`streamlit run dashboard/server.py` and any ASGI server can start it. No request leaves this machine.
"""

import base64
import gzip
import hashlib
import json
import mimetypes
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

import streamlit as st
from anyio import to_thread
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_routes import _ensure_xsrf_cookie

from dashboard import ahead, memory, paths
from dashboard.components import assets
from dashboard.limits import most_sessions, raise_handles
from dashboard.packs.search import is_index, packed_index
from dashboard.read.edition import current
from dashboard.read.extract import ExtractError
from dashboard.read.geometry import find_shapes, shapes_file
from dashboard.serving import log
from dashboard.serving.patterns import Patterns
from dashboard.serving.taken import QuestionsAlone
from dashboard.serving.together import Together
from dashboard.serving.zipped import LONG, answer

BUILT_IN = paths.ASSETS / "geometry"
STREAMLIT = Path(st.__file__).parent / "static"
COMPRESSED = (".js", ".css", ".html", ".json", ".svg", ".geojson", ".txt", ".wasm")
NO_SUCH_PAGE = "no-such-page"
HEAD = ("Html", "BidiComponent", "Selectbox")       # Streamlit's modules that show what stands at the head of a page
OWN = ("app", "media", "component", "static", "auth", "oauth2callback")     # first parts of addresses that are no pages
IMPORTED = re.compile(r'(?:\bfrom|\bimport)"\./([\w.-]+\.js)"')        # by a module of Streamlit's, before it runs
OF_ANOTHER_FONT = re.compile(r'<link\s+rel="preload"\s+href="\./static/media/SourceSans[^>]*>')
OWN_PARTS = ('<link rel="preload" href="/app/static/fonts/roboto-latin-wght-normal.woff2" as="font" type="font/woff2" crossorigin>'
             '<link rel="preload" href="/app/static/logo.svg" as="image">')
AT_FIRST = "\n".join(each.read_text(encoding="utf-8") for each in (assets.FIRST, assets.LINKS))
KEPT = assets.KEPT.read_text(encoding="utf-8")
ENTRY = re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>')
FETCHED = re.compile(r'\s*<link rel="modulepreload" crossorigin href="([^"]+)">')
EDITION, SHAPES = "{edition}", "{shapes}"       # in the page: where the current edition is named, and its shapes of councils


def inline_script_hashes(page: str) -> list[str]:
    """'sha256-…' of each script written into a page of HTML: what a content policy must allow by name."""
    scripts = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", page, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(each.encode()).digest()).decode()}'" for each in scripts]


def content_policy() -> str:
    """What a page of ours may load: itself, and nothing from anywhere else; no one may frame it."""
    hashes = " ".join(inline_script_hashes(styled_page()))
    return ("default-src 'none'; "
            f"script-src 'self' blob: {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
            "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
            "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'none'")


class SameOrigin:
    """Refuses a websocket that another site opens, before anything of Streamlit's runs.

    Streamlit would look up this machine's own address on the network to decide: seconds for everybody, where none answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
            origin, host = headers.get("origin", ""), headers.get("host", "")
            if origin and urlsplit(origin).netloc != host:      # as Streamlit compares them; a browser sends both in small letters
                await receive()
                await send({"type": "websocket.close", "code": 1008, "reason": "another site"})
                return
        await self.app(scope, receive, send)


class Headers:
    """Says to the browser what a page may do, on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        said = {"content-security-policy": content_policy(), "x-content-type-options": "nosniff",
                "referrer-policy": "same-origin", "x-frame-options": "DENY", "cross-origin-opener-policy": "same-origin",
                "permissions-policy": "camera=(), microphone=(), geolocation=()"}
        self.added = [(name.encode(), value.encode()) for name, value in said.items()]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *self.added]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Limit:
    """Takes no more sessions than there is room for; who comes then is told so, and those at work are not slowed down."""

    FULL = ("The dashboard is full at this moment: more people are reading it than it has room for. "
            "Please open this page again in a minute.")

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.most, self.open = app, most_sessions(raise_handles()), 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_session = scope["type"] == "websocket"
        is_page = scope["type"] == "http" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")
        if self.open >= self.most and (is_session or is_page):
            await self._refuse(scope, receive, send)
            return
        self.open += is_session
        try:
            await self.app(scope, receive, send)
        finally:
            self.open -= is_session

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = PlainTextResponse(self.FULL, 503, {"retry-after": "60"})
        if scope["type"] == "http" or "websocket.http.response" in scope.get("extensions", {}):
            await response(scope, receive, send)
        else:
            await receive()
            await send({"type": "websocket.close", "code": 1013, "reason": "full"})


class Probes:
    """/healthz: the server answers. /readyz: it has an edition to show everyone. Neither says which."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in ("/healthz", "/readyz"):
            is_well = scope["path"] == "/healthz" or await to_thread.run_sync(_is_ready)
            await PlainTextResponse("yes" if is_well else "no", 200 if is_well else 503, {"cache-control": "no-store"})(
                scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_ready() -> bool:
    try:
        current(paths.extract_folder())
    except ExtractError:
        return False
    return True


class Files:
    """Streamlit's and Plotly's files, each compressed once and kept; a page address that is too deep is sent on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            response = await self._response(scope)
            if response is not None:
                await response(scope, receive, send)
                return
        await self.app(scope, receive, send)

    async def _response(self, scope: Scope) -> Response | None:
        path = scope["path"]
        if path in assets.BY_ADDRESS:
            return await _file(scope, assets.BY_ADDRESS[path])
        if shapes := find_shapes(path[1:], paths.extract_folder(), BUILT_IN):
            return await _file(scope, shapes)
        if is_index(path):
            return await _index(scope)
        if path.startswith("/static/"):
            held = (STREAMLIT / path.lstrip("/")).resolve()
            if held.is_relative_to(STREAMLIT) and held.is_file() and held.suffix in COMPRESSED:
                return await _file(scope, held)
            return None
        parts = path.strip("/").split("/")
        # Streamlit looks for its own addresses under a page's too, and must not find any there.
        own = any(part.startswith("_") for part in parts) or parts[0] in OWN or "." in parts[-1]
        if len(parts) > 1 and not own:
            return RedirectResponse(f"/{NO_SUCH_PAGE}?asked={quote('/'.join(parts)[:200])}", 302)
        if not own and b"text/html" in dict(scope["headers"]).get(b"accept", b""):
            response = HTMLResponse(await to_thread.run_sync(page_now), headers={"cache-control": "no-cache"})
            # A session knows who opens it by this cookie beside that of the sign-in, and is opened before anything else is asked.
            _ensure_xsrf_cookie(Request(scope), response)
            return response
        return None


def page_now() -> str:
    """The page that every address answers with; it names the current edition, by which a browser knows what it may show again."""
    page = styled_page().replace(SHAPES, f"/{shapes_file(paths.extract_folder(), BUILT_IN)}")
    try:
        return page.replace(EDITION, current(paths.extract_folder()).extract_id)
    except ExtractError:
        return page.replace(EDITION, "")


@cache
def styled_page() -> str:
    """Streamlit's page with the dashboard's style sheet after its own, and the parts every page needs fetched at once.

    Without them a reader sees a page without style, then 40 pixels in the place of each table, then everything jumps.
    Streamlit's own script is begun by ours, once what the browser has kept of the page is painted.
    """
    page = OF_ANOTHER_FONT.sub(OWN_PARTS, (STREAMLIT / "index.html").read_text(encoding="utf-8"))
    start, of_streamlit = ENTRY.search(page)[1], FETCHED.findall(page)
    modules = [start, *of_streamlit, *(address for name in modules_of_head() if (address := f"./static/js/{name}") not in of_streamlit),
               assets.FIGURE.address, assets.SEARCH.address]
    first = f"{{{AT_FIRST}}}{{const START = {json.dumps(start)}, MODULES = {json.dumps(modules)};\n{KEPT}}}"
    return (FETCHED.sub("", ENTRY.sub("", page)).replace("<head>", f"<head><script>{first}</script>")
            .replace("<html ", f'<html data-edition="{EDITION}" data-version="{assets.version()}" data-styles="{assets.STYLES.address}" '
                     f'data-map="{assets.MAP.address}" data-deck="{assets.DECK.address}" data-shapes="{SHAPES}" ')
            .replace("</body>", f'<link rel="stylesheet" href="{assets.STYLES.address}"><script>beginPage()</script></body>'))


def modules_of_head() -> list[str]:
    """Names of the files of HEAD and of all that they import: a browser would ask for each only once it has read the one before."""
    folder = STREAMLIT / "static" / "js"
    found = [each.name for name in HEAD for each in folder.glob(f"{name}.*.js")]
    for name in found:      # grows while it is read
        imported = IMPORTED.findall((folder / name).read_text(encoding="utf-8"))
        found += [each for each in dict.fromkeys(imported) if each not in found]
    return found


async def _file(scope: Scope, path: Path) -> Response:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return answer(scope, await to_thread.run_sync(_compressed_file, path), kind)


async def _index(scope: Scope) -> Response | None:
    """The search's index of the current edition; not to be kept under the address of another."""
    try:
        packed = await to_thread.run_sync(lambda: packed_index(current(paths.extract_folder())))
    except ExtractError:
        return None
    return answer(scope, _compressed(packed.body), "application/json", LONG if packed.address == scope["path"] else "no-store")


@lru_cache(maxsize=400)
def _compressed_file(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@lru_cache(maxsize=3)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, 6, mtime=0)


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[dict]:
    """What the server began with stays as it is; figures are made ahead for as long as it runs."""
    log.begin()
    memory.begin()
    stopped = ahead.start(paths.extract_folder())
    yield {}
    stopped.set()


app = st.App(Path(__file__).with_name("app.py"), lifespan=lifespan,
             middleware=[Middleware(log.Events), Middleware(QuestionsAlone), Middleware(Probes), Middleware(SameOrigin),
                         Middleware(Headers), Middleware(Limit), Middleware(Patterns), Middleware(Files), Middleware(Together)])
