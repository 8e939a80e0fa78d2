-- Where figures come from.
-- One row a source and edition.
insert into source by name
select
    source_id, publisher, title, url, edition, try_cast(edition_date as date) as edition_date, licence,
    designation, try_cast(accessed as date) as accessed
from sources;
