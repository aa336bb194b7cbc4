// @ts-check
// The worker: it holds the engine and the graph of the page, and answers one query after the other.
(() => {
  "use strict";
  const ROWS = "application/sparql-results+json";
  const TRIPLES = "application/n-triples";
  let store = /** @type {oxigraph.Store|null} */ (null);

  /** @param {string} text @param {boolean} union  whether a query sees all named graphs together @returns {WorkerSaid} */
  const answer = (text, union) => {
    const ask = (/** @type {string} */ form) => String(store?.query(text, { results_format: form, use_default_graph_as_union: union }));
    try {
      return { json: ask(ROWS) };
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("Not supported RDF format")) throw error;
      return { triples: ask(TRIPLES) }; // it builds triples
    }
  };

  /** @param {WorkerAsked} asked @returns {WorkerSaid} */
  const reply = ({ start, text = "", union = true }) => {
    if (!start) return answer(text, union);
    oxigraph.initSync({ module: start.module });
    store = new oxigraph.Store();
    store.load(new Uint8Array(start.graph), { format: "application/trig", no_transaction: true, lenient: true });
    return {};
  };

  addEventListener("message", ({ data }) => {
    try {
      postMessage(reply(data));
    } catch (error) { // of the engine's own errors the engine knows; after any other it cannot be trusted
      const crashed = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      postMessage({ error: error instanceof Error ? error.message : String(error), crashed });
    }
  });
})();
