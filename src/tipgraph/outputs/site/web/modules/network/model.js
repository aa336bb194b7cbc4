import { shortIri } from "../shared/iris.js";

/** @import { Facet, Item, NetworkData, NetworkEdge, NetworkState, Shown } from "./types.d.ts" */
/** @import { Labels, Words } from "../shared/types.d.ts" */

export const FACETS = /** @type {Facet[]} */ (["class", "relation", "kind", "status", "source", "modality"]);

/** @returns {NetworkState} a choice that leaves nothing out */
export function everything() {
  const without = /** @type {Record<Facet, Set<string>>} */ ({});
  for (const facet of FACETS) without[facet] = new Set();
  return { without, from: null, to: null, view: "picture", chosen: "" };
}

/** The nodes and edges of a page, made ready to be filtered many times. */
export class NetworkModel {
  /** @param {NetworkData} data */
  constructor(data) {
    this.data = data;
    const split = splitter();
    /** The values of each edge by facet; what is not said is an empty word. */
    this.values = data.edges.map((edge) => ({
      relation: [edge.relation], kind: split(edge.kind), status: split(edge.status), source: split(edge.source),
      modality: [edge.modality],
    }));
    this.years = data.edges.map(yearsOf);
    this.span = spanOf(this.years);
    this.ends = /** @type {number[][]|null} */ (null); // made when first asked for, as are the items
    this.items = /** @type {Map<string, Item>|null} */ (null);
    this.ranks = /** @type {number[]|null} */ (null);
    this.tied = new Uint8Array(data.nodes.length);
    for (const edge of data.edges) this.tied[edge.from] = this.tied[edge.to] = 1;
  }

  /**
   * Return what a choice shows. An edge is hidden where all its values of a facet are, or its dates are surely others;
   * a node where its class is, or all its edges.
   * @param {NetworkState} state @returns {Shown}
   */
  shown(state) {
    const { nodes, edges } = this.data;
    const hidden = nodes.map((node) => state.without.class.has(node.kind));
    const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
    /** @type {Shown} */
    const shown = { nodes: new Set(), edges: new Set(), undated: 0 };
    nodes.forEach((node) => { if (!hidden[node.id] && !this.tied[node.id]) shown.nodes.add(node.id); });
    for (const { id, from: start, to: end } of edges) {
      const years = this.years[id];
      if (hidden[start] || hidden[end] || !this.passes(id, state.without)) continue;
      if (years && (years[0] > to || years[1] < from)) continue;
      shown.edges.add(id);
      shown.nodes.add(start).add(end);
      if (!years) shown.undated += 1;
    }
    return shown;
  }

  /** @param {number} id @param {Record<Facet, Set<string>>} without */
  passes(id, without) {
    const values = this.values[id];
    return !(without.relation.size && without.relation.has(values.relation[0]))
      && !(without.modality.size && without.modality.has(values.modality[0]))
      && !(without.kind.size && values.kind.every((value) => without.kind.has(value)))
      && !(without.status.size && values.status.every((value) => without.status.has(value)))
      && !(without.source.size && values.source.every((value) => without.source.has(value)));
  }

  /**
   * Count how often each value of a facet is among some nodes and edges.
   * @param {Facet} facet @param {Iterable<number>} ids  of nodes for classes, else of edges
   */
  counts(facet, ids) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const id of ids) {
      const values = facet === "class" ? [this.data.nodes[id].kind] : this.values[id][facet];
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return counts;
  }

  /** The edges of each node, in the order of the data. @returns {number[][]} */
  get touching() {
    if (this.ends) return this.ends;
    const ends = /** @type {number[][]} */ (this.data.nodes.map(() => []));
    for (const { id, from, to } of this.data.edges) {
      ends[from].push(id);
      if (to !== from) ends[to].push(id);
    }
    this.ends = ends;
    return ends;
  }

  /** What the values of a facet are called; sources by their short names. @param {Facet} facet @param {Words} words @returns {Labels} */
  labels(facet, words) {
    const { classes, relations, kinds, statuses } = this.data;
    const modalities = { stated: words("stated"), implied: words("implied") };
    return { class: classes, relation: relations, kind: kinds, status: statuses, source: {}, modality: modalities }[facet];
  }

  /** What a choice leaves out, in words; empty where that is nothing. @param {NetworkState} state @param {Words} words */
  asked(state, words) {
    const titles = facetTitles(words);
    const parts = FACETS.filter((facet) => state.without[facet].size).map((facet) => `${titles[facet]}: ${this.left(facet, state, words)}`);
    if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
    return parts.join("; ");
  }

  /** What is left of a facet, or what is not, whichever is shorter. @param {Facet} facet @param {NetworkState} state @param {Words} words */
  left(facet, state, words) {
    const labels = this.labels(facet, words);
    const all = [...this.counts(facet, (facet === "class" ? this.data.nodes : this.data.edges).map(({ id }) => id)).keys()];
    const [gone, rest] = [all.filter((value) => state.without[facet].has(value)), all.filter((value) => !state.without[facet].has(value))];
    const names = (/** @type {string[]} */ values) => values.map((value) => (value ? labels[value] ?? value : words("not said"))).join(", ");
    return rest.length && rest.length < gone.length ? words("only {names}", { names: names(rest) }) : words("without {names}", { names: names(gone) });
  }

  /** The nodes by how much one wants to see them: the focus, then the best tied to what is no place, actors before others; places come last. */
  get ranked() {
    this.ranks ??= rankedOf(this.data);
    return this.ranks;
  }

  /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
  sentence(edge) {
    const { nodes, relations } = this.data;
    return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
  }

  /**
   * What else is known of an edge, each in a few words; what is taken from its undertaking is said to be.
   * @param {NetworkEdge} edge @param {Words} words
   */
  traits(edge, words) {
    const titled = (/** @type {string} */ title, /** @type {string} */ text) => text && `${title}: ${text}`;
    return [
      titled(words("Kind"), this.kindOf(edge, words)), titled(words("Status"), this.statusOf(edge, words)),
      titled(words("Date"), this.dateOf(edge, words)), titled(words("Amount"), this.money(edge, words)), words(edge.modality),
    ].filter(Boolean);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  kindOf(edge, words) {
    return whose(edge, ["kind"], this.called("kind", edge), words);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  statusOf(edge, words) {
    return whose(edge, ["status"], this.called("status", edge), words);
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  dateOf(edge, words) {
    return whose(edge, ["date", "earliest", "latest"], edge.date ?? "", words);
  }

  /** What the kind or the status of an edge is called. @param {"kind"|"status"|"source"} facet @param {NetworkEdge} edge */
  called(facet, edge) {
    const labels = { kind: this.data.kinds, status: this.data.statuses, source: this.data.sources }[facet];
    return this.values[edge.id][facet].map((value) => labels[value] ?? value).join(", ");
  }

  /** @param {NetworkEdge} edge @param {Words} words */
  money({ amount, currency = "", shared_amount, shared_by = 1 }, words) {
    const say = (/** @type {number} */ number) => `${number.toLocaleString(this.data.language)} ${currency}`;
    if (amount !== undefined) return say(amount);
    return shared_amount === undefined ? "" : words("{amount} for {count} ties together", { amount: say(shared_amount), count: shared_by });
  }

  /** What a fragment calls an item. @param {Item|null} item */
  nameOf(item) {
    if (!item) return "";
    if (item.kind === "edge") return this.data.edges[item.id].key;
    return shortIri(this.data.nodes[item.id].iri);
  }

  /** The item that a fragment names, if there is one. @param {string} name @returns {Item|null} */
  itemOf(name) {
    if (!name) return null;
    if (!this.items) {
      this.items = /** @type {Map<string, Item>} */ (new Map());
      for (const edge of this.data.edges) this.items.set(edge.key, { kind: "edge", id: edge.id });
      for (const node of this.data.nodes) this.items.set(shortIri(node.iri), { kind: "node", id: node.id });
    }
    return this.items.get(name) ?? null;
  }
}

/** @param {NetworkData} data @returns {number[]} */
export function rankedOf({ nodes, edges, focus }) {
  const places = nodes.map(({ group }) => group === "Place");
  const ranks = Float64Array.from(places, (place, id) => (id === focus ? 2e6 : place ? 0 : 1e6));
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
    class: words("Things"), relation: words("Ties"), kind: words("Kind of tie"), status: words("Status"), source: words("Source"),
    modality: words("How it is said"),
  };
}

/** The keys of the claims behind an edge: where there is only its own, the key of the edge says it. @param {NetworkEdge} edge */
export function claimsOf({ key, claims }) {
  return claims ?? [key.split("#", 1)[0]];
}

/** A way to cut words parted by spaces that cuts each text once. @returns {(text: string|undefined) => string[]} */
function splitter() {
  const known = new Map();
  return (text = "") => {
    if (!known.has(text)) known.set(text, text.split(" "));
    return known.get(text);
  };
}

/**
 * The first and the last year that the dates of an edge can mean; null where it has none.
 * @param {NetworkEdge} edge @returns {[number, number]|null}
 */
function yearsOf({ earliest, latest }) {
  if (!earliest && !latest) return null;
  return [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity];
}

/**
 * The years from the first to the last that is named; null where none is.
 * @param {([number, number]|null)[]} years @returns {[number, number]|null}
 */
function spanOf(years) {
  let [first, last] = [Infinity, -Infinity];
  for (const pair of years) for (const year of pair ?? []) {
    if (Number.isFinite(year)) [first, last] = [Math.min(first, year), Math.max(last, year)];
  }
  return first <= last ? [first, last] : null;
}

/**
 * What is known of an edge; where it is not its own but its undertaking's, that is said, and where that is only
 * implied.
 * @param {NetworkEdge} edge @param {string[]} names @param {string} text @param {Words} words
 */
function whose({ inherited = "", concluded = "" }, names, text, words) {
  const noted = (/** @type {string} */ list) => list.split(" ").some((name) => names.includes(name));
  if (!text || !noted(inherited)) return text;
  return noted(concluded) ? words("{text} (of its undertaking, implied)", { text }) : words("{text} (of its undertaking)", { text });
}

/** What an edge says without its ends, and the caveats of its claims. @param {NetworkData} data @param {NetworkEdge} edge */
export function tieWords({ relations }, edge) {
  return relations[edge.relation] + caveatsOf(edge);
}

/** The caveats of the claims behind an edge, to stand after what it says. @param {NetworkEdge} edge */
export function caveatsOf({ caveats }) {
  return caveats ? ` (${caveats})` : "";
}

/** Say a choice as a URL fragment, without its `#`; empty where nothing is chosen. @param {NetworkState} state */
export function fragmentOf(state) {
  const words = new URLSearchParams();
  for (const facet of FACETS) for (const value of state.without[facet]) words.append(`without-${facet}`, value);
  if (state.from !== null) words.set("from", String(state.from));
  if (state.to !== null) words.set("to", String(state.to));
  if (state.view !== "picture") words.set("view", state.view);
  if (state.chosen) words.set("at", state.chosen);
  return String(words);
}

/** Read a choice from a URL fragment; what it does not know it leaves. @param {string} fragment @returns {NetworkState} */
export function stateOf(fragment) {
  const [words, state] = [new URLSearchParams(fragment), everything()];
  for (const facet of FACETS) state.without[facet] = new Set(words.getAll(`without-${facet}`));
  for (const end of /** @type {("from"|"to")[]} */ (["from", "to"])) {
    const year = words.get(end);
    if (year && /^-?\d{1,4}$/.test(year)) state[end] = Number(year);
  }
  if (words.get("view") === "table") state.view = "table";
  state.chosen = words.get("at") ?? "";
  return state;
}
