-- People in work 26 weeks (six months) after starting a job, as a share of starts in cohorts old enough to count.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'fair_start_scotland' and measure = 'sustained_26_weeks_rate'
