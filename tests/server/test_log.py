"""The server's log: a line says what happened, never who asked or what was typed."""

import json
import logging
import sys

import pytest

from dashboard.serving import log

TYPED = "somebodys-own-words"


def line(name, text, *given, facts=None, error=None):
    record = logging.LogRecord(name, logging.ERROR, "file.py", 1, text, given, error)
    if facts:
        record.facts = facts
    return json.loads(log.Lines().format(record))


def test_an_exception_is_told_by_kind_and_place_and_not_by_its_message():
    try:
        raise ValueError(TYPED)
    except ValueError:
        said = line("dashboard.components.run", "%s could not be made", "jobs.journey", error=sys.exc_info())
    assert said["event"] == "jobs.journey could not be made" and said["kind"] == "ValueError" and said["level"] == "error"
    assert "test_log.py" in said["at"][-1] and TYPED not in json.dumps(said)


@pytest.mark.parametrize(("text", "given"), [
    ('%s - "WebSocket %s" [accepted]', ("203.0.113.7:50000", f"/_stcore/stream?a={TYPED}")),
    (f"203.0.113.7:50000 asked for /jobs?area={TYPED}", ()), (f"from [2001:db8::7]:443 for /?q={TYPED}", ())])
def test_what_a_framework_says_of_a_visitor_is_left_out(text, given):
    said = line("uvicorn.error", text, *given)["event"]
    assert not [each for each in ("203.0.113.7", "2001:db8", TYPED) if each in said]


def test_only_a_pages_address_is_named(caplog):
    with caplog.at_level(logging.INFO):
        log._tell_answer("/jobs", 200, 0.01)
        log._tell_answer(f"/{TYPED}", 503, 0.01)
        log._tell_answer(f"/{TYPED}", 200, 0.01)
    assert [record.facts["page"] for record in caplog.records] == ["/jobs", log.OTHER]
