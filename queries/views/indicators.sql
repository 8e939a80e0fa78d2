-- What can be shown? Every indicator that holds a figure, with its words and its main source.
-- One row per indicator.
select
    indicator.*, source.publisher, source.title as source_title,
    count(distinct o.area_code) filter (where area.area_type = 'partnership') as partnerships,
    bool_or(o.area_code = 'S92000003') as has_scotland,
    max(o.period) as last_period
from indicator
inner join observation as o on indicator.indicator_id = o.indicator_id
left join area on o.area_code = area.area_code
left join source on indicator.source = source.source_id
group by all
order by indicator.topic, indicator.title
