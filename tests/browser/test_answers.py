"""What the server answers with, as it comes over the wire: by name what the browser surely has, whole everything else."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import SCREEN, STEP, Line, Reader, kinds

STATE = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState"


@pytest.fixture
def newcomer(chromium, address):
    """A reader in a window of their own: what is heard or held back here is heard by no later test."""
    context = chromium.new_context(viewport=SCREEN)
    yield Reader(context.new_page(), address)
    context.close()


def test_who_chooses_twice_before_the_first_answer_keeps_the_page(newcomer):
    """Streamlit gives up a page that is sent the name of what it let go of while that answer was on its way."""
    line = Line(newcomer.page)
    newcomer.open("/disability-gap").turn_to("/").settle(200)
    line.answers.clear()
    line.busy = True
    for count, path in enumerate(("/value", "/disability-gap"), start=1):
        newcomer.page.evaluate(STEP, path)
        line.wait_for_answers(count)
    newcomer.after(line.deliver)
    expect(newcomer.page).to_have_title("Disability gap · Employability outcomes, Scotland")
    newcomer.settle(200)
    assert newcomer.page.evaluate(STATE) == "CONNECTED"
    assert "ref_hash" not in kinds(line.answers)[kinds(line.answers).index("script_finished"):]
    line.answers.clear()
    newcomer.turn_to("/disability-gap?by=age")
    assert kinds(line.answers).count("ref_hash") > 10, "who waits for the answer is sent what has not changed by its name"


def test_what_was_asked_for_as_the_connection_was_lost_is_asked_for_again(newcomer):
    """Else the address of one area would stand over the figures of another."""
    line = Line(newcomer.page)
    newcomer.open("/partnership?area=S12000047").settle(200)
    line.socket.on_message(lambda part: None)       # nothing of what the page asks arrives
    newcomer.page.evaluate("turnTo('/partnership?area=S12000049')")
    newcomer.page.wait_for_timeout(200)
    line.socket.close()
    expect(newcomer.page.get_by_role("heading", level=1)).to_have_text("Glasgow City", timeout=20_000)
    expect(newcomer.page).to_have_url(re.compile("area=S12000049&compare"))


def test_a_page_that_the_framework_gave_up_comes_back_by_itself(newcomer):
    """With its choices, as it says; and not again at once, if it is given up again."""
    page = newcomer.page
    line = Line(page)
    newcomer.open("/jobs?area=S12000049")
    with page.expect_event("load"):
        line.socket.send(b"no message of Streamlit's")
    newcomer.wait()
    assert page.evaluate(STATE) == "CONNECTED"
    assert page.get_by_role("combobox", name="Area").input_value() == "Glasgow City"
    link = page.locator(".oc-page-foot a[href='/about']")
    link.focus()
    line.socket.send(b"no message of Streamlit's")
    page.wait_for_function(f"() => {STATE} === 'DISCONNECTED_FOREVER'")
    page.wait_for_timeout(300)
    assert page.evaluate(STATE) == "DISCONNECTED_FOREVER"
    # Still to be read, heard and reached by the keyboard: no dialog of Streamlit's is over it. A link loads its page, as no answer can come.
    expect(page.get_by_role("combobox", name="Area")).to_have_value("Glasgow City")
    expect(link).to_be_focused()
    assert page.locator("[inert] .stApp, [role=dialog]").count() == 0
    assert not page.get_by_test_id("stStatusWidget").is_visible(), "Streamlit's own word for it"
    with page.expect_event("load", timeout=5_000):
        page.keyboard.press("Enter")
    expect(newcomer.wait().page.locator("h1")).to_have_text("Where does it come from?")
