// @ts-check
// The ontology page: a box filters the terms by their words; Enter leads to the term of that name, else to the first. A class or a list of codes opens if the address leads to it.
(() => {
  "use strict";
  const { folded, hashWith, targeted, unfold } = tipgraph;

  const FEW = 30; // terms; if no more are found, lists of codes show theirs

  /** The words of a term, each after a blank, so that a search finds how they begin: `amountAsPrinted` by "printed". @param {HTMLElement} term */
  function termWords(term) {
    const name = term.id.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2");
    return ` ${folded(`${term.id} ${name} ${term.textContent}`).replace(/[^\p{L}\p{N}]+/gu, " ")}`;
  }

  /** @param {HTMLInputElement} box @param {HTMLElement} count */
  function makeTermFilter(box, count) {
    const terms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".term")]);
    const texts = terms.map(termWords);
    const groups = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".terms")]);
    const lists = /** @type {HTMLDetailsElement[]} */ (groups.filter((group) => group.matches("details")));
    box.addEventListener("input", () => {
      const wanted = folded(box.value.replace(/^\s*(?:tip|code):/, "")).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      terms.forEach((term, index) => { term.hidden = !wanted.every((word) => texts[index].includes(` ${word}`)); });
      for (const group of groups) group.hidden = !group.querySelector(".term:not([hidden])");
      const left = terms.filter((term) => !term.hidden);
      for (const list of lists) list.open = wanted.length > 0 && left.length <= FEW && !list.hidden;
      for (const part of document.querySelectorAll(".contents, .trees, #tree")) part.toggleAttribute("hidden", wanted.length > 0);
      count.textContent = wanted.length ? `${left.length} ${count.dataset.words}` : "";
    });
    box.addEventListener("keydown", (event) => {
      const left = terms.filter((term) => !term.hidden);
      const named = folded(box.value.trim().replace(/^\w+:/, ""));
      if (event.key === "Enter" && left.length) {
        location.hash = hashWith(location.hash, (left.find((term) => folded(term.id) === named) ?? left[0]).id);
      }
    });
  }

  const termBox = /** @type {HTMLInputElement|null} */ (document.getElementById("term-box"));
  const termCount = document.getElementById("term-count");
  if (termBox && termCount) makeTermFilter(termBox, termCount);

  /** Show the term that the address leads to, though the box hides it or it is folded. */
  function reveal() {
    const target = targeted();
    if (termBox && target?.closest("[hidden]")) {
      termBox.value = "";
      termBox.dispatchEvent(new Event("input"));
    }
    unfold();
    target?.scrollIntoView();
  }

  addEventListener("hashchange", reveal);
  reveal();
  document.documentElement.dataset.ready = "yes";
})();
