"""Who counts where (data contract, section 3): every rule and every edge."""

from datetime import date, timedelta

import polars as pl
import pytest

from dashboard.pipeline.disclosure import states

CUT_OFF = date(2024, 6, 30)
DATES = ("employment_start_date", "education_date", "training_date", "volunteering_date", "qualification_date",
         "support_end_date", "referral_date")
ANSWERS = tuple(f"followup_{weeks}_weeks" for weeks in (4, 13, 26, 52))
JOB = {"employment_start_date": date(2023, 1, 10)}


def days_before(days):
    return CUT_OFF - timedelta(days=days)


def frame(**person):
    """One person who started on 1 January 2023, with nothing else unless given."""
    held = {"start_date": date(2023, 1, 1)} | dict.fromkeys((*DATES, *ANSWERS)) | person
    return pl.DataFrame([held], schema={name: pl.String if name in ANSWERS else pl.Date for name in held})


def state_of(**person):
    return states.assign(frame(**person), CUT_OFF)["state"][0]


def answers(**given):
    return {f"followup_{weeks[1:]}_weeks": answer for weeks, answer in given.items()}


@pytest.mark.parametrize(("person", "expected"), [
    (answers(w52="in_employment", w13="not_in_employment") | JOB, "job_52"),
    (answers(w52="in_employment"), "job_52"),
    (answers(w26="in_employment", w52="not_in_employment") | JOB, "job_26"),
    (answers(w26="in_employment", w13="not_in_employment") | JOB, "job_26"),
    (answers(w13="in_employment", w26="no_engagement", w52="unknown") | JOB, "job_13"),
    (answers(w13="not_in_employment") | JOB, "job_ended_13"),
    (answers(w13="not_in_employment", w4="in_employment") | JOB, "job_ended_13"),
    (answers(w13="no_engagement") | JOB, "job_not_recorded"),
    (answers(w13="unknown") | JOB, "job_not_recorded"),
    (answers(w4="not_in_employment") | JOB, "job_not_recorded"),
    (answers(w26="not_in_employment", w52="not_in_employment") | JOB, "job_not_recorded"),
    (JOB | {"education_date": date(2023, 2, 1), "support_end_date": date(2023, 3, 1)}, "job_not_recorded"),
    (answers(w13="not_in_employment"), "in_support"),
    ({"education_date": date(2023, 2, 1)}, "other_positive"),
    ({"training_date": date(2023, 2, 1)}, "other_positive"),
    ({"volunteering_date": date(2023, 2, 1)}, "other_positive"),
    ({"qualification_date": date(2023, 2, 1), "support_end_date": date(2023, 3, 1)}, "other_positive"),
    ({"support_end_date": date(2023, 3, 1)}, "left_no_outcome"),
    ({}, "in_support"),
])
def test_each_person_is_in_the_state_of_highest_precedence(person, expected):
    assert state_of(**person) == expected


@pytest.mark.parametrize(("days", "answer", "expected"), [
    (90, None, "job_not_due"), (90, "", "job_not_due"), (0, None, "job_not_due"),
    (91, None, "job_not_recorded"), (91, "", "job_not_recorded"), (92, None, "job_not_recorded"),
    (90, "unknown", "job_not_recorded"), (90, "in_employment", "job_13"), (90, "not_in_employment", "job_ended_13"),
])
def test_thirteen_weeks_are_ninety_one_days(days, answer, expected):
    assert state_of(employment_start_date=days_before(days), followup_13_weeks=answer) == expected


def test_a_blank_follow_up_is_not_a_lost_job():
    assert state_of(**JOB) == "job_not_recorded" != state_of(**JOB, **answers(w13="not_in_employment"))


def test_work_experience_is_no_outcome():
    person = frame().with_columns(work_experience_date=date(2023, 2, 1))
    assert states.assign(person, CUT_OFF)["state"][0] == "in_support"


@pytest.mark.parametrize(("weeks", "days"), [(4, 28), (26, 182), (52, 364)])
def test_a_follow_up_is_due_on_its_own_day(weeks, days):
    def blank(started):
        column = f"followup_{weeks}_weeks"
        people = states.assign(frame(employment_start_date=days_before(started)), CUT_OFF)
        return people.select(states.followup_answer(column, CUT_OFF))[column][0]

    assert (blank(days - 1), blank(days)) == ("not_due", "blank_when_due")


@pytest.mark.parametrize(("started", "later", "expected"), [
    (90, {}, "not_due"), (91, {}, "blank_when_due"), (90, answers(w26="in_employment"), "blank_when_due"),
])
def test_at_13_weeks_not_due_is_the_state_of_that_name(started, later, expected):
    people = states.assign(frame(employment_start_date=days_before(started), **later), CUT_OFF)
    answer = people.select(states.followup_answer("followup_13_weeks", CUT_OFF)).item()
    assert answer == expected
    assert (answer == "not_due") == (people["state"][0] == "job_not_due")


def test_an_answer_given_early_stays_an_answer():
    people = states.assign(frame(employment_start_date=days_before(5), **answers(w52="no_engagement")), CUT_OFF)
    assert people.select(states.followup_answer("followup_52_weeks", CUT_OFF)).item() == "no_engagement"


@pytest.mark.parametrize(("started", "worked", "expected"), [
    ("2023-01-31", "2023-04-30", "0_3"), ("2023-01-31", "2023-05-01", "3_6"), ("2023-01-15", "2023-01-15", "0_3"),
    ("2023-01-15", "2023-07-15", "3_6"), ("2023-01-15", "2023-10-15", "6_9"), ("2023-01-15", "2024-01-15", "9_12"),
    ("2023-01-15", "2024-01-16", "over_12"), ("2023-01-15", None, "none"),
])
def test_months_to_work_are_calendar_months_the_last_day_included(started, worked, expected):
    person = {"start_date": date.fromisoformat(started),
              "employment_start_date": date.fromisoformat(worked) if worked else None}
    assert states.assign(frame(**person), CUT_OFF).select(states.months_to_work()).item() == expected


def test_a_job_without_a_date_is_never_claimed_as_early():
    people = states.assign(frame(**answers(w13="in_employment")), CUT_OFF)
    assert people.select(states.months_to_work()).item() == "over_12"


@pytest.mark.parametrize(("days", "expected"), [
    (0, "under_2_weeks"), (13, "under_2_weeks"), (14, "2_4_weeks"), (27, "2_4_weeks"), (28, "4_8_weeks"),
    (56, "4_8_weeks"), (57, "over_8_weeks"), (None, "unknown"),
])
def test_waits_are_counted_in_days(days, expected):
    referred = None if days is None else date(2023, 1, 1) - timedelta(days=days)
    assert frame(referral_date=referred).select(states.wait_to_start()).item() == expected


def scores(*rows):
    """Rows of (instrument, wave, day, item, score), with an optional scale, of one person and domain."""
    held = [{"instrument": instrument, "wave": wave, "date": date(2023, 1, day), "item": item, "score": float(score),
             "scale_min": float(scale[0][0] if scale else 1), "scale_max": float(scale[0][1] if scale else 5)}
            for instrument, wave, day, item, score, *scale in rows]
    return pl.DataFrame(held).with_columns(
        area_code=pl.lit("S12000005"), participant_id=pl.lit("P-1"), domain=pl.lit("confidence"))


def swemwbs(wave, day, items):
    return [("swemwbs", wave, day, str(number), score) for number, score in enumerate(items, 1)]


def band_of(*rows):
    found = states.soft_bands(scores(*rows))
    assert len(found) <= 1
    return tuple(found.select("instrument", "band").row(0)) if len(found) else None


@pytest.mark.parametrize(("start", "end", "expected"), [(2, 3, "improved"), (3, 3, "same"), (4, 3, "declined")])
def test_a_band_is_the_direction_of_change(start, end, expected):
    assert band_of(("work_star", "start", 1, "overall", start),
                   ("work_star", "follow_up", 9, "overall", end)) == ("work_star", expected)


def test_the_first_start_is_compared_with_the_last_follow_up_whatever_the_order_of_rows():
    rows = [("other", "start", 2, "overall", 5), ("other", "start", 1, "overall", 2),
            ("other", "follow_up", 9, "overall", 3), ("other", "follow_up", 5, "overall", 1)]
    assert band_of(*rows) == band_of(*reversed(rows)) == ("other", "improved")


@pytest.mark.parametrize(("missing", "expected"), [
    ((), "improved"), (("start",), "no_start_score"), (("follow_up",), "no_follow_up"), (("start", "follow_up"), None),
])
def test_swemwbs_with_an_item_missing_has_no_score(missing, expected):
    """Six items that rose must not be read as a score that rose."""
    rows = [row for wave, score in (("start", 2), ("follow_up", 4))
            for row in swemwbs(wave, 1 if wave == "start" else 9, [score] * (6 if wave in missing else 7))]
    found = band_of(*rows)
    assert found == (("swemwbs", expected) if expected else None)


def test_two_half_filled_swemwbs_forms_are_not_one_score():
    rows = [*swemwbs("start", 1, [3] * 7), *swemwbs("follow_up", 8, [5] * 4), *swemwbs("follow_up", 9, [5] * 7)[4:]]
    assert band_of(*rows) == ("swemwbs", "no_follow_up")


@pytest.mark.parametrize(("follow_up", "expected"), [
    ([4, 4, 2, 2, 3, 3, 3], "same"), ([5, 1, 1, 3, 3, 3, 3], "same"), ([4] * 4 + [3] * 3, "same"),
    ([4] * 7, "improved"), ([2] * 7, "same"), ([1] * 7, "declined")])
def test_swemwbs_changes_only_by_more_than_its_measurement_error(follow_up, expected):
    """From a sum of 21, metric 19.25: four points of the sum up, or seven down, are within the error; seven up are not."""
    assert band_of(*swemwbs("start", 1, [3] * 7), *swemwbs("follow_up", 9, follow_up)) == ("swemwbs", expected)


def test_the_error_of_swemwbs_follows_the_spread_of_the_start_scores():
    """Among people whose first scores differ widely, seven points of the sum are within the error."""
    held = pl.concat([scores(*swemwbs("start", 1, [first] * 7), *swemwbs("follow_up", 9, [last] * 7)).with_columns(
        participant_id=pl.lit(f"P-{number}")) for number, (first, last) in enumerate([(1, 1), (5, 5)] * 15 + [(3, 4), (1, 5)])])
    bands = dict(states.soft_bands(held).select("participant_id", "band").iter_rows())
    assert bands["P-30"] == "same" and bands["P-31"] == "improved"


def test_swemwbs_off_its_scale_has_no_score():
    assert band_of(*swemwbs("start", 1, [0] * 7), *swemwbs("follow_up", 9, [2] * 7)) == ("swemwbs", "no_start_score")


def test_scores_of_different_instruments_never_meet():
    assert band_of(("confidence", "start", 1, "overall", 1), ("other", "follow_up", 9, "overall", 5)) \
        == ("confidence", "no_follow_up")


def test_scores_on_different_scales_never_meet():
    assert band_of(("confidence", "start", 1, "overall", 4, (1, 5)),
                   ("confidence", "follow_up", 9, "overall", 6, (0, 10))) == ("confidence", "no_follow_up")


def test_the_instrument_asked_twice_is_kept():
    assert band_of(("confidence", "start", 1, "overall", 1), ("work_star", "start", 1, "overall", 4),
                   ("work_star", "follow_up", 9, "overall", 2)) == ("work_star", "declined")


def test_items_are_compared_only_where_asked_twice():
    """An item of the follow-up alone says nothing of change."""
    assert band_of(("ons4", "start", 1, "happiness", 4, (0, 10)), ("ons4", "follow_up", 9, "happiness", 3, (0, 10)),
                   ("ons4", "follow_up", 9, "worthwhile", 9, (0, 10))) == ("ons4", "declined")


def test_nobody_scored_is_no_band():
    assert states.soft_bands(pl.DataFrame()).is_empty()
