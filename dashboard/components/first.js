// Before Streamlit's own scripts: where its server is, and how it hears from it.

// Told where its server is, it opens a session at once; else it first asks three addresses for one, in turn.
window.__streamlit = { BACKEND_BASE_URL: location.origin, HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false } }

// Streamlit lays the whole page out anew at each message. Those that come in one go are handed on in one go.
const QUIET = 3, LONGEST = 40     // milliseconds: after the last message, and after the first
const listen = WebSocket.prototype.addEventListener
WebSocket.prototype.addEventListener = function (kind, hear, ...more) {
  if (kind !== "message") return listen.call(this, kind, hear, ...more)
  let held = [], began = 0, timer
  const hand = () => {
    const all = held
    held = []
    all.forEach((event) => hear.call(this, event))
    performance.mark("oc-answer")       // for who times a page, or waits for it
    performance.clearMarks("oc-answer")
  }
  return listen.call(this, kind, (event) => {
    if (!held.length) began = performance.now()
    held.push(event)
    clearTimeout(timer)
    timer = setTimeout(hand, Math.max(0, Math.min(QUIET, began + LONGEST - performance.now())))
  }, ...more)
}

// A link to a page turns to it in the session that is open, as a step in the history does: a load begins all anew. It says
// all that is chosen, as where a page is loaded; AFRESH has the server forget what was chosen before (choosing.py).
const PAGE = /^\/[a-z-]*$/, AFRESH = "afresh=1"
window.turnTo = (address) => {
  const { pathname, search, hash } = new URL(address, location)
  const isThere = document.querySelector("[data-test-connection-state=CONNECTED]")
  if (!isThere || !PAGE.test(pathname) || hash) return location.assign(address)
  standAtHead(pathname !== location.pathname && document.title)
  history.pushState({}, "", `${pathname}${search}${search ? "&" : "?"}${AFRESH}`)
  dispatchEvent(new PopStateEvent("popstate"))
}

// Who followed a link stands at the head of what it leads to, the keyboard too: the link is there no more. `before` is the title
// of the page that is left, if it is left.
function standAtHead(before) {
  let isThere = false
  const coming = new PerformanceObserver(() => setTimeout(() => {
    const heading = document.querySelector("h1")
    if (document.title === before || !heading) return
    if (!isThere) document.querySelector("[data-testid=stMain]").scrollTo(0, 0)
    isThere = true
    if (document.querySelector("#root .stApp").dataset.testScriptState !== "notRunning") return
    coming.disconnect()
    if (document.activeElement !== document.body) return
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  }, LONGEST))
  coming.observe({ type: "mark" })
}

// A jump to a part of the page is none of the server's business: Streamlit would have the whole page made anew.
let isJump = false
addEventListener("popstate", (event) => { if (isJump) event.stopImmediatePropagation() })
addEventListener("click", (event) => {
  const link = event.target.closest?.(".oc a[href]"), href = link?.getAttribute("href") ?? ""
  const isPlain = !event.defaultPrevented && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
  if (!isPlain || link?.target === "_blank" || link?.hasAttribute("download")) return
  if (href.startsWith("#")) {
    isJump = true
    setTimeout(() => { isJump = false })
  } else if (/^[/?]/.test(href)) {
    event.preventDefault()
    turnTo(href)
  }
})

// While the server is away one line says so, aloud too. Streamlit opens a dialog besides, again with every try to reach the server,
// and all that is behind one can neither be reached nor heard: it closes, and the figures can be read.
const AWAY = "The dashboard is being updated. This page will come back by itself."
const isAway = () => document.querySelector("#root .stApp:has(.oc):not([data-test-connection-state=CONNECTED])")
addEventListener("DOMContentLoaded", () => {
  const line = Object.assign(document.createElement("p"), { className: "oc-away" })
  line.setAttribute("role", "status")
  document.body.append(line)
  new MutationObserver(() => { line.textContent = isAway() ? AWAY : "" })
    .observe(document.getElementById("root"), { subtree: true, attributeFilter: ["data-test-connection-state"] })
  new MutationObserver((changes) => {
    if (!isAway()) return
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) node.querySelector?.("[role=dialog] > button[aria-label=Close]")?.click()
    }
  }).observe(document.body, { childList: true })
})

// A session whose message it cannot read Streamlit gives up for good. Its page comes back as if loaded anew, by its address.
const LOST = "[data-test-connection-state=DISCONNECTED_FOREVER]", APART = 10000, CAME_BACK = "outcomes came back"       // milliseconds
new MutationObserver((_, watch) => {
  if (!document.querySelector(LOST)) return
  watch.disconnect()
  setTimeout(() => {
    sessionStorage[CAME_BACK] = Date.now()
    location.reload()
  }, Math.max(0, Number(sessionStorage[CAME_BACK] ?? 0) + APART - Date.now()))
}).observe(document, { subtree: true, attributeFilter: ["data-test-connection-state"] })
