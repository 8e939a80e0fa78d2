-- What changed since the edition before, in one area or in every area where none is named? Its figures for everyone that
-- are new, revised, made by another method or no longer given; a year of starts that is not over yet is left out until it is.
-- One row per area, indicator and period: the figure then and now, and the newest period of the same length before it.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
),

figure as (
    select o.*, p.frequency, p.start_date, p.end_date, p.label as period_label
    from observation as o
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    inner join period as p on o.period = p.period
    left join source as s on o.source_id = s.source_id
    where ($area_code is null or o.area_code = $area_code) and o.characteristic = 'all'
    qualify row_number() over (
        partition by o.area_code, o.indicator_id, o.period order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
),

dated as (
    select c.*, p.frequency, p.start_date, p.end_date, p.label as period_label
    from change as c
    inner join headline as h on c.indicator_id = h.indicator_id and c.programme = h.programme
    inner join period as p on c.period = p.period
    where ($area_code is null or c.area_code = $area_code) and c.characteristic = 'all'
)

select
    dated.kind, dated.indicator_id, indicator.title as indicator, indicator.topic, dated.area_code, area.name as area,
    dated.period, dated.period_label, dated.frequency, dated.start_date, dated.end_date,
    dated.before, dated.after, now.numerator, now.denominator, now.value, now.lower_ci, now.upper_ci, now.obs_status,
    earlier.period as before_period, earlier.period_label as before_label, earlier.value as before_value,
    earlier.lower_ci as before_lower_ci, earlier.upper_ci as before_upper_ci, earlier.obs_status as before_status,
    earlier.numerator as before_numerator, earlier.denominator as before_denominator,
    indicator.data_class, s.source_id, s.publisher, s.title as source_title, s.edition, s.url, s.designation
from dated
inner join indicator on dated.indicator_id = indicator.indicator_id
inner join area on dated.area_code = area.area_code
left join figure as now
    on dated.area_code = now.area_code and dated.indicator_id = now.indicator_id and dated.period = now.period
left join figure as earlier
    on dated.area_code = earlier.area_code and dated.indicator_id = earlier.indicator_id and dated.frequency = earlier.frequency
    and dated.frequency <> 'to_date' and earlier.end_date < dated.end_date and earlier.value is not null
left join source as s
    on s.source_id = coalesce(now.source_id, case when indicator.data_class = 'returns' then 'partnership_returns' end)
where indicator.data_class <> 'returns' or dated.end_date <= (select cut_off from release)
qualify row_number() over (
    partition by dated.area_code, dated.indicator_id, dated.period, dated.kind
    order by earlier.end_date desc nulls last, earlier.start_date
) = 1
order by
    dated.kind, indicator.topic, indicator.title, dated.frequency = 'quarter', dated.end_date desc, dated.start_date
