"""What makes a page usable by everyone, asked of a page as a browser shows it: axe's rules, room on a narrow screen, charts in words."""

from contextlib import suppress

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError

from dashboard import paths
from dashboard.read.accessibility import checked

from .conftest import OFTEN

STATEMENT = checked(paths.REFERENCE / "accessibility.toml")
# Of what is not broken one element a rule is told: to tell all of them takes longer than to look.
RULES = {"runOnly": {"type": "tag", "values": list(STATEMENT.rules)}, "resultTypes": ["violations", "incomplete"]}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, "resultTypes": ["violations", "incomplete"]}
# A page of two thousand words has some forty looks: a colour and size of words on a ground and all that is behind it. Of those that
# stand alone on their ground a few of each look are asked; every other word is, be something over it, behind it or beside it.
# The engine says of no word in a drawing whether it stands out from what is behind it, and looks long for that:
# tests/unit/charts/test_charts.py says it of every colour.
FEW, ASKED_OF = 3, "[data-asked]"
# The engine cannot tell what is behind words on a gradient or beside a drawn line, such as all words of a table that shows by a
# shadow that there is more of it. Both are taken away while it looks: the ground is the same. What it then still cannot tell, and
# no test asks, is of these kinds: signs that are no words, a single letter, what is partly scrolled away, what opens over other
# words, names on the map.
UNTOLD = ("nonBmp", "shortTextContent", "elmPartiallyObscured", "elmPartiallyObscuring", "imgNode")
RUN = """async ([within, rules]) => {
    const plain = document.createElement('style')
    plain.textContent = '*, *::before, *::after { background-image: none !important } *::before, *::after { background: none !important }'
    document.head.append(plain)
    try { return await axe.run(within ?? document, rules) } finally { plain.remove() }
}"""
MARK = """few => {
    const ground = new Map(), count = new Map(), text = document.createRange()
    const behind = each => {
        if (each && !ground.has(each)) {
            const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(each)
            const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode].join()
            ground.set(each, behind(each.parentElement) + (own === 'rgba(0, 0, 0, 0),none,1,none,normal' ? '' : ` / ${own}`))
        }
        return each ? ground.get(each) : ''
    }
    const isAlone = (each, words) => {
        text.selectNode(words)
        const [room] = text.getClientRects()
        const there = room ? document.elementsFromPoint(room.x + room.width / 2, room.y + room.height / 2) : []
        return there.includes(each) && there.every(other => other.contains(each) || each.contains(other))
    }
    for (const each of document.querySelectorAll('body *:not(svg *)')) {
        each.removeAttribute('data-asked')
        const words = [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE && node.data.trim())
        if (!words.length || !each.checkVisibility({ visibilityProperty: true })) continue
        const { color, fontSize, fontWeight, textShadow, webkitTextFillColor } = getComputedStyle(each)
        const look = [color, fontSize, fontWeight, textShadow, webkitTextFillColor, behind(each)].join(), before = count.get(look) ?? 0
        const isOneOfMany = words.every(node => isAlone(each, node))
        if (isOneOfMany) count.set(look, before + 1)
        if (!isOneOfMany || before < few) each.dataset.asked = ''
    }
    return count.size
}"""
WHILE_ONE_IS_OPEN = {"include": [["[role=tablist]"], [".oc-page-foot"]]}       # of a page with parts: the rest stands in the whole page too
WIDE, HIGH = 1400, 900
PAPER = 688      # pixels between the margins of A4
SMALL_PRINT = """least => [...document.querySelectorAll('[data-testid=stMain] *')].filter(each =>
    [...each.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()) && each.checkVisibility({ visibilityProperty: true })
    && parseFloat(getComputedStyle(each).fontSize) * each.currentCSSZoom < least).map(each => each.textContent.slice(0, 60)).slice(0, 3)"""
WIDEST = """most => [...document.querySelectorAll('body *:not(svg *)')].filter(each => each.checkVisibility() &&
    each.getBoundingClientRect().right > most + 1).slice(-3).map(each => `${each.tagName} ${each.className} ${each.textContent.slice(0, 30)}`)"""
EIGHT_POINTS = 10.66      # pixels
OVERFLOW = "(main => main.scrollWidth - main.clientWidth)(document.querySelector('[data-testid=stMain]'))"
WIDTH = "document.documentElement.scrollWidth"
ASKED = ["role", "id", "for", "lang", "alt", "title", "href", "tabindex", "type", "name", "scope", "headers", "open", "hidden", "disabled", "checked"]
# Two frames have been drawn, and no change of colour or place that ends is still on its way.
STILL = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(Promise.all(document.getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().endTime < Infinity).map(({ finished }) => finished.catch(() => {})))))))
    .then(() => {})"""
TURNED = """was => {
    const look = getComputedStyle(document.querySelector('.stApp')).colorScheme.includes('dark') ? 'dark' : 'light'
    return (look === 'dark') !== was && [...document.querySelectorAll('.oc-chart:not([hidden])')].every(chart => chart.parentElement.oc.look === look)
}"""
OUTLINE = """ASKED => [...document.querySelectorAll('body, body *:not(svg *):not(style):not(script)')].map(each => {
    const told = [...each.attributes].filter(({ name }) => name.startsWith('aria-') || ASKED.includes(name))
    const words = [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim()).join(' ')
    const room = each.matches('a, button, input, select, summary, [tabindex], [role]') ? each.getBoundingClientRect() : { width: 0, height: 0 }
    return [each.tagName, ...told.map(({ name, value }) => `${name}=${value}`).sort(), words, each.checkVisibility({ visibilityProperty: true }),
            Math.round(room.width), Math.round(room.height)].join(' | ')
})"""


def broken_rules(page, within=None):
    """{rule: the first elements that break it}, of the whole page or of what `within` selects."""
    return _broken(page, within, RULES)


def broken_colours(page):
    """The same of the rules about colours alone, of the whole page."""
    return _broken(page, None, COLOUR_RULES)


def _broken(page, within, rules):
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate("words => axe.configure({ rules: [{ id: 'color-contrast', selector: words }] })", ASKED_OF)
    looks = page.evaluate(MARK, FEW)
    assert within or looks > 5, "no page has so few looks"
    answer = page.evaluate(RUN, [within, rules])
    engine = answer["testEngine"]
    assert f"{engine['name']} {engine['version']}" == STATEMENT.engine, "the accessibility statement names another"
    broken = {rule["id"]: [node["html"][:160] for node in rule["nodes"][:3]] for rule in answer["violations"]}
    untold = [f"{why}: {words}" for why, words in _untold(answer) if why not in UNTOLD]
    return broken | ({"what is behind these words cannot be told": untold[:3]} if untold else {})


def _untold(answer):
    """(why, words) of which the engine cannot tell whether they stand out from what is behind them."""
    for rule in answer["incomplete"]:
        for node in rule["nodes"] if rule["id"] == "color-contrast" else ():
            yield node["any"][0]["data"]["messageKey"], node["html"][:160]


def show_whole(page):
    """A screen as high as the page: axe passes over the contrast of what is scrolled out of sight, so nothing is from then on."""
    whole = page.locator("[data-testid=stMain]").evaluate("each => each.scrollHeight")
    page.set_viewport_size({"width": WIDE, "height": max(HIGH, whole + HIGH)})
    page.evaluate(STILL)


def outline(page):
    """All that rules ask of a page but its colours, a line an element: role, name, states, and the room of what can be pressed.

    Two appearances with the same outline break the same rules: only their colours have to be looked at in each.
    """
    return page.evaluate(OUTLINE, ASKED)


def overflow(page):
    """Pixels by which what a page shows is wider than its screen."""
    return page.evaluate(OVERFLOW)


def narrow_overflow(page):
    """The same on the narrowest screen, which it has from then on."""
    page.set_viewport_size({"width": STATEMENT.narrowest, "height": 640})
    return settled(page, OVERFLOW, 1)


def point_at_charts(page):
    """Come with the pointer to one chart after the other, until each answers to it; then leave them, or it would rest on one of the next page."""
    charts = page.locator(".oc-chart:not([hidden], .oc-still)")
    for place in range(charts.count()):
        charts.nth(place).hover()
        page.wait_for_function("chart => chart.classList.contains('oc-drawn')", arg=charts.nth(place).element_handle(), polling=OFTEN)
    page.mouse.move(1, 1)


def settled(page, measured, most):
    """What is `measured` once it is at most so many pixels, or does not become so in a while: drawings follow the screen's width."""
    page.evaluate(STILL)
    with suppress(TimeoutError):
        page.wait_for_function(f"most => {measured} <= most", arg=most, polling=OFTEN, timeout=3_000)
    return page.evaluate(measured)


def unfit_for_paper(page):
    """What a browser would print too small to read: texts under 8 points, and, as it then prints all of a page smaller, what is too wide.

    The screen is as wide as the paper from then on, and shows what screens do.
    """
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    too_wide = settled(page, WIDTH, PAPER) - PAPER
    found = page.evaluate(SMALL_PRINT, EIGHT_POINTS) + ([f"{too_wide} pixels too wide: {page.evaluate(WIDEST, PAPER)}"] if too_wide > 0 else [])
    page.emulate_media(media="screen")
    return found


def check_charts(page):
    """Each chart is named by its message in words, and its table stands under it."""
    names = page.locator(".oc-chart:not([hidden])").evaluate_all("""all => all.map(chart =>
        (chart.closest('[aria-label]') ?? chart.querySelector('[aria-label]'))?.getAttribute('aria-label') ?? '')""")
    assert all(len(name) > 40 for name in names), names
    assert page.locator("summary", has_text="Table").count() >= page.locator(".oc-chart:not([hidden])").count()


def turn_over(reader):
    """The other appearance, as for a reader whose system turns dark or light; a page looks for it often (figure.js) and draws its charts anew."""
    is_dark = reader.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    reader.page.emulate_media(color_scheme="light" if is_dark else "dark")
    reader.page.wait_for_function(TURNED, arg=is_dark, polling=OFTEN)
    reader.page.evaluate(STILL)
    return reader.wait()
