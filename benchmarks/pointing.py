"""How soon a chart answers to the pointer, with every part of its page there, and how long the browser styles the page for it.

    python benchmarks/pointing.py [AREA]

From the pointer's first moment on a chart until Plotly has drawn it; the first chart of a page waits for Plotly's script too.
"""

import statistics
import sys

import screen
import serving
from shift import OFTEN, REST, STILL

PAGES = ("partnership", "jobs", "equality", "places", "value")
WATCH = """charts => {
    window.took = []
    for (const chart of document.querySelectorAll(charts)) {
        let began
        for (const kind of ["pointerover", "mouseover", "pointermove"]) chart.addEventListener(kind, () => { began ??= performance.now() }, true)
        new MutationObserver((_, watch) => {
            if (!chart.classList.contains("oc-drawn")) return
            watch.disconnect()
            chart.getBoundingClientRect()
            window.took.push(performance.now() - began)
        }).observe(chart, { attributeFilter: ["class"] })
    }
}"""


def styled(session) -> float:
    """Milliseconds in which the browser found out how elements look, since the page began."""
    return 1000 * next(each["value"] for each in session.send("Performance.getMetrics")["metrics"] if each["name"] == "RecalcStyleDuration")


def main(area: str = "S12000049") -> None:
    print("| page | charts | the first, ms | the others, median | slowest | styled anew, ms |\n|---|---|---|---|---|---|")
    with serving.product(ahead=True) as server, screen.chromium() as browser:
        for name in PAGES:
            page = browser.new_context(viewport=screen.VIEW, bypass_csp=True).new_page()
            session = page.context.new_cdp_session(page)
            session.send("Performance.enable")
            page.goto(f"{server.address}/{name}?area={area}&show=all")
            page.wait_for_function(STILL, polling=OFTEN, timeout=screen.LONGEST)
            page.wait_for_timeout(REST)     # parts of a page come one after the other
            page.wait_for_function(STILL, polling=OFTEN, timeout=screen.LONGEST)
            page.evaluate(WATCH, screen.OWN_CHARTS)
            before = styled(session)
            for chart in page.locator(screen.OWN_CHARTS).all():
                chart.hover()
                page.wait_for_function("chart => chart.classList.contains('oc-drawn')", arg=chart.element_handle(), polling=OFTEN)
            first, *others = page.evaluate("window.took")
            print(f"| /{name} | {1 + len(others)} | {first:.0f} | {statistics.median(others):.0f} | {max(others):.0f} | "
                  f"{styled(session) - before:.0f} |", flush=True)
            page.context.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
