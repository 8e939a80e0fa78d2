"""Cost for each start against the share of people in rural areas, and by kind of place."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.figure import SCOTLAND, Absent, Choice, Figure, Said, plot, table
from dashboard.figures import compose
from dashboard.figures.value import words
from dashboard.figures.value.spend import START, cost_cells, costs, members, unsent
from dashboard.figures.within import within
from dashboard.methods.missing import is_missing
from dashboard.read import value
from dashboard.read.edition import Edition, Row
from dashboard.words import numbers, phrases

TWO_KINDS = ("rural councils", "urban councils")      # every council again, in two
ENDS = {"Islands & Remote Rural": "islands and remote areas", "Larger Cities": "larger cities"}
CAVEATS = (
    "A higher cost is not a worse service: rural and island services travel further and meet fewer people a visit.",
    "Councils mix kinds of place: one dot a council says nothing of the distance any one person travels.",
    "Travel time, transport, childcare and digital access are not held, so the reason for a difference is not known.",
    "Spend also supports people who started in earlier years, and councils count other money differently.")

SPEND_IS_WHOLE = ("Spend is held for a whole partnership, so no cost can be compared within one. "
                  "What can be: whether people in rural areas enter work as often as their urban neighbours.")


def rural_cost(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """One dot a partnership, on the line of its kind of place: cost for each start; nothing is ranked."""
    held, when = costs(edition, START)
    if held.is_empty:
        return (Absent(words.NOTHING_SENT),)
    indicator, name = edition.catalogue[START], edition.area_name(choice.area_code)
    rows = [row | {"x": edition.areas[row["area_code"]]["rural_pct"]} for row in held.rows]
    country = [row for row in rows if row["area_code"] == SCOTLAND]
    partnerships = [row for row in rows if row["area_code"] != SCOTLAND]
    shown = [row for row in partnerships if not is_missing(row["value"])]
    if not shown:
        return (*unsent(edition),
                Absent("[c] No partnership has enough people who started for a cost to be shown.", "c"))
    classes = _classes(edition, partnerships)
    hidden, title = len(partnerships) - len(shown), _title([*country, *shown], name, indicator, classes)
    lines = [(row["area"], "[x]" if is_missing(row["x"]) else f"{row['x']:.0f}%", *cost_cells(row, indicator))
             for row in [*country, *partnerships]]
    lines += [(f"{label}: all together", "[z]", numbers.amount(whole, indicator, short=True), "[z]", "[z]")
              for label, (whole, _) in classes.items()]
    subtitle = f"{indicator.title}, pounds, by kind of place, {len(shown)} partnerships, {when}. Stroke: all of a kind together"
    each = " ".join(f"{label}: {numbers.amount(whole, indicator, short=True)} together." for label, (whole, _) in classes.items())
    alt = (f"Dots of {len(shown)} partnerships on a line for each kind of place: {indicator.title.lower()}, {when}. {each}"
           + (f" {hidden} cannot be shown." if hidden else ""))
    kind_of = {code: label for label, (_, codes) in classes.items() for code in codes}
    return (*unsent(edition), compose.figure(
        edition, held.keep(partnerships), title=title, subtitle=subtitle,
        table=table(subtitle, ("Partnership", "People in rural areas", "Cost for each person who started",
                               phrases.sentence_case(numbers.interval_name(indicator)), "People who started"), lines, {1, 2, 3, 4}),
        plot=plot("strip", [row | {"group": kind_of.get(row["area_code"], "")} for row in partnerships], alt,
                  indicator=indicator.as_data(), chosen=name, wholes={label: whole for label, (whole, _) in classes.items()},
                  named=[str(row["area"]) for row in shown if edition.areas[row["area_code"]]["is_island"] is True]),
        unit="pounds for each person who started", base=indicator.base, interval=numbers.interval_note((), indicator),
        notes=(*CAVEATS, words.NOT_TESTED, "Nothing is fitted: 32 councils cannot separate rurality from size.")))


def rural_and_urban(edition: Edition) -> str:
    """'Spend a start (2025-26): £3,445 in rural councils, £2,557 in urban ones; not tested.'; empty where none is held."""
    held, when = costs(edition, START)
    groups = members(edition.ask("group_members", group_type="typology").rows)
    made = {}
    for label, codes in groups.items():
        kind = label.split(" councils", 1)[0].casefold()
        own = [row for row in held.rows if row["area_code"] in codes]
        if kind in ("rural", "urban") and own:
            made[kind] = numbers.value_text(value.pooled_cost(own), edition.catalogue[START], short=True)
    if len(made) < 2:
        return ""
    return (f"Spend for each person who started, {when}: **{made['rural']}** in rural councils and **{made['urban']}** in urban "
            "ones. The difference is not tested, and a higher cost is not a worse service.")


def _classes(edition: Edition, partnerships: Sequence[Row]) -> dict[str, tuple[float, set[str]]]:
    """Each kind of place with the cost of all its areas together and their codes; not the two that hold them all again."""
    groups = members(edition.ask("group_members", group_type="typology").rows)
    held = {label: ([row for row in partnerships if row["area_code"] in codes], codes) for label, codes in groups.items()
            if not label.casefold().startswith(TWO_KINDS)}
    return {label: (float(value.pooled_cost(rows)["value"]), codes) for label, (rows, codes) in held.items()
            if rows and not is_missing(value.pooled_cost(rows)["value"])}


def _title(shown: Sequence[Row], name: str, indicator: Indicator, classes: Mapping[str, tuple[float, set[str]]]) -> str:
    """The chosen partnership's own cost; else that of the two ends of the classification, whichever costs more."""
    own = next((row for row in shown if row["area"] == name), None)
    if own is not None and not is_missing(own["x"]):
        return f"{name}: {numbers.value_text(own, indicator, short=True)} with {own['x']:.0f}% of people in rural areas"
    if set(ENDS) <= set(classes):
        ends = [f"{numbers.amount(classes[label][0], indicator, short=True)} in {words}" for label, words in ENDS.items()]
        return f"{indicator.title}: {', '.join(ends)}; not tested"
    whole = next((row for row in shown if row["area_code"] == SCOTLAND), None)
    if whole is not None and not is_missing(whole["value"]):
        return f"Scotland: {numbers.value_text(whole, indicator, short=True)} for each person who started"
    return f"{indicator.title} by how rural a partnership is"


def rural_within(edition: Edition, _: Choice) -> tuple[Figure | Said, ...]:
    """What urban and rural services came to, compared within the same partnership; spend cannot be split so."""
    shown = within(edition, "B_urban_rural_2", "Urban and rural", "entered", "value.rural_within")
    return (Said(SPEND_IS_WHOLE), *shown) if shown else ()


def kinds_of_place(edition: Edition, choice: Choice) -> tuple[Figure | Said, ...]:
    """Councils grouped by how rural they are: totals divided by totals."""
    held, when = costs(edition, START)
    if all(is_missing(row["value"]) for row in held.rows if row["area_code"] != SCOTLAND):
        return ()
    indicator, lines = edition.catalogue[START], []
    for label, codes in members(edition.ask("group_members", group_type="typology").rows).items():
        if own := [row for row in held.rows if row["area_code"] in codes]:
            lines.append((label, *cost_cells(value.pooled_cost(own), indicator), f"{len(own)} of {len(codes)}"))
    if not lines:
        return ()
    caption = f"Total spend divided by total people who started, {when}"
    said = [f"Councils grouped by how rural they are. {words.NOT_TESTED}"]
    return (*compose.say(edition, choice, said), compose.figure(
        edition, held, title="By kind of place", subtitle=caption,
        table=table(caption, ("Kind of place", "Cost for each person who started", phrases.sentence_case(numbers.interval_name(indicator)),
                              "People who started", "Partnerships with spend"), lines, {1, 2, 3, 4}),
        unit="pounds for each person who started", base=indicator.base, interval=numbers.interval_note((), indicator),
        notes=(*CAVEATS, words.NOT_TESTED)), *compose.say(edition, choice, CAVEATS))
