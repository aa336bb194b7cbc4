// The ties of an answer: which entries a row names together.

import { TIP } from "../shared/iris.js";
/** @import { Told } from "./annotations.js" @import { AskAnswer } from "./answer.js" @import { Row, Tie } from "./types.d.ts" */

const GIVEN = new Set(["receiver", "purpose", "place"]); // the columns to which a giver's money goes
/** Columns that are the two ends of a line, and whether it is directed. */
export const ENDS = /** @type {[string, string, boolean][]} */ ([["from", "to", true], ["origin", "destination", true], ["between", "and", false]]);

/**
 * The ties of an answer: of each row its two ends, or else its first entry with each other one. Equal ties are one tie
 * with more claims. A tie is directed if its columns are: from origin to destination, from a giver.
 * @param {AskAnswer} answer @param {Told} told @returns {Tie[]}
 */
export function tiesOf({ columns, terms, cells, length }, told) {
  const isEntry = terms.map((term) => term?.type === "uri" && told.types.has(term.value));
  const isClaim = terms.map((term) => told.cited.has(term?.value ?? ""));
  const value = (/** @type {number} */ number) => terms[number]?.value ?? "";
  const labels = columns.map((name) => told.labels.get(TIP + name) ?? name);
  const same = labels.map((name) => labels.indexOf(name));
  const found = /** @type {Map<number, Tie>} */ (new Map()); // by one number for both ends and their labels
  const width = columns.length;
  const ends = ENDS.map(([one, other, directed]) => ({ one: columns.indexOf(one), other: columns.indexOf(other), directed }))
    .filter(({ one, other }) => one >= 0 && other >= 0);
  const tie = (/** @type {number} */ start, /** @type {number} */ first, /** @type {number} */ other, /** @type {boolean} */ directed) => {
    const [from, to] = [cells[start + first], cells[start + other]];
    if (from === to || !isEntry[to]) return;
    const key = ((from * terms.length + to) * width + same[first]) * width + same[other];
    const relation = `${labels[first]} ${directed ? "→" : "–"} ${labels[other]}`;
    const known = found.get(key) ?? { from: value(from), to: value(to), relation, directed, claims: [] };
    for (let at = start; at < start + width; at += 1) if (isClaim[cells[at]]) known.claims.push(value(cells[at]));
    found.set(key, known);
  };
  for (let start = 0; start < length * width; start += width) {
    const line = ends.find(({ one, other }) => isEntry[cells[start + one]] && isEntry[cells[start + other]]);
    if (line) {
      tie(start, line.one, line.other, line.directed);
      continue;
    }
    let first = 0;
    while (first < width && !isEntry[cells[start + first]]) first += 1;
    for (let other = first + 1; other < width; other += 1) tie(start, first, other, columns[first] === "giver" && GIVEN.has(columns[other]));
  }
  for (const known of found.values()) if (known.claims.length > 1) known.claims = [...new Set(known.claims)];
  return [...found.values()];
}

/** The modality of a tie: implied if all of its claims are. @param {Tie} tie @param {Told} told */
export function modalityOf({ claims }, told) {
  return claims.length && claims.every((claim) => told.remarks.get(claim)?.modality === "implied") ? "implied" : "stated";
}

/** Whether a row names two entries. @param {string[]} columns @param {Row} row @param {Told} told */
export function tiesAny(columns, row, told) {
  return new Set(columns.map((name) => row[name]?.value ?? "").filter((node) => told.types.has(node))).size > 1;
}
