-- People who have ever entered employment, as a share of everyone who started with No One Left Behind.
-- One row per area, period, category and edition; figures as published.
select
    rate.area_code, rate.period, 'all' as programme, rate.characteristic, rate.category,
    people.value as numerator, base.value as denominator, rate.value, rate.lower_ci, rate.upper_ci,
    rate.obs_status, rate.source_id, rate.source_page
from stg_figure as rate
left join stg_figure as people
    on people.measure = 'entered_employment'
    and rate.collection = people.collection and rate.area_code = people.area_code
    and rate.period = people.period and rate.source_id = people.source_id
    and rate.characteristic = people.characteristic and rate.category = people.category
left join stg_figure as base
    on base.measure = 'starts_cumulative'
    and rate.collection = base.collection and rate.area_code = base.area_code
    and rate.period = base.period and rate.source_id = base.source_id
    and rate.characteristic = base.characteristic and rate.category = base.category
where rate.collection = 'no_one_left_behind' and rate.measure = 'entered_employment_pct'
