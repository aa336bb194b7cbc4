// @ts-check
// The search of the first page, over all entries and the words of claims; a choice opens its page.
(() => {
  "use strict";
  const { allClaims, folded, fragmentIn, goTo, made, makeSearch, notLoaded, pageData, part, words } = tipgraph;

  /** @typedef {{name: string, summary: string, asked: string[], kinds: Record<string, string>}} AskedQuestion */
  /** @typedef {{questions: AskedQuestion[], after: Record<string, string[]>, takes: Record<string, string[]>, receives: string[], who: string[], articles: string[], small: string[]}} Grammar */
  /** @typedef {Named & {kind: string, page: string}} Listed */

  const wordsIn = (/** @type {string} */ text) => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

  /** The parameters of a question that takes entries, by the names of these, and a year among the words. @param {AskedQuestion} question @param {{thing: Listed, table: string, before: string}[]} entries @param {string[]} left @param {Grammar} grammar */
  function valuesOf({ kinds }, entries, left, { after, takes, receives, who }) {
    const values = /** @type {Map<string, [value: string, meant: string]>} */ (new Map());
    for (const { thing, table, before } of entries) {
      const wanted = after[before] ?? (who.includes(left[0]) ? receives : []);
      const free = Object.keys(kinds).filter((name) => takes[table].includes(kinds[name]) && !values.has(name) && (!(before in after) || wanted.includes(name)));
      const rank = (/** @type {string} */ name) => 10 * Number(!wanted.includes(name)) + takes[table].indexOf(kinds[name]);
      free.sort((one, other) => rank(one) - rank(other));
      if (free.length) values.set(free[0], [thing.page.replace(/^thing\/|\.html$/g, ""), thing.label]);
    }
    const year = left.find((word) => /^(?:19|20)\d\d$/.test(word));
    for (const [name, kind] of Object.entries(kinds)) if (year && (name === "year" || kind === "from" || kind === "to")) values.set(name, [year, year]);
    return values;
  }

  /** What a typed question means, best first; the rules are those of `tipgraph.display.typed`. @param {string} text @param {Listed[]} things @param {Grammar} grammar */
  function understood(text, things, grammar) {
    const printed = wordsIn(text), given = printed.map(folded), left = /** @type {string[]} */ ([]), entries = /** @type {{thing: Listed, table: string, before: string}[]} */ ([]), tables = Object.keys(grammar.takes);
    const shared = new Map(), common = new Set(grammar.small);
    for (const phrase of grammar.questions.flatMap(({ asked }) => asked)) {
      shared.set(phrase, (shared.get(phrase) ?? 0) + 1);
      for (const word of phrase.split(" ")) common.add(word);
    }
    const every = ` ${given.join(" ")} `;
    const names = things.flatMap((thing) => {
      const table = thing.page.split("/").at(-2) ?? "";
      return table in grammar.takes ? [thing.label, ...(thing.aliases ?? "").split("; ").filter((name) => !/^\p{Ll}/u.test(name))] // a description is no name
        .map((name) => wordsIn(folded(name))).filter((own) => own.length && every.includes(` ${own.join(" ")} `)).map((own) => ({ own, thing, table })) : [];
    }).sort((one, other) => other.own.length - one.own.length || tables.indexOf(one.table) - tables.indexOf(other.table));
    for (let at = 0; at < given.length;) {
      const hit = names.find(({ own }) => own.every((word, step) => word === given[at + step])
        && (own.length > 1 || printed[at] === printed[at].toUpperCase() || !common.has(given[at])));
      if (hit) entries.push({ ...hit, before: given.slice(0, at).filter((word) => !grammar.articles.includes(word)).at(-1) ?? "" });
      else left.push(given[at]);
      at += hit?.own.length ?? 1;
    }
    const all = ` ${left.join(" ")} `;
    const found = grammar.questions.flatMap((question) => {
      const hits = question.asked.filter((phrase) => all.includes(` ${phrase} `)), values = valuesOf(question, entries, left, grammar);
      return hits.length ? [{ question, values, score: values.size + hits.reduce((sum, hit) => sum + hit.split(" ").length / shared.get(hit), 0) }] : [];
    }).sort((one, other) => other.score - one.score);
    const used = new Set([...found[0]?.values.values() ?? []].map(([, meant]) => meant));
    const unused = [...entries.map(({ thing }) => thing.label).filter((label) => !used.has(label)), ...left.filter((word) => !common.has(word) && !used.has(word))];
    return { found, unused };
  }

  /** Show what a typed question means, with a link to its answer. @param {string} text @param {Listed[]} things @param {Grammar} grammar */
  function showMeaning(text, things, grammar) {
    const place = part("meant"), { found, unused } = wordsIn(text).length > 2 ? understood(text, things, grammar) : { found: [], unused: [] };
    const link = (/** @type {typeof found[0]} */ { question: { name, summary }, values }) => made("a",
      { href: `ask.html#${new URLSearchParams([["question", name], ...[...values].map(([key, [value]]) => [key, value])])}`, "data-plain": true }, summary);
    place.hidden = !found.length;
    if (!found.length) return;
    const [best, ...others] = found, meant = [...best.values].map(([name, [, label]]) => `${name}: ${label}`).join(", ");
    place.replaceChildren(made("strong", {}, words("Question"), ": "), link(best), meant ? ` (${meant})` : "",
      ...(unused.length ? [made("span", { class: "warn" }, ` ${words("Not understood")}: ${unused.join(", ")}.`)] : []),
      ...(others.length ? [made("span", { class: "quiet" }, ` ${words("Or")}: `), ...others.slice(0, 2).flatMap((one) => [link(one), " "])] : []));
  }

  /** Wire the box, the list and the line that says when nothing is found. */
  async function startSearch() {
    const [box, list, said] = ["search", "found", "search-said"].map((id) => document.getElementById(id));
    if (!(box instanceof HTMLInputElement) || !list || !said) return;
    /** @type {[{things: Listed[], grammar: Grammar, classes: Record<string, string>, words: Record<string, string>}, Record<string, ToldClaim>]} */
    const [{ things, classes, grammar, words: otherWords }, all] = await Promise.all([pageData("things"), allClaims()]);
    const claims = Object.values(all).filter((claim) => claim.heading in classes && claim.said.length);
    const byPage = new Map(things.map((thing) => [thing.page, { ...thing, weight: 0 }]));
    for (const [, page] of claims.flatMap(({ about }) => about)) {
      const thing = byPage.get(page);
      if (thing) thing.weight += 1; // the claims about it
    }
    const every = [...byPage.values(), ...claims.map(({ heading, sentence, said, about }) => ({
      weight: 0, label: sentence.map((piece) => (typeof piece === "string" ? piece : piece[0])).join(""), page: said[0].path, kind: heading,
      also: [heading, otherWords[classes[heading]] ?? "", ...about.map(([label, page]) => `${label} ${byPage.get(page)?.aliases ?? ""}`), ...said.map(({ quote }) => quote)].join(" "),
    }))];
    makeSearch(box, list, every, {
      mark: (index) => made("span", { class: "kind" }, every[index].kind),
      found: (index) => goTo(every[index].page),
    });
    const isQuestion = () => !part("meant").hidden && "near" in list.dataset; // and no name or claim has all its words
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !isQuestion() || box.hasAttribute("aria-activedescendant")) return;
      event.stopImmediatePropagation();
      part("meant").querySelector("a")?.click();
    }, true);
    box.addEventListener("input", () => {
      showMeaning(box.value, things, grammar);
      list.hidden ||= isQuestion();
      said.textContent = !box.value.trim() || isQuestion() ? "" : !list.hidden ? "near" in list.dataset ? words("nothing has this spelling; these are near it") : ""
        : words("nothing found");
    });
    box.value ||= new URLSearchParams(fragmentIn()).get("find") ?? ""; // as typed on another page
    box.dispatchEvent(new Event("input")); // for what was typed meanwhile
  }

  startSearch().catch(() => document.getElementById("search-said")?.append(notLoaded()));
})();
