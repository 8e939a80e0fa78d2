"""One breakdown: shares of known answers, ratios from the shares as shown, and bounds that hold the point."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.figures.equality import words
from dashboard.read import availability, equality

COUNTS = ("starts", "entered", "weeks13", "weeks26", "weeks52", "not_recorded")


def rows(**people):
    """One year of a yes/no question: (starts, entered) by category."""
    return [dict.fromkeys(COUNTS, 0) | {
        "area_code": "S92000003", "area": "Scotland", "period": "2023-24", "characteristic": "disabled", "category": category,
        "category_label": category, "footnote": None, "starts": starts, "entered": entered}
        for category, (starts, entered) in people.items()]


def population(share, area="S92000003", ages="16 to 64", category="yes", indicator="population_16_64_census"):
    return {"area_code": area, "age_base": ages, "category": category, "value": share, "indicator_id": indicator,
            "population": "Census", "period": "2022"}


def made(**people):
    return equality.breakdown(rows(**people), ["2023-24"])


def test_shares_are_of_known_answers_and_the_ratio_is_that_of_the_shares_shown():
    found = made(yes=(300, 60), no=(700, 280), unknown=(100, 20), prefer_not_to_say=(5, 0))
    for share in (19.92, 20.0, 25.0, 31.3):
        row = equality.reached(found, [population(share)])[0]
        assert row.share["value"] == pytest.approx(30.0)
        assert words.ratio(row) == f"{float(words.percent(row.share).rstrip('%')) / share:.2f}"


@pytest.mark.parametrize("row", [population(24.1, ages="all ages"), population(20, ages="16 and over"),
                                 population(20, area="S12000036"), population(20, category="limited_a_lot")])
def test_no_ratio_against_another_age_base_area_or_group(row):
    found = equality.reached(made(yes=(300, 60), no=(700, 280)), [row])
    assert all(each.ratio is None and each.verdict == equality.NO_BASE for each in found)


def test_two_sources_that_disagree_leave_the_answer_open():
    found = made(yes=(225, 60), no=(775, 280), unknown=(0, 0))
    own = [row for row in equality.reached(found, [population(18.0), population(30.0, indicator="population_16_64_survey")])
           if row.group.category == "yes"]
    assert [row.verdict for row in own] == ["over-represented", "under-represented"]
    assert equality.agreed(own) == "the answer depends on the source"


@settings(max_examples=60, deadline=None)
@given(some.lists(some.tuples(some.integers(10, 200), some.integers(0, 100)), min_size=3, max_size=3))
def test_the_range_the_unknown_allow_holds_the_gap_among_known_answers(pairs):
    people = {name: (5 * base, 5 * min(base, base * share // 100))
              for name, (base, share) in zip(("yes", "no", "unknown"), pairs, strict=True)}
    for gap in equality.gaps(made(**people), "entered"):
        assert gap.lowest - 1e-9 <= gap.row["value"] <= gap.highest + 1e-9


def test_claims_are_switched_off_past_a_fifth_unknown():
    few, many = made(yes=(400, 40), no=(400, 200), unknown=(200, 50)), made(yes=(400, 40), no=(400, 200), unknown=(205, 50))
    assert few.claims and equality.gaps(few, "entered")[0].verdict == "lower"
    assert not many.claims and {gap.verdict for gap in equality.gaps(many, "entered")} == {"off"}
    assert {cell.verdict for _, cells in equality.strip(many) for cell in cells if cell.relative} <= {"off"}


def test_groups_under_thirty_are_marked_and_carry_no_rate():
    gap = equality.gaps(made(yes=(25, 5), no=(400, 200), unknown=(5, 0)), "entered")[0]
    assert gap.row["value"] is None and words.points(gap.row) == "[c]" and words.span(gap) == "[x]"


def test_a_pair_below_the_base_is_refused():
    low = [{"family": "E_sex_disabled", "is_unknown": False, "starts": 45}]
    with pytest.raises(ValueError, match="below 50"):
        equality.pair(low, "E_sex_disabled", ["2023-24"], "S92000003", "Scotland")


@pytest.mark.parametrize(("asked", "pair"), [("sex_disabled", "sex_disabled"), ("disabled-sex", "sex_disabled"),
                                             ("age_sex", "sex_age_band"), ("religion_sex", None), ("", None)])
def test_pairs_are_found_whichever_way_round_and_only_the_six(asked, pair):
    assert availability.find_pair(asked) == pair


@pytest.mark.parametrize("comparisons, said", [(0, ""), (51, "about 1 would"), (200, "about 5 would"), (6, "one in forty")])
def test_many_comparisons_say_what_chance_alone_would_give(comparisons, said):
    assert said in words.by_chance(comparisons) and bool(words.by_chance(comparisons)) == bool(comparisons)


def test_each_sentence_says_the_years_it_is_of():
    """Who is reached and how they fare are of different years of start: shares of the unknown differ between them."""
    found = made(yes=(300, 60), no=(700, 280), unknown=(100, 20))
    assert "Scotland, 2023-24: **" in words.unknown_sentence(found)
    assert "Entered work (started 2023-24, answer known): Disabled people 20%" in words.gap_sentence(
        found, equality.gaps(found, "entered"), "entered", "Disability")


def test_groups_too_small_to_compare_are_not_said_to_be_alike():
    small = made(a=(10, 5), b=(15, 5), c=(15, 5))
    said = words.gap_sentence(small, equality.gaps(small, "entered"), "entered", "Ethnic group")
    assert said == "Entered work (started 2023-24): too few people to compare outcomes."


def test_a_title_that_names_groups_says_where_unknown_answers_could_reverse_them():
    def lower(unknown):
        found = made(yes=(300, 60), no=(700, 280), unknown=(unknown, unknown // 2))
        return [gap for gap in equality.gaps(found, "entered") if gap.verdict == "lower"]

    sure, unsure = lower(10), lower(240)
    assert words.reversal_words(sure) == "" and "would stay the same" in words.range_sentence(sure[0])
    assert words.reversal_words(unsure) == "; unknown answers could reverse it"
    assert "**not certain**" in words.range_sentence(unsure[0])
    assert words.reversal_words([*sure, *unsure]) == "; unknown answers could reverse 1 of these 2"
    groups = made(a=(300, 60), b=(700, 280), unknown=(240, 120))
    said = words.gap_sentence(groups, equality.gaps(groups, "entered"), "entered", "Ethnic group")
    assert said.endswith("for **a** and higher than everyone else for **b**; unknown answers could reverse them.")


def test_a_share_is_tested_against_the_rest_alone_and_not_on_few_people():
    part, rest, few = made(yes=(300, 60), no=(700, 280)), made(yes=(500, 60), no=(500, 280)), made(yes=(15, 5), no=(30, 5))
    assert [row.verdict for row in equality.shared(part, rest)] == ["lower", "higher"]
    assert {row.verdict for row in equality.shared(part, part)} == {"none"}
    assert {row.verdict for row in equality.shared(few, rest)} == {row.verdict for row in equality.shared(part, few)} == {"few"}
    assert {(row.verdict, row.row["value"]) for row in equality.shared(made(yes=(10, 5), no=(15, 5)), rest)} == {("untested", None)}
    assert {(row.verdict, row.rest["value"]) for row in equality.shared(part, None)} == {("alone", None)}
    assert {row.verdict for row in equality.shared(made(yes=(300, 60), no=(700, 280), unknown=(400, 1)), rest)} == {"off"}


def test_more_rounded_counts_make_a_share_less_certain():
    one = equality.breakdown(rows(yes=(100, 20), no=(200, 60)), ["2023-24"])
    years = [row | {"period": year, "starts": row["starts"] / 4} for year in ("1", "2", "3", "4") for row in
             rows(yes=(100, 20), no=(200, 60))]
    four = equality.breakdown(years, ["1", "2", "3", "4"])
    (first, *_), (second, *_) = equality.shared(one, one), equality.shared(four, four)
    assert first.row["value"] == second.row["value"]
    assert second.row["upper_ci"] - second.row["lower_ci"] > first.row["upper_ci"] - first.row["lower_ci"]


def test_a_gap_by_programme_has_no_direction_on_fewer_than_fifty():
    few = made(yes=(40, 0), no=(400, 300))
    assert {gap.verdict for gap in equality.gaps(few, "entered")} == {"lower", "higher"}
    assert {gap.verdict for gap in equality.careful_gaps(few, "entered")} == {"few"}


@pytest.mark.parametrize("comparisons, said", [(0, ""), (9, "one in twenty"), (63, "about 3 would")])
def test_differences_either_way_say_what_chance_alone_would_give(comparisons, said):
    assert said in words.apart_by_chance(comparisons) and bool(words.apart_by_chance(comparisons)) == bool(comparisons)
