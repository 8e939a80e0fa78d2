"""Nothing but the maps, for a real browser: `?show=deck`, or the flat map and the tiles."""

from pathlib import Path

import sample
import streamlit as st

from dashboard.charts import map, theme, tiles
from dashboard.figures.places import shading

shapes = (Path(__file__).parent / "static" / "boundaries").read_text().strip()
url, colours = f"/app/static/{shapes}", theme.LIGHT
indicator = sample.indicator()
shift = st.segmented_control("Period", [0, 1, 2], default=0)
rows = sample.rows(shift or 0)
scale = shading.choose_scale(rows, indicator)
rows = shading.map_rows(sample.judged(rows, indicator), indicator, scale, sample.places())
chosen = st.query_params.get("area")

if st.query_params.get("show") == "deck":
    deck = map.deck_map(rows, indicator, scale, colours, url, chosen, width=360, height=360)
    st.pydeck_chart(deck, on_select="rerun", key="map", width=360, height=360, alt="Map")
else:
    figure = map.flat_map(rows, indicator, scale, colours, url, chosen, height=360)
    event = st.plotly_chart(figure, theme=None, key="flat", on_select="rerun", width=360,
                            config=map.FLAT_CONFIG)
    st.write("On the map:", [point["customdata"][0] for point in event.selection.points])
    figure = tiles.tile_grid(rows, indicator, scale, colours, chosen)
    event = st.plotly_chart(figure, theme=None, key="tiles", on_select="rerun", width=560)
    st.write("On the tiles:", [point["customdata"][0] for point in event.selection.points])
