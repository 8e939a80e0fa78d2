-- Are people treated well? Protected counts of answers to each statement by year of response, in the areas asked for.
-- One row per area, year of response and statement; null asks for Scotland and every partnership.
-- An answer without a cell counts nobody.
with
answers as (
    select
        area_code, period, characteristic as category,
        coalesce(sum(count) filter (category in ('strongly_agree', 'agree')), 0) as agree,
        coalesce(sum(count) filter (category = 'neither'), 0) as neither,
        coalesce(sum(count) filter (category in ('disagree', 'strongly_disagree')), 0) as disagree,
        coalesce(sum(count) filter (category <> 'unknown'), 0) as answered,
        coalesce(sum(count) filter (category = 'unknown'), 0) as not_known
    from protected_count
    where family = 'X' and ($areas is null or area_code in (select unnest($areas)))
    group by all
)

select
    answers.*, area.name as area, p.label as period_label,
    coalesce(c.label, answers.category) as category_label,
    -- A year that had not ended at the cut-off is not whole.
    p.end_date <= coalesce((select cut_off from release), p.end_date) as is_mature,
    o.data_class, o.source_id, s.publisher, s.title as source_title, s.edition, s.url, s.designation
from answers
inner join observation as o
    on o.indicator_id = 'experience_agree' and answers.area_code = o.area_code
    and answers.period = o.period and answers.category = o.category and o.characteristic = 'statement'
inner join source as s on o.source_id = s.source_id
inner join area on answers.area_code = area.area_code
inner join period as p on answers.period = p.period
left join characteristic as c on c.characteristic = 'statement' and answers.category = c.category
order by area.area_type <> 'country', area.name, c.display_order, p.end_date
