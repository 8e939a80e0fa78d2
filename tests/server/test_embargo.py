"""Before its hour an edition is seen by the people named for it, marked and written down, and by nobody else in any way."""

import gzip
import json
import re
import stat
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from dashboard import ahead, cli, paths, server
from dashboard.figure import Address
from dashboard.figures import recipes
from dashboard.figures.recipe import Choice
from dashboard.packs import duties, finished, pack
from dashboard.packs.search import packed_index
from dashboard.read.edition import current, older, open_edition, upcoming
from dashboard.read.extract import MISSING, ExtractError
from dashboard.read.readers import AccessError, access_list, operator

from .conftest import ACCESS, NAMED, OPEN, RESTRICTED
from .test_server import ask

HINTS = (RESTRICTED, "66.6", "2977", "2999", "30 November 2026", "29 November 2026", "Restricted statistics")
HOUR = datetime(2999, 1, 1, 9, 30, tzinfo=UTC)
ADDRESSES = sorted(path.stem for path in paths.PAGES.glob("*.py"))
SIGNED_IN = {"is_logged_in": True, "email": "Reader@Example.scot", "email_verified": True}
FIGURE = "indicator.trend:area=S92000003;id=rate"


def hints(text):
    return [hint for hint in HINTS if hint in text]


@pytest.fixture
def visit(open_page, markup_of, monkeypatch):
    """visit(folder, "jobs", user=…, area=…): (the test runner, all its HTML) of one page for one reader."""
    from streamlit.testing.v1 import AppTest

    def go(folder, page="", user=None, **link):
        own = AppTest.run
        with monkeypatch.context() as patch:
            patch.setattr(AppTest, "run", lambda app: setattr(app, "user", user or {}) or own(app))
            app = open_page(folder, page, **link)
        return app, markup_of(app)

    return go


def test_by_address_everyone_sees_the_edition_before_and_no_hint_of_this_one(visit, embargoed, access):
    for number, address in enumerate(ADDRESSES):
        for asked in ({"edition": (RESTRICTED, "2977-Q4")[number % 2]}, *([{}] if address in ("headlines", "indicator", "about") else [])):
            app, html = visit(embargoed, address, area="S92000003", id="rate", **asked)
            told = html.replace(asked.get("edition", ""), "") if asked else html
            assert not app.exception and not hints(told), (address, asked, hints(told))


@pytest.mark.parametrize("user", [
    {}, {"email": NAMED}, {"is_logged_in": False, "email": NAMED}, {"is_logged_in": True},
    {"is_logged_in": True, "email": "other@example.scot"}, {"is_logged_in": True, "email": f"{NAMED}.example"},
    {"is_logged_in": True, "email": NAMED, "email_verified": False}, {"is_logged_in": True, "email": NAMED, "email_verified": "false"}])
def test_nobody_is_taken_for_a_person_on_the_list(user, visit, embargoed, access):
    _, html = visit(embargoed, "indicator", user, area="S92000003", id="rate")
    assert "75.0%" in html and not hints(html)
    assert not access.with_suffix(".log").exists()


def test_a_named_reader_sees_it_marked_on_every_page_and_is_written_down(visit, embargoed, access):
    _, html = visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")
    assert "66.6%" in html and "Restricted statistics until 9.30am on 1 January 2999." in html
    for address in ADDRESSES:
        _, html = visit(embargoed, address, SIGNED_IN)
        assert '<p class="oc-restricted" role="note">Restricted statistics until 9.30am on 1 January 2999.</p>' in html, address
    log = access.with_suffix(".log")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 1 + len(ADDRESSES) and stat.S_IMODE(log.stat().st_mode) == 0o600
    assert {(line["who"], line["role"], line["edition"], line["extract_id"]) for line in lines} == {
        (NAMED, "Statistician", "2977-Q4", RESTRICTED)}
    assert all(datetime.fromisoformat(line["when"]).tzinfo for line in lines)


def test_what_cannot_be_written_down_is_not_shown(visit, embargoed, access, monkeypatch, caplog):
    monkeypatch.setenv("OUTCOMES_ACCESS_LOG", str(access.parent))       # a folder
    _, html = visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")
    assert "75.0%" in html and not hints(html) and "readings cannot be written down" in caplog.text


@pytest.mark.parametrize("broken", ["not toml [", '[[reader]]\nemail = "a@b"', "reader = 1", ""])
def test_a_broken_access_list_names_nobody(broken, visit, embargoed, access):
    access.write_text(broken, encoding="utf-8")
    assert not hints(visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")[1])


def test_who_is_taken_off_the_list_reads_nothing_more_in_a_session_opened_before(visit, embargoed, access, markup_of):
    app, html = visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")
    assert "66.6%" in html
    access.write_text(ACCESS.replace(NAMED, "other@example.scot"), encoding="utf-8")
    app.user = SIGNED_IN
    html = markup_of(app.run())
    assert "75.0%" in html and not hints(html)


@pytest.mark.parametrize("given", [f"{FIGURE}@{{id}}", "areas:@{id}", "nothing.here:area=S92000003@{id}"])
def test_by_evidence_id_it_is_as_if_it_had_never_been(given, visit, embargoed, access):
    """To the letter what is said of an edition that was never held, also after a named reader has seen the figure."""
    visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")
    of_this, of_none = (visit(embargoed, "about", evidence=given.format(id=each))[1].replace(each, "ID")
                        for each in (RESTRICTED, "ffffffffffff"))
    assert of_this == of_none and not hints(of_this)


def test_a_named_reader_finds_it_by_evidence_id(visit, embargoed, access):
    _, html = visit(embargoed, "about", SIGNED_IN, evidence=f"{FIGURE}@{RESTRICTED}")
    assert "66.6" in html and "Restricted statistics until" in html


def test_earlier_editions_give_nothing_either(embargoed):
    with pytest.raises(ExtractError, match="no longer held") as refused:
        older(embargoed, RESTRICTED)
    assert refused.value.cause == MISSING and older(embargoed, OPEN).extract_id == OPEN


def test_no_file_of_it_can_be_made_on_a_page_where_others_could_fetch_it(visit, embargoed, access):
    """A file made on a page lies at an address that anyone may be sent."""
    for page, link in (("partnership", {"area": "S12000023"}), ("equality", {})):
        app, html = visit(embargoed, page, SIGNED_IN, **link)
        assert "Restricted statistics until" in html
        assert not [each for each in app.button if "pack" in each.label] and not app.get("download_button")


def test_no_cache_gives_what_a_named_reader_was_given(visit, embargoed, access, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(embargoed))
    visit(embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")
    named = open_edition(embargoed / f"outcomes-{RESTRICTED}.duckdb", operator(None))
    for address in {packed_index(named).address, packed_index(current(embargoed)).address, "/search-000000000000.json"}:
        assert ask(server.Files(_nothing), address)[1] == packed_index(current(embargoed)).body
    assert not hints(visit(embargoed, "indicator", area="S92000003", id="rate")[1])


async def _nothing(scope, receive, send):
    raise AssertionError("asked of Streamlit")


def test_its_figures_are_made_ahead_of_the_hour_and_lead_nobody_to_them(visit, own_embargoed, access, hands, monkeypatch):
    """Release morning is warm: at the hour nothing of it is made again. Until then it is as if nothing were there."""
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(own_embargoed))
    hands.pass_to(HOUR)
    hands.pass_by(-10)
    edition = upcoming(own_embargoed)
    figure = recipes.figure_at(edition, Address.read(f"{FIGURE}@{RESTRICTED}"))
    assert b"66.6" in gzip.decompress(finished.packed(figure)) and not figure.restricted
    assert all(each.endswith(f"@{RESTRICTED}") for _, each in zip(range(20), ahead.make_figures(edition, rest=0), strict=False))
    own = packed_index(edition).address
    assert ask(server.Files(_nothing), own)[1] == packed_index(current(own_embargoed)).body
    for link in ({}, {"edition": RESTRICTED}, {"evidence": figure.evidence_id}):
        for page in ("indicator", "headlines", "about"):
            told = visit(own_embargoed, page, area="S92000003", id="rate", **link)[1]
            assert not hints(told.replace(link.get("edition", RESTRICTED if "evidence" in link else "-"), "")), (page, link)
    named = visit(own_embargoed, "indicator", SIGNED_IN, area="S92000003", id="rate")[1]
    assert "66.6%" in named and "Restricted statistics until" in named, "what was made for everyone is not given to them either"
    made = []
    finish = finished.finished
    monkeypatch.setattr(finished, "finished", lambda each, level: made.append(each.evidence_id) or finish(each, level))
    hands.pass_by(10)
    html = visit(own_embargoed, "indicator", area="S92000003", id="rate")[1]
    assert "66.6%" in html and "Restricted" not in html and figure.evidence_id not in made and upcoming(own_embargoed) is None


def test_only_what_makes_figures_ahead_is_given_an_edition_before_its_hour():
    named = [path.name for path in (paths.ROOT / "dashboard").rglob("*.py") if re.search(r"\bupcoming\b", path.read_text(encoding="utf-8"))]
    assert sorted(named) == ["ahead.py", "edition.py"]


def test_the_probes_do_not_tell(own_embargoed, monkeypatch):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(own_embargoed))
    assert ask(server.Probes(_nothing), "/readyz")[1] == b"yes"
    (own_embargoed / f"outcomes-{OPEN}.duckdb").unlink()
    (own_embargoed / f"outcomes-{OPEN}.json").unlink()


def test_where_nothing_else_is_held_it_is_as_if_there_were_nothing(visit, tmp_path, place_edition, monkeypatch):
    place_edition(tmp_path / "only", RESTRICTED, edition="2977-Q4", embargo_until="2999-01-01 09:30:00", rate=66.6)
    (tmp_path / "empty").mkdir()
    assert visit(tmp_path / "only")[1] == visit(tmp_path / "empty")[1]
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(tmp_path / "only"))
    assert ask(server.Probes(_nothing), "/readyz")[1] == b"no"


def test_at_the_hour_everyone_sees_it_without_a_restart_and_is_told(visit, own_embargoed, hands, markup_of):
    hands.pass_to(HOUR)
    hands.pass_by(-1)
    app, html = visit(own_embargoed, "indicator", area="S92000003", id="rate")
    assert "75.0%" in html and not hints(html)
    hands.pass_by(1)
    html = markup_of(app.run())
    assert "66.6%" in html and "Restricted" not in html and "have been updated since you opened this page" in html
    assert "have been updated" not in markup_of(app.run())


def test_who_follows_a_link_as_the_hour_comes_is_told_what_they_are_told_where_it_is_loaded(visit, own_embargoed, hands, markup_of):
    hands.pass_to(HOUR)
    hands.pass_by(-1)
    app, _ = visit(own_embargoed, "indicator", area="S92000003", id="rate")
    hands.pass_by(1)
    app.query_params["afresh"] = "1"
    html = markup_of(app.run())
    assert "66.6%" in html and "have been updated" not in html


def test_after_the_hour_nothing_of_it_is_called_restricted(visit, own_embargoed, access, hands):
    """What named readers were shown before is made again, without the mark."""
    hands.pass_to(HOUR)
    hands.pass_by(-10)
    for page in ("indicator", "partnership", "about"):
        assert "Restricted statistics" in visit(own_embargoed, page, SIGNED_IN, area="S12000023", id="rate")[1]
    hands.pass_by(10)
    for page in ("indicator", "partnership", "about"):
        assert "Restricted statistics" not in visit(own_embargoed, page, SIGNED_IN, area="S12000023", id="rate")[1]
    log = access.with_suffix(".log").read_text(encoding="utf-8").splitlines()
    assert len(log) == 3, "what everyone may read is not written down"


def test_no_change_of_the_clock_brings_the_hour_forward(visit, own_embargoed, hands):
    hands.wall = HOUR.timestamp() + 3600
    assert not hints(visit(own_embargoed, "indicator", area="S92000003", id="rate")[1])
    hands.wall, hands.counted = 1_000_000_000.0, 0.0
    hands.pass_to(HOUR)
    assert current(own_embargoed).extract_id == RESTRICTED
    hands.wall -= 60
    assert not hints(visit(own_embargoed, "indicator", area="S92000003", id="rate")[1]), "set back: it is hidden again"


def test_the_zone_of_the_machine_does_not_matter(own_embargoed, monkeypatch, hands):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    hands.pass_to(HOUR)
    hands.pass_by(-1)
    assert current(own_embargoed).extract_id == OPEN


def test_a_bad_restricted_edition_leaves_everyone_what_they_saw(visit, own_embargoed, access, caplog):
    (own_embargoed / f"outcomes-{RESTRICTED}.duckdb").write_bytes(b"damaged")
    for user in (None, SIGNED_IN):
        assert "75.0%" in visit(own_embargoed, "indicator", user, area="S92000003", id="rate")[1]


def run(*given):
    result = CliRunner().invoke(cli.main, [str(each) for each in given])
    return result.exit_code, result.output


@pytest.mark.parametrize("command", [["figure", "indicator.trend", "--area", "Scotland", "--choose", "id=rate"], ["figure", "--list"],
                                     ["pack", "--all", "--out", "OUT"], ["export", "--out", "OUT"]])
def test_the_operators_commands_refuse_it(command, embargoed, monkeypatch, tmp_path):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(embargoed))
    out = tmp_path / "out"
    for more in ([], ["--extract", embargoed / f"outcomes-{RESTRICTED}.duckdb"]):
        code, said = run(*(out if each == "OUT" else each for each in command), *more)
        assert code == 2 and "--restricted" in said and "66.6" not in said and not out.exists()


def test_what_an_operator_makes_of_it_says_so(embargoed, access, monkeypatch, tmp_path):
    monkeypatch.setenv("OUTCOMES_EXTRACT", str(embargoed))
    for form in ("text", "csv", "json", "svg"):
        code, said = run("figure", "indicator.trend", "--area", "Scotland", "--choose", "id=rate", "--restricted", "--format", form)
        assert code == 0 and "66.6" in said, said
        assert ("2999-01-01T09:30" if form == "json" else "Restricted statistics until") in re.sub(r"\s+", " ", said)
    assert run("export", "--out", tmp_path / "open", "--restricted")[0] == 0
    assert "Restricted statistics until" in (tmp_path / "open" / "csv-metadata.json").read_text(encoding="utf-8")
    assert len(access.with_suffix(".log").read_text(encoding="utf-8").splitlines()) == 5


def test_files_of_it_say_so_and_its_figures_are_packed_apart(embargoed):
    edition = open_edition(embargoed / f"outcomes-{RESTRICTED}.duckdb", operator(None))
    assert "Restricted statistics until" in duties.facts(edition)[0]
    made = pack.Pack("", "", "", edition.extract_id, edition.built_at, (), (), (), False, edition.restricted)
    assert made.notice() == made.running_notice == "Restricted statistics until 9.30am on 1 January 2999."
    choice = recipes.recipe_named("indicator.trend").resolve(edition, {"area": "S92000003", "id": "rate"})
    figure = next(each for each in recipes.made(edition, "indicator.trend", choice) if hasattr(each, "table"))
    as_shown = finished.finished(figure, 3)
    assert "Restricted statistics until" in as_shown["foot"] and "Restricted" in as_shown["csv"] and "Restricted" in as_shown["alt"]
    assert not figure.is_synthetic and "Demonstration" not in as_shown["head"] + as_shown["foot"], "restricted is not made up"
    assert figure.restricted and "Restricted" in finished.sentence(figure) and isinstance(choice, Choice)


@pytest.mark.parametrize(("text", "said"), [
    ("[[reader", "cannot be read"), ("[reader]\nemail = 'a@b'", "double brackets"),
    ("[[reader]]\nemail = 'a@b'\nrole = 'r'", "must have email, role, purpose"),
    ("[[reader]]\nemail = 'a'\nrole = 'r'\npurpose = 'p'", "must be one address"),
    ("[[reader]]\nemail = 'a@b'\nrole = ' '\npurpose = 'p'", "'role' must be a text")])
def test_a_slip_in_the_access_list_is_named(text, said, tmp_path):
    path = tmp_path / "access.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError, match=said) as raised:
        access_list(path, tmp_path / "log", tmp_path / "extract")
    assert str(path) in str(raised.value)


def test_the_list_and_its_log_lie_outside_what_is_served(embargoed):
    for path, log in ((embargoed / "access.toml", embargoed.parent / "log"), (embargoed.parent / "access.toml", embargoed / "log")):
        with pytest.raises(AccessError, match="must lie outside"):
            access_list(path, log, embargoed)
    assert not paths.DATA.joinpath("access.toml").exists()
