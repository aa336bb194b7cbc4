// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/address.js
  var fragmentIn = (hash = location.hash) => hash.replace(/^#(?:\/[^?]*\??)?/, "");
  function hashWith(hash, fragment) {
    const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
    return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
  }
  function targeted() {
    const name = fragmentIn();
    const decoded = name.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
    return document.getElementById(name) ?? document.getElementById(decoded);
  }
  function keepFragment(fragment) {
    history.replaceState(history.state, "", hashWith(location.hash, fragment) || location.pathname + location.search);
  }
  function goTo(href) {
    const link = document.createElement("a");
    link.href = href;
    link.dataset.plain = "";
    document.body.append(link);
    link.click();
    link.remove();
  }

  // shared/heights.js
  var MOST = 9.5;
  var KEPT = 1;
  var BUTTON = 60;
  var LEAST = 700;
  var screenHeight = () => Math.max(innerHeight, LEAST);
  var excess = () => document.documentElement.scrollHeight - MOST * screenHeight();
  function cutToFit(items, away = "last") {
    const tooTall = excess();
    if (tooTall <= 0) return items.length;
    const inOrder = away === "last" ? items : [...items].reverse();
    const boxes = inOrder.map((item) => item.getBoundingClientRect());
    const heights = boxes.map(({ top, bottom }) => away === "last" ? bottom - boxes[0].top : boxes[0].bottom - top);
    const most = Math.max(Math.max(...heights) - tooTall, KEPT * screenHeight());
    const end2 = heights.findIndex((height, at) => at && height > most);
    const over = end2 < 0 ? [] : inOrder.slice(end2);
    for (const item of over) item.remove();
    return items.length - over.length;
  }
  function cutEvenly(lists2) {
    let tooTall = excess();
    if (tooTall <= 0) return;
    tooTall += lists2.length * BUTTON;
    const heights = lists2.map((items) => items.map((item) => item.getBoundingClientRect().height));
    const sums = heights.map((all) => all.reduce((sum, height) => sum + height, 0));
    while (tooTall > 0) {
      const giving = heights.flatMap((all, at) => all.length > 1 ? [at] : []);
      if (!giving.length) break;
      const tallest = giving.reduce((one, other) => sums[other] > sums[one] ? other : one);
      const height = heights[tallest].pop() ?? 0;
      sums[tallest] -= height;
      tooTall -= height;
    }
    lists2.forEach((items, at) => {
      for (const item of items.slice(heights[at].length)) item.remove();
    });
  }
  function foldToFit(place) {
    const lists2 = [...place.querySelectorAll("[data-folds]")];
    while (excess() > 0) {
      const giving = lists2.filter((list) => list.childElementCount > 1 && !list.lastElementChild?.id);
      if (!giving.length) return;
      foldLast(giving.reduce((one, other) => other.clientHeight > one.clientHeight ? other : one));
    }
  }
  function foldLast(list) {
    const fold = (
      /** @type {HTMLDetailsElement} */
      list.nextElementSibling
    ), item = (
      /** @type {Element} */
      list.lastElementChild
    );
    const summary = (
      /** @type {HTMLElement} */
      fold.firstElementChild
    ), inner = fold.querySelector(":scope > ul, :scope > ol");
    if (inner) inner.prepend(item);
    else summary.after(item);
    if (inner instanceof HTMLOListElement) inner.start -= 1;
    const number = Number(summary.dataset.number) + 1;
    summary.dataset.number = String(number);
    summary.textContent = (summary.dataset.label ?? "").replace("{n}", number.toLocaleString(document.documentElement.lang));
    fold.hidden = false;
  }

  // shared/elements.js
  function part(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no #${id}`);
    return found;
  }
  function made(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== void 0) element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
  }
  function button(content2, act, attributes = {}) {
    const element = made("button", { type: "button", ...attributes }, ...content2);
    element.addEventListener("click", act);
    return element;
  }
  var MoreButton = class {
    /** @param {HTMLElement} list @param {number} atOnce  items @param {(left: number) => string} label @param {() => void} draw  the list */
    constructor(list, atOnce, label2, draw2) {
      this.most = atOnce;
      this.label = label2;
      this.button = button([], () => {
        this.most += atOnce;
        draw2();
      });
      (list.closest(".scroll") ?? list).after(this.button);
    }
    /** The items to show now, of all that there are; the button says how many are left. @template Item @param {Item[]} items */
    first(items) {
      const left = items.length - this.most;
      this.button.hidden = left <= 0;
      this.button.textContent = this.label(left);
      return items.slice(0, this.most);
    }
  };

  // shared/carried.js
  var CARRIES = /^carry\("([^"]+)", (.*)\);$/gm;
  var carriedHere = (
    /** @type {Map<string, any>} */
    /* @__PURE__ */ new Map()
  );
  function carry(name, part2) {
    carriedHere.set(name, part2);
  }
  Object.assign(globalThis, { carry });
  async function carriedBy(path, home) {
    const book = globalThis.tipgraphBook;
    if (!book) return scripted(home + path);
    const text = await book.text(path);
    return new Map([...text.matchAll(CARRIES)].map(([, name, part2]) => [name, JSON.parse(part2)]));
  }
  function scripted(address) {
    return new Promise((resolve, reject) => {
      const script = made("script", { src: address });
      script.addEventListener("load", () => {
        resolve(new Map(carriedHere));
        carriedHere.clear();
        script.remove();
      });
      script.addEventListener("error", () => reject(new Error(address)));
      document.head.append(script);
    });
  }

  // shared/gzip.js
  function bytesOf(base64) {
    const modern = (
      /** @type {{fromBase64?: (text: string) => Uint8Array<ArrayBuffer>}} */
      /** @type {unknown} */
      Uint8Array
    );
    if (modern.fromBase64) return modern.fromBase64(base64);
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return bytes;
  }
  function unpacked(base64) {
    return new Response(new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  // shared/page-data.js
  var page = document.documentElement;
  function whileShown(loading) {
    return new Promise((resolve, reject) => {
      loading.then((data) => {
        if (page.isConnected) resolve(data);
      }, (error) => {
        if (page.isConnected) reject(error);
      });
    });
  }
  async function pageData(id) {
    const block = part(id), text = block.textContent ?? "";
    return block.getAttribute("type") === "application/json" ? JSON.parse(text) : whileShown(unpacked(text).json());
  }

  // shared/shards.js
  var own = document.currentScript;
  var HOME = own instanceof HTMLScriptElement && own.src ? new URL("..", own.src).href : "";
  var loaded = (
    /** @type {Map<string, Promise<Map<string, any>>>} */
    /* @__PURE__ */ new Map()
  );
  var open = (
    /** @type {Map<string, Promise<any>>} */
    /* @__PURE__ */ new Map()
  );
  function load(path) {
    const parts = loaded.get(path) ?? whileShown(carriedBy(path, HOME));
    loaded.set(path, parts);
    parts.catch(() => loaded.delete(path));
    return parts;
  }
  function loadPacked(path, name) {
    const part2 = open.get(path) ?? whileShown(load(path).then((parts) => unpacked(parts.get(name)).json()));
    open.set(path, part2);
    part2.catch(() => open.delete(path));
    return part2;
  }
  function placeOf(values, wanted) {
    let [low, high] = [0, values.length];
    while (low < high) {
      const middle = low + high >> 1;
      if (values[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // shared/words.js
  function wording(table) {
    return (english, values = {}) => (table[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  // shared/evidence.js
  var scriptOf = (end2) => `lens/${document.documentElement.lang}${end2}.js`;
  var aboutAll = async () => (await load(scriptOf(""))).get("about");
  async function evidence() {
    const about = await aboutAll();
    const href = (path) => {
      const [file, fragment] = path.split("#");
      return globalThis.tipgraphBook ? hashWith(`#/${about.tree}${file}`, fragment) : HOME + about.tree + path;
    };
    return { sources: about.sources, words: wording(about.words), href };
  }
  async function claimsOf(keys) {
    const { firsts } = await aboutAll();
    const shards = firsts.length ? await Promise.all(keys.map((key) => loadPacked(scriptOf(`-${placeOf(firsts, key)}`), "claims"))) : [];
    return shards.flatMap((shard, at) => shard[keys[at]] ?? []);
  }
  async function claimsAt(numbers) {
    const { starts } = await aboutAll();
    const places = numbers.map((number) => placeOf(starts, number));
    const shards = new Map(await Promise.all([...new Set(places)].map(async (place) => (
      /** @type {[number, [string, ToldClaim][]]} */
      [place, Object.entries(await loadPacked(scriptOf(`-${place}`), "claims"))]
    ))));
    return numbers.flatMap((number, at) => [shards.get(places[at])?.[number - starts[places[at]]]].flatMap((claim) => claim ? [claim] : []));
  }
  function notLoaded() {
    return (
      /** @type {HTMLTemplateElement} */
      part("not-loaded").content.cloneNode(true)
    );
  }
  async function dress(name) {
    const book = globalThis.tipgraphBook;
    const style = book ? made("style", {}, await book.text(`assets/${name}`)) : made("link", { rel: "stylesheet", href: `${HOME}assets/${name}` });
    document.head.append(style);
    if (!book) await new Promise((resolve) => {
      style.onload = style.onerror = resolve;
    });
  }

  // shared/claims.js
  var ON_A_PAGE = 50;
  var begun = /* @__PURE__ */ new WeakSet();
  async function fillLists(place) {
    const open4 = [];
    for (
      const list of
      /** @type {NodeListOf<HTMLElement>} */
      place.querySelectorAll("[data-listed]")
    ) {
      if (begun.has(list)) continue;
      begun.add(list);
      const fold = list.closest("details");
      if (!fold || fold.open) open4.push(list);
      else fold.addEventListener("toggle", () => showMore(list), { once: true });
    }
    const items = await Promise.all(open4.map(addNext));
    cutEvenly(items);
    await Promise.all(open4.map((list, at) => offerMore(list, items[at])));
  }
  async function showMore(list) {
    const items = await addNext(list);
    cutToFit(items);
    await offerMore(list, items);
  }
  async function addNext(list) {
    const numbers = numbersIn(list.dataset.listed ?? ""), shown2 = list.childElementCount;
    list.setAttribute("aria-busy", "true");
    try {
      const [{ words, href }, claims] = await Promise.all([evidence(), claimsAt(numbers.slice(shown2, shown2 + ON_A_PAGE))]);
      const items = claims.map(([key, claim]) => listItem(list, key, claimArticle(claim, words, href)));
      list.append(...items);
      return items;
    } catch {
      list.after(notLoaded());
      return [];
    }
  }
  async function offerMore(list, items) {
    const left = numbersIn(list.dataset.listed ?? "").length - list.childElementCount;
    if (items.length && left > 0) {
      const { words } = await evidence();
      const more2 = button([words("More: {count}", { count: left })], () => {
        more2.remove();
        showMore(list);
      });
      list.after(more2);
    }
    list.setAttribute("aria-busy", "false");
    if (items.length) list.dispatchEvent(new Event("filled", { bubbles: true }));
  }
  function listItem(list, key, article) {
    const { paragraph } = list.dataset;
    if (paragraph) article.id = `p${paragraph}/${key.split("/").map(encodeURIComponent).join("/")}`;
    return list.matches("ol") ? made("li", {}, article) : article;
  }
  function numbersIn(text) {
    return text.split(",").filter(Boolean).flatMap((run) => {
      const [first, last = first] = run.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
  }
  function claimArticle(claim, words, href, places = [saidList(claim.said, href)]) {
    const own2 = made(
      "div",
      { class: "own" },
      made("p", { class: "kind" }, claim.heading),
      made("p", { class: "sentence" }, ...spoken(claim.sentence)),
      ...places,
      ...remarked(claim, words),
      ...claim.also.map((other) => alsoSaid(other, words, href)),
      ...claim.whole ? [made(
        "p",
        { class: "also" },
        words("Sources that say all of it, or imply it: {sources}; their publishers: {publishers}", claim.whole)
      )] : []
    );
    const others = claim.against.map((other) => made(
      "div",
      { class: "against" },
      made("p", { class: "reason" }, `${words("Possible contradiction")}: `, made("span", { lang: "en" }, other.reason)),
      made("p", { class: "sentence" }, ...spoken(other.sentence)),
      saidList(other.said, href),
      ...remarked(other, words),
      ...other.judged ? [made(
        "p",
        { class: "quiet" },
        `${words("Judged")}: ${other.judged}: `,
        made("span", { lang: "en" }, other.grounds)
      )] : []
    ));
    return made("article", { class: `claim ${claim.modality}${others.length ? " contradicted" : ""}` }, own2, ...others);
  }
  function spoken(sentence) {
    return sentence.map((piece) => typeof piece === "string" ? piece : made("span", { lang: piece[1] }, piece[0]));
  }
  function remarked({ notes, corrections, reviewer }, words) {
    const list = notes.length ? [made("ul", { class: "notes" }, ...notes.map((note) => made("li", { lang: "en" }, note)))] : [];
    const corrected = corrections.map((said) => made("p", { class: "quiet" }, `${words("Corrected")}: `, made("span", { lang: "en" }, said)));
    return [...list, ...corrected, ...reviewer ? [made("p", { class: "quiet" }, `${words("Reviewed by")}: ${reviewer}`)] : []];
  }
  function alsoSaid({ said, sentence }, words, href) {
    const links = said.flatMap(({ label: label2, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label2)]);
    return made("p", { class: "also" }, ...links, ` ${words("also says")}: `, ...spoken(sentence));
  }
  function saidList(said, href) {
    return made("ul", { class: "said" }, ...said.map(({ label: label2, path, quote }) => made("li", {}, made("a", { href: href(path) }, label2), ...quote ? [" ", made("q", {}, quote)] : [])));
  }

  // shared/lens.js
  var GAP = 12;
  var DELAY = 350;
  var LOCATOR = /source\/[^#?]*[#?]p\d+\/(.+)$/;
  var LOCATORS = "a[href]:not([data-plain], [data-claims]), [data-lens]";
  var lens = part("lens");
  var content = part("lens-content");
  var opener = (
    /** @type {HTMLElement|null} */
    null
  );
  var kept = false;
  var timer = 0;
  var styled = (
    /** @type {Promise<void>|null} */
    null
  );
  function locatorAt(place) {
    const element = (
      /** @type {HTMLElement|null|undefined} */
      place instanceof Element ? place.closest(LOCATORS) : null
    );
    const href = element?.dataset.lens ?? element?.getAttribute("href") ?? "";
    return element && LOCATOR.test(href) ? { element, href } : null;
  }
  async function open2({ element, href }, keep2) {
    clearTimeout(timer);
    kept = keep2;
    if (!lens.contains(element)) opener = element;
    const shows = lens.dataset.shows = href;
    lens.setAttribute("aria-busy", "true");
    const found = await loaded2(href).catch(() => null);
    if (lens.dataset.shows !== shows) return;
    lens.setAttribute("aria-busy", "false");
    if (!found) fill(notLoaded());
    else if (found.claim) fill(...partsOf(found.claim, found.about));
    else if (kept && element.matches("a")) goTo(href);
  }
  async function loaded2(href) {
    const key = decodeURIComponent(LOCATOR.exec(href)?.[1] ?? "");
    styled ??= dress("lens.css");
    const [about, [claim]] = await Promise.all([evidence(), claimsOf([key]), styled]);
    return { about, claim };
  }
  function fill(...parts) {
    content.replaceChildren(...parts);
    lens.hidden = false;
    lens.style.setProperty("--beside", `${besides()}px`);
    lens.scrollTop = 0;
    if (kept) lens.focus();
  }
  function partsOf(claim, { sources, words, href }) {
    const cited = claim.said.some(({ source = "" }) => sources[source]?.knownThrough);
    const chips = [
      claim.modality === "stated" && words("stated"),
      ...claim.caveats,
      cited && words("cited"),
      claim.against.length > 0 && words("disputed"),
      claim.reviewer && `${words("Reviewed by")}: ${claim.reviewer}`
    ];
    const bySource = new Map(claim.said.map(({ source = "" }) => [source, claim.said.filter((said) => said.source === source)]));
    return [claimArticle({ ...claim, reviewer: "" }, words, href, [
      made("p", { class: "chips" }, ...chips.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "])),
      ...meanings(claim, cited, words),
      ...[...bySource].map(([name, places]) => sourceSection(places, sources[name] ?? { title: name }, words, href))
    ])];
  }
  function besides() {
    const { left = 0, right = 0 } = opener?.getBoundingClientRect() ?? {};
    const column = Math.min(left, opener?.closest(".stage .side")?.getBoundingClientRect().left ?? left);
    const room = column - GAP > lens.offsetWidth;
    return right > innerWidth - lens.offsetWidth && room ? document.documentElement.clientWidth - column + GAP : 0;
  }
  function sourceSection(places, source, words, href) {
    const { title, issuedBy, issued, documentNumber, url, archived, noAddress, knownThrough } = source;
    const spots = places.map(({ place: [paragraph, sentence, page2] = [0, 0, 0] }) => [page2 && words("page {n}", { n: page2 }), paragraph && `¶${paragraph}`, sentence && words("sentence {n}", { n: sentence })].filter(Boolean).join(", "));
    const unseen = (spot) => knownThrough ? words("We never had this text. It is known through: {texts}", { texts: knownThrough.join("; ") }) : spot ? [reasonOf(source, words), words("They are in {place}.", { place: `${documentNumber ?? title}, ${spot}` })].join(" ") : words("The place is withheld, because it would reveal withheld data.");
    const link = (address, label2, rel = void 0) => address ? [made("a", { href: address, "data-plain": true, rel }, label2)] : [];
    const away = "noreferrer noopener external";
    const quotes = places.map(({ quote }) => quote && `“${quote}”`);
    const citation = [issuedBy, title, documentNumber, issued, spots.filter(Boolean).join("; "), ...quotes, url ?? archived];
    return made(
      "section",
      {},
      ...places.flatMap(({ quote, path, picture }, at) => [
        quote ? made("blockquote", {}, made("mark", {}, quote)) : made("p", { class: "unseen" }, unseen(spots[at])),
        made("p", { class: "ways" }, quote ? spots[at] : "", ...link(href(path), words("All claims of this paragraph")), ...link(picture && href(picture), words("Picture of the page")))
      ]),
      made("p", { class: "source" }, made("cite", {}, title), made("br"), [issuedBy, issued, documentNumber].filter(Boolean).join(", ")),
      ...noAddress && !url && !archived ? [made("p", { class: "source", lang: "en" }, noAddress)] : [],
      made(
        "p",
        { class: "ways" },
        ...link(url, words("Open the original"), away),
        ...link(archived, words("Archived copy"), away),
        copyButton(words("Copy citation"), citation.filter(Boolean).join(". "), words),
        copyButton(words("Copy link"), new URL(href(places[0].path), location.href).href, words)
      )
    );
  }
  function reasonOf({ unseen, licence = "" }, words) {
    if (unseen === "withheld") return words("The words are withheld, because they would reveal withheld data.");
    if (unseen === "licence") return words("The words are not shown: this site was made without the text, and no licence clearly allows us to publish it ({licence}).", { licence });
    return words("The words are not shown: this site was made without the text.");
  }
  function meanings(claim, cited, words) {
    const said = [
      claim.modality === "implied" && words("Implied: our reading. The words do not say it outright."),
      cited && words("Cited: we know this source only through another text.")
    ];
    return said.filter(Boolean).map((text) => made("p", { class: "meaning" }, String(text)));
  }
  function copyButton(label2, text, words) {
    const status = made("span", { role: "status" });
    const copy = button([label2], async () => {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      status.textContent = copied ? words("Copied.") : text;
    });
    return made("span", {}, copy, " ", status);
  }
  function close() {
    clearTimeout(timer);
    const had = kept || lens.contains(document.activeElement);
    lens.hidden = true;
    lens.dataset.shows = "";
    lens.setAttribute("aria-busy", "false");
    kept = false;
    if (had) opener?.focus();
    opener = null;
  }
  function click(event) {
    const locator = locatorAt(event.target);
    if (!locator || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open2(locator, true);
  }
  part("lens-close").addEventListener("click", close);
  document.addEventListener("click", click);
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse" || kept) return;
    clearTimeout(timer);
    const locator = locatorAt(target);
    if (locator && !lens.contains(locator.element) && locator.href !== lens.dataset.shows) timer = setTimeout(() => open2(locator, false), DELAY);
    else if (!locator && !lens.hidden && !lens.contains(
      /** @type {Node} */
      target
    )) timer = setTimeout(close, DELAY);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !lens.hidden) {
      event.stopImmediatePropagation();
      close();
    } else if ((event.key === "Enter" || event.key === " ") && event.target instanceof HTMLElement && event.target.dataset.lens) {
      event.preventDefault();
      event.target.click();
    }
  }, true);
  for (const locator of document.querySelectorAll("[data-lens]")) {
    styled ??= dress("lens.css");
    locator.setAttribute("role", "button");
    locator.setAttribute("tabindex", "0");
  }

  // shared/parsed.js
  var parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;

  // shared/review.js
  var passesReview = (choice, isReviewed) => !choice || isReviewed === (choice === "reviewed");

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function wordsOf(text) {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words;
  }

  // shared/long-list.js
  var ENTITIES = (
    /** @type {Record<string, string>} */
    { amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" }
  );
  var lists = (
    /** @type {WeakMap<Element, LongList>} */
    /* @__PURE__ */ new WeakMap()
  );
  function textOf(item) {
    if (typeof item !== "string") return folded(`${item.textContent} ${item.getAttribute("data-also") ?? ""}`);
    const also = /^<[^>]*? data-also="([^"]*)"/.exec(item)?.[1] ?? "";
    return folded(`${item.replace(/<[^>]*>/g, " ")} ${also}`.replace(/&(amp|lt|gt|#34|#39);/g, (_, name) => ENTITIES[name]));
  }
  var isReviewedItem = (item) => typeof item === "string" ? !/^<[^>]*? data-unreviewed/.test(item) : !item.hasAttribute("data-unreviewed");
  var LongList = class {
    /** @param {HTMLElement} list */
    constructor(list) {
      this.list = list;
      this.path = list.dataset.long ?? "";
      const isNarrow = matchMedia("(max-width: 40rem)").matches;
      this.size = Math.max(Math.floor(Number(list.dataset.size) / (isNarrow ? 3 : 1)), 1);
      this.items = /** @type {(Element|string)[]} */
      [...list.children];
      list.replaceChildren(...[...list.children].slice(0, this.size));
      this.order = Array.from({ length: Number(list.dataset.total) }, (_, at) => at);
      this.kept = this.order;
      this.first = 0;
      this.passes = (_) => true;
      this.texts = /** @type {string[]} */
      [];
      this.all = /** @type {Promise<void>|undefined} */
      void 0;
      const nav = (
        /** @type {HTMLElement} */
        (list.closest(".scroll") ?? list.closest("table") ?? list).nextElementSibling
      );
      const [before, after] = nav.querySelectorAll("button");
      this.before = before;
      this.after = after;
      this.said = /** @type {HTMLElement} */
      nav.querySelector("span");
      this.label = nav.dataset.label ?? "";
      this.nav = nav;
      this.before.addEventListener("click", () => this.turn(() => this.showBefore()));
      this.after.addEventListener("click", () => this.turn(() => this.show(this.last)));
      this.cut();
    }
    /** The place after the last item that is shown. */
    get last() {
      return this.first + this.list.childElementCount;
    }
    /** Leave what fits of the items that are shown, and say which part it is. */
    cut() {
      cutToFit([...this.list.children]);
      this.say();
    }
    /** Load all items, once. */
    async load() {
      this.all ??= (this.path ? loadPacked(this.path, "items") : Promise.resolve([])).then((rest) => {
        this.items.push(...rest);
        this.texts = this.items.map(textOf);
      });
      try {
        await this.all;
      } catch (error) {
        this.all = void 0;
        this.nav.after(notLoaded());
        throw error;
      }
    }
    /** Show another part, and go to its begin. @param {() => Promise<void>} show */
    async turn(show2) {
      await show2();
      (this.list.closest("table") ?? this.list).scrollIntoView();
    }
    /** @param {number} first  the place of the first item among those that are left */
    async show(first) {
      await this.load();
      this.first = first;
      this.put(first, first + this.size);
      this.cut();
    }
    /** Show the part before this one: its last item is the one before the first that is shown now. */
    async showBefore() {
      await this.load();
      const end2 = this.first, begin2 = Math.max(0, end2 - this.size);
      this.put(begin2, end2);
      const left = cutToFit([...this.list.children], "first");
      if (begin2 === 0 && left === end2) return this.show(0);
      this.first = end2 - left;
      this.say();
    }
    /** Put items in the list; their claims may make them higher. @param {number} first @param {number} end  the place after the last one */
    put(first, end2) {
      this.list.replaceChildren(...this.elements(this.kept.slice(first, end2)));
      fillLists(this.list).then(() => this.cut());
    }
    /** Say which part is shown. */
    say() {
      const total = this.kept.length, { last } = this;
      const values = (
        /** @type {Record<string, number>} */
        { first: Math.min(this.first + 1, total), last, total }
      );
      this.said.textContent = this.label.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(document.documentElement.lang));
      this.before.disabled = this.first === 0;
      this.after.disabled = last >= total;
      this.nav.hidden = last - this.first >= total;
    }
    /** Some items as elements; those that were texts are parsed together. @param {number[]} places @returns {Element[]} */
    elements(places) {
      const texts = places.filter((at) => typeof this.items[at] === "string");
      const isTable = this.list.matches("tbody");
      const html = texts.map((at) => this.items[at]).join("");
      const body = parsed(isTable ? `<table><tbody>${html}</tbody></table>` : html);
      const made2 = [...(isTable ? body.querySelector("tbody") ?? body : body).children];
      texts.forEach((at, number) => {
        this.items[at] = made2[number];
      });
      return places.map((at) => (
        /** @type {Element} */
        this.items[at]
      ));
    }
    /** Leave the items with all of some words that pass the filter *Review*; their number. @param {string[]} words @param {string} review */
    async filter(words, review) {
      await this.load();
      return this.keep((at) => words.every((word) => this.texts[at].includes(word)) && passesReview(review, isReviewedItem(this.items[at])));
    }
    /** Leave the items that pass, and show the first part if they are others than before; their number. @param {(at: number) => boolean} passes  told the place of an item in the list of all */
    async keep(passes2) {
      const before = this.kept;
      this.passes = passes2;
      this.kept = this.order.filter(passes2);
      if (this.kept.length !== before.length || this.kept.some((at, place) => at !== before[place])) await this.show(0);
      return this.kept.length;
    }
    /** Sort all items. @param {(items: Element[]) => Element[]} sorted */
    async sort(sorted) {
      await this.load();
      const elements = this.elements(this.items.map((_, at) => at));
      const places = new Map(elements.map((element, at) => [element, at]));
      this.order = sorted(elements).map((element) => places.get(element) ?? 0);
      await this.keep(this.passes);
    }
    /** Show the part that begins with an item. @param {string} id  of the item @returns {Promise<boolean>}  whether there is one */
    async find(id) {
      await this.load();
      const mark = ` id="${id}"`;
      const place = this.kept.findIndex((at) => {
        const item = this.items[at];
        return typeof item === "string" ? item.slice(0, item.indexOf(">")).includes(mark) : item.id === id;
      });
      if (place >= 0) await this.show(place);
      return place >= 0;
    }
  };
  async function findTarget() {
    const name = fragmentIn();
    if (!name || name.includes("=") || targeted()) return;
    const id = name.split("/")[0];
    for (const list of longLists(document.body)) {
      if (!await list.find(name) && !await list.find(id)) continue;
      const item = list.list.querySelector(`[id="${CSS.escape(id)}"]`);
      (targeted() ?? item)?.scrollIntoView();
      list.list.addEventListener("filled", function seek() {
        const target = targeted();
        if (target) list.list.removeEventListener("filled", seek);
        if (target) target.scrollIntoView();
        else item?.querySelector(".listed + button")?.click();
      });
    }
  }
  function longList(element) {
    if (!element.matches("[data-long]")) return void 0;
    const known = lists.get(element) ?? new LongList(
      /** @type {HTMLElement} */
      element
    );
    lists.set(element, known);
    return known;
  }
  function longLists(place) {
    return [place, ...place.querySelectorAll("[data-long]")].flatMap((element) => longList(element) ?? []);
  }

  // shared/every-page.js
  function keepView() {
    const link = (
      /** @type {HTMLAnchorElement|null} */
      document.getElementById("other-language")
    );
    link?.addEventListener("click", () => {
      link.hash = hashWith(link.hash, fragmentIn());
    });
  }
  function sortKey(row, column) {
    const cell = row.cells[column];
    return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
  }
  function sortRows(table, column, down) {
    const body = table.tBodies[0];
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const sorted = (elements) => {
      const rows = [...elements].map((row) => ({ row, key: sortKey(
        /** @type {HTMLTableRowElement} */
        row,
        column
      ) }));
      rows.sort((one, other) => {
        if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
        return down ? order.compare(other.key, one.key) : order.compare(one.key, other.key);
      });
      return rows.map(({ row }) => row);
    };
    const long = longList(body);
    if (long) long.sort(sorted);
    else body.append(...sorted(body.rows));
  }
  function makeSortable(table) {
    const heads = [...table.tHead?.rows[0].cells ?? []];
    heads.forEach((head, column) => head.append(button([...head.childNodes], () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortRows(table, column, down);
    })));
  }
  function makeFilter(box) {
    const target = document.getElementById(box.dataset.filters ?? "");
    const count = document.getElementById(box.dataset.count ?? "");
    if (!target) return;
    const long = longLists(target), every = (
      /** @type {HTMLElement[]} */
      [...target.querySelectorAll(target.matches("table") ? "tbody > tr" : "li")]
    );
    const items = every.filter((item) => !item.closest("[data-long]"));
    const review = (
      /** @type {HTMLSelectElement|null} */
      box.parentElement?.querySelector("select#review") ?? null
    );
    const fields2 = review ? [box, review] : [box];
    const asked = () => String(new URLSearchParams(fields2.filter(({ value }) => value).map(({ id, value }) => [id, value])));
    const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
    let latest = "";
    const filter2 = async () => {
      const [wanted, choice] = [wordsOf(box.value), review?.value ?? ""];
      latest = asked();
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word)) || !passesReview(choice, isReviewedItem(item));
      });
      const counts = await Promise.all(long.map((list) => list.filter(wanted, choice)));
      if (latest !== asked()) return;
      if (target.querySelector("li")) for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(counts.reduce((sum, number) => sum + number, items.filter((item) => !item.hidden).length));
    };
    if (long.length) box.addEventListener("focus", () => {
      for (const list of long) list.load();
    }, { once: true });
    for (const field of fields2) {
      field.addEventListener("input", () => {
        filter2();
        keepFragment(asked());
      });
      field.value = new URLSearchParams(fragmentIn()).get(field.id) ?? "";
    }
    if (review && review.selectedIndex < 0) review.value = "";
    if (asked()) filter2();
  }
  function unpackDrawings() {
    return Promise.all([...document.querySelectorAll("script.drawing")].map(async (block) => {
      block.replaceWith(...parsed(await unpacked(block.textContent ?? "").text()).children);
    }));
  }
  keepView();
  var shown = fillLists(document);
  Promise.all([shown, unpackDrawings()]).then(() => foldToFit(document));
  for (const list of longLists(document.body)) shown.then(() => list.cut());
  findTarget();
  addEventListener("hashchange", findTarget);
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(
    /** @type {HTMLTableElement} */
    table
  );
  for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(
    /** @type {HTMLInputElement} */
    box
  );

  // shared/svg.js
  var SVG = "http://www.w3.org/2000/svg";
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  }

  // timeline/page.js
  var [form, dated, undated] = (
    /** @type {[HTMLFormElement, HTMLTableElement, HTMLTableElement]} */
    ["filters", "dated", "undated"].map((id) => document.getElementById(id))
  );
  var AT_ONCE = matchMedia("(max-width: 40rem)").matches ? 15 : 30;
  var entries = new Map([dated, undated].filter(Boolean).map((table) => [table, [...table.tBodies]]));
  var more = new Map([dated, undated].filter(Boolean).map((table) => [table, moreOf(table)]));
  var width = 0;
  var [begin, end] = [0, Number(dated?.dataset.days)];
  var [INDENT, YEAR, SIGN] = [3, 34, 5];
  var gaps = (
    /** @type {[number, number, number][]} */
    JSON.parse(dated?.dataset.gaps ?? "[]")
  );
  var fields = () => [...form.elements].filter((field) => "name" in field && field.name);
  function moreOf(table) {
    return new MoreButton(table, AT_ONCE, (count) => (table.dataset.more ?? "").replace("{count}", String(count)), show);
  }
  async function complete(table) {
    const id = `${table.id}-rest`;
    if (!document.getElementById(id)) return;
    const rest = parsed(`<table>${await pageData(id)}</table>`);
    fillLists(rest);
    entries.get(table)?.push(...rest.querySelectorAll("tbody"));
  }
  function read() {
    const given = new URLSearchParams(fragmentIn());
    for (const field of fields()) {
      field.value = given.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    show();
  }
  function keep() {
    const given = fields().filter(({ value }) => value).map(({ name, value }) => [name, value]);
    keepFragment(String(new URLSearchParams(given)));
    show();
  }
  function show() {
    const filters = (
      /** @type {Filters} */
      Object.fromEntries(fields().map(({ name, validity, value }) => [name, validity.valid ? value : ""]))
    );
    const rows = filter(dated, filters, "shown");
    filter(undated, { ...filters, from: "", to: "" }, "undated-shown");
    part("nothing").hidden = rows.length > 0;
    dated.hidden = rows.length === 0;
    fit(filters, rows);
  }
  function filter(table, filters, count) {
    const passing = (
      /** @type {Map<HTMLTableSectionElement, HTMLElement[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const entry of entries.get(table) ?? []) {
      const isKind = !filters.kind || (entry.dataset.kind ?? "").split(" ").includes(filters.kind);
      const rows = [...entry.rows].filter((row) => isKind && passes(row, filters));
      if (rows.length) passing.set(entry, rows);
      for (const row of entry.rows) row.classList.toggle("beside", !rows.includes(row));
    }
    part(count).textContent = String(passing.size);
    for (const entry of [...table.tBodies]) entry.remove();
    table.append(...more.get(table)?.first([...passing.keys()]) ?? []);
    return [...passing.values()].flat();
  }
  function passes({ dataset: { status = "", source = "", unreviewed, earliest, latest } }, filters) {
    if (filters.status && !status.split(" ").includes(filters.status)) return false;
    if (filters.source && !source.split(" ").includes(filters.source)) return false;
    if (!passesReview(filters.review, unreviewed === void 0)) return false;
    if (!filters.from && !filters.to) return true;
    if (earliest === void 0 || latest === void 0) return false;
    return (!filters.from || !latest || latest >= filters.from) && (!filters.to || !earliest || earliest <= `${filters.to}-99`);
  }
  function fit(filters, rows) {
    const days = rows.flatMap(({ dataset: { earliest, latest } }) => [earliest, latest]).flatMap((date) => date ? [dayOf(date)] : []);
    const isFiltered = Object.values(filters).some(Boolean) && days.length > 0;
    let first = isFiltered ? Math.min(...days) - 15 : 0;
    let last = isFiltered ? Math.max(...days) + 15 : Number(dated.dataset.days);
    if (filters.from) first = Math.max(first, dayOf(filters.from) - 15);
    if (filters.to) last = Math.min(last, dayOf(filters.to, true) + 15);
    draw(first, Math.max(last, first + 60));
  }
  function dayOf(date, end2 = false) {
    const [year, month, day] = date.split("-").map(Number);
    const at = end2 && !day ? Date.UTC(month ? year : year + 1, month ?? 0) : Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    const whole = (at - Date.parse(dated.dataset.start ?? "")) / 864e5;
    return gaps.reduce((days, [first, last, drawn2]) => days - Math.max(Math.min(whole, last) - first, 0) * (1 - drawn2 / (last - first)), whole);
  }
  var percent = (days) => `${(100 * days / (end - begin)).toFixed(3)}%`;
  var placed = (from, days) => percent(from < begin && from + days > begin + 20 ? 0 : from - begin);
  function draw(first, last) {
    [begin, end] = [first, last];
    part("grid-years").setAttribute("viewBox", `${begin} 0 ${end - begin} 1`);
    for (
      const shape of
      /** @type {NodeListOf<SVGElement>} */
      document.querySelectorAll("#grid [data-x], #dated [data-x]")
    ) {
      const { x, w, days } = shape.dataset;
      shape.setAttribute("x", placed(Number(x), Number(days ?? 0)));
      if (w !== void 0) shape.setAttribute("width", percent(Number(w)));
    }
    label();
  }
  function label() {
    const axis = part("axis");
    const month = width * 30 / (end - begin);
    for (const old of axis.querySelectorAll(".month")) old.remove();
    if (month > 6) axis.append(...months(axis));
    axis.classList.toggle("tight", month < 16);
    labelYears(axis);
  }
  function months(axis) {
    const names = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
    const dates = [...axis.querySelectorAll(".year")].flatMap((year) => names.map((name) => ({ name, date: `${year.textContent}-${name}` })));
    return dates.flatMap(({ name, date }) => {
      const [from, to] = [dayOf(date), dayOf(date, true)];
      if (to <= begin || from >= end) return [];
      return [drawn("svg", { class: "at month", x: placed(from, to - from) }, drawn("path", { d: "M0,18V30" }), drawn("text", { x: 3, y: 27 }, name))];
    });
  }
  function labelYears(axis) {
    const ticks = (kind) => [.../** @type {NodeListOf<SVGElement>} */
    axis.querySelectorAll(`.${kind}`)];
    const left = (tick) => parseFloat(tick.getAttribute("x") ?? "") * width / 100;
    const breaks = ticks("break");
    const taken = breaks.map((tick) => [left(tick) - SIGN, left(tick) + SIGN]);
    const follows = ({ dataset }) => breaks.some((gap) => Number(gap.dataset.x) + Number(gap.dataset.days) / 2 === Number(dataset.x));
    for (const year of ticks("year").sort((one, other) => Number(follows(other)) - Number(follows(one)))) {
      const [first, last] = [left(year) + INDENT, left(year) + YEAR];
      const hasRoom = first >= INDENT && last <= width && taken.every(([from, to]) => last <= from || first >= to);
      year.classList.toggle("spare", !hasRoom);
      if (hasRoom) taken.push([first, last]);
    }
    const written = ticks("year").filter(({ classList }) => !classList.contains("spare"));
    part("grid-years").firstElementChild?.setAttribute("d", written.map(({ dataset }) => `M${dataset.x},0V1`).join(""));
  }
  async function open3() {
    await Promise.all([dated, undated].filter(Boolean).map(complete));
    if (form && dated && undated) {
      form.hidden = false;
      form.addEventListener("input", keep);
      form.addEventListener("reset", () => setTimeout(keep));
      addEventListener("hashchange", read);
      new ResizeObserver(([{ target, contentRect }]) => {
        if (!target.isConnected) return;
        width = contentRect.width;
        label();
      }).observe(part("axis"));
      read();
    }
    document.documentElement.dataset.ready = "yes";
  }
  open3();
})();
