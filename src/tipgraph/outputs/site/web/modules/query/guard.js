// What a query of a person may not hold, as `tipgraph.graph.sparql` has it, and the prefixes that it need not declare.

/** @import { Labels, Words } from "../shared/types.d.ts" */

const QUERY_TOKEN = new RegExp([
  String.raw`(?<iri><[^<>"{}|^${"`"}\\\u0000-\u0020]*>)`,
  String.raw`(?<comment>#[^\n\r]*)`,
  String.raw`(?<loose>"{3}(?!(?:[^"\\]|\\.|"{1,2}(?!"))*"{3})|'{3}(?!(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}))`,
  String.raw`(?<text>"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*"{3}|'{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}|"(?:[^"\\\n\r]|\\.)*"?|'(?:[^'\\\n\r]|\\.)*'?)`,
  String.raw`(?<variable>[?$][\p{L}\p{N}_]+|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)`,
  String.raw`(?<name>[\p{L}\p{N}_.-]{0,100}:(?:[\p{L}\p{N}_.:%-]|\\.)*)`,
  String.raw`(?<word>[\p{L}\p{N}_]+)`,
  String.raw`(?<mark>\S)`,
].join("|"), "gsu");
const QUERY_ESCAPE = /\\(?:u|U0000)(?!00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))[0-9A-Fa-f]{4}|\\U(?!0000)/;
const SOUND_ESCAPE = /\\(?:[tbnrf"'\\]|u00[0-9a-fA-F]{2}|U000000[0-9a-fA-F]{2})/g;
const LONGEST_QUERY = 100_000; // characters, as on the command line
const LONGEST_TERM = 80; // of our names; what is longer is no slip of the pen
const WRITES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"]);

/** The tokens of a query, save blanks and comments. @param {string} text @returns {{kind: string, piece: string}[]} */
function queryTokens(text) {
  return [...text.matchAll(QUERY_TOKEN)].map(({ groups = {} }) => {
    const [kind, piece] = Object.entries(groups).find(([, found]) => found !== undefined) ?? ["", ""];
    return { kind, piece };
  }).filter(({ kind }) => kind !== "comment");
}

/** The graphs that a query names by FROM, where it names any. An Error says what it may not hold. @param {string} text @param {Words} words @returns {string[]} */
export function guarded(text, words) {
  if (text.length > LONGEST_QUERY) throw new Error(words("the query has {count} characters; at most {most} are run", { count: text.length, most: LONGEST_QUERY }));
  if (QUERY_ESCAPE.test(text)) throw new Error(words("escapes of characters are not run; write the character itself"));
  const named = [];
  let afterFrom = false;
  for (const { kind, piece } of queryTokens(text)) {
    if (kind === "loose" || (kind === "text" && piece.replace(SOUND_ESCAPE, "").includes("\\"))) {
      throw new Error(words("{piece} … begins a text without an end, or holds an escape that is none; mend it", { piece: piece.slice(0, 20) }));
    }
    const word = kind === "word" || kind === "name" ? piece.toUpperCase() : "";
    if (kind === "word" && WRITES.has(word)) throw new Error(words("{word} is an update; a graph is only read here", { word }));
    if (word.includes("SERVICE")) throw new Error(words("SERVICE asks another server; nothing leaves this page, so ask that server itself"));
    if (afterFrom && word !== "NAMED") named.push(piece.slice(1, -1));
    afterFrom = kind === "word" && (word === "FROM" || (afterFrom && word === "NAMED"));
  }
  return named;
}

/**
 * The IRIs that a query names, by a prefix or as a whole, each as it is first written there. Left out are what
 * CONSTRUCT makes, a prefix alone, an IRI without a name behind a #, names that are longer than any term, and whole
 * IRIs in VALUES, which may be the data of a caller.
 * @param {string} text @param {Labels} prefixes  that it need not declare @returns {Map<string, string>}
 */
export function namedIn(text, prefixes) {
  const found = /** @type {Map<string, string>} */ (new Map());
  const spaces = new Map(Object.entries(prefixes));
  let [first, second, declared, making, inside, data] = ["", "", "", false, false, false];
  for (const { kind, piece } of queryTokens(text)) {
    const word = piece.toUpperCase();
    if (inside) {
      if (piece === "}") [making, inside] = [false, false]; // a template holds no brackets
      continue;
    }
    making = (making && word !== "WHERE") || (kind === "word" && word === "CONSTRUCT");
    inside = making && piece === "{";
    const [prefix, name] = [piece.slice(0, piece.indexOf(":")), piece.slice(piece.indexOf(":") + 1)];
    data = (data && piece !== "}") || word === "VALUES";
    const [, whole] = kind === "iri" && !data ? /#([^#]+)>$/.exec(piece) ?? [] : [];
    if (kind === "iri" && first === "PREFIX") spaces.set(declared.slice(0, -1), piece.slice(1, -1));
    else if (whole && whole.length <= LONGEST_TERM && !found.has(piece.slice(1, -1))) found.set(piece.slice(1, -1), piece);
    const iri = spaces.get(prefix) + name;
    const termed = kind === "name" && name && name.length <= LONGEST_TERM;
    if (termed && second !== "PREFIX" && spaces.has(prefix) && !found.has(iri)) found.set(iri, piece);
    [first, second, declared] = [second, word, piece];
  }
  return found;
}

/** A line that declares those prefixes that a query does not declare itself. @param {string} text @param {Labels} prefixes */
export function prefixLine(text, prefixes) {
  const tokens = queryTokens(text);
  const declared = new Set(tokens.filter((_, at) => tokens[at - 1]?.piece.toUpperCase() === "PREFIX").map(({ piece }) => piece));
  return Object.entries(prefixes).filter(([name]) => !declared.has(`${name}:`)).map(([name, iri]) => `PREFIX ${name}: <${iri}> `).join("");
}
