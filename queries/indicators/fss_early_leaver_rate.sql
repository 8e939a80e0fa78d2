-- People who left before the end of pre-employment support without a job, as a share of a start cohort.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'fair_start_scotland' and measure in ('early_leaver_share', 'early_leaver_rate')
