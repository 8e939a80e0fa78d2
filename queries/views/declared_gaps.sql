-- What does nobody publish? On one page, or on every page.
-- One row per declared gap.
select gap_id, page, title, reason, who_could_supply, national_outcome
from declared_gap
where $page is null or page = $page
order by page, title
