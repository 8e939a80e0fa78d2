-- What did surveys of people who used an earlier service find? Every published figure of the indicators asked for.
-- One row per indicator and period, Scotland, everyone together: the latest edition's figure.
select
    o.indicator_id, o.area_code, o.period, p.label as period_label, o.numerator, o.denominator, o.value,
    o.lower_ci, o.upper_ci, o.obs_status, o.data_class, o.source_id, o.source_page,
    s.publisher, s.title as source_title, s.edition, s.url, s.designation
from observation as o
inner join source as s on o.source_id = s.source_id
inner join period as p on o.period = p.period
where
    o.indicator_id in (select unnest($indicators)) and o.area_code = 'S92000003'
    and o.programme = 'all' and o.characteristic = 'all' and o.value is not null
qualify row_number() over (
    partition by o.indicator_id, o.period order by s.edition_date desc nulls last, o.source_id desc
) = 1
order by list_position($indicators, o.indicator_id), p.end_date desc
