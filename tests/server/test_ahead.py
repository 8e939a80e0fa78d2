"""Figures made before anyone asks."""

import threading
from contextlib import contextmanager
from dataclasses import replace

import pytest

from dashboard import ahead, memory, paths
from dashboard.figure import SCOTLAND
from dashboard.figures import recipes
from dashboard.packs import finished
from dashboard.read.edition import Kept, current


def test_scotland_comes_first_and_every_partnership_follows():
    edition = current(paths.DATA / "extract")
    areas = list(dict.fromkeys(choice.area_code for _, choice in ahead.first_choices(edition) if choice.area_code))
    assert areas[0] == SCOTLAND and set(areas) == set(edition.areas)


def test_a_figure_made_ahead_is_not_made_again(monkeypatch):
    edition = current(paths.DATA / "extract")
    first = next(ahead.make_figures(edition, rest=0))
    monkeypatch.setattr(finished, "_pack", lambda *_: (_ for _ in ()).throw(AssertionError("made again")))
    figure = recipes.figure_at(edition, recipes.Address.read(first))
    assert finished.packed(figure)


def test_a_figure_that_cannot_be_made_is_logged_and_the_others_are_made(odd_extract, monkeypatch, caplog):
    first = next(iter(recipes.recipes().values()))
    monkeypatch.setitem(recipes.recipes(), first.name, replace(first, make=lambda *_: 1 / 0))
    monkeypatch.setattr(recipes, "_MADE", Kept(100))
    assert next(ahead.make_figures(current(odd_extract), rest=0)) and f"{first.name} could not be made" in caplog.text


@pytest.fixture
def looks(monkeypatch):
    """Each time that all would be looked through, or kept. What that lets go of, tests/pages/test_edition_swap.py asks once:
    a run of tests holds so much that each time takes longer than the rest of a test."""
    asked = []
    monkeypatch.setattr(memory, "look_through", lambda: asked.append("through"))
    monkeypatch.setattr(memory, "keep_all", lambda: asked.append("kept"))
    return asked


@contextmanager
def made_ahead(folder):
    """Figures are made ahead in the folder, and no longer afterwards."""
    stopped = ahead.start(folder)
    try:
        yield
    finally:
        stopped.set()
        for thread in threading.enumerate():
            if thread.name == "figures ahead":
                thread.join(60)


def test_a_new_edition_is_taken_up_and_what_was_made_of_old_ones_is_let_go_of(tmp_path, place_edition, monkeypatch, looks):
    """Edition after edition, each before the figures of the one before are all made."""
    monkeypatch.setattr(ahead, "LOOK_AGAIN", 0.01)
    monkeypatch.setattr(ahead, "REST", 0)
    asked, kept = threading.Event(), []
    monkeypatch.setattr(finished, "keep_only", lambda held: (kept.append(held - {""}), asked.set()))
    with made_ahead(tmp_path):
        for extract_id in ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"):
            asked.clear()
            place_edition(tmp_path, extract_id)
            assert asked.wait(60)
    assert kept == [{"aaaaaaaaaaaa"}, {"aaaaaaaaaaaa", "bbbbbbbbbbbb"}, {"bbbbbbbbbbbb", "cccccccccccc"}]
    assert looks.count("through") == 3


def test_the_edition_that_waits_for_its_hour_comes_after_the_one_that_is_shown(tmp_path, place_edition, monkeypatch, caplog, looks):
    place_edition(tmp_path, "aaaaaaaaaaaa", built_at="2026-04-01")
    place_edition(tmp_path, "eeeeeeeeeeee", built_at="2026-07-01", embargo_until="2999-01-01 09:30:00")
    monkeypatch.setattr(ahead, "LOOK_AGAIN", 0.01)
    done, made = threading.Event(), []

    def make(edition, *_):
        made.append(edition.extract_id)
        yield from ("one", "two")
        if len(made) == 2:
            done.set()

    monkeypatch.setattr(ahead, "make_figures", make)
    with caplog.at_level("INFO"), made_ahead(tmp_path):
        assert done.wait(60)
    assert made == ["aaaaaaaaaaaa", "eeeeeeeeeeee"] and looks[:2] == ["through", "kept"]
    assert "2 figures are ready" in caplog.text and "eeeeeeeeeeee" not in caplog.text


def test_an_edition_that_is_shown_anew_comes_before_the_rest_of_one_that_waits(tmp_path, place_edition, monkeypatch, looks):
    shown = place_edition(tmp_path, "aaaaaaaaaaaa", built_at="2026-04-01")
    waits = place_edition(tmp_path, "eeeeeeeeeeee", built_at="2026-07-01", embargo_until="2999-01-01 09:30:00")
    monkeypatch.setattr(ahead, "LOOK_AGAIN", 0.01)
    done, made = threading.Event(), []

    def make(edition, *_):
        made.append(edition.extract_id)
        if made == [shown.stem[9:], waits.stem[9:]]:
            place_edition(tmp_path, "bbbbbbbbbbbb", built_at="2026-05-01", is_current=False)
            (tmp_path / "before").write_text("outcomes-bbbbbbbbbbbb.duckdb\n", encoding="utf-8")
        yield "one"
        if len(made) == 4:
            done.set()
        yield "two"

    monkeypatch.setattr(ahead, "make_figures", make)
    with made_ahead(tmp_path):
        assert done.wait(60)
    assert made == ["aaaaaaaaaaaa", "eeeeeeeeeeee", "bbbbbbbbbbbb", "eeeeeeeeeeee"]
