"""Are people moving forward, and treated well? Soft outcomes, experience and the continuing key worker."""

import streamlit as st

from dashboard import components as show
from dashboard.components import progress

top = st.container()
with show.filter_row():
    area_code = show.choose_area("Area", with_scotland=True, default=show.SCOTLAND)
    years = progress.choose_start_years(area_code)
with top:
    progress.progress_header(area_code, years)

shown = show.tabs("part", {"progress": "Progress", "years": "Over the years",
                           "experience": "How people were treated", "key-worker": "Key worker"})
if shown["progress"].open:
    with shown["progress"]:
        progress.progress_by_domain(area_code, years)
        progress.progress_by_group(years)
        progress.asked_twice_by_partnership(years)
if shown["years"].open:
    with shown["years"]:
        progress.progress_over_years(area_code)
if shown["experience"].open:
    with shown["experience"]:
        progress.treated_well(area_code)
        progress.published_experience()
if shown["key-worker"].open:
    with shown["key-worker"]:
        progress.with_and_without_key_worker(area_code, years)

show.declared_gaps("progress")
