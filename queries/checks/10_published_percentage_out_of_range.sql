-- Every published percentage lies between 0 and 100
select f.file, f.row, f.measure, f.area_code, f.period, f.value
from stg_figure as f
where
    (f.value < 0 or f.value > 100)
    and (
        f.unit = 'percent'
        or exists (
            select 1
            from observation as o
            inner join indicator as i using (indicator_id)
            where
                i.measure = 'percentage' and o.area_code = f.area_code and o.period = f.period
                and o.source_id = f.source_id and o.value = f.value
        )
    )
order by all
