"""The answer of the page: what is not published, then what the returns say, else what is published."""

from dashboard.figure import SCOTLAND, Choice, Figure, Said, table
from dashboard.figures import compose, tables
from dashboard.figures.areas import with_scotland
from dashboard.figures.value import words
from dashboard.figures.value.published import BENEFIT, SCOTLAND_ACT
from dashboard.figures.value.spend import COST_NAMES, by_year, missing, money, sent, spend
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import marks, numbers

CAPTION = "The figures of this answer"


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """No cost is published; then spend and costs as returned, or modelled benefit and published spending."""
    texts = _returned(edition, choice.area_code) or _published(edition)
    return compose.at_a_glance((*compose.say(edition, choice, [words.NO_NATIONAL_COST]),
                                *compose.say(edition, choice, texts, "value.amounts")))


def amounts(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The figures behind the answer, each with its period."""
    held = spend(edition, choice.area_code)
    return _published_amounts(edition) if held.is_empty else _returned_amounts(edition, choice.area_code, held)


def _returned(edition: Edition, area_code: str) -> list[str]:
    held = spend(edition, area_code)
    if held.is_empty:
        return []
    last = by_year(held)[-1]
    unsent = missing(edition, last["period"]) if area_code == SCOTLAND else []
    who = words.sent_words(sent(edition, last["period"]), unsent) if area_code == SCOTLAND else edition.area_name(area_code)
    spent = numbers.amount(last["spend_value"], money(edition, held))
    first, *others = ([*_cost_in_words(edition, name, area_code, last)] for name in COST_NAMES)
    whose = "Made-up returns: " if edition.synthetic else ""
    who = f"{whose}{who[:1].lower() if whose and area_code == SCOTLAND else who[:1]}{who[1:]}"
    return [f"{who} returned spend of **{spent}** in {last['period_label']}.", words.left_out_words(unsent), *first,
            *(text for texts in others for text in texts)]


def _cost_in_words(edition: Edition, name: str, area_code: str, last: Row) -> list[str]:
    """That a cost of the year of `last` is of too few people, and the latest cost with its own year."""
    texts, latest = [], _latest_cost(edition, name, area_code)
    if name in edition.catalogue and _is_hidden(edition, name, area_code, last["period"]):
        texts.append(f"Too few people {COST_NAMES[name]} in {last['period_label']} for a reliable cost [c].")
    if latest:
        row = latest.rows[0]
        opening = "That" if row["period_label"] == last["period_label"] else f"Spend of {row['period_label']}"
        cost = numbers.value_text(row, edition.catalogue[name], short=True)
        texts.append(f"{opening} was **{cost}** for each person who {COST_NAMES[name]}.")
    return texts


def _latest_cost(edition: Edition, name: str, area_code: str) -> Answer | None:
    if name not in edition.catalogue:
        return None
    held = edition.ask("latest", area_code=area_code, indicators=[name])
    return None if held.is_empty or is_missing(held.rows[0]["value"]) else held


def _is_hidden(edition: Edition, indicator_id: str, area_code: str, period: str) -> bool:
    """True if too few people are counted in that period for a cost."""
    rows = edition.series(indicator_id, with_scotland(area_code)).rows      # as its trend asks, so that both ask once
    return any((row["area_code"], row["period"]) == (area_code, period) and "c" in marks.marks_of(row["obs_status"])
               for row in rows)


def _returned_amounts(edition: Edition, area_code: str, held: Answer) -> tuple[Figure, ...]:
    """Spend and budget of the newest year, and each cost with its interval."""
    last, indicator = by_year(held)[-1], money(edition, held)
    lines = [(label, numbers.amount(last[column], indicator), "none: spend is taken as exact", "", str(last["period_label"]))
             for label, column in (("Spend returned", "spend_value"), ("Budget returned", "budget_value"))]
    costs = {name: latest for name in COST_NAMES if (latest := _latest_cost(edition, name, area_code))}
    for name, latest in costs.items():
        own, row = edition.catalogue[name], latest.rows[0]
        lines.append((own.title, numbers.value_text(row, own, short=True), numbers.interval_line(row, own),
                      numbers.base_text(row, own) + _of_partnerships(edition, area_code, row["period"]),
                      str(row["period_label"])))
    return (compose.figure(
        edition, held.joined_by(*costs.values()), title=CAPTION,
        subtitle=f"Spend, budget and cost as returned, {edition.area_name(area_code)}",
        table=table(CAPTION, ("Measure", "Figure", "Interval, for rounding only", "Base", "Year"), lines, {1}),
        unit="Each measure in its own unit", base="As each row says", interval="For rounding of the count of people only",
        notes=(words.NOT_TESTED,)),)


def _of_partnerships(edition: Edition, area_code: str, period: str) -> str:
    """', 31 of 32 partnerships' beside a base of Scotland that leaves one out."""
    unsent = missing(edition, period)
    return f", {words.sent_words(sent(edition, period), unsent)}" if area_code == SCOTLAND and unsent else ""


def _published_answers(edition: Edition) -> dict[str, Answer]:
    """The benefit to society and the latest spending, as far as they are held."""
    held = {}
    if BENEFIT in edition.catalogue:
        modelled = edition.ask("published_money", indicators=[BENEFIT])
        held[BENEFIT] = modelled.keep([row for row in modelled.rows if row["category"] == "society"])
    if SCOTLAND_ACT in edition.catalogue:
        held[SCOTLAND_ACT] = edition.ask("latest", area_code=SCOTLAND, indicators=[SCOTLAND_ACT])
    return {name: each for name, each in held.items() if not each.is_empty}


def _published(edition: Edition) -> list[str]:
    """The earlier service's modelled benefit and the latest published spending."""
    said = {BENEFIT: "Fair Start Scotland was modelled to bring society **{amount}** for each pound: an earlier service.",
            SCOTLAND_ACT: "Published spending was **{amount}** in {when}, on a wider scope than in earlier years."}
    return [said[name].format(amount=numbers.amount(held.rows[0]["value"], edition.catalogue[name]),
                              when=held.rows[0]["period_label"]) for name, held in _published_answers(edition).items()]


def _published_amounts(edition: Edition) -> tuple[Figure, ...]:
    held = _published_answers(edition)
    if not held:
        return ()
    first, *others = held.values()
    return (compose.figure(
        edition, first.joined_by(*others), title=CAPTION, subtitle="Modelled benefit and published spending, Scotland",
        table=tables.figures_table([(edition.catalogue[name].title, row, edition.catalogue[name])
                                    for name, each in held.items() for row in each.rows], CAPTION),
        unit="Each measure in its own unit", base="As each row says",
        notes=[each for name in held for each in edition.catalogue[name].caveats]),)
