"use strict";
// The rows of an answer as a table: things lead to their pages, and every row names where its claims are said.

const ROWS_AT_ONCE = 200;
const PLAIN_PART = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
const LONGEST_PART = 80;

/** The page of a thing, from the root of the site; empty where its name is too odd for one. @param {string} node */
function thingPage(node) {
  const parts = shortIri(node).split("/");
  const plain = node.startsWith(ID_BASE) && parts.length === 3 && parts.every((part) => PLAIN_PART.test(part) && part.length <= LONGEST_PART);
  return plain ? `thing/${parts.join("/")}.html` : "";
}

/** The place of a claim in the page of its source. @param {Cited} cited @param {string} claim */
function spotPage({ source, paragraph }, claim) {
  return PLAIN_PART.test(source) ? `source/${source}.html#p${paragraph}/${shortIri(claim).split("/").map(encodeURIComponent).join("/")}` : "";
}

/** An answer as a table. */
class AskTable {
  /** @param {HTMLElement} place @param {string} root  of the site @param {Words} words */
  constructor(place, root, words) {
    this.place = place;
    this.root = root;
    this.words = words;
  }

  /** @param {Answer} answer @param {Told} told */
  show(answer, told) {
    const shown = answer.columns.filter((name) => answer.rows.some((row) => row[name] && !told.cited.has(row[name].value)));
    const held = answer.columns.filter((name) => answer.rows.some((row) => row[name] && told.cited.has(row[name].value)));
    const heads = shown.map((name) => told.labels.get(TIP + name) ?? name.replace(/_/g, " "));
    if (held.length) heads.push(this.words("said at"));
    const body = made("tbody");
    const table = made("table", { class: "sortable" }, made("thead", {}, made("tr", {}, ...heads.map((head) => made("th", { scope: "col" }, head)))), body);
    const makers = answer.rows.map((row) => () => this.row(row, shown, held, told));
    const more = inParts(body, makers, ROWS_AT_ONCE, (count) => this.words("More: {count}", { count }));
    makeSortable(table);
    this.place.replaceChildren(made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.words("Answer") }, table), more);
  }

  /** @param {Row} row @param {string[]} shown @param {string[]} held @param {Told} told */
  row(row, shown, held, told) {
    const cells = shown.map((name) => made("td", isNumber(row[name]) ? { class: "number" } : {}, this.cell(row[name], told)));
    const claims = held.map((name) => row[name]?.value ?? "").filter(Boolean);
    if (held.length) cells.push(made("td", { class: "said" }, ...this.said([...new Set(claims)], told)));
    return made("tr", {}, ...cells);
  }

  /** @param {Term|undefined} term @param {Told} told */
  cell(term, told) {
    if (!term) return "";
    if (term.type !== "uri") return term.value;
    const label = told.labels.get(term.value) ?? shortIri(term.value);
    const page = told.types.has(term.value) ? this.pageOf(term.value, told) : this.termPage(term.value);
    return page ? made("a", { href: this.root + page }, label) : label;
  }

  /** @param {string} node @param {Told} told */
  pageOf(node, told) {
    const source = shortIri(node);
    if (told.types.get(node) === "Document" && PLAIN_PART.test(source)) return `source/${source}.html`;
    return thingPage(node);
  }

  /** The place of a term of the ontology in its page. @param {string} node */
  termPage(node) {
    const own = node.startsWith(TIP) || node.startsWith(CODE);
    return own ? `ontology.html#${encodeURIComponent(node.split("#")[1])}` : "";
  }

  /** Where the claims of a row are said, and what must be known of them. @param {string[]} claims @param {Told} told */
  said(claims, told) {
    const places = claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => ({ claim, cited })));
    const links = places.map(({ claim, cited }) => {
      const page = spotPage(cited, claim);
      return made("li", {}, page ? made("a", { href: this.root + page }, spotLabel(cited)) : spotLabel(cited));
    });
    const parts = [made("ul", { class: "said" }, ...links)];
    const quiet = (/** @type {string} */ text, kind = "quiet") => made("p", { class: kind }, text);
    if (claims.some((claim) => told.remarks.get(claim)?.implied)) parts.push(/** @type {any} */ (quiet(this.words("implied: our reading"))));
    if (claims.some((claim) => told.remarks.get(claim)?.unreviewed)) parts.push(/** @type {any} */ (quiet(this.words("not reviewed"))));
    const notes = new Set(claims.flatMap((claim) => told.remarks.get(claim)?.notes ?? []));
    for (const note of notes) parts.push(/** @type {any} */ (quiet(`${this.words("Note")}: ${note}`)));
    const reasons = new Set(claims.flatMap((claim) => told.against.get(claim) ?? []));
    for (const reason of reasons) parts.push(/** @type {any} */ (quiet(`${this.words("Contradicted")}: ${reason}`, "warn")));
    return parts;
  }
}
