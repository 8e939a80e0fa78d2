-- Figures that differ from a previous extract, which is attached as `previous`.
-- One row an indicator, area, period, programme, characteristic and category whose latest value differs.
-- $is_break: the previous extract is of an edition broken with, so that all made from returns differs by method.
with
after as (
    select o.indicator_id, o.area_code, o.period, o.programme, o.characteristic, o.category,
        arg_max(o.value, coalesce(s.edition_date, date '1900-01-01')) as value
    from main.observation as o left join main.source as s using (source_id)
    where o.value is not null group by all
),
before as (
    select o.indicator_id, o.area_code, o.period, o.programme, o.characteristic, o.category,
        arg_max(o.value, coalesce(s.edition_date, date '1900-01-01')) as value
    from previous.observation as o left join previous.source as s using (source_id)
    where o.value is not null group by all
),
method as (
    select now.indicator_id
    from main.indicator as now inner join previous.indicator as earlier using (indicator_id)
    where now.method_version <> earlier.method_version or ($is_break and now.data_class = 'returns')
)
select
    indicator_id, area_code, period, programme, characteristic, category,
    before.value as before, after.value as after,
    case
        when indicator_id in (select indicator_id from method) then 'method'
        when before.value is null then 'new'
        when after.value is null then 'scope'
        else 'revised'
    end as kind
from after
full join before using (indicator_id, area_code, period, programme, characteristic, category)
where before.value is distinct from after.value
