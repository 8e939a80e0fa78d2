-- People who started with No One Left Behind in the quarter, each counted once.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'starts_in_quarter'
