// @ts-check
// The page of a source: a claim lights its words, in the text or on a picture, and the words light their claims.
(() => {
  "use strict";
  const { targeted, unfold } = tipgraph;

  const claims = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-claim]")]);
  const marks = /** @type {(HTMLElement|SVGElement)[]} */ ([...document.querySelectorAll("a[data-claims]")]);

  /** The claims that a place is about: those of a box, or the one around the place. @param {EventTarget|null} place @returns {string[]} */
  function claimsAt(place) {
    const element = place instanceof Element ? place : null;
    const mark = element?.closest("[data-claims]");
    if (mark) return (mark.getAttribute("data-claims") ?? "").split(" ");
    const claim = element?.closest("[data-claim]")?.getAttribute("data-claim");
    return claim ? [claim] : [];
  }

  /** Light these claims and their boxes, or those of the focus, or of the target of the address. @param {string[]} keys */
  function light(keys) {
    const lit = new Set([keys, claimsAt(document.activeElement), claimsAt(targeted())].find((some) => some.length));
    for (const claim of claims) claim.classList.toggle("lit", lit.has(claim.dataset.claim ?? ""));
    for (const mark of marks) mark.classList.toggle("lit", claimsAt(mark).some((key) => lit.has(key)));
  }

  /** Show the words first on a narrow screen, where the picture is above the claim that the address names. */
  function showWords() {
    const target = targeted();
    if (!target?.matches("[data-claim]") || !matchMedia("(max-width: 60rem)").matches) return;
    marks.find((mark) => mark instanceof SVGElement && claimsAt(mark).includes(target.dataset.claim ?? ""))?.scrollIntoView({ block: "center" });
  }

  const unfolder = /** @type {HTMLButtonElement|null} */ (document.getElementById("unfold"));
  if (unfolder) {
    unfolder.hidden = false;
    unfolder.addEventListener("click", () => {
      for (const fold of document.querySelectorAll("details")) fold.open = true;
      unfolder.remove();
    });
  }
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, ({ target }) => light(claimsAt(target)));
  addEventListener("hashchange", () => { unfold(); light([]); });
  unfold();
  light([]);
  requestAnimationFrame(() => requestAnimationFrame(showWords)); // once the browser, or the site in one file, has scrolled
})();
