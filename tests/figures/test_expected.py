"""Expected given who is served: the figure made of protected counts agrees with a count of the true returns, person by person."""

import polars as pl
import pytest

from dashboard.figure import Absent, Address, Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.partnership.expected import AS_IT_IS, LATER, MIXES, NO_MIX, RANGES
from dashboard.read.equality import MEASURES

GLASGOW, ORKNEY, FIFE = "S12000049", "S12000023", "S12000047"
MIX = {"disabled": "Mix of disability", "simd_quintile": "Mix of deprivation", "ages": "Mix of ages"}
FOLLOW_UPS = {weeks: f"followup_{weeks}_weeks" for weeks in (13, 26, 52)}
# Which years of start the demonstration's cut-off is late enough for: none from before the change of template.
FIRST, LAST = "2022-04-01", {"entered": "2025-03-31", "weeks13": "2024-03-31", "weeks26": "2024-03-31", "weeks52": "2024-03-31"}


def made(edition, area_code, outcome="entered"):
    return recipes.made(edition, "partnership.expected", Choice(area_code, choices=(("outcome", outcome),)))


@pytest.fixture(scope="module")
def figures(edition):
    """{outcome: {area code: the figure}} of every partnership that has one."""
    codes = [code for code, row in edition.areas.items() if row["area_type"] == "partnership"]
    return {outcome: {code: each for code in codes for each in made(edition, code, outcome) if isinstance(each, Figure)}
            for outcome in MEASURES}


@pytest.fixture(scope="module")
def people(demonstration_returns):
    """Everyone who started since the first of the figures' years: area, what they reached, and their groups."""
    columns = ["area_code", "start_date", "employment_start_date", *FOLLOW_UPS.values(), "disabled", "simd_quintile", "age"]
    rows = pl.concat([pl.read_csv(path, columns=columns, infer_schema=False)
                      for path in sorted(demonstration_returns.glob("participants_*.csv"))])
    age, entered = pl.col("age").cast(pl.Int32), pl.col("employment_start_date").is_not_null()
    recorded = {f"weeks{weeks}": entered & pl.any_horizontal(
        pl.col(name).fill_null("") == "in_employment" for later, name in FOLLOW_UPS.items() if later >= weeks) for weeks in FOLLOW_UPS}
    return rows.filter(pl.col("start_date") >= FIRST).select(
        "area_code", "start_date", entered.alias("entered"), *(each.alias(name) for name, each in recorded.items()),
        pl.col("disabled").fill_null("unknown"), pl.col("simd_quintile").fill_null("unknown"),
        pl.when(age.is_null()).then(pl.lit("unknown")).otherwise((age >= 16).cast(pl.Int32) + (age >= 25) + (age >= 50)).alias("ages"))


def truth(people, by, area_code, outcome):
    """(observed, expected) in percent: each person of the area given the rate of the same group elsewhere."""
    is_here = pl.col("area_code") == area_code
    elsewhere = people.filter(~is_here).group_by(by).agg(rate=pl.col(outcome).mean())
    here = people.filter(is_here).join(elsewhere, on=by, how="left")
    return 100 * here[outcome].mean(), 100 * here["rate"].mean()


@pytest.mark.parametrize("outcome", MEASURES)
def test_it_agrees_with_a_count_of_the_true_returns(figures, people, outcome):
    old_enough = people.filter(pl.col("start_date") <= LAST[outcome])
    apart = []
    for code, figure in figures[outcome].items():
        everyone = old_enough.filter(pl.col("area_code") == code).height
        rows = {row[0].text: row for row in figure.table.rows}
        for by, name in MIX.items():
            _, here, expected, difference, *_ = rows[name]
            observed, direct = truth(old_enough, by, code, outcome)
            if here.value is None or expected.value is None:      # 'under 20%': few people, and none counted
                continue
            # A rate of rounded counts of three years is moved by at most 4 people a count; shown to the whole per cent.
            assert abs(here.value - observed) <= 0.5 + 100 * 24 / everyone
            assert abs(expected.value - direct) <= 0.5 + 100 * 12 / everyone
            assert expected.lower - 0.5 <= direct <= expected.upper + 0.5
            assert difference.lower <= observed - direct <= difference.upper
            apart.append(abs(expected.value - direct))
    assert len(apart) >= 30 * len(MIX) and sum(apart) / len(apart) < 0.5


@pytest.mark.parametrize("outcome", MEASURES)
def test_each_characteristic_is_allowed_for_and_the_rest_of_scotland_comes_first(figures, outcome):
    for figure in figures[outcome].values():
        assert [row[0].text for row in figure.table.rows] == [AS_IT_IS, *(f"Mix of {mix}" for mix in MIXES.values())]
        notes = " ".join(figure.notes)
        assert "one characteristic at a time" in notes and "cannot allow for" in notes and NO_MIX in notes


@pytest.mark.parametrize("outcome", LATER)
def test_what_is_not_recorded_has_its_range_and_no_verdict_that_it_could_turn_round(figures, outcome):
    for figure in figures[outcome].values():
        names = [column.name for column in figure.table.columns]
        assert set(RANGES) <= set(names) and any("well follow-ups are recorded" in note for note in figure.notes)
        for row in figure.table.rows:
            held = dict(zip(names, row, strict=True))
            here, there = (held[name] for name in RANGES)
            if held["Compared"].text.startswith(("higher than", "lower than")):
                # Of ranges shown to the whole per cent, two that are apart may end at one number.
                assert here.lower >= there.upper or here.upper <= there.lower
            for rate, span in (("Here (95% interval)", here), ("Expected (95% interval)", there)):
                assert held[rate].value is None or span.lower - 0.5 <= held[rate].value <= span.upper + 0.5
    assert any("too much is missing" in row[-1].text for figure in figures[outcome].values() for row in figure.table.rows)


@pytest.mark.parametrize("area_code", [GLASGOW, ORKNEY, FIFE])
def test_the_sentence_is_the_mix_of_ages_in_the_figure(edition, figures, area_code):
    for outcome in MEASURES:
        said = [each.text for each in made(edition, area_code, outcome) if isinstance(each, Said)]
        if area_code not in figures[outcome]:
            continue
        ages = next(row for row in figures[outcome][area_code].table.rows if row[0].text == "Mix of ages")
        here, expected = (cell.text.split(" (")[0] for cell in ages[1:3])
        named = "Entered work at any time" if outcome == "entered" else MEASURES[outcome]
        assert said[0] == f"{named}: **{here} here; {expected} would be expected with this mix of ages**."
        assert any(ages[-1].text in text for text in said[1:])


def test_a_link_from_before_there_were_outcomes_is_of_entered_work(edition, figures):
    found = recipes.figure_at(edition, Address.read(f"partnership.expected:area={FIFE}@{edition.extract_id}"))
    assert found == figures["entered"][FIFE]


def test_without_returns_it_says_why(published_extract):
    from dashboard.read.edition import current

    [absent] = made(current(published_extract.parent), ORKNEY)
    assert isinstance(absent, Absent) and "no return" in absent.why
