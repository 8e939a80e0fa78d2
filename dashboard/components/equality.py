"""What the equality page needs of Streamlit beyond figures: links to views that are not allowed, and the duties export."""

from dataclasses import replace

import streamlit as st

from dashboard.components import choosing, page, run
from dashboard.figure import SCOTLAND, Absent, Choice
from dashboard.figures.equality import BY, OUTCOME, PAIR, PROGRAMME, held, views
from dashboard.figures.equality.places import ISLANDS_FIRST
from dashboard.figures.recipe import AREA
from dashboard.packs import duties
from dashboard.read import availability
from dashboard.words.marks import SYNTHETIC_NOTICE

__all__ = ["AREA", "BY", "ISLANDS_FIRST", "OUTCOME", "PROGRAMME", "choose_pair", "duties_export", "is_held", "of_programmes",
           "pair_for_scotland", "pair_in_link", "safe"]


def pair_in_link() -> str:
    """The pair that the link asks for, under its own name or as a characteristic; '' where it asks for none."""
    by = st.query_params.get(BY.name, "")
    return st.query_params.get(PAIR.name) or (by if availability.find_by(by) is None and availability.find_pair(by) else "")


def safe(choice: Choice) -> Choice:
    """The nearest choice that may be shown; says why where that is another one."""
    asked = held.view(run.edition(), choice)
    if asked.absent is not None:
        page.absent(asked.absent)
    return held.safe(run.edition(), choice)


def is_held(choice: Choice) -> bool:
    """True where figures are held for what was chosen."""
    return not isinstance(held.load(run.edition(), choice), Absent)


def choose_pair(choice: Choice) -> Choice | None:
    """The pair chosen; None, and why, where the link names none of the six."""
    given = pair_in_link()
    found = availability.find_pair(given)
    if given and found is None:
        page.absent(views.not_a_pair(given))
        return None
    return choosing.choose(replace(PAIR, default=found or PAIR.default), choice)


def pair_for_scotland(choice: Choice) -> Choice:
    """The same choice for Scotland; says why where a partnership was asked for."""
    if choice.area_code != SCOTLAND:
        page.absent(views.pair_for_scotland(choice.of("pair"), choice.area_code, run.edition().area_name(choice.area_code)))
    return choice.with_choice("area", SCOTLAND)


def of_programmes(asked: Choice, shown: Choice) -> Choice:
    """What is shown of programmes for what was asked: for Scotland, and also by how people were served; says why where not."""
    edition, by = run.edition(), asked.of("by")
    choice = shown.with_choice("by", by) if by in held.of_service(edition) else shown
    if choice.area_code != SCOTLAND:
        page.absent(views.programmes_for_scotland(choice.of("by"), choice.area_code, edition.area_name(choice.area_code),
                                                  held.name_of(edition, choice.of("by"))))
    return choice.with_choice("area", SCOTLAND)


def duties_export(area_code: str) -> None:
    """Two download buttons; the files are made when they are asked for."""
    edition = run.edition()
    with page.screen_only():
        page.section("For impact assessments", "Evidence for an Equality Impact Assessment, the Public Sector Equality Duty, "
                     "the Fairer Scotland Duty and an Island Communities Impact Assessment, from the figures of this page.")
        if edition.restricted:
            page.notice("These files can be made here once the figures are released.")
            return
        if edition.synthetic:
            run.block("tag", notice=SYNTHETIC_NOTICE)
        name = f"equality-evidence-{edition.extract_id}"
        with st.container(horizontal=True, gap="small"):
            st.download_button("Download workbook (.xlsx)", lambda: duties.workbook(edition, area_code), f"{name}.xlsx",
                               "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", key="duties workbook",
                               on_click="ignore", icon=":material/table:")
            st.download_button("Download page of evidence (.html)",
                               lambda: duties.evidence_page(edition, area_code).encode("utf-8"), f"{name}.html", "text/html",
                               key="duties page", on_click="ignore", icon=":material/article:")
