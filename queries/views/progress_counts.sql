-- Are people moving forward? Protected counts of each area of progress by year of start, in the areas asked for.
-- One row per area, year of start and area of progress; null asks for Scotland and every partnership.
-- A band without a cell counts nobody.
with
bands as (
    select
        area_code, period, characteristic as category,
        coalesce(sum(count) filter (category = 'improved'), 0) as improved,
        coalesce(sum(count) filter (category = 'same'), 0) as same,
        coalesce(sum(count) filter (category = 'declined'), 0) as declined,
        coalesce(sum(count) filter (category = 'no_follow_up'), 0) as no_follow_up,
        coalesce(sum(count) filter (category = 'no_start_score'), 0) as no_start_score
    from protected_count
    where family = 'S' and ($areas is null or area_code in (select unnest($areas)))
    group by all
)

select
    bands.*, area.name as area, p.label as period_label, p.start_date, p.end_date,
    coalesce(c.label, bands.category) as category_label,
    -- The rate of a year that is not old enough is marked [x]; its counts are left out everywhere.
    coalesce(o.obs_status, '') <> 'x' as is_mature,
    o.data_class, o.source_id, s.publisher, s.title as source_title, s.edition, s.url, s.designation
from bands
inner join observation as o
    on o.indicator_id = 'soft_outcome_paired' and bands.area_code = o.area_code
    and bands.period = o.period and bands.category = o.category and o.characteristic = 'domain'
inner join source as s on o.source_id = s.source_id
inner join area on bands.area_code = area.area_code
inner join period as p on bands.period = p.period
left join characteristic as c on c.characteristic = 'domain' and bands.category = c.category
order by area.area_type <> 'country', area.name, c.display_order, p.end_date
