-- Published change, in percentage points, in the share of starts who are disabled, on the quarter before.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'no_one_left_behind' and measure = 'starts_share_change_on_previous_quarter'
