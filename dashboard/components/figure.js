// Shows one finished figure and keeps its chart's node: title, chart, table, notes, downloads and link in one place.
// The picture stands there at once and is what prints; Plotly takes over in the same box, and redraws it on a change.

const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false }
const shown = new Set()
let plotly, scheme

function load(address) {
  plotly ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly)
    const script = document.createElement("script")
    script.src = address
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => reject(new Error("Plotly did not arrive"))
    document.head.append(script)
  })
  return plotly
}

async function unpack(text) {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
  return JSON.parse(await new Response(stream).text())
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

class Shown {
  constructor(parent) {
    this.root = document.createElement("div")
    this.root.innerHTML = '<div data-part="head"></div><div data-part="chart" class="oc-chart" role="img">' +
      '<div data-part="picture" class="oc-picture"></div><div data-part="plot" class="oc-plot"></div></div>' +
      '<p data-part="trouble" class="oc-trouble" role="status"></p><div data-part="foot"></div>'
    this.part = Object.fromEntries([...this.root.querySelectorAll("[data-part]")].map((each) => [each.dataset.part, each]))
    this.root.addEventListener("click", (event) => this.act(event.target.closest("button[data-do]")))
    parent.replaceChildren(this.root)
    shown.add(this)
  }

  async take(data) {
    if (data.packed === this.packed) return
    this.packed = data.packed
    this.root.className = data.is_framed ? "oc oc-framed" : "oc"
    this.address = data.plotly
    const figure = await unpack(data.packed)
    if (data.packed !== this.packed) return            // a later one has come meanwhile
    this.figure = figure
    const open = [...this.part.foot.querySelectorAll("details")].map((each) => each.open)
    this.part.head.innerHTML = figure.head
    this.part.foot.innerHTML = figure.foot
    if (figure.charts) {
      [...this.part.foot.querySelectorAll("details")].forEach((each, place) => { each.open = open[place] ?? each.open })
    }
    this.part.chart.hidden = !figure.charts
    this.draw()
  }

  async draw() {
    const { figure, part } = this
    if (!figure?.charts) return
    const chart = figure.charts[appearance()]
    part.chart.setAttribute("aria-label", figure.alt)
    part.chart.style.minHeight = chart.layout.height + "px"
    part.picture.innerHTML = figure.pictures[appearance()]
    try {
      const drawing = await load(this.address)
      if (figure !== this.figure || !this.root.isConnected) return
      await drawing.react(part.plot, chart.data, chart.layout, CONFIG)
      part.chart.classList.add("oc-drawn")
      part.trouble.textContent = ""
    } catch (error) {
      part.chart.classList.remove("oc-drawn")
      part.trouble.textContent = "The chart that answers to the pointer could not be drawn: the picture and the table hold the same figures."
      console.warn(error)
    }
  }

  act(button) {
    if (!button) return
    const { figure } = this
    if (button.dataset.do === "csv") save(figure.name + ".csv", "text/csv", "\ufeff" + figure.csv)
    if (button.dataset.do === "image") save(figure.name + ".svg", "image/svg+xml", figure.image)
    if (button.dataset.do === "copy") copy(button, figure.sentence)
    if (button.dataset.do === "line") copy(button, figure.lines[button.dataset.place])
  }

  leave() {
    shown.delete(this)
    if (window.Plotly && this.part.plot.data) window.Plotly.purge(this.part.plot)
  }
}

function watch() {
  const now = appearance()
  if (scheme && now !== scheme) shown.forEach((each) => each.draw())
  scheme = now
}
setInterval(watch, 700)

export default function ({ data, parentElement }) {
  parentElement.ocShown ??= new Shown(parentElement)
  const own = parentElement.ocShown
  if (!own.root.isConnected) parentElement.replaceChildren(own.root)
  own.take(data)
  return () => { own.leave(); delete parentElement.ocShown }
}
