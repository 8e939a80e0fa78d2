-- What changed since the last release? News, revisions and changes of method, kept apart.
-- One row per indicator and kind: how many figures, over which periods, and one of them.
select
    change.indicator_id, coalesce(indicator.title, change.indicator_id) as indicator, change.kind,
    count(*) as figures, count(distinct change.area_code) as areas,
    min(change.period) as first_period, max(change.period) as last_period,
    any_value(area.name) as an_area, sum(change.after - change.before) as difference
from change
left join indicator on change.indicator_id = indicator.indicator_id
left join area on change.area_code = area.area_code
group by all
order by change.kind, figures desc, indicator
