"""What stands on each page of the static edition: the dashboard's pages and parts, every part open."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from dashboard.figures.recipes import recipes
from dashboard.figures.search import PAGES
from dashboard.packs.pack import Ask
from dashboard.read.availability import BY_AREA, SCOTLAND_ONLY, name_of
from dashboard.read.equality import MEASURES

EVERY_AREA, PARTNERSHIPS = "every area", "partnerships"
ENTERED = (("id", "entered_work_within_12_months"),)
TELL = (*ENTERED, ("tell", "in_work_at_13_weeks,in_work_at_26_weeks"))


@dataclass(frozen=True)
class Part:
    """One part of a page: its heading ('' for what opens the page), and what is in it.

    key           its name in a link of the dashboard, `?part=key`
    is_national   about Scotland as a whole, whichever area is chosen: on Scotland's page alone
    """

    title: str
    asks: tuple[Ask, ...]
    key: str = ""
    is_national: bool = False


@dataclass(frozen=True)
class Site:
    """One page of the dashboard: the name of its files, its parts, and for which areas it is made ('' for one alone)."""

    name: str
    parts: tuple[Part, ...]
    areas: str = ""


def _part(title: str, *recipes: str | Ask, key: str = "", is_national: bool = False) -> Part:
    return Part(title, tuple(each if isinstance(each, Ask) else Ask(each) for each in recipes), key, is_national)


def _gaps(page: str) -> Part:
    return _part("What nobody publishes yet", Ask("gaps.declared", (("page", page),)), is_national=True)


def _compared(*ways: str) -> tuple[Ask, ...]:
    return tuple(Ask(f"compare.{way}", {"starts": (), "tell": TELL}.get(way, ENTERED)) for way in ways)


def _of_group(by: str, is_national: bool) -> Part:
    """Reach, outcomes and journey of one characteristic."""
    asks = tuple(Ask(f"equality.{name}", (("by", by),)) for name in ("reach", "outcomes", "within", "sure", "journey"))
    return Part(name_of(by), asks, by, is_national)


SITES = (
    Site("headlines", (
        _part("", "headlines.answer", "headlines.answer_figures", "headlines.score", "headlines.cards", "headlines.old", "headlines.lines"),
        _part("What changed", "headlines.changed"),
        _part("Against the national outcomes", "headlines.national"),
        _part("What nobody publishes yet", "gaps.in_brief"))),
    Site("partnership", (
        _part("", "partnership.answer", "partnership.score", "partnership.kind", "partnership.cards", "partnership.lines"),
        _part("What the board may ask", "partnership.questions"),
        _part("Services against Scotland", "partnership.services", "partnership.notes"),
        _part("Is it the mix of people?", *(Ask("partnership.expected", (("outcome", outcome),)) for outcome in MEASURES)),
        _part("Compare without league tables", *_compared("among", "steadied", "ranks", "like", "own", "starts", "tell")),
        _part("Over time", "partnership.assisted"),
        _part("What changed since the last release?", "partnership.changed"),
        _part("How far can its return be trusted?", "partnership.trust", "partnership.trust_figures", "partnership.more_on_trust"),
        _part("The local labour market", "partnership.labour_market", "partnership.employment"),
        _part("Elsewhere", "partnership.elsewhere"), _gaps("partnership")), PARTNERSHIPS),
    Site("jobs", (
        _part("", "jobs.answer", "jobs.missing", "jobs.journey", "jobs.lines"),
        _part("By start cohort", "jobs.cohorts", key="cohorts"),
        _part("By programme", "jobs.programmes", "jobs.timeline", key="programmes"),
        _part("Referral routes", "jobs.routes", "jobs.routes_within", "jobs.sources", key="routes"),
        _part("Status at the start", "jobs.status", "jobs.already", "jobs.qualifications", key="status"),
        _part("Joined-up support", "jobs.support", key="support"),
        _part("Provider sector", "jobs.sectors", "jobs.sectors_within", key="sectors"),
        _part("Waits", "jobs.waits", key="waits"),
        _part("Compare without league tables", *_compared("among", "steadied", "ranks", "starts"), is_national=True),
        _part("Published figures beside these", "jobs.published"), _gaps("jobs")), EVERY_AREA),
    Site("progress", (
        _part("", "progress.answer", "progress.scores", "progress.treated", "progress.lines"),
        _part("Progress", "progress.domains", "progress.bounds", "progress.by_group", "progress.follow_up", key="progress"),
        _part("Over the years", "progress.by_year", "progress.asked_by_year", key="years"),
        _part("How people were treated", "progress.experience", "progress.published_surveys", key="experience"),
        _part("Key worker", "progress.key_worker", key="key-worker"), _gaps("progress")), EVERY_AREA),
    Site("disability-gap", (
        _part("", "gap.answer", "gap.path", "gap.on_track", "gap.tested", "gap.rates", "gap.moved", "gap.reading", "gap.lines"),
        _part("For whom?", Ask("indicator.breakdown", (("id", "disability_employment_gap"), ("area", "S92000003")))),
        _part("The service gap", "gap.service", "gap.participants", "gap.conditions"), _gaps("disability-gap"))),
    Site("equality", (
        _part("", "equality.answer", "equality.answer_figures", "equality.lines"),
        *(_of_group(by, is_national=False) for by in BY_AREA), *(_of_group(by, is_national=True) for by in SCOTLAND_ONLY),
        _part("Every group", "equality.every_group", key="journey"),
        _part("Two characteristics", "equality.disabled_women", "equality.pair", "equality.pairs", key="pairs", is_national=True),
        _part("Partnerships and islands", "equality.places", key="places", is_national=True),
        _part("By programme", "equality.programme_reach", "equality.programme_outcomes", "equality.programmes", key="programmes",
              is_national=True),
        _part("What may be shown of an area", "equality.not_allowed"), _gaps("equality")), EVERY_AREA),
    Site("places", (
        _part("", "places.answer", "places.map", "places.area", "places.lines"),
        _part("Urban and rural", "places.rural_shows", "places.rural", "places.within", key="rural"),
        _part("Kinds of place", "places.mix_shows", "places.mix", "places.typology", key="mix"),
        _part("Islands", "places.islands", key="islands", is_national=True),
        _part("Groups of councils", "places.groups", "places.members", key="groups", is_national=True),
        _part("Cost and access", "places.cost_shows", "places.cost", key="cost"),
        _part("Over time", "places.time", key="time"),
        _part("Two maps", "places.two", key="two", is_national=True), _gaps("places")), EVERY_AREA),
    Site("value", (
        _part("", "value.answer", "value.amounts", "value.lines"),
        _part("Spend and cost", "value.spend", "value.cost_per_start", "value.cost_per_work", "value.beside_groups", key="cost"),
        _part("Funding and need", "value.need", key="need"),
        _part("Rural cost", "value.rural", "value.rural_within", "value.kinds_of_place", key="rural"),
        _part("Published money", "value.benefit", "value.spending", "value.announced", key="published"), _gaps("value")), EVERY_AREA),
    Site("data-quality", (
        _part("", "quality.answer", "quality.answer_figures", "quality.care"),
        _part("Returns and follow-ups", "quality.received", "quality.intervals", key="returns"),
        _part("What is not known", "quality.unknown", key="unknown"),
        _part("Too recent to judge", "quality.recent", "quality.templates", key="recent"),
        _part("What is published", "quality.follow_ups", "quality.responses", "quality.not_known", "quality.publishers", key="published"),
        _part("What nobody publishes yet", "gaps.foremost", "gaps.every", is_national=True)), EVERY_AREA),
    Site("glance", (_part("", "partnership.glance_answer", "partnership.glance"),)),
    Site("national-performance", (
        _part("", "national.answer", "national.status", "national.outcomes", "national.rules", "national.lines"),
        _part("One indicator over time", "national.over_time"), _gaps("national-performance"))),
    Site("about", (
        _part("", "about.answer", "about.following"),
        _part("Releases", "about.releases"), _part("What may be said", "about.saying"), _part("Marks", "about.marks"),
        _part("Glossary", "about.glossary"), _part("Definitions", "about.definitions"), _part("How old is it?", "about.ages"),
        _part("Sources", "about.sources"))),
)
OF_INDICATOR = (
    _part("", "indicator.answer", "indicator.trend"), _part("Areas", "indicator.comparison", "indicator.notes"),
    _part("For whom?", "indicator.breakdown"), _part("What was revised", "indicator.revisions"),
    _part("Definition", "indicator.definition"))
OF_AREA = ("indicator.answer", "indicator.trend", "indicator.breakdown", "indicator.notes", "indicator.revisions")     # of a measure in one area


LAST = "about"      # where a figure stands that no page of the dashboard shows yet


@cache
def sites() -> tuple[Site, ...]:
    """Every page with all its figures: those that are placed above, then what else the dashboard shows on it."""
    placed = {ask.recipe for part in (*OF_INDICATOR, *(part for site in SITES for part in site.parts)) for ask in part.asks}
    others: dict[str, list[str]] = {}
    names = [address.strip("/") or "headlines" for _, address, *_ in PAGES]
    for name, recipe in recipes().items():
        if name not in placed:
            page = recipe.page.strip("/") or "headlines"
            others.setdefault(page if page in names else LAST, []).append(name)
    known = {site.name for site in SITES}
    new = [Site(name, (_part("", *others.pop(name)),), EVERY_AREA) for name in names if name in others and name not in known]
    return (*(replace(site, parts=(*site.parts, *([_part("More", *others[site.name])] if site.name in others else [])))
              for site in SITES), *new)


def asked() -> Mapping[str, str]:
    """Every recipe that some page shows, and the page's name."""
    pages = [*sites(), Site("indicator", OF_INDICATOR)]
    return {ask.recipe: site.name for site in pages for part in site.parts for ask in part.asks}
