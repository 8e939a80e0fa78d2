"""How far things jump while each page comes, and when each of its tabs is opened: layout shift as a browser counts it.

    python benchmarks/shift.py [WIDTH]

Up to 0.1 a reader hardly notices; the house allows 0.05. A busy machine shows more: parts arrive further apart.
"""

import sys

import screen
import serving

PAGES = ("", "partnership", "jobs", "progress", "disability-gap", "equality", "places", "value", "data-quality", "glance",
         "national-performance", "indicator", "about")
WATCH = """window.jumped = []
new PerformanceObserver((list) => list.getEntries().forEach((each) => { if (!each.hadRecentInput) window.jumped.push(each.value) }))
  .observe({ type: "layout-shift", buffered: true })"""
STILL = """() => document.querySelector(".stApp")?.dataset.testScriptState === "notRunning" && document.querySelector(".oc-answer, .oc-question")
  && [...document.querySelectorAll(".oc-chart:not([hidden])")].every((each) => each.querySelector(".oc-picture svg"))"""
REST = 1200     # milliseconds after the last chart
OFTEN = 50       # milliseconds between two looks
INPUT = 600     # milliseconds after a press in which a browser counts no shift: what is measured comes after them or is missed


def jumped(page) -> float:
    """What has shifted since the last time of asking."""
    page.wait_for_function(STILL, polling=OFTEN, timeout=screen.LONGEST)
    page.wait_for_timeout(REST)
    return sum(page.evaluate("window.jumped.splice(0)"))


def open_tab(page, number: int) -> float:
    """The shift of opening a tab by script, which a browser counts from the first moment, unlike a press."""
    page.evaluate("number => document.querySelectorAll('[role=tab]')[number].click()", number)
    page.wait_for_timeout(INPUT)
    return jumped(page)


def main(width: int = screen.VIEW["width"]) -> None:
    print(f"| page | on load, {width} px | worst tab |\n|---|---|---|")
    with serving.product(ahead=True) as server, screen.chromium() as browser:
        for name in PAGES:
            page = browser.new_context(viewport={**screen.VIEW, "width": width}, bypass_csp=True).new_page()
            page.add_init_script(WATCH)
            page.goto(f"{server.address}/{name}")
            first = jumped(page)
            tabs = [open_tab(page, number) for number in range(1, page.locator("[role=tab]").count())]
            print(f"| /{name} | {first:.3f} | {max(tabs):.3f} |" if tabs else f"| /{name} | {first:.3f} | |", flush=True)
            page.context.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
