"""The disability gap: the population's and the services', never on one chart."""

import pytest

from dashboard.figure import NOTHING_CHOSEN, Figure
from dashboard.figures import recipes

NAMES = ("gap.answer", "gap.path", "gap.on_track", "gap.rates", "gap.moved", "gap.reading", "gap.service", "gap.participants", "gap.conditions")


def figures_of(edition, name):
    return [each for each in recipes.made(edition, name, NOTHING_CHOSEN) if isinstance(each, Figure)]


def test_the_gap_between_participants_is_the_same_way_round_as_the_populations(edition):
    cards, = figures_of(edition, "gap.participants")
    own, others, gap = (row[1].value for row in cards.table.rows)
    assert cards.table.rows[2][0].text.startswith("Gap: ") and "less" not in cards.table.rows[2][0].text
    assert gap == pytest.approx(others - own, abs=1.01) and others > own
    assert "participants who are not disabled" in cards.table.rows[2][3].text or "not certain" in cards.table.rows[2][3].text


def test_the_target_is_on_track_or_not_by_a_straight_path_and_never_by_a_forecast(edition):
    shown, = figures_of(edition, "gap.on_track")
    held = {row[0].text: row[1] for row in shown.table.rows}
    assert (held["Straight path in 2023"].text, held["Gap in 2023"].text) == ("31.45", "30.2")
    assert held["Narrowing needed each year"].text == "0.77" and held["Narrowing each year since 2016"].text == "1.03"
    assert held["Narrowing each year since 2019"].text == "0.63" and held["Where that line could lie in 2038"].lower < 18.7
    said = " ".join(each.text for each in recipes.made(edition, "gap.on_track", NOTHING_CHOSEN) if not isinstance(each, Figure))
    assert "cannot be told apart" in said and "not a forecast" in said
    assert "31.45" in " ".join(each.text for each in recipes.made(edition, "headlines.answer", NOTHING_CHOSEN))


def test_the_service_gap_is_on_cards_and_in_a_table_and_on_no_chart(edition):
    for name in ("gap.participants", "gap.conditions"):
        assert not any(figure.is_drawn for figure in figures_of(edition, name))
    drawn = [figure for name in NAMES for figure in figures_of(edition, name) if figure.is_drawn]
    assert drawn and not any("participants" in str(figure.plot).lower() for figure in drawn)


def test_types_of_condition_are_never_added_up_and_name_their_unknown(edition):
    table, = figures_of(edition, "gap.conditions")
    assert "never added up" in table.table.caption and table.table.rows[-1][0].text == "Not known"
    assert len(table.table.rows) == 8


def test_without_returns_there_is_no_service_gap_from_them(editions):
    assert recipes.made(editions["published"], "gap.participants", NOTHING_CHOSEN) == ()
    assert recipes.made(editions["published"], "gap.conditions", NOTHING_CHOSEN) == ()


def test_what_the_gap_can_be_told_apart_from_stands_beside_the_new_weights(edition):
    said, = (each.text for each in recipes.made(edition, "gap.tested", NOTHING_CHOSEN))
    assert said.startswith("By a rough guide of ours, 2023 can be told apart from 2016, but cannot be told apart from 2022.")
    assert "New survey weights apply from April 2019" in said
    answer = " ".join(each.text for each in recipes.made(edition, "gap.answer", NOTHING_CHOSEN))
    assert "no change is tested" in answer and "gives 31.45 for 2023: not a forecast" in answer
