"""Can it be trusted? Published shares not known and not recorded, and every declared gap."""

import pandas as pd

from dashboard.catalogue import Indicator
from dashboard.charts import bands
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import colours, data_table, figure
from dashboard.words import comparisons, numbers, periods

FOLLOW_UPS = (("nolb_still_in_work_recorded", "recorded in work"), ("nolb_follow_up_not_due", "not due yet"))
RESPONSES = "nolb_follow_up_responses"
DISABILITY = "nolb_participants"


def quality_sentences() -> list[str]:
    """The two facts that matter most: what is not recorded, and what is not known."""
    sentences = []
    if (nothing := _nothing_recorded()) is not None:
        share = numbers.value_text(nothing, data.catalogue()[RESPONSES], short=True, marks=False)
        sentences.append(f"Of people due a follow-up {periods.in_period(nothing['period_label'])} and not recorded in work, "
                         f"**{share}** have nothing recorded. Not recorded is not the same as out of work.")
    rows = {row["category"]: row for row in _breakdown(DISABILITY, "disabled").records}
    if {"yes", "no", "unknown"} <= set(rows):
        sentences.append(f"Whether someone is disabled is not known for **{rows['unknown']['value']:,.0f}** of the people "
                         f"supported {periods.in_period(rows['unknown']['period_label'])}.")
    return sentences or ["No published measure of quality is held."]


def quality_figures() -> list[tuple[str, dict, Indicator]]:
    """The figures of those sentences with their names, as `tables.figures_table` shows them."""
    catalogue, found = data.catalogue(), []
    if (nothing := _nothing_recorded()) is not None:
        found.append(("Due a follow-up, not recorded in work: nothing recorded", nothing, catalogue[RESPONSES]))
    rows = {row["category"]: row for row in _breakdown(DISABILITY, "disabled").records}
    if {"yes", "no", "unknown"} <= set(rows):
        found.append(("Whether disabled: not known", rows["unknown"], catalogue[DISABILITY]))
    return found


def quality_table() -> list[tuple[str, markup.Table]]:
    """The same figures as one table with its caption."""
    return [("The figures of this answer, Scotland", tables.figures_table(quality_figures()))]


def _nothing_recorded() -> dict | None:
    """The share of people due a follow-up and not recorded in work of whom nothing is recorded."""
    rows = _breakdown(RESPONSES, "follow_up_response").records
    return next((row for row in rows if row["category"] == "blank_or_unknown"), None)


def follow_up_figure() -> None:
    """Follow-ups of people who entered work: recorded in work, not due yet, and the rest."""
    answers = [(label, _breakdown(name, "follow_up")) for name, label in FOLLOW_UPS]
    if any(answer.is_empty for _, answer in answers):
        return
    (_, recorded), (_, not_due) = answers
    due = {row["category"]: row for row in not_due.records}
    rows = [row for row in recorded.records if row["category"] in due]
    rows.sort(key=lambda row: int(str(row["category"]).split("_")[0]))
    parts = _parts(rows, due)
    indicator = data.catalogue()[FOLLOW_UPS[0][0]]
    when = rows[0]["period_label"]
    figure(
        bands.bands(parts, _bands(), colours()), answer=recorded.joined_by(not_due),
        title="The later the follow-up, the less is recorded, and the less is due yet",
        subtitle=f"Follow-ups of people in No One Left Behind who entered work, % of them, Scotland, {when}",
        alt=comparisons.parts_alt(parts, "Stacked bars of follow-ups after entering work"),
        table=tables.parts_table(parts, "Follow-up"), unit="% of people who entered work", base=indicator.base,
        interval="None is published: everyone who entered work is counted.",
        notes=["The third part is what remains of 100%: due, and either not in work or not recorded. "
               "It is our subtraction of two published shares.", *indicator.caveats], link={},
    )


def responses_figure() -> None:
    """What is recorded when someone is due a follow-up and not recorded in work."""
    answer = _breakdown(RESPONSES, "follow_up_response")
    if answer.is_empty:
        return
    indicator = data.catalogue()[RESPONSES]
    rows = [(row["category_label"], row) for row in answer.records]
    data_table(tables.one_series_table(rows, "What is recorded", indicator),
               f"{indicator.title} {indicator.unit}, {answer.records[0]['period_label']}", answer)


def unknown_table() -> None:
    """People whose disability is not known, as published."""
    answer = _breakdown(DISABILITY, "disabled")
    if answer.is_empty:
        return
    indicator = data.catalogue()[DISABILITY]
    page.section("Who is not known", "The groups a comparison leaves out are shown, never dropped.")
    data_table(tables.one_series_table([(row["category_label"], row) for row in answer.records], "Disabled", indicator),
               f"{indicator.title} by disability, {answer.records[0]['period_label']}", answer)


def survey_quality() -> None:
    """What each publisher says of the quality of its figures."""
    rows = [(each.title, each.quality, each.designation) for each in data.catalogue().values()
            if each.quality != "Not rated by the publisher"]
    if rows:
        page.section("What publishers say of their own figures")
        markup.write(markup.Table(("Indicator", "Quality", "Status"), rows).html("Quality as rated by the publishers"))


def all_gaps() -> None:
    """Every declared gap, by the page that misses it."""
    answer = data.ask("declared_gaps", page=None)
    if answer.is_empty:
        return
    page.section("Everything nobody publishes yet", "Each has its place on the page that misses it.")
    topics = {"": "Every page", **{name: filters.words_of(name) for name in dict.fromkeys(answer.rows["page"])}}
    chosen = filters.choose("gaps", "Show gaps of", {name or "all": label for name, label in topics.items()}, "all")
    rows = [row for row in answer.records if chosen == "all" or row["page"] == chosen]
    table = markup.Table(("What is missing", "Why", "Who could supply it"),
                         [(row["title"], row["reason"], row["who_could_supply"]) for row in rows])
    markup.write(table.html("Declared gaps"))


def _breakdown(indicator_id: str, characteristic: str) -> data.Answer:
    answer = data.ask("breakdown", indicator_id=indicator_id, area_code=data.SCOTLAND)
    return answer.keep(answer.rows[answer.rows["characteristic"] == characteristic])


def _parts(rows: list[dict], due: dict[str, dict]) -> pd.DataFrame:
    found = []
    for row in rows:
        recorded, later = float(row["value"]), float(due[row["category"]]["value"])
        for name, share in (("recorded", recorded), ("remaining", 100 - recorded - later), ("not_due", later)):
            found.append({"label": row["category_label"], "category": name, "share": share,
                          "part": {"recorded": "Recorded in work", "remaining": "Not in work or not recorded",
                                   "not_due": "Not due yet"}[name]})
    return pd.DataFrame(found)


def _bands() -> list[bands.Band]:
    shades = colours()
    return [bands.Band("recorded", "Recorded in work", shades.series[0], shades.surface),
            bands.Band("remaining", "Not in work or not recorded", shades.band_strong, shades.ink),
            bands.Band("not_due", "Not due yet", shades.surface, shades.line, hatched=True)]
