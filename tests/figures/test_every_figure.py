"""Every recipe, on four editions, for Scotland, a large and a small area, and with each of its choices.

What holds of a figure because it is a value, tested without an app: its CSV is its table, its sentences say no number
that no table holds, what is hidden is hidden everywhere, its evidence ID is it.
"""

import csv
import io
import json
import re
from collections import defaultdict
from itertools import groupby

import pytest

from dashboard.charts import theme
from dashboard.charts.both import BOTH, parted
from dashboard.charts.draw import draw
from dashboard.figure import AREA, NOTHING_CHOSEN, SCOTLAND, Absent, Address, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.packs.table_csv import csv_bytes
from dashboard.words.marks import ALONE, SYNTHETIC_NOTICE
from tests.patterns import repainted

GLASGOW, ORKNEY = "S12000049", "S12000023"      # Orkney sent nothing in the edition `one_missing`
KINDS = ("demonstration", "published", "one_missing", "two_scored")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
AMOUNT = rf"£{NUMBER}(?: (?:m|b)illion| thousand)?"
CLAIMS = re.compile(r"\b(because|thanks to|led to|leads to|due to the|caused?|best|worst|top|bottom|league leader|"
                    r"rose|fell|soared|plunged|outperform\w*|underperform\w*|failing|success rate)\b", re.IGNORECASE)
IN_SCRIPT = {"scatter", "bar", "pie"}      # kinds that assets/plotly/plotly-basic.min.js draws
MOST_OPTIONS, FEW_OPTIONS = 12, 3     # of one choice: enough to meet each kind of figure; few on the other editions


def choices_of(edition, recipe, most):
    """Default choices, three areas, and at most so many values of every other choice, one at a time."""
    names = {chooser.name: chooser for chooser in recipe.choosers}
    areas = [{AREA: code} for code in (SCOTLAND, GLASGOW, ORKNEY)] if AREA in names else [{}]
    given = [area for area in areas if not area or area[AREA] in names[AREA].options(edition, NOTHING_CHOSEN)]
    whole = recipe.resolve(edition, given[0])
    for chooser in recipe.choosers:
        if chooser.name != AREA:
            before = whole if chooser.name in dict(whole.pairs) else NOTHING_CHOSEN
            values = list(chooser.options(edition, before))
            step = max(1, len(values) // most)
            given += [{**given[0], chooser.name: value} for value in values[::step][:most]]
    return given


@pytest.fixture(scope="module")
def made(editions):
    """made(subject): (kind of edition, choice, what the recipe gives) for each recipe, edition and choice, made once."""
    kept = {}

    def in_edition(kind, name):
        if (kind, name) not in kept:
            edition, recipe = editions[kind], recipes.recipe_named(name)
            found = {}
            for given in choices_of(edition, recipe, MOST_OPTIONS if kind == "demonstration" else FEW_OPTIONS):
                try:
                    choice = recipe.resolve(edition, given)
                except ChoiceError:
                    continue        # a value that another choice's default rules out
                found[choice] = recipes.made(edition, name, choice)
            kept[kind, name] = [(kind, choice, things) for choice, things in found.items()]
        return kept[kind, name]

    return lambda subject, kinds=KINDS: [each for name in SUBJECTS[subject] for kind in kinds for each in in_edition(kind, name)]


NAMES = sorted(recipes.recipes())
SUBJECTS = {subject: list(names) for subject, names in groupby(NAMES, lambda name: name.split(".")[0])}
EVERY = pytest.mark.parametrize("subject", SUBJECTS)


def figures(everything):
    return [each for _, _, things in everything for each in things if isinstance(each, Figure)]


def drawings(everything):
    """The figures that are drawn; one whose drawing is the same in another edition, once."""
    held = defaultdict(list)
    for figure in figures(everything):
        place = figure.address.recipe, figure.address.choice, figure.address.item
        if figure.is_drawn and figure.plot not in held[place]:
            held[place].append(figure.plot)
            yield figure


def figures_in(text):
    """Percentages, counts of people, points, pounds and people of every 100. The level of an interval is not a figure."""
    text = re.sub(r"95% (?=interval|band)|99\.8% band", "", text)
    return (set(re.findall(rf"(?<![\d£]){NUMBER}%", text)) | set(re.findall(AMOUNT, text))
            | set(re.findall(rf"{NUMBER}(?= people| (?:percentage )?points)", text)) | set(re.findall(r"\d+ for every 100", text)))


def held_in(table):
    text = " ".join([table.caption, *(column.name for column in table.columns),
                     *(cell.text for row in table.rows for cell in row)])
    rounded = {f"{float(share.replace(',', '')):.0f} for every 100" for share in re.findall(rf"({NUMBER})%", text)}
    return set(re.findall(rf"{NUMBER}%?", text)) | set(re.findall(AMOUNT, text)) | rounded | set(re.findall(r"\d+ for every 100", text))


def numbers_in(text):
    return {float(found.replace(",", "")) for found in re.findall(NUMBER, text)}


def test_there_are_recipes_and_each_says_what_it_is():
    assert len(NAMES) > 60
    for name, recipe in recipes.recipes().items():
        assert re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", name) and (recipe.make.__doc__ or "").strip(), name
        assert recipe.page.startswith("/")


@EVERY
def test_a_csv_holds_every_number_of_its_table_and_no_other(made, subject):
    for figure in figures(made(subject)):
        read = list(csv.reader(io.StringIO(csv_bytes(figure).decode("utf-8-sig"))))
        assert len(read) == len(figure.table.rows) + 1
        for row, line in zip(figure.table.rows, read[1:], strict=True):
            own = line[:read[0].index("figure")]
            assert numbers_in(" ".join(cell.text for cell in row)) == numbers_in(" ".join(own)), (figure.title, row, own)
        assert not figure.is_synthetic or all(SYNTHETIC_NOTICE in line for line in read[1:])
        assert all(figure.evidence_id in line for line in read[1:])


@EVERY
def test_a_figure_carries_all_that_must_travel_with_it(made, editions, subject):
    for kind, figure in [(kind, each) for kind, _, things in made(subject) for each in things if isinstance(each, Figure)]:
        for part in ("title", "subtitle", "unit", "base", "interval", "link"):
            assert getattr(figure, part).strip(), (part, figure.title)
        assert figure.table.rows and figure.table.columns and figure.table.caption
        assert figure.plot is None or figure.plot.alt.strip()
        assert figure.is_synthetic == (editions[kind].synthetic and "partnership returns" in figure.designation.lower())
        assert figure.address.extract_id == editions[kind].extract_id and figure.asked


@EVERY
def test_a_figure_is_the_same_after_it_was_text(made, subject):
    for figure in figures(made(subject)):
        assert Figure.from_json(figure.to_json()) == figure, figure.evidence_id


@EVERY
def test_an_evidence_id_is_the_figure(made, editions, subject):
    for kind, choice, things in made(subject):
        own = figures([(kind, choice, things)])
        for figure in own:
            address = Address.read(figure.evidence_id)
            recipe = recipes.recipe_named(address.recipe)
            assert recipe.resolve(editions[kind], dict(address.choice.pairs)).pairs == figure.address.choice.pairs
            assert (address.extract_id, address.item) == (figure.address.extract_id, figure.address.item)
        if own:
            assert recipes.figure_at(editions[kind], Address.read(own[-1].evidence_id)) == own[-1]


@EVERY
def test_a_sentence_says_no_figure_that_its_tables_do_not_hold(made, editions, subject):
    kept = {}
    for kind, _, things in made(subject):
        for said in (each for each in things if isinstance(each, Said) and figures_in(each.text)):
            assert said.figures, said.text
            held = set()
            for address in said.figures:
                own = recipes.recipe_named(address.recipe).narrowed(address.choice)
                if (kind, address.recipe, own) not in kept:
                    kept[kind, address.recipe, own] = {
                        number for shown in recipes.made(editions[kind], address.recipe, own) if isinstance(shown, Figure)
                        for number in held_in(shown.table) | figures_in(" ".join(shown.notes))}
                held |= kept[kind, address.recipe, own]
            assert not figures_in(said.text) - held, (sorted(figures_in(said.text) - held), said.text)


@EVERY
def test_titles_and_alternatives_say_only_what_the_table_holds(made, subject):
    for figure in figures(made(subject)):
        said = {text: figures_in(text) for text in (figure.title, figure.plot.alt if figure.plot else "")}
        held = held_in(figure.table) if any(said.values()) else set()
        for text, numbers in said.items():
            assert not numbers - held, (sorted(numbers - held), text)


@EVERY
def test_nothing_says_what_caused_a_figure_or_who_leads(made, subject):
    for _, _, things in made(subject):
        for each in things:
            texts = [each.title, each.plot.alt if each.plot else ""] if isinstance(each, Figure) else [
                each.text if isinstance(each, Said) else each.why]
            for text in texts:
                assert not CLAIMS.search(text), (CLAIMS.search(text)[0], text)


@EVERY
def test_what_is_hidden_is_hidden_everywhere(made, subject):
    for figure in figures(made(subject)):
        for row in (figure.plot.rows if figure.plot else ()):
            if set(str(row.get("obs_status") or "").split()) & set(ALONE) and "value" in row:
                assert row["value"] is None and row.get("lower_ci") is None, (figure.title, dict(row))
            if row.get("verdict") in ("better", "worse"):
                assert row["lower_ci"] is not None and row["upper_ci"] is not None, (figure.title, dict(row))
        for row in figure.table.rows:
            for cell in row:
                assert cell.value is None or not set(cell.mark.split()) & set(ALONE), (figure.title, cell)


@EVERY
def test_a_chart_can_be_drawn_light_and_dark_wide_and_narrow(made, subject):
    for figure in drawings(made(subject)):
        for width in (theme.WIDE, theme.NARROW):
            both, *apart = (draw(figure.plot, colours, width) for colours in (BOTH, theme.LIGHT, theme.DARK))
            light, shades = parted(json.dumps(both))
            assert {trace.get("type", "scatter") for trace in both["data"]} <= IN_SCRIPT, figure.title
            assert both["data"] and [json.loads(light), json.loads(repainted(light, shades))] == apart, figure.title


@EVERY
def test_what_is_absent_says_why(made, subject):
    for _, _, things in made(subject):
        for each in things:
            if isinstance(each, Absent):
                assert each.why.strip() and all(label and address.startswith("/") for label, address in each.instead)


@EVERY
def test_the_partnership_that_sent_nothing_has_no_figure_of_its_own(made, subject):
    """Orkney Islands sent no return: a row of it in a figure of returns is [x], never nought."""
    for figure in figures(made(subject, ["one_missing"])):
        for row in figure.table.rows:
            if row[0].text == "Orkney Islands" and figure.designation == "Management information from partnership returns":
                assert not any(re.fullmatch(r"0%?|under \d+%", cell.text) for cell in row[1:]), (figure.title, row)
