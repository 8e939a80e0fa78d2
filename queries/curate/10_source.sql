-- Where figures come from.
-- One row a source and edition.
insert into source by name
select
    source_id, publisher, title, url, edition, try_cast(edition_date as date) as edition_date, licence,
    designation, try_cast(accessed as date) as accessed, publication
from sources;

-- One row a publication that comes again.
insert into publication by name
select
    publication, title, publisher, cast(rhythm_months as integer) as rhythm_months, newest_published, download,
    address
from publications;

-- The returns are a source like any other, in the edition of this release.
insert into source by name
select
    'partnership_returns' as source_id, 'Local Employability Partnerships' as publisher,
    case when synthetic then 'Demonstration returns (made up)' else 'Participants'' returns' end as title,
    edition, cut_off as edition_date, 'Open Government Licence v3.0' as licence,
    'Management information from partnership returns' as designation
from release;
