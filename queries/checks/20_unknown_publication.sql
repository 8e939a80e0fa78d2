-- Every publication that a source names is in data/reference/publications.csv
select 'data/reference/sources.csv' as file, source_id, 'publication' as column, publication as value
from source
where publication not in (select publication from publication)
order by all
