"""The same elements from constants: what a page costs where nothing is asked, said or drawn.

A Streamlit page of the blocks, HTML, figures and select boxes that a page of the dashboard sent, held in the file that
CONSTANTS names. Its select boxes change nothing.
"""

import os
import pickle
from pathlib import Path

import streamlit as st

st.navigation([st.Page(lambda: None, title="Constants", url_path="constants", default=True)], position="top")
st.set_page_config(page_title="Constants", layout="wide")

blocks = {(0,): st._main}
for path, kind, given in pickle.loads(Path(os.environ["CONSTANTS"]).read_bytes()):
    place = blocks.get(path[:-1])
    if place is None:
        continue
    if kind == "block":
        blocks[path] = place.container()
    elif kind == "html":
        place.html(given["body"])
    elif kind == "selectbox":
        place.selectbox(given["label"], given["options"], key=given["label"])
    elif kind == "component":
        with place:
            mount = st.components.v2.component(given["name"], html=given["html"], js=given["js"], isolate_styles=False)
            mount(key=given["key"], data=given["data"])
