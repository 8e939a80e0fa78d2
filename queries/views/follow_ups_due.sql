-- How many follow-ups were due? All years of start together, from protected counts, by area and follow-up.
-- One row per area and measure of data quality: what its share recorded is a share of, and from which years of start.
select
    f.area_code, 'followup_recorded_when_due_' || regexp_extract(f.characteristic, '(\d+)', 1) as measure,
    sum(f.count) as due, arg_min(coalesce(p.label, f.period), f.period) filter (f.count > 0) as first_label,
    arg_max(coalesce(p.label, f.period), f.period) filter (f.count > 0) as last_label
from protected_count as f
left join period as p on f.period = p.period
where
    f.family = 'F' and f.area_code = $area_code and f.programme = 'all' and f.category <> 'not_due'
    and f.characteristic like 'followup_%'
group by f.area_code, measure
order by measure
