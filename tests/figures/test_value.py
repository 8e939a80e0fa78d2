"""Value: what is not published is said first; costs carry limits; nothing is ranked or tested."""

import re

import pytest

from dashboard.figure import SCOTLAND, Absent
from dashboard.figures.value import parts
from dashboard.figures.value.need import NEEDS
from tests.figures.asking import absent, figure, made, said

ORKNEY, GLASGOW, SHETLAND = "S12000023", "S12000049", "S12000027"     # Shetland sent no spend in the made-up cases


def texts(shown):
    """All the cells of a figure's table, on one line."""
    return " | ".join(cell.text for row in shown.table.rows for cell in row)


def test_published_figures_alone_open_on_what_is_published(editions):
    published = editions["published"]
    answer = said(made(published, "value.answer"))
    assert answer.startswith("No cost per sustained outcome of No One Left Behind (NOLB) is published (Ministers, May 2025).")
    amounts, cards = figure(made(published, "value.amounts")), figure(made(published, "value.benefit"))
    assert not amounts.is_synthetic
    for amount in ("£3.60", "£2.60", "£1.60", "£59.1 million"):
        assert amount in f"{answer} {texts(amounts)} {texts(cards)}", amount
    assert next(iter(parts())) == "published", "what is published leads"


@pytest.mark.parametrize("name", ["value.spend", "value.need", "value.rural"])
def test_without_returns_each_part_says_so(editions, name):
    things = made(editions["published"], name)
    assert [type(each) for each in things] == [Absent] and things[0].why.startswith("[x] No partnership has sent a return")
    for other in ("value.cost_per_start", "value.cost_per_work", "value.beside_groups", "value.kinds_of_place"):
        assert made(editions["published"], other) == (), other


def test_spending_is_never_compared_across_its_break(editions):
    shown = figure(made(editions["published"], "value.spending"))
    assert "breaks at 2024-25" in shown.plot.alt and "higher" not in shown.plot.alt + shown.title
    assert shown.title.endswith(": not comparable with earlier years")


def test_costs_are_totals_divided_by_totals(editions):
    answer = said(made(editions["one_missing"], "value.answer"))
    # 30 partnerships sent £200,000 and 100 people each: £2,000 a start, £5,000 a person entering work.
    assert "£6.0 million" in answer and "£2,000" in answer
    assert "£5,000" in texts(figure(made(editions["one_missing"], "value.amounts")))
    things = made(editions["one_missing"], "value.spend")
    assert absent(things) == "[x] No spend was sent by Orkney Islands and Shetland Islands." and figure(things).is_synthetic


def test_a_cost_of_another_year_says_whose_spend_it_is(edition):
    answer = said(made(edition, "value.answer"))
    assert re.search(r"in 2025-26\..* That was £[\d,]+(?: \[r\])? for each person who started\.", answer)
    rows = {row[0].text: row for row in figure(made(edition, "value.amounts", area=ORKNEY)).table.rows}
    assert rows["Spend for each person who started"][1].text == "£5,220 [u]"
    assert rows["Spend for each person who started"][-1].text == "2024-25"


def test_who_is_left_out_is_said_where_it_changes_the_figure(editions):
    answer = said(made(editions["one_missing"], "value.answer"))
    assert "30 of 32 partnerships returned spend of £6.0 million" in answer
    assert "Orkney Islands and Shetland Islands are left out." in answer
    assert "(3,000), 30 of 32 partnerships" in texts(figure(made(editions["one_missing"], "value.amounts")))
    # Glasgow City's own spend lacks nobody's.
    assert "left out" not in said(made(editions["one_missing"], "value.answer", area=GLASGOW))
    assert not absent(made(editions["one_missing"], "value.spend", area=GLASGOW))


def test_scotland_opens_on_how_many_are_near_and_never_on_extremes(editions):
    shown = figure(made(editions["one_missing"], "value.need"))
    ratios = [row[3].value for row in shown.table.rows]
    near = sum(0.9 <= each <= 1.1 for each in ratios)
    assert len(ratios) == 30 and shown.title == f"{near} of 30 partnerships spent between 0.9 and 1.1 times their share of need"
    assert "certain benefits, 2017" in shown.subtitle and "(2017), 2017" not in shown.subtitle
    rural = figure(made(editions["one_missing"], "value.rural"))
    assert rural.title == ("Spend for each person who started: £2,000 in islands and remote areas, £2,000 in larger cities; not tested")
    assert rural.plot.kind == "strip" and set(rural.plot.options["named"]) <= {row["area"] for row in rural.plot.rows}
    assert [cell.text for cell in rural.table.rows[0]][::2][:2] == ["Scotland", "£2,000"]


def test_a_partnership_that_sent_nothing_is_marked_in_every_cell_of_its_row(editions):
    shown = figure(made(editions["one_missing"], "value.rural"))
    own = next(row for row in shown.table.rows if row[0].text == "Orkney Islands")
    assert [cell.text for cell in own[2:]] == ["[x]", "[x]", "[x]"]


def test_a_cost_of_few_people_is_said_to_be_unreliable_and_not_confidential(edition):
    # 25 people started in Orkney Islands
    assert "Too few people started in 2025-26 for a reliable cost [c]." in said(made(edition, "value.answer", area=ORKNEY))
    marks = dict(figure(made(edition, "value.cost_per_start", area=ORKNEY)).marks)
    assert marks["c"] in ("too few people for a share", "too few people for a reliable figure")


def test_money_is_shown_as_it_was_published(editions):
    shown = figure(made(editions["published"], "value.announced"))
    cells = texts(shown)
    assert "£570,000" in cells and "£120,000" in cells and ".0 " not in re.sub(r"£\d+\.0 million", "", cells)
    assert "£0 million" in cells and "£0.0" not in cells and "£0 million is nil as published" in shown.table.caption


def test_the_interval_says_it_is_of_rounding_only(editions):
    for name in ("value.cost_per_start", "value.cost_per_work", "value.beside_groups", "value.rural"):
        shown = figure(made(editions["one_missing"], name, area=GLASGOW))
        assert "for rounding of the count of people only" in shown.interval
        assert "The interval allows for rounding of the count only, so no difference is tested and none is ranked." in shown.notes
        assert not re.search(r"\b(higher|lower|better|worse) than\b", f"{shown.title} {texts(shown)}")


def test_an_area_without_spend_is_named(editions):
    assert absent(made(editions["one_missing"], "value.spend", area=SHETLAND)) == "[x] Shetland Islands sent no return of spend."
    assert made(editions["one_missing"], "value.beside_groups", area=SHETLAND) == ()


@pytest.mark.parametrize("measure", NEEDS)
def test_need_is_stated_with_its_reason(editions, measure):
    shown = figure(made(editions["one_missing"], "value.need", need=measure, area=GLASGOW))
    assert "not a ranking" in shown.subtitle and f"need={measure}" in shown.link and "part=need" in shown.link
    assert "The shares are our arithmetic on returned spend and published counts." in shown.notes
    assert "3.3%" in texts(shown)    # every partnership sent one thirtieth of the spend


def test_rural_cost_has_its_caveats_and_no_line(editions):
    shown = figure(made(editions["one_missing"], "value.rural", area="S12000013"))
    assert shown.notes[0].startswith("A higher cost is not a worse service") and shown.plot.kind == "strip"
    assert "A higher cost is not a worse service" in said(made(editions["one_missing"], "value.kinds_of_place"))


def test_scotland_is_not_read_against_itself(editions):
    assert made(editions["one_missing"], "value.beside_groups", area=SCOTLAND) == ()


def test_urban_and_rural_are_set_against_each_other_within_the_same_partnership(edition):
    """Rural looks better as it stands, as rural people live in other partnerships; within them nothing is clear."""
    whole, *said, shown = made(edition, "value.rural_within")
    assert "no cost can be compared within one" in whole.text
    crude, within = shown.table.rows[1][2].text, shown.table.rows[1][3].text
    assert crude[:2] in ("+2", "+3") and within.startswith("−0.") and "no clear difference" in shown.title
    assert any("no clear difference" in each.text for each in said)
    assert made(edition, "places.within")[-1].table == shown.table
