-- Share of children in relative poverty after housing costs, from the Family Resources Survey.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'labour_market_context' and measure = 'child_poverty_after_housing_costs_survey'
