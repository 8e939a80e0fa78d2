-- Every figure's source is in the list of sources
select distinct indicator_id, source_id
from observation
where source_id not in (select source_id from source)
order by all
