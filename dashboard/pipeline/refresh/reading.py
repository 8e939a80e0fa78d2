"""A recognised table to figures, each checked: known area and period, one cell, a unit that fits, totals that add."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.pipeline.errors import BuildError
from dashboard.pipeline.refresh.areas import SCOTLAND, Areas
from dashboard.pipeline.refresh.numbers import Number, marks_of, multiplied, read_number
from dashboard.pipeline.refresh.periods import read_period
from dashboard.pipeline.refresh.readers import Figures, Reader, columns, period_columns, plain, without_notes
from dashboard.pipeline.refresh.sheets import Grid

ROUNDING = Decimal("0.15")      # three figures of one decimal, each rounded by its publisher


@dataclass
class Figure:
    """One area and period of one kind of figure: its numbers by our words."""

    kind: Figures
    area_code: str
    period: dict
    page: str
    numbers: dict[str, Number] = field(default_factory=dict)

    @property
    def main(self) -> Number:
        """The number that the figure's marks are of: the first that is put anywhere."""
        word = next(iter(self.kind.put.values()))
        return self.numbers.get(word, Number(None, "x", ""))


def read_figures(grid: Grid, header: int, reader: Reader, areas: Areas) -> list[Figure]:
    """Every figure of the table; raises BuildError naming sheet, cell and what was expected."""
    read = _read_long if reader.layout == "long" else _read_wide
    figures = list(read(grid, header, reader, areas))
    if not figures:
        raise BuildError(f"no row holds a figure that the reader '{reader.name}' knows")
    for kind in reader.figures:
        own = [figure for figure in figures if figure.kind is kind]
        _check_percentages(own, kind)
        _check_totals(own, kind, areas)
    return figures


# A row a figure --------------------------------------------------------------------------------


def _read_long(grid: Grid, header: int, reader: Reader, areas: Areas) -> list[Figure]:
    places, found = columns(grid, header, reader), {}
    for row in range(header + 1, grid.height + 1):
        kind = next((kind for kind in reader.figures if _is_of(grid, row, places, kind)), None)
        words = _words(grid, row, reader, places, kind) if kind else {}
        if not any(grid.cells.get((row, place)) for place in words.values()):
            continue            # another figure, a note, or a row without any
        name = grid.text(row, places["area"])
        period = _period(grid, row, places["period"], kind)
        if areas.is_left_out(name) or (kind.months and period["period"][-2:] not in kind.months):
            continue
        code = _area(grid, row, places["area"], name, areas)
        for word, place in words.items():
            ours = word.removeprefix("scotland_")
            number = read_number(grid.text(row, place), grid.where(row, place))
            where = SCOTLAND if ours != word else code
            _add(found, kind, where, period, ours, multiplied(number, kind.multiply.get(ours, 1)),
                 kind.page or ", ".join(str(each[0]) for each in kind.where.values()) or grid.sheet,
                 is_repeated=ours != word)
    return list(found.values())


def _is_of(grid: Grid, row: int, places: Mapping[str, int], kind: Figures) -> bool:
    return all(plain(grid.cells.get((row, places[word]), "")) in {plain(each) for each in values}
               for word, values in kind.where.items())


def _words(grid: Grid, row: int, reader: Reader, places: Mapping[str, int], kind: Figures) -> dict[str, int]:
    """The columns of this row that hold numbers, by our words."""
    if not reader.parts:
        wanted = [*kind.put.values(), *(f"scotland_{word}" for word in kind.put.values())]
        return {word: places[word] for word in wanted if word in places}
    part = grid.cells.get((row, places["part"]), "")
    words = {plain(value): word for word, value in reader.parts.items()}
    if plain(part) in words:
        return {words[plain(part)]: places["value"]}
    if plain(part) in {plain(each) for each in reader.other_parts}:
        return {}
    raise BuildError(f"{grid.where(row, places['part'])}: '{part}' is a new unit; "
                     f"expected {', '.join([*reader.parts.values(), *reader.other_parts])}")


def _add(found: dict, kind: Figures, code: str, period: dict, word: str, number: Number, page: str,
         is_repeated: bool) -> None:
    """Put a number to its figure; the same place twice is refused, unless the layout repeats it and both agree."""
    figure = found.setdefault((kind.collection, tuple(kind.fixed.items()), code, period["period"]),
                              Figure(kind, code, period, page))
    there = figure.numbers.setdefault(word, number)
    if there is not number and not (is_repeated and there.value == number.value):
        raise BuildError(f"{number.where}: {code} {period['period']} stands here and in {there.where}; "
                         "expected it once")


# A row an area, a column a period -----------------------------------------------------------------


def _read_wide(grid: Grid, header: int, reader: Reader, areas: Areas) -> Iterator[Figure]:
    years = _years(grid, header, reader)
    column_marks = {place: marks_of(grid.cells[header, place]) for place in years}
    blocks = [{}]
    for row in range(header + 1, grid.height + 1):
        cells = {place: grid.cells.get((row, place), "") for place in years}
        if not any(cells.values()) or all(without_notes(cells[place]) == year for place, year in years.items()):
            continue            # a title, a note, or the years again
        name = grid.text(row, 1)
        if areas.is_left_out(name):
            continue
        code = _area(grid, row, 1, name, areas, may_be_empty=False)
        if code in blocks[-1]:
            blocks.append({})
        blocks[-1][code] = {place: read_number(grid.text(row, place) + marks, grid.where(row, place))
                            for place, marks in column_marks.items()}
    _check_blocks(grid, reader, blocks)
    for kind in reader.figures:
        for code, numbers in blocks[reader.blocks.index(kind.block)].items():
            for place, number in numbers.items():
                period = _period(grid, header, place, kind)
                yield Figure(kind, code, period, kind.page or grid.sheet,
                             {"value": multiplied(number, kind.multiply.get("value", 1))})


def _years(grid: Grid, header: int, reader: Reader) -> dict[int, str]:
    """The period in the heading of each column, each once."""
    years, seen = period_columns(grid, header, reader), {}
    for place, year in years.items():
        if year in seen:
            raise BuildError(f"{grid.where(header, place)}: {year} is also in "
                             f"{grid.where(header, seen[year])}; expected it once")
        seen[year] = place
    return years


def _check_blocks(grid: Grid, reader: Reader, blocks: list[dict]) -> None:
    """As many blocks as the words say, of the same areas, and the third the difference of the others where it is."""
    names = ", then ".join(reader.blocks)
    if len(blocks) != len(reader.blocks):
        raise BuildError(f"sheet '{grid.sheet}': {len(blocks)} blocks of areas; expected {len(reader.blocks)}: {names}")
    for name, block in zip(reader.blocks, blocks, strict=True):
        if odd := set(block) ^ set(blocks[0]):
            raise BuildError(f"sheet '{grid.sheet}': block '{name}' and block '{reader.blocks[0]}' have not the same "
                             f"areas ({min(odd)}); expected {names}")
    if not reader.difference:
        return
    first, second, third = (blocks[reader.blocks.index(name)] for name in reader.difference)
    for code, numbers in third.items():
        for place, gap in numbers.items():
            whole, part = first[code][place].value, second[code][place].value
            if None not in (whole, part, gap.value) and abs(whole - part - gap.value) > ROUNDING:
                names = reader.difference
                raise BuildError(f"{gap.where}: {gap.value} is not {whole} less {part}; expected {names[2]} to be "
                                 f"{names[0]} less {names[1]}")


# What every layout is held to -------------------------------------------------------------------


def _period(grid: Grid, row: int, place: int, kind: Figures) -> dict:
    text = without_notes(grid.text(row, place))
    period = read_period(text, kind.period)
    if period is None:
        raise BuildError(f"{grid.where(row, place)}: '{text[:40]}' is no period; expected a "
                         f"{kind.period.replace('_', ' ')}")
    return period


def _area(grid: Grid, row: int, place: int, name: str, areas: Areas, may_be_empty: bool = True) -> str:
    if code := areas.find(name) if name or may_be_empty else None:
        return code
    nearest = " or ".join(f"'{each}'" for each in areas.nearest(name))
    such = f", such as {nearest}" if nearest else ""
    raise BuildError(f"{grid.where(row, place)}: '{name}' is no area known; expected a council or Scotland{such}. "
                     "A new name goes into data/reference/area_aliases.csv")


def _check_percentages(figures: list[Figure], kind: Figures) -> None:
    for word in kind.percent:
        numbers = [figure.numbers[word] for figure in figures if word in figure.numbers]
        known = [number for number in numbers if number.value is not None]
        for number in known:
            if not 0 <= number.value <= 100:
                raise BuildError(f"{number.where}: {number.value} is no percentage; expected 0 to 100")
        if known and max(number.value for number in known) <= 1:
            raise BuildError(f"{known[0].where}: every figure is 1 or less; expected percentages, not proportions")


def _check_totals(figures: list[Figure], kind: Figures, areas: Areas) -> None:
    """Where Scotland and every council have a number, the councils add up to Scotland."""
    for word in kind.adds_up:
        periods = defaultdict(dict)
        for figure in figures:
            if word in figure.numbers and figure.numbers[word].value is not None:
                periods[figure.period["period"]][figure.area_code] = figure.numbers[word]
        for period, numbers in periods.items():
            if not areas.partnerships | {SCOTLAND} <= numbers.keys():
                continue
            total = sum(numbers[code].value for code in areas.partnerships)
            if total != numbers[SCOTLAND].value:
                raise BuildError(f"{numbers[SCOTLAND].where}: Scotland {period} is {numbers[SCOTLAND].value:,}, the "
                                 f"councils add up to {total:,}; expected the same ({word.replace('_', ' ')})")
