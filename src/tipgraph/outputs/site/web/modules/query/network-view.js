// An answer as a network; a click on an entry or a tie says what it is.

import { VisPicture } from "../network/vis-picture.js";
import { made } from "../shared/elements.js";
import { shortIri } from "../shared/iris.js";
import { iri } from "./terms.js";
import { modalityOf, tiesOf } from "./ties.js";
/** @import { Item, NetworkEdge } from "../network/types.d.ts" @import { Words } from "../shared/types.d.ts" @import { Told } from "./annotations.js" */
/** @import { AskAnswer } from "./answer.js" @import { AskTable } from "./cells.js" @import { Tie } from "./types.d.ts" */

const MOST_NODES = 400; // more cannot be read
const STEPS = 220; // of the layout

/** Places for nodes by springs and repulsion, from a circle, always the same. @param {number} count @param {[number, number][]} ties */
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

export class AskNetwork {
  /**
   * @param {HTMLElement} place @param {HTMLElement} chosen  the place of what is chosen
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

  /** The ties between entries. @param {AskAnswer} answer @param {Told} told */
  ties(answer, told) {
    return tiesOf(answer, told);
  }

  /** @param {AskAnswer} answer @param {Told} told */
  show(answer, told) {
    const ties = this.ties(answer, told);
    const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
    this.chosen.textContent = "";
    if (!nodes.length || nodes.length > MOST_NODES) {
      this.place.replaceChildren(made("p", { class: "quiet" }, nodes.length
        ? this.words("{count} entries are too many for a picture; ask for fewer, or download the rows.", { count: nodes.length })
        : this.words("No row names two entries, so there are no links to draw.")));
      return;
    }
    const label = this.words("{nodes} entries, {ties} links; the table shows the same", { nodes: nodes.length, ties: ties.length });
    const box = made("div", { id: "picture", tabindex: "0", role: "img", "aria-label": label });
    this.place.replaceChildren(box);
    const ids = new Map(nodes.map((node, id) => [node, id]));
    const idOf = (/** @type {string} */ node) => ids.get(node) ?? 0;
    const places = laidOut(nodes.length, ties.map(({ from, to }) => [idOf(from), idOf(to)]));
    const data = /** @type {any} */ ({
      ...this.drawing, name: "answer", title: "", renderer: "vis", words: {},
      nodes: nodes.map((node, id) => {
        const type = told.types.get(node);
        return { id, label: told.labels.get(node) ?? shortIri(node), group: type, kind: type, iri: node, ...places[id] };
      }),
      edges: ties.map((tie, id) => this.edge(tie, id, idOf, told)),
      relations: Object.fromEntries(ties.map(({ relation }) => [relation, relation])),
    });
    const picture = this.picture = new VisPicture(box, data, (item) => {
      picture.select(item);
      this.say(item, ties, nodes, told);
    });
  }

  /** @param {Tie} tie @param {number} id @param {(node: string) => number} idOf @param {Told} told @returns {NetworkEdge} */
  edge(tie, id, idOf, told) {
    const modality = modalityOf(tie, told);
    return { id, key: String(id), from: idOf(tie.from), to: idOf(tie.to), relation: tie.relation, directed: tie.directed, source: "", modality,
      ...(tie.directed && { arrows: "to middle" }), ...(modality === "implied" && { color: { opacity: 0.5 } }) };
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
