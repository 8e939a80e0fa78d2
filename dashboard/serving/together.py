"""What one run of a page says, sent in one go: a browser then lays the page out once, not at every part that comes."""

import asyncio
from contextlib import suppress

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

LONGEST = 0.1       # seconds that a part waits for the rest of its run: a slow run is seen to come


class Together:
    """Holds what a session is sent from its asking until its script has run, or has taken a while."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        held = _Held(send)

        async def asked() -> Message:
            message = await receive()
            held.is_running = message["type"] == "websocket.receive"
            return message

        await self.app(scope, asked, held)


class _Held:
    """A `send` that keeps messages back while a script runs, and their order always."""

    def __init__(self, send: Send) -> None:
        self.send, self.is_running = send, False
        self.messages: list[Message] = []
        self.turn, self.timer = asyncio.Lock(), None

    async def __call__(self, message: Message) -> None:
        self.messages.append(message)
        if message["type"] != "websocket.send" or _ends_a_run(message):
            self.is_running = False
        if not self.is_running:
            await self._let_go()
        elif self.timer is None:
            self.timer = asyncio.create_task(self._wait())

    async def _wait(self) -> None:
        await asyncio.sleep(LONGEST)
        self.timer = None
        with suppress(Exception):       # the reader has gone: whoever receives from them is told so
            await self._let_go()

    async def _let_go(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
            self.timer = None
        async with self.turn:
            while self.messages:
                await self.send(self.messages.pop(0))


def _ends_a_run(message: Message) -> bool:
    with suppress(DecodeError):
        return ForwardMsg.FromString(message.get("bytes") or b"").WhichOneof("type") == "script_finished"
    return False
