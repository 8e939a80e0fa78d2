"""Figures made before anyone asks."""

from dashboard import ahead, paths
from dashboard.figure import SCOTLAND
from dashboard.figures import recipes
from dashboard.packs import finished
from dashboard.read.edition import current


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
