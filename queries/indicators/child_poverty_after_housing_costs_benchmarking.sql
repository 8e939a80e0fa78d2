-- Share of children in poverty after housing costs, as used in council benchmarking.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'labour_market_context'
    and measure = 'child_poverty_after_housing_costs_benchmarking'
