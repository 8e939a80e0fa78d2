-- What is held by how rural people live? Returns by the participant's own class, published figures by class.
-- One row per indicator and fold: 2 (urban, rural), 3 or 6 classes.
select distinct
    o.indicator_id, i.title, i.data_class,
    coalesce(
        try_cast(regexp_extract(o.characteristic, '^urban_rural_(\d)$', 1) as integer),
        try_cast(regexp_extract(o.area_code, '^UR(\d)_', 1) as integer)
    ) as fold
from observation as o
inner join indicator as i on o.indicator_id = i.indicator_id
inner join area as a on o.area_code = a.area_code
where
    (o.characteristic = 'all' and a.area_type = 'urban_rural')
    or (o.characteristic in ('urban_rural_2', 'urban_rural_6') and o.data_class = 'returns')
order by i.title, fold
