-- Spend divided by people who entered work, of those who started on what it pays for.
-- One row an area and financial year; spend as returned, people as protected counts, of the programmes that the year's
-- streams pay for. Nothing where a stream is not assigned to a programme, or where anybody was on a programme that no
-- stream here pays for and no national contract did: then money and people do not match.
-- Scotland sums the partnerships that sent both, so that money and people match.
with
spent as (
    select s.area_code, s.financial_year as period, sum(s.spend) as spend
    from spend as s
    group by all
    having bool_and(s.funding_stream in (select funding_stream from funding_stream))
),
paid as (
    select distinct s.area_code, s.financial_year as period, f.programme
    from spend as s
    inner join funding_stream as f on s.funding_stream = f.funding_stream
),
national as (
    select programme from funding_stream where funding_stream = 'national_contract'
),
people as (
    select
        c.area_code, c.period,
        sum(c.count) filter (where paid.programme is not null and c.state like 'job\_%' escape '\') as people,
        count(distinct c.programme) filter (where paid.programme is not null) as cells
    from protected_count as c
    left join paid on c.area_code = paid.area_code and c.period = paid.period and c.programme = paid.programme
    where c.family = 'A2'
    group by c.area_code, c.period
    having coalesce(sum(c.count) filter (
        where paid.programme is null and c.programme not in (select programme from national)), 0) = 0
),
matched as (
    select area_code, period, spend, people, cells
    from spent
    inner join people using (area_code, period)
    where people is not null
),
areas as (
    select area_code, period, spend, people, cells from matched
    union all
    select 'S92000003' as area_code, period, sum(spend) as spend, sum(people) as people, sum(cells) as cells
    from matched
    group by period
    -- Scotland only where most of those who returned spend are in it.
    having count(*) * 2 > (select count(distinct area_code) from spend where financial_year = matched.period)
)
select
    area_code, period, 'all' as programme, 'all' as characteristic, 'all' as category,
    spend as numerator,
    people as denominator,
    cells
from areas
