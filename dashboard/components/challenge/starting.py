"""Every session that the reader may see, and starting one."""

from urllib.parse import urlencode

import streamlit as st

from dashboard.challenge import roles
from dashboard.challenge.freezing import THEMES
from dashboard.challenge.lines import lines
from dashboard.challenge.roles import Person
from dashboard.challenge.session import Frozen, Scope
from dashboard.challenge.store import Kept, StoreError
from dashboard.components import page, run
from dashboard.components.challenge import person, writing
from dashboard.figure import SCOTLAND, Choice, Said
from dashboard.figures.equality.choosers import BY
from dashboard.words.periods import day
from dashboard.words.phrases import plural

LOCAL = ("Sessions are kept on this machine. There is no sign-in: whoever sits at it may do everything, and nobody "
         "else sees anything of them.")
CLOSED = ("Sessions are for people who sign in with a role, and for whoever sits at the machine that serves this page. "
          "The lines of enquiry above are for everyone.")
EVERYONE = "Everyone together"


def mode(who: Person) -> None:
    """Who may see and do what here, in a notice."""
    if who.is_local:
        page.notice(LOCAL)
    elif who.role:
        page.notice(f"You are signed in as a {roles.ROLES[who.role]}.")
    else:
        page.notice(CLOSED)


def answer(choice: Choice) -> list[Said]:
    """How many lines of enquiry the rules raise here, and what they are."""
    found = lines(run.edition(), choice)
    strengths = sum(line.positive for line in found)
    return [Said(f"Published rules raise **{plural(len(found), 'line')}** of enquiry about **{run.edition().area_name(choice.area_code)}**."),
            Said(f"{plural(strengths, 'of them is a strength', 'of them are strengths')}." if strengths else "None of them is a strength."),
            Said("Each is a question to ask, with how sure it is and what would make it wrong: never a verdict.")]


def listing(choice: Choice) -> None:
    """The sessions, and a form to start one on the area chosen."""
    who = person.reader()
    page.section("Sessions", "Evidence, question, answer, action: and next time, what became of it.")
    mode(who)
    if not roles.may(who, roles.READ):
        return
    try:
        held = writing.store().sessions(who)
    except StoreError as error:
        page.notice(str(error))
        return
    if held:
        run.block("sessions", rows=[_row(scope, frozen) for scope, frozen in held])
    else:
        run.block("paragraphs", texts=["There is no session yet."], css="")
    if roles.may(who, roles.PREPARE):
        _start(choice)


def _row(scope: Kept, frozen: Kept | None) -> dict[str, str]:
    about: Scope = scope.content
    state = f"frozen {day(frozen.at)}" if frozen is not None else "being prepared"
    area = run.edition().areas.get(about.area_code, {}).get("name", about.area_code)
    return {"title": about.title, "about": f"{area} · {_theme(about, frozen)} · {state}", "address": address(scope.session_id)}


def _theme(about: Scope, frozen: Kept | None) -> str:
    if frozen is not None and isinstance(frozen.content, Frozen):
        return frozen.content.theme
    return THEMES[about.theme].label if about.theme in THEMES else about.theme


def address(session_id: str) -> str:
    """The link to a session, to be shared."""
    return f"/challenge?{urlencode({'session': session_id})}"


def groups(choice: Choice) -> dict[str, str]:
    """The groups of people that a session can be about: characteristic to label, everyone first."""
    return {"": EVERYONE, **BY.options(run.edition(), choice)}


def _start(choice: Choice) -> None:
    edition, people = run.edition(), groups(choice)
    area_code = choice.area_code or SCOTLAND
    others = {code: str(row["name"]) for code, row in edition.areas.items() if code not in (area_code, SCOTLAND)}

    def start() -> None:
        given = {name: st.session_state[f"start {name}"] for name in ("title", "theme", "group", "comparators")}
        scope = Scope(given["title"].strip(), area_code, given["theme"], given["group"], tuple(given["comparators"]))

        def write(store, who: Person) -> None:
            st.query_params.from_dict({"session": store.start(who, scope).session_id})

        writing.sent(write, "The session is started. Add its questions, then freeze it.")

    with st.form("start", clear_on_submit=False):
        run.block("panel", title=f"Start a session on {edition.area_name(area_code)}")
        st.text_input("Title", key="start title", max_chars=160, placeholder="Do jobs last for disabled people?")
        st.selectbox("Theme", list(THEMES), key="start theme", format_func=lambda name: THEMES[name].label)
        st.selectbox("Groups of people to look at", list(people), key="start group", format_func=people.__getitem__)
        st.multiselect("Compare also with (areas alike, Scotland and the area's own past are always there)", list(others),
                       key="start comparators", format_func=others.__getitem__, placeholder="Choose areas")
        st.form_submit_button("Start the session", on_click=start, type="primary")
