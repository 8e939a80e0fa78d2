-- Where should an indicator be? Its baseline, milestones and target, in order of time.
-- One row per target; the baseline is characteristic 'target_kind'.
select
    o.indicator_id, o.area_code, o.period, p.label as period_label, p.frequency, p.start_date, p.end_date,
    o.characteristic, o.category, o.value, o.lower_ci, o.upper_ci, o.obs_status, o.data_class,
    o.source_id, s.publisher, s.title as source_title, s.edition, s.url, s.designation, o.source_page
from observation as o
inner join source as s on o.source_id = s.source_id
inner join period as p on o.period = p.period
where o.indicator_id = $indicator_id and o.area_code = $area_code
order by p.end_date
