// The page of a review: one draft at a time, decided by one key, and saved at once.

import { button, byId, made, part } from "../shared/elements.js";
import { wording } from "../shared/words.js";
import { actionWords, choiceList, claimCard, claimList, draftCard, notProposed } from "./card.js";
import { Clock } from "./clock.js";
import { Form } from "./form.js";
import { Picture } from "./picture.js";
import { addressOf, keepPlace } from "./place.js";
import { Store } from "./store.js";
import { isOpen, markedWords, placeOfWords, selected, sentenceFrom, spanAt, WordCursor } from "./text.js";
/** @import { Action } from "./store.js" */
/** @import { Draft, Fault, Paragraph, SavedClaim, Span, State } from "./types.d.ts" */

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

  /** @param {string} table @param {import("./form.js").Given} given */
  openMissed(table, given = { cells: {}, entries: [], spans: this.chosen ? [this.chosen] : [] }) {
    const { at } = this;
    this.openForm(table, given, (values) => {
      this.store.send("miss", { table, paragraph: at, ...values, seconds: this.clock.seconds });
      this.tell(words("Added."));
      this.next();
    });
  }

  /** @param {string} table @param {import("./form.js").Given} given @param {(values: Form["values"]) => void} send */
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

  /** The content of a form as it was sent. @param {Record<string, any>} values @returns {import("./form.js").Given} */
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
