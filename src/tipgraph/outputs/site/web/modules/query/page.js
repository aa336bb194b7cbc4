// The query page: a question with its parameters, or SPARQL of one's own; the answer as table, network and map.

import { fragmentIn, keepFragment } from "../shared/address.js";
import { download } from "../shared/download.js";
import { button, byId, made, selectTab } from "../shared/elements.js";
import "../shared/every-page.js";
import { ID_BASE } from "../shared/iris.js";
import { pageData } from "../shared/page-data.js";
import { wording } from "../shared/words.js";
import { Teller, Told, lastPart, nearest, notKnown } from "./annotations.js";
import { AskAnswer, ahead } from "./answer.js";
import { AskTable, numeral } from "./cells.js";
import { LONGEST_EDITED, plainEditor, richEditor } from "./editor.js";
import { engineOf } from "./engine.js";
import { fileName, fileOf } from "./exports.js";
import { AskForm } from "./form.js";
import { namedIn } from "./guard.js";
import { AskEarth } from "./map-view.js";
import { nearby } from "./nearby.js";
import { AskNetwork } from "./network-view.js";
import { bound } from "./terms.js";
import { tiesAny } from "./ties.js";
/** @import { Labels } from "../shared/types.d.ts" @import { AskData, AskEngine, AskView, Row, Taken, Term } from "./types.d.ts" */

const OURS = new Set(["reference", "identity", "audits", "derived", "ontology"]); // graphs that are no source
const MOST_UNKNOWN = 10;
const VIEWS = /** @type {AskView[]} */ (["table", "network", "map"]);

/** The page while it is open. */
class AskPage {
  /** @param {AskData} data @param {AskEngine} engine */
  constructor(data, engine) {
    this.data = data;
    this.words = wording(data.words);
    this.engine = engine;
    this.teller = new Teller(engine, data.queries, data.language);
    this.form = new AskForm(byId("parameters"), this.words, this.teller);
    const plain = typeof Yasqe === "undefined" || (new URLSearchParams(fragmentIn()).get("query") ?? "").length > LONGEST_EDITED;
    this.editor = plain ? plainEditor(byId("sparql")) : richEditor(byId("sparql"), data.terms, () => this.run(), () =>
      this.say(this.words("The editor takes {most} characters; run longer queries with `tipgraph query --file`.", { most: LONGEST_EDITED }), true));
    const table = new AskTable(byId("view-table"), data.root, data.records, this.words);
    this.views = {
      table,
      network: new AskNetwork(byId("drawn"), byId("chosen"), data.drawing, table, this.words),
      map: new AskEarth(byId("view-map"), data.map, table, this.words),
    };
    this.view = /** @type {AskView} */ ("table");
    this.running = /** @type {AbortController|null} */ (null);
    this.answer = /** @type {Taken|null} */ (null); // null as long as there are no rows
    this.stale = /** @type {Set<AskView>} */ (new Set()); // the views that do not show this answer yet
    this.listen();
    this.restore();
  }

  listen() {
    byId("asking").addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); this.run(); });
    byId("stop").addEventListener("click", () => { this.running?.abort(); byId("run").focus(); });
    byId("parameters").addEventListener("input", () => this.markOutdated());
    byId("question").addEventListener("change", () => this.choose(byId("question").value));
    this.editor.change(() => this.edited());
    byId("text").addEventListener("toggle", () => this.editor.shown());
    VIEWS.forEach((view) => byId(`tab-${view}`).addEventListener("click", () => this.turn(view)));
    byId("tabs").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      this.turn(VIEWS[(VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length]);
      byId(`tab-${this.view}`).focus();
    });
    for (const form of /** @type {const} */ (["csv", "json", "graphml"])) byId(form).addEventListener("click", () => this.take(form));
    byId("share").addEventListener("click", () => this.share());
    addEventListener("hashchange", () => this.restore());
    addEventListener("pagehide", () => this.leave());
    document.documentElement.dataset.ready = "yes";
  }

  /** End a running query without a message, since another page takes the place of this one. */
  leave() {
    const { running } = this;
    this.running = null;
    running?.abort();
  }

  get question() {
    return this.data.questions.find(({ name }) => name === byId("question").value) ?? null;
  }

  /** Choose a question, and put its text into the editor. @param {string} name @param {Labels} values */
  choose(name, values = {}) {
    byId("question").value = this.data.questions.some((question) => question.name === name) ? name : "";
    this.form.show(this.question, values);
    byId("text").open = !this.question;
    this.editor.value = this.question?.text ?? this.data.example;
    this.markOutdated();
  }

  /** An edited question is a query of one's own; the fields still fill its slots. */
  edited() {
    if (this.question && this.editor.value !== this.question.text) byId("question").value = "";
    this.markOutdated();
  }

  /** Say whether the answer is one to the question that the form holds now. */
  markOutdated() {
    const { asked } = this;
    const same = Object.keys({ ...asked, ...this.answer?.asked }).every((key) => asked[key] === this.answer?.asked[key]);
    byId("outdated").hidden = this.answer === null || same;
  }

  /** Fill the form from the address, and run its question. */
  restore() {
    if (this.fragment && this.fragment === fragmentIn()) return;
    const { question: name = "", query: text, view = "table", ...values } =
      /** @type {Labels & {query?: string, view?: AskView}} */ (Object.fromEntries(new URLSearchParams(fragmentIn())));
    this.look(VIEWS.includes(view) ? view : "table");
    if (name && !this.data.questions.some((question) => question.name === name)) {
      this.choose("");
      this.fail(this.words("There is no question {name} here; choose one, or write your own SPARQL.", { name }));
      return;
    }
    this.choose(name || (text === undefined ? this.data.questions[0]?.name ?? "" : ""), values);
    if (text !== undefined) this.editor.value = text;
    if (name || text !== undefined) this.run();
  }

  /** The question in the form, as an address holds it. @returns {Labels} */
  get asked() {
    return this.question ? { question: this.question.name, ...this.form.values } : { query: this.editor.value, ...this.form.values };
  }

  /** Keep the question of an answer, and its view, in the address. @param {Labels} asked */
  remember(asked) {
    this.fragment = String(new URLSearchParams(this.view === "table" ? asked : { ...asked, view: this.view }));
    keepFragment(this.fragment);
  }

  /** Run the query, and show the rows of its answer as they come. */
  async run() {
    this.running?.abort();
    const running = this.running = new AbortController();
    const { signal } = running;
    this.busy(true);
    this.say(this.words("Asking …"));
    const begun = performance.now();
    let taken = /** @type {Taken|null} */ (null);
    try {
      const values = await this.form.terms(this.teller, signal);
      signal.throwIfAborted();
      if (values === null) return this.fail(this.words("A parameter is not valid; see above."));
      const unknown = await this.unknownTerms(signal);
      signal.throwIfAborted();
      if (unknown) return this.fail(unknown);
      const told = new Told();
      for await (const slice of ahead(this.engine.stream(bound(this.editor.value, values), signal), signal)) {
        await this.teller.about(slice, told, signal);
        signal.throwIfAborted();
        taken ??= this.begin(slice.columns, told);
        this.come(taken, slice.rows);
      }
      if (taken) this.end(taken, (performance.now() - begun) / 1000);
      if (taken && !taken.answer.length) await this.offerNearby(values, signal);
    } catch (error) {
      if (this.running === running) this.broken(taken, signal.aborted, error instanceof Error ? error.message : String(error));
    } finally {
      if (this.running === running) {
        this.running = null;
        this.busy(false);
      }
      running.abort(); // ends whatever still gives rows
    }
    return undefined;
  }

  /** Begin an answer. @param {string[]} columns @param {Told} told @returns {Taken} */
  begin(columns, told) {
    this.forget();
    const { asked } = this;
    this.remember(asked);
    const taken = { answer: new AskAnswer(columns), told, name: this.question?.name ?? "answer", asked, whole: false };
    this.views.table.begin(taken.answer, told);
    this.offerGraphml(false);
    return taken;
  }

  /** @param {boolean} on */
  offerGraphml(on) {
    byId("graphml").disabled = !on;
    byId("graphml-why").hidden = on;
  }

  /** Add rows to an answer. @param {Taken} taken @param {Row[]} rows */
  come(taken, rows) {
    if (!rows.length) return;
    const { answer, told } = taken;
    answer.add(rows);
    if (!this.answer) {
      this.answer = taken;
      byId("answer").hidden = false;
      this.look(this.view);
    }
    this.stale = new Set(VIEWS);
    if (byId("graphml").disabled && rows.some((row) => tiesAny(answer.columns, row, told))) this.offerGraphml(true);
    this.views.table.rows?.grow();
    this.say(this.words("{count} rows so far …", { count: numeral(answer.length) }));
  }

  /** End an answer that is complete. @param {Taken} taken @param {number} seconds */
  end(taken, seconds) {
    taken.whole = true;
    this.settle();
    this.say(taken.answer.length
      ? this.words("{count} rows in {seconds} s", { count: numeral(taken.answer.length), seconds: seconds.toFixed(2) })
      : this.words("No source in this graph reports this. Absence is not evidence of absence."));
  }

  /** Offer the questions near to one without an answer. @param {Record<string, Term[]>} given @param {AbortSignal} signal */
  async offerNearby(given, signal) {
    const question = { text: this.editor.value, parameters: this.form.question?.parameters ?? {} };
    const near = await nearby(this.engine, this.teller, question, given, this.form.values, signal).catch(() => []);
    signal.throwIfAborted();
    const offers = near.map(({ values, rows }) => {
      const asked = Object.entries(values).map((pair) => pair.join("=")).join(" ") || this.words("without parameters");
      const label = this.words("{asked} (rows: {rows})", { asked, rows: numeral(rows) });
      return made("li", {}, button([label], () => { this.form.show(this.form.question, values); this.run(); }));
    });
    if (offers.length) byId("near").replaceChildren(made("p", {}, this.words("One step away:")), made("ul", {}, ...offers));
  }

  /** End an answer that is not complete: its rows stay, and are called a part. @param {Taken|null} taken @param {boolean} stopped @param {string} why */
  broken(taken, stopped, why) {
    if (!taken?.answer.length) return stopped ? this.fail(this.words("Stopped."), false) : this.fail(why);
    const count = numeral(taken.answer.length);
    this.settle();
    byId("part").hidden = false;
    byId("part").textContent = this.words("This is a part of the answer: its first {count} rows. There may be more.", { count });
    return stopped ? this.say(this.words("Stopped; the first {count} rows.", { count }))
      : this.say(this.words("Interrupted after the first {count} rows: {why}", { count, why }), true);
  }

  /** Fit the columns and the pictures to the rows, since no more will come. */
  settle() {
    if (!this.answer) return;
    this.answer.answer.close();
    this.views.table.rows?.whole();
    this.look(this.view);
  }

  /** Remove the answer, which would be read as one to the last question. */
  forget() {
    this.answer = null;
    this.stale.clear();
    byId("answer").hidden = byId("part").hidden = byId("outdated").hidden = true;
    byId("near").replaceChildren();
  }

  /** Say why there is no answer. @param {string} text @param {boolean} bad */
  fail(text, bad = true) {
    this.forget();
    this.say(text, bad);
  }

  /** Name the terms and entries of a query that neither ontology nor graph has, each with the nearest one. @param {AbortSignal} signal */
  async unknownTerms(signal) {
    const { prefixes, terms } = this.data;
    const iriOf = (/** @type {string} */ term) => (prefixes[term.split(":", 1)[0]] ?? "") + term.slice(term.indexOf(":") + 1);
    const known = new Map(terms.map(({ term }) => [iriOf(term), term]));
    const space = (/** @type {string} */ iri) => iri.slice(0, iri.indexOf("#") + 1);
    const spaces = new Map([...known].map(([iri, term]) => [space(iri), term.split(":", 1)[0]]));
    const unknown = new Map([...namedIn(this.editor.value, prefixes)]
      .filter(([iri]) => (iri.startsWith(ID_BASE) && !OURS.has(iri.slice(ID_BASE.length))) || (spaces.has(space(iri)) && !known.has(iri))).slice(0, MOST_UNKNOWN));
    const used = unknown.size ? await this.teller.each("used", "node", [...unknown.keys()], signal) : [];
    for (const { node } of used) unknown.delete(node.value);
    const entries = [...unknown.keys()].some((iri) => iri.startsWith(ID_BASE)) ? await this.teller.entries(signal) : new Map();
    return [...unknown].map(([iri, name]) => {
      const entry = entries.get(nearest(lastPart(iri), [...entries.keys()]));
      if (iri.startsWith(ID_BASE)) return notKnown(name, entry ? `<${entry}>` : "", this.words);
      const near = nearest(`${spaces.get(space(iri))}:${iri.slice(space(iri).length)}`, [...known.values()]);
      return near ? this.words("{name} is not a term of this ontology; perhaps {near}?", { name, near }) : this.words("{name} is not a term of this ontology", { name });
    }).join(" ");
  }

  /** @param {boolean} on */
  busy(on) {
    byId("stop").hidden = !on;
    byId("answer").setAttribute("aria-busy", String(on));
  }

  /** @param {string} text @param {boolean} bad */
  say(text, bad = false) {
    byId("said").textContent = text;
    byId("said").className = bad ? "warn" : "";
  }

  /** Show another view, and keep it in the address. @param {AskView} view */
  turn(view) {
    this.look(view);
    if (this.answer) this.remember(this.answer.asked);
  }

  /** Show a view, which is drawn when it is first seen. @param {AskView} view */
  look(view) {
    this.view = view;
    for (const name of VIEWS) byId(`view-${name}`).hidden = name !== view;
    selectTab(VIEWS.map((name) => byId(`tab-${name}`)), byId(`tab-${view}`));
    if (!this.answer || view === "table") return;
    if (this.stale.delete(view)) this.views[view].show(this.answer.answer, this.answer.told);
  }

  /** Download the answer. @param {"csv"|"json"|"graphml"} form */
  async take(form) {
    if (this.answer) download(fileName(this.answer, form, this.words), await fileOf(this.answer, form));
  }

  async share() {
    this.remember((this.answer ?? this).asked);
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(this.words("The address is copied; it contains the question."));
    } catch {
      this.say(this.words("The address above contains the question; copy it."));
    }
  }
}

/** Open the page if there is an engine. */
async function openPage() {
  const data = /** @type {AskData} */ (await pageData("data"));
  const form = byId("asking");
  let [engine, fault] = [/** @type {AskEngine|null} */ (null), ""];
  try {
    engine = await engineOf(data);
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  if (!form.isConnected) return; // another page has taken the place
  if (fault) byId("fault").textContent = fault;
  byId("absent").hidden = engine !== null;
  form.hidden = engine === null;
  byId("limit").hidden = engine === null || !("seconds" in engine);
  if (engine) Object.assign(globalThis, { askPage: new AskPage(data, engine) });
  else document.documentElement.dataset.ready = "yes";
}

openPage();
