-- Every period a figure may have: quarters and financial years of the returns, and every published period.
-- One row per period; `frequency` says what kind it is. School years carry nominal dates (August to July).
create temp table stg_period as
select
    period, frequency, cast(start_date as date) as start_date, cast(end_date as date) as end_date,
    label, financial_year
from periods;
