// The search of the first page, over all entries of the graph; a choice opens its page.

import { goTo } from "../shared/address.js";
import { made } from "../shared/elements.js";
import "../shared/every-page.js";
import { makeSearch } from "../shared/search-box.js";
/** @import { Named } from "../shared/types.d.ts" */

/** Wire the box, the list and the line that says when nothing is found. */
function startSearch() {
  const [box, list, said, block] = ["search", "found", "search-said", "things"].map((id) => document.getElementById(id));
  if (!(box instanceof HTMLInputElement) || !list || !said || !block) return;
  /** @type {{nothing: string, things: (Named & {kind: string, page: string})[]}} */
  const { things, nothing } = JSON.parse(block.textContent ?? "");
  makeSearch(box, list, things, {
    mark: (index) => made("span", { class: "kind" }, things[index].kind),
    found: (index) => goTo(things[index].page),
  });
  box.addEventListener("input", () => { said.textContent = box.value.trim() && list.hidden ? nothing : ""; });
}

startSearch();
