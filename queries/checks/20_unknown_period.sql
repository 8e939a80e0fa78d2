-- Every figure's period is in the list of periods
select distinct indicator_id, period, source_id, source_page
from observation
where period not in (select period from period)
order by all
