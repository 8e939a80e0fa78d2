"""A round of challenge, from an empty start: evidence, question, answer, action, and what became of it."""

import shutil
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError, expect

from dashboard import paths
from dashboard.challenge.measures import reading
from dashboard.challenge.session import Measure
from dashboard.read.edition import open_edition
from dashboard.read.extract import current_path
from tests.browser.conftest import Reader, served
from tests.browser.usable import broken_rules, narrow_overflow
from tests.paper import pages_of

GLASGOW = "S12000049"


@pytest.fixture
def folder(tmp_path, next_extract):
    """A folder of the shipped edition and of a later one, the first of them current."""
    shipped = current_path(paths.DATA / "extract")
    made = tmp_path / "extract"
    made.mkdir()
    for path in (shipped, next_extract / "outcomes-nextedition0.duckdb"):
        shutil.copy(path, made / path.name)
    (made / "current").write_text(f"{shipped.name}\n", encoding="utf-8")
    return made


@pytest.fixture
def people(chromium, folder, tmp_path):
    """people(): somebody at a browser of their own, on one dashboard whose store is empty."""
    opened = []
    with served(folder, tmp_path / "store" / "sessions.db") as address:
        def make():
            opened.append(chromium.new_context(viewport={"width": 1400, "height": 1000}, bypass_csp=True, accept_downloads=True))
            return Reader(opened[-1].new_page(), address)

        yield make
        for context in opened:
            context.close()


def press(reader, name):
    return reader.after(reader.page.get_by_role("button", name=name, exact=True).first.click)


def part(reader, name):
    return reader.after(reader.page.get_by_role("tab", name=name, exact=True).click)


def start(reader, title):
    reader.turn_to(f"/challenge?area={GLASGOW}&part=sessions")
    reader.page.get_by_label("Title").fill(title)
    reader.pick("Groups of people to look at", "Disability")
    press(reader, "Start the session")
    expect(reader.page.get_by_role("heading", level=1)).to_have_text(title, timeout=20_000)


def choose_line(reader):
    """The first line of enquiry: its list is opened anew where the page was still being drawn."""
    first = reader.page.get_by_role("option").nth(1)
    for _ in range(3):
        reader.page.get_by_role("combobox", name="Lines of enquiry raised by rules").click()
        with suppress(TimeoutError):
            first.wait_for(timeout=10_000)
            break
    first.click()
    reader.page.keyboard.press("Escape")
    expect(reader.page.get_by_role("option")).to_have_count(0)


def usable(reader):
    """No broken rule, and nothing wider than the screen, at 1,400 and at 320 pixels."""
    assert broken_rules(reader.page) == {}
    assert narrow_overflow(reader.page) <= 1 and broken_rules(reader.page) == {}
    reader.page.set_viewport_size({"width": 1400, "height": 1000})


def test_a_group_asks_a_partnership_answers_and_the_next_session_shows_what_became_of_it(people, folder):
    group = people()
    group.open(f"/challenge?area={GLASGOW}&part=sessions")
    assert "There is no session yet." in group.text() and "There is no sign-in" in group.text()
    start(group, "Does work last for disabled people?")

    # A question of the group's own, by the keyboard alone; then the first line that the rules raise.
    page = group.page
    page.get_by_label("A question of the group's own").focus()
    page.keyboard.type("What happens between the first month in work and the sixth?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1. What happens between")).to_be_visible(timeout=20_000)
    group.wait()
    choose_line(group)
    press(group, "Add these lines")
    expect(page.get_by_role("heading", name="2. ")).to_be_visible(timeout=20_000)
    usable(group)
    press(group, "Freeze the session")
    expect(page.get_by_role("tab", name="The evidence")).to_be_visible(timeout=30_000)
    group.wait()
    link = page.url.replace(group.address, "")

    # The pack, and the page on paper.
    press(group, "Make the evidence pack")
    with page.expect_download(timeout=60_000) as started:
        page.get_by_role("button", name="Paper to read or print (PDF)").click()
    paper = "".join(pages_of(started.value.path().read_bytes()))
    assert "What happens between the first month" in " ".join(paper.split()) and "Demonstration data" in paper
    group.turn_to(f"{link}&show=all")
    expect(page.locator(".oc-figure h3").nth(5)).to_be_visible(timeout=30_000)
    group.wait()
    page.emulate_media(media="print")
    assert page.locator("[data-testid=stForm]:visible, .stButton:visible").count() == 0
    kept = page.locator(".oc-figure h3").all_inner_texts()
    assert len(kept) > 5 and page.get_by_role("heading", name="1. What happens between").is_visible()
    page.emulate_media(media="screen")

    # The partnership opens the link and answers; an action is set, with the change expected told before the fact.
    partnership = people()
    partnership.open(link)
    page = partnership.page
    page.get_by_role("radiogroup", name="The partnership's answer to question 1").get_by_text("We dispute the data").click()
    page.get_by_label("In words").first.fill("Half of the follow-ups\nare missing: <b>see</b> http://evil.example")
    press(partnership, "Send the answer")
    expect(page.get_by_text("Data-quality item, open")).to_be_visible(timeout=20_000)
    page.get_by_text("Set an action on question 1").click()
    page.get_by_label("What will be done").first.fill("Call everyone at 20 weeks")
    page.get_by_label("By whom (a role").first.fill("Service manager")
    page.get_by_role("group", name="By when").first.get_by_role("spinbutton").first.focus()
    page.keyboard.type("31032027")
    partnership.pick("Measured by", "Recorded in work at 26 weeks: Disabled")
    page.get_by_label("Change expected").first.fill("5")
    usable(partnership)
    press(partnership, "Set the action")
    expect(page.get_by_text("Action: Service manager, by 31 March 2027")).to_be_visible(timeout=20_000)
    assert "There is no newer edition yet." in partnership.text()
    assert "<b>see</b> http://evil.example" in partnership.text() and page.locator("a[href*='evil.example']").count() == 0

    # A new edition, and the old one gone: the next session shows what became of it, and the first reads the same.
    (folder / "current").write_text("outcomes-nextedition0.duckdb\n", encoding="utf-8")
    shipped = current_path(paths.DATA / "extract")
    before = reading(open_edition(shipped), Measure("in_work_at_26_weeks", GLASGOW, "disabled", "yes"))
    (folder / shipped.name).unlink()
    start(group, "And now?")
    part(group, "Earlier actions")
    told, page = group.text(), group.page
    assert "Call everyone at 20 weeks" in told and f"When the action was set: {before.text} in {before.period_label}." in told
    assert "Now: 46% (41% to 52%) in 2024-25." in told and "The figure left its earlier interval." in told
    assert "A change after an action is not yet a change by it." in told and page.locator(".oc-became .oc-tag").count() == 1
    partnership.turn_to(f"{link}&show=all")
    page = partnership.page
    expect(page.locator(".oc-figure h3")).to_have_text(kept, timeout=30_000)
    assert f"extract {shipped.stem.split('-')[1]}" in partnership.text()
