-- How has it changed? One indicator over every period of one frequency, for the areas asked for.
-- One row per area, category and period: the latest edition's figure, with its source.
with
figure as (
    select
        o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
        p.label as period_label, p.frequency, p.start_date, p.end_date
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join period as p on o.period = p.period
    where
        o.indicator_id = $indicator_id
        and o.area_code in (select unnest($areas))
        and o.characteristic = $characteristic
        and ($category is null or o.category = $category)
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
        -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
        and o.programme = coalesce($programme, (
            select coalesce(max(h.programme) filter (h.programme = 'all'), min(h.programme))
            from observation as h
            where h.indicator_id = $indicator_id
        ))
),

-- Quarters, years and running totals are never one line: the one asked for, else the longest of the
-- yearly ones, else the longest. Of 'every' frequency each is given, for whoever tells them apart.
chosen as (
    select frequency
    from figure
    where $frequency is null or frequency = $frequency
    group by frequency
    order by frequency = 'quarter', count(distinct period) desc, frequency
    limit 1
),

latest as (
    select *
    from figure
    where $frequency = 'every' or frequency in (select frequency from chosen)
    qualify row_number() over (
        partition by area_code, period, category
        order by edition_date desc nulls last, source_id desc
    ) = 1
)

select
    latest.indicator_id, latest.area_code, area.name as area, latest.period, latest.period_label,
    latest.frequency, latest.start_date, latest.end_date, latest.programme, latest.characteristic,
    latest.category, coalesce(characteristic.label, latest.category) as category_label,
    latest.numerator, latest.denominator, latest.value, latest.lower_ci, latest.upper_ci,
    latest.obs_status, latest.data_class, latest.source_id, latest.publisher, latest.source_title,
    latest.edition, latest.url, latest.designation, latest.source_page
from latest
inner join area on latest.area_code = area.area_code
left join characteristic
    on latest.characteristic = characteristic.characteristic
    and latest.category = characteristic.category
order by
    area.area_type <> 'country', area.name, characteristic.display_order, latest.category,
    latest.end_date, latest.start_date
