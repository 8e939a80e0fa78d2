-- Every published figure stands once in its file: none is there twice
select
    file, string_agg(row::varchar, ' and ' order by row) as row, measure, area_code, period, programme,
    characteristic, category, source_id
from stg_figure
group by all
having count(*) > 1
order by all
