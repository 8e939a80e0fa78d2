-- Of how many people is an answer not known? The newest whole years of start, three at most, from protected counts: of a
-- partnership where a characteristic is held by it, of Scotland for every one. None from before the last declared break.
-- One row per area and measure of data quality; `cells` is how many rounded counts each number adds up.
with
breaks as (
    select max(json_extract_string(each.value, '$.period')) as first_after
    from indicator, json_each(cast(indicator.breaks as json)) as each
    where indicator.data_class = 'returns'
),

counted as (
    select c.area_code, c.characteristic, c.category, c.period, p.financial_year, p.end_date, c.count
    from protected_count as c
    inner join period as p on c.period = p.period
    where
        c.programme = 'all'
        and (c.family like 'B\_%' escape '\' or (
            c.family like 'C\_%' escape '\'
            and not exists (select 1 from protected_count as b where b.family = 'B_' || c.characteristic)))
),

years as (
    select p.financial_year, any_value(p.label) as label
    from period as p, breaks
    where
        p.frequency = 'financial_year' and p.end_date <= (select release.cut_off from release)
        and p.period >= coalesce(breaks.first_after, '')
        and exists (select 1 from counted where counted.financial_year = p.financial_year)
    group by p.financial_year
    qualify row_number() over (order by p.financial_year desc) <= 3
)

select
    counted.area_code, 'unknown_' || counted.characteristic as measure,
    sum(counted.count) filter (where counted.category = 'unknown') as not_known, sum(counted.count) as people,
    count(distinct counted.period) as cells,
    arg_min(years.label, years.financial_year) as first_label, arg_max(years.label, years.financial_year) as last_label
from counted
inner join years on counted.financial_year = years.financial_year
group by counted.area_code, counted.characteristic
having count(*) filter (where counted.category = 'unknown') > 0
order by counted.area_code, measure
