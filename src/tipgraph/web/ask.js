"use strict";
// The page on which one asks: a question with its parameters, or SPARQL of one's own; the answer as table, network and map.

/**
 * @typedef {{language: string, root: string, home: string, example: string, questions: Question[], queries: Labels, terms: KnownTerm[], map: AskMap,
 *   drawing: Record<string, any>, words: Labels}} AskData
 * @typedef {"table"|"network"|"map"} AskView
 */

const VIEWS = /** @type {AskView[]} */ (["table", "network", "map"]);

/** @param {string} id @returns {any} */
function byId(id) {
  return document.getElementById(id);
}

/** The page while it is open. */
class AskPage {
  /** @param {AskData} data @param {AskEngine} engine */
  constructor(data, engine) {
    this.data = data;
    this.words = wording(data.words);
    this.engine = engine;
    this.teller = new Teller(engine, data.queries, data.language);
    this.form = new AskForm(byId("parameters"), this.words, this.teller);
    const run = () => { this.run(); };
    this.editor = typeof Yasqe === "undefined" ? plainEditor(byId("sparql")) : richEditor(byId("sparql"), data.terms, run);
    const table = new AskTable(byId("view-table"), data.root, this.words);
    this.views = {
      table,
      network: new AskNetwork(byId("drawn"), byId("chosen"), data.drawing, table, this.words),
      map: new AskEarth(byId("view-map"), data.map, table, this.words),
    };
    this.view = /** @type {AskView} */ ("table");
    this.running = /** @type {AbortController|null} */ (null);
    this.answer = /** @type {{answer: Answer, told: Told}|null} */ (null);
    this.stale = new Set(VIEWS);
    this.listen();
    this.restore();
  }

  listen() {
    byId("asking").addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); this.run(); });
    byId("stop").addEventListener("click", () => this.running?.abort());
    byId("question").addEventListener("change", () => this.choose(byId("question").value));
    this.editor.change(() => this.edited());
    byId("text").addEventListener("toggle", () => this.editor.shown());
    VIEWS.forEach((view) => byId(`tab-${view}`).addEventListener("click", () => this.look(view)));
    byId("tabs").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      this.look(VIEWS[(VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length]);
      byId(`tab-${this.view}`).focus();
    });
    byId("csv").addEventListener("click", () => this.take("csv"));
    byId("json").addEventListener("click", () => this.take("json"));
    byId("share").addEventListener("click", () => this.share());
    addEventListener("hashchange", () => this.restore());
    document.documentElement.dataset.ready = "yes";
  }

  get question() {
    return this.data.questions.find(({ name }) => name === byId("question").value) ?? null;
  }

  /** Take a question; its text comes into the editor. @param {string} name @param {Labels} values */
  choose(name, values = {}) {
    byId("question").value = this.data.questions.some((one) => one.name === name) ? name : "";
    this.form.show(this.question, values);
    byId("text").open = !this.question;
    this.editor.value = this.question?.text ?? this.data.example;
  }

  /** Who changes the text of a question asks one of their own; the fields go on filling its slots. */
  edited() {
    if (this.question && this.editor.value !== this.question.text) byId("question").value = "";
  }

  /** Do what the address says. */
  restore() {
    const asked = new URLSearchParams(fragmentIn());
    if (this.fragment && this.fragment === fragmentIn()) return;
    const [name, text] = [asked.get("question") ?? "", asked.get("query")];
    const view = /** @type {AskView} */ (asked.get("view") ?? "table");
    this.look(VIEWS.includes(view) ? view : "table");
    const values = Object.fromEntries([...asked].filter(([key]) => !["question", "query", "view"].includes(key)));
    this.choose(name || (text === null ? this.data.questions[0]?.name ?? "" : ""), values);
    if (text !== null) this.editor.value = text;
    if (name || text !== null) this.run();
  }

  remember() {
    const asked = this.question ? { question: this.question.name, ...this.form.values } : { query: this.editor.value, ...this.form.values };
    const words = new URLSearchParams(this.view === "table" ? asked : { ...asked, view: this.view });
    this.fragment = String(words);
    keepFragment(this.fragment);
  }

  /** Ask, and show the answer. */
  async run() {
    this.running?.abort();
    const running = this.running = new AbortController();
    this.busy(true);
    this.say(this.words("Asking …"));
    const begun = performance.now();
    try {
      const values = await this.form.terms(this.teller, running.signal);
      if (values === null) return this.say(this.words("A parameter is not understood; see above."), true);
      const answer = await gathered(this.engine.stream(bound(this.editor.value, values), running.signal));
      const told = await this.teller.about(answer, running.signal);
      this.show(answer, told, (performance.now() - begun) / 1000);
    } catch (error) {
      if (this.running !== running) return undefined;
      this.say(running.signal.aborted ? this.words("Stopped.") : error instanceof Error ? error.message : String(error), !running.signal.aborted);
    } finally {
      if (this.running === running) {
        this.running = null;
        this.busy(false);
      }
    }
    return undefined;
  }

  /** @param {Answer} answer @param {Told} told @param {number} seconds */
  show(answer, told, seconds) {
    this.answer = { answer, told };
    this.stale = new Set(VIEWS);
    byId("answer").hidden = false;
    byId("some").hidden = !answer.rows.length;
    if (!answer.rows.length) this.answer = null;
    const strange = this.strange();
    const found = answer.rows.length ? this.words("{count} rows in {seconds} s", { count: answer.rows.length, seconds: seconds.toFixed(2) })
      : strange ? this.words("No row.") : this.words("Nothing in this graph fits. That its sources do not say it does not mean that it is not so.");
    this.say([found, strange].filter(Boolean).join(" "));
    this.look(this.view);
    this.remember();
  }

  /** Take the answer away: it would be read as one to what was asked last. */
  forget() {
    this.answer = null;
    byId("answer").hidden = true;
  }

  /** What a query calls by no name that the ontology has, each with the nearest that it has. */
  strange() {
    const known = new Set(this.data.terms.map(({ term }) => term));
    const names = new Set(this.editor.value.replace(/#[^\n]*|"[^"\n]*"|<[^>\n]*>/g, "").match(/\b(?:tip|code):[\w-]+/g) ?? []);
    return [...names].filter((name) => !known.has(name)).map((name) => {
      const near = nearest(name, [...known]);
      return near ? this.words("{name} is no term of this ontology; perhaps {near}?", { name, near }) : this.words("{name} is no term of this ontology", { name });
    }).join(" ");
  }

  /** @param {boolean} on */
  busy(on) {
    byId("stop").hidden = !on;
    byId("answer").setAttribute("aria-busy", String(on));
  }

  /** @param {string} text @param {boolean} bad */
  say(text, bad = false) {
    if (bad) this.forget();
    byId("said").textContent = text;
    byId("said").className = bad ? "warn" : "";
  }

  /** Look at the answer in a way, which is drawn when it is first looked at. @param {AskView} view */
  look(view) {
    this.view = view;
    for (const one of VIEWS) {
      byId(`view-${one}`).hidden = one !== view;
      byId(`tab-${one}`).setAttribute("aria-selected", String(one === view));
      byId(`tab-${one}`).tabIndex = one === view ? 0 : -1;
    }
    if (!this.answer || !this.stale.delete(view)) return;
    this.views[view].show(this.answer.answer, this.answer.told);
    this.remember();
  }

  /** @param {"csv"|"json"} form */
  take(form) {
    if (!this.answer) return;
    const { answer, told } = this.answer;
    const name = `${this.question?.name ?? "answer"}.${form}`;
    if (form === "csv") download(name, new Blob([answerCsv(answer, told)], { type: "text/csv;charset=utf-8" }));
    else download(name, new Blob([JSON.stringify(answerJson(answer, told), null, 1)], { type: "application/json" }));
  }

  async share() {
    this.remember();
    try {
      await navigator.clipboard.writeText(location.href);
      this.say(this.words("The address is copied; it holds the question."));
    } catch {
      this.say(this.words("The address above holds the question; copy it."));
    }
  }
}

/** How a claim is said, where that must be known. @param {{implied: boolean, unreviewed: boolean} | undefined} remark */
function marksOf(remark) {
  const marks = [...(remark?.implied ? ["implied"] : []), ...(remark?.unreviewed ? ["not reviewed"] : [])];
  return marks.length ? ` (${marks.join(", ")})` : "";
}

/** The rows as CSV, each with the labels of its things and where it is said. @param {Answer} answer @param {Told} told */
function answerCsv({ columns, rows }, told) {
  const labelled = columns.filter((name) => rows.some((row) => row[name]?.type === "uri" && told.labels.has(row[name].value)));
  const line = (/** @type {string[]} */ cells) => cells.map(csvCell).join(",");
  const head = line([...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "contradicted"]);
  const body = rows.map((row) => line([
    ...columns.map((name) => row[name]?.value ?? ""),
    ...labelled.map((name) => told.labels.get(row[name]?.value ?? "") ?? ""),
    claimsIn(row, told).flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) =>
      `${spotLabel(cited)}${marksOf(told.remarks.get(claim))}`)).join("; "),
    claimsIn(row, told).flatMap((claim) => told.remarks.get(claim)?.notes ?? []).join("; "),
    claimsIn(row, told).flatMap((claim) => told.against.get(claim) ?? []).join("; "),
  ]));
  return `${[head, ...body].join("\n")}\n`;
}

/** @param {Answer} answer @param {Told} told */
function answerJson({ columns, rows }, told) {
  const value = (/** @type {Term} */ term) => (term.type === "uri" ? { iri: term.value, label: told.labels.get(term.value) ?? null } : term.value);
  return rows.map((row) => ({ ...Object.fromEntries(columns.map((name) => [name, row[name] ? value(row[name]) : null])), "said at": saidAt(row, told) }));
}

/** Where the claims of a row are said. @param {Row} row @param {Told} told */
function saidAt(row, told) {
  return claimsIn(row, told).flatMap((claim) => told.cited.get(claim) ?? []);
}

/** The claims of a row, none twice. @param {Row} row @param {Told} told */
function claimsIn(row, told) {
  return [...new Set(Object.values(row).map(({ value }) => value))].filter((node) => told.cited.has(node));
}

/** The name that is nearest to another, by pairs of letters that they share; empty where none is near. @param {string} name @param {string[]} known */
function nearest(name, known) {
  const pairs = (/** @type {string} */ text) => new Set([...text.toLowerCase()].map((letter, at) => letter + (text.toLowerCase()[at + 1] ?? "")));
  const own = pairs(name);
  const likeness = (/** @type {string} */ other) => {
    const theirs = pairs(other);
    return 2 * [...own].filter((pair) => theirs.has(pair)).length / (own.size + theirs.size);
  };
  const [best] = known.map((other) => ({ other, like: likeness(other) })).sort((one, two) => two.like - one.like);
  return best && best.like > 0.7 ? best.other : "";
}

/** Open the page, where there is something to ask. */
async function openAsking() {
  const data = /** @type {AskData} */ (JSON.parse(byId("data").textContent ?? ""));
  const engine = await engineOf(data.home);
  byId("absent").hidden = engine !== null;
  byId("asking").hidden = engine === null;
  if (engine) Object.assign(globalThis, { askPage: new AskPage(data, engine) });
  else document.documentElement.dataset.ready = "yes";
}

openAsking();
