// A search box over entries by label and alias, for mouse and keys.

import { made } from "./elements.js";
import { nearFinder } from "./near-words.js";
import { folded, wordsOf } from "./text.js";
/** @import { Named } from "./types.d.ts" */

const OPTIONS_AT_ONCE = 12;

/** The fit of a name: 5 equal, 4 prefix, 3 prefix of a word, 2 substring, 1 all words. All is folded. @param {string} name @param {string} text @param {string[]} words @returns {number} */
function fit(name, text, words) {
  const at = name.indexOf(text);
  if (at < 0) return words.every((word) => name.includes(word)) ? 1 : 0;
  if (at === 0) return name === text ? 5 : 4;
  return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
}

/**
 * A search over labels, aliases, short names and other words: names that begin with the text first, then the heaviest. If nothing has all words, it finds
 * what has words near them, the most words first.
 * @param {Named[]} things @returns {(text: string) => {index: number, alias: string, near?: boolean}[]}
 */
function finder(things) {
  const known = things.map(({ label, aliases = "", page = "", also = "", weight = 0 }, index) => {
    const names = [label, ...aliases.split("; ")].filter(Boolean);
    const short = page.match(/([^/#]+?)(?:\.html)?$/)?.[1] ?? "";
    return { index, weight, names, folded: names.map(folded), all: folded([...names, short, also].join(" ")) };
  });
  const near = nearFinder(known.map(({ all }) => all));
  return (text) => {
    const wanted = folded(text.trim()), words = wordsOf(text);
    if (!words.length) return [];
    const hits = known.flatMap(({ index, weight, names, folded, all }) => {
      const fits = folded.map((name) => fit(name, wanted, words));
      const best = Math.max(0, ...fits), at = fits.indexOf(best);
      if (!best && !words.every((word) => all.includes(word))) return [];
      return [{ index, best, weight: best > 3 ? Infinity : best && weight, at, alias: at && best ? names[at] : "", length: names[at]?.length ?? 0 }];
    });
    if (!hits.length) return near(words).slice(0, OPTIONS_AT_ONCE).map((index) => ({ index, alias: "", near: true }));
    hits.sort((one, other) => (one.weight === other.weight ? 0 : other.weight - one.weight) || other.best - one.best || one.at - other.at || one.length - other.length);
    return hits.slice(0, OPTIONS_AT_ONCE);
  };
}

/**
 * Turn a text box and a list into a combobox (WAI-ARIA: list autocomplete, the choice by hand).
 * @param {HTMLInputElement} box @param {HTMLElement} list @param {Named[]} things
 * @param {{mark: (index: number) => Node, found: (index: number) => void}} how  what stands before a name, and what then
 */
export function makeSearch(box, list, things, { mark, found }) {
  /** @type {ReturnType<typeof finder>|undefined} */
  let find;
  let hits = /** @type {ReturnType<ReturnType<typeof finder>>} */ ([]);
  let active = -1;

  const close = () => {
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const take = (/** @type {number} */ number) => {
    const hit = hits[number];
    if (!hit) return;
    box.value = things[hit.index].label;
    close();
    found(hit.index);
  };
  const activate = (/** @type {number} */ number) => {
    active = number;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
    list.children[number]?.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", list.children[number]?.id ?? "");
  };
  const open = () => {
    find ??= finder(things); // folding all names is put off until somebody searches
    hits = find(box.value);
    if (hits[0]?.near) list.dataset.near = ""; else delete list.dataset.near;
    list.replaceChildren(...hits.map(({ index, alias }, number) => {
      const option = made("li", { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" }, mark(index),
        made("span", {}, things[index].label, ...(alias ? [" ", made("span", { class: "quiet" }, alias)] : [])));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(number));
      return option;
    }));
    list.hidden = !hits.length;
    if (hits.length) list.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-expanded", String(!list.hidden));
    active = -1;
    box.removeAttribute("aria-activedescendant");
  };
  box.addEventListener("input", open);
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); box.value = ""; return; }
    if (event.key === "Enter") { event.preventDefault(); take(active < 0 ? 0 : active); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    if (list.hidden) open();
    if (hits.length) activate((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + hits.length) % hits.length);
  });
}
