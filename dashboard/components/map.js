// The map of the 32 councils, and what answers to the pointer on it and on the tiles beside it.
//
// The shapes are fetched once, at an address that changes with their content; a change of measure or area brings a colour, a
// mark and words for each. A flat map of them stands first, and is what prints. Where the browser can draw it and the reader
// wants it, a map that can be moved and enlarged takes its place: deck.gl, from the file that pydeck brings.

const { shapes: SHAPES, deck: DECK } = document.documentElement.dataset
const ACROSS = 2000                                   // units of the flat map's width: whole ones are fine enough
const OUTLINE = 0.7, CHOSEN = 3.5      // pixels of a line, as in the style sheet
const DEEPEST = 5, STEP = 1                           // doublings of size, at most and of one press
const STILL = 5                                       // pixels of a press that is no pull; deck.gl's own press fails where drawing is slow
const NO_WEBGL = "This browser cannot draw the interactive map, so the flat map is shown. It holds the same figures, and so do the tiles and the table."
const KEYS = "The map: arrow keys move it, plus and minus change its size"
const SVG = "http://www.w3.org/2000/svg"
const TOOLS = '<span role="group" aria-label="Map"><button type="button" data-way="map">Interactive map</button>' +
  '<button type="button" data-way="flat">Flat map</button></span><span class="oc-zoom" role="group" aria-label="Size of the map">' +
  '<button type="button" data-zoom="1" aria-label="Enlarge the map">+</button><button type="button" data-zoom="-1" aria-label="Make the map smaller">−</button>' +
  '<button type="button" data-zoom="0">Whole map</button></span>'
const all = new Set()
let count = 0

// Which map: as the link says when the page opens, then as the reader chooses, on every figure alike.
const asked = () => new URLSearchParams(location.search).get("map")
let way = asked() === "flat" ? "flat" : "map"
addEventListener("popstate", () => {
  const now = asked()
  if (now) turn(now)
})

function turn(to) {
  way = to === "flat" ? "flat" : "map"
  all.forEach((each) => each.draw())
}

let canDraw
function hasWebgl() {
  if (canDraw === undefined) {
    const context = document.createElement("canvas").getContext("webgl2")
    canDraw = Boolean(context)
    context?.getExtension("WEBGL_lose_context")?.loseContext()
  }
  return canDraw
}

// Things that are fetched once: a failure is forgotten, so that it can be tried again.
const got = new Map()
function once(name, get) {
  if (!got.has(name)) got.set(name, get().catch((error) => { got.delete(name); throw error }))
  return got.get(name)
}

async function featuresAt(address) {
  const answer = await fetch(location.origin + address)
  if (!answer.ok) throw new Error(`${address} did not arrive: ${answer.status}`)
  return (await answer.json()).features
}

const stripesAddress = SHAPES.replace(".geojson", "-hatch.geojson")
const shapes = () => once("shapes", () => featuresAt(SHAPES))
const points = () => once("points", async () => (await featuresAt(stripesAddress)).filter((each) => each.geometry.type === "Point"))

// Reading it takes longer than all else on a page: it waits until the flat map has been painted.
const idle = () => new Promise((resolve) => requestAnimationFrame(() => window.requestIdleCallback ? requestIdleCallback(resolve, { timeout: 1500 }) : setTimeout(resolve, 100)))

function deckgl() {
  return once("deck", () => idle().then(() => new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = DECK
    script.onload = () => resolve(window)
    script.onerror = () => reject(new Error("deck.gl did not arrive"))
    document.head.append(script)
  })))
}

// Longitude and latitude to units of the flat map (Mercator).
const north = (latitude) => Math.asinh(Math.tan(latitude * Math.PI / 180)) * 180 / Math.PI
function projection([west, south, east, top]) {
  const scale = ACROSS / (east - west)
  return { high: (north(top) - north(south)) * scale, degrees: east - west, upright: north(top) - north(south),
    place: ([longitude, latitude]) => [(longitude - west) * scale, (north(top) - north(latitude)) * scale] }
}

function outlineOf({ type, coordinates }, place) {
  return (type === "Polygon" ? [coordinates] : coordinates).flat().map((ring) => `${lineOf(ring, place)}z`).join("")
}

// Each corner by how far it is from the one before: a page is kept with it (kept.js).
function lineOf(ring, place) {
  const corners = ring.map((point) => place(point).map(Math.round))
  const [[across, down]] = corners, steps = corners.slice(1).map(([x, y], before) => [x - corners[before][0], y - corners[before][1]])
  return `M${across} ${down}l${steps.filter(([x, y]) => x || y).map((step) => step.join(" ")).join(" ") || "0 0"}`
}

function make(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value)
  made.append(...children)
  return made
}

// '#2b6cb0' as deck.gl takes it.
const channels = (colour, alpha = 255) => [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16)).concat(alpha)

export class Places {
  // `tell` says to the server what was chosen: ("area", code) or ("map", way).
  constructor(root, part, tell) {
    Object.assign(this, { root, part, tell })
    part.map.innerHTML = `<div class="oc-map-tools">${TOOLS}</div><p class="oc-subtitle oc-no-webgl"></p>` +
      '<div class="oc-map" role="figure"><div class="oc-flat"></div><div class="oc-deck"></div></div><p class="oc-subtitle oc-frames"></p>'
    this.box = part.map.querySelector(".oc-map")
    this.flat = part.map.querySelector(".oc-flat")
    this.words = document.createElement("div")
    this.words.className = "oc-hover"
    this.words.setAttribute("aria-hidden", "true")
    this.words.hidden = true
    root.append(this.words)
    this.heard = new AbortController()
    const hear = (kind, act) => root.addEventListener(kind, act, { signal: this.heard.signal })
    hear("pointermove", (event) => { if (!this.deck || !event.target.closest(".oc-deck")) this.point(this.codeAt(event.target), event.clientX, event.clientY) })
    hear("pointerleave", () => this.point())
    hear("pointerdown", (event) => { this.pressed = event })
    hear("click", (event) => this.click(event))
    this.sizes = new ResizeObserver(() => this.fit())
    this.sizes.observe(this.box)
    all.add(this)
  }

  async show(places) {
    this.places = places
    this.areas = new Map(places.areas.map(([code, colour, mark, name, text]) => [code, { code, colour, mark, name, text }]))
    this.tiles = [...this.part.chart.querySelectorAll(".oc-picture rect")]      // in the order of the area codes, as they are drawn
    this.tiles.forEach((tile, number) => { tile.dataset.area = places.areas[number][0] })
    this.fill()
    if (places.kind === "tiles") {
      this.part.map.hidden = true
      return
    }
    this.box.setAttribute("aria-label", places.alt)
    this.part.map.querySelector(".oc-frames").textContent = places.note
    const [features, marked] = await Promise.all([shapes(), places.areas.some(([, , mark]) => mark) ? points() : []])
    if (places !== this.places) return
    this.lay(features)
    this.colour(marked)
    await this.draw()
  }

  // The tiles fill their column: their picture keeps its form, not its height.
  fill() {
    for (const inner of this.part.chart.querySelectorAll(":is(.oc-picture, .oc-paper) > div > svg > svg")) {
      const [, , wide, high] = inner.getAttribute("viewBox").split(" ")
      inner.setAttribute("height", "100%")
      inner.parentElement.style.aspectRatio = `${wide} / ${high}`
    }
  }

  // The flat map itself, once.
  lay(features) {
    if (this.paths) return
    const { extent, frames } = this.places, { high, place } = projection(extent)
    this.place = place
    this.high = high
    const hatch = `oc-hatch-${count += 1}`
    this.paths = features.map(({ geometry, properties }) => make("path", { d: outlineOf(geometry, place), "data-area": properties.area_code }))
    this.stripes = make("g", { class: "oc-stripes", fill: `url(#${hatch})` })
    this.above = make("g", { class: "oc-above" })
    this.under = make("g", { class: "oc-pointed" })
    const svg = make("svg", { viewBox: `0 0 ${ACROSS} ${high.toFixed(0)}`, "aria-hidden": "true" },
      make("defs", {}, make("pattern", { id: hatch, width: 18, height: 18, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
        make("line", { x1: 0, y1: 0, x2: 0, y2: 18 }))),
      make("g", { class: "oc-shapes" }, ...this.paths), this.stripes,
      make("path", { d: frames.flatMap(([, ...rings]) => rings.map((ring) => lineOf(ring, place))).join(""), class: "oc-frame" }), this.under, this.above)
    this.captions = frames.map(([name, frame]) => this.word(name, frame[1], "oc-caption"))
    this.flat.replaceChildren(svg, ...this.captions)
    this.box.style.aspectRatio = `${ACROSS} / ${high.toFixed(0)}`
  }

  // Words stand over the drawing, so that they keep their size at every width.
  word(text, point, css) {
    const made = document.createElement("span"), [across, down] = this.place(point)
    made.className = css
    made.textContent = text
    made.style.left = `${across / ACROSS * 100}%`
    made.style.top = `${down / this.high * 100}%`
    return made
  }

  colour(marked) {
    const { areas, places } = this
    for (const [name, colour] of Object.entries(places.look)) this.box.style.setProperty(`--oc-map-${name}`, colour)
    for (const path of this.paths) path.style.fill = areas.get(path.dataset.area)?.colour ?? "none"
    this.stripes.replaceChildren(...this.outlines((code) => areas.get(code)?.mark))
    this.above.replaceChildren(...this.outlines((code) => code === places.selected))
    this.flat.querySelectorAll(".oc-mark").forEach((each) => each.remove())
    this.flat.append(...marked.flatMap(({ geometry, properties }) => {
      const mark = areas.get(properties.area_code)?.mark
      return mark ? [this.word(mark, geometry.coordinates, "oc-mark")] : []
    }))
  }

  outlines(isOne) {
    return this.paths.filter((each) => isOne(each.dataset.area)).map((each) => make("path", { d: each.getAttribute("d") }))
  }

  // The map that the reader wants, where the browser can draw it: the flat one stands until it is there, and under it.
  async draw() {
    const { part, places } = this, wanted = way === "map" && places.kind === "map", able = places.kind === "map" && hasWebgl()
    part.map.querySelector(".oc-map-tools").hidden = !able
    part.map.querySelector(".oc-no-webgl").textContent = wanted && !able ? NO_WEBGL : ""
    part.map.querySelectorAll("[data-way]").forEach((each) => each.setAttribute("aria-pressed", each.dataset.way === way))
    if (!wanted || !able) return this.flatten()
    if (!this.deck && !this.root.oc.isNear) return      // whoever comes near has it drawn
    try {
      const library = await deckgl()
      if (places !== this.places || way !== "map" || !this.root.isConnected) return
      if (this.deck) library.updateDeck({ layers: this.layers() }, this.deck)
      else this.begin(library)
    } catch (error) {
      this.fail(error)
    }
  }

  // The flat map stands where the other one cannot.
  fail(error) {
    canDraw = false
    console.warn(error)
    this.flatten()
    this.draw()
  }

  begin(library) {
    const { part } = this, container = this.box.querySelector(".oc-deck")
    this.deck = library.createDeck({
      container, tooltip: false,
      jsonInput: {
        initialViewState: this.home(), layers: this.layers(), touchAction: "pan-y",
        views: [{ "@@type": "MapView", controller: { scrollZoom: false, doubleClickZoom: true, dragRotate: false, touchRotate: false, keyboard: { rotateSpeedX: 0, rotateSpeedY: 0 } } }],
      },
      handleEvent: (kind, info) => this.onDeck(kind, info),
    })
    const isDrawn = () => this.deck?.layerManager?.getLayers().every((each) => each.isLoaded)
    const look = () => { if (!part.map.classList.contains("oc-moving") && isDrawn()) part.map.classList.add("oc-moving") }
    this.deck.setProps({ onError: (error) => this.fail(error), onAfterRender: look })
    const canvas = container.querySelector("canvas")
    canvas.addEventListener("webglcontextlost", () => { if (canvas.isConnected) this.fail(new Error("the graphics card let go of the map")) })
    canvas.setAttribute("role", "application")
    canvas.setAttribute("aria-label", KEYS)
  }

  flatten() {
    this.part.map.classList.remove("oc-moving")
    this.deck?.finalize()
    this.deck = this.view = undefined
    this.box.querySelector(".oc-deck").replaceChildren()
  }

  // The whole drawing in the box it has.
  home() {
    const { extent } = this.places, { degrees, upright } = projection(extent), [west, south, east, top] = extent
    const middle = (north(south) + north(top)) / 2, pixels = Math.min(this.box.clientWidth / degrees, this.box.clientHeight / upright)
    const zoom = Math.log2(pixels * 360 / 512)      // the whole world is 512 pixels wide at zoom 0
    return { longitude: (west + east) / 2, latitude: Math.atan(Math.sinh(middle * Math.PI / 180)) * 180 / Math.PI, zoom,
      minZoom: zoom, maxZoom: zoom + DEEPEST, pitch: 0, bearing: 0 }
  }

  layers() {
    const { areas, places } = this, { ink, surface, line, muted, neutral, chosen } = places.look
    const { fontFamily } = getComputedStyle(this.box)
    const listed = places.areas.map(([code]) => areas.get(code)), of = (values) => (shape) => values[shape.properties.order]
    const fills = listed.map((each) => channels(each.colour)), widths = listed.map((each) => each.code === places.selected ? CHOSEN : OUTLINE)
    const lines = listed.map((each) => each.code === places.selected ? channels(chosen) : channels(neutral, 150))
    const marks = listed.map((each) => each.mark), stripes = marks.map((mark) => channels(ink, mark ? 190 : 0)), grounds = marks.map((mark) => channels(surface, mark ? 225 : 0))
    return [
      { "@@type": "GeoJsonLayer", id: "areas", data: location.origin + SHAPES, pickable: true, autoHighlight: true, highlightColor: channels(ink, 70),
        getFillColor: of(fills), getLineColor: of(lines), getLineWidth: of(widths), lineWidthUnits: "pixels",
        updateTriggers: { getFillColor: fills, getLineColor: lines, getLineWidth: widths } },
      ...marks.some(Boolean) ? [{ "@@type": "GeoJsonLayer", id: "stripes", data: location.origin + stripesAddress, stroked: false, pickable: false, getFillColor: of(stripes), pointType: "text",
        getText: of(marks), getTextSize: 13, getTextColor: channels(ink), textFontFamily: fontFamily, textFontWeight: 700, textBackground: true,
        getTextBackgroundColor: of(grounds), textBackgroundPadding: [2, 1],
        updateTriggers: { getFillColor: stripes, getText: marks, getTextColor: ink, getTextBackgroundColor: grounds } }] : [],
      { "@@type": "PathLayer", id: "frames", data: places.frames.flatMap(([, ...rings]) => rings.map((path) => ({ path }))), getPath: (each) => each.path,
        getColor: channels(line), getWidth: 1, widthUnits: "pixels", pickable: false, updateTriggers: { getColor: line } },
      { "@@type": "TextLayer", id: "captions", data: places.frames.map(([text, frame]) => ({ text, position: frame[1] })), getText: (each) => each.text,
        getPosition: (each) => each.position, getSize: 13, getColor: channels(muted), getTextAnchor: "start", getAlignmentBaseline: "bottom",
        getPixelOffset: [2, -4], pickable: false, updateTriggers: { getColor: muted }, fontFamily },
    ]
  }

  onDeck(kind, info) {
    if (kind === "deck-view-state-change-event") this.view = info
    if (kind === "deck-hover-event") {
      const { left, top } = this.box.getBoundingClientRect()
      this.point(info.object?.properties.area_code, left + info.x, top + info.y)
    }
  }

  // Enlarged by so many steps around what is in its middle; by none, or fewer, the whole map.
  enlarge(steps) {
    const home = this.home(), { longitude, latitude } = this.view ?? home
    this.view = steps > 0 ? { ...home, longitude, latitude, zoom: Math.min(home.zoom + steps * STEP, home.maxZoom) } : home
    this.deck.setProps({ initialViewState: { ...this.view } })
  }

  steps() {
    return this.view ? (this.view.zoom - this.view.minZoom) / STEP : 0
  }

  fit() {
    const { clientWidth } = this.box, isOther = clientWidth > 0 && clientWidth !== this.fitted
    if (isOther && this.deck) this.enlarge(this.steps())
    if (isOther) this.fitted = clientWidth
  }

  codeAt(target) {
    return target.closest?.("[data-area]")?.dataset.area
  }

  // What the pointer is on, in words beside it and marked on the map and on the tiles.
  point(code, across = 0, down = 0) {
    const area = this.areas?.get(code), { words, root } = this
    words.hidden = !area
    if (this.pointed !== code) {
      this.pointed = code
      this.tiles?.forEach((each) => each.classList.toggle("oc-pointed", each.dataset.area === code))
      if (this.paths) this.under.replaceChildren(...this.outlines((each) => each === code))
      if (area) words.replaceChildren(Object.assign(document.createElement("b"), { textContent: area.name }), area.text)
    }
    if (!area) return
    const { left, top, width } = root.getBoundingClientRect(), room = words.offsetWidth
    words.style.left = `${Math.max(0, Math.min(across - left + 14, width - room))}px`
    words.style.top = `${down - top + 18}px`
  }

  click(event) {
    const { target } = event, button = target.closest("button")
    if (button?.dataset.way) {
      turn(button.dataset.way)
      this.tell("map", way)
    } else if (button?.dataset.zoom) {
      const by = Number(button.dataset.zoom)
      this.enlarge(by ? this.steps() + by : 0)
    } else if (!this.deck || !target.closest(".oc-deck")) {
      this.choose(this.codeAt(target))
    } else if (Math.hypot(event.clientX - this.pressed?.clientX, event.clientY - this.pressed?.clientY) < STILL) {
      const { left, top } = this.box.getBoundingClientRect()
      this.choose(this.deck.pickObject({ x: event.clientX - left, y: event.clientY - top, layerIds: ["areas"] })?.object.properties.area_code)
    }
  }

  choose(code) {
    if (code && this.places.kind === "map") this.tell("area", code)
  }

  leave() {
    this.flatten()
    this.heard.abort()
    this.sizes.disconnect()
    all.delete(this)
  }
}
