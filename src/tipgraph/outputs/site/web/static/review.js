// @ts-check
// The page of a review: one draft at a time, decided by one key, and saved at once.
(() => {
  "use strict";
  const { button, byId, drawn, made, part, wording } = tipgraph;

  // The card on the right: a draft as a sentence and as fields, what the data says already, and the choices of keys.

  const SHORT = 20; // letters of a choice that fits beside another one

  /** A list of choices, each with its key. @param {[key: string, label: string, act: () => void][]} choices @param {string} label */
  function choiceList(choices, label) {
    const isLong = choices.some(([, words]) => words.length > SHORT);
    return made("ul", { class: isLong ? "choices long" : "choices", "aria-label": label }, ...choices.map(([key, words, act]) =>
      made("li", {}, button([...(key ? [made("kbd", {}, key), " "] : []), made("span", {}, words)], act))));
  }

  /** A draft. @param {Draft} draft @param {State} state @param {Words} words @param {string} place  among the drafts of its paragraph */
  function draftCard(draft, state, words, place) {
    const { label, columns } = state.tables[draft.table];
    return [
      made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`, ...(draft.state === "later" ? [" · ", words("put off")] : [])),
      made("h2", { id: "reads" }, draft.reads),
      made("blockquote", { lang: "" }, made("mark", {}, draft.quote)) /* in the language of the text, which nobody knows */,
      ...knownList(words("Contradicts"), draft.against, "against", columns),
      ...knownList(words("The data has already"), draft.same, "same", columns),
      factList(draft, columns, (name) => entryChips(name, draft, state, words)),
      ...(draft.namings.length ? [made("p", { class: "quiet" }, words("Names that are saved, too: {names}", { names: draft.namings.map((name) => `“${name}”`).join(", ") }))] : []),
      made("p", { class: "quiet" }, `${words("Proposed by")}: ${draft.producers.map((name) => producerWords(name, words)).join(", ")}`),
    ];
  }

  /** A claim that is saved. @param {SavedClaim} claim @param {State} state @param {Words} words @param {string} place  among the saved claims of its paragraph @param {Span[]} quotes */
  function claimCard(claim, state, words, place, quotes) {
    const { label, columns } = state.tables[claim.table] ?? { label: claim.table, columns: [] };
    return [
      made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`),
      made("h2", { id: "reads" }, claim.reads),
      ...quotes.map((span) => made("blockquote", { lang: "" }, made("mark", {}, span.words))),
      factList(claim, columns, () => []),
      made("p", { class: "quiet" }, cameWords(claim, words)),
    ];
  }

  /** How a claim was saved, and when it was corrected. @param {SavedClaim} claim @param {Words} words */
  function cameWords({ origin, corrected }, words) {
    const came = { accepted: words("accepted draft"), edited: words("edited draft"), missed: words("added on this page"), "": words("in the tables of the source") }[origin];
    return corrected ? `${came} · ${words("corrected on {day}", { day: corrected })}` : came;
  }

  /** The cells of a draft or a claim in words. @param {Pick<Draft, "cells"|"labels"|"classes">} row @param {Column[]} columns @param {(name: string) => (Node|string)[]} more  beside the name of an entry */
  function factList({ cells, labels, classes }, columns, more) {
    return made("dl", { class: "facts" }, ...columns.filter(({ name }) => cells[name]).flatMap((column) => {
      const names = (labels[column.name] ?? cells[column.name]).split("|").map((name) => name.trim());
      return [made("dt", {}, column.label), made("dd", {}, ...names.flatMap((name, at) =>
        [at ? ", " : "", column.choices?.find(([code]) => code === name)?.[1] ?? name, classWords(classes[column.name]?.[at]), ...(column.refers ? more(name) : [])]))];
    }));
  }

  /** The class of an entry whose label others have, too. @param {string|undefined} name */
  const classWords = (name) => name ? ` (${name})` : "";

  /** What a name is beside: a new entry of a class and kind, whose name may have been rejected. @param {string} name @param {Draft} draft @param {State} state @param {Words} words */
  function entryChips(name, draft, state, words) {
    return draft.entries.filter(({ cells }) => cells.label === name).flatMap((entry) => {
      const [cls, ...more] = entryWords(entry, state);
      const chips = [words("new entry: {class}", { class: cls }), ...more, ...(entry.rejected ? [words("its name was rejected")] : [])];
      return chips.flatMap((text) => [" ", made("span", { class: "chip" }, text)]);
    });
  }

  /** The cells of a new entry in words: its class, then the others. @param {Entry} entry @param {State} state */
  function entryWords({ table, cells }, state) {
    const { label: whole, columns } = state.entries[table];
    const said = columns.filter(({ name }) => cells[name] && name !== "label").map(({ name, label, choices }) => {
      const value = choices?.find(([code]) => code === cells[name])?.[1] ?? cells[name];
      return choices ? value : `${label}: ${value}`;
    });
    return cells.type ? said : [whole, ...said];
  }

  /** A producer in words, such as `rule:gave-amount`. @param {string} name @param {Words} words */
  function producerWords(name, words) {
    const [kind, ...rest] = name.split(":");
    const own = rest.join(":");
    if (kind === "rule") return words("rule “{name}”", { name: own.replaceAll("-", " ") });
    if (kind === "model") return words("language model {name}", { name: own });
    return name;
  }

  /** @param {string} heading @param {Known[]} known @param {string} name @param {{name: string, label: string}[]} columns */
  function knownList(heading, known, name, columns) {
    if (!known.length) return [];
    const inColumn = (/** @type {string|undefined} */ column) => column ? `${columns.find((one) => one.name === column)?.label ?? column}: ` : "";
    return [made("section", { class: name }, made("h3", {}, heading),
      made("ul", { class: "said" }, ...known.map(({ reads, locator, column }) => made("li", {}, inColumn(column), reads, " ", made("span", { class: "quiet" }, locator)))))];
  }

  /** The claims that the data has from a paragraph, each to choose. @param {SavedClaim[]} claims @param {SavedClaim|null} present @param {Words} words @param {(name: string) => void} choose */
  function claimList(claims, present, words, choose) {
    if (!claims.length) return [];
    return [made("h3", {}, words("Claims of this paragraph")), made("ul", { class: "choices long" }, ...claims.map((claim) =>
      made("li", {}, button([made("span", {}, claim.reads), " ", made("small", {}, cameWords(claim, words))], () => choose(claim.name), { "aria-current": claim === present || undefined }))))];
  }

  /** An action in one line: what it does, and with which draft or paragraph. @param {Action} action @param {State} state @param {Words} words */
  function actionWords({ name, values }, state, words) {
    /** @type {Record<string, string>} */
    const names = { accept: words("Accept"), edit: words("Edit"), reject: words("Reject"), later: words("Later"), miss: words("Missed"), correct: words("Edit"), remove: words("Remove"), done: words("Paragraph done"), scope: words("No claims here"), undo: words("Undo") };
    const paragraph = state.paragraphs.find(({ number, drafts, rows }) => number === values.paragraph || drafts.some(({ id }) => id === values.draft) || rows.some((row) => row.name === values.row));
    const draft = paragraph?.drafts.find(({ id }) => id === values.draft), claim = paragraph?.rows.find((row) => row.name === values.row);
    const typed = claim && values.cells ? typedWords(claim, /** @type {Record<string, string>} */ (values.cells), state) : "";
    const about = [claim?.reads ?? draft?.reads ?? state.tables[String(values.table)]?.label, typed, paragraph && `¶ ${paragraph.number}`].filter(Boolean).join(" · ");
    return about ? `${names[name]}: ${about}` : names[name];
  }

  /** The cells that a person typed for a claim. @param {SavedClaim} claim @param {Record<string, string>} cells @param {State} state */
  function typedWords(claim, cells, state) {
    const columns = state.tables[claim.table].columns.filter(({ name }) => name in cells);
    return columns.map(({ name, label, choices }) => `${label}: ${choices?.find(([code]) => code === cells[name])?.[1] ?? (cells[name] || "–")}`).join(", ");
  }

  /** What drafters left out, and why they stopped: a line for the header that opens; nothing if they proposed all. @param {State} state @param {Words} words */
  function notProposed({ dropped, stopped }, words) {
    const counts = Object.entries(dropped);
    if (!counts.length && !stopped.length) return [];
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    const lines = [...stopped.map((why) => words("A drafter stopped before the end: {why}", { why })), ...counts.map(([reason, count]) => `${reasonWords(reason, words)}: ${count}`)];
    return [made("details", {}, made("summary", {}, words("not proposed: {n}", { n: all }), ...(stopped.length ? [" · ", words("stopped early")] : [])), made("ul", {}, ...lines.map((line) => made("li", {}, line))))];
  }

  /** Why a drafter left something out, in the language of the page. @param {string} reason @param {Words} words */
  function reasonWords(reason, words) {
    /** @type {Record<string, string>} */
    const known = {
      "another language": words("a sentence is in another language"), "too long": words("a sentence is too long"), "a sentence is too long": words("a sentence is too long"),
      "a person as an actor": words("a person as an actor"),
      "victims as an actor": words("victims as an actor"),
      "a victim or a person is named as an actor": words("a victim or a person is named as an actor"),
      "a name that is no entry of the kind that is needed": words("a name that is no entry of the kind that is needed"),
      "a sentence got no answer": words("a sentence got no answer"),
      "an answer was not in the form that was asked for, twice": words("an answer was not in the form that was asked for, twice"),
      "the claim was not in the form that was asked for": words("the claim was not in the form that was asked for"),
      "the quote is not in the sentence": words("the quote is not in the sentence"),
      "a name is not in the sentence": words("a name is not in the sentence"),
      "a code is not in its list": words("a code is not in its list"),
      "two parts of the claim are the same": words("two parts of the claim are the same"),
      "the claim names fewer than two things": words("the claim names fewer than two things"),
      "words that are not in the text at their place": words("words that are not in the text at their place"),
      "a table that the ontology does not have": words("a table that the ontology does not have"),
    };
    return known[reason] ?? reason;
  }

  // The seconds that a person looks at a draft, without those in which the page is hidden.

  class Clock {
    #since = 0;
    #before = 0;

    constructor() {
      document.addEventListener("visibilitychange", () => {
        if (document.hidden) this.#before = this.#elapsed();
        else this.#since = performance.now();
      });
    }

    start() {
      this.#before = 0;
      this.#since = performance.now();
    }

    #elapsed() { return this.#before + performance.now() - this.#since; }

    /** The seconds since the start, with one decimal. */
    get seconds() { return Math.round((document.hidden ? this.#before : this.#elapsed()) / 100) / 10; }
  }

  // The form of a claim: fields of its table, filled by typing, by choosing, or by words of the text.

  const QUOTE = "quote";
  const PASSAGE = " || "; // between passages
  const VALUES = new Set(["date", "day", "number"]); // kinds of columns whose words the server reads
  const REFERENCE = /^[a-z0-9.-]+(?:\/[a-z0-9.-]+)+$/; // of a row, such as reference/iom
  const ARTICLE = /^(?:[Tt]he|el|la|los|las)\s+/; // which the server leaves out, too, if no entry has it in its name
  const USUAL_COLUMNS = new Set([ // the columns that most claims fill; the others are folded
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

  class Form {
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
      const isFirst = (/** @type {Column} */ { name, required }, /** @type {HTMLInputElement} */ { value }) => required || Boolean(value) || USUAL_COLUMNS.has(name);
      const [first, more] = [true, false].map((wanted) => this.fields.filter(({ column, input }) => isFirst(column, input) === wanted));
      this.#active = (first[0] ?? this.quote).input;
      this.element = made("form", { "aria-label": state.tables[table].label, novalidate: true, autocomplete: "off" },
        this.general, this.quote.element, ...first.map(({ element }) => element),
        ...(more.length ? [made("details", {}, made("summary", {}, words("More fields")), ...more.map(({ element }) => element))] : []),
        made("p", { class: "ways" }, made("button", { class: "main" }, words("Save"), " ", made("kbd", {}, "Enter")), " ", button([words("Cancel"), " ", made("kbd", {}, "Esc")], acts.cancel)));
      this.element.addEventListener("submit", (event) => { event.preventDefault(); acts.save(); });
      this.element.addEventListener("focusin", ({ target }) => { if (target instanceof HTMLInputElement) this.#active = target; });
      this.element.addEventListener("keydown", (event) => {
        if (event.key === "Escape") { event.stopPropagation(); acts.cancel(); }
      });
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

  // The path of the page on its server. A server that is started again at the same port has another one.

  const KEY = "tipgraph-review-place";

  /** Keep the path of this page for all tabs: an old one then finds the new server. */
  function keepPlace() {
    localStorage.setItem(KEY, location.pathname);
  }

  /** The address of a file or an action. @param {string} name */
  function addressOf(name) {
    return `${localStorage.getItem(KEY) ?? ""}${name}`;
  }

  // The picture of the page of the document, with boxes around the words of drafts.

  const ROOM = 0.35; // the share of the pane above the words

  class Picture {
    #page = 0;
    /** @type {string} */
    #about = "";

    /** @param {HTMLElement} pane @param {State} state @param {Words} words */
    constructor(pane, state, words) {
      this.pane = pane;
      this.pages = state.pages;
      this.words = words;
      this.caption = made("figcaption", { class: "quiet" });
      this.image = made("img", { alt: "" });
      this.boxes = /** @type {SVGSVGElement} */ (drawn("svg", { "aria-hidden": "true" }));
      this.size = made("button", { type: "button", "aria-pressed": "false" }, words("Enlarge"));
      this.frame = made("div", { class: "frame", tabindex: "0", role: "region", "aria-label": words("Picture of the page") }, made("div", { class: "sheet" }, this.image, this.boxes));
      this.size.addEventListener("click", () => this.#resize());
      pane.hidden = !this.pages.length;
      pane.replaceChildren(made("figure", {}, this.caption, this.frame));
      this.caption.append(made("span"), this.size);
      this.image.addEventListener("load", () => this.#scroll());
    }

    /** Show a page with the boxes of the present words, and those of others. @param {number} page @param {PageBox[]} present @param {PageBox[]} others */
    show(page, present, others) {
      if (!this.pages.length || !page) return;
      const about = JSON.stringify([page, present, others]);
      if (about === this.#about) return;
      this.#about = about;
      if (page !== this.#page) this.#turn(page);
      const on = (/** @type {PageBox[]} */ boxes, /** @type {string} */ name) => boxes.filter((box) => box[0] === page).map((box) => boxOf(box, name));
      this.boxes.replaceChildren(...on(others, "other"), ...on(present, "lit"));
      this.#scroll();
    }

    /** @param {number} page */
    #turn(page) {
      this.#page = page;
      const [width, height] = this.pages[page - 1];
      this.image.src = addressOf(`page/${page}.png`);
      this.image.alt = this.words("Picture of page {n}", { n: page });
      this.boxes.setAttribute("viewBox", `0 0 ${width} ${height}`);
      this.boxes.setAttribute("width", String(2 * width));
      this.boxes.setAttribute("height", String(2 * height));
      /** @type {HTMLElement} */ (this.caption.firstChild).textContent = this.words("Page {n} of {all}", { n: page, all: this.pages.length });
    }

    #resize() {
      const isLarge = this.pane.classList.toggle("large");
      this.size.setAttribute("aria-pressed", String(isLarge));
      this.#scroll();
    }

    /** Bring the present words into sight. */
    #scroll() {
      const box = this.boxes.querySelector(".lit")?.getBoundingClientRect();
      if (!box) return;
      const frame = this.frame.getBoundingClientRect();
      this.frame.scrollTop += box.top - frame.top - ROOM * frame.height;
      if (box.left < frame.left || box.right > frame.right) this.frame.scrollLeft += box.left - frame.left - 8;
    }
  }

  /** @param {PageBox} box @param {string} name */
  function boxOf([, left, top, right, bottom], name) {
    return drawn("rect", { class: name, x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2, rx: 1.5 });
  }

  // The state of the review: actions are sent one after the other, each is saved by the server before the next is sent.
  // Decision: docs/decisions/0155-one-key-decides-and-the-page-goes-on.md.

  const AGAIN = 1500; // milliseconds until a server that does not answer is asked again
  /** @type {Record<string, DraftState>} */
  const DECIDED = { accept: "accepted", edit: "edited", reject: "rejected", later: "later" };
  const MOVED = 409; // another tab or program has decided meanwhile

  /** Tell whether a state has what an action asked for. @param {Action} action @param {State} before @param {State} now */
  function isTaken({ name, values }, before, now) {
    const paragraph = now.paragraphs.find(({ number }) => number === values.paragraph);
    const draft = now.paragraphs.flatMap(({ drafts }) => drafts).find(({ id }) => id === values.draft);
    const was = before.paragraphs.find(({ number }) => number === values.paragraph);
    const row = now.paragraphs.flatMap(({ rows }) => rows).find(({ name: own }) => own === values.row);
    const isRevealed = Boolean(paragraph?.revealed && !was?.revealed); // the drafts of a paragraph that was read without them
    /** @type {Record<string, () => boolean>} */
    const asked = {
      edit: () => draft?.state === "edited" || draft?.state === "accepted", // it is accepted if nothing was changed
      reject: () => draft?.state === "rejected" && draft.reason === values.reason,
      done: () => paragraph?.done || isRevealed,
      scope: () => paragraph?.scope === values.scope || (isRevealed && Boolean(values.scope)),
      undo: () => now.progress.decided < before.progress.decided,
      correct: () => Boolean(row && row.digest !== values.digest && hasCells(row, /** @type {Record<string, string>} */ (values.cells))),
      remove: () => !row,
      miss: () => {
        const known = new Set(before.paragraphs.flatMap(({ rows }) => rows).map((row) => row.name));
        return now.paragraphs.flatMap(({ rows }) => rows).some((row) => row.table === values.table && !known.has(row.name) && String(row.spans) === String(values.quotes));
      },
    };
    return asked[name]?.() ?? draft?.state === DECIDED[name];
  }

  /** Tell whether a claim has the cells of a form, which may have names in place of ids. @param {SavedClaim} claim @param {Record<string, string>} cells */
  function hasCells(claim, cells) {
    return Object.entries(cells).every(([name, cell]) => cell === (claim.cells[name] ?? "") || cell === claim.labels[name]);
  }

  /**
   * What the page hears: `changed` after each answer with the paragraphs that it changed, `waiting` when something is sent or not, `refused` with the faults
   * of an action, `moved` when the state is a newer one than the page had. `left` are the actions that were not taken.
   * @typedef {{changed: (action: Action, paragraphs: [before: Paragraph, now: Paragraph][]) => void, waiting: (unsaved: number, problem: string) => void,
   *   refused: (action: Action, faults: Fault[], left: Action[]) => void, moved: (left: Action[]|null) => void}} Listener
   * @typedef {{name: string, values: Record<string, unknown>, key: string}} Action  the server answers a key once, and says the same if it is sent again
   */

  class Store {
    /** @type {Action[]} */
    #queue = [];
    #sending = false;

    /** @param {State} state @param {Listener} listener */
    constructor(state, listener) {
      this.state = state;
      this.listener = listener;
    }

    /** The number of actions that are not saved yet. */
    get unsaved() { return this.#queue.length; }

    /** The drafts of a paragraph, those that were decided and are being saved as decided. @param {Paragraph} paragraph @returns {Draft[]} */
    drafts({ drafts }) {
      const decided = new Map(this.#queue.flatMap(({ name, values }) => (name in DECIDED ? [[values.draft, DECIDED[name]]] : [])));
      return decided.size ? drafts.map((draft) => (decided.has(draft.id) ? { ...draft, state: decided.get(draft.id) ?? draft.state } : draft)) : drafts;
    }

    /** The saved claims of a paragraph, without those that are being removed. @param {Paragraph} paragraph @returns {SavedClaim[]} */
    claims({ rows }) {
      const removed = new Set(this.#queue.flatMap(({ name, values }) => (name === "remove" ? [values.row] : [])));
      return rows.filter(({ name }) => !removed.has(name));
    }

    /** Tell whether a paragraph is done, or that is being saved. @param {Paragraph} paragraph */
    isDone({ done, number }) {
      return done || this.#queue.some(({ name, values }) => name === "done" && values.paragraph === number);
    }

    /** Tell whether a claim is being added to a paragraph. @param {Paragraph} paragraph */
    adds({ number }) { return this.#queue.some(({ name, values }) => name === "miss" && values.paragraph === number); }

    /** Send an action after those before it. @param {string} name @param {Record<string, unknown>} values */
    send(name, values) {
      this.#queue.push({ name, values, key: crypto.randomUUID() });
      this.listener.waiting(this.#queue.length, "");
      if (!this.#sending) void this.#sendAll();
    }

    /** Ask whether the state has changed elsewhere. */
    async look() {
      if (this.#sending) return;
      const answer = await fetch(addressOf(`state?version=${this.state.version}`)).catch(() => null);
      if (answer?.status !== 200 || this.#sending) return;
      this.state = await answer.json();
      this.listener.moved(null);
    }

    /** The cells that words of the text fill; none if they are no single value. @param {string} table @param {string} column @param {string} words @returns {Promise<Record<string, string>>} */
    async value(table, column, words) {
      const answer = await this.#post("value", { table, column, words });
      return answer?.ok ? (await answer.json()).cells : {};
    }

    /** @param {string} name @param {Record<string, unknown>} values @returns {Promise<Response|null>} */
    #post(name, values) {
      return fetch(addressOf(name), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) }).catch(() => null);
    }

    async #sendAll() {
      this.#sending = true;
      let failed = false;
      while (this.#queue.length) {
        const before = { ...this.state };
        const answer = await this.#ask(this.#queue[0]);
        const action = /** @type {Action} */ (this.#queue.shift());
        const left = answer.moved || answer.faults ? this.#queue.splice(0) : []; // a person decided them for another state
        failed = Boolean(answer.failed);
        if (answer.moved) this.listener.moved([action, ...left].filter((one) => !isTaken(one, before, this.state)));
        else if (answer.faults) this.listener.refused(action, answer.faults, left);
        else this.listener.changed(action, this.state.paragraphs.flatMap((now, at) => (now === before.paragraphs[at] ? [] : [[before.paragraphs[at], now]])));
        if (!this.#queue.length && !answer.moved && !answer.faults) this.listener.waiting(0, "");
      }
      this.#sending = false;
      if (failed) await this.look(); // it may have been saved all the same
    }

    /** Ask until there is an answer, and take over what it says. @param {Action} action @returns {Promise<{moved?: boolean, faults?: Fault[], failed?: boolean}>} */
    async #ask({ name, values, key }) {
      for (;;) {
        const answer = await this.#post(name, { version: this.state.version, ...values, key });
        if (answer?.status === MOVED) {
          this.state = await answer.json();
          return { moved: true };
        }
        if (answer?.ok) return this.#take(await answer.json());
        if (answer && answer.status !== 401) {
          const { detail = answer.statusText } = await answer.json().catch(() => ({}));
          return { faults: [{ column: "", message: detail }], failed: true };
        }
        this.listener.waiting(this.#queue.length, answer ? "token" : "gone");
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }

    /** @param {ReviewAnswer} answer */
    #take({ faults, paragraphs, ...rest }) {
      if (faults) return { faults };
      Object.assign(this.state, rest);
      const changed = new Map(paragraphs?.map((paragraph) => [paragraph.number, paragraph]));
      this.state.paragraphs = this.state.paragraphs.map((paragraph) => changed.get(paragraph.number) ?? paragraph);
      return {};
    }
  }

  // The text: paragraphs with marked words, and the choice of words by mouse, touch and keys.

  const WORD = /\S+/g;
  const SENTENCE = /[^\s](?:.(?![.!?]["”’»)]*\s+[\p{Lu}\d“"«¿¡(]))*.[.!?]?["”’»)]*/gsu;

  /** The place of a code point in a text, by which scripts count. @param {string} text @param {number} points */
  function placeOf(text, points) {
    let place = 0;
    for (let at = 0; at < points && place < text.length; at += 1) place += (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1;
    return place;
  }

  /** The number of code points before a place. @param {string} text @param {number} place */
  const pointsTo = (text, place) => [...text.slice(0, place)].length;

  /** The words of a text by their places. @param {string} text */
  const wordsOf = (text) => [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));

  /**
   * The span of a paragraph around two places, of whole words and without the punctuation at its ends; null without words.
   * @param {Paragraph} paragraph @param {number} from @param {number} to @returns {Span|null}
   */
  function spanOf(paragraph, from, to) {
    const { text } = paragraph;
    const covered = wordsOf(text).filter(({ start, end }) => start < to && from < end);
    if (!covered.length) return null;
    let [start, end] = [covered[0].start, covered[covered.length - 1].end];
    while (start < end && /[("'“‘«[]/.test(text[start])) start += 1;
    while (start < end && /[,;:!?)"'”’»\]]/.test(text[end - 1])) end -= 1;
    if (/[^.\s]{2,}\.$/.test(text.slice(start, end)) && !/\.\S*\.$/.test(text.slice(start, end))) end -= 1; // "Lima.", but "U.S."
    return { start: paragraph.start + pointsTo(text, start), end: paragraph.start + pointsTo(text, end), words: text.slice(start, end) };
  }

  /** The words at a place. @param {Paragraph} paragraph @param {number} start @param {number} end @returns {Span} */
  function spanAt({ text, start: first }, start, end) {
    return { start, end, words: text.slice(placeOf(text, start - first), placeOf(text, end - first)) };
  }

  /** The place of words in the first paragraph that has them. @param {string} wanted @param {Paragraph[]} paragraphs @returns {Span|null} */
  function placeOfWords(wanted, paragraphs) {
    const pattern = new RegExp(wanted.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "iu");
    for (const { text, start } of paragraphs) {
      const found = pattern.exec(text);
      if (found) return { start: start + pointsTo(text, found.index), end: start + pointsTo(text, found.index + found[0].length), words: found[0] };
    }
    return null;
  }

  /** The words that a person selected, and their paragraph; null if there are none. @param {HTMLElement} place @param {Paragraph[]} paragraphs */
  function selected(place, paragraphs) {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const element = (range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement)?.closest(".words");
    if (!element || !place.contains(element)) return null;
    const paragraph = paragraphs.find(({ number }) => String(number) === element.closest("section")?.dataset.number);
    if (!paragraph) return null;
    const before = document.createRange();
    before.selectNodeContents(element);
    before.setEnd(range.startContainer, range.startOffset);
    const from = before.toString().length;
    before.selectNodeContents(element);
    if (element.contains(range.endContainer)) before.setEnd(range.endContainer, range.endOffset);
    const span = spanOf(paragraph, from, before.toString().length);
    return span && { paragraph, span };
  }

  /** A choice of words by keys: from word to word, longer and shorter. */
  class WordCursor {
    /** @param {Paragraph} paragraph @param {number} near  the code point where it begins */
    constructor(paragraph, near) {
      this.paragraph = paragraph;
      this.words = wordsOf(paragraph.text);
      const place = placeOf(paragraph.text, near - paragraph.start);
      this.first = this.last = Math.max(0, this.words.findIndex(({ end }) => end > place)) - 1;
    }

    /** Move to the next word, or make the choice longer; return it. @param {1|-1} step @param {boolean} extend */
    move(step, extend) {
      const to = Math.min(Math.max(0, this.last + step), this.words.length - 1);
      this.last = Math.max(extend ? this.first : 0, to);
      if (!extend || this.first < 0) this.first = this.last;
      return this.words.length ? spanOf(this.paragraph, this.words[this.first].start, this.words[this.last].end) : null;
    }
  }

  /** The sentence of a paragraph at a place (0), before or after it; null at its ends. @param {Paragraph} paragraph @param {number} point @param {1|0|-1} step */
  function sentenceFrom(paragraph, point, step) {
    const place = placeOf(paragraph.text, point - paragraph.start);
    const all = [...paragraph.text.matchAll(SENTENCE)].map(({ 0: { length }, index }) => ({ from: index, to: index + length }));
    const next = step < 0 ? all.filter(({ to }) => to <= place).at(-1) : all.find(({ from, to }) => (step ? from > place : to > place));
    return next ? spanOf(paragraph, next.from, next.to) : null;
  }

  /**
   * The text of a paragraph in parts: the words of drafts and saved claims, those of the present one, and those that are being chosen.
   * @param {Paragraph} paragraph @param {Draft[]} drafts @param {SavedClaim[]} claims @param {Draft|SavedClaim|null} present @param {Span|null} chosen
   */
  function markedWords(paragraph, drafts, claims, present, chosen) {
    const { text } = paragraph;
    const place = (/** @type {number} */ point) => placeOf(text, Math.max(0, point - paragraph.start));
    const spans = [
      ...drafts.map((draft) => ({ from: place(draft.start), to: place(draft.end), name: draft === present ? "present" : isOpen(draft) ? "open" : draft.state === "rejected" ? "" : "taken", id: draft.id, claim: "" })),
      ...claims.flatMap((claim) => claim.spans.map(([start, end]) => ({ from: place(start), to: place(end), name: claim === present ? "present" : "taken", id: "", claim: claim.name }))),
      ...(chosen ? [{ from: place(chosen.start), to: place(chosen.end), name: "chosen", id: "", claim: "" }] : []),
    ].filter(({ name, from, to }) => name && from < to);
    const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
    return cuts.slice(0, -1).map((from, at) => {
      const own = spans.filter((span) => span.from <= from && cuts[at + 1] <= span.to);
      const names = [...new Set(own.map(({ name }) => name))].join(" ");
      const words = text.slice(from, cuts[at + 1]);
      const draft = own.find(({ name }) => name === "open")?.id, claim = own.filter((span) => span.claim).sort((one, other) => one.to - one.from - other.to + other.from)[0]?.claim; // the shortest
      return names ? made(names.includes("present") ? "mark" : "span", { class: names, "data-draft": draft, "data-claim": claim }, words) : words;
    });
  }

  /** Tell whether a draft waits for a decision. @param {Pick<Draft, "state">} draft */
  const isOpen = ({ state }) => state === "open" || state === "later";

  // The page.

  /** @type {Record<string, string>} */
  const SPOKEN = { " ": "Space" }; // keys by their names in HTML
  /** @type {Record<string, [isSentence: boolean, step: 1|-1]>} */
  const MOVES = { ArrowRight: [false, 1], ArrowLeft: [false, -1], ArrowDown: [true, 1], ArrowUp: [true, -1] };
  const READ = "nothing-to-record"; // the scope of a paragraph that was read
  const UNREAD = "unread"; // that of one that is still to be read
  const USUAL = ["undertaking-reports", "participations", "funding", "partnerships", "affiliations", "namings", "activities", "estimates", "publication-reports", "route-reports"];
  const TOUCHED = 700; // milliseconds after which a selection by touch is complete
  const DIGITS = [..."1234567890"];
  const words = wording(JSON.parse(part("labels").textContent ?? "{}"));
  /** @type {Record<string, string>} */
  const NAMES = { " ": words("space"), Escape: "Esc" }; // keys as their buttons show them
  const card = part("card"), pane = part("text"), tools = part("tools"), status = part("status"), left = part("left"), help = /** @type {HTMLDialogElement} */ (byId("help"));

  /** @typedef {{key: string, label: string, act: () => void, can?: boolean, name?: string}} Tool */

  class Review {
    at = 0; // the number of the present paragraph
    /** @type {string} */ id = ""; // of the present draft
    /** @type {string} */ row = ""; // the name of the present saved claim
    /** @type {"view"|"form"|"why"|"classes"|"scope"} */ mode = "view";
    /** @type {Form|null} */ form = null;
    /** @type {SavedClaim|null} */ corrected = null; // the claim of the form, as it was when the form was opened
    /** @type {(() => void)|null} */ save = null;
    /** @type {WordCursor|null} */ cursor = null;
    /** @type {Span|null} */ chosen = null;
    clock = new Clock();
    /** @type {Map<number, HTMLElement>} */ sections = new Map();
    reading = 0; // the number of the paragraph whose drafts were asked for

    /** @param {State} state */
    constructor(state) {
      this.store = new Store(state, {
        changed: (action, paragraphs) => this.changed(action, paragraphs),
        waiting: (unsaved, problem) => this.waiting(unsaved, problem),
        refused: (action, faults, left) => this.refused(action, faults, left),
        moved: (left) => this.moved(left),
      });
      part("dropped").replaceChildren(...notProposed(state, words));
      part("training").hidden = !state.training;
      this.picture = new Picture(part("picture"), state, words);
      this.layOut();
      this.goTo(this.firstToDecide());
      this.say(this.draft ? words("Decide: a accepts, x rejects, ? shows all keys.") : words("Press ? for the keys."));
    }

    get state() { return this.store.state; }

    get paragraph() { return this.state.paragraphs.find(({ number }) => number === this.at) ?? this.state.paragraphs[0]; }

    /** The drafts of a paragraph that may be shown. @param {Paragraph} paragraph */
    drafts(paragraph) {
      return paragraph.blind && !paragraph.revealed ? [] : this.store.drafts(paragraph);
    }

    /** @returns {Draft|null} */
    get draft() { return this.drafts(this.paragraph).find(({ id }) => id === this.id) ?? null; }

    /** The saved claim that is shown in place of a draft. @returns {SavedClaim|null} */
    get claim() { return this.claims.find(({ name }) => name === this.row) ?? null; }

    /** The saved claims of the present paragraph. */
    get claims() { return this.store.claims(this.paragraph); }

    // The text, and where one is in it.

    layOut() {
      this.sections = new Map(this.state.paragraphs.map((paragraph) => [paragraph.number, made("section", { "data-number": paragraph.number })]));
      pane.replaceChildren(...this.sections.values());
      for (const paragraph of this.state.paragraphs) this.paint(paragraph);
    }

    /** Draw a paragraph. @param {Paragraph} paragraph */
    paint(paragraph) {
      const { number, kind, scope } = paragraph, isDone = this.store.isDone(paragraph);
      const section = this.sections.get(number), isPresent = number === this.at;
      if (!section) return;
      section.className = [kind, isPresent && "here", isDone && "done", scope && "scoped"].filter(Boolean).join(" ");
      section.toggleAttribute("aria-current", isPresent);
      const label = [`¶ ${number}`, isDone && words("done"), scope && `${words("no claims")}: ${this.scopeWords(scope)}`].filter(Boolean).join(" · ");
      const hadFocus = section.contains(document.activeElement);
      section.replaceChildren(
        button([label], () => { if (!this.form) this.goTo(number); }, { class: "place" }),
        made("p", { class: "words", lang: "" }, ...markedWords(paragraph, this.drafts(paragraph), this.store.claims(paragraph), isPresent ? this.claim ?? this.draft : null, isPresent ? this.chosen : null)));
      if (hadFocus) section.querySelector("button")?.focus();
    }

    /** The first paragraph that waits for a decision after another one. @param {number} after */
    firstOpen(after = 0) {
      const waits = this.state.paragraphs.filter((paragraph) => !paragraph.scope && !this.store.isDone(paragraph));
      return (waits.find(({ number }) => number > after) ?? waits[0] ?? this.state.paragraphs[0]).number;
    }

    /** Tell whether each paragraph is done or has no claims. */
    get isAllDone() {
      return this.state.paragraphs.every((paragraph) => this.store.isDone(paragraph) || (paragraph.scope && paragraph.scope !== UNREAD));
    }

    /** What is left to do once each paragraph is done; nothing before. */
    get end() {
      if (!this.isAllDone) return "";
      return this.state.training ? words("All paragraphs are done.") : words("All paragraphs are done: now `tipgraph build`.");
    }

    /** The first paragraph with a draft to decide, or to be read before its drafts; without one, the first that waits. */
    firstToDecide() {
      const waits = this.state.paragraphs.find((paragraph) => !paragraph.scope && !this.store.isDone(paragraph) && ((paragraph.blind && !paragraph.revealed) || this.drafts(paragraph).some(isOpen)));
      return waits?.number ?? this.firstOpen();
    }

    /** Show a paragraph, and its first open draft or the one of an id, or a saved claim. @param {number} number @param {string} id @param {string} row  its name */
    goTo(number, id = "", row = "") {
      const before = this.paragraph;
      this.at = number;
      this.row = row;
      this.id = this.claim ? "" : id || (this.drafts(this.paragraph).find(({ state }) => state === "open")?.id ?? "");
      this.mode = "view";
      this.form = this.cursor = this.chosen = null;
      this.clock.start();
      this.paint(before);
      this.show();
    }

    /** Go to the next draft of the paragraph that is open. */
    next() { this.goTo(this.at); }

    /** Go to the paragraph before or after, without those that have no claims. @param {1|-1} step */
    step(step) {
      const read = this.state.paragraphs.filter(({ number, scope }) => !scope || number === this.at);
      const to = read[read.findIndex(({ number }) => number === this.at) + step];
      if (to) this.goTo(to.number);
    }

    /** Show the next saved claim of the paragraph, and after the last one its draft. */
    nextClaim() {
      const { claims, claim } = this;
      this.goTo(this.at, "", claims[claim ? claims.indexOf(claim) + 1 : 0]?.name);
    }

    // What is shown.

    show() {
      const { paragraph, draft, claim } = this;
      this.paint(paragraph);
      card.replaceChildren(...this.cardContent(draft, claim));
      if (this.mode === "view") this.showClaims();
      if ((claim ?? draft) && this.mode === "view") card.setAttribute("aria-labelledby", "reads");
      else card.removeAttribute("aria-labelledby");
      this.showTools();
      const boxes = (claim ?? draft)?.boxes ?? [];
      const page = boxes[0]?.[0] ?? paragraph.page;
      const others = this.drafts(paragraph).filter((other) => other !== draft && isOpen(other)).flatMap(({ boxes }) => boxes);
      this.picture.show(page ?? 0, boxes, others);
      this.showProgress();
      this.bringIntoSight();
      if (this.form) this.form.focus();
      else card.focus({ preventScroll: true });
      card.scrollTop = 0;
    }

    /** List the saved claims of the paragraph at the end of the card. */
    showClaims() {
      const list = made("section", { id: "claims" }, ...claimList(this.claims, this.claim, words, (name) => this.goTo(this.at, "", name)));
      const present = document.getElementById("claims");
      if (!present) card.append(list);
      else if (present.textContent !== list.textContent) present.replaceWith(list);
    }

    get isBlind() { return this.paragraph.blind && !this.paragraph.revealed && !this.store.isDone(this.paragraph); }

    /** @param {Draft|null} draft @param {SavedClaim|null} claim @returns {Node[]} */
    cardContent(draft, claim) {
      const { paragraph } = this;
      if (this.form) return [made("h2", {}, this.state.tables[this.form.table].label), made("p", { class: "quiet" }, words("Words that you select in the text fill the field. By keys: Alt and the arrows.")), this.form.element];
      if (this.mode === "why" && (claim ?? draft)) return [made("h2", {}, claim ? words("Why is it removed?") : words("Why is it rejected?")), made("p", {}, (claim ?? draft)?.reads ?? ""), choiceList(this.reasonChoices(), words("Reasons"))];
      if (this.mode === "classes") return [made("h2", {}, words("What does the text say?")), choiceList(this.classChoices(), words("Classes of claims"))];
      if (this.mode === "scope") return [made("h2", {}, words("Why does this paragraph have no claims?")), made("p", {}, words("d again, or Enter, is the first reason.")), choiceList(this.scopeChoices(), words("Reasons"))];
      if (claim) return claimCard(claim, this.state, words, words("¶ {n}, saved claim {i} of {all}", { n: this.at, i: this.claims.indexOf(claim) + 1, all: this.claims.length }), this.givenOf(claim).spans);
      if (draft) return draftCard(draft, this.state, words, this.placeOf(draft));
      const heading = (/** @type {string} */ text, /** @type {string} */ more) => [made("h2", {}, text), made("p", {}, more)];
      const classes = choiceList(this.classChoices(), words("Classes of claims"));
      if (this.isBlind) return [...heading(words("Read first. The drafts come after."), words("Enter each claim that you see. Then press d: the drafts of this paragraph appear.")), classes];
      if (paragraph.scope) return [...heading(this.end || words("This paragraph has no claims."), this.scopeWords(paragraph.scope))];
      const later = this.drafts(paragraph).filter(({ state }) => state === "later").length;
      const text = this.end || (this.state.progress.open + this.state.progress.decided ? words("Nothing is left to decide in ¶ {n}.", { n: paragraph.number }) : words("Enter the claims of ¶ {n}.", { n: paragraph.number }));
      const more = later ? words("Put off: {n}. Space shows them again.", { n: later }) : this.end ? words("Choose a class for a claim that is missing.") : words("Choose a class for a claim that is missing, or press d: the paragraph is done.");
      return [...heading(text, more), classes];
    }

    /** @param {Draft} draft */
    placeOf(draft) {
      const all = this.drafts(this.paragraph);
      return words("¶ {n}, draft {i} of {all}", { n: this.at, i: all.indexOf(draft) + 1, all: all.length });
    }

    /** @returns {[string, string, () => void][]} */
    reasonChoices() { return this.state.reasons.map(([code, label], at) => [DIGITS[at] ?? "", label, () => this.reject(code)]); }

    /** @returns {[string, string, () => void][]} */
    classChoices() {
      const tables = Object.keys(this.state.tables);
      const inOrder = [...USUAL.filter((name) => tables.includes(name)), ...tables.filter((name) => !USUAL.includes(name))];
      return inOrder.map((table, at) => [DIGITS[at] ?? "", this.state.tables[table].label, () => this.openMissed(table)]);
    }

    /** The reason why a paragraph has no claims, in words. @param {string} scope */
    scopeWords(scope) { return this.state.scopes.find(([code]) => code === scope)?.[1] ?? scope; }

    /** @returns {[string, string, () => void][]} */
    scopeChoices() {
      const codes = [READ, ...this.state.scopes.map(([code]) => code).filter((code) => code !== READ)];
      const choices = codes.map((code) => ({ code, label: this.scopeWords(code) }));
      if (this.paragraph.scope) choices.push({ code: "", label: words("it has claims") });
      return choices.map(({ code, label }, at) => [DIGITS[at] ?? "", label, () => this.scope(code)]);
    }

    showTools() {
      const { undo } = this.state, help = this.tools().slice(-1);
      /** @type {Tool} */
      const back = { key: "Escape", label: words("Cancel"), act: () => this.goTo(this.at, this.id, this.row) };
      const shown = this.mode === "view" ? this.tools().filter(({ can = true }) => can) : this.mode === "form" ? help : [back, ...help];
      const focused = tools.contains(document.activeElement) ? document.activeElement?.getAttribute("data-key") : null;
      tools.replaceChildren(...shown.map(({ key, label, act, name = "" }) =>
        button([made("kbd", {}, NAMES[key] ?? key), " ", label], act, { class: key === "a" ? "main" : "", "data-key": key, "aria-keyshortcuts": SPOKEN[key] ?? key,
          disabled: key === "u" && !undo && !this.store.unsaved, title: name || undefined })));
      if (focused) (/** @type {HTMLElement|undefined} */ ([...tools.children].find((tool) => tool.getAttribute("data-key") === focused)) ?? card).focus();
    }

    /** The acts of a person: the key, the words of its button, and whether it can be done now. @returns {Tool[]} */
    tools() {
      const { undo } = this.state, isClaim = Boolean(this.claim), isDraft = Boolean(this.draft);
      return [
        { key: "a", label: words("Accept"), act: () => this.accept(), can: isDraft },
        { key: "x", label: isClaim ? words("Remove") : words("Reject"), act: () => this.ask("why"), can: isDraft || isClaim },
        { key: "e", label: words("Edit"), act: () => (isClaim ? this.openCorrect() : this.openEdit()), can: isDraft || (this.claim?.table ?? "") in this.state.tables }, // a claim on claims has no form
        { key: " ", label: words("Later"), act: () => this.later(), can: isDraft },
        { key: "s", label: isClaim ? words("Next saved") : words("Saved"), act: () => this.nextClaim(), can: this.claims.length > 0 },
        { key: "Escape", label: words("Back"), act: () => this.goTo(this.at), can: isClaim },
        { key: "m", label: words("Missed"), act: () => this.ask("classes") },
        { key: "d", label: this.isBlind ? words("Show drafts") : words("Paragraph done"), act: () => this.done() },
        { key: "n", label: words("No claims here"), act: () => this.ask("scope") },
        { key: "k", label: words("Previous ¶"), act: () => this.step(-1) },
        { key: "j", label: words("Next ¶"), act: () => this.step(1) },
        { key: "u", label: words("Undo"), act: () => this.undo(), name: undo ?? "" },
        { key: "?", label: words("Keys"), act: () => help.showModal() },
      ];
    }

    showProgress() {
      const { progress: { open, decided, done, paragraphs } } = this.state;
      part("progress").textContent = [
        words("open drafts: {n}", { n: open }), words("decided: {n}", { n: decided }), words("paragraphs done: {n} of {all}", { n: done, all: paragraphs }),
      ].join(" · ");
    }

    /** Scroll the text so that the present words are in its upper half. */
    bringIntoSight() {
      const section = this.sections.get(this.at);
      const target = section?.querySelector(".chosen, .present") ?? section;
      if (!target || !section) return;
      const { top, bottom, height } = pane.getBoundingClientRect(), box = target.getBoundingClientRect(), whole = section.getBoundingClientRect();
      const first = whole.height < height / 2 ? whole : box;
      if (first.top < top + 8 || box.bottom > bottom - height / 4) pane.scrollTop += first.top - top - height / 6;
    }

    /** Tell whether the present paragraph has neither a claim nor a reason for having none. */
    get isEmpty() {
      const { paragraph } = this;
      const isTaken = this.drafts(paragraph).some(({ state }) => state === "accepted" || state === "edited");
      return !paragraph.scope && !this.claims.length && !isTaken && !this.store.adds(paragraph);
    }

    // Decisions.

    /** Send a decision about the present draft, and go on. @param {string} name @param {Record<string, unknown>} more @param {string} told */
    decide(name, more, told) {
      const { draft } = this;
      if (!draft) return;
      this.store.send(name, { draft: draft.id, ...more });
      this.tell(told);
      this.next();
    }

    accept() { this.decide("accept", { seconds: this.clock.seconds, reads: this.draft?.reads ?? "" }, words("Accepted.")); }

    /** @param {string} reason */
    reject(reason) {
      const { claim } = this, { seconds } = this.clock;
      if (claim) this.change("remove", claim, { reason, seconds }, words("Removed."));
      else this.decide("reject", { reason, seconds }, words("Rejected."));
    }

    /** Send a change of a saved claim, and go on to the draft that is open. @param {string} name @param {SavedClaim} claim @param {Record<string, unknown>} more @param {string} told */
    change(name, claim, more, told) {
      this.store.send(name, { row: claim.name, digest: claim.digest, ...more });
      this.tell(told);
      this.next();
    }

    later() {
      if (this.draft?.state === "open") {
        this.decide("later", {}, words("Put off."));
        this.tell(words("Put off."), false);
      } else this.showPutOff();
    }

    /** Show the drafts that were put off one after the other. */
    showPutOff() {
      const later = this.drafts(this.paragraph).filter(({ state }) => state === "later");
      const following = later[later.findIndex(({ id }) => id === this.id) + 1];
      if (following) this.goTo(this.at, following.id);
      else this.next();
    }

    done() {
      const { paragraph } = this, left = this.drafts(paragraph).filter(isOpen).length;
      if (this.reading) return;
      if (this.isBlind) {
        this.reading = paragraph.number;
        this.store.send("done", { paragraph: paragraph.number, seconds: this.clock.seconds }); // it shows the drafts, if there are some
        this.tell("");
      } else if (left) {
        this.tell(words("Decide the drafts of this paragraph first: {n}.", { n: left }));
        if (!this.draft) this.showPutOff();
      } else if (this.isEmpty) this.ask("scope");
      else {
        if (!this.store.isDone(paragraph) && !paragraph.scope) this.store.send("done", { paragraph: paragraph.number, seconds: this.clock.seconds });
        this.tell(words("¶ {n} is done.", { n: paragraph.number }));
        this.goTo(this.firstOpen(paragraph.number));
      }
    }

    /** @param {string} scope */
    scope(scope) {
      const { paragraph } = this, isRead = scope && scope !== UNREAD, left = this.drafts(paragraph).filter(isOpen).length;
      if (isRead && left) {
        this.goTo(paragraph.number);
        this.tell(words("Decide the drafts of this paragraph first: {n}.", { n: left }));
        return;
      }
      if (isRead && this.isBlind) this.reading = paragraph.number; // it may have drafts, which are shown first
      this.store.send("scope", { paragraph: paragraph.number, scope });
      if (this.reading) {
        this.goTo(paragraph.number);
        return;
      }
      this.tell(scope ? words("¶ {n} has no claims.", { n: paragraph.number }) : words("¶ {n} has claims.", { n: paragraph.number }));
      this.goTo(scope ? this.firstOpen(paragraph.number) : paragraph.number);
    }

    undo() {
      this.store.send("undo", {});
      this.tell(words("Undone."));
    }

    /** Ask for a choice: why, which class, which scope. @param {"why"|"classes"|"scope"} mode */
    ask(mode) {
      if (mode === "why" && !this.draft && !this.claim) return;
      const found = mode === "classes" ? selected(pane, this.state.paragraphs) : null;
      if (found && found.paragraph.number !== this.at) this.goTo(found.paragraph.number);
      this.chosen = found?.span ?? null;
      this.mode = mode;
      this.show();
    }

    openEdit() {
      const { draft } = this;
      if (!draft) return;
      const { table, cells, labels, classes, entries, start, end, quote } = draft;
      this.openForm(table, { cells, labels, classes, entries, spans: [{ start, end, words: quote }] }, (values) => this.decide("edit", { ...values, seconds: this.clock.seconds }, words("Saved with your changes.")));
    }

    openCorrect() {
      const { claim } = this;
      if (!claim) return;
      const { table, labels, classes, quotes } = claim;
      this.openForm(table, { ...this.givenOf(claim), labels, classes }, (values) => {
        const correction = correctionOf(claim, values), isQuoted = String(values.quotes) !== String(quotes);
        if (Object.keys(correction.cells).length || values.entries.length || isQuoted) this.change("correct", claim, { ...correction, seconds: this.clock.seconds }, words("Corrected."));
        else {
          this.goTo(this.at, "", claim.name);
          this.tell(words("Nothing was changed."), false);
        }
      });
      this.corrected = claim;
    }

    /** @param {string} table @param {Given} given */
    openMissed(table, given = { cells: {}, entries: [], spans: this.chosen ? [this.chosen] : [] }) {
      const { at } = this;
      this.openForm(table, given, (values) => {
        this.store.send("miss", { table, paragraph: at, ...values, seconds: this.clock.seconds });
        this.tell(words("Added."));
        this.next();
      });
    }

    /** @param {string} table @param {Given} given @param {(values: Form["values"]) => void} send */
    openForm(table, given, send) {
      const save = async () => {
        await form.reading;
        if (this.form === form && form.check()) send(form.values);
      };
      const form = new Form(words, this.state, table, given, {
        save, cancel: () => this.cancel(), find: (wanted) => placeOfWords(wanted, [this.paragraph, ...this.state.paragraphs]),
        value: (column, chosen) => this.store.value(table, column, chosen),
      });
      this.mode = "form";
      this.form = form;
      this.corrected = null;
      this.cursor = null;
      this.show();
    }

    /** Close a form without saving, and remove the message about its faults. */
    cancel() {
      if (!this.store.unsaved) status.classList.remove("warn");
      this.tell("");
      this.goTo(this.at, this.id, this.row);
    }

    // Words of the text.

    /** Fill the present field with words that were chosen. @param {Span|null} span @param {boolean} isMore  beside those of the claim */
    take(span, isMore = false) {
      if (!this.form || !span) return;
      this.chosen = span;
      this.form.fill(span, isMore);
      this.paint(this.paragraph);
      this.bringIntoSight();
    }

    /** Choose the sentence before or after by keys; at first that of the draft, or the first one. @param {1|-1} step */
    moveSentence(step) {
      const { chosen, draft, claim, paragraph } = this;
      const span = sentenceFrom(paragraph, chosen?.start ?? draft?.start ?? claim?.spans[0]?.[0] ?? paragraph.start, chosen ? step : 0);
      this.cursor = null;
      this.take(span);
    }

    /** Choose words by keys. @param {1|-1} step @param {boolean} extend */
    moveWords(step, extend) {
      if (this.cursor?.paragraph !== this.paragraph) this.cursor = new WordCursor(this.paragraph, this.chosen?.start ?? this.form?.spans[0]?.start ?? this.paragraph.start);
      this.take(this.cursor.move(step, extend));
    }

    // What the server says.

    /** Show what an action has changed. @param {Action} action @param {[before: Paragraph, now: Paragraph][]} paragraphs */
    changed({ name, values }, paragraphs) {
      for (const [, now] of paragraphs) this.paint(now);
      if (name === "undo") this.reopen(paragraphs);
      else if (values.paragraph === this.reading) this.read();
      else if (name === "remove" && this.mode === "view" && this.store.isDone(this.paragraph) && this.isEmpty) this.ask("scope");
      else if (this.mode === "view" && !this.store.unsaved) this.refresh();
      else this.showProgress();
    }

    /** Go on after a paragraph that was read without its drafts: to them, or to the next one if there are none. */
    read() {
      const { number, scope } = this.paragraph, done = this.paragraph.done || scope;
      this.reading = 0;
      if (done && this.isEmpty) this.ask("scope");
      else {
        this.tell(scope ? words("¶ {n} has no claims.", { n: number }) : done ? words("¶ {n} is done.", { n: number }) : words("The drafts appear."));
        this.goTo(done ? this.firstOpen(number) : number);
      }
    }

    /** Show what has changed without taking the focus from where it is. */
    refresh() {
      const { draft, claim } = this, isLeft = claim ?? (draft && isOpen(draft));
      if (isLeft && (claim ?? draft)?.reads === part("reads")?.textContent) {
        this.showProgress();
        this.showTools();
        this.showClaims();
      } else this.goTo(this.at, isLeft ? this.id : "", this.row);
    }

    /** Go to what was undone. @param {[before: Paragraph, now: Paragraph][]} paragraphs */
    reopen(paragraphs) {
      const states = new Map(paragraphs.flatMap(([before]) => before.drafts.map(({ id, state }) => [id, state])));
      const opened = paragraphs.flatMap(([, { number, drafts }]) => drafts.filter(({ id, state }) => isOpen({ state }) && states.get(id) !== state).map(({ id }) => ({ number, id })));
      const restored = paragraphs.flatMap(([before, { number, rows }]) => rows.filter(({ name, digest }) => !before.rows.some((row) => row.name === name && row.digest === digest)).map(({ name }) => ({ number, row: name })));
      const { number = restored[0]?.number ?? paragraphs[0]?.[1].number ?? this.at, id = "" } = opened[0] ?? {};
      this.goTo(number, id, opened.length ? "" : restored[0]?.row);
    }

    /** @param {number} unsaved @param {string} problem */
    waiting(unsaved, problem) {
      const [gone, token] = [
        words("Not saved yet: {n}. The server does not answer. Start `tipgraph review drafts {source}` again; then this is sent.", { n: unsaved, source: this.state.source }),
        words("Not saved yet: {n}. The server was started again. Open the address that it printed, in this browser; then this is sent.", { n: unsaved }),
      ];
      status.classList.toggle("warn", Boolean(problem));
      if (problem) this.say(problem === "token" ? token : gone);
      else if (!unsaved) this.say([this.told, this.isKept && words("Saved.")].filter(Boolean).join(" "));
      else if (this.told) this.say(this.told);
    }

    told = "";
    isKept = true; // what was told is saved, which "later" is not

    /** Say what was done, and once the server has answered, that it is saved. @param {string} text */
    tell(text, isKept = true) {
      this.told = text;
      this.isKept = isKept;
      this.say(text);
    }

    /** @param {string} text */
    say(text) { if (status.textContent !== text) status.textContent = text; }

    /** Show the faults of a decision that was not taken, at their fields if it has a form. @param {Action} action @param {Fault[]} faults @param {Action[]} left */
    refused(action, faults, left) {
      this.told = "";
      this.reading = 0;
      this.openAgain(action);
      this.form?.show(faults);
      this.showLeft(left);
      status.classList.add("warn");
      this.say(this.form ? words("Not saved.") : words("Not saved: {why}", { why: faults.map(({ message }) => message).join(" ") }));
    }

    /** List the decisions that were not taken, until a person closes the list. @param {Action[]} actions */
    showLeft(actions) {
      if (!actions.length) return;
      const lines = actions.map((action) => made("li", {}, actionWords(action, this.state, words)));
      left.replaceChildren(made("h2", {}, words("Not taken; decide again:")), made("ul", {}, ...lines), button([words("Close")], () => { left.hidden = true; card.focus(); }));
      left.hidden = false;
    }

    /** Go back to a decision that was not taken, with what was typed. @param {Pick<Action, "name"|"values">} action */
    openAgain({ name, values }) {
      const of = this.paragraphOf(values);
      if (!of) return;
      this.goTo(of.number, /** @type {string|undefined} */ (values.draft), /** @type {string|undefined} */ (values.row));
      const given = this.givenOf(values);
      if (name === "correct" && this.claim) this.openCorrect();
      else if (name === "miss") this.openMissed(/** @type {string} */ (values.table), given);
      else if (name === "edit" || name === "accept") this.openEdit();
      if (name === "edit" || name === "correct") this.form?.refill(given);
    }

    /** The paragraph that an action is about, if its draft waits for a decision or its claim is there. @param {Action["values"]} values */
    paragraphOf(values) {
      const isAbout = (/** @type {Paragraph} */ { number, drafts, rows }) => number === values.paragraph || rows.some(({ name }) => name === values.row) || drafts.some((draft) => draft.id === values.draft && isOpen(draft));
      return [this.paragraph, ...this.state.paragraphs].find(isAbout);
    }

    /** The content of a form as it was sent. @param {Record<string, any>} values @returns {Given} */
    givenOf({ cells = {}, entries = [], quotes = [] }) {
      const spans = quotes.flatMap((/** @type {[number, number]} */ [from, to]) => {
        const paragraph = this.state.paragraphs.find(({ start, end }) => start <= from && to <= end);
        return paragraph ? [spanAt(paragraph, from, to)] : [];
      });
      return { cells, entries, spans };
    }

    /** Show a state that is newer than that of the page, and which decisions are not in it; null if none was sent. @param {Action[]|null} left */
    moved(left) {
      const told = left?.length === 0 ? [this.told, words("Saved.")].filter(Boolean).join(" ") : "";
      const over = this.overtaken(left);
      const typed = left?.find(({ values }) => values.cells && values !== over?.values);
      this.told = "";
      this.reading = 0;
      this.layOut();
      if (over) this.goTo(this.paragraphOf(over.values)?.number ?? this.at, "", String(over.values.row));
      else if (typed) this.openAgain(typed);
      else if (left?.[0]) this.goTo(this.paragraphOf(left[0].values)?.number ?? this.at);
      else if (left || !this.form) this.goTo(this.store.isDone(this.paragraph) ? this.firstOpen(this.at) : this.at);
      this.showLeft(left ?? (over ? [over] : []));
      status.classList.toggle("warn", !told);
      const news = this.claim ? words("This claim was changed in another tab or program. This is the new one.") : words("This claim was removed in another tab or program.");
      this.say(told || (over ? news : words("Somebody decided in another tab or program. This is the new state.")));
    }

    /** The change of a saved claim, sent or still in its form, that somebody else has changed since. @param {Action[]|null} left @returns {Action|null} */
    overtaken(left) {
      const { form, corrected } = this;
      const open = form && corrected ? [{ name: "correct", key: "", values: { row: corrected.name, digest: corrected.digest, ...correctionOf(corrected, form.values) } }] : [];
      const rows = new Map(this.state.paragraphs.flatMap((paragraph) => paragraph.rows).map(({ name, digest }) => [name, digest]));
      return [...(left ?? []), ...open].find(({ values }) => values.digest && rows.get(String(values.row)) !== values.digest) ?? null;
    }
  }

  /** The content of a form, with those cells alone that a claim does not have. @param {SavedClaim} claim @param {Form["values"]} values */
  function correctionOf(claim, values) {
    return { ...values, cells: Object.fromEntries(Object.entries(values.cells).filter(([name, cell]) => cell !== (claim.cells[name] ?? ""))) };
  }

  /** @param {Review} review @param {KeyboardEvent} event */
  function choose(review, event) {
    const lists = { why: review.reasonChoices(), classes: review.classChoices(), scope: review.scopeChoices(), view: review.draft || review.claim ? [] : review.classChoices(), form: [] };
    const choice = lists[review.mode].find(([key]) => key === event.key);
    if (choice) choice[2]();
    else if (review.mode === "scope" && (event.key === "d" || event.key === "Enter")) lists.scope[0][2]();
    else if (event.key === "Escape") review.goTo(review.at, review.id, review.row);
    else return false;
    return true;
  }

  /** @param {Review} review @param {KeyboardEvent} event */
  function pressed(review, event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.altKey && !event.ctrlKey && !event.metaKey && review.form && event.key in MOVES) {
      event.preventDefault();
      const [isSentence, step] = MOVES[event.key];
      if (isSentence) review.moveSentence(step);
      else review.moveWords(step, event.shiftKey);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || help.open || !keysOn() || target.closest("input, select, textarea, [contenteditable]")) return;
    if ((event.key === " " || event.key === "Enter") && target.closest("button, a, summary")) return;
    const tool = review.tools().find(({ key }) => key === event.key);
    const isFree = review.mode === "view" || tool?.key === "?";
    const puts = event.key === " " && !review.draft && !review.claim && review.mode === "view";
    if (puts) review.showPutOff();
    else if (tool && isFree && (tool.can ?? true)) tool.act();
    else if (!choose(review, event)) return;
    event.preventDefault();
  }

  const box = /** @type {HTMLInputElement} */ (byId("keys-on"));
  const KEYS = "tipgraph-review-keys";
  const keysOn = () => box.checked;
  box.checked = localStorage.getItem(KEYS) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));

  async function start() {
    keepPlace();
    const answer = await fetch(addressOf("state"));
    if (!answer.ok) throw new Error((await answer.json()).detail);
    const review = new Review(await answer.json());
    document.addEventListener("keydown", (event) => pressed(review, event));
    const takeSelection = () => {
      const found = review.form && selected(pane, review.state.paragraphs);
      if (!found) return;
      getSelection()?.removeAllRanges();
      review.take(found.span, true);
      review.form?.focus(review.form.active);
    };
    let timer = 0, isTouch = false;
    document.addEventListener("pointerdown", ({ pointerType }) => { isTouch = pointerType !== "mouse"; });
    pane.addEventListener("pointerup", () => { if (!isTouch) setTimeout(takeSelection); }); // once the browser has the selection
    document.addEventListener("selectionchange", () => { // the handles of a selection by touch tell nothing else
      clearTimeout(timer);
      if (isTouch) timer = setTimeout(takeSelection, TOUCHED);
    });
    pane.addEventListener("click", ({ target }) => {
      const element = /** @type {Element} */ (target), id = element.closest("[data-draft]")?.getAttribute("data-draft"), row = element.closest("[data-claim]")?.getAttribute("data-claim");
      const number = Number(/** @type {HTMLElement|null} */ (/** @type {Element} */ (target).closest("section"))?.dataset.number);
      if ((id || row) && !review.form && getSelection()?.isCollapsed) review.goTo(number, id ?? "", id ? "" : row ?? "");
    });
    addEventListener("focus", () => void review.store.look());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) void review.store.look(); });
    addEventListener("beforeunload", (event) => { if (review.store.unsaved) event.preventDefault(); });
  }

  start().catch((error) => { status.textContent = String(error.message ?? error); status.classList.add("warn"); });
})();
