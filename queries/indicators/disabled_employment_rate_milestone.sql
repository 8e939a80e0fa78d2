-- Milestones on the way to the target: 50% by 2023 and 60% by 2030.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'disability_employment_gap_targets' and measure = 'disabled_rate'
