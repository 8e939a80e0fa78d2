-- How much of what became of jobs is recorded? Protected counts of people, by area, year or quarter of start and group.
-- One row per area, period and category of one characteristic ('all': everyone). `out_26` and `out_52` are people
-- recorded out of work at that follow-up: held by area and year of start of everyone alone.
with
states as (
    select
        area_code, period, category,
        sum(count) as starts,
        sum(count) filter (where state like 'job\_%' escape '\') as entered,
        sum(count) filter (where state in ('job_13', 'job_26', 'job_52')) as in_13,
        sum(count) filter (where state in ('job_26', 'job_52')) as in_26,
        sum(count) filter (where state = 'job_52') as in_52,
        sum(count) filter (where state = 'job_ended_13') as out_13
    from protected_count
    where
        programme = 'all' and characteristic = $characteristic
        and (family in ('M', 'A1') or family like 'B\_%' escape '\')
    group by area_code, period, category
    union all
    select
        c.area_code, p.financial_year as period, c.category, sum(c.count) as starts,
        sum(c.count) filter (where c.state like 'job\_%' escape '\') as entered,
        sum(c.count) filter (where c.state in ('job_13', 'job_26', 'job_52')) as in_13,
        sum(c.count) filter (where c.state in ('job_26', 'job_52')) as in_26,
        sum(c.count) filter (where c.state = 'job_52') as in_52,
        sum(c.count) filter (where c.state = 'job_ended_13') as out_13
    from protected_count as c
    inner join period as p on c.period = p.period
    where
        c.characteristic = $characteristic and c.family like 'C\_%' escape '\'
        and not exists (select 1 from protected_count as b where b.family = 'B_' || c.characteristic)
    group by c.area_code, p.financial_year, c.category
),

out_of_work as (
    select
        area_code, period,
        sum(count) filter (where characteristic = 'followup_26_weeks') as out_26,
        sum(count) filter (where characteristic = 'followup_52_weeks') as out_52
    from protected_count
    where family = 'F' and category = 'not_in_employment' and $characteristic = 'all'
    group by area_code, period
)

select
    states.area_code, states.period, states.category, states.starts, states.entered, states.in_13, states.in_26,
    states.in_52, states.out_13, out_of_work.out_26, out_of_work.out_52
from states
left join out_of_work using (area_code, period)
order by states.area_code, states.period, states.category
