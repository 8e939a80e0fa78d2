-- The number of working parents to be helped to increase their earnings from 2022 to 2026, as stated in Parliament.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'target_parents_earnings_increased'
