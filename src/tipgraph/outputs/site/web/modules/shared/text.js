// Texts as a search compares them.

const JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));

/** A text without accents and capitals. @param {string} text */
export const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The folded words of a text, without articles and the like where there are others. @param {string} text */
export function wordsOf(text) {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const telling = words.filter((word) => !JOINING.has(word));
  return telling.length ? telling : words;
}

/** Cut a text into lines between words. @param {string} text @param {number} most  characters in a line */
export function wrapped(text, most) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines.length - 1;
    if (!lines[last] || lines[last].length + word.length < most) lines[last] = `${lines[last]} ${word}`.trim();
    else lines.push(word);
  }
  return lines;
}
