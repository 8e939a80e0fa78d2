-- Published percentage change in enrolments.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'comparison' as characteristic,
    case measure
        when 'enrolments_change_on_previous_quarter' then 'previous_quarter'
        when 'enrolments_change_first_to_last_quarter' then 'first_quarter'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'health_and_work_support'
    and measure in (
        'enrolments_change_on_previous_quarter',
        'enrolments_change_first_to_last_quarter'
    )
