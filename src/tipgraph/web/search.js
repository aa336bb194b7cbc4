"use strict";
// A search box over things by their names and other names, by mouse or by keys.

const OPTIONS_AT_ONCE = 12;

/** @typedef {{label: string, aliases?: string}} Named */

/**
 * Make a search that ranks: names that are the words first, then those that begin with them, then words that do, then any place.
 * @param {Named[]} things
 * @returns {(text: string) => {index: number, alias: string}[]}
 */
function finder(things) {
  const known = things.map((thing, index) => ({ index, names: [thing.label, ...(thing.aliases ?? "").split("; ")].filter(Boolean) }))
    .flatMap(({ index, names }) => names.map((name, number) => ({ index, name, number, folded: folded(name) })));
  return (text) => {
    const wanted = folded(text.trim());
    if (!wanted) return [];
    const rank = (/** @type {string} */ name) => {
      const at = name.indexOf(wanted);
      if (name === wanted) return 4;
      return at < 0 ? 0 : at === 0 ? 3 : /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 2 : 1;
    };
    const hits = known.map((one) => ({ ...one, rank: rank(one.folded) })).filter((one) => one.rank);
    hits.sort((one, other) => other.rank - one.rank || one.number - other.number || one.name.length - other.name.length);
    const seen = new Set();
    const first = hits.filter(({ index }) => !seen.has(index) && seen.add(index));
    return first.slice(0, OPTIONS_AT_ONCE).map(({ index, name, number }) => ({ index, alias: number ? name : "" }));
  };
}

/**
 * Turn a text box and a list into a combobox (WAI-ARIA: list autocomplete, the choice by hand).
 * @param {HTMLInputElement} box
 * @param {HTMLElement} list
 * @param {Named[]} things
 * @param {{mark: (index: number) => Node, found: (index: number) => void}} how  what stands before a name, and what then
 */
function makeSearch(box, list, things, { mark, found }) {
  /** @type {ReturnType<typeof finder>|undefined} */
  let find;
  /** @type {ReturnType<ReturnType<typeof finder>>} */
  let hits = [];
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
    list.replaceChildren(...hits.map(({ index, alias }, number) => {
      const option = made("li", { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" }, mark(index),
        made("span", {}, things[index].label, ...(alias ? [" ", made("span", { class: "quiet" }, alias)] : [])));
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => take(number));
      return option;
    }));
    list.hidden = !hits.length;
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
