-- 26-week follow-ups that were due and have an answer.
-- One row an area and year of start; people who entered work; protected counts only.
select
    area_code, period, programme, 'all' as characteristic, 'all' as category,
    sum(count) filter (where category in ('in_employment', 'not_in_employment')) as numerator,
    sum(count) filter (where category <> 'not_due') as denominator
from protected_count
where family = 'F' and characteristic = 'followup_26_weeks'
group by all
