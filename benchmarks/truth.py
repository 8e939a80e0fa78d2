"""Do the intervals hold, and are the verdicts right? The extract of demonstration returns against their known truth.

    python benchmarks/truth.py [--returns DIR] [--extract DIR] [--runs 100]

The demonstration returns (75,000 people, seed 2026; made again where no folder is given) are counted exactly, and every
rate, interval and verdict of the extract is held against the counts. Two questions, told apart:
  people    does an interval hold the rate of the very people behind it? Rounding alone could put it outside.
  process   does it hold the rate they came from? Each true rate is drawn, rounded and given its interval again `runs`
            times: coverage by kind, base, rate and island area, and the share of rates that are under 93%. Steadied estimates of
            areas are few, so each is drawn ten times as often.
Then false verdicts by kind, where nothing differs and where areas differ as they usually do, and the worst ten; and how
far the shares of the wellbeing scale hang on the reliability that is taken.
A method is judged here before it ships. `make test` does a quick part; figures do not depend on the machine.
"""

import argparse
import tempfile
from collections.abc import Iterable
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl

from dashboard import paths
from dashboard.methods import funnel, intervals, screen, shrinkage, soft_outcomes, spc
from dashboard.methods.rounding import BASE, rounded
from dashboard.methods.thresholds import FEWEST_RELIABLE, FEWEST_SHOWN

LEAST = 0.93                                # coverage that no kind of interval may fall below
SEED, RUNS = 2026, 100
KEYS = ["indicator_id", "area_code", "period", "programme", "characteristic", "category"]
ISLANDS = {"S12000023": "Orkney Islands", "S12000027": "Shetland Islands", "S12000013": "Na h-Eileanan Siar"}
BASES, SHARES = (30, 50, 100, 200, 500, np.inf), (0, 0.01, 0.03, 0.05, 0.1, 0.3, 0.7, 0.9, 0.97, 1.0001)
USUAL = (0.0, 0.001, 0.0035, 0.0066)        # between-area variance on the arcsine scale
POOLED = {"entered_work_within_12_months": ("2022-23", "2023-24", "2024-25"), "in_work_at_13_weeks": ("2022-23", "2023-24"),
          "in_work_at_26_weeks": ("2022-23", "2023-24"), "in_work_at_52_weeks": ("2022-23", "2023-24")}
FUNNELS, SAID, LEEWAY = 4000, 60, 0.05   # editions drawn and those whose said number is worked out; how far it may be off, a share
RELIABILITIES = (0.80, 0.84, 0.88, 0.93)
NOT_KNOWN = ("unknown", "prefer_not_to_say", "under_16")


def main() -> None:
    """Count the truth, hold the extract against it, print what was found; exit 1 where a kind is under 93%."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        returns = options.returns or _demonstration(Path(folder))
        figures = held_and_true(options.extract, true_counts(returns))
        of_reliability(returns)
    rng = np.random.default_rng(SEED)
    failed = of_people(figures)
    failed |= of_process(figures, options.runs, rng)
    failed |= of_steadied(figures, 10 * options.runs, rng)
    failed |= of_verdicts(figures, options.runs, rng)
    raise SystemExit(int(failed))


# ---- the truth --------------------------------------------------------------------------------------

def true_counts(folder: Path) -> pl.DataFrame:
    """True counts of accepted returns, in the columns of `protected_count`."""
    from dashboard.pipeline.disclosure import lattice
    from dashboard.pipeline.returns import read
    return pl.concat(lattice.count(read(folder)).values())


def held_and_true(extract: Path, truth: pl.DataFrame) -> pd.DataFrame:
    """Every rate made from returns: KEYS, numerator and denominator as released, and both as they truly are."""
    released, real = _numbers(extract, None), _numbers(extract, truth)
    both = released.merge(real, on=KEYS, suffixes=("", "_true"), validate="1:1")
    return both.dropna(subset=["numerator", "denominator"]).reset_index(drop=True)


def _numbers(extract: Path, truth: pl.DataFrame | None) -> pd.DataFrame:
    """Numerators and denominators of every rate, by its own query, over released counts or over `truth`."""
    con = duckdb.connect(":memory:")
    con.execute(f"attach '{extract}' as held (read_only)")
    for (table,) in con.execute("select table_name from duckdb_tables() where database_name = 'held'").fetchall():
        only = " where false" if table == "observation" else ""
        con.execute(f'create table "{table}" as select * from held."{table}"{only}')
    if truth is not None:
        con.register("truth", truth.to_arrow())
        con.execute("create or replace table protected_count as select * from truth")
    con.execute((paths.QUERIES / "curate" / "90_cohort.sql").read_text(encoding="utf-8"))
    asked = con.execute("select indicator_id, query from indicator where data_class = 'returns' and measure = 'percentage'")
    made = [con.execute(query).df().assign(indicator_id=name) for name, query in asked.fetchall()]
    return pd.concat(made, ignore_index=True)[[*KEYS, "numerator", "denominator"]]


# ---- coverage ---------------------------------------------------------------------------------------

def of_people(figures: pd.DataFrame) -> bool:
    """Intervals of the extract that hold the rate of the very people behind them; True where a kind fails."""
    shown = figures[(figures.denominator >= FEWEST_SHOWN) & (figures.denominator_true > 0)]
    reached = np.minimum(shown.numerator, shown.denominator)
    low, high = intervals.wilson_rounded(reached, shown.denominator)
    truth = shown.numerator_true / shown.denominator_true
    held = pd.Series((low <= truth) & (truth <= high), shown.index)
    print(f"\nPeople: {len(shown):,} rates; their intervals hold the true rate in {held.mean():.2%}")
    worst = shown.assign(shown=reached / shown.denominator, true=truth, low=low, high=high,
                         off=np.maximum(low - truth, truth - high))[~held].nlargest(10, "off")
    print("Worst ten:" if len(worst) else "None lies outside.")
    for row in worst.itertuples():
        print(f"  {row.indicator_id} {row.area_code} {row.period} {row.programme} {row.category}: {row.numerator:.0f} of "
              f"{row.denominator:.0f} ({row.low:.1%} to {row.high:.1%}), truly {row.numerator_true:.0f} of {row.denominator_true:.0f}")
    return bool(held.groupby(shown.indicator_id).mean().min() < LEAST)


def of_process(figures: pd.DataFrame, runs: int, rng: np.random.Generator) -> bool:
    """Coverage of the rates that the people came from, by kind, base, rate and island; True where one is under 93%."""
    true = figures[figures.denominator_true >= FEWEST_SHOWN]
    kinds = true.groupby(["denominator_true", "numerator_true"]).size().reset_index(name="rates").astype(int)
    found = coverage(kinds.numerator_true.to_numpy(), kinds.denominator_true.to_numpy(), runs, rng)
    true = true.merge(kinds.assign(held=found), on=["denominator_true", "numerator_true"])
    reliable = true[true.denominator_true >= FEWEST_RELIABLE]
    share = (reliable.numerator_true + 0.5) / (reliable.denominator_true + 1)
    print(f"\nProcess: coverage of {len(reliable):,} rates on 50 people or more, each drawn {runs} times: {reliable.held.mean():.1%}")
    groups = {"kind": reliable.indicator_id, "rate": pd.cut(share, SHARES, right=False),
              "base": pd.cut(true.denominator_true, BASES, right=False), "island": true.area_code.map(ISLANDS)}
    failed = False
    for name, group in groups.items():
        by = true.groupby(group, observed=True).held.agg(["mean", "min", "size"])
        print(f"  by {name}:", "; ".join(f"{key} {row['mean']:.1%} (n {row['size']:.0f})" for key, row in by.iterrows()))
        judged = by if name != "base" else by[[key.left >= FEWEST_RELIABLE for key in by.index]]
        failed |= bool((judged["mean"] < LEAST).any())
    under = reliable.held < LEAST - 2.5 * np.sqrt(LEAST * (1 - LEAST) / runs)      # not by the luck of the draws
    print(f"  rates under 93% for sure: {under.mean():.2%}")
    for name, years in POOLED.items():
        areas = pooled(figures, name, years)
        held = coverage(areas.numerator_true.to_numpy(int), areas.denominator_true.to_numpy(int), 4 * runs, rng, len(years))
        islands = [f"{label} {held[areas.area_code == code].mean():.1%}" for code, label in ISLANDS.items()]
        print(f"  {len(years)} years together, {name}: lowest area {held.min():.1%}; {', '.join(islands)}")
        failed |= bool((held < LEAST - 2.5 * np.sqrt(LEAST * (1 - LEAST) / runs / 4)).any())
    return failed


def coverage(reached: np.ndarray, base: np.ndarray, runs: int, rng: np.random.Generator,
             k: int = 1) -> np.ndarray:
    """Share of redrawn editions in which the interval holds the rate: people redrawn, counts rounded in k cells."""
    rate, held, shown = (reached + 0.5) / (base + 1), np.zeros(len(base)), np.zeros(len(base))
    for _ in range(runs):
        n = rounded(base, k, rng)
        x = np.minimum(rounded(rng.binomial(base, rate), k, rng), n)
        low, high = intervals.wilson_rounded(x, n, k)
        shown += n >= FEWEST_SHOWN
        held += (low <= rate) & (rate <= high) & (n >= FEWEST_SHOWN)
    return held / np.maximum(shown, 1)


def of_steadied(figures: pd.DataFrame, runs: int, rng: np.random.Generator) -> bool:
    """Coverage of steadied estimates area by area; True where one of the islands or the average is under 93%."""
    print("\nSteadied estimates, coverage:")
    failed = False
    for name, years in POOLED.items():
        areas = pooled(figures, name, years)
        x, n = areas.numerator_true.to_numpy(int), areas.denominator_true.to_numpy(int)
        held = steadied_coverage(x / n, n, len(years), runs, rng)
        islands = {label: held[areas.area_code == code].mean() for code, label in ISLANDS.items() if code in set(areas.area_code)}
        print(f"  {name}: all {held.mean():.1%}, lowest area {held.min():.1%};",
              ", ".join(f"{label} {share:.1%}" for label, share in islands.items()))
        failed |= min(held.mean(), *islands.values()) < LEAST - 2 * np.sqrt(LEAST * (1 - LEAST) / runs)
    return bool(failed)


def pooled(figures: pd.DataFrame, indicator_id: str, years: Iterable[str]) -> pd.DataFrame:
    """True and released counts of every partnership over these years added up; at least 50 people."""
    own = figures[(figures.indicator_id == indicator_id) & figures.period.isin(list(years)) & (figures.programme == "all")
                  & (figures.characteristic == "all") & figures.area_code.str.startswith("S12")]
    added = own.groupby("area_code", as_index=False)[["numerator", "denominator", "numerator_true", "denominator_true"]].sum()
    return added[added.denominator_true >= FEWEST_RELIABLE].reset_index(drop=True)


def steadied_coverage(rate: np.ndarray, base: np.ndarray, k: int, runs: int, rng: np.random.Generator) -> np.ndarray:
    """Share of redrawn editions in which each area's steadied interval holds its own true rate."""
    held = np.zeros(len(base))
    for _ in range(runs):
        n = rounded(base, k, rng)
        x = np.minimum(rounded(rng.binomial(base, rate), k, rng), n)
        made = shrinkage.steady(x, n, shrinkage.fit_prior(x, n, k), k)
        held += (made.lower <= rate) & (rate <= made.upper)
    return held / runs


# ---- verdicts ---------------------------------------------------------------------------------------

def of_verdicts(figures: pd.DataFrame, runs: int, rng: np.random.Generator) -> bool:
    """False verdicts by kind; True where a kind exceeds what is said of it."""
    gaps = against_the_rest(figures)
    rates = {"a group against the rest, one test": false_gaps(gaps, runs, rng),
             "a screen of six groups, any line": false_screens(gaps, runs, rng),
             "XmR, a chart of 20 quarters": false_signals(runs, rng)}
    said = {"a group against the rest, one test": 0.05, "a screen of six groups, any line": 0.05,
            "XmR, a chart of 20 quarters": 0.125}
    print("\nFalse verdicts where nothing differs:")
    for name, rate in rates.items():
        print(f"  {name}: {rate:.1%} (said: {said[name]:.1%})")
    failed = any(rate > said[name] + 2 * np.sqrt(said[name] / runs / 10) for name, rate in rates.items())
    areas = pooled(figures, "entered_work_within_12_months", POOLED["entered_work_within_12_months"])
    for tau2 in USUAL:
        seen, expected, error = false_areas(areas.denominator_true.to_numpy(int), tau2, FUNNELS, rng)
        print(f"  funnel, τ² {tau2}: {seen[0]:.2f} and {seen[1]:.3f} of {len(areas)} areas outside "
              f"(said: {expected[0]:.2f} and {expected[1]:.3f}; standard error of the difference {error[0]:.2f} and {error[1]:.3f})")
        failed |= bool(np.any(seen > expected * (1 + LEEWAY) + 2 * error))
    _wrong_ways(gaps)
    _wrong_places(figures)
    return bool(failed)


def against_the_rest(figures: pd.DataFrame) -> pd.DataFrame:
    """Every group of every breakdown beside everyone else whose answer is known; bases of 50 people or more."""
    own = figures[(figures.characteristic != "all") & ~figures.category.isin(NOT_KNOWN) & (figures.denominator_true > 0)]
    family = [name for name in KEYS if name != "category"]
    numbers = ["numerator", "denominator", "numerator_true", "denominator_true"]
    rest = own.groupby(family)[numbers].transform("sum") - own[numbers]
    made = own.join(rest.add_suffix("_rest")).assign(cells=own.groupby(family)["category"].transform("size") - 1)
    return made[(made.cells > 0) & (made.denominator >= FEWEST_RELIABLE) & (made.denominator_rest >= FEWEST_RELIABLE)]


def _gap(rows: pd.DataFrame) -> intervals.Estimate:
    return intervals.newcombe_rounded(np.minimum(rows.numerator, rows.denominator), rows.denominator,
                                      np.minimum(rows.numerator_rest, rows.denominator_rest), rows.denominator_rest, 1, rows.cells)


def false_gaps(gaps: pd.DataFrame, runs: int, rng: np.random.Generator) -> float:
    """Share of redrawn gaps called a difference where a group and the rest have one rate."""
    rows = gaps.sample(min(len(gaps), 4000), random_state=SEED)
    n1, n2, k = (rows[name].to_numpy(int) for name in ("denominator_true", "denominator_true_rest", "cells"))
    rate = (rows.numerator_true + rows.numerator_true_rest).to_numpy() / (n1 + n2)
    called = 0.0
    for _ in range(max(runs // 5, 1)):
        m1, m2 = rounded(n1, 1, rng), rounded(n2, k, rng)
        x1 = np.minimum(rounded(rng.binomial(n1, rate), 1, rng), m1)
        x2 = np.minimum(rounded(rng.binomial(n2, rate), k, rng), m2)
        made = intervals.newcombe_rounded(x1, m1, x2, m2, 1, k)
        called += intervals.excludes(made.lower, made.upper).mean()
    return called / max(runs // 5, 1)


def false_screens(gaps: pd.DataFrame, runs: int, rng: np.random.Generator) -> float:
    """Share of screens with any line called different, six groups of one breakdown all alike."""
    bases, loud = gaps.denominator_true.to_numpy(int), 0
    for _ in range(10 * runs):
        n = rng.choice(bases, 6)
        x, shown = rounded(rng.binomial(n, 0.3), 1, rng), rounded(n, 1, rng)
        x = np.minimum(x, shown)
        made = intervals.newcombe_rounded(x, shown, x.sum() - x, shown.sum() - shown, 1, 5)
        loud += screen.together(made.value, made.lower, made.upper).found > 0
    return loud / (10 * runs)


def false_signals(runs: int, rng: np.random.Generator) -> float:
    """Share of charts with a signal where counts of 8 to 25 people, rounded to 5, vary by chance alone."""
    means = rng.uniform(8, 25, 10 * runs)
    return float(np.mean([bool(spc.draw(rounded(rng.poisson(mean, 20), 1, rng), step=BASE).signals) for mean in means]))


def false_areas(base: np.ndarray, tau2: float, runs: int, rng: np.random.Generator, rate: float = 0.3,
                k: int = 3) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Areas outside the 95% and 99.8% lines on average, areas differing by tau2; the numbers said; the standard error of the two."""
    angle = np.arcsin(np.sqrt(rate)) + rng.normal(0, np.sqrt(tau2), (runs, len(base)))
    n = rounded(np.broadcast_to(base, angle.shape), k, rng)
    x = np.minimum(rounded(rng.binomial(base, np.sin(np.clip(angle, 0, np.pi / 2))**2), k, rng), n)
    away = np.abs(funnel.distances(x, n, k))
    seen = np.stack([(away > intervals.normal_quantile(level)).sum(axis=1) for level in (funnel.WARNING, funnel.ALARM)], axis=1)
    said = np.array([funnel.expected_outside(funnel.fit(*each, k), each[1], k) for each in zip(x[:SAID], n[:SAID], strict=True)])
    error = np.sqrt(seen.var(axis=0, ddof=1) / len(seen) + said.var(axis=0, ddof=1) / len(said))
    return seen.mean(axis=0), said.mean(axis=0), error


def _wrong_ways(gaps: pd.DataFrame) -> None:
    """Verdicts of the extract whose direction the true counts of the same people contradict, and the worst of them."""
    made = _gap(gaps)
    truth = gaps.numerator_true / gaps.denominator_true - gaps.numerator_true_rest / gaps.denominator_true_rest
    called = intervals.excludes(made.lower, made.upper)
    wrong = called & (np.sign(made.value) != np.sign(truth))
    print(f"\nVerdicts of the extract, groups against the rest: {called.sum():,} of {len(gaps):,} called different; "
          f"{wrong.sum()} of them the other way round in the true counts")
    worst = gaps.assign(said=made.value, true=truth)[wrong].assign(off=lambda rows: (rows.said - rows.true).abs()).nlargest(10, "off")
    for row in worst.itertuples():
        print(f"  {row.indicator_id} {row.area_code} {row.period} {row.programme} {row.category}: {row.said:+.1%}, truly {row.true:+.1%}")


def _wrong_places(figures: pd.DataFrame) -> None:
    """Areas whose place on the funnel differs between the released and the true counts."""
    for name, years in POOLED.items():
        areas = pooled(figures, name, years)
        reached = np.minimum(areas.numerator, areas.denominator)
        fitted = funnel.fit(reached, areas.denominator, len(years))
        real = funnel.fit(areas.numerator_true, areas.denominator_true, 0)
        moved = areas.area_code[fitted.position != real.position]
        print(f"  funnel of {name}: {(fitted.outside > 0).sum()} of {len(areas)} outside, τ² {fitted.tau2:.4f}; "
              f"placed otherwise by the true counts: {', '.join(moved) or 'none'}")


# ---- reliable change --------------------------------------------------------------------------------

def of_reliability(returns: Path) -> None:
    """What the wellbeing scale's shares would be at other reliabilities: true counts of people asked twice."""
    from dashboard.pipeline.disclosure import states
    from dashboard.pipeline.returns import read
    scored = read(returns).progress.filter(pl.col("instrument") == "swemwbs")
    print("\nReliable change of SWEMWBS, people asked twice, by the reliability taken:")
    for reliability in RELIABILITIES:
        bands = states.soft_bands(scored, reliability)["band"].cast(pl.String).to_list()
        twice = [band for band in bands if band in soft_outcomes.BANDS]
        shares = ", ".join(f"{band} {twice.count(band) / len(twice):.1%}" for band in soft_outcomes.BANDS)
        print(f"  {reliability}: {shares} of {len(twice):,}")


# ---- the command ------------------------------------------------------------------------------------

def _demonstration(folder: Path) -> Path:
    from dashboard.pipeline import default, demonstration
    demonstration.write(default.PARTICIPANTS, default.SEED, folder)
    return folder


def _options() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    reader.add_argument("--returns", type=Path, help="the demonstration returns; made again if left out")
    reader.add_argument("--extract", type=Path, default=paths.DATA / "extract", help="the extract made of them, or its folder")
    reader.add_argument("--runs", type=int, default=RUNS, help="editions redrawn")
    options = reader.parse_args()
    if options.extract.is_dir():
        options.extract = options.extract / (options.extract / "current").read_text(encoding="utf-8").strip()
    return options


if __name__ == "__main__":
    main()
