-- Share of people with low or no qualifications; exact definition not read.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'national_performance_framework' and measure = 'skill_profile_of_population'
