// The cells of an answer: entries link to their pages, and each row cites its claims.

import { made } from "../shared/elements.js";
import { CODE, ID_BASE, TIP, shortIri } from "../shared/iris.js";
import { spotLabel } from "./annotations.js";
import { AskRows } from "./rows.js";
import { isNumber } from "./terms.js";
/** @import { Told } from "./annotations.js" @import { AskAnswer } from "./answer.js" @import { Cited, Term } from "./types.d.ts" */
/** @import { Words } from "../shared/types.d.ts" */

/** A number as the language of the page writes it. @param {number} value */
export const numeral = (value) => value.toLocaleString(document.documentElement.lang);
const PLAIN_PART = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const LONGEST_PART = 80;
const LONGEST_CELL = 2000; // characters; more of one are laid out for seconds

/** The page of a thing, from the root of the site; empty where its name is too odd for one. @param {string} node @param {boolean} records  whether a page shows those that have none */
export function thingPage(node, records) {
  const parts = shortIri(node).split("/");
  const plain = node.startsWith(ID_BASE) && parts.length === 3 && parts.every((part) => PLAIN_PART.test(part) && part.length <= LONGEST_PART);
  return !plain ? "" : records ? `entry.html#${parts.join("/")}` : `thing/${parts.join("/")}.html`;
}

/** The place of a claim in the page of its source. @param {Cited} cited @param {string} claim */
function spotPage({ source, paragraph }, claim) {
  return PLAIN_PART.test(source) ? `source/${source}.html#p${paragraph}/${shortIri(claim).split("/").map(encodeURIComponent).join("/")}` : "";
}

/** The view of an answer as a table, and what any view shows of a term or a claim. */
export class AskTable {
  /** @param {HTMLElement} place @param {string} root  of the site @param {boolean} records  whether a page of it shows entries without a page @param {Words} words */
  constructor(place, root, records, words) {
    this.place = place;
    this.root = root;
    this.records = records;
    this.words = words;
    this.rows = /** @type {AskRows|null} */ (null);
  }

  /** Begin the table of an answer, whose rows come later. @param {AskAnswer} answer @param {Told} told */
  begin(answer, told) {
    this.rows?.end();
    this.rows = new AskRows(this, answer, told);
  }

  /** @param {AskRows} rows @param {number} row @param {Told} told */
  row({ answer, columns }, row, told) {
    const numbers = answer.numbersOf(row);
    const cells = columns.shown.map((at) => {
      const term = answer.terms[numbers[at]];
      return made("td", isNumber(term) ? { class: "number" } : {}, this.cell(term, told));
    });
    const claims = columns.held.map((at) => answer.terms[numbers[at]]?.value ?? "").filter(Boolean);
    if (columns.held.length) cells.push(made("td", { class: "said" }, ...this.said([...new Set(claims)], told)));
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
    return thingPage(node, this.records);
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
