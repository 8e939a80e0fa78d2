-- The characteristics people are counted by, and their categories.
-- One row a characteristic and category.
insert into characteristic by name
select
    characteristic, category, characteristic_label, label, cast(display_order as integer) as display_order,
    cast(is_additive as boolean) as is_additive, cast(is_sensitive as boolean) as is_sensitive, footnote
from characteristics;
