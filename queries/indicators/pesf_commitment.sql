-- Total money to be spent by 2022 to help parents into work and to earn more.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'employability_spending' and measure = 'budget_commitment'
