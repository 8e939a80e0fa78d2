-- Of people due a follow-up and not recorded in work, the share with each response, averaged over the follow-ups.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where
    collection = 'no_one_left_behind'
    and measure = 'follow_up_response_share_when_due_not_in_work'
