"""Which measure a part of the page shows, said where it is not the one chosen above."""

from dashboard.figure import Choice, Said
from dashboard.figures.places.rurality import ACCESS, COST
from dashboard.read.edition import Edition


def rural_shows(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The measure shown by urban-rural class, where it is another than the one chosen for the map."""
    chosen, shown = edition.catalogue.get(choice.indicator_id), edition.catalogue.get(choice.of("rural"))
    if chosen is None or shown is None or shown is chosen:
        return ()
    return (Said(f"**Another measure in this part:** {shown.title}, not {_small(chosen.title)}."),)


def mix_shows(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """That this part is about where people live, whatever measure is chosen."""
    chosen = edition.catalogue.get(choice.indicator_id)
    return () if chosen is None else (Said(f"**Another measure in this part:** where people live, not {_small(chosen.title)}."),)


def cost_shows(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """The measures shown by how rural councils are, where the one chosen is neither."""
    chosen = edition.catalogue.get(choice.indicator_id)
    held = [edition.catalogue[name].title for name in (COST, ACCESS) if name in edition.catalogue]
    if chosen is None or not held or choice.indicator_id in (COST, ACCESS):
        return ()
    return (Said(f"**Other measures in this part:** {' and '.join(held)}, not {_small(chosen.title)}."),)


def _small(title: str) -> str:
    return f"{title[:1].lower()}{title[1:]}"
