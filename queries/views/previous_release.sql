-- Which edition is this one compared with? The edition before, and how many figures differ from it.
-- One row per area asked for, or none where there was no edition before. Null asks for every area.
select
    previous_release.*, area.area_code, (select count(*) from change) as figures,
    (select count(*) from change where change.area_code = area.area_code) as figures_here
from previous_release
cross join area
where $area_code is null or area.area_code = $area_code
