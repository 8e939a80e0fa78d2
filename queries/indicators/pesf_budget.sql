-- Extra money announced for the Parental Employability Support Fund.
-- One row per area, period, category and edition; figures as published.
select
    area_code, period, 'all' as programme, characteristic, category, numerator, denominator, value,
    lower_ci, upper_ci, obs_status, source_id, source_page
from stg_figure
where collection = 'employability_spending' and measure = 'budget'
    and programme = 'parental_employability_support_fund' and area_code = 'S92000003'
