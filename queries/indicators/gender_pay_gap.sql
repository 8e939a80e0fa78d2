-- Median hourly pay of women working full-time compared with men's: the gap as a share of men's pay.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'national_performance_framework' and measure = 'gender_pay_gap'
