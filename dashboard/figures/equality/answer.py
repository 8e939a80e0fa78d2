"""The page's answer: are they reached, does it work for them, how much is unknown, and how sure we are."""

from dashboard.figure import Absent, Choice, Figure, Said, table
from dashboard.figures import compose
from dashboard.figures.equality import held, outcomes, reach, tables, views, words
from dashboard.figures.equality.choosers import measure_of
from dashboard.read import equality
from dashboard.read.edition import Edition
from dashboard.read.equality import Breakdown, Gap, Group

FIGURES = "equality.answer_figures"
COUNTS = ("Every count is within 4 of the true figure, a few within 9.", "Intervals allow for that rounding.",
          "Everyone who started is counted, so intervals show chance variation, not the error of a sample.")


def answer(edition: Edition, choice: Choice) -> tuple[Said | Absent, ...]:
    """Are they reached, does it work for them, how much is unknown: from the rows of the figures below."""
    if not edition.has_returns:
        return compose.say(edition, choice, [words.NO_RETURNS,
                                             "What is published, and the population figures held, are below."])
    shown, measure = held.load(edition, choice), measure_of(choice)
    if isinstance(shown, Absent):
        return (shown,) if shown.instead else compose.say(edition, choice, ["This edition holds no figures for this view."])
    if shown.overlaps:
        return compose.say(edition, choice, [f"**{shown.label}**: each group is read by itself, against everyone else; "
                                             "they overlap and are never added up."])
    (found, rows), *_ = held.reached(edition, shown)
    reached = words.reach_sentences(found, rows, shown.label)
    fared = [text for each in shown.over(held.outcome_years(edition, measure))[:1]
             for text in words.gap_sentences(each, equality.gaps(each, measure), measure)]
    # Both halves of the question before the rest of either: a rate never without what may be said of it.
    texts = [*reached[:2], " ".join(fared[:2]), *reached[2:], *fared[2:], *words.unknown_sentences(found)]
    said = compose.at_a_glance(compose.say(edition, choice, texts, FIGURES))
    return tuple(sorted(said, key=lambda each: each.text not in reached))


def disabled_women(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """How many disabled women are reached and how they fare: Scotland only, and why no smaller place is shown."""
    shown, measure = held.load(edition, choice), measure_of(choice)
    if isinstance(shown, Absent):
        return ()
    name = equality.MEASURES[measure]
    pair, gaps = _disabled_women(edition, shown, measure)
    if not gaps:
        return ()
    texts = [text for gap in gaps for text in words.one_gap_sentences(gap, name)]
    return compose.say(edition, choice, [words.pair_reached(pair, gaps[0].group), " ".join(texts), views.WHY_PAIRS], FIGURES)


def answer_figures(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """The figures of those sentences as tables: who is reached, how they fare, and disabled women in Scotland."""
    shown, measure = held.load(edition, choice), measure_of(choice)
    if isinstance(shown, Absent):
        return (shown,)
    if shown.overlaps:
        return ()
    pairs, name = held.reached(edition, shown)[:1], equality.MEASURES[measure].lower()
    found = pairs[0][0]
    caption = f"{shown.label}: who is reached, {found.area}, started {words.years(found)}"
    made = [compose.figure(
        edition, shown.answer.joined_by(*held.populations(edition, shown)), title=caption, subtitle=caption,
        table=tables.reach_table(caption, pairs), unit=reach.UNIT, base=reach.BASE, interval=reach.INTERVAL,
        notes=[words.RULE, words.NEED_NOTE, words.unclaimed(found), *found.footnotes])]
    made += [_gap_figure(edition, shown.answer, f"{shown.label}: {name}", each, equality.gaps(each, measure))
             for each in shown.over(held.outcome_years(edition, measure))[:1]]
    pair, gaps = _disabled_women(edition, shown, measure)
    if gaps:
        made.append(_pair_figure(edition, held.load_pair(edition, "sex_disabled", measure)[1], pair, gaps[0].group))
        made.append(_gap_figure(edition, held.load_pair(edition, "sex_disabled", measure)[1], f"Disabled women: {name}",
                                pair, gaps))
    return tuple(made)


def _pair_figure(edition: Edition, asked, found: Breakdown, group: Group) -> Figure:
    """How many of the people who started are of both groups of a pair."""
    caption = f"{group.label}: who is reached, {found.area}, started {words.years(found)}"
    return compose.figure(
        edition, asked, title=caption, subtitle=caption, unit=reach.UNIT, base=reach.BASE,
        table=table(caption, ("Group", "People who started", "People whose answers are known", "Share"),
                    [(group.label, words.count(group.starts), f"{found.known:,.0f}", words.share(group, found.known))], {1, 2, 3}),
        interval="None: no population of the pair is compared with.", notes=found.footnotes)


def _gap_figure(edition: Edition, asked, title: str, found: Breakdown, gaps: list[Gap]) -> Figure:
    caption = f"{title}, {found.area}, started {words.years(found)}"
    return compose.figure(edition, asked, title=caption, subtitle=caption, table=tables.gap_table(caption, [(found, gaps)]),
                          unit=outcomes.UNIT, base=outcomes.BASE, interval=outcomes.INTERVAL,
                          notes=[words.NOT_EFFECT, words.UNKNOWN_NOTE, *found.footnotes])


def _disabled_women(edition: Edition, shown: held.Shown, measure: str) -> tuple[Breakdown | None, list[Gap]]:
    """Disabled women beside disability or sex, read both ways: Scotland only, and only while the whole pair may be shown."""
    found, _ = held.load_pair(edition, "sex_disabled", measure) if shown.by in ("disabled", "sex") else (None, None)
    gaps = equality.both_ways(found, measure) if found is not None else []
    return found, [gap for gap in gaps if gap.group.category == "female.yes"]


def sure(edition: Edition, choice: Choice) -> tuple[Said, ...]:
    """What is unknown, how far it could move the answer, and how far counts are from the truth."""
    shown, measure = held.load(edition, choice), measure_of(choice)
    if isinstance(shown, Absent):
        return ()
    found = shown.over(held.outcome_years(edition, measure))
    texts = words.sure_sentences(found[0], equality.gaps(found[0], measure), shown.label) if found else []
    return compose.say(edition, choice, [*texts, *COUNTS, words.RULE], "equality.outcomes", "equality.reach")
