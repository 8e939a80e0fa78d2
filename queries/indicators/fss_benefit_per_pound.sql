-- Modelled benefit for each pound spent, to society, public finances and participants.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, 'perspective' as characteristic,
    case measure
        when 'benefit_per_pound_society' then 'society'
        when 'benefit_per_pound_public_finances' then 'public_finances'
        when 'benefit_per_pound_participants' then 'participants'
    end as category,
    numerator, denominator, value, lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'fair_start_scotland'
    and measure in (
        'benefit_per_pound_society',
        'benefit_per_pound_public_finances',
        'benefit_per_pound_participants'
    )
