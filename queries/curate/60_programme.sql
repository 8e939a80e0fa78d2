-- The programmes the review names, and their predecessors; dates only where held.
-- One row a programme.
insert into programme by name
select
    programme, label, kind, try_cast(start_date as date) as start_date,
    try_cast(end_date as date) as end_date, try_cast(fold_date as date) as fold_date, fold_note, source_id
from programmes;
