"""What does it cost, and what do we not know? Spend, cost with intervals, need, rural cost, published money."""

import streamlit as st

from dashboard import components as show
from dashboard.components import value

top = st.container()
area_code = show.choose_area("Area", with_scotland=True, default=show.SCOTLAND)
with top:
    value.value_header(area_code)

shown = show.tabs("part", value.value_parts())
if shown["cost"].open:
    with shown["cost"]:
        value.spend_and_cost(area_code)
if shown["need"].open:
    with shown["need"]:
        value.funding_and_need(area_code)
if shown["rural"].open:
    with shown["rural"]:
        value.rural_cost(area_code)
if shown["published"].open:
    with shown["published"]:
        value.published_money()

show.declared_gaps("value")
