-- Every published figure's area_code is in data/reference/areas.csv
select file, row, 'area_code' as column, area_code as value, measure, period
from stg_figure
where area_code is null or area_code not in (select area_code from areas)
order by all
