-- What money is published? Every figure held of the indicators asked for, whatever its period and area.
-- One row per indicator, area, period and category: the latest edition's figure.
select
    o.indicator_id, o.area_code, area.name as area, o.period, p.label as period_label, o.characteristic,
    o.category, coalesce(c.label, '') as category_label, o.value, o.lower_ci, o.upper_ci, o.obs_status,
    o.numerator, o.denominator, o.data_class, o.source_id, o.source_page, s.publisher,
    s.title as source_title, s.edition, s.url, s.designation
from observation as o
inner join source as s on o.source_id = s.source_id
inner join area on o.area_code = area.area_code
inner join period as p on o.period = p.period
left join characteristic as c on o.characteristic = c.characteristic and o.category = c.category
where o.indicator_id in (select unnest($indicators)) and o.value is not null
qualify row_number() over (
    partition by o.indicator_id, o.area_code, o.period, o.characteristic, o.category
    order by s.edition_date desc nulls last, o.source_id desc
) = 1
order by list_position($indicators, o.indicator_id), p.end_date, o.characteristic <> 'all', c.display_order
