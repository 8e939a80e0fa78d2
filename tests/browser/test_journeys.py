"""Three kinds of people, each with their own question."""

import re

import pytest
from playwright.sync_api import expect

from .conftest import ELSEWHERE, OFTEN
from .usable import STILL


def test_a_minister_finds_the_headline_and_can_quote_it(within):
    within.turn_to("/")
    answer = within.page.locator(".oc-answer").inner_text()
    assert "30.2 percentage points" in answer and len(answer.split()) <= 45
    assert "73,470" in within.page.locator(".oc-cards").first.inner_text()
    assert within.page.locator(".oc-card").count() <= 8
    # The figure can be followed to its definition, and to the publication it came from.
    within.after(within.page.get_by_role("link", name="Disability employment gap").first.click)
    expect(within.page).to_have_url(re.compile(r"/indicator\?id=disability_employment_gap"))
    assert "Employment rate of people who are not disabled minus" in within.text()


def test_a_board_member_opens_their_area_and_keeps_it_everywhere(within):
    within.turn_to("/partnership").choose("Partnership", "Orkney Islands")
    expect(within.page).to_have_url(re.compile("area=S12000023"))
    assert within.page.get_by_role("heading", level=1).inner_text() == "Orkney Islands"
    within.go_to("Any indicator")
    expect(within.page.get_by_role("combobox", name="Area")).to_be_visible()
    within.wait()
    expect(within.page).to_have_url(re.compile("area=S12000023"))
    within.page.reload()
    within.wait()
    assert within.page.get_by_role("combobox", name="Area").input_value() == "Orkney Islands"


def test_a_link_turns_to_its_page_and_shows_what_it_shows_where_it_is_loaded(within):
    """It names no area: what was chosen before does not hold there. The keyboard goes on from the head of the page."""
    page = within.turn_to("/partnership?area=S12000047").page
    page.evaluate("window.isTheSame = true")
    within.go_to("Headlines")
    card = page.locator(".oc-card a[href^='/indicator?id=']").last
    assert "area=" not in card.get_attribute("href")
    card.scroll_into_view_if_needed()
    left = page.locator("[data-testid=stMain]").evaluate("each => { each.scrollTo(0, 400); return each.scrollTop }")
    within.after(lambda: card.press("Enter"))
    expect(page.locator("h1")).to_be_focused()
    assert page.locator("[data-testid=stMain]").evaluate("each => each.scrollTop") == 0
    assert page.get_by_role("combobox", name="Area").input_value() == "Scotland"
    assert "afresh" not in page.url and page.evaluate("window.isTheSame"), "another page by the address, and no load"
    within.go_to("Partnership")
    assert page.locator("h1").inner_text() != "Fife", "as where a page is loaded, an area that was chosen before is forgotten"
    for place in ("/indicator?id=", "/"):
        within.settle()
        within.after(page.go_back)
        assert page.url.startswith(within.address + place)
    page.wait_for_function("top => document.querySelector('[data-testid=stMain]').scrollTop === top", arg=left, polling=OFTEN)


def test_going_back_brings_the_earlier_choice_back(within):
    within.turn_to("/partnership?area=S12000023")
    within.choose("Partnership", "Fife")
    assert within.page.get_by_role("heading", level=1).inner_text() == "Fife"
    within.page.go_back()
    expect(within.page.get_by_role("heading", level=1)).to_have_text("Orkney Islands", timeout=20_000)


def test_a_challenger_follows_a_figure_to_its_evidence(within):
    within.turn_to("/indicator?id=lgbf_assisted_into_work&area=S12000047")
    evidence = within.page.locator(".oc-foot a[href^='/about?evidence=']").first
    within.turn_to(evidence.get_attribute("href"))
    text = within.text()
    assert "The evidence you asked for" in text and "lgbf_assisted_into_work" in text
    assert "Improvement Service" in text and within.page.locator(".oc-chart:not([hidden])").count() == 1
    within.page.locator("summary", has_text="The query").first.click()
    assert "from observation" in within.page.locator("pre").first.inner_text()


def test_a_bad_link_is_named_and_the_page_still_opens(within):
    within.turn_to("/partnership?area=Atlantis")
    assert "No area is called 'Atlantis'" in within.text()
    within.turn_to("/indicator?id=no_such_thing&area=S12000023")
    assert "No indicator is called 'no_such_thing'" in within.text()
    assert within.page.locator("[data-testid=stException]").count() == 0


def test_the_link_to_a_view_reopens_it(within):
    within.turn_to("/indicator?id=employment_rate_16_64&area=S12000023")
    link = within.page.get_by_role("link", name="Link", exact=True).first.get_attribute("href")
    title = within.page.locator(".oc-figure h3").first.inner_text()
    within.open(link)
    assert within.page.locator(".oc-figure h3").first.inner_text() == title
    within.settle()
    within.after(lambda: within.page.get_by_role("link", name="Link", exact=True).first.press("Enter"))
    expect(within.page.locator("h1")).to_be_focused()       # the link is still there, and the page begins anew
    assert within.page.locator(".oc-figure h3").first.inner_text() == title


def test_the_csv_the_image_and_the_sentence_hold_the_figure_and_ask_the_server_nothing(reader):
    reader.open("/disability-gap")
    reader.page.context.set_offline(True)
    with reader.page.expect_download() as started:
        reader.page.get_by_role("button", name="CSV").first.click()
    rows = started.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert rows[0].startswith("Period,Scotland") and "evidence_id" in rows[0]
    assert any(row.startswith("2023,30.2,") for row in rows)
    with reader.page.expect_download() as started:
        reader.page.get_by_role("button", name="Image").first.click()
    picture = started.value.path().read_text(encoding="utf-8")
    assert picture.startswith("<svg") and "30.2 points" in picture and "Source:" in picture
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.page.get_by_role("button", name="Copy").first.click()
    expect(reader.page.get_by_role("button", name="Copied")).to_be_visible()
    copied = reader.page.evaluate("navigator.clipboard.readText()")
    assert "30.2 points in 2023" in copied and "Source: Scottish Government" in copied and "Evidence: gap.path:@" in copied


def test_a_choice_is_one_step_back_and_so_is_a_page(reader):
    page, before = reader.page, reader.address + ELSEWHERE      # where the reader comes from
    page.goto(before)
    reader.open("/jobs").choose("Area", "Fife")
    expect(page).to_have_url(re.compile("/jobs.*area=S12000047"))
    reader.go_to("Equality")
    expect(page).to_have_url(re.compile("/equality.*area=S12000047"))
    assert "part=cohorts" not in page.url and "compare=" not in page.url, "the address of a page carries only its own choices"
    page.go_back()
    expect(page).to_have_url(re.compile("/jobs.*area=S12000047"))
    page.go_back()
    expect(page).to_have_url(re.compile("/jobs"))
    expect(page.get_by_role("combobox", name="Area")).to_have_value("Scotland", timeout=20_000)
    reader.settle()
    page.go_back()
    assert page.url == before


SHOWN = "() => [...document.querySelectorAll('.oc-framed')].map((each) => JSON.stringify(each.oc.figure))"


def test_a_changed_area_shows_the_very_figures_of_a_page_opened_there(reader):
    """Of each, what differs from its pattern came: the pattern once, whatever area comes next."""
    reader.open("/jobs?area=S12000017")
    opened = reader.page.evaluate(SHOWN)
    fetched = []
    reader.page.on("request", lambda request: fetched.append(request.url))
    reader.open("/jobs?area=S12000047")
    assert not [each for each in fetched if "/pattern-" in each], "a page that opens waits for no pattern"
    reader.choose("Area", "Moray")
    reader.choose("Area", "Highland")
    assert reader.page.evaluate(SHOWN) == opened and len(opened) >= 3
    patterns = [each for each in fetched if "/pattern-" in each]
    assert patterns and len(patterns) == len(set(patterns))


def test_a_figure_whose_pattern_does_not_arrive_says_so_and_shows_no_other_areas_figure(reader):
    reader.open("/jobs?area=S12000017")
    reader.page.route("**/pattern-*", lambda route: route.abort())
    reader.choose("Area", "Moray")
    expect(reader.page.locator(".oc-trouble", has_text="did not arrive").first).to_be_visible()
    assert "Highland" not in " ".join(reader.page.locator(".oc-framed").all_inner_texts())
    reader.page.unroute("**/pattern-*")
    reader.choose("Area", "Fife")
    assert reader.page.locator(".oc-trouble", has_text="did not arrive").count() == 0


def test_a_chart_keeps_its_node_when_the_area_changes(within):
    within.turn_to("/jobs?area=S12000047")
    within.page.evaluate("document.querySelectorAll('.oc-plot').forEach((each, place) => { each.dataset.kept = place })")
    own = within.page.locator(".oc-figure h3", has_text="Fife:").first
    expect(own).to_be_visible()
    within.choose("Area", "Glasgow City")
    expect(within.page.locator(".oc-figure h3", has_text="Glasgow City:").first).to_be_visible()
    kept = within.page.locator(".oc-plot").evaluate_all("all => all.map(each => each.dataset.kept)")
    assert kept and all(each is not None for each in kept)


def test_a_chart_has_a_drawing_of_its_own_on_a_narrow_screen_and_changes_it_with_the_width(within):
    page = within.page
    page.set_viewport_size({"width": 320, "height": 900})
    within.turn_to("/jobs?area=S12000047")
    journey = page.locator(".oc-chart.oc-still").nth(1)
    expect(journey.locator("text", has_text="In work at 52 weeks")).to_have_count(1)
    for picture in page.locator(".oc-still .oc-picture svg text").evaluate_all("""all => all.map(each => ({
            size: Number(each.getAttribute('font-size')), right: each.getBoundingClientRect().right, words: each.textContent}))"""):
        assert picture["size"] >= 13 and picture["right"] <= 312, picture
    page.set_viewport_size({"width": 1400, "height": 900})
    expect(journey.locator("text", has_text="recorded in work at 13 weeks or later").first).to_be_visible()
    expect(journey.locator("text", has_text="In work at 52 weeks")).to_have_count(0)


PICTURE = ".oc-picture > div > svg"


def test_a_chart_is_its_picture_until_a_reader_points_at_it_and_then_answers_in_words(reader):
    """Plotly is not even fetched before; a pointer that rests where it came in is answered; another area's chart is a picture again."""
    page = reader.open("/jobs?area=S12000047").page
    chart = page.locator(".oc-chart:not([hidden], .oc-still)").first
    assert chart.locator(PICTURE).is_visible() and not page.evaluate("Boolean(window.Plotly)")
    chart.scroll_into_view_if_needed()
    before = chart.bounding_box()
    mark = chart.locator(f"{PICTURE} circle").last.bounding_box()
    page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    expect(chart).to_have_class(re.compile("oc-drawn"))
    assert chart.locator(".oc-plot svg").first.is_visible() and not chart.locator(".oc-picture").is_visible()
    assert chart.bounding_box() == pytest.approx(before), "it stands where its picture stood"
    expect(chart.locator(".hoverlayer text").first).to_be_visible()
    reader.choose("Area", "Glasgow City")
    assert chart.locator(PICTURE).is_visible() and chart.locator(".oc-plot svg").count() == 0


SLOW = """() => { const react = Plotly.react
    Plotly.react = async (...given) => {
        const done = await react(...given)
        await new Promise(goOn => { window.goOn = goOn })
        return done
    } }"""


def test_a_chart_that_is_drawn_too_late_never_stands_in_another_areas_figure(reader):
    page = reader.open("/jobs?area=S12000047").page
    chart = page.locator(".oc-chart:not([hidden], .oc-still)").first
    chart.hover()
    page.wait_for_function("() => Boolean(window.Plotly)", polling=OFTEN)
    reader.choose("Area", "Moray")
    page.evaluate(SLOW)
    chart.hover()
    expect(chart.locator(".oc-plot svg").first).to_be_attached()
    reader.choose("Area", "Glasgow City")
    page.mouse.move(1, 1)
    page.evaluate("window.goOn()")
    page.evaluate(STILL)
    assert not page.evaluate("document.querySelector('.oc-drawn:not(.oc-still)')") and chart.locator(PICTURE).is_visible()
    assert "Moray" not in chart.locator(PICTURE).inner_html()


def test_a_page_that_does_not_exist_is_named(reader):
    for path, asked in (("/partnerships", "partnerships"), ("/jobs/extra", "jobs/extra")):
        reader.open(path)
        assert f"There is no page called '{asked}'" in reader.text()
        assert reader.page.get_by_role("link", name="Partnership").count() > 0


def test_switching_to_dark_redraws_the_charts(reader):
    """The pictures, and the chart that is pointed at."""
    page = reader.open("/disability-gap").page
    chart = page.locator(".oc-chart:not([hidden], .oc-still)").first
    chart.hover()
    expect(chart).to_have_class(re.compile("oc-drawn"))

    def colours():
        return [chart.locator(".scatterlayer path.js-line").last.evaluate("each => each.style.stroke"),
                page.locator(".oc-picture svg").last.evaluate("each => each.innerHTML.match(/#[0-9a-f]{6}/g).join()")]

    light = colours()
    page.locator("[data-testid=stMainMenu] button").click()
    page.get_by_role("menuitemradio", name="Dark").click()
    chart.hover()
    page.wait_for_function("was => [...document.querySelectorAll('.scatterlayer path.js-line')].at(-1)?.style.stroke !== was", arg=light[0], timeout=20_000)
    assert not {*colours()} & {*light}
