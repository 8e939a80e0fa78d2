"""The entry point: pages in reading order, the frame around each, a plain page if there is no data."""

import streamlit as st

from dashboard import components as show
from dashboard import paths
from dashboard.figures.recipes import recipes
from dashboard.read.extract import ExtractError

# To add a page: its file in pages/, its name in the navigation, its address.
PAGES = [
    ("headlines.py", "Headlines", ""),
    ("partnership.py", "Partnership", "partnership"),
    ("jobs.py", "Job outcomes", "jobs"),
    ("progress.py", "Progress", "progress"),
    ("disability_gap.py", "Disability gap", "disability-gap"),
    ("equality.py", "Equality", "equality"),
    ("places.py", "Places", "places"),
    ("value.py", "Value", "value"),
    ("challenge.py", "Challenge", "challenge"),
    ("data_quality.py", "Data quality", "data-quality"),
]
MORE = [
    ("glance.py", "All partnerships", "glance"),
    ("national_performance.py", "National performance", "national-performance"),
    ("indicator.py", "Any indicator", "indicator"),
    ("about.py", "Data and methods", "about"),
]
CHOOSERS = {"": 0, "disability-gap": 0, "national-performance": 0, "about": 0,      # in a masthead, if not one
            "progress": 2, "indicator": 2, "equality": 3, "places": 3}
OF_PEOPLE = ("challenge",)      # pages that hold what people wrote
NAME = "Employability outcomes, Scotland"
WIDEST = 1240


def registered(pages: list[tuple[str, str, str]]) -> list:
    """The pages as Streamlit knows them; the one without an address is the first a reader sees."""
    return [
        st.Page(paths.PAGES / file, title=title, url_path=address, default=not address)
        for file, title, address in pages
    ]


show.begin_answer()
recipes()       # whole packages first: two threads that begin to load one at both its ends would stop each other
page = st.navigation({"": registered(PAGES), "More": registered(MORE)}, position="top")
st.set_page_config(page_title=f"{page.title} · {NAME}", page_icon=paths.ASSETS / "favicon.svg", layout="wide")
st.logo(f"/app/static/{'logo-dark' if st.context.theme.type == 'dark' else 'logo'}.svg", size="large")     # by its address: sent once

with st.container(horizontal_alignment="center"), st.container(width=WIDEST, gap="small"):
    show.lay(asks=CHOOSERS.get(page.url_path, 1))
    try:
        reader = show.reader()
        edition = show.open_for(reader)
        show.begin(edition, reader)
    except ExtractError as error:
        show.cannot_open(error)
        st.stop()
    show.forget_where_a_link_was_followed()
    show.say_which(edition)
    show.search()
    if not page.url_path and (asked := show.unknown_page()):
        show.no_such_page(asked, {title: f"/{address}" for _, title, address in PAGES + MORE})
    try:
        page.run()
    finally:
        show.page_foot(page.url_path)
        show.fill(is_public=page.url_path not in OF_PEOPLE and show.is_everyone(reader))     # also after a page that stopped early, such as one without returns
    show.write_address(page.url_path)
    show.follow_appearance()
