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
    const end = heights.findIndex((height, at) => at && height > most);
    const over = end < 0 ? [] : inOrder.slice(end);
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
  var byId = (id) => document.getElementById(id);
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
  function selectTab(tabs, selected) {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === selected));
      tab.tabIndex = tab === selected ? 0 : -1;
    }
  }

  // shared/download.js
  function download(name, blob) {
    const link = made("a", { href: URL.createObjectURL(blob), download: name, class: "sr" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }

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
  var scriptOf = (end) => `lens/${document.documentElement.lang}${end}.js`;
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
    const open3 = [];
    for (
      const list of
      /** @type {NodeListOf<HTMLElement>} */
      place.querySelectorAll("[data-listed]")
    ) {
      if (begun.has(list)) continue;
      begun.add(list);
      const fold = list.closest("details");
      if (!fold || fold.open) open3.push(list);
      else fold.addEventListener("toggle", () => showMore(list), { once: true });
    }
    const items = await Promise.all(open3.map(addNext));
    cutEvenly(items);
    await Promise.all(open3.map((list, at) => offerMore(list, items[at])));
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
      const more = button([words("More: {count}", { count: left })], () => {
        more.remove();
        showMore(list);
      });
      list.after(more);
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
    const corrected = corrections.map((said2) => made("p", { class: "quiet" }, `${words("Corrected")}: `, made("span", { lang: "en" }, said2)));
    return [...list, ...corrected, ...reviewer ? [made("p", { class: "quiet" }, `${words("Reviewed by")}: ${reviewer}`)] : []];
  }
  function alsoSaid({ said: said2, sentence }, words, href) {
    const links = said2.flatMap(({ label, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label)]);
    return made("p", { class: "also" }, ...links, ` ${words("also says")}: `, ...spoken(sentence));
  }
  function saidList(said2, href) {
    return made("ul", { class: "said" }, ...said2.map(({ label, path, quote }) => made("li", {}, made("a", { href: href(path) }, label), ...quote ? [" ", made("q", {}, quote)] : [])));
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
  async function open2({ element, href }, keep) {
    clearTimeout(timer);
    kept = keep;
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
    const bySource = new Map(claim.said.map(({ source = "" }) => [source, claim.said.filter((said2) => said2.source === source)]));
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
    const link = (address, label, rel = void 0) => address ? [made("a", { href: address, "data-plain": true, rel }, label)] : [];
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
    const said2 = [
      claim.modality === "implied" && words("Implied: our reading. The words do not say it outright."),
      cited && words("Cited: we know this source only through another text.")
    ];
    return said2.filter(Boolean).map((text) => made("p", { class: "meaning" }, String(text)));
  }
  function copyButton(label, text, words) {
    const status = made("span", { role: "status" });
    const copy = button([label], async () => {
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
  var isReviewed = ({ review }) => review !== "unreviewed";
  var passesReview = (choice, isReviewed2) => !choice || isReviewed2 === (choice === "reviewed");

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function wordsOf(text) {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words;
  }
  function wrapped(text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (!lines[last] || lines[last].length + word.length < most) lines[last] = `${lines[last]} ${word}`.trim();
      else lines.push(word);
    }
    return lines;
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
    async turn(show) {
      await show();
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
      const end = this.first, begin = Math.max(0, end - this.size);
      this.put(begin, end);
      const left = cutToFit([...this.list.children], "first");
      if (begin === 0 && left === end) return this.show(0);
      this.first = end - left;
      this.say();
    }
    /** Put items in the list; their claims may make them higher. @param {number} first @param {number} end  the place after the last one */
    put(first, end) {
      this.list.replaceChildren(...this.elements(this.kept.slice(first, end)));
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
    async keep(passes) {
      const before = this.kept;
      this.passes = passes;
      this.kept = this.order.filter(passes);
      if (this.kept.length !== before.length || this.kept.some((at, place) => at !== before[place])) await this.show(0);
      return this.kept.length;
    }
    /** Sort all items. @param {(items: Element[]) => Element[]} sorted */
    async sort(sorted2) {
      await this.load();
      const elements = this.elements(this.items.map((_, at) => at));
      const places = new Map(elements.map((element, at) => [element, at]));
      this.order = sorted2(elements).map((element) => places.get(element) ?? 0);
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
    const sorted2 = (elements) => {
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
    if (long) long.sort(sorted2);
    else body.append(...sorted2(body.rows));
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
    const fields = review ? [box, review] : [box];
    const asked = () => String(new URLSearchParams(fields.filter(({ value }) => value).map(({ id, value }) => [id, value])));
    const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
    let latest = "";
    const filter = async () => {
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
    for (const field of fields) {
      field.addEventListener("input", () => {
        filter();
        keepFragment(asked());
      });
      field.value = new URLSearchParams(fragmentIn()).get(field.id) ?? "";
    }
    if (review && review.selectedIndex < 0) review.value = "";
    if (asked()) filter();
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

  // shared/python.json
  var namespaces = {
    id: "https://w3id.org/tipgraph/id/",
    tip: "https://w3id.org/tipgraph/ns#",
    code: "https://w3id.org/tipgraph/code#",
    xsd: "http://www.w3.org/2001/XMLSchema#"
  };
  var seasons = {
    "21": [
      3,
      11
    ],
    "23": [
      3,
      11
    ],
    "25": [
      3,
      5
    ],
    "26": [
      6,
      8
    ],
    "27": [
      9,
      11
    ],
    "29": [
      9,
      11
    ],
    "31": [
      3,
      5
    ],
    "32": [
      6,
      8
    ]
  };
  var guard = {
    token: `(?<iri><[^<>"{}|^\`\\\\\\x00-\\x20]*>)|(?<comment>#[^\\n\\r]*)|(?<text>"{3}[^"\\\\]*(?:(?:\\\\.|"{1,2}(?!"))[^"\\\\]*)*(?:"{3}|(?<open>))|'{3}[^'\\\\]*(?:(?:\\\\.|'{1,2}(?!'))[^'\\\\]*)*(?:'{3}|(?<opened>))|"[^"\\\\\\n\\r]*(?:\\\\.[^"\\\\\\n\\r]*)*"?|'[^'\\\\\\n\\r]*(?:\\\\.[^'\\\\\\n\\r]*)*'?)|(?<variable>[?$][\\p{L}\\p{N}_]+|@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*)|(?<name>[\\p{L}\\p{N}_.-]{0,100}:(?:[\\p{L}\\p{N}_.:%-]|\\\\.)*)|(?<word>[\\p{L}\\p{N}_]+)|(?<mark>.)`,
    escape: "\\\\(?:u|U0000)(?!00(?:0[0-8bcefBCEF]|1[0-9a-fA-F]|7[fF]))[0-9A-Fa-f]{4}|\\\\U(?!0000)",
    soundEscape: `\\\\(?:[tbnrf"'\\\\]|u00[0-9a-fA-F]{2}|U000000[0-9a-fA-F]{2})`,
    slot: "VALUES\\s+\\?([\\p{L}\\p{N}_]+)\\s*\\{\\s*UNDEF\\s*\\}",
    writes: [
      "ADD",
      "CLEAR",
      "COPY",
      "CREATE",
      "DELETE",
      "DROP",
      "INSERT",
      "LOAD",
      "MOVE"
    ],
    longestQuery: 1e5,
    longestTerm: 80
  };

  // shared/iris.js
  var { id: ID_BASE, tip: TIP, code: CODE, xsd: XSD } = namespaces;
  var shortIri = (iri2) => iri2.startsWith(ID_BASE) ? iri2.slice(ID_BASE.length) : iri2;

  // query/guard.js
  var [TOKEN, ESCAPE, SOUND_ESCAPE] = [`\\s+|${guard.token}`, guard.escape, guard.soundEscape].map((source) => new RegExp(source, "gsu"));
  var KINDS = ["iri", "text", "variable", "name", "word", "mark"];
  function queryTokens(text) {
    const tokens = [];
    for (const { 0: piece, index, groups = {} } of text.matchAll(TOKEN)) {
      const kind = KINDS.find((name) => groups[name] !== void 0);
      if (kind) tokens.push({ kind, piece, isOpen: (groups.open ?? groups.opened) !== void 0, isCalled: text[index + piece.length] === "(" });
    }
    return tokens;
  }
  function guarded(text, words) {
    if (text.length > guard.longestQuery) throw new Error(words("the query has {count} characters; at most {most} are run", { count: text.length, most: guard.longestQuery }));
    if (text.search(ESCAPE) >= 0) throw new Error(words("a query with escapes of characters is not run; write the character itself"));
    const named = [];
    let afterFrom = false;
    for (const { kind, piece, isOpen } of queryTokens(text)) {
      if (isOpen || kind === "text" && piece.replace(SOUND_ESCAPE, "").includes("\\")) {
        throw new Error(words("{piece} … begins a text without an end, or contains an invalid escape; correct it", { piece: piece.slice(0, 20) }));
      }
      const word = kind === "word" || kind === "name" ? piece.toUpperCase() : "";
      if (kind === "word" && guard.writes.includes(word)) throw new Error(words("{word} is an update; this page only reads the graph", { word }));
      if (word.includes("SERVICE")) throw new Error(words("SERVICE asks another server, but nothing leaves this page; ask that server itself"));
      if (afterFrom && word !== "NAMED") named.push(piece.slice(1, -1));
      afterFrom = kind === "word" && (word === "FROM" || afterFrom && word === "NAMED");
    }
    return named;
  }
  function namedIn(text, prefixes) {
    const found = (
      /** @type {Map<string, string>} */
      /* @__PURE__ */ new Map()
    );
    const spaces = new Map(Object.entries(prefixes));
    let [first, second, declared, making, inside, data] = ["", "", "", false, false, false];
    for (const { kind, piece, isCalled } of queryTokens(text)) {
      const word = piece.toUpperCase();
      if (inside) {
        if (piece === "}") [making, inside] = [false, false];
        continue;
      }
      making = making && word !== "WHERE" || kind === "word" && word === "CONSTRUCT";
      inside = making && piece === "{";
      const [prefix, name] = [piece.slice(0, piece.indexOf(":")), piece.slice(piece.indexOf(":") + 1)];
      data = data && piece !== "}" || word === "VALUES";
      const [, whole] = kind === "iri" && !data ? (piece.startsWith(`<${ID_BASE}`) ? /([^/]+)>$/ : /#([^#]+)>$/).exec(piece) ?? [] : [];
      const other = isCalled || ["GRAPH", "FROM", "NAMED"].includes(second);
      if (kind === "iri" && first === "PREFIX") spaces.set(declared.slice(0, -1), piece.slice(1, -1));
      else if (!other && whole && whole.length <= guard.longestTerm && !found.has(piece.slice(1, -1))) found.set(piece.slice(1, -1), piece);
      const iri2 = spaces.get(prefix) + name.replaceAll("\\", "");
      const termed2 = kind === "name" && !other && name && name.length <= guard.longestTerm;
      if (termed2 && second !== "PREFIX" && spaces.has(prefix) && !found.has(iri2)) found.set(iri2, piece);
      [first, second, declared] = [second, word, piece];
    }
    return found;
  }
  function prefixLine(text, prefixes) {
    return Object.entries(prefixes).filter(([name]) => text.includes(`${name}:`)).map(([name, iri2]) => `PREFIX ${name}: <${iri2}> `).join("");
  }

  // query/page-engine.js
  var EngineEnded = class extends Error {
  };
  var PageEngine = class _PageEngine {
    /** @param {{script: Blob, module: WebAssembly.Module, graph: Blob}} parts @param {Labels} prefixes  that queries need not declare */
    constructor(parts, prefixes) {
      this.parts = parts;
      this.prefixes = prefixes;
      this.words = /** @type {Words} */
      ((text) => text);
      this.seconds = () => SECONDS;
      this.asked = 0;
      this.graphs = /** @type {Set<string>|null} */
      null;
      this.last = /** @type {Promise<unknown>} */
      Promise.resolve();
      this.worker = this.begun();
    }
    /** The engine that this page carries. @param {AskData} data @returns {Promise<PageEngine>} */
    static async carried({ home, prefixes }) {
      const [engine, graph] = await Promise.all([carriedBy("assets/engine.js", home), carriedBy("assets/graph.js", home)]);
      const [script, binary, statements] = [engine.get("worker.js"), engine.get("oxigraph.wasm"), graph.get("graph.trig")].map((part2) => unpacked(part2 ?? ""));
      const module = await WebAssembly.compile(await binary.arrayBuffer());
      return new _PageEngine({ script: await script.blob(), module, graph: await statements.blob() }, prefixes);
    }
    /** A worker that will have read the graph; who asks it learns whether it could. */
    begun() {
      const worker = this.started();
      worker.catch(() => {
      });
      return worker;
    }
    /** A worker that has read the graph. @returns {Promise<Worker>} */
    async started() {
      const address = URL.createObjectURL(new Blob([this.parts.script], { type: "text/javascript" }));
      const worker = new Worker(address);
      const graph = await this.parts.graph.arrayBuffer();
      const { error } = await said(worker, { id: 0, slice: 0, start: { module: this.parts.module, graph } }, [graph]);
      URL.revokeObjectURL(address);
      if (error !== void 0) throw new EngineEnded(this.words("The engine does not start on this device: {error}", { error }));
      return worker;
    }
    /** End what runs, and start anew. @param {Worker} worker */
    restart(worker) {
      worker.terminate();
      this.worker = this.begun();
    }
    /** @param {string} text @param {AbortSignal} signal @returns {AsyncGenerator<Answer>} */
    async *stream(text, signal) {
      const id = this.asked += 1;
      const union = await this.allTogether(text, signal);
      const line = prefixLine(text, this.prefixes);
      let some = await this.call({ id, text: `${line}
${text}`, union, slice: ROWS_A_SLICE }, signal);
      try {
        yield this.slice(some);
        while (some.more) yield this.slice(some = await this.call({ id, slice: ROWS_A_SLICE }, signal));
      } finally {
        if (some.more) (await this.worker).postMessage({ id, drop: true });
      }
    }
    /** @param {WorkerSaid} some @returns {Answer} */
    slice({ columns = [], rows = [] }) {
      return { columns, rows };
    }
    /** Whether a query sees all named graphs together: it names none by FROM. @param {string} text @param {AbortSignal} signal */
    async allTogether(text, signal) {
      const named = guarded(text, this.words);
      if (!named.length) return true;
      this.graphs ??= new Set((await this.call({ id: 0, text: "SELECT ?g { GRAPH ?g {} }", slice: Infinity }, signal)).rows?.map((row) => row.g.value));
      for (const graph of named) {
        if (!this.graphs.has(graph)) throw new Error(this.words("FROM <{graph}> is not a graph here; the graphs are: {graphs}", { graph, graphs: [...this.graphs].sort().join(", ") }));
      }
      return false;
    }
    /** An error of the engine with the line in the written query, which has a line of prefixes before it. @param {string} error */
    complaint(error) {
      const [, line, rest] = /^error at (\d+):(.*)$/s.exec(error) ?? [];
      return line ? this.words("The query does not parse, at line:column {place}", { place: `${Number(line) - 1}:${rest}` }) : error;
    }
    /** Ask the worker, when it has answered what was asked before. @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<WorkerSaid>} */
    call(asked, signal) {
      const answered = this.last.then(() => this.answer(asked, signal));
      this.last = answered.catch(() => {
      });
      return answered;
    }
    /** @param {WorkerAsked} asked @param {AbortSignal} signal @returns {Promise<WorkerSaid>} */
    async answer(asked, signal) {
      signal.throwIfAborted();
      const worker = await this.worker;
      signal.throwIfAborted();
      const seconds = this.seconds();
      const deadline = new AbortController();
      const timer2 = setTimeout(() => deadline.abort(), seconds * 1e3);
      try {
        const { error, crashed, ...answer } = await Promise.race([said(worker, asked), ended(signal), ended(deadline.signal)]);
        if (crashed) throw new EngineEnded(this.words("The engine failed on this query and was started again. Simplify the query, or ask for less."));
        if (error !== void 0) throw new Error(this.complaint(error));
        return answer;
      } catch (error) {
        const late = deadline.signal.aborted && !signal.aborted;
        if (late || signal.aborted || error instanceof EngineEnded) this.restart(worker);
        if (late) throw new EngineEnded(this.words("The query took longer than {seconds} seconds and was stopped; ask for less, or allow more time.", { seconds }));
        throw error;
      } finally {
        clearTimeout(timer2);
      }
    }
  };
  function said(worker, asked, given2 = []) {
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve({ id: asked.id, error: event.message, crashed: true });
      };
      worker.onmessageerror = () => reject(new Error("the engine's answer cannot be read"));
      worker.postMessage(asked, given2);
    });
  }
  function ended(signal) {
    return new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
  }

  // query/terms.js
  var SLOT = new RegExp(guard.slot, "giu");
  var NO_IRI = /[\u0000-\u0020<>"{}|^`\\]/;
  var LANGUAGE = /^[a-zA-Z]+(?:-[a-zA-Z0-9]+)*$/;
  var NUMBERS = new Set(["integer", "decimal", "double", "float"].map((name) => XSD + name));
  var NTRIPLE = /^(<[^<>"{}|^`\\\s]*>|_:\S+) (<[^<>"{}|^`\\\s]*>) (.*) \.$/s;
  var LITERAL = /^"((?:[^"\\]|\\.)*)"(?:@([\w-]+)|\^\^<([^>]*)>)?$/;
  var ESCAPES = (
    /** @type {Labels} */
    { t: "	", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" }
  );
  var iri = (value) => ({ type: "uri", value });
  var literal = (value, datatype) => datatype ? { type: "literal", value, datatype } : { type: "literal", value };
  function termText(term2) {
    if (term2.type === "uri") {
      if (NO_IRI.test(term2.value)) throw new RangeError(term2.value);
      return `<${term2.value}>`;
    }
    const text = `"${term2.value.replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r")}"`;
    const language = term2["xml:lang"] ?? "";
    if (language && !LANGUAGE.test(language)) throw new RangeError(language);
    if (language) return `${text}@${language}`;
    return term2.datatype ? `${text}^^${termText(iri(term2.datatype))}` : text;
  }
  function bound(text, values) {
    return text.replace(SLOT, (_, name) => values[name] ? `VALUES ?${name} { ${values[name].map(termText).join(" ")} }` : "");
  }
  var isNumber = (term2) => term2?.type === "literal" && NUMBERS.has(term2.datatype ?? "");
  function answerOf({ head, results, boolean: truth }) {
    return truth === void 0 ? { columns: head.vars, rows: results.bindings } : { columns: ["answer"], rows: [{ answer: literal(String(truth)) }] };
  }
  function triplesOf(text) {
    const rows = text.split("\n").filter(Boolean).map((line) => NTRIPLE.exec(line) ?? unread(line));
    return {
      columns: ["subject", "predicate", "object"],
      rows: rows.map(([, subject, predicate, object]) => ({ subject: term(subject), predicate: term(predicate), object: term(object) }))
    };
  }
  function unread(line) {
    throw new Error(`not N-Triples: ${line.slice(0, 80)}`);
  }
  function tripleText({ subject, predicate, object }) {
    const said2 = [subject, predicate, object].map((one) => one.type === "triple" ? tripleText(one.value) : one.type === "bnode" ? `_:${one.value}` : termText(one));
    return `<<( ${said2.join(" ")} )>>`;
  }
  function term(text) {
    if (text.startsWith("<<(")) return literal(text);
    const found = LITERAL.exec(text);
    if (!found) return text.startsWith("_:") ? { type: "bnode", value: text.slice(2) } : iri(text.slice(1, -1));
    const value = found[1].replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, one) => one ? ESCAPES[one] ?? one : String.fromCodePoint(parseInt(four ?? eight, 16)));
    return found[2] ? { type: "literal", value, "xml:lang": found[2] } : literal(value, found[3]);
  }

  // query/engine.js
  var TAKES = "application/sparql-results+json, application/n-triples;q=0.9";
  var ROWS_A_SLICE = 1e3;
  async function gathered(slices) {
    const answer = (
      /** @type {Answer} */
      { columns: [], rows: [] }
    );
    for await (const { columns, rows } of slices) {
      answer.columns = columns;
      for (const row of rows) answer.rows.push(row);
    }
    return answer;
  }
  var HttpEngine = class {
    /** @param {string} address */
    constructor(address) {
      this.address = address;
    }
    /** @param {string} text @param {AbortSignal} signal @returns {AsyncGenerator<Answer>} */
    async *stream(text, signal) {
      const { columns, rows } = await this.ask(text, signal);
      for (let start = 0; start < Math.max(rows.length, 1); start += ROWS_A_SLICE) {
        yield { columns, rows: rows.slice(start, start + ROWS_A_SLICE) };
      }
    }
    /** @param {string} text @param {AbortSignal} signal @returns {Promise<Answer>} */
    async ask(text, signal) {
      const headers = { "Content-Type": "application/sparql-query", Accept: TAKES };
      const reply = await fetch(this.address, { method: "POST", headers, body: text, signal, cache: "no-store" });
      if (!reply.ok) throw new Error(await this.complaint(reply));
      if (reply.headers.get("Content-Type")?.startsWith("application/n-triples")) return triplesOf(await reply.text());
      return answerOf(await reply.json());
    }
    /** @param {Response} reply */
    async complaint(reply) {
      try {
        return (await reply.json()).detail ?? reply.statusText;
      } catch {
        return `${reply.status} ${reply.statusText}`;
      }
    }
  };
  async function engineOf(data) {
    return await serverOf(data.home) ?? (data.engine ? insideOf(data) : null);
  }
  async function serverOf(home) {
    if (globalThis.tipgraphBook || !location.protocol.startsWith("http")) return null;
    const base = new URL(home, location.href);
    try {
      const reply = await fetch(new URL("health", base), { cache: "no-store" });
      return reply.ok && (await reply.json()).status === "ok" ? new HttpEngine(new URL("sparql", base).href) : null;
    } catch {
      return null;
    }
  }
  async function insideOf(data) {
    const kept2 = (
      /** @type {{tipgraphEngine?: Promise<PageEngine>}} */
      globalThis
    );
    kept2.tipgraphEngine ??= PageEngine.carried(data);
    const engine = await kept2.tipgraphEngine;
    engine.words = wording(data.words);
    engine.seconds = () => Math.min(Math.max(Number(byId("seconds")?.value), 0) || SECONDS, MOST_SECONDS);
    return engine;
  }
  var SECONDS = 30;
  var MOST_SECONDS = 3600;

  // query/annotations.js
  var DESCRIBED = 4;
  var TEXT_AT_ONCE = 3e4;
  var TYPES = (
    /** @type {[string, string][]} */
    [
      ["Actor", "Actor"],
      ["Undertaking", "Undertaking"],
      ["Place", "Place"],
      ["Route", "Route"],
      ["Publication", "Document"],
      ["Instrument", "Document"],
      ["Source", "Document"]
    ]
  );
  var Told = class {
    constructor() {
      this.labels = /** @type {Map<string, string>} */
      /* @__PURE__ */ new Map();
      this.cited = /** @type {Map<string, Cited[]>} */
      /* @__PURE__ */ new Map();
      this.remarks = /** @type {Map<string, Remark>} */
      /* @__PURE__ */ new Map();
      this.against = /** @type {Map<string, string[]>} */
      /* @__PURE__ */ new Map();
      this.types = /** @type {Map<string, string>} */
      /* @__PURE__ */ new Map();
      this.asked = { claims: (
        /** @type {Set<string>} */
        /* @__PURE__ */ new Set()
      ), nodes: (
        /** @type {Set<string>} */
        /* @__PURE__ */ new Set()
      ) };
    }
    /** The nodes that were not asked about before. @param {"claims"|"nodes"} what @param {Iterable<string>} some */
    fresh(what, some) {
      const asked = this.asked[what];
      return [...new Set(some)].filter((one) => !asked.has(one) && asked.add(one));
    }
    /** The caveats, notes or corrections of claims, each once. @param {"caveats"|"notes"|"corrections"} name @param {string[]} claims */
    each(name, claims) {
      return [...new Set(claims.flatMap((claim) => this.remarks.get(claim)?.[name] ?? []))];
    }
    /** The kinds of reviewers of claims, each once. @param {string[]} claims */
    reviews(claims) {
      return [...new Set(claims.map((claim) => this.remarks.get(claim)?.review ?? "unreviewed"))];
    }
    /** The reasons of contradictions, each once. @param {string[]} claims */
    contradictions(claims) {
      return [...new Set(claims.flatMap((claim) => this.against.get(claim) ?? []))];
    }
  };
  var Teller = class {
    /** @param {AskEngine} engine @param {Labels} queries  by their names @param {string} language */
    constructor(engine, queries, language) {
      this.engine = engine;
      this.queries = queries;
      this.language = language;
    }
    /** @param {string} name @param {Record<string, Term[]>} values @param {AbortSignal} signal */
    async rows(name, values, signal) {
      return (await gathered(this.engine.stream(bound(this.queries[name], values), signal))).rows;
    }
    /** Ask of many nodes, as many at a time as a query may name. @param {string} name @param {string} slot @param {string[]} nodes @param {AbortSignal} signal @param {Record<string, Term[]>} values  of other slots */
    async each(name, slot, nodes, signal, values = {}) {
      const found = (
        /** @type {Row[]} */
        []
      );
      for (let start = 0; start < nodes.length; ) {
        let [end, size] = [start, 0];
        do
          size += nodes[end++].length + 3;
        while (end < nodes.length && size + nodes[end].length < TEXT_AT_ONCE);
        for (const row of await this.rows(name, { ...values, [slot]: nodes.slice(start, end).map(iri) }, signal)) found.push(row);
        start = end;
      }
      return found;
    }
    /** Ask for the annotations of some more rows. Claims come first: other nodes have names and types. @param {Answer} answer @param {Told} told @param {AbortSignal} signal */
    async about({ columns, rows }, told, signal) {
      const held = columns.filter((name) => name.startsWith("claim"));
      const claims = told.fresh("claims", rows.flatMap((row) => held.map((name) => row[name]?.type === "uri" ? row[name].value : "")).filter(Boolean));
      const language = [literal(this.language)];
      const [cited, remarks, against] = await Promise.all(["cite", "remarks", "against"].map((name) => this.each(name, "claim", claims, signal, { language })));
      poured(citations(cited), told.cited);
      poured(remarksOf(remarks), told.remarks);
      poured(grouped(against, "claim", (row) => row.reason.value), told.against);
      const named = rows.flatMap((row) => Object.values(row)).filter(({ type, value }) => type === "uri" && !told.cited.has(value));
      const nodes = told.fresh("nodes", [...named.map(({ value }) => value), ...columns.map((name) => TIP + name)]);
      const [labels, types] = await Promise.all([
        this.each("labels", "node", nodes, signal),
        this.each("nodes", "node", nodes.filter((node) => node.startsWith(ID_BASE)), signal)
      ]);
      poured(this.called(labels), told.labels);
      poured(typesOf(types), told.types);
    }
    /** The label of each node in the language of the page, or else in English, or any. @param {Row[]} rows */
    called(rows) {
      const ranks = [this.language, "en"];
      const found = (
        /** @type {Map<string, {rank: number, text: string}>} */
        /* @__PURE__ */ new Map()
      );
      for (const { node, label } of rows) {
        const at = ranks.indexOf(label["xml:lang"] ?? "");
        const rank = at < 0 ? ranks.length : at;
        const known = found.get(node.value);
        if (label.value.trim() && (!known || rank < known.rank)) found.set(node.value, { rank, text: label.value });
      }
      return new Map([...found].map(([node, { text }]) => [node, text]));
    }
    /** The entry of a name; an Error says that there is none, or several. @param {string} name @param {string} kind @param {Words} words @param {AbortSignal} signal @returns {Promise<Term>} */
    async resolve(name, kind, words, signal) {
      const wanted = name.trim().normalize("NFC");
      const of = { kind: [literal(kind)] };
      const address = wanted.includes("://") ? wanted.replace(/^<|>$/g, "") : ID_BASE + wanted;
      if (wanted.includes("/") && !NO_IRI.test(address)) {
        const exact = await this.rows("of-iri", { node: [iri(address)], ...of }, signal);
        if (exact.length) return exact[0].thing;
      }
      const slug = /^[a-z]+:[\w.-]+$/i.test(wanted) ? wanted.slice(wanted.indexOf(":") + 1) : wanted;
      const ends = [slug, slug.toLowerCase().split(/\s+/).join("-")].map((end) => literal(`/${end}`));
      const rows = await this.rows("resolve", { wanted: [literal(wanted.toLowerCase())], slug: ends, ...of }, signal);
      const best = Math.min(...rows.map(({ rank }) => Number(rank.value)));
      const holding2 = slug.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ");
      const held = holding2 && kind !== "thing" && best >= DESCRIBED ? await this.rows("holding", { words: [literal(` ${holding2} `)], ...of }, signal) : [];
      const found = [...new Set([...rows.filter(({ rank }) => Number(rank.value) === best), ...held].map(({ thing }) => thing.value))];
      if (found.length === 1) return iri(found[0]);
      if (!found.length) throw new Error(notKnown(wanted, nearest(slug, await this.names(kind)), words));
      throw new Error(words("{name} is the name of several entries: {things}", { name: wanted, things: found.map(shortIri).join(", ") }));
    }
    /** All entries, by the last parts of their IRIs. @param {AbortSignal} signal @returns {Promise<Map<string, string>>} */
    async entries(signal) {
      return new Map((await this.rows("all-things", {}, signal)).map(({ thing }) => [lastPart(thing.value), thing.value]));
    }
    /** The values of a kind of parameter, in words. @param {string} kind @returns {Promise<string[]>} */
    async names(kind) {
      const { signal } = new AbortController();
      const found = kind.startsWith("code ") ? (await this.rows("codes", { name: [literal(kind.slice(5))] }, signal)).map((row) => row.notation.value) : kind === "class" ? (await this.rows("classes", {}, signal)).map((row) => row.name.value) : (await this.rows("names", { kind: [literal(kind)] }, signal)).map((row) => row.name.value);
      return [...new Set(found)].sort((one, other) => one.localeCompare(other));
    }
    /** The code of a notation in a code list, or of its words. @param {string} notation @param {string} list @param {Words} words @param {AbortSignal} signal */
    async code(notation, list, words, signal) {
      const rows = await this.rows("codes", { name: [literal(list)] }, signal);
      const wanted = notation.trim();
      const found = rows.find((row) => row.notation.value === wanted) ?? rows.find((row) => row.words.value.toLowerCase() === wanted.toLowerCase());
      if (found) return found.code;
      throw new Error(words("the codes are {codes}", { codes: [...new Set(rows.map((row) => row.notation.value))].sort().join(", ") }));
    }
    /** The class of a name. @param {string} name @param {Words} words @param {AbortSignal} signal */
    async class(name, words, signal) {
      const rows = await this.rows("classes", {}, signal);
      const found = rows.find((row) => row.name.value.toLowerCase() === name.trim().toLowerCase());
      if (found) return found.class;
      throw new Error(words("{name} is not known here", { name }));
    }
  };
  function poured(from, to) {
    for (const [key, value] of from) to.set(key, value);
  }
  function grouped(rows, key, value) {
    const found = (
      /** @type {Map<string, string[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const row of rows) found.set(row[key].value, [.../* @__PURE__ */ new Set([...found.get(row[key].value) ?? [], value(row)])]);
    return found;
  }
  function citations(rows) {
    const found = (
      /** @type {Map<string, Map<string, Cited>>} */
      /* @__PURE__ */ new Map()
    );
    for (const { claim, source, paragraph, sentence, page: page2, absent } of rows) {
      const places = found.get(claim.value) ?? /* @__PURE__ */ new Map();
      const cited = {
        source: source.value,
        paragraph: Number(paragraph?.value ?? 0),
        sentence: Number(sentence?.value ?? 0),
        ...page2 && { page: Number(page2.value) },
        absent: absent?.value ?? ""
      };
      found.set(claim.value, places.set(spotLabel(cited), cited));
    }
    const order = (one, other) => one.source.localeCompare(other.source) || one.paragraph - other.paragraph || one.sentence - other.sentence || (one.page ?? 0) - (other.page ?? 0);
    return new Map([...found].map(([claim, places]) => [claim, [...places.values()].sort(order)]));
  }
  function nearest(name, known) {
    const pairs = (text) => new Set([...text.toLowerCase()].map((letter, at, all) => letter + (all[at + 1] ?? "")));
    const own2 = pairs(name);
    const likeness = (other) => {
      const theirs = pairs(other);
      return 2 * [...own2].filter((pair) => theirs.has(pair)).length / (own2.size + theirs.size);
    };
    const [best] = known.map((other) => ({ other, like: likeness(other) })).sort((one, two) => two.like - one.like);
    return best && best.like > 0.7 ? best.other : "";
  }
  var lastPart = (iri2) => iri2.slice(iri2.lastIndexOf("/") + 1);
  var notKnown = (name, near, words) => near ? words("{name} is not known here; perhaps {near}?", { name, near }) : words("{name} is not known here", { name });
  function spotLabel({ source, paragraph, sentence, page: page2, absent }) {
    return paragraph ? `${source} ¶${paragraph} s${sentence}${page2 ? `, p. ${page2}` : ""}` : `${source} (${absent})`;
  }
  function remarksOf(rows) {
    const found = (
      /** @type {Told["remarks"]} */
      /* @__PURE__ */ new Map()
    );
    const each = {
      caveats: grouped(given(rows, "words"), "claim", (row) => row.words.value),
      notes: grouped(given(rows, "note"), "claim", (row) => row.note.value),
      corrections: grouped(given(rows, "correction"), "claim", (row) => row.correction.value)
    };
    for (const { claim: { value }, modality, review, reviewer } of rows) {
      found.set(value, {
        modality: modality.value,
        review: review?.value ?? "unreviewed",
        reviewer: reviewer?.value ?? "",
        caveats: each.caveats.get(value) ?? [],
        notes: each.notes.get(value) ?? [],
        corrections: each.corrections.get(value) ?? []
      });
    }
    return found;
  }
  var given = (rows, name) => rows.filter((row) => row[name]);
  function typesOf(rows) {
    const classes = grouped(rows, "node", (row) => row.class.value.slice(TIP.length));
    const found = (
      /** @type {Map<string, string>} */
      /* @__PURE__ */ new Map()
    );
    for (const [node, names] of classes) {
      const type = TYPES.find(([name]) => names.includes(name));
      if (type) found.set(node, type[1]);
    }
    return found;
  }

  // query/answer.js
  var SLICES_AHEAD = 2;
  var AskAnswer = class {
    /** @param {string[]} columns */
    constructor(columns) {
      this.columns = columns;
      this.length = 0;
      this.terms = /** @type {(Term|undefined)[]} */
      [void 0];
      this.numbers = /** @type {Map<string, Map<string, number>>} */
      /* @__PURE__ */ new Map();
      this.cells = new Uint32Array(0);
    }
    /** @param {Row[]} rows */
    add(rows) {
      let at = this.length * this.columns.length;
      this.reserve(at + rows.length * this.columns.length);
      for (const row of rows) for (const name of this.columns) this.cells[at++] = Object.hasOwn(row, name) ? this.number(row[name]) : 0;
      this.length += rows.length;
    }
    /** No more rows will come, so that what finds terms again can go. */
    close() {
      this.numbers.clear();
      this.cells = this.cells.slice(0, this.length * this.columns.length);
    }
    /** @param {number} size  in cells */
    reserve(size) {
      if (size <= this.cells.length) return;
      const cells = new Uint32Array(Math.max(size, this.cells.length * 2));
      cells.set(this.cells);
      this.cells = cells;
    }
    /** The number of a term, a new one where it has none. @param {Term} term @returns {number} */
    number(term2) {
      if (
        /** @type {string} */
        term2.type === "triple"
      ) return this.number(literal(tripleText(term2.value)));
      const sort = `${term2.type} ${term2["xml:lang"] ?? ""} ${term2.datatype ?? ""}`;
      const known = this.numbers.get(sort) ?? /* @__PURE__ */ new Map();
      if (!known.size) this.numbers.set(sort, known);
      const number = known.get(term2.value) ?? this.terms.push(term2) - 1;
      known.set(term2.value, number);
      return number;
    }
    /** The numbers of the terms of a row, by column. @param {number} row */
    numbersOf(row) {
      return this.cells.subarray(row * this.columns.length, (row + 1) * this.columns.length);
    }
    /** @param {number} number @returns {Row} */
    row(number) {
      const [cells, row] = [this.numbersOf(number), /* @__PURE__ */ Object.create(null)];
      for (const [at, name] of this.columns.entries()) if (cells[at]) row[name] = this.terms[cells[at]];
      return row;
    }
    /** All rows, one after the other. @returns {Generator<Row>} */
    get rows() {
      return this.some(0, this.length);
    }
    /** @param {number} start @param {number} end */
    *some(start, end) {
      for (let number = start; number < Math.min(end, this.length); number += 1) yield this.row(number);
    }
  };
  async function* ahead(slices, signal) {
    const waiting = (
      /** @type {Answer[]} */
      []
    );
    const state = { ended: false, fault: (
      /** @type {unknown} */
      null
    ), wake: () => {
    } };
    const taking = async () => {
      for await (const slice of slices) {
        waiting.push(slice);
        state.wake();
      }
    };
    signal.addEventListener("abort", () => state.wake());
    taking().catch((fault) => {
      state.fault = fault;
    }).finally(() => {
      state.ended = true;
      state.wake();
    });
    for (; ; ) {
      signal.throwIfAborted();
      if (waiting.length) {
        const some = waiting.splice(0, SLICES_AHEAD);
        yield { columns: some[0].columns, rows: some.flatMap(({ rows }) => rows) };
      } else if (!state.ended) await new Promise((resolve) => {
        state.wake = () => resolve(void 0);
      });
      else if (state.fault) throw state.fault;
      else return;
    }
  }

  // query/long-table.js
  var ROWS_A_BLOCK = 10;
  var ALL_ROWS = 200;
  var PRINTED = 5e3;
  var SAMPLE = 100;
  var TALLEST = 15e6;
  var AROUND = 0.5;
  var TRIES = 20;
  var LongTable = class {
    /**
     * @param {HTMLElement} region  can be focused @param {HTMLTableElement} table  with its head
     * @param {(row: number) => HTMLTableRowElement} make  of the place of a row in the order that is shown
     */
    constructor(region, table, make) {
      this.region = region;
      this.table = table;
      this.make = make;
      this.widths = made("colgroup");
      this.tall = made("div", {}, table);
      this.count = 0;
      this.heights = /** @type {number[]} */
      [];
      this.bodies = /** @type {Map<number, HTMLTableSectionElement>} */
      /* @__PURE__ */ new Map();
      this.middling = 1;
      this.at = 0;
      this.put = 0;
      this.width = 0;
      this.printing = false;
      table.prepend(this.widths);
      region.replaceChildren(this.tall);
      region.addEventListener("scroll", () => this.scrolled());
      region.addEventListener("keydown", (event) => this.press(event));
      this.watching = new AbortController();
      const { signal } = this.watching;
      addEventListener("beforeprint", () => this.print(true), { signal });
      addEventListener("afterprint", () => this.print(false), { signal });
      this.sizes = new ResizeObserver(() => this.resized());
      this.sizes.observe(region);
    }
    /** End the watching, when another table takes the place. */
    end() {
      this.watching.abort();
      this.sizes.disconnect();
    }
    /** Whether only some rows are in the page. */
    get long() {
      return this.count > ALL_ROWS;
    }
    /** Show so many rows, which may be others than those before. @param {number} count @param {boolean} stay  where the reader is */
    show(count, stay) {
      this.count = count;
      this.fit(stay);
    }
    /** There are more rows behind those that there were, so what is seen stays where it is. @param {number} count */
    grow(count) {
      const was = this.long;
      this.count = count;
      if (!was) return this.fit(true);
      const last = this.heights.length - 1;
      this.leave(last);
      this.guess(last);
      return this.place();
    }
    /** Make the columns fit the present rows. The first row is at the top, or with `stay` the row that was there. @param {boolean} stay */
    fit(stay) {
      const first = this.blockAt(this.at);
      const inside = (this.at - this.start(first)) / (this.heights[first] || 1);
      this.region.classList.toggle("long", this.long);
      this.hold(0, -1);
      this.settle();
      this.guess(0);
      this.at = stay ? Math.min(this.start(first) + inside * (this.heights[first] ?? 0), this.range.all) : 0;
      this.place();
    }
    /** Give the columns the widths that a sample of all rows wants, or none where all rows are there. */
    settle() {
      this.widths.replaceChildren();
      this.table.classList.remove("settled");
      if (!this.long || this.printing || !this.region.clientWidth) return;
      const rows = Array.from({ length: SAMPLE }, (_, at) => this.make(Math.floor(at * this.count / SAMPLE)));
      const sample = made("tbody", {}, ...rows);
      this.table.append(sample);
      const widths = [...this.table.tHead?.rows[0].cells ?? []].map((head) => head.getBoundingClientRect().width);
      this.middling = sample.getBoundingClientRect().height * ROWS_A_BLOCK / SAMPLE;
      sample.remove();
      this.widths.append(...widths.map(() => made("col")));
      widths.forEach((width, at) => {
        this.widths.children[at].style.width = `${width}px`;
      });
      this.table.classList.add("settled");
    }
    /** Guess the heights of the blocks from one on. @param {number} block */
    guess(block) {
      this.heights.length = block;
      while (this.heights.length * ROWS_A_BLOCK < this.count) this.heights.push(this.middling);
      this.table.setAttribute("aria-rowcount", String(this.count + 1));
    }
    /** Where a block begins, in pixels of all rows. @param {number} block */
    start(block) {
      let pixels = 0;
      for (let before = 0; before < block; before += 1) pixels += this.heights[before];
      return pixels;
    }
    /** The block that lies at a pixel of all rows. @param {number} pixel */
    blockAt(pixel) {
      let block = 0;
      for (let left = pixel - this.heights[0]; left >= 0 && block < this.heights.length - 1; left -= this.heights[block]) block += 1;
      return block;
    }
    /** How much of the region the rows have. */
    get view() {
      return Math.max(this.region.clientHeight - (this.table.tHead?.offsetHeight ?? 0), 1);
    }
    /** How far one can scroll: over all rows, and in the region, which no browser makes as tall as one likes. */
    get range() {
      const all = Math.max(this.start(this.heights.length) - this.view, 0);
      return { all, region: Math.min(all, TALLEST) };
    }
    /** Follow the reader, who has scrolled. */
    scrolled() {
      if (!this.long || this.printing || Math.abs(this.region.scrollTop - this.put) < 1) return;
      const { all, region } = this.range;
      this.at = region ? this.region.scrollTop * all / region : 0;
      this.place();
    }
    /** Go to a pixel of all rows. @param {number} pixel */
    go(pixel) {
      this.at = Math.min(Math.max(pixel, 0), this.range.all);
      this.place();
    }
    /** Put in the page what lies near the view, and nothing else; what is found to be higher than guessed moves no row that is seen. */
    place() {
      if (!this.long || this.printing) {
        this.hold(0, Math.ceil(Math.min(this.count, this.printing ? PRINTED : ALL_ROWS) / ROWS_A_BLOCK) - 1);
        this.tall.style.height = this.table.style.marginTop = "";
        return;
      }
      if (!this.region.clientHeight) return;
      for (let settled = false, left = TRIES; !settled && left; left -= 1) {
        const last = this.at >= this.range.all - 1;
        const first = this.blockAt(this.at);
        const inside = (this.at - this.start(first)) / this.heights[first];
        this.hold(this.blockAt(this.at - this.view * AROUND), this.blockAt(this.at + this.view * (1 + AROUND)));
        settled = this.measure();
        this.at = last ? this.range.all : this.start(first) + inside * this.heights[first];
      }
      this.scroll();
    }
    /** Let the region stand where the view is. */
    scroll() {
      const { all, region } = this.range;
      this.tall.style.height = `${region + this.region.clientHeight}px`;
      const wanted = all ? this.at * region / all : 0;
      if (Math.abs(this.region.scrollTop - wanted) >= 1) this.region.scrollTop = wanted;
      this.put = this.region.scrollTop;
      const first = Math.min(...this.bodies.keys());
      this.table.style.marginTop = `${this.put + this.start(first) - this.at}px`;
    }
    /** Have these blocks in the page. @param {number} first @param {number} last */
    hold(first, last) {
      for (const block of [...this.bodies.keys()]) if (block < first || block > last) this.leave(block);
      for (let block = Math.min(last, this.heights.length - 1); block >= Math.max(first, 0); block -= 1) {
        if (this.bodies.has(block)) continue;
        const body = this.block(block);
        this.table.insertBefore(body, this.bodies.get(block + 1) ?? null);
        this.bodies.set(block, body);
      }
    }
    /** Take a block out of the page; the keyboard stays in the region. @param {number} block */
    leave(block) {
      const body = this.bodies.get(block);
      if (body?.contains(document.activeElement)) this.region.focus({ preventScroll: true });
      body?.remove();
      this.bodies.delete(block);
    }
    /** @param {number} block */
    block(block) {
      const body = made("tbody");
      for (let row = block * ROWS_A_BLOCK; row < Math.min((block + 1) * ROWS_A_BLOCK, this.count); row += 1) {
        const line = this.make(row);
        line.setAttribute("aria-rowindex", String(row + 2));
        body.append(line);
      }
      return body;
    }
    /** Measure the blocks that are in the page; tell whether all were as high as thought. */
    measure() {
      let same = true;
      for (const [block, body] of this.bodies) {
        const { height } = body.getBoundingClientRect();
        if (Math.abs(height - this.heights[block]) < 1) continue;
        same = false;
        this.heights[block] = height;
      }
      return same;
    }
    /** The keys by which one reads on; the browser's own would scroll too far in a region that is taller than it shows. @param {KeyboardEvent} event */
    press(event) {
      if (!this.long || event.altKey || event.metaKey) return;
      const page2 = this.view * 0.9;
      const to = { PageDown: this.at + page2, PageUp: this.at - page2, Home: 0, End: Infinity }[event.key];
      if (to === void 0) return;
      event.preventDefault();
      this.go(to);
    }
    /** The region has another size, or is seen again. */
    resized() {
      if (this.printing) return;
      const same = this.region.clientWidth === this.width;
      this.width = this.region.clientWidth;
      if (this.width && !same) this.fit(true);
      else if (this.width && this.long) this.place();
    }
    /** Have all rows in the page for a print, up to some thousands, and afterwards what was seen before. @param {boolean} on */
    print(on) {
      this.printing = on;
      if (!this.long) return;
      if (!on) return this.fit(true);
      this.hold(0, -1);
      this.settle();
      this.place();
    }
  };

  // query/order.js
  var PIECE = 10;
  var RUN = 500;
  var Pace = class {
    constructor() {
      this.begun = performance.now();
    }
    /** Whether it has been worked for long enough. */
    get due() {
      return performance.now() - this.begun > PIECE;
    }
    async rest() {
      await new Promise((resolve) => setTimeout(resolve));
      this.begun = performance.now();
    }
  };
  async function through(count, work, pace) {
    for (let number = 0; number < count; number += 1) {
      work(number);
      if (number % 64 === 0 && pace.due) await pace.rest();
    }
  }
  async function sorted(items, compare, pace) {
    if (pace.due) await pace.rest();
    if (items.length <= RUN) return items.sort(compare);
    const half = items.length >> 1;
    const one = await sorted(items.slice(0, half), compare, pace);
    const other = await sorted(items.slice(half), compare, pace);
    let [at, and] = [0, 0];
    await through(items.length, (number) => {
      const first = and >= other.length || at < one.length && compare(one[at], other[and]) <= 0;
      items[number] = first ? one[at++] : other[and++];
    }, pace);
    return items;
  }
  async function ordered(rows, keyOf, down, pace) {
    const ranks = (
      /** @type {Map<string|number, number>} */
      /* @__PURE__ */ new Map()
    );
    await through(rows.length, (at) => ranks.set(keyOf(rows[at]), 0), pace);
    const { compare } = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const order = (one, other) => {
      if (typeof one === "number" && typeof other === "number") return one - other;
      if (typeof one === "string" && typeof other === "string") return compare(one, other);
      return typeof one === "number" ? -1 : 1;
    };
    ranks.delete("");
    const keys = await sorted([...ranks.keys()], order, pace);
    let rank = 0;
    keys.forEach((key, at) => ranks.set(key, at && order(keys[at - 1], key) === 0 ? rank : ++rank));
    ranks.set("", down ? 0 : rank + 1);
    const places = new Float64Array(rows.length);
    await through(rows.length, (at) => {
      const own2 = (
        /** @type {number} */
        ranks.get(keyOf(rows[at]))
      );
      places[at] = (down ? rank + 1 - own2 : own2) * rows.length + at;
    }, pace);
    return Uint32Array.from(places.sort(), (place) => rows[place % rows.length]);
  }
  async function holding(count, textsOf, textOf2, words, pace) {
    const held = words.map(() => (
      /** @type {Map<number, boolean>} */
      /* @__PURE__ */ new Map()
    ));
    const holds = (text, at) => {
      const known = held[at].get(text) ?? textOf2(text).includes(words[at]);
      held[at].set(text, known);
      return known;
    };
    const found = (
      /** @type {number[]} */
      []
    );
    await through(count, (row) => {
      const texts = [...textsOf(row)];
      if (words.every((_, at) => texts.some((text) => holds(text, at)))) found.push(row);
    }, pace);
    return Uint32Array.from(found);
  }

  // query/rows.js
  var AskRows = class {
    /** @param {AskTable} table @param {AskAnswer} answer @param {Told} told */
    constructor(table, answer, told) {
      this.table = table;
      this.answer = answer;
      this.told = told;
      this.words = table.words;
      this.seen = 0;
      this.columns = { shown: (
        /** @type {number[]} */
        []
      ), held: (
        /** @type {number[]} */
        []
      ) };
      this.order = /** @type {Uint32Array|null} */
      null;
      this.sorting = /** @type {{head: number, down: boolean}|null} */
      null;
      this.folds = /** @type {Map<number, string>} */
      /* @__PURE__ */ new Map();
      this.arranging = /** @type {"no"|"now"|"again"} */
      "no";
      this.box = made("input", { type: "search", id: "holds", autocomplete: "off", "aria-describedby": "held" });
      this.box.addEventListener("input", () => this.arrange(false));
      this.count = made("span", { id: "held", class: "quiet", role: "status" });
      this.head = made("tr");
      const grid = made("table", {}, made("thead", {}, this.head));
      const region = made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": this.words("Answer") });
      this.unprinted = made("p", { class: "unprinted" });
      const label = made("label", { for: "holds" }, this.words("Show only lines with these words"));
      table.place.replaceChildren(made("p", { class: "filter" }, label, this.box, this.count), region, this.unprinted);
      this.long = new LongTable(region, grid, (place) => table.row(this, this.order?.[place] ?? place, told));
    }
    end() {
      this.long.end();
    }
    /** Show the rows that have come since. */
    grow() {
      const known = this.look();
      if (!known) this.heads();
      if (this.arranged) this.arrange(true);
      else if (known) this.long.grow(this.answer.length);
      else this.long.show(this.answer.length, true);
      this.say();
    }
    /** All rows are there: the columns fit them. */
    whole() {
      if (this.long.long) this.long.fit(true);
    }
    /** Whether the rows are others than as they came. */
    get arranged() {
      return this.order !== null || this.sorting !== null || wordsOf(this.box.value).length > 0;
    }
    /** Look through the rows that are new for columns that hold anything; tell whether all of those were known before. */
    look() {
      const { columns, terms, length } = this.answer;
      const [shown2, held] = [new Set(this.columns.shown), new Set(this.columns.held)];
      for (; this.seen < length; this.seen += 1) {
        this.answer.numbersOf(this.seen).forEach((number, at) => {
          if (number) (this.told.cited.has(terms[number]?.value ?? "") ? held : shown2).add(at);
        });
      }
      const known = shown2.size === this.columns.shown.length && held.size === this.columns.held.length;
      const ordered2 = (some) => [...columns.keys()].filter((at) => some.has(at));
      this.columns = { shown: ordered2(shown2), held: ordered2(held) };
      return known;
    }
    /** Name the columns, by buttons that sort. */
    heads() {
      const names = this.columns.shown.map((at) => this.answer.columns[at]);
      const heads = names.map((name) => this.told.labels.get(TIP + name) ?? name.replace(/_/g, " "));
      if (this.columns.held.length) heads.push(this.words("said at"));
      this.sorting = null;
      this.head.replaceChildren(...heads.map((text, at) => made("th", { scope: "col" }, button([text], () => this.sort(at)))));
    }
    /** @param {number} head */
    sort(head) {
      this.sorting = { head, down: this.sorting?.head === head && !this.sorting.down };
      [...this.head.cells].forEach((cell, at) => {
        if (at === head) cell.setAttribute("aria-sort", this.sorting?.down ? "descending" : "ascending");
        else cell.removeAttribute("aria-sort");
      });
      this.arrange(false);
    }
    /** Put the rows in order anew; where that is being done already, once more behind it. @param {boolean} stay  where the reader is */
    async arrange(stay) {
      if (this.arranging !== "no") {
        this.arranging = "again";
        return;
      }
      do {
        this.arranging = "now";
        this.order = await this.ordered();
        this.long.show(this.order?.length ?? this.answer.length, stay);
        this.say();
      } while (
        /** @type {string} */
        this.arranging === "again"
      );
      this.arranging = "no";
    }
    /** The rows that hold the words of the box, in the order of the head that was pressed; null for all as they came. */
    async ordered() {
      const [pace, words, sorting] = [new Pace(), wordsOf(this.box.value), this.sorting];
      if (!words.length) this.folds.clear();
      if (!words.length && !sorting) return null;
      const { answer } = this;
      const rows = words.length ? await holding(answer.length, (row) => answer.numbersOf(row), (number) => this.folded(number), words, pace) : Uint32Array.from({ length: answer.length }, (_, row) => row);
      return sorting ? ordered(rows, (row) => this.key(row, sorting.head), sorting.down, pace) : rows;
    }
    /** The folded text of a term, kept while words are searched. @param {number} number */
    folded(number) {
      const text = this.folds.get(number) ?? folded(this.text(number));
      this.folds.set(number, text);
      return text;
    }
    /** The text of a term; of a claim, its citations. @param {number} number */
    text(number) {
      const term2 = this.answer.terms[number];
      return this.told.cited.has(term2?.value ?? "") ? this.table.saidText(term2?.value ?? "", this.told) : this.table.text(term2, this.told);
    }
    /** The sort key of a row under a head. @param {number} row @param {number} head @returns {string|number} */
    key(row, head) {
      const numbers = this.answer.numbersOf(row);
      const at = this.columns.shown[head];
      if (at === void 0) return this.columns.held.map((one) => this.text(numbers[one])).join(" ").trim();
      const term2 = this.answer.terms[numbers[at]];
      const number = isNumber(term2) ? Number(term2?.value) : NaN;
      return Number.isNaN(number) ? this.table.text(term2, this.told).trim() : number;
    }
    /** How many rows are shown, of how many; how many a print leaves out. */
    say() {
      const number = numeral(this.answer.length);
      const shown2 = this.order?.length ?? this.answer.length;
      this.count.textContent = shown2 === this.answer.length ? "" : this.words("{count} of {all} rows", { count: numeral(shown2), all: number });
      this.unprinted.textContent = shown2 <= PRINTED ? "" : this.words("Not printed: {count} more rows; download them as a file.", { count: numeral(shown2 - PRINTED) });
    }
  };

  // query/cells.js
  var numeral = (value) => value.toLocaleString(document.documentElement.lang);
  var PLAIN_PART = /^[a-z0-9]+(?:[.-][a-z0-9]+)*$/;
  var LONGEST_PART = 80;
  var LONGEST_CELL = 2e3;
  function thingPage(node, records) {
    const parts = shortIri(node).split("/");
    const plain = node.startsWith(ID_BASE) && parts.length === 3 && parts.every((part2) => PLAIN_PART.test(part2) && part2.length <= LONGEST_PART);
    return !plain ? "" : records ? `entry.html#${parts.join("/")}` : `thing/${parts.join("/")}.html`;
  }
  function spotPage({ source, paragraph }, claim) {
    return PLAIN_PART.test(source) ? `source/${source}.html#p${paragraph}/${shortIri(claim).split("/").map(encodeURIComponent).join("/")}` : "";
  }
  var AskTable = class {
    /** @param {HTMLElement} place @param {string} root  of the site @param {boolean} records  whether a page of it shows entries without a page @param {Words} words */
    constructor(place, root, records, words) {
      this.place = place;
      this.root = root;
      this.records = records;
      this.words = words;
      this.rows = /** @type {AskRows|null} */
      null;
    }
    /** Begin the table of an answer, whose rows come later. @param {AskAnswer} answer @param {Told} told */
    begin(answer, told) {
      this.rows?.end();
      this.rows = new AskRows(this, answer, told);
    }
    /** @param {AskRows} rows @param {number} row @param {Told} told */
    row({ answer, columns }, row, told) {
      const numbers = answer.numbersOf(row);
      const cells = columns.shown.map((at) => {
        const term2 = answer.terms[numbers[at]];
        return made("td", isNumber(term2) ? { class: "number" } : {}, this.cell(term2, told));
      });
      const claims = columns.held.map((at) => answer.terms[numbers[at]]?.value ?? "").filter(Boolean);
      if (columns.held.length) cells.push(made("td", { class: "said" }, ...this.said([...new Set(claims)], told)));
      return made("tr", {}, ...cells);
    }
    /** The text of a cell. @param {Term|undefined} term @param {Told} told */
    text(term2, told) {
      if (!term2) return "";
      if (term2.type === "uri") return told.labels.get(term2.value) ?? shortIri(term2.value);
      return term2.type === "bnode" ? `_:${term2.value}` : term2.value;
    }
    /** @param {Term|undefined} term @param {Told} told */
    cell(term2, told) {
      const label = this.text(term2, told);
      if (label.length > LONGEST_CELL) return `${label.slice(0, LONGEST_CELL)} … (${this.words("{count} characters in all; download a file to read them", { count: numeral(label.length) })})`;
      if (term2?.type !== "uri") return label;
      const page2 = told.types.has(term2.value) ? this.pageOf(term2.value, told) : this.termPage(term2.value);
      return page2 ? made("a", { href: this.root + page2 }, label) : label;
    }
    /** @param {string} node @param {Told} told */
    pageOf(node, told) {
      const source = shortIri(node);
      if (told.types.get(node) === "Document" && PLAIN_PART.test(source)) return `source/${source}.html`;
      return thingPage(node, this.records);
    }
    /** The place of a term of the ontology in its page. @param {string} node */
    termPage(node) {
      const own2 = node.startsWith(TIP) || node.startsWith(CODE);
      return own2 ? `ontology.html#${encodeURIComponent(node.split("#")[1])}` : "";
    }
    /** The citations of the claims of a row, and the remarks on them. @param {string[]} claims @param {Told} told */
    said(claims, told) {
      const places = claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => ({ claim, cited })));
      const links = places.map(({ claim, cited }) => {
        const page2 = spotPage(cited, claim);
        return made("li", {}, page2 ? made("a", { href: this.root + page2 }, spotLabel(cited)) : spotLabel(cited));
      });
      const known = this.known(claims, told).map(({ text, kind }) => made("p", { class: kind }, text));
      return [made("ul", { class: "said" }, ...links), ...known];
    }
    /** The remarks on claims. @param {string[]} claims @param {Told} told */
    known(claims, told) {
      const caveats = told.each("caveats", claims);
      const reviewers = new Set(claims.flatMap((claim) => told.remarks.get(claim) ?? []).filter(({ review }) => review !== "unreviewed").map(({ reviewer }) => reviewer));
      return [
        ...caveats.length ? [{ kind: "quiet", text: caveats.join(", ") }] : [],
        ...reviewers.size ? [{ kind: "quiet", text: `${this.words("Reviewed by")}: ${[...reviewers].join(", ")}` }] : [],
        ...told.each("corrections", claims).map((said2) => ({ kind: "quiet", text: `${this.words("Corrected")}: ${said2}` })),
        ...told.each("notes", claims).map((note) => ({ kind: "quiet", text: `${this.words("Note")}: ${note}` })),
        ...told.contradictions(claims).map((reason) => ({ kind: "warn", text: `${this.words("Possible contradiction")}: ${reason}` }))
      ];
    }
    /** The citations and remarks of a claim as one text. @param {string} claim @param {Told} told */
    saidText(claim, told) {
      return [...(told.cited.get(claim) ?? []).map(spotLabel), ...this.known([claim], told).map(({ text }) => text)].join(" ");
    }
  };

  // query/editor.js
  var LONGEST_EDITED = 8e3;
  function plainEditor(box) {
    return {
      get value() {
        return box.value;
      },
      set value(text) {
        box.value = text;
      },
      change: (act) => box.addEventListener("input", act),
      shown: () => {
      }
    };
  }
  function richEditor(box, terms, run, refused) {
    const place = made("div", { class: "rich" });
    box.replaceWith(place);
    Yasqe.defaults.autocompleters = [];
    Yasqe.registerAutocompleter(completer(terms), false);
    const yasqe = new Yasqe(place, {
      autocompleters: ["tipgraph", "variables"],
      persistenceId: null,
      showQueryButton: false,
      resizeable: false,
      prefixCcApi: null,
      createShareableLink: null,
      createShortLink: null,
      consumeShareLink: null,
      collapsePrefixesOnLoad: false,
      syntaxErrorCheck: false,
      // it knows no prefixes but those that a query declares
      value: box.value,
      lineWrapping: true,
      editorHeight: "auto",
      viewportMargin: Infinity,
      screenReaderLabel: box.dataset.label,
      extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run, "Ctrl-Space": (editor) => editor.autocomplete(), Tab: false, "Shift-Tab": false }
    });
    yasqe.on("beforeChange", (editor, change) => {
      if (editor.getValue().length + change.text.join("\n").length <= LONGEST_EDITED) return;
      if (change.origin === "setValue" && change.text.join("\n").length <= LONGEST_EDITED) return;
      change.cancel();
      refused();
    });
    return {
      get value() {
        return yasqe.getValue();
      },
      set value(text) {
        yasqe.setValue(text);
      },
      change: (act) => yasqe.on("change", act),
      shown: () => yasqe.refresh()
    };
  }
  function completer(terms) {
    return {
      name: "tipgraph",
      bulk: false,
      autoShow: true,
      isValidCompletionPosition: (yasqe) => /^(?:tip|code):?[\w-]*$/.test(yasqe.getCompleteToken().string),
      get: (yasqe, token) => {
        const before = yasqe.getPreviousNonWsToken(yasqe.getCursor().line, token)?.string ?? "";
        return matching(before === "a" ? terms.filter(({ kind }) => kind === "class") : terms.filter(({ kind }) => kind !== "class"), token?.string ?? "");
      },
      postprocessHints: (_yasqe, hints) => hints.map((hint) => {
        const known = terms.find(({ term: term2 }) => term2 === hint.text);
        return { ...hint, displayText: known ? `${known.term} – ${known.label}` : hint.text };
      })
    };
  }
  function matching(terms, begun2) {
    const wanted = begun2.toLowerCase();
    const word = wanted.slice(wanted.indexOf(":") + 1);
    const first = terms.filter(({ term: term2 }) => term2.toLowerCase().startsWith(wanted));
    const others = word ? terms.filter((one) => !first.includes(one) && one.label.toLowerCase().includes(word)) : [];
    return [...first, ...others].slice(0, 60).map(({ term: term2 }) => term2);
  }

  // shared/csv.js
  var RUNS = /^(?:\s*[=+\-@＝＋－＠]|[\t\n])/;
  var PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
  function neutral(cell) {
    const text = cell.replace(/\r\n?/g, "\n");
    return RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  }
  function csvCell(value) {
    const text = neutral(value === void 0 ? "" : String(value));
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  // shared/svg.js
  var SVG = "http://www.w3.org/2000/svg";
  var NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  }

  // network/model.js
  var EDGE_FACETS = (
    /** @type {Exclude<Facet, "class">[]} */
    ["relation", "kind", "status", "source", "modality", "review"]
  );
  var THIN = 0.5;
  var FACETS = (
    /** @type {Facet[]} */
    ["class", ...EDGE_FACETS]
  );
  function bundled(edges, shown2) {
    const bundles = (
      /** @type {Map<number, NetworkEdge[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const id of shown2) {
      const { bundle = id } = edges[id];
      const others = bundles.get(bundle);
      if (others) others.push(edges[id]);
      else bundles.set(bundle, [edges[id]]);
    }
    return [...bundles].map(([id, some]) => lineOf(id, some));
  }
  function lineOf(id, some) {
    const [first] = some;
    if (some.length === 1) return { ...first, id, ids: [first.id], count: claimsOf2(first).length };
    const reviewed = some.filter(isReviewed);
    const [looks, share] = reviewed.length ? [reviewed, 1] : [some, THIN];
    const sayings = new Set(looks.flatMap(({ said_at = "" }) => said_at.split("; "))).size;
    const opacity = Math.max(...looks.map(({ color }) => color?.opacity ?? 1));
    const width = Math.max(...looks.map(({ width: width2 = 0 }) => width2), sayings > 1 ? share * (1.5 + Math.log2(sayings)) : 0);
    return {
      ...first,
      id,
      ids: some.map((edge) => edge.id),
      count: new Set(some.flatMap(claimsOf2)).size,
      width: width || void 0,
      color: opacity < 1 ? { opacity } : void 0,
      dashes: looks.every(({ dashes }) => dashes) ? looks[0].dashes : void 0
    };
  }
  function rankedOf({ nodes, edges, focus }) {
    const places = nodes.map(({ group }) => group === "Place");
    const ranks = Float64Array.from(nodes, ({ entries = 0 }, id) => entries ? 1e9 * entries : id === focus ? 2e6 : places[id] ? 0 : 1e6);
    const worth = (end, other) => places[other] ? 0.01 : nodes[end].group === "Actor" ? 2 : 1;
    for (const { from, to } of edges) {
      ranks[from] += worth(from, to);
      ranks[to] += worth(to, from);
    }
    return [...nodes.keys()].sort((one, other) => ranks[other] - ranks[one] || one - other);
  }
  var claimsOf2 = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];

  // network/exports.js
  var LICENCE = "CC BY 4.0";
  var LICENCES = `${LICENCE} for tipgraph's data; each source has its own`;
  function xmlText(value) {
    return String(value).replace(NOT_XML, "�").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
  }
  function* valuesOf(attributes, item) {
    for (const [number, [, type, value]] of attributes.entries()) {
      const found = value(item);
      if (found !== void 0 && found !== "") yield { number, type, text: xmlText(found) };
    }
  }
  var typeOf = (edges) => edges.some(({ directed }) => directed) ? "directed" : "undirected";
  function* graphmlLines(name, manifest, nodes, edges) {
    const keys = (about, attributes) => attributes.map(([title, type], number) => `<key id="${about}${number}" for="${about}" attr.name="${title}" attr.type="${type}"/>`);
    const body = (about, attributes, item) => [...valuesOf(attributes, item)].map(({ number, text }) => `<data key="${about}${number}">${text}</data>`).join("");
    yield '<?xml version="1.0" encoding="UTF-8"?>';
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">';
    yield '<key id="graph0" for="graph" attr.name="manifest" attr.type="string"/>';
    yield* [...keys("node", nodes.attributes), ...keys("edge", edges.attributes)];
    yield `<graph id="${xmlText(name)}" edgedefault="${typeOf(edges.items.map(([, , , edge]) => edge))}">`;
    yield `<data key="graph0">${xmlText(manifest)}</data>`;
    for (const [id, node] of nodes.items) yield `<node id="${xmlText(id)}">${body("node", nodes.attributes, node)}</node>`;
    for (const [id, from, to, edge] of edges.items) {
      yield `<edge id="${xmlText(id)}" source="${xmlText(from)}" target="${xmlText(to)}">${body("edge", edges.attributes, edge)}</edge>`;
    }
    yield "</graph>";
    yield "</graphml>";
  }

  // query/ties.js
  var GIVEN = /* @__PURE__ */ new Set(["receiver", "purpose", "place"]);
  var ENDS = (
    /** @type {[string, string, boolean][]} */
    [["from", "to", true], ["origin", "destination", true], ["between", "and", false]]
  );
  function tiesOf({ columns, terms, cells, length }, told) {
    const isEntry = terms.map((term2) => term2?.type === "uri" && told.types.has(term2.value));
    const isClaim = terms.map((term2) => told.cited.has(term2?.value ?? ""));
    const value = (number) => terms[number]?.value ?? "";
    const labels = columns.map((name) => told.labels.get(TIP + name) ?? name);
    const same = labels.map((name) => labels.indexOf(name));
    const found = (
      /** @type {Map<number, Tie>} */
      /* @__PURE__ */ new Map()
    );
    const width = columns.length;
    const ends = ENDS.map(([one, other, directed]) => ({ one: columns.indexOf(one), other: columns.indexOf(other), directed })).filter(({ one, other }) => one >= 0 && other >= 0);
    const tie = (start, first, other, directed) => {
      const [from, to] = [cells[start + first], cells[start + other]];
      if (from === to || !isEntry[to]) return;
      const key = ((from * terms.length + to) * width + same[first]) * width + same[other];
      const relation = `${labels[first]} ${directed ? "→" : "–"} ${labels[other]}`;
      const known = found.get(key) ?? { from: value(from), to: value(to), relation, directed, claims: [] };
      for (let at = start; at < start + width; at += 1) if (isClaim[cells[at]]) known.claims.push(value(cells[at]));
      found.set(key, known);
    };
    for (let start = 0; start < length * width; start += width) {
      const line = ends.find(({ one, other }) => isEntry[cells[start + one]] && isEntry[cells[start + other]]);
      if (line) {
        tie(start, line.one, line.other, line.directed);
        continue;
      }
      let first = 0;
      while (first < width && !isEntry[cells[start + first]]) first += 1;
      for (let other = first + 1; other < width; other += 1) tie(start, first, other, columns[first] === "giver" && GIVEN.has(columns[other]));
    }
    for (const known of found.values()) if (known.claims.length > 1) known.claims = [...new Set(known.claims)];
    return [...found.values()];
  }
  function modalityOf({ claims }, told) {
    return claims.length && claims.every((claim) => told.remarks.get(claim)?.modality === "implied") ? "implied" : "stated";
  }
  function tiesAny(columns, row, told) {
    return new Set(columns.map((name) => row[name]?.value ?? "").filter((node) => told.types.has(node))).size > 1;
  }

  // query/exports.js
  var TEXTS_A_BLOB = 200;
  function fileName({ name, answer, whole }, form, words) {
    return `${name}${whole ? "" : `-${words("first-{count}-rows", { count: answer.length })}`}.${form}`;
  }
  async function fileOf(taken, form) {
    const [texts, type] = {
      csv: (
        /** @type {const} */
        [csvTexts, "text/csv;charset=utf-8"]
      ),
      json: (
        /** @type {const} */
        [jsonTexts, "application/json"]
      ),
      graphml: (
        /** @type {const} */
        [graphmlTexts, "application/xml"]
      )
    }[form];
    return new Blob(await packed(texts(taken)), { type });
  }
  async function packed(texts) {
    const [blobs, pace] = [
      /** @type {Blob[]} */
      [],
      new Pace()
    ];
    let waiting = (
      /** @type {string[]} */
      []
    );
    for (const text of texts) {
      if (waiting.push(text) % TEXTS_A_BLOB) continue;
      blobs.push(new Blob(waiting));
      waiting = [];
      if (pace.due) await pace.rest();
    }
    return [...blobs, ...waiting];
  }
  function marksOf(claim, { remarks, against }) {
    const { caveats = [], corrections = [] } = remarks.get(claim) ?? {};
    const marks = [...caveats, ...corrections.length ? ["corrected"] : [], ...against.has(claim) ? ["contradicted"] : []];
    return marks.length ? ` (${marks.join(", ")})` : "";
  }
  function saidText(claims, told) {
    return claims.flatMap((claim) => (told.cited.get(claim) ?? []).map((cited) => `${spotLabel(cited)}${marksOf(claim, told)}`)).join("; ");
  }
  function* csvTexts({ answer, told }) {
    const { columns, terms, length } = answer;
    const named = (number) => terms[number]?.type === "uri" && told.labels.has(terms[number]?.value ?? "");
    const labelled = columns.filter((_, at) => {
      for (let row = 0; row < length; row += 1) if (named(answer.cells[row * columns.length + at])) return true;
      return false;
    });
    const line = (cells) => `${cells.map(csvCell).join(",")}
`;
    yield line([...columns, ...labelled.map((name) => `${name}_label`), "said at", "note", "review", "corrected", "contradicted"]);
    for (const row of answer.rows) {
      const claims = claimsIn(row, told);
      yield line([
        ...columns.map((name) => row[name]?.value ?? ""),
        ...labelled.map((name) => told.labels.get(row[name]?.value ?? "") ?? ""),
        saidText(claims, told),
        told.each("notes", claims).join("; "),
        told.reviews(claims).join("; "),
        told.each("corrections", claims).join("; "),
        told.contradictions(claims).join("; ")
      ]);
    }
  }
  function* jsonTexts({ answer, told }) {
    const value = (term2) => term2.type === "uri" ? { iri: term2.value, label: told.labels.get(term2.value) ?? null } : term2.value;
    let before = "[";
    for (const row of answer.rows) {
      const claims = claimsIn(row, told);
      const reviews = told.reviews(claims);
      const item = {
        ...Object.fromEntries(answer.columns.map((name) => [name, row[name] ? value(row[name]) : null])),
        "said at": claims.flatMap((claim) => told.cited.get(claim) ?? []),
        implied: claims.some((claim) => told.remarks.get(claim)?.modality === "implied"),
        unreviewed: reviews.includes("unreviewed"),
        caveats: told.each("caveats", claims),
        review: reviews,
        notes: told.each("notes", claims),
        corrections: told.each("corrections", claims),
        contradicted: told.contradictions(claims)
      };
      yield before + JSON.stringify([item], null, 1).slice(1, -2);
      before = ",";
    }
    yield "\n]";
  }
  function* graphmlTexts({ answer, told, name, asked, whole }) {
    const ties = tiesOf(answer, told);
    const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
    const manifest = JSON.stringify({
      "made by": "tipgraph",
      asked,
      counts: { rows: answer.length, nodes: nodes.length, edges: ties.length },
      whole,
      licence: LICENCES
    });
    const lines = graphmlLines(name, manifest, {
      attributes: [["label", "string", (node) => told.labels.get(node) ?? shortIri(node)], ["type", "string", (node) => told.types.get(node)], ["iri", "string", (node) => node]],
      items: nodes.map((node) => [node, node])
    }, {
      attributes: [
        ["label", "string", ({ relation }) => relation],
        ["claim", "string", ({ claims }) => claims.join(" ")],
        ["said_at", "string", ({ claims }) => saidText(claims, told)],
        ["modality", "string", (tie) => modalityOf(tie, told)],
        ["directed", "boolean", ({ directed }) => directed],
        ["caveats", "string", ({ claims }) => told.each("caveats", claims).join(", ")],
        ["review", "string", ({ claims }) => told.reviews(claims).join(" ")],
        ["corrected", "string", ({ claims }) => told.each("corrections", claims).join("; ")]
      ],
      items: ties.map((tie, at) => [`tie-${at}`, tie.from, tie.to, tie])
    });
    for (const line of lines) yield `${line}
`;
  }
  var claimsIn = (row, told) => [...new Set(Object.values(row).map(({ value }) => value))].filter((node) => told.cited.has(node));

  // query/dates.js
  var WRITTEN = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
  var MONTHS = (
    /** @type {Record<string, number[]>} */
    seasons
  );
  var daysIn = (year, month) => new Date(Date.UTC(year, month, 0)).getUTCDate();
  function dayOf(text, end) {
    const [, digits, month, day] = WRITTEN.exec(text.trim()) ?? [];
    if (!digits) return null;
    const [year, number] = [Number(digits), Number(month ?? 0)];
    let [first, last] = month ? [number, number] : [1, 12];
    let [firstYear, lastYear] = [year, year];
    if (number > 20 && number < 33 && !day) {
      [first, last] = MONTHS[number] ?? [12, 2];
      if (!MONTHS[number]) [firstYear, lastYear] = [year - 1, year + 1];
    } else if (first < 1 || first > 12 || day && (Number(day) < 1 || Number(day) > daysIn(year, first))) return null;
    const [at, of] = end === "from" ? [first, firstYear] : [last, lastYear];
    const written = [String(of).padStart(4, "0"), at, day ?? (end === "from" ? 1 : daysIn(of, at))].map((part2) => String(part2).padStart(2, "0"));
    return literal(written.join("-"), `${XSD}date`);
  }

  // query/form.js
  var MOST_NAMES = 5e3;
  var AskForm = class {
    /** @param {HTMLElement} place @param {Words} words @param {Teller} teller */
    constructor(place, words, teller) {
      this.place = place;
      this.words = words;
      this.teller = teller;
      this.question = /** @type {Question|null} */
      null;
    }
    /** Show the fields of a question, filled. @param {Question|null} question @param {Labels} values  as words */
    show(question, values = {}) {
      this.question = question;
      const fields = Object.entries(question?.parameters ?? {}).map(([name, { kind, summary }]) => {
        const id = `parameter-${name}`;
        return made(
          "div",
          { class: "field" },
          made("label", { for: id }, made("b", {}, name), ` ${summary}`),
          made("input", { id, name, list: `${id}-names`, type: "text", autocomplete: "off", spellcheck: "false", placeholder: this.example(kind), "aria-describedby": `${id}-fault`, value: values[name] ?? "" }),
          made("datalist", { id: `${id}-names` }),
          made("p", { id: `${id}-fault`, class: "warn fault", role: "alert" })
        );
      });
      this.place.replaceChildren(...fields);
      for (const input of this.place.querySelectorAll("input")) {
        input.addEventListener("focus", () => this.suggest(input, question?.parameters[input.name]?.kind ?? ""), { once: true });
      }
      this.place.hidden = !fields.length;
    }
    /** Offer the possible names of a field when it first gets the focus. @param {HTMLInputElement} input @param {string} kind */
    async suggest(input, kind) {
      if (kind === "text" || kind === "from" || kind === "to" || kind.startsWith("number")) return;
      try {
        const names = await this.teller.names(kind);
        input.list?.replaceChildren(...names.slice(0, MOST_NAMES).map((value) => made("option", { value })));
      } catch {
      }
    }
    /** An example of a value. @param {string} kind */
    example(kind) {
      if (kind === "from" || kind === "to") return "2004, 2004-11, 2004-11-11";
      if (kind === "place") return "JP, caribbean, Japan …";
      return kind.startsWith("code ") ? this.words("a code") : "";
    }
    /** The values of the fields that are not empty. @returns {Labels} */
    get values() {
      const inputs = (
        /** @type {NodeListOf<HTMLInputElement>} */
        this.place.querySelectorAll("input")
      );
      return Object.fromEntries([...inputs].map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value));
    }
    /** The terms of the fields, or null; a fault is shown at its field. @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Record<string, Term[]>|null>} */
    async terms(teller, signal) {
      const found = (
        /** @type {Record<string, Term[]>} */
        {}
      );
      let sound = true;
      for (const fault of this.place.querySelectorAll(".fault")) fault.textContent = "";
      for (const [name, value] of Object.entries(this.values)) {
        try {
          found[name] = [await this.term(this.question?.parameters[name]?.kind ?? "thing", value, teller, signal)];
        } catch (error) {
          if (signal.aborted) throw error;
          const fault = document.getElementById(`parameter-${name}-fault`);
          if (fault) fault.textContent = error instanceof Error ? error.message : String(error);
          sound = false;
        }
      }
      return sound ? found : null;
    }
    /** @param {string} kind @param {string} value @param {Teller} teller @param {AbortSignal} signal @returns {Promise<Term>} */
    async term(kind, value, teller, signal) {
      if (kind === "from" || kind === "to") {
        const day = dayOf(value, kind);
        if (day) return day;
        throw new Error(this.words("write 2004, 2004-11, 2004-11-11, or 2004-21 to 2004-24 for a season"));
      }
      if (kind === "text") return literal(value);
      if (kind.startsWith("number")) return this.number(kind, value);
      if (kind.startsWith("code ")) return teller.code(value, kind.slice("code ".length), this.words, signal);
      if (kind === "class") return teller.class(value, this.words, signal);
      return teller.resolve(value, kind, this.words, signal);
    }
    /** @param {string} kind @param {string} value */
    number(kind, value) {
      const [least, most] = (/(\d+)-(\d+)/.exec(kind) ?? []).slice(1).map(Number);
      const fits = /^\d{1,15}$/.test(value) && (most === void 0 || Number(value) >= least && Number(value) <= most);
      if (fits) return literal(String(Number(value)), `${XSD}integer`);
      throw new Error(most === void 0 ? this.words("write a whole number") : this.words("write a whole number from {least} to {most}", { least, most }));
    }
  };

  // query/map-view.js
  function linesOf({ rows }, known) {
    const found = (
      /** @type {Map<string, {from: string, to: string, directed: boolean}>} */
      /* @__PURE__ */ new Map()
    );
    for (const row of rows) {
      for (const [start, end, directed] of ENDS) {
        const [from, to] = [row[start]?.value ?? "", row[end]?.value ?? ""];
        if (from !== to && known(from) && known(to)) found.set(`${from} ${to} ${directed}`, { from, to, directed });
      }
    }
    return [...found.values()];
  }
  function arrow(middle, [x, y]) {
    const turn = Math.atan2(y - middle[1], x - middle[0]);
    const corner = (by) => `${x - 7 * Math.cos(turn) - 10 * Math.cos(turn + by)} ${y - 7 * Math.sin(turn) - 10 * Math.sin(turn + by)}`;
    return drawn("path", { class: "head", d: `M${x - 6 * Math.cos(turn)} ${y - 6 * Math.sin(turn)}L${corner(0.45)}L${corner(-0.45)}Z` });
  }
  var AskEarth = class {
    /** @param {HTMLElement} place @param {AskMap} map @param {AskTable} table @param {Words} words */
    constructor(place, map, table, words) {
      this.place = place;
      this.map = map;
      this.table = table;
      this.words = words;
    }
    /** @param {AskAnswer} answer @param {Told} told */
    show(answer, told) {
      const { places, width, height, sea, land } = this.map;
      const known = (node) => node in places;
      const nodes = new Set(answer.terms.flatMap((term2) => term2?.type === "uri" && known(term2.value) ? [term2.value] : []));
      if (!nodes.size) {
        this.place.replaceChildren(made("p", { class: "quiet" }, this.words("No row names a place that this graph has on the map.")));
        return;
      }
      const svg = drawn("svg", { viewBox: `0 0 ${width} ${height}`, role: "group", class: "earth", "aria-label": this.words("Places of the answer: {count}", { count: nodes.size }) });
      svg.append(drawn("path", { class: "sea", d: sea }), drawn("path", { class: "land", d: land }));
      for (const { from, to, directed } of linesOf(answer, known)) {
        const [[x, y], [endX, endY]] = [places[from], places[to]];
        const middle = [(x + endX) / 2, (y + endY) / 2 - Math.hypot(endX - x, endY - y) / 5];
        svg.append(drawn("path", { class: "tie", d: `M${x} ${y}Q${middle[0]} ${middle[1]} ${endX} ${endY}` }));
        if (directed) svg.append(arrow(middle, [endX, endY]));
      }
      for (const node of nodes) svg.append(this.dot(node, told));
      const key = this.words("An arrow leads from origin to destination; a line without an arrow has no stated direction. A region is a dot in its middle. For whole regions, figures and implied routes, see:");
      this.place.replaceChildren(svg, made("p", { class: "quiet" }, `${key} `, made("a", { href: `${this.table.root}map.html` }, this.words("the map of routes"))));
    }
    /** @param {string} node @param {Told} told */
    dot(node, told) {
      const [[x, y], label, page2] = [this.map.places[node], told.labels.get(node) ?? shortIri(node), thingPage(node, this.table.records)];
      const name = drawn("text", { x: x + 8, y: y + 4 }, label);
      return drawn("a", page2 ? { href: this.table.root + page2 } : {}, drawn("circle", { cx: x, cy: y, r: 5 }), name);
    }
  };

  // query/nearby.js
  var MOST_NEAR = 6;
  var NEAR_SECONDS = 20;
  var WITHOUT_NEAR = ["from", "to", "text"];
  var NO_ENTRIES = ["class", "code", "number", ...WITHOUT_NEAR];
  var without = (name, { [name]: _, ...others }) => others;
  async function nearby(engine, teller, { text, parameters }, given2, words, signal) {
    const until = performance.now() + NEAR_SECONDS * 1e3;
    const found = (
      /** @type {Map<string, Near>} */
      /* @__PURE__ */ new Map()
    );
    for await (const near of candidates()) {
      found.set(JSON.stringify(near.values), near);
      if (found.size === MOST_NEAR) break;
    }
    return [...found.values()];
    async function* candidates() {
      const names = Object.keys(given2);
      for (const name of names) {
        for await (const [other, values] of alternatives(name)) {
          if (!values.size || !await count({ ...without(name, given2), [other]: [...values.keys()] })) continue;
          for (const [term2, word] of values) {
            const rows2 = await count({ ...without(name, given2), [other]: [term2] });
            if (rows2) yield { values: { ...without(name, words), [other]: word || await shortName(term2.value) }, rows: rows2 };
          }
        }
      }
      for (const name of names) {
        const rows2 = await count(without(name, given2));
        if (rows2) yield { values: without(name, words), rows: rows2 };
      }
      const rows = names.length > 1 ? await count({}) : 0;
      if (rows) yield { values: {}, rows };
    }
    async function* alternatives(name) {
      const [sort, more] = parameters[name].kind.split(" ");
      if (sort === "code") {
        yield [name, termed(await teller.rows("codes", { name: [literal(more)] }, signal), "code", "notation")];
      } else if (sort === "class") {
        const names = new Map((await teller.rows("classes", {}, signal)).map((row) => [row.class.value, row.name.value]));
        const [{ value }] = given2[name];
        const pairs = (await teller.rows("class-tree", {}, signal)).map((row) => [row.class.value, row.above.value]);
        const beside2 = [...pairs, ...pairs.map(([one, other]) => [other, one])].filter(([one, other]) => one === value && names.has(other));
        yield [name, new Map(beside2.map(([, other]) => [iri(other), names.get(other) ?? ""]))];
      } else if (sort === "number") {
        const [least, most] = (more ?? "").split("-").map(Number);
        const numbers = Array.from({ length: most ? most - least + 1 : 0 }, (_, at) => String(least + at));
        yield [name, new Map(numbers.map((number) => [literal(number, `${XSD}integer`), number]))];
      } else if (!WITHOUT_NEAR.includes(sort)) {
        const free = Object.entries(parameters).filter(([other, { kind }]) => !(other in given2) && !NO_ENTRIES.includes(kind.split(" ")[0]));
        for (const other of [name, ...free.map(([key]) => key)]) {
          const kind = [literal(parameters[other].kind)];
          yield [other, termed(await teller.rows("beside", { thing: given2[name], kind }, signal), "other")];
        }
      }
    }
    async function count(values) {
      let sum = 0;
      if (performance.now() > until) return sum;
      for await (const { rows } of engine.stream(bound(text, values), signal)) sum += rows.length;
      return sum;
    }
    async function shortName(node) {
      const name = node.slice(node.lastIndexOf("/") + 1);
      try {
        return (await teller.resolve(name, "thing", (english) => english, signal)).value === node ? name : shortIri(node);
      } catch (error) {
        if (signal.aborted) throw error;
        return shortIri(node);
      }
    }
  }
  var termed = (rows, column, word) => new Map([...new Map(rows.map((row) => [row[column].value, row])).values()].map((row) => [row[column], word ? row[word].value : ""]));

  // network/glyphs.js
  function paletteOf(data, following = false) {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => following ? `var(${name})` : style.getPropertyValue(name).trim();
    const named = (group) => `--${group.toLowerCase()}`;
    const colourOf = (group) => style.getPropertyValue(named(group)) ? named(group) : "--quiet";
    return {
      ink: colour("--ink"),
      quiet: colour("--quiet"),
      ground: colour("--paper"),
      accent: colour("--accent"),
      groups: Object.fromEntries(Object.keys(data.groups).map((group) => [group, colour(colourOf(group))])),
      relations: Object.fromEntries(Object.keys(data.relations).map((relation) => [relation, colour(familyOf(data, relation, "--link-") || "--quiet")]))
    };
  }
  function familyOf({ renderer, families = {} }, relation, prefix) {
    return renderer === "vis" && families[relation] ? prefix + families[relation] : "";
  }
  var LINE_LENGTH = 20;
  function linesOf2(label, most = 3) {
    const lines = wrapped(label, LINE_LENGTH);
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  }

  // network/labels.js
  var NAME_SIZE = 12.5;
  var NAME_LINE = 15;
  var NAME_FONT = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  var COUNT_FONT = `600 10px ${NAME_FONT}`;
  var COUNT_ROOM = 46;
  var NAME_GAP = 4;
  var NEAR = 1.3;
  var NARROWEST = (
    /** @type {Name} */
    { node: -1, lines: [], width: 14, height: NAME_LINE }
  );
  var AWAY = [0, 15, 30, 60, 100];
  var WIDTHS = new OffscreenCanvas(1, 1).getContext("2d");
  var NameSheet = class {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.ranked = rankedOf(data);
      this.names = [2, 3].map((lines) => ({ lines, known: (
        /** @type {Map<number, Name>} */
        /* @__PURE__ */ new Map()
      ) }));
      this.key = "";
      this.written = /** @type {{name: Name, dx: number, dy: number}[]} */
      [];
      this.counts = /** @type {Count[]} */
      [];
    }
    /** Look for room again, for what moved or is shown or chosen has changed. */
    forget() {
      this.key = "";
    }
    /**
     * Choose the names to write at a scale, and on which side of its node each; then the numbers of claims on lines. Where
     * nodes come first, only they have names, which may then lie over the dimmed nodes.
     * @param {number} scale @param {Map<number, Spot>} spots  of the shown nodes
     * @param {Set<number>} first  nodes whose names come before all others, the chosen one first
     * @param {Frame|null} frame  that no name may leave @param {Count[]} counts
     */
    choose(scale, spots, first, frame, counts) {
      const key = `${scale.toFixed(3)} ${frame}`;
      if (key === this.key) return;
      this.key = key;
      const [names, nodes, lit] = [new Room(), new Room(), new Room()];
      for (const [id, { x, y, radius }] of spots) {
        const box = (
          /** @type {Frame} */
          [x - radius, y - radius, x + radius, y + radius]
        );
        nodes.take(box);
        if (first.has(id)) lit.take(box);
      }
      const [[chosen], near] = [first, scale >= NEAR];
      const wanted = first.size ? [chosen, ...this.ranked.filter((node) => first.has(node) && node !== chosen)] : this.ranked;
      const around = near || first.size ? AWAY : [0];
      const inside = (box) => (!frame || within(box, frame)) && names.free(box);
      this.written = [];
      for (const node of wanted.filter((id) => spots.has(id))) {
        const spot = (
          /** @type {Spot} */
          spots.get(node)
        );
        if (!near && !first.size && !beside(NARROWEST, spot, around, (box) => nodes.free(box) && inside(box))) continue;
        const name = this.name(node, near);
        const side = beside(name, spot, around, (box) => nodes.free(box) && inside(box)) ?? (first.size ? beside(name, spot, around, (box) => lit.free(box) && inside(box)) : null);
        if (!side) continue;
        names.take(side.box);
        this.written.push(side);
      }
      this.counts = counts.filter(({ x, y, room }) => {
        const box = (
          /** @type {Frame} */
          [x - 7, y - 6, x + 7, y + 6]
        );
        if (room < COUNT_ROOM || !names.free(box) || !nodes.free(box)) return false;
        names.take(box);
        return true;
      });
    }
    /** The name of a node in lines, measured when it is first wanted. @param {number} node @param {boolean} near */
    name(node, near) {
      const { lines, known } = this.names[Number(near)];
      const { short, label } = this.data.nodes[node];
      const name = known.get(node) ?? nameOf(node, linesOf2(short ?? label, lines));
      known.set(node, name);
      return name;
    }
    /** @param {CanvasRenderingContext2D} context  in the units of the picture @param {number} scale @param {Map<number, Spot>} spots @param {Palette} palette */
    write(context, scale, spots, palette) {
      context.save();
      context.scale(1 / scale, 1 / scale);
      Object.assign(context, {
        font: `${NAME_SIZE}px ${NAME_FONT}`,
        textAlign: "center",
        textBaseline: "top",
        lineJoin: "round",
        lineWidth: 3.5,
        strokeStyle: palette.ground,
        fillStyle: palette.ink
      });
      context.setLineDash([]);
      for (const { name, dx, dy } of this.written) {
        const spot = spots.get(name.node);
        if (!spot) continue;
        const at = (number) => spot.y + dy + number * NAME_LINE;
        name.lines.forEach((line, number) => context.strokeText(line, spot.x + dx, at(number)));
        name.lines.forEach((line, number) => context.fillText(line, spot.x + dx, at(number)));
      }
      Object.assign(context, { font: COUNT_FONT, textBaseline: "middle" });
      for (const { text, x, y } of this.counts) {
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
      }
      context.restore();
    }
  };
  function nameOf(node, lines) {
    if (WIDTHS) WIDTHS.font = `${NAME_SIZE}px ${NAME_FONT}`;
    const width = Math.max(...lines.map((line) => WIDTHS?.measureText(line).width ?? 0));
    return { node, lines, width, height: lines.length * NAME_LINE };
  }
  function sidesOf({ width, height }, radius) {
    const [off, aside] = [radius + NAME_GAP, radius + NAME_GAP + width / 2];
    const [slant, above] = [radius + width / 2, -off - height];
    return [
      [0, off],
      [0, above],
      [aside, -height / 2],
      [-aside, -height / 2],
      [slant, off],
      [-slant, off],
      [slant, above],
      [-slant, above]
    ];
  }
  function beside(name, spot, around, fits) {
    for (const away of around) for (const [dx, dy] of sidesOf(name, spot.radius + away)) {
      const box = frameOf(name, spot.x + dx, spot.y + dy);
      if (fits(box)) return { name, dx, dy, box };
    }
    return null;
  }
  var within = (box, frame) => box[0] >= frame[0] && box[1] >= frame[1] && box[2] <= frame[2] && box[3] <= frame[3];
  var frameOf = ({ width, height }, x, y) => [x - width / 2 - 2, y, x + width / 2 + 2, y + height];
  var Room = class {
    constructor() {
      this.cells = /** @type {Map<number, Frame[]>} */
      /* @__PURE__ */ new Map();
    }
    /** Whether a box is empty. @param {Frame} box */
    free(box) {
      return !this.someCell(box, (cell) => this.cells.get(cell)?.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
    }
    /** @param {Frame} box */
    take(box) {
      this.someCell(box, (cell) => {
        const boxes = this.cells.get(cell);
        if (boxes) boxes.push(box);
        else this.cells.set(cell, [box]);
      });
    }
    /** Whether something is so of a cell that a box touches. @param {Frame} box @param {(cell: number) => boolean|undefined|void} is */
    someCell([left, top, right, bottom], is) {
      for (let column = Math.floor(left / 100); column <= right / 100; column++) {
        for (let row = Math.floor(top / 40); row <= bottom / 40; row++) if (is(column * 100003 + row)) return true;
      }
      return false;
    }
  };

  // network/vis-picture.js
  var [ASIDE, ABOVE] = [58, 36];
  var SMALLEST = 5.5;
  var LARGEST_NODE = 30;
  var DIMMED = 0.12;
  var NODE_REACH = { mouse: 3, touch: 16 };
  var VisPicture = class {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item|null) => void} choose */
    constructor(container, data, choose) {
      this.container = container;
      this.data = data;
      this.palette = paletteOf(data);
      this.shown = { nodes: new Set(data.nodes.keys()), edges: new Set(data.edges.keys()) };
      this.near = /** @type {Set<number>} */
      /* @__PURE__ */ new Set();
      this.item = /** @type {Item|null} */
      null;
      this.lines = bundled(data.edges, this.shown.edges);
      this.usual = Number(data.options.nodes?.size ?? 10);
      this.line = Number(data.options.edges?.width ?? 1.5);
      this.sight = sightOf(data.nodes, container, this.close());
      this.fitted = true;
      this.grown = this.growth(this.sight.scale);
      this.names = new NameSheet(data);
      this.nodes = new vis.DataSet(data.nodes.map((node) => this.visNode(node)));
      this.edges = new vis.DataSet(this.lines.map((line) => this.visEdge(line)));
      const options = { ...data.options, ...this.colours() };
      this.network = new vis.Network(container, { nodes: this.nodes, edges: this.edges }, options);
      const frame = (
        /** @type {HTMLElement|null} */
        container.querySelector(".vis-network")
      );
      if (frame) frame.tabIndex = -1;
      this.tip = container.appendChild(made("div", { class: "tip", hidden: true }));
      this.listen(choose);
      this.network.on("afterDrawing", (context) => this.write(context));
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
      this.see(false);
      this.ready = /** @type {Promise<void>} */
      new Promise((resolve) => this.network.once("afterDrawing", () => resolve()));
    }
    /** @param {(item: Item|null) => void} choose */
    listen(choose) {
      const { network, container } = this;
      network.on("click", (clicked) => choose(this.hit(clicked)));
      network.on("dragging", ({ nodes }) => {
        if (nodes.length) this.names.forget();
      });
      network.on("dragStart", () => {
        this.tip.hidden = true;
        this.fitted = false;
      });
      network.on("zoom", () => {
        this.tip.hidden = true;
        this.fitted = false;
        this.grow(network.getScale());
      });
      network.on("resize", () => {
        if (this.fitted && container.clientWidth) this.see(false);
      });
      network.on("hoverNode", ({ node, pointer }) => this.hover(this.data.nodes[Number(node)], pointer.DOM));
      network.on("blurEdge", () => {
        this.tip.hidden = true;
      });
      network.on("blurNode", () => {
        this.tip.hidden = true;
      });
      container.addEventListener("mouseleave", () => {
        this.tip.hidden = true;
      });
      container.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
      }, { capture: true });
    }
    /** Show the name of a node beside the mouse. @param {NetworkNode} node @param {Point} at */
    hover({ label, kind }, at) {
      this.say(`${label}
${this.data.classes[kind] ?? kind}`, at);
    }
    /** Show a text beside the mouse. @param {string} text @param {Point} at */
    say(text, { x, y }) {
      this.tip.textContent = text;
      this.tip.hidden = false;
      const { clientWidth, clientHeight } = this.container;
      this.tip.style.left = `${Math.max(Math.min(x + 12, clientWidth - this.tip.offsetWidth - 4), 0)}px`;
      this.tip.style.top = `${Math.max(Math.min(y + 12, clientHeight - this.tip.offsetHeight - 4), 0)}px`;
    }
    /** The clicked item: a node, even if it is narrowly missed, before an edge. @param {vis.Clicked} clicked @returns {Item|null} */
    hit({ nodes, edges, pointer, event }) {
      const node = nodes.length ? Number(nodes[0]) : this.nearest(pointer.canvas, event.pointerType === "touch" ? NODE_REACH.touch : NODE_REACH.mouse);
      if (node !== void 0) return { kind: "node", id: node };
      return edges.length ? { kind: "edge", id: this.lines.find(({ id }) => id === edges[0])?.ids[0] ?? Number(edges[0]) } : null;
    }
    /** The shown node nearest to a point, if one is within some pixels. @param {Point} point @param {number} reach */
    nearest(point, reach) {
      let [found, least] = [
        /** @type {number|undefined} */
        void 0,
        reach / this.network.getScale()
      ];
      for (const [id, { x, y }] of this.places()) {
        const away = Math.hypot(x - point.x, y - point.y) - this.radius(id);
        if (this.shown.nodes.has(id) && away <= least) [found, least] = [id, away];
      }
      return found;
    }
    /** The radius of a node in units. @param {number} id */
    radius(id) {
      return (this.data.nodes[id].size ?? this.usual) * this.grown;
    }
    /** How much larger nodes are drawn at a scale, so that they are seen and hit from afar. @param {number} scale */
    growth(scale) {
      return Math.max(Math.min(SMALLEST / (this.usual * scale), LARGEST_NODE / this.usual), 1);
    }
    /** How much wider lines are drawn, so that they are seen from afar. */
    wider() {
      return Math.min(this.grown ** 1.4, 5);
    }
    /** @param {number} scale */
    grow(scale) {
      const grown = this.growth(scale);
      if (Math.abs(Math.log(grown / this.grown)) < 0.1) return;
      this.grown = grown;
      this.names.forget();
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, size: this.radius(id) })));
      this.edges.update(this.lines.map(({ id, width = this.line }) => ({ id, width: width * this.wider() })));
    }
    /** Colours of the page, light or dark, as options. */
    colours() {
      const { groups, ink, ground, quiet, accent } = this.palette;
      const coloured = Object.entries(groups).map(([group, background]) => {
        const chosen = { background, border: ink };
        return [group, { ...this.data.options.groups?.[group], color: { background, border: ground, highlight: chosen, hover: chosen } }];
      });
      return {
        groups: Object.fromEntries(coloured),
        edges: { ...this.data.options.edges, color: { color: quiet, highlight: accent, hover: accent, inherit: false } }
      };
    }
    /** @param {NetworkNode} node @returns {vis.Item} */
    visNode({ id, group, x, y, planned }) {
      const node = { id, group, x, y, size: this.radius(id) };
      if (!planned) return node;
      const hollow = { background: this.palette.ground, border: this.palette.groups[group] };
      return { ...node, color: { ...hollow, highlight: hollow, hover: hollow } };
    }
    /** A line with its looks now, all of them, for it may have had others. @param {NetworkLine} line @returns {vis.Item} */
    visEdge({ id, from, to, arrows, width = this.line, dashes = (
      /** @type {any} */
      false
    ), smooth, selfReference, color, relation }) {
      const { palette } = this;
      const opacity = (color?.opacity ?? 1) * (this.isLit(id, from, to) ? 1 : DIMMED);
      const item = {
        id,
        from,
        to,
        width: width * this.wider(),
        dashes,
        hidden: false,
        color: { color: palette.relations[relation], highlight: palette.relations[relation], hover: palette.accent, opacity, inherit: false }
      };
      return { ...item, ...arrows && { arrows }, ...smooth && { smooth }, ...selfReference && { selfReference } };
    }
    /** Whether a line is chosen or touches the chosen node, or nothing is chosen. @param {number} id @param {number} from @param {number} to */
    isLit(id, from, to) {
      if (!this.item) return true;
      return this.item.kind === "node" ? from === this.item.id || to === this.item.id : id === this.lineOf(this.item.id);
    }
    /** The line of an edge. @param {number} edge */
    lineOf(edge) {
      return this.data.edges[edge].bundle ?? edge;
    }
    repaint() {
      this.palette = paletteOf(this.data);
      this.network.setOptions(this.colours());
      this.nodes.update(this.data.nodes.filter((node) => node.planned).map((node) => this.visNode(node)));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      this.network.redraw();
    }
    /** @param {Set<number>} nodes @param {Set<number>} edges */
    show(nodes, edges) {
      const [before, lines] = [this.shown, this.lines];
      this.shown = { nodes, edges };
      const whole = this.data.nodes.length + this.data.edges.length;
      if (before.nodes.size + before.edges.size === whole && nodes.size + edges.size === whole) return;
      this.lines = bundled(this.data.edges, edges);
      this.names.forget();
      this.nodes.update(changes(before.nodes, nodes));
      const kept2 = new Set(this.lines.map(({ id }) => id));
      this.edges.update([...lines.filter(({ id }) => !kept2.has(id)).map(({ id }) => ({ id, hidden: true })), ...this.lines.map((line) => this.visEdge(line))]);
    }
    /** @param {Item|null} item */
    select(item) {
      if (!item && !this.item) return;
      const edge = item?.kind === "edge" ? this.data.edges[item.id] : null;
      this.item = item;
      this.near = new Set(edge ? [edge.from, edge.to] : item ? this.neighbours(item.id) : []);
      this.names.forget();
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, opacity: !item || this.near.has(id) ? 1 : DIMMED })));
      this.edges.update(this.lines.map((line) => this.visEdge(line)));
      const nodes = item?.kind === "node" ? [item.id] : [];
      this.network.setSelection({ nodes, edges: edge && this.shown.edges.has(edge.id) ? [this.lineOf(edge.id)] : [] }, { highlightEdges: true });
    }
    /** A node and those that shown edges tie to it. @param {number} node */
    neighbours(node) {
      const ends = /* @__PURE__ */ new Set([node]);
      for (const id of this.shown.edges) {
        const { from, to } = this.data.edges[id];
        if (from === node) ends.add(to);
        else if (to === node) ends.add(from);
      }
      return [...ends];
    }
    /** Write the names that there is room for. @param {CanvasRenderingContext2D} context */
    write(context) {
      const scale = this.network.getScale();
      const spots = (
        /** @type {Map<number, Spot>} */
        /* @__PURE__ */ new Map()
      );
      for (const [id, { x, y }] of this.places()) {
        if (this.shown.nodes.has(id)) spots.set(id, { x: x * scale, y: y * scale, radius: this.radius(id) * scale });
      }
      const counts = this.lines.filter(({ id, count, from, to }) => count > 1 && from !== to && this.isLit(id, from, to)).map((line) => countOf(line, spots));
      this.names.choose(scale, spots, this.near, this.frame(scale), counts);
      this.names.write(context, scale, spots, this.palette);
    }
    /** The frame of the whole picture at its scale, which names must not leave. @param {number} scale @returns {Frame|null} */
    frame(scale) {
      const { position: { x, y }, scale: whole } = this.sight;
      if (Math.abs(scale / whole - 1) > 1e-3) return null;
      const [across, down] = [this.container.clientWidth / 2 - 4, this.container.clientHeight / 2 - 4];
      return [x * scale - across, y * scale - down, x * scale + across, y * scale + down];
    }
    /** Bring a node into the middle, and those near the chosen item around it, if the picture then shows more than the whole. @param {number} node */
    flyTo(node) {
      const [places, { clientWidth, clientHeight }] = [this.places(), this.container];
      const { x, y } = places.get(node) ?? this.data.nodes[node];
      const away = [...this.near].map((id) => places.get(id) ?? this.data.nodes[id]).map((spot) => [Math.abs(spot.x - x), Math.abs(spot.y - y)]);
      const [across, down] = [0, 1].map((way) => Math.max(...away.map((off) => off[way]), 1));
      const seen = Math.min((clientWidth / 2 - 1.5 * ASIDE) / across, (clientHeight / 2 - 2 * ABOVE) / down, this.close());
      const scale = Math.max(seen, this.sight.scale);
      this.fitted = false;
      this.grow(scale);
      this.network.focus(node, { scale, animation: this.motion() });
    }
    fit() {
      this.see(this.motion());
    }
    /** Bring all that is shown into view, with room for the names at its edges. @param {object|false} animation */
    see(animation) {
      const spots = [...this.places()].filter(([id]) => this.shown.nodes.has(id)).map(([, place]) => place);
      if (!spots.length) return;
      this.sight = sightOf(spots, this.container, this.close());
      this.fitted = true;
      this.grow(this.sight.scale);
      this.network.moveTo({ ...this.sight, animation });
    }
    /** @param {number} factor */
    zoom(factor) {
      const scale = Math.min(Math.max(this.network.getScale() * factor, 0.02), 5);
      this.fitted = false;
      this.grow(scale);
      this.network.moveTo({ scale, animation: false });
    }
    /** The scale at which a node and its neighbours are well seen. */
    close() {
      return 11 / this.usual;
    }
    motion() {
      if (matchMedia("(prefers-reduced-motion: reduce)").matches) return false;
      return { duration: 500, easingFunction: "easeInOutQuad" };
    }
    places() {
      return new Map(Object.entries(this.network.getPositions()).map(([id, place]) => [Number(id), place]));
    }
  };
  function sightOf(spots, { clientWidth, clientHeight }, closest) {
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const [width, height] = [clientWidth - 2 * Math.min(ASIDE, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE, 0.12 * clientHeight)];
    const scale = Math.min(width / Math.max(right - left, 1), height / Math.max(bottom - top, 1), closest);
    return { position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale: Math.max(scale, 0.02) };
  }
  function changes(before, after) {
    const gone = [...before].filter((id) => !after.has(id)).map((id) => ({ id, hidden: true }));
    const come = [...after].filter((id) => !before.has(id)).map((id) => ({ id, hidden: false }));
    return [...gone, ...come];
  }
  function countOf({ from, to, count, smooth }, spots) {
    const [a, b] = [from, to].map((id) => (
      /** @type {Spot} */
      spots.get(id)
    ));
    const bend = smooth ? (smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness) / 2 : 0;
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    return { text: String(count), x: a.x + dx / 2 + dy * bend, y: a.y + dy / 2 - dx * bend, room: Math.hypot(dx, dy) - a.radius - b.radius };
  }

  // query/network-view.js
  var MOST_NODES = 400;
  var STEPS = 220;
  function laidOut(count, ties) {
    const places = Array.from({ length: count }, (_, at) => ({ x: 300 * Math.cos(2 * Math.PI * at / count), y: 300 * Math.sin(2 * Math.PI * at / count) }));
    for (let step = 0; step < STEPS; step += 1) {
      const moves = places.map(() => ({ x: 0, y: 0 }));
      const push = (one, other, force) => {
        const [x, y] = [places[one].x - places[other].x || 0.01 * (one - other), places[one].y - places[other].y];
        const away = Math.max(Math.hypot(x, y), 1);
        const size = force(away) / away;
        moves[one].x += x * size;
        moves[one].y += y * size;
        moves[other].x -= x * size;
        moves[other].y -= y * size;
      };
      for (let one = 0; one < count; one += 1) for (let other = 0; other < one; other += 1) push(one, other, (away) => 9e3 / away);
      for (const [one, other] of ties) push(one, other, (away) => -away * away / 95);
      const most = 60 * (1 - step / STEPS) + 1;
      places.forEach((place, at) => {
        const size = Math.max(Math.hypot(moves[at].x, moves[at].y), 0.01);
        place.x += moves[at].x / size * Math.min(size, most) - place.x * 0.01;
        place.y += moves[at].y / size * Math.min(size, most) - place.y * 0.01;
      });
    }
    return places;
  }
  var AskNetwork = class {
    /**
     * @param {HTMLElement} place @param {HTMLElement} chosen  the place of what is chosen
     * @param {Record<string, any>} drawing  options of the picture, names of the types @param {AskTable} table
     * @param {Words} words
     */
    constructor(place, chosen, drawing, table, words) {
      this.place = place;
      this.chosen = chosen;
      this.drawing = drawing;
      this.table = table;
      this.words = words;
    }
    /** The ties between entries. @param {AskAnswer} answer @param {Told} told */
    ties(answer, told) {
      return tiesOf(answer, told);
    }
    /** @param {AskAnswer} answer @param {Told} told */
    show(answer, told) {
      const ties = this.ties(answer, told);
      const nodes = [...new Set(ties.flatMap(({ from, to }) => [from, to]))];
      this.chosen.textContent = "";
      if (!nodes.length || nodes.length > MOST_NODES) {
        this.place.replaceChildren(made("p", { class: "quiet" }, nodes.length ? this.words("{count} entries are too many for a picture; ask for fewer, or download the rows.", { count: nodes.length }) : this.words("No row names two entries, so there are no links to draw.")));
        return;
      }
      const label = this.words("{nodes} entries, {ties} links; the table shows the same", { nodes: nodes.length, ties: ties.length });
      const box = made("div", { id: "picture", tabindex: "0", role: "img", "aria-label": label });
      this.place.replaceChildren(box);
      const ids = new Map(nodes.map((node, id) => [node, id]));
      const idOf = (node) => ids.get(node) ?? 0;
      const places = laidOut(nodes.length, ties.map(({ from, to }) => [idOf(from), idOf(to)]));
      const data = (
        /** @type {any} */
        {
          ...this.drawing,
          name: "answer",
          title: "",
          renderer: "vis",
          words: {},
          nodes: nodes.map((node, id) => {
            const type = told.types.get(node);
            return { id, label: told.labels.get(node) ?? shortIri(node), group: type, kind: type, iri: node, ...places[id] };
          }),
          edges: ties.map((tie, id) => this.edge(tie, id, idOf, told)),
          relations: Object.fromEntries(ties.map(({ relation }) => [relation, relation]))
        }
      );
      const picture = this.picture = new VisPicture(box, data, (item) => {
        picture.select(item);
        this.say(item, ties, nodes, told);
      });
    }
    /** @param {Tie} tie @param {number} id @param {(node: string) => number} idOf @param {Told} told @returns {NetworkEdge} */
    edge(tie, id, idOf, told) {
      const modality = modalityOf(tie, told);
      return {
        id,
        key: String(id),
        from: idOf(tie.from),
        to: idOf(tie.to),
        relation: tie.relation,
        directed: tie.directed,
        source: "",
        modality,
        ...tie.directed && { arrows: "to middle" },
        ...modality === "implied" && { color: { opacity: 0.5 } }
      };
    }
    /** @param {Item|null} item @param {Tie[]} ties @param {string[]} nodes @param {Told} told */
    say(item, ties, nodes, told) {
      const link = (node) => this.table.cell(iri(node), told);
      if (!item) this.chosen.replaceChildren();
      else if (item.kind === "node") this.chosen.replaceChildren(link(nodes[item.id]));
      else {
        const { from, relation, to, claims } = ties[item.id];
        this.chosen.replaceChildren(link(from), ` (${relation}) `, link(to), ...this.table.said(claims, told));
      }
    }
  };

  // query/page.js
  var OURS = /* @__PURE__ */ new Set(["reference", "identity", "audits", "derived", "ontology"]);
  var MOST_UNKNOWN = 10;
  var VIEWS = (
    /** @type {AskView[]} */
    ["table", "network", "map"]
  );
  var AskPage = class {
    /** @param {AskData} data @param {AskEngine} engine */
    constructor(data, engine) {
      this.data = data;
      this.words = wording(data.words);
      this.engine = engine;
      this.teller = new Teller(engine, data.queries, data.language);
      this.form = new AskForm(byId("parameters"), this.words, this.teller);
      const plain = typeof Yasqe === "undefined" || (new URLSearchParams(fragmentIn()).get("query") ?? "").length > LONGEST_EDITED;
      this.editor = plain ? plainEditor(byId("sparql")) : richEditor(byId("sparql"), data.terms, () => this.run(), () => this.say(this.words("The editor takes {most} characters; run longer queries with `tipgraph query --file`.", { most: LONGEST_EDITED }), true));
      const table = new AskTable(byId("view-table"), data.root, data.records, this.words);
      this.views = {
        table,
        network: new AskNetwork(byId("drawn"), byId("chosen"), data.drawing, table, this.words),
        map: new AskEarth(byId("view-map"), data.map, table, this.words)
      };
      this.view = /** @type {AskView} */
      "table";
      this.running = /** @type {AbortController|null} */
      null;
      this.answer = /** @type {Taken|null} */
      null;
      this.stale = /** @type {Set<AskView>} */
      /* @__PURE__ */ new Set();
      this.listen();
      this.restore();
    }
    listen() {
      byId("asking").addEventListener("submit", (event) => {
        event.preventDefault();
        this.run();
      });
      byId("stop").addEventListener("click", () => {
        this.running?.abort();
        byId("run").focus();
      });
      byId("parameters").addEventListener("input", () => this.markOutdated());
      byId("question").addEventListener("change", () => this.choose(byId("question").value));
      this.editor.change(() => this.edited());
      byId("text").addEventListener("toggle", () => this.editor.shown());
      VIEWS.forEach((view) => byId(`tab-${view}`).addEventListener("click", () => this.turn(view)));
      byId("tabs").addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!by) return;
        this.turn(VIEWS[(VIEWS.indexOf(this.view) + by + VIEWS.length) % VIEWS.length]);
        byId(`tab-${this.view}`).focus();
      });
      for (
        const form of
        /** @type {const} */
        ["csv", "json", "graphml"]
      ) byId(form).addEventListener("click", () => this.take(form));
      byId("share").addEventListener("click", () => this.share());
      addEventListener("hashchange", () => this.restore());
      addEventListener("pagehide", () => this.leave());
      document.documentElement.dataset.ready = "yes";
    }
    /** End a running query without a message, since another page takes the place of this one. */
    leave() {
      const { running } = this;
      this.running = null;
      running?.abort();
    }
    get question() {
      return this.data.questions.find(({ name }) => name === byId("question").value) ?? null;
    }
    /** Choose a question, and put its text into the editor. @param {string} name @param {Labels} values */
    choose(name, values = {}) {
      byId("question").value = this.data.questions.some((question) => question.name === name) ? name : "";
      this.form.show(this.question, values);
      byId("text").open = !this.question;
      this.editor.value = this.question?.text ?? this.data.example;
      this.markOutdated();
    }
    /** An edited question is a query of one's own; the fields still fill its slots. */
    edited() {
      if (this.question && this.editor.value !== this.question.text) byId("question").value = "";
      this.markOutdated();
    }
    /** Say whether the answer is one to the question that the form holds now. */
    markOutdated() {
      const { asked } = this;
      const same = Object.keys({ ...asked, ...this.answer?.asked }).every((key) => asked[key] === this.answer?.asked[key]);
      byId("outdated").hidden = this.answer === null || same;
    }
    /** Fill the form from the address, and run its question. */
    restore() {
      if (this.fragment && this.fragment === fragmentIn()) return;
      const { question: name = "", query: text, view = "table", ...values } = (
        /** @type {Labels & {query?: string, view?: AskView}} */
        Object.fromEntries(new URLSearchParams(fragmentIn()))
      );
      this.look(VIEWS.includes(view) ? view : "table");
      if (name && !this.data.questions.some((question) => question.name === name)) {
        this.choose("");
        this.fail(this.words("There is no question {name} here; choose one, or write your own SPARQL.", { name }));
        return;
      }
      this.choose(name || (text === void 0 ? this.data.questions[0]?.name ?? "" : ""), values);
      if (text !== void 0) this.editor.value = text;
      if (name || text !== void 0) this.run();
    }
    /** The question in the form, as an address holds it. @returns {Labels} */
    get asked() {
      return this.question ? { question: this.question.name, ...this.form.values } : { query: this.editor.value, ...this.form.values };
    }
    /** Keep the question of an answer, and its view, in the address. @param {Labels} asked */
    remember(asked) {
      this.fragment = String(new URLSearchParams(this.view === "table" ? asked : { ...asked, view: this.view }));
      keepFragment(this.fragment);
    }
    /** Run the query, and show the rows of its answer as they come. */
    async run() {
      this.running?.abort();
      const running = this.running = new AbortController();
      const { signal } = running;
      this.busy(true);
      this.say(this.words("Asking …"));
      const begun2 = performance.now();
      let taken = (
        /** @type {Taken|null} */
        null
      );
      try {
        const values = await this.form.terms(this.teller, signal);
        signal.throwIfAborted();
        if (values === null) return this.fail(this.words("A parameter is not valid; see above."));
        const unknown = await this.unknownTerms(signal);
        signal.throwIfAborted();
        if (unknown) return this.fail(unknown);
        const told = new Told();
        for await (const slice of ahead(this.engine.stream(bound(this.editor.value, values), signal), signal)) {
          await this.teller.about(slice, told, signal);
          signal.throwIfAborted();
          taken ??= this.begin(slice.columns, told);
          this.come(taken, slice.rows);
        }
        if (taken) this.end(taken, (performance.now() - begun2) / 1e3);
        if (taken && !taken.answer.length) await this.offerNearby(values, signal);
      } catch (error) {
        if (this.running === running) this.broken(taken, signal.aborted, error instanceof Error ? error.message : String(error));
      } finally {
        if (this.running === running) {
          this.running = null;
          this.busy(false);
        }
        running.abort();
      }
      return void 0;
    }
    /** Begin an answer. @param {string[]} columns @param {Told} told @returns {Taken} */
    begin(columns, told) {
      this.forget();
      const { asked } = this;
      this.remember(asked);
      const taken = { answer: new AskAnswer(columns), told, name: this.question?.name ?? "answer", asked, whole: false };
      this.views.table.begin(taken.answer, told);
      this.offerGraphml(false);
      return taken;
    }
    /** @param {boolean} on */
    offerGraphml(on) {
      byId("graphml").disabled = !on;
      byId("graphml-why").hidden = on;
    }
    /** Add rows to an answer. @param {Taken} taken @param {Row[]} rows */
    come(taken, rows) {
      if (!rows.length) return;
      const { answer, told } = taken;
      answer.add(rows);
      if (!this.answer) {
        this.answer = taken;
        byId("answer").hidden = false;
        this.look(this.view);
      }
      this.stale = new Set(VIEWS);
      if (byId("graphml").disabled && rows.some((row) => tiesAny(answer.columns, row, told))) this.offerGraphml(true);
      this.views.table.rows?.grow();
      this.say(this.words("{count} rows so far …", { count: numeral(answer.length) }));
    }
    /** End an answer that is complete. @param {Taken} taken @param {number} seconds */
    end(taken, seconds) {
      taken.whole = true;
      this.settle();
      this.say(taken.answer.length ? this.words("{count} rows in {seconds} s", { count: numeral(taken.answer.length), seconds: seconds.toFixed(2) }) : this.words("No source in this graph reports this. Absence is not evidence of absence."));
    }
    /** Offer the questions near to one without an answer. @param {Record<string, Term[]>} given @param {AbortSignal} signal */
    async offerNearby(given2, signal) {
      const question = { text: this.editor.value, parameters: this.form.question?.parameters ?? {} };
      const near = await nearby(this.engine, this.teller, question, given2, this.form.values, signal).catch(() => []);
      signal.throwIfAborted();
      const offers = near.map(({ values, rows }) => {
        const asked = Object.entries(values).map((pair) => pair.join("=")).join(" ") || this.words("without parameters");
        const label = this.words("{asked} (rows: {rows})", { asked, rows: numeral(rows) });
        return made("li", {}, button([label], () => {
          this.form.show(this.form.question, values);
          this.run();
        }));
      });
      if (offers.length) byId("near").replaceChildren(made("p", {}, this.words("One step away:")), made("ul", {}, ...offers));
    }
    /** End an answer that is not complete: its rows stay, and are called a part. @param {Taken|null} taken @param {boolean} stopped @param {string} why */
    broken(taken, stopped, why) {
      if (!taken?.answer.length) return stopped ? this.fail(this.words("Stopped."), false) : this.fail(why);
      const count = numeral(taken.answer.length);
      this.settle();
      byId("part").hidden = false;
      byId("part").textContent = this.words("This is a part of the answer: its first {count} rows. There may be more.", { count });
      return stopped ? this.say(this.words("Stopped; the first {count} rows.", { count })) : this.say(this.words("Interrupted after the first {count} rows: {why}", { count, why }), true);
    }
    /** Fit the columns and the pictures to the rows, since no more will come. */
    settle() {
      if (!this.answer) return;
      this.answer.answer.close();
      this.views.table.rows?.whole();
      this.look(this.view);
    }
    /** Remove the answer, which would be read as one to the last question. */
    forget() {
      this.answer = null;
      this.stale.clear();
      byId("answer").hidden = byId("part").hidden = byId("outdated").hidden = true;
      byId("near").replaceChildren();
    }
    /** Say why there is no answer. @param {string} text @param {boolean} bad */
    fail(text, bad = true) {
      this.forget();
      this.say(text, bad);
    }
    /** Name the terms and entries of a query that neither ontology nor graph has, each with the nearest one. @param {AbortSignal} signal */
    async unknownTerms(signal) {
      const { prefixes, terms } = this.data;
      const iriOf = (term2) => (prefixes[term2.split(":", 1)[0]] ?? "") + term2.slice(term2.indexOf(":") + 1);
      const known = new Map(terms.map(({ term: term2 }) => [iriOf(term2), term2]));
      const space = (iri2) => iri2.slice(0, iri2.indexOf("#") + 1);
      const spaces = new Map([...known].map(([iri2, term2]) => [space(iri2), term2.split(":", 1)[0]]));
      const unknown = new Map([...namedIn(this.editor.value, prefixes)].filter(([iri2]) => iri2.startsWith(ID_BASE) && !OURS.has(iri2.slice(ID_BASE.length)) || spaces.has(space(iri2)) && !known.has(iri2)).slice(0, MOST_UNKNOWN));
      const used = unknown.size ? await this.teller.each("used", "node", [...unknown.keys()], signal) : [];
      for (const { node } of used) unknown.delete(node.value);
      const entries = [...unknown.keys()].some((iri2) => iri2.startsWith(ID_BASE)) ? await this.teller.entries(signal) : /* @__PURE__ */ new Map();
      return [...unknown].map(([iri2, name]) => {
        const entry = entries.get(nearest(lastPart(iri2), [...entries.keys()]));
        if (iri2.startsWith(ID_BASE)) return notKnown(name, entry ? `<${entry}>` : "", this.words);
        const near = nearest(`${spaces.get(space(iri2))}:${iri2.slice(space(iri2).length)}`, [...known.values()]);
        return near ? this.words("{name} is not a term of this ontology; perhaps {near}?", { name, near }) : this.words("{name} is not a term of this ontology", { name });
      }).join(" ");
    }
    /** @param {boolean} on */
    busy(on) {
      byId("stop").hidden = !on;
      byId("answer").setAttribute("aria-busy", String(on));
    }
    /** @param {string} text @param {boolean} bad */
    say(text, bad = false) {
      byId("said").textContent = text;
      byId("said").className = bad ? "warn" : "";
    }
    /** Show another view, and keep it in the address. @param {AskView} view */
    turn(view) {
      this.look(view);
      if (this.answer) this.remember(this.answer.asked);
    }
    /** Show a view, which is drawn when it is first seen. @param {AskView} view */
    look(view) {
      this.view = view;
      for (const name of VIEWS) byId(`view-${name}`).hidden = name !== view;
      selectTab(VIEWS.map((name) => byId(`tab-${name}`)), byId(`tab-${view}`));
      if (!this.answer || view === "table") return;
      if (this.stale.delete(view)) this.views[view].show(this.answer.answer, this.answer.told);
    }
    /** Download the answer. @param {"csv"|"json"|"graphml"} form */
    async take(form) {
      if (this.answer) download(fileName(this.answer, form, this.words), await fileOf(this.answer, form));
    }
    async share() {
      this.remember((this.answer ?? this).asked);
      try {
        await navigator.clipboard.writeText(location.href);
        this.say(this.words("The address is copied; it contains the question."));
      } catch {
        this.say(this.words("The address above contains the question; copy it."));
      }
    }
  };
  async function openPage() {
    const data = (
      /** @type {AskData} */
      await pageData("data")
    );
    const form = byId("asking");
    let [engine, fault] = [
      /** @type {AskEngine|null} */
      null,
      ""
    ];
    try {
      engine = await engineOf(data);
    } catch (error) {
      fault = error instanceof Error ? error.message : String(error);
    }
    if (!form.isConnected) return;
    if (fault) byId("fault").textContent = fault;
    byId("absent").hidden = engine !== null;
    form.hidden = engine === null;
    byId("limit").hidden = engine === null || !("seconds" in engine);
    if (engine) Object.assign(globalThis, { askPage: new AskPage(data, engine) });
    else document.documentElement.dataset.ready = "yes";
  }
  openPage();
})();
