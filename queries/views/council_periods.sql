-- When was it measured? The periods of one indicator that hold a figure for partnerships.
-- One row per period: years before quarters, newest first, so that the first is the one to open with.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    where indicator_id = $indicator_id
    group by indicator_id
)

select
    o.period, p.label as period_label, p.frequency, p.end_date,
    count(distinct o.area_code) filter (o.value is not null) as partnerships
from observation as o
inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
inner join area as a on o.area_code = a.area_code
inner join period as p on o.period = p.period
where
    a.area_type = 'partnership' and o.characteristic = 'all'
    -- A year of starts that is not over yet says nothing: it is left out until it is.
    and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
group by o.period, p.label, p.frequency, p.end_date
having count(o.value) > 0
order by any_value(p.frequency) = 'quarter', count(o.value) < 8, p.end_date desc, o.period
