-- People who started support.
-- One row an area, period of start, programme, characteristic and category; protected counts only.
select
    area_code, period, programme, characteristic, category,
    sum(count) as numerator,
    cast(null as double) as denominator
from cohort
group by all
