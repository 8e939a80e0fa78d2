"""A partnership's answer: figures of its return and published ones apart, few people counted but never said."""

from dashboard.figures.partnership import words as partnership_words
from dashboard.pipeline import curate
from dashboard.words import differences

OWN, PUBLISHED = "entered_work_within_12_months", "employment_rate_16_64"
CATALOGUE = {each.indicator_id: each for each in curate.load_indicators()}


def row_of(name, status=None, verdict="better", compared="higher than Scotland", value=67.0):
    return {"indicator_id": name, "data_class": CATALOGUE[name].data_class, "period_label": "2024-25", "value": value,
            "lower_ci": value and value - 24, "upper_ci": value and value + 17, "obs_status": status,
            "verdict": verdict, "compared": compared}


def said(*rows, synthetic=True):
    return " ".join(partnership_words.sentences(rows, CATALOGUE, synthetic))


def test_a_figure_of_few_people_is_counted_and_not_said():
    words = said(row_of(OWN, status="u"))
    assert "67" not in words and "higher" not in words
    assert words == "Its made-up return: 1 measure rests on too few people [u] to judge."


def test_a_clear_difference_has_its_kind_period_and_marks():
    assert said(row_of(OWN, status="p"), synthetic=False) == (
        "Its return: entered work within 12 months **67% [p], higher than Scotland** (2024-25).")
    assert said(row_of(PUBLISHED)).startswith("Published: employment rate **67.0%, higher than Scotland** (2024-25)")


def test_both_kinds_are_told_apart_only_when_some_are_made_up():
    both = row_of(OWN), row_of(PUBLISHED)
    assert said(*both).startswith("Published: ") and "Its made-up return: " in said(*both)
    assert "made-up" not in said(*both, synthetic=False) and "made-up" not in said(row_of(PUBLISHED))


def test_a_hidden_figure_is_never_called_alike():
    words = said(row_of(OWN, status="c", verdict="none", compared=differences.NOT_COMPARED, value=None),
                 row_of(OWN, verdict="none", compared="no clear difference from Scotland"))
    assert words == "Its made-up return: no tested measure clearly differs from Scotland."


def test_every_clear_measure_is_said_or_counted():
    assert ", and 3 more." in said(*[row_of(OWN)] * 5)


def test_a_title_gives_no_verdict_on_few_people_and_warns_of_them():
    few, many = row_of(OWN, status="u"), row_of(OWN)
    title = partnership_words.spine_title([few, few, many], "Orkney Islands")
    assert title.endswith("1 clearly better; 2 of 3 measures on few people [u]")
    alone = partnership_words.spine_title([few], "Orkney Islands")
    assert alone == "Orkney Islands against Scotland: 1 of 1 measure on few people [u]"
    assert "[u]" not in partnership_words.spine_title([many], "Orkney Islands")


def test_a_measure_on_few_people_is_drawn_and_worded_without_a_verdict():
    few = partnership_words.without_verdict(row_of(OWN, status="u"))
    assert few["verdict"] == "none" and few["compared"] == "not judged: few people" and few["value"] == 67.0
    many = row_of(OWN)
    assert partnership_words.without_verdict(many) == many
    assert "1 measure resting on few people [u]" in said(few), "counted as before"


def test_a_published_figure_of_low_reliability_is_not_called_one_of_few_people():
    doubtful = row_of(PUBLISHED, status="u")
    assert partnership_words.without_verdict(doubtful)["compared"] == "not judged: low reliability"
    assert partnership_words.without_verdict(doubtful)["verdict"] == "none"
    assert "1 measure of low reliability [u], so given no verdict" in said(doubtful) and "few people" not in said(doubtful)
    assert partnership_words.spine_title([doubtful], "East Renfrewshire").endswith("1 of 1 measure of low reliability [u]")
