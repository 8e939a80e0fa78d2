"""The front page: its sentences with the figures behind them, and what changed since the last release."""

import re
from collections import Counter

from dashboard.figure import Choice, Said
from dashboard.figures import changes, gaps, recipes


def made(edition, name):
    return recipes.made(edition, name, Choice())


def lines(figure):
    return [(row["kind"], row["text"]) for row in figure.plot.rows]


def test_every_figure_of_the_answer_is_in_its_table(edition):
    said = " ".join(each.text for each in made(edition, "headlines.answer") if isinstance(each, Said))
    [figures] = made(edition, "headlines.answer_figures")
    shown = " ".join(cell.text for row in figures.table.rows for cell in row)
    stated = re.findall(r"\*\*([\d,.]+)(?:%| people| percentage points)\*\*", said)
    assert len(stated) == 2 and all(number in shown for number in stated)
    assert all(each.figures for each in made(edition, "headlines.answer"))


def test_what_is_not_recorded_is_said_with_the_years_it_is_of(edition):
    said = " ".join(each.text for each in made(edition, "headlines.answer"))
    assert "due a follow-up from Oct 2022 to Jun 2024 and not recorded in work, **90%** have nothing recorded" in said


def test_a_release_says_what_is_new_and_what_is_revised(odd_edition):
    changed, *_ = made(odd_edition, "headlines.changed")
    assert changed.title == "What changed since the last release"
    assert lines(changed) == [("New", "1 figure: People who started (2024-25)."),
                              ("Revised", "1 figure: People who started (2023-24: +50).")]


def test_what_publishers_revised_stands_apart_with_both_figures(edition):
    own, changed = made(edition, "headlines.changed")
    assert own.is_synthetic and not changed.is_synthetic and changed.title == "What publishers have changed"
    revised = [text for row in changed.plot.rows if row["kind"] == "Revised" for text in (row["text"], *row["rest"])]
    assert revised and all(re.search(r": [\d,]+ → [\d,]+, .+\.", text) for text in revised)
    for text in revised:
        before, after = (float(each.replace(",", "")) for each in re.search(r": ([\d,]+) → ([\d,]+)", text).groups())
        assert abs(after - before) >= 0.01 * before, "a revision of less than 1% is left to its own page"
    assert changed.sources and changed.asked, "revisions can be followed to their editions"


def test_a_national_indicator_has_the_frameworks_own_word_or_why_it_has_none(edition):
    [national] = made(edition, "headlines.national")
    words = {row[0].text: row[-1].text for row in national.table.rows}
    assert words["Relative poverty"] == "Too few comparable figures" and "Rule not held" in words.values()


def test_what_changed_is_a_line_a_kind_and_the_rest_is_opened(edition):
    """Read at a glance: the counts of each kind and its first measure; every other measure is in the list to be opened."""
    for changed in made(edition, "headlines.changed"):
        kinds = [kind for kind, _ in lines(changed)]
        assert len(set(kinds)) == len(kinds) and all(len(text.split()) <= 20 for _, text in lines(changed))
    own, _ = made(edition, "headlines.changed")
    by_kind = Counter(row[1].text for row in own.table.rows)
    assert {row["kind"]: 1 + len(row["rest"]) for row in own.plot.rows} == by_kind


def test_each_card_shows_what_came_before(edition):
    """A line of the figures before, parted where the series breaks; of a running total bars from nought, and it is called one."""
    [cards] = made(edition, "headlines.cards")
    for card in cards.plot.rows:
        assert sum(map(len, card["past"])) >= 3, card["label"]
        assert card["is_total"] == ("running total" in card["base"])
    runs = {card["label"]: card["past"] for card in cards.plot.rows}
    assert len(runs["People in relative poverty after housing costs"][-1]) == 1, "a new series begins"


def test_what_is_missing_most_is_one_gap_of_each_page(edition):
    [foremost], [every] = made(edition, "gaps.foremost"), made(edition, "gaps.every")
    pages = [row[1].text for row in foremost.table.rows]
    assert len(set(pages)) == len(pages) == len({row["page"] for row in edition.ask("declared_gaps", page=None).rows})
    assert {row[0].text for row in foremost.table.rows} <= {row[0].text for row in every.table.rows}
    assert every.title.startswith(f"All {len(every.table.rows)} declared gaps")


def test_declared_gaps_are_counted_and_linked(edition):
    *_, brief = made(edition, "gaps.in_brief")
    [(label, address)] = brief.links
    assert address == "/data-quality" and label.startswith(f"All {len(edition.ask('declared_gaps', page=None).rows)} declared")


def test_the_gaps_of_one_page_are_among_all_of_them(edition):
    [every], [own] = made(edition, "gaps.every"), recipes.made(edition, "gaps.every", Choice(choices=(("gaps", "jobs"),)))
    assert 0 < len(own.table.rows) < len(every.table.rows) and set(own.table.rows) < set(every.table.rows)


def test_a_page_shows_the_four_gaps_that_matter_most_and_the_way_to_the_rest(edition):
    every = edition.ask("declared_gaps", page=None).rows
    assert {row["gap_id"] for row in every} >= gaps.FIRST, "each is declared"
    for page in {row["page"] for row in every}:
        own = [row for row in every if row["page"] == page]
        shown, *rest = recipes.made(edition, "gaps.declared", Choice(choices=(("page", page),)))
        assert len(shown.table.rows) == min(4, len(own))
        first = {str(row["title"]) for row in own if row["gap_id"] in gaps.FIRST}
        assert {row[0].text for row in shown.table.rows} >= first
        assert [said.links for said in rest] == ([((f"All {len(own)} gaps of this page", f"/data-quality?gaps={page}"),)]
                                                 if len(own) > 4 else [])


def test_a_first_release_says_that_nothing_came_before_it(returns_edition):
    [changed] = made(returns_edition, "headlines.changed")
    assert lines(changed)[0] == ("New", changes.NOTHING_BEFORE) and len(lines(changed)) > 1
