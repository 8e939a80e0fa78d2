// Before Streamlit's own scripts: where its server is, how it hears from it, and what is said while it is away.

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

// While the server is away one line says so, aloud too. Streamlit opens a dialog besides, again with every try to reach the server,
// and all that is behind one can neither be reached nor heard: it closes, and the figures can be read.
const AWAY = "The dashboard is being updated. This page will come back by itself."
const unconnected = () => document.querySelector("#root .stApp:not([data-test-connection-state=CONNECTED])")
const isAway = () => unconnected()?.querySelector(".oc")
addEventListener("DOMContentLoaded", () => {
  const line = Object.assign(document.createElement("p"), { className: "oc-away" })
  line.setAttribute("role", "status")
  document.body.append(line)
  new MutationObserver(() => {
    // The style sheet hides what Streamlit says of it. By a class: asked of the page by `:has()`, every change of it would style it anew.
    document.documentElement.classList.toggle("oc-unconnected", Boolean(unconnected()))
    const words = isAway() ? AWAY : ""
    if (line.textContent && !words) setTimeout(askAgain, 500)
    line.textContent = words
  })
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
