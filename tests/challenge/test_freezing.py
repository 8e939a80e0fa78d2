"""A frozen session holds the figures themselves, and reads the same when their extract is gone."""

import shutil
from dataclasses import replace

import pytest

from dashboard import paths
from dashboard.challenge import session
from dashboard.challenge.freezing import THEMES, freeze
from dashboard.challenge.lines import Line
from dashboard.challenge.session import Outcome, Question, Scope
from dashboard.figure import Figure
from dashboard.figures import recipes
from dashboard.read.edition import current

GLASGOW, EDINBURGH, SCOTLAND = "S12000049", "S12000036", "S92000003"
OWN = (("own", Question("Why do jobs end?", 1)),)


def of(edition, theme="work", area=GLASGOW, comparators=(), questions=OWN, before=()):
    return freeze(edition, Scope("Do jobs last?", area, theme, "disabled", comparators), questions, before)


def figures(frozen):
    return [Figure.from_json(each) for part in frozen.parts for each in part.figures]


@pytest.fixture(scope="module")
def edition():
    return current(paths.DATA / "extract")


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("area", [GLASGOW, SCOTLAND])
def test_every_figure_is_that_of_the_screen_and_none_stands_twice(edition, theme, area):
    frozen = of(edition, theme, area)
    held = figures(frozen)
    assert held and all(recipes.figure_at(edition, each.address) == each for each in held)
    assert len({each.evidence_id for each in held}) == len(held)
    assert frozen.is_synthetic == any(each.is_synthetic for each in held)
    assert {"How good are the data?", "What do the words mean?"} <= {part.question for part in frozen.parts}


def test_it_reads_the_same_when_its_extract_is_gone(tmp_path, file_store, people):
    shutil.copytree(paths.DATA / "extract", tmp_path / "extract")
    record = file_store.start(people.member, Scope("Do jobs last?", GLASGOW, "work", "disabled"))
    file_store.write(people.member, record.session_id, Question("Why do jobs end?", 1))
    held = file_store.session(people.member, record.session_id)
    edition = current(tmp_path / "extract")
    frozen = freeze(edition, held.scope.content, [(each.entry_id, each.content) for each in held.questions])
    file_store.freeze(people.member, record.session_id, frozen, held.newest)
    shown = figures(frozen)
    shutil.rmtree(tmp_path / "extract")
    again = file_store.session(people.viewer, record.session_id).frozen.content
    assert again == frozen and figures(again) == shown
    assert {each.address.extract_id for each in shown} == {edition.extract_id} == {again.extract_id}


def test_the_figures_of_a_line_come_first_and_one_that_is_gone_is_said(edition):
    cited = of(edition).parts[0].figures[0]
    line = Line("unknown", GLASGOW, "", "Seen.", "Sure.", "Compared.", "Wrong if.", "Cannot.", "Why?", False,
                (Figure.from_json(cited).evidence_id, "jobs.no_such_figure:@abc", "no address"))
    frozen = of(edition, questions=(("q", Question("Why so few?", 1, line)), *OWN))
    assert frozen.parts[0].question == "Why so few?" and frozen.parts[0].figures == (cited,)
    assert [part for part, _ in frozen.missing][:2] == ["Why so few?", "Why so few?"]


def test_comparators_are_recorded_in_words_and_brought_along(edition):
    frozen = of(edition, comparators=(EDINBURGH, "no area"))
    assert frozen.compared_with[0] == "its own past" and frozen.compared_with[-1] == "City of Edinburgh"
    assert "the rest of Scotland" in frozen.compared_with and any("Family group" in each for each in frozen.compared_with)
    assert any("City of Edinburgh beside it" in part.question for part in frozen.parts)
    assert of(edition, area=SCOTLAND).compared_with == ("its own past",)


def test_what_became_of_earlier_actions_is_frozen_with_it(edition):
    before = (Outcome("Call everyone", "Manager", "2027-01-01", ("Said.",)),)
    assert of(edition, before=before).before == before


def test_without_a_question_nothing_is_frozen(edition):
    with pytest.raises(session.Refused, match="at least one question"):
        of(edition, questions=()).check()


def test_without_returns_the_published_figures_are_frozen(published_extract):
    frozen = of(current(published_extract.parent))
    assert frozen.parts and not frozen.is_synthetic and frozen.missing


def test_nothing_of_an_edition_before_its_hour_goes_into_a_session(edition):
    with pytest.raises(session.Refused, match="not released yet"):
        of(replace(edition, restricted="2030-01-01T09:30:00"))
