// The strokes of a large network. Each generator yields every few milliseconds, so that the caller can stop for a frame. A few
// edges are drawn with width, dashes, bend and arrow; many edges are drawn as densities.

import { FINE, LOOP } from "./columns.js";
import { paintDensity } from "./density.js";
import { SHAPE_CORNERS } from "./glyphs.js";
import { Room, within } from "./labels.js";
/** @import { Columns } from "./columns.js" @import { EdgeStyle, Frame, Palette, Sight, View } from "./types.d.ts" */

const LABELS = 400;
const LINE = 14; // pixels
const RING = 3; // pixels from the edge of a cluster to its ring
const COUNT_FONT = "600 11px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
const LABEL_FONT = "12px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";

/**
 * Paint a view of a network.
 * @param {CanvasRenderingContext2D} ctx  of an empty sheet @param {Columns} drawing @param {View} view
 * @param {Sight} sight @param {Palette} palette @param {boolean} lit  in the colour of what is chosen
 * @returns {Generator<void>}
 */
export function* painting(ctx, drawing, view, { nodes, edges, names }, palette, lit = false) {
  const strokes = new Strokes(ctx, drawing, view, lit ? { ...palette, quiet: palette.accent } : palette);
  yield* edges.length > FINE ? strokes.density(edges) : strokes.lines(edges);
  if (lit) yield* strokes.halos(nodes);
  yield* strokes.shapes(nodes);
  yield* strokes.clusters(nodes);
  yield* strokes.names(nodes, names);
}

/** Draws nodes and edges for one view with one context. */
class Strokes {
  /** @param {CanvasRenderingContext2D} ctx @param {Columns} drawing @param {View} view @param {Palette} palette */
  constructor(ctx, drawing, view, palette) {
    this.ctx = ctx;
    this.drawing = drawing;
    this.view = view;
    this.palette = palette;
    this.size = Math.min(Math.max((drawing.spacing * view.scale) / 40, 0.4), 1); // of lines and arrows, from afar
    ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
  }

  /** @param {number} x */
  x(x) {
    return (x - this.view.x) * this.view.scale + this.view.width / 2;
  }

  /** @param {number} y */
  y(y) {
    return (y - this.view.y) * this.view.scale + this.view.height / 2;
  }

  /** Draw many edges straight and one device pixel wide. @param {Uint32Array} edges */
  *density(edges) {
    const { drawing, view } = this;
    const { xs, ys, from, to, edgeStyles } = drawing;
    const ends = new Float32Array(4 * edges.length);
    edges.forEach((edge, i) => {
      ends[4 * i] = view.ratio * this.x(xs[from[edge]]);
      ends[4 * i + 1] = view.ratio * this.y(ys[from[edge]]);
      ends[4 * i + 2] = view.ratio * this.x(xs[to[edge]]);
      ends[4 * i + 3] = view.ratio * this.y(ys[to[edge]]);
    });
    const weights = new Float32Array(edges.length);
    edges.forEach((edge, i) => (weights[i] = edgeStyles.styles[edgeStyles.of[edge]].opacity));
    yield* paintDensity(this.ctx, ends, weights, this.palette.quiet, Math.sqrt(FINE / edges.length) / 2);
  }

  /** Draw few edges with all that they show. @param {Uint32Array} edges */
  *lines(edges) {
    const { ctx, drawing, palette } = this;
    ctx.strokeStyle = ctx.fillStyle = palette.quiet;
    const slim = this.size * Math.min(Math.max(Math.sqrt(80 / edges.length), 0.4), 1); // a hub would be drowned in wide ones
    for (const { style, some } of runs(edges, drawing.edgeStyles, 20)) {
      ctx.globalAlpha = style.opacity;
      ctx.lineWidth = Math.max(slim * style.width, 0.8);
      ctx.setLineDash(style.dash.map((length) => this.size * length));
      for (const edge of some) this.line(edge, style);
      yield;
    }
    ctx.globalAlpha = 1;
    ctx.setLineDash([]);
  }

  /** @param {number} edge @param {EdgeStyle} style */
  line(edge, style) {
    const { ctx, drawing } = this;
    const [a, b] = [drawing.from[edge], drawing.to[edge]];
    const [x, y, endX, endY] = [this.x(drawing.xs[a]), this.y(drawing.ys[a]), this.x(drawing.xs[b]), this.y(drawing.ys[b])];
    const via = drawing.via(edge);
    ctx.beginPath();
    ctx.moveTo(x, y);
    if (a === b) ctx.arc(x + LOOP, y, LOOP, Math.PI, 3 * Math.PI);
    else if (drawing.bends[edge]) ctx.quadraticCurveTo(this.x(via.x), this.y(via.y), endX, endY);
    else ctx.lineTo(endX, endY);
    ctx.stroke();
    if (style.arrow && a !== b) this.arrow(b, Math.atan2(endY - this.y(via.y), endX - this.x(via.x)));
  }

  /** Draw the head of an arrow that comes to a node. @param {number} node @param {number} angle */
  arrow(node, angle) {
    const { ctx, drawing, view } = this;
    const size = 6 * this.size + 1.5 * ctx.lineWidth;
    const off = drawing.radius(node, view.scale) + 1;
    const [x, y] = [this.x(drawing.xs[node]) - off * Math.cos(angle), this.y(drawing.ys[node]) - off * Math.sin(angle)];
    ctx.beginPath();
    ctx.moveTo(x, y);
    for (const side of [-0.42, 0.42]) ctx.lineTo(x - size * Math.cos(angle + side), y - size * Math.sin(angle + side));
    ctx.fill();
  }

  /** Light up what lies around nodes. @param {Uint32Array} nodes */
  *halos(nodes) {
    const { ctx, drawing, view, palette } = this;
    ctx.fillStyle = palette.accent;
    ctx.globalAlpha = 0.25;
    for (const { some } of runs(nodes, drawing.nodeStyles, 50)) {
      ctx.beginPath();
      for (const node of some) {
        outline(ctx, "dot", this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale) + 5 * this.size);
      }
      ctx.fill();
      yield;
    }
    ctx.globalAlpha = 1;
  }

  /** Draw nodes, by colour and by shape; planned ones hollow. @param {Uint32Array} nodes */
  *shapes(nodes) {
    const { ctx, drawing, view, palette } = this;
    ctx.lineWidth = 1.5;
    ctx.setLineDash([]);
    for (const { style, some } of runs(nodes, drawing.nodeStyles, 100)) {
      const colour = palette.groups[style.group] ?? palette.quiet;
      ctx.strokeStyle = style.planned ? colour : palette.ground;
      ctx.fillStyle = style.planned ? palette.ground : colour;
      ctx.beginPath();
      for (const node of some) {
        outline(ctx, style.shape, this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale));
      }
      if (style.planned || nodes.length <= FINE) ctx.stroke();
      ctx.fill();
      yield;
    }
  }

  /** Put a ring around each closed cluster, and the number of its entries into it. @param {Uint32Array} nodes */
  *clusters(nodes) {
    const { ctx, drawing, view, palette } = this;
    Object.assign(ctx, { font: COUNT_FONT, textAlign: "center", textBaseline: "middle", lineWidth: 2 });
    for (const node of nodes) {
      if (!drawing.entries[node]) continue;
      const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
      ctx.beginPath();
      ctx.arc(x, y, radius - RING, 0, 2 * Math.PI);
      ctx.strokeStyle = palette.ground;
      ctx.stroke();
      ctx.fillStyle = palette.ground;
      if (ctx.measureText(String(drawing.entries[node])).width < 2 * (radius - RING) - 2) ctx.fillText(String(drawing.entries[node]), x, y);
    }
    yield;
  }

  /** Write the names of nodes where there is room, the best tied first. @param {Uint32Array} nodes @param {Sight["names"]} names  which takes their boxes */
  *names(nodes, names) {
    const { ctx, drawing, view, palette } = this;
    Object.assign(ctx, { font: LABEL_FONT, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3 });
    Object.assign(ctx, { strokeStyle: palette.ground, fillStyle: palette.ink });
    const apart = Math.min(Math.max(200 / (drawing.spacing * view.scale), 2), 30); // from afar only a few
    const [room, solid, frame] = [new Room(), new Room(), /** @type {Frame} */ ([0, 0, view.width, view.height])];
    for (const node of nodes.length > FINE ? [] : nodes) { // among more, a name from afar cannot keep off all of them
      const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
      solid.take([x - radius, y - radius, x + radius, y + radius]);
    }
    const wanted = new Uint8Array(drawing.xs.length);
    for (const node of nodes) wanted[node] = 1;
    let written = 0;
    for (const node of drawing.ranked) {
      if (!wanted[node]) continue;
      const lines = drawing.labels[node].map((line) => shortened(line, drawing.entries[node] ? 22 : 30));
      const [x, y] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]) + drawing.radius(node, view.scale) + 2];
      const [half, high] = [3.2 * Math.max(...lines.map(({ length }) => length)), LINE * lines.length];
      const off = drawing.entries[node] ? 2 : apart;
      const [text, box] = /** @type {Frame[]} */ ([[x - half, y, x + half, y + high], [x - half - off, y - off / 2, x + half + off, y + high + off / 2]]);
      if (!within(box, frame) || !room.free(box) || !solid.free(text)) continue;
      room.take(box);
      names.push({ node, box: text });
      for (const write of [ctx.strokeText, ctx.fillText]) lines.forEach((line, number) => write.call(ctx, line, x, y + LINE * number));
      if (++written === LABELS) return;
      if (written % 20 === 0) yield;
    }
  }
}

/** Cut things that are sorted by style into runs of one style. @template Style @param {Uint32Array} things @param {{styles: Style[], of: Uint16Array}} styled @param {number} most */
function* runs(things, styled, most) {
  for (let begin = 0, end = 0; begin < things.length; begin = end) {
    const style = styled.of[things[begin]];
    while (end < things.length && end - begin < most && styled.of[things[end]] === style) end++;
    yield { style: styled.styles[style], some: things.subarray(begin, end) };
  }
}

/** Add a shape to the path. @param {CanvasRenderingContext2D} ctx @param {string} shape @param {number} x @param {number} y @param {number} radius */
function outline(ctx, shape, x, y, radius) {
  const corners = SHAPE_CORNERS[shape];
  if (radius < 1.6) ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius); // no shape is visible, and a square is faster
  else if (corners) {
    ctx.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
    for (const [dx, dy] of corners) ctx.lineTo(x + dx * radius, y + dy * radius);
    ctx.closePath();
  } else {
    ctx.moveTo(x + radius, y);
    ctx.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

/** @param {string} text @param {number} most  characters */
const shortened = (text, most) => text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
