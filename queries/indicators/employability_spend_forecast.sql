-- Forecasts of administration and operation spending, later replaced by the spending figures.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'employability_spending' and measure = 'spend_administration_operation_forecast'
