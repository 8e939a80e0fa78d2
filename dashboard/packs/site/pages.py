"""Every page of the static edition, made from recipes and written as files that need no script and no network."""

import hashlib
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import quote

from markdown_it import MarkdownIt
from markupsafe import Markup

from dashboard import markup, paths
from dashboard.charts import picture
from dashboard.charts.draw import draw, least_width
from dashboard.charts.theme import LIGHT
from dashboard.figure import AREA, INDICATOR, SCOTLAND, Absent, Figure, Said
from dashboard.figures import recipes
from dashboard.figures.recipe import Shown
from dashboard.figures.search import PAGES
from dashboard.packs.pack import Ask, taken
from dashboard.packs.site import links
from dashboard.packs.site.contents import EVERY_AREA, OF_AREA, OF_INDICATOR, Part, Site, sites
from dashboard.read.edition import Edition, open_edition
from dashboard.words.marks import SYNTHETIC_NOTICE, legend_text, notice_of, restricted_notice
from dashboard.words.periods import day

NAME = "Employability outcomes, Scotland"
STYLE, PICTURES = "site.css", "pictures"
ACROSS = 720        # pixels of a picture: its letters can be read on paper, and on a phone where it is moved aside
STATEMENTS = ("about", "disclosure", "releases", "data")      # our own words on Data and methods, that hold of this edition too
QUESTIONS = {address.strip("/") or "headlines": (title, question) for title, address, question, _ in PAGES}
MIXED = ("Demonstration data: the figures marked so on this page are made up, not about real people or real performance. "
         "The others are published.")
ELSEWHERE = "The figures on this page are published. Demonstration data, made up, is on other pages of this edition."
NATIONAL = "What is about Scotland as a whole stands on Scotland's page."
MEASURE = "What this measure is, and Scotland's figures."


@dataclass(frozen=True)
class Sheet:
    """One file to come: where, what its heading says, and its parts for one area; `above` is (words, file) of what it is a part of."""

    file: str
    name: str
    title: str
    heading: str
    area_code: str
    parts: tuple[Part, ...]
    areas: str = ""
    above: tuple[str, str] = ("", "")


def write(edition: Edition, out: Path, areas: Sequence[str] = (), indicators: Sequence[str] = (), processes: int = 1) -> Iterator[Path]:
    """Write the whole edition into `out`, a file after another; gives each page's path once it is there.

    `areas` and `indicators`: only these, and Scotland; every one where none is named. `processes`: how many work at once;
    an edition before its hour is written by one. Raises OSError where the folder cannot be written.
    """
    (out / PICTURES).mkdir(parents=True, exist_ok=True)
    for path in (out / PICTURES).glob("*.svg"):      # of an earlier writing into the same folder
        path.unlink()
    shutil.copyfile(paths.ASSETS / STYLE, out / STYLE)
    sheets = _sheets(edition, areas, indicators)
    files = {sheet.file for sheet in sheets} | {links.AREAS, links.EVIDENCE, links.INDICATORS}
    files |= {f"{sheet.file}#{links.place_of(part.key)}" for sheet in sheets for part in sheet.parts if part.key}
    places: dict[str, tuple[str, str]] = {}
    for paths_written, found in _every_page(edition, out, sheets, files, 1 if edition.restricted else processes):
        yield from paths_written
        places = found | places
    yield _save(out, links.AREAS, _areas_page(edition, sheets, files))
    yield _save(out, links.INDICATORS, _indicators_page(edition, sheets, files))
    yield _save(out, links.EVIDENCE, _evidence_page(edition, places, files))


def _every_page(edition: Edition, out: Path, sheets: Sequence[Sheet], files: Collection[str],
                processes: int) -> Iterator[tuple[list[Path], dict[str, tuple[str, str]]]]:
    """The pages of each area, and of each measure, in their order: their paths, and where each figure stands in them."""
    together: dict[object, list[Sheet]] = {}
    for sheet in sheets:
        together.setdefault(sheet.area_code or (sheet.name, Path(sheet.file).stem.removesuffix(links.BY_AREA)), []).append(sheet)
    if processes == 1:
        yield from (_pages(edition, own, files, out) for own in together.values())
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (edition.extract.path, files, out)) as pool:
        yield from pool.map(_pages_of_process, together.values())


_PROCESS: list[object] = []      # of a process that writes pages: its edition, every file to come, and the folder


def _begin(extract: Path, files: Collection[str], out: Path) -> None:
    _PROCESS[:] = (open_edition(extract), files, out)


def _pages_of_process(sheets: Sequence[Sheet]) -> tuple[list[Path], dict[str, tuple[str, str]]]:
    edition, files, out = _PROCESS
    return _pages(edition, sheets, files, out)


def _pages(edition: Edition, sheets: Sequence[Sheet], files: Collection[str], out: Path) -> tuple[list[Path], dict[str, tuple[str, str]]]:
    places: dict[str, tuple[str, str]] = {}
    return [_save(out, sheet.file, _page(edition, sheet, files, places, out)) for sheet in sheets], places


def _sheets(edition: Edition, areas: Sequence[str], indicators: Sequence[str]) -> list[Sheet]:
    codes = [code for code in edition.areas if not areas or code in (*areas, SCOTLAND)]
    names = [name for name in edition.catalogue if not indicators or name in indicators]
    made = [sheet for site in sites() for sheet in _of_site(edition, site, codes)]
    return [*made, *(_of_indicator(edition, name) for name in names), *_by_area(edition, codes, names)]


def _of_site(edition: Edition, site: Site, codes: Sequence[str]) -> Iterator[Sheet]:
    title, question = QUESTIONS[site.name]
    if not site.areas:
        yield Sheet(links.file_of(site.name), site.name, title, question, "", site.parts)
    for code in codes if site.areas else ():
        if code != SCOTLAND or site.areas == EVERY_AREA:
            yield Sheet(links.file_of(site.name, code), site.name, f"{title}: {edition.area_name(code)}",
                        f"{edition.area_name(code)}: {question[:1].lower()}{question[1:]}", code, site.parts, site.areas,
                        (NATIONAL, links.file_of(site.name, SCOTLAND)) if site.areas == EVERY_AREA and code != SCOTLAND else ("", ""))


def _of_indicator(edition: Edition, name: str) -> Sheet:
    title = edition.catalogue[name].title
    parts = tuple(Part(part.title, tuple(Ask(ask.recipe, _choices(ask.recipe, name)) for ask in part.asks)) for part in OF_INDICATOR)
    return Sheet(f"indicator/{name}.html", "indicator", title, title, "", parts)


def _choices(recipe: str, indicator_id: str, area_code: str = SCOTLAND) -> tuple[tuple[str, str], ...]:
    has_area = any(each.name == AREA for each in recipes.recipe_named(recipe).choosers)
    return ((INDICATOR, indicator_id), *(((AREA, area_code),) if has_area else ()))


def _by_area(edition: Edition, codes: Sequence[str], names: Sequence[str]) -> Iterator[Sheet]:
    """One page a measure that partnerships have a figure of: a part an area, each with a place of its own."""
    held: dict[str, list[str]] = {name: [] for name in names}
    for code in (each for each in codes if each != SCOTLAND):
        for row in edition.ask("latest", area_code=code, indicators=None).rows:
            if row["indicator_id"] in held:
                held[row["indicator_id"]].append(code)
    for name, own in held.items():
        if own:
            title = f"{edition.catalogue[name].title}: each area over time"
            parts = tuple(Part(edition.area_name(code), tuple(Ask(recipe, _choices(recipe, name, code)) for recipe in OF_AREA), code)
                          for code in own)
            yield Sheet(links.by_area(name), "indicator", title, title, "", parts, above=(MEASURE, f"indicator/{name}.html"))


def _page(edition: Edition, sheet: Sheet, files: Collection[str], places: dict[str, tuple[str, str]], out: Path) -> str:
    """A page's HTML; its pictures are written, and `places` learns where each of its figures stands."""
    shown: set[str] = set()
    parts = []
    for part in sheet.parts:
        things = [_placed(each, sheet, shown, places, out) for each in _things(edition, sheet, part)]
        if things := [each for each in things if each]:
            parts.append({"title": part.title, "id": links.place_of(part.key or part.title), "things": things})
    words = [Markup(MarkdownIt("commonmark", {"html": False}).render((paths.ASSETS / "words" / f"{name}.md").read_text(encoding="utf-8")))
             for name in STATEMENTS] if sheet.name == "about" else []
    made_up = [thing["figure"].is_synthetic for part in parts for thing in part["things"] if thing["kind"] == "figure"]
    notice = SYNTHETIC_NOTICE if made_up and all(made_up) else MIXED if any(made_up) else ELSEWHERE
    return _rendered("site_page", edition, sheet, files, notice if edition.synthetic else "", page_parts=parts, words=words,
                     others=_others(edition, sheet, files))


def _things(edition: Edition, sheet: Sheet, part: Part) -> Iterator[Shown]:
    """What a part gives on this sheet: what is the same for every area stands on Scotland's page alone."""
    is_areas_own = sheet.areas == EVERY_AREA and sheet.area_code != SCOTLAND
    if part.is_national and is_areas_own:
        return
    for ask in part.asks:
        has_area = any(each.name == AREA for each in recipes.recipe_named(ask.recipe).choosers)
        if has_area or not is_areas_own:
            yield from taken(edition, sheet.area_code or SCOTLAND, (ask,))


def _placed(thing: Shown, sheet: Sheet, shown: set[str], places: dict[str, tuple[str, str]], out: Path) -> dict[str, object] | None:
    """A thing ready for the template; None where the page has it already, or it says nothing."""
    if isinstance(thing, Said):
        return {"kind": "said", "said": thing} if thing.text or thing.links else None
    if isinstance(thing, Absent):
        return {"kind": "absent", "absent": thing}
    if thing.evidence_id in shown:
        return None
    shown.add(thing.evidence_id)
    places.setdefault(thing.evidence_id, (thing.title, f"{sheet.file}#{quote(thing.evidence_id)}"))
    return {"kind": "figure", "figure": thing, "picture": _picture(thing, out), "notice": notice_of(thing),
            "legend": legend_text(thing.marks)}


def _picture(figure: Figure, out: Path) -> str:
    """The chart's file, written once; '' of a table, and of a map that only a browser draws."""
    if not figure.is_drawn:
        return ""
    name = f"{PICTURES}/{hashlib.sha256(figure.evidence_id.encode()).hexdigest()[:16]}.svg"
    if not (out / name).exists():
        try:
            width = max(ACROSS, least_width(figure.plot))
            drawn = picture.svg(draw(figure.plot, LIGHT, width), picture.Words(""), LIGHT, width)
        except ValueError:
            return ""
        (out / name).write_text(drawn, encoding="utf-8")
    return name


def _others(edition: Edition, sheet: Sheet, files: Collection[str]) -> list[tuple[str, str]]:
    """(name, file) of the same page for every other area."""
    if sheet.name == "indicator":
        own = links.by_area(Path(sheet.file).stem)
        places = [(str(row["name"]), f"{own}#{links.place_of(code)}") for code, row in edition.areas.items()]
        return [(name, place) for name, place in places if place in files]
    if not sheet.areas:
        return []
    made = [(str(row["name"]), links.file_of(sheet.name, code)) for code, row in edition.areas.items() if code != sheet.area_code]
    return [(name, file) for name, file in made if file in files]


def _areas_page(edition: Edition, sheets: Sequence[Sheet], files: Collection[str]) -> str:
    rows = [(edition.area_name(code), [(QUESTIONS[sheet.name][0], sheet.file) for sheet in sheets if sheet.area_code == code])
            for code in edition.areas]
    return _rendered("site_areas", edition, Sheet(links.AREAS, "areas", "Every area", "Every area", "", ()), files,
                     rows=[row for row in rows if row[1]])


def _indicators_page(edition: Edition, sheets: Sequence[Sheet], files: Collection[str]) -> str:
    by_topic: dict[str, list[tuple[str, str]]] = {}
    for sheet in sheets:
        if sheet.name == "indicator" and Path(sheet.file).stem in edition.catalogue:
            topic = edition.catalogue[Path(sheet.file).stem].topic.replace("_", " ")
            by_topic.setdefault(f"{topic[:1].upper()}{topic[1:]}", []).append((sheet.title, sheet.file))
    title, question = QUESTIONS["indicator"]
    return _rendered("site_areas", edition, Sheet(links.INDICATORS, "indicator", title, question, "", ()), files,
                     rows=[(topic, sorted(each)) for topic, each in sorted(by_topic.items())])


def _evidence_page(edition: Edition, places: Mapping[str, tuple[str, str]], files: Collection[str]) -> str:
    rows = [(evidence_id, title, place) for evidence_id, (title, place) in sorted(places.items())]
    return _rendered("site_evidence", edition, Sheet(links.EVIDENCE, "evidence", "Evidence", "Every figure by its evidence ID", "", ()),
                     files, rows=rows)


def _rendered(template: str, edition: Edition, sheet: Sheet, files: Collection[str], notice: str | None = None, **values: object) -> str:
    """A page with its frame, every link a way between files."""
    area = sheet.area_code or SCOTLAND
    navigation = [(title, _same_area(name, area, files), name == sheet.name) for name, (title, _) in QUESTIONS.items()]
    navigation += [("Every area", links.AREAS, sheet.name == "areas"), ("Evidence", links.EVIDENCE, sheet.name == "evidence")]
    cut_off = f"returns to {day(edition.cut_off)}" if edition.has_returns else f"published figures to {day(edition.cut_off)}"
    if notice is None:
        notice = ELSEWHERE if edition.synthetic else ""
    html = markup.render(
        template, sheet=sheet, site=NAME, navigation=navigation,
        notice=" ".join(filter(None, (restricted_notice(edition.restricted), notice))),
        edition=f"Edition {edition.edition}, {cut_off}; made {day(edition.built_at)}; extract {edition.extract_id}",
        to=lambda file: links.between(sheet.file, file), **values)
    return links.relinked(html, sheet.file, files)


def _same_area(name: str, area_code: str, files: Collection[str]) -> str:
    """The file of a page for this area, else for Scotland or the list it is chosen from."""
    own = links.INDICATORS if name == "indicator" else links.file_of(name, area_code)
    return own if own in files else links.file_at(f"/{'' if name == 'headlines' else name}", files)


def _save(out: Path, file: str, html: str) -> Path:
    path = out / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, encoding="utf-8")
    return path
