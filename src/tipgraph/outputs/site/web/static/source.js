// @ts-check
// The page of a source: the claims in place of their sentences, once they are seen. A claim lights its words, in the text or on
// a picture, and the words light their claims.
(() => {
  "use strict";
  const { claimArticle, claimsOf, evidence, made, part, quoted, targeted } = tipgraph;

  const { source, quotes } = part("source").dataset;
  const marks = /** @type {(HTMLElement|SVGElement)[]} */ ([...document.querySelectorAll("a[data-claims]")]);
  const places = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('div[id*="/"]')]);
  for (const place of places) {
    place.classList.add("about"); // the page has thousands
    place.dataset.claim = place.id.replace(/^p\d+\//, "");
  }

  // Claims.

  /** Show the claims of the folds that are open, or around no fold; what the address leads to stays in sight. */
  async function showClaims() {
    const seen = places.filter((place) => !place.matches(".told") && !place.closest("details:not([open])"));
    for (const place of seen) place.classList.add("told");
    const keys = seen.map(({ dataset }) => decodeURIComponent(dataset.claim ?? ""));
    const [{ href, words }, claims] = await Promise.all([evidence(), claimsOf(keys)]);
    const target = targeted(), top = target?.getBoundingClientRect().top ?? -1;
    seen.forEach((place, at) => place.replaceChildren(...partsOf(claims[at], Number(/^p(\d+)/.exec(place.id)?.[1]), words, href)));
    if (target && top >= 0 && top < innerHeight) {
      target.scrollIntoView();
      showWords();
    }
  }

  /** A claim at a paragraph, and the entries that it is about. @param {ToldClaim} claim @param {number} paragraph @param {Words} words @param {(path: string) => string} href */
  function partsOf(claim, paragraph, words, href) {
    const said = claim.said.map((place) => {
      const address = addressOf(place, paragraph, href);
      const label = address ? made("a", { href: address }, place.label) : made("span", { "data-lens": place.path, role: "button", tabindex: "0" }, place.label);
      return made("li", {}, label, ...(place.around || (quotes !== undefined && place.quote) ? [" ", quoted(place)] : []));
    });
    const article = claimArticle(claim, words, href, [made("ul", { class: "said" }, ...said)]);
    // Translators: before the names of things that a claim is about
    const about = () => made("p", { class: "things" }, words("about"), ...claim.about.flatMap(([label, path]) => [" ", made("a", { href: href(path) }, label)]));
    return claim.about.length ? [article, about()] : [article];
  }

  /** Where a place of a claim at a paragraph leads: to its words; nowhere if they are not shown here. @param {SaidAt} said @param {number} paragraph @param {(path: string) => string} href */
  function addressOf({ source: name, place, path, picture, words }, paragraph, href) {
    const [isOwn, isHere] = [name === source, name === source && place?.[0] === paragraph];
    const shown = isOwn && (picture?.split("#")[1] ?? words ?? (isHere && document.getElementById(`words-${paragraph}`)?.id));
    return shown ? `#${shown}` : isHere ? "" : href(path);
  }

  // Words.

  /** The claims that a place is about: those of a box, or the one around the place. @param {EventTarget|null} place @returns {string[]} */
  function claimsAt(place) {
    const element = place instanceof Element ? place : null;
    const [claims, claim] = ["data-claims", "data-claim"].map((name) => element?.closest(`[${name}]`)?.getAttribute(name));
    return claims?.split(" ") ?? (claim ? [claim] : []);
  }

  /** Light these claims and their boxes, or those of the focus, or of the target of the address. @param {string[]} keys */
  function light(keys) {
    if (!marks.length) return;
    const lit = new Set([keys, claimsAt(document.activeElement), claimsAt(targeted())].find((some) => some.length));
    for (const place of places) place.classList.toggle("lit", lit.has(place.dataset.claim ?? ""));
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
  const show = () => { showClaims().catch(() => {}); }; // if they cannot be loaded, their sentences stay
  document.addEventListener("toggle", show, true);
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, ({ target }) => light(claimsAt(target)));
  addEventListener("hashchange", () => light([]));
  show();
  light([]);
  requestAnimationFrame(() => requestAnimationFrame(showWords)); // once the browser, or the site in one file, has scrolled
})();
