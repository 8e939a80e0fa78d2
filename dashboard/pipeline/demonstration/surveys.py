"""Soft outcomes (`progress`) and experience: what people said about themselves and the service."""

import numpy as np
import polars as pl

from dashboard.pipeline.demonstration import tables
from dashboard.pipeline.demonstration.draws import Draws, Whole
from dashboard.pipeline.demonstration.people import People
from dashboard.pipeline.demonstration.plan import NOLB
from dashboard.pipeline.demonstration.quarters import day

WAVES = ("start", "follow_up")


def progress(people: People, draws: Draws, identifiers: pl.Series) -> pl.DataFrame:
    """One row a person, domain, wave and item, for the people of the local model whose area measures it."""
    measured = np.flatnonzero(_is_measured(people, draws))
    parts = [part for position, domain in enumerate(sorted(people.invented["domains"]))
             for part in _domain(people, draws, measured, position, domain)]
    if not parts:
        return pl.DataFrame()
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    columns = tables.in_order(columns, columns["person"], columns["domain"], columns["wave"], columns["item"])
    return _progress_table(people, columns, identifiers)


def _is_measured(people: People, draws: Draws) -> np.ndarray:
    shape, area = people.invented["progress"], people.area
    since = shape["early_from" if area.code in shape["early_areas"] else "from"]
    share = area.along("measured", shape["measured_per_mille"])
    return (people.programme == NOLB) & (people.start >= day(since)) & draws.chance(share, people.size)


def _domain(people: People, draws: Draws, measured: Whole, position: int, domain: str):
    """Yields the rows of one domain by instrument, as codes."""
    shape, names = people.invented["progress"], sorted(people.invented["instruments"])
    persons = measured[draws.chance(shape["domain_per_mille"], len(measured))]
    uses_main = draws.chance(shape["main_instrument_per_mille"], len(persons))
    choices = people.invented["domains"][domain]
    main, second = _area_instruments(people, position, len(choices))
    for number, chosen in ((main, uses_main), (second, ~uses_main)):
        name = choices[number]
        yield _scores(people, draws, persons[chosen], position, names.index(name))


def _area_instruments(people: People, position: int, choices: int) -> tuple[int, int]:
    """The area's main instrument of a domain and its second; the usual one most often."""
    drawn = int(Draws(people.plan.seed, people.area.number, 0, position).below(100, 1)[0])
    main = 0 if drawn < 60 else 1 + drawn % (choices - 1)
    return main, (main + 1) % choices


def _scores(people: People, draws: Draws, persons: Whole, domain: int, instrument: int) -> dict[str, Whole]:
    """Both waves of one instrument, one row an item: score within the scale, some left out."""
    shape = people.invented["progress"]
    scale = people.invented["instruments"][sorted(people.invented["instruments"])[instrument]]
    n, items = len(persons), len(scale["items"])
    level = draws.pick(scale["level"], n)
    change = draws.pick(shape["change"], n) - 2
    first = people.start[persons] + draws.between(*shape["first_after_days"], n)
    second = first + draws.between(*shape["second_after_days"], n)
    share = people.area.along("followed_up", shape["followed_up_per_mille"])
    has_first = first <= people.plan.calendar.cut_off
    has_second = draws.chance(share, n) & (second <= people.plan.calendar.cut_off)
    has_first &= ~(has_second & draws.chance(shape["no_start_per_mille"], n))
    waves = [_wave(draws, shape, scale, *wave) for wave in (
        (0, persons[has_first], first[has_first], level[has_first]),
        (1, persons[has_second], second[has_second], (level + change)[has_second]))]
    rows = {name: np.concatenate([wave[name] for wave in waves]) for name in waves[0]}
    mode = np.repeat(draws.pick(shape["mode_weights"], n), items)
    by_person = np.zeros(people.size, dtype=np.int64)
    by_person[persons] = mode[::items] if n else mode
    total = len(rows["person"])
    return {**rows, "mode": by_person[rows["person"]], "domain": np.full(total, domain),
            "instrument": np.full(total, instrument)}


def _wave(draws: Draws, shape: dict, scale: dict, wave: int, persons: Whole, days: Whole, level: Whole):
    low, high = scale["scale"]
    items, n = len(scale["items"]), len(persons)
    item = np.tile(np.arange(items), n)
    noise = draws.pick(shape["noise"], n * items) - 1 if items > 1 else np.zeros(n, dtype=np.int64)
    score = np.clip(low + np.repeat(level, items) + noise, low, high)
    kept = ~draws.chance(shape["item_missing_per_mille"], n * items)
    return {"person": np.repeat(persons, items)[kept], "wave": np.full(int(kept.sum()), wave),
            "day": np.repeat(days, items)[kept], "item": item[kept], "score": score[kept]}


def _progress_table(people: People, columns: dict[str, Whole], identifiers: pl.Series) -> pl.DataFrame:
    instruments = people.invented["instruments"]
    names = sorted(instruments)
    longest = max(len(instrument["items"]) for instrument in instruments.values())
    items = [name for key in names for name in (instruments[key]["items"] + [None] * longest)[:longest]]
    lows, highs = (np.array([instruments[key]["scale"][end] for key in names]) for end in (0, 1))
    instrument = columns["instrument"]
    return pl.select(
        participant_id=identifiers.gather(columns["person"]),
        domain=tables.as_text(columns["domain"], sorted(people.invented["domains"])),
        instrument=tables.as_text(instrument, names),
        wave=tables.as_text(columns["wave"], WAVES),
        date=tables.as_date(columns["day"]),
        item=tables.as_text(instrument * longest + columns["item"], items),
        score=pl.Series(columns["score"]),
        scale_min=pl.Series(lows[instrument]),
        scale_max=pl.Series(highs[instrument]),
        mode=tables.as_text(columns["mode"], people.invented["progress"]["modes"]),
    )


def experience(people: People, draws: Draws, known: dict[str, pl.Series],
               first: int) -> tuple[pl.DataFrame, int]:
    """One row a response and statement, and how many people answered; `first` numbers the responses.

    Responses carry their own number, so that an answer is not tied to a participant's record.
    """
    shape = people.invented["experience"]
    share = people.area.along("answered", shape["answered_per_mille"])
    asked = people.start + draws.between(*shape["asked_after_days"], people.size)
    answered = draws.chance(share, people.size) & (asked <= people.plan.calendar.cut_off)
    persons = np.flatnonzero(answered & (people.start >= day(shape["from"])))
    persons = persons[np.lexsort((draws.below(2**31 - 1, len(persons)), asked[persons]))]
    person = np.repeat(np.arange(len(persons)), len(tables.STATEMENTS))
    statement = np.tile(np.arange(len(tables.STATEMENTS)), len(persons))
    given = _answers(people, draws, statement)
    kept = draws.chance(shape["statement_per_mille"], len(person))
    who = persons[person][kept]
    return pl.select(
        response_id=tables.as_identifier(first + person[kept], f"R{people.area.code[-2:]}-"),
        date=tables.as_date(asked[who]),
        statement=tables.as_text(statement[kept], tables.STATEMENTS),
        answer=tables.as_text(given[kept], tables.ANSWERS),
        **{name: column.gather(who) for name, column in known.items()},
    ), len(persons)


def _answers(people: People, draws: Draws, statement: Whole) -> Whole:
    """Answers by statement; in a less happy area some agreement becomes neither, some neither disagree."""
    shape = people.invented["experience"]
    answers = draws.pick_by([shape["weights"][name] for name in tables.STATEMENTS], statement)
    share = people.area.along("less_happy", shape["less_happy_per_mille"])
    moved = draws.chance(share, len(statement)) & (answers < 2)
    return np.where(moved, 2 + draws.below(2, len(statement)), answers)
