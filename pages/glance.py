"""Who can be told apart? Every partnership at a glance: ten measures, in the order of the alphabet, never ranked."""

from dashboard import components as show
from dashboard.figures.partnership.glance import ORDER

with show.choosers():
    choice = show.choose(ORDER)
made_up = any(each.is_synthetic for each in show.held("partnership.glance"))
show.header("All partnerships at a glance", show.said("partnership.glance_answer"), made_up=made_up)
show.figures("partnership.glance", choice, headed=True)
