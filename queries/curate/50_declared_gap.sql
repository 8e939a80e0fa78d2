-- What nobody publishes, why, and who could supply it.
-- One row a gap.
insert into declared_gap by name
select gap_id, page, title, reason, who_could_supply, national_outcome
from declared_gaps;
