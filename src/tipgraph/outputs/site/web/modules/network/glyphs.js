// The marks of nodes and edges in legends and panels, the colours of the picture, and labels in lines.

import { drawn, tidy } from "../shared/svg.js";
import { wrapped } from "../shared/text.js";
/** @import { Labels } from "../shared/types.d.ts" @import { NetworkData, Palette } from "./types.d.ts" */

/** Corners of each shape that is no circle, around the origin, for a radius of one. */
export const SHAPE_CORNERS = /** @type {Record<string, [number, number][]>} */ ({
  square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
  triangle: [[0, -1.1], [1.1, 0.8], [-1.1, 0.8]],
  diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
  hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]],
});

/** The colours of groups and relations: as the style sheet has them now, or as its variables. @param {NetworkData} data @param {boolean} [following]  as variables @returns {Palette} */
export function paletteOf(data, following = false) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => (following ? `var(${name})` : style.getPropertyValue(name).trim());
  const named = (/** @type {string} */ group) => `--${group.toLowerCase()}`;
  // A group that a project adds has no colour of its own.
  const colourOf = (/** @type {string} */ group) => (style.getPropertyValue(named(group)) ? named(group) : "--quiet");
  return {
    ink: colour("--ink"), quiet: colour("--quiet"), ground: colour("--paper"), accent: colour("--accent"),
    groups: Object.fromEntries(Object.keys(data.groups).map((group) => [group, colour(colourOf(group))])),
    relations: Object.fromEntries(Object.keys(data.relations).map((relation) => [relation, colour(familyOf(data, relation, "--link-") || "--quiet")])),
  };
}

/** The shape of a node. @param {string} shape @param {number} x @param {number} y @param {number} radius @param {Record<string, string|number>} style */
export function shapeMark(shape, x, y, radius, style) {
  const corners = SHAPE_CORNERS[shape];
  if (!corners) return drawn("circle", { cx: x, cy: y, r: radius, ...style });
  const points = corners.map(([dx, dy]) => `${tidy(x + dx * radius)},${tidy(y + dy * radius)}`).join(" ");
  return drawn("polygon", { points, ...style });
}

/** The fill of a node; a planned one is hollow. @param {string} colour @param {boolean} planned @param {string} ground @returns {Record<string, string|number>} */
export function fillOf(colour, planned, ground) {
  if (!planned) return { fill: colour, stroke: colour, "stroke-width": 1.5 };
  return { fill: ground, stroke: colour, "stroke-width": 2 };
}

/** The mark of a group in a legend; its colour follows the style sheet by its class. @param {NetworkData} data @param {string} group */
export function groupMark(data, group) {
  const shape = data.options.groups?.[group]?.shape ?? "dot";
  const mark = shapeMark(shape, 8, 8, 5.5, {});
  return drawn("svg", { class: `mark group-${group}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
}

/** The family of a relation after a prefix; empty for one without, and in pictures of one colour. @param {NetworkData} data @param {string} relation @param {string} prefix */
function familyOf({ renderer, families = {} }, relation, prefix) {
  return renderer === "vis" && families[relation] ? prefix + families[relation] : "";
}

/** The line of a relation in a legend, with an arrow if it is directed. @param {NetworkData} data @param {string} relation @param {boolean} directed */
export function relationMark(data, relation, directed) {
  const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
  const mark = drawn("svg", { class: `mark ${familyOf(data, relation, "link-") || "link-quiet"}`, viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, line);
  if (directed) mark.append(drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" }));
  return mark;
}

const LINE_LENGTH = 20; // characters; `layout.py` leaves room for lines of this length

/** The lines of a label; a very long one ends with an ellipsis. @param {string} label @param {number} most  lines */
export function linesOf(label, most = 3) {
  const lines = wrapped(label, LINE_LENGTH);
  return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
}

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
