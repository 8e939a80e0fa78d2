-- Which breakdowns of people does this edition hold, and for which areas?
-- One row per family of tables and area, with how many people it counts in the years asked for; null asks for every area.
select c.family, c.area_code, cast(sum(c.count) as bigint) as people
from protected_count as c
inner join period as p on c.period = p.period
where
    c.programme = 'all' and p.financial_year in (select unnest($years))
    and (c.family like 'B\_%' escape '\' or c.family like 'C\_%' escape '\' or c.family like 'E\_%' escape '\')
    and ($areas is null or c.area_code in (select unnest($areas)))
group by all
order by c.family, c.area_code
