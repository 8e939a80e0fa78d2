-- Jobs recorded as lasting 26 weeks.
-- One row an area, period of start, programme, characteristic and category; protected counts only.
select
    area_code, period, programme, characteristic, category,
    sum(count) filter (where state in ('job_26', 'job_52')) as numerator,
    sum(count) filter (where state in ('job_52', 'job_26', 'job_13', 'job_ended_13', 'job_not_due', 'job_not_recorded')) as denominator
from cohort
group by all
