"""Every value the demonstration writes is one a return may hold (`data.md` §2), in all four files."""

import tomllib
from datetime import date

import polars as pl
import pytest

from dashboard.pipeline import returns
from dashboard.pipeline.disclosure.states import soft_bands

CUT_OFF, FIRST = date(2026, 6, 30), date(2018, 4, 1)
QUESTION = {"yes", "no", "unknown", "prefer_not_to_say"}
FOLLOWUP = {"in_employment", "not_in_employment", "no_engagement", "unknown"}
VALUES = {
    "programme": {"nolb", "fss", "employability_fund", "community_jobs_scotland", "activity_agreements",
                  "seri", "fund_14_19", "discovering_your_potential", "other"},
    "referral_source": {"self", "jobcentre", "education", "council", "health", "housing", "justice",
                        "social_work", "third_sector", "employer", "other", "unknown"},
    "provider_sector": {"public", "third", "private", "unknown"},
    "key_worker": {"yes", "no", "unknown"},
    "sex": {"female", "male", "unknown", "prefer_not_to_say"},
    "religion": {"none", "church_of_scotland", "roman_catholic", "other_christian", "muslim", "other",
                 "unknown", "prefer_not_to_say"},
    "sexual_orientation": {"heterosexual", "lesbian_gay_bisexual_other", "unknown", "prefer_not_to_say"},
    "ethnicity": {"white_scottish_british_irish", "white_minority", "mixed", "asian", "african",
                  "caribbean_black", "other", "unknown", "prefer_not_to_say"},
    "economic_status": {"unemployed", "inactive", "in_education", "low_income_employment", "unknown"},
    "highest_qualification": {"none", "scqf_1_4", "scqf_5", "scqf_6", "scqf_7_plus", "unknown"},
    "island": {"yes", "no"},
    "simd_quintile": {"1", "2", "3", "4", "5"},
    "urban_rural_6": {"1", "2", "3", "4", "5", "6"},
    **{name: QUESTION for name in ("trans_status", "care_experienced", "carer", "conviction", "homeless",
                                   "refugee", "parent", "disabled")},
    **{f"followup_{weeks}_weeks": FOLLOWUP for weeks in (4, 13, 26, 52)},
}
LISTS = {
    "joined_up_support": {"health", "mental_health", "housing", "justice", "money_advice", "childcare",
                          "transport"},
    "condition_type": {"mental_health", "physical", "sensory", "learning_disability", "neurodiverse",
                       "long_term_illness", "other"},
    "priority_family": {"lone_parent", "disabled_member", "three_or_more_children", "minority_ethnic",
                        "youngest_under_one", "mother_under_25"},
}
DOMAINS = {"confidence", "engagement_with_others", "motivation", "core_skills", "health_and_wellbeing"}
SCALES = {("swemwbs", "1", "5"), ("confidence", "0", "10"), ("work_star", "1", "5"), ("ons4", "0", "10"),
          ("other", "1", "5")}
STATEMENTS = {"dignity_and_respect", "fairness", "needs_considered", "choice", "in_control", "knew_voluntary",
              "wellbeing_offered"}
ANSWERS = {"strongly_agree", "agree", "neither", "disagree", "strongly_disagree", "unknown"}


@pytest.fixture(scope="module")
def progress(large, read_kind) -> pl.DataFrame:
    return read_kind(large, "progress").with_columns(pl.col("date").str.to_date())


@pytest.fixture(scope="module")
def experience(large, read_kind) -> pl.DataFrame:
    return read_kind(large, "experience").with_columns(pl.col("date").str.to_date())


def test_participants_are_unique_and_in_their_own_file(people):
    assert people.height == 75_000
    assert people["participant_id"].is_unique().all()
    assert people["participant_id"].str.contains(r"^[A-Za-z0-9._-]{1,64}$").all()
    assert (people["area_code"] == people["file_area"]).all()
    assert people["area_code"].n_unique() == 32


@pytest.mark.parametrize("column", VALUES)
def test_values_are_in_the_list_and_all_used(people, column):
    assert set(people[column].drop_nulls().unique()) == VALUES[column]


@pytest.mark.parametrize("column", LISTS)
def test_lists_hold_listed_values_once(people, column):
    lists = people[column].drop_nulls().str.split(";")
    assert set(lists.explode().unique()) == LISTS[column]
    assert (lists.list.len() == lists.list.n_unique()).all()


def test_dates_lie_between_the_start_and_the_cut_off(people):
    assert people["start_date"].is_between(FIRST, CUT_OFF).all()
    assert (people["referral_date"].drop_nulls() <= CUT_OFF).all()
    assert people.filter(pl.col("referral_date") > pl.col("start_date")).is_empty()
    for name in ("support_end", "employment_start", "education", "training", "volunteering", "qualification",
                 "work_experience"):
        dates = people.filter(pl.col(f"{name}_date").is_not_null())
        assert 0 < dates.height < people.height
        within = pl.col(f"{name}_date").is_between(pl.col("start_date"), CUT_OFF)
        assert dates.select(within.all()).item(), name


def test_ages_and_months_are_possible(people):
    age, months = (people[name].cast(pl.Int64) for name in ("age", "months_unemployed"))
    assert age.drop_nulls().is_between(14, 99).all() and age.min() == 14 and age.null_count() > 0
    assert (months.drop_nulls() >= 0).all()
    assert people.filter(months > (age - 15).clip(0) * 12).is_empty()


def test_follow_ups_are_answered_only_when_due(people):
    for weeks in (4, 13, 26, 52):
        answered = people.filter(pl.col(f"followup_{weeks}_weeks").is_not_null())
        due = pl.col("employment_start_date") + pl.duration(weeks=weeks)
        assert answered["employment_start_date"].null_count() == 0
        assert answered.select((due <= CUT_OFF).all()).item()


def test_progress_follows_people_and_scales(progress, people):
    starts = people.select("participant_id", "start_date", "area_code")
    joined = progress.join(starts, on="participant_id", how="left")
    assert joined["start_date"].null_count() == 0 and (joined["area_code"] == joined["file_area"]).all()
    assert joined.select(pl.col("date").is_between(pl.col("start_date"), CUT_OFF).all()).item()
    assert set(progress["domain"].unique()) == DOMAINS
    assert set(progress.select("instrument", "scale_min", "scale_max").unique().iter_rows()) == SCALES
    number = [pl.col(name).cast(pl.Int64) for name in ("score", "scale_min", "scale_max")]
    assert progress.select(number[0].is_between(number[1], number[2]).all()).item()
    key = ["participant_id", "domain", "instrument", "wave", "date", "item"]
    assert not progress.select(key).is_duplicated().any()


def test_every_domain_has_several_instruments_and_half_are_followed_up(progress):
    waves = progress.group_by("file_area", "participant_id", "domain", "instrument").agg(
        (pl.col("wave") == "start").any().alias("start"),
        (pl.col("wave") == "follow_up").any().alias("follow_up"))
    assert waves.group_by("domain").agg(pl.col("instrument").n_unique()).to_series(1).min() >= 2
    assert 0.4 < waves["follow_up"].mean() < 0.6
    by_area = waves.group_by("file_area").agg(pl.col("follow_up").mean()).to_series(1)
    assert by_area.min() < 0.25 and by_area.max() > 0.7
    assert 0 < (~waves["start"]).mean() < 0.05
    assert set(progress.filter(pl.col("instrument") == "swemwbs")["item"].unique()) == set("1234567")


def test_wellbeing_is_not_called_changed_by_the_error_of_its_measurement(progress):
    """Of people scored twice on the seven items 65% went up and 27% down: for most of them by less than the error."""
    scores = progress.filter(pl.col("instrument") == "swemwbs").rename({"file_area": "area_code"})
    bands = soft_bands(scores).filter(pl.col("band").cast(pl.String).is_in(["improved", "same", "declined"]))["band"]
    shares = {name: round(100 * float((bands == name).mean())) for name in ("improved", "same", "declined")}
    assert shares == {"improved": 30, "same": 64, "declined": 7}


def test_first_scores_come_before_second_ones(progress):
    waves = progress.group_by("participant_id", "domain", "instrument").agg(
        pl.col("date").filter(pl.col("wave") == "start").max().alias("first"),
        pl.col("date").filter(pl.col("wave") == "follow_up").min().alias("second"))
    assert waves.filter(pl.col("first") >= pl.col("second")).is_empty()


def test_experience_answers(experience):
    assert set(experience["statement"].unique()) == STATEMENTS
    assert set(experience["answer"].unique()) == ANSWERS
    assert experience["date"].is_between(FIRST, CUT_OFF).all()
    assert not experience.select("response_id", "statement").is_duplicated().any()
    agreed = experience.group_by("statement").agg(pl.col("answer").is_in(["strongly_agree", "agree"]).mean())
    shares = dict(agreed.iter_rows())
    assert 0.9 <= shares["dignity_and_respect"] <= 0.95
    assert all(0.78 <= share <= 0.95 for share in shares.values())


def test_spend_is_dearer_where_people_live_far_apart(large, read_kind, people):
    spend = read_kind(large, "spend").with_columns(pl.col("^(spend|budget)$").cast(pl.Int64))
    assert not spend.select("file_area", "financial_year", "funding_stream").is_duplicated().any()
    assert (spend["spend"] > 0).all() and spend["financial_year"].str.contains(r"^20\d\d-\d\d$").all()
    starts = people.filter(pl.col("start_date") >= date(2019, 4, 1), pl.col("programme") != "fss",
                           pl.col("start_date") < date(2026, 4, 1)).group_by("area_code").len("starts")
    each = spend.group_by("file_area").agg(pl.col("spend").sum()).join(
        starts, left_on="file_area", right_on="area_code")
    price = {code: pounds / people for code, pounds, people in each.iter_rows()}
    islands = [price[code] for code in ("S12000013", "S12000023", "S12000027")]
    cities = [price[code] for code in ("S12000033", "S12000036", "S12000042", "S12000049")]
    assert min(islands) > 1.5 * max(cities)


def test_some_areas_lack_a_file_and_some_are_late(large):
    missing = {kind: 32 - len(list(large.glob(f"{kind}_*.csv"))) for kind in ("participants", "progress",
                                                                             "experience", "spend")}
    assert missing == {"participants": 0, "progress": 2, "experience": 1, "spend": 1}
    label = tomllib.loads((large / "return.toml").read_text(encoding="utf-8"))
    assert label["edition"] == "2026-Q2" and label["cut_off"] == CUT_OFF and label["synthetic"] is True
    assert len(label["received"]) == 32
    assert sum(received > label["due"] for received in label["received"].values()) == 5


def test_the_reader_accepts_every_row(small):
    read = returns.read(small)
    assert read.synthetic and read.participants.height == 2_000
    assert read.problems.is_empty(), read.problems
    assert read.account["rows_rejected"].sum() == 0 and read.progress.height > 0
