"""The default extract: demonstration returns of two editions, built one after the other as real ones are."""

import shutil
import tempfile
from pathlib import Path

from dashboard.pipeline import demonstration, run

PARTICIPANTS = 75_000
SEED = 2026


def build(out: Path, say: run.Say = lambda line: None, participants: int = PARTICIPANTS, seed: int = SEED) -> str:
    """Build the edition before, then the newest beside it with one ledger, and publish the newest; returns its extract_id.

    The edition before is only compared with: it is not left in the folder. Raises BuildError.
    """
    with tempfile.TemporaryDirectory() as folder:
        before, ledger = Path(folder, "before"), Path(folder, "ledger")
        say("The edition before:")
        earlier = run.build(run.Inputs(before, _returns(Path(folder, "earlier"), participants, seed, is_earlier=True),
                                       ledger=ledger, new_ledger=True), say)
        say("This edition:")
        out.mkdir(parents=True, exist_ok=True)
        files = [f"outcomes-{earlier}.duckdb", f"outcomes-{earlier}.json"]
        lent = [name for name in files if not (out / name).exists()]
        try:
            for name in lent:
                shutil.copyfile(before / name, out / name)
            return run.build(run.Inputs(out, _returns(Path(folder, "newest"), participants, seed), ledger=ledger), say)
        finally:
            for name in lent:
                (out / name).unlink(missing_ok=True)


def _returns(folder: Path, participants: int, seed: int, is_earlier: bool = False) -> Path:
    demonstration.write(participants, seed, folder, is_earlier=is_earlier)
    return folder
