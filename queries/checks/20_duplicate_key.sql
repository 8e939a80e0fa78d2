-- Every figure has one row: no indicator, area, period, programme, category and source twice
select indicator_id, area_code, period, programme, characteristic, category, source_id, count(*) as times
from observation
group by all
having count(*) > 1
order by all
