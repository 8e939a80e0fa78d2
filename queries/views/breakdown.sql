-- For whom? One indicator by every characteristic it is published for, in one area, or in every area where none is named.
-- One row per area, characteristic and category, in the latest period that characteristic has a figure for;
-- where every figure is hidden, in the latest with counts.
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
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    inner join period as p on o.period = p.period
    where
        o.indicator_id = $indicator_id and ($area_code is null or o.area_code = $area_code)
        and o.characteristic <> 'all'
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
    qualify row_number() over (
        partition by o.area_code, o.period, o.characteristic, o.category
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

dated as (
    select
        figure.*, period.label as period_label, period.frequency, period.start_date, period.end_date,
        coalesce(
            max(period.end_date) filter (figure.value is not null) over (partition by figure.area_code, figure.characteristic),
            max(period.end_date) filter (figure.denominator is not null) over (partition by figure.area_code, figure.characteristic)
        ) as last_end
    from figure
    inner join period on figure.period = period.period
)

select
    dated.* exclude (edition_date, last_end), area.name as area,
    coalesce(c.characteristic_label, dated.characteristic) as characteristic_label,
    coalesce(c.label, dated.category) as category_label, c.footnote,
    coalesce(c.is_sensitive, false) as is_sensitive
from dated
inner join area on dated.area_code = area.area_code
left join characteristic as c
    on dated.characteristic = c.characteristic and dated.category = c.category
where dated.end_date = dated.last_end
order by area.area_type <> 'country', area.name, characteristic_label, c.display_order, category_label
