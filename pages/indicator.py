"""Any indicator: its answer, trend, areas, groups, editions and definition."""

from dashboard import components as show

with show.filter_row():
    indicator_id = show.choose_indicator(default="lgbf_assisted_into_work")
    area_code = show.choose_area("Area", with_scotland=True)

show.indicator_header(indicator_id, area_code)
show.indicator_trend(indicator_id, show.with_scotland(area_code))
show.indicator_comparison(indicator_id, area_code)
show.indicator_breakdown(indicator_id, area_code)
show.indicator_revisions(indicator_id, area_code)
show.indicator_definition(indicator_id)
