-- People for whom not enough time had passed for each follow-up, as a share of everyone in the review who entered work.
-- One row per area, period, category and edition; figures as published.
select
    rate.area_code, rate.period, 'all' as programme, rate.characteristic, rate.category,
    people.value as numerator, base.value as denominator, rate.value, rate.lower_ci, rate.upper_ci,
    rate.obs_status, rate.source_id, rate.source_page
from stg_figure as rate
left join stg_figure as people
    on people.measure = 'not_enough_time_passed'
    and rate.collection = people.collection and rate.area_code = people.area_code
    and rate.period = people.period and rate.source_id = people.source_id
    and rate.characteristic = people.characteristic and rate.category = people.category
left join stg_figure as base
    on base.measure = 'entered_employment_review_base'
    and rate.collection = base.collection and rate.area_code = base.area_code
    and rate.period = base.period and rate.source_id = base.source_id
    and base.characteristic = 'all'
where rate.collection = 'no_one_left_behind' and rate.measure = 'not_enough_time_passed_pct'
