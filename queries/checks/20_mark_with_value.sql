-- A figure marked confidential, not available or not applicable has no value
select indicator_id, area_code, period, characteristic, category, value, obs_status
from observation
where obs_status in ('c', 'x', 'z') and (value is not null or lower_ci is not null or upper_ci is not null)
order by all
