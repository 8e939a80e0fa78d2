"""Refresh shows before it writes, writes once, and keeps every earlier edition."""

import csv
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest
from click.testing import CliRunner

from dashboard import cli, paths
from dashboard.pipeline import publish, run
from dashboard.pipeline.refresh import refresh
from tests.refresh.conftest import TODAY
from tests.refresh.layouts import (
    claimant_rows,
    copy_data,
    lgbf_rows,
    quarterly_rows,
    survey_rows,
    write_csv,
    write_workbook,
)

COUNCILS = "published/local_government_benchmarking/council_employability.csv"


@pytest.fixture
def own_data(tmp_path):
    """A copy of data that a test may write to."""
    return copy_data(tmp_path / "data")


def test_it_shows_before_it_writes(read, tmp_path):
    path = write_csv(tmp_path / "lgbf.csv", lgbf_rows())
    is_read, said = read(path)
    assert is_read and "new: S12000005 2024-25" in said and "run it again with --write" in said
    assert not (tmp_path / "out").exists()


def test_a_second_time_changes_nothing(read, tmp_path):
    path = write_csv(tmp_path / "lgbf.csv", lgbf_rows())
    read(path, write=True)
    before = {each: each.read_bytes() for each in (tmp_path / "out").rglob("*.csv")}
    is_read, said = read(path, write=True)
    assert is_read and "0 new, 0 revised, 0 confirmed, 33 as held, 0 gone" in said and "Nothing to write." in said
    assert {each: each.read_bytes() for each in (tmp_path / "out").rglob("*.csv")} == before and before


def test_figures_read_through_a_third_party_are_confirmed_by_the_publishers_file(read, added, tmp_path):
    is_read, said = read(write_csv(tmp_path / "lgbf.csv", lgbf_rows("2022-23")), write=True)
    assert is_read and "0 new, 0 revised, 33 confirmed" in said
    assert {row["source_id"] for row in added(COUNCILS)} == {"lgbf_read_2026_11_29"}


def test_what_the_publisher_dropped_is_said_and_stays(read, added, tmp_path):
    read(write_csv(tmp_path / "lgbf.csv", lgbf_rows()), write=True)
    rows = [row for row in lgbf_rows() if row[1] != "Falkirk"]
    is_read, said = read(write_csv(tmp_path / "lgbf.csv", rows), write=True)
    assert is_read and "gone: S12000014 2024-25" in said
    assert "S12000014" in {row["area_code"] for row in added(COUNCILS)}


def test_a_revised_figure_is_among_what_publishers_have_changed_with_both_values(own_data, tmp_path):
    """From the publisher's file to the view that the pages show, through a real build."""
    first = [list(row) for row in lgbf_rows()]
    revised = [first[0], *([*row[:7], str(int(row[7]) + 1), *row[8:]] for row in first[1:])]
    revised[1][4] = str(int(first[1][4]) + 1)
    for rows, line in ((first, "33 new, 0 revised"), (revised, "0 new, 2 revised")):
        said = []
        refresh([write_csv(tmp_path / "lgbf.csv", rows)], said.append, data=own_data, write=True, today=TODAY)
        assert line in "\n".join(said), said
    assert "revised: S12000005 2024-25: assisted_into_work 189 to 190" in "\n".join(said), said
    indicators = tmp_path / "indicators"
    indicators.mkdir()
    shutil.copy(paths.INDICATORS / "lgbf_assisted_into_work.toml", indicators)
    run.build(
        run.Inputs(
            tmp_path / "out", published=own_data / "published", reference=own_data / "reference", indicators=indicators
        )
    )
    query = (paths.VIEWS / "revisions.sql").read_text(encoding="utf-8")
    given = {
        "indicator_id": "lgbf_assisted_into_work",
        "areas": ["S12000005"],
        "programme": "all",
        "characteristic": "all",
        "category": None,
    }
    with duckdb.connect(str(publish.current(tmp_path / "out")), read_only=True) as con:
        held = con.execute(query, {key: given[key] for key in re.findall(r"\$(\w+)", query)}).df()
    held = held[held["period"] == "2024-25"]
    assert held["numerator"].tolist() == [189, 190] and held["is_latest"].tolist() == [False, True]


@pytest.fixture
def nomis(monkeypatch):
    """A site that answers as Nomis does, here on this machine; the addresses it was asked for."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            rows = survey_rows() if "NM_17_5" in self.path else claimant_rows("2026-01")
            self.send_response(200)
            self.end_headers()
            self.wfile.write("\n".join(",".join(map(str, row)) for row in rows).encode())

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        monkeypatch.setenv("OUTCOMES_NOMIS", f"http://127.0.0.1:{server.server_port}")
        yield asked
        server.shutdown()
        thread.join()


def test_nomis_is_asked_for_every_area_and_each_year_since_the_newest_held(read, nomis):
    is_read, said = read(from_nomis=True)
    assert is_read and "33 new" in said and "33 confirmed" in said, said
    claimants, survey = (parse_qs(urlsplit(address).query) for address in nomis)
    assert len(survey["geography"][0].split(",")) == 33
    assert survey["date"] == ["2023-12,2024-12,2025-12"] and claimants["date"] == ["2026-01"]


def test_without_a_network_the_address_to_open_is_given(read, monkeypatch):
    monkeypatch.setenv("OUTCOMES_NOMIS", "http://127.0.0.1:9")
    is_read, said = read(from_nomis=True)
    assert not is_read and "Nomis cannot be reached" in said
    assert re.search(
        r"run 'outcomes refresh FILE':\n  http://127.0.0.1:9/api/v01/dataset/NM_17_5.data.csv\?geography=S", said
    )


def test_the_command_says_what_it_needs_and_leaves_data_alone(tmp_path):
    runner = CliRunner()
    assert "name a file or a folder" in runner.invoke(cli.main, ["refresh"]).output
    path = write_csv(tmp_path / "lgbf.csv", lgbf_rows("2090-91"))
    result = runner.invoke(cli.main, ["refresh", str(path), "--out", str(tmp_path / "out"), "--write"])
    assert result.exit_code == 0 and "Wrote 33 rows" in result.output
    (tmp_path / "folder").mkdir()
    result = runner.invoke(cli.main, ["refresh", str(tmp_path / "folder")])
    assert result.exit_code == 2 and "holds no .csv or .xlsx file" in result.output


def test_the_walk_through_for_the_quarterly_statistics_works_on_a_made_up_workbook(own_data, tmp_path):
    """The words in CONTRIBUTING, as they stand there, on a workbook that says it is made up."""
    guide = (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    words = re.search(r"```toml\n(.*?)```", guide, re.DOTALL)[1]
    (own_data / "reference" / "readers" / "devolved_employment_services.toml").write_text(words, encoding="utf-8")
    workbook = write_workbook(tmp_path / "made_up.xlsx", ("Table 3", quarterly_rows()))
    said = []
    assert refresh([workbook], said.append, data=own_data, write=True, today=TODAY), said
    assert "66 new" in "\n".join(said), said
    with (own_data / "published/devolved_employment_services/no_one_left_behind.csv").open(encoding="utf-8") as handle:
        rows = [
            row for row in csv.DictReader(handle) if row["source_id"].startswith("devolved_employment_services_read")
        ]
    orkney = [row for row in rows if row["area_code"] == "S12000023"]
    assert [(row["period"], row["value"], row["period_start"]) for row in orkney] == [
        ("2026-27 Q1", "100", "2026-04-01"),
        ("2026-27 Q2", "200", "2026-07-01"),
    ]
    assert [row["obs_status"] for row in orkney] == ["", "p"]
    wrong = [*quarterly_rows()[:-1], ("Scotland", 3300, 6400)]
    assert not refresh(
        [write_workbook(tmp_path / "wrong.xlsx", ("Table 3", wrong))], said.append, data=own_data, today=TODAY
    )
    assert "the councils add up to 3,200; expected the same" in said[-1]
