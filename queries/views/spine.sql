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

figure as (
    select
        o.indicator_id, o.area_code, o.period, o.numerator, o.denominator, o.value, o.lower_ci,
        o.upper_ci, o.obs_status, o.data_class, o.source_id, o.source_page, s.publisher,
        s.title as source_title, s.edition, s.url, s.designation
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join area as a on o.area_code = a.area_code
    inner join period as p on o.period = p.period
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        o.characteristic = 'all'
        and a.area_type in ('country', 'partnership')
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
        and ($indicators is null or o.indicator_id in (select unnest($indicators)))
    qualify row_number() over (
        partition by o.indicator_id, o.area_code, o.period
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
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

mine as (
    select figure.*, period.label as period_label, period.frequency, period.start_date, period.end_date
    from figure
    inner join period on figure.period = period.period
    inner join spread on figure.indicator_id = spread.indicator_id and figure.period = spread.period
    left join figure as whole
        on figure.indicator_id = whole.indicator_id and figure.period = whole.period
        and whole.area_code = 'S92000003'
    where ($area_code is null or figure.area_code = $area_code)
    qualify row_number() over (
        partition by figure.area_code, figure.indicator_id
        order by whole.value is null, period.frequency = 'quarter', period.end_date desc, period.start_date
    ) = 1
)

select
    mine.*, area.name as area, indicator.title as indicator, indicator.topic,
    scotland.value as scotland, scotland.lower_ci as scotland_lower_ci,
    scotland.upper_ci as scotland_upper_ci,
    spread.partnerships, spread.spread_from, spread.lower_quarter, spread.upper_quarter, spread.spread_to
from mine
inner join spread on mine.indicator_id = spread.indicator_id and mine.period = spread.period
inner join area on mine.area_code = area.area_code
inner join indicator on mine.indicator_id = indicator.indicator_id
left join figure as scotland
    on mine.indicator_id = scotland.indicator_id and mine.period = scotland.period
    and scotland.area_code = 'S92000003'
order by indicator.topic, indicator.title
