-- People enrolled into case management in the quarter.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'health_and_work_support' and measure = 'enrolments_in_quarter'
