-- Published counts of arrivals and of asylum seekers supported.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, null::double as numerator,
    null::double as denominator, numerator as value, lower_ci, upper_ci,
    case when numerator is null then 'x' end as obs_status, source_id, source_page
from stg_figure
where collection = 'population_denominators' and measure = 'refugee_arrivals'
