"""What kind of place a partnership is, where else it is shown, and how far its return can be trusted."""

from dashboard.figure import Absent, Choice, Figure, Said, plot, table
from dashboard.figures import changes, compose
from dashboard.figures.quality import returned
from dashboard.methods.missing import is_missing
from dashboard.read.edition import Edition

PAGES = {"jobs": "Job outcomes", "progress": "Progress and experience", "equality": "Equality", "places": "Places",
         "value": "Value", "data-quality": "Data quality"}


def kind(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Family groups, region, rural share, people, island, and how that is known."""
    area, groups = edition.areas[choice.area_code], edition.ask("groups", area_code=choice.area_code)
    tags = list(dict.fromkeys(str(row["group_name"]) for row in groups.rows))
    if not is_missing(area["rural_pct"]):
        tags.append(f"{area['rural_pct']:.0f}% of people in rural areas")
    if not is_missing(area["population"]):
        tags.append(f"{area['population']:,.0f} people ({area['population_year']})")
    if area["is_island"] is True:
        tags.append("Island authority")
    if area["note"]:
        tags.append(str(area["note"]))
    title = f"What kind of place {area['name']} is"
    shown = compose.statement(edition, groups, title=title, table=table(title, ("What is known",), [(tag,) for tag in tags]),
                              plot=plot("tags", [{"text": tag} for tag in tags], "; ".join(tags)))
    return (shown,)


def elsewhere(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The same area on the other pages."""
    links = tuple((label, f"/{address}?area={choice.area_code}") for address, label in PAGES.items())
    return (Said(f"{edition.area_name(choice.area_code)} on other pages:", (), links),)


def changed(edition: Edition, choice: Choice) -> tuple[Said | Figure | Absent, ...]:
    """What changed in the area since the edition before: news, revisions and what moved too little, with sizes."""
    found, name = changes.since(edition, choice.area_code), edition.area_name(choice.area_code)
    if found is None:
        return (Absent(changes.NOTHING_BEFORE),)
    return (*compose.say(edition, choice, changes.sentences(found), "partnership.changed"), changes.as_table(edition, found, name))


def trust(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """How far the area's own return can be trusted; nothing where no return is held."""
    return compose.say(edition, choice, returned.sentences(edition, choice.area_code), "partnership.trust_figures")


def trust_figures(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The figures of those sentences."""
    return returned.figures(edition, choice.area_code, "These figures as a table")


def more_on_trust(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The way to the quality of every return, where one is held."""
    link = "Data quality of every partnership", f"/data-quality?area={choice.area_code}"
    return (Said("", (), (link,)),) if returned.holds_returns(edition) else ()
