"""One demonstration of 75,000 people, shared by the whole run, and one of 2,000, made once for all the tests here."""

from pathlib import Path

import polars as pl
import pytest

from dashboard.pipeline import demonstration


@pytest.fixture(scope="session")
def large(demonstration_returns) -> Path:
    return demonstration_returns


@pytest.fixture(scope="session")
def small(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    demonstration.write(2_000, 7, folder)
    return folder


@pytest.fixture(scope="session")
def read_kind():
    """A reader of every area's file of one kind as text, with the area it came from."""
    def read(folder: Path, kind: str) -> pl.DataFrame:
        return pl.concat([pl.read_csv(path, infer_schema=False).with_columns(file_area=pl.lit(path.stem[-9:]))
                          for path in sorted(folder.glob(f"{kind}_*.csv"))])
    return read


@pytest.fixture(scope="session")
def people(large, read_kind) -> pl.DataFrame:
    return read_kind(large, "participants").with_columns(
        pl.col("^.*_date$").str.to_date(),
        pl.col("^(sex|parent|disabled|economic_status)$").fill_null("unknown"),
        financial_year=pl.col("start_date").str.to_date().dt.offset_by("-3mo").dt.year(),
    ).with_columns(entered=pl.col("employment_start_date").is_not_null())


@pytest.fixture(scope="session")
def nolb(people) -> pl.DataFrame:
    return people.filter(pl.col("programme") == "nolb")


@pytest.fixture(scope="session")
def fss(people) -> pl.DataFrame:
    return people.filter(pl.col("programme") == "fss")
