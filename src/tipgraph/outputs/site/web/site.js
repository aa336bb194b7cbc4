"use strict";
// What every page does: the language link keeps the fragment, tables sort, a box filters the rows of its table.

const JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));

/**
 * Make an element with attributes and children; text becomes text, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string|boolean|number|undefined>} attributes  true is an empty attribute, false and undefined none
 * @param {(Node|string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Fill a place piece by piece, the rest behind a button.
 * @param {HTMLElement} place
 * @param {(() => Node)[]} makers  of the pieces, called when they come to be seen
 * @param {number} atOnce
 * @param {(left: number) => string} say  what stands on the button
 * @returns {HTMLButtonElement}
 */
function inParts(place, makers, atOnce, say) {
  const more = made("button", { type: "button" });
  const add = () => {
    place.append(...makers.splice(0, atOnce).map((make) => make()));
    more.hidden = !makers.length;
    more.textContent = say(makers.length);
  };
  more.addEventListener("click", add);
  add();
  return more;
}

/** Let the link to the other language lead to the same view. */
function keepView() {
  const link = /** @type {HTMLAnchorElement|null} */ (document.getElementById("other-language"));
  link?.addEventListener("click", () => { link.hash = hashWith(link.hash, fragmentIn()); });
}

/**
 * What a cell is sorted by: its `data-sort`, or its words.
 * @param {HTMLTableRowElement} row
 * @param {number} column
 */
function sortKey(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
}

/**
 * Sort the rows of a table by a column; numbers as numbers, empty cells last.
 * @param {HTMLTableElement} table
 * @param {number} column
 * @param {boolean} down
 */
function sortRows(table, column, down) {
  const body = table.tBodies[0];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const rows = [...body.rows].map((row) => ({ row, key: sortKey(row, column) }));
  rows.sort((one, other) => {
    if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
    return down ? order.compare(other.key, one.key) : order.compare(one.key, other.key);
  });
  body.append(...rows.map(({ row }) => row));
}

/**
 * Turn the heads of a table into buttons that sort it.
 * @param {HTMLTableElement} table
 */
function makeSortable(table) {
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortRows(table, column, down);
    });
  });
}

/**
 * Fold a text so that accents and capitals do not matter.
 * @param {string} text
 */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * The words of a text as they are looked for: folded, without those that only join others.
 * @param {string} text
 */
function wordsOf(text) {
  const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const telling = words.filter((word) => !JOINING.has(word));
  return telling.length ? telling : words;
}

/**
 * Let a box show only the rows of a table, or the items of lists, that hold all of its words, their data-also included;
 * say how many are left, hide the sections that have none, and keep the words in the address.
 * @param {HTMLInputElement} box  its data-filters names the table or lists, data-count where to say the number
 */
function makeFilter(box) {
  const target = document.getElementById(box.dataset.filters ?? "");
  const count = document.getElementById(box.dataset.count ?? "");
  if (!target) return;
  const items = /** @type {HTMLElement[]} */ ([...target.querySelectorAll(target.matches("table") ? "tbody > tr" : "li")]);
  const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
  const filter = () => {
    const wanted = wordsOf(box.value);
    let left = 0;
    items.forEach((item, index) => {
      item.hidden = !wanted.every((word) => texts[index].includes(word));
      left += item.hidden ? 0 : 1;
    });
    for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
    if (count) count.textContent = String(left);
  };
  box.addEventListener("input", () => {
    filter();
    keepFragment(box.value ? String(new URLSearchParams({ [box.id]: box.value })) : "");
  });
  box.value = new URLSearchParams(fragmentIn()).get(box.id) ?? "";
  if (box.value) filter();
}

keepView();
for (const table of document.querySelectorAll("table.sortable")) makeSortable(/** @type {HTMLTableElement} */ (table));
for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(/** @type {HTMLInputElement} */ (box));
