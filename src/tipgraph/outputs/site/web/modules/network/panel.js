// The side panel: the claims of the chosen node or edge, with their places in the sources.

import { claimList } from "../shared/claims.js";
import { button, inParts, made } from "../shared/elements.js";
import { shortIri } from "../shared/iris.js";
import { groupMark, relationMark } from "./glyphs.js";
import { caveatsOf, claimsOf as keysOf } from "./model.js";
/** @import { Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { Clusters } from "./clusters.js" @import { Drawn, Item, NetworkEdge, NetworkNode, NetworkState, Shown } from "./types.d.ts" */

const AT_ONCE = 15; // entries of a cluster before a button shows more

/** The panel of a network page. */
export class Panel {
  /**
   * @param {HTMLElement} place @param {NetworkModel} model @param {Clusters} clusters @param {Words} words
   * @param {{choose: (item: Item|null) => void, open: (item: Item, on: boolean) => void}} acts  `open` opens or closes a cluster
   */
  constructor(place, model, clusters, words, { choose, open }) {
    this.place = place;
    this.model = model;
    this.clusters = clusters;
    this.words = words;
    this.choose = choose;
    this.open = open;
  }

  /** Show the claims of an item. @param {Item|null} item @param {Shown} shown @param {Drawn} drawn @param {NetworkState} state */
  show(item, shown, drawn, state) {
    if (item && this.clusters.isOurs(item)) this.place.replaceChildren(...(item.kind === "node" ? this.cluster(item, shown, state) : this.line(item, drawn)));
    else if (!item) this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
    else this.place.replaceChildren(...(item.kind === "node" ? this.node(item.id, shown) : this.edge(item.id, shown)));
    if (item) this.place.closest(".side")?.scrollTo({ top: 0 });
  }

  /** A cluster: what it holds, and its best linked entries. @param {Item} item @param {Shown} shown @param {NetworkState} state */
  cluster(item, shown, state) {
    const { clusters, words } = this;
    const cluster = clusters.at(item);
    const [counts, isOpen] = [clusters.counts(cluster, shown), clusters.isOpen(cluster, state)];
    const members = clusters.members[cluster].filter((node) => shown.nodes.has(node));
    const list = made("div", { class: "members" });
    return [
      made("h2", {}, words("Cluster {name}", { name: clusters.label(cluster) })),
      made("p", { class: "chips" }, ...this.chips([words("our grouping, computed"), words("{entries} entries, {links} links", counts)])),
      made("p", {}, button([isOpen ? words("Close this cluster") : words("Open this cluster")], () => this.open(item, !isOpen))),
      made("p", { class: "quiet" }, words("Its entries, the best linked first:")),
      list, inParts(list, members.map((node) => () => this.end(node)), AT_ONCE, (count) => words("More: {count}", { count })),
    ];
  }

  /** The links between two clusters, or between one and an entry. @param {Item} item @param {Drawn} drawn */
  line({ id }, { data, lines }) {
    const { from, to, ids } = lines[id - this.model.data.edges.length];
    const ends = [from, to].map((end) => (end < this.model.data.nodes.length ? this.end(end)
      : button([data.nodes[end].label], () => this.choose({ kind: "node", id: end }), { class: "end" })));
    return [
      made("p", { class: "between" }, ends[0], " — ", ends[1]),
      made("p", { class: "chips" }, ...this.chips([this.words("Links: {count}", { count: ids.length })])),
      this.claims(ids.map((edge) => this.model.data.edges[edge])),
    ];
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
    const cluster = this.clusters.of.get(id);
    if (cluster !== undefined) parts.push(made("p", { class: "quiet" }, `${words("Cluster (our grouping, computed)")}: `,
      button([this.clusters.label(cluster)], () => this.choose({ kind: "node", id: this.clusters.node(cluster) }), { class: "end" })));
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

  /** The claims behind edges: of reviewed ones and of the others, contradicted ones first. @param {NetworkEdge[]} edges */
  claims(edges) {
    const keys = [...new Set(edges.flatMap(keysOf))];
    return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
  }
}
