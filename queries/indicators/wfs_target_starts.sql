-- Starts planned for Work First Scotland.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'work_first_and_work_able_scotland' and measure = 'target_starts'
    and programme = 'work_first_scotland'
