-- Of people from Work Able Scotland who reached 26 weeks, the share in each group.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'work_first_and_work_able_scotland' and measure = 'sustained_26_weeks_share'
    and programme = 'work_able_scotland'
