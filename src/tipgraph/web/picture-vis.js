"use strict";
// The picture of a network by vis-network, as pyvis holds it: for networks that are not large.

/**
 * @typedef {object} Picture
 * @property {(nodes: Set<number>, edges: Set<number>) => void} show  draw exactly these
 * @property {(item: Item|null) => void} select  highlight it and its neighbours
 * @property {(node: number) => void} flyTo
 * @property {() => void} fit
 * @property {() => Promise<Blob>} png
 * @property {() => Map<number, {x: number, y: number}>} places  where the nodes are now
 * @property {((on: boolean) => void)=} physics  only where the renderer has it
 * @property {Promise<void>} ready  resolved at the first stable picture
 */

const [ASIDE, ABOVE] = [75, 55]; // pixels around the whole picture, for names

/** A network drawn by vis-network. @implements {Picture} */
class VisPicture {
  /**
   * @param {HTMLElement} container
   * @param {NetworkData} data
   * @param {(item: Item|null) => void} choose
   */
  constructor(container, data, choose) {
    this.container = container;
    this.data = data;
    this.palette = paletteOf(data);
    this.moving = false;
    this.nodes = new vis.DataSet(data.nodes.map((node) => this.visNode(node)));
    this.edges = new vis.DataSet(data.edges.map((edge) => this.visEdge(edge)));
    this.shown = { nodes: new Set(data.nodes.keys()), edges: new Set(data.edges.keys()) };
    this.near = /** @type {Set<number>} */ (new Set());
    this.names = new NameSheet(data);
    const options = { ...data.options, ...this.colours() };
    this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
    const frame = /** @type {HTMLElement|null} */ (container.querySelector(".vis-network"));
    if (frame) frame.tabIndex = -1; // the container takes the keys
    this.network.on("click", ({ nodes, edges }) => choose(
      nodes.length ? { kind: "node", id: Number(nodes[0]) } : edges.length ? { kind: "edge", id: Number(edges[0]) } : null,
    ));
    this.network.on("beforeDrawing", (context) => this.halo(context));
    this.network.on("afterDrawing", (context) => this.write(context));
    this.network.on("dragging", ({ nodes }) => { if (nodes.length) this.names.forget(); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    this.see(false);
    /** @type {Promise<void>} */
    this.ready = new Promise((resolve) => this.network.once("afterDrawing", () => resolve()));
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
  visNode({ id, group, label, x, y, kind, planned, size }) {
    const node = { id, group, x, y, size, title: `${label}\n${this.data.classes[kind] ?? kind}` };
    if (!planned) return node;
    const hollow = { background: this.palette.ground, border: this.palette.groups[group] };
    return { ...node, color: { ...hollow, highlight: hollow, hover: hollow }, shapeProperties: { borderDashes: [3, 2] } };
  }

  /** @param {NetworkEdge} edge @returns {vis.Item} */
  visEdge({ id, from, to, arrows, width, dashes, smooth, selfReference, color, relation }) {
    const { palette } = this;
    const colour = palette.relations[relation];
    const item = { from, to, arrows, width, dashes, smooth, selfReference,
      color: { color: colour, highlight: palette.accent, hover: palette.accent, opacity: color?.opacity ?? 1, inherit: false } };
    return { id, ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== undefined)) };
  }

  repaint() {
    this.palette = paletteOf(this.data);
    this.network.setOptions(this.colours());
    this.nodes.update(this.data.nodes.filter((node) => node.planned).map((node) => this.visNode(node)));
    this.edges.update(this.data.edges.map((edge) => this.visEdge(edge)));
    this.network.redraw();
  }

  /** @param {Set<number>} nodes @param {Set<number>} edges */
  show(nodes, edges) {
    const before = this.shown;
    this.shown = { nodes, edges };
    this.names.forget();
    this.nodes.update(changes(before.nodes, nodes));
    this.edges.update(changes(before.edges, edges));
  }

  /** @param {Item|null} item */
  select(item) {
    if (!item && !this.near.size) return; // nothing changes, and to draw takes long
    const edge = item?.kind === "edge" ? this.data.edges[item.id] : null;
    this.near = new Set(edge ? [edge.from, edge.to] : item ? this.neighbours(item.id) : []);
    this.names.forget();
    const nodes = item?.kind === "node" ? [item.id] : [];
    this.network.setSelection({ nodes, edges: edge ? [edge.id] : [] }, { highlightEdges: true }); // draws, in a while
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

  /** Light up what is near the chosen item, below it. @param {CanvasRenderingContext2D} context */
  halo(context) {
    if (!this.near.size) return;
    context.fillStyle = this.palette.accent;
    context.globalAlpha = 0.22;
    const around = 7 / this.network.getScale();
    for (const [id, { x, y }] of this.places()) {
      if (!this.near.has(id) || !this.shown.nodes.has(id)) continue;
      context.beginPath();
      context.arc(x, y, (this.data.nodes[id].size ?? 10) + around, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  }

  /** Write the names that there is room for. @param {CanvasRenderingContext2D} context */
  write(context) {
    const scale = this.network.getScale();
    /** @type {Map<number, Spot>} */
    const spots = new Map();
    for (const [id, { x, y }] of this.places()) {
      if (this.shown.nodes.has(id)) spots.set(id, { x: x * scale, y: y * scale, radius: (this.data.nodes[id].size ?? 10) * scale });
    }
    if (this.moving) this.names.forget();
    this.names.choose(scale, spots, this.near);
    this.names.write(context, scale, spots, this.palette);
  }

  /** @param {number} node */
  flyTo(node) {
    this.network.focus(node, { scale: Math.max(this.network.getScale(), this.close()), animation: this.motion() });
  }

  fit() {
    this.see(this.motion());
  }

  /**
   * Bring all that is shown into view, with room for the names at its edges.
   * @param {object|false} animation
   */
  see(animation) {
    const spots = [...this.places()].filter(([id]) => this.shown.nodes.has(id)).map(([, place]) => place);
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    if (!xs.length) return;
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [this.container.clientWidth - 2 * ASIDE, this.container.clientHeight - 2 * ABOVE];
    const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), this.close());
    const position = { x: (left + right) / 2, y: (top + bottom) / 2 };
    this.network.moveTo({ position, scale: Math.max(scale, 0.02), animation });
  }

  /** The scale at which a node and its neighbours are well seen. */
  close() {
    return 11 / (this.data.options.nodes?.size ?? 10);
  }

  motion() {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
    return { duration: 500, easingFunction: "easeInOutQuad" };
  }

  /** @returns {Promise<Blob>} */
  png() {
    const canvas = /** @type {HTMLCanvasElement} */ (this.container.querySelector("canvas"));
    const copy = made("canvas", { width: canvas.width, height: canvas.height });
    const context = /** @type {CanvasRenderingContext2D} */ (copy.getContext("2d"));
    context.fillStyle = this.palette.ground;
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(canvas, 0, 0);
    return new Promise((resolve, reject) => copy.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture")))));
  }

  places() {
    return new Map(Object.entries(this.network.getPositions()).map(([id, place]) => [Number(id), place]));
  }

  /** @param {boolean} on */
  physics(on) {
    this.moving = on;
    this.network.setOptions({ physics: { ...this.data.options.physics, enabled: on } });
    if (on) this.network.startSimulation();
  }
}

/**
 * What is to be hidden or shown to come from some items to others.
 * @param {Set<number>} before @param {Set<number>} after
 * @returns {vis.Item[]}
 */
function changes(before, after) {
  const gone = [...before].filter((id) => !after.has(id)).map((id) => ({ id, hidden: true }));
  const come = [...after].filter((id) => !before.has(id)).map((id) => ({ id, hidden: false }));
  return [...gone, ...come];
}

/**
 * @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose
 * @returns {Picture}
 */
function visPicture(container, data, choose) {
  return new VisPicture(container, data, choose);
}
