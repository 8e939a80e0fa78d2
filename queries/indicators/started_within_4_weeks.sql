-- Started within four weeks of referral, of those whose wait is known.
-- One row an area and year of start; protected counts only.
select
    area_code, period, programme, 'all' as characteristic, 'all' as category,
    sum(count) filter (where category in ('under_2_weeks', '2_4_weeks')) as numerator,
    sum(count) filter (where category <> 'unknown') as denominator
from protected_count
where family = 'W'
group by all
