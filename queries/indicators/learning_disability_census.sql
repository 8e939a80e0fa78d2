-- People with a learning disability: Census 2011; Census 2022 gives no plausible figure.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'population_denominators' and measure = 'learning_disability_census'
