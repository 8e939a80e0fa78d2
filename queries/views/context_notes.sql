-- What does a partnership say beside its figures, or each where none is named? Its own notes, dated and signed with a role.
-- One row per area, indicator and day, the newest first. Made-up notes stand under the demonstration returns.
select
    n.area_code, area.name as area, n.indicator_id, indicator.title as indicator, n.dated, n.role, n.text,
    n.is_demonstration, case when n.is_demonstration then 'returns' else 'published' end as data_class,
    coalesce(s.source_id, 'context_note') as source_id, coalesce(s.publisher, area.name || ' partnership') as publisher,
    coalesce(s.title, 'Context notes') as source_title, coalesce(s.edition, strftime(n.dated, '%Y-%m-%d')) as edition,
    coalesce(s.url, '') as url, coalesce(s.designation, 'The partnership''s own words') as designation
from context_note as n
inner join area on n.area_code = area.area_code
inner join indicator on n.indicator_id = indicator.indicator_id
left join source as s on n.is_demonstration and s.source_id = 'partnership_returns'
where $area_code is null or n.area_code = $area_code
order by n.dated desc, indicator.title
