-- What can be shown? Every indicator that holds a figure, with its words and its main source.
-- One row per indicator.
with
in_area as (
    select indicator_id, area_code, max(period) as last_period
    from observation
    group by indicator_id, area_code
),

held as (
    select
        in_area.indicator_id, count(*) filter (where area.area_type = 'partnership') as partnerships,
        bool_or(in_area.area_code = 'S92000003') as has_scotland, max(in_area.last_period) as last_period
    from in_area
    left join area on in_area.area_code = area.area_code
    group by in_area.indicator_id
)

select
    indicator.*, source.publisher, source.title as source_title, held.partnerships, held.has_scotland, held.last_period
from indicator
inner join held on indicator.indicator_id = held.indicator_id
left join source on indicator.source = source.source_id
order by indicator.topic, indicator.title
