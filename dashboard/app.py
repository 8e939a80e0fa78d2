"""The entry point: the pages in reading order, the frame around each, and a plain page if there is no data."""

import streamlit as st

from dashboard import components as show
from dashboard import paths
from dashboard.read.extract import ExtractError

# To add a page: its file in pages/, its name in the navigation, its address.
PAGES = [
    ("headlines.py", "Headlines", ""),
    ("jobs.py", "Job outcomes", "jobs"),
    ("progress.py", "Progress and experience", "progress"),
    ("disability_gap.py", "Disability gap", "disability-gap"),
    ("equality.py", "Equality", "equality"),
    ("places.py", "Places", "places"),
    ("national_performance.py", "National performance", "national-performance"),
    ("partnership.py", "Partnership", "partnership"),
    ("indicator.py", "Any indicator", "indicator"),
    ("value.py", "Value", "value"),
    ("data_quality.py", "Data quality", "data-quality"),
    ("about.py", "Data and methods", "about"),
]
NAME = "Employability outcomes, Scotland"
WIDEST = 1180

st.set_page_config(page_title=NAME, page_icon=paths.ASSETS / "favicon.svg", layout="wide")
st.html(paths.ASSETS / "dashboard.css")
st.logo(paths.ASSETS / ("logo-dark.svg" if st.context.theme.type == "dark" else "logo.svg"), size="large")

page = st.navigation(
    [st.Page(paths.PAGES / file, title=title, url_path=address, default=not address)
     for file, title, address in PAGES], position="top")

with st.container(horizontal_alignment="center"), st.container(width=WIDEST, gap="medium"):
    try:
        show.extract()
    except ExtractError as error:
        show.cannot_open(error)
        st.stop()
    page.run()
    show.follow_appearance()
