"""A reader without a browser: Streamlit's own messages over a websocket, so that many can be in one process.

It does what a browser does with them: keeps the messages it is told to keep, sends every widget's state back, and
follows the address. Nothing is drawn, so what is measured is the server and the way to it.
"""

import asyncio
import json
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

LONGEST = 120.0     # seconds to wait for one answer
TWO_RUNS = 2        # how long a browser keeps a message that is not used again


class Counted(ClientConnection):
    """A connection that counts what arrives, as it comes over the wire."""

    arrived = 0

    def data_received(self, data: bytes) -> None:
        self.arrived += len(data)
        super().data_received(data)


class WrongAnswer(RuntimeError):
    """What came back is not what was asked for; the message says what."""


@dataclass
class Answer:
    """What one run sent: bytes on the wire, seconds it took, elements by place."""

    seconds: float = 0.0
    bytes: int = 0
    deltas: list = field(default_factory=list)

    @property
    def elements(self) -> list:
        return [each.new_element for _, each in self.deltas if each.WhichOneof("type") == "new_element"]

    def constants(self) -> list[tuple[tuple[int, ...], str, dict]]:
        """(place, kind, what it is made of) of everything that `constants.py` can show again."""
        made = []
        for path, each in self.deltas:
            if each.WhichOneof("type") == "add_block":
                made.append((path, "block", {}))
                continue
            element = each.new_element
            match element.WhichOneof("type"):
                case "html":
                    made.append((path, "html", {"body": element.html.body}))
                case "selectbox":
                    made.append((path, "selectbox", {"label": element.selectbox.label, "options": list(element.selectbox.options)}))
                case "bidi_component":
                    held = element.bidi_component
                    made.append((path, "component", {
                        "name": held.component_name, "html": held.html_content, "js": held.js_content, "key": held.id,
                        "data": held.bytes or json.loads(held.json or "null")}))
        return made

    def figures(self) -> dict[str, bytes]:
        """The data of each figure on the page, by its component's key."""
        held = (each.bidi_component for each in self.elements if each.WhichOneof("type") == "bidi_component")
        return {each.id.split("-", 2)[2]: each.bytes for each in held if each.component_name == "figure"}

    def selectbox(self, label: str):
        """The select box of this label."""
        for each in self.elements:
            if each.WhichOneof("type") == "selectbox" and each.selectbox.label == label:
                return each.selectbox
        raise WrongAnswer(f"the page has no select box '{label}'")


@dataclass
class Reader:
    """One session of one page."""

    connection: Counted
    page: str
    query: str = ""
    states: dict[str, str] = field(default_factory=dict)
    page_hash: str = ""
    kept: dict[str, tuple[ForwardMsg, int]] = field(default_factory=dict)
    runs: int = 0
    last: Answer | None = None

    async def choose(self, label: str, option: str) -> Answer:
        """Choose an option of a select box, as its list shows it."""
        self.states[self.last.selectbox(label).id] = option
        return await self.run()

    async def run(self) -> Answer:
        """Ask for the page as it is chosen now, and take everything until the script has finished."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self.query, self.page, self.page_hash
        for name, value in self.states.items():
            held = state.widget_states.widgets.add()
            held.id, held.string_value = name, value
        state.cached_message_hashes.extend(self.kept)
        began, before = time.perf_counter(), self.connection.arrived
        await self.connection.send(asked.SerializeToString())
        answer = Answer()
        self.runs += 1
        async with asyncio.timeout(LONGEST):
            while not self._take(ForwardMsg.FromString(await self.connection.recv()), answer):
                pass
        answer.seconds, answer.bytes = time.perf_counter() - began, self.connection.arrived - before
        self.kept = {name: (message, run) for name, (message, run) in self.kept.items() if self.runs - run < TWO_RUNS}
        self.last = answer
        return answer

    def _take(self, message: ForwardMsg, answer: Answer) -> bool:
        """True once the script has finished."""
        kind = message.WhichOneof("type")
        path = tuple(message.metadata.delta_path)
        if kind == "ref_hash":
            self.kept[message.ref_hash] = (self.kept[message.ref_hash][0], self.runs)
            message, kind = self.kept[message.ref_hash][0], "delta"
        if kind == "delta" and message.delta.WhichOneof("type") in ("new_element", "add_block"):
            answer.deltas.append((path, message.delta))
            if message.metadata.cacheable:
                self.kept[message.hash] = (message, self.runs)
        elif kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "session_event" and message.session_event.WhichOneof("type") == "script_compilation_exception":
            raise WrongAnswer("the script could not be read")
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                self._no_trouble(answer)
                return True
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise WrongAnswer("the script stopped with an error")
        return False

    @staticmethod
    def _no_trouble(answer: Answer) -> None:
        for each in answer.elements:
            if each.WhichOneof("type") == "exception":
                raise WrongAnswer(f"the page shows an exception: {each.exception.message}")


async def open_reader(port: int, page: str, query: str = "") -> Reader:
    """A reader who has just opened the page, at that query ('area=S12000023'), and has its first answer."""
    connection = await connect(f"ws://localhost:{port}/_stcore/stream", subprotocols=["streamlit"], max_size=None,
                               create_connection=Counted, open_timeout=LONGEST)
    reader = Reader(connection, page, query)
    await reader.run()
    return reader


def check(answer: Answer, expected: Mapping[str, Collection[bytes]]) -> None:
    """Raises WrongAnswer unless every figure expected is on the page, to the byte, in one of the forms it may be sent in."""
    held = answer.figures()
    for name, sent in expected.items():
        if held.get(name) not in sent:
            raise WrongAnswer(f"{name} is {'another' if name in held else 'missing'}; there are {sorted(held)}")
