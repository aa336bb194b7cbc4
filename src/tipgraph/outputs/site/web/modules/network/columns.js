// A large network in flat arrays: places, ends and styles by the ids of nodes and edges, and what lies at a place.

import { boxIn } from "./camera.js";
import { Grid, boxOf } from "./grid.js";
import { bundled, rankedOf } from "./model.js";
/** @import { Box, Camera, EdgeStyle, NetworkData, NetworkEdge, NetworkNode, NodeStyle, Part, Point, Sight, View } from "./types.d.ts" */

export const FINE = 2000; // so many edges take some tenths of a second with all that they show
export const LOOP = 12; // the radius of an edge from a node to itself, in pixels
const CLOSEST = 0.45; // of the distance of the closest clusters, for the radius of both
const LARGEST = 20; // radius of a node, in pixels
const [SMALL_CLUSTER, LARGEST_CLUSTER] = [12, 26]; // radius of a closed cluster, the small one if there is room

/** A network in flat arrays: places, ends, styles, and the orders to draw them in. */
export class Columns {
  /** @param {NetworkData} data */
  constructor(data) {
    const { nodes, options } = data;
    const edges = [...data.edges];
    for (const line of bundled(data.edges, edges.keys())) edges[line.id] = line;
    this.labels = nodes.map(({ short, label, below }) => [short ?? label, ...(below ? [below] : [])]);
    this.entries = nodes.map(({ entries = 0 }) => entries); // in each closed cluster
    this.sizes = new Float32Array(nodes.map(({ size = 0 }) => size)); // of clusters
    this.xs = new Float32Array(nodes.map((node) => node.x));
    this.ys = new Float32Array(nodes.map((node) => node.y));
    this.from = new Uint32Array(edges.map((edge) => edge.from));
    this.to = new Uint32Array(edges.map((edge) => edge.to));
    this.bends = new Float32Array(edges.map(bendOf));
    this.grid = new Grid(this.xs, this.ys);
    this.closest = CLOSEST * closestOf(nodes.filter(({ entries }) => entries));
    this.spacing = this.spaced(data.clusters ?? [[...nodes.keys()]]);
    const degrees = this.degrees();
    this.weights = degrees.map((degree) => 1 + 0.3 * Math.log2(1 + degree));
    this.ranked = rankedOf(data);
    const groups = options.groups ?? {};
    this.nodeStyles = sorted(nodes, (node) => `${node.group} ${node.planned}`, (node) => nodeStyle(node, groups));
    this.edgeStyles = sorted(edges, (edge) => `${edge.width} ${edge.dashes} ${edge.color?.opacity} ${edge.arrows}`, edgeStyle);
  }

  /** How far neighbours are from each other within clusters. @param {number[][]} clusters */
  spaced(clusters) {
    const areas = clusters.map((nodes) => {
      const { left, top, right, bottom } = boxOf(this.xs, this.ys, nodes);
      return (right - left) * (bottom - top);
    });
    const sum = (/** @type {number[]} */ values) => values.reduce((all, value) => all + value, 0);
    return Math.sqrt(sum(areas) / Math.max(sum(clusters.map(({ length }) => length)), 1)) || 1;
  }

  degrees() {
    const degrees = new Float32Array(this.xs.length);
    for (const ends of [this.from, this.to]) for (const node of ends) degrees[node]++;
    return degrees;
  }

  /** Return the radius of a node in CSS pixels. @param {number} node @param {number} scale */
  radius(node, scale) {
    if (this.sizes[node]) return Math.min(Math.max(this.sizes[node] * scale, Math.min(this.closest * scale, SMALL_CLUSTER)), LARGEST_CLUSTER);
    return Math.min(this.weights[node] * Math.min(Math.max(0.13 * this.spacing * scale, 0.75), 6), LARGEST);
  }

  /** Return the point that an edge bends towards, in the plane. @param {number} edge */
  via(edge) {
    const { xs, ys } = this;
    const a = this.from[edge], b = this.to[edge], bend = this.bends[edge];
    const dx = xs[b] - xs[a], dy = ys[b] - ys[a];
    return { x: xs[a] + dx / 2 + dy * bend, y: ys[a] + dy / 2 - dx * bend };
  }

  /** Return how far a point of the plane is from an edge as it is drawn, in the plane. @param {number} edge @param {Camera} at */
  away(edge, { x, y, scale }) {
    const a = this.from[edge], b = this.to[edge];
    const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
    if (a === b) return Math.abs(Math.hypot(ax + LOOP / scale - x, ay - y) - LOOP / scale);
    if (!this.bends[edge]) return fromLine(x, y, ax, ay, bx, by);
    const via = this.via(edge);
    let nearest = Infinity, lastX = ax, lastY = ay;
    for (let t = 0.125; t <= 1; t += 0.125) {
      const nextX = (1 - t) * ((1 - t) * ax + 2 * t * via.x) + t * t * bx;
      const nextY = (1 - t) * ((1 - t) * ay + 2 * t * via.y) + t * t * by;
      nearest = Math.min(nearest, fromLine(x, y, lastX, lastY, nextX, nextY));
      lastX = nextX;
      lastY = nextY;
    }
    return nearest;
  }

  /** The nodes and edges of a part that a view shows. From near, many edges that only pass through are left out. @param {Part} part @param {View} view @returns {Sight} */
  seen(part, view) {
    const { from, to } = this;
    const box = boxIn(view, 40);
    const inside = new Uint8Array(this.xs.length);
    this.grid.within(box, (node) => (inside[node] = part.nodes[node]));
    const ends = (/** @type {number} */ edge) => inside[from[edge]] || inside[to[edge]];
    const edges = this.edgeStyles.order.filter((edge) => part.edges[edge] && (ends(edge) || this.passes(edge, box)));
    const nodes = this.nodeStyles.order.filter((node) => inside[node]);
    return { nodes, edges: edges.length > FINE ? edges.filter(ends) : edges, names: [] };
  }

  /** Whether an edge may pass through a box: its ends are not on one side of it. @param {number} edge @param {Box} box */
  passes(edge, { left, top, right, bottom }) {
    const a = this.from[edge], b = this.to[edge];
    const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
    return !((ax < left && bx < left) || (ax > right && bx > right) || (ay < top && by < top) || (ay > bottom && by > bottom));
  }

  /** The node nearest to a point, or -1; `reach` is in pixels around its shape. @param {Part} part @param {Camera} at @param {number} reach */
  nodeNear(part, { x, y, scale }, reach) {
    let found = -1, nearest = Infinity;
    const far = (LARGEST_CLUSTER + reach) / scale;
    this.grid.within({ left: x - far, right: x + far, top: y - far, bottom: y + far }, (node) => {
      const away = Math.hypot(this.xs[node] - x, this.ys[node] - y) * scale - this.radius(node, scale);
      if (part.nodes[node] && away <= reach && away < nearest) [found, nearest] = [node, away];
    });
    return found;
  }

  /** The edge nearest to a point within reach, or -1. It looks at all edges: 40,000 take two milliseconds. @param {Uint32Array} edges @param {Camera} at @param {number} reach */
  edgeNear(edges, at, reach) {
    let found = -1, nearest = reach / at.scale;
    for (const edge of edges) {
      const away = this.mayReach(edge, at, nearest) ? this.away(edge, at) : Infinity;
      if (away >= nearest) continue;
      found = edge;
      nearest = away;
    }
    return found;
  }

  /** Whether a point is within the box around an edge. @param {number} edge @param {Camera} at @param {number} near */
  mayReach(edge, { x, y, scale }, near) {
    const a = this.from[edge], b = this.to[edge];
    const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
    const bent = Math.abs(this.bends[edge]) * (Math.abs(ax - bx) + Math.abs(ay - by));
    const slack = near + (a === b ? (2 * LOOP) / scale : bent);
    return x > Math.min(ax, bx) - slack && x < Math.max(ax, bx) + slack && y > Math.min(ay, by) - slack && y < Math.max(ay, by) + slack;
  }
}

/**
 * Sort things by style, so that each style is set once. `of` is the style of each thing; `order` holds the things by
 * style.
 * @template Thing, Style @param {Thing[]} things @param {(thing: Thing) => string} keyOf  what tells styles apart
 * @param {(thing: Thing) => Style} styleOf
 */
function sorted(things, keyOf, styleOf) {
  const alike = /** @type {Map<string, number[]>} */ (new Map());
  things.forEach((thing, number) => {
    const key = keyOf(thing);
    const others = alike.get(key);
    if (others) others.push(number);
    else alike.set(key, [number]);
  });
  const of = new Uint16Array(things.length);
  const sets = [...alike.values()];
  sets.forEach((set, style) => set.forEach((thing) => (of[thing] = style)));
  return { of, order: Uint32Array.from(sets.flat()), styles: sets.map(([first]) => styleOf(things[first])) };
}

/** @param {NetworkNode} node @param {Record<string, {shape: string}>} groups @returns {NodeStyle} */
const nodeStyle = ({ group, planned = false }, groups) => ({ group, shape: groups[group]?.shape ?? "dot", planned });

/** @param {NetworkEdge} edge @returns {EdgeStyle} */
function edgeStyle({ dashes = [], width = 1.5, color, arrows }) {
  return { dash: dashes, width, opacity: color?.opacity ?? 1, arrow: Boolean(arrows) };
}

/** The distance of the two closest of some points. @param {Point[]} points */
const closestOf = (points) => Math.min(...points.flatMap((one, at) => points.slice(at + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));

/** @param {NetworkEdge} edge */
const bendOf = ({ smooth }) => smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) : 0;

/** The distance of a point from a line. @param {number} x @param {number} y @param {number} ax @param {number} ay @param {number} bx @param {number} by */
function fromLine(x, y, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay;
  const part = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
  const offX = ax + part * dx - x, offY = ay + part * dy - y;
  return Math.sqrt(offX * offX + offY * offY);
}
