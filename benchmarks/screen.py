"""What a reader sees, timed inside the browser: when the charts are there, when the last is redrawn, what jumps."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright
from serving import ROOT

VIEW = {"width": 1400, "height": 900}
QUIET = 500         # milliseconds without a repaint after which a change is over
LONGEST = 60_000
CHARTS = ".oc-picture, .js-plotly-plot"
OWN_CHARTS = ".oc-chart:not([hidden], .oc-still)"      # of this dashboard, that answer to the pointer
POINTED = f"{OWN_CHARTS}, .js-plotly-plot"
ANSWER = f"{CHARTS}, .oc, [data-testid=stHtml]"       # and all words, cards and tables of the page
WATCH = """(() => {
  const shifts = [], painted = new Set()      // what was painted anew, a chart by its picture or by Plotly
  let began = 0, waiting = false, seen = 0, last = 0
  window.bench = { start() { began = 0; waiting = true; painted.clear(); shifts.length = 0 },
    read: () => ({ began, shifts, seen, repainted: painted.size, still: performance.now() - last, last }) }
  const mark = () => { if (waiting) { began = performance.now(); waiting = false; painted.clear() } }
  addEventListener("change", mark, true)
  addEventListener("keydown", (event) => { if (event.key === "Enter") mark() }, true)
  const watch = new MutationObserver((changes) => {
    const touched = new Set(changes.map(({ target }) => (target.closest ? target : target.parentElement)?.closest(WATCHED)))
    touched.delete(null)
    touched.delete(undefined)
    for (const each of touched) if (each.checkVisibility({ visibilityProperty: true })) requestAnimationFrame(() => {
      last = performance.now()
      painted.add(each.closest(".oc-chart") ?? each)
    })
  })
  watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
  new PerformanceObserver((list) => list.getEntries().forEach((each) => shifts.push(each.value)))
    .observe({ type: "layout-shift", buffered: true })
  const charts = () => [...document.querySelectorAll(".oc-chart, .js-plotly-plot")].filter((each) =>
    !each.parentElement.closest(".oc-chart") &&
    [...each.querySelectorAll("svg")].some((svg) => svg.getBoundingClientRect().height > 50)).length
  const look = () => { if (charts() >= WANTED) seen = performance.now(); else requestAnimationFrame(look) }
  requestAnimationFrame(look)
})()"""


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """The browser that the tests use, with `more` of its switches."""
    found = subprocess.run([sys.executable, str(ROOT / "tests" / "browser" / "chromium.py")], capture_output=True, text=True, check=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found.stdout.strip(), args=["--no-sandbox", *more])
        yield browser
        browser.close()


@dataclass
class Seen:
    """Milliseconds and bytes of one page, as they were measured one after the other."""

    name: str
    address: str
    choose: Callable[[Page, str], None]
    wanted: int
    redrawn: int        # how many of them another area changes
    watched: str = CHARTS       # whose repaint is waited for
    changes: list[float] = field(default_factory=list)      # to the last repaint of the last of them, in sight or not
    shifts: list[float] = field(default_factory=list)
    loads: list[float] = field(default_factory=list)
    cold_bytes: int = 0
    page: Page | None = None

    def come(self, browser: Browser) -> None:
        """As a reader who was never here: with a page of their own, and nothing opened yet."""
        self.page = browser.new_context(viewport=VIEW).new_page()
        self.page.add_init_script(WATCH.replace("WANTED", str(self.wanted)).replace("WATCHED", json.dumps(self.watched)))

    def open(self, browser: Browser) -> None:
        """A first visit, nothing cached: counts every byte until the charts are there and Plotly has come to one that is pointed at."""
        self.come(browser)
        network = self.page.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: self._count(event["encodedDataLength"]))
        network.on("Network.webSocketFrameReceived", lambda event: self._count(len(event["response"]["payloadData"]) * 3 // 4))
        self.page.goto(self.address)
        self._settle(self.wanted)
        self.page.locator(POINTED).first.hover()
        self.page.wait_for_function("() => window.Plotly", timeout=LONGEST)
        self._settle(self.wanted)
        network.detach()

    def _count(self, size: float) -> None:
        self.cold_bytes += int(size)

    def _settle(self, wanted: int) -> dict:
        """Wait until every chart is drawn and nothing has been for a while."""
        self.page.wait_for_function(f"""() => {{ const {{ repainted, seen, still }} = window.bench.read()
            return seen && repainted >= {wanted} && still > {QUIET} }}""", timeout=LONGEST)
        return self.page.evaluate("window.bench.read()")

    def load(self) -> None:
        """The same page again, its files cached: until the last of its charts is visible."""
        self.page.goto("about:blank")
        self.page.goto(self.address)
        self.loads.append(self._settle(self.wanted)["seen"])

    def change(self, area: str) -> None:
        """Choose another area: from the choice to the last repaint, and how far things jumped."""
        self.page.evaluate("window.bench.start()")
        self.choose(self.page, area)
        found = self._settle(self.redrawn)
        self.changes.append(found["last"] - found["began"])
        self.shifts.append(sum(found["shifts"]))


def choose_native(page: Page, area: str) -> None:
    page.select_option("select", area)


def choose_radio(page: Page, area: str) -> None:
    page.get_by_label(area, exact=True).check()


def choose_streamlit(page: Page, area: str, label: str = "Area") -> None:
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.fill(area)
    page.wait_for_timeout(150)
    page.keyboard.press("Enter")
