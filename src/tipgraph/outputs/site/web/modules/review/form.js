// The form of a claim: fields of its table, filled by typing, by choosing, or by words of the text.

import { made } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" */
/** @import { Column, Entry, Fault, Span, State, Table } from "./types.d.ts" */

const QUOTE = "quote";
const PASSAGE = " || "; // between passages
const VALUES = new Set(["date", "day", "number"]); // kinds of columns whose words the server reads
const REFERENCE = /^[a-z0-9.-]+(?:\/[a-z0-9.-]+)+$/; // of a row, such as reference/iom
const ARTICLE = /^(?:[Tt]he|el|la|los|las)\s+/; // which the server leaves out, too, if no entry has it in its name
const USUAL = new Set([ // the columns that most claims fill; the others are folded
  "giver", "receiver", "purpose", "organization", "undertaking", "undertakingKind", "place", "partOf", "status", "amount", "currency", "amountAsPrinted",
  "value", "valueAsPrinted", "origin", "destination", "form", "documentKind", "publicationState", "author", "addressee", "provision", "modality", "note", "date",
]);

/** The cells to begin with, the labels of entries in place of their ids, new entries, and the places of the words. @typedef {{cells: Record<string, string>, labels?: Record<string, string>, classes?: Record<string, string[]>, entries: Entry[], spans: Span[]}} Given */

/** Words in one line. @param {Span} span */
const lineOf = ({ words }) => words.trim().replace(/\s+/g, " ");

/** Passages as a field has them, as in a workbook. @param {Span[]} spans */
const passages = (spans) => spans.map(lineOf).join(PASSAGE);

/** The content of a field, with a code in place of the words that the page shows for it. @param {Column} column @param {string} value */
function codeOf({ choices, many, refers }, value) {
  if (!choices || refers) return value.trim();
  const code = (/** @type {string} */ part) => choices.find(([, label]) => label.toLowerCase() === part.toLowerCase())?.[0] ?? part;
  return (many ? value.split("|") : [value]).map((part) => code(part.trim())).join(" | ");
}

export class Form {
  /** @type {HTMLInputElement} */
  #active;
  #filled = { before: "", value: "" }; // the last value from the text, and what was in the field before it
  /** @type {Span[]} */
  spans; // those of the quote, and those that it had; the last one first
  /** @type {Promise<void>} */
  reading = Promise.resolve(); // of the words that were chosen last

  /**
   * @param {Words} words @param {State} state @param {string} table @param {Given} given
   * @param {{save: () => void, cancel: () => void, find: (words: string) => Span|null, value: (column: string, words: string) => Promise<Record<string, string>>}} acts
   *   `find` returns the place of words in the text, `value` the cells that they fill
   */
  constructor(words, state, table, given, acts) {
    this.words = words;
    this.state = state;
    this.table = table;
    this.given = given;
    this.spans = given.spans;
    this.find = acts.find;
    this.value = acts.value;
    const { columns } = state.tables[table];
    this.quote = this.#field({ name: QUOTE, label: words("words of the text"), note: "", required: true, many: false, kind: "text", choices: null, refers: null, tables: [] }, passages(given.spans));
    this.fields = columns.map((column) => ({ column, ...this.#field(column, given.cells[column.name] ?? "") }));
    this.general = made("p", { class: "fault", hidden: true });
    const isFirst = (/** @type {Column} */ { name, required }, /** @type {HTMLInputElement} */ { value }) => required || Boolean(value) || USUAL.has(name);
    const [first, more] = [true, false].map((wanted) => this.fields.filter(({ column, input }) => isFirst(column, input) === wanted));
    this.#active = (first[0] ?? this.quote).input;
    this.element = made("form", { "aria-label": state.tables[table].label, novalidate: true, autocomplete: "off" },
      this.general, this.quote.element, ...first.map(({ element }) => element),
      ...(more.length ? [made("details", {}, made("summary", {}, words("More fields")), ...more.map(({ element }) => element))] : []),
      made("p", { class: "ways" }, made("button", { class: "main" }, words("Save"), " ", made("kbd", {}, "Enter")), " ", this.#cancelButton(acts.cancel)));
    this.element.addEventListener("submit", (event) => { event.preventDefault(); acts.save(); });
    this.element.addEventListener("focusin", ({ target }) => { if (target instanceof HTMLInputElement) this.#active = target; });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); acts.cancel(); }
    });
  }

  /** @param {() => void} cancel */
  #cancelButton(cancel) {
    const button = made("button", { type: "button" }, this.words("Cancel"), " ", made("kbd", {}, "Esc"));
    button.addEventListener("click", cancel);
    return button;
  }

  /** Put the focus into the field of a column, or the first one to fill in. @param {string} name */
  focus(name = "") {
    const all = [this.quote, ...this.fields];
    const named = all.find(({ input }) => input.name === name);
    const empty = all.find(({ input }) => input.required && !input.value);
    const field = named ?? empty ?? this.fields[0] ?? this.quote;
    const fold = field.element.closest("details");
    if (fold) fold.open = true;
    field.input.focus();
    field.input.select();
  }

  /**
   * Fill the field that has the focus, or had it last, with words of the text, and with the value that they are.
   * @param {Span} span @param {boolean} isMore  further words of the claim stay beside those that do not overlap
   */
  fill(span, isMore) {
    const input = this.#active, field = this.fields.find((one) => one.input === input);
    if (!field) {
      this.#cite(span, isMore);
      return;
    }
    const plain = span.words.replace(/\s+/g, " ");
    const before = input.value === this.#filled.value ? this.#filled.before : field.column.many && /\|\s*$/.test(input.value) ? `${input.value.trimEnd()} ` : "";
    this.#put(input, before, plain);
    if (VALUES.has(field.column.kind)) this.reading = this.#read(field, before, plain);
  }

  /** Add a passage to the words of the claim, or put it in place of those that were chosen before. @param {Span} span @param {boolean} isMore */
  #cite(span, isMore) {
    const { input } = this.quote, isOpen = /\|\|\s*$/.test(input.value);
    const before = isMore || isOpen ? input.value : input.value === this.#filled.value ? this.#filled.before : "";
    const kept = this.#places(before).filter((place) => place !== null && (place.end <= span.start || span.end <= place.start));
    this.spans = [span, ...this.spans];
    this.#put(input, kept.length ? passages(/** @type {Span[]} */ (kept)) + PASSAGE : "", lineOf(span));
  }

  /** Put the value of words in their place, with what belongs to it, such as a currency; say so if they are none. @param {Form["fields"][0]} field @param {string} before @param {string} plain */
  async #read({ column, input, fault }, before, plain) {
    const cells = await this.value(column.name, plain);
    if (input.value !== before + plain) return; // other words, or typed on
    for (const other of this.fields.filter(({ column: { name } }) => name in cells)) {
      if (other.input === input) this.#put(input, before, cells[column.name]);
      else other.input.value = cells[other.column.name];
    }
    fault.textContent = this.words("These words are not exactly one value. Write the value that they say.");
    fault.hidden = column.name in cells;
  }

  /** @param {HTMLInputElement} input @param {string} before @param {string} value */
  #put(input, before, value) {
    this.#filled = { before, value: before + value };
    input.value = this.#filled.value;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new Event("change"));
  }

  /** The name of the field that takes words of the text. */
  get active() { return this.#active.name; }

  /** The cells, new entries and places of words, as the server takes them. */
  get values() {
    const cells = Object.fromEntries(this.fields.map(({ column, input, first }) => [column.name, input.value === first ? this.given.cells[column.name] ?? "" : codeOf(column, input.value)]));
    const entries = this.fields.flatMap(({ column, input, added }) => this.#unknown(column, input.value).map((name) => added.entry(name)));
    const places = this.#places(this.quote.input.value).filter((place) => place !== null);
    return { cells, entries: entries.filter((entry) => entry !== null), quotes: places.map(({ start, end }) => [start, end]) };
  }

  /** The places of passages, such as `one || another`; null for words that are not in the text. @param {string} words @returns {(Span|null)[]} */
  #places(words) {
    const parts = words.split("||").map((part) => part.trim()).filter(Boolean);
    return parts.map((part) => this.spans.find((span) => lineOf(span) === part) ?? this.find(part));
  }

  /** Tell whether it can be sent: its words are in the text, and each new entry has a class. Show the faults otherwise. */
  check() {
    const unclear = this.fields.filter(({ column, input, added }) => added.lackClass(this.#unknown(column, input.value)));
    const faults = unclear.map(({ column: { name } }) => ({ column: name, message: this.words("Choose the class of the new entry.") }));
    const places = this.#places(this.quote.input.value);
    if (!places.length || !places.every(Boolean)) faults.push({ column: QUOTE, message: this.words("Select the words of the text that say it.") });
    if (faults.length) this.show(faults);
    return !faults.length;
  }

  /** Fill the fields that were not taken. @param {Given} given */
  refill({ cells, entries, spans }) {
    this.given = { ...this.given, entries: [...entries, ...this.given.entries] };
    for (const { input, column } of this.fields) {
      if (!(column.name in cells)) continue;
      input.value = cells[column.name];
      input.dispatchEvent(new Event("change"));
    }
    this.spans = spans;
    this.quote.input.value = passages(spans);
  }

  /** Show faults at their fields, and put the focus into the first. @param {Fault[]} faults */
  show(faults) {
    const all = [this.quote, ...this.fields];
    for (const { input, fault } of all) { fault.hidden = true; input.removeAttribute("aria-invalid"); }
    const general = [];
    for (const { column, message, entry = 0 } of faults) {
      const field = entry ? this.#fieldOf(entry) : all.find(({ input }) => input.name === column || (input.name === QUOTE && column === "evidence"));
      if (field) {
        field.fault.textContent = field.fault.hidden ? message : `${field.fault.textContent}\n${message}`;
        field.fault.hidden = false;
        field.input.setAttribute("aria-invalid", "true");
      } else general.push(message);
    }
    this.general.textContent = general.join("\n");
    this.general.hidden = !general.length;
    this.focus(all.find(({ input }) => input.hasAttribute("aria-invalid"))?.input.name);
  }

  /** The field that names a new entry, by its number from 1. @param {number} number */
  #fieldOf(number) {
    return this.fields.flatMap((field) => this.#unknown(field.column, field.input.value).map(() => field))[number - 1];
  }

  /** Tell whether a field has still the labels that it had at first. @param {Column} column @param {string} value */
  #isGiven({ name }, value) { return value === this.given.labels?.[name]; }

  /** The names in a cell that no entry of the data has. @param {Column} column @param {string} cell */
  #unknown(column, cell) {
    if (!column.refers) return [];
    const names = (column.many ? cell.split("|") : [cell]).map((name) => name.trim()).filter(Boolean);
    if (this.#isGiven(column, cell)) return names.filter((name) => this.given.entries.some(({ cells: { label } }) => label === name));
    const known = new Set((this.state.names[column.refers] ?? []).map(([name]) => name.toLowerCase()));
    const isKnown = (/** @type {string} */ name) => known.has(name.toLowerCase()) || known.has(name.replace(ARTICLE, "").toLowerCase());
    return names.filter((name) => !isKnown(name) && !REFERENCE.test(name));
  }

  /** @param {Column} column @param {string} value */
  #field(column, value) {
    const id = `field-${column.name.replace("@", "-")}`, known = `${id}-known`;
    /** @type {[value: string, more: string][]} */
    const choices = column.refers ? this.state.names[column.refers] ?? [] : (column.choices ?? []).map(([, label]) => [label, ""]);
    const label = this.given.labels?.[column.name] ?? column.choices?.find(([code]) => code === value)?.[1] ?? value;
    const input = made("input", { id, name: column.name, type: "text", value: label, required: column.required, list: choices.length ? known : undefined, "aria-describedby": `${id}-fault`, title: column.note || undefined });
    const fault = made("p", { class: "fault", id: `${id}-fault`, hidden: true, "aria-live": "polite" });
    const added = new AddedEntries(this.words, this.state, column, () => this.given.entries);
    const said = made("p", { class: "added" }, [...new Set(this.given.classes?.[column.name])].filter(Boolean).join(", ")); // of entries whose label others have, too
    const element = made("div", { class: "field" },
      made("label", { for: id }, column.label, ...(column.required ? [made("span", { class: "quiet" }, ` (${this.words("needed")})`)] : [])),
      input, ...(choices.length ? [made("datalist", { id: known }, ...choices.map(([choice, more]) => made("option", { value: choice }, more)))] : []), fault, added.element, said);
    const look = () => {
      added.show(this.#unknown(column, input.value));
      said.hidden = !said.textContent || !this.#isGiven(column, input.value);
    };
    input.addEventListener("change", look);
    input.addEventListener("input", () => { fault.hidden = true; input.removeAttribute("aria-invalid"); });
    look();
    return { input, first: input.value, fault, element, added };
  }
}

/** The entries that a field names and the data does not have: a line for each, with its own class and kind. */
class AddedEntries {
  /** @type {Map<string, AddedEntry>} */
  #lines = new Map();

  /** @param {Words} words @param {State} state @param {Column} column @param {() => Entry[]} given  those of the draft */
  constructor(words, state, column, given) {
    this.words = words;
    this.state = state;
    this.given = given;
    this.tables = column.tables.filter((table) => table in state.entries);
    this.element = made("div", { class: "added", hidden: true });
  }

  /** @param {string[]} names  that are not known */
  show(names) {
    this.element.hidden = !names.length || !this.tables.length;
    if (!this.element.hidden) this.element.replaceChildren(...names.map((name) => this.#line(name).element));
  }

  /** @param {string} name */
  #line(name) {
    const given = this.given().find(({ table, cells }) => cells.label === name && this.tables.includes(table));
    const line = this.#lines.get(name) ?? new AddedEntry(this, name, given);
    this.#lines.set(name, line);
    return line;
  }

  /** Tell whether the class of one of some new entries is not chosen yet. @param {string[]} names */
  lackClass(names) { return this.tables.length > 0 && names.some((name) => this.#line(name).lacksClass); }

  /** The row of a new entry. @param {string} name @returns {Entry|null} */
  entry(name) { return this.tables.length ? this.#line(name).row : null; }
}

/** A new entry: the choice of its table, class and kind. */
class AddedEntry {
  /** @type {{name: string, input: HTMLSelectElement}[]} */
  #selects = [];

  /** @param {AddedEntries} field @param {string} name @param {Entry|undefined} given */
  constructor({ words, state, tables }, name, given) {
    this.state = state;
    this.name = name;
    this.given = given;
    this.table = select(words("new entry in"), name, tables.map((table) => [table, state.entries[table].label]), given?.table ?? "");
    this.kinds = made("span");
    this.element = made("p", {}, `“${name}” `, this.table.element, " ", this.kinds);
    this.table.input.addEventListener("change", () => this.#showKinds());
    this.#showKinds();
  }

  /** The cells that a draft gives, if it is a row of the chosen table. */
  get #cells() { return this.given?.table === this.table.input.value ? this.given.cells : {}; }

  #showKinds() {
    const { columns } = this.state.entries[this.table.input.value], cells = this.#cells, elements = [];
    this.#selects = [];
    for (const { name, label, choices, many } of columns) {
      if (!choices?.length || many) continue;
      const { input, element } = select(label, this.name, [["", "–"], ...choices], cells[name] ?? "");
      this.#selects.push({ name, input });
      elements.push(element, " ");
    }
    this.kinds.replaceChildren(...elements);
  }

  get lacksClass() { return this.#selects.some(({ name, input }) => name === "type" && !input.value); }

  /** @returns {Entry} */
  get row() {
    const chosen = Object.fromEntries(this.#selects.map(({ name, input }) => [name, input.value]));
    return { table: this.table.input.value, cells: { ...this.#cells, ...chosen, label: this.name } };
  }
}

/** @param {string} label @param {string} about @param {[value: string, label: string][]} choices @param {string} chosen */
function select(label, about, choices, chosen) {
  const input = made("select", { "aria-label": `${label}: ${about}` }, ...choices.map(([value, words]) => made("option", { value, selected: value === chosen }, words)));
  return { input, element: made("label", {}, label, " ", input) };
}
