// The rows of an answer so far, with each term once and rows as numbers of terms.

import { literal, tripleText } from "./terms.js";
/** @import { Answer, Row, Term } from "./types.d.ts" */

const SLICES_AHEAD = 2; // that are told together

/** The rows of an answer as they come. */
export class AskAnswer {
  /** @param {string[]} columns */
  constructor(columns) {
    this.columns = columns;
    this.length = 0; // in rows
    this.terms = /** @type {(Term|undefined)[]} */ ([undefined]); // the first is what is not bound
    this.numbers = /** @type {Map<string, Map<string, number>>} */ (new Map()); // of terms, by sort and value
    this.cells = new Uint32Array(0);
  }

  /** @param {Row[]} rows */
  add(rows) {
    let at = this.length * this.columns.length;
    this.reserve(at + rows.length * this.columns.length);
    for (const row of rows) for (const name of this.columns) this.cells[at++] = Object.hasOwn(row, name) ? this.number(row[name]) : 0;
    this.length += rows.length;
  }

  /** No more rows will come, so that what finds terms again can go. */
  close() {
    this.numbers.clear();
    this.cells = this.cells.slice(0, this.length * this.columns.length);
  }

  /** @param {number} size  in cells */
  reserve(size) {
    if (size <= this.cells.length) return;
    const cells = new Uint32Array(Math.max(size, this.cells.length * 2));
    cells.set(this.cells);
    this.cells = cells;
  }

  /** The number of a term, a new one where it has none. @param {Term} term @returns {number} */
  number(term) {
    if (/** @type {string} */ (term.type) === "triple") return this.number(literal(tripleText(term.value)));
    const sort = `${term.type} ${term["xml:lang"] ?? ""} ${term.datatype ?? ""}`;
    const known = this.numbers.get(sort) ?? new Map();
    if (!known.size) this.numbers.set(sort, known);
    const number = known.get(term.value) ?? this.terms.push(term) - 1;
    known.set(term.value, number);
    return number;
  }

  /** The numbers of the terms of a row, by column. @param {number} row */
  numbersOf(row) {
    return this.cells.subarray(row * this.columns.length, (row + 1) * this.columns.length);
  }

  /** @param {number} number @returns {Row} */
  row(number) {
    const [cells, row] = [this.numbersOf(number), Object.create(null)]; // a column may be called as what all objects have
    for (const [at, name] of this.columns.entries()) if (cells[at]) row[name] = this.terms[cells[at]];
    return row;
  }

  /** All rows, one after the other. @returns {Generator<Row>} */
  get rows() {
    return this.some(0, this.length);
  }

  /** @param {number} start @param {number} end */
  * some(start, end) {
    for (let number = start; number < Math.min(end, this.length); number += 1) yield this.row(number);
  }
}

/**
 * The slices of an answer; slices that come together are merged. The engine never waits for the reader, who may ask it
 * something else meanwhile. The signal ends this at once.
 * @param {AsyncIterable<Answer>} slices @param {AbortSignal} signal @returns {AsyncGenerator<Answer>}
 */
export async function* ahead(slices, signal) {
  const waiting = /** @type {Answer[]} */ ([]);
  const state = { ended: false, fault: /** @type {unknown} */ (null), wake: () => {} };
  const taking = async () => {
    for await (const slice of slices) {
      waiting.push(slice);
      state.wake();
    }
  };
  signal.addEventListener("abort", () => state.wake());
  taking().catch((fault) => { state.fault = fault; }).finally(() => { state.ended = true; state.wake(); });
  for (;;) {
    signal.throwIfAborted();
    if (waiting.length) {
      const some = waiting.splice(0, SLICES_AHEAD);
      yield { columns: some[0].columns, rows: some.flatMap(({ rows }) => rows) };
    } else if (!state.ended) await new Promise((resolve) => { state.wake = () => resolve(undefined); });
    else if (state.fault) throw state.fault;
    else return;
  }
}
