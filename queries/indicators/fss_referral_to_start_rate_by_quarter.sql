-- Share of people referred in the quarter who started.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'fair_start_scotland' and measure = 'referral_to_start_rate'
    and period in (select period from stg_period where frequency = 'quarter')
