-- Where do the figures come from? Every source that a figure names.
-- One row per source and edition.
select
    s.source_id, s.publisher, s.title, s.url, s.edition, s.edition_date, s.licence, s.designation,
    s.accessed, count(o.indicator_id) as figures
from source as s
left join observation as o on s.source_id = o.source_id
group by all
order by s.publisher, s.title, s.edition_date
