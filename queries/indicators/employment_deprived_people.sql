-- Share of people of working age who are out of work and on certain benefits.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'population_denominators' and measure = 'employment_deprived_people'
