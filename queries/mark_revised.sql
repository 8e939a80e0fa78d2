-- Add the mark r to figures made from returns whose counts or spend differ from `earlier`, the edition before.
-- Spend is compared in whole pence: the same amounts added up in another order are no revision.
-- A figure marked c, x or z shows no value, and keeps that mark alone.
update observation
set obs_status = concat_ws(' ', observation.obs_status, 'r')
from earlier
where
    observation.data_class = 'returns'
    and observation.indicator_id = earlier.indicator_id
    and observation.area_code = earlier.area_code
    and observation.period = earlier.period
    and observation.programme = earlier.programme
    and observation.characteristic = earlier.characteristic
    and observation.category = earlier.category
    and coalesce(observation.obs_status, '') not in ('c', 'x', 'z')
    and (
        round(observation.numerator, 2) is distinct from round(earlier.numerator, 2)
        or observation.denominator is distinct from earlier.denominator
    )
