// Questions one step away from a question without an answer, as `tipgraph query` offers them.

import { XSD, shortIri } from "../shared/iris.js";
import { bound, iri, literal } from "./terms.js";
/** @import { Labels } from "../shared/types.d.ts" @import { Teller } from "./annotations.js" @import { AskEngine, Near, Parameter, Row, Term } from "./types.d.ts" */

const MOST_NEAR = 6;
const NEAR_SECONDS = 20; // after which nothing more is asked
const WITHOUT_NEAR = ["from", "to", "text"]; // kinds of values without neighbours
const NO_ENTRIES = ["class", "code", "number", ...WITHOUT_NEAR];

/** A record without a key. @template Value @param {string} name @param {Record<string, Value>} all @returns {Record<string, Value>} */
const without = (name, { [name]: _, ...others }) => others;

/**
 * The nearest questions that have rows, each once.
 * @param {AskEngine} engine @param {Teller} teller
 * @param {{text: string, parameters: Record<string, Parameter>}} question @param {Record<string, Term[]>} given
 * @param {Labels} words  for the given values @param {AbortSignal} signal
 */
export async function nearby(engine, teller, { text, parameters }, given, words, signal) {
  const until = performance.now() + NEAR_SECONDS * 1000;
  const found = /** @type {Map<string, Near>} */ (new Map());
  for await (const near of candidates()) {
    found.set(JSON.stringify(near.values), near);
    if (found.size === MOST_NEAR) break;
  }
  return [...found.values()];

  /** First another value in place of one, then none in its place, then no value at all. @returns {AsyncGenerator<Near>} */
  async function* candidates() {
    const names = Object.keys(given);
    for (const name of names) {
      for await (const [other, values] of alternatives(name)) {
        if (!values.size || !await count({ ...without(name, given), [other]: [...values.keys()] })) continue;
        for (const [term, word] of values) {
          const rows = await count({ ...without(name, given), [other]: [term] });
          if (rows) yield { values: { ...without(name, words), [other]: word || await shortName(term.value) }, rows };
        }
      }
    }
    for (const name of names) {
      const rows = await count(without(name, given));
      if (rows) yield { values: without(name, words), rows };
    }
    const rows = names.length > 1 ? await count({}) : 0;
    if (rows) yield { values: {}, rows };
  }

  /** Parameters with values in place of a given one, each with its word. @param {string} name @returns {AsyncGenerator<[string, Map<Term, string>]>} */
  async function* alternatives(name) {
    const [sort, more] = parameters[name].kind.split(" ");
    if (sort === "code") {
      yield [name, termed(await teller.rows("codes", { name: [literal(more)] }, signal), "code", "notation")];
    } else if (sort === "class") {
      const names = new Map((await teller.rows("classes", {}, signal)).map((row) => [row.class.value, row.name.value]));
      const [{ value }] = given[name];
      const pairs = (await teller.rows("class-tree", {}, signal)).map((row) => [row.class.value, row.above.value]);
      const beside = [...pairs, ...pairs.map(([one, other]) => [other, one])].filter(([one, other]) => one === value && names.has(other));
      yield [name, new Map(beside.map(([, other]) => [iri(other), names.get(other) ?? ""]))];
    } else if (sort === "number") {
      const [least, most] = (more ?? "").split("-").map(Number);
      const numbers = Array.from({ length: most ? most - least + 1 : 0 }, (_, at) => String(least + at));
      yield [name, new Map(numbers.map((number) => [literal(number, `${XSD}integer`), number]))];
    } else if (!WITHOUT_NEAR.includes(sort)) {
      const free = Object.entries(parameters).filter(([other, { kind }]) => !(other in given) && !NO_ENTRIES.includes(kind.split(" ")[0]));
      for (const other of [name, ...free.map(([key]) => key)]) {
        const kind = [literal(parameters[other].kind)];
        yield [other, termed(await teller.rows("beside", { thing: given[name], kind }, signal), "other")];
      }
    }
  }

  /** The number of rows with some values. @param {Record<string, Term[]>} values */
  async function count(values) {
    let sum = 0;
    if (performance.now() > until) return sum;
    for await (const { rows } of engine.stream(bound(text, values), signal)) sum += rows.length;
    return sum;
  }

  /** The shortest name that means an entry. @param {string} node */
  async function shortName(node) {
    const name = node.slice(node.lastIndexOf("/") + 1);
    try {
      return (await teller.resolve(name, "thing", (english) => english, signal)).value === node ? name : shortIri(node);
    } catch (error) {
      if (signal.aborted) throw error;
      return shortIri(node);
    }
  }
}

/** The terms of a column, each with its word from another. @param {Row[]} rows @param {string} column @param {string} [word] @returns {Map<Term, string>} */
const termed = (rows, column, word) => new Map([...new Map(rows.map((row) => [row[column].value, row])).values()].map((row) => [row[column], word ? row[word].value : ""]));
