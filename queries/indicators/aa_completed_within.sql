-- Share completed within six and nine months.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'completion' as characteristic,
    case measure
        when 'completed_within_6_months_share' then 'within_6_months'
        when 'completed_within_9_months_share' then 'within_9_months'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'activity_agreements'
    and measure in (
        'completed_within_6_months_share',
        'completed_within_9_months_share'
    )
