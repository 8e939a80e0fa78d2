-- Rates expected in the business case for Fair Start Scotland.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'business_case_rate' as characteristic,
    case measure
        when 'business_case_referral_to_start_rate' then 'referral_to_start'
        when 'business_case_sustained_13_weeks_rate' then 'sustained_13_weeks'
        when 'business_case_sustained_26_weeks_rate' then 'sustained_26_weeks'
        when 'business_case_sustained_52_weeks_rate' then 'sustained_52_weeks'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'fair_start_scotland'
    and measure in (
        'business_case_referral_to_start_rate',
        'business_case_sustained_13_weeks_rate',
        'business_case_sustained_26_weeks_rate',
        'business_case_sustained_52_weeks_rate'
    )
