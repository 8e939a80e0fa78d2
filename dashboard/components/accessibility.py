"""The accessibility statement, from what the tests check."""

from dashboard import paths
from dashboard.components import page, run
from dashboard.figure import Said, table
from dashboard.read.accessibility import checked

CAPTION = "What cannot be done yet, and the way round it"
COLUMNS = ("What", "Criterion", "The way round it")


def accessibility_statement() -> None:
    """What is aimed for and how it is checked, what cannot be done yet, and whom to tell."""
    held, contact = checked(paths.REFERENCE / "accessibility.toml"), paths.contact()
    page.section("Accessibility statement", f"This dashboard aims to meet the {held.standard}. It meets them in part.")
    run.block("list", sentences=[Said(text) for text in (
        f"All {len(held.pages)} pages are checked by machine ({held.engine}) at every change, in light and dark, and so is "
        "each of their parts: no rule is broken on a wide screen.",
        f"They fit a screen {held.narrowest} pixels wide, which is 400% zoom, and are used with a keyboard alone.",
        "It has not been tested yet by people who use assistive technology. Checks by machine find some of the barriers, not all.",
        "Every chart has a text alternative made from its own numbers, and the same figures as a table.",
        "No meaning is given by colour alone. Figures can be saved as CSV, charts as images.")])
    run.block("table", table=table(CAPTION, COLUMNS, [(each.what, each.criterion, each.way_round) for each in held.limits]), notice="")
    page.paragraph("The limits are those of Streamlit, the framework it is built on.")
    page.paragraph(f"If something keeps you out, tell us: {contact}." if contact else
                   "Who runs this copy of the dashboard has not said how to reach them about a barrier.")
