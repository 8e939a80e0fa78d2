-- The national outcomes, with the framework's version and status.
-- One row an outcome.
insert into national_outcome by name
select national_outcome, cast(display_order as integer) as display_order, framework_version, status, source_id
from npf_outcomes;
