// The engine that answers SPARQL: the server of this page, or the engine inside it.

import { byId } from "../shared/elements.js";
import { wording } from "../shared/words.js";
import { PageEngine } from "./page-engine.js";
import { answerOf, triplesOf } from "./terms.js";
/** @import { Answer, AskData, AskEngine } from "./types.d.ts" */

const TAKES = "application/sparql-results+json, application/n-triples;q=0.9";
export const ROWS_A_SLICE = 1000;

/** All slices of an answer as one. @param {AsyncIterable<Answer>} slices @returns {Promise<Answer>} */
export async function gathered(slices) {
  const answer = /** @type {Answer} */ ({ columns: [], rows: [] });
  for await (const { columns, rows } of slices) {
    answer.columns = columns;
    for (const row of rows) answer.rows.push(row);
  }
  return answer;
}

/** An endpoint that speaks the SPARQL protocol. @implements {AskEngine} */
class HttpEngine {
  /** @param {string} address */
  constructor(address) {
    this.address = address;
  }

  /** @param {string} text @param {AbortSignal} signal @returns {AsyncGenerator<Answer>} */
  async* stream(text, signal) {
    const { columns, rows } = await this.ask(text, signal);
    for (let start = 0; start < Math.max(rows.length, 1); start += ROWS_A_SLICE) {
      yield { columns, rows: rows.slice(start, start + ROWS_A_SLICE) };
    }
  }

  /** @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
  async ask(text, signal) {
    const headers = { "Content-Type": "application/sparql-query", Accept: TAKES };
    const reply = await fetch(this.address, { method: "POST", headers, body: text, signal, cache: "no-store" });
    if (!reply.ok) throw new Error(await this.complaint(reply));
    if (reply.headers.get("Content-Type")?.startsWith("application/n-triples")) return triplesOf(await reply.text());
    return answerOf(await reply.json());
  }

  /** @param {Response} reply */
  async complaint(reply) {
    try {
      return (await reply.json()).detail ?? reply.statusText;
    } catch {
      return `${reply.status} ${reply.statusText}`;
    }
  }
}

/** The engine of this page, if there is one. @param {AskData} data @returns {Promise<AskEngine|null>} */
export async function engineOf(data) {
  return await serverOf(data.home) ?? (data.engine ? insideOf(data) : null);
}

/** The server that this page came from, where it is one of ours. @param {string} home  the way to it @returns {Promise<HttpEngine|null>} */
async function serverOf(home) {
  if (globalThis.tipgraphBook || !location.protocol.startsWith("http")) return null; // a book is whole, and asks nobody
  const base = new URL(home, location.href);
  try {
    const reply = await fetch(new URL("health", base), { cache: "no-store" });
    return reply.ok && (await reply.json()).status === "ok" ? new HttpEngine(new URL("sparql", base).href) : null;
  } catch {
    return null;
  }
}

/** The engine that the page carries; in a book it goes on from page to page. @param {AskData} data @returns {Promise<PageEngine>} */
async function insideOf(data) {
  const kept = /** @type {{tipgraphEngine?: Promise<PageEngine>}} */ (globalThis);
  kept.tipgraphEngine ??= PageEngine.carried(data);
  const engine = await kept.tipgraphEngine;
  engine.words = wording(data.words);
  engine.seconds = () => Math.min(Math.max(Number(byId("seconds")?.value), 0) || SECONDS, MOST_SECONDS);
  return engine;
}
// The engine inside the page: Oxigraph as WebAssembly in a worker, which is ended and started anew where it must be.

export const SECONDS = 30; // of a query, where the page does not say otherwise
const MOST_SECONDS = 3600;
