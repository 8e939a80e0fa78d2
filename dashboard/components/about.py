"""Where it comes from: the evidence behind an ID, the sources, the definitions, and our own statements."""

from collections.abc import Mapping

import streamlit as st

from dashboard import paths
from dashboard.components import data, filters, markup, page, tables
from dashboard.components.figure import data_table, description_list
from dashboard.read import evidence, extract
from dashboard.words import marks, phrases


def source_sentences() -> list[str]:
    """How many figures, from how many publications, and whether any are made up for demonstration."""
    rows = [row for row in data.ask("sources").records if row["figures"]]
    if not rows:
        return ["This edition holds no figure."]
    publishers = {row["publisher"] for row in rows}
    figures = sum(int(row["figures"]) for row in rows)
    sentences = [
        f"**{figures:,} figures** of {len(data.catalogue())} indicators come from "
        f"{phrases.plural(len(rows), 'publication')} by {phrases.plural(len(publishers), 'publisher')}.",
        "Each one can be followed to its publication and page.",
    ]
    if data.release()["has_returns"] and data.release()["synthetic"]:
        sentences.append("Figures from partnership returns here are made up for demonstration, and say so.")
    return sentences


def resolve_evidence() -> None:
    """The query, edition, rows and disclosure decision behind `?evidence=`."""
    given = _asked_for()
    if not given:
        return
    page.section("The evidence you asked for")
    try:
        found = evidence.read_evidence(given)
    except evidence.EvidenceError as error:
        page.notice(f"{error} You gave '{phrases.shorten(given)}'.")
        return
    answer = data.ask(found.view, **found.asked_with)
    if found.extract_id != answer.evidence.extract_id:
        page.notice(
            f"This figure was made from edition {found.extract_id}. The current one is "
            f"{answer.evidence.extract_id}: its rows are below and may differ."
        )
    facts = [
        ("Evidence ID, to be quoted whole", markup.text(found.evidence_id)),
        ("Question", markup.text(_question(found.view))),
        ("Edition", markup.text(f"{data.release()['edition']}, extract {answer.evidence.extract_id}")),
        (
            "Asked with",
            markup.text("; ".join(f"{name} = {value}" for name, value in found.asked_with.items())),
        ),
        ("Disclosure", markup.text(_decision(answer))),
    ]
    markup.write(description_list(facts))
    _definitions_of(answer)
    markup.write(
        _rows_table(answer)
        + markup.details("The query", markup.element("pre", markup.text(extract.view(found.view)), "oc-code"))
    )


def _asked_for() -> str:
    """The ID in the link, which a reader may also type or paste."""
    def follow() -> None:
        if typed := st.session_state["evidence_typed"].strip():
            st.query_params["evidence"] = typed

    st.text_input("Find a figure by its evidence ID", key="evidence_typed", on_change=follow, width=480,
                  placeholder="The whole ID, from 'About this figure', a download or an image")
    return st.query_params.get("evidence", "")


def _question(view: str) -> str:
    first = extract.view(view).split("\n", 1)[0]
    return first.removeprefix("--").strip()


def _decision(answer: data.Answer) -> str:
    if "returns" not in set(answer.rows.get("data_class", ())):
        return "Published by others and shown exactly as published: no further control was applied."
    return (
        "Made from protected counts only: every count was rounded together with all others to base 5, and no "
        "rate is shown on a base below 30."
    )


def _definitions_of(answer: data.Answer) -> None:
    catalogue = data.every_indicator()
    names = dict.fromkeys(answer.rows.get("indicator_id", ()))
    words = [
        (catalogue[name].title, markup.text(catalogue[name].definition))
        for name in names
        if name in catalogue
    ]
    if words:
        markup.write(description_list(words[:12]))


def _rows_table(answer: data.Answer) -> str:
    wanted = [
        name
        for name in (
            "indicator_id",
            "area",
            "period_label",
            "category",
            "value",
            "lower_ci",
            "upper_ci",
            "obs_status",
            "edition",
            "publisher",
            "source_page",
        )
        if name in answer.rows
    ]
    wanted = wanted or list(answer.rows.columns)[:8]
    rows = [[tables.plain(row[name]) for name in wanted] for row in answer.records[:200]]
    if not rows:
        return markup.element("p", "The query returns no rows in this edition.")
    return markup.Table([name.replace("_", " ") for name in wanted], rows).html("The rows behind the figure")


RELEASES = ("nolb_participants", "fss_job_start_rate", "disability_employment_gap", "lgbf_assisted_into_work",
            "employment_rate_16_64", "population_16_64_midyear")
NO_NEXT = "[x] no date held"


def release_calendar() -> None:
    """Past and next releases of this dashboard and of its main sources: only dates that are held, none invented."""
    release, answer = data.release(), data.ask("latest", area_code=data.SCOTLAND, indicators=list(RELEASES))
    sources = data.ask("sources").records
    rows = [_own_release(release), *([_returns_release(release, sources)] if release["has_returns"] else [])]
    for row in {row["source_title"]: row for row in answer.records if row["data_class"] == "published"}.values():
        rows.append((str(row["source_title"]), str(row["publisher"]), str(row["edition"]), str(row["period_label"]),
                     _edition_before(row, sources), NO_NEXT))
    data_table(markup.Table(("Release", "By", "Last release held", "Its figures are for", "The one before", "Next release"),
                            rows),
               "Past and next releases. No source held gives the date of its next release, so none is shown [x]",
               answer.keep(answer.rows.assign(obs_status=None)))    # dates, not figures: no mark of theirs applies


def _own_release(release: dict) -> tuple[str, ...]:
    edition = f"edition {release['edition']}, " if release["has_returns"] else ""
    return ("This dashboard", "This project", phrases.sentence_case(f"{edition}made {page.day(release['built_at']) or '[x]'}"),
            f"up to {page.day(release['cut_off']) or '[x]'}", "[x] not held", NO_NEXT)


def _returns_release(release: dict, sources: list[dict]) -> tuple[str, ...]:
    own = next((row for row in sources if row["source_id"] == "partnership_returns"), None)
    title, by = (own["title"], own["publisher"]) if own else ("Partnership returns", "Local Employability Partnerships")
    return (str(title), str(by), str(release["edition"]), f"up to {page.day(release['cut_off']) or '[x]'}", "[x] not held",
            NO_NEXT)


def _edition_before(row: Mapping[str, object], sources: list[dict]) -> str:
    """The edition held before this one of the same publication, in the publication's own words."""
    dated = [each for each in sources if each["title"] == row["source_title"] and str(each["edition_date"]) != "NaT"]
    editions = [str(each["edition"]) for each in sorted(dated, key=lambda each: str(each["edition_date"]))]
    before = editions[:editions.index(str(row["edition"]))] if str(row["edition"]) in editions else []
    return before[-1] if before else "[x] not held"


def sources_table() -> None:
    """Every publication that a figure names, with its licence and status."""
    page.section("Sources", "Every publication behind a figure here. Figures are shown exactly as published.")
    answer = data.ask("sources")
    publishers = list(dict.fromkeys(answer.rows["publisher"]))
    options = {"all": "Every publisher", **{name: name for name in publishers}}
    chosen = filters.choose("publisher", "Publisher", options, "all")
    rows = [row for row in answer.records if row["figures"] and chosen in ("all", row["publisher"])]
    table = markup.Table(
        ("Title", "Publisher", "Edition", "Status", "Licence", "Figures"),
        [
            tuple(
                tables.plain(row[name])
                for name in ("title", "publisher", "edition", "designation", "licence", "figures")
            )
            for row in rows
        ],
        frozenset({5}),
    )
    markup.write(
        markup.details(f"{phrases.plural(len(rows), 'publication')}", table.html("Sources"), chosen != "all")
    )


def definitions_table() -> None:
    """Every indicator with its definition, by topic."""
    catalogue = data.catalogue()
    if not catalogue:
        return
    page.section("Definitions")
    topics = {each.topic: phrases.sentence_case(each.topic.replace("_", " ")) for each in catalogue.values()}
    chosen = filters.choose("topic", "Topic", topics)
    rows = [
        (each.title, each.definition, each.unit, each.designation)
        for each in catalogue.values()
        if each.topic == chosen
    ]
    markup.write(
        markup.Table(("Indicator", "Definition", "Unit", "Status"), rows).html(
            f"Definitions: {topics[chosen]}"
        )
    )


def marks_table() -> None:
    """The marks used instead of, or beside, a figure."""
    page.section("Marks")
    markup.write(
        markup.Table(
            ("Mark", "Meaning"),
            [(f"[{mark}]", f"{meaning}; of a cost, {marks.FEW_FOR_A_COST}" if mark == "c" else meaning)
             for mark, meaning in marks.MARKS.items()],
        ).html("Marks used in every table and chart")
    )


def words(name: str) -> None:
    """A statement of our own, kept as assets/words/<name>.md."""
    st.markdown((paths.ASSETS / "words" / f"{name}.md").read_text(encoding="utf-8"))
