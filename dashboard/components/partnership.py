"""One partnership: who it is, where it stands, how it has changed."""

from collections.abc import Sequence

import pandas as pd

from dashboard.charts import spine as spine_chart
from dashboard.components import data, markup, page, returns_quality, tables
from dashboard.components.cards import indicator_cards
from dashboard.components.figure import colours, figure
from dashboard.methods.missing import is_missing
from dashboard.read import partnership_words
from dashboard.words import comparisons, differences

MOST_ROWS, FEWEST_ROWS = 8, 3


def area_header(area_code: str, indicator_ids: Sequence[str]) -> None:
    """The area's name, what can be said of it, and what kind of place it is."""
    rows = _spine_rows(area_code, indicator_ids)
    synthetic = any(row["data_class"] == "returns" for row in rows)
    page.page_header(data.area_name(area_code), area_sentences(area_code, indicator_ids), synthetic=synthetic)
    area_tags(area_code)


MORE = {"jobs": "Job outcomes", "progress": "Progress and experience", "equality": "Equality", "places": "Places",
        "value": "Value", "data-quality": "Data quality"}


def area_links(area_code: str) -> None:
    """The same area on the other pages."""
    links = " · ".join(markup.link(label, f"/{address}?area={area_code}") for address, label in MORE.items())
    markup.write(markup.element("p", f"{markup.text(data.area_name(area_code))} on other pages: {links}", "oc-subtitle"))


def area_tags(area_code: str) -> None:
    """What kind of place it is: family groups, region, rural share, island."""
    area, groups = data.areas()[area_code], data.ask("groups", area_code=area_code)
    tags = list(dict.fromkeys(groups.rows["group_name"]))
    if not is_missing(area["rural_pct"]):
        tags.append(f"{area['rural_pct']:.0f}% of people in rural areas")
    if not is_missing(area["population"]):
        tags.append(f"{area['population']:,.0f} people ({area['population_year']})")
    if area["is_island"] is True:
        tags.append("Island authority")
    markup.write(markup.items(map(markup.text, tags), "oc-tags"))
    if not is_missing(area["note"]) and area["note"]:
        markup.write(markup.element("p", markup.text(area["note"]), "oc-subtitle"))


def area_sentences(area_code: str, indicator_ids: Sequence[str]) -> list[str]:
    """What can be said of the area: its return and what is published kept apart, few people never aloud."""
    rows = _spine_rows(area_code, indicator_ids)
    synthetic = bool(data.release()["synthetic"])
    return partnership_words.sentences(rows, data.catalogue(), synthetic) or [
        "No figure that can be compared with Scotland is held for this area."]


def area_cards(area_code: str, indicator_ids: Sequence[str]) -> None:
    """Cards of what these services did in the area: from its return, then published, each under its own heading."""
    catalogue, empty = data.catalogue(), True
    for data_class in partnership_words.CLASSES:
        names = [name for name in indicator_ids if name in catalogue and catalogue[name].data_class == data_class]
        answer = data.ask("latest", area_code=area_code, indicators=names)
        if answer.is_empty:
            continue
        empty = False
        page.section(f"What these services did here: {partnership_words.heading(data_class).lower()}",
                     " · ".join(_designations(answer)))
        indicator_cards(names, area_code)
    if empty:
        page.section("What these services did here")
        page.notice(f"No published service figure is held for {data.area_name(area_code)}.")


def _designations(answer: data.Answer) -> list[str]:
    """'Management information from partnership returns', each once: what kind of figures these are."""
    held = (row["designation"] for row in answer.records if not is_missing(row["designation"]))
    return list(dict.fromkeys(map(str, held)))


def area_spine(area_code: str, indicator_ids: Sequence[str], subject: str) -> None:
    """The area against Scotland and the spread of partnerships: its return and published measures on their own."""
    rows = _spine_rows(area_code, indicator_ids)
    for data_class in partnership_words.CLASSES:
        if own := partnership_words.of_class(rows, data_class)[:MOST_ROWS]:
            _spine_figure(area_code, own, f"{subject}, {partnership_words.heading(data_class).lower()}")


def _spine_figure(area_code: str, rows: list[dict], subject: str) -> None:
    """The spine of these rows; of fewer than three, the table alone."""
    catalogue, name = data.catalogue(), data.area_name(area_code)
    answer = data.ask("spine", area_code=area_code, indicators=[row["indicator_id"] for row in rows])
    drawn = len(rows) >= FEWEST_ROWS
    bands = ". Bands: all partnerships, the middle half darker" if drawn else ""
    figure(
        spine_chart.spine(pd.DataFrame(rows), catalogue, colours()) if drawn else None,
        answer=answer.keep(pd.DataFrame(rows)),
        title=partnership_words.spine_title(rows, name),
        subtitle=f"{subject}: {name} against Scotland, latest period of each, with 95% intervals where there "
        f"are any{bands}",
        alt=comparisons.spine_alt(rows, catalogue, name),
        table=tables.spine_table(rows, catalogue),
        unit="Each measure in its own unit",
        base="As each measure says",
        interval="95% where published; a measure without one is not tested.",
        notes=[
            comparisons.verdict_legend(rows, "Scotland"),
            *(["Each row has its own scale: distances cannot be compared between rows."] if drawn else []),
        ],
        link={"area": area_code},
    )


def _spine_rows(area_code: str, indicator_ids: Sequence[str]) -> list[dict]:
    """The rows in the order asked for, judged against Scotland."""
    catalogue = data.catalogue()
    answer = data.ask("spine", area_code=area_code, indicators=list(indicator_ids))
    rows = {row["indicator_id"]: row for row in answer.records if not is_missing(row["scotland"])}
    kept = [rows[name] for name in indicator_ids if name in rows]
    judged = []
    for row in kept:
        scotland = {
            "value": row["scotland"],
            "lower_ci": row["scotland_lower_ci"],
            "upper_ci": row["scotland_upper_ci"],
        }
        indicator = catalogue[row["indicator_id"]]
        gap = differences.difference(row, scotland, indicator)
        judged.append(
            partnership_words.without_verdict(
                {**row, "verdict": differences.verdict(gap, indicator), "compared": differences.compared(gap, "Scotland")})
        )
    return judged


def area_quality(area_code: str) -> None:
    """How far the area's own return can be trusted, in words, and where all of it is."""
    sentences, figures = returns_quality.returns_sentences(area_code), returns_quality.returns_figures(area_code)
    if not sentences:
        return
    page.section("How far can its return be trusted?")
    if returns_quality.holds_synthetic():
        page.demonstration_notice()
    address = f"/data-quality?area={area_code}"
    markup.write(markup.paragraphs(sentences) + "".join(
        markup.element("div", markup.details("These figures as a table", table.html(caption)), "oc-foot oc-bare")
        for caption, table in figures) + markup.element("p", markup.link("Data quality of every partnership", address)))
