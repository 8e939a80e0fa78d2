"""What a change on the Places page sends and takes, with its interactive map: of area, of measure and of period.

    python benchmarks/places.py [--root FOLDER]

Every choice is made twice. Bytes are of the first time, counted in the browser: what came on the page's own line, and what was
fetched. The rest is of the second, when its figures are made: milliseconds from the choice to the last change of the map's
figure, what a graphics card does apart; layout shift, of 1; processor time of the server. FOLDER holds another version of the dashboard, to be measured turn about. Needs Chromium. Not a test: milliseconds
depend on the machine.
"""

import argparse
import statistics
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import screen
import serving
from playwright.sync_api import Page

LINK = "id=claimant_count_share&area=S12000047&part=islands"
CHANGES = {"Area": ("Glasgow City", "Fife", "Orkney Islands", "Falkirk"),
           "Period": (), "Measure": ()}      # of those without options: the first ones that there are
SOME, REST, FIRST = 4, 2_500, 12_000         # options; milliseconds after a choice, and after a page has come
SOFTWARE = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")       # draws the map without a graphics card
WATCH = """window.jumped = 0; window.last = 0
new PerformanceObserver((list) => list.getEntries().forEach((each) => { window.jumped += each.value })).observe({ type: "layout-shift" })
const isOfMap = ({ target }) => target.closest?.(".oc-kind-map, [class*=st-key-framed]") && !target.closest(".oc-deck, canvas")
new MutationObserver((changes) => { if (changes.some(isOfMap)) window.last = performance.now() })
  .observe(document, { subtree: true, childList: true, attributes: true, characterData: true })"""


@dataclass
class Measured:
    """One version of the dashboard, its page and what its changes took."""

    name: str
    server: serving.Server
    page: Page
    sent: list[int] = field(default_factory=list)       # bytes since the last change, on the page's own line
    fetched: list[int] = field(default_factory=list)
    rows: dict[str, list[tuple[float, ...]]] = field(default_factory=dict)

    def open(self) -> None:
        """The page at rest, with its map drawn."""
        self.page.on("websocket", lambda line: line.on("framereceived", lambda frame: self.sent.append(len(frame))))
        network = self.page.context.new_cdp_session(self.page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: self.fetched.append(event["encodedDataLength"]))
        self.page.add_init_script(WATCH)
        self.page.goto(f"{self.server.address}/places?{LINK}")
        self.page.wait_for_selector("canvas", timeout=60_000)
        self.page.wait_for_timeout(FIRST)
        print(f"{self.name}: a first visit fetches {sum(self.fetched) / 1000:.0f} kB and is sent {sum(self.sent) / 1000:.0f} kB", flush=True)

    def options(self, label: str) -> list[str]:
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.click()
        found = self.page.get_by_role("option").all_inner_texts()[1:SOME + 1]      # the first is shown
        self.page.keyboard.press("Escape")
        return found

    def change(self, label: str, option: str) -> None:
        """One choice, measured."""
        box = self.page.get_by_role("combobox", name=label, exact=True)
        box.click()
        box.fill(option)
        self.page.get_by_role("option", name=option, exact=True).first.wait_for()
        spent, began = self.server.processor_ms(), self.page.evaluate("() => { window.jumped = 0; return performance.now() }")
        self.sent.clear(), self.fetched.clear()
        self.page.keyboard.press("Enter")       # a pointer left on the map would change it too
        self.page.wait_for_timeout(REST)
        last, jumped = self.page.evaluate("() => [window.last, window.jumped]")
        self.rows.setdefault(label, []).append((sum(self.sent) / 1000, sum(self.fetched) / 1000, last - began, jumped,
                                                self.server.processor_ms() - spent))


def main() -> None:
    """Serve one or two versions, change them turn about, print a table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", type=Path, help="another version of the dashboard")
    roots = {"this": serving.ROOT, **({"other": root.resolve()} if (root := options.parse_args().root) else {})}
    with ExitStack() as open_:
        chromium = open_.enter_context(screen.chromium(*SOFTWARE))
        shown = []
        for name, root in roots.items():
            serving.ROOT = root
            server = open_.enter_context(serving.streamlit(str(root / "dashboard" / "server.py"), ("benchmarks/served.py",)))
            shown.append(Measured(name, server, chromium.new_context(viewport={"width": 1320, "height": 900}).new_page()))
            shown[-1].open()
        for label, given in CHANGES.items():
            for option in 2 * (given or shown[0].options(label)):
                for each in shown:
                    each.page.bring_to_front()
                    each.change(label, option)
    print("| change of | version | kB sent | kB fetched | ms | jumps | processor ms |\n|---|---|---|---|---|---|---|")
    for label in CHANGES:
        for each in shown:
            first, second = zip(*each.rows[label][:SOME], strict=True), zip(*each.rows[label][SOME:], strict=True)
            sent, fetched, *_ = map(statistics.median, first)
            _, _, took, jumped, spent = map(statistics.median, second)
            print(f"| {label.lower()} | {each.name} | {sent:.1f} | {fetched:.1f} | {took:.0f} | {jumped:.3f} | {spent:.0f} |")


if __name__ == "__main__":
    main()
