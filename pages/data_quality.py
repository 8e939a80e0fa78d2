"""Can we trust it? What was received and recorded, who is not known, what is too recent, what is published."""

import streamlit as st

from dashboard import components as show
from dashboard.components import returns_quality

top = st.container()
area_code = show.choose_area("Area", with_scotland=True, default=show.SCOTLAND)
with top:
    show.page_header("Can we trust it?", returns_quality.returns_sentences(area_code) or show.quality_sentences(),
                     designation=returns_quality.designation(), synthetic=returns_quality.holds_synthetic(),
                     figures=returns_quality.returns_figures(area_code) or show.quality_table())

shown = show.tabs("part", returns_quality.quality_parts())
if shown["returns"].open:
    with shown["returns"]:
        returns_quality.returns_table(area_code)
if shown["unknown"].open:
    with shown["unknown"]:
        returns_quality.unknown_by_partnership(area_code)
if shown["recent"].open:
    with shown["recent"]:
        returns_quality.too_recent()
if shown["published"].open:
    with shown["published"]:
        show.section("What is recorded after someone enters work")
        show.follow_up_figure()
        show.responses_figure()
        show.unknown_table()
        show.survey_quality()

show.all_gaps()
