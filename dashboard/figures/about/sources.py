"""Every publication behind a figure, and how many figures come from how many."""

from collections.abc import Mapping

from dashboard.figure import Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.recipe import Chooser
from dashboard.read.edition import Edition, Row
from dashboard.words import phrases

EVERY, RETURNS = "all", "partnership_returns"
COLUMNS = ("Title", "Publisher", "Edition", "Status", "Licence", "Figures")


def _named(edition: Edition) -> list[Row]:
    """The publications that a figure names."""
    return [row for row in edition.ask("sources").rows if row["figures"]]


def _publishers(edition: Edition, _: Choice) -> Mapping[str, str]:
    held = dict.fromkeys(str(row["publisher"]) for row in _named(edition))
    return {EVERY: "Every publisher", **{name: name for name in held}}


PUBLISHER = Chooser("publisher", "Publisher", _publishers, EVERY)


def answer(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """How many figures, from how many publications, and whether any are made up for demonstration."""
    rows = _named(edition)
    if not rows:
        return compose.say(edition, choice, ["This edition holds no figure."])
    published = [row for row in rows if row["source_id"] != RETURNS]
    figures, own = (sum(int(row["figures"]) for row in held) for held in (
        published, [row for row in rows if row["source_id"] == RETURNS]))
    publishers = {row["publisher"] for row in published}
    texts = [f"**{figures:,} published figures** come from {phrases.plural(len(published), 'publication')}.",
             f"They are by {phrases.plural(len(publishers), 'publisher')}, and each can be followed to its publication and page."]
    if own:
        kind = "are made up for demonstration" if edition.synthetic else "come from partnership returns"
        texts.append(f"Another **{own:,} figures** {kind}, and say so.")
    return compose.say(edition, choice, texts, "about.sources", "about.definitions")


def sources(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every publication that a figure names, with its licence and status."""
    chosen = choice.of("publisher", EVERY)
    rows = [row for row in _named(edition) if chosen in (EVERY, row["publisher"])]
    lines = [(*(str(row[name] or "") for name in ("title", "publisher", "edition", "designation", "licence")),
              f"{row['figures']:,}") for row in rows]
    return (compose.statement(edition, edition.ask("sources").keep(()), title=phrases.plural(len(rows), "publication"),
                              table=table("Sources", COLUMNS, lines, {5})),)
