"""Expected given who is served: the figure made of protected counts agrees with a count of the true returns, person by person."""

import polars as pl
import pytest

from dashboard.figure import Absent, Choice, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.partnership.expected import AS_IT_IS, MIXES

GLASGOW, ORKNEY, FIFE = "S12000049", "S12000023", "S12000047"
MIX = {"disabled": "Mix of disability", "simd_quintile": "Mix of deprivation", "ages": "Mix of ages"}


def made(edition, area_code):
    return recipes.made(edition, "partnership.expected", Choice(area_code))


@pytest.fixture(scope="module")
def figures(edition):
    """{area code: the figure} of every partnership."""
    return {code: next(each for each in made(edition, code) if isinstance(each, Figure))
            for code, row in edition.areas.items() if row["area_type"] == "partnership"}


@pytest.fixture(scope="module")
def people(demonstration_returns):
    """Everyone who started in the years of the figure: area, whether they entered work, and their groups."""
    columns = ["area_code", "start_date", "employment_start_date", "disabled", "simd_quintile", "age"]
    rows = pl.concat([pl.read_csv(path, columns=columns, infer_schema=False)
                      for path in sorted(demonstration_returns.glob("participants_*.csv"))])
    age = pl.col("age").cast(pl.Int32)
    return rows.filter(pl.col("start_date").is_between(pl.lit("2022-04-01"), pl.lit("2025-03-31"))).select(
        "area_code", pl.col("employment_start_date").is_not_null().alias("entered"),
        pl.col("disabled").fill_null("unknown"), pl.col("simd_quintile").fill_null("unknown"),
        pl.when(age.is_null()).then(pl.lit("unknown")).otherwise((age >= 16).cast(pl.Int32) + (age >= 25) + (age >= 50)).alias("ages"))


def truth(people, by, area_code):
    """(observed, expected) in percent: each person of the area given the rate of the same group elsewhere."""
    is_here = pl.col("area_code") == area_code
    elsewhere = people.filter(~is_here).group_by(by).agg(rate=pl.col("entered").mean())
    here = people.filter(is_here).join(elsewhere, on=by, how="left")
    return 100 * here["entered"].mean(), 100 * here["rate"].mean()


def test_it_agrees_with_a_count_of_the_true_returns(figures, people):
    apart = []
    for code, figure in figures.items():
        everyone = people.filter(pl.col("area_code") == code).height
        rows = {row[0].text: row for row in figure.table.rows}
        for by, name in MIX.items():
            _, here, expected, difference, _ = rows[name]
            observed, direct = truth(people, by, code)
            # A rate of rounded counts of three years is moved by at most 4 people a count; shown to the whole per cent.
            assert abs(here.value - observed) <= 0.5 + 100 * 24 / everyone
            assert abs(expected.value - direct) <= 0.5 + 100 * 12 / everyone
            assert expected.lower - 0.5 <= direct <= expected.upper + 0.5
            assert difference.lower <= observed - direct <= difference.upper
            apart.append(abs(expected.value - direct))
    assert len(apart) == 32 * len(MIX) and sum(apart) / len(apart) < 0.5


def test_each_characteristic_is_allowed_for_and_the_rest_of_scotland_comes_first(figures):
    for figure in figures.values():
        assert [row[0].text for row in figure.table.rows] == [AS_IT_IS, *(f"Mix of {mix}" for mix in MIXES.values())]
        assert any("one characteristic at a time" in note for note in figure.notes) and any("cannot" in note for note in figure.notes)


@pytest.mark.parametrize("area_code", [GLASGOW, ORKNEY, FIFE])
def test_the_sentence_is_the_mix_of_ages_in_the_figure(edition, figures, area_code):
    said = [each.text for each in made(edition, area_code) if isinstance(each, Said)]
    ages = next(row for row in figures[area_code].table.rows if row[0].text == "Mix of ages")
    here, expected = (cell.text.split(" (")[0] for cell in ages[1:3])
    assert said[0] == f"Entered work at any time: **{here} here; {expected} would be expected with this mix of ages**."
    assert ages[-1].text in said[1]


def test_without_returns_it_says_why(published_extract):
    from dashboard.read.edition import open_edition

    [absent] = made(open_edition(published_extract), ORKNEY)
    assert isinstance(absent, Absent) and "no return" in absent.why
