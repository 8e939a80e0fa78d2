"""The server's log: one JSON object a line, of what happened and never of who asked or what they typed.

A line holds `time` (UTC), `level`, `event` and facts of our own choosing. An address is named only where it is a page's;
of an exception stand its kind and the places in the code, because its message may quote what a person typed.
"""

import json
import logging
import re
import sys
import threading
import time
import traceback
import warnings
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import logger as framework

from dashboard.figures.search import PAGES

log = logging.getLogger(__name__)
ADDRESSES = frozenset(address for _, address, *_ in PAGES)
OTHER = "other"
# What frameworks write of a visitor: an address of four numbers or of the newer kind, and all after a question mark.
OF_A_VISITOR = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?|\[?(?:[0-9a-fA-F]{0,4}:){2,}[0-9a-fA-F]*\]?(?::\d+)?|\?\S*")
LEFT_OUT = "…"


class Lines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        is_own = record.name.startswith("dashboard")
        event = record.getMessage() if is_own else OF_A_VISITOR.sub(LEFT_OUT, str(record.msg))
        line = {"time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
                "level": record.levelname.lower(), "event": event, **getattr(record, "facts", {})}
        if record.exc_info and record.exc_info[0]:
            line["kind"] = record.exc_info[0].__name__
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}"
                          for frame in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


def begin() -> None:
    """Write every log of this process as such lines to its error stream, the framework's too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    warnings.simplefilter("default")
    logging.captureWarnings(True)
    threading.excepthook = _tell_failed_thread
    framework.setup_formatter = _through_the_root
    framework.update_formatter()
    for name in ("uvicorn", "uvicorn.access", "uvicorn.error", "websockets"):
        logging.getLogger(name).setLevel(logging.WARNING)     # below it they name each visitor's address


def _tell_failed_thread(failed: threading.ExceptHookArgs) -> None:
    log.error("a thread failed", extra={"facts": {"thread": failed.thread.name if failed.thread else OTHER}},
              exc_info=(failed.exc_type, failed.exc_value, failed.exc_traceback))


def _through_the_root(logger: logging.Logger) -> None:
    """In place of Streamlit's own: its loggers write nothing by themselves, also those it opens later."""
    logger.handlers.clear()
    logger.propagate = True


class Events:
    """One line for each page fetched, each session opened, closed or refused, and each answer that failed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        began, seen = time.monotonic(), {}

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            elif message["type"] == "websocket.accept":
                seen["open"] = True
                log.info("session opened")
            await send(message)

        try:
            await self.app(scope, receive, watch)
        finally:
            taken = time.monotonic() - began
            if scope["type"] == "websocket":
                _tell_session("open" in seen, taken)
            else:
                _tell_answer("/" + scope["path"].strip("/"), seen.get("status", 500), taken)


def _tell_session(was_open: bool, seconds: float) -> None:
    if was_open:
        log.info("session closed", extra={"facts": {"seconds": round(seconds, 1)}})
    else:
        log.warning("session refused")


def _tell_answer(asked: str, status: int, seconds: float) -> None:
    facts = {"page": asked if asked in ADDRESSES else OTHER, "status": status, "ms": round(seconds * 1000)}
    if status >= 500:
        log.error("answer failed", extra={"facts": facts})
    elif status == 405:
        log.warning("request refused", extra={"facts": facts})
    elif asked in ADDRESSES:
        log.info("page fetched", extra={"facts": facts})
