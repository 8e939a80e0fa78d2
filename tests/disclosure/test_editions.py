"""The second edition: what is copied, held or solved again, and a ledger that says nothing without the key (T6).

Of a lattice with one table of every kind; the whole of it is held and solved again in tests/audit/test_editions.py.
"""

from datetime import date

import numpy as np
import polars as pl
import pytest

from dashboard.pipeline.disclosure import editions, gate, lattice, plan, stages
from dashboard.pipeline.disclosure.editions import LedgerError
from dashboard.pipeline.disclosure.rounding import BASE, WIDEST, RoundingError, window
from tests.disclosure.small_lattice import ONE_OF_EVERY_KIND, small_lattice

OLD, NEW = "2018-19", "2019-20"
PLACE = "S12000036"
ADDRESS = [name for name in lattice.CUBE if name != "count"]


@pytest.fixture(scope="module", autouse=True)
def few_tables():
    with small_lattice(ONE_OF_EVERY_KIND):
        yield


def protect(returns, key, ledger, **options):
    return gate.protect(returns, key, ledger, processes=1, **options)


def publish(protected, folder):
    protected.prepare(folder, "0123456789ab")
    protected.remember()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    return tmp_path_factory.mktemp("ledger") / "ledger"


@pytest.fixture(scope="module")
def first(returns, key, ledger):
    """The first edition, published and remembered."""
    protected = protect(returns, key, ledger)
    publish(protected, ledger.parent)
    return protected


@pytest.fixture
def kept(first, ledger, tmp_path):
    """A copy of the ledger after the first edition."""
    path = tmp_path / "ledger"
    path.write_bytes(ledger.read_bytes())
    return path


def rows_of(people, year, **others):
    """Positions of people of the large partnership who started in a year, with these answers."""
    first_day, last_day = f"{year[:4]}-04-01", f"{int(year[:4]) + 1}-03-31"
    wanted = (pl.col("area_code") == PLACE) & pl.col("start_date").is_between(pl.lit(first_day), pl.lit(last_day))
    for column, value in others.items():
        wanted &= pl.col(column) == value
    return people.with_row_index().filter(wanted)["index"].to_list()


def recode(people, where, column="sex", value="unknown"):
    return people.with_columns(pl.when(pl.int_range(pl.len()).is_in(where)).then(pl.lit(value)).otherwise(column)
                               .alias(column))


def recode_apart(people, count):
    """So many people of the later year recoded, each in another way, so that no count moves far."""
    ways = [(column, value) for column in ("sex", "disabled", "religion") for value in lattice.CATEGORIES[column]]
    for i, (column, value) in zip(rows_of(people, NEW), ways[:count], strict=False):
        people = recode(people, [i], column, value if people[column][i] != value else "unknown")
    return people


def copies(people, where, count=1):
    """The same person `count` times, under new identifiers."""
    return pl.concat([people[where:where + 1].with_columns(participant_id=pl.lit(f"NEW-{i}")) for i in range(count)])


def change_three(people):
    """One person added, one removed, one recoded, all of the later year."""
    mine = rows_of(people, NEW, sex="female")
    changed = recode(people, mine[:1])
    return pl.concat([changed.filter(pl.int_range(pl.len()) != mine[1]), copies(people, mine[2])])


@pytest.fixture(scope="module")
def three_changed(as_returns, people, answers):
    """The next edition's returns with so few changes that the year is held."""
    return as_returns(change_three(people), answers, edition="2020-Q2")


def verdicts(returns, key, path, **change):
    """What would be done with each year of people, without solving anything."""
    over = lattice.space(returns)
    people, responses = lattice.code(returns, over), lattice.code_responses(returns.experience, over)
    tables, before = gate.gather(people, responses, over, key), editions.read(path, key)
    for name, value in change.items():
        setattr(before, name, value)
    labels = editions.table_labels(over)
    editions.align(before, tables, key, labels, editions.digest_tables(key, tables, labels))
    records = gate._records(returns, people, responses, over, key)
    decided = editions.decide(before, tables, records, returns.cut_off)
    return [decided["people", year] for year in over.years]


def test_without_a_change_the_edition_is_copied_byte_for_byte(first, as_returns, people, answers, key, kept):
    said = []
    again = protect(as_returns(people.reverse(), answers.reverse(), edition="2020-Q2"), key, kept,
                    progress=said.append)
    assert again.protected_count.write_csv() == first.protected_count.write_csv()
    assert again.table_family.equals(first.table_family)
    assert said == [f"{OLD}, {NEW}: unchanged"]


def test_a_year_with_few_changes_is_held(first, three_changed, key, kept):
    """One added, one removed, one recoded: every count stays, of this year and of the other."""
    said = []
    held = protect(three_changed, key, kept, progress=said.append)
    assert held.protected_count.equals(first.protected_count) and held.data_quality.drop("edition").equals(
        first.data_quality.drop("edition"))
    assert said == [f"{OLD}: unchanged", f"{NEW}: held: fewer than 10 people changed"]
    declared = dict(held.table_family.select("family", "max_deviation").iter_rows())
    assert {bound for name, bound in declared.items() if name != "X"} == {9}, "a held count may be 9 from the truth"


def test_changes_add_up_while_a_year_is_held(first, as_returns, people, answers, key, kept, tmp_path):
    six, nine, ten = (as_returns(recode_apart(people, count), answers, edition=edition)
                      for count, edition in ((6, "2020-Q2"), (9, "2020-Q3"), (10, "2020-Q3")))
    publish(protect(six, key, kept), tmp_path)
    assert verdicts(nine, key, kept) == ["copy", "hold"]
    assert verdicts(ten, key, kept) == ["copy", "again"]


def test_many_late_returns_do_not_stop_an_edition(first, as_returns, people, answers, key, kept):
    """Outcomes of most of everyone are taken back: Scotland's margins cannot all move with the change, and are rounded anew."""
    known = [name for name in people.columns if name.startswith("followup_") or (name.endswith("_date") and name != "start_date")]
    is_kept = pl.int_range(pl.len()) % 5 == 0
    returns = as_returns(people.with_columns(pl.when(is_kept).then(pl.col(name)).alias(name) for name in known), answers,
                         edition="2020-Q2")
    over = lattice.space(returns)
    tables = gate.gather(lattice.code(returns, over), lattice.code_responses(returns.experience, over), over, key)
    labels = editions.table_labels(over)
    editions.align(editions.read(kept, key), tables, key, labels, editions.digest_tables(key, tables, labels))
    stage = tables.stage(next(step for step in plan.steps_for_people(tables, [OLD]) if step.kind == "margins"))
    with pytest.raises(RoundingError):
        stages._settle(stage)
    settled = stages.settle(stage).steps
    assert all(np.abs(BASE * steps - stage.tables[name]["true"]).max() <= WIDEST for name, steps in settled.items())
    within = [(steps >= low) & (steps <= high) for name, steps in settled.items()
              for low, high in [window(stage.tables[name]["published"], stage.tables[name]["moved"])]]
    assert np.mean(np.concatenate([each.ravel() for each in within])) > 0.95, "what one may know of the change stays wide"


@pytest.fixture(scope="module")
def recoded(as_returns, people, answers):
    """The next edition's returns: twelve people of the later year recoded."""
    return as_returns(recode(people, rows_of(people, NEW, sex="female")[:12]), answers, edition="2020-Q2")


@pytest.fixture(scope="module")
def second(first, recoded, key, ledger, tmp_path_factory):
    """The edition with twelve recoded people, and its ledger."""
    path = tmp_path_factory.mktemp("second") / "ledger"
    path.write_bytes(ledger.read_bytes())
    protected = protect(recoded, key, path)
    publish(protected, path.parent)
    return protected, path


def joined(first, second):
    return second.protected_count.join(first.protected_count, on=ADDRESS, suffix="_before", validate="1:1")


def test_ten_changes_or_more_solve_that_year_again_and_no_other(first, second):
    both = joined(first, second[0])
    moved = both.filter(pl.col("count") != pl.col("count_before"))
    assert len(moved) and set(moved["period"].str.slice(0, 7)) == {NEW}
    assert (both.filter(family="X")["count"] == both.filter(family="X")["count_before"]).all()


def test_counts_nobody_changed_hardly_move_when_a_year_is_solved_again(first, second, returns, recoded):
    then, now = (pl.concat(lattice.count(each).values()) for each in (returns, recoded))
    both = joined(first, second[0]).join(then.join(now, on=ADDRESS, suffix="_now"), on=ADDRESS, suffix="_then")
    unaffected = both.filter((pl.col("count_then") == pl.col("count_now")) & pl.col("period").str.starts_with(NEW))
    assert (unaffected["count"] != unaffected["count_before"]).mean() < 0.01
    assert (unaffected["count"] - unaffected["count_now"]).abs().max() <= 9


def test_the_edition_before_is_what_the_new_one_is_compared_with(first, second):
    assert first.before is None and first.earlier == ()
    before = second[0].before.sort(ADDRESS)
    assert before.equals(first.protected_count.cast(before.schema).sort(ADDRESS))
    assert second[0].earlier == (("2020-Q1", date(2020, 3, 31)),)


def test_the_same_edition_built_again_is_the_same_marks_included(second, recoded, key, tmp_path):
    path = tmp_path / "ledger"
    path.write_bytes(second[1].read_bytes())
    again = protect(recoded, key, path)
    for name in ("protected_count", "table_family", "data_quality", "before"):
        assert getattr(again, name).equals(getattr(second[0], name)), name
    assert again.earlier == second[0].earlier


def test_the_hold_ends_after_a_year(first, three_changed, key, kept):
    years = editions.read(kept, key).years
    for solved, expected in (("2019-04-01", "hold"), ("2019-03-31", "again"), ("2018-06-30", "again")):
        moved = {name: each | {"solved": solved} for name, each in years.items()}
        assert verdicts(three_changed, key, kept, years=moved) == ["copy", expected], solved


def test_the_hold_ends_when_a_count_would_pass_9(first, returns, as_returns, people, answers, key, kept):
    truth = lattice.count(returns)["M"]
    m = first.protected_count.filter(family="M", area_code=PLACE, period=NEW).join(truth, on=ADDRESS, suffix="_true")
    low = m.filter(pl.col("count") - pl.col("count_true") <= -1)["state"].to_list()
    coded = lattice.code(returns, lattice.space(returns))
    at = {(a, p): i for i, (a, p) in enumerate(returns.participants.select("area_code", "participant_id").iter_rows())}
    state = [lattice.STATES[coded["state"][at[a, p]]] for a, p in people.select("area_code", "participant_id").iter_rows()]
    one = next(i for i in rows_of(people, NEW) if state[i] in low)
    added = {n: as_returns(pl.concat([people, copies(people, one, n)]), answers, edition="2020-Q2") for n in (1, 9)}
    assert verdicts(added[1], key, kept) == ["copy", "hold"]
    assert verdicts(added[9], key, kept) == ["copy", "again"]


def test_a_new_partnership_means_other_tables(first, as_returns, people, answers, key, kept):
    newcomer = copies(people, rows_of(people, OLD)[0]).with_columns(area_code=pl.lit("S12000041"))
    returns = as_returns(pl.concat([people, newcomer]), answers, edition="2020-Q2")
    assert verdicts(returns, key, kept) == ["again", "again"]
    protected = protect(returns, key, kept)
    assert "S12000041" not in protected.before["area_code"].to_list()
    assert set(protected.protected_count.filter(family="M")["area_code"]) >= {"S12000041", PLACE, lattice.SCOTLAND}
    assert (joined(first, protected)["count"] != joined(first, protected)["count_before"]).mean() < 0.02


def test_a_new_quarter_solves_its_year_and_keeps_the_finished_one(as_returns, people, answers, key, tmp_path):
    early = people.filter(pl.col("start_date") <= "2019-06-30").with_columns(
        pl.when(pl.col(c) <= "2019-06-30").then(pl.col(c)).alias(c) for c in people.columns if c.endswith("_date"))
    early = early.with_columns(pl.lit(None, pl.String).alias(c) for c in people.columns if c.startswith("followup"))
    path = tmp_path / "ledger"
    publish(protect(as_returns(early, None, cut_off=date(2019, 6, 30), edition="2019-Q2"), key, path), tmp_path)
    decided = verdicts(as_returns(early, None, cut_off=date(2019, 9, 30), edition="2019-Q3"), key, path)
    assert decided[1] == "again"


@pytest.mark.parametrize("damage", [
    lambda raw: b"", lambda raw: b"not a ledger", lambda raw: raw[:1000], lambda raw: raw[:-2000],
    lambda raw: raw[:5000] + bytes(200) + raw[5200:], lambda raw: raw[100:],
], ids=["empty", "text", "cut short", "end missing", "overwritten", "start missing"])
def test_a_damaged_ledger_is_said_and_left_alone(first, returns, key, kept, damage):
    kept.write_bytes(damage(kept.read_bytes()))
    raw = kept.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger that can be read"):
        protect(returns, key, kept)
    assert kept.read_bytes() == raw


def test_another_key_is_a_break_and_said_so(first, returns, key, kept):
    with pytest.raises(LedgerError, match="another key or another list of tables"):
        protect(returns, key[::-1], kept)


def test_a_later_edition_is_never_built_into_an_earlier_one(first, second, returns, as_returns, people, key):
    with pytest.raises(LedgerError, match=r"already holds 2020-Q2, cut off on 2020-03-31"):
        protect(as_returns(people.filter(pl.col("start_date") < "2018-07-01").with_columns(
            pl.lit(None, pl.String).alias(c) for c in people.columns
            if c.startswith("followup") or (c.endswith("_date") and c != "start_date")),
            None, cut_off=date(2019, 12, 31), edition="2019-Q4"), key, second[1])
    with pytest.raises(LedgerError, match=r"2020-Q2, which came after 2020-Q1"):
        protect(returns, key, second[1])


def test_the_ledger_says_nothing_without_the_key(first, returns, key, kept):
    with np.load(kept) as held:
        arrays = {name: held[name] for name in held.files}
    raw = kept.read_bytes() + b"".join(each.tobytes() for each in arrays.values())
    for word in (key, *[each.encode() for each in returns.participants["participant_id"]]):
        assert word not in raw
    truth = gate.gather(*coded(returns), key).truth
    for name, table in truth.items():
        if f"digest {name}" in arrays and table.size:
            digests = arrays[f"digest {name}"]
            assert not (digests == table).any() and len(np.unique(digests)) > 0.99 * digests.size, name


def coded(returns):
    over = lattice.space(returns)
    return lattice.code(returns, over), lattice.code_responses(returns.experience, over), over


@pytest.mark.parametrize("is_published", [True, False])
def test_what_a_killed_build_left_counts_only_if_its_extract_was_published(first, three_changed, key, kept, tmp_path,
                                                                            is_published):
    before, asked = kept.read_bytes(), []
    held = protect(three_changed, key, kept)
    held.prepare(tmp_path, "feedfeedfeed")
    assert kept.read_bytes() == before
    left = kept.with_name("ledger" + editions.NEXT)
    prepared = left.read_bytes()
    extract = [tmp_path / f"outcomes-feedfeedfeed.{suffix}" for suffix in ("duckdb", "json")]
    for path in extract:
        path.touch()
    abandoned = editions.recover(kept, key, lambda *extract: asked.append(extract) or is_published)
    assert abandoned == ([] if is_published else extract), "an extract never published is known to no ledger"
    assert asked == [(str(tmp_path.resolve()), "feedfeedfeed")]
    assert kept.read_bytes() == (prepared if is_published else before) and not left.exists()


def test_half_a_ledger_left_behind_is_taken_away(first, key, kept):
    before, left = kept.read_bytes(), kept.with_name("ledger" + editions.NEXT)
    left.write_bytes(before[:3000])
    editions.recover(kept, key, lambda *_: True)
    assert kept.read_bytes() == before and not left.exists()
