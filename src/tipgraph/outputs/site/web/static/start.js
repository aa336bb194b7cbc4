// @ts-check
// The search of the first page, over all entries and the words of claims; a choice opens its page.
(() => {
  "use strict";
  const { allClaims, folded, fragmentIn, goTo, made, makeSearch, notLoaded, pageData, part, words } = tipgraph;

  const wordsIn = (/** @type {string} */ text) => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const valueOf = (/** @type {Listed} */ { page, label }) => /** @type {[string, string]} */ ([page.replace(/^thing\/|\.html$/g, ""), label]);

  /** The parameters of a question that takes entries or years, and the places of their words. @param {AskedQuestion} question @param {NameFound[]} entries @param {string[]} given @param {string[]} left @param {Grammar} grammar */
  function valuesOf({ takes, dated }, entries, given, left, { after, parts, receives, who, gets, of, years }) {
    const values = /** @type {Values} */ (new Map()), used = /** @type {Set<number>} */ (new Set());
    for (const { things, before, span, whole } of entries) {
      const apart = !(before in after), got = (apart || of.includes(before)) && gets.some((word) => left.includes(word)) || apart && who.includes(given[0]);
      const wanted = got ? receives : after[before] ?? [];
      const [best] = takes.filter(([table, name]) => things.has(table) && !values.has(name) && (apart || wanted.includes(name)) && (whole || parts[table].includes(name)))
        .map(([table, name, rank]) => ({ name, table, rank: 1000 * Number(!wanted.includes(name)) + 100 * rank + [...wanted, name].indexOf(name) })).sort((one, other) => one.rank - other.rank);
      const thing = things.get(best?.table);
      if (!thing || span.some((at) => used.has(at))) continue;
      values.set(best.name, valueOf(thing));
      span.forEach((at) => used.add(at));
    }
    const when = [...given.keys()].filter((at) => !used.has(at) && /^(?:19|20)\d\d$/.test(given[at]));
    for (const [name, kind] of Object.entries(dated).filter(([name, kind]) => when.length && (name !== "year" || when.length < 2) && (years[given[when[0] - 1]] ?? kind) === kind)) {
      const year = given[kind === "to" ? when[when.length - 1] : when[0]];
      values.set(name, [year, year]);
      when.forEach((at) => used.add(at));
    }
    return { values, used };
  }

  /** For each table the entry that has the most words of a text in its name, if it is one alone. @param {Name[]} names @param {string[]} given @param {Set<number>} named @param {Set<string>} common @param {Grammar} grammar */
  function partsOf(names, given, named, common, { small }) {
    const content = [...given.keys()].filter((at) => !small.includes(given[at]));
    return ["actors", "undertakings", "documents"].flatMap((table) => {
      const fits = /** @type {Map<Listed, {rank: number, span: number[]}>} */ (new Map());
      for (const { thing, own } of names.filter((name) => name.table === table)) {
        const span = content.filter((at) => own.includes(given[at])), rank = new Set(own).size - 1000 * span.length;
        const told = span.some((at) => !common.has(given[at]) && (table !== "actors" || !named.has(at))) && span.some((at) => !named.has(at));
        if (told && span.length > Math.max(1, content.indexOf(span[span.length - 1]) - content.indexOf(span[0])) && rank < (fits.get(thing)?.rank ?? 0)) fits.set(thing, { rank, span });
      }
      const [first, second] = [...fits].sort(([, one], [, other]) => one.rank - other.rank);
      return first && first[1].rank !== second?.[1].rank ? [{ things: new Map([[table, first[0]]]), span: first[1].span, whole: false }] : [];
    });
  }

  /** What a typed question means, best first; the rules are those of `tipgraph.display.typed`. @param {string} text @param {Name[]} names @param {Grammar} grammar */
  function understood(text, names, grammar) {
    const { after, articles, and } = grammar, printed = wordsIn(text), given = printed.map(folded), common = new Set(grammar.known);
    const found = /** @type {NameFound[]} */ ([]), before = (/** @type {number} */ at) => given.slice(0, at).filter((word) => !articles.includes(word)).at(-1) ?? "";
    for (let at = 0; at < given.length;) {
      const near = names.filter(({ own }) => !(own[0] in after) && own.every((word, step) => word === given[at + step])
        && (own.length > 1 || printed[at] === printed[at].toUpperCase() || !common.has(given[at])));
      const size = Math.max(0, ...near.map(({ own }) => own.length)), things = new Map(near.filter(({ own }) => own.length === size).reverse().map(({ table, thing }) => [table, thing]));
      if (size) found.push({ things, before: found.length && and.includes(before(at)) ? found[found.length - 1].before : before(at), span: [...given.keys()].slice(at, at + size), whole: true });
      at += size || 1;
    }
    const named = new Set(found.flatMap(({ span }) => span)), left = given.filter((_, at) => !named.has(at)), all = ` ${left.join(" ")} `;
    const entries = [...partsOf(names, given, named, common, grammar).map((part) => ({ ...part, before: before(part.span[0]) })), ...found.filter(({ before }) => before in after), ...found.filter(({ before }) => !(before in after))];
    const near = grammar.questions.map((question) => {
      const hits = question.asked.filter((phrase) => all.includes(` ${phrase} `)), { values, used } = valuesOf(question, entries, given, left, grammar);
      const score = new Set([...values.values()].map(String)).size + hits.reduce((sum, hit) => sum + hit.split(" ").length / grammar.shared[hit], 0);
      for (const [hit, [name, code]] of Object.entries(question.codes)) if (hits.includes(hit)) values.set(name, [code, code]);
      return { question, values, used, score, heard: hits.length > 0 };
    }).filter(({ score }) => score).sort((one, other) => Number(other.heard) - Number(one.heard) || other.score - one.score);
    const heard = near.filter(({ heard }) => heard), used = heard[0]?.used ?? new Set(), apart = found.filter(({ span }) => !span.some((at) => used.has(at)));
    return { heard, others: heard.length ? heard.slice(1, 3) : near.slice(0, 3), unused: [...apart.map(({ span }) => span.map((at) => given[at]).join(" ")), ...given.filter((word, at) => !named.has(at) && !used.has(at) && !common.has(word))] };
  }

  /** Show what a typed question means, with a link to its answer. @param {string} text @param {Name[]} names @param {Grammar} grammar */
  function showMeaning(text, names, grammar) {
    const place = part("meant"), { heard: [best], others, unused } = wordsIn(text).length > 2 ? understood(text, names, grammar) : { heard: [], others: [], unused: [] };
    const link = (/** @type {Read} */ { question: { name, summary }, values }) => made("a",
      { href: `ask.html#${new URLSearchParams([["question", name], ...[...values].map(([key, [value]]) => [key, value])])}`, "data-plain": true }, summary);
    place.hidden = !best && !others.length;
    const meant = [...best?.values ?? []].map(([name, [, label]]) => `${name}: ${label}`).join(", ");
    place.replaceChildren(...(best ? [made("strong", {}, words("Question"), ": "), link(best), meant ? ` (${meant})` : ""] : []),
      ...(unused.length ? [made("span", { class: "warn" }, ` ${words("Not understood")}: ${unused.join(", ")}.`)] : []),
      ...(others.length ? [made("span", { class: "quiet" }, ` ${words("Or")}: `), ...others.flatMap((one) => [link(one), " "])] : []));
  }

  /** Wire the box, the list and the line that says when nothing is found. */
  async function startSearch() {
    const [box, list, said] = ["search", "found", "search-said"].map((id) => document.getElementById(id));
    if (!(box instanceof HTMLInputElement) || !list || !said) return;
    /** @type {[{things: Listed[], grammar: Grammar, classes: Record<string, string>, words: Record<string, string>}, Record<string, ToldClaim>]} */
    const [{ things, classes, grammar, words: otherWords }, all] = await Promise.all([pageData("things"), allClaims()]);
    const claims = Object.values(all).filter((claim) => claim.heading in classes && claim.said.length);
    const byPage = new Map(things.map((thing) => [thing.page, { ...thing, weight: 0 }]));
    for (const thing of claims.flatMap(({ about }) => about.map(([, page]) => byPage.get(page)))) if (thing) thing.weight += 1; // the claims about it
    const every = [...byPage.values(), ...claims.map(({ heading, sentence, said, about }) => ({
      weight: 0, label: sentence.map((piece) => (typeof piece === "string" ? piece : piece[0])).join(""), page: said[0].path, kind: heading,
      also: [heading, otherWords[classes[heading]] ?? "", ...about.map(([label, page]) => `${label} ${byPage.get(page)?.aliases ?? ""}`), ...said.map(({ quote }) => quote)].join(" "),
    }))];
    const named = things.flatMap((thing) => [thing.label, ...(thing.aliases ?? "").split("; ")].map((name) => ({ thing, table: thing.page.split("/").at(-2) ?? "", name })));
    const states = named.map((one) => ({ ...one, name: one.name.replace(/^Government of /, "").split(" - ")[0] })).filter(({ table, name }, at) => table === "actors" && name !== named[at].name);
    const names = [...named.filter(({ name }) => !/^\p{Ll}/u.test(name)), ...states.map((one) => ({ ...one, table: "states" }))] // a description is no name
      .map(({ name, ...one }) => ({ ...one, own: wordsIn(folded(name).replace(/^the /, "")) })).filter(({ own, table }) => own.length && table in grammar.takes);
    makeSearch(box, list, every, { mark: (index) => made("span", { class: "kind" }, every[index].kind), found: (index) => goTo(every[index].page) });
    const isQuestion = () => !part("meant").hidden && "near" in list.dataset; // and no name or claim has all its words
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !isQuestion() || box.hasAttribute("aria-activedescendant")) return;
      event.stopImmediatePropagation();
      part("meant").querySelector("a")?.click();
    }, true);
    box.addEventListener("input", () => {
      showMeaning(box.value, names, grammar);
      list.hidden ||= isQuestion();
      said.textContent = !box.value.trim() || isQuestion() ? "" : !list.hidden ? "near" in list.dataset ? words("nothing has this spelling; these are near it") : "" : words("nothing found");
    });
    box.value ||= new URLSearchParams(fragmentIn()).get("find") ?? ""; // as typed on another page
    box.dispatchEvent(new Event("input")); // for what was typed meanwhile
  }

  startSearch().catch(() => document.getElementById("search-said")?.append(notLoaded()));
})();
