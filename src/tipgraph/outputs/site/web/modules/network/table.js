// The table of exactly what the picture shows: its ties or its things, sorted, a page at a time, and to copy.

import { sourceLink } from "../shared/claims.js";
import { made } from "../shared/elements.js";
import { neutral } from "./exports.js";
import { tieWords } from "./model.js";

/** @import { NetworkModel } from "./model.js" */
/** @import { Item, NetworkNode, Shown } from "./types.d.ts" */
/** @import { Words } from "../shared/types.d.ts" */

const ROWS_A_PAGE = 200;

/** @typedef {{name: string, title: string, number?: boolean}} Column */

/**
 * The columns of ties and of things; the names are those of the exports, the titles are said in the language.
 * @param {"edges"|"nodes"} kind @param {Words} words @returns {Column[]}
 */
function columnsOf(kind, words) {
  return kind === "edges"
    ? [
      { name: "from_label", title: words("From") }, { name: "label", title: words("Tie") },
      { name: "to_label", title: words("To") }, { name: "said_at", title: words("Where it is said") },
      { name: "kind", title: words("Kind") },
      { name: "status", title: words("Status") }, { name: "date", title: words("Date") },
      { name: "amount", title: words("Amount"), number: true }, { name: "modality", title: words("How it is said") },
    ]
    : [
      { name: "label", title: words("Thing") }, { name: "kind", title: words("Kind") },
      { name: "names", title: words("Also called") }, { name: "ties", title: words("Ties shown"), number: true },
    ];
}

/**
 * The rows of what is shown, by the names of the columns.
 * @param {"edges"|"nodes"} kind @param {NetworkModel} model @param {Shown} shown @param {Words} words
 * @returns {{id: number, cells: Record<string, string|number>}[]}
 */
function rowsOf(kind, model, shown, words) {
  const { nodes, edges, classes } = model.data;
  if (kind === "edges") {
    return [...shown.edges].map((id) => {
      const edge = edges[id];
      const cells = {
        from_label: nodes[edge.from].label, label: tieWords(model.data, edge), to_label: nodes[edge.to].label,
        kind: model.kindOf(edge, words), status: model.statusOf(edge, words), date: model.dateOf(edge, words),
        amount: model.money(edge, words), modality: words(edge.modality), said_at: edge.said_at ?? "",
      };
      return { id, cells };
    });
  }
  const ties = new Map([...shown.nodes].map((id) => [id, 0]));
  for (const id of shown.edges) {
    for (const end of new Set([edges[id].from, edges[id].to])) ties.set(end, (ties.get(end) ?? 0) + 1);
  }
  return [...ties].map(([id, count]) => {
    const { label, kind: name, aliases = "" } = nodes[id];
    return { id, cells: { label, kind: classes[name] ?? name, names: aliases, ties: count } };
  });
}

/** The table view of a network page. */
export class NetworkTable {
  /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {(item: Item) => void} choose */
  constructor(place, model, words, choose) {
    this.place = place;
    this.model = model;
    this.words = words;
    this.choose = choose;
    this.kind = /** @type {"edges"|"nodes"} */ ("edges");
    this.sorting = { name: "", down: false };
    this.page = 0;
    this.rowsAtOnce = ROWS_A_PAGE;
    this.shown = /** @type {Shown|null} */ (null);
  }

  /** Show this, from its first row. @param {Shown} shown */
  show(shown) {
    this.shown = shown;
    this.page = 0;
    this.render();
  }

  /** Show all rows at once, or a page of them. @param {boolean} all */
  whole(all) {
    if (all === (this.rowsAtOnce === Infinity)) return;
    this.rowsAtOnce = all ? Infinity : ROWS_A_PAGE;
    this.page = 0;
    this.render();
  }

  /** All rows in their order. */
  rows() {
    if (!this.shown) return [];
    const rows = rowsOf(this.kind, this.model, this.shown, this.words);
    const { name, down } = this.sorting;
    if (!name) return rows;
    const order = new Intl.Collator(this.model.data.language, { numeric: true });
    const keyed = rows.map((row) => ({ row, key: String(this.sortKey(name, row.id) ?? row.cells[name]) }));
    keyed.sort((one, other) => {
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0; // what is not known comes last
      return (down ? -1 : 1) * order.compare(one.key, other.key);
    });
    return keyed.map(({ row }) => row);
  }

  /** What the words of a cell are sorted by, where it is not the words. @param {string} name @param {number} id */
  sortKey(name, id) {
    const { amount, shared_amount, earliest, latest } = this.model.data.edges[id] ?? {};
    if (name === "amount") return amount ?? shared_amount ?? "";
    return name === "date" ? (earliest ?? latest ?? "") : undefined;
  }

  render() {
    const rows = this.rows();
    const columns = columnsOf(this.kind, this.words).filter(({ name }) => rows.some(({ cells }) => cells[name] !== ""));
    const first = this.page * ROWS_A_PAGE || 0;
    const some = rows.slice(first, first + this.rowsAtOnce);
    const head = made("tr", {}, ...columns.map((column) => this.head(column)));
    const body = some.map((row) => made("tr", {}, ...columns.map((column) => this.cell(column, row))));
    const caption = made("caption", { class: "sr" }, this.kind === "edges" ? this.words("Ties shown") : this.words("Things shown"));
    const table = made("table", {}, caption, made("thead", {}, head), made("tbody", {}, ...body));
    const around = made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": caption.textContent ?? "" }, table);
    this.place.replaceChildren(this.bar(first, some.length, rows.length), around);
  }

  /** @param {Column} column */
  head({ name, title, number }) {
    const { sorting } = this;
    const button = made("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      this.sorting = { name, down: sorting.name === name && !sorting.down };
      this.page = 0;
      this.render();
      /** @type {HTMLElement|null} */ (this.place.querySelector(`th[data-name="${name}"] button`))?.focus();
    });
    const sort = sorting.name === name && (sorting.down ? "descending" : "ascending");
    return made("th", { scope: "col", "data-name": name, "aria-sort": sort, class: number ? "number" : false }, button);
  }

  /** @param {Column} column @param {{id: number, cells: Record<string, string|number>}} row */
  cell({ name, number }, { id, cells }) {
    const cell = made("td", { class: number ? "number" : false });
    const { nodes, edges } = this.model.data;
    if (name === "label") cell.append(this.chooser(String(cells[name]), { kind: this.kind === "edges" ? "edge" : "node", id }));
    else if (name === "from_label" || name === "to_label") cell.append(pageLink(nodes[edges[id][name === "from_label" ? "from" : "to"]]));
    else if (name === "said_at") cell.append(...placeLinks(String(cells[name])));
    else if (name === "date") cell.append(...String(cells[name]).split(" ").flatMap((word) => [made("span", { class: "whole" }, word), " "]));
    else cell.textContent = String(cells[name]);
    return cell;
  }

  /** @param {string} text @param {Item} item */
  chooser(text, item) {
    const button = made("button", { type: "button", class: "choose" }, text);
    button.addEventListener("click", () => this.choose(item));
    return button;
  }

  /** What there is to do with the table. @param {number} first @param {number} count @param {number} all */
  bar(first, count, all) {
    const { words } = this;
    const kinds = [this.switch("edges", words("Ties")), this.switch("nodes", words("Things"))];
    const copy = made("button", { type: "button" }, words("Copy table"));
    copy.addEventListener("click", async () => {
      copy.textContent = (await copied(this.text())) ? words("Copied") : words("Could not be copied");
    });
    const position = made("span", { role: "status" }, all ? `${first + 1}–${first + count} / ${all}` : words("nothing"));
    const pages = all > this.rowsAtOnce
      ? [this.turn(words("Earlier"), -1, first === 0), this.turn(words("Later"), 1, first + count >= all)]
      : [];
    return made("div", { class: "bar" }, made("span", { role: "group", class: "switch" }, ...kinds), position, ...pages, copy);
  }

  /** @param {"edges"|"nodes"} kind @param {string} text */
  switch(kind, text) {
    const button = made("button", { type: "button", "aria-pressed": String(this.kind === kind) }, text);
    button.addEventListener("click", () => {
      [this.kind, this.page, this.sorting] = [kind, 0, { name: "", down: false }];
      this.render();
      /** @type {HTMLElement|null} */ (this.place.querySelector("[aria-pressed=true]"))?.focus();
    });
    return button;
  }

  /** @param {string} text @param {number} by @param {boolean} disabled */
  turn(text, by, disabled) {
    const button = made("button", { type: "button", disabled }, text);
    button.addEventListener("click", () => {
      this.page += by;
      this.render();
    });
    return button;
  }

  /** The whole table as text that spreadsheets take: cells parted by tabs. */
  text() {
    const columns = columnsOf(this.kind, this.words);
    const flat = (/** @type {string|number} */ value) => neutral(String(value)).replace(/\s+/g, " ");
    const lines = this.rows().map(({ cells }) => columns.map(({ name }) => flat(cells[name])).join("\t"));
    return [columns.map(({ title }) => title).join("\t"), ...lines].join("\n");
  }
}

/** @param {NetworkNode} node */
function pageLink({ label, page }) {
  return page ? made("a", { href: page }, label) : label;
}

/** Places parted by `; `, each as a link. @param {string} places */
function placeLinks(places) {
  return places.split("; ").flatMap((place, number) => (number ? ["; ", sourceLink(place)] : [sourceLink(place)]));
}

/**
 * Put a text on the clipboard: by the new way, or where that is refused, by the old one.
 * @param {string} text @returns {Promise<boolean>}
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = made("textarea", { class: "sr", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
