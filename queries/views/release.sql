-- Which edition is this? The release, and whether returns are in it.
-- One row.
select
    release.*,
    exists(select 1 from observation where data_class = 'returns') as has_returns
from release
