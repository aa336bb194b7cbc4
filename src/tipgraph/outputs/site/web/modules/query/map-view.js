// An answer on the map: its places as dots, and a line between the two ends of a row.

import { made } from "../shared/elements.js";
import { shortIri } from "../shared/iris.js";
import { drawn } from "../shared/svg.js";
import { thingPage } from "./cells.js";
import { ENDS } from "./ties.js";
/** @import { Words } from "../shared/types.d.ts" @import { Told } from "./annotations.js" @import { AskAnswer } from "./answer.js" */
/** @import { AskTable } from "./cells.js" @import { AskMap } from "./types.d.ts" */

/** The lines between the places of a row, each once. @param {AskAnswer} answer @param {(node: string) => boolean} known */
function linesOf({ rows }, known) {
  const found = /** @type {Map<string, {from: string, to: string, directed: boolean}>} */ (new Map());
  for (const row of rows) {
    for (const [start, end, directed] of ENDS) {
      const [from, to] = [row[start]?.value ?? "", row[end]?.value ?? ""];
      if (from !== to && known(from) && known(to)) found.set(`${from} ${to} ${directed}`, { from, to, directed });
    }
  }
  return [...found.values()];
}

/** The head of an arrow at the end of a curve. @param {number[]} middle @param {[number, number]} end */
function arrow(middle, [x, y]) {
  const turn = Math.atan2(y - middle[1], x - middle[0]);
  const corner = (/** @type {number} */ by) => `${x - 7 * Math.cos(turn) - 10 * Math.cos(turn + by)} ${y - 7 * Math.sin(turn) - 10 * Math.sin(turn + by)}`;
  return drawn("path", { class: "head", d: `M${x - 6 * Math.cos(turn)} ${y - 6 * Math.sin(turn)}L${corner(0.45)}L${corner(-0.45)}Z` });
}

export class AskEarth {
  /** @param {HTMLElement} place @param {AskMap} map @param {AskTable} table @param {Words} words */
  constructor(place, map, table, words) {
    this.place = place;
    this.map = map;
    this.table = table;
    this.words = words;
  }

  /** @param {AskAnswer} answer @param {Told} told */
  show(answer, told) {
    const { places, width, height, sea, land } = this.map;
    const known = (/** @type {string} */ node) => node in places;
    const nodes = new Set(answer.terms.flatMap((term) => (term?.type === "uri" && known(term.value) ? [term.value] : [])));
    if (!nodes.size) {
      this.place.replaceChildren(made("p", { class: "quiet" }, this.words("No row names a place that this graph has on the map.")));
      return;
    }
    const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", class: "earth", "aria-label": this.words("Places of the answer: {count}", { count: nodes.size }) });
    svg.append(drawn("path", { class: "sea", d: sea }), drawn("path", { class: "land", d: land }));
    for (const { from, to, directed } of linesOf(answer, known)) {
      const [[x, y], [endX, endY]] = [places[from], places[to]];
      const middle = [(x + endX) / 2, (y + endY) / 2 - Math.hypot(endX - x, endY - y) / 5];
      svg.append(drawn("path", { class: "tie", d: `M${x} ${y}Q${middle[0]} ${middle[1]} ${endX} ${endY}` }));
      if (directed) svg.append(arrow(middle, [endX, endY]));
    }
    for (const node of nodes) svg.append(this.dot(node, told));
    const key = this.words("An arrow leads from origin to destination; a line without an arrow has no stated direction. A region is a dot in its middle. For whole regions, figures and implied routes, see:");
    this.place.replaceChildren(svg, made("p", { class: "quiet" }, `${key} `, made("a", { href: `${this.table.root}map.html` }, this.words("the map of routes"))));
  }

  /** @param {string} node @param {Told} told */
  dot(node, told) {
    const [[x, y], label, page] = [this.map.places[node], told.labels.get(node) ?? shortIri(node), thingPage(node, this.table.records)];
    const name = drawn("text", { x: x + 8, y: y + 4 }, label);
    return drawn("a", page ? { href: this.table.root + page } : {}, drawn("circle", { cx: x, cy: y, r: 5 }), name);
  }
}
