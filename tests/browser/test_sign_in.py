"""A person named for a release signs in with a real provider, and only they see it: by page, by cookie, by file, at a replica."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, contextmanager

import pytest

from dashboard import paths
from tests.server.conftest import NAMED, RESTRICTED, access, embargoed

from .conftest import Reader, wait_until_healthy

__all__ = ["access", "embargoed"]

HINTS = (RESTRICTED, "66.6", "2977", "2999", "Restricted statistics")
OTHER = "other@example.scot"


def free_ports(count):
    with ExitStack() as held:
        taken = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in taken:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in taken]


@contextmanager
def started(command, folder, **env):
    """A process until the block ends; what it wrote is in folder/log."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | env, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def signing_in(tmp_path, embargoed, access):
    """(address, replica's address, folder of the first's log, people's passwords) with a provider that both sign in with."""
    own, replica, op = free_ports(3)
    client, word = secrets.token_hex(4), secrets.token_hex(16)
    passwords = {"named": secrets.token_hex(4), "other": secrets.token_hex(4)}
    people = {name: {"password": passwords[name], "claims": {"email": email, "email_verified": True}}
              for name, email in (("named", NAMED), ("other", OTHER))}
    where = {name: tmp_path / name for name in ("provider", "own", "replica")}
    for each in where.values():
        each.mkdir()
    (where["provider"] / "settings.json").write_text(json.dumps({
        "port": op, "client_id": client, "client_secret": word, "people": people,
        "redirect_uri": f"http://localhost:{own}/oauth2callback"}), encoding="utf-8")
    (tmp_path / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "http://localhost:{own}/oauth2callback"\ncookie_secret = "{secrets.token_hex(16)}"\n'
        f'client_id = "{client}"\nclient_secret = "{word}"\n'
        f'server_metadata_url = "http://localhost:{op}/.well-known/openid-configuration"\n', encoding="utf-8")
    env = {"OUTCOMES_EXTRACT": str(embargoed), "OUTCOMES_ACCESS": str(access), "PYTHONPATH": str(paths.ROOT),
           "STREAMLIT_SECRETS_FILES": str(tmp_path / "secrets.toml")}
    serve = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--headless", "--port"]
    provider = [sys.executable, str(paths.ROOT / "tests" / "browser" / "provider.py"), "settings.json"]
    with (started(provider, where["provider"]) as first, started([*serve, str(own)], where["own"], **env) as second,
          started([*serve, str(replica)], where["replica"], **env) as third):
        for address, process in ((f"{op}/jwks", first), (f"{own}/healthz", second), (f"{replica}/healthz", third)):
            wait_until_healthy(f"http://localhost:{address}", process)
        yield f"http://localhost:{own}", f"http://localhost:{replica}", where["own"], passwords


def sign_in(page, address, name, password):
    page.goto(f"{address}/about")
    page.get_by_role("button", name="Sign in").click(timeout=60_000)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(f"{address}/**", timeout=60_000)


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")


def test_only_the_people_of_the_list_see_it_and_what_they_see_is_marked(signing_in, chromium, access, embargoed):
    address, replica, logs, passwords = signing_in
    shown = "/indicator?id=rate&area=S92000003"

    def seen_by(context, at=address):
        return Reader(context.new_page(), at).open(shown).text()

    named, other, nobody = (chromium.new_context(bypass_csp=True) for _ in range(3))
    try:
        sign_in(named.new_page(), address, "named", passwords["named"])
        text = seen_by(named)
        assert "66.6%" in text and "Restricted statistics until 9.30am on 1 January 2999." in text
        sign_in(other.new_page(), address, "other", passwords["other"])
        forged = dict(named.cookies()[0], name="_streamlit_user", domain="localhost", path="/", value=secrets.token_hex(40))
        nobody.add_cookies([forged])
        for context, at in ((other, address), (nobody, address), (nobody, replica)):
            text = seen_by(context, at)
            assert "75.0%" in text and not [hint for hint in HINTS if hint in text]
    finally:
        for context in (named, other, nobody):
            context.close()
    lines = [json.loads(line) for line in access.with_suffix(".log").read_text(encoding="utf-8").splitlines()]
    assert lines and {(line["who"], line["extract_id"]) for line in lines} == {(NAMED, RESTRICTED)}
    name = f"outcomes-{RESTRICTED}"
    for path in (f"/{name}.duckdb", f"/app/static/../../{embargoed}/{name}.json", f"/app/static/%2e%2e/data/extract/{name}.json",
                 f"/static/..%2f..%2f{name}.json", f"/media/{name}.pdf", f"/component/{name}.json", "/current", "/before", "/access.log",
                 f"/search-{RESTRICTED}.json", "/healthz", "/readyz", "/_stcore/agent/openapi.json", f"/about?evidence=areas:@{RESTRICTED}",
                 f"/?edition={RESTRICTED}"):
        for at in (address, replica):
            text = fetch(at + path)
            assert not [hint for hint in HINTS if hint in text.replace(path, "")], path
    time.sleep(0.1)
    told = (logs / "log").read_text(encoding="utf-8")
    assert "Traceback" not in told and not [hint for hint in (*HINTS, NAMED) if hint in told]
