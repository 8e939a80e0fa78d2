"""One indicator's latest figure in words, or what is held where there is none."""

from collections.abc import Mapping, Sequence

from dashboard.catalogue import Indicator
from dashboard.methods.missing import is_missing
from dashboard.words import differences, numbers, periods, phrases

Row = Mapping[str, object]


def latest_sentences(row: Row, indicator: Indicator) -> list[str]:
    """'Fife: **31%** in 2023 (95% interval 29% to 33%).', its counts where the share is hidden, and its change."""
    value, when = numbers.said_text(row, indicator), periods.in_period(row["period_label"])
    interval = numbers.interval_text(row, indicator)
    limits = f" ({numbers.interval_name(indicator)} {interval})" if interval else ""
    said = [f"{row['area']}: **{value}** {when}{limits}."]
    if counts := numbers.counts_text(row, indicator):
        said.append(f"{phrases.sentence_case(counts)}.")
    if could_be := numbers.range_sentence(row, indicator):
        said.append(could_be)
    before = periods.before_of(row)
    if before is not None and not is_missing(row["value"]):
        said.append(f"{phrases.sentence_case(differences.changed(row, before, indicator))}.")
    return said


def without_a_figure(area: str, parts: Sequence[Row], indicator: Indicator) -> list[str]:
    """Whether nothing is held for the area, or only figures of its parts, or only counts of them."""
    held = dict.fromkeys(str(row["characteristic_label"]).lower() for row in parts if row["characteristic"] != "all")
    if not held:
        return [f"No figure is held for {area}."]
    said = [f"No single figure is held for {area}: this measure is held only by {phrases.listed(list(held))}."]
    if all(numbers.counts_text(row, indicator) for row in parts):
        said.append("Too few people are in each for a share, so only counts are shown.")
    return said
