// @ts-check
// The search of the first page, over all entries and the words of claims; a choice opens its page.
(() => {
  "use strict";
  const { allClaims, goTo, made, makeSearch, notLoaded, pageData, words } = tipgraph;

  /** Wire the box, the list and the line that says when nothing is found. */
  async function startSearch() {
    const [box, list, said] = ["search", "found", "search-said"].map((id) => document.getElementById(id));
    if (!(box instanceof HTMLInputElement) || !list || !said) return;
    /** @type {[{things: (Named & {kind: string, page: string})[], classes: Record<string, string>, words: Record<string, string>}, Record<string, ToldClaim>]} */
    const [{ things, classes, words: otherWords }, all] = await Promise.all([pageData("things"), allClaims()]);
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
    box.addEventListener("input", () => {
      said.textContent = !box.value.trim() ? "" : !list.hidden ? "near" in list.dataset ? words("nothing has this spelling; these are near it") : ""
        : words("nothing found");
    });
    box.dispatchEvent(new Event("input")); // for what was typed meanwhile
  }

  startSearch().catch(() => document.getElementById("search-said")?.append(notLoaded()));
})();
