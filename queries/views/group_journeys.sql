-- How far does each group of people get? Protected counts along the journey of a family of tables, or of several.
-- One row per family, area, year of start and category. Nothing is divided here. Pairs of characteristics are not
-- to be had from here: `intersections` gives them, or withholds them whole.
with
yearly as (
    select c.*, p.financial_year
    from protected_count as c
    inner join period as p on c.period = p.period
    where
        c.family like $family and c.family[1] in ('M', 'B', 'C') and c.programme = 'all'
        and ($areas is null or c.area_code in (select unnest($areas)))
),

source_of_returns as (
    select * from source where source_id = 'partnership_returns'
)

select
    yearly.family, yearly.area_code, area.name as area, year.period, year.label as period_label, year.start_date, year.end_date,
    yearly.characteristic, yearly.category, coalesce(own.label, yearly.category) as category_label,
    own.footnote, coalesce(own.is_sensitive, false) as is_sensitive,
    cast(sum(yearly.count) as bigint) as starts,
    cast(coalesce(sum(yearly.count) filter (where yearly.state like 'job%'), 0) as bigint) as entered,
    cast(coalesce(sum(yearly.count) filter (where yearly.state in ('job_13', 'job_26', 'job_52')), 0) as bigint) as weeks13,
    cast(coalesce(sum(yearly.count) filter (where yearly.state in ('job_26', 'job_52')), 0) as bigint) as weeks26,
    cast(coalesce(sum(yearly.count) filter (where yearly.state = 'job_52'), 0) as bigint) as weeks52,
    cast(coalesce(sum(yearly.count) filter (
        where yearly.state in ('job_not_recorded', 'job_not_due')), 0) as bigint) as not_recorded,
    'returns' as data_class, cast(null as varchar) as obs_status, s.source_id, s.publisher,
    s.title as source_title, s.edition, s.url, s.designation
from yearly
inner join area on yearly.area_code = area.area_code
inner join period as year on yearly.financial_year = year.period
left join characteristic as own
    on yearly.characteristic = own.characteristic and yearly.category = own.category
left join source_of_returns as s on true
group by all
order by
    yearly.family, any_value(area.area_type) <> 'country', area.name, year.start_date, any_value(own.display_order), yearly.category
