"""One page in a browser that may talk to nothing but the server it came from, with or without WebGL."""

import shutil

SOFTWARE_WEBGL = ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")
NO_WEBGL = ("--disable-gpu", "--disable-3d-apis")


def launch(playwright, webgl: bool):
    """A browser that draws WebGL by software, or one that cannot draw it."""
    return playwright.chromium.launch(executable_path=_installed(), args=SOFTWARE_WEBGL if webgl else NO_WEBGL)


class Visit:
    """One page: what it asked for elsewhere (refused), what the server sent, what shapes it fetched."""

    def __init__(self, page, address: str, path: str) -> None:
        self.page, self.outside, self.received, self.shapes = page, [], [], []
        page.route("**/*", lambda route: self._allow(route, address))
        page.on("websocket", lambda socket: socket.on(
            "framereceived", lambda frame: self.received.append(len(frame))))
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


def _installed() -> str | None:
    """An installed Chromium, or None for Playwright's own."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)
