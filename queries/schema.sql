-- The extract: what the dashboard reads. One statement a table; the comment says the grain.

-- One row: this release.
create table release (
    extract_id varchar, edition varchar, cut_off date, built_at timestamp, embargo_until timestamp,
    synthetic boolean, software_version varchar
);

-- One row a source and edition.
create table source (
    source_id varchar primary key, publisher varchar not null, title varchar not null, url varchar,
    edition varchar, edition_date date, licence varchar, designation varchar, accessed date,
    publication varchar
);

-- One row a publication that comes again: how often, and how to bring it up to date.
create table publication (
    publication varchar primary key, title varchar not null, publisher varchar not null,
    rhythm_months integer not null, newest_published varchar, download varchar not null, address varchar
);

-- One row an area: country, partnership, urban-rural class, family group, region, typology.
create table area (
    area_code varchar primary key, name varchar not null, area_type varchar not null,
    parent_code varchar, former_codes varchar, spellings varchar, population integer, population_year varchar,
    population_16_64 integer, land_area_km2 double,
    ur6_large_urban_pct double, ur6_other_urban_pct double, ur6_accessible_small_town_pct double,
    ur6_remote_small_town_pct double, ur6_accessible_rural_pct double, ur6_remote_rural_pct double,
    census2022_limited_day_to_day_pct double, tile_row integer, tile_column integer,
    is_island boolean, note varchar, source_id varchar
);

-- One row a group and member: groups of one type may overlap.
create table area_member (
    group_code varchar not null, area_code varchar not null, primary key (group_code, area_code)
);

-- One row a period.
create table period (
    period varchar primary key, frequency varchar not null, start_date date, end_date date,
    label varchar not null, financial_year varchar
);

-- One row a characteristic and category.
create table characteristic (
    characteristic varchar not null, category varchar not null, characteristic_label varchar not null,
    label varchar not null, display_order integer not null, is_additive boolean not null,
    is_sensitive boolean not null, footnote varchar, primary key (characteristic, category)
);

-- One row an indicator: everything in its metadata file, and its query.
create table indicator (
    indicator_id varchar primary key, title varchar not null, definition varchar not null,
    topic varchar not null, measure varchar not null, unit varchar not null, direction varchar not null,
    decimals integer not null, data_class varchar not null, base varchar not null,
    interval_method varchar not null, source varchar not null, designation varchar not null,
    caveats varchar not null, benchmark varchar not null, target_indicator varchar not null,
    breaks varchar not null, quality varchar not null, national_outcome varchar not null,
    national_indicator varchar not null, npf_basis varchar not null, npf_rule varchar not null,
    npf_rule_threshold double, npf_rule_periods integer, framework_version varchar not null,
    maturity_months integer not null, is_survey boolean not null, method_version varchar not null,
    aliases varchar not null, query varchar not null
);

-- One row an indicator, area, period, programme, characteristic, category and source.
create table observation (
    indicator_id varchar not null, area_code varchar not null, period varchar not null,
    programme varchar not null, characteristic varchar not null, category varchar not null,
    numerator double, denominator double, value double, lower_ci double, upper_ci double,
    obs_status varchar, data_class varchar not null, source_id varchar not null, source_page varchar
);

-- One row a family, area, period, programme, characteristic, category, pair and state: protected.
create table protected_count (
    family varchar not null, area_code varchar not null, period varchar not null,
    programme varchar not null, characteristic varchar not null, category varchar not null,
    characteristic_2 varchar not null, category_2 varchar not null, state varchar not null,
    count integer not null
);

-- One row a family of tables: how it was protected and how far counts may be from the truth.
create table table_family (
    family varchar primary key, grain varchar, cells integer, max_deviation integer,
    share_above_4 double, solver_gap double
);

-- One row a partnership, edition and measure of quality.
create table data_quality (
    area_code varchar not null, edition varchar not null, measure varchar not null, value double
);

-- One row a partnership, financial year and funding stream.
create table spend (
    area_code varchar not null, financial_year varchar not null, funding_stream varchar not null,
    budget double, spend double
);

-- One row, or none: the edition before, which this one is compared with.
create table previous_release (
    extract_id varchar, edition varchar, cut_off date, synthetic boolean
);

-- One row a figure that differs from the previous extract.
create table change (
    indicator_id varchar, area_code varchar, period varchar, programme varchar, characteristic varchar,
    category varchar, before double, after double, kind varchar
);

-- One row a partnership, indicator and day: what the partnership says beside the figure, signed with a role.
create table context_note (
    area_code varchar not null, indicator_id varchar not null, dated date not null, role varchar not null,
    text varchar not null, is_demonstration boolean not null, primary key (area_code, indicator_id, dated)
);

-- One row a thing nobody publishes: why, and who could supply it.
create table declared_gap (
    gap_id varchar primary key, page varchar not null, title varchar not null, reason varchar not null,
    who_could_supply varchar not null, national_outcome varchar
);

-- One row a programme: what it was, when it ran, and when it was folded into the local model.
create table programme (
    programme varchar primary key, label varchar not null, kind varchar not null,
    start_date date, end_date date, fold_date date, fold_note varchar, source_id varchar
);

-- One row a funding stream and a programme that it pays for; 'national_contract' is returned by no partnership.
create table funding_stream (
    funding_stream varchar not null, programme varchar not null, note varchar,
    primary key (funding_stream, programme)
);

-- One row a national outcome, with the framework's version and status.
create table national_outcome (
    national_outcome varchar primary key, display_order integer not null,
    framework_version varchar not null, status varchar not null, source_id varchar
);
