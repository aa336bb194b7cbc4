// The shown network as files, made inside the page: CSV, GraphML and GEXF.

import { csvCell } from "../shared/csv.js";
import { ID_BASE } from "../shared/iris.js";
import { NOT_XML, tidy } from "../shared/svg.js";
import { claimsOf, fragmentOf, tieWords } from "./model.js";
/** @import { NetworkModel } from "./model.js" @import { Attributes, NetworkState, Palette, Point, Shown } from "./types.d.ts" */

export const LICENCE = "CC BY 4.0"; // of our data
export const LICENCES = `${LICENCE} for tipgraph's data; each source has its own`;

/** Text for XML: markup escaped, characters that no XML may hold replaced. @param {unknown} value */
function xmlText(value) {
  return String(value).replace(NOT_XML, "\uFFFD")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/** Attributes that items hold under their own names. @param {Attributes[number][1]} type @param {string[]} names @returns {Attributes} */
const own = (type, ...names) => names.map((name) => [name, type, (item) => item[name]]);

/** The attributes of a node in files. @param {NetworkModel} model @returns {Attributes} */
function nodeAttributes({ data }) {
  return [
    ...own("string", "label", "kind"), ["type", "string", (node) => node.group], ["names", "string", (node) => node.aliases],
    ...own("boolean", "planned"), ...own("string", "iri"), ["kind_label", "string", (node) => data.classes[node.kind]],
  ];
}

/** The attributes of an edge in files, by the names of the exports. @param {NetworkModel} model @returns {Attributes} */
function edgeAttributes({ data }) {
  return [
    ["label", "string", (edge) => tieWords(data, edge)], ...own("string", "kind", "status"),
    ["date", "string", (edge) => (edge.edtf ?? edge.date) || undefined], ...own("string", "earliest", "latest"),
    ...own("double", "amount"), ...own("string", "currency"), ...own("double", "shared_amount"), ...own("int", "shared_by", "shared", "weight"),
    ...own("string", "modality", "caveats", "review", "corrected", "doubts", "said_at", "source"), ...own("boolean", "directed"),
    ...own("string", "inherited", "concluded"), ["edge", "string", (edge) => edge.relation],
    ["claim", "string", (edge) => claimsOf(edge).map((key) => ID_BASE + key).join(" ")],
  ];
}

/** The shown edges or nodes as CSV (RFC 4180) with a byte order mark for spreadsheets. @param {"edges"|"nodes"} kind @param {NetworkModel} model @param {Shown} shown */
export function csvOf(kind, model, shown) {
  const { nodes, edges } = model.data;
  /** @type {Attributes} */
  const ends = [
    ["from_label", "string", (edge) => nodes[edge.from].label], ["to_label", "string", (edge) => nodes[edge.to].label],
    ...edgeAttributes(model),
    ["from", "string", (edge) => nodes[edge.from].iri], ["to", "string", (edge) => nodes[edge.to].iri],
    ["id", "string", (edge) => ID_BASE + edge.key],
  ];
  const columns = kind === "edges" ? ends : nodeAttributes(model);
  const items = kind === "edges" ? [...shown.edges].map((id) => edges[id]) : [...shown.nodes].map((id) => nodes[id]);
  const lines = items.map((item) => columns.map(([, , value]) => csvCell(value(item))).join(","));
  return `\uFEFF${[columns.map(([name]) => name).join(","), ...lines].join("\r\n")}\r\n`;
}

/** The sources of some edges, by their short names. @param {NetworkModel} model @param {Iterable<number>} edges */
export function sourcesOf({ data }, edges) {
  const used = new Set([...edges].flatMap((id) => data.edges[id].source.split(" ")));
  return Object.keys(data.sources).filter((name) => used.has(name));
}

/** The manifest of a file as JSON: filters, counts, sources, licences. @param {NetworkModel} model @param {Shown} shown @param {NetworkState} state */
export function manifestOf(model, shown, state) {
  const { name, sources, licences } = model.data;
  const asked = fragmentOf({ ...state, view: "picture", chosen: state.steps ? state.chosen : "" });
  const said = sourcesOf(model, shown.edges).map((source) => [source, { title: sources[source], licence: licences[source] }]);
  return JSON.stringify({
    "made by": "tipgraph", asked: { network: name, ...(asked ? { filters: asked } : {}) },
    counts: { nodes: shown.nodes.size, edges: shown.edges.size },
    licence: LICENCES, sources: Object.fromEntries(said),
  });
}

/** Attributes that an item has, with their numbers. @param {Attributes} attributes @param {any} item */
function* valuesOf(attributes, item) {
  for (const [number, [, type, value]] of attributes.entries()) {
    const found = value(item);
    if (found !== undefined && found !== "") yield { number, type, text: xmlText(found) };
  }
}

/** The type of all edges in a file. @param {{directed: boolean}[]} edges */
const typeOf = (edges) => (edges.some(({ directed }) => directed) ? "directed" : "undirected");

/**
 * The lines of a network as GraphML; all edges are of one type, since few programs open a mixed file: undirected if none
 * has a direction. `directed` says which have one.
 * @param {string} name @param {string} manifest
 * @param {{attributes: Attributes, items: [id: string, node: any][]}} nodes
 * @param {{attributes: Attributes, items: [id: string, from: string, to: string, edge: any][]}} edges  from and to are ids of nodes
 */
export function* graphmlLines(name, manifest, nodes, edges) {
  const keys = (/** @type {string} */ about, /** @type {Attributes} */ attributes) => attributes.map(([title, type], number) =>
    `<key id="${about}${number}" for="${about}" attr.name="${title}" attr.type="${type}"/>`);
  const body = (/** @type {string} */ about, /** @type {Attributes} */ attributes, /** @type {any} */ item) =>
    [...valuesOf(attributes, item)].map(({ number, text }) => `<data key="${about}${number}">${text}</data>`).join("");
  yield '<?xml version="1.0" encoding="UTF-8"?>';
  yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">';
  yield '<key id="graph0" for="graph" attr.name="manifest" attr.type="string"/>';
  yield* [...keys("node", nodes.attributes), ...keys("edge", edges.attributes)];
  yield `<graph id="${xmlText(name)}" edgedefault="${typeOf(edges.items.map(([, , , edge]) => edge))}">`;
  yield `<data key="graph0">${xmlText(manifest)}</data>`;
  for (const [id, node] of nodes.items) yield `<node id="${xmlText(id)}">${body("node", nodes.attributes, node)}</node>`;
  for (const [id, from, to, edge] of edges.items) {
    yield `<edge id="${xmlText(id)}" source="${xmlText(from)}" target="${xmlText(to)}">${body("edge", edges.attributes, edge)}</edge>`;
  }
  yield "</graph>";
  yield "</graphml>";
}

/** The shown network as GraphML. @param {NetworkModel} model @param {Shown} shown @param {string} manifest */
export function graphmlOf(model, shown, manifest) {
  const { nodes, edges, name } = model.data;
  const lines = graphmlLines(name, manifest, {
    attributes: nodeAttributes(model),
    items: [...shown.nodes].map((id) => [nodes[id].iri, nodes[id]]),
  }, {
    attributes: edgeAttributes(model),
    items: [...shown.edges].map((id) => [ID_BASE + edges[id].key, nodes[edges[id].from].iri, nodes[edges[id].to].iri, edges[id]]),
  });
  return `${[...lines].join("\n")}\n`;
}

/**
 * The shown network as GEXF 1.2, with colours, places and the dates of edges.
 * @param {NetworkModel} model @param {Shown} shown @param {Map<number, Point>} places @param {Palette} palette
 * @param {string} manifest
 */
export function gexfOf(model, shown, places, palette, manifest) {
  const { nodes, edges } = model.data;
  const [ofNode, ofEdge] = [nodeAttributes(model), edgeAttributes(model)];
  const declared = (/** @type {string} */ about, /** @type {Attributes} */ attributes) =>
    `<attributes class="${about}" mode="static">${attributes.map(([title, type], number) =>
      `<attribute id="${number}" title="${title}" type="${type === "int" ? "integer" : type}"/>`).join("")}</attributes>`;
  const body = (/** @type {Attributes} */ attributes, /** @type {any} */ item) =>
    `<attvalues>${[...valuesOf(attributes, item)].map(({ number, text }) => `<attvalue for="${number}" value="${text}"/>`).join("")}</attvalues>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">',
    `<meta><creator>tipgraph</creator><description>${xmlText(manifest)}</description></meta>`,
    `<graph defaultedgetype="${typeOf([...shown.edges].map((id) => edges[id]))}" mode="dynamic" timeformat="date">`,
    declared("node", ofNode), declared("edge", ofEdge), "<nodes>",
    ...[...shown.nodes].map((id) => `<node id="${xmlText(nodes[id].iri)}" label="${xmlText(nodes[id].label)}">`
      + `${body(ofNode, nodes[id])}${vizOf(palette.groups[nodes[id].group], places.get(id) ?? nodes[id])}</node>`),
    "</nodes>", "<edges>",
    ...[...shown.edges].map((id) => {
      const { key, from, to, earliest, latest } = edges[id];
      const dates = `${earliest ? ` start="${xmlText(earliest)}"` : ""}${latest ? ` end="${xmlText(latest)}"` : ""}`;
      return `<edge id="${xmlText(ID_BASE + key)}" source="${xmlText(nodes[from].iri)}" target="${xmlText(nodes[to].iri)}"${dates}>`
        + `${body(ofEdge, edges[id])}</edge>`;
    }),
    "</edges>", "</graph>", "</gexf>", "",
  ].join("\n");
}

/** @param {string} colour  as #rrggbb @param {Point} place */
function vizOf(colour, { x, y }) {
  const [r, g, b] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) || 0);
  return `<viz:color r="${r}" g="${g}" b="${b}" a="1.0"/><viz:position x="${tidy(x)}" y="${tidy(-y)}" z="0.0"/><viz:size value="8.0"/>`;
}
