// The clusters of a large network: its picture opens with one node for each, and a line for the links between two.

import { shortIri } from "../shared/iris.js";
import { lineOf } from "./model.js";
/** @import { Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { ClusterLine, Drawn, Item, NetworkData, NetworkEdge, NetworkNode, NetworkState, Shown } from "./types.d.ts" */

const SIZE = 0.3; // the radius of a closed cluster, as a share of the side of its place
const [ALL, PREFIX] = ["all", "cluster "]; // in the address

/** The clusters of a network; a network without any is drawn as it is. */
export class Clusters {
  /** @param {NetworkModel} model @param {Words} words */
  constructor({ data }, words) {
    this.data = data;
    this.words = words;
    this.members = data.clusters ?? [];
    this.names = this.members.map(([head]) => shortIri(data.nodes[head].iri));
    this.of = /** @type {Map<number, number>} */ (new Map(this.members.flatMap((nodes, cluster) => nodes.map((node) => [node, cluster]))));
    this.places = this.members.map((nodes) => placeOf(nodes.map((node) => data.nodes[node])));
  }

  /** The node of a cluster, where it is closed. @param {number} cluster */
  node(cluster) {
    return this.data.nodes.length + cluster;
  }

  /** The cluster of the node of one, or -1. @param {Item|null} item */
  at(item) {
    return item?.kind === "node" ? Math.max(item.id - this.data.nodes.length, -1) : -1;
  }

  /** @param {number} cluster @param {NetworkState} state */
  isOpen(cluster, { open, steps }) {
    return steps > 0 || open.has(ALL) || open.has(this.names[cluster]);
  }

  /** @param {NetworkState} state @param {number} cluster @param {boolean} on */
  set(state, cluster, on) {
    if (!on && state.open.delete(ALL)) state.open = new Set(this.names);
    if (on) state.open.add(this.names[cluster]);
    else state.open.delete(this.names[cluster]);
  }

  /** Open all or none. @param {NetworkState} state @param {boolean} on */
  setAll(state, on) {
    state.open = new Set(on ? [ALL] : []);
  }

  /** How many clusters are open. @param {NetworkState} state */
  opened(state) {
    return this.members.filter((_, cluster) => this.isOpen(cluster, state)).length;
  }

  /** The entries and links of a cluster that are shown. @param {number} cluster @param {Shown} shown */
  counts(cluster, shown) {
    const [{ edges }, within] = [this.data, (/** @type {number} */ node) => this.of.get(node) === cluster];
    const entries = this.members[cluster].filter((node) => shown.nodes.has(node));
    return { entries: entries.length, links: [...shown.edges].filter((id) => within(edges[id].from) && within(edges[id].to)).length };
  }

  /** Open the clusters of an entry, or of both ends of a link, so that it is drawn. Return whether one was closed. @param {NetworkState} state @param {number[]} nodes */
  reveal(state, nodes) {
    const closed = nodes.map((node) => this.of.get(node) ?? -1).filter((cluster) => cluster >= 0 && !this.isOpen(cluster, state));
    for (const cluster of closed) this.set(state, cluster, true);
    return closed.length > 0;
  }

  /** Whether an item is a cluster, or a line that ends at one. @param {Item|null} item */
  isOurs(item) {
    return item !== null && item.id >= this.data[item.kind === "node" ? "nodes" : "edges"].length;
  }

  /** The cluster of a name in the address, as an item. @param {string} name @returns {Item|null} */
  itemOf(name) {
    const cluster = name.startsWith(PREFIX) ? this.names.indexOf(name.slice(PREFIX.length)) : -1;
    return cluster < 0 ? null : { kind: "node", id: this.node(cluster) };
  }

  /** The name of an item in the address: none for a line, and undefined for what is not ours. @param {Item|null} item */
  nameOf(item) {
    if (!this.isOurs(item)) return undefined;
    return this.at(item) < 0 ? "" : PREFIX + this.names[this.at(item)];
  }

  /** @param {number} cluster */
  label(cluster) {
    const { short, label } = this.data.nodes[this.members[cluster][0]];
    return this.words("around {name}", { name: short ?? label });
  }

  /** A cluster with its counts, or a line with its ends; nothing for what is not ours. @param {Item} item @param {Drawn} drawn @param {Shown} shown */
  said(item, drawn, shown) {
    if (!this.isOurs(item)) return "";
    const cluster = this.at(item);
    if (cluster >= 0) return this.words("Cluster {name} (our grouping, computed): {entries} entries, {links} links", { name: this.label(cluster), ...this.counts(cluster, shown) });
    const { from, to, ids } = drawn.lines[item.id - this.data.edges.length];
    const [one, other] = [from, to].map((id) => drawn.data.nodes[id].label);
    return this.words("{count} links: {one}, {other}", { count: ids.length, one, other });
  }

  /** What is drawn of what is shown: the entries of open clusters, and a node for each closed one. @param {Shown} shown @param {NetworkState} state @returns {Drawn} */
  drawn(shown, state) {
    const { data } = this;
    const closed = new Set([...this.members.keys()].filter((cluster) => !this.isOpen(cluster, state)));
    if (!closed.size) return { data, nodes: shown.nodes, edges: shown.edges, lines: [], held: new Map() };
    const ends = Uint32Array.from(data.nodes, ({ id }) => {
      const cluster = this.of.get(id) ?? -1;
      return closed.has(cluster) ? this.node(cluster) : id;
    });
    const held = new Map([...closed].map((cluster) => [this.node(cluster), { entries: 0, links: 0 }]));
    for (const id of shown.nodes) {
      const counts = held.get(ends[id]);
      if (counts) counts.entries += 1;
    }
    const [edges, between] = [/** @type {Set<number>} */ (new Set()), /** @type {Map<string, NetworkEdge[]>} */ (new Map())];
    for (const id of shown.edges) {
      const edge = data.edges[id];
      const [from, to] = [ends[edge.from], ends[edge.to]];
      const counts = from === to && held.get(from);
      if (counts) counts.links += 1;
      else if (from < data.nodes.length && to < data.nodes.length) edges.add(id);
      else {
        const key = from < to ? `${from} ${to}` : `${to} ${from}`;
        const others = between.get(key);
        if (others) others.push(edge);
        else between.set(key, [edge]);
      }
    }
    const lines = [...between].map(([key, some], number) => clusterLine(data.edges.length + number, key, some));
    for (const [node, { entries }] of held) if (!entries) held.delete(node);
    const nodes = [...data.nodes, ...this.members.map((_, cluster) => this.drawnNode(cluster, held.get(this.node(cluster))))];
    return {
      data: { ...data, nodes, edges: [...data.edges, ...lines] }, lines, held,
      nodes: new Set([...[...shown.nodes].filter((id) => ends[id] === id), ...held.keys()]),
      edges: new Set([...edges, ...lines.map(({ id }) => id)]),
    };
  }

  /** @param {number} cluster @param {{entries: number, links: number}} [counts] @returns {NetworkNode} */
  drawnNode(cluster, counts = { entries: 0, links: 0 }) {
    return {
      id: this.node(cluster), label: this.label(cluster), below: this.words("{entries} entries, {links} links", counts),
      group: "", kind: "", iri: "", entries: counts.entries, ...this.places[cluster],
    };
  }
}

/** The middle of a cluster, and the radius of its node. @param {NetworkNode[]} nodes */
function placeOf(nodes) {
  const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, size: SIZE * Math.sqrt((right - left + 100) * (bottom - top + 100)) };
}

/** The links between two ends, of which one or both are closed, as a line without direction or relation. @param {number} id @param {string} ends @param {NetworkEdge[]} some @returns {ClusterLine} */
function clusterLine(id, ends, some) {
  const [from, to] = ends.split(" ").map(Number);
  const { modality, source, color, dashes, ids, count } = lineOf(id, some);
  return { id, key: "", relation: "", directed: false, modality, source, from, to, color, dashes, ids, count, width: Math.min(1 + Math.log2(ids.length), 7), claims: [] };
}
