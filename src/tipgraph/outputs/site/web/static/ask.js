// @ts-check
// The query page: a question with its parameters, or SPARQL of one's own; the answer as table, network and map.
(() => {
  "use strict";
  const {
    button, byId, carriedBy, CODE, csvCell, download, drawn, folded, fragmentIn, graphmlLines, ID_BASE, keepFragment, LICENCES, made,
    MoreButton, pageData, selectTab, shortIri, TIP, unpacked, wording, wordsOf, XSD,
  } = tipgraph;
  const { VisPicture } = networkPicture;

  // What a query names and asks for, outside of its comments and texts.

  const PIECES = new RegExp([
    /(?<iri><[^<>"{}|^`\\\s]*>)|#.*/, /"{3}(?:\\[^]|[^\\])*?"{3}|'{3}(?:\\[^]|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/, /[?$@][\p{L}\p{N}_]+/u,
    /(?<name>[\p{L}\p{N}_.-]{0,100}:(?:[\p{L}\p{N}_.:%-]|\\.)*)/u, /(?<word>[\p{L}\p{N}_]+)/u, /(?<mark>\S)/,
  ].map(({ source }) => source).join("|"), "gu");
  const WRITES = new Set(["ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE"]);
  const LONGEST_TERM = 80; // characters

  /** The tokens of a query. @param {string} text */
  function queryTokens(text) {
    const tokens = [];
    for (const { 0: piece, index, groups = {} } of text.matchAll(PIECES)) {
      const kind = ["iri", "name", "word", "mark"].find((name) => groups[name] !== undefined);
      if (kind) tokens.push({ kind, piece, isCalled: text[index + piece.length] === "(" });
    }
    return tokens;
  }

  /** The graphs that a query names by FROM. An Error says that a query may not write, nor ask others. @param {string} text @param {Words} words @returns {string[]} */
  function guarded(text, words) {
    const named = [];
    let afterFrom = false;
    for (const { kind, piece } of queryTokens(text)) {
      const word = kind === "word" ? piece.toUpperCase() : "";
      if (WRITES.has(word)) throw new Error(words("{word} is an update; this page only reads the graph", { word }));
      if (word === "SERVICE") throw new Error(words("SERVICE asks another server, but nothing leaves this page; ask that server itself"));
      if (afterFrom && word !== "NAMED") named.push(piece.slice(1, -1));
      afterFrom = word === "FROM" || (afterFrom && word === "NAMED");
    }
    return named;
  }

  /**
   * The IRIs that a query names, each as it is first written. Left out are the template of CONSTRUCT, prefixes alone,
   * whole IRIs that are neither of an entry nor have a name behind #, names longer than any term, whole IRIs in VALUES,
   * which may be a caller's data, named graphs, and functions.
   * @param {string} text @param {Labels} prefixes  that it need not declare
   */
  function namedIn(text, prefixes) {
    const found = /** @type {Map<string, string>} */ (new Map());
    const spaces = new Map(Object.entries(prefixes));
    let [first, second, declared, making, inside, data] = ["", "", "", false, false, false];
    for (const { kind, piece, isCalled } of queryTokens(text)) {
      const word = piece.toUpperCase();
      if (inside) {
        if (piece === "}") [making, inside] = [false, false]; // a template holds no brackets
        continue;
      }
      making = (making && word !== "WHERE") || (kind === "word" && word === "CONSTRUCT");
      inside = making && piece === "{";
      const [prefix, name] = [piece.slice(0, piece.indexOf(":")), piece.slice(piece.indexOf(":") + 1)];
      data = (data && piece !== "}") || word === "VALUES";
      const [, whole] = kind === "iri" && !data ? (piece.startsWith(`<${ID_BASE}`) ? /([^/]+)>$/ : /#([^#]+)>$/).exec(piece) ?? [] : [];
      const other = isCalled || ["GRAPH", "FROM", "NAMED"].includes(second);
      if (kind === "iri" && first === "PREFIX") spaces.set(declared.slice(0, -1), piece.slice(1, -1));
      else if (!other && whole && whole.length <= LONGEST_TERM && !found.has(piece.slice(1, -1))) found.set(piece.slice(1, -1), piece);
      const iri = spaces.get(prefix) + name.replaceAll("\\", "");
      const termed = kind === "name" && !other && name && name.length <= LONGEST_TERM;
      if (termed && second !== "PREFIX" && spaces.has(prefix) && !found.has(iri)) found.set(iri, piece);
      [first, second, declared] = [second, word, piece];
    }
    return found;
  }

  // The engine inside the page: Oxigraph as WebAssembly in a worker, which is restarted after a crash or a timeout.

  const SECONDS = 30; // of a query, where the page does not say otherwise
  const MOST_SECONDS = 3600;

  /** A query that was ended, or brought the engine down. */
  class EngineEnded extends Error {}

  /** @implements {AskEngine} */
  class PageEngine {
    /** @param {{script: Blob, module: WebAssembly.Module, graph: Blob}} parts @param {Labels} prefixes  that queries need not declare */
    constructor(parts, prefixes) {
      this.parts = parts;
      this.prefixes = prefixes;
      this.words = /** @type {Words} */ ((text) => text);
      this.seconds = () => SECONDS;
      this.graphs = /** @type {Set<string>|null} */ (null);
      this.last = /** @type {Promise<unknown>} */ (Promise.resolve()); // what is asked waits for what was asked before
      this.worker = this.begun();
    }

    /** The engine that this page carries. @param {AskData} data @returns {Promise<PageEngine>} */
    static async carried({ home, prefixes }) {
      const [engine, graph] = await Promise.all([carriedBy("assets/engine.js", home), carriedBy("assets/graph.js", home)]);
      const [script, binary, statements] = [engine.get("worker.js"), engine.get("oxigraph.wasm"), graph.get("graph.trig")]
        .map((part) => unpacked(part ?? ""));
      const module = await WebAssembly.compile(await binary.arrayBuffer());
      return new PageEngine({ script: await script.blob(), module, graph: await statements.blob() }, prefixes);
    }

    /** A worker that will have read the graph; who asks it learns whether it could. */
    begun() {
      const worker = this.started();
      worker.catch(() => {});
      return worker;
    }

    /** A worker that has read the graph. @returns {Promise<Worker>} */
    async started() {
      const address = URL.createObjectURL(new Blob([this.parts.script], { type: "text/javascript" }));
      const worker = new Worker(address);
      const graph = await this.parts.graph.arrayBuffer();
      const { error } = await said(worker, { start: { module: this.parts.module, graph } }, [graph]);
      URL.revokeObjectURL(address);
      if (error !== undefined) throw new EngineEnded(this.words("The engine does not start on this device: {error}", { error }));
      return worker;
    }

    /** End what runs, and start anew. @param {Worker} worker */
    restart(worker) {
      worker.terminate();
      this.worker = this.begun();
    }

    /** Ask with the prefixes declared; a declaration of the query's own comes later, and wins. @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
    async ask(text, signal) {
      const named = guarded(text, this.words);
      await this.checkGraphs(named, signal);
      const prefixes = Object.entries(this.prefixes).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
      return this.call({ text: `${prefixes}\n${text}`, union: !named.length }, signal); // one that names none sees all graphs together
    }

    /** Refuse graphs that are not here. @param {string[]} named @param {AbortSignal} signal */
    async checkGraphs(named, signal) {
      if (!named.length) return;
      this.graphs ??= new Set((await this.call({ text: "SELECT ?g { GRAPH ?g {} }", union: true }, signal)).rows.map((row) => row.g.value));
      for (const graph of named) {
        if (!this.graphs.has(graph)) throw new Error(this.words("FROM <{graph}> is not a graph here; the graphs are: {graphs}", { graph, graphs: [...this.graphs].sort().join(", ") }));
      }
    }

    /** An error of the engine with the line in the written query, which has a line of prefixes before it. @param {string} error */
    complaint(error) {
      const [, line, rest] = /^error at (\d+):(.*)$/s.exec(error) ?? [];
      return line ? this.words("The query does not parse, at line:column {place}", { place: `${Number(line) - 1}:${rest}` }) : error;
    }

    /** Ask the worker, when it has answered what was asked before. @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<Answer>} */
    call(asked, signal) {
      const answered = this.last.then(() => this.answer(asked, signal));
      this.last = answered.catch(() => {});
      return answered;
    }

    /** @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<Answer>} */
    async answer(asked, signal) {
      signal.throwIfAborted();
      const worker = await this.worker;
      signal.throwIfAborted();
      const seconds = this.seconds();
      const deadline = AbortSignal.timeout(seconds * 1000);
      try {
        const { error, crashed, json, triples = "" } = await Promise.race([said(worker, asked), ended(signal), ended(deadline)]);
        if (crashed) throw new EngineEnded(this.words("The engine failed on this query and was started again. Simplify the query, or ask for less."));
        if (error !== undefined) throw new Error(this.complaint(error));
        return json ? answerOf(JSON.parse(json)) : triplesOf(triples);
      } catch (error) {
        const late = deadline.aborted && !signal.aborted;
        if (late || signal.aborted || error instanceof EngineEnded) this.restart(worker);
        if (late) throw new EngineEnded(this.words("The query took longer than {seconds} seconds and was stopped; ask for less, or allow more time.", { seconds }));
        throw error;
      }
    }
  }

  /** The reply of a worker. @param {Worker} worker @param {WorkerAsked} asked @param {Transferable[]} [given] @returns {Promise<WorkerSaid>} */
  function said(worker, asked, given = []) {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => { event.preventDefault(); resolve({ error: event.message, crashed: true }); };
      worker.onmessageerror = () => reject(new Error("the engine's answer cannot be read"));
      worker.postMessage(asked, given);
    });
  }

  /** A promise that fails when a signal says so. @param {AbortSignal} signal @returns {Promise<never>} */
  function ended(signal) {
    return new Promise((_, reject) => { signal.addEventListener("abort", () => reject(signal.reason), { once: true }); });
  }

  // The engine that answers SPARQL: the server of this page, or the engine inside it.

  const TAKES = "application/sparql-results+json, application/n-triples;q=0.9";
  /** An endpoint that speaks the SPARQL protocol. @implements {AskEngine} */
  class HttpEngine {
    /** @param {string} address */
    constructor(address) {
      this.address = address;
    }

    /** @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
    async ask(text, signal) {
      const headers = { "Content-Type": "application/sparql-query", Accept: TAKES };
      const reply = await fetch(this.address, { method: "POST", headers, body: text, signal, cache: "no-store" });
      if (!reply.ok) throw new Error(await this.complaint(reply));
      if (reply.headers.get("Content-Type")?.startsWith("application/n-triples")) return triplesOf(await reply.text());
      return answerOf(await reply.json());
    }

    /** @param {Response} reply */
    async complaint(reply) {
      try {
        return (await reply.json()).detail ?? reply.statusText;
      } catch {
        return `${reply.status} ${reply.statusText}`;
      }
    }
  }

  /** The engine of this page, if there is one. @param {AskData} data @returns {Promise<AskEngine|null>} */
  async function engineOf(data) {
    return await serverOf(data.home) ?? (data.engine ? insideOf(data) : null);
  }

  /** The server that this page came from, where it is one of ours. @param {string} home  the way to it @returns {Promise<HttpEngine|null>} */
  async function serverOf(home) {
    if (globalThis.tipgraphBook || !location.protocol.startsWith("http")) return null; // a book is whole, and asks nobody
    const base = new URL(home, location.href);
    try {
      const reply = await fetch(new URL("health", base), { cache: "no-store" });
      return reply.ok && (await reply.json()).status === "ok" ? new HttpEngine(new URL("sparql", base).href) : null;
    } catch {
      return null;
    }
  }

  /** The engine that the page carries; in a book it goes on from page to page. @param {AskData} data @returns {Promise<PageEngine>} */
  async function insideOf(data) {
    const kept = /** @type {{tipgraphEngine?: Promise<PageEngine>}} */ (globalThis);
    kept.tipgraphEngine ??= PageEngine.carried(data);
    const engine = await kept.tipgraphEngine;
    engine.words = wording(data.words);
    engine.seconds = () => Math.min(Math.max(Number(byId("seconds")?.value), 0) || SECONDS, MOST_SECONDS);
    return engine;
  }
  // The answers of an engine: JSON, or N-Triples for what builds triples.

  const NTRIPLE = /^(<[^<>"{}|^`\\\s]*>|_:\S+) (<[^<>"{}|^`\\\s]*>) (.*) \.$/s;
  const LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;
  const ESCAPES = /** @type {Labels} */ ({ t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" });

  /** @param {string} value @returns {Term} */
  const iri = (value) => ({ type: "uri", value });

  /** @param {string} value @param {string} [datatype] @returns {Term} */
  const literal = (value, datatype) => datatype ? { type: "literal", value, datatype } : { type: "literal", value };

  /** An answer as JSON has it, of SELECT or of ASK. @param {{head: {vars: string[]}, results: {bindings: Row[]}, boolean?: boolean}} json @returns {Answer} */
  function answerOf({ head, results, boolean: truth }) {
    return truth === undefined ? { columns: head.vars, rows: results.bindings } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
  }

  /** Read lines of N-Triples as an answer. @param {string} text @returns {Answer} */
  function triplesOf(text) {
    const rows = text.split("\n").filter(Boolean).map((line) => NTRIPLE.exec(line) ?? unread(line));
    return {
      columns: ["subject", "predicate", "object"],
      rows: rows.map(([, subject, predicate, object]) => ({ subject: term(subject), predicate: term(predicate), object: term(object) })),
    };
  }

  /** @param {string} line @returns {never} */
  function unread(line) {
    throw new Error(`not N-Triples: ${line.slice(0, 80)}`);
  }

  /** A term as N-Triples write it. @param {string} text @returns {Term} */
  function term(text) {
    if (text.startsWith("<<(")) return literal(text); // a triple, shown as it is written
    const found = LITERAL.exec(text);
    if (!found) return text.startsWith("_:") ? { type: "bnode", value: text.slice(2) } : iri(text.slice(1, -1));
    const value = found[1].replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) =>
      (one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16))));
    return found[2] ? { type: "literal", value, "xml:lang": found[2] } : literal(value, found[3]);
  }

  // RDF terms as an endpoint answers with them, and as they fill the slots of a query; no other text is ever put into one.

  const SLOT = /VALUES\s+\?([\p{L}\p{N}_]+)\s*\{\s*UNDEF\s*\}/giu;
  const NO_IRI = /[\u0000-\u0020<>"{}|^`\\]/;
  const LANGUAGE = /^[a-zA-Z]+(?:-[a-zA-Z0-9]+)*$/;
  const NUMBERS = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));

  /** A term as SPARQL writes it; a RangeError for what is none. @param {Term} term @returns {string} */
  function termText(term) {
    if (term.type === "uri") {
      if (NO_IRI.test(term.value)) throw new RangeError(term.value);
      return `<${term.value}>`;
    }
    const text = `"${term.value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
    const language = term["xml:lang"] ?? "";
    if (language && !LANGUAGE.test(language)) throw new RangeError(language);
    if (language) return `${text}@${language}`;
    return term.datatype ? `${text}^^${termText(iri(term.datatype))}` : text;
  }

  /** Put terms into the slots of a query; a slot without a value is left out. @param {string} text @param {Record<string, Term[]>} values */
  function bound(text, values) {
    return text.replace(SLOT, (_, name) => (values[name] ? `VALUES ?${name} { ${values[name].map(termText).join(" ")} }` : ""));
  }

  /** Whether a term is a number. @param {Term|undefined} term */
  const isNumber = (term) => term?.type === "literal" && NUMBERS.has(term.datatype ?? "");

  /** A term that is a triple, as text. @param {any} of  as an endpoint gives it @returns {string} */
  function tripleText({ subject, predicate, object }) {
    const said = [subject, predicate, object].map((one) => (one.type === "triple" ? tripleText(one.value) : one.type === "bnode" ? `_:${one.value}` : termText(one)));
    return `<<( ${said.join(" ")} )>>`;
  }

  // Annotations of an answer: labels, citations, remarks, contradictions and types of its terms.

  const DESCRIBED = 4; // the rank of words that only describe an entry
  const TEXT_AT_ONCE = 30_000; // characters of terms, which a query holds up to three times; a server refuses one of more than 100,000
  const TYPES = /** @type {[string, string][]} */ ([["Actor", "Actor"], ["Undertaking", "Undertaking"], ["Place", "Place"],
    ["Route", "Route"], ["Publication", "Document"], ["Instrument", "Document"], ["Source", "Document"]]);

  /** The annotations of an answer so far. Nothing is asked twice. */
  class Told {
    constructor() {
      this.labels = /** @type {Map<string, string>} */ (new Map());
      this.cited = /** @type {Map<string, Cited[]>} */ (new Map()); // of each claim
      this.remarks = /** @type {Map<string, Remark>} */ (new Map());
      this.against = /** @type {Map<string, string[]>} */ (new Map()); // why each claim is contradicted
      this.types = /** @type {Map<string, string>} */ (new Map()); // of each thing, by the names of the pictures
      this.asked = { claims: /** @type {Set<string>} */ (new Set()), nodes: /** @type {Set<string>} */ (new Set()) };
    }

    /** The nodes that were not asked about before. @param {"claims"|"nodes"} what @param {Iterable<string>} some */
    fresh(what, some) {
      const asked = this.asked[what];
      return [...new Set(some)].filter((one) => !asked.has(one) && asked.add(one));
    }

    /** The caveats, notes or corrections of claims, each once. @param {"caveats"|"notes"|"corrections"} name @param {string[]} claims */
    each(name, claims) {
      return [...new Set(claims.flatMap((claim) => this.remarks.get(claim)?.[name] ?? []))];
    }

    /** The kinds of reviewers of claims, each once. @param {string[]} claims */
    reviews(claims) {
      return [...new Set(claims.map((claim) => this.remarks.get(claim)?.review ?? "unreviewed"))];
    }

    /** The reasons of contradictions, each once. @param {string[]} claims */
    contradictions(claims) {
      return [...new Set(claims.flatMap((claim) => this.against.get(claim) ?? []))];
    }
  }

  /** Asks an engine, by the graph's own queries. */
  class Teller {
    /** @param {AskEngine} engine @param {Labels} queries  by their names @param {string} language */
    constructor(engine, queries, language) {
      this.engine = engine;
      this.queries = queries;
      this.language = language;
    }

    /** @param {string} name @param {Record<string, Term[]>} values @param {AbortSignal} signal */
    async rows(name, values, signal) {
      return (await this.engine.ask(bound(this.queries[name], values), signal)).rows;
    }

    /** Ask of many nodes, as many at a time as a query may name. @param {string} name @param {string} slot @param {string[]} nodes @param {AbortSignal} signal @param {Record<string, Term[]>} values  of other slots */
    async each(name, slot, nodes, signal, values = {}) {
      const found = /** @type {Row[]} */ ([]);
      for (let start = 0; start < nodes.length;) {
        let [end, size] = [start, 0];
        do size += nodes[end++].length + 3; while (end < nodes.length && size + nodes[end].length < TEXT_AT_ONCE);
        for (const row of await this.rows(name, { ...values, [slot]: nodes.slice(start, end).map(iri) }, signal)) found.push(row);
        start = end;
      }
      return found;
    }

    /** Ask for the annotations of some more rows. Claims come first: other nodes have names and types. @param {Answer} answer @param {Told} told @param {AbortSignal} signal */
    async about({ columns, rows }, told, signal) {
      const held = columns.filter((name) => name.startsWith("claim"));
      const claims = told.fresh("claims", rows.flatMap((row) => held.map((name) => (row[name]?.type === "uri" ? row[name].value : ""))).filter(Boolean));
      const language = [literal(this.language)];
      const [cited, remarks, against] = await Promise.all(["cite", "remarks", "against"].map((name) => this.each(name, "claim", claims, signal, { language })));
      poured(citations(cited), told.cited);
      poured(remarksOf(remarks), told.remarks);
      poured(grouped(against, "claim", (row) => row.reason.value), told.against);
      const named = rows.flatMap((row) => Object.values(row)).filter(({ type, value }) => type === "uri" && !told.cited.has(value));
      const nodes = told.fresh("nodes", [...named.map(({ value }) => value), ...columns.map((name) => TIP + name)]);
      const [labels, types] = await Promise.all([
        this.each("labels", "node", nodes, signal),
        this.each("nodes", "node", nodes.filter((node) => node.startsWith(ID_BASE)), signal),
      ]);
      poured(this.called(labels), told.labels);
      poured(typesOf(types), told.types);
    }

    /** The label of each node in the language of the page, or else in English, or any. @param {Row[]} rows */
    called(rows) {
      const ranks = [this.language, "en"];
      const found = /** @type {Map<string, {rank: number, text: string}>} */ (new Map());
      for (const { node, label } of rows) {
        const at = ranks.indexOf(label["xml:lang"] ?? "");
        const rank = at < 0 ? ranks.length : at;
        const known = found.get(node.value);
        if (label.value.trim() && (!known || rank < known.rank)) found.set(node.value, { rank, text: label.value });
      }
      return new Map([...found].map(([node, { text }]) => [node, text]));
    }

    /** The entry of a name; an Error says that there is none, or several. @param {string} name @param {string} kind @param {Words} words @param {AbortSignal} signal @returns {Promise<Term>} */
    async resolve(name, kind, words, signal) {
      const wanted = name.trim().normalize("NFC");
      const of = { kind: [literal(kind)] };
      const address = wanted.includes("://") ? wanted.replace(/^<|>$/g, "") : ID_BASE + wanted;
      if (wanted.includes("/") && !NO_IRI.test(address)) {
        const exact = await this.rows("of-iri", { node: [iri(address)], ...of }, signal);
        if (exact.length) return exact[0].thing;
      }
      const slug = /^[a-z]+:[\w.-]+$/i.test(wanted) ? wanted.slice(wanted.indexOf(":") + 1) : wanted;
      const ends = [slug, slug.toLowerCase().split(/\s+/).join("-")].map((end) => literal(`/${end}`));
      const rows = await this.rows("resolve", { wanted: [literal(wanted.toLowerCase())], slug: ends, ...of }, signal);
      const best = Math.min(...rows.map(({ rank }) => Number(rank.value)));
      const holding = slug.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ");
      const held = holding && kind !== "thing" && best >= DESCRIBED ? await this.rows("holding", { words: [literal(` ${holding} `)], ...of }, signal) : [];
      const found = [...new Set([...rows.filter(({ rank }) => Number(rank.value) === best), ...held].map(({ thing }) => thing.value))];
      if (found.length === 1) return iri(found[0]);
      if (!found.length) throw new Error(notKnown(wanted, nearest(slug, await this.names(kind)), words));
      throw new Error(words("{name} is the name of several entries: {things}", { name: wanted, things: found.map(shortIri).join(", ") }));
    }

    /** All entries, by the last parts of their IRIs. @param {AbortSignal} signal @returns {Promise<Map<string, string>>} */
    async entries(signal) {
      return new Map((await this.rows("all-things", {}, signal)).map(({ thing }) => [lastPart(thing.value), thing.value]));
    }

    /** The values of a kind of parameter, in words. @param {string} kind @returns {Promise<string[]>} */
    async names(kind) {
      const { signal } = new AbortController();
      const found = kind.startsWith("code ") ? (await this.rows("codes", { name: [literal(kind.slice(5))] }, signal)).map((row) => row.notation.value)
        : kind === "class" ? (await this.rows("classes", {}, signal)).map((row) => row.name.value)
          : (await this.rows("names", { kind: [literal(kind)] }, signal)).map((row) => row.name.value);
      return [...new Set(found)].sort((one, other) => one.localeCompare(other));
    }

    /** The code of a notation in a code list, or of its words. @param {string} notation @param {string} list @param {Words} words @param {AbortSignal} signal */
    async code(notation, list, words, signal) {
      const rows = await this.rows("codes", { name: [literal(list)] }, signal);
      const wanted = notation.trim();
      const found = rows.find((row) => row.notation.value === wanted) ?? rows.find((row) => row.words.value.toLowerCase() === wanted.toLowerCase());
      if (found) return found.code;
      throw new Error(words("the codes are {codes}", { codes: [...new Set(rows.map((row) => row.notation.value))].sort().join(", ") }));
    }

    /** The class of a name. @param {string} name @param {Words} words @param {AbortSignal} signal */
    async class(name, words, signal) {
      const rows = await this.rows("classes", {}, signal);
      const found = rows.find((row) => row.name.value.toLowerCase() === name.trim().toLowerCase());
      if (found) return found.class;
      throw new Error(words("{name} is not known here", { name }));
    }
  }

  /** Pour one map into another. @template Value @param {Map<string, Value>} from @param {Map<string, Value>} to */
  function poured(from, to) {
    for (const [key, value] of from) to.set(key, value);
  }

  /** @param {Row[]} rows @param {string} key @param {(row: Row) => string} value @returns {Map<string, string[]>} */
  function grouped(rows, key, value) {
    const found = /** @type {Map<string, string[]>} */ (new Map());
    for (const row of rows) found.set(row[key].value, [...new Set([...(found.get(row[key].value) ?? []), value(row)])]);
    return found;
  }

  /** The citations of each claim, in the order of the text, each once. @param {Row[]} rows @returns {Map<string, Cited[]>} */
  function citations(rows) {
    const found = /** @type {Map<string, Map<string, Cited>>} */ (new Map());
    for (const { claim, source, paragraph, sentence, page, absent } of rows) {
      const places = found.get(claim.value) ?? new Map();
      const cited = {
        source: source.value, paragraph: Number(paragraph?.value ?? 0), sentence: Number(sentence?.value ?? 0),
        ...(page && { page: Number(page.value) }), absent: absent?.value ?? "",
      };
      found.set(claim.value, places.set(spotLabel(cited), cited));
    }
    const order = (/** @type {Cited} */ one, /** @type {Cited} */ other) =>
      one.source.localeCompare(other.source) || one.paragraph - other.paragraph || one.sentence - other.sentence
      || (one.page ?? 0) - (other.page ?? 0);
    return new Map([...found].map(([claim, places]) => [claim, [...places.values()].sort(order)]));
  }

  /** The name nearest to another, by the pairs of letters that both have; empty where none is near. @param {string} name @param {string[]} known */
  function nearest(name, known) {
    const pairs = (/** @type {string} */ text) => new Set([...text.toLowerCase()].map((letter, at, all) => letter + (all[at + 1] ?? "")));
    const own = pairs(name);
    const likeness = (/** @type {string} */ other) => {
      const theirs = pairs(other);
      return 2 * [...own].filter((pair) => theirs.has(pair)).length / (own.size + theirs.size);
    };
    const [best] = known.map((other) => ({ other, like: likeness(other) })).sort((one, two) => two.like - one.like);
    return best && best.like > 0.7 ? best.other : "";
  }

  /** The last part of an IRI. @param {string} iri */
  const lastPart = (iri) => iri.slice(iri.lastIndexOf("/") + 1);

  /** That a name is not known, with a near one if there is one. @param {string} name @param {string} near @param {Words} words */
  const notKnown = (name, near, words) => near ? words("{name} is not known here; perhaps {near}?", { name, near }) : words("{name} is not known here", { name });

  /** A place in words, or why there is none: the text is only cited, or the place is withheld. @param {Cited} cited */
  function spotLabel({ source, paragraph, sentence, page, absent }) {
    return paragraph ? `${source} ¶${paragraph} s${sentence}${page ? `, p. ${page}` : ""}` : `${source} (${absent})`;
  }

  /** The remarks on each claim. @param {Row[]} rows */
  function remarksOf(rows) {
    const found = /** @type {Told["remarks"]} */ (new Map());
    const each = { caveats: grouped(given(rows, "words"), "claim", (row) => row.words.value), notes: grouped(given(rows, "note"), "claim", (row) => row.note.value),
      corrections: grouped(given(rows, "correction"), "claim", (row) => row.correction.value) };
    for (const { claim: { value }, modality, review, reviewer } of rows) {
      found.set(value, {
        modality: modality.value, review: review?.value ?? "unreviewed", reviewer: reviewer?.value ?? "",
        caveats: each.caveats.get(value) ?? [], notes: each.notes.get(value) ?? [], corrections: each.corrections.get(value) ?? [],
      });
    }
    return found;
  }

  /** The rows that have a value. @param {Row[]} rows @param {string} name */
  const given = (rows, name) => rows.filter((row) => row[name]);

  /** The type of each node, by the names of the pictures. @param {Row[]} rows */
  function typesOf(rows) {
    const classes = grouped(rows, "node", (row) => row.class.value.slice(TIP.length));
    const found = /** @type {Map<string, string>} */ (new Map());
    for (const [node, names] of classes) {
      const type = TYPES.find(([name]) => names.includes(name));
      if (type) found.set(node, type[1]);
    }
    return found;
  }

  // The rows of an answer in a table: heads sort all rows, and a box filters them.

  const ROWS_AT_ONCE = 200;
  const PRINTED = 5000; // rows; more are no print

  /** A row that has its own columns only, whatever they are called, and a triple as text. @param {Row} row @returns {Row} */
  function ownRow(row) {
    const found = Object.assign(Object.create(null), row);
    for (const [name, term] of Object.entries(row)) if (/** @type {string} */ (term.type) === "triple") found[name] = literal(tripleText(term.value));
    return found;
  }

  /** The table of one answer, which grows as rows come. */
  class AskRows {
    /** @param {AskTable} table @param {Taken} taken */
    constructor(table, taken) {
      this.table = table;
      this.taken = taken;
      this.words = table.words;
      this.columns = { shown: /** @type {string[]} */ ([]), held: /** @type {string[]} */ ([]) }; // with terms, and with claims
      this.sorting = /** @type {{head: number, down: boolean}|null} */ (null);
      this.drawn = /** @type {Row[]} */ ([]);
      this.texts = /** @type {Map<Row, string>} */ (new Map()); // folded, of rows that words were looked for in
      this.box = made("input", { type: "search", id: "holds", autocomplete: "off", "aria-describedby": "held" });
      this.box.addEventListener("input", () => this.draw());
      this.count = made("span", { id: "held", class: "quiet", role: "status" });
      this.head = made("tr");
      this.body = made("tbody");
      const region = made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.words("Answer") }, made("table", {}, made("thead", {}, this.head), this.body));
      this.unprinted = made("p", { class: "unprinted" });
      const label = made("label", { for: "holds" }, this.words("Show only lines with these words"));
      table.place.replaceChildren(made("p", { class: "filter" }, label, this.box, this.count), region, this.unprinted);
      this.more = new MoreButton(region, ROWS_AT_ONCE, (count) => this.words("More: {count}", { count: numeral(count) }), () => this.draw());
      this.watching = new AbortController();
      addEventListener("beforeprint", () => this.draw(PRINTED), { signal: this.watching.signal });
      addEventListener("afterprint", () => this.draw(), { signal: this.watching.signal });
    }

    /** Show rows that have come. @param {Row[]} rows */
    grow(rows) {
      const { told, columns } = this.taken;
      const [shown, held] = [new Set(this.columns.shown), new Set(this.columns.held)];
      for (const row of rows) for (const [name, { value }] of Object.entries(row)) (told.cited.has(value) ? held : shown).add(name);
      if (shown.size > this.columns.shown.length || held.size > this.columns.held.length) {
        this.columns = { shown: columns.filter((name) => shown.has(name)), held: columns.filter((name) => held.has(name)) };
        this.showHeads();
        this.drawn = [];
      }
      this.draw();
    }

    /** Name the columns, by buttons that sort. */
    showHeads() {
      const heads = this.columns.shown.map((name) => this.taken.told.labels.get(TIP + name) ?? name.replace(/_/g, " "));
      if (this.columns.held.length) heads.push(this.words("said at"));
      this.sorting = null; // the head that was pressed may be another now
      this.head.replaceChildren(...heads.map((text, at) => made("th", { scope: "col" }, button([text], () => this.sort(at)))));
    }

    /** @param {number} head */
    sort(head) {
      this.sorting = { head, down: this.sorting?.head === head && !this.sorting.down };
      for (const cell of this.head.cells) cell.removeAttribute("aria-sort");
      this.head.cells[head].setAttribute("aria-sort", this.sorting.down ? "descending" : "ascending");
      this.draw();
    }

    /** Have the first rows in the page, those of the filter in their order; rows that are there already stay. @param {number} least  rows, for a print */
    draw(least = 0) {
      const rows = this.ordered();
      const first = least ? rows.slice(0, Math.max(least, this.drawn.length)) : this.more.first(rows);
      let same = 0;
      while (same < first.length && first[same] === this.drawn[same]) same += 1;
      for (const line of [...this.body.rows].slice(same)) line.remove();
      this.body.append(...first.slice(same).map((row) => this.table.row(row, this.columns, this.taken.told)));
      this.drawn = first;
      const all = this.taken.rows.length;
      this.count.textContent = rows.length === all ? "" : this.words("{count} of {all} rows", { count: numeral(rows.length), all: numeral(all) });
      this.unprinted.textContent = rows.length <= PRINTED ? ""
        : this.words("Not printed: {count} more rows; download them as a file.", { count: numeral(rows.length - PRINTED) });
    }

    /** The rows that hold the words of the box, in the order of the head that was pressed. */
    ordered() {
      const words = wordsOf(this.box.value);
      const rows = words.length ? this.taken.rows.filter((row) => words.every((word) => this.folded(row).includes(word))) : this.taken.rows;
      if (!this.sorting) return rows;
      const { head, down } = this.sorting;
      const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
      const keyed = rows.map((row) => ({ row, key: this.key(row, head) }));
      keyed.sort(({ key: one }, { key: other }) => {
        if (one === "" || other === "") return Number(one === "") - Number(other === ""); // what has none is last
        const isLess = typeof one === "number" && typeof other === "number" ? one - other
          : typeof one === "string" && typeof other === "string" ? compare(one, other) : typeof one === "number" ? -1 : 1;
        return down ? -isLess : isLess;
      });
      return keyed.map(({ row }) => row);
    }

    /** The folded text of a row. @param {Row} row */
    folded(row) {
      const text = this.texts.get(row) ?? folded(Object.values(row).map((term) => this.text(term)).join("\n"));
      this.texts.set(row, text);
      return text;
    }

    /** The text of a term; of a claim, its citations. @param {Term|undefined} term */
    text(term) {
      const { told } = this.taken;
      return told.cited.has(term?.value ?? "") ? this.table.saidText(term?.value ?? "", told) : this.table.text(term, told);
    }

    /** The sort key of a row under a head. @param {Row} row @param {number} head @returns {string|number} */
    key(row, head) {
      const name = this.columns.shown[head];
      if (name === undefined) return this.columns.held.map((one) => this.text(row[one])).join(" ").trim();
      const number = isNumber(row[name]) ? Number(row[name].value) : NaN;
      return Number.isNaN(number) ? this.table.text(row[name], this.taken.told).trim() : number;
    }
  }

  // The cells of an answer: entries link to their pages, and each row cites its claims.

  /** A number as the language of the page writes it. @param {number} value */
  const numeral = (value) => value.toLocaleString(document.documentElement.lang);
  const PLAIN_PART = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
  const LONGEST_PART = 80;
  const LONGEST_CELL = 2000; // characters; more of one are laid out for seconds

  /** The page of a thing, from the root of the site, or the line of a route on the map; empty where its name is too odd for one. @param {string} node @param {string|undefined} type */
  function thingPage(node, type) {
    const parts = shortIri(node).split("/");
    const plain = node.startsWith(ID_BASE) && parts.length === 3 && parts.every((part) => PLAIN_PART.test(part) && part.length <= LONGEST_PART);
    return !plain ? "" : type === "Route" ? `map.html#at=${parts.join("/")}` : `thing/${parts.join("/")}.html`;
  }

  /** The place of a claim in the page of its source. @param {Cited} cited @param {string} claim */
  function spotPage({ source, paragraph }, claim) {
    return PLAIN_PART.test(source) ? `source/${source}.html#p${paragraph}/${shortIri(claim).split("/").map(encodeURIComponent).join("/")}` : "";
  }

  /** The view of an answer as a table, and what any view shows of a term or a claim. */
  class AskTable {
    /** @param {HTMLElement} place @param {string} root  of the site @param {Words} words */
    constructor(place, root, words) {
      this.place = place;
      this.root = root;
      this.words = words;
      this.rows = /** @type {AskRows|null} */ (null);
    }

    /** Begin the table of an answer, whose rows come later. @param {Taken} taken */
    begin(taken) {
      this.rows?.watching.abort();
      this.rows = new AskRows(this, taken);
    }

    /** @param {Row} row @param {AskRows["columns"]} columns @param {Told} told */
    row(row, { shown, held }, told) {
      const cells = shown.map((name) => made("td", isNumber(row[name]) ? { class: "number" } : {}, this.cell(row[name], told)));
      const claims = held.map((name) => row[name]?.value ?? "").filter(Boolean);
      if (held.length) cells.push(made("td", { class: "said" }, ...this.said([...new Set(claims)], told)));
      return made("tr", {}, ...cells);
    }

    /** The text of a cell. @param {Term|undefined} term @param {Told} told */
    text(term, told) {
      if (!term) return "";
      if (term.type === "uri") return told.labels.get(term.value) ?? shortIri(term.value);
      return term.type === "bnode" ? `_:${term.value}` : term.value;
    }

    /** @param {Term|undefined} term @param {Told} told */
    cell(term, told) {
      const label = this.text(term, told);
      if (label.length > LONGEST_CELL) return `${label.slice(0, LONGEST_CELL)} … (${this.words("{count} characters in all; download a file to read them", { count: numeral(label.length) })})`;
      if (term?.type !== "uri") return label;
      const page = told.types.has(term.value) ? this.pageOf(term.value, told) : this.termPage(term.value);
      return page ? made("a", { href: this.root + page }, label) : label;
    }

    /** @param {string} node @param {Told} told */
    pageOf(node, told) {
      const source = shortIri(node);
      if (told.types.get(node) === "Document" && PLAIN_PART.test(source)) return `source/${source}.html`;
      return thingPage(node, told.types.get(node));
    }

    /** The place of a term of the ontology in its page. @param {string} node */
    termPage(node) {
      const own = node.startsWith(TIP) || node.startsWith(CODE);
      return own ? `ontology.html#${encodeURIComponent(node.split("#")[1])}` : "";
    }

    /** The citations of the claims of a row, and the remarks on them. @param {string[]} claims @param {Told} told */
    said(claims, told) {
      const places = claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => ({ claim, cited })));
      const links = places.map(({ claim, cited }) => {
        const page = spotPage(cited, claim);
        return made("li", {}, page ? made("a", { href: this.root + page }, spotLabel(cited)) : spotLabel(cited));
      });
      const known = this.known(claims, told).map(({ text, kind }) => made("p", { class: kind }, text));
      return [made("ul", { class: "said" }, ...links), ...known];
    }

    /** The remarks on claims. @param {string[]} claims @param {Told} told */
    known(claims, told) {
      const caveats = told.each("caveats", claims);
      const reviewers = new Set(claims.flatMap((claim) => told.remarks.get(claim) ?? []).filter(({ review }) => review !== "unreviewed").map(({ reviewer }) => reviewer));
      return [
        ...(caveats.length ? [{ kind: "quiet", text: caveats.join(", ") }] : []),
        ...(reviewers.size ? [{ kind: "quiet", text: `${this.words("Reviewed by")}: ${[...reviewers].join(", ")}` }] : []),
        ...told.each("corrections", claims).map((said) => ({ kind: "quiet", text: `${this.words("Corrected")}: ${said}` })),
        ...told.each("notes", claims).map((note) => ({ kind: "quiet", text: `${this.words("Note")}: ${note}` })),
        ...told.contradictions(claims).map((reason) => ({ kind: "warn", text: `${this.words("Possible contradiction")}: ${reason}` })),
      ];
    }

    /** The citations and remarks of a claim as one text. @param {string} claim @param {Told} told */
    saidText(claim, told) {
      return [...(told.cited.get(claim) ?? []).map(spotLabel), ...this.known([claim], told).map(({ text }) => text)].join(" ");
    }
  }

  // The editor: that of Yasgui where it was gathered at build time, with completion from the ontology; else a plain box.

  const LONGEST_EDITED = 8000; // characters in the rich editor, which lays out a long line for seconds

  /** A plain box. @param {HTMLTextAreaElement} box @returns {Editor} */
  function plainEditor(box) {
    return {
      get value() { return box.value; },
      set value(text) { box.value = text; },
      change: (act) => box.addEventListener("input", act),
      shown: () => {},
    };
  }

  /**
   * The editor of Yasgui in place of a box.
   * @param {HTMLTextAreaElement} box @param {KnownTerm[]} terms @param {() => void} run
   * @param {() => void} refused  what is too long @returns {Editor}
   */
  function richEditor(box, terms, run, refused) {
    const place = made("div", { class: "rich" });
    box.replaceWith(place);
    Yasqe.defaults.autocompleters = []; // its own ask servers of others; lists are merged
    Yasqe.registerAutocompleter(completer(terms), false);
    const yasqe = new Yasqe(place, {
      autocompleters: ["tipgraph", "variables"], persistenceId: null, showQueryButton: false, resizeable: false, prefixCcApi: null,
      createShareableLink: null, createShortLink: null, consumeShareLink: null, collapsePrefixesOnLoad: false,
      syntaxErrorCheck: false, // it knows no prefixes but those that a query declares
      value: box.value, lineWrapping: true, editorHeight: "auto", viewportMargin: Infinity, screenReaderLabel: box.dataset.label,
      extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": (/** @type {any} */ editor) => editor.autocomplete(), Tab: false, "Shift-Tab": false },
    });
    yasqe.on("beforeChange", (/** @type {any} */ editor, /** @type {any} */ change) => {
      if (editor.getValue().length + change.text.join("\n").length <= LONGEST_EDITED) return;
      if (change.origin === "setValue" && change.text.join("\n").length <= LONGEST_EDITED) return; // replaces the text
      change.cancel();
      refused();
    });
    return {
      get value() { return yasqe.getValue(); },
      set value(text) { yasqe.setValue(text); },
      change: (act) => yasqe.on("change", act),
      shown: () => yasqe.refresh(),
    };
  }

  /** Completion by what the ontology has: `tip:Fund` becomes `tip:Funding`. @param {KnownTerm[]} terms */
  function completer(terms) {
    return {
      name: "tipgraph", bulk: false, autoShow: true,
      isValidCompletionPosition: (/** @type {any} */ yasqe) => /^(?:tip|code):?[\w-]*$/.test(yasqe.getCompleteToken().string),
      get: (/** @type {any} */ yasqe, /** @type {any} */ token) => {
        const before = yasqe.getPreviousNonWsToken(yasqe.getCursor().line, token)?.string ?? "";
        return matching(before === "a" ? terms.filter(({ kind }) => kind === "class") : terms.filter(({ kind }) => kind !== "class"), token?.string ?? "");
      },
      postprocessHints: (/** @type {any} */ _yasqe, /** @type {any[]} */ hints) => hints.map((hint) => {
        const known = terms.find(({ term }) => term === hint.text);
        return { ...hint, displayText: known ? `${known.term} – ${known.label}` : hint.text };
      }),
    };
  }

  /** The terms that begin so, or have the words in their label. @param {KnownTerm[]} terms @param {string} begun */
  function matching(terms, begun) {
    const wanted = begun.toLowerCase();
    const word = wanted.slice(wanted.indexOf(":") + 1);
    const first = terms.filter(({ term }) => term.toLowerCase().startsWith(wanted));
    const others = word ? terms.filter((one) => !first.includes(one) && one.label.toLowerCase().includes(word)) : [];
    return [...first, ...others].slice(0, 60).map(({ term }) => term);
  }

  // The ties of an answer: which entries a row names together.

  const GIVEN = new Set(["receiver", "purpose", "place"]); // the columns to which a giver's money goes
  /** Columns that are the two ends of a line, and whether it is directed. */
  const ENDS = /** @type {[string, string, boolean][]} */ ([["from", "to", true], ["origin", "destination", true], ["between", "and", false]]);

  /**
   * The ties of an answer: of each row its two ends, or else its first entry with each other one. Equal ties are one tie
   * with more claims. A tie is directed if its columns are: from origin to destination, from a giver.
   * @param {Taken} taken @returns {Tie[]}
   */
  function tiesOf({ columns, rows, told }) {
    const found = /** @type {Map<string, Omit<Tie, "claims"> & {claims: Set<string>}>} */ (new Map());
    const isEntry = (/** @type {Term|undefined} */ term) => term?.type === "uri" && told.types.has(term.value);
    const label = (/** @type {string} */ name) => told.labels.get(TIP + name) ?? name;
    const tie = (/** @type {Row} */ row, /** @type {string} */ first, /** @type {string} */ other, /** @type {boolean} */ directed) => {
      const [from, to] = [row[first].value, row[other].value];
      if (from === to) return;
      const relation = `${label(first)} ${directed ? "→" : "–"} ${label(other)}`;
      const known = found.get(`${from} ${to} ${relation}`) ?? { from, to, relation, directed, claims: new Set() };
      for (const claim of claimsIn(row, told)) known.claims.add(claim);
      found.set(`${from} ${to} ${relation}`, known);
    };
    for (const row of rows) {
      const line = ENDS.find(([one, other]) => isEntry(row[one]) && isEntry(row[other]));
      const [first, ...others] = columns.filter((name) => isEntry(row[name]));
      if (line) tie(row, ...line);
      else for (const other of others) tie(row, first, other, first === "giver" && GIVEN.has(other));
    }
    return [...found.values()].map((known) => ({ ...known, claims: [...known.claims] }));
  }

  /** The claims of a row, none twice. @param {Row} row @param {Told} told */
  const claimsIn = (row, told) => [...new Set(Object.values(row).map(({ value }) => value))].filter((node) => told.cited.has(node));

  /** The modality of a tie: implied if all of its claims are. @param {Tie} tie @param {Told} told */
  function modalityOf({ claims }, told) {
    return claims.length && claims.every((claim) => told.remarks.get(claim)?.modality === "implied") ? "implied" : "stated";
  }

  /** Whether a row names two entries. @param {Taken} taken @param {Row} row */
  function tiesAny({ columns, told }, row) {
    return new Set(columns.map((name) => row[name]?.value ?? "").filter((node) => told.types.has(node))).size > 1;
  }

  // An answer as files: rows as CSV and JSON, ties as GraphML.

  /** @typedef {Answer & {told: Told, name: string, asked: Labels, whole: boolean}} Taken  an answer, or as much of it as has come; `asked` is the question with its parameters, or the query */

  /** The name of a file; that of a part says so. @param {Taken} taken @param {keyof typeof FILES} form @param {Words} words */
  function fileName({ name, rows, whole }, form, words) {
    return `${name}${whole ? "" : `-${words("first-{count}-rows", { count: rows.length })}`}.${form}`;
  }

  /** The caveats, corrections and contradictions of a claim, in brackets. @param {string} claim @param {Told} told */
  function marksOf(claim, { remarks, against }) {
    const { caveats = [], corrections = [] } = remarks.get(claim) ?? {};
    const marks = [...caveats, ...(corrections.length ? ["corrected"] : []), ...(against.has(claim) ? ["contradicted"] : [])];
    return marks.length ? ` (${marks.join(", ")})` : "";
  }

  /** The citations of claims as one text. @param {string[]} claims @param {Told} told */
  function saidText(claims, told) {
    return claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => `${spotLabel(cited)}${marksOf(claim, told)}`)).join("; ");
  }

  /** The rows as CSV, each with the labels of its things and where it is said. @param {Taken} taken */
  function csvOf({ columns, rows, told }) {
    const isNamed = (/** @type {Term|undefined} */ term) => term?.type === "uri" && told.labels.has(term.value);
    const labelled = columns.filter((name) => rows.some((row) => isNamed(row[name])));
    const lines = rows.map((row) => {
      const claims = claimsIn(row, told);
      return [
        ...columns.map((name) => row[name]?.value ?? ""),
        ...labelled.map((name) => told.labels.get(row[name]?.value ?? "") ?? ""),
        saidText(claims, told),
        told.each("notes", claims).join("; "),
        told.reviews(claims).join("; "),
        told.each("corrections", claims).join("; "),
        told.contradictions(claims).join("; "),
      ];
    });
    const head = [...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "review", "corrected", "contradicted"];
    return [head, ...lines].map((cells) => `${cells.map(csvCell).join(",")}\n`).join("");
  }

  /** The rows as JSON, each with where it is said and what must be known of it. @param {Taken} taken */
  function jsonOf({ columns, rows, told }) {
    const value = (/** @type {Term} */ term) => (term.type === "uri" ? { iri: term.value, label: told.labels.get(term.value) ?? null } : term.value);
    return JSON.stringify(rows.map((row) => {
      const claims = claimsIn(row, told);
      const reviews = told.reviews(claims);
      return {
        ...Object.fromEntries(columns.map((name) => [name, row[name] ? value(row[name]) : null])),
        "said at": claims.flatMap((claim) => told.cited.get(claim) ?? []),
        implied: claims.some((claim) => told.remarks.get(claim)?.modality === "implied"),
        unreviewed: reviews.includes("unreviewed"),
        caveats: told.each("caveats", claims),
        review: reviews,
        notes: told.each("notes", claims),
        corrections: told.each("corrections", claims),
        contradicted: told.contradictions(claims),
      };
    }), null, 1);
  }

  /** The ties of an answer as GraphML. @param {Taken} taken */
  function graphmlOf(taken) {
    const { rows, told, name, asked, whole } = taken;
    const ties = tiesOf(taken);
    const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
    const manifest = JSON.stringify({
      "made by": "tipgraph", asked, counts: { rows: rows.length, nodes: nodes.length, edges: ties.length }, whole, licence: LICENCES,
    });
    const lines = graphmlLines(name, manifest, {
      attributes: [["label", "string", (node) => told.labels.get(node) ?? shortIri(node)], ["type", "string", (node) => told.types.get(node)], ["iri", "string", (node) => node]],
      items: nodes.map((node) => [node, node]),
    }, {
      attributes: [
        ["label", "string", ({ relation }) => relation], ["claim", "string", ({ claims }) => claims.join(" ")],
        ["said_at", "string", ({ claims }) => saidText(claims, told)], ["modality", "string", (tie) => modalityOf(tie, told)],
        ["directed", "boolean", ({ directed }) => directed],
        ["caveats", "string", ({ claims }) => told.each("caveats", claims).join(", ")], ["review", "string", ({ claims }) => told.reviews(claims).join(" ")],
        ["corrected", "string", ({ claims }) => told.each("corrections", claims).join("; ")],
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

  // The dates that a person writes: a year, a month, a day, or a season such as 2004-21, with the bounds that `model.dates` gives.

  const WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
  const MONTHS = /** @type {Record<string, [number, number]>} */ ({ // of seasons, as in `model.dates`; a spring of either hemisphere is from March to November
    21: [3, 11], 23: [3, 11], 25: [3, 5], 26: [6, 8], 27: [9, 11], 29: [9, 11], 31: [3, 5], 32: [6, 8],
  });

  /** The number of days in a month. @param {number} year @param {number} month */
  const daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();

  /** The first or the last day of a date as a term; null for no date. @param {string} text @param {"from"|"to"} end @returns {Term|null} */
  function dayOf(text, end) {
    const [, digits, month, day] = WRITTEN.exec(text.trim()) ?? [];
    if (!digits) return null;
    const [year, number] = [Number(digits), Number(month ?? 0)];
    let [first, last] = month ? [number, number] : [1, 12];
    let [firstYear, lastYear] = [year, year];
    if (number > 20 && number < 33 && !day) {
      [first, last] = MONTHS[number] ?? [12, 2];
      if (!MONTHS[number]) [firstYear, lastYear] = [year - 1, year + 1]; // a winter of one hemisphere is a summer of the other
    } else if (first < 1 || first > 12 || (day && (Number(day) < 1 || Number(day) > daysIn(year, first)))) return null;
    const [at, of] = end === "from" ? [first, firstYear] : [last, lastYear];
    const written = [String(of).padStart(4, "0"), at, day ?? (end === "from" ? 1 : daysIn(of, at))].map((part) => String(part).padStart(2, "0"));
    return literal(written.join("-"), `${XSD}date`);
  }

  // The fields of the parameters of a question, and the terms that their values mean.

  const MOST_NAMES = 5000; // more are no list to choose from

  /** The fields of one question. */
  class AskForm {
    /** @param {HTMLElement} place @param {Words} words @param {Teller} teller */
    constructor(place, words, teller) {
      this.place = place;
      this.words = words;
      this.teller = teller;
      this.question = /** @type {Question|null} */ (null);
    }

    /** Show the fields of a question, filled. @param {Question|null} question @param {Labels} values  as words */
    show(question, values = {}) {
      this.question = question;
      const fields = Object.entries(question?.parameters ?? {}).map(([name, { kind, summary }]) => {
        const id = `parameter-${name}`;
        return made("div", { class: "field" }, made("label", { for: id }, made("b", {}, name), ` ${summary}`),
          made("input", { id, name, list: `${id}-names`, type: "text", autocomplete: "off", spellcheck: "false", placeholder: this.example(kind), "aria-describedby": `${id}-fault`, value: values[name] ?? "" }),
          made("datalist", { id: `${id}-names` }), made("p", { id: `${id}-fault`, class: "warn fault", role: "alert" }));
      });
      this.place.replaceChildren(...fields);
      for (const input of this.place.querySelectorAll("input")) {
        input.addEventListener("focus", () => this.suggest(input, question?.parameters[input.name]?.kind ?? ""), { once: true });
      }
      this.place.hidden = !fields.length;
    }

    /** Offer the possible names of a field when it first gets the focus. @param {HTMLInputElement} input @param {string} kind */
    async suggest(input, kind) {
      if (kind === "text" || kind === "from" || kind === "to" || kind.startsWith("number")) return;
      try {
        const names = kind === "flag" ? ["true"] : await this.teller.names(kind);
        input.list?.replaceChildren(...names.slice(0, MOST_NAMES).map((value) => made("option", { value })));
      } catch { /* it works without */ }
    }

    /** An example of a value. @param {string} kind */
    example(kind) {
      if (kind === "from" || kind === "to") return "2004, 2004-11, 2004-11-11";
      if (kind === "place") return "JP, caribbean, Japan …";
      return kind.startsWith("code ") ? this.words("a code") : "";
    }

    /** The values of the fields that are not empty. @returns {Labels} */
    get values() {
      const inputs = /** @type {NodeListOf<HTMLInputElement>} */ (this.place.querySelectorAll("input"));
      return Object.fromEntries([...inputs].map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));
    }

    /** The terms of the fields, or null; a fault is shown at its field. @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Record<string, Term[]>|null>} */
    async terms(teller, signal) {
      const found = /** @type {Record<string, Term[]>} */ ({});
      let sound = true;
      for (const fault of this.place.querySelectorAll(".fault")) fault.textContent = "";
      for (const [name, value] of Object.entries(this.values)) {
        try {
          found[name] = [await this.term(this.question?.parameters[name]?.kind ?? "thing", value, teller, signal)];
        } catch (error) {
          if (signal.aborted) throw error;
          const fault = document.getElementById(`parameter-${name}-fault`);
          if (fault) fault.textContent = error instanceof Error ? error.message : String(error);
          sound = false;
        }
      }
      return sound ? found : null;
    }

    /** @param {string} kind @param {string} value @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Term>} */
    async term(kind, value, teller, signal) {
      if (kind === "from" || kind === "to") {
        const day = dayOf(value, kind);
        if (day) return day;
        throw new Error(this.words("write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"));
      }
      if (kind === "text") return literal(value);
      if (kind === "flag") {
        if (value === "true") return literal(value, `${XSD}boolean`);
        throw new Error(this.words("write true, or leave it empty"));
      }
      if (kind.startsWith("number")) return this.number(kind, value);
      if (kind.startsWith("code ")) return teller.code(value, kind.slice("code ".length), this.words, signal);
      if (kind === "class") return teller.class(value, this.words, signal);
      return teller.resolve(value, kind, this.words, signal);
    }

    /** @param {string} kind @param {string} value */
    number(kind, value) {
      const [least, most] = (/(\d+)-(\d+)/.exec(kind) ?? []).slice(1).map(Number);
      const fits = /^\d{1,15}$/.test(value) && (most === undefined || (Number(value) >= least && Number(value) <= most));
      if (fits) return literal(String(Number(value)), `${XSD}integer`);
      throw new Error(most === undefined ? this.words("write a whole number") : this.words("write a whole number from {least} to {most}", { least, most }));
    }
  }

  // An answer on the map: its places as dots, and a line between the two ends of a row.

  /** The lines between the places of rows, each once. @param {Row[]} rows @param {(node: string) => boolean} known */
  function linesOf(rows, known) {
    const found = /** @type {Map<string, {from: string, to: string, directed: boolean}>} */ (new Map());
    for (const row of rows) {
      for (const [start, end, directed] of ENDS) {
        const [from, to] = [row[start]?.value ?? "", row[end]?.value ?? ""];
        if (from !== to && known(from) && known(to)) found.set(`${from} ${to} ${directed}`, { from, to, directed });
      }
    }
    return [...found.values()];
  }

  /** The head of an arrow at the end of a curve. @param {number[]} middle @param {[number, number]} end */
  function arrow(middle, [x, y]) {
    const turn = Math.atan2(y - middle[1], x - middle[0]);
    const corner = (/** @type {number} */ by) => `${x - 7 * Math.cos(turn) - 10 * Math.cos(turn + by)} ${y - 7 * Math.sin(turn) - 10 * Math.sin(turn + by)}`;
    return drawn("path", { class: "head", d: `M${x - 6 * Math.cos(turn)} ${y - 6 * Math.sin(turn)}L${corner(0.45)}L${corner(-0.45)}Z` });
  }

  class AskEarth {
    /** @param {HTMLElement} place @param {Record<string, MapPart[]>} places @param {AskTable} table @param {Words} words */
    constructor(place, places, table, words) {
      this.place = place;
      this.places = places;
      this.table = table;
      this.words = words;
    }

    /** @param {Taken} taken */
    show({ rows, told }) {
      const known = (/** @type {string} */ node) => this.spotOf(node) !== undefined;
      const nodes = new Set(rows.flatMap((row) => Object.values(row)).flatMap(({ type, value }) => (type === "uri" && known(value) ? [value] : [])));
      if (!nodes.size || !globalThis.tipgraphEarth) {
        this.place.replaceChildren(made("p", { class: "quiet" }, this.words("No row names a place that this graph has on the map.")));
        return;
      }
      const { width, height, sea, land } = globalThis.tipgraphEarth;
      const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", class: "earth", "aria-label": this.words("Places of the answer: {count}", { count: nodes.size }) });
      svg.append(drawn("path", { class: "sea", d: sea }), drawn("path", { class: "land", d: land() }));
      for (const { from, to, directed } of linesOf(rows, known)) {
        const [[x, y], [endX, endY]] = [from, to].map((node) => this.spotOf(node) ?? [0, 0]);
        const middle = [(x + endX) / 2, (y + endY) / 2 - Math.hypot(endX - x, endY - y) / 5];
        svg.append(drawn("path", { class: "tie", d: `M${x} ${y}Q${middle[0]} ${middle[1]} ${endX} ${endY}` }));
        if (directed) svg.append(arrow(middle, [endX, endY]));
      }
      for (const node of nodes) svg.append(this.dot(node, told));
      const key = this.words("An arrow leads from origin to destination; a line without an arrow has no stated direction. A region is a dot in its middle. For whole regions, figures and implied routes, see:");
      this.place.replaceChildren(svg, made("p", { class: "quiet" }, `${key} `, made("a", { href: `${this.table.root}map.html` }, this.words("the map of routes"))));
    }

    /** The point of a place on the map, if it has one. @param {string} node */
    spotOf(node) {
      return globalThis.tipgraphEarth?.spotOf(this.places[node] ?? []);
    }

    /** @param {string} node @param {Told} told */
    dot(node, told) {
      const [[x, y], label, page] = [this.spotOf(node) ?? [0, 0], told.labels.get(node) ?? shortIri(node), thingPage(node, told.types.get(node))];
      const name = drawn("text", { x: x + 8, y: y + 4 }, label);
      return drawn("a", page ? { href: this.table.root + page } : {}, drawn("circle", { cx: x, cy: y, r: 5 }), name);
    }
  }

  // Questions one step away from a question without an answer, as `tipgraph query` offers them.

  const MOST_NEAR = 6;
  const NEAR_SECONDS = 20; // after which nothing more is asked
  const WITHOUT_NEAR = ["flag", "from", "to", "text"]; // kinds of values without neighbours
  const NO_ENTRIES = ["class", "code", "number", ...WITHOUT_NEAR];

  /** A record without a key. @template Value @param {string} name @param {Record<string, Value>} all @returns {Record<string, Value>} */
  const without = (name, { [name]: _, ...others }) => others;

  /**
   * The nearest questions that have rows, each once.
   * @param {Teller} teller
   * @param {{text: string, parameters: Record<string, Parameter>}} question @param {Record<string, Term[]>} given
   * @param {Labels} words  for the given values @param {AbortSignal} signal
   */
  async function nearby(teller, { text, parameters }, given, words, signal) {
    const until = performance.now() + NEAR_SECONDS * 1000;
    const found = /** @type {Map<string, Near>} */ (new Map());
    for await (const near of candidates()) {
      found.set(JSON.stringify(near.values), near);
      if (found.size === MOST_NEAR) break;
    }
    return [...found.values()];

    /** First another value in place of one, then none in its place, then no value at all. @returns {AsyncGenerator<Near>} */
    async function* candidates() {
      const names = Object.keys(given);
      for (const name of names) {
        for await (const [other, values] of alternatives(name)) {
          if (!values.size || !await count({ ...without(name, given), [other]: [...values.keys()] })) continue;
          for (const [term, word] of values) {
            const rows = await count({ ...without(name, given), [other]: [term] });
            if (rows) yield { values: { ...without(name, words), [other]: word || await shortName(term.value) }, rows };
          }
        }
      }
      for (const name of names) {
        const rows = await count(without(name, given));
        if (rows) yield { values: without(name, words), rows };
      }
      const rows = names.length > 1 ? await count({}) : 0;
      if (rows) yield { values: {}, rows };
    }

    /** Parameters with values in place of a given one, each with its word. @param {string} name @returns {AsyncGenerator<[string, Map<Term, string>]>} */
    async function* alternatives(name) {
      const [sort, more] = parameters[name].kind.split(" ");
      if (sort === "code") {
        yield [name, termed(await teller.rows("codes", { name: [literal(more)] }, signal), "code", "notation")];
      } else if (sort === "class") {
        const names = new Map((await teller.rows("classes", {}, signal)).map((row) => [row.class.value, row.name.value]));
        const [{ value }] = given[name];
        const pairs = (await teller.rows("class-tree", {}, signal)).map((row) => [row.class.value, row.above.value]);
        const beside = [...pairs, ...pairs.map(([one, other]) => [other, one])].filter(([one, other]) => one === value && names.has(other));
        yield [name, new Map(beside.map(([, other]) => [iri(other), names.get(other) ?? ""]))];
      } else if (sort === "number") {
        const [least, most] = (more ?? "").split("-").map(Number);
        const numbers = Array.from({ length: most ? most - least + 1 : 0 }, (_, at) => String(least + at));
        yield [name, new Map(numbers.map((number) => [literal(number, `${XSD}integer`), number]))];
      } else if (!WITHOUT_NEAR.includes(sort)) {
        const free = Object.entries(parameters).filter(([other, { kind }]) => !(other in given) && !NO_ENTRIES.includes(kind.split(" ")[0]));
        for (const other of [name, ...free.map(([key]) => key)]) {
          const kind = [literal(parameters[other].kind)];
          yield [other, termed(await teller.rows("beside", { thing: given[name], kind }, signal), "other")];
        }
      }
    }

    /** The number of rows with some values. @param {Record<string, Term[]>} values */
    async function count(values) {
      return performance.now() > until ? 0 : (await teller.engine.ask(bound(text, values), signal)).rows.length;
    }

    /** The shortest name that means an entry. @param {string} node */
    async function shortName(node) {
      const name = node.slice(node.lastIndexOf("/") + 1);
      try {
        return (await teller.resolve(name, "thing", (english) => english, signal)).value === node ? name : shortIri(node);
      } catch (error) {
        if (signal.aborted) throw error;
        return shortIri(node);
      }
    }
  }

  /** The terms of a column, each with its word from another. @param {Row[]} rows @param {string} column @param {string} [word] @returns {Map<Term, string>} */
  const termed = (rows, column, word) => new Map([...new Map(rows.map((row) => [row[column].value, row])).values()].map((row) => [row[column], word ? row[word].value : ""]));

  // An answer as a network; a click on an entry or a tie says what it is.

  const MOST_NODES = 400; // more cannot be read
  const STEPS = 220; // of the layout

  /** Places for nodes by springs and repulsion, from a circle, always the same. @param {number} count @param {[number, number][]} ties */
  function laidOut(count, ties) {
    const places = Array.from({ length: count }, (_, at) => ({ x: 300 * Math.cos((2 * Math.PI * at) / count), y: 300 * Math.sin((2 * Math.PI * at) / count) }));
    for (let step = 0; step < STEPS; step += 1) {
      const moves = places.map(() => ({ x: 0, y: 0 }));
      const push = (/** @type {number} */ one, /** @type {number} */ other, /** @type {(away: number) => number} */ force) => {
        const [x, y] = [places[one].x - places[other].x || 0.01 * (one - other), places[one].y - places[other].y];
        const away = Math.max(Math.hypot(x, y), 1);
        const size = force(away) / away;
        moves[one].x += x * size; moves[one].y += y * size;
        moves[other].x -= x * size; moves[other].y -= y * size;
      };
      for (let one = 0; one < count; one += 1) for (let other = 0; other < one; other += 1) push(one, other, (away) => 9000 / away);
      for (const [one, other] of ties) push(one, other, (away) => -away * away / 95);
      const most = 60 * (1 - step / STEPS) + 1;
      places.forEach((place, at) => {
        const size = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.01);
        place.x += moves[at].x / size * Math.min(size, most) - place.x * 0.01;
        place.y += moves[at].y / size * Math.min(size, most) - place.y * 0.01;
      });
    }
    return places;
  }

  class AskNetwork {
    /**
     * @param {HTMLElement} place @param {HTMLElement} chosen  the place of what is chosen
     * @param {Record<string, any>} drawing  options of the picture, names of the types @param {AskTable} table
     * @param {Words} words
     */
    constructor(place, chosen, drawing, table, words) {
      this.place = place;
      this.chosen = chosen;
      this.drawing = drawing;
      this.table = table;
      this.words = words;
    }

    /** @param {Taken} taken */
    show(taken) {
      const { told } = taken;
      const ties = this.ties = tiesOf(taken);
      const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
      this.chosen.textContent = "";
      if (!nodes.length || nodes.length > MOST_NODES) {
        this.place.replaceChildren(made("p", { class: "quiet" }, nodes.length
          ? this.words("{count} entries are too many for a picture; ask for fewer, or download the rows.", { count: nodes.length })
          : this.words("No row names two entries, so there are no links to draw.")));
        return;
      }
      const label = this.words("{nodes} entries, {ties} links; the table shows the same", { nodes: nodes.length, ties: ties.length });
      const box = made("div", { id: "picture", tabindex: "0", role: "img", "aria-label": label });
      this.place.replaceChildren(box);
      const ids = new Map(nodes.map((node, id) => [node, id]));
      const idOf = (/** @type {string} */ node) => ids.get(node) ?? 0;
      const places = laidOut(nodes.length, ties.map(({ from, to }) => [idOf(from), idOf(to)]));
      const data = /** @type {any} */ ({
        ...this.drawing, name: "answer", title: "", words: {},
        nodes: nodes.map((node, id) => {
          const type = told.types.get(node);
          return { id, label: told.labels.get(node) ?? shortIri(node), group: type, kind: type, iri: node, ...places[id] };
        }),
        edges: ties.map((tie, id) => this.edge(tie, id, idOf, told)),
        relations: Object.fromEntries(ties.map(({ relation }) => [relation, relation])),
      });
      const picture = this.picture = new VisPicture(box, data, (item) => {
        picture.select(item);
        this.say(item, ties, nodes, told);
      });
    }

    /** @param {Tie} tie @param {number} id @param {(node: string) => number} idOf @param {Told} told @returns {NetworkEdge} */
    edge(tie, id, idOf, told) {
      const modality = modalityOf(tie, told);
      return { id, key: String(id), from: idOf(tie.from), to: idOf(tie.to), relation: tie.relation, directed: tie.directed, source: "", modality,
        ...(tie.directed && { arrows: "to middle" }), ...(modality === "implied" && { color: { opacity: 0.5 } }) };
    }

    /** @param {Item|null} item @param {Tie[]} ties @param {string[]} nodes @param {Told} told */
    say(item, ties, nodes, told) {
      const link = (/** @type {string} */ node) => this.table.cell(iri(node), told);
      if (!item) this.chosen.replaceChildren();
      else if (item.kind === "node") this.chosen.replaceChildren(link(nodes[item.id]));
      else {
        const { from, relation, to, claims } = ties[item.id];
        this.chosen.replaceChildren(link(from), ` (${relation}) `, link(to), ...this.table.said(claims, told));
      }
    }
  }

  // The page.

  const OURS = new Set(["reference", "identity", "audits", "derived", "ontology"]); // graphs that are no source
  const MOST_UNKNOWN = 10;
  const ROWS_A_SLICE = 1000; // that are told together
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
      const table = new AskTable(byId("view-table"), data.root, this.words);
      this.views = {
        table,
        network: new AskNetwork(byId("drawn"), byId("chosen"), data.drawing, table, this.words),
        map: new AskEarth(byId("view-map"), data.places, table, this.words),
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
        const { columns, rows } = await this.engine.ask(bound(this.editor.value, values), signal);
        for (let start = 0; start < Math.max(rows.length, 1); start += ROWS_A_SLICE) {
          const slice = { columns, rows: rows.slice(start, start + ROWS_A_SLICE).map(ownRow) };
          await this.teller.about(slice, told, signal);
          signal.throwIfAborted();
          taken ??= this.begin(columns, told);
          this.come(taken, slice.rows);
        }
        if (taken) this.end(taken, (performance.now() - begun) / 1000);
        if (taken && !taken.rows.length) await this.offerNearby(values, signal);
      } catch (error) {
        if (this.running === running) this.broken(taken, signal.aborted, error instanceof Error ? error.message : String(error));
      } finally {
        if (this.running === running) {
          this.running = null;
          this.busy(false);
        }
      }
      return undefined;
    }

    /** Begin an answer. @param {string[]} columns @param {Told} told @returns {Taken} */
    begin(columns, told) {
      this.forget();
      const { asked } = this;
      this.remember(asked);
      const taken = { columns, rows: [], told, name: this.question?.name ?? "answer", asked, whole: false };
      this.views.table.begin(taken);
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
      for (const row of rows) taken.rows.push(row);
      if (!this.answer) {
        this.answer = taken;
        byId("answer").hidden = false;
        this.look(this.view);
      }
      this.stale = new Set(VIEWS);
      if (byId("graphml").disabled && rows.some((row) => tiesAny(taken, row))) this.offerGraphml(true);
      this.views.table.rows?.grow(rows);
      this.say(this.words("{count} rows so far …", { count: numeral(taken.rows.length) }));
    }

    /** End an answer that is complete. @param {Taken} taken @param {number} seconds */
    end(taken, seconds) {
      taken.whole = true;
      this.look(this.view);
      this.say(taken.rows.length
        ? this.words("{count} rows in {seconds} s", { count: numeral(taken.rows.length), seconds: seconds.toFixed(2) })
        : this.words("No source in this graph reports this. Absence is not evidence of absence."));
    }

    /** Offer the questions near to one without an answer. @param {Record<string, Term[]>} given @param {AbortSignal} signal */
    async offerNearby(given, signal) {
      const question = { text: this.editor.value, parameters: this.form.question?.parameters ?? {} };
      const near = await nearby(this.teller, question, given, this.form.values, signal).catch(() => []);
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
      if (!taken?.rows.length) return stopped ? this.fail(this.words("Stopped."), false) : this.fail(why);
      const count = numeral(taken.rows.length);
      this.look(this.view);
      byId("part").hidden = false;
      byId("part").textContent = this.words("This is a part of the answer: its first {count} rows. There may be more.", { count });
      return stopped ? this.say(this.words("Stopped; the first {count} rows.", { count }))
        : this.say(this.words("Interrupted after the first {count} rows: {why}", { count, why }), true);
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
      if (this.stale.delete(view)) this.views[view].show(this.answer);
    }

    /** Download the answer. @param {keyof typeof FILES} form */
    take(form) {
      if (!this.answer) return;
      const { text, type } = FILES[form];
      download(fileName(this.answer, form, this.words), new Blob([text(this.answer)], { type }));
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
})();
