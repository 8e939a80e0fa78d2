"""Who may do what in challenge sessions. Asked by the store itself, so that hiding a button protects nothing.

Without sign-in everything is allowed to who sits at the machine that serves, and nothing to anyone else. With it, roles
stand in a file that `OUTCOMES_ROLES` names:

    [people."chair@example.org"]
    role = "member"

    [people."lead@example.org"]
    role = "respondent"
    areas = ["S12000023"]
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

VIEWER, MEMBER, RESPONDENT, ADMINISTRATOR = "viewer", "member", "respondent", "administrator"
ROLES = {VIEWER: "viewer", MEMBER: "member of the group", RESPONDENT: "respondent of a partnership", ADMINISTRATOR: "administrator"}

# What can be done. Reading is of frozen sessions; who prepares also reads what is not frozen yet.
READ, PREPARE, ANSWER, ACT, SHARE, REVIEW = "read", "prepare", "answer", "act", "share", "review"
_EVERYWHERE = {
    VIEWER: {READ},
    MEMBER: {READ, PREPARE, ACT, SHARE, REVIEW},
    RESPONDENT: {READ},
    ADMINISTRATOR: {READ, PREPARE, ANSWER, ACT, SHARE, REVIEW},
}
_IN_OWN_AREAS = {RESPONDENT: {ANSWER, ACT, SHARE}}
WORDS = {READ: "read sessions", PREPARE: "prepare sessions", ANSWER: "answer for this partnership",
         ACT: "set actions", SHARE: "add to the lived-experience space", REVIEW: "review what people said"}


class NotAllowed(RuntimeError):
    """This person may not do this; the message says what, and what their role is."""


class RolesError(ValueError):
    """The file of roles cannot be used; the message names the file, the person and the rule."""


@dataclass(frozen=True)
class Person:
    """Who is at the page: a name as kept with every change, a role ('' is nobody), and the areas a respondent speaks for."""

    name: str
    role: str
    areas: tuple[str, ...] = ()
    is_local: bool = False


NOBODY = Person("", "")
AT_THIS_MACHINE = Person("at this machine, without sign-in", ADMINISTRATOR, is_local=True)


def may(person: Person, act: str, area_code: str = "") -> bool:
    """Whether this person may do this in a session on this area."""
    return act in _EVERYWHERE.get(person.role, ()) or (
        area_code in person.areas and act in _IN_OWN_AREAS.get(person.role, ()))


def require(person: Person, act: str, area_code: str = "") -> None:
    """NotAllowed unless the person may do it."""
    if not may(person, act, area_code):
        raise NotAllowed(f"To {WORDS[act]} you need another role. Yours: {ROLES.get(person.role, 'none')}.")


def person_of(email: str, people: Mapping[str, Person]) -> Person:
    """Who signed in with this e-mail address; NOBODY where the file does not name them."""
    return people.get(email.strip().casefold(), NOBODY) if email else NOBODY


def read_roles(path: Path) -> Mapping[str, Person]:
    """Everybody with a role, by e-mail address in small letters. Raises RolesError where the file cannot be used."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise RolesError(f"{path.name}, named by OUTCOMES_ROLES, cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RolesError(f"{path.name}, named by OUTCOMES_ROLES, is not TOML: {error}.") from error
    if set(held) != {"people"} or not isinstance(held["people"], dict):
        raise RolesError(f"{path.name} must hold people alone: [people.\"name@example.org\"] and role = \"member\".")
    return {email.strip().casefold(): _person(path.name, email, given) for email, given in held["people"].items()}


def _person(file: str, email: str, given: object) -> Person:
    if not isinstance(given, dict) or not {"role"} <= set(given) <= {"role", "areas"}:
        raise RolesError(f"{file}, {email}: give a role, and of a respondent the areas; nothing else.")
    role, areas = given["role"], given.get("areas", [])
    if role not in ROLES:
        raise RolesError(f"{file}, {email}: role '{role}' is none of {', '.join(ROLES)}.")
    if not isinstance(areas, list) or not all(isinstance(each, str) for each in areas):
        raise RolesError(f"{file}, {email}: areas must be a list of codes, such as [\"S12000023\"].")
    if (role == RESPONDENT) != bool(areas):
        raise RolesError(f"{file}, {email}: a respondent, and no one else, has areas.")
    return Person(email.strip(), role, tuple(areas))
