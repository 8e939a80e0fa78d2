"""Where it comes from: sources counted, dates that are held and none invented, every mark and definition."""

from dashboard.figure import Choice
from dashboard.figures import recipes


def made(edition, name, **chosen):
    return recipes.made(edition, f"about.{name}", Choice(choices=tuple(chosen.items())))


def texts(figure):
    return [[cell.text for cell in row] for row in figure.table.rows]


def test_the_marks_say_what_a_hidden_cost_is(edition):
    [shown] = made(edition, "marks")
    assert ["[c]", "confidential: too few people to show; of a cost, too few people for a reliable figure"] in texts(shown)


def test_the_release_calendar_gives_only_dates_that_are_held(editions):
    [shown] = made(editions["published"], "releases")
    rows, held = texts(shown), {row["edition"] for row in editions["published"].ask("sources").rows}
    assert rows[0][0] == "This dashboard" and len(rows) >= 4
    for row in rows[1:]:
        assert row[2] in held and row[4] in held | {"[x] not held"}
    assert "No source held gives the date of its next one" in shown.table.caption and len(shown.table.columns) == len(rows[0]) == 5
    assert any("edition" in row[4] for row in rows)      # the summary of which several are held


def test_the_answer_counts_the_publications_of_its_table(edition, editions):
    said = " ".join(each.text for each in made(edition, "answer"))
    [shown] = made(edition, "sources")
    made_up = {row[0].text: row[5].value for row in shown.table.rows if "made up" in row[0].text}
    published = [row[5].value for row in shown.table.rows if row[0].text not in made_up]
    assert len(made_up) == 1 and f"Another **{sum(made_up.values()):,.0f} figures**" in said
    assert f"**{sum(published):,.0f} published figures** come from {len(published)} publications" in said
    assert "made up for demonstration" in said
    assert "made up" not in " ".join(each.text for each in made(editions["published"], "answer"))


def test_every_publisher_that_can_be_chosen_has_publications(edition):
    [publisher] = recipes.recipe_named("about.sources").choosers
    for name in publisher.options(edition, Choice()):
        [shown] = made(edition, "sources", publisher=name)
        assert shown.table.rows and (name == "all" or {row[1] for row in texts(shown)} == {name})


def test_definitions_are_those_of_the_topic_chosen(edition):
    [topic] = recipes.recipe_named("about.definitions").choosers
    held = [title for name in topic.options(edition, Choice()) for title, *_ in texts(made(edition, "definitions", topic=name)[0])]
    assert sorted(held) == sorted(each.title for each in edition.catalogue.values())
