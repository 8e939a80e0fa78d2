-- The areas, and which of them make a group.
-- One row an area; one row a group and member.
insert into area by name
select
    area_code, name, area_type, parent_code, former_codes,
    -- Other names that people use in links and files, such as Western Isles.
    (
        select string_agg(alias, '; ' order by alias) from area_aliases
        where area_aliases.area_code = areas.area_code and kind = 'spelling'
    ) as spellings,
    cast(population as integer) as population, population_year,
    cast(population_16_64 as integer) as population_16_64, cast(land_area_km2 as double) as land_area_km2,
    cast(ur6_large_urban_pct as double) as ur6_large_urban_pct,
    cast(ur6_other_urban_pct as double) as ur6_other_urban_pct,
    cast(ur6_accessible_small_town_pct as double) as ur6_accessible_small_town_pct,
    cast(ur6_remote_small_town_pct as double) as ur6_remote_small_town_pct,
    cast(ur6_accessible_rural_pct as double) as ur6_accessible_rural_pct,
    cast(ur6_remote_rural_pct as double) as ur6_remote_rural_pct,
    cast(census2022_limited_day_to_day_pct as double) as census2022_limited_day_to_day_pct,
    cast(tile_row as integer) as tile_row, cast(tile_column as integer) as tile_column,
    cast(is_island as boolean) as is_island, note, source_id
from areas;

insert into area_member by name
select group_code, area_code from area_members;
