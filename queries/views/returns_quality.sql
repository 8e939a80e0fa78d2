-- Can the returns be trusted? Every measure of quality, in every partnership, sent or not, and Scotland.
-- One row per area, edition and measure; an area without any has one row with a null measure.
with
places as (
    select area_code, name, area_type
    from area
    where area_type in ('country', 'partnership')
),

editions as (
    select distinct edition
    from data_quality
)

select
    places.area_code, places.name as area, places.area_type, editions.edition, q.measure, q.value,
    case
        when q.measure is null then 'x'
        when q.value is null then 'c'
    end as obs_status,
    c.characteristic_label,
    'returns' as data_class, s.source_id, s.publisher, s.title as source_title, s.edition as source_edition,
    s.url, s.designation
from places
cross join editions
left join data_quality as q on places.area_code = q.area_code and editions.edition = q.edition
left join (
    select characteristic, any_value(characteristic_label) as characteristic_label
    from characteristic
    group by characteristic
) as c on q.measure = 'unknown_' || c.characteristic
left join source as s on s.source_id = 'partnership_returns'
order by editions.edition desc, places.area_type <> 'country', places.name, q.measure
