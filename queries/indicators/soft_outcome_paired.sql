-- People asked about a domain at the start and again.
-- One row an area, year of start and domain; protected counts only.
select
    area_code, period, programme, 'domain' as characteristic, characteristic as category,
    sum(count) filter (where category in ('improved', 'same', 'declined')) as numerator,
    sum(count) as denominator
from protected_count
where family = 'S'
group by all
