"""`outcomes audit` on the command line: what each combination of options attacks with."""

import re
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner

from dashboard.cli import main


@pytest.fixture(scope="module")
def write_returns(tmp_path_factory):
    """A function that writes made-up people as a folder of returns."""
    def write_returns(people):
        folder = tmp_path_factory.mktemp("returns")
        (folder / "return.toml").write_text('edition = "2026-Q2"\ncut_off = 2026-06-30\nsynthetic = true\n',
                                            encoding="utf-8")
        blank = ("island", "simd_quintile", "urban_rural_6")    # where a return has no word for unknown
        plain = people.with_columns(pl.selectors.by_dtype(pl.List(pl.String)).list.join(";"),
                                    pl.col(blank).replace("unknown", None))
        for (area,), mine in plain.group_by("area_code", maintain_order=True):
            mine.write_csv(folder / f"participants_{area}.csv")
        return folder
    return write_returns


def run(*arguments):
    done = CliRunner().invoke(main, ["audit", *map(str, arguments)])
    assert "Traceback" not in done.output
    return done


@pytest.fixture(scope="module")
def later(returns):
    """One person gone, one new, one recoded."""
    people = returns.participants
    recoded = people.with_columns(sex=pl.when(pl.int_range(pl.len()) == 3).then(pl.lit("unknown")).otherwise("sex"))
    return pl.concat([recoded.slice(1), people.slice(5, 1).with_columns(participant_id=pl.lit("person-new"))])


@pytest.fixture
def attack(write_extract, write_returns, protected, returns, later):
    """The command on a second edition that publishes these counts, with everything an attacker could know."""
    def attack(cells):
        known = ("--returns", write_returns(later), "--previous-returns", write_returns(returns.participants))
        return run(write_extract(cells, 9), "--previous", write_extract(protected, 9), *known).output
    return attack


def test_the_attacker_who_knows_every_change_finds_nothing_in_a_held_year(attack, protected):
    said = attack(protected)
    assert "every change known: narrowest" in said and "0 exact; 0 unaffected differ" in said
    assert "FAILED T6" not in said


def test_and_finds_what_a_year_rounded_again_gives_away(attack, returns, later, count_small_cube, round_together):
    true = count_small_cube(SimpleNamespace(**vars(returns) | {"participants": later}))
    done = attack(true.cells(round_together(true, redraw=8)))
    assert "FAILED T6: 2024-25: 3 people changed, so it should be held" in done


def test_returns_of_another_edition_are_told(write_extract, write_returns, protected, returns, make_returns):
    others = write_returns(make_returns(people=300, seed=8).participants)
    extract = write_extract(protected, 9)
    said = run(extract, "--previous", extract, "--returns", write_returns(returns.participants),
               "--previous-returns", others).output
    assert re.search(r"FAILED T6: a count of the edition before is \d+ from .*: they are not those it was made from", said)


@pytest.mark.parametrize("missing", ["--previous", "--returns"])
def test_the_earlier_returns_alone_are_no_attack(tmp_path, missing):
    (tmp_path / "extract").touch()
    given = {"--previous": tmp_path / "extract", "--returns": tmp_path}
    rest = [each for name, value in given.items() if name != missing for each in (name, value)]
    done = run(tmp_path / "extract", "--previous-returns", tmp_path, *rest)
    assert done.exit_code == 2
    assert "--previous-returns needs --returns and --previous" in done.output
