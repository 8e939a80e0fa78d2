-- How do urban and rural differ? One indicator by urban-rural class, in the newest period of each fold, in one area or,
-- where none is named, in each that holds it by a person's own class.
-- One row per fold and class, and the whole of the area in the same period (category 'all').
-- Published figures of classes are Scotland's; returns by a person's own class are held for areas too.
with
headline as (
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    where indicator_id = $indicator_id
    group by indicator_id
),

figure as (
    select
        o.*, a.area_type, coalesce($area_code, o.area_code) as place, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
        case
            when o.characteristic like 'urban_rural_%' then right(o.characteristic, 1)::integer
            when a.area_type = 'urban_rural' then substr(o.area_code, 3, 1)::integer
        end as fold
    from observation as o
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    inner join area as a on o.area_code = a.area_code
    inner join source as s on o.source_id = s.source_id
    where
        (
            (o.area_code = $area_code or ($area_code is null and a.area_type <> 'urban_rural'))
            and o.characteristic in ('all', 'urban_rural_2', 'urban_rural_6')
        )
        or (a.area_type = 'urban_rural' and o.characteristic = 'all' and $area_code = 'S92000003')
    qualify row_number() over (
        partition by o.area_code, o.period, o.characteristic, o.category
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

newest as (
    select f.place, f.fold, arg_max(f.period, (p.frequency <> 'quarter', p.end_date)) as period
    from figure as f
    inner join period as p on f.period = p.period
    where f.fold is not null and (f.value is not null or f.obs_status = 'c')
    group by f.place, f.fold
)

select
    newest.fold,
    case
        when figure.fold is null then 'all'
        when figure.area_type = 'urban_rural' then substr(figure.area_code, 5)
        else figure.category
    end as category,
    case
        when figure.fold is null then area.name
        when figure.area_type = 'urban_rural' then regexp_replace(area.name, ' \(.*\)$', '')
        else c.label
    end as category_label,
    figure.indicator_id, figure.area_code, figure.characteristic, newest.period, period.label as period_label, period.frequency,
    period.start_date, period.end_date, figure.numerator, figure.denominator, figure.value,
    figure.lower_ci, figure.upper_ci, figure.obs_status, figure.data_class, figure.source_id,
    figure.publisher, figure.source_title, figure.edition, figure.url, figure.designation,
    figure.source_page
from newest
inner join figure
    on newest.place = figure.place and newest.period = figure.period and (newest.fold = figure.fold or figure.fold is null)
inner join area on figure.area_code = area.area_code
inner join period on newest.period = period.period
left join characteristic as c
    on figure.characteristic = c.characteristic and figure.category = c.category
where figure.indicator_id = $indicator_id
order by newest.fold, figure.fold is null, c.display_order, figure.area_code
