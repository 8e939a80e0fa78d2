-- Share of people born in 1973 with a conviction, and convictions in court in 2019-20.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'population_denominators' and measure = 'conviction_counts_and_shares'
