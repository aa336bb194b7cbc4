// The order of rows of a long table. Long work is done in pieces, so that the page stays responsive.

const PIECE = 10; // milliseconds that may be worked without a pause
const RUN = 500; // what is sorted in one go

/** Lets the page breathe. */
export class Pace {
  constructor() {
    this.begun = performance.now();
  }

  /** Whether it has been worked for long enough. */
  get due() {
    return performance.now() - this.begun > PIECE;
  }

  async rest() {
    await new Promise((resolve) => setTimeout(resolve));
    this.begun = performance.now();
  }
}

/** Work in pieces through numbers from 0. @param {number} count @param {(number: number) => void} work @param {Pace} pace */
async function through(count, work, pace) {
  for (let number = 0; number < count; number += 1) {
    work(number);
    if (number % 64 === 0 && pace.due) await pace.rest();
  }
}

/** Sorted in pieces, by merging. @template Item @param {Item[]} items @param {(one: Item, other: Item) => number} compare @param {Pace} pace @returns {Promise<Item[]>} */
async function sorted(items, compare, pace) {
  if (pace.due) await pace.rest();
  if (items.length <= RUN) return items.sort(compare);
  const half = items.length >> 1;
  const one = await sorted(items.slice(0, half), compare, pace);
  const other = await sorted(items.slice(half), compare, pace);
  let [at, and] = [0, 0];
  await through(items.length, (number) => {
    const first = and >= other.length || (at < one.length && compare(one[at], other[and]) <= 0);
    items[number] = first ? one[at++] : other[and++];
  }, pace);
  return items;
}

/**
 * Rows in the order of their keys: numbers before words, what has none last; rows with the same key stay as they are.
 * @param {Uint32Array} rows @param {(row: number) => string|number} keyOf @param {boolean} down @param {Pace} pace
 * @returns {Promise<Uint32Array>}
 */
export async function ordered(rows, keyOf, down, pace) {
  const ranks = /** @type {Map<string|number, number>} */ (new Map());
  await through(rows.length, (at) => ranks.set(keyOf(rows[at]), 0), pace);
  const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const order = (/** @type {string|number} */ one, /** @type {string|number} */ other) => {
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one === "string" && typeof other === "string") return compare(one, other);
    return typeof one === "number" ? -1 : 1;
  };
  ranks.delete("");
  const keys = await sorted([...ranks.keys()], order, pace);
  let rank = 0;
  keys.forEach((key, at) => ranks.set(key, at && order(keys[at - 1], key) === 0 ? rank : ++rank));
  ranks.set("", down ? 0 : rank + 1);
  const places = new Float64Array(rows.length); // a rank and a place in one number: what is sorted quickest
  await through(rows.length, (at) => {
    const own = /** @type {number} */ (ranks.get(keyOf(rows[at])));
    places[at] = (down ? rank + 1 - own : own) * rows.length + at;
  }, pace);
  return Uint32Array.from(places.sort(), (place) => rows[place % rows.length]);
}

/**
 * The rows that hold all words, each in one of its texts.
 * @param {number} count  of rows @param {(row: number) => Iterable<number>} textsOf  of a row, as numbers
 * @param {(text: number) => string} textOf  folded @param {string[]} words  folded @param {Pace} pace
 * @returns {Promise<Uint32Array>}
 */
export async function holding(count, textsOf, textOf, words, pace) {
  const held = words.map(() => /** @type {Map<number, boolean>} */ (new Map()));
  const holds = (/** @type {number} */ text, /** @type {number} */ at) => {
    const known = held[at].get(text) ?? textOf(text).includes(words[at]);
    held[at].set(text, known);
    return known;
  };
  const found = /** @type {number[]} */ ([]);
  await through(count, (row) => {
    const texts = [...textsOf(row)];
    if (words.every((_, at) => texts.some((text) => holds(text, at)))) found.push(row);
  }, pace);
  return Uint32Array.from(found);
}
