"""Under the policy that the dashboard is served with: nothing that it does not name is run, and nothing frames the dashboard.

That it allows what each kind of page needs is asked by all who open one: `kept` (conftest.py), test_places.py and, of every
page, test_every_page.py.
"""

from tests.visit import is_refusal

NOT_NAMED = """() => { const script = document.createElement("script"); script.textContent = "window.wasRun = true"
    document.head.append(script); return window.wasRun === true }"""


def test_a_script_that_it_does_not_name_is_refused_and_seen_to_be(within):
    with within.page.expect_console_message(is_refusal):
        assert not within.page.evaluate(NOT_NAMED)
    said, = within.refused
    within.refused.clear()
    assert "inline script" in said


def test_no_other_site_may_frame_it(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    with page.expect_console_message(lambda message: "frame" in message.text.lower()):
        page.set_content(f'<iframe src="{address}/jobs" width="600" height="400"></iframe>')
    assert page.frames[-1].url.startswith("chrome-error:")
    context.close()
