// The search in the frame: a combobox (WAI-ARIA) over an index that is fetched when it is first wanted.

const MOST = 8
const OFF = "search key off"          // the key "/" can be turned off: speech input may type it by chance
const PAGE = 6                        // a page by its own words comes before measures that have them
const EXACT = 4, SIZES = [12, 7, 3]   // how much a word counts in a title, in words for it, in the note under it
const ORDER = ["Page", "Area", "Term", "Published measure"]
const HELP = "Try one shorter word: work, wage, rural, Fife. Or open "

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()
}

function words(text) {
  return plain(text).split(/[^\p{L}\p{N}£%]+/u).filter(Boolean)
}

function read(row) {
  const [kind, title, note, address, more] = row
  return { kind, title, note, address, parts: [words(title), words(more), words(note)] }
}

// Letters alone can be misspelt, and have endings; a code is right or wrong.
function isLong(typed) {
  return typed.length > 5 && /^\p{L}+$/u.test(typed)
}

// True where one letter is wrong, missing or too many, or two have changed places.
function isNear(typed, word) {
  if (typed[0] !== word[0] || Math.abs(typed.length - word.length) > 1) return false
  let from = 0
  while (typed[from] === word[from] && from < typed.length) from += 1
  const [a, b] = [typed.slice(from), word.slice(from)]
  return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
    (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
}

// How well a word that was typed fits one part of an entry: its words begin with it, with all but its ending, or nearly.
function fit(typed, part, size) {
  let best = 0
  for (const word of part) {
    if (word.startsWith(typed)) best = Math.max(best, size + (word === typed ? EXACT : 0))
    else if (isLong(typed) && (word.startsWith(typed.slice(0, -2)) || isNear(typed, word))) best = Math.max(best, size - 2)
  }
  return best
}

function find(entries, text) {
  const typed = words(text)
  if (!typed.length) return []
  const scored = entries.map((entry, place) => {
    const fits = typed.map((word) => Math.max(...entry.parts.map((part, which) => fit(word, part, SIZES[which]))))
    const first = (plain(entry.title) === plain(text).trim() ? 20 : 0) + (entry.kind === "Page" ? PAGE : 0)
    return { entry, place, score: fits.includes(0) ? 0 : fits.reduce((sum, each) => sum + each, first) }
  })
  const kind = (each) => (ORDER.indexOf(each.entry.kind) + ORDER.length + 1) % (ORDER.length + 1)
  return scored.filter((each) => each.score > 0).sort((a, b) => b.score - a.score || kind(a) - kind(b) || a.place - b.place)
    .map((each) => each.entry)
}

function made(tag, css, text) {
  const node = document.createElement(tag)
  if (css) node.className = css
  if (text) node.textContent = text
  return node
}

function link(label, address) {
  const node = made("a", "", label)
  node.href = address
  node.target = "_self"
  return node
}

class Search {
  constructor(parent) {
    this.root = made("div", "oc oc-search")
    this.root.setAttribute("role", "search")
    this.root.innerHTML = '<label for="oc-search">Search</label>' +
      '<input id="oc-search" type="text" role="combobox" aria-expanded="false" aria-controls="oc-found" aria-autocomplete="list" ' +
      'autocomplete="off" spellcheck="false" placeholder="Measures, areas, terms, pages" aria-describedby="oc-search-key">' +
      '<div class="oc-search-panel" hidden><ul id="oc-found" role="listbox" aria-label="What was found"></ul>' +
      '<p class="oc-search-said" role="status"></p>' +
      '<p class="oc-search-key"><span id="oc-search-key"></span> <button type="button"></button></p></div>'
    const part = (css) => this.root.querySelector(css)
    Object.assign(this, { input: part("input"), panel: part(".oc-search-panel"), list: part("ul"), said: part(".oc-search-said"),
      hint: part("#oc-search-key"), toggle: part("button"), found: [], own: [], active: -1 })
    this.input.addEventListener("focus", () => this.show())
    this.input.addEventListener("input", () => this.show())
    this.input.addEventListener("keydown", (event) => this.press(event))
    this.list.addEventListener("pointerdown", (event) => event.preventDefault())       // the box keeps the focus
    this.list.addEventListener("click", (event) => this.open(event.target.closest("li")?.dataset.place))
    this.said.addEventListener("click", (event) => { if (event.target.closest("a")) this.leave() })
    this.root.addEventListener("focusout", (event) => { if (!this.root.contains(event.relatedTarget)) this.close() })
    this.toggle.addEventListener("click", () => this.turn())
    this.tell()
    parent.replaceChildren(this.root)
  }

  async load() {
    if (this.loaded !== this.address) {
      const address = this.address
      const rows = await (await fetch(address)).json()
      Object.assign(this, { entries: rows.map(read), loaded: address })
    }
    return this.entries
  }

  async show() {
    const asked = this.input.value
    this.panel.hidden = false
    try {
      await this.load()
    } catch {
      this.said.textContent = "The search could not be loaded. The menu has every page."
      return
    }
    if (asked !== this.input.value || this.panel.hidden) return
    const found = find([...this.own, ...this.entries], asked)
    this.found = found.slice(0, MOST)
    this.active = -1
    this.input.removeAttribute("aria-activedescendant")
    this.list.replaceChildren(...this.found.map((entry, place) => this.option(entry, place)))
    this.list.hidden = !this.found.length
    this.input.setAttribute("aria-expanded", String(this.found.length > 0))
    this.count(asked.trim(), found.length)
  }

  count(asked, count) {
    if (!asked) return this.said.replaceChildren("Type a word, such as wage, apprentice or Western Isles.")
    if (count) {
      const more = count > MOST ? `The ${MOST} that fit best of ${count}.` : `${count} found.`
      return this.said.replaceChildren(more)
    }
    this.said.replaceChildren(`Nothing found for “${asked.slice(0, 60)}”. ${HELP}`, link("every measure", "/indicator"), " or ",
      link("everything nobody publishes", "/data-quality"), ".")
  }

  option(entry, place) {
    const node = made("li")
    node.id = `oc-found-${place}`
    node.dataset.place = place
    node.setAttribute("role", "option")
    node.setAttribute("aria-selected", "false")
    node.append(made("span", "oc-search-kind", entry.kind), made("span", "oc-search-title", entry.title),
      made("span", "oc-search-note", entry.note))
    return node
  }

  move(to) {
    if (!this.found.length) return
    this.active = (to + this.found.length) % this.found.length
    for (const [place, node] of [...this.list.children].entries()) {
      node.setAttribute("aria-selected", String(place === this.active))
    }
    const node = this.list.children[this.active]
    node.scrollIntoView({ block: "nearest" })
    this.input.setAttribute("aria-activedescendant", node.id)
  }

  press(event) {
    const moves = { ArrowDown: this.active + 1, ArrowUp: this.active < 0 ? -1 : this.active - 1 }
    if (event.key in moves) {
      event.preventDefault()
      if (this.panel.hidden) this.show()
      else this.move(moves[event.key])
    } else if (event.key === "Enter") {
      event.preventDefault()
      this.open(this.active < 0 ? 0 : this.active)
    } else if (event.key === "Escape") {
      event.stopPropagation()
      if (this.panel.hidden) this.input.value = ""
      this.close()
    }
  }

  open(place) {
    const entry = this.found[place]
    if (!entry) return
    this.leave()
    window.turnTo(entry.address)
  }

  // As it is found on a page that is loaded: the next one has the keyboard.
  leave() {
    this.input.value = ""
    document.activeElement.blur()
    this.close()
  }

  close() {
    this.panel.hidden = true
    this.active = -1
    this.input.setAttribute("aria-expanded", "false")
    this.input.removeAttribute("aria-activedescendant")
  }

  isOff() {
    try { return window.localStorage.getItem(OFF) === "yes" } catch { return false }
  }

  turn() {
    try { window.localStorage.setItem(OFF, this.isOff() ? "no" : "yes") } catch { /* not kept, then */ }
    this.tell()
  }

  tell() {
    this.hint.textContent = this.isOff() ? "The key / is turned off." : "The key / comes here from anywhere."
    this.toggle.textContent = this.isOff() ? "Turn it on" : "Turn it off"
  }
}

function isTyping(node) {
  return node?.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(node?.tagName)
}

let current

function hear(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
  if (!current?.root.isConnected || current.isOff()) return
  event.preventDefault()
  current.input.focus()
}
document.addEventListener("keydown", hear)

export default function ({ data, parentElement }) {
  parentElement.ocSearch ??= new Search(parentElement)
  current = parentElement.ocSearch
  if (!current.root.isConnected) parentElement.replaceChildren(current.root)
  current.address = data.index
  current.own = (data.own ?? []).map(read)
}
