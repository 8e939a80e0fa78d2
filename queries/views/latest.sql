-- Where do we stand? The latest figure of each indicator asked for, in one area, or in every area where none is named.
-- One row per area and indicator: its latest period with a figure (a year before a quarter), and the one before.
-- Which rows these are is found from numbers alone; their words and figures are read for those only.
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
        period, frequency, end_date,
        row_number() over (order by frequency = 'quarter', end_date desc, start_date) as place,
        count(*) over () as periods
    from period
),

figure as (
    select
        o.area_code, o.indicator_id, p.frequency, arg_max(o.rowid, e.number) as number,
        -- What has no value comes after all that has one.
        arg_max(p.place + if(o.value is null, p.periods, 0), e.number) as place
    from observation as o
    inner join edition as e on o.source_id = e.source_id
    inner join dated as p on o.period = p.period
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        ($area_code is null or o.area_code = $area_code)
        and o.characteristic = 'all'
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
        and ($indicators is null or o.indicator_id in (select unnest($indicators)))
    group by o.area_code, o.indicator_id, p.frequency, o.period
),

run as (
    select area_code, indicator_id, min(place) as place, arg_min(number, place, 2) as newest
    from figure
    group by area_code, indicator_id, frequency
),

chosen as (
    select arg_min(newest, place) as newest
    from run
    group by area_code, indicator_id
)

select
    now.*, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
    p.label as period_label, p.frequency, p.start_date, p.end_date,
    area.name as area, now.indicator_id as series,
    before.period as before_period, before_of.label as before_label,
    before.value as before_value, before.lower_ci as before_lower_ci,
    before.upper_ci as before_upper_ci, before.obs_status as before_status
from chosen
inner join observation as now on chosen.newest[1] = now.rowid
inner join source as s on now.source_id = s.source_id
inner join period as p on now.period = p.period
inner join area on now.area_code = area.area_code
left join observation as before
    on chosen.newest[2] = before.rowid and before.value is not null and p.frequency <> 'to_date'
left join period as before_of on before.period = before_of.period
order by now.indicator_id, now.area_code
