// Annotations of an answer: labels, citations, remarks, contradictions and types of its terms.

import { ID_BASE, TIP, shortIri } from "../shared/iris.js";
import { gathered } from "./engine.js";
import { NO_IRI, bound, iri, literal } from "./terms.js";
/** @import { Answer, AskEngine, Cited, Remark, Row, Term } from "./types.d.ts" @import { Labels, Words } from "../shared/types.d.ts" */

const DESCRIBED = 4; // the rank of words that only describe an entry
const TEXT_AT_ONCE = 30_000; // characters of terms, which a query holds up to three times; a server refuses one of more than 100,000
const TYPES = /** @type {[string, string][]} */ ([["Actor", "Actor"], ["Undertaking", "Undertaking"], ["Place", "Place"],
  ["Route", "Route"], ["Publication", "Document"], ["Instrument", "Document"], ["Source", "Document"]]);

/** The annotations of an answer so far. Nothing is asked twice. */
export class Told {
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
export class Teller {
  /** @param {AskEngine} engine @param {Labels} queries  by their names @param {string} language */
  constructor(engine, queries, language) {
    this.engine = engine;
    this.queries = queries;
    this.language = language;
  }

  /** @param {string} name @param {Record<string, Term[]>} values @param {AbortSignal} signal */
  async rows(name, values, signal) {
    return (await gathered(this.engine.stream(bound(this.queries[name], values), signal))).rows;
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
export function nearest(name, known) {
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
export const lastPart = (iri) => iri.slice(iri.lastIndexOf("/") + 1);

/** That a name is not known, with a near one if there is one. @param {string} name @param {string} near @param {Words} words */
export const notKnown = (name, near, words) => near ? words("{name} is not known here; perhaps {near}?", { name, near }) : words("{name} is not known here", { name });

/** A place in words, or why there is none: the text is only cited, or the place is withheld. @param {Cited} cited */
export function spotLabel({ source, paragraph, sentence, page, absent }) {
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
