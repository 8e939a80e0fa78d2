-- What does each funding stream pay for? The programmes whose people its spend is divided by.
-- One row a stream and programme.
select
    f.funding_stream, f.programme, coalesce(p.label, f.programme) as programme_label, f.note
from funding_stream as f
left join programme as p on f.programme = p.programme
order by f.funding_stream = 'national_contract', p.kind <> 'current', f.funding_stream, programme_label
