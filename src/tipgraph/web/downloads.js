"use strict";
// What is shown as files to take along, made inside the page: CSV, GraphML, GEXF and SVG as text.

const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const RUNS = /^[=+\-@\t\n]/;
const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

/** @typedef {[name: string, type: "string"|"double"|"int"|"boolean", value: (item: any) => unknown][]} Attributes */

/**
 * Keep a spreadsheet from running a cell: an apostrophe before what begins like a formula and is no number.
 * @param {string} cell
 */
function neutral(cell) {
  const text = cell.replace(/\r\n?/g, "\n");
  return RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/** Text for XML: markup escaped, characters that no XML may hold replaced. @param {unknown} value */
function xmlText(value) {
  return String(value).replace(NOT_XML, "\uFFFD")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
}

/**
 * What a node carries in files.
 * @param {NetworkModel} model
 * @returns {Attributes}
 */
function nodeAttributes({ data }) {
  return [
    ["label", "string", (node) => node.label],
    ["kind", "string", (node) => node.kind],
    ["type", "string", (node) => node.group],
    ["names", "string", (node) => node.aliases],
    ["planned", "boolean", (node) => node.planned],
    ["iri", "string", (node) => node.iri],
    ["kind_label", "string", (node) => data.classes[node.kind]],
  ];
}

/**
 * What an edge carries in files, by the names of the exports.
 * @param {NetworkModel} model
 * @returns {Attributes}
 */
function edgeAttributes({ data }) {
  const iris = (/** @type {string[]} */ keys) => keys.map((key) => ID_BASE + key).join(" ");
  return [
    ["label", "string", (edge) => data.relations[edge.relation]],
    ["kind", "string", (edge) => edge.kind],
    ["status", "string", (edge) => edge.status],
    ["date", "string", (edge) => (edge.edtf ?? edge.date) || undefined],
    ["earliest", "string", (edge) => edge.earliest],
    ["latest", "string", (edge) => edge.latest],
    ["amount", "double", (edge) => edge.amount],
    ["currency", "string", (edge) => edge.currency],
    ["shared_amount", "double", (edge) => edge.shared_amount],
    ["shared_by", "int", (edge) => edge.shared_by],
    ["weight", "int", (edge) => edge.weight],
    ["modality", "string", (edge) => edge.modality],
    ["said_at", "string", (edge) => edge.said_at],
    ["source", "string", (edge) => edge.source],
    ["directed", "boolean", (edge) => edge.directed],
    ["inherited", "string", (edge) => edge.inherited],
    ["edge", "string", (edge) => edge.relation],
    ["claim", "string", (edge) => iris(claimsOf(edge))],
  ];
}

/**
 * The shown edges, or nodes, as CSV (RFC 4180, with a mark by which spreadsheets know that it is UTF-8).
 * @param {"edges"|"nodes"} kind @param {NetworkModel} model @param {Shown} shown
 */
function csvOf(kind, model, shown) {
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

/** @param {unknown} value */
function csvCell(value) {
  const text = neutral(value === undefined ? "" : String(value));
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Attributes that an item has, with their numbers. @param {Attributes} attributes @param {any} item */
function* valuesOf(attributes, item) {
  for (const [number, [, type, value]] of attributes.entries()) {
    const found = value(item);
    if (found !== undefined && found !== "") yield { number, type, text: xmlText(found) };
  }
}

/**
 * What is shown as GraphML; all edges are of one type, since few programs open a mixed file, and `directed` says which
 * have a direction.
 * @param {NetworkModel} model @param {Shown} shown
 */
function graphmlOf(model, shown) {
  const { nodes, edges, name } = model.data;
  const [ofNode, ofEdge] = [nodeAttributes(model), edgeAttributes(model)];
  const keys = (/** @type {string} */ about, /** @type {Attributes} */ attributes) => attributes.map(([title, type], number) =>
    `<key id="${about}${number}" for="${about}" attr.name="${title}" attr.type="${type}"/>`);
  const body = (/** @type {string} */ about, /** @type {Attributes} */ attributes, /** @type {any} */ item) =>
    [...valuesOf(attributes, item)].map(({ number, text }) => `<data key="${about}${number}">${text}</data>`).join("");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys("node", ofNode), ...keys("edge", ofEdge),
    `<graph id="${xmlText(name)}" edgedefault="directed">`,
    ...[...shown.nodes].map((id) => `<node id="${xmlText(nodes[id].iri)}">${body("node", ofNode, nodes[id])}</node>`),
    ...[...shown.edges].map((id) => {
      const { key, from, to } = edges[id];
      return `<edge id="${xmlText(ID_BASE + key)}" source="${xmlText(nodes[from].iri)}" target="${xmlText(nodes[to].iri)}">`
        + `${body("edge", ofEdge, edges[id])}</edge>`;
    }),
    "</graph>", "</graphml>", "",
  ].join("\n");
}

/**
 * What is shown as GEXF 1.2, with colours, places and the dates of edges.
 * @param {NetworkModel} model @param {Shown} shown
 * @param {Map<number, {x: number, y: number}>} places @param {Palette} palette
 */
function gexfOf(model, shown, places, palette) {
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
    "<meta><creator>tipgraph</creator></meta>",
    '<graph defaultedgetype="directed" mode="dynamic" timeformat="date">',
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

/** @param {string} colour  as #rrggbb @param {{x: number, y: number}} place */
function vizOf(colour, { x, y }) {
  const [r, g, b] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) || 0);
  return `<viz:color r="${r}" g="${g}" b="${b}" a="1.0"/><viz:position x="${tidy(x)}" y="${tidy(-y)}" z="0.0"/><viz:size value="8.0"/>`;
}

/**
 * What is shown as an SVG picture that stands alone.
 * @param {NetworkModel} model @param {Shown} shown
 * @param {Map<number, {x: number, y: number}>} places @param {Palette} palette
 */
function svgOf(model, shown, places, palette) {
  const { nodes, edges, options, title } = model.data;
  const at = (/** @type {number} */ id) => places.get(id) ?? nodes[id];
  const spots = [...shown.nodes].map(at);
  const [left, top] = [Math.min(...spots.map(({ x }) => x)) - 90, Math.min(...spots.map(({ y }) => y)) - 40];
  const [right, bottom] = [Math.max(...spots.map(({ x }) => x)) + 90, Math.max(...spots.map(({ y }) => y)) + 80];
  const [width, height] = [tidy(right - left), tidy(bottom - top)];
  const svg = drawn("svg", { xmlns: SVG, viewBox: `${tidy(left)} ${tidy(top)} ${width} ${height}`, width, height, "font-family": "sans-serif", "font-size": 13 });
  const head = drawn("title", {});
  head.textContent = title.replace(NOT_XML, "\uFFFD");
  svg.append(head, drawn("rect", { x: tidy(left), y: tidy(top), width, height, fill: palette.ground }));
  for (const id of shown.edges) {
    const { from, to } = edges[id];
    svg.append(edgeMark(edges[id], at(from), at(to), nodes[to].size ?? 10, options.edges?.width ?? 1.5, palette));
  }
  for (const id of shown.nodes) {
    const { group, planned = false, label, size = 10 } = nodes[id];
    const { x, y } = at(id);
    const style = fillOf(palette.groups[group], planned, palette.ground);
    svg.append(shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x), tidy(y), size, style), labelMark(label, x, y + size, palette));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;
}

/**
 * An edge as SVG: bent, dashed and translucent as in the picture.
 * @param {NetworkEdge} edge @param {{x: number, y: number}} start @param {{x: number, y: number}} end
 * @param {number} radius  of the node where it ends @param {number} usual  its width where it says none @param {Palette} palette
 */
function edgeMark(edge, start, end, radius, usual, palette) {
  const colour = palette.relations[edge.relation];
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -1 : 1) : 0;
  const via = { x: start.x + dx / 2 + dy * bend, y: start.y + dy / 2 - dx * bend };
  const width = edge.width ?? usual;
  const path = edge.from === edge.to
    ? `M${tidy(start.x)} ${tidy(start.y)}a${edge.selfReference?.size ?? 16} ${edge.selfReference?.size ?? 16} 0 1 1 0.1 0`
    : `M${tidy(start.x)} ${tidy(start.y)}Q${tidy(via.x)} ${tidy(via.y)} ${tidy(end.x)} ${tidy(end.y)}`;
  const line = drawn("path", { d: path, fill: "none", stroke: colour, "stroke-width": width,
    ...(edge.dashes ? { "stroke-dasharray": edge.dashes.join(" ") } : {}) });
  const mark = drawn("g", { opacity: edge.color?.opacity ?? 1 }, line);
  const length = Math.hypot(end.x - via.x, end.y - via.y);
  if (edge.arrows && length) {
    const [ux, uy] = [(end.x - via.x) / length, (end.y - via.y) / length];
    const [tipX, tipY, size] = [end.x - ux * (radius + 3), end.y - uy * (radius + 3), 6 + 2 * width];
    const side = (/** @type {number} */ way) => `${tidy(tipX - ux * size - uy * size * 0.45 * way)},${tidy(tipY - uy * size + ux * size * 0.45 * way)}`;
    mark.append(drawn("polygon", { points: `${tidy(tipX)},${tidy(tipY)} ${side(1)} ${side(-1)}`, fill: colour }));
  }
  return mark;
}

/** A label below its node, in lines. @param {string} label @param {number} x @param {number} y @param {Palette} palette */
function labelMark(label, x, y, palette) {
  const text = drawn("text", { x: tidy(x), y: tidy(y + 15), "text-anchor": "middle", fill: palette.ink,
    stroke: palette.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" });
  linesOf(label.replace(NOT_XML, "\uFFFD")).forEach((line, number) => {
    const span = drawn("tspan", { x: tidy(x), dy: number ? 15 : 0 });
    span.textContent = line;
    text.append(span);
  });
  return text;
}

/**
 * Hand a file to the reader.
 * @param {string} name @param {Blob} blob
 */
function download(name, blob) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name, class: "sr" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
