// A page that this browser has shown before stands at once, as it stood then, while Streamlit starts; then the page itself.
//
// Kept are pages of the current edition, as everyone sees them (the strip names that edition; where it does not, the page is
// not kept). Of another edition, day, width, appearance or version of the dashboard nothing is shown, and it is thrown away.

const MOST = 10, AT_REST = 800, PATIENCE = 10000      // addresses; milliseconds
const ADDRESSES = "outcomes pages", NAME = "outcomes page "
const name = () => NAME + location.pathname + location.search
const asked = name()        // the page's own address says every choice; a link may leave some to the page
const { edition, version, styles } = document.documentElement.dataset
const pageNow = () => document.querySelector("#root .stApp")

// All that a page's look hangs on, apart from its address and what is done on it.
function circumstances() {
  const chosen = Object.keys(localStorage).filter((each) => each.startsWith("stActiveTheme")).map((each) => localStorage[each])
  return JSON.stringify([edition, version, START, new Date().toDateString(),
    innerWidth, matchMedia("(prefers-color-scheme: dark)").matches, devicePixelRatio, ...new Set(chosen)])
}

// Addresses of the pages that are kept, the one kept last at the end.
function keptAddresses() {
  return JSON.parse(localStorage[ADDRESSES] ?? "[]")
}

// Once, when the reader first does something: presses, types, or takes a step back or forward.
function onTouch(act) {
  for (const kind of ["pointerdown", "keydown", "popstate"]) addEventListener(kind, act, { capture: true, once: true })
}

// What this browser keeps for this address; whatever is of other circumstances is thrown away.
function find(now) {
  const still = keptAddresses().filter((each) => localStorage[each]?.startsWith(now) || localStorage.removeItem(each))
  localStorage[ADDRESSES] = JSON.stringify(still)
  return localStorage[name()]?.slice(now.length)
}

const chartsOf = (page) => page.querySelectorAll(".oc-chart:not([hidden]):has(svg)").length
const isDrawn = (page, charts) => page.dataset.testScriptState === "notRunning" && chartsOf(page) >= charts &&
  !page.querySelector("[data-testid=stSkeleton]")

// Shows it above the page that is coming: to look at only, since the page under it is the one that answers. Who does something
// sees that page at once: what was kept never stands over what they have chosen.
function show(text) {
  const { css, html, charts } = JSON.parse(text)
  const style = document.createElement("style"), above = document.createElement("div")
  style.textContent = css
  Object.assign(above, { id: "kept", inert: true, innerHTML: html })
  above.setAttribute("aria-hidden", "true")
  above.style.cssText = "position: fixed; inset: 0; z-index: 999999; pointer-events: none"
  above.prepend(style)       // after Streamlit's own, which change while it starts
  document.body.append(above)
  const follow = ({ target }) => {
    if (target.matches?.("[data-testid=stMain]")) above.querySelector("[data-testid=stMain]").scrollTop = target.scrollTop
  }
  const leave = () => {
    coming.disconnect()
    removeEventListener("scroll", follow, true)
    above.remove()
  }
  onTouch(leave)
  const coming = new MutationObserver(() => {
    const page = pageNow()
    if (page && isDrawn(page, charts)) requestAnimationFrame(() => requestAnimationFrame(leave))
  })
  coming.observe(document.getElementById("root"), { subtree: true, childList: true, attributes: true })
  addEventListener("scroll", follow, true)
  setTimeout(leave, PATIENCE)
}

// The page as it stands, without what only a pointer needs: pictures in place of Plotly's charts, nothing of closed parts.
function drawing(page) {
  const copy = page.cloneNode(true), fields = copy.querySelectorAll("input")
  page.querySelectorAll("input").forEach((field, place) => fields[place].setAttribute("value", field.value))
  copy.querySelectorAll("iframe, canvas, script, .oc-plot > *, .oc-paper > *, details:not([open]) > :not(summary)")
    .forEach((each) => each.remove())
  copy.querySelectorAll(".oc-drawn:not(.oc-still), .oc-moving").forEach((each) => each.classList.remove("oc-drawn", "oc-moving"))
  copy.querySelectorAll("[id]:not(svg *)").forEach((each) => each.removeAttribute("id"))
  return copy.outerHTML
}

function keep() {
  const page = pageNow()
  const mayBe = edition && page?.querySelector(".oc-strip")?.dataset.edition === edition && !page.querySelector("[role=dialog]") &&
    isAsAddressed()      // else another page is on its way
  if (!mayBe || !isDrawn(page, 0)) return
  const sheets = document.querySelectorAll(`style[data-emotion], link[href="${styles}"]`)
  const css = [...sheets].flatMap(({ sheet }) => [...sheet.cssRules].map((rule) => rule.cssText))
  const text = circumstances() + JSON.stringify({ css: css.join("\n"), html: drawing(page), charts: chartsOf(page) })
  const now = isTouched ? [name()] : [...new Set([asked, name()])]
  const addresses = [...keptAddresses().filter((each) => !now.includes(each)), ...now]
  addresses.splice(0, addresses.length - MOST).forEach((each) => localStorage.removeItem(each))
  localStorage[ADDRESSES] = JSON.stringify(addresses)
  for (const each of now) localStorage[each] = text
}

// A browser may refuse to keep anything, or have no room: a page then comes as it does the first time.
function attempt(work) {
  try { return work() } catch { return undefined }
}

function fetchModules() {
  for (const href of MODULES) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", crossOrigin: "", href }))
}

function begin() {
  document.head.append(Object.assign(document.createElement("script"), { type: "module", crossOrigin: "", src: START }))
}

const kept = attempt(() => find(circumstances()))
if (!kept) fetchModules()

// Called at the end of the page, its style sheets read. Streamlit waits until what was kept has been painted: it takes a second.
window.beginPage = () => {
  if (!kept) return begin()
  attempt(() => show(kept))
  const after = () => {
    fetchModules()
    begin()
  }
  if (document.visibilityState === "visible") requestAnimationFrame(() => setTimeout(after))
  else after()
}

let rest, isTouched = false
onTouch(() => { isTouched = true })
new PerformanceObserver((marks) => {
  if (!marks.getEntriesByName("oc-answer").length) return
  clearTimeout(rest)
  rest = setTimeout(() => (window.requestIdleCallback ?? setTimeout)(() => attempt(keep)), AT_REST)
}).observe({ type: "mark" })
