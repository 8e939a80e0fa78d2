-- Whom did each programme reach, and for whom did it work? Protected counts along the journey of a family of tables.
-- One row per programme, year of start and category, Scotland, of years in which anybody started on the programme.
with
yearly as (
    select c.*, p.financial_year
    from protected_count as c
    inner join period as p on c.period = p.period
    where c.family = $family and c.family[1] = 'D' and c.area_code = 'S92000003'
),

running as (
    select programme, financial_year from yearly group by all having sum(count) > 0
),

source_of_returns as (
    select * from source where source_id = 'partnership_returns'
)

select
    yearly.programme, coalesce(named.label, yearly.programme) as programme_label, named.kind as programme_kind,
    yearly.family, yearly.area_code, area.name as area, year.period, year.label as period_label, year.start_date, year.end_date,
    yearly.characteristic, yearly.category, coalesce(own.label, yearly.category) as category_label,
    own.footnote, coalesce(own.is_sensitive, false) as is_sensitive,
    cast(sum(yearly.count) as bigint) as starts,
    cast(coalesce(sum(yearly.count) filter (where yearly.state like 'job%'), 0) as bigint) as entered,
    cast(coalesce(sum(yearly.count) filter (where yearly.state in ('job_13', 'job_26', 'job_52')), 0) as bigint) as weeks13,
    cast(coalesce(sum(yearly.count) filter (where yearly.state in ('job_26', 'job_52')), 0) as bigint) as weeks26,
    cast(coalesce(sum(yearly.count) filter (where yearly.state = 'job_52'), 0) as bigint) as weeks52,
    cast(coalesce(sum(yearly.count) filter (
        where yearly.state in ('job_not_recorded', 'job_not_due')), 0) as bigint) as not_recorded,
    'returns' as data_class, cast(null as varchar) as obs_status, s.source_id, s.publisher,
    s.title as source_title, s.edition, s.url, s.designation
from yearly
inner join running using (programme, financial_year)
inner join area on yearly.area_code = area.area_code
inner join period as year on yearly.financial_year = year.period
left join programme as named on yearly.programme = named.programme
left join characteristic as own
    on yearly.characteristic = own.characteristic and yearly.category = own.category
left join source_of_returns as s on true
group by all
order by
    any_value(named.kind) is distinct from 'current', any_value(named.kind) is not distinct from 'other', programme_label,
    year.start_date, any_value(own.display_order), yearly.category
