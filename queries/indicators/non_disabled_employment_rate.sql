-- Share of people aged 16 to 64 who are not disabled and are in work.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'disability_employment_gap' and measure = 'non_disabled_rate'
