"""What the indicators and the marks mean."""

from collections.abc import Mapping

from dashboard.figure import Choice, Figure, table
from dashboard.figures import compose
from dashboard.figures.recipe import Chooser
from dashboard.read.edition import Edition
from dashboard.words import marks, phrases, saying
from dashboard.words.glossary import TERMS


def _topics(edition: Edition, _: Choice) -> Mapping[str, str]:
    return {each.topic: phrases.sentence_case(each.topic.replace("_", " ")) for each in edition.catalogue.values()}


TOPIC = Chooser("topic", "Topic", _topics)


def definitions(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """Every indicator of one topic with its definition."""
    topics = _topics(edition, choice)
    if not topics:
        return ()
    chosen = choice.of("topic", next(iter(topics)))
    rows = [(each.title, each.definition, each.unit, each.designation) for each in edition.catalogue.values()
            if each.topic == chosen]
    held = table(f"Definitions: {topics[chosen]}", ("Indicator", "Definition", "Unit", "Status"), rows)
    return (compose.statement(edition, edition.ask("indicators").keep(()), title="Definitions", table=held),)


def marks_in_use(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """The marks used instead of, or beside, a figure."""
    rows = [(f"[{mark}]", f"{meaning}; of a cost, {marks.FEW_FOR_A_COST}" if mark == "c" else meaning)
            for mark, meaning in marks.MARKS.items()]
    held = table("Marks used in every table and chart", ("Mark", "Meaning"), rows)
    return (compose.statement(edition, edition.ask("release").keep(()), title="Marks", table=held),)


def saying_rule(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """When a line to take may be said: the rule itself."""
    rows = [(f"{saying.SIGNS[rule.level]} {rule.level}", rule.why) for rule in saying.RULES]
    rows += [(f"{saying.SIGNS[saying.SAFE]} {saying.SAFE}", f"Otherwise. {why}") for why in dict.fromkeys(saying.WHY_SAFE.values())]
    held = table("Lines to take: the first that holds decides", ("May it be said?", "Why"), rows)
    return (compose.statement(edition, edition.ask("release").keep(()), title="What may be said", table=held,
                              notes=["It is the same rule on every page. It is not a judgement by a person."]),)


def glossary(edition: Edition, _: Choice) -> tuple[Figure, ...]:
    """Every term and its meaning, by the alphabet."""
    rows = [(phrases.sentence_case(term.name), term.meaning) for term in sorted(TERMS, key=lambda term: term.name.casefold())]
    held = table("Terms of this dashboard", ("Term", "Meaning"), rows)
    return (compose.statement(edition, edition.ask("release").keep(()), title="Glossary", table=held),)
