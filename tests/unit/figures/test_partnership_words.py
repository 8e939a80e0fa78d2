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
    assert "1 measure resting on few people [u], so given no verdict" in words


def test_a_clear_difference_has_its_kind_period_interval_and_marks():
    assert said(row_of(OWN, status="p"), synthetic=False) == (
        "From its return, 2024-25: Entered work within 12 months **67%, higher than Scotland** [p]. "
        "Its 95% interval is 43% to 84%.")
    assert said(row_of(PUBLISHED)).startswith("Published, 2024-25: Employment rate **67.0%, higher")


def test_both_kinds_are_told_apart_only_when_some_are_made_up():
    both = row_of(OWN), row_of(PUBLISHED)
    assert said(*both).startswith(partnership_words.MADE_UP) and "From its demonstration return, 2024-25" in said(*both)
    assert "made up" not in said(*both, synthetic=False) and "made up" not in said(row_of(PUBLISHED))


def test_a_hidden_figure_is_never_called_alike():
    words = said(row_of(OWN, status="c", verdict="none", compared=differences.NOT_COMPARED, value=None),
                 row_of(OWN, verdict="none", compared="no clear difference from Scotland"))
    assert "1 measure with no clear difference from Scotland." in words and "1 measure with no figure to compare." in words


def test_a_measure_of_which_too_much_is_missing_is_never_called_alike():
    words = said(row_of(OWN, verdict="none", compared=differences.TOO_MUCH_MISSING))
    assert "1 measure where too much is missing to compare." in words and "no clear difference" not in words


def test_every_clear_measure_is_said_or_counted():
    assert "2 more measures clearly different, as below" in said(*[row_of(OWN)] * 5)


def test_a_title_gives_no_verdict_on_few_people_and_warns_of_them():
    few, many = row_of(OWN, status="u"), row_of(PUBLISHED)
    title = partnership_words.spine_title([few, few, many], "Orkney Islands")
    assert title.endswith("1 clearly better; 2 of 3 measures on few people [u]")
    alone = partnership_words.spine_title([few], "Orkney Islands")
    assert alone == "Orkney Islands against Scotland: 1 of 1 measure on few people [u]"
    assert "[u]" not in partnership_words.spine_title([many], "Orkney Islands")
