"""What a page is made of. Pages say `from dashboard import components as show` and arrange.

page_header, section, notice, declared_gaps     words
cards, indicator_cards                          a few figures
figure                                          a chart with everything a figure must carry
data_table                                      a table with the same
choose_area, choose_indicator, choose           filters that live in the link
ask, series, catalogue, areas, release          answers
"""

from dashboard.components.appearance import follow_appearance
from dashboard.components.cards import Card, cards, indicator_cards
from dashboard.components.data import (
    SCOTLAND,
    Answer,
    area_name,
    areas,
    ask,
    catalogue,
    extract,
    release,
    series,
)
from dashboard.components.figure import colours, data_table, figure, foot, is_synthetic
from dashboard.components.filters import (
    choose,
    choose_area,
    choose_indicator,
    filter_row,
    remembered_area,
    with_scotland,
)
from dashboard.components.indicator import (
    indicator_breakdown,
    indicator_comparison,
    indicator_definition,
    indicator_header,
    indicator_revisions,
    indicator_trend,
)
from dashboard.components.markup import Table
from dashboard.components.page import (
    cannot_open,
    declared_gaps,
    demonstration_notice,
    notice,
    page_header,
    section,
    side_by_side,
)

__all__ = [
    "SCOTLAND", "Answer", "Card", "Table", "area_name", "areas", "ask", "cannot_open", "cards", "catalogue",
    "choose", "choose_area", "choose_indicator", "colours", "data_table", "declared_gaps",
    "demonstration_notice", "extract", "figure", "filter_row", "follow_appearance", "foot", "indicator_breakdown", "indicator_cards",
    "indicator_comparison", "indicator_definition", "indicator_header", "indicator_revisions",
    "indicator_trend", "is_synthetic",
    "notice", "page_header", "release", "remembered_area", "section", "series", "side_by_side",
    "with_scotland",
]
