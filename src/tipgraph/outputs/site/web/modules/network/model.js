// The model of a network page: which nodes and edges pass the filters, and the filters as a URL fragment.

import { shortIri } from "../shared/iris.js";
import { isReviewed, reviewTitle, reviewWords } from "../shared/review.js";
/** @import { Labels, Words } from "../shared/types.d.ts" @import { Facet, Item, NetworkData, NetworkEdge, NetworkLine, NetworkState, Shown } from "./types.d.ts" */

const EDGE_FACETS = /** @type {Exclude<Facet, "class">[]} */ (["relation", "kind", "status", "source", "modality", "review"]);
const THIN = 0.5; // the width of a line that nobody has reviewed, as a part of what it would be; as in outputs/site/network_data.py
export const FACETS = /** @type {Facet[]} */ (["class", ...EDGE_FACETS]);

/** @returns {NetworkState} the state that hides nothing */
export function everything() {
  const without = /** @type {NetworkState["without"]} */ (Object.fromEntries(FACETS.map((facet) => [facet, new Set()])));
  return { without, from: null, to: null, view: "picture", chosen: "", steps: 0, open: new Set() };
}

/** The nodes and edges of a page, ready to be filtered many times. */
export class NetworkModel {
  /** @param {NetworkData} data */
  constructor(data) {
    this.data = data;
    const known = /** @type {Map<string, string[]>} */ (new Map()); // each list of words is split once
    const split = (text = "") => {
      const words = known.get(text) ?? text.split(" ");
      known.set(text, words);
      return words;
    };
    /** The values of each edge by facet; an absent value is an empty word. */
    this.values = data.edges.map((edge) => {
      const { relation, kind, status, source, modality } = edge;
      return { relation: [relation], kind: split(kind), status: split(status), source: split(source), modality: [modality], review: [isReviewed(edge) ? "reviewed" : "unreviewed"] };
    });
    this.years = data.edges.map(yearsOf);
    this.span = spanOf(this.years);
    this.ends = /** @type {number[][]|null} */ (null); // made when first asked for, as are the items and ranks
    this.items = /** @type {Map<string, Item>|null} */ (null);
    this.ranks = /** @type {number[]|null} */ (null);
    this.tied = new Uint8Array(data.nodes.length);
    for (const edge of data.edges) this.tied[edge.from] = this.tied[edge.to] = 1;
  }

  /**
   * The nodes and edges that pass the filters. An edge is hidden with all its values of a facet, or if its dates are
   * surely others; a node with its class, or with all its edges.
   * @param {NetworkState} state
   */
  shown(state) {
    const { nodes, edges } = this.data;
    const hidden = nodes.map((node) => state.without.class.has(node.kind));
    const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
    const shown = /** @type {Shown} */ ({ nodes: new Set(), edges: new Set(), undated: 0 });
    nodes.forEach((node) => { if (!hidden[node.id] && !this.tied[node.id]) shown.nodes.add(node.id); });
    const facets = EDGE_FACETS.filter((facet) => state.without[facet].size);
    for (const { id, from: start, to: end } of edges) {
      const years = this.years[id];
      if (hidden[start] || hidden[end] || (years && (years[0] > to || years[1] < from))) continue;
      if (facets.some((facet) => this.values[id][facet].every((value) => state.without[facet].has(value)))) continue;
      shown.edges.add(id);
      shown.nodes.add(start).add(end);
    }
    if (state.steps && state.chosen) this.narrow(shown, state);
    for (const id of shown.edges) if (!this.years[id]) shown.undated += 1;
    return shown;
  }

  /** Leave only what is within some steps of the chosen item. @param {Shown} shown @param {NetworkState} state */
  narrow(shown, { steps, chosen }) {
    const item = this.itemOf(chosen);
    if (!item) return;
    let near = new Set(this.endsOf(item));
    for (let step = item.kind === "edge" ? 1 : 0; step < steps; step++) {
      near = new Set([...near, ...[...near].flatMap((node) => this.touching[node].filter((id) => shown.edges.has(id)).flatMap((id) => this.endsOf({ kind: "edge", id })))]);
    }
    for (const id of shown.edges) if (!this.endsOf({ kind: "edge", id }).every((end) => near.has(end))) shown.edges.delete(id);
    shown.nodes = new Set([...shown.nodes].filter((id) => near.has(id)));
  }

  /** @param {Item} item */
  endsOf({ kind, id }) {
    return kind === "node" ? [id] : [this.data.edges[id].from, this.data.edges[id].to];
  }

  /** The shown edges of a bundle, by any of them. @param {number} id @param {Shown} shown */
  bundle(id, shown) {
    const { bundle = id, from } = this.data.edges[id];
    return this.touching[from].filter((other) => shown.edges.has(other) && (this.data.edges[other].bundle ?? other) === bundle);
  }

  /** Count the values of a facet among some nodes (of classes) or edges. @param {Facet} facet @param {Iterable<number>} ids */
  counts(facet, ids) {
    const counts = /** @type {Map<string, number>} */ (new Map());
    for (const id of ids) {
      const values = facet === "class" ? [this.data.nodes[id].kind] : this.values[id][facet];
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  /** The edges of each node, in the order of the data. */
  get touching() {
    if (this.ends) return this.ends;
    this.ends = this.data.nodes.map(() => []);
    for (const { id, from, to } of this.data.edges) for (const end of new Set([from, to])) this.ends[end].push(id);
    return this.ends;
  }

  /** The labels of the values of a facet; sources have short names only. @param {Facet} facet @param {Words} words @returns {Labels} */
  labels(facet, words) {
    const { classes, relations, kinds, statuses } = this.data;
    const modalities = { stated: words("stated"), implied: words("implied") };
    return { class: classes, relation: relations, kind: kinds, status: statuses, source: {}, modality: modalities, review: reviewWords(words) }[facet];
  }

  /** The filters in words; empty without any. @param {NetworkState} state @param {Words} words */
  asked(state, words) {
    const titles = facetTitles(words);
    const parts = FACETS.filter((facet) => state.without[facet].size).map((facet) => `${titles[facet]}: ${this.left(facet, state, words)}`);
    if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
    const item = state.steps ? this.itemOf(state.chosen) : null;
    if (item) parts.push(words("only {name} and its neighbours, steps: {steps}", { name: this.endsOf(item).map((id) => this.data.nodes[id].label).join(", "), steps: state.steps }));
    return parts.join("; ");
  }

  /** The values left of a facet, or those filtered out, whichever are fewer. @param {Facet} facet @param {NetworkState} state @param {Words} words */
  left(facet, state, words) {
    const labels = this.labels(facet, words);
    const all = [...this.counts(facet, (facet === "class" ? this.data.nodes : this.data.edges).keys()).keys()];
    const [gone, rest] = [all.filter((value) => state.without[facet].has(value)), all.filter((value) => !state.without[facet].has(value))];
    const names = (/** @type {string[]} */ values) => values.map((value) => (value ? labels[value] ?? value : words("not stated"))).join(", ");
    return rest.length && rest.length < gone.length ? words("only {names}", { names: names(rest) }) : words("without {names}", { names: names(gone) });
  }

  /** The nodes, the most wanted first. */
  get ranked() {
    this.ranks ??= rankedOf(this.data);
    return this.ranks;
  }

  /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
  sentence(edge) {
    const { nodes, relations } = this.data;
    return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
  }

  /** The traits of an edge in a few words each. @param {NetworkEdge} edge @param {Words} words */
  traits(edge, words) {
    const titled = (/** @type {string} */ title, /** @type {string} */ text) => text && `${title}: ${text}`;
    return [
      titled(words("Kind"), this.kindOf(edge, words)), titled(words("Status"), this.statusOf(edge, words)),
      titled(words("Date"), this.dateOf(edge, words)), titled(words("Amount"), this.money(edge, words)), words(edge.modality),
    ].filter(Boolean);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  kindOf(edge, words) {
    return noted(edge, ["kind"], this.values[edge.id].kind.map((value) => this.data.kinds[value] ?? value).join(", "), words);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  statusOf(edge, words) {
    return noted(edge, ["status"], this.values[edge.id].status.map((value) => this.data.statuses[value] ?? value).join(", "), words);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  dateOf(edge, words) {
    return noted(edge, ["date", "earliest", "latest"], edge.date ?? "", words);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  money({ amount, currency = "", shared_amount, shared_by = 1 }, words) {
    const say = (/** @type {number} */ number) => `${number.toLocaleString(this.data.language)} ${currency}`;
    if (amount !== undefined) return say(amount);
    return shared_amount === undefined ? "" : words("{amount} for {count} links together", { amount: say(shared_amount), count: shared_by });
  }

  /** The name of an item in a fragment. @param {Item|null} item */
  nameOf(item) {
    if (!item) return "";
    return item.kind === "edge" ? this.data.edges[item.id].key : shortIri(this.data.nodes[item.id].iri);
  }

  /** The item of a name in a fragment, if there is one. @param {string} name */
  itemOf(name) {
    const { nodes, edges } = this.data;
    this.items ??= new Map([
      ...edges.map(({ id, key }) => /** @type {[string, Item]} */ ([key, { kind: "edge", id }])),
      ...nodes.map(({ id, iri }) => /** @type {[string, Item]} */ ([shortIri(iri), { kind: "node", id }])),
    ]);
    return (name && this.items.get(name)) || null;
  }
}

/**
 * The lines of some edges: each bundle by its first edge, as wide as the widest; dashed, dotted or pale only if all are.
 * An edge that is not reviewed changes nothing beside one that is.
 * @param {NetworkEdge[]} edges @param {Iterable<number>} shown @returns {NetworkLine[]}
 */
export function bundled(edges, shown) {
  const bundles = /** @type {Map<number, NetworkEdge[]>} */ (new Map());
  for (const id of shown) {
    const { bundle = id } = edges[id];
    const others = bundles.get(bundle);
    if (others) others.push(edges[id]);
    else bundles.set(bundle, [edges[id]]);
  }
  return [...bundles].map(([id, some]) => lineOf(id, some));
}

/** Some edges as one line. @param {number} id @param {NetworkEdge[]} some @returns {NetworkLine} */
export function lineOf(id, some) {
  const [first] = some;
  if (some.length === 1) return { ...first, id, ids: [first.id], count: claimsOf(first).length };
  const reviewed = some.filter(isReviewed);
  const [looks, share] = reviewed.length ? [reviewed, 1] : [some, THIN];
  const sayings = new Set(looks.flatMap(({ said_at = "" }) => said_at.split("; "))).size;
  const opacity = Math.max(...looks.map(({ color }) => color?.opacity ?? 1));
  const width = Math.max(...looks.map(({ width = 0 }) => width), sayings > 1 ? share * (1.5 + Math.log2(sayings)) : 0);
  return {
    ...first, id, ids: some.map((edge) => edge.id), count: new Set(some.flatMap(claimsOf)).size, width: width || undefined,
    color: opacity < 1 ? { opacity } : undefined, dashes: looks.every(({ dashes }) => dashes) ? looks[0].dashes : undefined,
  };
}

/** The nodes, the most wanted first: clusters by their size, the focus, then those with most ties to actors and events; places last. @param {NetworkData} data */
export function rankedOf({ nodes, edges, focus }) {
  const places = nodes.map(({ group }) => group === "Place");
  const ranks = Float64Array.from(nodes, ({ entries = 0 }, id) => (entries ? 1e9 * entries : id === focus ? 2e6 : places[id] ? 0 : 1e6));
  const worth = (/** @type {number} */ end, /** @type {number} */ other) => (places[other] ? 0.01 : nodes[end].group === "Actor" ? 2 : 1);
  for (const { from, to } of edges) {
    ranks[from] += worth(from, to);
    ranks[to] += worth(to, from);
  }
  return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
}

/** @param {Words} words @returns {Record<Facet, string>} */
export function facetTitles(words) {
  return {
    class: words("Entries"), relation: words("Links"), kind: words("Kind of link"), status: words("Status"), source: words("Source"),
    modality: words("Stated or implied"), review: reviewTitle(words),
  };
}

/** The keys of the claims behind an edge; the key of an edge with one claim names it. @param {NetworkEdge} edge */
export const claimsOf = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];

/** The first and the last year that the dates of an edge can mean, or null. @param {NetworkEdge} edge @returns {[number, number]|null} */
function yearsOf({ earliest, latest }) {
  if (!earliest && !latest) return null;
  return [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity];
}

/** The first and the last of all years, or null. @param {([number, number]|null)[]} years @returns {[number, number]|null} */
function spanOf(years) {
  let [first, last] = [Infinity, -Infinity];
  for (const pair of years) for (const year of pair ?? []) {
    if (Number.isFinite(year)) [first, last] = [Math.min(first, year), Math.max(last, year)];
  }
  return first <= last ? [first, last] : null;
}

/** A trait in words, with a note if it is that of the project or event. @param {NetworkEdge} edge @param {string[]} names @param {string} text @param {Words} words */
function noted({ inherited = "", concluded = "" }, names, text, words) {
  const isNamed = (/** @type {string} */ list) => list.split(" ").some((name) => names.includes(name));
  if (!text || !isNamed(inherited)) return text;
  return isNamed(concluded) ? words("{text} (of its project or event, implied)", { text }) : words("{text} (of its project or event)", { text });
}

/** The words of an edge without its ends. @param {NetworkData} data @param {NetworkEdge} edge */
export const tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);

/** The caveats of the claims behind an edge, in brackets. @param {NetworkEdge} edge */
export const caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";

/** A state as a URL fragment without its `#`. @param {NetworkState} state */
export function fragmentOf(state) {
  const given = new URLSearchParams();
  for (const facet of FACETS) for (const value of state.without[facet]) given.append(`without-${facet}`, value);
  if (state.from !== null) given.set("from", String(state.from));
  if (state.to !== null) given.set("to", String(state.to));
  if (state.view !== "picture") given.set("view", state.view);
  if (state.chosen) given.set("at", state.chosen);
  if (state.steps) given.set("steps", String(state.steps));
  for (const name of state.open) given.append("open", name);
  return String(given);
}

/** The state of a URL fragment; unknown parts are ignored. @param {string} fragment */
export function stateOf(fragment) {
  const [given, state] = [new URLSearchParams(fragment), everything()];
  for (const facet of FACETS) state.without[facet] = new Set(given.getAll(`without-${facet}`));
  for (const end of /** @type {("from"|"to")[]} */ (["from", "to"])) {
    const year = given.get(end);
    if (year && /^-?\d{1,4}$/.test(year)) state[end] = Number(year);
  }
  if (given.get("view") === "table") state.view = "table";
  state.chosen = given.get("at") ?? "";
  state.steps = Number(/^[12]$/.exec(given.get("steps") ?? "") ?? 0);
  state.open = new Set(given.getAll("open"));
  return state;
}
