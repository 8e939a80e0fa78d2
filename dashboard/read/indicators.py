"""Indicators as the extract holds them: the same facts as the metadata files, and nothing else."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields

from dashboard.catalogue import Break, Indicator

_NAMES = frozenset(field.name for field in fields(Indicator))


def indicator_from(row: Mapping[str, object]) -> Indicator:
    """One row of the extract's `indicator` table as an Indicator."""
    facts = {name: _none_if_missing(value) for name, value in row.items() if name in _NAMES}
    for name in ("caveats", "aliases"):
        facts[name] = tuple(json.loads(facts[name] or "[]"))
    facts["breaks"] = tuple(Break(**each) for each in json.loads(facts["breaks"] or "[]"))
    for name in ("npf_rule_periods", "decimals", "maturity_months"):
        facts[name] = None if facts[name] is None else int(facts[name])
    return Indicator(**facts)


def indicators_from(rows: Iterable[Mapping[str, object]]) -> dict[str, Indicator]:
    """Rows of `indicator` by id, in the order given."""
    return {str(row["indicator_id"]): indicator_from(row) for row in rows}


def _none_if_missing(value: object) -> object:
    """pandas gives NaN for an empty number: NaN is the one value unlike itself."""
    return None if value != value else value
