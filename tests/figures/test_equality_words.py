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
    assert equality.agreed(own) == equality.NO_NEED, "nothing is judged against everyone alone"


def test_reach_is_judged_only_where_everyone_and_people_out_of_work_agree():
    def verdict(share, need):
        found = made(yes=(350, 60), no=(650, 280), unknown=(0, 0))
        rows = [population(share), population(need, indicator="population_16_64_survey") | {"is_need": True}]
        return equality.agreed([row for row in equality.reached(found, rows) if row.group.category == "yes"])

    assert verdict(20.0, 25.0) == "over-represented" and verdict(45.0, 48.0) == "under-represented"
    assert verdict(20.0, 45.0) == equality.DISAGREE


def test_people_out_of_work_are_worked_out_from_shares_and_employment_rates():
    census, survey = population(20.0), population(25.0, indicator="population_16_64_survey")
    rows = [census, population(80.0, category="no"), survey]
    need = [row for row in equality.out_of_work(rows, {"yes": 50.7, "no": 82.5}, "2022") if row["category"] == "yes"]
    assert [round(row["value"]) for row in need] == [41, 48] and all(row["is_need"] for row in need)
    assert equality.out_of_work([population(20.0)], {"1": 50.0, "2": 60.0}, "2022") == []


@settings(max_examples=60)
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


def test_each_sentence_says_the_years_it_is_of():
    """Who is reached and how they fare are of different years of start: shares of the unknown differ between them."""
    found = made(yes=(300, 60), no=(700, 280), unknown=(100, 20))
    assert "Scotland, 2023-24: **" in words.unknown_sentences(found)[0]
    assert "Entered work (started 2023-24): Disabled people 20%, others 40%." in words.gap_sentences(
        found, equality.gaps(found, "entered"), "entered")


def test_groups_too_small_to_compare_are_not_said_to_be_alike():
    small = made(a=(10, 5), b=(15, 5), c=(15, 5))
    said = words.gap_sentences(small, equality.gaps(small, "entered"), "entered")
    assert said == ["Entered work (started 2023-24): too few people to compare outcomes."]


def test_a_difference_that_unknown_answers_could_reverse_gets_no_verdict():
    def gap(unknown):
        found = made(yes=(300, 60), no=(700, 280), unknown=(unknown, unknown // 2))
        return next(gap for gap in equality.gaps(found, "entered") if gap.group.category == "yes")

    assert gap(10).verdict == "lower" and gap(240).verdict == "reversible"
    assert "**20.0 percentage points lower**" in " ".join(words.one_gap_sentences(gap(10), "Entered work"))
    assert words.one_gap_sentences(gap(240), "Entered work")[0].endswith("; **unknown answers could reverse it**.")
    found = made(yes=(300, 60), no=(700, 280), unknown=(170, 85))
    assert words.sure_sentences(found, equality.gaps(found, "entered"), "Disability")[-1] == (
        "About one in seven gave no answer: if all theirs ran one way, the difference could vanish or turn.")
    groups = made(a=(300, 60), b=(700, 280), unknown=(240, 120))
    title = words.gap_title(equality.gaps(groups, "entered"), "Entered work", groups)
    assert title == ("Entered work: no group can be told from everyone else; unknown answers could reverse the "
                     "difference of 2 groups")


def test_jobs_that_are_not_recorded_leave_a_difference_unsaid():
    def verdict(recorded, not_recorded):
        found = equality.breakdown([row | {"weeks13": kept, "not_recorded": lost} for row, kept, lost in zip(
            rows(yes=(1000, 400), no=(1000, 400)), recorded, not_recorded, strict=True)], ["2023-24"])
        return equality.gaps(found, "weeks13")[0]

    assert verdict((100, 250), (300, 150)).verdict == "unrecorded"
    assert verdict((100, 300), (50, 0)).verdict == "lower"
    assert verdict((100, 250), (300, 150)).own["highest"] == 40.0


def test_a_pair_is_read_in_both_directions():
    people = {("female", "yes"): (500, 120), ("male", "yes"): (500, 125), ("female", "no"): (500, 200), ("male", "no"): (500, 195)}
    found = equality.pair([dict.fromkeys(COUNTS, 0) | {
        "family": "E_sex_disabled", "characteristic": "sex", "category": sex, "category_label": sex, "characteristic_2": "disabled",
        "category_2": disabled, "category_2_label": disabled, "is_unknown": False, "starts": starts, "entered": entered,
        "cells": 1, "footnote": None} for (sex, disabled), (starts, entered) in people.items()],
        "E_sex_disabled", ["2023-24"], "S92000003", "Scotland")
    women = [gap for gap in equality.both_ways(found, "entered") if gap.group.category == "female.yes"]
    assert [gap.rest_name for gap in women] == ["women who are not disabled", "disabled men"]
    assert [gap.verdict for gap in women] == ["lower", "none"]


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


def test_a_gap_has_no_direction_on_fewer_than_fifty():
    few = made(yes=(40, 0), no=(400, 300))
    assert {gap.verdict for gap in equality.gaps(few, "entered")} == {"few"}
