-- Every published row has a value, a count or a mark: is the column 'value' missing or misnamed?
select file, row, measure, area_code, period, 'value' as column
from stg_figure
where value is null and numerator is null and obs_status is null
order by all
