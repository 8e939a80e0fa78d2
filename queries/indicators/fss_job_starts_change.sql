-- Published percentage change in job starts, against the quarter before and a year before.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'comparison' as characteristic,
    case measure
        when 'job_starts_change_on_previous_quarter' then 'previous_quarter'
        when 'job_starts_change_on_year' then 'year_before'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'fair_start_scotland'
    and measure in (
        'job_starts_change_on_previous_quarter',
        'job_starts_change_on_year'
    )
