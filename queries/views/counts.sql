-- How many people? The protected counts of one family of tables, added up over the areas asked for.
-- One row per year of start, programme, category and state; `cells` is how many counts were added.
-- Null asks for each area by itself.
-- A family held by quarter alone is added up to years, whose sums are themselves protected counts.
with
asked as (
    select c.*, p.financial_year, p.frequency
    from protected_count as c
    inner join period as p on c.period = p.period
    where c.family = $family and ($areas is null or c.area_code in (select unnest($areas)))
),

yearly as (
    select *
    from asked
    qualify
        frequency = 'financial_year'
        or not coalesce(bool_or(frequency = 'financial_year') over (), false)
),

source_of_returns as (
    select * from source where source_id = 'partnership_returns'
)

select
    -- Added up over areas that are named, it is of none of them.
    case when $areas is null then yearly.area_code end as area_code,
    year.period, year.label as period_label, year.frequency, year.start_date, year.end_date,
    yearly.programme, yearly.characteristic, yearly.category,
    coalesce(programme.label, characteristic.label, yearly.category) as category_label,
    coalesce(characteristic.characteristic_label, 'Programme') as characteristic_label,
    yearly.state, cast(sum(yearly.count) as bigint) as count, count(distinct yearly.area_code) as cells,
    'returns' as data_class, cast(null as varchar) as obs_status, s.source_id, s.publisher,
    s.title as source_title, s.edition, s.url, s.designation
from yearly
inner join period as year on yearly.financial_year = year.period
left join characteristic
    on yearly.characteristic = characteristic.characteristic and yearly.category = characteristic.category
    and yearly.characteristic <> 'all'
left join programme on yearly.programme = programme.programme and yearly.programme <> 'all'
left join source_of_returns as s on true
group by all
order by year.start_date, min(characteristic.display_order), category_label, yearly.category, yearly.state
