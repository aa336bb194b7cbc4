// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/python.json
  var namespaces = {
    id: "https://w3id.org/tipgraph/id/",
    tip: "https://w3id.org/tipgraph/ns#",
    code: "https://w3id.org/tipgraph/code#",
    xsd: "http://www.w3.org/2001/XMLSchema#"
  };
  var guard = {
    token: `(?<iri><[^<>"{}|^\`\\\\\\x00-\\x20]*>)|(?<comment>#[^\\n\\r]*)|(?<text>"{3}[^"\\\\]*(?:(?:\\\\.|"{1,2}(?!"))[^"\\\\]*)*(?:"{3}|(?<open>))|'{3}[^'\\\\]*(?:(?:\\\\.|'{1,2}(?!'))[^'\\\\]*)*(?:'{3}|(?<opened>))|"[^"\\\\\\n\\r]*(?:\\\\.[^"\\\\\\n\\r]*)*"?|'[^'\\\\\\n\\r]*(?:\\\\.[^'\\\\\\n\\r]*)*'?)|(?<variable>[?$][\\p{L}\\p{N}_]+|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)|(?<name>[\\p{L}\\p{N}_.-]{0,100}:(?:[\\p{L}\\p{N}_.:%-]|\\\\.)*)|(?<word>[\\p{L}\\p{N}_]+)|(?<mark>.)`,
    escape: "\\\\(?:u|U0000)(?!00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))[0-9A-Fa-f]{4}|\\\\U(?!0000)",
    soundEscape: `\\\\(?:[tbnrf"'\\\\]|u00[0-9a-fA-F]{2}|U000000[0-9a-fA-F]{2})`,
    slot: "VALUES\\s+\\?([\\p{L}\\p{N}_]+)\\s*\\{\\s*UNDEF\\s*\\}",
    writes: [
      "ADD",
      "CLEAR",
      "COPY",
      "CREATE",
      "DELETE",
      "DROP",
      "INSERT",
      "LOAD",
      "MOVE"
    ],
    longestQuery: 1e5,
    longestTerm: 80
  };

  // shared/iris.js
  var { id: ID_BASE, tip: TIP, code: CODE, xsd: XSD } = namespaces;

  // query/terms.js
  var SLOT = new RegExp(guard.slot, "giu");
  var NUMBERS = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));
  var NTRIPLE = /^(<[^<>"{}|^`\\\s]*>|_:\S+) (<[^<>"{}|^`\\\s]*>) (.*) \.$/s;
  var LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;
  var ESCAPES = (
    /** @type {Labels} */
    { t: "	", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" }
  );
  var iri = (value) => ({ type: "uri", value });
  var literal = (value, datatype) => datatype ? { type: "literal", value, datatype } : { type: "literal", value };
  function answerOf({ head, results, boolean: truth }) {
    return truth === void 0 ? { columns: head.vars, rows: results.bindings } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
  }
  function triplesOf(text) {
    const rows = text.split("\n").filter(Boolean).map((line) => NTRIPLE.exec(line) ?? unread(line));
    return {
      columns: ["subject", "predicate", "object"],
      rows: rows.map(([, subject, predicate, object]) => ({ subject: term(subject), predicate: term(predicate), object: term(object) }))
    };
  }
  function unread(line) {
    throw new Error(`not N-Triples: ${line.slice(0, 80)}`);
  }
  function term(text) {
    if (text.startsWith("<<(")) return literal(text);
    const found = LITERAL.exec(text);
    if (!found) return text.startsWith("_:") ? { type: "bnode", value: text.slice(2) } : iri(text.slice(1, -1));
    const value = found[1].replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) => one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16)));
    return found[2] ? { type: "literal", value, "xml:lang": found[2] } : literal(value, found[3]);
  }

  // query/worker.js
  {
    const ROWS = "application/sparql-results+json";
    const TRIPLES = "application/n-triples";
    const left = (
      /** @type {Map<number, Answer & {at: number}>} */
      /* @__PURE__ */ new Map()
    );
    let store = (
      /** @type {oxigraph.Store|null} */
      null
    );
    const answer = (text, union) => {
      if (!store) throw new Error("no graph");
      const ask = (form) => String(store?.query(text, { results_format: form, use_default_graph_as_union: union }));
      try {
        return answerOf(JSON.parse(ask(ROWS)));
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith("Not supported RDF format")) throw error;
        return triplesOf(ask(TRIPLES));
      }
    };
    const reply = ({ id, start, text, union = true, slice }) => {
      if (start) {
        oxigraph.initSync({ module: start.module });
        store = new oxigraph.Store();
        store.load(new Uint8Array(start.graph), { format: "application/trig", no_transaction: true, lenient: true });
        return { id };
      }
      if (text !== void 0) left.set(id, { ...answer(text, union), at: 0 });
      const { columns, rows, at } = left.get(id) ?? { columns: [], rows: [], at: 0 };
      const more = rows.length > at + slice;
      if (more) left.set(id, { columns, rows, at: at + slice });
      else left.delete(id);
      return { id, columns, rows: rows.slice(at, at + slice), more };
    };
    addEventListener("message", ({ data }) => {
      if (data.drop) return left.delete(data.id);
      try {
        postMessage(reply(data));
      } catch (error) {
        const crashed = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
        postMessage({ id: data.id, error: error instanceof Error ? error.message : String(error), crashed });
      }
      return void 0;
    });
  }
})();
