-- Of people with a long-term health condition, the share limited a lot or a little in day-to-day activity.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'fair_start_scotland' and measure = 'limited_day_to_day_share'
