"""A series over time: its title, its subtitle, its text alternative, and whether it clearly changed."""

from collections.abc import Iterable, Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.words.differences import changed, difference
from dashboard.words.numbers import said_text, value_text
from dashboard.words.periods import before_of, has_break_between, in_period

MOST_CHANGES = 2


def change_sentences(rows: Iterable[Mapping[str, object]], catalogue: Mapping[str, Indicator]) -> list[str]:
    """Is it getting better? What has clearly changed, or that nothing has of what can be tested.

    `rows`: latest figures with the one before (view `latest`). Running totals hold the one before: left out.
    """
    clear, alike, untested = [], 0, 0
    for row in rows:
        indicator, before = catalogue[str(row["indicator_id"])], before_of(row)
        if before is None or is_missing(row["value"]):
            continue
        found = difference(row, before, indicator)
        if has_break_between(before, row, indicator) or found is None or found.direction == "untested":
            untested += 1
        elif found.direction == "none":
            alike += 1
        else:
            clear.append(f"{indicator.title}: **{found.direction}** in {row['period_label']} than in {before['period_label']}.")
    if clear:
        return clear[:MOST_CHANGES]
    if alike:
        return ["**Nothing tested clearly changed** in the latest year."]
    return ["The latest changes cannot be tested."] if untested else []


def trend_title(rows: Sequence[Mapping[str, object]], indicator: Indicator) -> str:
    """The message of a trend: its latest figure against its first comparable one."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    if not known:
        return f"{indicator.title}: no figure to show"
    last = known[-1]
    latest = f"{said_text(last, indicator, marks=False)} {in_period(last['period_label'])}"
    # A running total holds every earlier one: the two are not compared.
    comparable = [row for row in known[:-1] if not has_break_between(row, last, indicator)
                  and not (row.get("frequency") == last.get("frequency") == "to_date")]
    if not comparable:
        return f"{indicator.title}: {latest}"
    return f"{indicator.title}: {latest}, {changed(last, comparable[0], indicator)}"


def trend_alt(rows: Sequence[Mapping[str, object]], indicator: Indicator, place: str) -> str:
    """What a trend chart shows, in sentences under 25 words."""
    known = [row for row in rows if not is_missing(row.get("value"))]
    if not known:
        return f"{indicator.title}, {place}: no figure to show."
    first, last = known[0], known[-1]
    sentences = [
        f"Line chart: {indicator.title}, {place}.",
        f"{value_text(first, indicator, marks=False)} {in_period(first['period_label'])}; "
        f"{value_text(last, indicator, marks=False)} {in_period(last['period_label'])}.",
    ]
    if len(known) > 2:
        low, high = (f(known, key=lambda row: float(row["value"])) for f in (min, max))
        sentences.append(
            f"Lowest {value_text(low, indicator, short=True, marks=False)} {in_period(low['period_label'])}, "
            f"highest {value_text(high, indicator, short=True, marks=False)} {in_period(high['period_label'])}."
        )
    sentences += [f"The series breaks at {each.period}: {each.label}." for each in indicator.breaks]
    if hidden := len(rows) - len(known):
        sentences.append(f"{hidden} of {len(rows)} figures cannot be shown.")
    return " ".join(sentences)


def subtitle(indicator: Indicator, place: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Measure, unit, place and periods: 'Employment rate, % of people, Scotland, 2014 to 2023'."""
    rows = sorted(rows, key=lambda row: (str(row.get("end_date") or ""), str(row.get("period") or "")))      # of several areas, some hold other years
    labels = list(dict.fromkeys(str(row["period_label"]) for row in rows))
    when = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}" if labels else ""
    if len(labels) > 1 and rows[-1].get("frequency") == "to_date":
        when = f"{len(labels)} running totals, the last {labels[-1]}"
    return ", ".join(part for part in (indicator.title, indicator.unit, place, when) if part)
