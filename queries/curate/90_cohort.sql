-- People by outcome state: everything the outcome indicators are made from.
-- One row an area, period, programme, characteristic, category and state; protected counts only.
-- Characteristics held for Scotland alone come from their quarters, whose yearly sum is itself held.
create temp view cohort as
select area_code, period, programme, characteristic, category, state, count
from protected_count
where family in ('M', 'A1', 'A2') or family like 'B\_%' escape '\'
union all
select c.area_code, p.financial_year as period, c.programme, c.characteristic, c.category, c.state, sum(c.count)
from protected_count as c
inner join period as p using (period)
where
    c.family like 'C\_%' escape '\'
    and not exists (
        select 1 from protected_count as b where b.family = 'B_' || c.characteristic
    )
group by all
