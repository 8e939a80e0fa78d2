-- Every percentage lies between 0 and 100
select o.indicator_id, o.area_code, o.period, o.category, o.value, o.source_id, o.source_page
from observation as o
inner join indicator as i using (indicator_id)
where i.measure = 'percentage' and (o.value < 0 or o.value > 100)
order by all
