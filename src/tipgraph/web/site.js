"use strict";
// What every page does: the language link keeps the fragment, tables sort, a box filters the rows of its table.

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

/** Let the link to the other language lead to the same view. */
function keepFragment() {
  const link = /** @type {HTMLAnchorElement|null} */ (document.getElementById("language"));
  link?.addEventListener("click", () => { link.hash = location.hash; });
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
 * Let a box show only the rows, or list items, that hold all of its words; say how many are left.
 * @param {HTMLInputElement} box  its data-filters names the table or list, data-count where to say the number
 */
function makeFilter(box) {
  const target = document.getElementById(box.dataset.filters ?? "");
  const count = document.getElementById(box.dataset.count ?? "");
  if (!target) return;
  const items = /** @type {HTMLElement[]} */ ([...target.querySelectorAll("tbody > tr, li")]);
  const texts = items.map((item) => folded(item.textContent ?? ""));
  box.addEventListener("input", () => {
    const wanted = folded(box.value).split(/\s+/).filter(Boolean);
    let left = 0;
    items.forEach((item, index) => {
      item.hidden = !wanted.every((word) => texts[index].includes(word));
      left += item.hidden ? 0 : 1;
    });
    if (count) count.textContent = String(left);
  });
}

keepFragment();
for (const table of document.querySelectorAll("table.sortable")) makeSortable(/** @type {HTMLTableElement} */ (table));
for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(/** @type {HTMLInputElement} */ (box));
