-- What do these services add to the national outcomes? Scotland's figures for every linked indicator.
-- One row per indicator and period, latest edition; indicators without a figure have one empty row.
with
headline as (
    -- The whole of an indicator is programme 'all'; one that covers a single programme is that one.
    select indicator_id, coalesce(max(programme) filter (programme = 'all'), min(programme)) as programme
    from observation
    group by indicator_id
),

figure as (
    select o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join headline as h on o.indicator_id = h.indicator_id and o.programme = h.programme
    where
        o.area_code = 'S92000003' and o.characteristic = 'all'
        and o.value is not null
    qualify row_number() over (
        partition by o.indicator_id, o.period
        order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
)

select
    i.indicator_id, figure.area_code, figure.period, p.label as period_label, p.frequency,
    p.start_date, p.end_date, figure.numerator, figure.denominator, figure.value, figure.lower_ci,
    figure.upper_ci, figure.obs_status, figure.data_class, figure.source_id, figure.publisher,
    figure.source_title, figure.edition, figure.url, i.designation, figure.source_page
from indicator as i
left join figure on i.indicator_id = figure.indicator_id
left join period as p on figure.period = p.period
where i.national_outcome <> ''
order by i.national_outcome, i.title, p.end_date, p.start_date
