"""What changed since the edition before: kinds kept apart, sizes true, and what cannot be told from chance called so."""

import pytest

from dashboard.figure import SCOTLAND, Choice, Figure, Said
from dashboard.figures import changes, recipes
from dashboard.packs.finished import unframed
from dashboard.words.marks import SYNTHETIC_NOTICE

GLASGOW, ORKNEY = "S12000049", "S12000023"


def made(edition, name, area_code=""):
    return recipes.made(edition, name, Choice(area_code))


@pytest.mark.parametrize("area_code", [GLASGOW, ORKNEY, SCOTLAND])
def test_every_change_of_the_area_is_in_one_kind(edition, area_code):
    found = changes.since(edition, area_code)
    held = edition.ask("changes", area_code=area_code).rows
    assert sum(len(rows) for rows in found.by_kind.values()) == len(held) > 0
    assert len({(row["indicator_id"], row["period"]) for _, row in found.rows}) == len(held)
    for kind, row in found.rows:
        assert (row["before"] is None) == (kind == changes.NEW) and (row["after"] is None) == (kind == changes.SCOPE)


@pytest.mark.parametrize("area_code", [GLASGOW, SCOTLAND])
def test_a_revision_is_clear_only_beyond_what_chance_and_rounding_could_make(edition, area_code):
    found = changes.since(edition, area_code)
    assert found.by_kind[changes.REVISED] and found.by_kind[changes.LITTLE]
    for kind in (changes.REVISED, changes.LITTLE):
        for row in found.by_kind[kind]:
            is_within = (row["lower_ci"] <= row["before"] <= row["upper_ci"] if row["lower_ci"] is not None
                         else abs(row["after"] - row["before"]) <= 6)
            assert is_within == (kind == changes.LITTLE), dict(row)


def test_a_partnership_is_told_what_is_new_revised_and_too_little_to_tell(edition):
    *said, figure = made(edition, "partnership.changed", GLASGOW)
    assert isinstance(figure, Figure) and all(isinstance(each, Said) for each in said)
    found = changes.since(edition, GLASGOW)
    count = {kind: len(rows) for kind, rows in found.by_kind.items()}
    assert said[0].text == (f"Since the edition to 31 March 2026: **{count['New']} figures are new and {count['Revised']} "
                            "clearly revised**.")
    rows = [tuple(cell.text for cell in row) for row in figure.table.rows]
    assert sum(int(row[6]) for row in rows) == len(found.rows)
    for measure, kind, _, before, now, how_much, *_ in rows:
        if kind == changes.REVISED and measure == "People who started":
            then, later = (int(each.split(" ")[0].replace(",", "")) for each in (before, now))
            assert how_much == f"{'+' if later > then else '−'}{abs(later - then):,}" and "[r]" in now
    assert [row[1] for row in rows] == sorted((row[1] for row in rows), key=changes.KINDS.index)


def test_few_people_are_never_judged(edition):
    *_, figure = made(edition, "partnership.changed", ORKNEY)
    for row in figure.table.rows:
        if "u" in row[4].mark.split() and row[1].text == changes.NEW:
            assert "not judged" in row[5].text, row[0].text


def test_a_first_edition_says_so(returns_edition):
    [absent] = made(returns_edition, "partnership.changed", GLASGOW)
    assert absent.why == changes.NOTHING_BEFORE


def test_made_up_news_is_marked_where_it_is_read(edition):
    own, publishers = made(edition, "headlines.changed")
    assert SYNTHETIC_NOTICE in unframed(own) and SYNTHETIC_NOTICE not in unframed(publishers)
