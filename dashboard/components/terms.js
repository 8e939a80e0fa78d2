// Shows what a term means, at the word: while it is pointed at or focused, and after a tap; Escape closes it.

let shown, box

function show(button) {
  if (shown !== button) hide()
  shown = button
  if (!box?.isConnected) {
    box = document.createElement("div")
    box.id = "oc-meaning"
    box.setAttribute("role", "tooltip")
    box.addEventListener("pointerleave", leave)
    document.body.append(box)
  }
  box.textContent = button.dataset.meaning
  box.hidden = false
  button.setAttribute("aria-describedby", box.id)
  place()
}

function place() {
  const word = shown.getBoundingClientRect(), own = box.getBoundingClientRect()
  const below = word.bottom + own.height + 8 < window.innerHeight
  box.style.left = Math.max(8, Math.min(word.left, window.innerWidth - own.width - 8)) + "px"
  box.style.top = (below ? word.bottom + 2 : Math.max(8, word.top - own.height - 2)) + "px"
}

function hide() {
  shown?.removeAttribute("aria-describedby")
  shown = undefined
  if (box) box.hidden = true
}

// The meaning can be pointed at itself, and stays while the word has the focus.
function leave(event) {
  const to = event.relatedTarget
  if (shown && to !== shown && to !== box && document.activeElement !== shown) hide()
}

function term(event) {
  return event.target.closest?.(".oc-term")
}

let heard = false

export default function () {
  if (heard) return
  heard = true
  document.addEventListener("pointerover", (event) => { if (term(event)) show(term(event)) })
  document.addEventListener("pointerout", (event) => { if (term(event)) leave(event) })
  document.addEventListener("focusin", (event) => { if (term(event)) show(term(event)); else if (shown) hide() })
  document.addEventListener("click", (event) => { if (term(event)) show(term(event)); else if (event.target !== box) hide() })
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide()
    if (term(event) && [" ", "Enter"].includes(event.key)) { event.preventDefault(); show(term(event)) }
  })
  document.addEventListener("scroll", () => { if (shown) place() }, { capture: true, passive: true })
}
