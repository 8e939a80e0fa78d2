-- How many follow-ups were due, and have an answer? The newest whole years of start, three at most, none from before the
-- last declared break, from protected counts. A return's own share of every year would add eight rounded counts.
-- One row per area and measure of data quality; `cells` is how many rounded counts each number adds up.
with
breaks as (
    select indicator.indicator_id, max(json_extract_string(each.value, '$.period')) as first_after
    from indicator, json_each(cast(indicator.breaks as json)) as each
    where indicator.indicator_id like 'followup_recorded_%'
    group by indicator.indicator_id
),

held as (
    select
        f.area_code, f.period, f.category, f.count, coalesce(p.label, f.period) as label,
        regexp_extract(f.characteristic, '(\d+)', 1) as weeks
    from protected_count as f
    inner join period as p on f.period = p.period
    where
        f.family = 'F' and f.programme = 'all' and f.category <> 'not_due' and f.characteristic like 'followup_%'
        and p.end_date <= (select release.cut_off from release)
),

due as (
    select held.weeks, held.period, sum(held.count) as due
    from held
    left join breaks on breaks.indicator_id = 'followup_recorded_' || held.weeks || '_weeks'
    where held.period >= coalesce(breaks.first_after, '')
    group by held.weeks, held.period
),

years as (
    select due.weeks, due.period
    from due
    where due.due > 0
    qualify row_number() over (partition by due.weeks order by due.period desc) <= 3
)

select
    held.area_code, 'followup_recorded_when_due_' || held.weeks as measure,
    sum(held.count) filter (where held.category in ('in_employment', 'not_in_employment')) as answered,
    sum(held.count) as due, count(distinct held.period) as cells,
    arg_min(held.label, held.period) as first_label, arg_max(held.label, held.period) as last_label
from held
inner join years on held.weeks = years.weeks and held.period = years.period
group by held.area_code, held.weeks
order by held.area_code, measure
