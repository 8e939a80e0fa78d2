-- At least halve the 2016 gap of 37.4 points, to 18.7 points, by 2038.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'disability_employment_gap_targets' and measure = 'gap'
