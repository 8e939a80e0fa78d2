"""What the reader's browser can draw: whether it has WebGL, and how wide the map may be.

Without WebGL a deck.gl map stays blank and says nothing, so the page has to ask.
"""

from dataclasses import dataclass

import streamlit as st

_KEY, _MEMORY = "screen_check", "screen"
_NOTICEABLE = 24      # pixels
_CHECK = """
let drawn
function webgl() {
  if (drawn === undefined) {
    const context = document.createElement("canvas").getContext("webgl2")
    drawn = Boolean(context)
    context?.getExtension("WEBGL_lose_context")?.loseContext()
  }
  return drawn
}
export default function ({ data, parentElement, setStateValue }) {
  const box = parentElement.host ?? parentElement
  let waiting, last = data
  const tell = () => {
    const found = { webgl: webgl(), width: Math.round(box.getBoundingClientRect().width) }
    if (found.width < 120) return
    if (found.webgl === last.webgl && Math.abs(found.width - last.width) < data.noticeable) return
    last = found
    setStateValue("screen", found)
  }
  const seen = new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(tell, 150) })
  seen.observe(box)
  tell()
  return () => { clearTimeout(waiting); seen.disconnect() }
}
"""


@dataclass(frozen=True)
class Screen:
    """`width`: pixels across the column that asked. Until the browser answers, a wide screen with WebGL."""

    webgl: bool = True
    width: int = 540


def remembered_screen() -> Screen:
    """What the browser has said so far."""
    return st.session_state.get(_MEMORY, Screen())


def check_screen() -> Screen:
    """What the browser has said; asks it to say so again whenever that changes. Put it where the map goes."""
    known = remembered_screen()

    def remember() -> None:
        found = st.session_state[_KEY]["screen"]
        st.session_state[_MEMORY] = Screen(bool(found["webgl"]), int(found["width"]))

    ask = st.components.v2.component("screen", html="<span></span>", js=_CHECK)
    ask(key=_KEY, data={"webgl": known.webgl, "width": known.width, "noticeable": _NOTICEABLE},
        default={"screen": None}, on_screen_change=remember, height=1)
    return known
