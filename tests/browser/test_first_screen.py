"""What a reader sees before anything is scrolled, and that nothing jumps while it comes."""

import pytest

PAGES = ("/", "/partnership?area=S12000047", "/jobs", "/progress", "/disability-gap", "/equality", "/places", "/value", "/data-quality",
         "/glance", "/national-performance", "/indicator")
FIGURES = ".oc-chart:not([hidden]), .oc-cards, .oc-scroll table, [class*=st-key-framed]"
SEEN = 100       # pixels of a figure that make it seen


MOST_SHIFT = 0.1       # beside other work; on a quiet machine every page stays under 0.05 (benchmarks/shift.py)
WATCH = """window.jumped = 0
new PerformanceObserver((list) => list.getEntries().forEach((each) => { if (!each.hadRecentInput) window.jumped += each.value }))
  .observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize("path", PAGES)
def test_the_first_figures_stand_within_the_first_screen_and_nothing_jumps(read_with, path):
    """On every page but Data and methods, which is words: a chart or table of figures without scrolling."""
    reader = read_with(width=1400, height=900)
    reader.page.add_init_script(WATCH)
    page = reader.open(path).page
    page.wait_for_function("""([figures, lowest]) => [...document.querySelectorAll(figures)].filter(each => !each.closest('details'))
        .map(each => each.getBoundingClientRect()).some(box => box.height > 0 && box.top <= lowest)""", arg=[FIGURES, 900 - SEEN])
    assert page.evaluate("window.jumped") <= MOST_SHIFT, "nothing jumps while the page comes"
