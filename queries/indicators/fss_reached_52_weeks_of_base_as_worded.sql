-- Share who reached 52 weeks in work, of a base of 11,537 as the release words it.
-- One row per area, period, category and edition; figures as published.
select
    rate.area_code, rate.period, 'all' as programme, rate.characteristic, rate.category,
    null::double as numerator, base.value as denominator, rate.value, rate.lower_ci, rate.upper_ci,
    rate.obs_status, rate.source_id, rate.source_page
from stg_figure as rate
left join stg_figure as base
    on base.measure = 'reached_52_weeks_base_as_worded'
    and rate.collection = base.collection and rate.area_code = base.area_code
    and rate.period = base.period and rate.source_id = base.source_id
    and rate.characteristic = base.characteristic and rate.category = base.category
where rate.collection = 'fair_start_scotland' and rate.measure = 'reached_52_weeks_of_base_as_worded'
