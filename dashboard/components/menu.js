// The phone's menu is Streamlit's: a list that holds sections, and items that stand in sections, not in a list.
// A reader who listens is told of lists that are none, so these say that they are not; each link stays what it is.

const LIST = "[data-testid=stSidebarNavItems]"

function mend() {
  for (const list of document.querySelectorAll(`${LIST}:not([role])`)) list.setAttribute("role", "none")
  for (const item of document.querySelectorAll(`${LIST} li:not([role])`)) item.setAttribute("role", "none")
}

let watching = false

export default function () {
  mend()
  if (watching) return
  watching = true
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true })
}
