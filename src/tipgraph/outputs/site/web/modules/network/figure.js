// The shown network as a figure with title, legend and sources, as SVG or PNG and in print.

import { pixelsOf } from "../shared/download.js";
import { NOT_XML, SVG, drawn, tidy } from "../shared/svg.js";
import { wrapped } from "../shared/text.js";
import { bundled } from "./model.js";
import { capital, fillOf, linesOf, shapeMark } from "./glyphs.js";
/** @import { Caption, Depicted, Drawn, Extent, NetworkData, NetworkLine, Palette, Point } from "./types.d.ts" */

export const ADDRESS = "https://w3id.org/tipgraph/";
const NAME_SIZE = 10; // units
const CLUSTERS_WIDE = 1600; // pixels, as which a picture with closed clusters is looked at
const NARROWEST = 640; // units, so that the caption has room
const MOST_OF_PNG = 60e6; // pixels

/**
 * A drawn network as pieces of SVG. Lines are wider where clusters are closed, since that picture is seen from farther off.
 * @param {Drawn} drawn @param {Map<number, Point>} places @param {Palette} palette
 * @returns {Depicted}
 */
export function depicted({ data: { nodes, edges, options }, nodes: shownNodes, edges: shownEdges, held }, places, palette) {
  const at = (/** @type {number} */ id) => places.get(id) ?? nodes[id];
  const extent = extentOf([...shownNodes].map(at));
  const wider = held.size ? Math.max(extent.width / CLUSTERS_WIDE, 1) : 1;
  const [ties, things, names] = ["ties", "things", "names"].map((name) => drawn("g", { id: name }));
  for (const line of bundled(edges, shownEdges)) {
    const { width = options.edges?.width ?? 1.5 } = line;
    ties.append(edgeMark({ ...line, width: wider * width }, at(line.from), at(line.to), nodes[line.to].size ?? 10, palette));
  }
  for (const id of shownNodes) {
    const { group, planned = false, label, below = "", size = 10 } = nodes[id];
    const { x, y } = at(id);
    const style = fillOf(palette.groups[group] ?? palette.quiet, planned, palette.ground);
    things.append(shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x), tidy(y), size, style));
    if (below) things.append(drawn("circle", { cx: tidy(x), cy: tidy(y), r: tidy(0.85 * size), fill: "none", stroke: palette.ground, "stroke-width": tidy(size / 12) }));
    names.append(labelMark([...linesOf(label), ...(below ? [below] : [])], x, y + size, below ? size / 3 : NAME_SIZE, palette));
  }
  return { extent, parts: [ties, things, names] };
}

/** The box around spots and their labels. @param {{x: number, y: number}[]} spots @returns {Extent} */
export function extentOf(spots) {
  if (!spots.length) return { left: 0, top: 0, width: NARROWEST, height: 100 };
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, right] = [Math.min(...xs) - 90, Math.max(...xs) + 90];
  const [top, bottom] = [Math.min(...ys) - 40, Math.max(...ys) + 80];
  const aside = Math.max(NARROWEST - (right - left), 0) / 2;
  return { left: left - aside, top, width: right - left + 2 * aside, height: bottom - top };
}

/** A picture that is painted already. @param {HTMLCanvasElement} canvas @returns {Depicted} */
export function photographed(canvas) {
  const [width, height] = [canvas.width / 2, canvas.height / 2];
  const image = drawn("image", { href: canvas.toDataURL(), width, height });
  return { extent: { left: 0, top: 0, width, height }, parts: [image] };
}

/** A picture with its title, legend and caption. @param {NetworkData} data @param {Depicted} picture @param {Palette} palette @param {Caption} caption */
export function figureOf(data, { extent, parts }, palette, { title, lines }) {
  const { left, top, width, height } = extent;
  const size = Math.max(13, width / 90);
  const row = 1.7 * size;
  const above = title ? 2 * row : 0;
  const [x, end] = [left + size, left + width - size];
  const below = legendRows(data, palette, x, end, size);
  const caption = lines.filter(Boolean).flatMap((line) => wrapped(line, (width - 2 * size) / (0.55 * size)));
  const all = [tidy(left), tidy(top - above), tidy(width), tidy(height + above + (below.length + caption.length + 1) * row)];
  const svg = drawn("svg", { xmlns: SVG, viewBox: all.join(" "), width: all[2], height: all[3], "font-family": "sans-serif", "font-size": 13 });
  svg.append(drawn("title", {}, title || data.title), drawn("rect", { x: all[0], y: all[1], width: all[2], height: all[3], fill: palette.ground }), ...parts);
  const notes = drawn("g", { id: "caption", "font-size": tidy(size), fill: palette.ink });
  if (title) notes.append(textMark(title, x, top - above + 1.3 * row, { "font-size": tidy(1.5 * size), "font-weight": "bold" }));
  below.forEach((marks, number) =>
    notes.append(drawn("g", { transform: `translate(0 ${tidy(top + height + (number + 0.8) * row)})` }, ...marks)));
  caption.forEach((line, number) => notes.append(textMark(line, x, top + height + (below.length + number + 0.9) * row, { fill: palette.quiet })));
  svg.append(notes);
  return svg;
}

/** The rows of the legend: groups, then relations. @param {NetworkData} data @param {Palette} palette @param {number} left @param {number} right @param {number} size */
function legendRows({ groups, relations, options, renderer }, palette, left, right, size) {
  const things = Object.entries(groups).map(([group, label]) => ({
    label: capital(label),
    mark: (/** @type {number} */ x) => shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x + size), tidy(-0.35 * size), tidy(0.45 * size), { fill: palette.groups[group] }),
  }));
  const ties = renderer !== "vis" ? [] : Object.entries(relations).map(([relation, label]) => ({
    label,
    mark: (/** @type {number} */ x) => drawn("path", { d: `M${tidy(x)} ${tidy(-0.35 * size)}h${tidy(1.6 * size)}`, stroke: palette.relations[relation], "stroke-width": tidy(size / 5) }),
  }));
  return [...inRows(things, left, right, size), ...inRows(ties, left, right, size)];
}

/** Marks beside their labels, in rows. @param {{label: string, mark: (x: number) => Node}[]} items @param {number} left @param {number} right @param {number} size */
function inRows(items, left, right, size) {
  const rows = /** @type {Node[][]} */ ([]);
  let x = Infinity;
  for (const { label, mark } of items) {
    const width = size * (3.4 + 0.55 * label.length);
    if (x + width > right) {
      rows.push([]);
      x = left;
    }
    rows[rows.length - 1].push(mark(x), textMark(label, x + 2 * size, 0));
    x += width;
  }
  return rows;
}

/** @param {string} text @param {number} x @param {number} y @param {Record<string, string|number>} style */
function textMark(text, x, y, style = {}) {
  return drawn("text", { x: tidy(x), y: tidy(y), ...style }, text.replace(NOT_XML, "\uFFFD"));
}

/** @param {Element} svg */
export const svgText = (svg) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;

/** A poster as PNG, each unit two pixels wide where that is not too large. @param {Element} svg @returns {Promise<Blob>} */
export function pngOf(svg) {
  const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
  const scale = Math.min(2, Math.sqrt(MOST_OF_PNG / (width * height)));
  const file = new Blob([svgText(svg)], { type: "image/svg+xml" });
  return pixelsOf(file, Math.round(width * scale), Math.round(height * scale));
}

/**
 * An edge as SVG: bent, dashed and translucent as in the picture.
 * @param {NetworkLine & {width: number}} edge @param {Point} start @param {Point} end @param {number} radius  of the node where it ends
 * @param {Palette} palette
 */
function edgeMark(edge, start, end, radius, palette) {
  const colour = palette.relations[edge.relation] ?? palette.quiet;
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -1 : 1) : 0;
  const via = { x: start.x + dx / 2 + dy * bend, y: start.y + dy / 2 - dx * bend };
  const { width } = edge;
  const path = edge.from === edge.to
    ? `M${tidy(start.x)} ${tidy(start.y)}a${edge.selfReference?.size ?? 16} ${edge.selfReference?.size ?? 16} 0 1 1 0.1 0`
    : `M${tidy(start.x)} ${tidy(start.y)}Q${tidy(via.x)} ${tidy(via.y)} ${tidy(end.x)} ${tidy(end.y)}`;
  const line = drawn("path", { d: path, fill: "none", stroke: colour, "stroke-width": width,
    ...(edge.dashes ? { "stroke-dasharray": edge.dashes.join(" ") } : {}) });
  const mark = drawn("g", { opacity: edge.color?.opacity ?? 1 }, line);
  if (edge.count > 1) {
    mark.append(drawn("text", { x: tidy((start.x + 2 * via.x + end.x) / 4), y: tidy((start.y + 2 * via.y + end.y) / 4 - 3), "font-size": 9, "text-anchor": "middle", fill: palette.ink }, String(edge.count)));
  }
  const length = Math.hypot(end.x - via.x, end.y - via.y);
  if (edge.arrows && length) {
    const [ux, uy] = [(end.x - via.x) / length, (end.y - via.y) / length];
    const [size, along] = [6 + 2 * width, Math.hypot(dx, dy) || 1];
    mark.append(headMark(end.x - ux * (radius + 3), end.y - uy * (radius + 3), ux, uy, size, colour));
    if (edge.from !== edge.to) { // a name may hide the head at the end
      const [x, y] = [(start.x + 2 * via.x + end.x) / 4, (start.y + 2 * via.y + end.y) / 4];
      mark.append(headMark(x + dx / along * size / 2, y + dy / along * size / 2, dx / along, dy / along, size, colour));
    }
  }
  return mark;
}

/** The head of an arrow by its tip and direction. @param {number} x @param {number} y @param {number} ux @param {number} uy @param {number} size @param {string} fill */
function headMark(x, y, ux, uy, size, fill) {
  const side = (/** @type {number} */ way) => `${tidy(x - ux * size - uy * size * 0.45 * way)},${tidy(y - uy * size + ux * size * 0.45 * way)}`;
  return drawn("polygon", { points: `${tidy(x)},${tidy(y)} ${side(1)} ${side(-1)}`, fill });
}

/** The lines of a label below its node. @param {string[]} lines @param {number} x @param {number} y @param {number} size  of its letters @param {Palette} palette */
function labelMark(lines, x, y, size, palette) {
  const text = drawn("text", { x: tidy(x), y: tidy(y + 1.2 * size), "text-anchor": "middle", fill: palette.ink, "font-size": tidy(size),
    stroke: palette.ground, "stroke-width": tidy(size / 4), "paint-order": "stroke", "stroke-linejoin": "round" });
  text.append(...lines.map((line, number) => drawn("tspan", { x: tidy(x), dy: number ? tidy(1.15 * size) : 0 }, line.replace(NOT_XML, "\uFFFD"))));
  return text;
}
