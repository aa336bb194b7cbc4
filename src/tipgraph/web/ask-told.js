"use strict";
// What must be known beside the rows of an answer: names, where claims are said, what contradicts them, types of things.

const AT_ONCE = 200; // terms in one query
const TIP = "https://w3id.org/tipgraph/ns#";
const CODE = "https://w3id.org/tipgraph/code#";
const TYPES = /** @type {[string, string][]} */ ([["Actor", "Actor"], ["Undertaking", "Undertaking"], ["Place", "Place"],
  ["Route", "Route"], ["Publication", "Document"], ["Instrument", "Document"], ["Source", "Document"]]);

/**
 * @typedef {{source: string, paragraph: number, sentence: number, absent: string}} Cited
 * @typedef {object} Told
 * @property {Map<string, string>} labels
 * @property {Map<string, Cited[]>} cited  of each claim
 * @property {Map<string, {implied: boolean, unreviewed: boolean, notes: string[]}>} remarks
 * @property {Map<string, string[]>} against  why each claim is contradicted
 * @property {Map<string, string>} types  of each thing, by the names of the pictures
 */

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
    return (await gathered(this.engine.stream(bound(this.queries[name], values), signal))).rows;
  }

  /** Ask of many nodes, some at a time. @param {string} name @param {string} slot @param {Iterable<string>} nodes @param {AbortSignal} signal */
  async each(name, slot, nodes, signal) {
    const [all, found] = [[...new Set(nodes)], /** @type {Row[]} */ ([])];
    for (let start = 0; start < all.length; start += AT_ONCE) {
      found.push(...await this.rows(name, { [slot]: all.slice(start, start + AT_ONCE).map(iri) }, signal));
    }
    return found;
  }

  /** Tell what belongs to an answer. @param {Answer} answer @param {AbortSignal} signal @returns {Promise<Told>} */
  async about({ columns, rows }, signal) {
    const held = columns.filter((name) => name.startsWith("claim"));
    const nodes = new Set(rows.flatMap((row) => Object.values(row)).filter(({ type }) => type === "uri").map(({ value }) => value));
    const claims = new Set(rows.flatMap((row) => held.map((name) => row[name]?.value ?? "")).filter(Boolean));
    const things = [...nodes].filter((node) => node.startsWith(ID_BASE) && !claims.has(node));
    const [labels, cited, remarks, against, types] = await Promise.all([
      this.each("labels", "node", [...nodes, ...columns.map((name) => TIP + name)], signal),
      this.each("cite", "claim", claims, signal),
      this.each("remarks", "claim", claims, signal),
      this.each("against", "claim", claims, signal),
      this.each("nodes", "node", things, signal),
    ]);
    return {
      labels: this.called(labels),
      cited: citations(cited),
      remarks: remarksOf(remarks),
      against: grouped(against, "claim", (row) => row.reason.value),
      types: typesOf(types),
    };
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

  /**
   * The thing that a short name means. An Error says that there is none, or several.
   * @param {string} name @param {string} kind @param {Words} words @param {AbortSignal} signal
   * @returns {Promise<Term>}
   */
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
    const found = [...new Set(rows.filter(({ rank }) => Number(rank.value) === best).map(({ thing }) => thing.value))];
    if (found.length === 1) return iri(found[0]);
    if (!found.length) throw new Error(words("{name} is not known here", { name: wanted }));
    throw new Error(words("{name} means several things: {things}", { name: wanted, things: found.map(shortIri).join(", ") }));
  }

  /** What may be meant by a parameter of a kind, as words. @param {string} kind @returns {Promise<string[]>} */
  async names(kind) {
    const { signal } = new AbortController();
    const found = kind.startsWith("code ") ? (await this.rows("codes", { name: [literal(kind.slice(5))] }, signal)).map((row) => row.notation.value)
      : kind === "class" ? (await this.rows("classes", {}, signal)).map((row) => row.name.value)
        : (await this.rows("names", { kind: [literal(kind)] }, signal)).map((row) => row.name.value);
    return [...new Set(found)].sort((one, other) => one.localeCompare(other));
  }

  /** The code of a notation in a code list. @param {string} notation @param {string} list @param {Words} words @param {AbortSignal} signal */
  async code(notation, list, words, signal) {
    const rows = await this.rows("codes", { name: [literal(list)] }, signal);
    const found = rows.find((row) => row.notation.value === notation.trim());
    if (found) return found.code;
    throw new Error(words("the codes are {codes}", { codes: rows.map((row) => row.notation.value).sort().join(", ") }));
  }

  /** The class of a name. @param {string} name @param {Words} words @param {AbortSignal} signal */
  async class(name, words, signal) {
    const rows = await this.rows("classes", {}, signal);
    const found = rows.find((row) => row.name.value.toLowerCase() === name.trim().toLowerCase());
    if (found) return found.class;
    throw new Error(words("{name} is not known here", { name }));
  }
}

/** @param {Row[]} rows @param {string} key @param {(row: Row) => string} value @returns {Map<string, string[]>} */
function grouped(rows, key, value) {
  const found = /** @type {Map<string, string[]>} */ (new Map());
  for (const row of rows) found.set(row[key].value, [...new Set([...(found.get(row[key].value) ?? []), value(row)])]);
  return found;
}

/** Where each claim is said, in the order of the text, no place twice. @param {Row[]} rows @returns {Map<string, Cited[]>} */
function citations(rows) {
  const found = /** @type {Map<string, Map<string, Cited>>} */ (new Map());
  for (const { claim, source, paragraph, sentence, absent } of rows) {
    const places = found.get(claim.value) ?? new Map();
    const cited = {
      source: source.value, paragraph: Number(paragraph?.value ?? 0), sentence: Number(sentence?.value ?? 0),
      absent: absent?.value ?? "",
    };
    found.set(claim.value, places.set(spotLabel(cited), cited));
  }
  const order = (/** @type {Cited} */ one, /** @type {Cited} */ other) =>
    one.source.localeCompare(other.source) || one.paragraph - other.paragraph || one.sentence - other.sentence;
  return new Map([...found].map(([claim, places]) => [claim, [...places.values()].sort(order)]));
}

/** A place in words; where none is told, why: the text is only cited, or its place withheld. @param {Cited} cited */
function spotLabel({ source, paragraph, sentence, absent }) {
  return paragraph ? `${source} ¶${paragraph} s${sentence}` : `${source} (${absent})`;
}

/** @param {Row[]} rows */
function remarksOf(rows) {
  const found = /** @type {Told["remarks"]} */ (new Map());
  for (const { claim, modality, review, note } of rows) {
    const notes = found.get(claim.value)?.notes ?? [];
    const how = { implied: modality.value === "implied", unreviewed: review?.value === "unreviewed" };
    found.set(claim.value, { ...how, notes: note ? [...notes, note.value] : notes });
  }
  return found;
}

/** The type of each thing, as the pictures have them. @param {Row[]} rows */
function typesOf(rows) {
  const classes = grouped(rows, "node", (row) => row.class.value.slice(TIP.length));
  const found = /** @type {Map<string, string>} */ (new Map());
  for (const [node, names] of classes) {
    const type = TYPES.find(([name]) => names.includes(name));
    if (type) found.set(node, type[1]);
  }
  return found;
}
