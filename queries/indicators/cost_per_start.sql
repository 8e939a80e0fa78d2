-- Spend divided by people who started.
-- One row an area and financial year; spend as returned, people as protected counts.
-- Scotland sums the partnerships that sent both, so that money and people match.
with
spent as (
    select area_code, financial_year as period, sum(spend) as spend
    from spend
    group by all
),
people as (
    select area_code, period, sum(count) as people
    from protected_count
    where family = 'M'
    group by all
),
matched as (
    select area_code, period, spend, people
    from spent
    inner join people using (area_code, period)
),
areas as (
    select area_code, period, spend, people from matched
    union all
    select 'S92000003' as area_code, period, sum(spend) as spend, sum(people) as people
    from matched
    group by all
)
select
    area_code, period, 'all' as programme, 'all' as characteristic, 'all' as category,
    spend as numerator,
    people as denominator
from areas
