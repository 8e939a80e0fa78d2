-- Which areas can be chosen? Scotland first, then partnerships in alphabetical order.
-- One row per area.
select
    area_code, name, area_type, former_codes, spellings, population, population_year, population_16_64,
    land_area_km2, is_island, note,
    ur6_accessible_rural_pct + ur6_remote_rural_pct as rural_pct
from area
where area_type in ('country', 'partnership')
order by area_type <> 'country', name
