"""What a page is made of. Pages say `from dashboard import components as show` and arrange.

page.py         page_header, section, panel, notice, side_by_side, declared_gaps
cards.py        Card, cards, indicator_cards
figure.py       figure (a chart with everything a figure must carry), data_table, foot
filters.py      filter_row, choose_area, choose_indicator, choose: choices that live in the link
data.py         ask, series, several, catalogue, areas, release: answers from the extract
compare.py      compare_areas: funnel, ranges of ranks, like with like, own trend, what could be told
tabs.py         tabs, of which only the open one is made
indicator.py, gap.py, national.py, partnership.py, headlines.py, quality.py, about.py
                the blocks of one page, each a question, its chart and its words
"""

from dashboard.components.about import (
    definitions_table,
    marks_table,
    release_calendar,
    resolve_evidence,
    source_sentences,
    sources_table,
    words,
)
from dashboard.components.appearance import follow_appearance
from dashboard.components.cards import Card, cards, indicator_cards
from dashboard.components.compare import (
    compare_areas,
    could_we_tell,
    funnel_figure,
    like_with_like,
    ranks_figure,
    starts_figure,
)
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
    several,
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
from dashboard.components.gap import gap_figure, gap_sentences, rates_figure, service_gap, what_moved
from dashboard.components.headlines import (
    change_sentences,
    gaps_in_brief,
    headline_figures,
    headline_sentences,
    what_changed,
)
from dashboard.components.indicator import (
    indicator_breakdown,
    indicator_comparison,
    indicator_definition,
    indicator_header,
    indicator_revisions,
    indicator_trend,
)
from dashboard.components.jobs import (
    choose_milestone,
    cohort_figures,
    group_figure,
    jobs_are_held,
    jobs_sentences,
    journey_figure,
    programme_figure,
    programme_timeline,
    published_outcomes,
    support_figure,
    waits_figure,
)
from dashboard.components.markup import Table
from dashboard.components.national import (
    framework_status,
    national_sentences,
    national_strip,
    national_tables,
    national_trend,
)
from dashboard.components.page import (
    cannot_open,
    declared_gaps,
    demonstration_notice,
    notice,
    page_header,
    panel,
    section,
    side_by_side,
)
from dashboard.components.partnership import (
    area_cards,
    area_header,
    area_links,
    area_quality,
    area_sentences,
    area_spine,
    area_tags,
)
from dashboard.components.place_parts import PARTS as PLACE_PARTS
from dashboard.components.place_parts import place_parts
from dashboard.components.places import choose_view, place_figure, place_sentences
from dashboard.components.quality import (
    all_gaps,
    follow_up_figure,
    quality_sentences,
    quality_table,
    responses_figure,
    survey_quality,
    unknown_table,
)
from dashboard.components.tabs import tabs

__all__ = [
    "PLACE_PARTS",
    "SCOTLAND",
    "Answer",
    "Card",
    "Table",
    "all_gaps",
    "area_cards",
    "area_header",
    "area_links",
    "area_name",
    "area_quality",
    "area_sentences",
    "area_spine",
    "area_tags",
    "areas",
    "ask",
    "cannot_open",
    "cards",
    "catalogue",
    "change_sentences",
    "choose",
    "choose_area",
    "choose_indicator",
    "choose_milestone",
    "choose_view",
    "cohort_figures",
    "colours",
    "compare_areas",
    "could_we_tell",
    "data_table",
    "declared_gaps",
    "definitions_table",
    "demonstration_notice",
    "extract",
    "figure",
    "filter_row",
    "follow_appearance",
    "follow_up_figure",
    "foot",
    "framework_status",
    "funnel_figure",
    "gap_figure",
    "gap_sentences",
    "gaps_in_brief",
    "group_figure",
    "headline_figures",
    "headline_sentences",
    "indicator_breakdown",
    "indicator_cards",
    "indicator_comparison",
    "indicator_definition",
    "indicator_header",
    "indicator_revisions",
    "indicator_trend",
    "is_synthetic",
    "jobs_are_held",
    "jobs_sentences",
    "journey_figure",
    "like_with_like",
    "marks_table",
    "national_sentences",
    "national_strip",
    "national_tables",
    "national_trend",
    "notice",
    "page_header",
    "panel",
    "place_figure",
    "place_parts",
    "place_sentences",
    "programme_figure",
    "programme_timeline",
    "published_outcomes",
    "quality_sentences",
    "quality_table",
    "ranks_figure",
    "rates_figure",
    "release",
    "release_calendar",
    "remembered_area",
    "resolve_evidence",
    "responses_figure",
    "section",
    "series",
    "service_gap",
    "several",
    "side_by_side",
    "source_sentences",
    "sources_table",
    "starts_figure",
    "support_figure",
    "survey_quality",
    "tabs",
    "unknown_table",
    "waits_figure",
    "what_changed",
    "what_moved",
    "with_scotland",
    "words",
]
