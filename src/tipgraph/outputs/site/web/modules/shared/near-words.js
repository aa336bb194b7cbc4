// Words that differ by a typing error.

import { wordsOf } from "./text.js";

/** The number of letters that are missing, added, wrong or exchanged between two words; `most` + 1 for more. @param {string} one @param {string} other @param {number} most */
export function typingErrors(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let above = /** @type {number[]} */ ([]), row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let at = 1; at <= one.length; at++) {
    const next = [at];
    for (let to = 1; to <= other.length; to++) {
      const same = one[at - 1] === other[to - 1];
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (same ? 0 : 1));
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) next[to] = Math.min(next[to], above[to - 2] + 1);
    }
    [above, row] = [row, next];
  }
  return row[other.length];
}

/**
 * A search for the texts that have words near some words: those that begin with them, or with one typing error, from
 * eight letters on with two. Short texts come first. @param {string[]} texts @returns {(words: string[]) => number[]}
 */
export function nearFinder(texts) {
  /** @type {Map<string, Set<number>>|undefined} */
  let places;
  const short = /** @type {number[]} */ ([]);
  const index = () => {
    const found = new Map();
    texts.forEach((text, at) => {
      const words = new Set(wordsOf(text));
      for (const word of words) found.set(word, (found.get(word) ?? new Set()).add(at));
      short[at] = 1 / (words.size + 1);
    });
    return found;
  };
  return (words) => {
    places ??= index(); // put off until a search finds nothing
    const scores = new Map();
    for (const word of words) {
      const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, best = new Map();
      for (const [known, at] of places) {
        const errors = known.startsWith(word) ? 0 : typingErrors(word, known, most);
        if (errors > most) continue;
        for (const text of at) best.set(text, Math.max(best.get(text) ?? 0, 1 + (short[text] - errors) / 10));
      }
      for (const [text, score] of best) scores.set(text, (scores.get(text) ?? 0) + score);
    }
    const least = Math.max(...scores.values(), 0) - 1;
    return [...scores].filter(([, score]) => score > least).sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([text]) => text);
  };
}
