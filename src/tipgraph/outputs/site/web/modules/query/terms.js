// RDF terms as an endpoint answers with them, and as they fill the slots of a query; no other text is ever put into one.

import { XSD } from "../shared/iris.js";
import { guard } from "../shared/python.json";
/** @import { Answer, Row, Term } from "./types.d.ts" @import { Labels } from "../shared/types.d.ts" */

const SLOT = new RegExp(guard.slot, "giu");
export const NO_IRI = /[\u0000-\u0020<>"{}|^`\\]/;
const LANGUAGE = /^[a-zA-Z]+(?:-[a-zA-Z0-9]+)*$/;
const NUMBERS = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));
const NTRIPLE = /^(<[^<>"{}|^`\\\s]*>|_:\S+) (<[^<>"{}|^`\\\s]*>) (.*) \.$/s;
const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;
const ESCAPES = /** @type {Labels} */ ({ t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" });

/** @param {string} value @returns {Term} */
export const iri = (value) => ({ type: "uri", value });

/** @param {string} value @param {string} [datatype] @returns {Term} */
export const literal = (value, datatype) => datatype ? { type: "literal", value, datatype } : { type: "literal", value };

/** A term as SPARQL writes it; a RangeError for what is none. @param {Term} term @returns {string} */
function termText(term) {
  if (term.type === "uri") {
    if (NO_IRI.test(term.value)) throw new RangeError(term.value);
    return `<${term.value}>`;
  }
  const text = `"${term.value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
  const language = term["xml:lang"] ?? "";
  if (language && !LANGUAGE.test(language)) throw new RangeError(language);
  if (language) return `${text}@${language}`;
  return term.datatype ? `${text}^^${termText(iri(term.datatype))}` : text;
}

/** Put terms into the slots of a query; a slot without a value is left out. @param {string} text @param {Record<string, Term[]>} values */
export function bound(text, values) {
  return text.replace(SLOT, (_, name) => (values[name] ? `VALUES ?${name} { ${values[name].map(termText).join(" ")} }` : ""));
}

/** Whether a term is a number. @param {Term|undefined} term */
export const isNumber = (term) => term?.type === "literal" && NUMBERS.has(term.datatype ?? "");

/** An answer as JSON has it, of SELECT or of ASK. @param {{head: {vars: string[]}, results: {bindings: Row[]}, boolean?: boolean}} json @returns {Answer} */
export function answerOf({ head, results, boolean: truth }) {
  return truth === undefined ? { columns: head.vars, rows: results.bindings } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
}

/** Read lines of N-Triples as an answer. @param {string} text @returns {Answer} */
export function triplesOf(text) {
  const rows = text.split("\n").filter(Boolean).map((line) => NTRIPLE.exec(line) ?? unread(line));
  return {
    columns: ["subject", "predicate", "object"],
    rows: rows.map(([, subject, predicate, object]) => ({ subject: term(subject), predicate: term(predicate), object: term(object) })),
  };
}

/** @param {string} line @returns {never} */
function unread(line) {
  throw new Error(`not N-Triples: ${line.slice(0, 80)}`);
}

/** A term that is a triple, as text. @param {any} of  as an endpoint gives it @returns {string} */
export function tripleText({ subject, predicate, object }) {
  const said = [subject, predicate, object].map((one) => (one.type === "triple" ? tripleText(one.value) : one.type === "bnode" ? `_:${one.value}` : termText(one)));
  return `<<( ${said.join(" ")} )>>`;
}

/** A term as N-Triples write it. @param {string} text @returns {Term} */
function term(text) {
  if (text.startsWith("<<(")) return literal(text); // a triple, shown as it is written
  const found = LITERAL.exec(text);
  if (!found) return text.startsWith("_:") ? { type: "bnode", value: text.slice(2) } : iri(text.slice(1, -1));
  const value = found[1].replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
    (one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16))));
  return found[2] ? { type: "literal", value, "xml:lang": found[2] } : literal(value, found[3]);
}
