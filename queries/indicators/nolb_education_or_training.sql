-- People who entered further education, higher education or training since starting.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'entered_fe_he_or_training'
