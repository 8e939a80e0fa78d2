"""Figures made before anyone asks."""

import threading
from dataclasses import replace

from dashboard import ahead, paths
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


def test_a_new_edition_is_taken_up_and_what_was_made_of_old_ones_is_let_go_of(tmp_path, place_edition, monkeypatch):
    """Edition after edition, each before the figures of the one before are all made."""
    monkeypatch.setattr(ahead, "LOOK_AGAIN", 0.01)
    monkeypatch.setattr(ahead, "REST", 0)
    asked, kept = threading.Event(), []
    monkeypatch.setattr(ahead, "keep_only", lambda held: (kept.append(held - {""}), asked.set()))
    stopped = ahead.start(tmp_path)
    try:
        for extract_id in ("aaaaaaaaaaaa", "bbbbbbbbbbbb", "cccccccccccc"):
            asked.clear()
            place_edition(tmp_path, extract_id)
            assert asked.wait(60)
    finally:
        stopped.set()
        for thread in threading.enumerate():
            if thread.name == "figures ahead":
                thread.join(60)
    assert kept == [{"aaaaaaaaaaaa"}, {"aaaaaaaaaaaa", "bbbbbbbbbbbb"}, {"bbbbbbbbbbbb", "cccccccccccc"}]
