"""The frame of every page: the masthead with the question, its answer and the choosers, the strip and the jump links.

The frame is laid first and filled as the page is made: its choosers while the page asks for them, its answer when it is
known, and what only the whole page knows (how much of it is made up, which parts it has) last.
"""

import re
from collections import Counter
from contextvars import ContextVar
from dataclasses import dataclass, field

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import run
from dashboard.words.marks import SYNTHETIC_NOTICE

PUBLISHED, MADE_UP = "published", "made up"


@dataclass
class Frame:
    """The places to fill, and what the page has shown so far."""

    answer: DeltaGenerator
    choosers: DeltaGenerator
    search: DeltaGenerator
    score: DeltaGenerator
    strip: DeltaGenerator
    jumps: DeltaGenerator
    notices: DeltaGenerator
    designation: str = ""
    facts: tuple[str, ...] = ()
    sections: list[tuple[str, str]] = field(default_factory=list)
    shown: Counter = field(default_factory=Counter)


_FRAME: ContextVar[Frame] = ContextVar("frame")


def lay(asks: int = 0) -> None:
    """Put the empty frame at the head of the page: once a run, before the page is made.

    `asks`: how many choosers the page has in its masthead; room is kept free for them, so that nothing jumps.
    """
    with st.container(key="frame", gap=None):
        with st.container(key="masthead"):
            left, right = st.columns((13, 7), gap="large")
            answer = left.container(gap="xsmall", key="answer")
            search = right.container(key="finder")
            choosers = right.container(gap="xsmall", key=f"choosers-{asks}")
            score = right.container(key="score").empty()
        strip, jumps = st.container(key="strip").empty(), st.container(key="jumps").empty()
    _FRAME.set(Frame(answer, choosers, search, score, strip, jumps, st.container(gap="small")))


def frame() -> Frame:
    """The frame of this run; LookupError outside one."""
    return _FRAME.get()


def choosers() -> DeltaGenerator:
    """Where the page's choosers stand: in the masthead, on every page."""
    return frame().choosers


def note_section(title: str) -> str:
    """The anchor of a section, which the jump links lead to."""
    own = frame()
    anchor = re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "part"
    taken = [each for _, each in own.sections if each == anchor or re.fullmatch(rf"{re.escape(anchor)}-\d+", each)]
    anchor = f"{anchor}-{len(taken) + 1}" if taken else anchor
    own.sections.append((title, anchor))
    return anchor


def note_shown(is_made_up: bool, count: int = 1) -> None:
    """Count figures that the page shows: each card, chart and table is one."""
    frame().shown[MADE_UP if is_made_up else PUBLISHED] += count


def fill(is_public: bool = True) -> None:
    """What only the whole page knows: what is published and what made up, and the links to its parts.

    `is_public`: that anyone would be shown the same; a browser may then show the page again while the edition is the current one.
    """
    own = frame()
    with own.strip:
        run.block("strip", designation=own.designation, facts=own.facts, published=own.shown[PUBLISHED],
                  made_up=own.shown[MADE_UP], notice=SYNTHETIC_NOTICE, kept_as=run.edition().extract_id if is_public else "")
    if own.sections:
        with own.jumps:
            run.block("jumps", sections=own.sections)
