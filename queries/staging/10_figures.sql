-- Every published figure, typed, in the one shape that indicator queries read.
-- One row per collection (the file), measure, area, period, programme, category and source.
-- Values are cast from the published text and never rounded; a cell that is not a number fails the build.
create temp table stg_figure as
with
services as (
    select 'no_one_left_behind' as collection, * from no_one_left_behind
    union all by name
    select 'fair_start_scotland' as collection, * from fair_start_scotland
    union all by name
    select 'devolved_services_combined' as collection, * from devolved_services_combined
    union all by name
    select 'employability_spending' as collection, * from employability_spending
    union all by name
    select 'health_and_work_support' as collection, * from health_and_work_support
    union all by name
    select 'work_first_and_work_able_scotland' as collection, * from work_first_and_work_able_scotland
    union all by name
    select 'community_jobs_scotland' as collection, * from community_jobs_scotland
    union all by name
    select 'activity_agreements' as collection, * from activity_agreements
),

surveys as (
    select 'national_performance_framework' as collection, * from national_performance_framework
    union all by name
    select 'labour_market_context' as collection, * from labour_market_context
    union all by name
    select 'disability_employment_gap' as collection, * from disability_employment_gap
),

benchmarking as (
    select
        'council_employability' as collection, 'assisted_into_work' as measure, area_code, period,
        assisted_into_work as numerator, model_based_unemployed as denominator,
        assisted_into_work_percent as value,
        coalesce(obs_status, case when assisted_into_work_percent is null then 'x' end) as obs_status, 'percent' as unit,
        source_id, source_page, file, row
    from council_employability
),

targets as (
    select
        'disability_employment_gap_targets' as collection, measure, area_code, period,
        case kind when 'baseline' then 'target_kind' end as characteristic,
        case kind when 'baseline' then 'baseline' end as category, value, source_id, source_page, file, row
    from disability_employment_gap_targets
),

population as (
    select
        'population_denominators' as collection, measure, area_code, period, characteristic, category,
        count as numerator, share_pct as value, obs_status, source_id, source_page,
        -- published as a margin either side; decimal arithmetic, so 64.1 - 2.2 is 61.9
        cast(cast(share_pct as decimal(9, 4)) - cast(margin_95 as decimal(9, 4)) as varchar) as lower_ci,
        cast(cast(share_pct as decimal(9, 4)) + cast(margin_95 as decimal(9, 4)) as varchar) as upper_ci
    from population_denominators
),

figure as (
    select * from services
    union all by name
    select * from surveys
    union all by name
    select * from benchmarking
    union all by name
    select * from targets
    union all by name
    select * from population
)

select
    collection, measure, area_code, period, coalesce(programme, 'all') as programme,
    coalesce(characteristic, 'all') as characteristic, coalesce(category, 'all') as category,
    cast(numerator as double) as numerator, cast(denominator as double) as denominator,
    cast(value as double) as value, cast(lower_ci as double) as lower_ci,
    cast(upper_ci as double) as upper_ci, obs_status, unit, source_id, source_page, file, row
from figure;
