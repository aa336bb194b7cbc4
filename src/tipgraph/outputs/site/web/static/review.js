// @ts-check
// The page of a review: one draft at a time, decided by one key. Each decision is saved before the page goes on.
// Decision: docs/decisions/0155-one-key-decides-and-the-page-goes-on.md.
(() => {
  "use strict";
  const { button, byId, drawn, made, part, wording } = tipgraph;

  const words = wording(JSON.parse(part("labels").textContent ?? "{}"));
  const card = part("card"), left = part("left"), pane = part("text"), status = part("status"), tools = part("tools");
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  /** @type {State} */
  let state; // as the server said it last

  // Cells, drafts and claims in words.

  /** A draft, a claim or a new entry. @typedef {{cells: Record<string, string>, labels?: Record<string, string>}} Row */

  /** @param {Statement} item @returns {item is Draft} */
  const isDraft = (item) => "producers" in item;

  /** Tell whether a draft waits for a decision. @param {Draft} draft */
  const isOpen = ({ state: own }) => own === "open" || own === "later";

  /** Tell whether a paragraph is to be read before its drafts are shown. @param {Paragraph} paragraph */
  const isHidden = ({ blind, revealed }) => blind && !revealed;

  /** The parts of a cell. @param {Column} column @param {string} cell */
  const partsOf = ({ many }, cell) => (many ? cell.split("|") : [cell]).map((one) => one.trim()).filter(Boolean);

  /** The label of a code, or any other words as they are. @param {[code: string, label: string][]|null|undefined} choices @param {string} code */
  const labelOf = (choices, code) => choices?.find(([own]) => own === code)?.[1] ?? code;

  /** The parts of a cell of a row, with labels in place of ids and codes. @param {Column} column @param {Row} row */
  function cellWords(column, { cells, labels }) {
    const cell = labels?.[column.name] ?? cells[column.name] ?? "";
    return partsOf(column, cell).map((one) => labelOf(column.choices, one));
  }

  /** The places of the words of a draft or claim in all paragraphs. @param {Statement} item @returns {Span[]} */
  function quotesOf(item) {
    if (isDraft(item)) return [{ start: item.start, end: item.end, words: item.quote }];
    return item.quotes.map(([start, end], at) => ({ start, end, words: item.words[at] }));
  }

  /** Who proposed a draft, such as `rule:gave-amount`. @param {string} producer */
  function producerWords(producer) {
    const [kind, ...rest] = producer.split(":"), name = rest.join(":");
    if (kind === "rule") return words("rule “{name}”", { name: name.replaceAll("-", " ") });
    return kind === "model" ? words("language model {name}", { name }) : producer;
  }

  /** How a claim was saved, and when it was corrected. @param {SavedClaim} claim */
  function cameWords({ origin, corrected }) {
    const came = { accepted: words("accepted draft"), edited: words("edited draft"), missed: words("added on this page"), "": words("in the tables of the source") }[origin];
    return corrected ? `${came} · ${words("corrected on {day}", { day: corrected })}` : came;
  }

  // The card on the right: a draft or claim as a sentence and as fields, and what the data says already.

  /** @typedef {[label: string, act: () => unknown]} Choice */
  /** What is asked: the keys `also` choose the first answer, as 1 does. @typedef {{heading: string, note: string, label: string, choices: Choice[], also?: string[]}} Question */

  const DIGITS = [..."1234567890"];
  const SHORT = 20; // letters of a choice that fits beside another one

  /** A question with its choices, each with its key. @param {Question} question */
  function questionCard({ heading, note, label, choices }) {
    const isLong = choices.some(([choice]) => choice.length > SHORT);
    const list = choices.map(([choice, act], at) => made("li", {}, button([...(DIGITS[at] ? [made("kbd", {}, DIGITS[at]), " "] : []), made("span", {}, choice)], act)));
    return [made("h2", {}, heading), made("p", {}, note), ...(list.length ? [made("ul", { class: isLong ? "choices long" : "choices", "aria-label": label }, ...list)] : [])];
  }

  /** A draft, or a claim that is saved. @param {Statement} item @param {string} place  among those of its paragraph */
  function itemCard(item, place) {
    const { label, columns } = state.tables[item.table] ?? { label: item.table, columns: [] }; // a claim on claims has no form
    const isLater = isDraft(item) && item.state === "later";
    return [
      made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`, ...(isLater ? [" · ", words("put off")] : [])),
      made("h2", { id: "reads" }, item.reads),
      ...quotesOf(item).map((span) => made("blockquote", { lang: "" }, made("mark", {}, span.words))), // in the language of the text, which nobody knows
      ...(isDraft(item) ? [...knownList(words("Contradicts"), item.against, "against", columns), ...knownList(words("The data has already"), item.same, "same", columns)] : []),
      factList(item, columns),
      ...(isDraft(item) && item.namings.length ? [made("p", { class: "quiet" }, words("Names that are saved, too: {names}", { names: item.namings.map((name) => `“${name}”`).join(", ") }))] : []),
      made("p", { class: "quiet" }, isDraft(item) ? `${words("Proposed by")}: ${item.producers.map(producerWords).join(", ")}` : cameWords(item)),
    ];
  }

  /** Claims of the data that a draft repeats or contradicts. @param {string} heading @param {Known[]} known @param {string} name @param {Column[]} columns */
  function knownList(heading, known, name, columns) {
    if (!known.length) return [];
    const inColumn = (/** @type {string|undefined} */ column) => column ? `${columns.find((one) => one.name === column)?.label ?? column}: ` : "";
    const claims = known.map(({ reads, locator, column }) => made("li", {}, inColumn(column), reads, " ", made("span", { class: "quiet" }, locator)));
    return [made("section", { class: name }, made("h3", {}, heading), made("ul", { class: "said" }, ...claims))];
  }

  /** The cells of a draft or claim in words: beside names, what they are. @param {Statement} item @param {Column[]} columns */
  function factList(item, columns) {
    const fact = (/** @type {Column} */ column) => cellWords(column, item).flatMap((name, at) => {
      const cls = item.classes[column.name]?.[at]; // of an entry whose label others have, too
      return [at ? ", " : "", name, cls ? ` (${cls})` : "", ...(column.refers && isDraft(item) ? entryChips(name, item) : [])];
    });
    return made("dl", { class: "facts" }, ...columns.filter(({ name }) => item.cells[name]).flatMap((column) => [made("dt", {}, column.label), made("dd", {}, ...fact(column))]));
  }

  /** What a new entry of a draft will be: its class and kind, and whether its name was rejected. @param {string} name @param {Draft} draft */
  function entryChips(name, { entries }) {
    return entries.filter(({ cells }) => cells.label === name).flatMap((entry) => {
      const { label, columns } = state.entries[entry.table];
      const filled = columns.filter((column) => entry.cells[column.name] && column.name !== "label");
      const said = filled.map((column) => (column.choices ? "" : `${column.label}: `) + cellWords(column, entry).join(", "));
      const [cls, ...more] = entry.cells.type ? said : [label, ...said];
      const chips = [words("new entry: {class}", { class: cls }), ...more, ...(entry.rejected ? [words("its name was rejected")] : [])];
      return chips.flatMap((text) => [" ", made("span", { class: "chip" }, text)]);
    });
  }

  /** The claims that the data has from a paragraph, each to choose. @param {SavedClaim[]} claims @param {Statement|null} present @param {(id: string) => void} choose */
  function claimList(claims, present, choose) {
    const list = claims.map((claim) =>
      made("li", {}, button([made("span", {}, claim.reads), " ", made("small", {}, cameWords(claim))], () => choose(claim.id), { "aria-current": claim === present || undefined })));
    const content = claims.length ? [made("h3", {}, words("Claims of this paragraph")), made("ul", { class: "choices long" }, ...list)] : [];
    return made("section", { id: "claims" }, ...content);
  }

  /** What drafters left out, and why they stopped: a line for the header that opens; nothing if they proposed all. */
  function notProposed() {
    const counts = Object.entries(state.dropped), { stopped } = state;
    if (!counts.length && !stopped.length) return [];
    const all = counts.reduce((sum, [, count]) => sum + count, 0);
    const lines = [...stopped.map((why) => words("A drafter stopped before the end: {why}", { why })), ...counts.map(([reason, count]) => `${words(reason)}: ${count}`)];
    const summary = made("summary", {}, words("not proposed: {n}", { n: all }), ...(stopped.length ? [" · ", words("stopped early")] : []));
    return [made("details", {}, summary, made("ul", {}, ...lines.map((line) => made("li", {}, line))))];
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

  /** What a form begins with. @typedef {{cells: Record<string, string>, labels?: Record<string, string>, classes?: Record<string, string[]>, entries: Entry[], spans: Span[]}} Given */

  /** Words in one line. @param {Span} span */
  const lineOf = (span) => span.words.trim().replace(/\s+/g, " ");

  /** Passages as a field has them, as in a workbook. @param {Span[]} spans */
  const passages = (spans) => spans.map(lineOf).join(PASSAGE);

  /** A field of a column, with a line for each entry that it names and the data does not have. */
  class Field {
    /** @type {Map<string, NewEntry>} */
    #entries = new Map();

    /** @param {Column} column @param {Given} given @param {string} first  its content at first */
    constructor(column, given, first = cellWords(column, given).join(" | ")) {
      const { name, label, note, required, refers, choices } = column;
      const id = `field-${name.replace("@", "-")}`, known = `${id}-known`;
      this.column = column;
      this.given = given;
      this.first = first;
      this.tables = column.tables.filter((table) => table in state.entries);
      const listed = refers ? state.names[refers] ?? [] : (choices ?? []).map(([, choice]) => [choice, ""]);
      this.input = made("input", {
        id, name, type: "text", value: first, required, list: listed.length ? known : undefined, "aria-describedby": `${id}-fault`, title: note || undefined,
      });
      this.fault = made("p", { class: "fault", id: `${id}-fault`, hidden: true, "aria-live": "polite" });
      this.added = made("div", { class: "added" });
      this.element = made("div", { class: "field" },
        made("label", { for: id }, label, ...(required ? [made("span", { class: "quiet" }, ` (${words("needed")})`)] : [])), this.input,
        ...(listed.length ? [made("datalist", { id: known }, ...listed.map(([value, more]) => made("option", { value }, more)))] : []), this.fault, this.added);
      this.input.addEventListener("change", () => this.#showAdded());
      this.input.addEventListener("input", () => this.clear());
      this.#showAdded();
    }

    /** Fill it as a person does. @param {string} value */
    fill(value) {
      this.input.value = value;
      this.input.dispatchEvent(new Event("input"));
      this.input.dispatchEvent(new Event("change"));
    }

    get isUntouched() { return this.input.value === this.first; }

    /** Its content as the server takes it: with codes in place of their labels. */
    get cell() {
      const { name, choices, refers } = this.column, { value } = this.input;
      if (this.isUntouched) return this.given.cells[name] ?? "";
      if (!choices || refers) return value.trim();
      const code = (/** @type {string} */ label) => choices.find(([, own]) => own.toLowerCase() === label.toLowerCase())?.[0] ?? label;
      return partsOf(this.column, value).map(code).join(" | ");
    }

    /** The names in it that no entry of the data has. */
    get #unknown() {
      if (!this.tables.length) return [];
      const names = partsOf(this.column, this.input.value);
      if (this.isUntouched) return names.filter((name) => this.given.entries.some(({ cells }) => cells.label === name));
      const known = new Set((state.names[this.column.refers ?? ""] ?? []).map(([name]) => name.toLowerCase()));
      return names.filter((name) => !REFERENCE.test(name) && !known.has(name.toLowerCase()) && !known.has(name.replace(ARTICLE, "").toLowerCase()));
    }

    /** The new entries that it names. */
    get entries() {
      return this.#unknown.map((name) => {
        const given = this.given.entries.find(({ table, cells }) => cells.label === name && this.tables.includes(table));
        const entry = this.#entries.get(name) ?? new NewEntry(name, this.tables, given);
        this.#entries.set(name, entry); // a person may have chosen its class
        return entry;
      });
    }

    #showAdded() {
      const classes = [...new Set(this.isUntouched ? this.given.classes?.[this.column.name] : [])].filter(Boolean); // of entries whose label others have, too
      this.added.replaceChildren(...this.entries.map(({ element }) => element), ...(classes.length ? [made("p", {}, classes.join(", "))] : []));
      this.added.hidden = !this.added.hasChildNodes();
    }

    /** Say what is wrong with it. @param {string} message */
    blame(message) {
      this.fault.textContent = this.fault.hidden ? message : `${this.fault.textContent}\n${message}`;
      this.fault.hidden = false;
      this.input.setAttribute("aria-invalid", "true");
    }

    clear() {
      this.fault.hidden = true;
      this.input.removeAttribute("aria-invalid");
    }
  }

  /** A new entry: the choice of its table, class and kind. */
  class NewEntry {
    /** @type {Map<string, HTMLSelectElement>} */
    #kinds = new Map();

    /** @param {string} name @param {string[]} tables  of which it may be a row @param {Entry|undefined} given */
    constructor(name, tables, given) {
      this.name = name;
      this.given = given;
      const chosen = made("span");
      this.table = this.#select(words("new entry in"), tables.map((table) => [table, state.entries[table].label]), given?.table);
      this.element = made("p", {}, `“${name}” `, labelled(this.table), " ", chosen);
      const showKinds = () => {
        const kinds = state.entries[this.table.value].columns.filter(({ choices, many }) => choices?.length && !many);
        this.#kinds = new Map(kinds.map(({ name: kind, label, choices }) => [kind, this.#select(label, [["", "–"], ...choices ?? []], this.#cells[kind])]));
        chosen.replaceChildren(...[...this.#kinds.values()].flatMap((input) => [labelled(input), " "]));
      };
      this.table.addEventListener("change", showKinds);
      showKinds();
    }

    /** @param {string} label @param {[value: string, label: string][]} choices @param {string|undefined} chosen */
    #select(label, choices, chosen) {
      return made("select", { "aria-label": `${label}: ${this.name}`, "data-label": label }, ...choices.map(([value, choice]) => made("option", { value, selected: value === chosen }, choice)));
    }

    /** The cells that a draft gives, if it is a row of the chosen table. */
    get #cells() { return this.given?.table === this.table.value ? this.given.cells : {}; }

    get lacksClass() { return this.#kinds.get("type")?.value === ""; }

    /** @returns {Entry} */
    get row() {
      const kinds = Object.fromEntries([...this.#kinds].map(([kind, { value }]) => [kind, value]));
      return { table: this.table.value, cells: { ...this.#cells, ...kinds, label: this.name } };
    }
  }

  /** @param {HTMLSelectElement} select */
  const labelled = (select) => made("label", {}, `${select.dataset.label} `, select);

  class Form {
    /** @type {Field} */
    #active;
    /** @type {Span[]} */
    #kept = []; // passages that stay while others are chosen by keys
    /** @type {Promise<void>} */
    reading = Promise.resolve(); // of the words that were chosen last

    /**
     * @param {string} table @param {Statement|null} item  that is changed @param {Span[]} chosen  without an item, the words of the claim
     * @param {{save: () => void, cancel: () => void, find: (words: string) => Span|null}} acts  `find` returns the place of words in the text
     */
    constructor(table, item, chosen, { save, cancel, find }) {
      const { label, columns } = state.tables[table];
      this.table = table;
      this.item = item;
      this.find = find;
      this.spans = item ? quotesOf(item) : chosen; // those of the quote, and those that it had; the last one first
      const given = { cells: item?.cells ?? {}, labels: item?.labels, classes: item?.classes, entries: item && isDraft(item) ? item.entries : [], spans: this.spans };
      this.quote = new Field({ name: QUOTE, label: words("words of the text"), note: "", required: true, many: false, kind: "text", choices: null, refers: null, tables: [] }, given, passages(this.spans));
      this.fields = columns.map((column) => new Field(column, given));
      this.all = [this.quote, ...this.fields];
      this.general = made("p", { class: "fault", hidden: true });
      const isUsual = (/** @type {Field} */ { column: { name, required }, first }) => required || Boolean(first) || USUAL_COLUMNS.has(name);
      const usual = this.fields.filter(isUsual), more = this.fields.filter((field) => !isUsual(field));
      this.#active = usual[0] ?? this.quote;
      this.element = made("form", { "aria-label": label, novalidate: true, autocomplete: "off" },
        this.general, ...[this.quote, ...usual].map(({ element }) => element),
        ...(more.length ? [made("details", {}, made("summary", {}, words("More fields")), ...more.map(({ element }) => element))] : []),
        made("p", { class: "ways" }, made("button", { class: "main" }, words("Save"), " ", made("kbd", {}, "Enter")), " ", button([words("Cancel"), " ", made("kbd", {}, "Esc")], cancel)));
      this.element.addEventListener("submit", (event) => { event.preventDefault(); save(); });
      this.element.addEventListener("focusin", ({ target }) => { this.#active = this.all.find(({ input }) => input === target) ?? this.#active; });
      this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); cancel(); } });
    }

    /** Put the focus into a field; without one, into the first to fill in. @param {Field} field */
    focus(field = this.all.find(({ input }) => input.required && !input.value) ?? this.fields[0] ?? this.quote) {
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
      const field = this.#active;
      if (field === this.quote) this.#cite(span, isMore);
      else {
        const before = field.column.many ? /^.*\|\s*/.exec(field.input.value)?.[0] ?? "" : "";
        field.fill(before + lineOf(span));
        if (VALUES.has(field.column.kind)) this.reading = this.#read(field);
      }
      if (isMore) this.focus(field);
    }

    /** Add a passage to the words of the claim, or put it in place of the one that was chosen before. @param {Span} span @param {boolean} isMore */
    #cite(span, isMore) {
      const { value } = this.quote.input;
      if (isMore || /\|\|\s*$/.test(value)) this.#kept = this.#places.filter((place) => place !== null);
      const apart = this.#kept.filter(({ start, end }) => end <= span.start || span.end <= start);
      this.spans = [span, ...this.spans];
      this.quote.fill(passages([...apart, span]));
    }

    /** Put the value of words in their place, with what belongs to it, such as a currency; say so if they are none. @param {Field} field */
    async #read(field) {
      const { name } = field.column, { value } = field.input;
      const answer = await post("value", { table: this.table, column: name, words: value }).catch(() => null);
      const cells = answer?.ok ? (await answer.json()).cells : {};
      if (field.input.value !== value) return; // other words, or typed on
      for (const other of this.fields.filter(({ column }) => column.name in cells)) other.fill(cells[other.column.name]);
      if (!(name in cells)) field.blame(words("These words are not exactly one value. Write the value that they say."));
    }

    /** The places of the passages, such as `one || another`; null for words that are not in the text. */
    get #places() {
      const parts = this.quote.input.value.split("||").map((passage) => passage.trim()).filter(Boolean);
      return parts.map((passage) => this.spans.find((span) => lineOf(span) === passage) ?? this.find(passage));
    }

    /** The cells, new entries and places of words, as the server takes them. */
    get values() {
      const cells = Object.fromEntries(this.fields.map((field) => [field.column.name, field.cell]));
      const entries = this.fields.flatMap((field) => field.entries.map(({ row }) => row));
      return { cells, entries, quotes: this.#places.flatMap((place) => (place ? [[place.start, place.end]] : [])) };
    }

    /** What a person has changed, in words. */
    get typed() {
      return this.all.filter((field) => !field.isUntouched).map(({ column, input }) => `${column.label}: ${input.value || "–"}`);
    }

    /** What keeps it from being sent. @returns {Fault[]} */
    get faults() {
      const unclear = this.fields.filter(({ entries }) => entries.some(({ lacksClass }) => lacksClass));
      const faults = unclear.map(({ column: { name } }) => ({ column: name, message: words("Choose the class of the new entry.") }));
      const isCited = this.#places.length && this.#places.every(Boolean);
      return isCited ? faults : [...faults, { column: QUOTE, message: words("Select the words of the text that say it.") }];
    }

    /** Show faults at their fields, and put the focus into the first. @param {Fault[]} faults */
    show(faults) {
      for (const field of this.all) field.clear();
      const owners = this.fields.flatMap((field) => field.entries.map(() => field)); // of the new entries, in the order of `values`
      const fieldOf = (/** @type {Fault} */ { column, entry }) => (entry ? owners[entry - 1] : this.all.find((field) => field.column.name === (column === "evidence" ? QUOTE : column)));
      for (const fault of faults) fieldOf(fault)?.blame(fault.message);
      const general = faults.filter((fault) => !fieldOf(fault));
      this.general.textContent = general.map(({ message }) => message).join("\n");
      this.general.hidden = !general.length;
      this.focus(this.all.find(({ input }) => input.hasAttribute("aria-invalid")));
    }
  }

  // The picture of the page of the document, with boxes around the words of drafts.

  class Picture {
    #page = 0;

    /** @param {HTMLElement} place */
    constructor(place) {
      this.number = made("span");
      this.image = made("img", { alt: "" });
      this.boxes = drawn("svg", { "aria-hidden": "true" });
      const size = button([words("Enlarge")], () => {
        size.setAttribute("aria-pressed", String(place.classList.toggle("large")));
        this.#scroll();
      }, { "aria-pressed": "false" });
      const frame = made("div", { class: "frame", tabindex: "0", role: "region", "aria-label": words("Picture of the page") }, made("div", { class: "sheet" }, this.image, this.boxes));
      place.hidden = !state.pages.length;
      place.replaceChildren(made("figure", {}, made("figcaption", { class: "quiet" }, this.number, size), frame));
      this.image.addEventListener("load", () => this.#scroll());
    }

    /** Show a page with the boxes of the present words, and those of others. @param {number} page @param {PageBox[]} present @param {PageBox[]} others */
    show(page, present, others) {
      if (!state.pages.length || !page) return;
      if (page !== this.#page) this.#turn(page);
      const rect = (/** @type {PageBox} */ [, x, y, right, bottom], /** @type {string} */ name) =>
        drawn("rect", { class: name, x: x - 1, y: y - 1, width: right - x + 2, height: bottom - y + 2, rx: 1.5 });
      const on = (/** @type {PageBox[]} */ boxes, /** @type {string} */ name) => boxes.filter((box) => box[0] === page).map((box) => rect(box, name));
      this.boxes.replaceChildren(...on(others, "other"), ...on(present, "lit"));
      this.#scroll();
    }

    /** @param {number} page */
    #turn(page) {
      this.#page = page;
      const [width, height] = state.pages[page - 1];
      this.image.src = addressOf(`page/${page}.png`);
      this.image.alt = words("Picture of page {n}", { n: page });
      for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${height}`, width: 2 * width, height: 2 * height })) this.boxes.setAttribute(name, String(value));
      this.number.textContent = words("Page {n} of {all}", { n: page, all: state.pages.length });
    }

    /** Bring the present words into sight. */
    #scroll() { this.boxes.querySelector(".lit")?.scrollIntoView({ block: "center", inline: "nearest" }); }
  }

  // The server. One that is started again at the same port has another path; the last page that was opened keeps it for all tabs.

  const PATH = "tipgraph-review-place";
  const AGAIN = 1500; // milliseconds until a server that does not answer is asked again
  const MOVED = 409; // another tab or program has decided meanwhile

  /** The address of a file or an action. @param {string} name */
  const addressOf = (name) => `${localStorage.getItem(PATH) ?? ""}${name}`;

  /** @param {string} name @param {Record<string, unknown>} values */
  function post(name, values) {
    return fetch(addressOf(name), { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });
  }

  // The text: paragraphs with marked words, and the choice of words by mouse, touch and keys. Offsets of the server are code points.

  /** The place of a code point in a text, by which scripts count. @param {string} text @param {number} points */
  const placeOf = (text, points) => [...text].slice(0, Math.max(0, points)).join("").length;

  /** The number of code points before a place. @param {string} text @param {number} place */
  const pointsTo = (text, place) => [...text.slice(0, place)].length;

  /** The places of the words of a text. @param {string} text */
  const wordsOf = (text) => [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));

  /** The words of a paragraph between two places. @param {Paragraph} paragraph @param {number} from @param {number} to @returns {Span} */
  function spanAt({ text, start }, from, to) {
    return { start: start + pointsTo(text, from), end: start + pointsTo(text, to), words: text.slice(from, to) };
  }

  /**
   * The words of a paragraph around two places: whole ones, without the punctuation at their ends; null without words.
   * @param {Paragraph} paragraph @param {number} from @param {number} to
   */
  function spanOf(paragraph, from, to) {
    const { text } = paragraph;
    const covered = wordsOf(text).filter(({ start, end }) => start < to && from < end);
    if (!covered.length) return null;
    let [start, end] = [covered[0].start, covered[covered.length - 1].end];
    while (start < end && /[("'“‘«[]/.test(text[start])) start += 1;
    while (start < end && /[,;:!?)"'”’»\]]/.test(text[end - 1])) end -= 1;
    if (/[^.\s]{2,}\.$/.test(text.slice(start, end)) && !/\.\S*\.$/.test(text.slice(start, end))) end -= 1; // "Lima.", but "U.S."
    return spanAt(paragraph, start, end);
  }

  /** The sentence of a paragraph at a place (0), before or after it; null at its ends. @param {Paragraph} paragraph @param {number} place @param {1|0|-1} step */
  function sentenceAt(paragraph, place, step) {
    const all = [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(paragraph.text)].map(({ segment, index }) => ({ from: index, to: index + segment.length }));
    const found = step < 0 ? all.filter(({ to }) => to <= place).at(-1) : all.find(({ from, to }) => (step ? from > place : to > place));
    return found ? spanOf(paragraph, found.from, found.to) : null;
  }

  /** The first place of words in paragraphs. @param {string} wanted @param {Paragraph[]} paragraphs */
  function placeOfWords(wanted, paragraphs) {
    const pattern = new RegExp(wanted.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "iu");
    for (const paragraph of paragraphs) {
      const found = pattern.exec(paragraph.text);
      if (found) return spanAt(paragraph, found.index, found.index + found[0].length);
    }
    return null;
  }

  /** The words that a person selected, and their paragraph; null if there are none. */
  function selected() {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0), { startContainer: first } = range;
    const element = (first instanceof Element ? first : first.parentElement)?.closest("#text .words");
    const paragraph = state.paragraphs.find(({ number }) => number === numberAt(element));
    if (!element || !paragraph) return null;
    const before = document.createRange();
    before.selectNodeContents(element);
    if (element.contains(range.endContainer)) before.setEnd(range.endContainer, range.endOffset);
    const to = before.toString().length;
    before.setEnd(first, range.startOffset);
    const span = spanOf(paragraph, before.toString().length, to);
    return span && { paragraph, span };
  }

  /** The number of the paragraph of an element of the text. @param {Element|null|undefined} element */
  const numberAt = (element) => Number(element?.closest("section")?.dataset.number);

  /**
   * The text of a paragraph in parts: the words of drafts and saved claims, those of the present one, and those that are being chosen.
   * @param {Paragraph} paragraph @param {Statement[]} items @param {Statement|null} present @param {Span|null} chosen
   */
  function markedWords(paragraph, items, present, chosen) {
    const { text, start: first } = paragraph;
    const mark = (/** @type {Span} */ { start, end }, /** @type {string} */ name, id = "") => ({ from: placeOf(text, start - first), to: placeOf(text, end - first), name, id });
    const nameOf = (/** @type {Statement} */ item) => (item === present ? "present" : isDraft(item) ? "open" : "taken");
    const marks = [...items.flatMap((item) => quotesOf(item).map((span) => mark(span, nameOf(item), item.id))), ...(chosen ? [mark(chosen, "chosen")] : [])].filter(({ from, to }) => from < to);
    const cuts = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
    return cuts.slice(0, -1).map((from, at) => {
      const own = marks.filter((one) => one.from <= from && cuts[at + 1] <= one.to), names = [...new Set(own.map(({ name }) => name))];
      const shortest = own.filter(({ id }) => id).sort((one, other) => one.to - one.from - other.to + other.from)[0];
      const item = own.find(({ name }) => name === "open") ?? shortest;
      const said = text.slice(from, cuts[at + 1]);
      return names.length ? made(names.includes("present") ? "mark" : "span", { class: names.join(" "), "data-item": item?.id }, said) : said;
    });
  }

  // The page.

  /** @type {Record<string, string>} */
  const SPOKEN = { " ": "Space" }; // keys by their names in HTML
  /** @type {Record<string, string>} */
  const NAMES = { " ": words("space"), Escape: "Esc" }; // keys as their buttons show them
  /** @type {Record<string, [isSentence: boolean, step: 1|-1]>} */
  const MOVES = { ArrowRight: [false, 1], ArrowLeft: [false, -1], ArrowDown: [true, 1], ArrowUp: [true, -1] };
  const READ = "nothing-to-record"; // the scope of a paragraph that was read
  const UNREAD = "unread"; // that of one that is still to be read
  const USUAL = ["undertaking-reports", "participations", "funding", "partnerships", "affiliations", "namings", "activities", "estimates", "publication-reports", "route-reports"];

  /** @typedef {{key: string, label: string, act: () => unknown, can?: boolean, title?: string}} Tool */

  class Review {
    at = 0; // the number of the present paragraph
    id = ""; // of the present draft or saved claim
    /** @type {Form|null} */ form = null;
    /** @type {Question|null} */ question = null; // which a key has put
    /** @type {Span|null} */ chosen = null; // words of the text
    /** @type {[first: number, last: number]|null} */ cursor = null; // the words that were chosen by keys
    /** @type {Map<number, HTMLElement>} */ sections = new Map();
    seconds = 0; // that a person has looked at the draft
    isSaving = false;
    isAgain = false; // the server did not answer, and was asked again
    refusals = 0; // decisions that were not taken

    constructor() {
      part("dropped").replaceChildren(...notProposed());
      part("training").hidden = !state.training;
      this.picture = new Picture(part("picture"));
      this.layOut();
      this.goTo(this.firstToDecide());
      this.say(this.draft ? words("Decide: a accepts, x rejects, ? shows all keys.") : words("Press ? for the keys."));
    }

    get paragraph() { return state.paragraphs.find(({ number }) => number === this.at) ?? state.paragraphs[0]; }

    /** The drafts of the paragraph that wait for a decision. */
    get drafts() { return this.paragraph.drafts.filter(isOpen); }

    /** The saved claims of the paragraph. */
    get claims() { return this.paragraph.rows; }

    /** The draft or claim that is shown. @returns {Statement|null} */
    get item() { return [...this.drafts, ...this.claims].find(({ id }) => id === this.id) ?? null; }

    get draft() { return this.drafts.find(({ id }) => id === this.id) ?? null; }

    get claim() { return this.claims.find(({ id }) => id === this.id) ?? null; }

    /** Tell whether the paragraph has neither a claim nor a reason for having none. */
    get isEmpty() { return !this.paragraph.scope && !this.claims.length; }

    // The text, and where one is in it.

    layOut() {
      this.sections = new Map(state.paragraphs.map(({ number }) => [number, made("section", { "data-number": number })]));
      pane.replaceChildren(...this.sections.values());
      for (const paragraph of state.paragraphs) this.paint(paragraph);
    }

    /** Draw a paragraph. @param {Paragraph} paragraph */
    paint(paragraph) {
      const { number, done, scope } = paragraph, section = this.sections.get(number), isPresent = number === this.at;
      if (!section) return;
      section.className = [scope, isPresent && "here", done && "done", scope && "scoped"].filter(Boolean).join(" ");
      section.toggleAttribute("aria-current", isPresent);
      const label = [`¶ ${number}`, done && words("done"), scope && `${words("no claims")}: ${labelOf(state.scopes, scope)}`].filter(Boolean).join(" · ");
      const marked = markedWords(paragraph, [...paragraph.drafts.filter(isOpen), ...paragraph.rows], isPresent ? this.item : null, isPresent ? this.chosen : null);
      section.replaceChildren(button([label], () => { if (!this.form) this.goTo(number); }, { class: "place" }), made("p", { class: "words", lang: "" }, ...marked));
    }

    /** The first paragraph that waits for a person after another one. @param {number} after */
    firstOpen(after = 0) {
      const waiting = state.paragraphs.filter(({ scope, done }) => !scope && !done);
      return (waiting.find(({ number }) => number > after) ?? waiting[0] ?? state.paragraphs[0]).number;
    }

    /** The first paragraph with a draft to decide, or to be read before its drafts; without one, the first that waits. */
    firstToDecide() {
      const found = state.paragraphs.find((paragraph) => !paragraph.scope && !paragraph.done && (isHidden(paragraph) || paragraph.drafts.some(isOpen)));
      return found?.number ?? this.firstOpen();
    }

    /** Show a paragraph, and its draft or claim of an id; without one, its first open draft. @param {number} number @param {string} id */
    goTo(number, id = "") {
      const before = this.paragraph;
      this.at = number;
      this.id = id;
      if (!this.item) this.id = this.drafts.find((draft) => draft.state === "open")?.id ?? "";
      this.form = this.question = this.chosen = this.cursor = null;
      this.seconds = 0;
      this.paint(before);
      this.show();
    }

    /** Show the draft or claim again without a question or form. */
    back() {
      this.say("");
      this.goTo(this.at, this.id);
    }

    /** Go to the paragraph before or after, without those that have no claims. @param {1|-1} step */
    step(step) {
      const read = state.paragraphs.filter(({ number, scope }) => !scope || number === this.at);
      const to = read[read.findIndex(({ number }) => number === this.at) + step];
      if (to) this.goTo(to.number);
    }

    /** Show the next saved claim of the paragraph, and after the last one its draft. */
    nextClaim() {
      this.goTo(this.at, this.claims[this.claims.findIndex(({ id }) => id === this.id) + 1]?.id);
    }

    /** Show the next draft that was put off, and after the last one the first that was not. */
    nextPutOff() {
      const later = this.drafts.filter((draft) => draft.state === "later");
      this.goTo(this.at, later[later.findIndex(({ id }) => id === this.id) + 1]?.id);
    }

    // What is shown.

    show() {
      const { paragraph, item, form, offered } = this;
      this.paint(paragraph);
      card.replaceChildren(...(form ? this.formCard(form) : offered ? questionCard(offered) : item ? itemCard(item, this.placeOf(item)) : []));
      if (!form && !this.question) card.append(claimList(this.claims, item, (id) => this.goTo(this.at, id)));
      if (item && !form && !offered) card.setAttribute("aria-labelledby", "reads");
      else card.removeAttribute("aria-labelledby");
      this.showTools();
      this.showProgress();
      const boxes = item?.boxes ?? [], others = this.drafts.filter((other) => other !== item).flatMap((other) => other.boxes);
      this.picture.show(boxes[0]?.[0] ?? paragraph.page ?? 0, boxes, others);
      this.bringIntoSight();
      if (form) form.focus();
      else card.focus({ preventScroll: true });
      card.scrollTop = 0;
    }

    /** @param {Form} form */
    formCard({ table, element }) {
      return [made("h2", {}, state.tables[table].label), made("p", { class: "quiet" }, words("Words that you select in the text fill the field. By keys: Alt and the arrows.")), element];
    }

    /** The place of a draft or claim among those of its paragraph. @param {Statement} item */
    placeOf(item) {
      const all = isDraft(item) ? this.paragraph.drafts : this.claims, values = { n: this.at, i: all.findIndex(({ id }) => id === item.id) + 1, all: all.length };
      return isDraft(item) ? words("¶ {n}, draft {i} of {all}", values) : words("¶ {n}, saved claim {i} of {all}", values);
    }

    /** The question that is put, or what a paragraph without a draft asks for. */
    get offered() { return this.question ?? (this.form || this.item ? null : this.overview()); }

    /** What is left to do in the paragraph. @returns {Question} */
    overview() {
      const { scope } = this.paragraph, n = this.at, later = this.drafts.length, label = words("Classes of claims"), choices = this.classChoices();
      const isAllDone = state.paragraphs.every((paragraph) => paragraph.done || (paragraph.scope && paragraph.scope !== UNREAD));
      const end = !isAllDone ? "" : state.training ? words("All paragraphs are done.") : words("All paragraphs are done: now `tipgraph build`.");
      if (isHidden(this.paragraph)) return { heading: words("Read first. The drafts come after."), note: words("Enter each claim that you see. Then press d: the drafts of this paragraph appear."), label, choices };
      if (scope) return { heading: end || words("This paragraph has no claims."), note: labelOf(state.scopes, scope), label, choices: [] };
      const isDrafted = state.progress.open + state.progress.decided;
      const heading = end || (isDrafted ? words("Nothing is left to decide in ¶ {n}.", { n }) : words("Enter the claims of ¶ {n}.", { n }));
      const add = end ? words("Choose a class for a claim that is missing.") : words("Choose a class for a claim that is missing, or press d: the paragraph is done.");
      return { heading, note: later ? words("Put off: {n}. Space shows them again.", { n: later }) : add, label, choices };
    }

    /** The classes of a claim that is missing. @returns {Choice[]} */
    classChoices() {
      const tables = Object.keys(state.tables), inOrder = [...USUAL.filter((name) => tables.includes(name)), ...tables.filter((name) => !USUAL.includes(name))];
      return inOrder.map((table) => [state.tables[table].label, () => this.openForm(table)]);
    }

    showTools() {
      tools.replaceChildren(...this.tools().map(({ key, label, act, title }) => button([made("kbd", {}, NAMES[key] ?? key), " ", label], act, {
        class: key === "a" ? "main" : "", "aria-keyshortcuts": SPOKEN[key] ?? key, disabled: key === "u" && !state.undo, title: title || undefined,
      })));
    }

    /** What a person can do now: the key and the words of its button. @returns {Tool[]} */
    tools() {
      const { item, draft, claim } = this, keys = { key: "?", label: words("Keys"), act: () => help.showModal() };
      if (this.form) return [keys];
      if (this.question) return [{ key: "Escape", label: words("Cancel"), act: () => this.back() }, keys];
      /** @type {Tool[]} */
      const all = [
        { key: "a", label: words("Accept"), act: () => this.accept(), can: Boolean(draft) },
        { key: "x", label: claim ? words("Remove") : words("Reject"), act: () => this.askWhy(), can: Boolean(item) },
        { key: "e", label: words("Edit"), act: () => this.openForm(item?.table ?? "", item), can: (item?.table ?? "") in state.tables }, // a claim on claims has no form
        { key: " ", label: words("Later"), act: () => this.later(), can: Boolean(draft) || (!item && this.drafts.length > 0) },
        { key: "s", label: claim ? words("Next saved") : words("Saved"), act: () => this.nextClaim(), can: this.claims.length > 0 },
        { key: "Escape", label: words("Back"), act: () => this.goTo(this.at), can: Boolean(claim) },
        { key: "m", label: words("Missed"), act: () => this.askClass() },
        { key: "d", label: isHidden(this.paragraph) ? words("Show drafts") : words("Paragraph done"), act: () => this.done() },
        { key: "n", label: words("No claims here"), act: () => this.askScope() },
        { key: "k", label: words("Previous ¶"), act: () => this.step(-1) },
        { key: "j", label: words("Next ¶"), act: () => this.step(1) },
        { key: "u", label: words("Undo"), act: () => this.undo(), title: state.undo ?? "" },
        keys,
      ];
      return all.filter(({ can = true }) => can);
    }

    showProgress() {
      const { open, decided, done, paragraphs } = state.progress;
      part("progress").textContent = [
        words("open drafts: {n}", { n: open }), words("decided: {n}", { n: decided }), words("paragraphs done: {n} of {all}", { n: done, all: paragraphs }),
      ].join(" · ");
    }

    /** Scroll the text so that the paragraph, and above all its present words, are seen. */
    bringIntoSight() {
      const section = this.sections.get(this.at);
      for (const one of [section, section?.querySelector(".chosen, .present")]) one?.scrollIntoView({ block: "nearest" });
    }

    /** Say something to the person, who may use a screen reader. @param {string} text @param {boolean} isWarning */
    say(text, isWarning = false) {
      status.classList.toggle("warn", isWarning);
      if (status.textContent !== text) status.textContent = text;
    }

    // Questions.

    /** @param {Question} question */
    ask(question) {
      this.question = question;
      this.show();
    }

    askWhy() {
      const heading = this.claim ? words("Why is it removed?") : words("Why is it rejected?");
      this.ask({ heading, note: this.item?.reads ?? "", label: words("Reasons"), choices: state.reasons.map(([code, label]) => [label, () => this.reject(code)]) });
    }

    /** Ask for the class of a claim that is missing; words that are selected become its evidence. */
    askClass() {
      const found = selected();
      if (found && found.paragraph.number !== this.at) this.goTo(found.paragraph.number);
      this.chosen = found?.span ?? null;
      this.ask({ heading: words("What does the text say?"), note: "", label: words("Classes of claims"), choices: this.classChoices() });
    }

    askScope() {
      const read = state.scopes.filter(([code]) => code === READ), others = state.scopes.filter(([code]) => code !== READ);
      const scopes = [...read, ...others, .../** @type {[string, string][]} */ (this.paragraph.scope ? [["", words("it has claims")]] : [])];
      this.ask({
        heading: words("Why does this paragraph have no claims?"), note: words("d again, or Enter, is the first reason."), label: words("Reasons"),
        choices: scopes.map(([code, label]) => [label, () => this.scope(code)]), also: ["d", "Enter"],
      });
    }

    // Decisions.

    /**
     * Send a decision; once it is saved, go on, and say what was done.
     * @param {string} name @param {Record<string, unknown>} values @param {(before: Paragraph[]) => string} goOn  returns what was done
     */
    async decide(name, values, goOn) {
      const before = state.paragraphs;
      if (await this.isSaved(name, values)) this.say([goOn(before), words("Saved.")].filter(Boolean).join(" "));
    }

    /** Go to the next draft of the paragraph. @param {string} told @returns {string} */
    next(told) {
      this.goTo(this.at);
      return told;
    }

    accept() { return this.decide("accept", { draft: this.id, seconds: this.seconds }, () => this.next(words("Accepted."))); }

    /** @param {string} reason */
    reject(reason) {
      const { claim, seconds } = this;
      if (!claim) return this.decide("reject", { draft: this.id, reason, seconds }, () => this.next(words("Rejected.")));
      return this.decide("remove", { row: claim.id, digest: claim.digest, reason, seconds }, () => {
        this.next("");
        if (this.paragraph.done && this.isEmpty) this.askScope();
        return words("Removed.");
      });
    }

    /** Put the draft off, which is not saved; or show those that were put off. */
    async later() {
      if (this.draft?.state !== "open") this.nextPutOff();
      else if (await this.isSaved("later", { draft: this.id })) this.say(this.next(words("Put off.")));
    }

    undo() {
      return state.undo ? this.decide("undo", {}, (before) => {
        this.goTo(...this.changedSince(before));
        return words("Undone.");
      }) : undefined;
    }

    /** A paragraph that differs, and the draft or claim in it that was not there. @param {Paragraph[]} before @returns {[number: number, id?: string]} */
    changedSince(before) {
      const shown = (/** @type {Paragraph} */ { drafts, rows }) => [...drafts.filter(isOpen), ...rows];
      const keyOf = (/** @type {Statement} */ item) => item.id + (isDraft(item) ? "" : item.digest);
      const changed = state.paragraphs.flatMap((paragraph, at) => (paragraph === before[at] ? [] : [{ paragraph, known: new Set(shown(before[at]).map(keyOf)) }]));
      const [first] = changed.flatMap(({ paragraph, known }) => shown(paragraph).filter((item) => !known.has(keyOf(item))).map(({ id }) => ({ number: paragraph.number, id })));
      return first ? [first.number, first.id] : [changed[0]?.paragraph.number ?? this.at];
    }

    async done() {
      const { paragraph, drafts } = this;
      if (drafts.length) {
        if (!this.draft) this.nextPutOff();
        this.say(words("Decide the drafts of this paragraph first: {n}.", { n: drafts.length }));
      } else if (this.isEmpty && !isHidden(paragraph)) this.askScope();
      else if (paragraph.done || paragraph.scope) this.say(this.leave());
      else await this.decide("done", { paragraph: this.at, seconds: this.seconds }, () => this.leave());
    }

    /** Say why a paragraph has no claims. @param {string} scope  a code, or nothing: it has claims */
    async scope(scope) {
      const { at, drafts } = this;
      if (scope && scope !== UNREAD && drafts.length) {
        this.goTo(at);
        this.say(words("Decide the drafts of this paragraph first: {n}.", { n: drafts.length }));
      } else {
        await this.decide("scope", { paragraph: at, scope }, () =>
          scope ? this.leave(scope === UNREAD || Boolean(this.paragraph.scope)) : this.next(words("¶ {n} has claims.", { n: at })));
      }
    }

    /** Go on from a paragraph that was closed. If it had hidden drafts, they are shown instead. @param {boolean} isAside  it has no claims, or is read later */
    leave(isAside = Boolean(this.paragraph.scope)) {
      const n = this.at;
      if (!isAside && !this.paragraph.done) return this.next(words("The drafts appear."));
      if (!isAside && this.isEmpty) {
        this.askScope();
        return "";
      }
      this.goTo(this.firstOpen(n));
      return isAside ? words("¶ {n} has no claims.", { n }) : words("¶ {n} is done.", { n });
    }

    // The form.

    /** Open the form of a draft or claim, or of a claim that is missing. @param {string} table @param {Statement|null} item */
    openForm(table, item = null) {
      this.question = this.cursor = null;
      const form = new Form(table, item, this.chosen ? [this.chosen] : [], {
        save: () => void this.save(form), cancel: () => this.back(), find: (wanted) => placeOfWords(wanted, [this.paragraph, ...state.paragraphs]),
      });
      this.form = form;
      this.show();
    }

    /** @param {Form} form */
    async save(form) {
      await form.reading;
      const { item, table, values } = form, { faults } = form, { seconds } = this;
      if (this.form !== form || this.isSaving) return undefined;
      if (faults.length) return form.show(faults);
      if (!item) return this.decide("miss", { table, paragraph: this.at, ...values, seconds }, () => this.next(words("Added.")));
      if (isDraft(item)) return this.decide("edit", { draft: item.id, ...values, seconds }, () => this.next(words("Saved with your changes.")));
      if (form.typed.length) return this.decide("correct", { row: item.id, digest: item.digest, ...values, seconds }, () => this.next(words("Corrected.")));
      this.goTo(this.at, item.id);
      return this.say(words("Nothing was changed."));
    }

    /** Fill the present field with words that were chosen. @param {Span|null} span @param {boolean} isMore  beside those of the claim */
    take(span, isMore = false) {
      if (!this.form || !span) return;
      this.chosen = span;
      this.form.fill(span, isMore);
      this.paint(this.paragraph);
      this.bringIntoSight();
    }

    /** Where a choice by keys begins: at the words that were chosen last, those of the claim, or the start of the paragraph. */
    get #near() {
      const { text, start } = this.paragraph;
      return placeOf(text, (this.chosen?.start ?? this.form?.spans[0]?.start ?? start) - start);
    }

    /** Choose the sentence before or after by keys; at first the one of the claim. @param {1|-1} step */
    moveSentence(step) {
      this.take(sentenceAt(this.paragraph, this.#near, this.chosen ? step : 0));
      this.cursor = null;
    }

    /** Choose the word before or after by keys, or more or fewer words. @param {1|-1} step @param {boolean} isLonger */
    moveWord(step, isLonger) {
      const all = wordsOf(this.paragraph.text), near = this.#near, before = Math.max(0, all.findIndex(({ end }) => end > near)) - 1;
      const [first, last] = this.cursor ?? [before, before];
      const to = Math.min(Math.max(isLonger ? first : 0, last + step, 0), all.length - 1), from = isLonger && first >= 0 ? first : to;
      if (!all.length) return;
      this.take(spanOf(this.paragraph, all[from].start, all[to].end));
      this.cursor = [from, to];
    }

    // What the server says.

    /** Send a decision until there is an answer, and show what it changed; tell whether it was saved. @param {string} name @param {Record<string, unknown>} values */
    async isSaved(name, values) {
      this.isSaving = true;
      this.say("");
      const answer = await this.answerTo(name, { version: state.version, ...values, key: crypto.randomUUID() });
      const said = await answer.json().catch(() => ({}));
      this.isSaving = false;
      const isTaken = answer.ok && !said.faults;
      if (isTaken) this.change(said);
      else {
        this.refusals += 1;
        if (answer.status === MOVED) this.renew(said);
        else this.refuse(said.faults ?? [{ column: "", message: said.detail ?? answer.statusText }]);
      }
      return isTaken;
    }

    /** Ask until there is an answer; the server answers a key once, and says the same if it is sent again. @param {string} name @param {Record<string, unknown>} values */
    async answerTo(name, values) {
      for (this.isAgain = false; ; this.isAgain = true) {
        const answer = await post(name, values).catch(() => null);
        if (answer && answer.status !== 401) return answer;
        const why = answer ? words("Not saved yet. The server was started again. Open the address that it printed, in this browser; then this is sent.")
          : words("Not saved yet. The server does not answer. Start `tipgraph review drafts {source}` again; then this is sent.", { source: state.source });
        this.say(why, true);
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }

    /** Take over the parts of the state that a decision changed. @param {Partial<State>} answer */
    change({ paragraphs = [], ...rest }) {
      const changed = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
      Object.assign(state, rest, { paragraphs: state.paragraphs.map((paragraph) => changed.get(paragraph.number) ?? paragraph) });
      for (const paragraph of paragraphs) this.paint(paragraph);
    }

    /** Show why a decision was not taken: at the fields, if it has a form. @param {Fault[]} faults */
    refuse(faults) {
      if (this.form) this.form.show(faults);
      else this.back();
      this.say(this.form ? words("Not saved.") : words("Not saved: {why}", { why: faults.map(({ message }) => message).join(" ") }), true);
    }

    /** Ask whether the state has changed elsewhere. */
    async look() {
      if (this.isSaving) return;
      const answer = await fetch(addressOf(`state?version=${state.version}`)).catch(() => null);
      const now = answer?.status === 200 ? await answer.json() : null;
      if (now && !this.isSaving) this.renew(now);
    }

    /** Show a state that is newer than that of the page. A form stays open, unless its draft or claim is another one by now. @param {State} now */
    renew(now) {
      const { form } = this, was = form ? form.item : this.item;
      state = now;
      this.layOut();
      const found = this.item, isSame = !was || (isDraft(was) ? Boolean(found) : found !== null && !isDraft(found) && found.digest === was.digest);
      if (form && isSame) this.showProgress();
      else {
        if (form) this.showTyped(form.typed);
        this.goTo(this.paragraph.number, this.id);
      }
      this.say(this.newsOf(was && !isDraft(was) && !isSame ? was : null), true);
    }

    /** Why the page shows another state. @param {SavedClaim|null} claim  that is another one by now */
    newsOf(claim) {
      if (this.isAgain) return words("The server was ended meanwhile. See whether your decision is saved.");
      if (!claim) return words("Somebody decided in another tab or program. This is the new state.");
      return this.claim ? words("This claim was changed in another tab or program. This is the new one.") : words("This claim was removed in another tab or program.");
    }

    /** List what was typed for a claim that is another one by now, until a person closes the list. @param {string[]} typed */
    showTyped(typed) {
      const close = button([words("Close")], () => { left.hidden = true; card.focus(); });
      left.replaceChildren(made("h2", {}, words("Not saved:")), made("ul", {}, ...typed.map((line) => made("li", {}, line))), close);
      left.hidden = !typed.length;
    }

    /** Do what a key means now. @param {string} key */
    async press(key) {
      const tool = this.tools().find((one) => one.key === key), choices = this.offered?.choices ?? [];
      const choice = choices[DIGITS.indexOf(key)] ?? (this.question?.also?.includes(key) ? choices[0] : undefined);
      if (tool) await tool.act();
      else if (choice) await choice[1]();
      else if (key === "Escape") this.back();
    }
  }

  // Keys, the mouse and touch.

  const KEYS = "tipgraph-review-keys";
  const OWN = new Set([..."axesmdnkju? ", ...DIGITS, "Escape", "Enter"]);
  const TOUCHED = 700; // milliseconds after which a selection by touch is complete
  const box = /** @type {HTMLInputElement} */ (byId("keys-on"));
  box.checked = localStorage.getItem(KEYS) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));

  /** Tell whether a key decides something: not in a field, and not on a button that it presses. @param {KeyboardEvent} event */
  function isDecision({ key, ctrlKey, metaKey, altKey, repeat, target }) {
    const element = /** @type {HTMLElement} */ (target);
    if (ctrlKey || metaKey || altKey || repeat || help.open || !box.checked || !OWN.has(key)) return false;
    return !element.closest("input, select, textarea, [contenteditable]") && !((key === " " || key === "Enter") && element.closest("button, a, summary"));
  }

  /** Let keys work. Those that are pressed while a decision is being saved wait, and are forgotten if it is not taken. @param {Review} review */
  function listenToKeys(review) {
    let turn = Promise.resolve();
    document.addEventListener("keydown", (event) => {
      const { key, altKey, shiftKey } = event, { refusals } = review;
      if (altKey && review.form && key in MOVES) {
        const [isSentence, step] = MOVES[key];
        if (isSentence) review.moveSentence(step);
        else review.moveWord(step, shiftKey);
      } else if (isDecision(event)) turn = turn.then(() => (refusals === review.refusals ? review.press(key) : undefined));
      else return;
      event.preventDefault();
    });
  }

  /** Let a person select words for a field, and choose a draft or claim by its words. @param {Review} review */
  function listenToText(review) {
    const takeSelection = () => {
      const found = review.form && selected();
      if (!found) return;
      getSelection()?.removeAllRanges();
      review.take(found.span, true);
    };
    let timer = 0, isTouch = false;
    document.addEventListener("pointerdown", ({ pointerType }) => { isTouch = pointerType !== "mouse"; });
    pane.addEventListener("pointerup", () => { if (!isTouch) setTimeout(takeSelection); }); // once the browser has the selection
    document.addEventListener("selectionchange", () => { // the handles of a selection by touch tell nothing else
      clearTimeout(timer);
      if (isTouch) timer = setTimeout(takeSelection, TOUCHED);
    });
    pane.addEventListener("click", ({ target }) => {
      const marked = /** @type {Element} */ (target).closest("[data-item]");
      if (marked && !review.form && getSelection()?.isCollapsed) review.goTo(numberAt(marked), marked.getAttribute("data-item") ?? "");
    });
  }

  async function start() {
    localStorage.setItem(PATH, location.pathname);
    const answer = await fetch(addressOf("state"));
    if (!answer.ok) throw new Error((await answer.json()).detail);
    state = await answer.json();
    const review = new Review();
    listenToKeys(review);
    listenToText(review);
    part("main").addEventListener("click", (event) => { if (review.isSaving) { event.stopPropagation(); event.preventDefault(); } }, true);
    setInterval(() => { if (!document.hidden) review.seconds += 0.1; }, 100);
    addEventListener("focus", () => void review.look());
    document.addEventListener("visibilitychange", () => { if (!document.hidden) void review.look(); });
    addEventListener("beforeunload", (event) => { if (review.isSaving) event.preventDefault(); });
  }

  start().catch((error) => { status.textContent = String(error.message ?? error); status.classList.add("warn"); });
})();
