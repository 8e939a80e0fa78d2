-- What is held? One indicator in every period, quarters and years alike, for the areas and categories asked for.
-- One row per area, category and period: the latest edition's figure, with its source.
with
figure as (
    select o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation
    from observation as o
    inner join source as s on o.source_id = s.source_id
    where
        o.indicator_id = $indicator_id
        and o.area_code in (select unnest($areas))
        and o.programme = $programme
        and o.characteristic = $characteristic
        and ($category is null or o.category = $category)
),

latest as (
    select *
    from figure
    qualify row_number() over (
        partition by area_code, period, category
        order by edition_date desc nulls last, source_id desc
    ) = 1
)

select
    latest.indicator_id, latest.area_code, area.name as area, latest.period,
    period.label as period_label, period.frequency, period.start_date, period.end_date,
    latest.programme, latest.characteristic, latest.category,
    coalesce(characteristic.label, latest.category) as category_label,
    latest.numerator, latest.denominator, latest.value, latest.lower_ci, latest.upper_ci,
    latest.obs_status, latest.data_class, latest.source_id, latest.publisher, latest.source_title,
    latest.edition, latest.url, latest.designation, latest.source_page
from latest
inner join area on latest.area_code = area.area_code
inner join period on latest.period = period.period
left join characteristic
    on latest.characteristic = characteristic.characteristic
    and latest.category = characteristic.category
order by
    area.area_type <> 'country', area.name, characteristic.display_order, latest.category,
    period.end_date, period.start_date
