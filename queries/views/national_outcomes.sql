-- What are the national outcomes? Their order, the framework's version and its status.
-- One row per outcome.
select o.national_outcome, o.display_order, o.framework_version, o.status, s.publisher, s.title as source_title,
    s.url, s.edition, s.designation
from national_outcome as o
left join source as s on o.source_id = s.source_id
order by o.display_order
