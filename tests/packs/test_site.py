"""The static edition: every page and part, no script, nothing asked of anybody, the same figures to the digit."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from click.testing import CliRunner

from dashboard import cli
from dashboard.figure import Address
from dashboard.figures import recipes
from dashboard.packs.pack import plain_text
from dashboard.packs.site import contents, links, pages
from dashboard.read.availability import BY_AREA, SCOTLAND_ONLY

ORKNEY, GLASGOW, SCOTLAND = "S12000023", "S12000049", "S92000003"
INDICATORS = ("entered_work_within_12_months", "disability_employment_gap")


class Read(HTMLParser):
    """One page as read: its links, what it loads, its ids, and the cells of each figure's table by evidence ID."""

    def __init__(self, text):
        super().__init__()
        self.links, self.loads, self.ids, self.tables, self.tags = [], [], [], {}, []
        self.figure, self.cell, self.alts = None, None, []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "a":
            self.links.append(given["href"])
        if tag in ("img", "link", "script", "iframe", "source"):
            self.loads.append(given.get("src") or given.get("href"))
            self.alts += [given.get("alt", "")] if tag == "img" else []
        if tag == "section":
            self.figure = given["id"]
            self.tables[self.figure] = []
        if tag == "tr" and self.figure:
            self.tables[self.figure].append([])
        if tag in ("td", "th") and self.figure:
            self.cell = ""

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[self.figure][-1].append(self.cell)
            self.cell = None
        if tag == "section":
            self.figure = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


def with_few_groups(site):
    """The page with the first of its many parts of one shape: those of a characteristic."""
    groups = {each.key for each in site.parts if each.key in {**BY_AREA, **SCOTLAND_ONLY}}
    return replace(site, parts=tuple(part for part in site.parts if part.key not in groups or part.key in ("sex", "disabled", "religion")))


@pytest.fixture(scope="module")
def folder(edition, tmp_path_factory):
    """The static edition of Scotland and two partnerships, of fewer groups of people than are held."""
    out = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "sites", lambda: tuple(map(with_few_groups, contents.sites())))
        list(pages.write(edition, out, (ORKNEY, GLASGOW), INDICATORS))
    return out


@pytest.fixture(scope="module")
def read(folder):
    """{file: what is read of it}."""
    return {str(path.relative_to(folder)): Read(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}


def test_every_recipe_has_its_place(edition):
    assert set(contents.asked()) == set(recipes.recipes())


def test_every_page_is_there_for_scotland_and_each_partnership(edition, read):
    for site in contents.sites():
        areas = {contents.EVERY_AREA: (SCOTLAND, ORKNEY, GLASGOW), contents.PARTNERSHIPS: (ORKNEY, GLASGOW)}.get(site.areas, ("",))
        assert all(links.file_of(site.name, area) in read for area in areas)
    assert {links.AREAS, links.EVIDENCE, links.INDICATORS, *(f"indicator/{name}.html" for name in INDICATORS)} <= set(read)
    assert links.by_area(INDICATORS[0]) in read
    whole = [sheet.file for sheet in pages._sheets(edition, (), ())]
    assert len(whole) == len(set(whole)) > 7 * 33 + len(edition.catalogue)


def test_no_link_is_broken(folder, read):
    """Each leads to a file that is there and, where it names a place in it, to a place that is there."""
    checked = 0
    for file, page in read.items():
        for link in page.links:
            if re.match(r"https?://", link):
                continue
            path, _, place = link.partition("#")
            target = str(((folder / file).parent / path).resolve().relative_to(folder.resolve())) if path else file
            assert target in read or (folder / target).is_file(), (file, link)
            assert not place or unquote(place) in read[target].ids, (file, link)
            checked += 1
    assert checked > 1000


def test_nothing_is_asked_of_anybody_and_no_script_is_needed(folder, read):
    for file, page in read.items():
        assert not {"script", "iframe", "button", "form", "input"} & set(page.tags), file
        for address in page.loads:
            assert not re.match(r"\w+:|//", address) and ((folder / file).parent / address).is_file(), (file, address)
    for path in [*folder.rglob("*.svg"), folder / pages.STYLE]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|url\(\s*['\"]?(?!#)|(?:href|src)=\"(?!#)|<script", text), path.name


def test_every_number_and_mark_is_the_figures_own(edition, read):
    """Every cell of every table is the cell of the figure that its evidence ID finds."""
    found = {}
    for file, page in read.items():
        for evidence_id, rows in page.tables.items():
            figure = found.setdefault(evidence_id, recipes.figure_at(edition, Address.read(evidence_id)))
            held = [[column.name for column in figure.table.columns], *([cell.text for cell in row] for row in figure.table.rows)]
            assert [[text.strip() for text in row] for row in rows] == [[plain_text(text).strip() for text in row] for row in held], (file, evidence_id)
    assert len(found) > 200
    assert any("[u]" in cell.text or "[c]" in cell.text for figure in found.values() for row in figure.table.rows for cell in row)


def test_every_figure_is_found_by_its_evidence_id(read):
    shown = {evidence_id for page in read.values() for evidence_id in page.tables}
    assert shown == {each for each in read[links.EVIDENCE].ids if each != "main"}


def test_each_measure_has_each_area_and_links_lead_there(edition, read):
    """A link to a measure in an area leads to that area's figure, where one is held."""
    held = read[links.by_area(INDICATORS[0])]
    for code in (ORKNEY, GLASGOW):
        assert links.place_of(code) in held.ids
        assert any(f"indicator.trend:area={code};" in evidence_id for evidence_id in held.tables)
        assert f"{INDICATORS[0]}-by-area.html#{links.place_of(code)}" in read[f"indicator/{INDICATORS[0]}.html"].links
    assert links.by_area(INDICATORS[1]) not in read, "the population's gap is held for Scotland alone"
    sheets = [sheet for sheet in pages._sheets(edition, (), ()) if sheet.file.endswith(f"{links.BY_AREA}.html")]
    codes = {code for code, row in edition.areas.items() if row["area_type"] == "partnership"}
    assert len(sheets) > 50 and set().union(*({part.key for part in sheet.parts} for sheet in sheets)) == codes


def test_several_processes_write_the_same_files(edition, tmp_path):
    sheets = [each for each in pages._sheets(edition, (ORKNEY,), INDICATORS) if each.name == "indicator"]
    files = {sheet.file for sheet in sheets}
    written = {}
    for processes in (1, 2):
        out = tmp_path / str(processes)
        (out / pages.PICTURES).mkdir(parents=True)
        places = [found for _, found in pages._every_page(edition, out, sheets, files, processes)]
        written[processes] = places, {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*.*")}
    assert written[1] == written[2] and len(written[1][1]) > len(sheets)


def test_demonstration_data_is_said_on_every_page_and_beside_each_made_up_figure(folder, read):
    for file in read:
        assert "Demonstration data" in (folder / file).read_text(encoding="utf-8").split("<h1>")[0], file


def test_pictures_have_words(read):
    alts = [alt for page in read.values() for alt in page.alts]
    assert len(alts) > 100 and all(alt.strip() for alt in alts)


def test_without_returns_nothing_is_said_of_demonstration(published_extract, tmp_path):
    from dashboard.read.edition import current

    list(pages.write(current(published_extract.parent), tmp_path, (ORKNEY,), INDICATORS[1:]))
    written = [path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")]
    assert len(written) > 15 and not any("Demonstration data" in text for text in written)


def test_text_of_others_is_text(edition, folder):
    """A note of a partnership, a title or a name never becomes markup."""
    odd = pages.Sheet("odd.html", "headlines", "<script>alert(1)</script>", "<b>bold</b> & more", "", ())
    html = pages._page(edition, odd, {"index.html"}, {}, folder)
    assert "<script" not in html and "&lt;b&gt;bold&lt;/b&gt; &amp; more" in html


def test_an_area_that_does_not_exist_is_answered_with_the_nearest(tmp_path):
    result = CliRunner().invoke(cli.main, ["site", "--area", "Orkny", "--out", str(tmp_path)])
    assert result.exit_code == 2 and "S12000023 (Orkney Islands)" in result.stderr
