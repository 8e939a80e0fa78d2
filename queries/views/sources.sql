-- Where do the figures come from? Every source that a figure names.
-- One row per source and edition.
with
named as (
    select source_id, count(*) as figures
    from observation
    group by source_id
)

select
    s.source_id, s.publisher, s.title, s.url, s.edition, s.edition_date, s.licence, s.designation,
    s.accessed, coalesce(named.figures, 0) as figures
from source as s
left join named on s.source_id = named.source_id
order by s.publisher, s.title, s.edition_date
