"""Family groups, regions and deals as sums of their councils' counts, against Scotland; and who is in each."""

from collections.abc import Mapping, Sequence

from dashboard.figure import Absent, Choice, Figure, Said, table
from dashboard.figures import compose, tables
from dashboard.figures.places.choosers import FAMILIES
from dashboard.figures.places.dots import dots
from dashboard.figures.places.view import View, view_of
from dashboard.methods.missing import is_missing
from dashboard.read import places
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import comparisons, numbers, phrases

TWO_WAY = ("RESAS_RURAL", "RESAS_URBAN")     # the same councils again: not shown beside the four
NOT_MADE = "This is a published rate: it is not made again for a group. The councils of each group are listed."


def groups(edition: Edition, choice: Choice) -> tuple[Figure | Said | Absent, ...]:
    """The measure in each group, where it can be made from its councils' counts."""
    view, (label, _, _, about) = view_of(edition, choice), FAMILIES[choice.of("groups", "place")]
    _, held = members_of(edition, choice.of("groups", "place"))
    said = [Said(text) for text in (about, overlap_sentence(held)) if text]
    if view is None or not places.can_be_added(view.indicator):
        return (*said, Absent(NOT_MADE))
    return (*said, _group_figure(_group_rows(held, view), view, label))


def members(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Which councils make each group."""
    kind = choice.of("groups", "place")
    answer, held = members_of(edition, kind)
    caption = f"{FAMILIES[kind][0]}: who is in each"
    rows = [(_short(name), phrases.listed(sorted(names)), str(len(names))) for name, names in held.items()]
    return (compose.figure(
        edition, answer, title=caption, subtitle=caption, table=table(caption, ("Group", "Councils", "How many"), rows, {2}),
        unit="Councils", base="32 councils", interval="Not applicable: these are names."),)


def members_of(edition: Edition, kind: str) -> tuple[Answer, dict[str, list[str]]]:
    """The groups of one kind of FAMILIES: what was asked, and council names by group name."""
    _, area_type, starts, _ = FAMILIES[kind]
    answer, held = edition.ask("group_members", group_type=area_type), {}
    rows = [row for row in answer.rows if row["group_code"].startswith(starts) and row["group_code"] not in TWO_WAY]
    for row in rows:
        held.setdefault(row["group_name"], []).append(edition.area_name(row["area_code"]))
    return answer.keep(rows), held


def overlap_sentence(members: Mapping[str, Sequence[str]]) -> str:
    """Which councils are in more than one group; empty where none is."""
    groups_of: dict[str, int] = {}
    for names in members.values():
        for name in names:
            groups_of[name] = groups_of.get(name, 0) + 1
    twice = [name for name, count in groups_of.items() if count > 1]
    missing = 32 - len(groups_of)
    said = [f"The groups overlap: {phrases.listed(twice)} {'is' if len(twice) == 1 else 'are'} in more than one, "
            "so adding groups counts some people twice."] if twice else []
    if missing:
        said.append(f"{phrases.plural(missing, 'council is', 'councils are')} in none of them.")
    return " ".join(said)


def _group_rows(held: Mapping[str, Sequence[str]], view: View) -> list[dict[str, object]]:
    """A row a group, made from its councils' rows, against Scotland where it is a rate."""
    by_name, is_rate = {row["name"]: row for row in view.councils}, view.indicator.measure == "percentage"
    rows = [{**places.group_row([by_name[each] for each in councils], view.indicator), "area_code": "", "group": _short(name),
             "councils": councils, "period_label": view.when} for name, councils in held.items()]
    if not is_rate:
        return [{**row, "direction": "untested", "verdict": "none", "compared": ""} for row in rows]
    return comparisons.judged(rows, view.scotland, "Scotland", view.indicator)


def _short(name: str) -> str:
    """'Family group 1 (other services)' is 'Family group 1': the heading says which groups these are."""
    return name.rsplit(" (", 1)[0]


def _group_figure(rows: Sequence[Row], view: View, label: str) -> Figure:
    indicator, scotland, is_rate = view.indicator, view.scotland, view.indicator.measure == "percentage"
    reference = scotland["value"] if scotland and indicator.measure != "count" else None
    entries = [(row["group"], row) for row in rows] + ([("Scotland", scotland)] if scotland else [])
    subtitle = f"{indicator.title}, {indicator.unit}, {label[:1].lower()}{label[1:]}, {view.when}"
    return compose.figure(
        view.edition, view.answer, subtitle=subtitle,
        title=_group_title(rows, label) if is_rate else f"{indicator.title} by group, {view.when}",
        table=tables.one_series_table(entries, "Group", indicator, subtitle),
        plot=dots(rows, indicator, comparisons.breakdown_alt(rows, indicator, "group of councils", view.when),
                  reference=reference),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(comparisons.verdict_legend(rows, "Scotland") if is_rate else "Not compared with Scotland: not tested.",
               "Made from the councils' protected counts: a group of n councils adds n rounded counts, each within 4, "
               "a few within 9." if indicator.data_class == "returns" else "Made from the councils' published counts.",
               "A group is not shown where any of its councils has no count.", *indicator.caveats))


def _group_title(rows: Sequence[Row], label: str) -> str:
    known = [row for row in rows if not is_missing(row["value"])]
    if not known:
        return f"{label}: no figure to show"
    ways = [str(row["direction"]) for row in known]
    refused = comparisons.refused_words(known)
    said = "; ".join(filter(None, (comparisons.direction_counts(ways, "Scotland"), refused)))
    return f"Of {phrases.plural(len(ways), 'group')}: {said or 'none compared'}"
