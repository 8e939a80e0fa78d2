"""Freezing a session: its figures as values, with their extract, in the order in which the group reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.challenge.lines import Line
from dashboard.challenge.session import Frozen, Outcome, Part, Question, Refused, Scope
from dashboard.figure import AREA, SCOTLAND, Absent, Address, AddressError, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.areas import family_group
from dashboard.figures.recipe import ChoiceError, Shown
from dashboard.read.edition import Edition

EVERYONE, DISABLED = "", "disabled"


@dataclass(frozen=True)
class Ask:
    """One recipe with its choices other than the area; `by_group`: also the session's group of people."""

    recipe: str
    choices: tuple[tuple[str, str], ...] = ()
    by_group: bool = False


@dataclass(frozen=True)
class Theme:
    """What a session can be about: the recipes behind it, and the one by which other areas are read beside it."""

    label: str
    asks: tuple[Ask, ...]
    beside: Ask


_LASTING = (("measure", "weeks26"),)
THEMES = {
    "work": Theme("Work, and whether it lasts", (
        Ask("jobs.answer"), Ask("jobs.journey"), Ask("equality.outcomes", _LASTING, by_group=True),
        Ask("equality.journey", by_group=True), Ask("compare.like", (("id", "in_work_at_26_weeks"),))), Ask("jobs.journey")),
    "reach": Theme("Who is reached", (
        Ask("equality.answer", by_group=True), Ask("equality.reach", by_group=True), Ask("equality.sure", by_group=True)),
        Ask("equality.reach", by_group=True)),
    "progress": Theme("Progress, and how people are treated", (
        Ask("progress.answer"), Ask("progress.domains"), Ask("progress.treated")), Ask("progress.domains")),
    "cost": Theme("What it costs, and who needs it", (
        Ask("value.answer"), Ask("value.amounts"), Ask("value.cost_per_start"), Ask("value.need")), Ask("value.cost_per_start")),
    "gap": Theme("The disability employment gap", (
        Ask("gap.answer"), Ask("gap.path"), Ask("gap.rates"), Ask("gap.participants")), Ask("equality.outcomes", by_group=True)),
}
TRUST, EQUALITY = "How good are the data?", "Who is reached, and for whom does it work?"
TRUSTED = {True: (Ask("quality.answer"), Ask("quality.answer_figures")), False: (Ask("partnership.trust"), Ask("partnership.trust_figures"))}
ALWAYS = (
    (EQUALITY, (Ask("equality.reach", by_group=True), Ask("equality.outcomes", _LASTING, by_group=True))),
    ("What do the words mean?", (Ask("about.glossary"),)),
)


def require_released(edition: Edition) -> None:
    """Refused of an edition before its hour: nothing of it goes into a session."""
    if edition.restricted:
        raise Refused("These figures are not released yet. Sessions hold figures that everyone may see: come back after the hour.")


def compared_with(edition: Edition, scope: Scope) -> tuple[str, ...]:
    """Whom the session reads its area beside, in words: what is always there, then what was chosen."""
    always = ["its own past"]
    if scope.area_code != SCOTLAND:
        group = family_group(edition, scope.area_code)
        always += [f"areas alike: {group[0]}"] if group else []
        always += ["the rest of Scotland"]
    return (*always, *(edition.area_name(code) for code in scope.comparators if code in edition.areas))


def freeze(edition: Edition, scope: Scope, questions: Sequence[tuple[str, Question]], before: Iterable[Outcome] = (),
           answers_due: str = "") -> Frozen:
    """The evidence of a session in this edition: each figure once, where it is read first.

    `answers_due`: the day (ISO) by which the partnership is asked to answer.

    Refused where the edition is not open to everyone yet: others read what is kept here.
    """
    require_released(edition)
    theme, taken = THEMES[scope.theme], set()
    asked = [(question.text, cited(edition, question.line), entry_id) for entry_id, question in questions if question.line is not None]
    beside = [(f"{theme.label}: {edition.area_name(code)} beside it", _made(edition, code, scope.group, [theme.beside]), "")
              for code in scope.comparators if code in edition.areas]
    themed = [(f"{theme.label}: what do the figures show?", _made(edition, scope.area_code, scope.group, theme.asks), "")]
    always = [(title, _made(edition, scope.area_code, scope.group, asks), "")
              for title, asks in ((TRUST, TRUSTED[scope.area_code == SCOTLAND]), *ALWAYS)]
    parts, missing = [], []
    for title, things, entry_id in (*asked, *themed, *beside, *always):
        part = _part(title, things, taken, entry_id)
        parts += [part] if part.figures or part.said else []
        missing += [(title, each.why) for each in things if isinstance(each, Absent)]
    figures = [Figure.from_json(each) for part in parts for each in part.figures]
    return Frozen(edition.extract_id, edition.edition, edition.cut_off, edition.built_at,
                  any(each.is_synthetic for each in figures), edition.area_name(scope.area_code), theme.label, scope,
                  compared_with(edition, scope), tuple(questions), tuple(parts), tuple(dict.fromkeys(missing)), tuple(before), answers_due)


def _part(title: str, things: Sequence[Shown], taken: set[str], entry_id: str) -> Part:
    said = tuple(each.text for each in things if isinstance(each, Said) and each.text)
    figures = []
    for each in things:
        if isinstance(each, Figure) and each.evidence_id not in taken:
            taken.add(each.evidence_id)
            figures.append(each.to_json())
    return Part(title, said, tuple(figures), entry_id)


def cited(edition: Edition, line: Line) -> list[Shown]:
    """The figures that a line of enquiry rests on; what cannot be found in this edition is left out aloud."""
    found: list[Shown] = []
    for evidence_id in line.evidence:
        try:
            figure = recipes.figure_at(edition, Address.read(evidence_id))
        except (AddressError, ChoiceError) as error:
            found.append(Absent(str(error)))
            continue
        found += [figure] if figure is not None else []
    return found


def _made(edition: Edition, area_code: str, group: str, asks: Iterable[Ask]) -> list[Shown]:
    """What these recipes give for an area and a group; a recipe that does not hold for the area gives nothing."""
    found: list[Shown] = []
    for ask in asks:
        recipe = recipes.recipe_named(ask.recipe)
        names = {each.name for each in recipe.choosers}
        given = dict(ask.choices) | ({AREA: area_code} if AREA in names else {}) | ({"by": group or DISABLED} if ask.by_group else {})
        try:
            found += recipes.made(edition, ask.recipe, recipe.resolve(edition, given))
        except ChoiceError:
            continue
    return found
