"""What a session is sent while its script runs comes in one go, in its order, and not too late."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.serving import together
from dashboard.serving.together import Together

ASKED = {"type": "websocket.receive", "bytes": b""}


def _part(number):
    return {"type": "websocket.send", "bytes": ForwardMsg(hash=str(number)).SerializeToString()}


def _end():
    return {"type": "websocket.send", "bytes": ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()}


def _sent_by(session):
    """What left the server, a list for each time that the session looked."""
    left, looks = [], []

    async def inner(_, receive, send):
        await session(receive, send, lambda: looks.append(len(left)))

    async def receive():
        return ASKED

    async def send(message):
        left.append(message)

    with ThreadPoolExecutor(1) as beside:       # a browser of the same worker has a loop of its own in this thread
        beside.submit(lambda: asyncio.run(Together(inner)({"type": "websocket"}, receive, send))).result()
    return left, looks


def test_the_parts_of_a_run_leave_together_when_it_has_run_and_in_their_order():
    async def session(receive, send, look):
        await send(_part(0))
        look()                      # nobody has asked: nothing is held back
        await receive()
        for number in (1, 2, 3):
            await send(_part(number))
        look()
        await send(_end())
        look()
        await send(_part(4))
        look()

    left, looks = _sent_by(session)
    assert looks == [1, 1, 5, 6]
    assert left == [_part(0), _part(1), _part(2), _part(3), _end(), _part(4)]


def test_a_run_that_takes_long_shows_what_it_has(monkeypatch):
    monkeypatch.setattr(together, "LONGEST", 0.0)

    async def session(receive, send, look):
        await receive()
        await send(_part(1))
        look()
        await asyncio.sleep(0.05)
        look()
        await send(_part(2))
        await send(_end())
        look()

    left, looks = _sent_by(session)
    assert looks == [0, 1, 3] and left == [_part(1), _part(2), _end()]


def test_a_session_that_is_closed_is_told_at_once_and_after_what_it_said():
    closed = {"type": "websocket.close", "code": 1000}

    async def session(receive, send, look):
        await receive()
        await send(_part(1))
        await send(closed)
        look()

    left, looks = _sent_by(session)
    assert looks == [2] and left == [_part(1), closed]
