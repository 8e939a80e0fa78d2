-- Disabled people, of participants whose answer is known.
-- One row an area and year of start; protected counts only.
select
    area_code, period, programme, 'all' as characteristic, 'all' as category,
    sum(count) filter (where category = 'yes') as numerator,
    sum(count) filter (where category in ('yes', 'no')) as denominator
from protected_count
where family = 'B_disabled'
group by all
