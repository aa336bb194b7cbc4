// The picture of a network too large for vis-network. It is painted out of sight on sheets larger than the view, in slices
// of a few milliseconds. A finished sheet is only moved and scaled during panning and zooming, which the browser does
// alone. The chosen item lies on a second sheet, so that a choice repaints little and dims the rest.

import { followPointers, placeIn } from "../shared/pointers.js";
import { Buffer, around, blank } from "./buffer.js";
import { FLIGHT, boxIn, cameraAt, cameraOn } from "./camera.js";
import { Columns } from "./columns.js";
import { paletteOf } from "./glyphs.js";
import { boxOf } from "./grid.js";
import { painting } from "./strokes.js";
/** @import { Camera, Flight, Item, NetworkData, Part, Picture, Sight, View } from "./types.d.ts" */

const SLICE = 10; // milliseconds of painting in a frame while the picture moves
const LONG_SLICE = 40; // and while it rests
const SETTLED = 140; // milliseconds without a movement
const [ASIDE, ABOVE] = [70, 44]; // pixels around the whole picture, for names
const NEAR = 60; // pixels between neighbours where one wants to read
const DIMMED = "0.12";
const REACH = { mouse: 4, touch: 12 }; // pixels that a hand may miss an item by
const TURN = 0.3; // the zoom of one turn of the wheel at most
const FIGURE = 1600; // pixels, the width of the picture in files and in print

/** A network on a canvas. @implements {Picture} */
export class CanvasPicture {
  /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item | null) => void} choose */
  constructor(container, data, choose) {
    this.container = container;
    this.data = data;
    this.choose = choose;
    this.drawing = new Columns(data);
    this.shown = /** @type {Part} */ ({ nodes: new Uint8Array(data.nodes.length).fill(1), edges: new Uint8Array(data.edges.length).fill(1) });
    this.kept = new Set(data.edges.keys()); // the shown edges, of which some are one line
    this.sight = /** @type {Sight} */ ({ nodes: new Uint32Array(), edges: new Uint32Array(), names: [] }); // what is on the last sheet
    this.selected = /** @type {Item|null} */ (null);
    this.palette = paletteOf(data);
    this.holder = container.appendChild(document.createElement("div"));
    Object.assign(this.holder.style, { position: "relative", overflow: "hidden", width: "100%", height: "100%" });
    this.holder.style.touchAction = "none"; // fingers move the picture, not the page
    this.buffers = { all: new Buffer(this.holder), chosen: new Buffer(this.holder) };
    this.camera = /** @type {Camera} */ ({ x: 0, y: 0, scale: 1 });
    this.flight = /** @type {Flight|null} */ (null);
    this.width = this.height = 0;
    this.moved = -Infinity;
    this.fitted = true;
    this.awake = this.outdated = false;
    this.settling = 0;
    this.isReady = () => {};
    this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => { this.isReady = resolve; }));
    this.listen();
    this.resize();
  }

  listen() {
    new ResizeObserver(() => this.resize()).observe(this.holder);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      this.palette = paletteOf(this.data);
      this.repaint();
    });
    const { holder } = this;
    followPointers(holder, {
      pan: (dx, dy) => this.pan(dx, dy),
      zoom: (factor, x, y) => this.zoom(factor, x, y),
      tap: (event) => this.choose(this.hit(event, event.pointerType === "mouse" ? REACH.mouse : REACH.touch)),
    });
    holder.addEventListener("pointermove", (event) => { if (!event.buttons) this.hover(this.hit(event, REACH.mouse)); });
    holder.addEventListener("pointerleave", () => this.hover(null));
    holder.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return; // then the wheel scrolls the page; a pinch on a touchpad comes with Ctrl
      event.preventDefault();
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const { x, y } = placeIn(holder, event);
      this.zoom(Math.exp(Math.min(Math.max(-event.deltaY * lines * 0.01, -TURN), TURN)), x, y);
    }, { passive: false });
  }

  /** Take the size of the container; the picture stays fitted until somebody moves it. */
  resize() {
    const { clientWidth, clientHeight } = this.holder;
    if (!clientWidth || !clientHeight || (clientWidth === this.width && clientHeight === this.height)) return;
    this.width = clientWidth;
    this.height = clientHeight;
    if (this.fitted) this.camera = this.whole();
    this.repaint();
  }

  /** Return the view of a camera. @param {Camera} camera @returns {View} */
  view(camera) {
    return { ...camera, width: this.width, height: this.height, ratio: devicePixelRatio };
  }

  /** Return the camera that sees all that is shown. @param {number} width @param {number} height */
  whole(width = this.width, height = this.height) {
    return this.cameraOn([...this.shown.nodes.keys()].filter((node) => this.shown.nodes[node]), width, height);
  }

  /** Return the camera that sees some nodes. @param {Iterable<number>} nodes @param {number} width @param {number} height */
  cameraOn(nodes, width = this.width, height = this.height) {
    const { xs, ys, spacing } = this.drawing;
    return cameraOn(boxOf(xs, ys, nodes), width - 2 * Math.min(ASIDE, 0.1 * width), height - 2 * Math.min(ABOVE, 0.12 * height), NEAR / spacing);
  }

  /** @param {Set<number>} nodes @param {Set<number>} edges @param {NetworkData} data */
  show(nodes, edges, data) {
    if (data !== this.data) {
      this.data = data;
      this.drawing = new Columns(data);
    }
    this.kept = edges;
    const lines = new Set([...edges].map((id) => data.edges[id].bundle ?? id));
    this.shown = {
      nodes: Uint8Array.from(data.nodes, ({ id }) => Number(nodes.has(id))),
      edges: Uint8Array.from(data.edges, ({ id }) => Number(lines.has(id))),
    };
    if (this.fitted && this.width) this.camera = this.whole();
    this.repaint();
  }

  /** @param {Item | null} item */
  select(item) {
    this.selected = item;
    this.buffers.chosen.drop();
    this.buffers.all.fade(item ? DIMMED : "1");
    this.beginChosen();
    this.wake();
  }

  /** Return the selected item with its neighbours. */
  chosen() {
    const { drawing, shown, selected } = this;
    const chosen = { nodes: new Uint8Array(shown.nodes.length), edges: new Uint8Array(shown.edges.length) };
    if (!selected) return chosen;
    if (selected.kind === "node") chosen.nodes[selected.id] = 1;
    const line = selected.kind === "edge" ? this.data.edges[selected.id].bundle ?? selected.id : -1;
    for (let edge = 0; edge < shown.edges.length; edge++) {
      const [a, b] = [drawing.from[edge], drawing.to[edge]];
      const touches = selected.kind === "edge" ? edge === line : a === selected.id || b === selected.id;
      if (shown.edges[edge] && touches) chosen.edges[edge] = chosen.nodes[a] = chosen.nodes[b] = 1;
    }
    return chosen;
  }

  /** @param {number} node */
  flyTo(node) {
    const scale = Math.max(this.camera.scale, NEAR / this.drawing.spacing);
    this.fly({ x: this.drawing.xs[node], y: this.drawing.ys[node], scale });
  }

  /** @param {Iterable<number>} nodes */
  see(nodes) {
    this.fly(this.cameraOn(nodes));
  }

  places() {
    return new Map(this.data.nodes.map(({ id, x, y }) => [id, { x, y }]));
  }

  fit() {
    this.fly(this.whole());
    this.fitted = true;
  }

  /** Go to a camera, at once for those who want less motion. @param {Camera} to */
  fly(to) {
    this.fitted = false;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.flight = { from: this.camera, to, begun: performance.now() - (still ? FLIGHT : 0) };
    this.wake();
  }

  /** Move what is seen by pixels. @param {number} dx @param {number} dy */
  pan(dx, dy) {
    const { x, y, scale } = this.camera;
    this.move({ x: x - dx / scale, y: y - dy / scale, scale });
  }

  /** Zoom around a point of the container, or its middle. @param {number} factor @param {number} x @param {number} y */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const { camera, drawing } = this;
    const scale = Math.min(Math.max(camera.scale * factor, 1 / drawing.spacing), 5 * NEAR / drawing.spacing);
    const [px, py] = this.inPlane(x, y);
    const kept = camera.scale / scale;
    this.move({ x: px + (camera.x - px) * kept, y: py + (camera.y - py) * kept, scale });
  }

  /** @param {Camera} camera */
  move(camera) {
    this.camera = camera;
    this.flight = null;
    this.fitted = false;
    this.moved = performance.now();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.wake(), SETTLED);
    this.wake();
  }

  /** Return the point of the plane under a point of the container. @param {number} x @param {number} y @returns {[number, number]} */
  inPlane(x, y) {
    const { camera, width, height } = this;
    return [camera.x + (x - width / 2) / camera.scale, camera.y + (y - height / 2) / camera.scale];
  }

  /** Paint anew what is shown, as soon as there is a frame. */
  repaint() {
    this.outdated = true;
    this.wake();
  }

  /** Begin a sheet for where the camera is, or flies to; and one for what is chosen, on it. */
  begin() {
    this.outdated = false;
    const view = around(this.view(this.goal()));
    const sight = this.drawing.seen(this.shown, view);
    this.sight = sight;
    this.buffers.all.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette));
    this.beginChosen(view);
  }

  beginChosen(view = around(this.view(this.goal()))) {
    if (!this.selected) return;
    const sight = this.drawing.seen(this.chosen(), view);
    this.buffers.chosen.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette, true));
  }

  goal() {
    return this.flight?.to ?? this.camera;
  }

  wake() {
    if (this.awake) return;
    this.awake = true;
    requestAnimationFrame((now) => this.frame(now));
  }

  /** Paint for the time of one frame. @param {number} now */
  frame(now) {
    this.awake = false;
    if (!this.width) return;
    this.advance(now);
    const moving = now - this.moved < SETTLED;
    if (this.outdated || this.stale(moving)) this.begin();
    const painted = this.work(performance.now() + (moving || this.flight ? SLICE : LONG_SLICE));
    const view = this.view(this.camera);
    for (const buffer of [this.buffers.all, this.buffers.chosen]) buffer.place(view);
    if (!painted || this.flight) this.wake();
  }

  /** @param {number} now */
  advance(now) {
    if (!this.flight) return;
    this.camera = cameraAt(this.flight, now);
    if (this.camera === this.flight.to) this.flight = null;
  }

  /** Paint until a moment, the chosen item first; return whether all is painted. Sheets of a flight are shown at its end. @param {number} until */
  work(until) {
    const { all, chosen } = this.buffers;
    const painted = chosen.work(until) && all.work(until);
    if (painted && !this.flight) {
      for (const buffer of [all, chosen]) buffer.turn();
      this.isReady();
    }
    return painted;
  }

  /** Whether the last sheet is too small or of another scale; during a movement a begun sheet is finished first. @param {boolean} moving */
  stale(moving) {
    const { next, seen } = this.buffers.all;
    const sheet = (next ?? seen)?.view;
    if (!sheet) return true;
    if (next && moving) return false;
    const goal = this.goal();
    if (Math.abs(Math.log(goal.scale / sheet.scale)) > (moving ? 0.5 : 0.001)) return true;
    const [wanted, held, { box }] = [boxIn(this.view(goal), 0.15 * this.width), boxIn(sheet), this.drawing.grid];
    return (
      Math.max(wanted.left, box.left) < held.left || Math.min(wanted.right, box.right) > held.right ||
      Math.max(wanted.top, box.top) < held.top || Math.min(wanted.bottom, box.bottom) > held.bottom
    );
  }

  /** The item under a pointer, a node before an edge. @param {MouseEvent} event @param {number} reach  in pixels @returns {Item|null} */
  hit(event, reach) {
    const { x, y } = placeIn(this.holder, event);
    const [px, py] = this.inPlane(x, y);
    const at = { x: px, y: py, scale: this.camera.scale };
    const node = this.drawing.nodeNear(this.shown, at, reach);
    if (node >= 0) return { kind: "node", id: node };
    const edge = this.drawing.edgeNear(this.sight.edges, at, reach);
    if (edge < 0) return null;
    const shown = this.kept.has(edge) ? edge : [...this.kept].find((id) => this.data.edges[id].bundle === edge);
    return { kind: "edge", id: shown ?? edge };
  }

  /** Show that what lies under the mouse can be chosen, and what a node is called whose label had no room. @param {Item | null} item */
  hover(item) {
    this.holder.style.cursor = item ? "pointer" : "";
    const { label = "", below = "" } = item?.kind === "node" ? this.data.nodes[item.id] : {};
    this.holder.title = [label, below].filter(Boolean).join("\n");
  }

  /** Paint all that is shown once more, at once, on the ground of the page: as large as is good to look at. */
  painted() {
    const box = this.drawing.grid.box;
    const height = Math.round(Math.min(Math.max(FIGURE * (box.bottom - box.top) / (box.right - box.left), FIGURE / 3), FIGURE));
    const view = { ...this.whole(FIGURE, height), width: FIGURE, height, ratio: 2 };
    const { canvas, ctx } = blank(view);
    ctx.fillStyle = this.palette.ground;
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    for (const lit of this.selected ? [false, true] : [false]) {
      const sheet = blank(view);
      const sight = this.drawing.seen(lit ? this.chosen() : this.shown, view);
      for (const _ of painting(sheet.ctx, this.drawing, view, sight, this.palette, lit));
      ctx.globalAlpha = this.selected && !lit ? Number(DIMMED) : 1;
      ctx.drawImage(sheet.canvas, 0, 0);
    }
    return canvas;
  }
}
