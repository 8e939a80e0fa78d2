"""The web server: who may open a session, what a browser may load, and how files and wrong addresses are answered."""

import asyncio
import gzip
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from streamlit.web.server.starlette.starlette_app_utils import validate_xsrf_token

from dashboard import paths, server
from dashboard.packs.search import packed_index
from dashboard.read.edition import current


async def _inner(scope, receive, send):
    """Stands where Streamlit stands: answers everything with its own name."""
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"inner"})


def ask(app, path, headers=(), kind="http", method="GET"):
    """(first message sent, body) of one request."""
    sent = []

    async def receive():
        return {"type": "websocket.connect" if kind == "websocket" else "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "path": path, "raw_path": path.encode(), "query_string": b"", "method": method,
             "headers": [(name.encode(), value.encode()) for name, value in headers], "root_path": "", "http_version": "1.1",
             "scheme": "http", "server": ("localhost", 80), "client": ("localhost", 1)}
    # In a thread of its own: a browser opened by another test of this process keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, app(scope, receive, send)).result()
    return sent[0], b"".join(each.get("body", b"") for each in sent)


def headers_of(message):
    return {name.decode(): value.decode() for name, value in message["headers"]}


@pytest.mark.parametrize(("origin", "opens"), [
    ("http://localhost:8501", True), ("https://localhost:8501", True), ("", True),
    ("http://elsewhere.example", False), ("http://localhost:8501.elsewhere.example", False), ("null", False)])
def test_no_other_site_opens_a_session(origin, opens):
    reached = []

    async def inner(scope, receive, send):
        reached.append(True)
        await send({"type": "websocket.accept"})

    given = [("host", "localhost:8501"), *([("origin", origin)] if origin else [])]
    first, _ = ask(server.SameOrigin(inner), "/_stcore/stream", given, "websocket")
    assert bool(reached) == opens and first["type"] == ("websocket.accept" if opens else "websocket.close")


def test_every_answer_says_what_a_page_may_load():
    first, _ = ask(server.Headers(_inner), "/anything")
    said = headers_of(first)
    assert "frame-ancestors 'none'" in said["content-security-policy"] and said["x-content-type-options"] == "nosniff"
    assert "http" not in said["content-security-policy"], "nothing from anywhere else"


def test_the_policy_names_the_scripts_that_the_page_itself_holds():
    hashes = server.inline_script_hashes((server.STREAMLIT / "index.html").read_text(encoding="utf-8"))
    assert hashes and all(each in server.content_policy() for each in hashes)
    assert server.inline_script_hashes("<script>a</script><script src='x'></script>") == [
        "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='"]    # pragma: allowlist secret


def test_files_are_sent_compressed_and_whole():
    script = next((server.STREAMLIT / "static" / "js").glob("*.js"))
    address = f"/{script.relative_to(server.STREAMLIT)}"
    first, body = ask(server.Files(_inner), address, [("accept-encoding", "gzip, br")])
    assert headers_of(first)["content-encoding"] == "gzip" and gzip.decompress(body) == script.read_bytes()
    assert ask(server.Files(_inner), address)[1] == script.read_bytes()


def test_a_page_names_the_shapes_of_councils_and_what_draws_them_and_they_are_sent_packed_and_kept():
    page = ask(server.Files(_inner), "/places", [("accept", "text/html")])[1].decode()
    named = dict(re.findall(r'data-(map|deck|shapes)="(/[^"]+)"', page))
    for address in (*named.values(), named["shapes"].replace(".geojson", "-hatch.geojson")):
        first, body = ask(server.Files(_inner), address, [("accept-encoding", "gzip")])
        said = headers_of(first)
        assert said["content-encoding"] == "gzip" and "immutable" in said["cache-control"], address
    assert set(named) == {"map", "deck", "shapes"} and json.loads(gzip.decompress(body))["type"] == "FeatureCollection"


@pytest.mark.parametrize("path", ["/static/../../../pyproject.toml", "/static/%2e%2e/secrets.js", "/static/none.js", "/_stcore/health"])
def test_what_is_not_such_a_file_goes_on_to_streamlit(path):
    assert ask(server.Files(_inner), path, [("accept-encoding", "gzip")])[1] == b"inner"


@pytest.mark.parametrize("path", ["/", "/jobs"])
def test_a_page_comes_with_its_style_sheet_and_the_parts_at_its_head(path):
    """In the body, after Streamlit's own: it wins without being louder. Every file it asks for is there."""
    first, body = ask(server.Files(_inner), path, [("accept", "text/html,*/*")])
    page = body.decode()
    assert headers_of(first)["cache-control"] == "no-cache"
    style = page.index(f'<link rel="stylesheet" href="{server.assets.STYLES.address}">')
    assert style > page.index('<div id="root">') and server.assets.STYLES.address in server.assets.BY_ADDRESS
    for name in server.HEAD:
        assert f"/js/{name}." in page, f"{name} is no longer a module of its own"
    assert all(f"/js/{name}\"" in page for name in server.modules_of_head()) and len(server.modules_of_head()) > len(server.HEAD)
    assert server.OWN_PARTS in page and "SourceSans" not in page
    hashes = server.inline_script_hashes(page)
    assert len(hashes) == 3 and all(each in server.content_policy() for each in hashes), "nothing the content policy does not know"
    assert "window.__streamlit = { BACKEND_BASE_URL" in page
    assert f'data-edition="{current(paths.extract_folder()).extract_id}"' in page and "{edition}" not in page


def test_a_page_brings_the_cookie_by_which_its_session_knows_who_opens_it():
    """A browser that was closed has lost it and not the sign-in: without it the first page would be nobody's."""
    accept = ("accept", "text/html")
    given = headers_of(ask(server.Files(_inner), "/jobs", [accept])[0])["set-cookie"].partition(";")[0]
    assert given.startswith("_streamlit_xsrf=")
    again = headers_of(ask(server.Files(_inner), "/jobs", [accept, ("cookie", given)])[0])["set-cookie"]
    assert validate_xsrf_token(again.partition(";")[0].partition("=")[2], given.partition("=")[2]), "one that is there stays"


@pytest.mark.parametrize(("path", "asked"), [("/jobs/extra", "jobs/extra"), ("/jobs/a/b", "jobs/a/b")])
def test_an_address_too_deep_to_be_a_page_is_sent_to_one_that_says_so(path, asked):
    first, _ = ask(server.Files(_inner), path)
    assert first["status"] == 302 and headers_of(first)["location"] == f"/{server.NO_SUCH_PAGE}?asked={asked}"


@pytest.mark.parametrize("path", ["/jobs", "/jobs/_stcore/health", "/app/static/fonts/a.woff2", "/media/abc.svg"])
def test_pages_and_files_are_not_sent_away(path):
    assert ask(server.Files(_inner), path)[1] == b"inner"


def test_the_search_is_fetched_once_and_never_kept_under_the_address_of_another_edition(published_extract, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(published_extract.parent))
    address = packed_index(current(published_extract.parent)).address
    first, body = ask(server.Files(_inner), address, [("accept-encoding", "gzip")])
    assert headers_of(first)["cache-control"] == server.LONG and b'"Page"' in gzip.decompress(body)
    first, body = ask(server.Files(_inner), "/search-000000000000.json")
    assert headers_of(first)["cache-control"] == "no-store" and b'"Page"' in body
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(published_extract.parent / "nowhere"))
    assert ask(server.Files(_inner), address)[1] == b"inner"


def test_what_a_sign_in_comes_back_to_is_answered_by_streamlit():
    _, body = ask(server.Files(_inner), "/oauth2callback", [("accept", "text/html")])
    assert body == b"inner"
    _, body = ask(server.Files(_inner), "/jobs", [("accept", "text/html")])
    assert b"<html" in body
