"""Ask Nomis, the labour market site of the Office for National Statistics, for what a reader reads."""

import os
import urllib.error
import urllib.request
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh.areas import OURS
from dashboard.pipeline.refresh.held import Held
from dashboard.pipeline.refresh.readers import Reader

SITE = "https://www.nomisweb.co.uk"     # OUTCOMES_NOMIS names another, for a mirror or a test
SECONDS = 60
MOST_BYTES = 50 << 20


def download(reader: Reader, held: Held, folder: Path, today: date) -> Path:
    """The reader's file from Nomis, in `folder`; raises BuildError with the address to open by hand."""
    address = address_of(reader, held, today)
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as answer:
            content = answer.read(MOST_BYTES + 1)
    except (urllib.error.URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise BuildError(f"Nomis cannot be reached ({reason}). Open this address where there is a network, save the "
                         f"file and run 'outcomes refresh FILE':\n  {address}") from error
    if len(content) > MOST_BYTES:
        raise BuildError(f"Nomis sent more than {MOST_BYTES >> 20} MB; expected some thousand rows:\n  {address}")
    path = folder / f"{reader.name}.csv"
    path.write_bytes(content)
    return path


def address_of(reader: Reader, held: Held, today: date) -> str:
    """Every area of ours, and the months of `month` from the newest that is held to today."""
    areas = [row["area_code"] for row in held.rows("reference/areas.csv") if row["area_type"] in OURS]
    month = reader.nomis["month"]
    dates = [f"{year}-{month}" for year in range(_newest_year(reader, held), today.year + 1)
             if f"{year}-{month}" <= f"{today:%Y-%m}"]
    site = os.environ.get("OUTCOMES_NOMIS", SITE)
    return site + reader.nomis["path"].format(areas=",".join(areas), dates=",".join(dates))


def _newest_year(reader: Reader, held: Held) -> int:
    kind = reader.figures[0]
    years = [int(row["period"][:4]) for row in _own(held.rows(held.published(kind.collection)), kind.fixed)]
    return max(years, default=2019)


def _own(rows: Sequence[dict], fixed: dict) -> list[dict]:
    return [row for row in rows if all(row.get(column) == value for column, value in fixed.items())]
