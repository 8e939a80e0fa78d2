-- Share of surveyed people no longer receiving support who moved into work or training.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'fair_start_scotland' and measure = 'left_service_moved_into_work_or_training'
