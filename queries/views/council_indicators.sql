-- What can be mapped? Every indicator with a figure for at least one partnership, everyone together.
-- One row per indicator, and how many partnerships have a figure.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
)

select
    o.indicator_id, i.title, i.topic, i.data_class,
    count(distinct o.area_code) filter (o.value is not null) as partnerships
from observation as o
inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
inner join indicator as i on o.indicator_id = i.indicator_id
inner join area as a on o.area_code = a.area_code
where a.area_type = 'partnership' and o.characteristic = 'all'
group by all
order by i.topic, i.title
