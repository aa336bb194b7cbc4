// The script of every page: locators open the evidence lens, the language link keeps the view, tables sort, and a box filters the rows of a table.

import { fragmentIn, hashWith, keepFragment } from "./address.js";
import { fillLists } from "./claims.js";
import { button } from "./elements.js";
import { unpacked } from "./gzip.js";
import { foldToFit } from "./heights.js";
import "./lens.js";
import { findTarget, isReviewedItem, longList, longLists } from "./long-list.js";
import { parsed } from "./parsed.js";
import { passesReview } from "./review.js";
import { folded, wordsOf } from "./text.js";

/** Let the link to the other language lead to the same view. */
function keepView() {
  const link = /** @type {HTMLAnchorElement|null} */ (document.getElementById("other-language"));
  link?.addEventListener("click", () => { link.hash = hashWith(link.hash, fragmentIn()); });
}

/** The key by which a cell is sorted: its `data-sort`, or its text. @param {HTMLTableRowElement} row @param {number} column */
function sortKey(row, column) {
  const cell = row.cells[column];
  return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
}

/** Sort rows by a column, numbers as numbers; empty cells come last. @param {HTMLTableElement} table @param {number} column @param {boolean} down */
function sortRows(table, column, down) {
  const body = table.tBodies[0];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
  const sorted = (/** @type {Iterable<Element>} */ elements) => {
    const rows = [...elements].map((row) => ({ row, key: sortKey(/** @type {HTMLTableRowElement} */ (row), column) }));
    rows.sort((one, other) => {
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
      return down ? order.compare(other.key, one.key) : order.compare(one.key, other.key);
    });
    return rows.map(({ row }) => row);
  };
  const long = longList(body);
  if (long) long.sort(sorted);
  else body.append(...sorted(body.rows));
}

/** Turn the heads of a table into buttons that sort it. @param {HTMLTableElement} table */
function makeSortable(table) {
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  heads.forEach((head, column) => head.append(button([...head.childNodes], () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    sortRows(table, column, down);
  })));
}

/**
 * Let a box filter the rows of the table, or the items of the lists, that its `data-filters` names. An item stays if it
 * and its `data-also` hold all words of the box, and if it passes the filter *Review* beside the box. The address keeps
 * both; `data-count` names the place of the count.
 * @param {HTMLInputElement} box
 */
function makeFilter(box) {
  const target = document.getElementById(box.dataset.filters ?? "");
  const count = document.getElementById(box.dataset.count ?? "");
  if (!target) return;
  const long = longLists(target), every = /** @type {HTMLElement[]} */ ([...target.querySelectorAll(target.matches("table") ? "tbody > tr" : "li")]);
  const items = every.filter((item) => !item.closest("[data-long]")); // long lists filter their own
  const review = /** @type {HTMLSelectElement|null} */ (box.parentElement?.querySelector("select#review") ?? null);
  const fields = review ? [box, review] : [box];
  const asked = () => String(new URLSearchParams(fields.filter(({ value }) => value).map(({ id, value }) => [id, value])));
  const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
  let latest = "";
  const filter = async () => {
    const [wanted, choice] = [wordsOf(box.value), review?.value ?? ""];
    latest = asked();
    items.forEach((item, index) => { item.hidden = !wanted.every((word) => texts[index].includes(word)) || !passesReview(choice, isReviewedItem(item)); });
    const counts = await Promise.all(long.map((list) => list.filter(wanted, choice)));
    if (latest !== asked()) return; // somebody typed on
    if (target.querySelector("li")) for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
    if (count) count.textContent = String(counts.reduce((sum, number) => sum + number, items.filter((item) => !item.hidden).length));
  };
  if (long.length) box.addEventListener("focus", () => { for (const list of long) list.load(); }, { once: true });
  for (const field of fields) {
    field.addEventListener("input", () => {
      filter();
      keepFragment(asked());
    });
    field.value = new URLSearchParams(fragmentIn()).get(field.id) ?? "";
  }
  if (review && review.selectedIndex < 0) review.value = "";
  if (asked()) filter();
}

/** Put the drawings that the page of a large site holds packed in their places. */
function unpackDrawings() {
  return Promise.all([...document.querySelectorAll("script.drawing")].map(async (block) => {
    block.replaceWith(...parsed(await unpacked(block.textContent ?? "").text()).children);
  }));
}

keepView();
const shown = fillLists(document);
Promise.all([shown, unpackDrawings()]).then(() => foldToFit(document));
for (const list of longLists(document.body)) shown.then(() => list.cut());
findTarget();
addEventListener("hashchange", findTarget);
for (const table of document.querySelectorAll("table.sortable")) makeSortable(/** @type {HTMLTableElement} */ (table));
for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(/** @type {HTMLInputElement} */ (box));
