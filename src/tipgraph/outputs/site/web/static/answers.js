// @ts-check
// Answers of an engine as rows of terms.
var answers = (() => {
  "use strict";

  const NTRIPLE = /^(<[^<>"{}|^`\\\s]*>|_:\S+) (<[^<>"{}|^`\\\s]*>) (.*) \.$/s;
  const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;
  const ESCAPES = /** @type {Labels} */ ({ t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" });

  /** @param {string} value @returns {Term} */
  const iri = (value) => ({ type: "uri", value });

  /** @param {string} value @param {string} [datatype] @returns {Term} */
  const literal = (value, datatype) => datatype ? { type: "literal", value, datatype } : { type: "literal", value };

  /** An answer as JSON has it, of SELECT or of ASK. @param {{head: {vars: string[]}, results: {bindings: Row[]}, boolean?: boolean}} json @returns {Answer} */
  function answerOf({ head, results, boolean: truth }) {
    return truth === undefined ? { columns: head.vars, rows: results.bindings } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
  }

  /** Read lines of N-Triples as an answer. @param {string} text @returns {Answer} */
  function triplesOf(text) {
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

  /** A term as N-Triples write it. @param {string} text @returns {Term} */
  function term(text) {
    if (text.startsWith("<<(")) return literal(text); // a triple, shown as it is written
    const found = LITERAL.exec(text);
    if (!found) return text.startsWith("_:") ? { type: "bnode", value: text.slice(2) } : iri(text.slice(1, -1));
    const value = found[1].replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
      (one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16))));
    return found[2] ? { type: "literal", value, "xml:lang": found[2] } : literal(value, found[3]);
  }

  return {
    answerOf, iri, literal, triplesOf,
  };
})();
