-- What may be said of two characteristics together? The named pairs, Scotland, over the years of start asked for.
-- One row per pair of known answers, and one for each kind of missing answer. A pair in which any known group has
-- fewer than 50 people gives no row at all: the whole view is withheld here, so that no surface can show it.
with
counted as (
    select
        c.family, c.characteristic, c.characteristic_2,
        case
            when 'unknown' in (c.category, c.category_2) then 'unknown'
            when 'prefer_not_to_say' in (c.category, c.category_2) then 'prefer_not_to_say'
            else c.category
        end as category,
        case
            when c.category in ('unknown', 'prefer_not_to_say') or c.category_2 in ('unknown', 'prefer_not_to_say')
                then 'all'
            else c.category_2
        end as category_2,
        c.state, c.count, p.financial_year
    from protected_count as c
    inner join period as p on c.period = p.period
    where
        c.family like 'E\_%' escape '\' and c.area_code = 'S92000003'
        and p.financial_year in (select unnest($years))
        and c.category <> 'under_16' and c.category_2 <> 'under_16'
),

pooled as (
    select
        family, characteristic, category, characteristic_2, category_2,
        category in ('unknown', 'prefer_not_to_say') as is_unknown, count(distinct financial_year) as cells,
        cast(sum(count) as bigint) as starts,
        cast(coalesce(sum(count) filter (where state like 'job%'), 0) as bigint) as entered,
        cast(coalesce(sum(count) filter (where state in ('job_13', 'job_26', 'job_52')), 0) as bigint) as weeks13,
        cast(coalesce(sum(count) filter (where state in ('job_26', 'job_52')), 0) as bigint) as weeks26,
        cast(coalesce(sum(count) filter (where state = 'job_52'), 0) as bigint) as weeks52
    from counted
    group by all
),

safe as (
    select *
    from pooled
    qualify min(starts) filter (where not is_unknown) over (partition by family) >= 50
),

source_of_returns as (
    select * from source where source_id = 'partnership_returns'
)

select
    safe.family, safe.characteristic, safe.category, coalesce(own.label, safe.category) as category_label, own.footnote,
    safe.characteristic_2, safe.category_2, coalesce(other.label, '') as category_2_label, safe.is_unknown, safe.cells,
    -- Missing answers are only counted, for the range they allow, and not under the base.
    case when not safe.is_unknown or safe.starts >= 50 then safe.starts end as starts,
    case when not safe.is_unknown or safe.starts >= 50 then safe.entered end as entered,
    case when not safe.is_unknown or safe.starts >= 50 then safe.weeks13 end as weeks13,
    case when not safe.is_unknown or safe.starts >= 50 then safe.weeks26 end as weeks26,
    case when not safe.is_unknown or safe.starts >= 50 then safe.weeks52 end as weeks52,
    case when safe.is_unknown and safe.starts < 50 then 'c' end as obs_status, 'returns' as data_class, s.source_id,
    s.publisher, s.title as source_title, s.edition, s.url, s.designation
from safe
left join characteristic as own on safe.characteristic = own.characteristic and safe.category = own.category
left join characteristic as other
    on safe.characteristic_2 = other.characteristic and safe.category_2 = other.category
left join source_of_returns as s on true
order by safe.family, safe.is_unknown, own.display_order, other.display_order
