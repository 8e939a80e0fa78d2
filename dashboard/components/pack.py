"""The board pack on the page: one button, progress while it is made, then its files."""

import streamlit as st

from dashboard.components import page, run
from dashboard.figure import Choice
from dashboard.packs import board

TYPES = {"pdf": "application/pdf",
         "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
         "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
         "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


def board_pack(choice: Choice) -> None:
    """A button that makes the pack of the area chosen, and a button for each file once it is made."""
    edition = run.edition()
    if edition.restricted:
        page.notice("The board pack can be made here once these figures are released.")
        return
    if not st.button("Make the board pack", key="board pack", icon=":material/print:",
                     help="At most 12 pages on this partnership for its board: PDF, slides, Word and Excel."):
        return
    progress, files = st.progress(0.0, "Gathering the figures"), []
    for form, name, content in board.files(edition, choice.area_code):
        files.append((form, name, content))
        progress.progress(len(files) / len(board.WRITERS), f"Made: {board.LABELS[form]}")
    progress.empty()
    with st.container(horizontal=True, gap="small"):
        for form, name, content in files:
            st.download_button(board.LABELS[form], content, name, TYPES[form], key=f"board pack {form}", on_click="ignore",
                               icon=":material/download:")
