-- Unemployed people assisted into work through council-funded or operated programmes, as a share of unemployed people.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'council_employability' and measure = 'assisted_into_work'
