-- How has a figure been revised? Every edition of the figures published more than once.
-- One row per area, category, period and edition, oldest edition first; `change` is on the edition
-- before. Undated editions come first: they never count as the latest.
with
figure as (
    select
        o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
        row_number() over edition as place,
        count(*) over (partition by o.area_code, o.period, o.category) as editions,
        o.value - lag(o.value) over edition as change
    from observation as o
    inner join source as s on o.source_id = s.source_id
    where
        o.indicator_id = $indicator_id
        and o.area_code in (select unnest($areas))
        and o.programme = $programme
        and o.characteristic = $characteristic
        and ($category is null or o.category = $category)
    window edition as (
        partition by o.area_code, o.period, o.category
        order by s.edition_date nulls first, o.source_id
    )
)

select
    figure.indicator_id, figure.area_code, area.name as area, figure.period,
    period.label as period_label, period.frequency, period.start_date, period.end_date,
    figure.programme, figure.characteristic, figure.category,
    coalesce(characteristic.label, figure.category) as category_label,
    figure.numerator, figure.denominator, figure.value, figure.lower_ci, figure.upper_ci,
    figure.obs_status, figure.change, figure.place = figure.editions as is_latest,
    figure.data_class, figure.source_id, figure.publisher, figure.source_title, figure.edition,
    figure.edition_date, figure.url, figure.designation, figure.source_page
from figure
inner join area on figure.area_code = area.area_code
inner join period on figure.period = period.period
left join characteristic
    on figure.characteristic = characteristic.characteristic
    and figure.category = characteristic.category
where figure.editions > 1
order by
    area.area_type <> 'country', area.name, period.end_date, period.start_date, figure.category,
    figure.place
