// @ts-check
// The page of a review: one draft at a time, decided by one key. Each decision is saved before the page goes on.
// Decision: docs/decisions/0154-drafts-are-decided-on-a-page-of-this-machine.md.
(() => {
  "use strict";
  const { button, byId, drawn, made, part, wording } = tipgraph;

  const words = wording(JSON.parse(part("labels").textContent ?? "{}"));
  const card = part("card"), left = part("left"), pane = part("text"), status = part("status"), tools = part("tools");
  const main = part("main"); // it is inert while a decision is being saved
  const help = /** @type {HTMLDialogElement} */ (byId("help"));
  /** @type {State} */ let state; // as the server said it last

  // Cells, drafts and claims in words.

  /** @param {Statement} item @returns {item is Draft} */
  const isDraft = (item) => "producers" in item;

  /** What a draft or claim has no more once it is another one. @param {Statement} item */
  const keyOf = (item) => item.id + (isDraft(item) ? "" : item.digest);

  /** Tell whether a draft waits for a decision. @param {Draft} draft */
  const isOpen = ({ state: own }) => own === "open";
  /** @type {Set<string>} */ const later = new Set(); // the ids of drafts that were put off, until the page is closed

  /** What a person sees marked in a paragraph: drafts to decide, and saved claims. @param {Paragraph} paragraph @returns {Statement[]} */
  const statementsOf = ({ drafts, rows }) => [...drafts.filter(isOpen), ...rows];

  /** The parts of a cell. @param {Column} column @param {string} cell */
  const partsOf = ({ many }, cell) => (many ? cell.split("|") : [cell]).map((one) => one.trim()).filter(Boolean);

  /** The label of a code, or any other words as they are. @param {[code: string, label: string][]|null|undefined} choices @param {string} code */
  const labelOf = (choices, code) => choices?.find(([own]) => own === code)?.[1] ?? code;

  /** The parts of a cell of a row, with labels in place of ids and codes. @param {Column} column @param {{cells: Record<string, string>, labels?: Record<string, string>}} row */
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

  const DIGITS = [..."1234567890"];
  const SHORT = 20; // letters of a choice that fits beside another one

  /** A question with its choices, each with its key. @param {Asked} question */
  function questionCard({ heading, note, choices }) {
    const isLong = choices.some(([choice]) => choice.length > SHORT);
    const list = choices.map(([choice, act], at) => made("li", {}, button([...(DIGITS[at] ? [made("kbd", {}, DIGITS[at]), " "] : []), made("span", {}, choice)], act)));
    const all = made("ul", { class: isLong ? "choices long" : "choices", "aria-label": heading, hidden: !list.length }, ...list);
    return [made("h2", { id: "heading" }, heading), made("p", { hidden: !note }, note), all];
  }

  /** A draft, or a claim that is saved. @param {Statement} item @param {Paragraph} paragraph */
  function itemCard(item, { number: n, drafts, rows }) {
    const { label, columns } = state.tables[item.table] ?? { label: item.table, columns: [] }; // a claim on claims has no form
    const place = isDraft(item) ? words("¶ {n}, draft {i} of {all}", { n, i: drafts.indexOf(item) + 1, all: drafts.length })
      : words("¶ {n}, saved claim {i} of {all}", { n, i: rows.indexOf(item) + 1, all: rows.length });
    const isLater = later.has(item.id), names = isDraft(item) ? item.namings.map((name) => `“${name}”`).join(", ") : "";
    return [
      made("p", { class: "quiet" }, made("span", { class: "chip" }, label), ` ${place}`, ...(isLater ? [" · ", words("put off")] : [])),
      made("h2", { id: "heading" }, item.reads),
      ...quotesOf(item).map((span) => made("blockquote", { lang: "" }, made("mark", {}, span.words))), // in the language of the text, which nobody knows
      ...(isDraft(item) ? [...knownList(words("Contradicts"), item.against, "against", columns), ...knownList(words("The data has already"), item.same, "same", columns)] : []),
      factList(item, columns),
      ...(isDraft(item) ? knownList(words("Other values"), item.others.map(({ column, label, producers }) => ({ column, reads: label, locator: producers.map(producerWords).join(", ") })), "others", columns) : []),
      made("p", { class: "quiet", hidden: !names }, words("Names that are saved, too: {names}", { names })),
      made("p", { class: "quiet" }, isDraft(item) ? `${words("Proposed by")}: ${item.producers.map(producerWords).join(", ")}` : cameWords(item)),
    ];
  }

  /** Claims of the data that a draft repeats or contradicts, or values that other rules or models read. @param {string} heading @param {Known[]} known @param {string} name @param {Column[]} columns */
  function knownList(heading, known, name, columns) {
    if (!known.length) return [];
    const inColumn = (/** @type {string|undefined} */ column) => column ? `${columns.find((one) => one.name === column)?.label ?? column}: ` : "";
    const claims = known.map(({ reads, locator, column }) => made("li", {}, inColumn(column), reads, " ", made("span", { class: "quiet" }, locator)));
    return [made("section", { class: name }, made("h3", {}, heading), made("ul", { class: "said" }, ...claims))];
  }

  /** The cells of a draft or claim in words: beside names, what they are. @param {Statement} item @param {Column[]} columns */
  function factList(item, columns) {
    const fact = (/** @type {Column} */ column) => cellWords(column, item).flatMap((name, at) =>
      [at ? ", " : "", name, ...(column.refers && isDraft(item) ? entryChips(name, item) : [])]);
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

  // The form of a claim: fields of its table, filled by typing, by choosing, or by words of the text.

  /** The field of the words of the text, which is no column of the table. @type {Column} */
  const QUOTE = { name: "quote", label: words("words of the text"), note: "", required: true, many: false, kind: "text", choices: null, refers: null, tables: [] };
  const PASSAGE = " || "; // between passages
  const VALUES = new Set(["date", "day", "number"]); // kinds of columns whose words the server reads
  const ARTICLE = /^(?:[Tt]he|el|la|los|las)\s+/; // which the server leaves out, too, if no entry has it in its name
  const USUAL_COLUMNS = new Set([ // the columns that most claims fill; the others are folded
    "giver", "receiver", "purpose", "organization", "undertaking", "undertakingKind", "place", "partOf", "status", "amount", "currency", "amountAsPrinted",
    "value", "valueAsPrinted", "origin", "destination", "form", "documentKind", "publicationState", "author", "addressee", "provision", "modality", "note", "date",
  ]);

  /** Words in one line. @param {Span} span */
  const lineOf = (span) => span.words.trim().replace(/\s+/g, " ");

  /** Passages as a field has them, as in a workbook. @param {Span[]} spans */
  const passages = (spans) => spans.map(lineOf).join(PASSAGE);

  /** A field of a column, with a line for each entry that it names and the data does not have. */
  class Field {
    /** @type {Map<string, ReturnType<typeof newEntry>>} */ #entries = new Map(); // by name

    /** @param {Column} column @param {FormStart} given @param {string} first  its content at first */
    constructor(column, given, first = cellWords(column, given).join(" | ")) {
      const { name, label, note, required, refers, choices } = column;
      const id = `field-${name.replace("@", "-")}`, known = `${id}-known`;
      this.column = column;
      this.given = given;
      this.first = first;
      this.tables = column.tables.filter((table) => table in state.entries);
      const listed = refers ? state.names[refers] ?? [] : (choices ?? []).map(([, choice]) => choice);
      this.input = made("input", {
        id, name, type: "text", value: first, required, list: listed.length ? known : undefined, "aria-describedby": `${id}-fault`, title: note || undefined,
      });
      this.fault = made("p", { class: "fault", id: `${id}-fault`, hidden: true, "aria-live": "polite" });
      this.added = made("div", { class: "added" });
      this.element = made("div", { class: "field" },
        made("label", { for: id }, label, ...(required ? [made("span", { class: "quiet" }, ` (${words("needed")})`)] : [])), this.input,
        ...(listed.length ? [made("datalist", { id: known }, ...listed.map((value) => made("option", { value })))] : []), this.fault, this.added);
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

    /** Its content, which may have labels in place of ids and codes. */
    get cell() { return this.isUntouched ? this.given.cells[this.column.name] ?? "" : this.input.value.trim(); }

    /** The new entries that it names: those of a draft, or names that no entry of the data has. */
    get entries() {
      const known = new Set((state.names[this.column.refers ?? ""] ?? []).map((name) => name.toLowerCase()));
      const isNew = (/** @type {string} */ name) => this.isUntouched ? this.given.entries.some(({ cells }) => cells.label === name)
        : !known.has(name.toLowerCase()) && !known.has(name.replace(ARTICLE, "").toLowerCase());
      return this.tables.length ? partsOf(this.column, this.input.value).filter(isNew).map((name) => this.#entry(name)) : [];
    }

    /** The line of a new entry, which keeps what a person has chosen in it; a new name keeps what the draft gives to the name that is gone. @param {string} name */
    #entry(name) {
      const own = this.given.entries.filter(({ table }) => this.tables.includes(table)), left = partsOf(this.column, this.input.value);
      const gone = own.filter(({ cells: { label } }) => partsOf(this.column, this.first).includes(label) && !left.includes(label));
      const given = own.find(({ cells }) => cells.label === name) ?? (gone.length === 1 ? gone[0] : undefined);
      const entry = this.#entries.get(name) ?? newEntry(name, this.tables, given);
      this.#entries.set(name, entry);
      return entry;
    }

    #showAdded() {
      this.added.replaceChildren(...this.entries.map(({ element }) => element));
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

  /** A line for a new entry, with the choice of its table, class and kind. @param {string} name @param {string[]} tables  of which it may be a row @param {Entry|undefined} given */
  function newEntry(name, tables, given) {
    const select = (/** @type {string} */ label, /** @type {[value: string, label: string][]} */ choices, chosen = "", column = "") =>
      made("select", { name: column, "aria-label": `${label}: ${name}` }, ...choices.map(([value, choice]) => made("option", { value, selected: value === chosen }, choice)));
    const inLabel = (/** @type {string} */ label, /** @type {HTMLSelectElement} */ input) => [made("label", {}, `${label} `, input), " "];
    const kinds = made("span"), table = select(words("new entry in"), tables.map((one) => [one, state.entries[one].label]), given?.table);
    const cells = () => (given?.table === table.value ? given.cells : {}); // if the draft gives a row of the chosen table
    const showKinds = () => {
      const columns = state.entries[table.value].columns.filter(({ choices, many }) => choices?.length && !many);
      kinds.replaceChildren(...columns.flatMap(({ name: column, label, choices }) => inLabel(label, select(label, [["", "–"], ...choices ?? []], cells()[column], column))));
    };
    table.addEventListener("change", showKinds);
    showKinds();
    const chosen = () => Object.fromEntries([...kinds.querySelectorAll("select")].map(({ name: column, value }) => [column, value]));
    return {
      element: made("p", {}, `“${name}” `, ...inLabel(words("new entry in"), table), kinds),
      get lacksClass() { return chosen().type === ""; },
      get row() { return { table: table.value, cells: { ...cells(), ...chosen(), label: name } }; },
    };
  }

  /** The form of a claim: new, a draft, or saved before. */
  class Form {
    /** @type {Field} */ #active; // which words of the text fill
    /** @type {Span[]} */ #kept = []; // passages that stay while others are chosen by keys
    /** @type {Promise<void>} */ reading = Promise.resolve(); // of the words that were chosen last

    /**
     * @param {string} table @param {Statement|null} item  that is changed @param {Span[]} chosen  without an item, the words of the claim
     * @param {{save: () => void, cancel: () => void, find: (words: string) => Span|null}} acts  `find` returns the place of words in the text
     */
    constructor(table, item, chosen, { save, cancel, find }) {
      const { label, columns } = state.tables[table], given = { cells: {}, labels: {}, entries: [], ...item };
      this.table = table;
      this.item = item;
      this.find = find;
      this.spans = item ? quotesOf(item) : chosen; // those of the quote, and those that it had; the last one first
      this.quote = new Field(QUOTE, given, passages(this.spans));
      this.fields = columns.map((column) => new Field(column, given));
      this.all = [this.quote, ...this.fields];
      const isUsual = (/** @type {Field} */ { column: { name, required }, first }) => required || Boolean(first) || USUAL_COLUMNS.has(name);
      const usual = this.fields.filter(isUsual), more = this.fields.filter((field) => !isUsual(field));
      this.#active = usual[0] ?? this.quote;
      const element = made("form", { "aria-label": label, novalidate: true, autocomplete: "off" },
        ...[this.quote, ...usual].map(({ element }) => element),
        ...(more.length ? [made("details", {}, made("summary", {}, words("More fields")), ...more.map(({ element }) => element))] : []),
        made("p", { class: "ways" }, made("button", { class: "main" }, words("Save"), " ", made("kbd", {}, "Enter")), " ", button([words("Cancel"), " ", made("kbd", {}, "Esc")], cancel)));
      element.addEventListener("submit", (event) => { event.preventDefault(); save(); });
      element.addEventListener("focusin", ({ target }) => { this.#active = this.all.find(({ input }) => input === target) ?? this.#active; });
      element.addEventListener("keydown", (event) => { if (event.key === "Escape") { event.stopPropagation(); cancel(); } });
      this.card = [made("h2", { id: "heading" }, label), made("p", { class: "quiet" }, words("Words that you select in the text fill the field. By keys: Alt and the arrows.")), element];
    }

    /** Fill fields with cells, whose codes are shown by their labels. @param {Record<string, string>} cells */
    put(cells) {
      for (const field of this.fields.filter(({ column }) => column.name in cells)) field.fill(labelOf(field.column.choices, cells[field.column.name]));
    }

    /** Put the focus into a field; without one, into the first to fill in. @param {Field} field */
    focus(field = this.all.find(({ input }) => input.required && !input.value) ?? this.fields[0] ?? this.quote) {
      const fold = field.element.closest("details");
      if (fold) fold.open = true;
      field.input.focus();
      field.input.select();
    }

    /** Fill the field that had the focus last with words of the text, and with the value that they are. @param {Span} span @param {boolean} isMore  other words of the claim stay */
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

    /** The cells, new entries and places of words, as the server takes them; of a saved claim only cells that a person changed. */
    get values() {
      const isSaved = this.item && !isDraft(this.item), sent = this.fields.filter((field) => !isSaved || !field.isUntouched);
      const cells = Object.fromEntries(sent.map((field) => [field.column.name, field.cell]));
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
      return isCited ? faults : [...faults, { column: QUOTE.name, message: words("Select the words of the text that say it.") }];
    }

    /** Show faults at their fields, and put the focus into the first; return those that belong to none. @param {Fault[]} faults */
    show(faults) {
      for (const field of this.all) field.clear();
      const owners = this.fields.flatMap((field) => field.entries.map(() => field)); // of the new entries, in the order of `values`
      const fieldOf = (/** @type {Fault} */ { column, entry }) => (entry ? owners[entry - 1] : this.all.find((field) => field.column.name === (column === "evidence" ? QUOTE.name : column)));
      for (const fault of faults) fieldOf(fault)?.blame(fault.message);
      this.focus(this.all.find(({ input }) => input.hasAttribute("aria-invalid")));
      return faults.filter((fault) => !fieldOf(fault));
    }
  }

  // The server.

  /** @param {string} name @param {Record<string, unknown>} values */
  const post = (name, values) => fetch(name, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(values) });

  // The picture of the page of the document, with boxes around the words of drafts.

  const picture = part("picture"), sheet = part("sheet"), image = made("img");
  const showLit = () => sheet.querySelector(".lit")?.scrollIntoView({ block: "center", inline: "nearest" });
  image.addEventListener("load", showLit);
  part("enlarge").addEventListener("click", ({ currentTarget }) => {
    /** @type {HTMLElement} */ (currentTarget).setAttribute("aria-pressed", String(picture.classList.toggle("large")));
    showLit();
  });

  /** Show a page with the boxes of the present words, and those of others. @param {number} page @param {PageBox[]} present @param {PageBox[]} others */
  function showPage(page, present, others) {
    picture.hidden = !state.pages.length;
    if (!state.pages.length || !page) return;
    const [width, height] = state.pages[page - 1], address = `page/${page}.png`;
    if (image.getAttribute("src") !== address) image.src = address;
    image.alt = words("Picture of page {n}", { n: page });
    part("page-number").textContent = words("Page {n} of {all}", { n: page, all: state.pages.length });
    const rect = (/** @type {PageBox} */ [, x, y, right, bottom], /** @type {string} */ name) =>
      drawn("rect", { class: name, x: x - 1, y: y - 1, width: right - x + 2, height: bottom - y + 2, rx: 1.5 });
    const on = (/** @type {PageBox[]} */ boxes, /** @type {string} */ name) => boxes.filter((box) => box[0] === page).map((box) => rect(box, name));
    const boxes = drawn("svg", { "aria-hidden": "true", viewBox: `0 0 ${width} ${height}`, width: 2 * width, height: 2 * height }, ...on(others, "other"), ...on(present, "lit"));
    sheet.replaceChildren(image, boxes);
    showLit();
  }

  // The text: paragraphs with marked words, and the choice of words by mouse, touch and keys. Offsets of the server are code points.

  /** The place of a code point in a text, by which scripts count. @param {string} text @param {number} points */
  const placeOf = (text, points) => [...text].slice(0, Math.max(0, points)).join("").length;

  /** The number of code points before a place. @param {string} text @param {number} place */
  const pointsTo = (text, place) => [...text.slice(0, place)].length;

  /** The places of the words of a text. @param {string} text */
  const wordsOf = (text) => [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({ start: index, end: index + word.length }));

  /** The places of the sentences of a text. @param {string} text */
  const sentencesOf = (text) => [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(text)].map(({ segment, index }) => ({ start: index, end: index + segment.length }));

  /** The words of a paragraph between two places. @param {Paragraph} paragraph @param {number} from @param {number} to */
  function spanAt({ text, start }, from, to) {
    return { start: start + pointsTo(text, from), end: start + pointsTo(text, to), words: text.slice(from, to) };
  }

  /** The whole words of a paragraph around two places, without punctuation at their ends; null without words. @param {Paragraph} paragraph @param {number} from @param {number} to */
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

  /** The first place of words in paragraphs. @param {string} wanted @param {Paragraph[]} paragraphs */
  function placeOfWords(wanted, paragraphs) {
    const pattern = new RegExp(wanted.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+"), "iu");
    for (const paragraph of paragraphs) {
      const found = pattern.exec(paragraph.text);
      if (found) return spanAt(paragraph, found.index, found.index + found[0].length);
    }
    return null;
  }

  /** The paragraph and the words of it that a person selected; null without any. */
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
    return { number: paragraph.number, span: spanOf(paragraph, before.toString().length, to) };
  }

  /** The number of the paragraph of an element of the text. @param {Element|null|undefined} element */
  const numberAt = (element) => Number(element?.closest("section")?.dataset.number);

  /** The text of a paragraph, with marks. @param {Paragraph} paragraph @param {Statement|null} present @param {Span|null} chosen */
  function markedWords(paragraph, present, chosen) {
    const { text, start: first } = paragraph;
    const mark = (/** @type {Span} */ { start, end }, /** @type {string} */ name, id = "") => ({ from: placeOf(text, start - first), to: placeOf(text, end - first), name, id });
    const nameOf = (/** @type {Statement} */ item) => (item === present ? "present" : isDraft(item) ? "open" : "taken");
    const all = statementsOf(paragraph).flatMap((item) => quotesOf(item).map((span) => mark(span, nameOf(item), item.id)));
    const marks = [...all, ...(chosen ? [mark(chosen, "chosen")] : [])].filter(({ from, to }) => from < to); // those of this paragraph
    const cuts = [...new Set([0, text.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
    return cuts.slice(0, -1).map((from, at) => {
      const own = marks.filter((one) => one.from <= from && cuts[at + 1] <= one.to), names = [...new Set(own.map(({ name }) => name))];
      const [shortest] = own.filter(({ id }) => id).sort((one, other) => one.to - one.from - other.to + other.from);
      const item = own.find(({ name }) => name === "open") ?? shortest; // which a click shows
      const said = text.slice(from, cuts[at + 1]);
      return names.length ? made(names.includes("present") ? "mark" : "span", { class: names.join(" "), "data-item": item?.id }, said) : said;
    });
  }

  // The page.

  /** @type {Record<string, string>} */
  const SHOWN = { " ": words("space"), Escape: "Esc" }; // keys as their buttons name them
  /** @type {Record<string, [unitsOf: typeof wordsOf, step: 1|-1]>} */
  const MOVES = { ArrowRight: [wordsOf, 1], ArrowLeft: [wordsOf, -1], ArrowDown: [sentencesOf, 1], ArrowUp: [sentencesOf, -1] };
  const NAMES = "namings"; // the table of names
  const UNREAD = "unread"; // the scope of a paragraph that is still to be read
  const FIRST = ["undertaking-reports", "participations", "funding", "partnerships", "affiliations"]; // classes of most claims; the others are one key further
  const READ = "nothing-to-record"; // the scope of a paragraph that was read

  /** Where a person is in the text, what is shown and asked there, and what is decided. */
  class Review {
    at = 0; // the number of the present paragraph
    id = ""; // of the present draft or saved claim
    /** @type {Form|null} */ form = null;
    /** @type {Asked|null} */ question = null; // which a key has put
    /** @type {Span|null} */ chosen = null; // words of the text
    /** @type {{unitsOf: typeof wordsOf, first: number, last: number}|null} */ cursor = null; // the words or sentences that were chosen by keys
    /** @type {Map<number, HTMLElement>} */ sections = new Map();
    seconds = 0; // that a person has looked at the draft

    constructor() {
      this.layOut();
      const drafted = this.waiting.find((paragraph) => paragraph.drafts.some(isOpen));
      this.goTo(drafted?.number ?? this.firstOpen());
      this.say(this.draft ? words("Decide: a accepts, x rejects, ? shows all keys.") : words("Press ? for the keys."));
    }

    get paragraph() { return state.paragraphs.find(({ number }) => number === this.at) ?? state.paragraphs[0]; }

    /** The drafts of the paragraph that wait for a decision. */
    get drafts() { return this.paragraph.drafts.filter(isOpen); }

    /** The draft or claim that is shown. @returns {Statement|null} */
    get item() { return statementsOf(this.paragraph).find(({ id }) => id === this.id) ?? null; }

    /** The drafts of names, once no other draft of the paragraph is left. */
    get names() { return this.drafts.every(({ table }) => table === NAMES) ? this.drafts : []; }

    get draft() { return this.drafts.find(({ id }) => id === this.id) ?? null; }
    get claim() { return this.paragraph.rows.find(({ id }) => id === this.id) ?? null; }

    /** Tell whether the paragraph has neither a claim nor a reason for having none. */
    get isEmpty() { return !this.paragraph.scope && !this.paragraph.rows.length; }

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
      const marked = markedWords(paragraph, isPresent ? this.item : null, isPresent ? this.chosen : null);
      section.replaceChildren(button([label], () => { if (!this.form) this.goTo(number); }, { class: "place" }), made("p", { class: "words", lang: "" }, ...marked));
    }

    /** The paragraphs that wait for a person. */
    get waiting() { return state.paragraphs.filter(({ scope, done }) => !scope && !done); }

    /** The first paragraph after another one that waits for a person. @param {number} after */
    firstOpen(after = 0) {
      return (this.waiting.find(({ number }) => number > after) ?? this.waiting[0] ?? state.paragraphs[0]).number;
    }

    /** Show a paragraph, and its draft or claim of an id; without one, its first open draft. @param {number} number @param {string} id */
    goTo(number, id = "") {
      const before = this.paragraph;
      this.at = number;
      this.id = id;
      const open = this.drafts.filter((draft) => !later.has(draft.id)); // names come after the claims
      if (!this.item) this.id = (open.find(({ table }) => table !== NAMES) ?? open[0])?.id ?? "";
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

    /** Show the one that follows in a list, and after the last one the first open draft. @param {Statement[]} list */
    following(list) { this.goTo(this.at, list[list.findIndex(({ id }) => id === this.id) + 1]?.id); }

    /** The drafts of the paragraph that were put off. */
    get putOff() { return this.drafts.filter((draft) => later.has(draft.id)); }

    // What is shown.

    show() {
      const { paragraph, item, form, offered } = this;
      this.paint(paragraph);
      card.replaceChildren(...(form ? form.card : offered ? questionCard(offered) : item ? itemCard(item, paragraph) : []));
      if (!form && !this.question) card.append(claimList(this.paragraph.rows, item, (id) => this.goTo(this.at, id)));
      this.showTools();
      const { open, decided, done, paragraphs: all } = state.progress;
      part("progress").textContent = [words("open drafts: {n}", { n: open }), words("decided: {n}", { n: decided }), words("paragraphs done: {n} of {all}", { n: done, all })].join(" · ");
      const boxes = item?.boxes ?? [], others = this.drafts.filter((other) => other !== item).flatMap((other) => other.boxes);
      showPage(boxes[0]?.[0] ?? paragraph.page ?? 0, boxes, others);
      this.bringIntoSight();
      if (form) form.focus();
      else card.focus({ preventScroll: true });
      card.scrollTop = 0;
    }

    /** The question that is put, or what a paragraph without a draft asks for. */
    get offered() { return this.question ?? (this.form || this.item ? null : this.overview()); }

    /** What is left to do in the paragraph. @returns {Asked} */
    overview() {
      const { scope } = this.paragraph, n = this.at, left = this.drafts.length, choices = [...this.amountChoices(), ...this.classChoices()];
      const isAllDone = state.paragraphs.every((paragraph) => paragraph.done || (paragraph.scope && paragraph.scope !== UNREAD));
      const end = isAllDone ? words("All paragraphs are done: now `tipgraph build`.") : "";
      if (scope) return { heading: end || words("This paragraph has no claims."), note: labelOf(state.scopes, scope), choices: [] };
      const isDrafted = state.progress.open + state.progress.decided;
      const heading = end || (isDrafted ? words("Nothing is left to decide in ¶ {n}.", { n }) : words("Enter the claims of ¶ {n}.", { n }));
      const add = end ? words("Choose a class for a claim that is missing.") : words("Choose a class for a claim that is missing, or press d: the paragraph is done.");
      return { heading, note: left ? words("Put off: {n}. Space shows them again.", { n: left }) : add, choices };
    }

    /** The classes of a claim that is missing: the first ones, and those that come after them. @returns {Asked["choices"]} */
    classChoices() {
      const choice = (/** @type {string} */ table) => /** @type {[string, () => void]} */ ([state.tables[table].label, () => this.openForm(table)]);
      const more = Object.keys(state.tables).filter((table) => !FIRST.includes(table)).map(choice);
      return [...FIRST.map(choice), [words("Another class"), () => this.ask({ heading: words("What does the text say?"), note: "", choices: more })]];
    }

    /** The amounts of a row of a table: who the row names gave or received each. @returns {Asked["choices"]} */
    amountChoices() {
      const { amounts, text } = this.paragraph;
      const open = (/** @type {Record<string, string>} */ cells) => {
        this.chosen = spanAt(this.paragraph, 0, text.length);
        this.openForm("funding", null, cells);
      };
      return amounts.flatMap(({ words: amount, name, cells }) => [
        [words("{amount}: given by {name}", { amount, name: name || "…" }), () => open({ ...cells, giver: name })],
        [words("{amount}: received by {name}", { amount, name: name || "…" }), () => open({ ...cells, receiver: name })],
      ]);
    }

    showTools() {
      tools.replaceChildren(...this.tools().map(({ key, label, act, title, isOff = false }) => button([made("kbd", {}, SHOWN[key] ?? key), " ", label], act, {
        class: key === "a" ? "main" : "", "aria-keyshortcuts": key === " " ? "Space" : key, disabled: isOff, title,
      })));
    }

    /** What a person can do now: the key and the words of its button. @returns {Tool[]} */
    tools() {
      const { item, draft, claim } = this, keys = { key: "?", label: words("Keys"), act: () => help.showModal() };
      if (this.form) return [keys];
      if (this.question) return [{ key: "Escape", label: words("Cancel"), act: () => this.back() }, keys];
      /** @type {Tool[]} */
      const all = [
        { key: "a", label: words("Accept"), act: () => this.decide("accept", { draft: this.id, seconds: this.seconds }, words("Accepted.")), can: Boolean(draft) },
        { key: "w", label: words("Accept all names: {n}", { n: this.names.length }), act: () => this.acceptNames(), can: Boolean(draft) && this.names.length > 1, title: this.names.map(({ reads }) => reads).join("\n") },
        { key: "x", label: claim ? words("Remove") : words("Reject"), act: () => this.askWhy(), can: Boolean(item) },
        { key: "e", label: words("Edit"), act: () => this.openForm(item?.table ?? "", item), can: (item?.table ?? "") in state.tables }, // a claim on claims has no form
        { key: " ", label: words("Later"), act: () => this.later(), can: Boolean(draft) || (!item && this.drafts.length > 0) },
        { key: "s", label: claim ? words("Next saved") : words("Saved"), act: () => this.following(this.paragraph.rows), can: this.paragraph.rows.length > 0 },
        { key: "Escape", label: words("Back"), act: () => this.goTo(this.at), can: Boolean(claim) },
        { key: "m", label: words("Missed"), act: () => this.askClass() },
        { key: "d", label: words("Paragraph done"), act: () => this.done() },
        { key: "n", label: words("No claims here"), act: () => this.askScope() },
        { key: "k", label: words("Previous ¶"), act: () => this.step(-1) },
        { key: "j", label: words("Next ¶"), act: () => this.step(1) },
        { key: "u", label: words("Undo"), act: () => this.undo(), title: state.undo ?? undefined, isOff: !state.undo },
        keys,
      ];
      return all.filter(({ can = true }) => can);
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

    /** @param {Asked} question */
    ask(question) {
      this.question = question;
      this.show();
    }

    askWhy() {
      const heading = this.claim ? words("Why is it removed?") : words("Why is it rejected?");
      this.ask({ heading, note: this.item?.reads ?? "", choices: state.reasons.map(([code, label]) => [label, () => this.reject(code)]) });
    }

    /** Ask for the class of a claim that is missing; words that are selected become its evidence. */
    askClass() {
      const found = selected();
      if (found && found.number !== this.at) this.goTo(found.number);
      this.chosen = found?.span ?? null;
      this.ask({ heading: words("What does the text say?"), note: "", choices: this.classChoices() });
    }

    askScope() {
      if (!this.paragraph.scope && this.isBarred()) return;
      const scopes = [...state.scopes, .../** @type {[string, string][]} */ (this.paragraph.scope ? [["", words("it has claims")]] : [])], { row } = this.paragraph;
      /** @type {Asked["choices"]} */ const choices = scopes.map(([code, label]) => [label, () => this.scope(code)]);
      if (row) choices.splice(1, 0, [words("nothing to record in all rows that are left of this table"), () => this.scope(READ, true)]);
      this.ask({
        heading: words("Why does this paragraph have no claims?"), note: words("d again, or Enter, is the first reason."),
        choices, also: ["d", "Enter"],
      });
    }

    // Decisions.

    /**
     * Send a decision; once it is saved, go on, and say what was done.
     * @param {string} name @param {Record<string, unknown>} values @param {string} told @param {(before: Paragraph[]) => string|void} goOn  may return other words
     */
    async decide(name, values, told, goOn = () => this.goTo(this.at)) {
      const before = state.paragraphs;
      if (await this.isSaved(name, values)) this.say([goOn(before) ?? told, words("Saved.")].filter(Boolean).join(" "));
    }

    /** @param {string} reason */
    reject(reason) {
      const { claim, seconds } = this;
      if (!claim) return this.decide("reject", { draft: this.id, reason, seconds }, words("Rejected."));
      return this.decide("remove", { name: claim.id, digest: claim.digest, reason, seconds }, words("Removed."), () => {
        this.goTo(this.at);
        if (this.paragraph.done && this.isEmpty) this.askScope();
      });
    }

    /** Accept each name of the paragraph, one after the other. */
    async acceptNames() {
      for (const { id } of this.names) if (!await this.isSaved("accept", { draft: id, seconds: 0 })) return;
      this.goTo(this.at);
      this.say(words("All names of the paragraph are accepted. Saved."));
    }

    /** Put the draft off, which is not saved; or show those that were put off. */
    later() {
      if (!this.draft || later.has(this.id)) return this.following(this.putOff);
      later.add(this.id);
      this.goTo(this.at);
      this.say(words("Put off."));
    }

    undo() { return this.decide("undo", {}, words("Undone."), (before) => this.goTo(...this.restored(before))); }

    /** The place of what an undo has brought back, or else of what it changed. @param {Paragraph[]} before @returns {[number: number, id?: string]} */
    restored(before) {
      const known = new Set(before.flatMap(statementsOf).map(keyOf)), changed = state.paragraphs.filter((paragraph, at) => paragraph !== before[at]);
      const found = changed.flatMap((paragraph) => statementsOf(paragraph).map((item) => ({ at: paragraph.number, item }))).find(({ item }) => !known.has(keyOf(item)));
      return found ? [found.at, found.item.id] : [changed[0]?.number ?? this.at];
    }

    /** Tell whether drafts of the paragraph are to be decided first; then one is shown. */
    isBarred() {
      const n = this.drafts.length;
      if (n && !this.draft) this.following(this.putOff);
      if (n) this.say(words("Decide the drafts of this paragraph first: {n}.", { n }));
      return n > 0;
    }

    async done() {
      const { paragraph, at, seconds } = this;
      if (this.isBarred()) return;
      if (this.isEmpty) this.askScope();
      else if (paragraph.done || paragraph.scope) this.say(this.leave());
      else await this.decide("done", { paragraph: at, seconds }, "", () => this.leave());
    }

    /** Say why a paragraph has no claims. @param {string} scope  a code, or nothing: it has claims @param {boolean} isTable  so have the rows that are left of its table */
    scope(scope, isTable = false) {
      const { at } = this, goOn = () => (scope ? this.leave(scope === UNREAD || Boolean(this.paragraph.scope)) : this.goTo(at));
      return this.decide("scope", { paragraph: at, scope, is_table: isTable }, words("¶ {n} has claims.", { n: at }), goOn);
    }

    /** Go on from a paragraph that was closed. @param {boolean} isAside  it has no claims, or is read later */
    leave(isAside = Boolean(this.paragraph.scope)) {
      const n = this.at;
      this.goTo(this.firstOpen(n));
      return isAside ? words("¶ {n} has no claims.", { n }) : words("¶ {n} is done.", { n });
    }

    // The form.

    /** Open the form of a draft or claim, or of a claim that is missing. @param {string} table @param {Statement|null} item @param {Record<string, string>} cells  that are filled already */
    openForm(table, item = null, cells = {}) {
      this.question = this.cursor = null;
      const form = new Form(table, item, this.chosen ? [this.chosen] : [], {
        save: () => void this.save(form), cancel: () => this.back(), find: (wanted) => placeOfWords(wanted, [this.paragraph, ...state.paragraphs]),
      });
      form.put(cells);
      this.form = form;
      this.show();
    }

    /** @param {Form} form */
    async save(form) {
      await form.reading;
      if (this.form !== form || main.inert) return; // by another Enter
      const { item, table, values, faults } = form, { at, seconds } = this;
      if (faults.length) form.show(faults);
      else if (!item) await this.decide("miss", { table, paragraph: at, form: values, seconds }, words("Added."));
      else if (isDraft(item)) await this.decide("accept", { draft: item.id, form: values, seconds }, words("Saved with your changes."));
      else if (form.typed.length) await this.decide("correct", { name: item.id, digest: item.digest, form: values, seconds }, words("Corrected."));
      else {
        this.back();
        this.say(words("Nothing was changed."));
      }
    }

    /** Fill the present field with words that were chosen. @param {Span|null} span @param {boolean} isMore  beside those of the claim */
    take(span, isMore = false) {
      if (!this.form || !span) return;
      this.chosen = span;
      this.cursor = null;
      this.form.fill(span, isMore);
      this.paint(this.paragraph);
      this.bringIntoSight();
    }

    /** Choose the word or sentence before or after by keys, or one more or fewer; at first the one where the chosen words begin. @param {string} key @param {boolean} isMore */
    move(key, isMore) {
      const { paragraph, chosen, form } = this, { text, start } = paragraph, [unitsOf, step] = MOVES[key];
      const units = unitsOf(text), near = placeOf(text, (chosen?.start ?? form?.spans[0]?.start ?? start) - start);
      if (!units.length) return;
      const cursor = this.cursor?.unitsOf === unitsOf ? this.cursor : null, first = cursor && isMore ? cursor.first : null;
      const to = cursor ? cursor.last + step : units.findIndex(({ end }) => end > near);
      const last = Math.max(first ?? 0, Math.min(to, units.length - 1));
      this.take(spanOf(paragraph, units[first ?? last].start, units[last].end));
      this.cursor = { unitsOf, first: first ?? last, last };
    }

    // What the server says.

    /** Send a decision, and show what it changed; tell whether it was saved. @param {string} name @param {Record<string, unknown>} values */
    async isSaved(name, values) {
      main.inert = true;
      this.say("");
      const answer = await post(name, { version: state.version, ...values }).catch(() => null), said = await answer?.json().catch(() => null) ?? {};
      main.inert = false;
      const isTaken = Boolean(answer?.ok && !said.faults), gone = words("The server does not answer. Start `tipgraph review drafts {source}` again, and open the address that it prints.", { source: state.source });
      if (isTaken) this.change(said);
      else if (answer?.status === 409) this.renew(said); // another tab or program has decided meanwhile
      else this.refuse(said.faults ?? [{ column: "", message: said.detail ?? answer?.statusText ?? gone }]);
      return isTaken;
    }

    /** Take over the parts of the state that a decision changed. @param {Partial<State>} answer */
    change({ paragraphs = [], ...rest }) {
      const changed = new Map(paragraphs.map((paragraph) => [paragraph.number, paragraph]));
      Object.assign(state, rest, { paragraphs: state.paragraphs.map((paragraph) => changed.get(paragraph.number) ?? paragraph) });
      for (const paragraph of paragraphs) this.paint(paragraph);
    }

    /** Show why a decision was not taken: at the fields, if it has a form. @param {Fault[]} faults */
    refuse(faults) {
      const { form } = this, others = form ? form.show(faults) : faults;
      if (!form) this.back();
      this.say(others.length ? words("Not saved: {why}", { why: others.map(({ message }) => message).join(" ") }) : words("Not saved."), true);
    }

    /** Ask whether the state has changed elsewhere. */
    async look() {
      const answer = main.inert ? null : await fetch(`state?version=${state.version}`).catch(() => null);
      const now = answer?.status === 200 ? await answer.json() : null;
      if (now && !main.inert) this.renew(now);
    }

    /** Show a state that is newer than that of the page. A form stays open; if its draft or claim is another one by now, what was typed is listed. @param {State} now */
    renew(now) {
      const { form } = this, was = form ? form.item : this.item;
      state = now;
      this.layOut();
      const isSame = !was || (this.item && keyOf(this.item) === keyOf(was));
      if (form && isSame) this.show();
      else {
        part("typed").replaceChildren(...(form?.typed ?? []).map((line) => made("li", {}, line)));
        left.hidden = !form?.typed.length;
        this.goTo(this.paragraph.number, this.id);
      }
      this.say(words("Somebody decided in another tab or program. This is the new state."), true);
    }

    /** Do what a key means now; tell whether it means something. @param {string} key */
    press(key) {
      const tool = this.tools().find((one) => one.key === key), choices = this.offered?.choices ?? [];
      const choice = choices[DIGITS.indexOf(key)] ?? (this.question?.also?.includes(key) ? choices[0] : undefined);
      if (tool && !tool.isOff) tool.act();
      else if (choice) choice[1]();
      else if (key === "Escape") this.back();
      return Boolean(tool ?? choice) || key === "Escape";
    }
  }

  // Keys, the mouse and touch.

  const KEYS = "tipgraph-review-keys";
  const TOUCHED = 700; // milliseconds after which a selection by touch is complete
  const box = /** @type {HTMLInputElement} */ (byId("keys-on"));
  box.checked = localStorage.getItem(KEYS) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEYS, box.checked ? "on" : "off"));

  /** Tell whether a key decides something: not in a field, and not on a button that it presses. @param {KeyboardEvent} event */
  function isDecision({ key, ctrlKey, metaKey, altKey, repeat, target }) {
    const element = /** @type {HTMLElement} */ (target);
    if (ctrlKey || metaKey || altKey || repeat || help.open || !box.checked) return false;
    return !element.closest("input, select, textarea, [contenteditable]") && !((key === " " || key === "Enter") && element.closest("button, a, summary"));
  }

  /** Let keys work, but while a decision is being saved: nobody decides a draft before it is seen. @param {Review} review */
  function listenToKeys(review) {
    document.addEventListener("keydown", (event) => {
      const { key, altKey, shiftKey } = event;
      if (main.inert) return;
      if (altKey && review.form && key in MOVES) review.move(key, shiftKey);
      else if (!isDecision(event) || !review.press(key)) return;
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
    const answer = await fetch("state");
    if (!answer.ok) throw new Error((await answer.json()).detail);
    state = await answer.json();
    const review = new Review();
    listenToKeys(review);
    listenToText(review);
    part("close-left").addEventListener("click", () => { left.hidden = true; card.focus(); });
    setInterval(() => { if (!document.hidden) review.seconds += 0.1; }, 100);
    addEventListener("focus", () => void review.look());
    addEventListener("beforeunload", (event) => { if (main.inert) event.preventDefault(); });
  }

  start().catch((error) => { status.textContent = error.message; status.classList.add("warn"); });
})();
