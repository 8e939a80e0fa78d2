"""One area of progress by year of start: the three bands, the share asked twice beside, and Scotland."""

from collections.abc import Callable, Sequence

from dashboard.figure import SCOTLAND, Absent, Choice, Figure, plot
from dashboard.figures import compose, tables
from dashboard.figures.progress import counts, words
from dashboard.figures.progress.choosers import areas_of_progress
from dashboard.read import progress
from dashboard.read.edition import Answer, Edition, Row
from dashboard.words import phrases, trends


def bands(edition: Edition, choice: Choice) -> tuple[Figure | Absent, ...]:
    """Improved, same and declined of every year of start that is old enough."""
    held, name = counts.counts(edition, choice.area_code), edition.area_name(choice.area_code)
    if held.is_empty:
        return (Absent(f"[x] No scores of progress are held for {name}."),)
    label, years = areas_of_progress(held.rows)[choice.of("domain")], progress.by_year(held.rows, choice.of("domain"))
    if not years:
        return (Absent(f"[x] No scores of {label.lower()} can be shown for {name}: none were sent, or fewer than 5."),)
    rows = [{"series": said} | row for band, said in words.BANDS.items()
            for row in _points_of(years, held, lambda each, band=band: each.band(band))]
    shown, indicator, asked = counts.sourced(held, rows), counts.improved(edition), counts.asked(edition)
    recent, warning = progress.too_recent(held.rows), words.years_banner(years)
    subtitle = (f"{label}: people asked twice by what they reported, % of people asked twice, {name}, by year of start, "
                f"{years[0].label} to {years[-1].label}")
    drawn = plot("trend", shown.rows, words.years_alt(label, years, asked, name), indicator=indicator.as_data())
    figure = compose.figure(
        edition, shown, title=words.years_title(label, years, asked, indicator), subtitle=subtitle,
        table=counts.domain_table(edition, years, subtitle, "Started in"),
        plot=drawn if counts.has_share(rows) else None,
        unit=indicator.unit, base=counts.PAIRED_BASE, interval=words.CHANCE,
        notes=("Not every partnership sends scores, and which ones do can change from year to year.", words.POOLED,
               words.ROUNDING, *([f"Too recent, so not yet known [x]: {phrases.listed(recent)}."] if recent else []),
               *indicator.caveats))
    return (*((Absent(warning, "u"),) if warning else ()), figure)


def asked_twice(edition: Edition, choice: Choice) -> tuple[Figure, ...]:
    """The share asked twice, of the area and of Scotland: it may always be compared."""
    held, name = counts.counts(edition, choice.area_code), edition.area_name(choice.area_code)
    years = progress.by_year(held.rows, choice.of("domain"))
    if not years:
        return ()
    own = [{"series": name} | row for row in _points_of(years, held, lambda each: each.asked_twice)]
    rows, shown = list(own), held
    if choice.area_code != SCOTLAND:
        whole = counts.counts(edition, SCOTLAND)
        rows += [{"series": "Scotland"} | row for row in _points_of(
            progress.by_year(whole.rows, choice.of("domain")), whole, lambda each: each.asked_twice)]
        shown = held.joined_by(whole)
    shown, indicator = counts.sourced(shown, rows), counts.asked(edition)
    label = areas_of_progress(held.rows)[choice.of("domain")]
    subtitle = f"{label}: {indicator.title.lower()}, {indicator.unit}, by year of start"
    alt = " ".join(trends.trend_alt([row for row in rows if row["series"] == place], indicator, str(place))
                   for place in dict.fromkeys(row["series"] for row in rows))
    return (compose.figure(
        edition, shown, title=trends.trend_title(own, indicator), subtitle=subtitle,
        table=tables.series_table(rows, indicator, subtitle),
        plot=plot("trend", shown.rows, alt, indicator=indicator.as_data(), height=280),
        unit=indicator.unit, base=indicator.base, interval=words.CHANCE, notes=indicator.caveats),)


def _points_of(years: Sequence[progress.Domain], held: Answer, rate: Callable[[progress.Domain], dict]) -> list[Row]:
    """A rate of each year as a point of a trend."""
    days = {str(row["period"]): {"start_date": row["start_date"], "end_date": row["end_date"]} for row in held.rows}
    return [words.year_row(each, rate(each)) | {"frequency": "financial_year"} | days[each.label] for each in years]
