// The rows of an answer as a network and on the map: what one row names together is tied.

import { visPicture } from "../network/vis-picture.js";
import { made } from "../shared/elements.js";
import { TIP, shortIri } from "../shared/iris.js";
import { drawn } from "../shared/svg.js";
import { thingPage } from "./cells.js";
import { iri } from "./terms.js";

/** @import { Item } from "../network/types.d.ts" */
/** @import { Told } from "./annotations.js" */
/** @import { AskAnswer } from "./answer.js" */
/** @import { AskTable } from "./cells.js" */
/** @import { AskMap, Row, Tie } from "./types.d.ts" */
/** @import { Words } from "../shared/types.d.ts" */

const MOST_NODES = 400; // more are no picture
const LOOKS = { stated: {}, implied: { color: { opacity: 0.5 } } };
const STEPS = 220; // of the layout
const GIVEN = new Set(["receiver", "purpose", "place"]); // to which a giver's money goes
const ENDS = /** @type {[string, string, boolean][]} */ ([["from", "to", true], ["origin", "destination", true], ["between", "and", false]]);

/**
 * What the rows tie: the two ends of a way, or else the first thing of a row with each other one; what is tied again is
 * one tie with more claims. A tie has a direction where its columns have one: from origin to destination, from a giver.
 * @param {AskAnswer} answer @param {Told} told @param {(node: string) => boolean} fits @returns {Tie[]}
 */
export function tiesOf({ columns, terms, cells, length }, told, fits) {
  const thing = terms.map((term) => term?.type === "uri" && fits(term.value));
  const claim = terms.map((term) => told.cited.has(term?.value ?? ""));
  const value = (/** @type {number} */ number) => terms[number]?.value ?? "";
  const called = columns.map((name) => told.labels.get(TIP + name) ?? name);
  const same = called.map((name) => called.indexOf(name));
  const found = /** @type {Map<number, Tie>} */ (new Map()); // by one number for both ends and what they are called
  const width = columns.length;
  const ends = ENDS.map(([one, other, directed]) => ({ one: columns.indexOf(one), other: columns.indexOf(other), directed }))
    .filter(({ one, other }) => one >= 0 && other >= 0);
  const tie = (/** @type {number} */ start, /** @type {number} */ first, /** @type {number} */ other, /** @type {boolean} */ directed) => {
    const [from, to] = [cells[start + first], cells[start + other]];
    if (from === to || !thing[to]) return;
    const key = ((from * terms.length + to) * width + same[first]) * width + same[other];
    const relation = `${called[first]} ${directed ? "→" : "–"} ${called[other]}`;
    const known = found.get(key) ?? { from: value(from), to: value(to), relation, directed, claims: [] };
    for (let at = start; at < start + width; at += 1) if (claim[cells[at]]) known.claims.push(value(cells[at]));
    found.set(key, known);
  };
  for (let start = 0; start < length * width; start += width) {
    const way = ends.find(({ one, other }) => thing[cells[start + one]] && thing[cells[start + other]]);
    if (way) {
      tie(start, way.one, way.other, way.directed);
      continue;
    }
    let first = 0;
    while (first < width && !thing[cells[start + first]]) first += 1;
    for (let other = first + 1; other < width; other += 1) tie(start, first, other, columns[first] === "giver" && GIVEN.has(columns[other]));
  }
  for (const one of found.values()) if (one.claims.length > 1) one.claims = [...new Set(one.claims)];
  return [...found.values()];
}

/** How a tie is said: only implied where all of its claims are. @param {Tie} tie @param {Told} told */
export function modalityOf({ claims }, told) {
  return claims.length && claims.every((claim) => told.remarks.get(claim)?.modality === "implied") ? "implied" : "stated";
}

/** Whether a row ties anything. @param {string[]} columns @param {Row} row @param {Told} told */
export function tiesAny(columns, row, told) {
  return new Set(columns.map((name) => row[name]?.value ?? "").filter((node) => told.types.has(node))).size > 1;
}

/**
 * The ways between places that the rows name: from an origin to a destination, or between two ends.
 * @param {AskAnswer} answer @param {(node: string) => boolean} known
 */
function waysOf({ rows }, known) {
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

/**
 * Places for nodes, so that what is tied is near: springs and repulsion, from a circle, always the same.
 * @param {number} count @param {[number, number][]} ties @returns {{x: number, y: number}[]}
 */
function laidOut(count, ties) {
  const places = Array.from({ length: count }, (_, at) => ({ x: 300 * Math.cos((2 * Math.PI * at) / count), y: 300 * Math.sin((2 * Math.PI * at) / count) }));
  for (let step = 0; step < STEPS; step += 1) {
    const moves = places.map(() => ({ x: 0, y: 0 }));
    const push = (/** @type {number} */ one, /** @type {number} */ other, /** @type {(away: number) => number} */ force) => {
      const [x, y] = [places[one].x - places[other].x || 0.01 * (one - other), places[one].y - places[other].y];
      const away = Math.max(Math.hypot(x, y), 1);
      const size = force(away) / away;
      moves[one].x += x * size; moves[one].y += y * size;
      moves[other].x -= x * size; moves[other].y -= y * size;
    };
    for (let one = 0; one < count; one += 1) for (let other = 0; other < one; other += 1) push(one, other, (away) => 9000 / away);
    for (const [one, other] of ties) push(one, other, (away) => -away * away / 95);
    const most = 60 * (1 - step / STEPS) + 1;
    places.forEach((place, at) => {
      const size = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.01);
      place.x += moves[at].x / size * Math.min(size, most) - place.x * 0.01;
      place.y += moves[at].y / size * Math.min(size, most) - place.y * 0.01;
    });
  }
  return places;
}

/** An answer as a network; a click on a thing or a tie says what it is. */
export class AskNetwork {
  /**
   * @param {HTMLElement} place @param {HTMLElement} chosen  where what is chosen is said
   * @param {Record<string, any>} drawing  options of the picture, names of the types @param {AskTable} table
   * @param {Words} words
   */
  constructor(place, chosen, drawing, table, words) {
    this.place = place;
    this.chosen = chosen;
    this.drawing = drawing;
    this.table = table;
    this.words = words;
  }

  /** The ties between entries of the graph. @param {AskAnswer} answer @param {Told} told */
  ties(answer, told) {
    return tiesOf(answer, told, (node) => told.types.has(node));
  }

  /** @param {AskAnswer} answer @param {Told} told */
  show(answer, told) {
    const ties = this.ties(answer, told);
    const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
    this.chosen.textContent = "";
    if (!nodes.length || nodes.length > MOST_NODES) {
      this.place.replaceChildren(made("p", { class: "quiet" }, nodes.length
        ? this.words("{count} things are too many for a picture; ask for less, or take the rows along.", { count: nodes.length })
        : this.words("No row names two things, so there is nothing to tie.")));
      return;
    }
    const box = made("div", { id: "picture", tabindex: "0", role: "img", "aria-label": this.words("{nodes} things, {ties} ties; the table says the same", { nodes: nodes.length, ties: ties.length }) });
    this.place.replaceChildren(box);
    const at = new Map(nodes.map((node, index) => [node, index]));
    const index = (/** @type {string} */ node) => at.get(node) ?? 0;
    const spots = laidOut(nodes.length, ties.map(({ from, to }) => [index(from), index(to)]));
    const data = /** @type {any} */ ({
      ...this.drawing, name: "answer", title: "", renderer: "vis", words: {},
      nodes: nodes.map((node, id) => ({
        id, label: told.labels.get(node) ?? shortIri(node), group: told.types.get(node), kind: told.types.get(node), iri: node, ...spots[id],
      })),
      edges: ties.map((tie, id) => ({
        id, key: String(id), from: index(tie.from), to: index(tie.to), relation: tie.relation, directed: tie.directed, ...(tie.directed ? { arrows: "to middle" } : {}), source: "",
        modality: modalityOf(tie, told), ...LOOKS[modalityOf(tie, told)],
      })),
      relations: Object.fromEntries(ties.map(({ relation }) => [relation, relation])),
    });
    const picture = visPicture(box, data, (item) => {
      picture.select(item);
      this.say(item, ties, nodes, told);
    });
    this.picture = picture;
  }

  /** @param {Item|null} item @param {Tie[]} ties @param {string[]} nodes @param {Told} told */
  say(item, ties, nodes, told) {
    const link = (/** @type {string} */ node) => this.table.cell(iri(node), told);
    if (!item) this.chosen.replaceChildren();
    else if (item.kind === "node") this.chosen.replaceChildren(link(nodes[item.id]));
    else {
      const { from, relation, to, claims } = ties[item.id];
      this.chosen.replaceChildren(link(from), ` (${relation}) `, link(to), ...this.table.said(claims, told));
    }
  }
}

/** An answer on the map: places as dots, and between the places of a row a line. */
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
    for (const { from, to, directed } of waysOf(answer, known)) {
      const [[x, y], [right, down]] = [places[from], places[to]];
      const middle = [(x + right) / 2, (y + down) / 2 - Math.hypot(right - x, down - y) / 5];
      svg.append(drawn("path", { class: "tie", d: `M${x} ${y}Q${middle[0]} ${middle[1]} ${right} ${down}` }));
      if (directed) svg.append(arrow(middle, [right, down]));
    }
    for (const node of nodes) svg.append(this.dot(node, told));
    const key = this.words("An arrow leads from origin to destination; a line without one has no direction that is stated. A region is a dot in its middle. Regions as regions, figures, and what is only implied:");
    this.place.replaceChildren(svg, made("p", { class: "quiet" }, `${key} `, made("a", { href: `${this.table.root}map.html` }, this.words("the map of routes"))));
  }

  /** @param {string} node @param {Told} told */
  dot(node, told) {
    const [[x, y], label, page] = [this.map.places[node], told.labels.get(node) ?? shortIri(node), thingPage(node)];
    const name = drawn("text", { x: x + 8, y: y + 4 });
    name.textContent = label;
    return drawn("a", page ? { href: this.table.root + page } : {}, drawn("circle", { cx: x, cy: y, r: 5 }), name);
  }
}
