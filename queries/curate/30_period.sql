-- The periods figures are for.
-- One row a period.
insert into period by name
select
    period, frequency, try_cast(start_date as date) as start_date, try_cast(end_date as date) as end_date,
    label, financial_year
from stg_period;
