-- People who have ever entered employment since starting with No One Left Behind.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'entered_employment'
