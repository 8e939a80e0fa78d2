"""Any indicator: its answer, trend, areas, groups, editions and definition."""

from dashboard import components as show
from dashboard.figures.indicator import GROUPS
from dashboard.figures.recipe import AREA, INDICATOR

with show.choosers():
    choice = show.choose(INDICATOR)
    choice = show.choose(AREA, choice)

edition = show.edition()
indicator = edition.catalogue.get(choice.indicator_id)
if indicator is None:
    show.header("No figure is held", show.said("indicator.answer", choice))
else:
    made_up = any(each.is_synthetic for each in show.held("indicator.trend", choice))
    show.header(indicator.title, show.said("indicator.answer", choice), indicator.designation,
                made_up=made_up if indicator.data_class == "returns" else None)
    show.paragraph(indicator.definition)
    show.figures("indicator.trend", choice)
    show.figures("indicator.notes", choice)
    show.figures("indicator.comparison", choice)
    show.figures("indicator.breakdown", choice, heading="For whom?", by=GROUPS,
                 under=f"{indicator.title} in {edition.area_name(choice.area_code)}, by the groups it is held for")
    show.figures("indicator.revisions", choice, heading="What was revised", bare=True,
                 under="Each edition restates history. The latest is shown everywhere else.")
    show.figures("indicator.definition", choice, heading="About this measure")
