"""The map of one measure: its answer in words, its figure, and the chosen council's own."""

from urllib.parse import urlencode

from dashboard.figure import SCOTLAND, Choice, Figure, Said, Table, plot, table
from dashboard.figures import compose, tables, together
from dashboard.figures.places import shading, words
from dashboard.figures.places.view import View, councils_of, view_of
from dashboard.read.edition import Edition, Row
from dashboard.words import differences, numbers

HOW_TO_CHOOSE = "Choose an area above, on the map, on a tile or in the table to read it here and on its own page."
SAVED = "The saved image is the tile grid: every council the same size, with its figure."


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """Which councils can be told apart from Scotland, and how the chosen one compares."""
    view = view_of(edition, choice)
    if view is None:
        return compose.say(edition, choice, ["No figure is held for any council."])
    row, texts = _own_row(view, choice), words.council_sentences(view.judged, view.indicator)
    if row is not None:
        texts = [*texts, _own_sentence(view, row)]
    return compose.at_a_glance(compose.say(edition, choice, texts, "places.map"))


def council_map(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every council on a map, shaded by class, and in a table against Scotland."""
    view = view_of(edition, choice)
    if view is None:
        return ()
    indicator, judged, rows = view.indicator, view.judged, view.answer.rows
    scale = shading.choose_scale(view.councils, indicator)
    on_map, selected = view.map_rows(scale), choice.of("area", SCOTLAND)
    subtitle = f"{indicator.title}, {indicator.unit}, 32 council areas, {view.when}"
    return (compose.figure(
        edition, view.answer, title=words.map_title(judged, indicator, selected), subtitle=subtitle,
        table=_table(_table_rows(view, choice), view, subtitle),
        plot=plot("map", on_map, words.map_alt(judged, indicator, "Map"),
                  **shading.as_options(scale, indicator, selected, shading.key(on_map, scale, view.indicator))),
        unit=indicator.unit, base=indicator.base, interval=numbers.interval_note(rows, indicator),
        notes=(*words.notes_of(judged, indicator), *indicator.caveats, SAVED)),)


def area(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The chosen council's figure in words, and the way to its own page; how to choose where none is chosen."""
    view = view_of(edition, choice)
    if view is None:
        return ()
    row = _own_row(view, choice)
    if row is None:
        return (Said(HOW_TO_CHOOSE),)
    years = _together(view, row)
    texts = [*words.area_sentences(row, view.scotland, view.indicator),
             *(words.together_sentences(years, view.indicator) if years else ())]
    said, = compose.say(edition, choice, [" ".join(texts)], "places.map")
    own = {"id": choice.indicator_id, "area": choice.area_code}
    return (Said(said.text, said.figures, (
        (f"{row['name']}: its own page", f"/partnership?area={choice.area_code}"),
        ("This measure for it", f"/indicator?{urlencode(own)}"))),)


def _own_sentence(view: View, row: Row) -> str:
    """The chosen council against Scotland; its newest years together where one holds too few people."""
    if years := _together(view, row):
        return f"{row['name']}, {words.together_sentences(years, view.indicator)[0]}"
    is_told = row["compared"] not in ("", differences.NOT_COMPARED) and view.indicator.measure != "count"
    against = f", {row['compared']}" if is_told else ""
    return f"{row['name']}: **{numbers.value_text(row, view.indicator, short=True)}**{against}."


def _together(view: View, row: Row | None) -> Row | None:
    """The newest years together of a council that has too few people in one; None of others."""
    return together.instead(view.edition, row, view.indicator) if row is not None else None


def _table_rows(view: View, choice: Choice) -> list[Row]:
    """Every council's row, and the chosen one's newest years together where one year holds too few people."""
    row = _own_row(view, choice)
    years = _together(view, row)
    return [*view.judged, *([years | {"area": f"{row['name']}, {years['period_label']} together"}] if years else [])]


def _own_row(view: View, choice: Choice) -> Row | None:
    """The chosen council's row; None for Scotland."""
    return next((row for row in councils_of(view.judged) if row["area_code"] == choice.area_code), None)


def _table(rows: list[dict], view: View, caption: str) -> Table:
    """Scotland first, then the councils by name: figure, interval, base and comparison."""
    plain = tables.area_table(rows, view.indicator, caption)
    if view.scotland is None or view.indicator.measure == "count":
        return plain
    return table(caption, (*plain.columns, "Against Scotland"),
                 [(*cells, str(row["compared"])) for cells, row in zip(plain.rows, rows, strict=True)])
