// An answer as files: rows as CSV and JSON, ties as GraphML.

import { LICENCES, graphmlLines } from "../network/exports.js";
import { csvCell } from "../shared/csv.js";
import { shortIri } from "../shared/iris.js";
import { spotLabel } from "./annotations.js";
import { Pace } from "./order.js";
import { modalityOf, tiesOf } from "./ties.js";
/** @import { Told } from "./annotations.js" @import { AskAnswer } from "./answer.js" @import { Row, Taken, Term } from "./types.d.ts" */
/** @import { Labels, Words } from "../shared/types.d.ts" */

const TEXTS_A_BLOB = 200;

/** The name of a file; that of a part says so. @param {Taken} taken @param {"csv"|"json"|"graphml"} form @param {Words} words */
export function fileName({ name, answer, whole }, form, words) {
  return `${name}${whole ? "" : `-${words("first-{count}-rows", { count: answer.length })}`}.${form}`;
}

/** @param {Taken} taken @param {"csv"|"json"|"graphml"} form */
export async function fileOf(taken, form) {
  const [texts, type] = {
    csv: /** @type {const} */ ([csvTexts, "text/csv;charset=utf-8"]),
    json: /** @type {const} */ ([jsonTexts, "application/json"]),
    graphml: /** @type {const} */ ([graphmlTexts, "application/xml"]),
  }[form];
  return new Blob(await packed(texts(taken)), { type });
}

/** Texts packed away some at a time, which neither holds up the page nor fills its memory. @param {Iterable<string>} texts */
async function packed(texts) {
  const [blobs, pace] = [/** @type {Blob[]} */ ([]), new Pace()];
  let waiting = /** @type {string[]} */ ([]);
  for (const text of texts) {
    if (waiting.push(text) % TEXTS_A_BLOB) continue;
    blobs.push(new Blob(waiting));
    waiting = [];
    if (pace.due) await pace.rest();
  }
  return [...blobs, ...waiting];
}

/** The caveats, corrections and contradictions of a claim, in brackets. @param {string} claim @param {Told} told */
function marksOf(claim, { remarks, against }) {
  const { caveats = [], corrections = [] } = remarks.get(claim) ?? {};
  const marks = [...caveats, ...(corrections.length ? ["corrected"] : []), ...(against.has(claim) ? ["contradicted"] : [])];
  return marks.length ? ` (${marks.join(", ")})` : "";
}

/** The citations of claims as one text. @param {string[]} claims @param {Told} told */
function saidText(claims, told) {
  return claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => `${spotLabel(cited)}${marksOf(claim, told)}`)).join("; ");
}

/** The rows as CSV, each with the labels of its things and where it is said. @param {Taken} taken */
function* csvTexts({ answer, told }) {
  const { columns, terms, length } = answer;
  const named = (/** @type {number} */ number) => terms[number]?.type === "uri" && told.labels.has(terms[number]?.value ?? "");
  const labelled = columns.filter((_, at) => {
    for (let row = 0; row < length; row += 1) if (named(answer.cells[row * columns.length + at])) return true;
    return false;
  });
  const line = (/** @type {string[]} */ cells) => `${cells.map(csvCell).join(",")}\n`;
  yield line([...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "review", "corrected", "contradicted"]);
  for (const row of answer.rows) {
    const claims = claimsIn(row, told);
    yield line([
      ...columns.map((name) => row[name]?.value ?? ""),
      ...labelled.map((name) => told.labels.get(row[name]?.value ?? "") ?? ""),
      saidText(claims, told),
      told.each("notes", claims).join("; "),
      told.reviews(claims).join("; "),
      told.each("corrections", claims).join("; "),
      told.contradictions(claims).join("; "),
    ]);
  }
}

/** The rows as JSON, each with where it is said and what must be known of it. @param {Taken} taken */
function* jsonTexts({ answer, told }) {
  const value = (/** @type {Term} */ term) => (term.type === "uri" ? { iri: term.value, label: told.labels.get(term.value) ?? null } : term.value);
  let before = "[";
  for (const row of answer.rows) {
    const claims = claimsIn(row, told);
    const reviews = told.reviews(claims);
    const item = {
      ...Object.fromEntries(answer.columns.map((name) => [name, row[name] ? value(row[name]) : null])),
      "said at": claims.flatMap((claim) => told.cited.get(claim) ?? []),
      implied: claims.some((claim) => told.remarks.get(claim)?.modality === "implied"),
      unreviewed: reviews.includes("unreviewed"),
      caveats: told.each("caveats", claims),
      review: reviews,
      notes: told.each("notes", claims),
      corrections: told.each("corrections", claims),
      contradicted: told.contradictions(claims),
    };
    yield before + JSON.stringify([item], null, 1).slice(1, -2); // its brackets aside
    before = ",";
  }
  yield "\n]";
}

/** The ties of an answer as GraphML. @param {Taken} taken */
function* graphmlTexts({ answer, told, name, asked, whole }) {
  const ties = tiesOf(answer, told);
  const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
  const manifest = JSON.stringify({
    "made by": "tipgraph", asked, counts: { rows: answer.length, nodes: nodes.length, edges: ties.length }, whole, licence: LICENCES,
  });
  const lines = graphmlLines(name, manifest, {
    attributes: [["label", "string", (node) => told.labels.get(node) ?? shortIri(node)], ["type", "string", (node) => told.types.get(node)], ["iri", "string", (node) => node]],
    items: nodes.map((node) => [node, node]),
  }, {
    attributes: [
      ["label", "string", ({ relation }) => relation], ["claim", "string", ({ claims }) => claims.join(" ")],
      ["said_at", "string", ({ claims }) => saidText(claims, told)], ["modality", "string", (tie) => modalityOf(tie, told)],
      ["directed", "boolean", ({ directed }) => directed],
      ["caveats", "string", ({ claims }) => told.each("caveats", claims).join(", ")], ["review", "string", ({ claims }) => told.reviews(claims).join(" ")],
      ["corrected", "string", ({ claims }) => told.each("corrections", claims).join("; ")],
    ],
    items: ties.map((tie, at) => [`tie-${at}`, tie.from, tie.to, tie]),
  });
  for (const line of lines) yield `${line}\n`;
}

/** The claims of a row, none twice. @param {Row} row @param {Told} told */
const claimsIn = (row, told) => [...new Set(Object.values(row).map(({ value }) => value))].filter((node) => told.cited.has(node));
