-- For whom do people move forward? Protected counts of each area of progress by one characteristic, Scotland.
-- One row per year of start, area of progress and group; only years old enough to be judged.
-- A band without a cell counts nobody.
with
bands as (
    select
        area_code, period, characteristic as category, characteristic_2, category_2,
        coalesce(sum(count) filter (category = 'improved'), 0) as improved,
        coalesce(sum(count) filter (category = 'same'), 0) as same,
        coalesce(sum(count) filter (category = 'declined'), 0) as declined,
        coalesce(sum(count) filter (category = 'no_follow_up'), 0) as no_follow_up,
        coalesce(sum(count) filter (category = 'no_start_score'), 0) as no_start_score
    from protected_count
    where family = 'S_' || $by and area_code = 'S92000003'
    group by all
)

select
    bands.*, p.label as period_label, coalesce(c.label, bands.category) as category_label,
    coalesce(g.label, bands.category_2) as group_label, true as is_mature,
    o.data_class, o.source_id, s.publisher, s.title as source_title, s.edition, s.url, s.designation
from bands
inner join observation as o
    on o.indicator_id = 'soft_outcome_paired' and bands.area_code = o.area_code
    and bands.period = o.period and bands.category = o.category and o.characteristic = 'domain'
inner join source as s on o.source_id = s.source_id
inner join period as p on bands.period = p.period
left join characteristic as c on c.characteristic = 'domain' and bands.category = c.category
left join characteristic as g
    on bands.characteristic_2 = g.characteristic and bands.category_2 = g.category
where coalesce(o.obs_status, '') <> 'x'
order by c.display_order, g.display_order, p.end_date
