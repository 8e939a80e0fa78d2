"""Patterns of figures (`packs.pattern`) over the web: each at an address that changes with its content, to be kept.

Only a pattern is given, only of an edition that everyone may see, and only as it was when a page named it.
"""

from anyio import to_thread
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import paths
from dashboard.figure import Address, AddressError
from dashboard.figures import recipes
from dashboard.figures.recipe import ChoiceError
from dashboard.packs.finished import packed
from dashboard.packs.pattern import Named, digest_of, named_in
from dashboard.read.edition import current, older
from dashboard.read.extract import ExtractError
from dashboard.serving.zipped import answer


class Patterns:
    """Answers for the addresses of patterns, and leaves every other to the application."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        named = named_in(scope["path"]) if scope["type"] == "http" else None
        if named is None:
            await self.app(scope, receive, send)
            return
        made = await to_thread.run_sync(_pattern, named)
        response = answer(scope, made, "application/json") if made else PlainTextResponse(
            "No such pattern.\n", 404, {"cache-control": "no-store"})
        await response(scope, receive, send)


def _pattern(named: Named) -> bytes:
    """The pattern, packed; nothing where there is none with these very bytes."""
    try:
        address = Address.read(named.evidence_id)
        edition = current(paths.extract_folder())
        if edition.extract_id != address.extract_id:
            edition = older(paths.extract_folder(), address.extract_id)
        figure = recipes.figure_at(edition, address)
        if figure is None or recipes.pattern_of(edition, figure) != figure:
            return b""
    except (AddressError, ChoiceError, ExtractError):
        return b""
    made = packed(figure, named.level)
    return made if digest_of(made) == named.digest else b""
