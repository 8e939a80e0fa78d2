-- Every figure's area is in the list of areas
select distinct indicator_id, area_code, source_id, source_page
from observation
where area_code not in (select area_code from area)
order by all
