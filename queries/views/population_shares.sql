-- What share of the population is each group? Every source held for one characteristic in the areas asked for.
-- Null asks for each characteristic, and each area, by itself; `share_of` is the characteristic.
-- One row per area, source and category: the latest year, as published; shares of classes added up are marked derived.
-- The share of all ages who are limited day to day is never given: it is no base for people aged 16 to 64.
with
asked as (
    select
        o.*,
        case o.indicator_id
            when 'population_all_ages_census' then 'all ages'
            when 'population_16_plus_census' then '16 and over'
            else '16 to 64'
        end as age_base,
        -- What a figure is a share of, and its group there: of its own characteristic, of a coarser one, or of itself alone, as
        -- conditions and priority families are asked for one at a time ('condition_type_mental_health').
        unnest([
            {'of': o.characteristic, 'category': case
                when o.characteristic = 'religion' and o.category = 'no_religion' then 'none' else o.category
            end},
            {'of': o.characteristic || '_' || o.category, 'category': 'yes'},
            case
                when o.characteristic = 'urban_rural_6'
                    then {'of': 'urban_rural_2', 'category': case when o.category in ('5', '6') then 'rural' else 'urban' end}
                when o.characteristic = 'ethnicity' and o.category = 'minority_ethnic_total'
                    then {'of': 'ethnicity_group', 'category': 'minority_ethnic'}
                when o.characteristic = 'ethnicity' and o.category in ('white_scottish_british_irish', 'white_minority')
                    then {'of': 'ethnicity_group', 'category': 'white'}
            end
        ]) as share
    from observation as o
    where
        o.indicator_id in (
            'population_16_64_census', 'population_16_64_survey', 'population_16_64_midyear',
            'population_16_plus_census', 'population_all_ages_census')
        and ($areas is null or o.area_code in (select unnest($areas))) and o.value is not null
        and not (o.indicator_id = 'population_all_ages_census' and o.characteristic = 'disabled')
),

latest as (
    select
        asked.*, asked.share.of as share_of, asked.share.category as wanted, s.edition_date, s.publisher,
        s.title as source_title, s.edition, s.url, s.designation
    from asked
    inner join source as s on asked.source_id = s.source_id
    where asked.share.of = $characteristic or ($characteristic is null and asked.share.of is not null)
    qualify row_number() over (
        partition by asked.indicator_id, asked.area_code, asked.characteristic, asked.category, asked.share.of
        order by asked.period desc, s.edition_date desc nulls last, asked.source_id desc
    ) = 1
),

-- The same survey's own interval on the same people: what its sample was worth, for shares published without one.
measured as (
    select o.area_code, o.period, o.value, o.lower_ci, o.upper_ci
    from observation as o
    inner join source as s on o.source_id = s.source_id
    where
        o.indicator_id = 'employment_rate_16_64' and o.characteristic = 'all' and o.category = 'all'
        and o.lower_ci is not null
    qualify row_number() over (
        partition by o.area_code, o.period order by s.edition_date desc nulls last, o.source_id desc
    ) = 1
)

select
    latest.indicator_id, indicator.title as population, indicator.is_survey, measured.value as survey_rate,
    measured.lower_ci as survey_lower, measured.upper_ci as survey_upper, latest.age_base, latest.area_code,
    area.name as area, latest.period, latest.wanted as category, round(sum(latest.value), 2) as value,
    cast(null as double) as lower_ci, cast(null as double) as upper_ci,
    cast(null as varchar) as obs_status, count(*) > 1 or any_value(latest.characteristic) <> any_value(latest.share_of) as is_derived,
    'published' as data_class, latest.source_id, any_value(latest.source_page) as source_page, latest.publisher,
    latest.source_title, latest.edition, latest.url, latest.designation, latest.share_of
from latest
inner join area on latest.area_code = area.area_code
inner join indicator on latest.indicator_id = indicator.indicator_id
left join measured on indicator.is_survey and latest.area_code = measured.area_code and latest.period = measured.period
group by all
order by any_value(area.area_type) <> 'country', area.name, latest.age_base, latest.indicator_id, latest.wanted
