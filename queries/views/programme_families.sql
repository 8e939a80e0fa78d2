-- By what may it be asked whom each programme reached? One row a family of tables that this edition holds by programme.
select c.family, c.characteristic, coalesce(any_value(own.characteristic_label), c.characteristic) as label
from (select distinct family, characteristic from protected_count where family[1] = 'D') as c
left join characteristic as own on c.characteristic = own.characteristic
group by c.family, c.characteristic
order by label, c.family
