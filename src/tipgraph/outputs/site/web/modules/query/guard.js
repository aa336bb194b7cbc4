// The guard of queries, by the patterns and limits of `graph/sparql.py`, and the prefixes that a query need not declare.

import { ID_BASE } from "../shared/iris.js";
import { guard } from "../shared/python.json";
/** @import { Labels, Words } from "../shared/types.d.ts" */

const [TOKEN, ESCAPE, SOUND_ESCAPE] = [`\\s+|${guard.token}`, guard.escape, guard.soundEscape].map((source) => new RegExp(source, "gsu"));
const KINDS = ["iri", "text", "variable", "name", "word", "mark"]; // of tokens; blanks and comments are none

/** The tokens of a query; an open text lacks its end. @param {string} text */
function queryTokens(text) {
  const tokens = [];
  for (const { 0: piece, index, groups = {} } of text.matchAll(TOKEN)) {
    const kind = KINDS.find((name) => groups[name] !== undefined);
    if (kind) tokens.push({ kind, piece, isOpen: (groups.open ?? groups.opened) !== undefined, isCalled: text[index + piece.length] === "(" });
  }
  return tokens;
}

/** The graphs that a query names by FROM. An Error says what a query may not hold. @param {string} text @param {Words} words @returns {string[]} */
export function guarded(text, words) {
  if (text.length > guard.longestQuery) throw new Error(words("the query has {count} characters; at most {most} are run", { count: text.length, most: guard.longestQuery }));
  if (text.search(ESCAPE) >= 0) throw new Error(words("a query with escapes of characters is not run; write the character itself"));
  const named = [];
  let afterFrom = false;
  for (const { kind, piece, isOpen } of queryTokens(text)) {
    if (isOpen || (kind === "text" && piece.replace(SOUND_ESCAPE, "").includes("\\"))) {
      throw new Error(words("{piece} … begins a text without an end, or contains an invalid escape; correct it", { piece: piece.slice(0, 20) }));
    }
    const word = kind === "word" || kind === "name" ? piece.toUpperCase() : "";
    if (kind === "word" && guard.writes.includes(word)) throw new Error(words("{word} is an update; this page only reads the graph", { word }));
    if (word.includes("SERVICE")) throw new Error(words("SERVICE asks another server, but nothing leaves this page; ask that server itself"));
    if (afterFrom && word !== "NAMED") named.push(piece.slice(1, -1));
    afterFrom = kind === "word" && (word === "FROM" || (afterFrom && word === "NAMED"));
  }
  return named;
}

/**
 * The IRIs that a query names, each as it is first written. Left out are the template of CONSTRUCT, prefixes alone,
 * whole IRIs that are neither of an entry nor have a name behind #, names longer than any term, whole IRIs in VALUES,
 * which may be a caller's data, named graphs, and functions.
 * @param {string} text @param {Labels} prefixes  that it need not declare
 */
export function namedIn(text, prefixes) {
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
    else if (!other && whole && whole.length <= guard.longestTerm && !found.has(piece.slice(1, -1))) found.set(piece.slice(1, -1), piece);
    const iri = spaces.get(prefix) + name.replaceAll("\\", "");
    const termed = kind === "name" && !other && name && name.length <= guard.longestTerm;
    if (termed && second !== "PREFIX" && spaces.has(prefix) && !found.has(iri)) found.set(iri, piece);
    [first, second, declared] = [second, word, piece];
  }
  return found;
}

/** A line that declares the prefixes that a query may use; its own declarations come later, and win. @param {string} text @param {Labels} prefixes */
export function prefixLine(text, prefixes) {
  return Object.entries(prefixes).filter(([name]) => text.includes(`${name}:`)).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
}
