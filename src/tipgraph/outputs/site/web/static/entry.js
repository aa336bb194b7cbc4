// @ts-check
// The page of an entry that has no file: the address names its record, which a script of the site carries.
(() => {
  "use strict";
  const { fillLists, foldToFit, fragmentIn, hashWith, loadPacked, made, notLoaded, parsed, part, placeOf, wording } = tipgraph;

  /** @type {{firsts: string[], pages: string[], words: Labels}} */
  const { firsts, pages, words: table } = JSON.parse(part("records").textContent ?? "");
  const words = wording(table);
  const main = part("main");
  const graph = document.title.split(" · ").slice(1).join(" · ");
  let shown = ""; // the name of the entry
  let reached = ""; // the fragment of the address whose place is shown

  /** The entry that the address names, and the part of its page. */
  function asked() {
    const [name, anchor = ""] = fragmentIn().split("&");
    return { name, anchor };
  }

  /** Show the entry that the address names. */
  async function show() {
    const { name } = asked();
    if (pages.includes(name)) {
      location.replace(globalThis.tipgraphBook ? location.hash.replace(/entry\.html.*/, `thing/${name}.html`) : `thing/${name}.html`);
      return;
    }
    if (name !== shown) {
      main.setAttribute("aria-busy", "true");
      const nodes = await record(name).then((html) => (html ? nodesOf(html, name) : missing(name)), () => [notLoaded()]);
      if (asked().name !== name) return; // somebody went on
      shown = name;
      main.replaceChildren(...nodes);
      document.title = [main.querySelector("h1")?.textContent ?? "", graph].filter(Boolean).join(" · ");
      const filled = fillLists(main).then(() => foldToFit(main));
      main.setAttribute("aria-busy", "false");
      if (history.state?.top !== undefined || asked().anchor) await filled; // the place is where it was, once all is there
    }
    arrive();
  }

  /** The HTML of an entry; none if there is no such entry. @param {string} name @returns {Promise<string|undefined>} */
  async function record(name) {
    if (!firsts.length) return undefined;
    const shard = await loadPacked(`records/${document.documentElement.lang}-${placeOf(firsts, name)}.js`, "records");
    return Object.hasOwn(shard, name) ? shard[name] : undefined;
  }

  /** The nodes of a record, whose links to its own parts lead there in this page. @param {string} html @param {string} name */
  function nodesOf(html, name) {
    const body = parsed(html);
    for (const link of body.querySelectorAll('a[href^="#"]')) {
      link.setAttribute("href", hashWith(location.hash, `${name}&${link.getAttribute("href")?.slice(1)}`));
    }
    return [...body.childNodes];
  }

  /** What is shown in place of an entry that the site does not have. @param {string} name */
  function missing(name) {
    return [
      made("h1", {}, words("This site has no such entry")),
      made("p", { role: "alert" }, name ? words("The address names the entry {name}.", { name: decoded(name) }) : words("The address names no entry.")),
      made("p", {}, made("a", { href: "index.html" }, words("Search for an entry")), " · ", made("a", { href: "things.html" }, words("All entries"))),
    ];
  }

  /** @param {string} text */
  function decoded(text) {
    try { return decodeURIComponent(text); } catch { return text; }
  }

  /** Go to where the reader was, else to the part that the address names, else to the top. */
  function arrive() {
    const { anchor } = asked();
    const target = anchor ? document.getElementById(anchor) : null;
    if (target instanceof HTMLDetailsElement) target.open = true;
    target?.setAttribute("tabindex", "-1"); // keys go on from here
    const top = history.state?.top;
    if (target && top === undefined) target.scrollIntoView();
    else scrollTo({ top: top ?? 0, behavior: "instant" });
    if (top === undefined) (target ?? main).focus({ preventScroll: true });
    reached = location.hash;
  }

  history.scrollRestoration = "manual"; // a record comes later than the page
  addEventListener("scrollend", () => { // of the page before, it may come after the address has changed
    if (reached === location.hash) history.replaceState({ ...history.state, top: scrollY }, "");
  });
  addEventListener("hashchange", show);
  show();
})();
