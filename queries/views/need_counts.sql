-- Who might need these services? One count of people a partnership, by the measure of need asked for.
-- One row per partnership: a published count, or a published rate times a published population.
with
latest as (
    select
        o.area_code, o.period, o.numerator, o.value, o.data_class, o.source_id, s.publisher,
        s.title as source_title, s.edition, s.url, s.designation, p.label as period_label, p.end_date
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join period as p on o.period = p.period
    where
        o.indicator_id = $indicator_id and o.characteristic = 'all' and o.programme = 'all'
        and (o.numerator is not null or o.value is not null)
    qualify row_number() over (
        partition by o.area_code order by p.end_date desc, s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

people as (
    select o.area_code, o.numerator, p.label
    from observation as o
    inner join period as p on o.period = p.period
    where o.indicator_id = 'population_16_64_midyear' and o.characteristic = 'all'
    qualify row_number() over (partition by o.area_code order by p.end_date desc) = 1
)

select
    latest.area_code, area.name as area, latest.period, latest.period_label, latest.value,
    coalesce(latest.numerator, latest.value / 100 * people.numerator) as people,
    latest.numerator is null as is_product,
    case when latest.numerator is null then people.label end as people_label,
    cast(null as varchar) as obs_status, latest.data_class, latest.source_id, latest.publisher,
    latest.source_title, latest.edition, latest.url, latest.designation
from latest
inner join area on latest.area_code = area.area_code
left join people on latest.area_code = people.area_code
where area.area_type = 'partnership'
order by area.name
