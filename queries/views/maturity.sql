-- Which starts are too recent to be judged? Each measure that waits, by quarter of start, Scotland.
-- One row per indicator: the newest quarter old enough, and how many quarters are not.
with
quarters as (
    select
        o.indicator_id, o.period, p.label, p.end_date, s.publisher, s.title as source_title, s.edition, s.url,
        s.designation, o.data_class, o.source_id, coalesce(o.obs_status, '') = 'x' as is_recent
    from observation as o
    inner join period as p on o.period = p.period
    inner join source as s on o.source_id = s.source_id
    where
        o.data_class = 'returns' and o.area_code = 'S92000003' and p.frequency = 'quarter'
        and o.characteristic = 'all' and o.programme = 'all'
)

select
    q.indicator_id, i.title, i.maturity_months, arg_max(q.label, q.end_date) filter (not q.is_recent) as newest_label,
    count(*) filter (q.is_recent) as recent_quarters, any_value(q.data_class) as data_class,
    any_value(q.source_id) as source_id, any_value(q.publisher) as publisher,
    any_value(q.source_title) as source_title, any_value(q.edition) as edition, any_value(q.url) as url,
    any_value(q.designation) as designation
from quarters as q
inner join indicator as i on q.indicator_id = i.indicator_id
where i.maturity_months > 0
group by all
order by i.maturity_months, i.title
