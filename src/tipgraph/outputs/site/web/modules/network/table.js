// The table of what the picture shows: its edges or its nodes, sorted, a page at a time, and to copy.

import { neutral } from "../shared/csv.js";
import { button, made } from "../shared/elements.js";
import { isReviewed } from "../shared/review.js";
import { claimsOf, tieWords } from "./model.js";
/** @import { Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { Column, Item, NetworkNode, Shown } from "./types.d.ts" */

const ROWS_A_PAGE = 200;

/** @typedef {"edges"|"nodes"} Kind @typedef {{id: number, cells: Record<string, string|number>}} TableRow  cells by the names of columns */

/** The columns of edges or nodes: names as in exports, titles in the language. @param {Kind} kind @param {Words} words @returns {Column[]} */
function columnsOf(kind, words) {
  return kind === "edges"
    ? [
      { name: "from_label", title: words("From") }, { name: "label", title: words("Link") },
      { name: "to_label", title: words("To") }, { name: "said_at", title: words("Citation") },
      { name: "kind", title: words("Kind") }, { name: "status", title: words("Status") }, { name: "date", title: words("Date") },
      { name: "amount", title: words("Amount"), number: true }, { name: "modality", title: words("Stated or implied") },
    ]
    : [
      { name: "label", title: words("Entry") }, { name: "kind", title: words("Kind") },
      { name: "names", title: words("Also called") }, { name: "ties", title: words("Links shown"), number: true },
    ];
}

/** The rows of what is shown, those of reviewed edges first. @param {Kind} kind @param {NetworkModel} model @param {Shown} shown @param {Words} words @returns {TableRow[]} */
function rowsOf(kind, model, shown, words) {
  const { nodes, edges, classes } = model.data;
  if (kind === "edges") {
    const apart = [true, false].flatMap((reviewed) => [...shown.edges].filter((id) => isReviewed(edges[id]) === reviewed));
    return apart.map((id) => {
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
    this.kind = /** @type {Kind} */ ("edges");
    this.sorting = { name: "", down: false };
    this.page = 0;
    this.rowsAtOnce = ROWS_A_PAGE;
    this.shown = /** @type {Shown|null} */ (null);
  }

  /** Show nodes and edges from the first row. @param {Shown} shown */
  show(shown) {
    this.shown = shown;
    this.render({ page: 0 });
  }

  /** Show all rows at once, or a page of them. @param {boolean} all */
  whole(all) {
    const rowsAtOnce = all ? Infinity : ROWS_A_PAGE;
    if (rowsAtOnce !== this.rowsAtOnce) this.render({ rowsAtOnce, page: 0 });
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
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0; // empty cells come last
      return (down ? -1 : 1) * order.compare(one.key, other.key);
    });
    return keyed.map(({ row }) => row);
  }

  /** The key of a cell that is not sorted by its words. @param {string} name @param {number} id */
  sortKey(name, id) {
    const { amount, shared_amount, earliest, latest } = this.model.data.edges[id] ?? {};
    if (name === "amount") return amount ?? shared_amount ?? "";
    return name === "date" ? (earliest ?? latest ?? "") : undefined;
  }

  /**
   * Draw the table with some changes; `focus` is a selector of the button that takes the focus.
   * @param {Partial<Pick<NetworkTable, "kind"|"page"|"sorting"|"rowsAtOnce">>} changes @param {string} [focus]
   */
  render(changes, focus) {
    Object.assign(this, changes);
    const rows = this.rows();
    const columns = columnsOf(this.kind, this.words).filter(({ name }) => rows.some(({ cells }) => cells[name] !== ""));
    const first = this.page * ROWS_A_PAGE || 0;
    const some = rows.slice(first, first + this.rowsAtOnce);
    const head = made("tr", {}, ...columns.map((column) => this.head(column)));
    const body = some.map((row) => made("tr", {}, ...columns.map((column) => this.cell(column, row))));
    const title = this.kind === "edges" ? this.words("Links shown") : this.words("Entries shown");
    const table = made("table", {}, made("caption", { class: "sr" }, title), made("thead", {}, head), made("tbody", {}, ...body));
    const region = made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
    this.place.replaceChildren(this.bar(first, some.length, rows.length), region);
    if (focus) /** @type {HTMLElement|null} */ (this.place.querySelector(focus))?.focus();
  }

  /** @param {Column} column */
  head({ name, title, number }) {
    const { sorting } = this;
    const sort = button([title], () =>
      this.render({ sorting: { name, down: sorting.name === name && !sorting.down }, page: 0 }, `th[data-name="${name}"] button`));
    const order = sorting.name === name && (sorting.down ? "descending" : "ascending");
    return made("th", { scope: "col", "data-name": name, "aria-sort": order, class: number ? "number" : false }, sort);
  }

  /** @param {Column} column @param {TableRow} row */
  cell({ name, number }, { id, cells }) {
    const [text, { nodes, edges }] = [String(cells[name]), this.model.data];
    const item = /** @type {Item} */ ({ kind: this.kind === "edges" ? "edge" : "node", id });
    const content = name === "label" ? [button([text], () => this.choose(item), { class: "choose" })]
      : name === "from_label" ? [pageLink(nodes[edges[id].from])]
        : name === "to_label" ? [pageLink(nodes[edges[id].to])]
          : name === "said_at" ? text.split("; ").flatMap((place, at) => [at ? "; " : "", sourceLink(place, claimsOf(edges[id]))])
            : name === "date" ? text.split(" ").flatMap((word) => [made("span", { class: "whole" }, word), " "])
              : [text];
    return made("td", { class: number ? "number" : false }, ...content);
  }

  /** The controls of the table. @param {number} first @param {number} count @param {number} all */
  bar(first, count, all) {
    const { words } = this;
    const copy = button([words("Copy table")], async () => {
      copy.textContent = (await copied(this.text())) ? words("Copied") : words("Could not be copied");
    });
    const turn = (/** @type {string} */ text, /** @type {number} */ by, /** @type {boolean} */ disabled) =>
      button([text], () => this.render({ page: this.page + by }), { disabled });
    return made("div", { class: "bar" },
      made("span", { role: "group", class: "switch" }, this.switch("edges", words("Links")), this.switch("nodes", words("Entries"))),
      made("span", { role: "status" }, all ? `${first + 1}–${first + count} / ${all}` : words("nothing")),
      ...(all > this.rowsAtOnce ? [turn(words("Previous"), -1, first === 0), turn(words("Next"), 1, first + count >= all)] : []),
      copy);
  }

  /** @param {Kind} kind @param {string} text */
  switch(kind, text) {
    return button([text], () => this.render({ kind, page: 0, sorting: { name: "", down: false } }, "[aria-pressed=true]"), {
      "aria-pressed": String(this.kind === kind),
    });
  }

  /** The whole table as text for spreadsheets, with tabs between cells. */
  text() {
    const columns = columnsOf(this.kind, this.words);
    const flat = (/** @type {string|number} */ value) => neutral(String(value)).replace(/\s+/g, " ");
    const lines = this.rows().map(({ cells }) => columns.map(({ name }) => flat(cells[name])).join("\t"));
    return [columns.map(({ title }) => title).join("\t"), ...lines].join("\n");
  }
}

/** @param {NetworkNode} node */
const pageLink = ({ label, page }) => page ? made("a", { href: page }, label) : label;

/** Copy a text, by the old command where the clipboard is refused. @param {string} text @returns {Promise<boolean>} */
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

/** A place such as `report-2005 ¶3 s2, p. 7`, or `post-2005 (cited)`, as a link: to the claim, if only one is there. @param {string} place @param {string[]} keys @returns {HTMLElement|string} */
function sourceLink(place, keys) {
  const found = /^([a-z0-9]+(?:[.-][a-z0-9]+)*) (?:¶(\d+)|\((?:cited|withheld)\))/.exec(place);
  const claim = keys.length === 1 ? `/${encodeURI(keys[0])}` : "";
  return found ? made("a", { href: `../source/${found[1]}.html#p${found[2] ?? 0}${claim}` }, place) : place;
}
