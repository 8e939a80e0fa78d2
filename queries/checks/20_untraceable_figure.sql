-- Every published figure names the page it comes from
select indicator_id, area_code, period, source_id
from observation
where data_class = 'published' and source_page is null
order by all
