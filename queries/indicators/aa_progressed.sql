-- Share who moved on to learning, training or work.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'activity_agreements' and measure = 'progressed_to_learning_training_or_work'
