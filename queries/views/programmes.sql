-- Which programmes came before the local model, and when was each folded in? Dates only where they are held.
-- One row per programme: the folded ones in order of what is known of their dates.
select
    p.programme, p.label, p.kind, p.start_date, p.end_date, p.fold_date, p.fold_note,
    s.publisher, s.title as source_title, s.edition, s.url, s.designation,
    'published' as data_class, cast(null as varchar) as obs_status
from programme as p
left join source as s on p.source_id = s.source_id
where p.kind <> 'other'
order by
    list_position(['current', 'folded', 'predecessor'], p.kind), p.fold_date nulls last, p.start_date nulls last,
    p.label
