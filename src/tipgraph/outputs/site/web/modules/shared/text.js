// What every page does: the language link keeps the fragment, tables sort, a box filters the rows of its table.

const JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));

/** Fold a text so that accents and capitals do not matter. @param {string} text */
export function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** The words of a text as they are looked for: folded, without those that only join others. @param {string} text */
export function wordsOf(text) {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const telling = words.filter((word) => !JOINING.has(word));
  return telling.length ? telling : words;
}
