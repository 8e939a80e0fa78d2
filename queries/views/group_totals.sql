-- How many people of each group started, entered work and were recorded at 26 weeks, over some years of start together?
-- One row per family of tables by partnership, area and category; `cells` is how many protected counts were added up.
select
    c.family, c.area_code, c.characteristic, c.category,
    cast(sum(c.count) as bigint) as starts,
    cast(coalesce(sum(c.count) filter (where c.state like 'job%'), 0) as bigint) as entered,
    cast(coalesce(sum(c.count) filter (where c.state in ('job_26', 'job_52')), 0) as bigint) as weeks26,
    count(distinct c.period) as cells
from protected_count as c
inner join period as p on c.period = p.period
where c.family[1] = 'B' and c.programme = 'all' and p.financial_year in (select unnest($years))
group by all
order by c.family, c.area_code, c.category
