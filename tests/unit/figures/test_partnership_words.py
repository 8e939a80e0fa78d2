"""A partnership's answer: figures of its return and published ones apart, few people counted but never said."""

from dashboard.figures.partnership import words as partnership_words
from dashboard.pipeline import curate
from dashboard.words import differences

OWN, PUBLISHED = "entered_work_within_12_months", "employment_rate_16_64"
CATALOGUE = {each.indicator_id: each for each in curate.load_indicators()}


def row_of(name, status=None, verdict="better", compared="higher than Scotland", value=67.0, direction="higher"):
    return {"indicator_id": name, "data_class": CATALOGUE[name].data_class, "period_label": "2024-25", "value": value,
            "lower_ci": value and value - 24, "upper_ci": value and value + 17, "obs_status": status,
            "verdict": verdict, "compared": compared, "direction": direction}


def said(*rows, synthetic=True):
    return " ".join(partnership_words.sentences(rows, CATALOGUE, synthetic))


def test_a_figure_of_few_people_is_counted_and_not_said():
    words = said(row_of(OWN, status="u"))
    assert "67" not in words and "higher" not in words
    assert "1 measure on few people [u], so not judged" in words


def test_a_published_figure_of_low_reliability_is_not_called_one_of_few_people():
    words = said(row_of(PUBLISHED, status="u"))
    assert "1 measure of low reliability [u], so not judged" in words and "few people" not in words


def test_a_clear_difference_has_its_kind_period_and_marks():
    assert said(row_of(OWN, status="p"), synthetic=False) == (
        "Its return: entered work within 12 months **67% [p], higher than Scotland** (2024-25).")
    assert said(row_of(PUBLISHED)).startswith("Published: employment rate **67.0%, higher")


def test_a_made_up_return_is_called_so_and_nothing_else_is():
    both = row_of(OWN), row_of(PUBLISHED)
    assert said(*both).startswith("Published: ") and "Made-up return: " in said(*both)
    assert "made-up" not in said(*both, synthetic=False) and "made-up" not in said(row_of(PUBLISHED))


def test_a_hidden_figure_is_never_called_alike():
    words = said(row_of(OWN, status="c", verdict="none", compared=differences.NOT_COMPARED, value=None, direction="untested"))
    assert words == "", "what has no figure is neither alike nor different"
    alike = said(row_of(OWN, verdict="none", compared="no clear difference from Scotland", direction="none"))
    assert alike == "Made-up return: no tested measure clearly differs from Scotland."


def test_a_measure_of_which_too_much_is_missing_is_never_called_alike():
    words = said(row_of(OWN, verdict="none", compared=differences.TOO_MUCH_MISSING, direction="untested"))
    assert words == f"Made-up return: {differences.TOO_MUCH_MISSING}." and "differs" not in words


def test_every_clear_measure_is_said_or_counted():
    assert ", and more below." in said(*[row_of(OWN)] * 5)


def test_a_title_gives_no_verdict_on_few_people_and_warns_of_them():
    few, many = row_of(OWN, status="u"), row_of(PUBLISHED)
    title = partnership_words.spine_title([few, few, many], "Orkney Islands")
    assert title.endswith("1 clearly better; 2 of 3 measures on few people [u]")
    alone = partnership_words.spine_title([few], "Orkney Islands")
    assert alone == "Orkney Islands against Scotland: 1 of 1 measure on few people [u]"
    assert "[u]" not in partnership_words.spine_title([many], "Orkney Islands")
