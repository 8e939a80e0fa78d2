"""Lines about figures that are old, and about what nobody publishes."""

from collections.abc import Sequence

from dashboard.figure import SCOTLAND, Choice
from dashboard.figures.challenge.line import Found, evidence, is_sound, line
from dashboard.figures.headlines.state import CARDS as HEADLINES
from dashboard.figures.partnership.standing import CARDS, CONTEXT, SERVICES
from dashboard.read.edition import Edition, Row
from dashboard.read.enquiry import Rule
from dashboard.words import ages, phrases


def old_figure(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """How many of the area's newest figures are old, and the oldest of them."""
    names = HEADLINES if area_code == SCOTLAND else (*CARDS, *SERVICES, *CONTEXT)
    answer = edition.ask("latest", area_code=area_code, indicators=list(dict.fromkeys(names)))
    old = past([row for row in answer.rows if row["indicator_id"] in edition.catalogue],
                {str(row["indicator_id"]): ages.months_since(row["end_date"], edition.day) for row in answer.rows}, rule.threshold)
    if not old:
        return []
    oldest = old[0]
    indicator = edition.catalogue[str(oldest["indicator_id"])]
    months = ages.months_since(oldest["end_date"], edition.day)
    seen = (f"{phrases.plural(len(old), 'figure')} of {edition.area_name(area_code)} {'is' if len(old) == 1 else 'are'} older than "
            f"two years. The oldest is {indicator.title}, {oldest['period_label']}: {ages.age_words(months)}.")
    return [Found(line(rule, area_code, seen, [evidence(edition, "indicator.trend", Choice(area_code, indicator.indicator_id))],
                       indicator.indicator_id), answer.keep(old))]


def past(rows: Sequence[Row], months: dict[str, int | None], threshold: float) -> list[Row]:
    """Figures over `threshold` months old, the oldest first; of those that may be shown."""
    held = [row for row in rows if is_sound(row) and (months[str(row["indicator_id"])] or 0) > threshold]
    return sorted(held, key=lambda row: -months[str(row["indicator_id"])])


def declared_gap(edition: Edition, area_code: str, rule: Rule) -> list[Found]:
    """The declared gaps that stand in the way of an answer about Scotland or a partnership."""
    wanted = rule.scotland if area_code == SCOTLAND else rule.partnerships
    answer = edition.ask("declared_gaps", page=None)
    rows = {str(row["gap_id"]): row for row in answer.rows}
    return [Found(line(rule, area_code, f"Nobody publishes: {rows[name]['title']}. It could come from: {rows[name]['who_could_supply']}.",
                       [evidence(edition, "gaps.every", Choice(choices=(("gaps", str(rows[name]["page"])),)))]), answer.keep([rows[name]]))
            for name in wanted if name in rows]
