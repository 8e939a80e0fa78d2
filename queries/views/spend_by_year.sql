-- What was spent? Budget and spend as returned, by financial year and funding stream, in every area that sent them.
-- One row per area, year and funding stream; Scotland is the sum of the partnerships that sent a return of spend.
with
sent as (
    select area_code, financial_year, funding_stream, budget, spend
    from spend
    union all
    select
        'S92000003' as area_code, financial_year, funding_stream, sum(budget) as budget,
        sum(spend) as spend
    from spend
    where area_code <> 'S92000003'
    group by financial_year, funding_stream
)

select
    sent.area_code, area.name as area, sent.financial_year as period,
    coalesce(p.label, sent.financial_year) as period_label, 'financial_year' as frequency,
    p.start_date, p.end_date, sent.funding_stream, sent.budget, sent.spend,
    'returns' as data_class, s.source_id, s.publisher, s.title as source_title, s.edition, s.url,
    s.designation
from sent
inner join area on sent.area_code = area.area_code
left join period as p on sent.financial_year = p.period
left join source as s on s.source_id = 'partnership_returns'
where $areas is null or sent.area_code in (select unnest($areas))
order by area.area_type <> 'country', area.name, sent.financial_year, sent.funding_stream
