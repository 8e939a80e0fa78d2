// Links within the dashboard, and steps back and forward: beside Streamlit, which listens to steps alone, and before it.

// A link to a page turns to it in the session that is open, as a step in the history does: a load begins all anew. It says
// all that is chosen, as where a page is loaded; AFRESH has the server forget what was chosen before (choosing.py).
const PAGE = /^\/[a-z-]*$/, AFRESH = "afresh=1"
const main = () => document.querySelector("[data-testid=stMain]")
const shown = () => document.documentElement.dataset.shown ?? ""        // the address of what stands there (address.py)
const isAnother = (pathname) => !pathname.endsWith(shown().split("?")[0])
window.turnTo = (address) => {
  const { pathname, search, hash } = new URL(address, location)
  const connection = document.querySelector("#root .stApp")?.dataset.testConnectionState
  if (connection === "DISCONNECTED_FOREVER" || !PAGE.test(pathname) || hash) return location.assign(address)
  if (connection !== "CONNECTED") return       // while the server is away no link leads on, nor does the menu: the figures stay
  const link = document.activeElement
  whenThere(isAnother(pathname), 0, () => {
    if (![document.body, link].includes(document.activeElement)) return
    const heading = document.querySelector("h1")
    heading.tabIndex = -1
    heading.focus({ preventScroll: true })
  })
  history.replaceState({ ...history.state, top: main().scrollTop }, "")
  history.pushState({}, "", `${pathname}${search}${search ? "&" : "?"}${AFRESH}`)
  dispatchEvent(new PopStateEvent("popstate"))
}

// Who turned to a page stands at its head, or where they left it, once it has come; then what there is to do.
function whenThere(hasTitleOfItsOwn, top, act) {
  const before = hasTitleOfItsOwn && document.title
  let isThere = false
  const coming = new PerformanceObserver(() => setTimeout(() => {
    if (document.title === before || !document.querySelector("h1")) return
    if (!isThere) main().scrollTo(0, top)
    isThere = true
    if (document.querySelector("#root .stApp").dataset.testScriptState !== "notRunning") return
    coming.disconnect()
    if (top) main().scrollTo(0, top)
    act()
  }, LONGEST))
  coming.observe({ type: "mark" })
  setTimeout(() => coming.disconnect(), 10000)
}

// A step back or forward to another page: where a link was followed there, the reader stands again.
addEventListener("popstate", ({ isTrusted, state }) => {
  if (isTrusted && isAnother(location.pathname)) whenThere(true, state?.top ?? 0, () => {})
})

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

// What a page asks for may be lost with the connection, and its address is there before its figures: it then asks again.
window.isAsAddressed = () => (location.pathname + location.search).endsWith(shown() || "nothing yet")
function askAgain() {
  const isAtRest = document.querySelector("[data-test-connection-state=CONNECTED][data-test-script-state=notRunning]")
  if (!isAtRest) setTimeout(askAgain, 500)
  else if (!isAsAddressed()) dispatchEvent(new PopStateEvent("popstate"))
}
