"""Can we trust it? What is not recorded, who is not known, what publishers say, what nobody publishes."""

from dashboard import components as show

show.page_header("Can we trust it?", show.quality_sentences(), designation="Official statistics in development")
show.section("What is recorded after someone enters work")
show.follow_up_figure()
show.responses_figure()
show.unknown_table()
show.survey_quality()
show.all_gaps()
