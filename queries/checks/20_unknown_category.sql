-- Every figure's characteristic and category is in the list of characteristics
select distinct indicator_id, characteristic, category
from observation
where characteristic <> 'all'
    and (characteristic, category) not in (select (characteristic, category) from characteristic)
order by all
