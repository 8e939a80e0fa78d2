-- People who agree with a statement about how they were treated.
-- One row an area, year of response and statement; responses, protected counts only.
select
    area_code, period, programme, 'statement' as characteristic, characteristic as category,
    sum(count) filter (where category in ('strongly_agree', 'agree')) as numerator,
    sum(count) filter (where category <> 'unknown') as denominator
from protected_count
where family = 'X'
group by all
