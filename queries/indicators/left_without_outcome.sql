-- Left with no outcome recorded.
-- One row an area, period of start, programme, characteristic and category; protected counts only.
select
    area_code, period, programme, characteristic, category,
    sum(count) filter (where state in ('left_no_outcome')) as numerator,
    sum(count) as denominator
from cohort
group by all
