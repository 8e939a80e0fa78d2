-- People asked twice who reported a worse score the second time, by domain.
-- One row an area, year of start and domain; protected counts only.
select
    area_code, period, programme, 'domain' as characteristic, characteristic as category,
    sum(count) filter (where category = 'declined') as numerator,
    sum(count) filter (where category in ('improved', 'same', 'declined')) as denominator
from protected_count
where family = 'S'
group by all
