-- How many people started in each quarter, and by when had they started work? Protected counts for Scotland.
-- One row per quarter of start and months to work.
select
    c.period, p.label as period_label, p.frequency, p.start_date, p.end_date, c.characteristic, c.category,
    coalesce(ch.label, c.category) as category_label, c.state, c.count, 1 as cells,
    'returns' as data_class, cast(null as varchar) as obs_status, s.source_id, s.publisher,
    s.title as source_title, s.edition, s.url, s.designation
from protected_count as c
inner join period as p on c.period = p.period
left join characteristic as ch on c.characteristic = ch.characteristic and c.category = ch.category
left join source as s on s.source_id = 'partnership_returns'
where c.family = $family and c.area_code = $area_code and p.frequency = 'quarter'
order by p.start_date, ch.display_order
