// What stands one step away from a question that nothing answers, as `tipgraph query` says it.

import { XSD, shortIri } from "../shared/iris.js";
import { bound, iri, literal } from "./terms.js";

/** @import { Teller } from "./annotations.js" */
/** @import { AskEngine, Near, Parameter, Row, Term } from "./types.d.ts" */
/** @import { Labels } from "../shared/types.d.ts" */

const MOST_NEAR = 6;
const NEAR_SECONDS = 20; // after which nothing more is asked
const WITHOUT_NEAR = ["from", "to", "text"]; // kinds of values that have none near them
const NO_THINGS = ["class", "code", "number", ...WITHOUT_NEAR];

/** Asks a question again with other values. */
export class AskNear {
  /**
   * @param {AskEngine} engine @param {Teller} teller
   * @param {{text: string, parameters: Record<string, Parameter>}} question @param {Record<string, Term[]>} given
   * @param {Labels} words  for the values that are given @param {AbortSignal} signal
   */
  constructor(engine, teller, question, given, words, signal) {
    this.engine = engine;
    this.teller = teller;
    this.question = question;
    this.given = given;
    this.words = words;
    this.signal = signal;
    this.until = performance.now() + NEAR_SECONDS * 1000;
  }

  /** The nearest, each once. @returns {Promise<Near[]>} */
  async nearest() {
    const found = /** @type {Map<string, Near>} */ (new Map());
    for await (const one of this.near()) {
      found.set(JSON.stringify(one.values), one);
      if (found.size === MOST_NEAR) break;
    }
    return [...found.values()];
  }

  /** What gives rows where one value gives way to another one, and then where it gives way to none. @returns {AsyncGenerator<Near>} */
  async* near() {
    const names = Object.keys(this.given);
    for (const name of names) {
      for await (const [other, values] of this.instead(name)) {
        if (!values.size || !await this.rows({ ...this.without(name, this.given), [other]: [...values.keys()] })) continue;
        for (const [term, word] of values) {
          const rows = await this.rows({ ...this.without(name, this.given), [other]: [term] });
          if (rows) yield { values: { ...this.without(name, this.words), [other]: word || await this.short(term.value) }, rows };
        }
      }
    }
    for (const name of names) {
      const rows = await this.rows(this.without(name, this.given));
      if (rows) yield { values: this.without(name, this.words), rows };
    }
    const rows = names.length > 1 ? await this.rows({}) : 0;
    if (rows) yield { values: {}, rows };
  }

  /** All but one. @template Value @param {string} name @param {Record<string, Value>} all @returns {Record<string, Value>} */
  without(name, all) {
    return Object.fromEntries(Object.entries(all).filter(([other]) => other !== name));
  }

  /** Parameters, and the values that they may have instead of the one that is given, with the words that mean them; none for a thing. @param {string} name @returns {AsyncGenerator<[string, Map<Term, string>]>} */
  async* instead(name) {
    const [sort, more] = this.question.parameters[name].kind.split(" ");
    if (sort === "code") {
      yield [name, termed(await this.teller.rows("codes", { name: [literal(more)] }, this.signal), "code", "notation")];
    } else if (sort === "class") {
      const called = new Map((await this.teller.rows("classes", {}, this.signal)).map((row) => [row.class.value, row.name.value]));
      const [{ value }] = this.given[name];
      const pairs = (await this.teller.rows("class-tree", {}, this.signal)).map((row) => [row.class.value, row.above.value]);
      const beside = [...pairs, ...pairs.map(([one, other]) => [other, one])].filter(([one, other]) => one === value && called.has(other));
      yield [name, new Map(beside.map(([, other]) => [iri(other), called.get(other) ?? ""]))];
    } else if (sort === "number") {
      const [least, most] = (more ?? "").split("-").map(Number);
      const numbers = Array.from({ length: most ? most - least + 1 : 0 }, (_, at) => String(least + at));
      yield [name, new Map(numbers.map((number) => [literal(number, `${XSD}integer`), number]))];
    } else if (!WITHOUT_NEAR.includes(sort)) {
      const free = Object.entries(this.question.parameters).filter(([other, { kind }]) => !(other in this.given) && !NO_THINGS.includes(kind.split(" ")[0]));
      for (const other of [name, ...free.map(([one]) => one)]) {
        const kind = [literal(this.question.parameters[other].kind)];
        yield [other, termed(await this.teller.rows("beside", { thing: this.given[name], kind }, this.signal), "other")];
      }
    }
  }

  /** @param {Record<string, Term[]>} values */
  async rows(values) {
    let count = 0;
    if (performance.now() > this.until) return count;
    for await (const { rows } of this.engine.stream(bound(this.question.text, values), this.signal)) count += rows.length;
    return count;
  }

  /** The shortest name that means a thing. @param {string} node */
  async short(node) {
    const name = node.slice(node.lastIndexOf("/") + 1);
    try {
      return (await this.teller.resolve(name, "thing", (text) => text, this.signal)).value === node ? name : shortIri(node);
    } catch (error) {
      if (this.signal.aborted) throw error;
      return shortIri(node);
    }
  }
}

/** Terms of rows, each with what another column calls it. @param {Row[]} rows @param {string} column @param {string} [called] @returns {Map<Term, string>} */
function termed(rows, column, called) {
  return new Map(rows.map((row) => [row[column], called ? row[called].value : ""]));
}
