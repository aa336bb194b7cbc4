// The side panel: the claims of the chosen node or edge, with their places in the sources.

import { claimList } from "../shared/claims.js";
import { button, made } from "../shared/elements.js";
import { shortIri } from "../shared/iris.js";
import { groupMark, relationMark } from "./glyphs.js";
import { caveatsOf, claimsOf as keysOf } from "./model.js";
/** @import { Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { Item, NetworkEdge, NetworkNode, Shown } from "./types.d.ts" */

/** The panel of a network page. */
export class Panel {
  /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {(item: Item|null) => void} choose */
  constructor(place, model, words, choose) {
    this.place = place;
    this.model = model;
    this.words = words;
    this.choose = choose;
  }

  /** Show the claims of an item. @param {Item|null} item @param {Shown} shown */
  show(item, shown) {
    if (!item) this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
    else this.place.replaceChildren(...(item.kind === "node" ? this.node(item.id, shown) : this.edge(item.id, shown)));
    this.place.closest(".side")?.scrollTo({ top: 0 });
  }

  /** @param {number} id @param {Shown} shown */
  node(id, shown) {
    const { data, touching } = this.model;
    const { words } = this;
    const node = data.nodes[id];
    const ties = touching[id].filter((edge) => shown.edges.has(edge));
    const hidden = touching[id].length - ties.length;
    const parts = [
      made("h2", {}, groupMark(data, node.group), node.label),
      made("p", { class: "chips" }, ...this.chips([data.classes[node.kind] ?? node.kind, node.planned && words("planned")])),
    ];
    if (node.aliases) parts.push(made("p", { class: "quiet" }, `${words("Also called")}: ${node.aliases}`));
    if (node.page) parts.push(made("p", {}, made("a", { href: node.page }, words("All claims about it"))));
    if (node.networks) parts.push(made("p", { class: "quiet" }, `${words("Also in")}: `, ...node.networks.flatMap((number, at) => [at ? ", " : "", this.elsewhere(number, node)])));
    if (!shown.nodes.has(id)) parts.push(made("p", { class: "warn" }, words("The filters hide it.")));
    else if (hidden) parts.push(made("p", { class: "quiet" }, words("Links that the filters hide: {count}", { count: hidden })));
    return [...parts, this.claims(ties.map((edge) => data.edges[edge]))];
  }

  /** A link to a node in another network. @param {number} number @param {NetworkNode} node */
  elsewhere(number, node) {
    const [href, title] = this.model.data.networks?.[number] ?? [];
    return made("a", { href: `${href}#${new URLSearchParams({ at: shortIri(node.iri) })}` }, title ?? "");
  }

  /** @param {number} id @param {Shown} shown */
  edge(id, shown) {
    const { data } = this.model;
    const edge = data.edges[id];
    const bundle = this.model.bundle(id, shown);
    const between = made("p", { class: "between" }, this.end(edge.from), " ", relationMark(data, edge.relation, edge.directed), " ",
      made("span", { class: "quiet" }, data.relations[edge.relation]), " ", this.end(edge.to), made("span", { class: "quiet" }, caveatsOf(edge)));
    const parts = [
      made("h2", { class: "sr" }, this.model.sentence(edge)), between,
      made("p", { class: "chips" }, ...this.chips(bundle.length > 1 ? [this.words("Claims: {count}", { count: bundle.length })] : this.model.traits(edge, this.words))),
    ];
    if (!shown.edges.has(id)) parts.push(made("p", { class: "warn" }, this.words("The filters hide it.")));
    return [...parts, this.claims(bundle.length ? bundle.map((other) => data.edges[other]) : [edge])];
  }

  /** An end of an edge, which can be chosen. @param {number} id */
  end(id) {
    const node = this.model.data.nodes[id];
    return button([groupMark(this.model.data, node.group), node.label], () => this.choose({ kind: "node", id }), { class: "end" });
  }

  /** @param {(string|false|undefined)[]} words */
  chips(words) {
    return words.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "]);
  }

  /** The claims behind edges, contradicted ones first. @param {NetworkEdge[]} edges */
  claims(edges) {
    const keys = [...new Set(edges.flatMap(keysOf))];
    return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
  }
}
