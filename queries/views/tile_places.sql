-- Where does each partnership lie on the tile grid?
-- One row per partnership: rows count from the north, columns from the west.
select area_code, tile_row, tile_column
from area
where area_type = 'partnership' and tile_row is not null
order by area_code
