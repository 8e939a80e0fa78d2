"""Summary cards: a figure, its interval, its direction in words, its base and its period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.catalogue import Indicator
from dashboard.components import data, figure, markup, page
from dashboard.components.data import Answer
from dashboard.read import wording


@dataclass(frozen=True)
class Card:
    """One card. `tone` is 'better', 'worse', 'neutral' or 'none'; every part is text."""

    label: str
    value: str
    interval: str = ""
    direction: str = ""
    tone: str = "none"
    base: str = ""
    link: str = ""


_SIGNS = {"better": "▲ ", "worse": "◆ ", "neutral": "", "none": ""}


def cards(shown: Sequence[Card]) -> None:
    """At most eight cards that reflow with the width."""
    markup.write(markup.element("ul", "".join(map(_card, shown[:8])), "oc-cards"))


def _card(card: Card) -> str:
    label = markup.link(card.label, card.link) if card.link else markup.text(card.label)
    sign = f"<span aria-hidden='true'>{_SIGNS[card.tone]}</span>" if _SIGNS[card.tone] else ""
    parts = [
        markup.element("h3", label),
        markup.element("p", markup.text(card.value), "oc-value"),
        markup.element("p", markup.text(card.interval), "oc-interval") if card.interval else "",
        markup.element("p", sign + markup.text(card.direction), f"oc-direction oc-{card.tone}")
        if card.direction
        else "",
        markup.element("p", markup.text(card.base), "oc-base") if card.base else "",
    ]
    return markup.element("li", "".join(parts), "oc-card")


def indicator_cards(indicator_ids: Sequence[str], area_code: str = data.SCOTLAND) -> Answer:
    """A card for each of these indicators that has a figure, in this order, and their legend and evidence."""
    answer = data.ask("latest", area_code=area_code, indicators=list(indicator_ids))
    catalogue, found = data.catalogue(), {row["indicator_id"]: row for row in answer.records}
    shown = [
        card_of(found[name], catalogue[name]) for name in indicator_ids if name in found and name in catalogue
    ]
    if shown:
        if figure.is_synthetic(answer):
            page.demonstration_notice()
        cards(shown)
        figure.foot(answer)
    return answer


def card_of(row: Mapping[str, object], indicator: Indicator) -> Card:
    """The latest figure of one indicator, against the period before it."""
    before = wording.before_of(row)
    found = wording.difference(row, before, indicator) if before else None
    broken = before is not None and wording.has_break_between(before, row, indicator)
    return Card(
        label=indicator.title,
        value=wording.value_text(row, indicator, short=True),
        interval=wording.interval_line(row, indicator),
        direction=wording.sentence_case(wording.changed(row, before, indicator)) if before else "",
        tone="none" if broken else wording.verdict(found, indicator),
        base=f"{row['period_label']} · {wording.base_text(row, indicator)}",
        link=f"/indicator?id={indicator.indicator_id}",
    )
