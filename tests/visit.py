"""One page in a browser that may talk to nothing but the server it came from, with or without WebGL."""

from tests.browser.chromium import find_or_get

# Without a graphics card a page that is put together by WebGL's own software costs several times one that is not.
SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--disable-gpu-compositing", "--disable-gpu-rasterization")
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis", "--disable-software-rasterizer", "--in-process-gpu")
# One thread that paints: an eighth less of the processor for a page that opens and is looked at. And one process holds all tabs
# of a reader on a site: another tab finds there what the scripts were read into, and opens for two thirds.
SPARING = ("--num-raster-threads=1", "--process-per-site")
# A page is looked at for a second or two: the compilers of its scripts that pay later cost more than they spare. Where every rule
# is asked of every page, the first of the two spares more. Memory is tidied by the one thread that is there: others would take
# the processor from it.
COMPILERS = {"few looks": "--js-flags=--single-threaded-gc --no-maglev --no-turbofan", "many looks": "--js-flags=--single-threaded-gc --no-turbofan"}
# Each window begins two pages more for the suggestions under an address bar that nobody sees, unless told not to. What is told
# takes the place of Playwright's own list, whose other names are therefore told again.
TURNED_OFF = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
    "OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning")


def launch(playwright, webgl: bool = False, use: str = "few looks"):
    """A browser that draws WebGL by software, or one that cannot draw it; `use` is how long its pages are looked at (COMPILERS)."""
    drawing = SOFTWARE_WEBGL if webgl else NO_WEBGL
    return playwright.chromium.launch(executable_path=find_or_get(), args=[
        *drawing, *SPARING, COMPILERS[use], f"--disable-features={','.join(TURNED_OFF)}"])


def is_refusal(message) -> bool:
    """True for what a browser says of what a page's policy does not allow."""
    return "Content Security Policy" in message.text


class Visit:
    """One page: what it asked for elsewhere (and did not get), what its policy refused, what the server sent, what shapes it fetched."""

    def __init__(self, page, address: str, path: str) -> None:
        self.page, self.outside, self.refused, self.received, self.shapes = page, [], [], [], []
        page.route("**/*", lambda route: self._allow(route, address))
        page.on("websocket", lambda socket: socket.on(
            "framereceived", lambda frame: self.received.append(len(frame))))
        page.on("console", lambda message: is_refusal(message) and self.refused.append(message.text))
        page.goto(f"{address}{path}")

    def _allow(self, route, address: str) -> None:
        url = route.request.url
        if not url.startswith((address, "data:", "blob:")):
            self.outside.append(url)
            route.abort()
            return
        if ".geojson" in url:
            self.shapes.append(url)
        route.continue_()
