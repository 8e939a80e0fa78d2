-- How do areas compare? One indicator in one period, or in its latest for most partnerships.
-- One row per area: Scotland first, then partnerships in alphabetical order.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
),

figure as (
    select o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join area as a on o.area_code = a.area_code
    inner join period as p on o.period = p.period
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        o.indicator_id = $indicator_id
        and o.characteristic = 'all'
        and a.area_type in ('country', 'partnership')
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
    qualify row_number() over (
        partition by o.area_code, o.period
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

chosen as (
    select coalesce($period, (
        select f.period
        from figure as f
        inner join period as p on f.period = p.period
        where f.area_code <> 'S92000003' and f.value is not null
        group by all
        having count(*) >= 8
        order by any_value(p.frequency) = 'quarter', max(p.end_date) desc, count(*) desc
        limit 1
    )) as period
)

select
    figure.indicator_id, figure.area_code, area.name as area, figure.period,
    period.label as period_label, period.frequency, period.start_date, period.end_date,
    figure.numerator, figure.denominator, figure.value, figure.lower_ci, figure.upper_ci,
    figure.obs_status, figure.data_class, figure.source_id, figure.publisher, figure.source_title,
    figure.edition, figure.url, figure.designation, figure.source_page
from figure
inner join chosen on figure.period = chosen.period
inner join area on figure.area_code = area.area_code
inner join period on figure.period = period.period
order by area.area_type <> 'country', area.name
