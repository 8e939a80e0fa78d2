-- Which edition is this one compared with? The edition before, and how many figures differ from it.
-- One row, or none where there was no edition before.
select
    previous_release.*, (select count(*) from change) as figures,
    (select count(*) from change where area_code = $area_code) as figures_here
from previous_release
