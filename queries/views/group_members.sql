-- Which partnerships make a group? Every group of one type: family groups, regions or kinds of place.
-- One row per group and member.
select m.group_code, g.name as group_name, g.area_type as group_type, m.area_code
from area_member as m
inner join area as g on m.group_code = g.area_code
where g.area_type = $group_type
order by g.name, m.area_code
