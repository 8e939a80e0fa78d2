-- Every figure lies within its interval
select o.indicator_id, o.area_code, o.period, o.characteristic, o.category, o.lower_ci, o.value, o.upper_ci
from observation as o
where o.lower_ci > o.value or o.upper_ci < o.value
order by all
