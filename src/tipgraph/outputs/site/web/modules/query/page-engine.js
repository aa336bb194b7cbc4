// The engine inside the page: Oxigraph as WebAssembly in a worker, which is restarted after a crash or a timeout.

import { carriedBy } from "../shared/carried.js";
import { unpacked } from "../shared/gzip.js";
import { ROWS_A_SLICE, SECONDS } from "./engine.js";
import { guarded, prefixLine } from "./guard.js";
/** @import { Answer, AskData, AskEngine, Row, WorkerAsked, WorkerSaid } from "./types.d.ts" @import { Labels, Words } from "../shared/types.d.ts" */

/** A query that was ended, or brought the engine down. */
class EngineEnded extends Error {}

/** @implements {AskEngine} */
export class PageEngine {
  /** @param {{script: Blob, module: WebAssembly.Module, graph: Blob}} parts @param {Labels} prefixes  that queries need not declare */
  constructor(parts, prefixes) {
    this.parts = parts;
    this.prefixes = prefixes;
    this.words = /** @type {Words} */ ((text) => text);
    this.seconds = () => SECONDS;
    this.asked = 0;
    this.graphs = /** @type {Set<string>|null} */ (null);
    this.last = /** @type {Promise<unknown>} */ (Promise.resolve()); // what is asked waits for what was asked before
    this.worker = this.begun();
  }

  /** The engine that this page carries. @param {AskData} data @returns {Promise<PageEngine>} */
  static async carried({ home, prefixes }) {
    const [engine, graph] = await Promise.all([carriedBy("assets/engine.js", home), carriedBy("assets/graph.js", home)]);
    const [script, binary, statements] = [engine.get("worker.js"), engine.get("oxigraph.wasm"), graph.get("graph.trig")]
      .map((part) => unpacked(part ?? ""));
    const module = await WebAssembly.compile(await binary.arrayBuffer());
    return new PageEngine({ script: await script.blob(), module, graph: await statements.blob() }, prefixes);
  }

  /** A worker that will have read the graph; who asks it learns whether it could. */
  begun() {
    const worker = this.started();
    worker.catch(() => {});
    return worker;
  }

  /** A worker that has read the graph. @returns {Promise<Worker>} */
  async started() {
    const address = URL.createObjectURL(new Blob([this.parts.script], { type: "text/javascript" }));
    const worker = new Worker(address);
    const graph = await this.parts.graph.arrayBuffer();
    const { error } = await said(worker, { id: 0, slice: 0, start: { module: this.parts.module, graph } }, [graph]);
    URL.revokeObjectURL(address);
    if (error !== undefined) throw new EngineEnded(this.words("The engine does not start on this device: {error}", { error }));
    return worker;
  }

  /** End what runs, and start anew. @param {Worker} worker */
  restart(worker) {
    worker.terminate();
    this.worker = this.begun();
  }

  /** @param {string} text @param {AbortSignal} signal @returns {AsyncGenerator<Answer>} */
  async* stream(text, signal) {
    const id = this.asked += 1;
    const union = await this.allTogether(text, signal);
    const line = prefixLine(text, this.prefixes);
    let some = await this.call({ id, text: `${line}\n${text}`, union, slice: ROWS_A_SLICE }, signal);
    try {
      yield this.slice(some);
      while (some.more) yield this.slice(some = await this.call({ id, slice: ROWS_A_SLICE }, signal));
    } finally {
      if (some.more) (await this.worker).postMessage({ id, drop: true });
    }
  }

  /** @param {WorkerSaid} some @returns {Answer} */
  slice({ columns = [], rows = [] }) {
    return { columns, rows };
  }

  /** Whether a query sees all named graphs together: it names none by FROM. @param {string} text @param {AbortSignal} signal */
  async allTogether(text, signal) {
    const named = guarded(text, this.words);
    if (!named.length) return true;
    this.graphs ??= new Set((await this.call({ id: 0, text: "SELECT ?g { GRAPH ?g {} }", slice: Infinity }, signal)).rows?.map((/** @type {Row} */ row) => row.g.value));
    for (const graph of named) {
      if (!this.graphs.has(graph)) throw new Error(this.words("FROM <{graph}> is not a graph here; the graphs are: {graphs}", { graph, graphs: [...this.graphs].sort().join(", ") }));
    }
    return false;
  }

  /** An error of the engine with the line in the written query, which has a line of prefixes before it. @param {string} error */
  complaint(error) {
    const [, line, rest] = /^error at (\d+):(.*)$/s.exec(error) ?? [];
    return line ? this.words("The query does not parse, at line:column {place}", { place: `${Number(line) - 1}:${rest}` }) : error;
  }

  /** Ask the worker, when it has answered what was asked before. @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<WorkerSaid>} */
  call(asked, signal) {
    const answered = this.last.then(() => this.answer(asked, signal));
    this.last = answered.catch(() => {});
    return answered;
  }

  /** @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<WorkerSaid>} */
  async answer(asked, signal) {
    signal.throwIfAborted();
    const worker = await this.worker;
    signal.throwIfAborted();
    const seconds = this.seconds();
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), seconds * 1000);
    try {
      const { error, crashed, ...answer } = await Promise.race([said(worker, asked), ended(signal), ended(deadline.signal)]);
      if (crashed) throw new EngineEnded(this.words("The engine failed on this query and was started again. Simplify the query, or ask for less."));
      if (error !== undefined) throw new Error(this.complaint(error));
      return answer;
    } catch (error) {
      const late = deadline.signal.aborted && !signal.aborted;
      if (late || signal.aborted || error instanceof EngineEnded) this.restart(worker);
      if (late) throw new EngineEnded(this.words("The query took longer than {seconds} seconds and was stopped; ask for less, or allow more time.", { seconds }));
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The reply of a worker. @param {Worker} worker @param {WorkerAsked} asked @param {Transferable[]} [given] @returns {Promise<WorkerSaid>} */
function said(worker, asked, given = []) {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => { event.preventDefault(); resolve({ id: asked.id, error: event.message, crashed: true }); };
    worker.onmessageerror = () => reject(new Error("the engine's answer cannot be read"));
    worker.postMessage(asked, given);
  });
}

/** A promise that fails when a signal says so. @param {AbortSignal} signal @returns {Promise<never>} */
function ended(signal) {
  return new Promise((_, reject) => { signal.addEventListener("abort", () => reject(signal.reason), { once: true }); });
}
