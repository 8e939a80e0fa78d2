"""Lines about spend against need: an account beside a count, without an interval and without a verdict."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.challenge.line import Found, evidence, line
from dashboard.figures.value.need import NEEDS, shares_of, spend_year
from dashboard.figures.value.spend import spend
from dashboard.read.edition import Edition
from dashboard.read.enquiry import Rule

FIRST = next(iter(NEEDS))


def spend_and_need(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The partnership's share of spend beside its share of need, where every measure of need says the same."""
    year = spend_year(edition)
    if area_code == SCOTLAND or year is None:
        return []
    held = {name: own for name in NEEDS if name in edition.every_indicator
            and (own := shares_of(edition, name, year).get(area_code))}
    if not apart([own["ratio"] for own in held.values()], rule.threshold):
        return []
    own, measured = held.get(FIRST) or next(iter(held.values())), FIRST if FIRST in held else next(iter(held))
    seen = (f"In {year}, {edition.area_name(area_code)} has {own['funding']:.1f}% of the spend returned and {own['need']:.1f}% of "
            f"the need. Need: {NEEDS[measured][:1].lower()}{NEEDS[measured][1:]}.")
    need = edition.ask("need_counts", indicator_id=measured)
    return [Found(line(rule, area_code, seen, [evidence(edition, "value.need", Choice(area_code, choices=(("need", name),))) for name in held]),
                  spend(edition).keep([row for row in spend(edition).rows if (row["area_code"], row["period"]) == (area_code, year)])
                  .joined_by(need.keep([row for row in need.rows if row["area_code"] == area_code])))]


def apart(ratios: Sequence[float], threshold: float) -> bool:
    """True where every ratio of the two shares is over the threshold, or every one under its inverse; of one at least."""
    return bool(ratios) and (all(ratio > threshold for ratio in ratios) or all(ratio < 1 / threshold for ratio in ratios))
