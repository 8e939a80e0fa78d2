// Shows one finished figure and keeps its chart's node: title, chart, table, notes, downloads and link in one place.
// The picture stands there at once and is what prints. Where a reader points at it, Plotly takes over in the same box.

const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false }
const shown = new Set()
let plotly, scheme

// What can wait, waits until the browser has nothing else to do.
function idle(work) {
  if (window.requestIdleCallback) requestIdleCallback(work, { timeout: 1500 })
  else setTimeout(work, 100)
}

// Plotly is fetched when a pointer first comes to a figure: who points at none never waits for it.
function load(address) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = address
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      plotly = undefined
      reject(new Error("Plotly did not arrive"))
    }
    document.head.append(script)
  })
  return plotly
}

function unzipped(kind, parts) {
  const unzip = new DecompressionStream(kind), given = unzip.writable.getWriter()
  for (const part of parts) given.write(part).catch(() => {})      // whoever reads is told
  given.close().catch(() => {})
  return new Response(unzip.readable)
}

const GZIP = 0x1f, LINE_END = 10, WINDOW = 32768 - 262      // the first byte of a figure that comes whole; as packs/pattern.py has it

async function unpack(bytes) {
  return bytes[0] === GZIP ? unzipped("gzip", [bytes]).json() : JSON.parse(await beside(bytes))
}

// Of most figures comes what differs from the same figure of another area: that one is fetched once and kept.
const patterns = new Map()
function patternAt(address) {
  if (!patterns.has(address)) patterns.set(address, fetched(address).catch((error) => { patterns.delete(address); throw error }))
  return patterns.get(address)
}

async function fetched(address) {
  const answer = await fetch(location.origin + address)
  if (!answer.ok) throw new Error(`${address} did not arrive: ${answer.status}`)
  const bytes = new Uint8Array(await answer.arrayBuffer()), lines = []
  for (let start = 0, end; start < bytes.length; start = end) {
    end = bytes.indexOf(LINE_END, start) + 1 || bytes.length
    lines.push(bytes.subarray(Math.max(start, end - WINDOW), end))
  }
  return lines
}

// A line was packed with the pattern's line as its dictionary. Here that line goes before it, stored as it is, and is
// left out of what comes out.
async function beside(bytes) {
  const start = bytes.indexOf(LINE_END) + 1, { pattern, sizes } = JSON.parse(new TextDecoder().decode(bytes.subarray(0, start)))
  const lines = await patternAt(pattern), parts = []
  let from = start
  sizes.forEach((size, place) => {
    if (size > 0) parts.push(stored(lines[place]))
    parts.push(bytes.subarray(from, from += Math.abs(size)))
  })
  const out = (await unzipped("deflate-raw", parts).text()).split("\n")
  let place = 0
  return sizes.map((size) => out[size > 0 ? (place += 2) - 1 : place++]).join("")
}

// A block of bytes as RFC 1951 stores them: more blocks follow, no code, the length and its complement.
function stored(bytes) {
  const low = bytes.length & 255, high = bytes.length >> 8, block = new Uint8Array(bytes.length + 5)
  block.set([0, low, high, low ^ 255, high ^ 255])
  block.set(bytes, 5)
  return block
}

// Figures that come with one answer of the server are shown together: the page is laid out and painted once for all.
let coming = []
async function together(unpacked) {
  coming.push(unpacked)
  const all = coming
  for (let count = 0; count < all.length;) {
    count = all.length
    await Promise.allSettled(all)
  }
  if (coming === all) coming = []
  return unpacked
}

function isSame(one, other) {
  return one?.length === other?.length && one.every((byte, place) => byte === other[place])
}

// The same drawing in other colours: those of the text are replaced in the order they occur.
function repaint(text, colours) {
  let place = 0
  return text.replace(/#[0-9a-f]{6}\b|rgba?\([^)]*\)/g, () => colours[place++])
}

const PAPER = 700      // pixels between the margins of A4
const TALL = 800       // pixels of a drawing that, with its words, would not stand on one sheet

// Of the two drawings of a figure, the one for what room there is; a chart in a closed part has no width yet.
function isNarrow(figure, width) {
  return Boolean(figure.narrow) && width > 0 && width < figure.narrow.under
}

function chartOf(drawing, look) {
  return look === "dark" ? JSON.parse(repaint(JSON.stringify(drawing.chart), drawing.dark.chart)) : drawing.chart
}

function pictureOf({ page, body, dark }, look) {
  return look === "light" ? page[0] + body + page[1] : repaint(page[0], dark.page) + repaint(body, dark.body) + page[1]
}

// A file has one width, and few of its readers know percentages.
function fixed(body, across) {
  return body.replace(/"(-?[\d.]+)%"/g, (_, share) => `"${Math.round(share * across / 10) / 10}"`)
}

function appearance() {
  const app = document.querySelector(".stApp") ?? document.body
  return getComputedStyle(app).colorScheme.includes("dark") ? "dark" : "light"
}

function save(name, kind, text) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type: kind }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}

async function copy(button, text) {
  const before = button.textContent
  try {
    await navigator.clipboard.writeText(text)
    button.textContent = "Copied"
  } catch {
    button.textContent = "Not copied: the browser does not allow it"
  }
  setTimeout(() => { button.textContent = before }, 2500)
}

const NEAR = "600px"      // of what a reader can see: a map that comes so near is drawn
const sight = new IntersectionObserver((seen) => seen.forEach(({ target, isIntersecting }) => {
  target.oc.isNear = isIntersecting
  target.oc.draw()
}), { rootMargin: NEAR, scrollMargin: NEAR })

class Shown {
  constructor(parent) {
    this.root = document.createElement("div")
    this.root.innerHTML = '<div data-part="head"></div><div data-part="map" hidden></div><div data-part="chart" class="oc-chart" role="img" hidden>' +
      '<div data-part="picture" class="oc-picture"></div><div data-part="paper" class="oc-paper"></div>' +
      '<div data-part="plot" class="oc-plot"></div></div>' +
      '<p data-part="trouble" class="oc-trouble" role="status"></p><div data-part="key"></div><div data-part="foot"></div>'
    this.part = Object.fromEntries([...this.root.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]))
    this.root.addEventListener("click", (event) => this.act(event.target.closest("button[data-do]")))
    this.root.addEventListener("pointerenter", () => { if (this.drawing?.chart) load(this.address).catch(() => {}) })      // who points at the chart is told
    this.part.chart.addEventListener("pointerenter", () => this.draw())
    this.part.chart.addEventListener("pointermove", (event) => { this.pointer = event })
    parent.replaceChildren(this.root)
    this.sizes = new ResizeObserver(() => {
      this.width = this.part.chart.clientWidth
      if (this.figure?.page && this.narrow !== isNarrow(this.figure, this.width)) this.draw()
    })
    this.sizes.observe(this.part.chart)
    this.root.oc = this
    shown.add(this)
  }

  async take(packed, address) {
    if (isSame(packed, this.packed)) return
    this.packed = packed
    this.address = address
    try {
      const figure = await together(unpack(packed))
      if (packed === this.packed) this.show(figure)      // else a later one has come meanwhile
    } catch (error) {
      if (packed === this.packed) this.fail(error)
    }
  }

  // Nothing is shown rather than the figure of another choice.
  fail(error) {
    const { part } = this
    part.head.innerHTML = part.key.innerHTML = part.foot.innerHTML = ""
    part.chart.hidden = part.map.hidden = true
    this.figure = this.packed = undefined
    this.say("This figure did not arrive: please load the page again. The rest of the page is not affected.", error)
  }

  show(figure) {
    const { part, root } = this
    const open = [...part.foot.querySelectorAll("details")].map((each) => each.open)
    const before = Boolean(this.figure?.page)
    this.figure = figure
    root.className = figure.framed ? "oc oc-framed" : "oc"
    if (figure.places) {
      root.classList.add(`oc-kind-${figure.places.kind}`)
      sight.observe(root)
    }
    part.head.innerHTML = figure.head
    part.foot.innerHTML = figure.foot
    if (figure.page && before) {
      [...part.foot.querySelectorAll("details")].forEach((each, place) => { each.open = open[place] ?? each.open })
    }
    part.chart.hidden = !figure.page
    part.map.hidden = !figure.places
    part.trouble.textContent = ""
    if (!figure.key) part.key.innerHTML = ""
    if (figure.page) this.draw()
  }

  async draw() {
    const { figure, part } = this
    if (!figure?.page) return
    const look = scheme ??= appearance(), width = this.width || part.chart.clientWidth
    this.narrow = isNarrow(figure, width)
    const drawing = this.narrow ? figure.narrow : figure, isStill = !drawing.chart
    const hasPlot = !isStill && part.chart.matches(":hover")      // else a change makes it a picture again
    Object.assign(this, { drawing, look })
    part.chart.setAttribute("aria-label", figure.alt)
    part.chart.style.minHeight = figure.places ? "" : drawing.height + "px"
    this.root.classList.toggle("oc-narrow", this.narrow)
    part.chart.classList.toggle("oc-still", isStill)
    if (this.printed !== drawing) {
      const printed = isNarrow(figure, PAPER) ? figure.narrow : figure
      part.paper.innerHTML = printed === drawing ? "" : pictureOf(printed, "light")     // the picture itself prints where it fits paper
      part.chart.classList.toggle("oc-tall", printed.height > TALL)
      this.printed = drawing
    }
    part.chart.classList.toggle("oc-drawn", isStill || (hasPlot && part.chart.classList.contains("oc-drawn")))
    if (hasPlot && part.chart.classList.contains("oc-drawn")) idle(() => this.paint())      // it stands behind the chart, for paper
    else this.paint()
    this.paintKey(look)
    if (figure.places) await this.answer(figure, look)
    if (!hasPlot) return this.forget()
    const isOver = () => drawing !== this.drawing || look !== this.look || !this.root.isConnected       // a later one has come meanwhile
    try {
      const plotly = await load(this.address)
      if (isOver()) return
      if (this.drawn !== drawing || this.drawnLook !== look) {
        const chart = chartOf(drawing, look)
        Object.assign(this, { drawn: drawing, drawnLook: look })
        await plotly.react(part.plot, chart.data, chart.layout, CONFIG)
        if (isOver()) return
      }
      part.chart.classList.add("oc-drawn")
      part.trouble.textContent = ""
      this.answerPointer()
    } catch (error) {
      this.forget()
      this.paint("light")
      part.chart.classList.remove("oc-drawn")
      part.foot.querySelector("details").open = true
      this.say("The chart that answers to the pointer could not be drawn. The table under it holds the same figures.", error)
    }
  }

  // A pointer that rests where it came in is answered too.
  answerPointer() {
    if (!this.pointer || !this.part.chart.matches(":hover")) return
    const { clientX, clientY } = this.pointer
    document.elementFromPoint(clientX, clientY)?.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }))
  }

  // The picture of this drawing, unless it is there.
  paint(look = this.look) {
    const { drawing } = this
    if (!drawing || (this.painted === drawing && this.paintedLook === look)) return
    this.part.picture.innerHTML = pictureOf(drawing, look)
    Object.assign(this, { painted: drawing, paintedLook: look })
  }

  // The key of its shades, where it has one.
  paintKey(look) {
    const { figure, part } = this
    if (!figure.key || (this.keyed === figure && this.keyedLook === look)) return
    part.key.innerHTML = look === "dark" ? repaint(figure.key, figure.dark.key) : figure.key
    Object.assign(this, { keyed: figure, keyedLook: look })
  }

  // A map and tiles: the shapes are fetched once and kept, and answer to the pointer (map.js).
  async answer(figure, look) {
    try {
      const { Places } = await import(location.origin + document.documentElement.dataset.map)
      this.places ??= new Places(this.root, this.part, (name, value) => this.tell?.(name, value))
      const places = look === "dark" ? JSON.parse(repaint(JSON.stringify(figure.places), figure.dark.places)) : figure.places
      if (figure === this.figure && look === this.look) await this.places.show(places)
    } catch (error) {
      this.part.map.hidden = true
      this.say("The map did not arrive. The tiles and the table hold the same figures.", error)
    }
  }

  say(words, error) {
    this.part.trouble.textContent = words
    console.warn(error)
  }

  act(button) {
    if (!button) return
    const { figure } = this
    if (button.dataset.do === "csv") save(figure.name + ".csv", "text/csv", "\ufeff" + figure.csv)
    if (button.dataset.do === "image") save(figure.name + ".svg", "image/svg+xml", figure.document[0] + fixed(figure.body, figure.across) + figure.document[1])
    if (button.dataset.do === "copy") copy(button, figure.sentence)
    if (button.dataset.do === "line") copy(button, figure.lines[button.dataset.place])
  }

  leave() {
    shown.delete(this)
    this.sizes.disconnect()
    sight.unobserve(this.root)
    this.places?.leave()
    this.forget()
  }

  // What Plotly holds of a chart that nobody points at any more.
  forget() {
    if (this.drawn) window.Plotly.purge(this.part.plot)
    this.drawn = undefined
  }
}

function watch() {
  const before = scheme
  scheme = appearance()
  if (before && before !== scheme) shown.forEach((each) => each.draw())
}
setInterval(watch, 700)
addEventListener("beforeprint", () => shown.forEach((each) => each.paint()))

export default function ({ data, parentElement, setTriggerValue }, address) {
  parentElement.ocShown ??= new Shown(parentElement)
  const own = parentElement.ocShown
  if (!own.root.isConnected) parentElement.replaceChildren(own.root)
  own.tell = setTriggerValue
  own.take(data, address)
  return () => { own.leave(); delete parentElement.ocShown }
}
