"""A small edition with returns: the published figures, and protected counts made up for twelve partnerships."""

import shutil
from datetime import date

import duckdb
import pandas as pd

from dashboard import paths
from dashboard.methods import maturity
from dashboard.pipeline import curate
from dashboard.read import cohorts

AREAS = ("S12000033", "S12000034", "S12000041", "S12000035", "S12000036", "S12000005", "S12000006", "S12000042",
         "S12000008", "S12000047", "S12000049", "S12000023")
SILENT = "S12000013"             # a partnership that sent nothing
SMALL = "S12000023"              # Orkney Islands: five or ten people a quarter
CUT_OFF = date(2026, 6, 30)
YEARS = range(2019, 2027)
STATES = (*cohorts.JOB, "other_positive", "left_no_outcome", "in_support")
SHARES = (2, 1, 1, 1, 0, 4, 5, 7, 2)      # of 23, in the order of STATES
INDICATORS = ("participants", "entered_work", "entered_work_within_12_months", "in_work_at_13_weeks",
              "in_work_at_26_weeks", "in_work_at_52_weeks", "job_lasted_13_weeks", "started_within_4_weeks")
COLUMNS = ("family", "area_code", "period", "programme", "characteristic", "category", "characteristic_2",
           "category_2", "state", "count")


def add_returns(published, folder, extra_quarter: bool = False):
    """Copy the published extract to `folder` and add returns; `extra_quarter` adds one with nobody in it."""
    extract_id = "byhandextra0" if extra_quarter else "byhandplain0"     # pages remember answers by it
    folder.mkdir(parents=True)
    path = folder / f"outcomes-{extract_id}.duckdb"
    shutil.copy(published, path)
    (folder / "current").write_text(f"{path.name}\n", encoding="utf-8")
    with duckdb.connect(str(path)) as con:
        con.execute("update release set extract_id = $extract_id, edition = '2026-Q2', cut_off = $cut_off, "
                    "synthetic = true", {"extract_id": extract_id, "cut_off": CUT_OFF})
        con.execute("update source set edition = '2026-Q2' where source_id = 'partnership_returns'")
        _add_periods(con)
        counts = pd.DataFrame(_counts(extra_quarter), columns=COLUMNS)
        con.register("counts", counts)
        con.execute("insert into protected_count select * from counts")
        con.execute((paths.QUERIES / "curate" / "90_cohort.sql").read_text(encoding="utf-8"))
        for each in curate.load_indicators():
            if each.indicator_id in INDICATORS:
                con.execute("delete from observation where indicator_id = $id", {"id": each.indicator_id})
                curate.write_observations(con, each, [SILENT])
    return folder


def _add_periods(con):
    """The years and quarters of start that the published figures do not use."""
    rows = []
    for year in YEARS:
        name = f"{year}-{(year + 1) % 100:02}"
        rows.append((name, "financial_year", date(year, 4, 1), date(year + 1, 3, 31), name, name))
        for quarter in range(1, 5):
            start = date(year + (quarter == 4), (3 * quarter) % 12 + 1, 1)
            end = maturity.cohort_end(f"{name} Q{quarter}")
            rows.append((f"{name} Q{quarter}", "quarter", start, end, f"Q{quarter} {name}", name))
    periods = pd.DataFrame(rows, columns=("period", "frequency", "start_date", "end_date", "label", "financial_year"))
    con.register("periods", periods)
    con.execute("insert into period by name from periods where period not in (select held.period from period as held)")


def _counts(extra_quarter: bool) -> list[tuple]:
    rows = [row for code in AREAS for row in _area(code)]
    whole: dict[tuple, int] = {}
    for family, _, *rest, count in rows:
        whole[family, "S92000003", *rest] = whole.get((family, "S92000003", *rest), 0) + count
    rows += [(*key, count) for key, count in whole.items()] + _scotland_alone(whole)
    if extra_quarter:
        rows += [("A1", code, "2026-27 Q2", "all", "all", "all", "all", "all", state, 0)
                 for code in (*AREAS, "S92000003") for state in STATES]
    return rows


def _area(code: str) -> list[tuple]:
    """A1 by quarter; M, A2, B, T and W by year, all of the same people."""
    scale = 1 if code == SMALL else 5 * (1 + AREAS.index(code) % 4)
    rows, yearly = [], {}
    for year in YEARS:
        for quarter in range(1, 2 if year == 2026 else 5):
            for place, state in enumerate(STATES):
                # Newer people have had less time, so fewer of them are recorded in work.
                count = 5 * round(scale * (SHARES[place] + (quarter + place + AREAS.index(code)) % 2) / 10)
                period = f"{year}-{(year + 1) % 100:02}"
                rows.append(("A1", code, f"{period} Q{quarter}", "all", "all", "all", "all", "all", state, count))
                yearly[period, state] = yearly.get((period, state), 0) + count
    for (period, state), count in yearly.items():
        rows.append(("M", code, period, "all", "all", "all", "all", "all", state, count))
        rows.append(("A2", code, period, "nolb", "all", "all", "all", "all", state, count))
        rows += [(f"B_{name}", code, period, "all", name, category, "all", "all", state, part)
                 for name, category, part in (("referral_group", "self", count // 10 * 5),
                                              ("referral_group", "jobcentre", count - count // 10 * 5),
                                              ("provider_sector", "third", count))]
    return rows + [row for period in dict.fromkeys(period for period, _ in yearly) for row in _times(code, period, yearly)]


def _times(code: str, period: str, yearly: dict) -> list[tuple]:
    jobs = sum(yearly[period, state] for state in cohorts.JOB)
    everyone = sum(yearly[period, state] for state in STATES)
    early = jobs // 10 * 5
    months = {"0_3": early, "3_6": (jobs - early) // 10 * 5, "6_9": 0, "9_12": 0, "over_12": 0}
    months["9_12"] = jobs - sum(months.values())
    months["none"] = everyone - jobs
    wait = {"under_2_weeks": everyone // 10 * 5, "2_4_weeks": 0, "4_8_weeks": 5, "over_8_weeks": 0, "unknown": 0}
    wait["unknown"] = everyone - sum(wait.values())
    return [(family, code, period, "all", name, category, "all", "all", "all", count)
            for family, name, parts in (("T", "months_to_work", months), ("W", "wait_to_start", wait))
            for category, count in parts.items()]


def _scotland_alone(whole: dict) -> list[tuple]:
    """What is held for Scotland by quarter alone: sources, joined-up support and months to work."""
    quarters: dict[str, dict] = {}
    for (family, _, period, *_, state), count in whole.items():
        if family == "A1":
            quarters.setdefault(period, {})[period, state] = count
    rows = [row for period, held in quarters.items() for row in _times("S92000003", period, held) if row[0] == "T"]
    for (family, code, period, *_, state), count in whole.items():
        if family == "A1":
            part = count // 20 * 5
            rows += [(f"C_{name}", code, period, "all", name, category, "all", "all", state, people)
                     for name, category, people in (
                         ("referral_source", "self", part), ("referral_source", "council", count - part),
                         *((f"joined_up_support_{kind}", category, people)
                           for kind in ("health", "mental_health", "housing", "justice")
                           for category, people in (("yes", part), ("rest", count - part))))]
    return rows
