-- Published figures of every indicator whose metadata names a measure, all in one run; `asked` holds their words.
-- One row per indicator, area, period, category and edition; figures as published.
select
    asked.indicator_id, 'published' as data_class, figure.area_code, figure.period, 'all' as programme,
    coalesce(nullif(asked.characteristic, ''), figure.characteristic) as characteristic,
    coalesce(nullif(asked.category, ''), figure.category) as category,
    -- where the count itself is the figure, its share of a population is another indicator's
    case asked.shown when 'value' then figure.numerator end as numerator,
    case asked.shown when 'value' then figure.denominator end as denominator,
    case asked.shown when 'value' then figure.value else figure.numerator end as value,
    figure.lower_ci, figure.upper_ci,
    case when asked.shown = 'value' then figure.obs_status when figure.numerator is null then 'x' end as obs_status,
    figure.source_id, figure.source_page
from asked
inner join stg_figure as figure using (collection, measure)
left join stg_period as span on figure.period = span.period
where
    asked.programme in ('', figure.programme)
    and asked.frequency in ('', span.frequency)
