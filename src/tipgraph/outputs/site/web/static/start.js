// @ts-check
// The search of the first page, over all entries and the words of claims; a choice opens its page.
(() => {
  "use strict";
  const { goTo, made, makeSearch, pageData } = tipgraph;

  /** Wire the box, the list and the line that says when nothing is found. */
  async function startSearch() {
    const [box, list, said] = ["search", "found", "search-said"].map((id) => document.getElementById(id));
    if (!(box instanceof HTMLInputElement) || !list || !said) return;
    /** @type {{nothing: string, near: string, things: (Named & {kind: string, page: string})[], kinds: [string, string][], claims: [string, string, number, ...number[]][]}} */
    const { things, kinds, claims, nothing, near } = await pageData("things");
    const weights = things.map(() => 0); // the claims about each
    for (const [, , , ...about] of claims) for (const at of about) weights[at] += 1;
    const every = [...things.map((thing, at) => ({ ...thing, weight: weights[at] })), ...claims.map(([label, page, kind, ...about]) => ({
      weight: 0, label, page, kind: kinds[kind][0],
      also: [...kinds[kind], ...about.map((at) => `${things[at].label} ${things[at].aliases ?? ""}`)].join(" "),
    }))];
    makeSearch(box, list, every, {
      mark: (index) => made("span", { class: "kind" }, every[index].kind),
      found: (index) => goTo(every[index].page),
    });
    box.addEventListener("input", () => {
      said.textContent = !box.value.trim() ? "" : list.hidden ? nothing : "near" in list.dataset ? near : "";
    });
  }

  startSearch();
})();
