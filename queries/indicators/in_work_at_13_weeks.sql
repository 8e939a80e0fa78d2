-- Recorded in work at 13 weeks.
-- One row an area, period of start, programme, characteristic and category; protected counts only.
select
    area_code, period, programme, characteristic, category,
    sum(count) filter (where state in ('job_13', 'job_26', 'job_52')) as numerator,
    sum(count) as denominator
from cohort
group by all
