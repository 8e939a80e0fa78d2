"""What the server takes from outside: questions. Nobody can leave a file or anything else with it."""

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

ASKING = ("GET", "HEAD")


class QuestionsAlone:
    """Refuses every request that would leave something here, before anything of Streamlit's reads it.

    Streamlit takes files of every open session into memory, whether or not a page asks for any.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in ASKING:
            refused = PlainTextResponse("This server answers questions; it takes nothing.\n", 405, {"allow": ", ".join(ASKING)})
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)
