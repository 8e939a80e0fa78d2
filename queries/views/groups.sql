-- Which groups is an area in, and who else is in them? Family groups, regions and typologies; of every area where none
-- is named. One row per group and member.
select
    mine.area_code as asked_of, g.area_code as group_code, g.name as group_name, g.area_type as group_type, m.area_code,
    member.name as area
from area_member as mine
inner join area as g on mine.group_code = g.area_code
inner join area_member as m on g.area_code = m.group_code
inner join area as member on m.area_code = member.area_code
where $area_code is null or mine.area_code = $area_code
order by g.area_type, g.name, member.name
