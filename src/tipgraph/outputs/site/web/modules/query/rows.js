// The rows of an answer as a long table: heads sort all rows, and a box filters them.

import { button, made } from "../shared/elements.js";
import { TIP } from "../shared/iris.js";
import { folded, wordsOf } from "../shared/text.js";
import { numeral } from "./cells.js";
import { LongTable, PRINTED } from "./long-table.js";
import { Pace, holding, ordered } from "./order.js";
import { isNumber } from "./terms.js";
/** @import { Told } from "./annotations.js" @import { AskAnswer } from "./answer.js" @import { AskTable } from "./cells.js" */

/** The table of one answer, which grows as rows come. */
export class AskRows {
  /** @param {AskTable} table @param {AskAnswer} answer @param {Told} told */
  constructor(table, answer, told) {
    this.table = table;
    this.answer = answer;
    this.told = told;
    this.words = table.words;
    this.seen = 0; // rows whose columns are known
    this.columns = { shown: /** @type {number[]} */ ([]), held: /** @type {number[]} */ ([]) };
    this.order = /** @type {Uint32Array|null} */ (null); // of the rows that are shown; null for all as they came
    this.sorting = /** @type {{head: number, down: boolean}|null} */ (null);
    this.folds = /** @type {Map<number, string>} */ (new Map()); // while words are looked for
    this.arranging = /** @type {"no"|"now"|"again"} */ ("no");
    this.box = made("input", { type: "search", id: "holds", autocomplete: "off", "aria-describedby": "held" });
    this.box.addEventListener("input", () => this.arrange(false));
    this.count = made("span", { id: "held", class: "quiet", role: "status" });
    this.head = made("tr");
    const grid = made("table", {}, made("thead", {}, this.head));
    const region = made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.words("Answer") });
    this.unprinted = made("p", { class: "unprinted" });
    const label = made("label", { for: "holds" }, this.words("Show only lines with these words"));
    table.place.replaceChildren(made("p", { class: "filter" }, label, this.box, this.count), region, this.unprinted);
    this.long = new LongTable(region, grid, (place) => table.row(this, this.order?.[place] ?? place, told));
  }

  end() {
    this.long.end();
  }

  /** Show the rows that have come since. */
  grow() {
    const known = this.look();
    if (!known) this.heads();
    if (this.arranged) this.arrange(true);
    else if (known) this.long.grow(this.answer.length);
    else this.long.show(this.answer.length, true);
    this.say();
  }

  /** All rows are there: the columns fit them. */
  whole() {
    if (this.long.long) this.long.fit(true);
  }

  /** Whether the rows are others than as they came. */
  get arranged() {
    return this.order !== null || this.sorting !== null || wordsOf(this.box.value).length > 0;
  }

  /** Look through the rows that are new for columns that hold anything; tell whether all of those were known before. */
  look() {
    const { columns, terms, length } = this.answer;
    const [shown, held] = [new Set(this.columns.shown), new Set(this.columns.held)];
    for (; this.seen < length; this.seen += 1) {
      this.answer.numbersOf(this.seen).forEach((number, at) => {
        if (number) (this.told.cited.has(terms[number]?.value ?? "") ? held : shown).add(at);
      });
    }
    const known = shown.size === this.columns.shown.length && held.size === this.columns.held.length;
    const ordered = (/** @type {Set<number>} */ some) => [...columns.keys()].filter((at) => some.has(at));
    this.columns = { shown: ordered(shown), held: ordered(held) };
    return known;
  }

  /** Name the columns, by buttons that sort. */
  heads() {
    const names = this.columns.shown.map((at) => this.answer.columns[at]);
    const heads = names.map((name) => this.told.labels.get(TIP + name) ?? name.replace(/_/g, " "));
    if (this.columns.held.length) heads.push(this.words("said at"));
    this.sorting = null; // the head that was pressed may be another now
    this.head.replaceChildren(...heads.map((text, at) => made("th", { scope: "col" }, button([text], () => this.sort(at)))));
  }

  /** @param {number} head */
  sort(head) {
    this.sorting = { head, down: this.sorting?.head === head && !this.sorting.down };
    [...this.head.cells].forEach((cell, at) => {
      if (at === head) cell.setAttribute("aria-sort", this.sorting?.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    });
    this.arrange(false);
  }

  /** Put the rows in order anew; where that is being done already, once more behind it. @param {boolean} stay  where the reader is */
  async arrange(stay) {
    if (this.arranging !== "no") {
      this.arranging = "again";
      return;
    }
    do {
      this.arranging = "now";
      this.order = await this.ordered();
      this.long.show(this.order?.length ?? this.answer.length, stay);
      this.say();
    } while (/** @type {string} */ (this.arranging) === "again");
    this.arranging = "no";
  }

  /** The rows that hold the words of the box, in the order of the head that was pressed; null for all as they came. */
  async ordered() {
    const [pace, words, sorting] = [new Pace(), wordsOf(this.box.value), this.sorting];
    if (!words.length) this.folds.clear();
    if (!words.length && !sorting) return null;
    const { answer } = this;
    const rows = words.length ? await holding(answer.length, (row) => answer.numbersOf(row), (number) => this.folded(number), words, pace)
      : Uint32Array.from({ length: answer.length }, (_, row) => row);
    return sorting ? ordered(rows, (row) => this.key(row, sorting.head), sorting.down, pace) : rows;
  }

  /** The folded text of a term, kept while words are searched. @param {number} number */
  folded(number) {
    const text = this.folds.get(number) ?? folded(this.text(number));
    this.folds.set(number, text);
    return text;
  }

  /** The text of a term; of a claim, its citations. @param {number} number */
  text(number) {
    const term = this.answer.terms[number];
    return this.told.cited.has(term?.value ?? "") ? this.table.saidText(term?.value ?? "", this.told) : this.table.text(term, this.told);
  }

  /** The sort key of a row under a head. @param {number} row @param {number} head @returns {string|number} */
  key(row, head) {
    const numbers = this.answer.numbersOf(row);
    const at = this.columns.shown[head];
    if (at === undefined) return this.columns.held.map((one) => this.text(numbers[one])).join(" ").trim();
    const term = this.answer.terms[numbers[at]];
    const number = isNumber(term) ? Number(term?.value) : NaN;
    return Number.isNaN(number) ? this.table.text(term, this.told).trim() : number;
  }

  /** How many rows are shown, of how many; how many a print leaves out. */
  say() {
    const number = numeral(this.answer.length);
    const shown = this.order?.length ?? this.answer.length;
    this.count.textContent = shown === this.answer.length ? "" : this.words("{count} of {all} rows", { count: numeral(shown), all: number });
    this.unprinted.textContent = shown <= PRINTED ? ""
      : this.words("Not printed: {count} more rows; download them as a file.", { count: numeral(shown - PRINTED) });
  }
}
