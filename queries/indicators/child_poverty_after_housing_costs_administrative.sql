-- Share of children aged 0 to 15 in relative low income families, after housing costs, from administrative data.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'labour_market_context'
    and measure = 'child_poverty_after_housing_costs_administrative'
