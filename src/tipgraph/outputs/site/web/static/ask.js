// @ts-check
// The query page: a question with its parameters, or SPARQL of one's own; the answer as table, network and map.
(async () => {
  "use strict";
  const {
    button, byId, carriedBy, CODE, csvCell, download, drawn, folded, fragmentIn, graphmlLines, ID_BASE, keepFragment, LICENCES, made,
    nearFinder, pageData, selectTab, shortIri, showFirst, showPassing, TIP, unpacked, wording, wordsOf, XSD,
  } = tipgraph;
  const { VisPicture } = networkPicture;
  const data = /** @type {AskData} */ (await pageData("data"));
  const words = wording(data.words);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });

  // RDF terms as an endpoint answers with them, and as they fill the slots of a query; no other text is ever put into one.

  const SLOT = /VALUES\s+\?([\p{L}\p{N}_]+)\s*\{\s*UNDEF\s*\}/giu;
  const NO_IRI = /[\u0000-\u0020<>"{}|^`\\]/;
  const NUMBER = /#(?:integer|decimal|double|float)$/;

  /** @param {string} value @returns {Term} */
  const iri = (value) => ({ type: "uri", value });

  /** @param {string} value @param {string} [datatype] @returns {Term} */
  const literal = (value, datatype) => (datatype ? { type: "literal", value, datatype } : { type: "literal", value });

  /** Whether a term is a number. @param {Term|undefined} term */
  const isNumber = (term) => term?.type === "literal" && NUMBER.test(term.datatype ?? "");

  /** A term as SPARQL writes it; a RangeError for what is none. @param {any} term @returns {string} */
  function termText({ type, value, datatype, "xml:lang": language }) {
    if (type === "triple") return `<<( ${[value.subject, value.predicate, value.object].map(termText).join(" ")} )>>`;
    if (type === "bnode") return `_:${value}`;
    if (type === "uri") {
      if (NO_IRI.test(value)) throw new RangeError(value);
      return `<${value}>`;
    }
    const text = JSON.stringify(value); // its escapes are those of SPARQL
    return language ? `${text}@${language}` : datatype ? `${text}^^${termText(iri(datatype))}` : text;
  }

  /** Put terms into the slots of a query; a slot without a value is left out. @param {string} text @param {Record<string, Term[]>} values */
  function bound(text, values) {
    return text.replace(SLOT, (_, name) => (values[name] ? `VALUES ?${name} { ${values[name].map(termText).join(" ")} }` : ""));
  }

  // The answers of an engine: JSON, or N-Triples for what builds triples.

  const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.*) \.$/s;
  const LITERAL = /^("[^"\\]*(?:\\.[^"\\]*)*")(?:@([\w-]+)|\^\^<([^>]*)>)?$/s;

  /** An answer as JSON has it, of SELECT or of ASK. @param {{head: {vars: string[]}, results: {bindings: Row[]}, boolean?: boolean}} json @returns {Answer} */
  function answerOf({ head, results, boolean: truth }) {
    return truth === undefined ? { columns: head.vars, rows: results.bindings.map(ownRow) } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
  }

  /** A row that has its own columns only, whatever they are called, and a triple as text. @param {Row} row @returns {Row} */
  function ownRow(row) {
    for (const [name, term] of Object.entries(row)) if (term.type === "triple") row[name] = literal(termText(term));
    return Object.setPrototypeOf(row, null);
  }

  /** Lines of N-Triples, as Oxigraph writes them, as an answer. @param {string} text @returns {Answer} */
  function triplesOf(text) {
    const rows = text.split("\n").filter(Boolean).map((line) => {
      const [, subject, predicate, object] = TRIPLE.exec(line) ?? [];
      return { subject: termOf(subject), predicate: termOf(predicate), object: termOf(object) };
    });
    return { columns: ["subject", "predicate", "object"], rows };
  }

  /** A term of N-Triples; a triple is shown as it is written. @param {string} text @returns {Term} */
  function termOf(text) {
    const [, quoted, language, datatype] = LITERAL.exec(text) ?? [];
    if (language) return { type: "literal", value: JSON.parse(quoted), "xml:lang": language };
    if (quoted) return literal(JSON.parse(quoted), datatype);
    if (text.startsWith("_:")) return { type: "bnode", value: text.slice(2) };
    return text.startsWith("<<") ? literal(text) : iri(text.slice(1, -1));
  }

  // What a query names outside of its comments and texts.

  const ASIDE = /<[^<>"{}|^`\\\s]*>|#.*|"{3}(?:\\[^]|[^\\])*?"{3}|'{3}(?:\\[^]|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/g;
  const FROM = /(?<![?$@:\p{L}\p{N}_-])FROM\s+(?:NAMED\s+)?<?([^>\s]*)/giu;
  const DECLARED = /PREFIX\s+([\p{L}\p{N}_.-]*):\s*<([^>]*)>/giu;
  // The template of CONSTRUCT, data of a caller in VALUES, and graphs: these may be new.
  const NEW = /\bCONSTRUCT\s*\{[^}]*\}|\bVALUES\b[^{]*\{[^}]*\}|\b(?:GRAPH|FROM|NAMED)\s+(?:<[^>]*>|\S+)/gi;
  // An IRI in full, or a prefix with a name; no function. Longer ones are no typing errors.
  const NAMED = /<([^>]{1,200})>|([\p{L}\p{N}_.-]{0,40}):((?:[\p{L}\p{N}_.%-]|\\.){0,79}[\p{L}\p{N}_-])(?![\p{L}\p{N}_%:\\(-])/gu;

  /** A query without its comments and texts. @param {string} text */
  const bared = (text) => text.replace(ASIDE, (piece) => (piece.startsWith("<") ? piece : " "));

  /** The IRIs that a query names, each as it is first written. @param {string} text @returns {Map<string, string>} */
  function namedIn(text) {
    const bare = bared(text);
    const spaces = new Map([...Object.entries(data.prefixes), ...[...bare.matchAll(DECLARED)].map(([, prefix, space]) => /** @type {const} */ ([prefix, space]))]);
    const found = /** @type {Map<string, string>} */ (new Map());
    for (const [piece, whole, prefix, name = ""] of bare.replace(DECLARED, " ").replace(NEW, " ").matchAll(NAMED)) {
      const node = whole ?? (spaces.has(prefix) ? spaces.get(prefix) + name.replaceAll("\\", "") : "");
      if (node && !found.has(node)) found.set(node, piece);
    }
    return found;
  }

  // The engine inside the page: Oxigraph as WebAssembly in a worker.

  const SECONDS = 30; // of a query, where the page does not say otherwise

  /** It answers one query after the other, and begins anew after a crash or a timeout. @implements {AskEngine} */
  class PageEngine {
    /** @param {Blob} script @param {WebAssembly.Module} module @param {Blob} graph */
    constructor(script, module, graph) {
      this.parts = { address: URL.createObjectURL(script), module, graph };
      this.words = words; // of the page that asks
      this.last = /** @type {Promise<unknown>} */ (Promise.resolve());
      this.worker = this.started();
    }

    /** The engine that this page carries. @returns {Promise<PageEngine>} */
    static async carried() {
      const [engine, graph] = await Promise.all(["assets/engine.js", "assets/graph.js"].map((path) => carriedBy(path, data.home)));
      const [script, binary, statements] = [engine.get("worker.js"), engine.get("oxigraph.wasm"), graph.get("graph.trig")].map(unpacked);
      const module = await WebAssembly.compile(await binary.arrayBuffer());
      return new PageEngine(new Blob([await script.blob()], { type: "text/javascript" }), module, await statements.blob());
    }

    /** A worker that will have read the graph; who asks it learns whether it could. @returns {Promise<Worker>} */
    started() {
      const { address, module, graph } = this.parts;
      const worker = new Worker(address);
      const begun = graph.arrayBuffer().then((bytes) => said(worker, { start: { module, graph: bytes } })).then(({ error }) => {
        if (error !== undefined) throw new Error(this.words("The engine does not start on this device: {error}", { error }));
        return worker;
      });
      begun.catch(() => {});
      return begun;
    }

    /** Ask with the prefixes declared; a declaration of the query's own comes later, and wins. @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
    async ask(text, signal) {
      const named = [...bared(text).matchAll(FROM)].map(([, graph]) => graph);
      const known = named.length ? (await this.call({ text: "SELECT ?g { GRAPH ?g {} }", union: true }, signal)).rows.map(({ g }) => g.value).sort() : [];
      const graph = named.find((one) => !known.includes(one));
      if (graph !== undefined) throw new Error(this.words("FROM <{graph}> is not a graph here; the graphs are: {graphs}", { graph, graphs: known.join(", ") }));
      const prefixes = Object.entries(data.prefixes).map(([name, space]) => `PREFIX ${name}: <${space}> `).join("");
      return this.call({ text: `${prefixes}\n${text}`, union: !named.length }, signal); // one that names none sees all graphs together
    }

    /** Ask the worker, when it has answered what was asked before. @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<Answer>} */
    call(asked, signal) {
      const answered = this.last.then(() => this.answer(asked, signal));
      this.last = answered.catch(() => {});
      return answered;
    }

    /** @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<Answer>} */
    async answer(asked, signal) {
      const worker = await this.worker;
      signal.throwIfAborted();
      const seconds = Math.max(Number(byId("seconds")?.value), 0) || SECONDS;
      const late = AbortSignal.timeout(seconds * 1000);
      const reply = await said(worker, asked, [signal, late]);
      if (reply.ended || reply.crashed) {
        worker.terminate();
        this.worker = this.started();
        signal.throwIfAborted();
        throw new Error(reply.crashed ? this.words("The engine failed on this query and was started again. Simplify the query, or ask for less.")
          : this.words("The query took longer than {seconds} seconds and was stopped; ask for less, or allow more time.", { seconds }));
      }
      if (reply.error !== undefined) throw new Error(this.complaint(reply.error));
      return reply.json ? answerOf(JSON.parse(reply.json)) : triplesOf(reply.triples ?? "");
    }

    /** An error of the engine with the line in the written query, which has a line of prefixes before it. @param {string} error */
    complaint(error) {
      const [, line, rest] = /^error at (\d+):(.*)$/s.exec(error) ?? [];
      if (line) return this.words("The query does not parse, at line:column {place}", { place: `${Number(line) - 1}:${rest}` });
      return /\bservice\b/.test(error) ? this.words("SERVICE asks another server, but nothing leaves this page; ask that server itself") : error;
    }
  }

  /** The reply of a worker, or that a signal ended the wait for it. @param {Worker} worker @param {WorkerAsked} asked @param {AbortSignal[]} [signals] @returns {Promise<WorkerSaid>} */
  function said(worker, asked, signals = []) {
    return new Promise((resolve) => {
      worker.onmessage = ({ data: reply }) => resolve(reply);
      worker.onerror = (event) => { event.preventDefault(); resolve({ error: event.message, crashed: true }); };
      for (const signal of signals) signal.addEventListener("abort", () => resolve({ ended: true }), { once: true });
      worker.postMessage(asked, asked.start ? [asked.start.graph] : []);
    });
  }

  // The engine of the page: the server that it came from, where it is one of ours, or else what the page carries.

  /** @returns {Promise<AskEngine|null>} */
  async function engineOf() {
    const base = new URL(data.home, location.href);
    const isServed = !globalThis.tipgraphBook && location.protocol.startsWith("http"); // a book is whole, and asks nobody
    const health = isServed ? await fetch(new URL("health", base), { cache: "no-store" }).then((reply) => reply.json()).catch(() => null) : null;
    if (health?.status === "ok") return { ask: (text, signal) => answerFrom(new URL("sparql", base), text, signal) };
    if (!data.engine) return null;
    const kept = /** @type {{tipgraphEngine?: Promise<PageEngine>}} */ (globalThis); // in a book it goes on from page to page
    kept.tipgraphEngine ??= PageEngine.carried();
    return Object.assign(await kept.tipgraphEngine, { words });
  }

  /** The answer of an endpoint that speaks the SPARQL protocol. @param {URL} address @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
  async function answerFrom(address, text, signal) {
    const headers = { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, application/n-triples;q=0.9" };
    const reply = await fetch(address, { method: "POST", headers, body: text, signal, cache: "no-store" });
    if (!reply.ok) throw new Error(await reply.json().then(({ detail }) => detail, () => "") || `${reply.status} ${reply.statusText}`);
    return reply.headers.get("Content-Type")?.startsWith("application/n-triples") ? triplesOf(await reply.text()) : answerOf(await reply.json());
  }

  let engine = /** @type {AskEngine} */ (/** @type {unknown} */ (null)); // the page is open only where there is one

  // What the graph says about an answer, by its own queries.

  const TEXT_AT_ONCE = 30_000; // characters of terms, which a query holds up to three times; a server refuses one of more than 100,000
  const TYPES = /** @type {[string, string][]} */ ([["Actor", "Actor"], ["Undertaking", "Undertaking"], ["Place", "Place"],
    ["Route", "Route"], ["Publication", "Document"], ["Instrument", "Document"], ["Source", "Document"]]);

  /** The rows of a query of the program's. @param {string} name @param {Record<string, Term[]>} values @param {AbortSignal} signal */
  async function rowsOf(name, values, signal) {
    return (await engine.ask(bound(data.queries[name], values), signal)).rows;
  }

  /** Ask of many nodes, as many at a time as a query may name. @param {string} name @param {string} slot @param {string[]} nodes @param {AbortSignal} signal */
  async function rowsAbout(name, slot, nodes, signal) {
    const found = /** @type {Row[]} */ ([]);
    for (let start = 0, end = 0; start < nodes.length; start = end) {
      for (let size = 0; end < nodes.length && size < TEXT_AT_ONCE; end += 1) size += nodes[end].length + 3;
      const values = { [slot]: nodes.slice(start, end).map(iri), language: [literal(data.language)] };
      for (const row of await rowsOf(name, values, signal)) found.push(row);
    }
    return found;
  }

  /** What is known of the nodes of an answer: of its claims, and of the others, and of its columns, their labels and types. @param {Answer} answer @param {AbortSignal} signal @returns {Promise<Told>} */
  async function toldOf({ columns, rows }, signal) {
    const nodesOf = (/** @type {string[]} */ names) =>
      [...new Set(rows.flatMap((row) => names.map((name) => row[name])).filter((term) => term?.type === "uri").map(({ value }) => value))];
    const claims = await claimsOf(nodesOf(columns.filter((name) => name.startsWith("claim"))), signal);
    const nodes = nodesOf(columns).filter((node) => !claims.has(node));
    const labels = await labelsOf([...new Set([...nodes, ...columns.map((name) => TIP + name)])], signal);
    return { claims, labels, types: await typesOf(nodes.filter((node) => node.startsWith(ID_BASE)), signal) };
  }

  /** Those of some nodes that are claims. @param {string[]} nodes @param {AbortSignal} signal @returns {Promise<Told["claims"]>} */
  async function claimsOf(nodes, signal) {
    const [cited, remarks, against] = await Promise.all(["cite", "remarks", "against"].map((name) => rowsAbout(name, "claim", nodes, signal)));
    const found = /** @type {Told["claims"]} */ (new Map());
    for (const { claim: { value: node }, source, paragraph, sentence, page, absent } of cited) {
      const claim = found.get(node) ?? { node, said: [], isImplied: false, review: "unreviewed", reviewer: "", caveats: [], notes: [], corrections: [], against: [] };
      const place = {
        source: source.value, paragraph: Number(paragraph?.value ?? 0), sentence: Number(sentence?.value ?? 0),
        ...(page && { page: Number(page.value) }), absent: absent?.value ?? "",
      };
      const others = claim.said.filter((other) => placeText(other) !== placeText(place));
      claim.said = [...others, place].sort((one, other) => order.compare(placeText(one), placeText(other)));
      found.set(node, claim);
    }
    for (const { claim: node, modality, review, reviewer, words: caveat, note, correction } of remarks) {
      const claim = found.get(node.value);
      if (!claim) continue;
      claim.isImplied = modality.value === "implied";
      if (review) [claim.review, claim.reviewer] = [review.value, reviewer.value];
      if (caveat) claim.caveats.push(caveat.value);
      if (note) claim.notes.push(note.value);
      if (correction) claim.corrections.push(correction.value);
    }
    for (const { claim, reason } of against) found.get(claim.value)?.against.push(reason.value);
    return found;
  }

  /** The labels of nodes in the language of the page, or else in English, or any. @param {string[]} nodes @param {AbortSignal} signal @returns {Promise<Map<string, string>>} */
  async function labelsOf(nodes, signal) {
    const rank = (/** @type {Row} */ { label }) => ["en", data.language].lastIndexOf(label["xml:lang"] ?? "");
    const rows = (await rowsAbout("labels", "node", nodes, signal)).filter(({ label }) => label.value.trim());
    return new Map(rows.sort((one, other) => rank(one) - rank(other)).map(({ node, label }) => [node.value, label.value]));
  }

  /** The types of nodes by the names of the pictures. @param {string[]} nodes @param {AbortSignal} signal @returns {Promise<Map<string, string>>} */
  async function typesOf(nodes, signal) {
    const classes = new Set((await rowsAbout("nodes", "node", nodes, signal)).map((row) => `${row.node.value} ${row.class.value}`));
    const typed = nodes.map((node) => [node, TYPES.find(([name]) => classes.has(`${node} ${TIP}${name}`))?.[1] ?? ""]);
    return new Map(typed.filter(([, type]) => type).map(([node, type]) => [node, type]));
  }

  /** A place in words, or why there is none: the text is only cited, or the place is withheld. @param {Cited} cited */
  function placeText({ source, paragraph, sentence, page, absent }) {
    return paragraph ? `${source} ¶${paragraph} s${sentence}${page ? `, p. ${page}` : ""}` : `${source} (${absent})`;
  }

  /** The claims of a row, none twice. @param {Row} row @param {Told} told @returns {Claim[]} */
  const claimsIn = (row, { claims }) => [...new Set(Object.values(row).map(({ value }) => value))].flatMap((node) => claims.get(node) ?? []);

  /** What must be known of some claims, each once. @param {Claim[]} claims */
  function remarksOn(claims) {
    const each = (/** @type {(claim: Claim) => string[]} */ of) => [...new Set(claims.flatMap(of))];
    return {
      caveats: each(({ caveats }) => caveats), notes: each(({ notes }) => notes), corrections: each(({ corrections }) => corrections), against: each(({ against }) => against),
      review: each(({ review }) => [review]), reviewers: each(({ review, reviewer }) => (review === "unreviewed" ? [] : [reviewer])),
    };
  }

  // What a person writes, as the term that is meant: an entry, a code, a class, a number, a day.

  const DESCRIBED = 4; // the rank of words that only describe an entry
  const PLAIN = ["from", "number", "text", "to"]; // kinds of values that are neither entries nor choices
  const DAY = /^([1-9]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/;
  const MOST_UNKNOWN = 10;
  const OURS = new Set(["reference", "identity", "audits", "derived", "ontology"]); // graphs that are no source

  /** The name nearest to another; empty where none is near. @param {string} name @param {string[]} known */
  function nearest(name, known) {
    const word = (/** @type {string} */ text) => folded(text).replace(/[^\p{L}\p{N}]/gu, "");
    return known[nearFinder(known.map(word))([word(name)])[0]] ?? "";
  }

  /** That a name is not known, with a near one if there is one. @param {string} name @param {string} near */
  const notKnown = (name, near) => (near ? words("{name} is not known here; perhaps {near}?", { name, near }) : words("{name} is not known here", { name }));

  /** The entry of a name; an Error says that there is none, or several. @param {string} name @param {string} kind @param {AbortSignal} signal @returns {Promise<Term>} */
  async function entryOf(name, kind, signal) {
    const wanted = name.normalize("NFC");
    const of = { kind: [literal(kind)] };
    const address = wanted.includes("://") ? wanted.replace(/^<|>$/g, "") : ID_BASE + wanted;
    if (wanted.includes("/") && !NO_IRI.test(address)) {
      const [exact] = await rowsOf("of-iri", { node: [iri(address)], ...of }, signal);
      if (exact) return exact.thing;
    }
    const slug = wanted.replace(/^[a-z]+:(?=[\w.-]+$)/i, "");
    const ends = [slug, slug.toLowerCase().split(/\s+/).join("-")].map((end) => literal(`/${end}`));
    const ranked = await rowsOf("resolve", { wanted: [literal(wanted.toLowerCase())], slug: ends, ...of }, signal);
    const best = Math.min(...ranked.map(({ rank }) => Number(rank.value)));
    const inside = slug.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ");
    const holding = inside && kind !== "thing" && best >= DESCRIBED ? await rowsOf("holding", { words: [literal(` ${inside} `)], ...of }, signal) : [];
    const found = [...new Set([...ranked.filter(({ rank }) => Number(rank.value) === best), ...holding].map(({ thing }) => thing.value))];
    if (found.length === 1) return iri(found[0]);
    if (found.length) throw new Error(words("{name} is the name of several entries: {things}", { name: wanted, things: found.map(shortIri).join(", ") }));
    throw new Error(notKnown(wanted, nearest(slug, await namesOf(kind, signal))));
  }

  /** The codes of a list, the classes, or what else a kind of value chooses from, each with its words; none for other kinds. @param {string} kind @returns {{name: string, label: string, term: Term}[]} */
  function choicesOf(kind) {
    const [sort, detail = ""] = kind.split(" "), [least, most] = detail.split("-").map(Number);
    if (sort === "flag") return [{ name: "true", label: "", term: literal("true", `${XSD}boolean`) }];
    if (sort === "number" && most) return Array.from({ length: most - least + 1 }, (_, at) => String(least + at)).map((name) => ({ name, label: "", term: literal(name, `${XSD}integer`) }));
    const list = sort === "code" ? `code:${detail}-` : "tip:";
    const terms = data.terms.filter(({ term, kind: one }) => one === sort && term.startsWith(list));
    return terms.map(({ term, label }) => ({ name: term.slice(list.length), label, term: iri(inFull(term)) }));
  }

  /** The choice that a word means. @param {string} kind @param {string} word @returns {Term} */
  function choiceOf(kind, word) {
    const choices = choicesOf(kind), names = choices.map(({ name }) => name);
    const isSame = (/** @type {string} */ text) => text.toLowerCase() === word.toLowerCase();
    const found = choices.find(({ name }) => isSame(name)) ?? choices.find(({ label }) => isSame(label));
    if (found) return found.term;
    if (kind === "class") throw new Error(notKnown(word, ""));
    if (kind === "flag") throw new Error(words("write true, or leave it empty"));
    throw new Error(kind.startsWith("number") ? words("write a whole number from {least} to {most}", { least: names[0], most: names[names.length - 1] })
      : words("the codes are {codes}", { codes: names.sort().join(", ") }));
  }

  /** The values of a kind of parameter, in words. @param {string} kind @param {AbortSignal} signal @returns {Promise<string[]>} */
  async function namesOf(kind, signal) {
    const choices = choicesOf(kind).map(({ name }) => name);
    const names = choices.length ? choices : (await rowsOf("names", { kind: [literal(kind)] }, signal)).map((row) => row.name.value);
    return [...new Set(names)].sort((one, other) => one.localeCompare(other));
  }

  /** The first or the last day of a year, a month, a season or a day. @param {string} text @param {string} end  from or to @returns {Term} */
  function dayOf(text, end) {
    const [, year, part = "", day] = DAY.exec(text) ?? [];
    const [first, last] = data.seasons[part] ?? (part ? [Number(part), Number(part)] : [1, 12]);
    const found = end === "from" || day ? new Date(Date.UTC(Number(year), first - 1, Number(day ?? 1))) : new Date(Date.UTC(Number(year), last, 0));
    const isDay = year && (data.seasons[part] ? !day : first > 0 && last < 13) && (!day || found.getUTCDate() === Number(day));
    if (!isDay) throw new Error(words("write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"));
    return literal(found.toISOString().slice(0, 10), `${XSD}date`);
  }

  /** The term that a value of a kind means; an Error says why there is none. @param {string} kind @param {string} value @param {AbortSignal} signal @returns {Promise<Term>} */
  async function valueOf(kind, value, signal) {
    if (choicesOf(kind).length) return choiceOf(kind, value);
    if (!PLAIN.includes(kind)) return entryOf(value, kind, signal);
    if (kind === "text") return literal(value);
    if (kind !== "number") return dayOf(value, kind);
    if (/^\d{1,15}$/.test(value)) return literal(String(Number(value)), `${XSD}integer`);
    throw new Error(words("write a whole number"));
  }

  /** The IRI of a term of the ontology, such as tip:Funding. @param {string} term */
  const inFull = (term) => data.prefixes[term.split(":")[0]] + term.slice(term.indexOf(":") + 1);

  /** The last part of an IRI. @param {string} node */
  const lastPart = (node) => /[^/#]*$/.exec(node)?.[0] ?? "";

  /** What a query names that neither ontology nor graph has, each with the nearest that they have. @param {string} text @param {AbortSignal} signal */
  async function unknownIn(text, signal) {
    const terms = new Map(data.terms.map(({ term }) => [inFull(term), term]));
    const spaceOf = (/** @type {string} */ node) => node.slice(0, node.length - lastPart(node).length);
    const inQuery = (/** @type {string} */ node) => {
      const prefix = Object.keys(data.prefixes).find((one) => data.prefixes[one] === spaceOf(node));
      return prefix ? `${prefix}:${lastPart(node)}` : `<${node}>`;
    };
    const spaces = new Set([...terms.keys()].map(spaceOf));
    const named = namedIn(text);
    const isStrange = (/** @type {string} */ node) => (node.startsWith(ID_BASE) ? !OURS.has(shortIri(node)) : spaces.has(spaceOf(node)) && !terms.has(node));
    const strange = [...named.keys()].filter((node) => lastPart(node) && isStrange(node)).slice(0, MOST_UNKNOWN);
    const used = new Set((await rowsAbout("used", "node", strange, signal)).map(({ node }) => node.value));
    const unknown = strange.filter((node) => !used.has(node));
    const things = unknown.some((node) => node.startsWith(ID_BASE)) ? (await rowsOf("all-things", {}, signal)).map(({ thing }) => thing.value) : [];
    return unknown.map((node) => {
      const name = named.get(node) ?? node, isEntry = node.startsWith(ID_BASE);
      const near = new Map((isEntry ? things : [...terms.keys()].filter((term) => spaceOf(term) === spaceOf(node))).map((one) => [lastPart(one), one]));
      const found = near.get(nearest(lastPart(node), [...near.keys()])) ?? "";
      if (isEntry) return notKnown(name, found && inQuery(found));
      return found ? words("{name} is not a term of this ontology; perhaps {near}?", { name, near: terms.get(found) ?? "" }) : words("{name} is not a term of this ontology", { name });
    }).join(" ");
  }

  // The fields of the parameters of a question.

  const MOST_NAMES = 5000; // more are no list to choose from
  const EXAMPLES = /** @type {Labels} */ ({ from: "2004, 2004-11, 2004-11-11", to: "2004, 2004-11, 2004-11-11", place: "JP, caribbean, Japan …", code: words("a code") });

  let parameters = /** @type {Record<string, Parameter>} */ ({}); // those that have fields

  /** Show the fields of some parameters, filled. @param {Record<string, Parameter>} all @param {Labels} values  as words */
  function showFields(all, values = {}) {
    parameters = all;
    const fields = Object.entries(all).map(([name, { kind, summary }]) => {
      const id = `parameter-${name}`;
      const names = made("datalist", { id: `${id}-names` }), isFlag = kind === "flag", given = values[name] ?? "";
      const box = made("input", { id, name, list: names.id, type: isFlag ? "checkbox" : "text", autocomplete: "off", spellcheck: "false", placeholder: EXAMPLES[kind.split(" ")[0]] ?? "", "aria-describedby": `${id}-fault`, value: isFlag ? given || "true" : given });
      box.checked = isFlag && given !== "";
      box.addEventListener("focus", () => suggest(names, kind), { once: true });
      return made("div", { class: "field" }, made("label", { for: id }, ...(isFlag ? [box, " "] : []), made("b", {}, name), ` ${summary.replace(/^true: /, "")}`), ...(isFlag ? [] : [box]), names,
        made("p", { id: `${id}-fault`, class: "warn fault", role: "alert" }));
    });
    byId("parameters").replaceChildren(...fields);
    byId("parameters").hidden = !fields.length;
  }

  /** Offer the possible names of a field when it first gets the focus. @param {HTMLElement} list @param {string} kind */
  async function suggest(list, kind) {
    if (PLAIN.includes(kind)) return;
    const names = await namesOf(kind, new AbortController().signal).catch(() => []); // it works without
    list.replaceChildren(...names.slice(0, MOST_NAMES).map((value) => made("option", { value })));
  }

  /** The values of the fields that are not empty. @returns {Labels} */
  function fieldValues() {
    const boxes = /** @type {HTMLInputElement[]} */ ([...byId("parameters").querySelectorAll("input")]);
    const used = boxes.filter(({ type, checked }) => type === "text" || checked);
    return Object.fromEntries(used.map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));
  }

  /** The terms of the fields; a fault is shown at its field, and then thrown. @param {AbortSignal} signal @returns {Promise<Record<string, Term[]>>} */
  async function fieldTerms(signal) {
    const found = /** @type {Record<string, Term[]>} */ ({});
    const faults = Object.fromEntries(Object.keys(parameters).map((name) => [name, ""]));
    for (const [name, value] of Object.entries(fieldValues())) {
      await valueOf(parameters[name].kind, value, signal).then((term) => { found[name] = [term]; }, ({ message }) => { faults[name] = message; });
      signal.throwIfAborted();
    }
    for (const [name, fault] of Object.entries(faults)) byId(`parameter-${name}-fault`).textContent = fault;
    if (Object.values(faults).some(Boolean)) throw new Error(words("A parameter is not valid; see above."));
    return found;
  }

  // Questions one step away from a question without an answer, as `tipgraph query` offers them.

  const MOST_NEAR = 6;
  const NEAR_SECONDS = 20; // after which nothing more is asked

  /** A record without a key. @template Value @param {string} name @param {Record<string, Value>} all @returns {Record<string, Value>} */
  const without = (name, { [name]: _, ...others }) => others;

  /** The nearest questions that have rows: another value in place of one, then none in its place, then none at all. @param {string} text @param {Record<string, Term[]>} given @param {Labels} said  in words @param {AbortSignal} signal @returns {Promise<Near[]>} */
  async function nearby(text, given, said, signal) {
    const late = AbortSignal.timeout(NEAR_SECONDS * 1000);
    const found = /** @type {Map<string, Near>} */ (new Map());
    const names = Object.keys(given);
    const isDone = () => late.aborted || found.size === MOST_NEAR;
    const count = async (/** @type {Record<string, Term[]>} */ values) => (isDone() ? 0 : (await engine.ask(bound(text, values), signal)).rows.length);
    const offer = (/** @type {Labels} */ values, /** @type {number} */ rows) => { if (rows) found.set(JSON.stringify(values), { values, rows }); };
    for (const name of names) {
      for (const [other, terms] of isDone() ? [] : await alternativesTo(name, given, signal)) {
        if (!terms.size || !await count({ ...without(name, given), [other]: [...terms.keys()] })) continue;
        for (const [term, word] of terms) {
          const rows = await count({ ...without(name, given), [other]: [term] });
          if (rows) offer({ ...without(name, said), [other]: word || await shortName(term.value, signal) }, rows);
        }
      }
    }
    for (const name of names) offer(without(name, said), await count(without(name, given)));
    if (names.length > 1) offer({}, await count({}));
    return [...found.values()];
  }

  /** Parameters with values in place of a given one, each with its word; an entry has none. @param {string} name @param {Record<string, Term[]>} given @param {AbortSignal} signal @returns {Promise<[string, Map<Term, string>][]>} */
  async function alternativesTo(name, given, signal) {
    const { kind } = parameters[name];
    if (kind.startsWith("code ")) return [[name, new Map(choicesOf(kind).map((choice) => [choice.term, choice.name]))]];
    const isEntry = (/** @type {string} */ one) => !PLAIN.includes(one) && !choicesOf(one).length;
    if (!isEntry(kind)) return [];
    const free = Object.keys(parameters).filter((other) => !(other in given) && isEntry(parameters[other].kind));
    return Promise.all([name, ...free].map(async (other) => {
      const entries = await rowsOf("beside", { thing: given[name], kind: [literal(parameters[other].kind)] }, signal);
      return /** @type {[string, Map<Term, string>]} */ ([other, new Map(entries.map((row) => [row.other, ""]))]);
    }));
  }

  /** The shortest name that means an entry. @param {string} node @param {AbortSignal} signal */
  async function shortName(node, signal) {
    const meant = await entryOf(lastPart(node), "thing", signal).catch(() => null);
    signal.throwIfAborted();
    return meant?.value === node ? lastPart(node) : shortIri(node);
  }

  // Terms and claims as each view shows them: entries link to their pages, and claims to what says them.

  const PLAIN_PART = /^(?=.{1,80}$)[a-z0-9]+(?:[.-][a-z0-9]+)*$/;

  /** A number as the language of the page writes it. @param {number} value */
  const numeral = (value) => value.toLocaleString(document.documentElement.lang);

  /** The text of a term. @param {Term|undefined} term @param {Told} told */
  function textOf(term, { labels }) {
    if (!term) return "";
    if (term.type === "uri") return labels.get(term.value) ?? shortIri(term.value);
    return term.type === "bnode" ? `_:${term.value}` : term.value;
  }

  /** The page of a node from the root of the site: of a term, a source or an entry, or the line of a route on the map; empty if it has none. @param {string} node @param {Told} told */
  function pageOf(node, { types }) {
    if (node.startsWith(TIP) || node.startsWith(CODE)) return `ontology.html#${encodeURIComponent(lastPart(node))}`;
    const type = types.get(node), name = shortIri(node), parts = name.split("/");
    if (!type || !parts.every((part) => PLAIN_PART.test(part))) return "";
    if (parts.length === 1 && type === "Document") return `source/${name}.html`;
    return parts.length !== 3 ? "" : type === "Route" ? `map.html#at=${name}` : `thing/${name}.html`;
  }

  /** A text that leads to a page of the site, if there is one. @param {string} page @param {string} text */
  const linkTo = (page, text) => (page ? made("a", { href: data.root + page }, text) : text);

  /** The text of a term, which leads to its page. @param {Term|undefined} term @param {Told} told */
  const cellOf = (term, told) => linkTo(term?.type === "uri" ? pageOf(term.value, told) : "", textOf(term, told));

  /** The citations of claims, and the remarks on them. @param {Claim[]} claims */
  function saidOf(claims) {
    const { caveats, notes, corrections, against, reviewers } = remarksOn(claims);
    const links = claims.flatMap(({ node, said }) => said.map((place) => {
      const page = PLAIN_PART.test(place.source) ? `source/${place.source}.html#p${place.paragraph}/${shortIri(node).split("/").map(encodeURIComponent).join("/")}` : "";
      return made("li", {}, linkTo(page, placeText(place)));
    }));
    const remarks = [
      caveats.join(", "), reviewers.length ? `${words("Reviewed by")}: ${reviewers.join(", ")}` : "",
      ...corrections.map((text) => `${words("Corrected")}: ${text}`), ...notes.map((note) => `${words("Note")}: ${note}`),
    ];
    return [
      made("ul", { class: "said" }, ...links), ...remarks.filter(Boolean).map((text) => made("p", { class: "quiet" }, text)),
      ...against.map((reason) => made("p", { class: "warn" }, `${words("Possible contradiction")}: ${reason}`)),
    ];
  }

  // The answer in a table: heads sort its rows, and a box filters them.

  const [AT_ONCE, MOST_ROWS] = [200, 5000]; // rows that are shown first, and that the page has; more are for files

  /** @param {HTMLElement} place @param {Taken} taken */
  function showTable(place, { columns, rows, told }) {
    const isClaim = (/** @type {Term|undefined} */ term) => told.claims.has(term?.value ?? "");
    const shown = columns.filter((name) => rows.some((row) => row[name] && !isClaim(row[name])));
    const isSaid = rows.some((row) => Object.values(row).some(isClaim));
    const titles = shown.map((name) => data.columns[name] || (told.labels.get(TIP + name) ?? name.replace(/_/g, " "))).toSpliced(1, 0, ...(isSaid ? [words("source and sentence")] : []));
    const lines = rows.slice(0, MOST_ROWS).map((row) => made("tr", {},
      ...shown.map((name) => made("td", isNumber(row[name]) ? { class: "number", "data-sort": row[name].value } : {}, cellOf(row[name], told)))
        .toSpliced(1, 0, ...(isSaid ? [made("td", { class: "said" }, ...saidOf(claimsIn(row, told)))] : []))));
    const body = made("tbody", { "data-most": AT_ONCE, "data-all": words("Show all {n}") }, ...lines);
    const table = made("table", {}, made("thead", {}, made("tr", {}, ...titles.map((title) => made("th", { scope: "col" }, title)))), body);
    const label = words("Show only lines with these words");
    const box = made("input", { type: "search", id: "holds", autocomplete: "off", "aria-describedby": "held" });
    const held = made("span", { id: "held", class: "quiet", role: "status" });
    const more = words("The table has the first {count} of {all} rows; its files have all.", { count: numeral(lines.length), all: numeral(rows.length) });
    place.replaceChildren(made("p", { class: "filter" }, made("label", { for: "holds" }, label), box, held), ...(lines.length < rows.length ? [made("p", { class: "warn" }, more)] : []),
      made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": words("Answer") }, table));
    tipgraphSortable(table);
    showFirst(body);
    const texts = new Map(lines.map((line) => /** @type {[Element, string]} */ ([line, folded([...line.cells].map(({ textContent }) => textContent).join("\n"))])));
    box.addEventListener("input", () => {
      const wanted = wordsOf(box.value);
      showPassing(body, (line) => wanted.every((word) => texts.get(line)?.includes(word)));
      const count = lines.filter(({ hidden }) => !hidden).length;
      held.textContent = count === lines.length ? "" : words("{count} of {all} rows", { count: numeral(count), all: numeral(lines.length) });
    });
  }

  // The ties of an answer: which entries a row names together.

  const GIVEN = new Set(["receiver", "purpose", "place"]); // the columns to which a giver's money goes
  /** Columns that are the two ends of a line, and whether it is directed. */
  const ENDS = /** @type {[string, string, boolean][]} */ ([["from", "to", true], ["origin", "destination", true], ["between", "and", false]]);

  /**
   * The ties of an answer: of each row its two ends, or else its first entry with each other one. Equal ties are one tie
   * with more claims. A tie is directed if its columns are: from origin to destination, from a giver.
   * @param {Answer} answer @param {Told} told @returns {Tie[]}
   */
  function tiesOf({ columns, rows }, told) {
    const found = /** @type {Map<string, Tie>} */ (new Map());
    const label = (/** @type {string} */ name) => told.labels.get(TIP + name) ?? name;
    const tie = (/** @type {Row} */ row, /** @type {string} */ first, /** @type {string} */ other, /** @type {boolean} */ directed, isLine = false) => {
      const [from, to] = [row[first].value, row[other].value];
      const relation = `${label(first)} ${directed ? "→" : "–"} ${label(other)}`, key = `${from} ${to} ${relation}`;
      if (from === to) return;
      const claims = [...new Set([...found.get(key)?.claims ?? [], ...claimsIn(row, told)])];
      found.set(key, { from, to, relation, directed, isLine, claims });
    };
    for (const row of rows) {
      const [first, ...others] = columns.filter((name) => row[name]?.type === "uri" && told.types.has(row[name].value));
      const ends = ENDS.find((line) => line.slice(0, 2).every((name) => name === first || others.includes(String(name))));
      if (ends) tie(row, ...ends, true);
      else for (const other of others) tie(row, first, other, first === "giver" && GIVEN.has(other));
    }
    return [...found.values()];
  }

  /** Whether all claims of a tie are implied. @param {Tie} tie */
  const isImplied = ({ claims }) => claims.length > 0 && claims.every((claim) => claim.isImplied);

  /** The entries that ties tie. @param {Tie[]} ties */
  const endsOf = (ties) => [...new Set(ties.flatMap(({ from, to }) => [from, to]))];

  // An answer as files: rows as CSV and JSON, ties as GraphML.

  /** The citations of claims as one text, each with its caveats, and whether it is corrected or contradicted. @param {Claim[]} claims */
  function citedText(claims) {
    return claims.flatMap(({ said, caveats, corrections, against }) => {
      const marks = [...new Set(caveats), ...(corrections.length ? ["corrected"] : []), ...(against.length ? ["contradicted"] : [])].join(", ");
      return said.map((place) => placeText(place) + (marks && ` (${marks})`));
    }).join("; ");
  }

  /** The rows as CSV, each with the labels of its things and where it is said. @param {Taken} taken */
  function csvOf({ columns, rows, told }) {
    const labelOf = (/** @type {Term|undefined} */ term) => (term?.type === "uri" && told.labels.get(term.value)) || "";
    const labelled = columns.filter((name) => rows.some((row) => labelOf(row[name])));
    const lines = rows.map((row) => {
      const claims = claimsIn(row, told), { notes, review, corrections, against } = remarksOn(claims);
      const remarks = [notes, review, corrections, against].map((each) => each.join("; "));
      return [...columns.map((name) => row[name]?.value ?? ""), ...labelled.map((name) => labelOf(row[name])), citedText(claims), ...remarks];
    });
    const head = [...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "review", "corrected", "contradicted"];
    return [head, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
  }

  /** The rows as JSON, each with where it is said and what must be known of it. @param {Taken} taken */
  function jsonOf({ columns, rows, told }) {
    const value = (/** @type {Term|undefined} */ term) => (term?.type === "uri" ? { iri: term.value, label: told.labels.get(term.value) ?? null } : term?.value ?? null);
    return JSON.stringify(rows.map((row) => {
      const claims = claimsIn(row, told), { caveats, review, notes, corrections, against } = remarksOn(claims);
      return {
        ...Object.fromEntries(columns.map((name) => [name, value(row[name])])),
        "said at": claims.flatMap(({ said }) => said),
        implied: claims.some((claim) => claim.isImplied), unreviewed: review.includes("unreviewed"),
        caveats, review, notes, corrections, contradicted: against,
      };
    }), null, 1);
  }

  /** The ties of an answer as GraphML. @param {Taken} taken */
  function graphmlOf({ rows, ties, told, name, asked }) {
    const nodes = endsOf(ties), counts = { rows: rows.length, nodes: nodes.length, edges: ties.length };
    const lines = graphmlLines(name, JSON.stringify({ "made by": "tipgraph", asked, counts, licence: LICENCES }), {
      attributes: [["label", "string", (node) => textOf(iri(node), told)], ["type", "string", (node) => told.types.get(node)], ["iri", "string", (node) => node]],
      items: nodes.map((node) => [node, node]),
    }, {
      attributes: [
        ["label", "string", ({ relation }) => relation], ["claim", "string", ({ claims }) => claims.map((/** @type {Claim} */ { node }) => node).join(" ")],
        ["said_at", "string", ({ claims }) => citedText(claims)], ["modality", "string", (tie) => (isImplied(tie) ? "implied" : "stated")],
        ["directed", "boolean", ({ directed }) => directed], ["caveats", "string", ({ claims }) => remarksOn(claims).caveats.join(", ")],
        ["review", "string", ({ claims }) => remarksOn(claims).review.join(" ")], ["corrected", "string", ({ claims }) => remarksOn(claims).corrections.join("; ")],
      ],
      items: ties.map((tie, at) => [`tie-${at}`, tie.from, tie.to, tie]),
    });
    return `${[...lines].join("\n")}\n`;
  }

  const FILES = {
    csv: { text: csvOf, type: "text/csv;charset=utf-8" },
    json: { text: jsonOf, type: "application/json" },
    graphml: { text: graphmlOf, type: "application/xml" },
  };

  // An answer on the map: its places as dots, and a line between the two ends of a row.

  /** @param {HTMLElement} place @param {Taken} taken */
  function showMap(place, { rows, ties, told }) {
    const earth = globalThis.tipgraphEarth;
    const spots = /** @type {Map<string, MapPoint>} */ (new Map());
    for (const { type, value } of rows.flatMap((row) => Object.values(row))) {
      const spot = type === "uri" && earth?.spotOf(data.places[value] ?? []);
      if (spot) spots.set(value, spot);
    }
    if (!earth || !spots.size) return place.replaceChildren(made("p", { class: "quiet" }, words("No row names a place that this graph has on the map.")));
    const head = drawn("marker", { id: "head", viewBox: "0 0 10 9", refX: 16, refY: 4.5, markerWidth: 10, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto" },
      drawn("path", { class: "head", d: "M0 0L10 4.5L0 9Z" }));
    const lines = ties.flatMap(({ from, to, directed, isLine }) => {
      const [start, end] = [spots.get(from), spots.get(to)];
      if (!isLine || !start || !end) return [];
      const [x, y] = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - Math.hypot(end[0] - start[0], end[1] - start[1]) / 5];
      return [drawn("path", { class: "tie", d: `M${start}Q${x} ${y} ${end}`, ...(directed && { "marker-end": "url(#head)" }) })];
    });
    const dots = [...spots].map(([node, [x, y]]) => {
      const page = pageOf(node, told);
      return drawn("a", page ? { href: data.root + page } : {}, drawn("circle", { cx: x, cy: y, r: 5 }), drawn("text", { x: x + 8, y: y + 4 }, textOf(iri(node), told)));
    });
    const svg = drawn("svg", { viewBox: `0 0 ${earth.width} ${earth.height}`, role: "group", class: "earth", "aria-label": words("Places of the answer: {count}", { count: spots.size }) },
      head, drawn("path", { class: "sea", d: earth.sea }), drawn("path", { class: "land", d: earth.land() }), ...lines, ...dots);
    const key = words("An arrow leads from origin to destination; a line without an arrow has no stated direction. A region is a dot in its middle. For whole regions, figures and implied routes, see:");
    return place.replaceChildren(svg, made("p", { class: "quiet" }, `${key} `, linkTo("map.html", words("the map of routes"))));
  }

  // An answer as a network; a click on an entry or a tie says what it is.

  const MOST_NODES = 400; // more cannot be read

  /** @param {HTMLElement} place @param {Taken} taken */
  async function showNetwork(place, taken) {
    const { ties, told } = taken, nodes = endsOf(ties);
    if (!nodes.length || nodes.length > MOST_NODES) {
      place.replaceChildren(made("p", { class: "quiet" }, nodes.length
        ? words("{count} entries are too many for a picture; ask for fewer, or download the rows.", { count: nodes.length })
        : words("No row names two entries, so there are no links to draw.")));
      return;
    }
    const label = words("{nodes} entries, {ties} links; the table shows the same", { nodes: nodes.length, ties: ties.length });
    const box = made("div", { id: "picture", tabindex: "0", role: "img", "aria-label": label });
    const chosen = made("p", { id: "chosen", "aria-live": "polite" });
    place.replaceChildren(box, chosen);
    const ids = new Map(nodes.map((node, id) => [node, id]));
    const edges = ties.map((tie, id) => /** @type {NetworkEdge} */ ({
      id, key: String(id), from: ids.get(tie.from), to: ids.get(tie.to), relation: tie.relation, directed: tie.directed, source: "", modality: "",
      ...(tie.directed && { arrows: "to middle" }), ...(isImplied(tie) && { color: { opacity: 0.5 } }),
    }));
    const spots = await laidOut(nodes.length, edges);
    if (!box.isConnected) return; // another answer has taken the place
    const cell = (/** @type {string} */ node) => cellOf(iri(node), told);
    const tieSaid = (/** @type {Tie} */ { from, relation, to, claims }) => [cell(from), ` (${relation}) `, cell(to), ...saidOf(claims)];
    const picture = taken.picture = new VisPicture(box, /** @type {any} */ ({
      ...data.drawing, edges, relations: Object.fromEntries(ties.map(({ relation }) => [relation, relation])),
      nodes: nodes.map((node, id) => ({ id, label: textOf(iri(node), told), group: told.types.get(node), kind: told.types.get(node), ...spots[id] })),
    }), (item) => {
      picture.select(item);
      chosen.replaceChildren(...(!item ? [] : item.kind === "node" ? [cell(nodes[item.id])] : tieSaid(ties[item.id])));
    });
  }

  /** Places for nodes by the springs of vis-network, always the same. @param {number} count @param {NetworkEdge[]} edges @returns {Promise<Record<string, Point>>} */
  function laidOut(count, edges) {
    const nodes = new vis.DataSet(Array.from({ length: count }, (_, id) => ({ id })));
    const lines = new vis.DataSet(edges.map(({ id, from, to }) => ({ id, from, to })));
    const network = new vis.Network(made("div"), { nodes, edges: lines }, { layout: { randomSeed: 1 }, physics: { stabilization: { iterations: 300, fit: false } } });
    return new Promise((resolve) => network.once("stabilizationIterationsDone", () => {
      resolve(network.getPositions());
      network.destroy();
    }));
  }

  // The editor of Yasgui over the plain box, where it was gathered at build time, with completion from the ontology.

  /** Show an editor in place of a box, which keeps its text. @param {HTMLTextAreaElement} box @param {() => void} run */
  function editorOver(box, run) {
    const place = made("div", { class: "rich" });
    box.after(place);
    box.hidden = true;
    Yasqe.defaults.autocompleters = []; // its own ask servers of others; lists are merged
    Yasqe.registerAutocompleter(completer, false);
    const yasqe = new Yasqe(place, {
      autocompleters: ["tipgraph", "variables"], persistenceId: null, showQueryButton: false, resizeable: false, prefixCcApi: null,
      createShareableLink: null, createShortLink: null, consumeShareLink: null, collapsePrefixesOnLoad: false,
      syntaxErrorCheck: false, // it knows no prefixes but those that a query declares
      value: box.value, lineWrapping: true, editorHeight: "auto", screenReaderLabel: box.getAttribute("aria-label"),
      extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": (/** @type {any} */ editor) => editor.autocomplete(), Tab: false, "Shift-Tab": false },
    });
    yasqe.on("change", () => { box.value = yasqe.getValue(); box.dispatchEvent(new Event("input")); });
    byId("text").addEventListener("toggle", () => yasqe.refresh());
    return yasqe;
  }

  /** Completion by what the ontology has: `tip:Fund` becomes `tip:Funding`. */
  const completer = {
    name: "tipgraph", bulk: false, autoShow: true,
    isValidCompletionPosition: (/** @type {any} */ yasqe) => /^(?:tip|code):?[\w-]*$/.test(yasqe.getCompleteToken().string),
    get: (/** @type {any} */ yasqe, /** @type {any} */ token) => {
      const isClass = yasqe.getPreviousNonWsToken(yasqe.getCursor().line, token)?.string === "a";
      const begun = (token?.string ?? "").toLowerCase(), word = begun.slice(begun.indexOf(":") + 1);
      const terms = data.terms.filter(({ kind }) => (kind === "class") === isClass).map(({ term, label }) => ({ term, isFirst: term.toLowerCase().startsWith(begun), label }));
      const found = terms.filter(({ isFirst, label }) => isFirst || (word && label.toLowerCase().includes(word)));
      return found.sort((one, other) => Number(other.isFirst) - Number(one.isFirst)).slice(0, 60).map(({ term }) => term);
    },
    postprocessHints: (/** @type {any} */ _yasqe, /** @type {any[]} */ hints) => hints.map((hint) => {
      const known = data.terms.find(({ term }) => term === hint.text);
      return { ...hint, displayText: known ? `${known.term} – ${known.label}` : hint.text };
    }),
  };

  // The page.

  const SHOWS = { table: showTable, network: showNetwork, map: showMap };
  const VIEWS = /** @type {AskView[]} */ (Object.keys(SHOWS));

  /** The page while it is open. */
  class AskPage {
    constructor() {
      this.engine = engine;
      this.editor = /** @type {HTMLTextAreaElement} */ (byId("sparql"));
      this.rich = typeof Yasqe === "undefined" ? null : editorOver(this.editor, () => this.run());
      this.view = /** @type {AskView} */ ("table");
      this.running = /** @type {AbortController|null} */ (null);
      this.answer = /** @type {Taken|null} */ (null); // null as long as there are no rows
      this.stale = /** @type {Set<AskView>} */ (new Set()); // the views that do not show this answer yet
      this.fragment = "";
      this.listen();
      this.restore();
    }

    listen() {
      byId("asking").addEventListener("submit", (/** @type {Event} */ event) => { event.preventDefault(); this.run(); });
      byId("stop").addEventListener("click", () => { this.running?.abort(); byId("run").focus(); });
      byId("parameters").addEventListener("input", () => this.markOutdated());
      byId("question").addEventListener("change", () => this.choose(byId("question").value));
      this.editor.addEventListener("input", () => this.edited());
      VIEWS.forEach((view) => byId(`tab-${view}`).addEventListener("click", () => this.look(view)));
      byId("tabs").addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        this.look(VIEWS[(VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length]);
        byId(`tab-${this.view}`).focus();
      });
      for (const form of /** @type {const} */ (["csv", "json", "graphml"])) byId(form).addEventListener("click", () => this.take(form));
      byId("share").addEventListener("click", () => this.share());
      addEventListener("hashchange", () => this.restore());
      addEventListener("pagehide", () => {
        const { running } = this;
        this.running = null; // it ends without a message, since another page takes the place of this one
        running?.abort();
      });
      document.documentElement.dataset.ready = "yes";
    }

    get question() {
      return data.questions.find(({ name }) => name === byId("question").value);
    }

    /** Choose a question, and put its text into the editor. @param {string} name @param {Labels} values @param {string} [text]  another one */
    choose(name, values = {}, text) {
      byId("question").value = name;
      showFields(this.question?.parameters ?? {}, values);
      byId("text").open = !this.question;
      this.editor.value = text ?? this.question?.text ?? data.example;
      this.rich?.setValue(this.editor.value);
      this.edited();
    }

    /** An edited question is a query of one's own; the fields still fill its slots. */
    edited() {
      if (this.question && this.editor.value !== this.question.text) byId("question").value = "";
      this.markOutdated();
    }

    /** Say whether the answer is one to the question that the form holds now. */
    markOutdated() {
      const { answer, asked } = this;
      byId("outdated").hidden = !answer || String(new URLSearchParams(asked)) === String(new URLSearchParams(answer.asked));
    }

    /** Fill the form from the address, and run its question. */
    restore() {
      if (this.fragment && this.fragment === fragmentIn()) return;
      const { question: name = "", query: text, view = "table", ...values } =
        /** @type {Labels & {query?: string, view?: AskView}} */ (Object.fromEntries(new URLSearchParams(fragmentIn())));
      this.forget();
      this.look(VIEWS.includes(view) ? view : "table");
      if (name && !data.questions.some((question) => question.name === name)) {
        this.choose("");
        this.say(words("There is no question {name} here; choose one, or write your own SPARQL.", { name }), true);
        return;
      }
      this.choose(name || (text === undefined ? data.questions[0]?.name ?? "" : ""), values, text);
      if (name || text !== undefined) this.run();
    }

    /** The question in the form, as an address holds it. @returns {Labels} */
    get asked() {
      return { ...(this.question ? { question: this.question.name } : { query: this.editor.value }), ...fieldValues() };
    }

    /** Keep the question of an answer, and its view, in the address. @param {Labels} asked */
    remember(asked) {
      this.fragment = String(new URLSearchParams(this.view === "table" ? asked : { ...asked, view: this.view }));
      keepFragment(this.fragment);
    }

    /** Run the query, and show its answer or why there is none. */
    async run() {
      this.running?.abort();
      const running = this.running = new AbortController(), { signal } = running;
      byId("stop").hidden = false;
      byId("answer").setAttribute("aria-busy", "true");
      this.say(words("Asking …"));
      try {
        await this.find(signal);
      } catch (error) {
        if (this.running !== running) return;
        this.forget();
        this.say(signal.aborted ? words("Stopped.") : error instanceof Error ? error.message : String(error), !signal.aborted);
      } finally {
        if (this.running === running) {
          this.running = null;
          byId("stop").hidden = true;
          byId("answer").setAttribute("aria-busy", "false");
        }
      }
    }

    /** Find the answer, and show it; where there is none, what is near. @param {AbortSignal} signal */
    async find(signal) {
      const begun = performance.now(), { asked, editor: { value: text } } = this, name = this.question?.name ?? "answer", values = fieldValues();
      const given = await fieldTerms(signal);
      const unknown = await unknownIn(text, signal);
      if (unknown) throw new Error(unknown);
      const found = await engine.ask(bound(text, given), signal);
      const told = await toldOf(found, signal);
      signal.throwIfAborted();
      this.forget();
      if (!found.rows.length) {
        this.remember(asked);
        this.say(words("No claim in this graph answers this. Absence is not evidence of absence."));
        this.offer(await nearby(text, given, values, signal).catch(() => []), signal);
        return;
      }
      const ties = tiesOf(found, told);
      this.answer = { ...found, told, ties, name, asked };
      this.stale = new Set(VIEWS);
      byId("answer").hidden = false;
      byId("graphml").disabled = !ties.length;
      byId("graphml-why").hidden = ties.length > 0;
      this.look(this.view);
      this.markOutdated();
      this.say(words("{count} rows in {seconds} s", { count: numeral(found.rows.length), seconds: ((performance.now() - begun) / 1000).toFixed(2) }));
    }

    /** Offer the questions near to one without an answer. @param {Near[]} near @param {AbortSignal} signal */
    offer(near, signal) {
      signal.throwIfAborted();
      const offers = near.map(({ values, rows }) => {
        const asked = Object.entries(values).map((pair) => pair.join("=")).join(" ") || words("without parameters");
        const label = words("{asked} (rows: {rows})", { asked, rows: numeral(rows) });
        return made("li", {}, button([label], () => { showFields(parameters, values); this.run(); }));
      });
      if (offers.length) byId("near").replaceChildren(made("p", {}, words("One step away:")), made("ul", {}, ...offers));
    }

    /** Remove the answer, which would be read as one to the last question. */
    forget() {
      this.answer = null;
      byId("answer").hidden = byId("outdated").hidden = true;
      byId("near").replaceChildren();
    }

    /** @param {string} text @param {boolean} bad */
    say(text, bad = false) {
      byId("said").textContent = text;
      byId("said").className = bad ? "warn" : "";
    }

    /** Show a view, which is drawn when it is first seen, and keep it in the address of the answer. @param {AskView} view */
    look(view) {
      this.view = view;
      for (const name of VIEWS) byId(`view-${name}`).hidden = name !== view;
      selectTab(VIEWS.map((name) => byId(`tab-${name}`)), byId(`tab-${view}`));
      if (!this.answer) return;
      if (this.stale.delete(view)) SHOWS[view](byId(`view-${view}`), this.answer);
      this.remember(this.answer.asked);
    }

    /** Download the answer. @param {keyof typeof FILES} form */
    take(form) {
      if (!this.answer) return;
      const { text, type } = FILES[form];
      download(`${this.answer.name}.${form}`, new Blob([text(this.answer)], { type }));
    }

    /** Copy the address, which has the question of the answer. */
    async share() {
      await navigator.clipboard.writeText(location.href).then(
        () => this.say(words("The address is copied; it contains the question.")),
        () => this.say(words("The address above contains the question; copy it.")));
    }
  }

  // The page opens if there is an engine.

  const found = await engineOf().catch(({ message }) => { byId("fault").textContent = message; });
  const form = byId("asking");
  if (form?.isConnected) { // no other page has taken the place
    byId("absent").hidden = Boolean(found);
    form.hidden = !found;
    byId("limit").hidden = !(found && "words" in found);
    if (found) engine = found;
    if (found) Object.assign(globalThis, { askPage: new AskPage() });
    else document.documentElement.dataset.ready = "yes";
  }
})();
