-- Where do we stand? The latest figure of each indicator asked for, in one area, or in every area where none is named.
-- One row per area and indicator: its latest period with a figure (a year before a quarter), and the one before.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
),

figure as (
    select
        o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
        p.label as period_label, p.frequency, p.start_date, p.end_date
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join period as p on o.period = p.period
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        ($area_code is null or o.area_code = $area_code)
        and o.characteristic = 'all'
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
        and ($indicators is null or o.indicator_id in (select unnest($indicators)))
    qualify row_number() over (
        partition by o.area_code, o.indicator_id, o.period
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

ordered as (
    select
        *,
        row_number() over (
            partition by area_code, indicator_id
            order by value is null, frequency = 'quarter', end_date desc, start_date
        ) as place,
        row_number() over (
            partition by area_code, indicator_id, frequency order by value is null, end_date desc, start_date
        ) as place_in_frequency
    from figure
)

select
    now.* exclude (place, place_in_frequency, edition_date),
    area.name as area, now.indicator_id as series,
    before.period as before_period, before.period_label as before_label,
    before.value as before_value, before.lower_ci as before_lower_ci,
    before.upper_ci as before_upper_ci, before.obs_status as before_status
from ordered as now
inner join area on now.area_code = area.area_code
left join ordered as before
    on now.area_code = before.area_code and now.indicator_id = before.indicator_id and now.frequency = before.frequency
    and before.place_in_frequency = 2 and before.value is not null and now.frequency <> 'to_date'
where now.place = 1
order by now.indicator_id
