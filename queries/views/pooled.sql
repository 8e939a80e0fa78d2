-- How do areas compare when several years are put together? One indicator, added up over the periods asked for.
-- One row per area, Scotland first; `cells` is how many protected counts were added; nothing is divided here.
select
    o.indicator_id, o.area_code, area.name as area, area.area_type,
    string_agg(distinct o.period, ', ' order by o.period) as period,
    sum(o.numerator) as numerator, sum(o.denominator) as denominator, count(o.denominator) as cells,
    any_value(o.data_class) as data_class, o.source_id, s.publisher, s.title as source_title, s.edition,
    s.url, s.designation
from observation as o
inner join area on o.area_code = area.area_code
inner join source as s on o.source_id = s.source_id
where
    o.indicator_id = $indicator_id and o.period in (select unnest($periods))
    and o.programme = 'all' and o.characteristic = 'all' and o.data_class = 'returns'
    and area.area_type in ('country', 'partnership')
group by all
order by any_value(area.area_type) <> 'country', any_value(area.name)
