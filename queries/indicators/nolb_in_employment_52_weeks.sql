-- People recorded in employment at the 52-week follow-up, by council, since April 2019.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'in_employment_at_52_weeks'
