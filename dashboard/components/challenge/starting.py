"""Every session that the reader may see, and starting one."""

from collections.abc import Collection
from urllib.parse import urlencode

import streamlit as st

from dashboard import paths
from dashboard.challenge import roles
from dashboard.challenge.due import is_overdue, today
from dashboard.challenge.freezing import THEMES
from dashboard.challenge.lines import lines
from dashboard.challenge.roles import Person
from dashboard.challenge.session import Scope
from dashboard.challenge.store import Record, StoreError
from dashboard.components import access, page, person, run
from dashboard.components.challenge import writing
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
    """Who may see and do what here, in a notice; and the way to sign in, where roles are given."""
    if who.is_local:
        page.notice(LOCAL)
    elif who.role:
        name = roles.ROLES[who.role]
        page.notice(f"You are signed in as {'an' if name[0] in 'aeiou' else 'a'} {name}.")
    else:
        page.notice(CLOSED)
    if paths.roles_file() is not None and access.can_sign_in():
        access.sign_in_button()


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
    under = "Evidence, question, answer, action: and next time, what became of it."
    if run.is_whole():
        page.paragraph(under)
    else:
        page.section("Sessions", under)
    mode(who)
    if not roles.may(who, roles.READ):
        return
    try:
        held = writing.store().sessions(who)
    except StoreError as error:
        page.notice(str(error))
        return
    if held:
        run.block("sessions", rows=[_row(record) for record in held])
    else:
        run.block("paragraphs", texts=["There is no session yet."], css="")
    if roles.may(who, roles.PREPARE):
        _start(choice)


def _row(record: Record) -> dict[str, str]:
    about: Scope = record.scope.content
    frozen = record.frozen
    state = "being prepared" if frozen is None else f"frozen {day(frozen.at)}"
    if is_overdue(record, today()):
        state = f"{state} · answers overdue since {day(frozen.content.answers_due)}"
    theme = theme_name(about) if frozen is None else frozen.content.theme
    return {"title": about.title, "about": f"{area_name(about)} · {theme} · {state}", "address": address(record.session_id)}


def area_name(scope: Scope) -> str:
    """The area as this edition calls it; its code where it is held no longer."""
    return str(run.edition().areas.get(scope.area_code, {}).get("name", scope.area_code))


def theme_name(scope: Scope) -> str:
    """The theme in words."""
    return THEMES[scope.theme].label if scope.theme in THEMES else scope.theme


def group_name(scope: Scope) -> str:
    """The groups of people in words."""
    return groups(Choice(scope.area_code)).get(scope.group, scope.group or EVERYONE)


def scope_words(scope: Scope) -> str:
    """What a session is about, whole: a change of any part of it is seen among the changes."""
    areas = run.edition().areas
    beside = ", ".join(str(areas.get(code, {}).get("name", code)) for code in scope.comparators)
    return " · ".join(filter(None, (scope.title, area_name(scope), theme_name(scope), group_name(scope),
                                    f"beside {beside}" if beside else "")))


def address(session_id: str) -> str:
    """The link to a session, to be shared."""
    return f"/challenge?{urlencode({'session': session_id})}"


def groups(choice: Choice) -> dict[str, str]:
    """The groups of people that a session can be about: characteristic to label, everyone first."""
    return {"": EVERYONE, **BY.options(run.edition(), choice)}


def scope_fields(name: str, held: Scope, with_area: bool = False) -> None:
    """The fields of what a session is about, filled with what is held; `scope_given` reads them by the same name."""
    areas = {code: str(row["name"]) for code, row in run.edition().areas.items()}
    people = groups(Choice(held.area_code))
    others = [code for code in areas if code not in (held.area_code, SCOTLAND)]
    st.text_input("Title", held.title, key=f"{name} title", max_chars=160, placeholder="Do jobs last for disabled people?")
    if with_area:
        st.selectbox("Area", list(areas), _place(held.area_code, areas), key=f"{name} area", format_func=areas.__getitem__)
    st.selectbox("Theme", list(THEMES), _place(held.theme, THEMES), key=f"{name} theme", format_func=lambda theme: THEMES[theme].label)
    st.selectbox("Groups of people to look at", list(people), _place(held.group, people), key=f"{name} group",
                 format_func=people.__getitem__)
    st.multiselect("Compare also with (areas alike, Scotland and the area's own past are always there)", others,
                   [code for code in held.comparators if code in others], key=f"{name} comparators",
                   format_func=areas.__getitem__, placeholder="Choose areas")


def scope_given(name: str, area_code: str) -> Scope:
    """What the fields of that name hold; `area_code` where they have none."""
    given = {field: st.session_state[f"{name} {field}"] for field in ("title", "theme", "group", "comparators")}
    area = st.session_state.get(f"{name} area", area_code)
    beside = tuple(code for code in given["comparators"] if code != area)
    return Scope(given["title"].strip(), area, given["theme"], given["group"], beside)


def _place(name: str, options: Collection[str]) -> int:
    return list(options).index(name) if name in options else 0


def _start(choice: Choice) -> None:
    area_code = choice.area_code or SCOTLAND

    def start() -> None:
        scope = scope_given("start", area_code)

        def write(store, who: Person) -> None:
            st.query_params.from_dict({"session": store.start(who, scope).session_id})

        writing.sent(write, "The session is started. Add its questions, then freeze it.")

    with st.form("start", clear_on_submit=False):
        run.block("panel", title=f"Start a session on {run.edition().area_name(area_code)}")
        scope_fields("start", Scope("", area_code, next(iter(THEMES))))
        st.form_submit_button("Start the session", on_click=start, type="primary")
