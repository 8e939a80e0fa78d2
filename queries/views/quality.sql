-- Can we trust it? The latest figure of every measure of quality, in every area that has one.
-- One row per measure and area.
with
figure as (
    select o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join indicator as i on o.indicator_id = i.indicator_id
    where i.topic = 'quality'
    qualify row_number() over (
        partition by o.indicator_id, o.area_code, o.period, o.programme, o.characteristic, o.category
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
)

select
    figure.* exclude (edition_date), area.name as area, i.title as indicator,
    p.label as period_label, p.frequency, p.start_date, p.end_date,
    coalesce(c.label, figure.category) as category_label,
    coalesce(c.characteristic_label, figure.characteristic) as characteristic_label
from figure
inner join indicator as i on figure.indicator_id = i.indicator_id
inner join area on figure.area_code = area.area_code
inner join period as p on figure.period = p.period
left join characteristic as c
    on figure.characteristic = c.characteristic and figure.category = c.category
qualify row_number() over (
    partition by
        figure.indicator_id, figure.area_code, figure.programme, figure.characteristic, figure.category
    order by p.end_date desc, p.start_date desc
) = 1
order by i.title, area.area_type <> 'country', area.name, characteristic_label, c.display_order
