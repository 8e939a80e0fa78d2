"""The page of challenge sessions: a round of evidence, question, answer and action; and who gets nothing of it."""

from datetime import date, datetime

import pytest

from dashboard import paths
from dashboard.challenge.freezing import freeze
from dashboard.challenge.measures import reading
from dashboard.challenge.roles import MEMBER, Person
from dashboard.challenge.session import Action, Experience, Measure, Question, Scope
from dashboard.challenge.store import Store
from dashboard.components.person import is_at_this_machine
from dashboard.read import clock
from dashboard.read.edition import current
from tests.challenge.conftest import frozen_of

GLASGOW = "S12000049"
SHIPPED = paths.DATA / "extract"
ADMINISTRATOR, CHAIR, READER = "administrator@example.org", "chair@example.org", "reader@example.org"
ROLES = {ADMINISTRATOR: "administrator", CHAIR: "member", READER: "viewer"}
ME = Person(ADMINISTRATOR, "administrator")
ODD = "<img src=x onerror=alert(1)> **bold** [link](http://evil.example)"


@pytest.fixture(autouse=True)
def address(tmp_path, monkeypatch):
    """A store of the test's own."""
    made = f"sqlite:///{tmp_path / 'sessions.db'}"
    monkeypatch.setenv("DATABASE_URL", made)
    roles = tmp_path / "roles.toml"
    roles.write_text("".join(f'[people."{email}"]\nrole = "{role}"\n' for email, role in ROLES.items()), encoding="utf-8")
    monkeypatch.setenv("OUTCOMES_ROLES", str(roles))
    return made


@pytest.fixture
def open_as(open_page):
    """open_as(email, session=…): the page as somebody who signed in."""
    def run(email, **link):
        app = open_page(SHIPPED, "challenge", **link)
        app.user = {"is_logged_in": True, "email": email}
        return app.run()

    return run


@pytest.fixture
def store(address):
    made = Store(address)
    yield made
    made.close()


@pytest.fixture
def started(store):
    """A session with two questions, as its administrator wrote it."""
    held = store.start(ME, Scope("Do jobs last?", GLASGOW, "work", "disabled"))
    for place, text in enumerate(("Why do jobs end?", ODD), 1):
        store.write(ME, held.session_id, Question(text, place))
    return held.session_id


@pytest.fixture
def set_clock(monkeypatch):
    """set_clock("2026-11-20T12:00:00+00:00"): the hour that the dashboard reads."""
    def put(when):
        seconds = datetime.fromisoformat(when).timestamp()
        monkeypatch.setattr(clock, "CLOCK", clock.Clock(lambda: seconds, lambda: seconds))

    return put


def button(app, label):
    return next(each for each in app.button if each.label == label)


def field(app, key):
    return next(each for each in (*app.text_area, *app.text_input, *app.radio, *app.selectbox, *app.number_input, *app.date_input,
                                  *app.checkbox) if each.key == key)


def test_the_page_opens_with_lines_for_everyone_and_reading_writes_nothing(open_page, open_as, texts_of, tmp_path):
    app = open_page(SHIPPED, "challenge", area=GLASGOW)
    assert not app.exception and texts_of(app, "oc-question") == ["What should we ask?"]
    app = open_page(SHIPPED, "challenge", area=GLASGOW, part="sessions")
    assert not app.exception and any("sign in with a role" in each for each in texts_of(app, "oc-notice"))
    app = open_as(READER, part="sessions")
    assert not app.exception and any("signed in as a viewer" in each for each in texts_of(app, "oc-notice")) and not app.text_input
    assert not (tmp_path / "sessions.db").exists()


@pytest.mark.parametrize(("ip", "headers", "is_here"), [
    (None, {"Host": "localhost:8501"}, True), (None, {"Host": "127.0.0.1:8501"}, True), (None, {"host": "[::1]:8501"}, True),
    ("192.0.2.7", {"Host": "localhost:8501"}, False), (None, {"Host": "outcomes.example"}, False), (None, {}, False),
    (None, {"Host": "localhost", "X-Forwarded-For": "192.0.2.7"}, False), (None, {"Host": "localhost", "forwarded": "for=192.0.2.7"}, False),
    (None, {"Host": "localhost.evil.example"}, False), (None, {"Host": "[::1"}, False)])
def test_without_sign_in_only_this_machine_itself_counts(ip, headers, is_here):
    assert is_at_this_machine(ip, headers) == is_here


def test_a_session_is_started_asked_frozen_answered_and_acted_upon(open_as, store, texts_of, markup_of):
    app = open_as(ADMINISTRATOR, area=GLASGOW, part="sessions")
    field(app, "start title").input("Do jobs last?")
    field(app, "start group").select("disabled")
    button(app, "Start the session").click().run()
    assert not app.exception and texts_of(app, "oc-question") == ["Do jobs last?"]
    record, = store.sessions(ME)
    assert (record.scope.content.area_code, record.scope.content.group, record.frozen) == (GLASGOW, "disabled", None)

    field(app, "own question").input("Why do jobs end?")
    button(app, "Add the question").click().run()
    button(app, "Freeze the session").click().run()
    assert not app.exception and any("is frozen" in each for each in texts_of(app, "oc-notice"))
    record = store.session(ME, record.session_id)
    asked = record.questions[0].entry_id
    assert any(part.figures for part in record.frozen.content.parts)

    field(app, f"position {asked}").set_value("dispute")
    field(app, f"answer {asked}").input("Half of the follow-ups are missing.")
    button(app, "Send the answer").click().run()
    field(app, f"what {asked}").input("Call everyone at 20 weeks")
    field(app, f"owner {asked}").input("Service manager")
    field(app, f"due {asked}").set_value(date(2027, 3, 31))
    field(app, f"measure {asked}").select("in_work_at_26_weeks:disabled=yes")
    field(app, f"expected {asked}").set_value(5.0)
    button(app, "Set the action").click().run()
    assert not app.exception
    html = markup_of(app)
    for words in ("We dispute the data", "Data-quality item, open", "Action: Service manager, by 31 March 2027", "up by 5", "no newer edition"):
        assert words in html
    action, = store.session(ME, record.session_id).actions
    assert action.content.before == reading(current(SHIPPED), Measure("in_work_at_26_weeks", GLASGOW, "disabled", "yes"))


def test_what_a_session_is_about_can_be_changed_until_it_is_frozen_and_each_version_is_kept(open_as, started, store, texts_of, markup_of):
    app = open_as(CHAIR, session=started, part="about")
    name = f"scope {store.session(ME, started).scope.entry_id}"
    field(app, f"{name} title").input("Does work last?")
    field(app, f"{name} area").select("S12000047")
    field(app, f"{name} theme").select("reach")
    field(app, f"{name} group").select("sex")
    next(each for each in app.multiselect if each.key == f"{name} comparators").select("S12000036")
    button(app, "Save what it is about").click().run()
    assert not app.exception and texts_of(app, "oc-question") == ["Does work last?"] and "beside City of Edinburgh" not in markup_of(app)
    kept = store.session(ME, started).scope
    assert kept.content == Scope("Does work last?", "S12000047", "reach", "sex", ("S12000036",)) and kept.version == 2
    app = open_as(CHAIR, session=started, part="changes")
    told = texts_of(app, "oc-typed-text")
    assert "Does work last? · Fife · Who is reached · Sex · beside City of Edinburgh" in told
    assert "Do jobs last? · Glasgow City · Work, and whether it lasts · Disability" in told
    record = store.session(ME, started)
    store.freeze(ME, started, frozen_of(record), record.newest)
    app = open_as(CHAIR, session=started, part="about")
    assert not app.exception and "Save what it is about" not in [each.label for each in app.button]


def test_when_answers_are_due_is_told_with_the_evidence_and_overdue_is_said(open_as, started, store, markup_of, texts_of, set_clock):
    set_clock("2026-11-20T12:00:00+00:00")
    app = open_as(CHAIR, session=started)
    button(app, "Freeze the session").click().run()
    assert not app.exception and "Answers are due by 7 December 2026" in markup_of(app) and "9 working days" not in markup_of(app)
    assert store.session(ME, started).frozen.content.answers_due == "2026-12-07"
    set_clock("2026-12-09T12:00:00+00:00")
    notices = texts_of(open_as(READER, session=started), "oc-notice")
    assert any("Overdue: 2 questions have no answer. That day was 2 working days ago." in each for each in notices)
    assert "answers overdue since 7 December 2026" in markup_of(open_as(READER, part="sessions"))


def test_what_was_typed_is_text_on_the_page(open_as, started, markup_of):
    app = open_as(ADMINISTRATOR, session=started)
    html = markup_of(app)
    assert not app.exception and "&lt;img src=x" in html and "<img src=x" not in html
    assert "<strong>bold" not in html and 'href="http://evil.example' not in html


def test_the_second_writer_is_told_on_the_page_and_keeps_the_words(open_as, started, store, texts_of):
    app = open_as(ADMINISTRATOR, session=started)
    line = store.session(ME, started).questions[0]
    store.write(Person("first@example.org", MEMBER), started, Question("Theirs?", 1), line.entry_id, 1)
    field(app, f"text {line.entry_id}").input("Mine?")
    button(app, "Save").click().run()
    assert any("Both texts are shown" in each for each in texts_of(app, "oc-notice"))
    assert any("first@example.org" in each and "Theirs?" in each for each in texts_of(app, "oc-typed"))
    assert field(app, f"text {line.entry_id}").value == "Mine?"
    button(app, "Save").click().run()
    assert store.session(ME, started).questions[0].content.text == "Mine?"
    assert not any("Changed meanwhile" in each for each in texts_of(app, "oc-typed"))


def test_who_has_no_role_gets_nothing_by_link_or_by_a_button_drawn_before(open_as, started, store, markup_of, tmp_path):
    app = open_as(CHAIR, session=started)
    line = store.session(ME, started).questions[0]
    before = store.history(ME, started)
    (tmp_path / "roles.toml").write_text(f'[people."{ADMINISTRATOR}"]\nrole = "administrator"\n', encoding="utf-8")
    field(app, f"text {line.entry_id}").input("Mine?")
    button(app, "Save").click().run()       # the request of a page that was open while the role went away
    assert not app.exception and store.history(ME, started) == before
    assert "Why do jobs end?" not in markup_of(app) and not app.text_area
    for link in ({"session": started}, {"part": "sessions"}, {"session": started, "part": "changes"}):
        shown = open_as(CHAIR, **link)
        assert not shown.exception and "Do jobs last?" not in markup_of(shown) and not shown.text_area
        assert not [each for each in shown.button if "Freeze" in each.label]


@pytest.mark.parametrize(("user", "sees"), [
    ({"email": CHAIR}, True), ({"email": CHAIR.upper()}, True), ({"email": CHAIR, "email_verified": False}, False),
    ({"email": CHAIR, "is_logged_in": False}, False), ({"email": READER}, False), ({"email": "other@example.org"}, False), ({}, False)])
def test_a_role_is_that_of_who_signed_in(open_page, started, markup_of, user, sees):
    app = open_page(SHIPPED, "challenge", session=started)
    app.user = {"is_logged_in": True, **user}
    app.run()
    assert not app.exception and ("Why do jobs end?" in markup_of(app)) == sees


def test_a_store_that_cannot_be_used_leaves_the_lines_on_the_page(open_as, monkeypatch, texts_of):
    monkeypatch.setenv("DATABASE_URL", "mysql://host/name")
    app = open_as(CHAIR, part="sessions")
    assert not app.exception and any("SQLite or PostgreSQL" in each for each in texts_of(app, "oc-notice"))


def test_lived_experience_stands_apart_and_waits_for_a_reviewer(open_as, started, store, texts_of):
    app = open_as(CHAIR, session=started, part="experience")
    field(app, "experience").input("They listened.")
    button(app, "Keep it for review").click().run()
    assert any("agreed" in each for each in texts_of(app, "oc-notice"))
    field(app, "consent").check()
    button(app, "Keep it for review").click().run()
    held, = store.session(ME, started).experiences
    assert held.content == Experience("They listened.", True)
    assert not [each for each in app.checkbox if each.key == f"reviewed {held.entry_id}"]
    app = open_as(ADMINISTRATOR, session=started, part="experience")
    field(app, f"reviewed {held.entry_id}").check()
    button(app, "Show it to everyone with the session").click().run()
    assert store.session(ME, started).experiences[0].content.is_reviewed
    button(app, "Consent was withdrawn: show it to nobody").click().run()
    assert not app.exception and store.session(ME, started).experiences == () and "They listened." not in texts_of(app, "oc-typed")


def test_a_frozen_session_opens_whole_on_an_edition_that_lacks_its_figures(open_page, started, store, published_extract, markup_of, figures_of):
    record, edition = store.session(ME, started), current(SHIPPED)
    frozen = freeze(edition, record.scope.content, [(each.entry_id, each.content) for each in record.questions])
    store.freeze(ME, started, frozen, record.newest)
    measure = Measure("in_work_at_26_weeks", GLASGOW, "disabled", "yes")
    store.write(ME, started, Action(record.questions[0].entry_id, "Call everyone", "Service manager", "2027-03-31", measure, 5.0,
                                    reading(edition, measure)))
    app = open_page(published_extract.parent, "challenge", session=started)
    app.user = {"is_logged_in": True, "email": READER}
    app.run()
    assert not app.exception and "This edition holds no figure of the measure." in markup_of(app)
    app = open_page(published_extract.parent, "challenge", session=started, part="evidence")
    app.user = {"is_logged_in": True, "email": READER}
    app.run()
    assert not app.exception and len(figures_of(app)) == sum(len(part.figures) for part in frozen.parts) > 4
    assert edition.extract_id in markup_of(app)


def test_the_evidence_id_of_a_sessions_own_table_leads_to_the_session(open_page, markup_of):
    app = open_page(SHIPPED, "about", evidence="session.questions:session=abc-1@37a0866ef09b")
    assert not app.exception and 'href="/challenge?session=abc-1"' in markup_of(app)
