"""Areas of progress of one area: improved, same and declined, what is not known, and Scotland beside."""

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, plot, table
from dashboard.figures import compose
from dashboard.figures.progress import counts, words
from dashboard.figures.progress.choosers import start_years
from dashboard.read import progress
from dashboard.read.edition import Edition


def domains(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Each area of progress: the share asked twice, then improved, same and declined with intervals."""
    held, years = counts.counts(edition, choice.area_code), start_years(edition, choice)
    if not years:
        return (Absent("[x] No partnership has sent scores of progress. Fair Start Scotland's surveys are under "
                       "'How people were treated'; what is missing is listed below."),)
    name, when, pooled = edition.area_name(choice.area_code), words.in_words(years), progress.pool(held.rows, years)
    if not any(each.scored > 0 for each in pooled):
        return (Absent(f"[x] No scores of people who started in {when} can be shown for {name}: none were sent, "
                       "or fewer than 5."),)
    warning, indicator = words.banner(pooled), counts.improved(edition)
    subtitle = (f"People asked twice by what they reported, % of people asked twice, {name}, "
                f"people who started in {when}")
    shown = counts.sourced(held, counts.band_rows(edition, pooled), when)
    drawn = plot("grouped", shown.rows, words.progress_alt(pooled, counts.asked(edition), name, when),
                 series=counts.series(words.BANDS), indicator=indicator.as_data())
    figure = compose.figure(
        edition, shown, title=words.progress_title(pooled, counts.asked(edition)), subtitle=subtitle,
        table=counts.domain_table(edition, pooled, subtitle), plot=drawn if counts.has_share(shown.rows) else None,
        unit=indicator.unit, base=counts.PAIRED_BASE, interval=words.CHANCE,
        notes=("People reported a change; nothing here says what caused it.", words.POOLED, words.ROUNDING,
               "A start score already at the top of its scale cannot improve: how many is not held.",
               *indicator.caveats))
    return (*((Absent(warning, "u"),) if warning else ()), figure)


def bounds(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """What the people who were not asked again could change; nothing where no share can be shown."""
    held, years = counts.counts(edition, choice.area_code), start_years(edition, choice)
    bounded = [(each, each.bounds) for each in progress.pool(held.rows, years) if each.scored > 0 and each.bounds]
    if not bounded:
        return ()
    rows = [(each.label, f"{each.no_follow_up:,.0f}", f"{bound['improved']:.0f}%",
             f"{bound['declined_if_unchanged']:.0f}%", f"{bound['declined_if_declined']:.0f}%") for each, bound in bounded]
    caption = (f"Shares of everyone with a start score, {edition.area_name(choice.area_code)}, "
               f"people who started in {words.in_words(years)}")
    return (compose.figure(
        edition, held, title="What if the people not asked again had answered?", subtitle=caption,
        table=table(caption, ("Area of progress", "Start score only", "Improved, if nobody else did",
                              "Declined, if nobody else did", "Declined, if everybody else did"), rows, {1, 2, 3, 4}),
        unit="% of people with a start score", base="People with a start score",
        interval="None: these are bounds, the lowest and highest that the people not asked again allow.",
        notes=(words.POOLED, words.ROUNDING)),)


def compared(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """An area beside Scotland, only where both may be compared; nothing for Scotland or without scores."""
    held, years = counts.counts(edition, choice.area_code), start_years(edition, choice)
    own = progress.pool(held.rows, years)
    if choice.area_code == SCOTLAND or not any(each.scored > 0 for each in own):
        return ()
    whole = counts.counts(edition, SCOTLAND)
    scotland = {each.name: each for each in progress.pool(whole.rows, years)}
    pairs = [(each, scotland[each.name]) for each in own
             if each.name in scotland and progress.may_compare(each, scotland[each.name])]
    if not pairs:
        return (Absent(f"{edition.area_name(choice.area_code)} is not compared with Scotland: in each area of progress one "
                       "of them has under 30% asked twice, or fewer than 30 people.", "u"),)
    asked, improved = counts.asked(edition), counts.improved(edition)
    rows = [(here.label, words.say(here.asked_twice, asked), words.say(here.band("improved"), improved),
             words.say(there.band("improved"), improved), counts.against_scotland(here, there)) for here, there in pairs]
    caption = "Compared with Scotland, people asked twice"
    return (compose.figure(
        edition, counts.sourced(held.joined_by(whole), counts.band_rows(edition, [each for pair in pairs for each in pair])),
        title="Compared with Scotland",
        subtitle=f"{caption}, {edition.area_name(choice.area_code)}, people who started in {words.in_words(years)}",
        table=table(caption, ("Area of progress", "Asked twice", "Improved here", "Improved in Scotland", "Compared"),
                    rows, {1, 2, 3}),
        unit=improved.unit, base=counts.PAIRED_BASE, interval=counts.COMPARED, notes=(words.POOLED, words.ROUNDING)),)
