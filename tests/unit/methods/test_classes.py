"""Where one shade of a map ends and the next begins."""

from collections import Counter

import pytest

from dashboard.methods.classes import Scale, class_breaks


@pytest.mark.parametrize("values", [
    range(20, 52),                                  # spread evenly
    [5 * 2 ** (i / 3) for i in range(32)],          # a few very large
    [900 + i // 2 for i in range(32)],              # all near each other, far from zero
])
def test_values_that_differ_get_five_to_seven_classes_none_with_more_than_half(values):
    breaks = class_breaks([float(each) for each in values], 0)
    scale = Scale(("",) * (len(breaks) + 1), breaks)
    counts = Counter(scale.class_of(value, 0) for value in values)
    assert 4 <= len(breaks) <= 6 and len(counts) == len(breaks) + 1 and max(counts.values()) <= 16


def test_values_that_read_alike_have_no_break():
    assert class_breaks([7.1, 6.9, 7.0], 0) == ()
    assert class_breaks([7.1, 6.9, 7.0], 1) != ()


def test_a_break_is_on_the_side_of_the_figure_as_it_is_shown():
    breaks = class_breaks([float(each) for each in range(20, 52)], 0)
    assert 25 in breaks
    scale = Scale(("",) * (len(breaks) + 1), breaks)
    assert scale.class_of(24.6, 0) == scale.class_of(25, 0) == scale.class_of(24.4, 0) + 1
