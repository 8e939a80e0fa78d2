-- How have several indicators changed, side by side? In one area, everyone together.
-- One row per indicator and period: the latest edition's figure, with its source.
with
figure as (
    select
        o.*, s.edition_date, s.publisher, s.title as source_title, s.edition, s.url, s.designation,
        p.label as period_label, p.frequency, p.start_date, p.end_date
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join period as p on o.period = p.period
    where
        o.indicator_id in (select unnest($indicators)) and o.area_code = $area_code
        and o.programme = 'all' and o.characteristic = 'all'
        -- A year of starts that is not over yet says nothing: it is left out until it is.
        and (o.data_class <> 'returns' or p.end_date <= (select cut_off from release))
),

-- Quarters, years and running totals are never one line: the longest of the yearly ones, else the longest.
chosen as (
    select indicator_id, frequency
    from figure
    group by indicator_id, frequency
    qualify row_number() over (
        partition by indicator_id order by frequency = 'quarter', count(distinct period) desc, frequency
    ) = 1
),

latest as (
    select figure.*
    from figure
    inner join chosen
        on figure.indicator_id = chosen.indicator_id and figure.frequency = chosen.frequency
    qualify row_number() over (
        partition by figure.indicator_id, figure.period
        order by figure.edition_date desc nulls last, figure.source_id desc
    ) = 1
)

select
    latest.* exclude (edition_date), area.name as area, indicator.title as indicator,
    list_position($indicators, latest.indicator_id) as place
from latest
inner join area on latest.area_code = area.area_code
inner join indicator on latest.indicator_id = indicator.indicator_id
order by place, latest.end_date, latest.start_date
