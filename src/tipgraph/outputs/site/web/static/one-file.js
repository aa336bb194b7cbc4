// @ts-check
// A site in one file. It finds the page of the address among the packed pages and shows it in place of the document. The policy
// of the first document stays, and so do its globals.
(() => {
  "use strict";
  const { fragmentIn, hashWith, targeted, unpacked } = tipgraph;

  const BOOK_POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
  const BOOK_STYLE = /<link rel="stylesheet" href="(?:\.\.\/)*(assets\/[\w.-]+)">/g;
  const BOOK_SCRIPT = /<script src="(?:\.\.\/)*(assets\/[\w.-]+)" defer><\/script>/g;
  const BOOK_ICON = /<link rel="icon"[^>]*>/;
  const OWN_ICON = /** @type {Element} */ (document.querySelector('link[rel="icon"]'));
  const OTHERS_SCRIPT = /\.min\.js$/; // third-party scripts: each runs once, since it gives the realm a name that stays
  const PACKS_OPEN = 8;
  const FILE_TYPES = /** @type {Record<string, string>} */ ({
    csv: "text/csv", json: "application/json", jsonld: "application/ld+json", svg: "image/svg+xml", ttl: "text/turtle",
  });

  /** Unpack texts by their paths. @param {string} pack @returns {Promise<Map<string, string>>} */
  async function textsOf(pack) {
    return new Map(Object.entries(JSON.parse(await unpacked(pack).text())));
  }

  /** The files of the site, in packs by the order of their paths. */
  class Packs {
    constructor() {
      const blocks = [...document.querySelectorAll('script[type="application/gzip;base64"]')];
      this.packs = blocks.map(({ textContent }) => textContent ?? "");
      this.firsts = blocks.map((block) => block.getAttribute("data-first") ?? "");
      this.open = /** @type {Map<number, Promise<Map<string, string>>>} */ (new Map());
    }

    /** @param {string} path @returns {Promise<string|undefined>} */
    async find(path) {
      const number = this.firsts.filter((first) => first <= path).length - 1;
      return number < 0 ? undefined : (await this.pack(number)).get(path);
    }

    /** Open a pack; the one that was not used for longest is forgotten. @param {number} number */
    pack(number) {
      const pack = this.open.get(number) ?? textsOf(this.packs[number]);
      this.open.delete(number);
      this.open.set(number, pack);
      if (this.open.size > PACKS_OPEN) this.open.delete([...this.open.keys()][0]);
      return pack;
    }

    /** @param {string} path @returns {Promise<string>} */
    async text(path) {
      const text = await this.find(path);
      if (text === undefined) throw new Error(`this file holds no ${path}`);
      return text;
    }
  }

  /** A page without its policy, and the paths of its assets. Texts of sources cannot look like these tags: their `<` is escaped. @param {string} text */
  function partsOf(text) {
    const named = (/** @type {RegExp} */ tag) => [...text.matchAll(tag)].map(([, path]) => path);
    const html = text.replace(BOOK_POLICY, "").replace(BOOK_STYLE, "").replace(BOOK_SCRIPT, "").replace(BOOK_ICON, "");
    return { html, styles: named(BOOK_STYLE), scripts: named(BOOK_SCRIPT) };
  }

  /** @param {string} hash @returns {string} the path of the page that an address names */
  function pathIn(hash) {
    const path = /^#\/([^?]*)/.exec(hash)?.[1] ?? "";
    return /(?:^|\/)$/.test(path) ? `${path}index.html` : path;
  }

  /** The file while it is open. */
  class Book {
    /** @param {Packs} packs @param {Record<string, {missing: string, broken: string}>} words  by language */
    constructor(packs, words) {
      this.packs = packs;
      this.words = words;
      this.path = ""; // of the page that is shown
      this.going = {}; // to the page that was asked for last
      this.step = 0; // of the history
      this.tops = /** @type {Map<number, number>} */ (new Map()); // how far down the reader was, at each step
      this.ran = new Set();
      this.left = new AbortController();
      this.observer = new MutationObserver((changes) => this.changed(changes));
      history.scrollRestoration = "manual";
      if (!location.hash.startsWith("#/")) history.replaceState(null, "", hashWith("#/index.html", fragmentIn()));
      this.endMedia();
    }

    /** Let what a page hears of the screen end with it; what it hears of its window and document ends by itself. */
    endMedia() {
      const [listen, book] = [MediaQueryList.prototype.addEventListener, this];
      MediaQueryList.prototype.addEventListener = function (/** @type {string} */ type, /** @type {any} */ act) {
        listen.call(this, type, act, { signal: book.left.signal });
      };
    }

    /** Go where the address leads, and say so where that does not work. */
    async go() {
      const asked = pathIn(location.hash);
      const going = this.going = {};
      try {
        await this.open(asked, going);
      } catch (error) {
        if (this.going === going) this.say("broken", asked);
        throw error;
      }
    }

    /** Show a page; in place of a missing one the first, with a message; hand over other files. @param {string} asked @param {object} going */
    async open(asked, going) {
      const found = await this.packs.find(asked);
      if (found !== undefined && asked.endsWith(".html")) {
        await this.show(asked, found, going);
        return;
      }
      const first = `${asked.startsWith("es/") ? "es/" : ""}index.html`;
      await this.show(first, await this.packs.text(first), going);
      if (this.going !== going) return;
      history.replaceState(history.state, "", `#/${first}`);
      if (found === undefined) this.say("missing", asked);
      else await this.hand(asked);
    }

    /** @param {string} path @param {string} text @param {object} going */
    async show(path, text, going) {
      const { html, styles, scripts } = partsOf(text);
      const needed = scripts.filter((path) => !this.ran.has(path));
      const texts = (/** @type {string[]} */ paths) => Promise.all(paths.map((one) => this.packs.text(one)));
      const [looks, acts] = await Promise.all([texts(styles), texts(needed)]);
      if (this.going !== going) return; // somebody went on
      this.leave();
      this.path = path;
      document.open();
      document.write(html);
      document.close();
      for (const textContent of looks) document.head.append(Object.assign(document.createElement("style"), { textContent }));
      document.head.append(OWN_ICON);
      this.listen();
      for (const image of document.querySelectorAll("img[data-src]")) this.picture(/** @type {HTMLImageElement} */ (image));
      for (const textContent of acts) document.body.appendChild(Object.assign(document.createElement("script"), { textContent })).remove();
      for (const path of needed) if (OTHERS_SCRIPT.test(path)) this.ran.add(path);
      this.arrive(true);
      performance.mark("shown");
    }

    /** Show the picture of a page of a document, which is among the packed files. @param {HTMLImageElement} image */
    async picture(image) {
      image.src = await this.packs.text(pathFrom(this.path, image.dataset.src ?? ""));
    }

    /** End the page that is shown; it is told as if its window closed. */
    leave() {
      if (this.path) dispatchEvent(new Event("pagehide"));
      this.left.abort();
      this.left = new AbortController();
      this.observer.disconnect();
      if (this.step) this.tops.set(this.step, scrollY);
    }

    listen() {
      addEventListener("hashchange", (event) => this.turn(event));
      addEventListener("click", ({ target }) => leadThrough(target, this.path), true); // for those that were made just now
      addEventListener("click", (event) => this.click(event));
      addEventListener("scrollend", () => { // for when the file is read anew; the address may be that of another page by now
        if (history.state?.step === this.step) history.replaceState({ step: this.step, top: scrollY }, "");
      });
      for (const link of document.querySelectorAll("a[href]")) leadThrough(link, this.path);
      this.observer.observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["href"] });
    }

    /** Let links that are new lead through this file, too. @param {MutationRecord[]} changes */
    changed(changes) {
      for (const { type, target, addedNodes } of changes) {
        for (const node of type === "attributes" ? [target] : addedNodes) {
          leadThrough(node, this.path);
          if (node instanceof Element) for (const link of node.querySelectorAll("a[href]")) leadThrough(link, this.path);
        }
      }
    }

    /** Follow a step of the history: to another page, or within the page that is shown. @param {HashChangeEvent} event */
    turn(event) {
      if (pathIn(location.hash) !== this.path) {
        event.stopImmediatePropagation();
        this.go();
        return;
      }
      this.going = {};
      this.tops.set(this.step, scrollY);
      this.arrive(false);
    }

    /** Hand over the file that a link leads to; lead once more to a place where the address is already. @param {MouseEvent} event */
    click(event) {
      const link = event.target instanceof Element ? event.target.closest('a[href^="#/"]') : null;
      if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const hash = link.getAttribute("href") ?? "";
      if (hash === location.hash) this.target();
      if (pathIn(hash).endsWith(".html") && !link.hasAttribute("download")) return;
      event.preventDefault();
      this.hand(pathIn(hash));
    }

    /** Hand a file over. @param {string} path */
    async hand(path) {
      const type = `${FILE_TYPES[path.replace(/.*\./, "")] ?? "text/plain"};charset=utf-8`;
      const text = await this.packs.text(path);
      const href = text.startsWith("data:") ? text : URL.createObjectURL(new Blob([text], { type }));
      Object.assign(document.createElement("a"), { href, download: path.replace(/.*\//, "") }).click();
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    }

    /** Show above the page why another one is not shown. @param {"missing"|"broken"} what @param {string} path */
    say(what, path) {
      const words = this.words[document.documentElement.lang][what].replace("{path}", () => path);
      const said = Object.assign(document.createElement("p"), { className: "card warn", textContent: words });
      said.setAttribute("role", "alert");
      (document.querySelector("main") ?? document.body).prepend(said);
    }

    /** Scroll to the position of this step, to the target of the address, or to the top of a new page. @param {boolean} fresh */
    arrive(fresh) {
      this.step = history.state?.step ?? performance.timeOrigin + performance.now();
      const top = this.tops.get(this.step) ?? history.state?.top;
      history.replaceState({ step: this.step, top }, ""); // a page that fills itself later scrolls there by itself
      const found = this.target();
      if (top !== undefined || (fresh && !found)) scrollTo({ top: top ?? 0, behavior: "instant" });
    }

    /** Mark, open, show and focus the target of the address, as a browser does for `:target`. */
    target() {
      for (const old of document.querySelectorAll(".target")) old.classList.remove("target");
      const found = targeted();
      if (!found) return null;
      found.classList.add("target");
      for (let fold = found.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
      found.scrollIntoView();
      const given = found.hasAttribute("tabindex");
      if (!given) found.tabIndex = -1; // keys go on from here
      found.focus({ preventScroll: true });
      if (!given) found.removeAttribute("tabindex");
      return found;
    }
  }

  /** The path of a file that a page names. @param {string} path  of the page @param {string} name */
  const pathFrom = (path, name) => new URL(name, `https://book.invalid/${path}`).pathname.slice(1);

  /** Let the link at a place lead through this file. @param {EventTarget|null} place @param {string} path  of the page */
  function leadThrough(place, path) {
    const link = place instanceof Element ? place.closest("a[href]") : null;
    const href = link?.getAttribute("href") ?? "";
    if (!link || /^(?:[a-z][a-z0-9+.-]*:|\/\/|#\/)/i.test(href)) return;
    const { pathname, hash } = new URL(href, `https://book.invalid/${path}`);
    link.setAttribute("href", hashWith(`#${pathname}`, hash.slice(1)));
  }

  /** Open the file, or say at once what it needs. */
  function openBook() {
    if (typeof DecompressionStream === "undefined") {
      document.body.classList.add("old");
      return;
    }
    const packs = new Packs();
    const book = new Book(packs, JSON.parse(document.getElementById("words")?.textContent ?? ""));
    Object.defineProperty(globalThis, "tipgraphBook", { value: Object.freeze({ text: (/** @type {string} */ path) => packs.text(path) }) });
    addEventListener("DOMContentLoaded", () => book.go());
    addEventListener("hashchange", (event) => book.turn(event)); // before the first page is shown
  }

  openBook();
})();
