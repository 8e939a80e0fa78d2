"""Areas of progress of one area: improved, same and declined, what is not known, and Scotland beside."""

from dashboard.figure import Absent, Choice, Figure, plot, table
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
    drawn = plot("divided", shown.rows, words.progress_alt(pooled, counts.asked(edition), name, when),
                 series=counts.series(words.BANDS), indicator=indicator.as_data())
    figure = compose.figure(
        edition, shown, title=words.progress_title(pooled, counts.asked(edition)), subtitle=subtitle,
        table=counts.domain_table(edition, pooled, subtitle), plot=drawn if counts.has_share(shown.rows) else None,
        unit=indicator.unit, base=counts.PAIRED_BASE, interval=words.CHANCE,
        notes=("People reported a change; nothing here says what caused it.", words.POOLED, words.ROUNDING,
               words.NOT_BETWEEN_AREAS, words.RELIABILITY, "A start score already at the top of its scale cannot improve: how many is not held.",
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
