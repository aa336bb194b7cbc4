"use strict";
// An answer as files to take along: its rows as CSV and JSON, what they tie as GraphML.

const ROWS_A_PIECE = 500;

/**
 * @typedef {object} Taken  an answer, or as much of it as has come
 * @property {AskAnswer} answer
 * @property {Told} told
 * @property {string} name  of the question
 * @property {Labels} asked  the question with its parameters, or the query
 * @property {boolean} whole
 */

/** The name of a file; that of a part says so. @param {Taken} taken @param {"csv"|"json"|"graphml"} form @param {Words} words */
function fileName({ name, answer, whole }, form, words) {
  return `${name}${whole ? "" : `-${words("first-{count}-rows", { count: answer.length })}`}.${form}`;
}

/** @param {Taken} taken @param {"csv"|"json"|"graphml"} form @returns {Promise<Blob>} */
async function fileOf(taken, form) {
  if (form === "graphml") return new Blob([answerGraphml(taken)], { type: "application/xml" });
  if (form === "csv") return new Blob(await answerCsv(taken), { type: "text/csv;charset=utf-8" });
  return new Blob(await answerJson(taken), { type: "application/json" });
}

/** Texts of all rows, a piece for some rows each, without holding up the page. @param {AskAnswer} answer @param {(rows: Row[]) => string} text */
async function inPieces(answer, text) {
  const [pieces, pace] = [/** @type {string[]} */ ([]), new Pace()];
  for (let start = 0; start < answer.length; start += ROWS_A_PIECE) {
    pieces.push(text([...answer.some(start, start + ROWS_A_PIECE)]));
    if (pace.due) await pace.rest();
  }
  return pieces;
}

/** How a claim is said, where that must be known. @param {{implied: boolean, unreviewed: boolean} | undefined} remark */
function marksOf(remark) {
  const marks = [...(remark?.implied ? ["implied"] : []), ...(remark?.unreviewed ? ["not reviewed"] : [])];
  return marks.length ? ` (${marks.join(", ")})` : "";
}

/** Where claims are said, as one text. @param {string[]} claims @param {Told} told */
function saidText(claims, told) {
  return claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => `${spotLabel(cited)}${marksOf(told.remarks.get(claim))}`)).join("; ");
}

/** The rows as CSV, each with the labels of its things and where it is said. @param {Taken} taken */
async function answerCsv({ answer, told }) {
  const { columns, terms, length } = answer;
  const named = (/** @type {number} */ number) => terms[number]?.type === "uri" && told.labels.has(terms[number]?.value ?? "");
  const labelled = columns.filter((_, at) => {
    for (let row = 0; row < length; row += 1) if (named(answer.cells[row * columns.length + at])) return true;
    return false;
  });
  const line = (/** @type {string[]} */ cells) => `${cells.map(csvCell).join(",")}\n`;
  const head = line([...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "contradicted"]);
  const body = await inPieces(answer, (rows) => rows.map((row) => {
    const claims = claimsIn(row, told);
    return line([
      ...columns.map((name) => row[name]?.value ?? ""),
      ...labelled.map((name) => told.labels.get(row[name]?.value ?? "") ?? ""),
      saidText(claims, told),
      claims.flatMap((claim) => told.remarks.get(claim)?.notes ?? []).join("; "),
      claims.flatMap((claim) => told.against.get(claim) ?? []).join("; "),
    ]);
  }).join(""));
  return [head, ...body];
}

/** The rows as JSON, each with where it is said. @param {Taken} taken */
async function answerJson({ answer, told }) {
  const value = (/** @type {Term} */ term) => (term.type === "uri" ? { iri: term.value, label: told.labels.get(term.value) ?? null } : term.value);
  const item = (/** @type {Row} */ row) => ({
    ...Object.fromEntries(answer.columns.map((name) => [name, row[name] ? value(row[name]) : null])),
    "said at": claimsIn(row, told).flatMap((claim) => told.cited.get(claim) ?? []),
  });
  const pieces = await inPieces(answer, (rows) => JSON.stringify(rows.map(item), null, 1).slice(1, -2)); // its brackets aside
  return ["[", ...pieces.flatMap((piece, at) => (at ? [",", piece] : [piece])), "\n]"];
}

/** What the rows tie, as GraphML. @param {Taken} taken */
function answerGraphml({ answer, told, name, asked, whole }) {
  const ties = tiesOf(answer, told, (node) => told.types.has(node));
  const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
  const manifest = JSON.stringify({
    "made by": "tipgraph", asked, counts: { rows: answer.length, nodes: nodes.length, edges: ties.length }, whole, licence: LICENCES,
  });
  const modality = (/** @type {Tie} */ { claims }) => (claims.length && claims.every((claim) => told.remarks.get(claim)?.implied) ? "implied" : "stated");
  return graphmlText(name, manifest, {
    attributes: [["label", "string", (node) => told.labels.get(node) ?? shortIri(node)], ["type", "string", (node) => told.types.get(node)], ["iri", "string", (node) => node]],
    items: nodes.map((node) => [node, node]),
  }, {
    attributes: [
      ["label", "string", ({ relation }) => relation], ["claim", "string", ({ claims }) => claims.join(" ")],
      ["said_at", "string", ({ claims }) => saidText(claims, told)], ["modality", "string", modality],
    ],
    items: ties.map((tie, at) => [`tie-${at}`, tie.from, tie.to, tie]),
  });
}

/** The claims of a row, none twice. @param {Row} row @param {Told} told */
function claimsIn(row, told) {
  return [...new Set(Object.values(row).map(({ value }) => value))].filter((node) => told.cited.has(node));
}
