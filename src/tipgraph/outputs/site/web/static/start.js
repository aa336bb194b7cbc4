// @ts-check
// The search of the first page, over all entries and the words of claims; a choice opens its page.
(() => {
  "use strict";
  const { allClaims, folded, fragmentIn, goTo, made, makeSearch, notLoaded, pageData, part, words } = tipgraph;

  const wordsIn = (/** @type {string} */ text) => text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const valueOf = (/** @type {Listed} */ { page, label }) => /** @type {[string, string]} */ ([page.replace(/^thing\/|\.html$/g, ""), label]);

  /** The parameters of a question that takes entries, by the names of these, and a year among the words. @param {AskedQuestion} question @param {NameFound[]} entries @param {string[]} left @param {Grammar} grammar */
  function valuesOf({ kinds }, entries, left, { after, agent, gets, takes, receives, since, until, who }) {
    const values = /** @type {Values} */ (new Map());
    for (const { things, before } of entries) {
      const wanted = agent.includes(before) && left.some((word) => gets.includes(word)) ? receives : after[before] ?? ([left[0], left.slice(0, 2).join(" ")].some((words) => who.includes(words)) ? receives : []);
      const free = Object.keys(takes).filter((table) => things.has(table)).flatMap((table) => Object.keys(kinds)
        .filter((name) => takes[table].includes(kinds[name]) && !values.has(name) && (!(before in after) || wanted.includes(name)) && (table !== "places" || name !== "for"))
        .map((name) => ({ name, table, rank: 1000 * Number(!wanted.includes(name)) + 100 * takes[table].indexOf(kinds[name]) + [...wanted, name].indexOf(name) })));
      const best = free.reduce((best, one) => (!best || one.rank < best.rank ? one : best), free[0]), thing = things.get(best?.table);
      if (thing) values.set(best.name, valueOf(thing));
    }
    const year = left.find((word) => /^(?:19|20)\d\d$/.test(word)) ?? "", before = left[left.indexOf(year) - 1];
    const ends = since.includes(before) ? ["from"] : until.includes(before) ? ["to"] : ["from", "to", "year"];
    for (const name of Object.keys(kinds).filter((name) => year && ends.includes(name === "year" ? name : kinds[name]))) values.set(name, [year, year]);
    return values;
  }

  /** The event or project whose name has that of a place and most of the words, if it is one alone. @param {Name[]} names @param {string[]} place @param {string[]} left @param {Grammar} grammar */
  function eventOf(names, place, left, { small }) {
    const shared = /** @type {Map<Listed, number>} */ (new Map());
    for (const { thing, own } of names.filter(({ table, own }) => table === "undertakings" && place.every((word) => own.includes(word)))) {
      shared.set(thing, Math.max(shared.get(thing) ?? 0, new Set(left.filter((word) => own.includes(word) && !small.includes(word))).size));
    }
    const most = Math.max(0, ...shared.values()), best = [...shared].filter(([, number]) => number === most);
    return /** @type {Values} */ (new Map(best.length === 1 ? [["event", valueOf(best[0][0])]] : []));
  }

  /** What a typed question means, best first; the rules are those of `tipgraph.display.typed`. @param {string} text @param {Name[]} names @param {Grammar} grammar */
  function understood(text, names, grammar) {
    const { after, articles } = grammar, printed = wordsIn(text), given = printed.map(folded), left = /** @type {string[]} */ ([]);
    const found = /** @type {NameFound[]} */ ([]), shared = new Map(), common = new Set([...grammar.small, ...Object.keys(after)]);
    for (const phrase of grammar.questions.flatMap(({ asked }) => asked)) {
      shared.set(phrase, (shared.get(phrase) ?? 0) + 1);
      for (const word of phrase.split(" ")) common.add(word);
    }
    for (let at = 0; at < given.length;) {
      const near = names.filter(({ own, table }) => table in grammar.takes && !(own[0] in after) && own.every((word, step) => word === given[at + step])
        && (own.length > 1 || printed[at] === printed[at].toUpperCase() || !common.has(given[at])));
      const size = Math.max(0, ...near.map(({ own }) => own.length)), before = given.slice(0, at).filter((word) => !articles.includes(word)).at(-1) ?? "";
      const things = new Map(near.filter(({ own }) => own.length === size).reverse().map(({ table, thing }) => [table, thing]));
      if (size) found.push({ things, before, own: given.slice(at, at + size) });
      else left.push(given[at]);
      at += size || 1;
    }
    const entries = [...found.filter(({ before }) => before in after), ...found.filter(({ before }) => !(before in after))], all = ` ${left.join(" ")} `;
    const read = grammar.questions.flatMap((question) => {
      const hits = question.asked.filter((phrase) => all.includes(` ${phrase} `));
      const own = valuesOf(question, entries, left, grammar), values = entries.length && "event" in question.kinds && !own.size ? eventOf(names, entries[0].own, left, grammar) : own;
      return hits.length ? [{ question, values, score: new Set([...values.values()].map(String)).size + hits.reduce((sum, hit) => sum + hit.split(" ").length / shared.get(hit), 0) }] : [];
    }).sort((one, other) => other.score - one.score);
    const values = read[0]?.values ?? new Map(), used = new Set([...values.values()].map(([value]) => value));
    const apart = entries.filter(({ things }) => ![...things.values()].some((thing) => used.has(valueOf(thing)[0]))).map(({ own }) => own.join(" "));
    return { read, unused: [...(values.has("event") && apart.length < 2 ? [] : apart), ...left.filter((word) => !common.has(word) && !used.has(word))] };
  }

  /** Show what a typed question means, with a link to its answer. @param {string} text @param {Name[]} names @param {Grammar} grammar */
  function showMeaning(text, names, grammar) {
    const place = part("meant"), { read, unused } = wordsIn(text).length > 2 ? understood(text, names, grammar) : { read: [], unused: [] };
    const link = (/** @type {typeof read[0]} */ { question: { name, summary }, values }) => made("a",
      { href: `ask.html#${new URLSearchParams([["question", name], ...[...values].map(([key, [value]]) => [key, value])])}`, "data-plain": true }, summary);
    place.hidden = !read.length;
    if (!read.length) return;
    const [best, ...others] = read, meant = [...best.values].map(([name, [, label]]) => `${name}: ${label}`).join(", ");
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
    const names = things.flatMap((thing) => [thing.label, ...(thing.aliases ?? "").split("; ")].filter((name) => name && !/^\p{Ll}/u.test(name)) // a description is no name
      .map((name) => ({ thing, table: thing.page.split("/").at(-2) ?? "", own: wordsIn(folded(name)) })).filter(({ own }) => own.length));
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
      said.textContent = !box.value.trim() || isQuestion() ? "" : !list.hidden ? "near" in list.dataset ? words("nothing has this spelling; these are near it") : ""
        : words("nothing found");
    });
    box.value ||= new URLSearchParams(fragmentIn()).get("find") ?? ""; // as typed on another page
    box.dispatchEvent(new Event("input")); // for what was typed meanwhile
  }

  startSearch().catch(() => document.getElementById("search-said")?.append(notLoaded()));
})();
