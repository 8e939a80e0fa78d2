-- How old is it? Every publication that comes again, with the newest figure that is held of it.
-- One row per publication: its newest period and edition held; no period where none of its figures is held.
with
figure as (
    select
        s.publication, o.indicator_id, o.period, p.label as period_label, p.end_date, s.edition, s.edition_date,
        s.title as source_title
    from observation as o
    inner join source as s on o.source_id = s.source_id
    inner join period as p on o.period = p.period
    where s.publication is not null and o.value is not null
),

newest as (
    select *
    from figure
    qualify row_number() over (
        partition by publication order by end_date desc nulls last, edition_date desc nulls last, indicator_id
    ) = 1
)

select
    publication.publication, publication.title, publication.publisher, publication.rhythm_months,
    publication.newest_published, publication.download, publication.address,
    newest.period_label, newest.end_date, newest.edition, newest.edition_date,
    coalesce(newest.source_title like '%through a third party%', false) as is_third_party,
    (select list(s.source_id order by s.source_id) from source as s where s.publication = publication.publication) as sources,
    (
        select count(distinct figure.indicator_id) from figure
        where figure.publication = publication.publication
    ) as indicators
from publication
left join newest on publication.publication = newest.publication
order by newest.end_date nulls first, publication.title
