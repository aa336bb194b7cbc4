// @ts-check
// The worker: it holds the engine and the graph of the page, and answers one query after the other.
(() => {
  "use strict";
  let store = /** @type {oxigraph.Store|null} */ (null);

  /** Rows as JSON, or N-Triples of what builds triples. @param {string} text @param {boolean} union  whether a query sees all named graphs together @returns {WorkerSaid} */
  function answer(text, union) {
    const ask = (/** @type {string} */ form) => String(store?.query(text, { results_format: form, use_default_graph_as_union: union }));
    try {
      return { json: ask("application/sparql-results+json") };
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith("Not supported RDF format")) throw error;
      return { triples: ask("application/n-triples") };
    }
  }

  /** Begin with an engine and a graph. @param {NonNullable<WorkerAsked["start"]>} parts @returns {WorkerSaid} */
  function begin({ module, graph }) {
    oxigraph.initSync({ module });
    store = new oxigraph.Store();
    store.load(new Uint8Array(graph), { format: "application/trig", no_transaction: true, lenient: true });
    return {};
  }

  addEventListener("message", ({ data: { start, text, union } }) => {
    try {
      postMessage(start ? begin(start) : answer(text, union));
    } catch (error) { // of the engine's own errors the engine knows; after any other it cannot be trusted
      const crashed = error instanceof WebAssembly.RuntimeError || error instanceof RangeError;
      postMessage({ error: error instanceof Error ? error.message : String(error), crashed });
    }
  });
})();
