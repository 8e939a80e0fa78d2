-- Entered work within 12 months of starting support.
-- One row an area and year of start, and for Scotland a quarter of start; protected counts only.
select
    area_code, period, programme, 'all' as characteristic, 'all' as category,
    sum(count) filter (where category in ('0_3', '3_6', '6_9', '9_12')) as numerator,
    sum(count) as denominator
from protected_count
where family = 'T'
group by all
