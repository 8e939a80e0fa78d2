"""People sign in with a real provider: for a release made by the command line, until and after its hour; and for challenge sessions.

One folder of two editions, one provider, two servers of the dashboard whose clock is a file: nobody waits for an hour.
"""

import json
import os
import re
import secrets
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from dashboard import cli, paths
from dashboard.challenge.roles import ADMINISTRATOR, Person
from dashboard.challenge.session import Experience, Question
from dashboard.challenge.store import Store
from tests.challenge.conftest import FIFE, GLASGOW, frozen_of, scope
from tests.disclosure.conftest import draw_people, write_folder
from tests.disclosure.small_lattice import small_lattice
from tests.ports import free_port
from tests.server.conftest import ACCESS, NAMED

from .conftest import Reader, wait_until_healthy

EDITION, HOUR = "2977-Q4", datetime(2999, 1, 1, 9, 30, tzinfo=UTC)
ROLES = {"viewer": {"role": "viewer"}, "member": {"role": "member"}, "respondent": {"role": "respondent", "areas": [GLASGOW]},
         "administrator": {"role": "administrator"}}
# Nothing is made ahead, as in conftest.py; what is made ahead of an hour is tested in tests/server/test_embargo.py.
CLOCK = """
import os, threading
from pathlib import Path
from dashboard import ahead
from dashboard.read import clock

def told():
    return float(Path(os.environ["CLOCK"]).read_text())

clock.CLOCK = clock.Clock(told, told)
ahead.start = lambda folder: threading.Event()
"""


def address_of(name):
    return {"named": NAMED}.get(name, f"{name}@example.scot")


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


@dataclass
class Site:
    """A dashboard and its replica, the folder of their extracts, whom the provider knows, and what they keep."""

    address: str
    replica: str
    extracts: Path
    restricted: str             # the extract_id of the edition that is not released
    passwords: dict[str, str]
    access: Path
    store: Store
    log: Path
    clock: Path

    def set_clock(self, when):
        made = self.clock.with_suffix(".new")
        made.write_text(str(when.timestamp()), encoding="utf-8")
        made.replace(self.clock)


@pytest.fixture(scope="module")
def release(published_extract, tmp_path_factory):
    """A folder with the published figures for everyone, and an edition with made-up returns that `outcomes build` restricted."""
    from dashboard.pipeline import run
    from dashboard.pipeline.disclosure import gate
    from dashboard.pipeline.disclosure.audit import AuditReport

    folder, returns = tmp_path_factory.mktemp("release"), tmp_path_factory.mktemp("sent") / "returns"
    for path in published_extract.parent.iterdir():
        shutil.copy(path, folder / path.name)
    write_folder(returns, draw_people(120, 3), None, EDITION, date(2020, 3, 31))
    with (returns / "return.toml").open("a", encoding="utf-8") as told:
        told.write(f"embargo_until = {HOUR:%Y-%m-%dT%H:%M:%S}\n")
    with small_lattice(), pytest.MonkeyPatch.context() as patch:      # the attack and its many processes are tested under tests/audit
        patch.setattr(run.audit, "audit", lambda *_, **__: AuditReport())
        patch.setattr(run.gate, "protect", partial(gate.protect, processes=1))
        made = CliRunner().invoke(cli.main, ["build", "--returns", str(returns), "--out", str(folder)])
    assert made.exit_code == 0, made.output
    return folder, (folder / "current").read_text().strip().removeprefix("outcomes-").removesuffix(".duckdb")


@pytest.fixture(scope="module")
def site(release, tmp_path_factory):
    """Both servers, started by `outcomes serve` with a provider that they sign in with."""
    folder = tmp_path_factory.mktemp("site")
    own, replica, op = free_port(), free_port(), free_port()
    client, word = secrets.token_hex(4), secrets.token_hex(16)
    passwords = {name: secrets.token_hex(4) for name in ("named", *ROLES)}
    people = {name: {"password": password, "claims": {"email": address_of(name), "email_verified": True}}
              for name, password in passwords.items()}
    where = {name: folder / name for name in ("provider", "own", "replica", "clock")}
    for each in where.values():
        each.mkdir()
    (where["provider"] / "settings.json").write_text(json.dumps({
        "port": op, "client_id": client, "client_secret": word, "people": people,
        "redirect_uri": f"http://localhost:{own}/oauth2callback"}), encoding="utf-8")
    (folder / "secrets.toml").write_text(
        f'[auth]\nredirect_uri = "http://localhost:{own}/oauth2callback"\ncookie_secret = "{secrets.token_hex(16)}"\n'
        f'client_id = "{client}"\nclient_secret = "{word}"\n'
        f'server_metadata_url = "http://localhost:{op}/.well-known/openid-configuration"\n', encoding="utf-8")
    (folder / "access.toml").write_text(ACCESS, encoding="utf-8")
    (folder / "roles.toml").write_text("".join(
        f'[people."{address_of(name)}"]\n' + "".join(f"{key} = {json.dumps(value)}\n" for key, value in given.items())
        for name, given in ROLES.items()), encoding="utf-8")
    (where["clock"] / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    store = f"sqlite:///{folder / 'sessions.db'}"
    made = Site(f"http://localhost:{own}", f"http://localhost:{replica}", release[0], release[1], passwords,
                folder / "access.toml", Store(store), where["own"] / "log", where["clock"] / "now")
    made.set_clock(datetime(2026, 11, 30, 12, tzinfo=UTC))
    env = {"OUTCOMES_EXTRACT": str(release[0]), "OUTCOMES_ACCESS": str(made.access), "OUTCOMES_ROLES": str(folder / "roles.toml"),
           "DATABASE_URL": store, "STREAMLIT_SECRETS_FILES": str(folder / "secrets.toml"), "CLOCK": str(made.clock),
           "PYTHONPATH": f"{where['clock']}{os.pathsep}{paths.ROOT}"}
    serve = [sys.executable, "-c", "from dashboard.cli import main; main()", "serve", "--headless", "--port"]
    provider = [sys.executable, str(paths.ROOT / "tests" / "browser" / "provider.py"), "settings.json"]
    with (started(provider, where["provider"]) as first, started([*serve, str(own)], where["own"], **env) as second,
          started([*serve, str(replica)], where["replica"], **env) as third):
        for address, process in ((f"{op}/jwks", first), (f"{own}/healthz", second), (f"{replica}/healthz", third)):
            wait_until_healthy(f"http://localhost:{address}", process)
        yield made
    made.store.close()


class Sharer(Reader):
    """Somebody at the one browser that all share, who opens each page with their own cookies: what it kept of others is there too.

    Their own tab stays theirs: a page that they turn to in it is asked for by whoever opened it, unless it lost its connection.
    """

    def __init__(self, page, address, cookies=()):
        super().__init__(page, address)
        self.cookies, self.connections = list(cookies), []
        page.on("websocket", lambda opened: self.connections.append(opened))

    def open(self, path):
        self.page.context.clear_cookies()
        self.page.context.add_cookies(self.cookies)
        self.connections.clear()
        return super().open(path)

    def turn_to(self, path):
        is_still_theirs = len(self.connections) == 1 and not self.connections[0].is_closed()
        return super().turn_to(path) if is_still_theirs else self.open(path)

    def after(self, act):
        self.page.bring_to_front()      # a tab that nobody sees takes its time
        return super().after(act)


@pytest.fixture(scope="module")
def readers(chromium, site):
    """readers("viewer"): this person, who signed in once; readers(): somebody new, and nobody."""
    opened, context, ways_in = {}, chromium.new_context(bypass_csp=True), []

    def sign_in(page, name):
        """By the button of the page, which leads to the provider; who comes later sends what its form does."""
        context.clear_cookies()
        if ways_in:
            come_in(name)
        else:
            page.goto(f"{site.address}/challenge?part=sessions")
            with page.expect_request("**/auth/login?**") as asked:
                page.get_by_role("button", name="Sign in").click(timeout=60_000)
            ways_in.append(asked.value.url)
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(site.passwords[name])
            page.get_by_role("button", name="Log in").click()
            page.wait_for_url(f"{site.address}/", timeout=60_000, wait_until="commit")
            page.goto("about:blank")
        return [each for each in context.cookies() if each["name"].startswith("_streamlit_user")]      # all that outlives a closed browser

    def come_in(name):
        """The same way without a page, whose cookies the browser keeps."""
        form = context.request.get(ways_in[0])
        token = re.search('name="token" value="([^"]+)"', form.text())[1]
        came = context.request.post(urljoin(form.url, "verify"), form={"token": token, "username": name, "password": site.passwords[name]})
        assert came.url == f"{site.address}/"

    def make(name=""):
        if name in opened:
            return opened[name]
        page = context.new_page()
        reader = opened[name or len(opened)] = Sharer(page, site.address)
        if name:
            reader.cookies = sign_in(page, name)
        return reader

    yield make
    context.close()


def fetch(address):
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")


# ---- a release -------------------------------------------------------------------------------------

SHOWN = "/indicator?area=S92000003"


def test_a_restricted_edition_is_seen_by_the_people_of_the_list_until_its_hour_and_then_by_everyone(site, readers):
    hints = (site.restricted, EDITION, "2999", "Restricted statistics")
    named, other, nobody = readers("named"), readers("viewer"), readers()

    def hints_in(text):
        """Addresses apart: the number of a port may hold any year."""
        return [hint for hint in hints if hint in re.sub(r":\d{5}\b", "", text)]

    def is_for_everyone(reader):
        return site.restricted in reader.page.content() and "Restricted" not in reader.text()

    named.open(SHOWN)
    assert "Restricted statistics until 9.30am on 1 January 2999." in named.text() and site.restricted in named.page.content()
    assert named.page.locator(".oc-strip[data-edition]").count() == 0, "no browser keeps such a page"
    nobody.cookies = [dict(each, value=secrets.token_hex(40)) if each["name"] == "_streamlit_user" else each for each in named.cookies]
    beside = Sharer(nobody.page.context.new_page(), site.replica, nobody.cookies)
    assert not any(hints_in(reader.open(SHOWN).page.content()) for reader in (nobody, other, beside))
    name = f"outcomes-{site.restricted}"
    for path in (f"/{name}.duckdb", f"/app/static/../../{site.extracts}/{name}.json", f"/app/static/%2e%2e/data/extract/{name}.json",
                 f"/static/..%2f..%2f{name}.json", f"/media/{name}.pdf", f"/component/{name}.json", "/current", "/before", "/access.log",
                 f"/search-{site.restricted}.json", "/healthz", "/readyz", "/_stcore/agent/openapi.json",
                 f"/about?evidence=areas:@{site.restricted}", f"/?edition={site.restricted}"):
        for at in (site.address, site.replica):
            text = fetch(at + path)
            assert not hints_in(text.replace(path, "")), path
    written = site.access.with_suffix(".log").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in written.splitlines()]
    assert lines and {(line["who"], line["extract_id"]) for line in lines} == {(NAMED, site.restricted)}
    told = site.log.read_text(encoding="utf-8")
    assert "Traceback" not in told and NAMED not in told and not hints_in(told)

    site.set_clock(HOUR)
    nobody.go_to("Job outcomes")        # a page that was open all the time
    assert "have been updated since you opened this page" in nobody.text()
    assert is_for_everyone(nobody)
    for shown in (nobody.open(SHOWN), beside.turn_to(SHOWN), named.turn_to(SHOWN)):
        assert is_for_everyone(shown)
    assert site.access.with_suffix(".log").read_text(encoding="utf-8") == written, "what everyone may read is not written down"


# ---- challenge sessions ------------------------------------------------------------------------------

ADMIN = Person(address_of("administrator"), ADMINISTRATOR)


def part(reader, name):
    return reader.after(reader.page.get_by_role("tab", name=name, exact=True).click)


def press(reader, name):
    return reader.after(reader.page.get_by_role("button", name=name, exact=True).first.click)


def labels(reader):
    """What can be written or pressed on the page."""
    return [*reader.page.locator("[data-testid=stMain] label").all_inner_texts(),
            *reader.page.locator("[data-testid=stMain] button").all_inner_texts()]


def replayed(site, reader, frames):
    """These requests of somebody else's page, sent in a session of this person's own."""
    with urllib.request.urlopen(urllib.request.Request(site.address, headers={"Accept": "text/html"}), timeout=10) as page:
        token = re.search("_streamlit_xsrf=([^;]+)", page.headers["set-cookie"])[1]
    cookies = "; ".join([f"_streamlit_xsrf={token}", *(f"{each['name']}={each['value']}" for each in reader.cookies)])
    with connect(f"ws{site.address.removeprefix('http')}/_stcore/stream", subprotocols=["streamlit", token], max_size=None,
                 origin=site.address, additional_headers={"Cookie": cookies}) as socket_:
        for frame in frames:
            socket_.send(frame)
            while ForwardMsg.FromString(socket_.recv(timeout=60)).WhichOneof("type") != "script_finished":
                pass


def is_a_press(frame):
    asked = BackMsg.FromString(frame)
    return asked.WhichOneof("type") == "rerun_script" and any(
        each.WhichOneof("value") == "trigger_value" for each in asked.rerun_script.widget_states.widgets)


def test_each_role_does_what_is_its_own_and_nothing_by_link_button_or_a_request_sent_again(site, readers):
    group, partnership, asked, reviewer = (readers(name) for name in ("member", "respondent", "viewer", "administrator"))
    stranger = readers()
    sent = []
    group.page.on("websocket", lambda opened: opened.on("framesent", lambda frame: sent.append(frame)))

    def history():
        return site.store.history(ADMIN, record.session_id)

    # The member prepares: nobody else sees it by its link, and what the member sent does nothing in another's hands.
    group.open(f"/challenge?area={GLASGOW}&part=sessions")
    assert "signed in as a member of the group" in group.text()
    group.page.get_by_label("Title").fill("Do jobs last?")
    press(group, "Start the session")
    expect(group.page.get_by_role("heading", level=1)).to_have_text("Do jobs last?", timeout=20_000)
    record, = site.store.sessions(ADMIN)
    link = f"/challenge?session={record.session_id}"
    group.page.get_by_label("A question of the group's own").fill("Why do jobs end?")
    press(group, "Add the question")
    expect(group.page.get_by_role("heading", name="1. Why do jobs end?")).to_be_visible(timeout=20_000)
    before = history()
    for come_to in (partnership.turn_to, asked.turn_to, stranger.open):
        reader = come_to(link)
        assert "not open to you" in reader.text() and "Why do jobs end?" not in reader.page.content()
    press(group, "Freeze the session")
    expect(group.page.get_by_role("tab", name="The evidence")).to_be_visible(timeout=30_000)
    held = history()
    assert len(held) == len(before) + 1
    presses = [frame for frame in sent if isinstance(frame, bytes) and is_a_press(frame)]
    assert len(presses) >= 3
    for reader in (asked, stranger):
        replayed(site, reader, presses)
    assert history() == held

    # Once it is frozen, who has a role reads it; each writes what is theirs.
    asked.turn_to(link)
    assert "1. Why do jobs end?" in asked.text() and not [each for each in labels(asked) if re.search("Send|Set|Keep|Change", each)]
    assert "not open to you" in stranger.turn_to(link).text()
    partnership.turn_to(link)
    partnership.page.get_by_text("We agree with the data").first.click()
    partnership.page.get_by_label("In words").first.fill("We lost a provider.")
    press(partnership, "Send the answer")
    expect(partnership.page.get_by_text("We lost a provider.").first).to_be_visible(timeout=20_000)
    assert "Send the answer" not in labels(group.turn_to(link))
    other = site.store.start(ADMIN, scope("Elsewhere?", FIFE))
    site.store.write(ADMIN, other.session_id, Question("Why there?", 1))
    drafted = site.store.session(ADMIN, other.session_id)
    site.store.freeze(ADMIN, other.session_id, frozen_of(drafted), drafted.newest)
    elsewhere = partnership.turn_to(f"/challenge?session={other.session_id}")
    assert "Why there?" in elsewhere.text() and "Send the answer" not in labels(elsewhere)

    # What somebody lived through: the member keeps it, somebody else reads it, then whoever reads the session sees it.
    part(group, "Lived experience")
    group.page.get_by_label("What somebody lived through").fill("They listened.")
    group.page.get_by_text("The person agreed to this").click()
    press(group, "Keep it for review")
    expect(group.page.get_by_text("They listened.").first).to_be_visible(timeout=20_000)
    assert "Show it to everyone with the session" not in labels(group)
    assert "They listened." not in part(asked.turn_to(link), "Lived experience").text()
    part(reviewer.open(link), "Lived experience")
    reviewer.page.get_by_text("I have read it").click()
    press(reviewer, "Show it to everyone with the session")
    assert "They listened." in part(asked.turn_to(link), "Lived experience").text()
    told = site.store.session(ADMIN, record.session_id)
    assert [each.content for each in told.experiences] == [Experience("They listened.", True, True)]
    assert [(each.content.text, each.who) for each in told.responses] == [("We lost a provider.", address_of("respondent"))]

    # The search finds of it what each may open.
    for reader, finds in ((asked, True), (stranger, False)):
        reader.page.locator(".oc-search input").fill("lost a provider")
        expect(reader.page.locator(".oc-search-said")).to_have_text(re.compile("found", re.IGNORECASE))
        found = reader.page.locator(".oc-search li").all_inner_texts()
        assert any("We lost a provider." in each for each in found) == finds
        assert not any("They listened." in each for each in found)
