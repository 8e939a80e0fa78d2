"""Lines of enquiry: each rule fires and stays silent where it should, on rows made by hand; and what the edition's lines say."""

import re
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import challenge as drawn
from dashboard import paths
from dashboard.catalogue import load_indicator
from dashboard.challenge.lines import lines
from dashboard.figure import NOTHING_CHOSEN, SCOTLAND, Address, Choice, Figure
from dashboard.figures import recipes
from dashboard.figures.challenge import areas, commitments, enquiry, groups, missing, money, records, shifts
from dashboard.figures.challenge import reached as reached_rule
from dashboard.figures.challenge.line import is_sound
from dashboard.read import enquiry as reference
from dashboard.read import equality, rates
from dashboard.read.progress import Domain
from dashboard.words import comparisons

GLASGOW, ORKNEY, FIFE, ARGYLL = "S12000049", "S12000023", "S12000047", "S12000035"
FUNNEL = reference.rules()["outside_funnel"].threshold
ENTERED = load_indicator(paths.INDICATORS / "entered_work_within_12_months.toml")
LATER = load_indicator(paths.INDICATORS / "in_work_at_26_weeks.toml")


# ---- areas beside one another -----------------------------------------------------------------------

def measure(shares, base=1000, indicator=ENTERED, ends=None):
    """One measure of areas a0, a1, … at these shares of `base` people; `ends`: how far what is not recorded could move each."""
    bases = [base] * len(shares) if isinstance(base, int) else base
    counts = [(SCOTLAND, sum(int(share * people) for share, people in zip(shares, bases, strict=True)), sum(bases))]
    counts += [(f"a{at}", int(share * people), people) for at, (share, people) in enumerate(zip(shares, bases, strict=True))]
    rows = []
    for code, count, people in counts:
        row = rates.rate(count, people, 1) | {"area_code": code, "area": code, "period": "", "period_label": "", "indicator_id": ""}
        rows.append(row | {"lowest": row["value"], "highest": (row["value"] or 0) + (ends or 0)})
    return areas.Measure(indicator, "the years", tuple(comparisons.judged(rows, rows[0], "Scotland", indicator)))


ALIKE = [0.34, 0.36] * 12
FAMILIES = {f"a{at}": ("Family group 1", [f"a{other}" for other in range(8) if other != at]) for at in range(8)}


@pytest.mark.parametrize(("share", "verdict"), [(0.55, "better"), (0.15, "worse")])
def test_an_area_outside_the_funnel_raises_a_line_either_way(share, verdict):
    (_, row), = areas.outside([measure([*ALIKE, share])], FUNNEL)
    assert (row["area_code"], row["verdict"]) == ("a24", verdict)


def test_the_funnel_is_silent_of_areas_alike_of_few_people_and_of_what_is_not_recorded():
    assert not areas.outside([measure(ALIKE)], FUNNEL)
    assert not areas.outside([measure([*ALIKE, 0.9], [1000] * 24 + [40])], FUNNEL)                   # [u]
    assert not areas.outside([measure([*ALIKE, 1.0], [1000] * 24 + [10])], FUNNEL)                   # [c]
    assert areas.outside([measure([*ALIKE, 0.55], indicator=LATER, ends=5)], FUNNEL)
    assert not areas.outside([measure([*ALIKE, 0.55], indicator=LATER, ends=40)], FUNNEL)
    assert not areas.outside([measure([0.3, 0.9])], FUNNEL)                                          # too few areas


@pytest.mark.parametrize(("share", "direction"), [(0.5, "higher"), (0.2, "lower")])
def test_an_area_unlike_the_others_of_its_family_raises_a_line(share, direction):
    found = areas.unlike([measure([share, *[0.35] * 23])], FAMILIES)
    assert [(each.row["area_code"], each.found.direction) for each in found] == [("a0", direction)]


def test_the_family_is_silent_of_areas_alike_of_few_people_and_outside_a_family():
    assert not areas.unlike([measure(ALIKE)], FAMILIES)
    assert not areas.unlike([measure([0.9, *[0.35] * 23], [45] + [1000] * 23)], FAMILIES)
    assert not areas.unlike([measure([*[0.35] * 23, 0.9])], FAMILIES)
    assert not areas.unlike([measure([0.5, *[0.35] * 23], indicator=LATER, ends=40)], FAMILIES)


# ---- starts -----------------------------------------------------------------------------------------

STEADY = [100, 105, 95, 100, 90, 110, 105, 95] * 4


def quarters(values, changes=()):
    return [{"value": value, "period_label": str(at)} for at, value in enumerate(values)], changes


def raised(values, changes=()):
    every = {"own": quarters(values, changes)} | {f"a{at}": quarters(STEADY) for at in range(20)}
    return shifts.shifts(every, 8).get("own")


@pytest.mark.parametrize(("newest", "side"), [(160, "high"), (50, "low")])
def test_a_shift_of_starts_raises_a_line_either_way(newest, side):
    found = raised(STEADY[:24] + [newest] * 8)
    assert found.signal.side == side and found.rows[-1]["period_label"] == "31"


def test_a_steady_rise_of_starts_raises_a_line():
    assert raised([*STEADY[:22], *range(110, 210, 10)]).signal.side == "high"


def test_starts_are_silent_of_usual_variation_old_signals_small_areas_short_stretches_and_documented_changes():
    assert raised(STEADY) is None
    assert raised([*STEADY[:8], 300, *STEADY[9:]]) is None                       # long ago
    assert raised([value / 10 for value in STEADY[:24] + [160] * 8]) is None     # under 30 people a quarter
    assert raised(STEADY[:10] + [160] * 8) is None                               # under 20 quarters
    assert raised(STEADY[:24] + [160] * 8, (24,)) is None
    assert raised([None] * 32) is None


# ---- groups -----------------------------------------------------------------------------------------

def group_rows(entered, starts=(1000, 1000), by="disabled", names=("yes", "no"), area_code="a0"):
    return [{"area_code": area_code, "characteristic": by, "category": name, "starts": people, "entered": count, "weeks26": 0,
             "cells": 1} for name, people, count in zip(names, starts, entered, strict=True)]


def told(rows):
    return groups.told_apart([("entered", rows)])


def test_a_group_told_from_everyone_else_is_named_once_of_its_pair():
    assert told(group_rows((200, 400))) == {groups.Group("a0", "disabled", "yes", "entered")}
    assert told(group_rows((400, 200)))


def test_groups_are_silent_where_alike_few_or_alone():
    assert not told(group_rows((350, 355)))
    assert not told(group_rows((2, 400), (40, 1000)))
    assert not told(group_rows((200,), (1000,), names=("yes",)))
    assert not told(group_rows((200, 400), names=("unknown", "no")))
    assert not told([])


def test_what_is_told_apart_is_judged_among_all_areas():
    """A gap that stands out by itself (p about 0.02) does not among two hundred alike."""
    one = group_rows((320, 370))
    alike = [row for at in range(1, 200) for row in group_rows((350, 350), area_code=f"a{at}")]
    assert told(one) and not told(one + alike)


def breakdown(entered, starts=(1000, 1000), unknown=0):
    def group(name, people, count):
        return equality.Group(name, name, dict.fromkeys((*equality.STEPS, "not_recorded"), 0) | {"starts": people, "entered": count}, 1)
    return equality.Breakdown("disabled", "a0", "a0", ("2024-25",), tuple(map(group, ("yes", "no"), starts, entered)),
                              (group("unknown", unknown, unknown // 2),) if unknown else ())


def gap_of(*given, **more):
    return next(gap for gap in equality.gaps(breakdown(*given, **more), "entered") if gap.group.category == "yes")


def test_a_gap_raises_a_line_only_if_the_verdict_allows_it_and_it_is_large_enough():
    assert groups.raises(gap_of((200, 400)), 3) and groups.raises(gap_of((400, 200)), 3)
    assert not groups.raises(gap_of((350, 355)), 3)
    assert not groups.raises(gap_of((70_000, 71_000), (200_000, 200_000)), 3)       # clear, and half a point
    assert not groups.raises(gap_of((5, 400), (40, 1000)), 3)                       # [u]
    assert not groups.raises(gap_of((200, 400), unknown=900), 3)                    # too much unknown
    assert not groups.raises(gap_of((300, 400), unknown=300), 3)                    # unknown answers could turn it round


def reached(share, everyone, need, unknown=0):
    population = {"area_code": "a0", "age_base": equality.SAME_AGES, "category": "yes", "value": everyone, "is_survey": False}
    rows = [population, *([population | {"value": need, "is_need": True}] if need else [])]
    made = breakdown((0, 0), (int(10_000 * share), 10_000 - int(10_000 * share)), unknown)
    return [row for row in equality.reached(made, rows) if row.group.category == "yes"]


def test_reach_raises_a_line_only_where_everyone_and_people_out_of_work_agree():
    smallest = reference.rules()["reach"].threshold
    assert groups.unlike_population([reached(0.15, 22, 44), reached(0.5, 22, 40)], smallest) == [True, True]
    assert groups.unlike_population([
        reached(0.35, 22, 44),                    # more than of everyone, fewer than of people out of work
        reached(0.15, 22, 0),                     # no share of people out of work is held
        reached(0.22, 22, 22),                    # alike
        reached(0.23, 22, 22),                    # apart, but by less than a tenth
        reached(0.15, 22, 44, unknown=4000),      # too much unknown
    ], smallest) == [False] * 5


def placed(code, share, population, people=2000, unknown=0, sources=("census",), by="disabled"):
    """A group of one area with this share of people who started, and of people aged 16 to 64 (in %)."""
    own = int(people * share)
    made = breakdown((0, 0), (own, people - own), unknown)
    made = replace(made, area_code=code)
    group = next(each for each in made.groups if each.category == "yes")
    rows = [{"area_code": code, "age_base": equality.SAME_AGES, "category": "yes", "value": population, "is_survey": False,
             "indicator_id": source} for source in sources]
    return reached_rule.Placed(by, made, group, reached_rule.shares_of(made, group, rows))


def unlike_elsewhere(*own, others=(0.30, 20)):
    smallest = reference.rules()["reach_here"].threshold
    found = reached_rule.unlike_elsewhere([*own, *(placed(f"b{at}", *others) for at in range(8))], smallest)
    return {each.placed.breakdown.area_code for each in found}


@pytest.mark.parametrize("share", [0.15, 0.45])
def test_a_group_that_comes_more_or_less_often_than_elsewhere_raises_a_line(share):
    assert unlike_elsewhere(placed("a0", share, 20)) == {"a0"}


def test_a_group_that_comes_as_often_as_elsewhere_for_how_many_live_there_raises_none():
    """42% where 30% live is as often, person for person, as 30% where 20% do."""
    assert unlike_elsewhere(placed("a0", 0.424, 30)) == set() and unlike_elsewhere(placed("a0", 0.30, 20)) == set()


def test_who_comes_is_silent_where_few_unknown_near_or_not_agreed():
    assert unlike_elsewhere(placed("a0", 0.15, 20, people=60)) == set()                     # few people
    assert unlike_elsewhere(placed("a0", 0.15, 20, unknown=900)) == set()                   # too much unknown
    assert unlike_elsewhere(placed("a0", 0.33, 20, people=90_000)) == set()                 # clear, and a tenth apart
    assert unlike_elsewhere(placed("a0", 0.0, 20)) == set()                                 # nobody is counted
    smallest = reference.rules()["reach_here"].threshold
    two = [placed("a0", 0.15, 20, sources=("census", "survey")), *(placed(f"b{at}", 0.30, 20, sources=("census", "survey")) for at in range(8))]
    assert [each.placed.breakdown.area_code for each in reached_rule.unlike_elsewhere(two, smallest)] == ["a0"]
    other = replace(two[0], shares=two[0].shares | {"survey": two[0].shares["survey"]._replace(population=0.1)})
    assert reached_rule.unlike_elsewhere([other, *two[1:]], smallest) == []                 # one figure says so, one does not
    assert reached_rule.unlike_elsewhere([placed("a0", 0.15, 20)], smallest) == []          # no other area


# ---- records, money, age, gaps -----------------------------------------------------------------------

def domain(paired, others):
    return Domain("confidence", "Confidence", paired / 2, paired / 4, paired / 4, others, 0, 1)


def test_few_asked_twice_raises_a_line_and_many_or_few_people_do_not():
    assert records.seldom_paired([domain(300, 700)], 50)
    assert not records.seldom_paired([domain(700, 300), domain(490, 510), domain(10, 30), domain(0, 5)], 50)


def test_follow_ups_raise_a_line_where_most_are_surely_not_recorded():
    def due(answered, everyone, weeks=13):
        return {"measure": f"followup_recorded_when_due_{weeks}", "answered": answered, "due": everyone, "cells": 1}
    assert [row["due"] for row, _ in records.seldom_recorded([due(20, 100, 52), due(300, 1000)], 50)] == [1000, 100]
    assert not records.seldom_recorded([due(700, 1000), due(490, 1000), due(5, 40), due(None, None)], 50)


def unknown(value, lower, name="carer", mark=None):
    return {"measure": f"unknown_{name}", "characteristic_label": name, "value": value, "lower_ci": lower, "obs_status": mark}


def test_much_that_is_unknown_raises_a_line_only_where_it_surely_is():
    rows = [unknown(0.3, 0.25), unknown(0.4, 0.3, "parent")]
    assert [row["measure"] for row in records.mostly_unknown(rows, 20)] == ["unknown_parent", "unknown_carer"]
    assert not records.mostly_unknown([unknown(0.3, 0.15), unknown(0.1, 0.05), unknown(0.5, 0.3, mark="u"), unknown(0.3, None),
                                       unknown(None, None, mark="c"), {"measure": None}], 20)


def test_a_return_that_is_missing_late_in_part_or_damaged_raises_a_line():
    whole = {"received": 1.0, "on_time": 1.0, "received_progress": 1.0, "rejected_share": 0.01}

    def wrong(**changed):
        return records.faults([{"measure": name, "value": value} for name, value in (whole | changed).items()], 5)
    assert wrong() == []
    assert wrong(on_time=0.0) == ["came after its day"] and wrong(rejected_share=0.12) == ["12% of its rows were rejected"]
    assert wrong(received_progress=0.0) == ["without its progress file"]
    assert wrong(received=0.0) == records.faults([{"measure": None, "value": None}], 5) == ["none is held"]
    assert wrong(rejected_share=None, received_progress=None) == []


def test_spend_and_need_raise_a_line_only_where_every_measure_of_need_agrees():
    assert money.apart([1.4, 1.3], 1.25) and money.apart([0.7, 0.6], 1.25)
    assert not any(money.apart(ratios, 1.25) for ratios in ([], [1.4, 1.1], [1.4, 0.7], [1.0], [0.81]))


def test_old_figures_raise_a_line_oldest_first_and_hidden_ones_do_not():
    rows = [{"indicator_id": name, "value": value, "obs_status": mark} for name, value, mark in (
        ("new", 1, None), ("old", 1, None), ("oldest", 1, "p"), ("hidden", None, "c"), ("few", 1, "u"), ("timeless", 1, None))]
    months = {"new": 24, "old": 25, "oldest": 90, "hidden": 90, "few": 90, "timeless": None}
    assert [row["indicator_id"] for row in missing.past(rows, months, 24)] == ["oldest", "old"]


def test_a_declared_gap_raises_a_line_until_it_is_closed(edition):
    rule = reference.rules()["declared_gap"]
    assert len(missing.declared_gap(edition, SCOTLAND, rule)) == len(rule.scotland)
    assert not missing.declared_gap(edition, SCOTLAND, replace(rule, scotland=("closed_long_ago",)))


# ---- all rules together ------------------------------------------------------------------------------

SIZES = drawn.Sizes(
    {f"a{at}": people for at, people in enumerate([120, 190, 440, 900, 1300, 2200, 5200, 700] * 4)},
    {f"a{at}": ("Family group 1", [f"a{other}" for other in range(at // 8 * 8, at // 8 * 8 + 8) if other != at]) for at in range(32)},
    {(f"a{at}", "disabled"): {"yes": people // 3, "no": people // 2, "unknown": people // 20}
     for at, people in enumerate([120, 190, 440, 900, 1300, 2200, 5200, 700] * 4)})


def test_areas_drawn_alike_raise_no_more_than_the_stated_share_of_false_lines():
    """The quick part of benchmarks/challenge.py."""
    rng, runs = np.random.default_rng(2026), 6
    found = [set().union(*drawn.raised(SIZES, rng).values()) for _ in range(runs)]
    assert sum(map(len, found)) / (runs * len(SIZES.areas)) <= drawn.STATED_AREAS
    assert not any(drawn.records_raised(SIZES, rng)["follow_ups"])


def test_planted_differences_of_the_stated_size_are_found():
    rng, large = np.random.default_rng(2026), "a6"
    assert drawn.finds_area(SIZES, large, 0.15, rng, "outside_funnel") and drawn.finds_area(SIZES, large, -0.08, rng, "unlike_its_family")
    assert drawn.finds_gap(SIZES, large, -0.15, rng) and drawn.finds_shift(SIZES, large, 1.3, rng)
    assert drawn.finds_reach(SIZES, large, 0.6, rng) and drawn.finds_reach(SIZES, large, 1.4, rng)


# ---- the edition's lines -------------------------------------------------------------------------------

PARTS = ("seen", "certainty", "compared", "wrong_if", "cannot_show", "question")
WORD = re.compile(r"\w")
CLAIMS = re.compile(r"\b(better|worse|higher|lower|best|worst|failing|because|caused?|led to|due to)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def every(edition):
    return {code: lines(edition, Choice(code)) for code in (SCOTLAND, GLASGOW, ORKNEY, FIFE, ARGYLL)}


def sentences(text):
    return [each for each in re.split(r"(?<=[.?!])\s+", text) if each]


def test_every_rule_has_a_function_and_every_function_a_rule():
    assert list(enquiry.RAISED_BY) == list(reference.rules()) and len(enquiry.RAISED_BY) == 13


def test_a_line_says_all_that_it_must_in_short_sentences(every):
    for line in (line for own in every.values() for line in own):
        for part in PARTS:
            text = getattr(line, part)
            assert text.strip() and "{" not in text, (line.rule, part)
            assert all(sum(bool(WORD.search(word)) for word in each.split()) <= 25 for each in sentences(text)), text
        assert line.question.endswith("?") and len(sentences(line.question)) == 1
        assert line.evidence


def test_strengths_come_first_and_are_as_plain_as_the_rest(every, edition):
    assert any(line.positive for own in every.values() for line in own)
    for own in every.values():
        assert [line.positive for line in own] == sorted((line.positive for line in own), reverse=True)


def test_lines_about_records_are_no_verdict(every):
    kinds = {name: rule.kind for name, rule in reference.rules().items()}
    for line in (line for own in every.values() for line in own):
        if kinds[line.rule] != "test":
            assert not line.positive and not any(CLAIMS.search(getattr(line, part)) for part in PARTS), line


def test_no_line_rests_on_a_hidden_or_unreliable_cell(edition):
    for code in (SCOTLAND, GLASGOW, ORKNEY):
        for each in enquiry.found(edition, code):
            if each.line.rule in ("outside_funnel", "unlike_its_family", "unknown_answers", "old_figure"):
                assert each.answer.rows and all(map(is_sound, each.answer.rows)), each.line


def test_every_evidence_id_opens_a_figure_that_is_called_so(every, edition):
    for line in every[ARGYLL]:
        for evidence_id in line.evidence:
            assert recipes.figure_at(edition, Address.read(evidence_id)).evidence_id == evidence_id


def test_a_partnership_that_sent_nothing_is_asked_about_its_return_alone(editions):
    own = lines(editions["one_missing"], Choice(ORKNEY))
    assert "none is held" in next(line.seen for line in own if line.rule == "late_return")
    assert {line.rule for line in own} <= {"late_return", "old_figure", "declared_gap"}


def test_without_returns_only_what_is_published_is_asked_about(editions):
    assert {line.rule for line in lines(editions["published"], Choice(SCOTLAND))} == {"old_figure", "declared_gap"}


def test_a_board_is_asked_at_most_five_things_of_as_many_kinds_as_there_are(edition):
    figure, = recipes.made(edition, "partnership.questions", Choice(GLASGOW))
    assert isinstance(figure, Figure) and len(figure.plot.rows) == 5
    assert len({row["rule"] for row in figure.plot.rows}) == 5


def test_the_rules_are_published_with_their_thresholds(edition):
    figure, = recipes.made(edition, "challenge.rules", NOTHING_CHOSEN)
    assert len(figure.table.rows) == len(reference.rules())
    for rule, row in zip(reference.rules().values(), figure.table.rows, strict=True):
        assert f"{rule.threshold:g}" in rule.when or rule.kind == "gap" or "{threshold}" not in rule.fires
        assert row[3].text == rule.when


# ---- what was promised -------------------------------------------------------------------------------

def test_every_commitment_names_figures_and_gaps_that_there_are(edition):
    gaps = {row["gap_id"] for row in edition.ask("declared_gaps", page=None).rows}
    for each in reference.commitments():
        assert set(each.gaps) <= gaps, each.id
        for text in each.evidence:
            name = text.split(":")[0]
            assert recipes.recipe_named(name) and (name in commitments.WORDS or name.startswith("indicator.")), text
        assert each.page == "page not checked" or re.match(r"page \d|whole ", each.page)


def test_what_was_promised_is_shown_with_its_evidence_and_what_is_missing(edition):
    figure, = recipes.made(edition, "challenge.commitments", NOTHING_CHOSEN)
    assert len(figure.plot.rows) == len(reference.commitments()) >= 18
    assert {source.publisher for source in figure.sources} == {"Scottish Government", "Employability in Scotland"}
    for row in figure.plot.rows:
        assert row["evidence"] or row["note"] or row["missing"]
        assert all(recipes.figure_at(edition, Address.read(evidence_id)) for _, evidence_id in row["evidence"])


@pytest.mark.parametrize(("text", "message"), [
    ('[[rules]]\nid = "one"\n', "'one'.*missing"), ('[[rules]]\nid = "one"\ntreshold = 1\n', "'treshold' is not a key"),
])
def test_a_wrong_rule_is_refused_by_name(tmp_path, text, message):
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(reference.EnquiryError, match=message):
        reference.rules(path)


def test_a_commitment_with_a_wrong_column_or_document_is_refused_by_name(tmp_path):
    held = (paths.CHALLENGE / "commitments.csv").read_text(encoding="utf-8")
    for wrong, message in ((held.replace("document,", "dokument,", 1), "columns"), (held.replace("review_2018", "review_2008", 1), "row 2.*review_2008")):
        path = tmp_path / f"{message[:3]}.csv"
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(reference.EnquiryError, match=message):
            reference.commitments(path)


def test_a_promise_stands_also_where_the_edition_holds_no_figure_for_it(odd_edition):
    shown, = recipes.made(odd_edition, "challenge.commitments", Choice())
    assert len(shown.table.rows) == len(reference.commitments())
