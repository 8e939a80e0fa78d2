-- Share of people aged 16 to 64 who are neither in work nor looking for it.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'labour_market_context' and measure = 'economic_inactivity_rate_16_64'
