// The picture of a network by vis-network, up to some thousands of nodes.

import { made } from "../shared/elements.js";
import { paletteOf } from "./glyphs.js";
import { NameSheet } from "./labels.js";
import { bundled } from "./model.js";
/** @import { Count, Frame, Item, NetworkData, NetworkLine, NetworkNode, Picture, Point, Spot } from "./types.d.ts" */

const [ASIDE, ABOVE] = [58, 36]; // pixels around the whole picture, for names
const SMALLEST = 5.5; // pixels, the radius that a node should have from afar
const LARGEST_NODE = 30; // units, that it gets for it at most: else neighbours lie over each other
const DIMMED = 0.12; // opacity of what is neither chosen nor its neighbour
const NODE_REACH = { mouse: 3, touch: 16 }; // pixels that a hand may miss a node by

/** A network drawn by vis-network. @implements {Picture} */
export class VisPicture {
  /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose */
  constructor(container, data, choose) {
    this.container = container;
    this.data = data;
    this.palette = paletteOf(data);
    this.shown = { nodes: new Set(data.nodes.keys()), edges: new Set(data.edges.keys()) };
    this.near = /** @type {Set<number>} */ (new Set());
    this.item = /** @type {Item|null} */ (null);
    this.lines = bundled(data.edges, this.shown.edges);
    this.usual = Number(data.options.nodes?.size ?? 10);
    this.line = Number(data.options.edges?.width ?? 1.5);
    this.sight = sightOf(data.nodes, container, this.close());
    this.fitted = true; // until somebody moves it
    this.grown = this.growth(this.sight.scale);
    this.names = new NameSheet(data);
    this.nodes = new vis.DataSet(data.nodes.map((node) => this.visNode(node)));
    this.edges = new vis.DataSet(this.lines.map((line) => this.visEdge(line)));
    const options = { ...data.options, ...this.colours() };
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
    const frame = /** @type {HTMLElement|null} */ (container.querySelector(".vis-network"));
    if (frame) frame.tabIndex = -1; // the container takes the keys
    this.tip = container.appendChild(made("div", { class: "tip", hidden: true }));
    this.listen(choose);
    this.network.on("afterDrawing", (context) => this.write(context));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    this.see(false);
    this.ready = /** @type {Promise<void>} */ (new Promise((resolve) => this.network.once("afterDrawing", () => resolve())));
  }

  /** @param {(item: Item|null) => void} choose */
  listen(choose) {
    const { network, container } = this;
    network.on("click", (clicked) => choose(this.hit(clicked)));
    network.on("dragging", ({ nodes }) => { if (nodes.length) this.names.forget(); });
    network.on("dragStart", () => { this.tip.hidden = true; this.fitted = false; });
    network.on("zoom", () => { this.tip.hidden = true; this.fitted = false; this.grow(network.getScale()); });
    network.on("resize", () => { if (this.fitted && container.clientWidth) this.see(false); });
    network.on("hoverNode", ({ node, pointer }) => this.hover(this.data.nodes[Number(node)], pointer.DOM));
    network.on("blurEdge", () => { this.tip.hidden = true; });
    network.on("blurNode", () => { this.tip.hidden = true; });
    container.addEventListener("mouseleave", () => { this.tip.hidden = true; });
    // Without Ctrl or ⌘ the wheel is the page's.
    container.addEventListener("wheel", (event) => { if (!event.ctrlKey && !event.metaKey) event.stopPropagation(); }, { capture: true });
  }

  /** Show the name of a node beside the mouse. @param {NetworkNode} node @param {Point} at */
  hover({ label, kind }, at) {
    this.say(`${label}\n${this.data.classes[kind] ?? kind}`, at);
  }

  /** Show a text beside the mouse. @param {string} text @param {Point} at */
  say(text, { x, y }) {
    this.tip.textContent = text;
    this.tip.hidden = false;
    const { clientWidth, clientHeight } = this.container;
    this.tip.style.left = `${Math.max(Math.min(x + 12, clientWidth - this.tip.offsetWidth - 4), 0)}px`;
    this.tip.style.top = `${Math.max(Math.min(y + 12, clientHeight - this.tip.offsetHeight - 4), 0)}px`;
  }

  /** The clicked item: a node, even if it is narrowly missed, before an edge. @param {vis.Clicked} clicked @returns {Item|null} */
  hit({ nodes, edges, pointer, event }) {
    const node = nodes.length ? Number(nodes[0]) : this.nearest(pointer.canvas, event.pointerType === "touch" ? NODE_REACH.touch : NODE_REACH.mouse);
    if (node !== undefined) return { kind: "node", id: node };
    return edges.length ? { kind: "edge", id: this.lines.find(({ id }) => id === edges[0])?.ids[0] ?? Number(edges[0]) } : null;
  }

  /** The shown node nearest to a point, if one is within some pixels. @param {Point} point @param {number} reach */
  nearest(point, reach) {
    let [found, least] = [/** @type {number|undefined} */ (undefined), reach / this.network.getScale()];
    for (const [id, { x, y }] of this.places()) {
      const away = Math.hypot(x - point.x, y - point.y) - this.radius(id);
      if (this.shown.nodes.has(id) && away <= least) [found, least] = [id, away];
    }
    return found;
  }

  /** The radius of a node in units. @param {number} id */
  radius(id) {
    return (this.data.nodes[id].size ?? this.usual) * this.grown;
  }

  /** How much larger nodes are drawn at a scale, so that they are seen and hit from afar. @param {number} scale */
  growth(scale) {
    return Math.max(Math.min(SMALLEST / (this.usual * scale), LARGEST_NODE / this.usual), 1);
  }

  /** How much wider lines are drawn, so that they are seen from afar. */
  wider() {
    return Math.min(this.grown ** 1.4, 5);
  }

  /** @param {number} scale */
  grow(scale) {
    const grown = this.growth(scale);
    if (Math.abs(Math.log(grown / this.grown)) < 0.1) return;
    this.grown = grown;
    this.names.forget();
    this.nodes.update(this.data.nodes.map(({ id }) => ({ id, size: this.radius(id) })));
    this.edges.update(this.lines.map(({ id, width = this.line }) => ({ id, width: width * this.wider() })));
  }

  /** Colours of the page, light or dark, as options. */
  colours() {
    const { groups, ink, ground, quiet, accent } = this.palette;
    const coloured = Object.entries(groups).map(([group, background]) => {
      const chosen = { background, border: ink };
      return [group, { ...this.data.options.groups?.[group], color: { background, border: ground, highlight: chosen, hover: chosen } }];
    });
    return {
      groups: Object.fromEntries(coloured),
      edges: { ...this.data.options.edges, color: { color: quiet, highlight: accent, hover: accent, inherit: false } },
    };
  }

  /** @param {NetworkNode} node @returns {vis.Item} */
  visNode({ id, group, x, y, planned }) {
    const node = { id, group, x, y, size: this.radius(id) };
    if (!planned) return node;
    const hollow = { background: this.palette.ground, border: this.palette.groups[group] };
    return { ...node, color: { ...hollow, highlight: hollow, hover: hollow } };
  }

  /** A line with its looks now, all of them, for it may have had others. @param {NetworkLine} line @returns {vis.Item} */
  visEdge({ id, from, to, arrows, width = this.line, dashes = /** @type {any} */ (false), smooth, selfReference, color, relation }) {
    const { palette } = this;
    const opacity = (color?.opacity ?? 1) * (this.isLit(id, from, to) ? 1 : DIMMED);
    const item = { id, from, to, width: width * this.wider(), dashes, hidden: false,
      color: { color: palette.relations[relation], highlight: palette.relations[relation], hover: palette.accent, opacity, inherit: false } };
    return { ...item, ...(arrows && { arrows }), ...(smooth && { smooth }), ...(selfReference && { selfReference }) };
  }

  /** Whether a line is chosen or touches the chosen node, or nothing is chosen. @param {number} id @param {number} from @param {number} to */
  isLit(id, from, to) {
    if (!this.item) return true;
    return this.item.kind === "node" ? from === this.item.id || to === this.item.id : id === this.lineOf(this.item.id);
  }

  /** The line of an edge. @param {number} edge */
  lineOf(edge) {
    return this.data.edges[edge].bundle ?? edge;
  }

  repaint() {
    this.palette = paletteOf(this.data);
    this.network.setOptions(this.colours());
    this.nodes.update(this.data.nodes.filter((node) => node.planned).map((node) => this.visNode(node)));
    this.edges.update(this.lines.map((line) => this.visEdge(line)));
    this.network.redraw();
  }

  /** @param {Set<number>} nodes @param {Set<number>} edges */
  show(nodes, edges) {
    const [before, lines] = [this.shown, this.lines];
    this.shown = { nodes, edges };
    const whole = this.data.nodes.length + this.data.edges.length;
    if (before.nodes.size + before.edges.size === whole && nodes.size + edges.size === whole) return; // as it is drawn
    this.lines = bundled(this.data.edges, edges);
    this.names.forget();
    this.nodes.update(changes(before.nodes, nodes));
    const kept = new Set(this.lines.map(({ id }) => id));
    this.edges.update([...lines.filter(({ id }) => !kept.has(id)).map(({ id }) => ({ id, hidden: true })), ...this.lines.map((line) => this.visEdge(line))]);
  }

  /** @param {Item|null} item */
  select(item) {
    if (!item && !this.item) return; // nothing changes, and to draw takes long
    const edge = item?.kind === "edge" ? this.data.edges[item.id] : null;
    this.item = item;
    this.near = new Set(edge ? [edge.from, edge.to] : item ? this.neighbours(item.id) : []);
    this.names.forget();
    this.nodes.update(this.data.nodes.map(({ id }) => ({ id, opacity: !item || this.near.has(id) ? 1 : DIMMED })));
    this.edges.update(this.lines.map((line) => this.visEdge(line)));
    const nodes = item?.kind === "node" ? [item.id] : [];
    this.network.setSelection({ nodes, edges: edge && this.shown.edges.has(edge.id) ? [this.lineOf(edge.id)] : [] }, { highlightEdges: true }); // draws, in a while
  }

  /** A node and those that shown edges tie to it. @param {number} node */
  neighbours(node) {
    const ends = new Set([node]);
    for (const id of this.shown.edges) {
      const { from, to } = this.data.edges[id];
      if (from === node) ends.add(to);
      else if (to === node) ends.add(from);
    }
    return [...ends];
  }

  /** Write the names that there is room for. @param {CanvasRenderingContext2D} context */
  write(context) {
    const scale = this.network.getScale();
    const spots = /** @type {Map<number, Spot>} */ (new Map());
    for (const [id, { x, y }] of this.places()) {
      if (this.shown.nodes.has(id)) spots.set(id, { x: x * scale, y: y * scale, radius: this.radius(id) * scale });
    }
    const counts = this.lines.filter(({ id, count, from, to }) => count > 1 && from !== to && this.isLit(id, from, to)).map((line) => countOf(line, spots));
    this.names.choose(scale, spots, this.near, this.frame(scale), counts);
    this.names.write(context, scale, spots, this.palette);
  }

  /** The frame of the whole picture at its scale, which names must not leave. @param {number} scale @returns {Frame|null} */
  frame(scale) {
    const { position: { x, y }, scale: whole } = this.sight;
    if (Math.abs(scale / whole - 1) > 0.001) return null;
    const [across, down] = [this.container.clientWidth / 2 - 4, this.container.clientHeight / 2 - 4];
    return [x * scale - across, y * scale - down, x * scale + across, y * scale + down];
  }

  /** Bring a node into the middle, and those near the chosen item around it, if the picture then shows more than the whole. @param {number} node */
  flyTo(node) {
    const [places, { clientWidth, clientHeight }] = [this.places(), this.container];
    const { x, y } = places.get(node) ?? this.data.nodes[node];
    const away = [...this.near].map((id) => places.get(id) ?? this.data.nodes[id]).map((spot) => [Math.abs(spot.x - x), Math.abs(spot.y - y)]);
    const [across, down] = [0, 1].map((way) => Math.max(...away.map((off) => off[way]), 1));
    const seen = Math.min((clientWidth / 2 - 1.5 * ASIDE) / across, (clientHeight / 2 - 2 * ABOVE) / down, this.close());
    const scale = Math.max(seen, this.sight.scale);
    this.fitted = false;
    this.grow(scale);
    this.network.focus(node, { scale, animation: this.motion() });
  }

  fit() {
    this.see(this.motion());
  }

  /** Bring all that is shown into view, with room for the names at its edges. @param {object|false} animation */
  see(animation) {
    const spots = [...this.places()].filter(([id]) => this.shown.nodes.has(id)).map(([, place]) => place);
    if (!spots.length) return;
    this.sight = sightOf(spots, this.container, this.close());
    this.fitted = true;
    this.grow(this.sight.scale);
    this.network.moveTo({ ...this.sight, animation });
  }

  /** @param {number} factor */
  zoom(factor) {
    const scale = Math.min(Math.max(this.network.getScale() * factor, 0.02), 5);
    this.fitted = false;
    this.grow(scale);
    this.network.moveTo({ scale, animation: false });
  }

  /** The scale at which a node and its neighbours are well seen. */
  close() {
    return 11 / this.usual;
  }

  motion() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    return { duration: 500, easingFunction: "easeInOutQuad" };
  }

  places() {
    return new Map(Object.entries(this.network.getPositions()).map(([id, place]) => [Number(id), place]));
  }
}

/** The view of all points, with room for names at the edges. @param {Point[]} spots @param {{clientWidth: number, clientHeight: number}} container @param {number} closest  scale */
function sightOf(spots, { clientWidth, clientHeight }, closest) {
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [width, height] = [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];
  const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), closest);
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
}

/** The items to hide and to show. @param {Set<number>} before @param {Set<number>} after @returns {vis.Item[]} */
function changes(before, after) {
  const gone = [...before].filter((id) => !after.has(id)).map((id) => ({ id, hidden: true }));
  const come = [...after].filter((id) => !before.has(id)).map((id) => ({ id, hidden: false }));
  return [...gone, ...come];
}

/** The number of claims of a line, where it is written: at its middle. @param {NetworkLine} line @param {Map<number, Spot>} spots @returns {Count} */
function countOf({ from, to, count, smooth }, spots) {
  const [a, b] = [from, to].map((id) => /** @type {Spot} */ (spots.get(id)));
  const bend = smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) / 2 : 0;
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  return { text: String(count), x: a.x + dx / 2 + dy * bend, y: a.y + dy / 2 - dx * bend, room: Math.hypot(dx, dy) - a.radius - b.radius };
}
