-- Published percentage change in referrals on the quarter before.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'comparison' as characteristic,
    case measure
        when 'referrals_change_on_previous_quarter' then 'previous_quarter'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'health_and_work_support'
    and measure in (
        'referrals_change_on_previous_quarter'
    )
