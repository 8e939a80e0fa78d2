-- Where does an area stand among the partnerships? Each indicator that most of them have.
-- One row per indicator: the area, Scotland, and the spread of the partnerships in the same period,
-- the newest that Scotland has too.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
),

edition as (
    select source_id, row_number() over (order by edition_date nulls first, source_id) as number
    from source
),

dated as (
    select
        period, end_date, row_number() over (order by frequency = 'quarter', end_date desc, start_date) as place,
        count(*) over () as periods
    from period
),

latest as (
    select arg_max(o.rowid, e.number) as number
    from observation as o
    inner join edition as e on o.source_id = e.source_id
    inner join area as a on o.area_code = a.area_code
    inner join dated as p on o.period = p.period
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        o.characteristic = 'all'
        and a.area_type in ('country', 'partnership')
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
        and ($indicators is null or o.indicator_id in (select unnest($indicators)))
    group by o.indicator_id, o.area_code, o.period
),

figure as (
    select o.rowid as number, o.indicator_id, o.area_code, o.period, o.value, o.lower_ci, o.upper_ci
    from latest
    inner join observation as o on latest.number = o.rowid
),

spread as (
    select
        indicator_id, period, count(value) as partnerships, min(value) as spread_from,
        quantile_cont(value, 0.25) as lower_quarter, quantile_cont(value, 0.75) as upper_quarter,
        max(value) as spread_to
    from figure
    where area_code <> 'S92000003'
    group by indicator_id, period
    having count(value) >= 8
),

whole as (
    select * from figure where area_code = 'S92000003'
),

mine as (
    -- What Scotland has no value of comes after all that it has one of.
    select arg_min(figure.number, dated.place + if(whole.value is null, dated.periods, 0)) as number
    from figure
    inner join dated on figure.period = dated.period
    inner join spread on figure.indicator_id = spread.indicator_id and figure.period = spread.period
    left join whole on figure.indicator_id = whole.indicator_id and figure.period = whole.period
    where ($area_code is null or figure.area_code = $area_code)
    group by figure.area_code, figure.indicator_id
)

select
    o.indicator_id, o.area_code, o.period, o.numerator, o.denominator, o.value, o.lower_ci, o.upper_ci, o.obs_status,
    o.data_class, o.source_id, o.source_page, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
    p.label as period_label, p.frequency, p.start_date, p.end_date,
    area.name as area, indicator.title as indicator, indicator.topic,
    whole.value as scotland, whole.lower_ci as scotland_lower_ci, whole.upper_ci as scotland_upper_ci,
    spread.partnerships, spread.spread_from, spread.lower_quarter, spread.upper_quarter, spread.spread_to
from mine
inner join observation as o on mine.number = o.rowid
inner join source as s on o.source_id = s.source_id
inner join period as p on o.period = p.period
inner join spread on o.indicator_id = spread.indicator_id and o.period = spread.period
inner join area on o.area_code = area.area_code
inner join indicator on o.indicator_id = indicator.indicator_id
left join whole on o.indicator_id = whole.indicator_id and o.period = whole.period
order by indicator.topic, indicator.title, o.indicator_id, o.area_code
