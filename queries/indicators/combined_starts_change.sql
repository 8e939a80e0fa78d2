-- Published percentage change in starts, against the quarter before and the same quarter a year before.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'comparison' as characteristic,
    case measure
        when 'starts_change_on_previous_quarter' then 'previous_quarter'
        when 'starts_change_on_year' then 'year_before'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'devolved_services_combined'
    and measure in (
        'starts_change_on_previous_quarter',
        'starts_change_on_year'
    )
