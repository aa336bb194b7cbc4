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
  function inParts(place, makers, atOnce, label) {
    const add = () => {
      const items = makers.slice(0, atOnce).map((make) => make());
      place.append(...items);
      makers.splice(0, cutToFit(items));
      more.hidden = !makers.length;
      more.textContent = label(makers.length);
    };
    const more = button([], add);
    add();
    return more;
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
  var AT_ONCE = 15;
  var ON_A_PAGE = 50;
  var begun = /* @__PURE__ */ new WeakSet();
  function claimList(keys, words, order = () => 0) {
    const articles = made("div", { class: "claims" });
    const list = made("div", { "aria-busy": "true" }, articles);
    Promise.all([evidence(), claimsOf(keys)]).then(([{ href }, claims]) => {
      const makers = claims.sort((one, other) => Number(!one.reviewer) - Number(!other.reviewer) || order(one, other)).map((claim) => () => claimArticle(claim, words, href));
      list.append(inParts(articles, makers, AT_ONCE, (count) => words("More: {count}", { count })));
    }, () => list.append(notLoaded())).finally(() => {
      list.setAttribute("aria-busy", "false");
    });
    return list;
  }
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
    const corrected = corrections.map((said) => made("p", { class: "quiet" }, `${words("Corrected")}: `, made("span", { lang: "en" }, said)));
    return [...list, ...corrected, ...reviewer ? [made("p", { class: "quiet" }, `${words("Reviewed by")}: ${reviewer}`)] : []];
  }
  function alsoSaid({ said, sentence }, words, href) {
    const links = said.flatMap(({ label, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label)]);
    return made("p", { class: "also" }, ...links, ` ${words("also says")}: `, ...spoken(sentence));
  }
  function saidList(said, href) {
    return made("ul", { class: "said" }, ...said.map(({ label, path, quote }) => made("li", {}, made("a", { href: href(path) }, label), ...quote ? [" ", made("q", {}, quote)] : [])));
  }

  // shared/download.js
  function download(name, blob) {
    const link = made("a", { href: URL.createObjectURL(blob), download: name, class: "sr" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }
  async function pixelsOf(svg, width, height) {
    const image = made("img", { src: URL.createObjectURL(svg) });
    await image.decode();
    const canvas = made("canvas", { width, height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("the picture is too large for a file"))));
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
    const said = [
      claim.modality === "implied" && words("Implied: our reading. The words do not say it outright."),
      cited && words("Cited: we know this source only through another text.")
    ];
    return said.filter(Boolean).map((text) => made("p", { class: "meaning" }, String(text)));
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
  var passesReview = (choice, isReviewed) => !choice || isReviewed === (choice === "reviewed");

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

  // map/data.js
  async function mapData() {
    return tied(await loadPacked(`map/${document.documentElement.lang}.js`, "map"));
  }
  function tied(file) {
    const figuresOf = (numbers) => numbers.map((number) => file.figures[number]);
    const reports = file.reports.map((report) => ({ ...report, figures: figuresOf(report.figures) }));
    const lines = file.lines.map((line) => ({ ...line, figures: figuresOf(line.figures), reports: line.reports.map((number) => reports[number]) }));
    const nowhere = reports.filter(({ way }) => way === null).map((report) => ({ stops: report.stops, figures: report.figures, reports: [report] }));
    return { ...file, reports, lines, nowhere };
  }

  // shared/pointers.js
  var STILL = 4;
  function placeIn(element, { clientX, clientY }) {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }
  function followPointers(element, { pan, zoom, tap }) {
    const down = (
      /** @type {Map<number, {x: number, y: number}>} */
      /* @__PURE__ */ new Map()
    );
    let travelled = 0;
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      if (tap) element.setPointerCapture(event.pointerId);
      if (!down.size) travelled = 0;
      down.set(event.pointerId, placeIn(element, event));
    });
    addEventListener("pointermove", (event) => {
      const [now, before] = [placeIn(element, event), down.get(event.pointerId)];
      if (!before) return;
      const [dx, dy] = [now.x - before.x, now.y - before.y];
      travelled += Math.hypot(dx, dy);
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, now);
      if (other) {
        pan(dx / 2, dy / 2);
        const apart2 = ({ x, y }) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
        zoom(apart2(now) / apart2(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      } else if (travelled > STILL) pan(dx, dy);
    });
    addEventListener("pointerup", (event) => {
      if (down.delete(event.pointerId) && !down.size && travelled <= STILL) tap?.(event);
    });
    addEventListener("pointercancel", (event) => down.delete(event.pointerId));
    return () => travelled > STILL;
  }

  // map/gestures.js
  var MAP_STEP = 1.5;
  function moveByHand(picture, beside) {
    const { svg } = picture;
    svg.addEventListener("wheel", (event) => {
      if (picture.isWhole && event.deltaY > 0) return;
      event.preventDefault();
      picture.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 2e-3)), picture.under(placeIn(svg, event)));
    }, { passive: false });
    const hasMoved = followPointers(svg, {
      pan: (dx, dy) => picture.pan(-dx / svg.clientWidth, -dy / svg.clientHeight),
      zoom: (factor, x, y) => picture.zoom(factor, picture.under({ x, y }))
    });
    svg.addEventListener("click", (event) => {
      const target = (
        /** @type {Element} */
        event.target
      );
      if (hasMoved()) {
        event.preventDefault();
        event.stopPropagation();
      } else if (!target.closest("a")) beside(target, picture.under(placeIn(svg, event)));
    }, { capture: true });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    const keys = (
      /** @type {Record<string, () => void>} */
      {
        ArrowLeft: () => picture.pan(-0.15, 0),
        ArrowRight: () => picture.pan(0.15, 0),
        ArrowUp: () => picture.pan(0, -0.15),
        ArrowDown: () => picture.pan(0, 0.15),
        "+": () => picture.zoom(MAP_STEP),
        "-": () => picture.zoom(1 / MAP_STEP),
        0: () => picture.whole()
      }
    );
    svg.addEventListener("keydown", (event) => {
      if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      keys[event.key]();
    });
  }

  // shared/svg.js
  var SVG = "http://www.w3.org/2000/svg";
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  }

  // map/line-look.js
  var THIN = 1.5;
  var PALE = 0.5;
  var headOf = (width) => `M${3.5 + 0.9 * width} 0L${-3.5 - 0.9 * width} ${3.5 + 0.8 * width}V${-3.5 - 0.8 * width}Z`;
  var dashesOf = (width) => [2 * width + 4, width + 3];

  // map/crowd.js
  var CROWD = 500;
  var NEAR = 14;
  var [FULL, DIM] = [0.45, 0.12];
  var Crowd = class {
    /** @param {SVGSVGElement} svg */
    constructor(svg) {
      this.svg = svg;
      this.canvas = document.createElement("canvas");
      this.room = drawn("foreignObject", { class: "crowd", "pointer-events": "none" }, this.canvas);
      svg.querySelector(".arcs")?.before(this.room);
      this.lines = /** @type {CrowdLine[]} */
      [];
      this.paths = /** @type {Map<string, Path2D>} */
      /* @__PURE__ */ new Map();
      this.view = /** @type {MapView} */
      { x: 0, y: 0, width: 1, height: 1 };
      this.dim = false;
    }
    /** @param {string} d */
    path(d) {
      const path = this.paths.get(d) ?? new Path2D(d);
      this.paths.set(d, path);
      return path;
    }
    /** Draw lines, the strongest first in the list. @param {CrowdLine[]} lines @param {boolean} dim  whether another sign stands out */
    show(lines, dim) {
      this.lines = lines;
      this.dim = dim;
      this.draw();
    }
    /** Follow what is seen of the map. @param {MapView} view */
    look(view) {
      this.view = view;
      this.draw();
    }
    /** The canvas with a scale from the map to its pixels; pixels are those of the screen. */
    pen() {
      const { x, y, width } = this.view;
      const ratio = globalThis.devicePixelRatio || 1;
      const scale = this.svg.clientWidth * ratio / width;
      const pen = (
        /** @type {CanvasRenderingContext2D} */
        this.canvas.getContext("2d")
      );
      pen.setTransform(scale, 0, 0, scale, -x * scale, -y * scale);
      return { pen, scale, ratio };
    }
    draw() {
      this.room.toggleAttribute("hidden", !this.lines.length);
      const { x, y, width, height } = this.view;
      const ratio = globalThis.devicePixelRatio || 1;
      for (const [name, value] of Object.entries({ x, y, width, height })) this.room.setAttribute(name, String(value));
      this.canvas.width = this.lines.length ? Math.round(this.svg.clientWidth * ratio) : 1;
      this.canvas.height = this.lines.length ? Math.round(this.svg.clientHeight * ratio) : 1;
      if (!this.lines.length) return;
      const style = getComputedStyle(this.svg);
      const colour = (name) => style.getPropertyValue(name).trim();
      const colours = { counted: colour("--route"), bare: colour("--quiet"), paper: colour("--paper") };
      const { pen, scale } = this.pen();
      const unit = ratio / scale;
      pen.clip(new Path2D(this.svg.querySelector("#map-edge path")?.getAttribute("d") ?? ""));
      for (const line of [...this.lines].reverse()) {
        pen.globalAlpha = (this.dim ? DIM : FULL) * (line.pale ? PALE : 1);
        pen.strokeStyle = line.width > THIN ? colours.counted : colours.bare;
        pen.lineWidth = line.width * unit;
        pen.setLineDash(line.implied ? dashesOf(line.width).map((pixels) => pixels * unit) : []);
        for (const { d } of line.line.legs) pen.stroke(this.path(d));
        pen.setLineDash([]);
        for (const head of line.heads) this.head(pen, head, line.width, unit, head.stated ? String(pen.strokeStyle) : colours.paper);
      }
    }
    /** @param {CanvasRenderingContext2D} pen @param {CrowdLine["heads"][0]} head @param {number} width @param {number} unit @param {string} fill */
    head(pen, { at: [x, y, turn] }, width, unit, fill2) {
      const path = this.path(headOf(width));
      pen.save();
      pen.translate(x, y);
      pen.rotate(turn * Math.PI / 180);
      pen.scale(unit, unit);
      pen.fillStyle = fill2;
      pen.lineWidth = 1.5;
      pen.fill(path);
      pen.stroke(path);
      pen.restore();
    }
    /** The strongest line at a point of the map, if there is one. @param {{x: number, y: number}} point @returns {MapLine|undefined} */
    at({ x, y }) {
      if (!this.lines.length) return void 0;
      const { pen, scale, ratio } = this.pen();
      const [across, down] = [(x - this.view.x) * scale, (y - this.view.y) * scale];
      pen.lineWidth = NEAR * ratio / scale;
      return this.lines.find(({ line }) => line.legs.some(({ d }) => pen.isPointInStroke(this.path(d), across, down)))?.line;
    }
  };

  // map/picture.js
  var NEAREST = 12;
  var CROWDED = 2;
  var ROOM = 60;
  var [COUNTED, BARE, PAPER] = ["#c2410c", "#5f6670", "#ffffff"];
  var [LINE, LETTER] = [14, 6.9];
  var PNG_WIDTH = 2400;
  var [HEADING, LETTERS] = [64, 170];
  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  }
  function arcOf({ id, about, legs, ways }) {
    const paths = legs.flatMap(({ d, heads }) => [
      drawn("path", { class: "hit", d, stroke: "#000000", "stroke-opacity": 0, "stroke-width": 16, "pointer-events": "stroke" }),
      drawn("path", { class: "line", d }),
      ...ways.filter((way) => heads[way]).map((way) => {
        const [x, y, turn] = heads[way];
        const head = drawn("path", { class: "sized head", "data-way": way, "stroke-width": 1.5, "stroke-linejoin": "round" });
        return drawn("g", { transform: `translate(${x} ${y}) rotate(${turn})` }, head);
      })
    ]);
    return drawn("a", { class: "arc", "data-arc": id, href: `map.html#${id}`, "aria-label": about }, drawn("title", {}, about), ...paths);
  }
  function noteOf({ id, spot: [x, y] }, figures, most, more) {
    const widest = Math.max(...figures.map(({ width }) => width));
    const beside = figures.length > most ? [
      /** @type {MapFigure} */
      figures.find(({ width }) => width === widest)
    ] : [...figures].sort((one, other) => Number(one.struck) - Number(other.struck));
    const left = figures.length - beside.length;
    const lines = beside.map(({ key, short, struck, caveats }, at) => drawn("tspan", {
      "data-figure": key,
      x: 0,
      ...at ? { dy: LINE } : {},
      ...struck ? { "text-decoration": "line-through" } : {},
      ...caveats.length ? { "font-style": "italic", "font-weight": 400 } : {}
    }, short));
    const rest = left ? [drawn("tspan", { x: 0, dy: LINE, "font-weight": 400 }, more(left))] : [];
    const look = { "text-anchor": "middle", "font-size": 12.5, "font-weight": 600, fill: "#9a3412", stroke: PAPER, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke" };
    return drawn("g", { "data-of": id, transform: `translate(${x} ${y})` }, drawn("text", { class: "sized", y: 20 + Math.max(THIN, widest) / 2, ...look }, ...lines, ...rest));
  }
  function apart(words, taken, most = Infinity) {
    const room = taken.length + most;
    for (const { sign, box } of words) {
      const free = taken.length < room && !taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      hide(sign, !free);
      if (free) taken.push(box);
    }
  }
  function boxOf(spot, [x, y, anchor], lines, unit) {
    const width = LETTER * Math.max(...lines.map((line) => line.length));
    const left = spot[0] / unit + x - { start: 0, middle: width / 2, end: width }[anchor];
    const top = spot[1] / unit + y - 11;
    return { left, top, right: left + width, bottom: top + LINE * lines.length };
  }
  function hide(sign, hidden) {
    if (hidden) sign?.setAttribute("display", "none");
    else sign?.removeAttribute("display");
  }
  var MapPicture = class {
    /** @param {SVGSVGElement} svg @param {MapData} data @param {Words} words */
    constructor(svg, data, words) {
      this.svg = svg;
      this.data = data;
      this.words = words;
      this.notes = /** @type {{sign: Element, spot: [x: number, y: number]}[]} */
      [];
      const signs = (name) => new Map([...svg.querySelectorAll(`a[data-${name}]`)].map((sign) => [sign.getAttribute(`data-${name}`) ?? "", sign]));
      this.lines = signs("arc");
      this.marks = signs("mark");
      this.scaled = 0;
      this.kind = "";
      this.crowd = new Crowd(svg);
      this.widest = void 0;
      this.view = /** @type {MapView} */
      { x: 0, y: 0, width: data.width, height: data.height };
      this.home();
    }
    /** How many units of the map a pixel shows. */
    get unit() {
      const { clientWidth, clientHeight } = this.svg;
      return Math.max(this.view.width / (clientWidth || 1), this.view.height / (clientHeight || 1));
    }
    /** Show the whole map. */
    whole() {
      this.look({ x: 0, y: 0, width: this.data.width, height: this.data.height });
    }
    /** Show the whole map, or where that is too small to be read, the part where the routes are. */
    home() {
      this.whole();
      const { x, y, width, height } = (
        /** @type {SVGGElement} */
        this.svg.querySelector(".arcs").getBBox()
      );
      if (this.unit > CROWDED && width) this.look({ x: x - ROOM, y: y - ROOM, width: width + 2 * ROOM, height: height + 2 * ROOM });
      this.widest = this.view.width;
    }
    /** Show a part of the map, as far as there is map; the part takes the shape of the frame. @param {MapView} view */
    look(view) {
      const { width: full, height: tall } = this.data;
      const shape = (this.svg.clientHeight || 1) / (this.svg.clientWidth || 1);
      const width = Math.min(Math.max(view.width, full / NEAREST), Math.max(full, tall / shape));
      const height = width * shape;
      this.view = {
        x: within(view.x + (view.width - width) / 2, full - width),
        y: within(view.y + (view.height - height) / 2, tall - height),
        width,
        height
      };
      this.svg.setAttribute("viewBox", Object.values(this.view).map((side) => side.toFixed(2)).join(" "));
      this.crowd.look(this.view);
      this.svg.style.touchAction = this.isWhole ? "pan-y" : "none";
      this.size();
    }
    /** Whether as much of the map is seen as at the beginning. */
    get isWhole() {
      return this.view.width >= (this.widest ?? this.data.width) - 0.5;
    }
    /** Come nearer, or go farther, around a point of the map. @param {number} times @param {{x: number, y: number}} [around] */
    zoom(times, around = { x: this.view.x + this.view.width / 2, y: this.view.y + this.view.height / 2 }) {
      const { x, y, width, height } = this.view;
      const part2 = Math.max(1 / times, this.data.width / NEAREST / width);
      this.look({ x: around.x - (around.x - x) * part2, y: around.y - (around.y - y) * part2, width: width * part2, height: height * part2 });
    }
    /** Move by parts of what is seen. @param {number} across @param {number} down */
    pan(across, down) {
      const { x, y, width, height } = this.view;
      this.look({ x: x + across * width, y: y + down * height, width, height });
    }
    /** The point of the map under a pixel of the frame. @param {{x: number, y: number}} pixel */
    under({ x, y }) {
      const { width, height } = this.svg.getBoundingClientRect();
      return { x: this.view.x + x / width * this.view.width, y: this.view.y + y / height * this.view.height };
    }
    /** Keep signs and names as large as they are read best, however near the map is; lines keep their width themselves. */
    size() {
      const { unit } = this;
      if (unit === this.scaled) return;
      this.scaled = unit;
      this.scale(this.svg);
      const crowded = unit > CROWDED;
      for (const hatch of this.svg.querySelectorAll("pattern")) set(hatch, { patternTransform: `rotate(45) scale(${unit.toFixed(4)})` });
      for (const mark of this.data.marks) {
        const [x, y, anchor] = crowded ? mark.small : mark.label;
        const name = this.marks.get(mark.id)?.querySelector("text");
        if (name) set(name, { x, y, "text-anchor": anchor });
        for (const line of name?.querySelectorAll("tspan") ?? []) set(line, { x });
      }
      this.part();
    }
    /** Keep the signs in an element as large as they are read best. @param {Element} element */
    scale(element) {
      const size = this.scaled > CROWDED ? this.scaled * 0.85 : this.scaled;
      for (const sign of element.querySelectorAll(".sized")) set(sign, { transform: `scale(${size.toFixed(4)})` });
    }
    /** The element of a line, made when it is shown first; those that more sources report lie above. @param {MapLine} line */
    lineOf(line) {
      const made2 = this.lines.get(line.id);
      if (made2) return made2;
      const arc = arcOf(line);
      this.scale(arc);
      this.lines.set(line.id, arc);
      this.svg.querySelector(".arcs")?.prepend(arc);
      return arc;
    }
    /**
     * Show lines by the reports and figures that pass, with the figures of one kind; return how many have one.
     * @param {Map<MapLine, MapReports>} passing @param {string} kind @param {string} chosen  which is drawn as a sign, however many there are
     */
    show(passing, kind, chosen) {
      const places = new Set([...passing.keys()].flatMap((line) => line.stops));
      const crowd = passing.size > CROWD ? [...passing].filter(([line]) => line.id !== chosen) : [];
      const inCrowd = new Set(crowd.map(([line]) => line.id));
      for (const [id, sign] of this.lines) if (inCrowd.has(id)) hide(sign, true);
      for (const line of this.data.lines) {
        if (!inCrowd.has(line.id) && (passing.has(line) || this.lines.has(line.id))) this.draw(this.lineOf(line), passing.get(line), kind);
      }
      this.kind = kind;
      const lines = crowd.map(([line, reports]) => ({ line, reports, ...this.lookOf(reports, kind), heads: headsOf(line, reports) }));
      this.crowd.show(lines, chosen !== "");
      for (const sign of this.svg.querySelectorAll("[data-mark]")) hide(sign, !places.has(sign.getAttribute("data-mark") ?? ""));
      return this.note(passing, kind);
    }
    /** Write figures of a kind beside the first lines that have one; return how many lines have one with a width. @param {Map<MapLine, MapReports>} passing @param {string} kind */
    note(passing, kind) {
      const counted = [...passing].map(([line, { figures }]) => ({ line, figures: figures.filter((figure) => figure.kind === kind) })).filter(({ figures }) => figures.length);
      const more = (left) => this.words("and {n} more", { n: left });
      this.notes = counted.slice(0, this.data.most).map(({ line, figures }) => ({ sign: noteOf(line, figures, this.data.beside, more), spot: line.spot }));
      const room = this.svg.querySelector(".figures");
      room?.replaceChildren(...this.notes.map(({ sign }) => sign));
      if (room) this.scale(room);
      this.part();
      return counted.filter(({ figures }) => figures.some(({ width }) => width)).length;
    }
    /** Hide names and figures that would lie over others: the first places keep their names, and the strongest lines their figures. */
    part() {
      const linesOf = (text) => [...text.querySelectorAll("tspan")].map((line) => line.textContent ?? "");
      const unit = this.scaled;
      const taken = (
        /** @type {Box[]} */
        []
      );
      apart(this.data.marks.flatMap((mark) => {
        const sign = this.marks.get(mark.id);
        const text = sign?.getAttribute("display") === "none" ? null : sign?.querySelector("text");
        return text ? [{ sign: text, box: boxOf(mark.spot, unit > CROWDED ? mark.small : mark.label, linesOf(text), unit) }] : [];
      }), taken);
      apart(this.notes.map(({ sign, spot }) => {
        const text = (
          /** @type {Element} */
          sign.querySelector("text")
        );
        return { sign, box: boxOf(spot, [0, Number(text.getAttribute("y")), "middle"], linesOf(text), unit) };
      }), taken, this.data.noted);
    }
    /** The width of a line, and if all is implied, or nothing reviewed. @param {MapReports} passing @param {string} kind */
    lookOf({ figures, reports }, kind) {
      const width = Math.max(THIN, ...figures.filter((figure) => figure.kind === kind).map((figure) => figure.width));
      return { width, implied: reports.every((report) => report.modality === "implied"), pale: !reports.some((report) => report.reviewed) };
    }
    /** Draw a line by what is reported: dashed if all is implied, pale if nothing is reviewed, its heads hollow if their direction is implied. @param {Element} drawn @param {MapReports|undefined} passing @param {string} kind */
    draw(drawn2, passing, kind) {
      hide(drawn2, !passing);
      if (!passing) return;
      const { width, implied, pale } = this.lookOf(passing, kind);
      const stroke = width > THIN ? COUNTED : BARE;
      drawn2.classList.toggle("counted", width > THIN);
      drawn2.classList.toggle("implied", implied);
      set(drawn2, { stroke, opacity: pale ? PALE : 1 });
      for (const path of drawn2.querySelectorAll(".line")) set(path, { "stroke-width": width, "stroke-dasharray": implied ? dashesOf(width).join(" ") : "none" });
      for (const head of drawn2.querySelectorAll(".head")) {
        const way = passing.reports.filter((report) => String(report.way) === head.getAttribute("data-way"));
        const stated = isStated(way);
        hide(head, !way.length);
        head.classList.toggle("hollow", !stated);
        set(head, { d: headOf(width), fill: stated ? stroke : PAPER });
      }
    }
    /** Let what is chosen stand out, with its places or its lines. @param {string} chosen */
    choose(chosen) {
      const near = /* @__PURE__ */ new Set([chosen]);
      for (const line of this.data.lines) {
        if (line.id === chosen) line.stops.forEach((stop) => near.add(stop));
        else if (line.stops.includes(chosen)) [line.id, ...line.stops].forEach((id) => near.add(id));
      }
      this.svg.classList.toggle("choosing", chosen !== "");
      for (const sign of this.svg.querySelectorAll("[data-arc], [data-mark], [data-of]")) {
        const id = sign.getAttribute("data-arc") ?? sign.getAttribute("data-mark") ?? sign.getAttribute("data-of") ?? "";
        sign.classList.toggle("near", near.has(id));
        sign.classList.toggle("chosen", id === chosen);
      }
    }
    /** The picture as it is seen, with its title, caveat, legend, and what it shows in words, as an element of its own. @param {string[]} said */
    copy(said) {
      const copy = (
        /** @type {SVGSVGElement} */
        this.svg.cloneNode(true)
      );
      copy.querySelector(".arcs")?.prepend(...this.crowd.lines.map((line) => this.lineInCopy(line)).reverse());
      const bottom = this.captioned(copy, said);
      for (const hidden of copy.querySelectorAll('[display="none"], .hit, .crowd')) hidden.remove();
      for (const link of copy.querySelectorAll("a")) link.removeAttribute("href");
      const { width, height, x, y } = this.view;
      for (const line of copy.querySelectorAll(".arcs .line")) {
        for (const name of ["stroke-width", "stroke-dasharray"]) line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * this.unit)));
      }
      const size = width / this.data.width;
      const tall = height + (HEADING + bottom) * size;
      set(copy, { xmlns: SVG, width: PNG_WIDTH / 2, height: PNG_WIDTH / 2 / width * tall, viewBox: [x, y - HEADING * size, width, tall].join(" ") });
      copy.querySelector(".heading")?.setAttribute("transform", `translate(${x} ${y}) scale(${size})`);
      copy.querySelector(".caption")?.setAttribute("transform", `translate(${x} ${y + height}) scale(${size})`);
      copy.querySelector(".sea")?.before(drawn("rect", { x, y, width, height, fill: PAPER }));
      return copy;
    }
    /** Write words and the signs of figures into the caption of a copy; return its height. @param {Element} copy @param {string[]} said */
    captioned(copy, said) {
      for (const around of copy.querySelectorAll(".heading, .caption")) around.removeAttribute("display");
      const [text, figured] = [".said", ".of-figures"].map((name) => (
        /** @type {Element} */
        copy.querySelector(`.caption ${name}`)
      ));
      const lines = said.flatMap((words) => wrapped(words, LETTERS));
      text.replaceChildren(...lines.map((line) => drawn("tspan", { x: 14, dy: 16 }, line)));
      const end = Number(text.getAttribute("y")) + 16 * lines.length;
      const steps = [...document.querySelectorAll("[data-scale]:not([hidden]) .step")];
      const wider = this.data.width / this.svg.clientWidth;
      figured.setAttribute("transform", `translate(0 ${end + 6})`);
      figured.append(...steps.map((step, at) => {
        const [line, words] = [
          /** @type {Element} */
          step.querySelector("path"),
          step.textContent?.trim() ?? ""
        ];
        const stroke = line.matches(".counted") ? COUNTED : BARE;
        const sign = drawn("path", { d: "M2 7H42", stroke, "stroke-width": Number(line.getAttribute("stroke-width")) * wider });
        return drawn("g", { transform: `translate(${14 + 140 * at} 26)` }, sign, drawn("text", { x: 50, y: 12 }, words));
      }));
      if (!this.kind) figured.remove();
      const bottom = end + (this.kind ? 62 : 12);
      copy.querySelector(".caption rect")?.setAttribute("height", String(bottom));
      return bottom;
    }
    /** The picture as it is seen, as a file of its own. @param {string[]} said */
    file(said) {
      return new Blob([new XMLSerializer().serializeToString(this.copy(said))], { type: "image/svg+xml" });
    }
    /** A line of the crowd as an element. @param {import("./crowd.js").CrowdLine} line */
    lineInCopy({ line, reports }) {
      const arc = arcOf(line);
      this.draw(arc, reports, this.kind);
      this.scale(arc);
      return arc;
    }
    /** The picture as it is seen, as pixels. @param {string[]} said @returns {Promise<Blob>} */
    png(said) {
      return pixelsOf(this.file(said), PNG_WIDTH, Math.round(2 * Number(this.copy(said).getAttribute("height"))));
    }
  };
  var isStated = (reports) => reports.some(({ modality }) => modality === "stated");
  function headsOf({ legs, ways }, { reports }) {
    return legs.flatMap(({ heads }) => ways.filter((way) => heads[way]).flatMap((way) => {
      const own2 = reports.filter((report) => report.way === way);
      return own2.length ? [{ at: heads[way], stated: isStated(own2) }] : [];
    }));
  }
  var within = (side, most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);

  // map/page.js
  var MapPage = class {
    /** @param {MapData} data */
    constructor(data) {
      this.data = data;
      this.words = wording(data.words);
      this.picture = new MapPicture(byId("picture"), data, this.words);
      this.panel = part("panel");
      this.key = [...this.panel.childNodes];
      this.scales = /** @type {HTMLElement[]} */
      [...document.querySelectorAll("[data-scale]")];
      this.selects = /** @type {HTMLSelectElement[]} */
      [...part("tools").querySelectorAll("select")];
      this.place = /** @type {HTMLInputElement} */
      byId("place");
      this.lineOf = new Map(data.lines.flatMap((line) => [line.id, ...line.figures.map(({ key }) => key), ...line.reports.flatMap(({ claims }) => claims)].map((key) => [key, line])));
      this.markOf = new Map(data.marks.map((mark) => [mark.id, mark]));
      const listsOf = (place, items) => place ? longLists(place).map((list) => ({ list, items })) : [];
      this.lists = [...listsOf(byId("reports"), data.reports), ...listsOf(byId("listed"), data.figures)];
      this.state = /** @type {MapState} */
      {};
      this.sources = /** @type {string[]} */
      [];
      this.listen();
      this.read();
    }
    listen() {
      const at = (id, act) => part(id).addEventListener("click", act);
      const { picture } = this;
      at("nearer", () => picture.zoom(MAP_STEP));
      at("farther", () => picture.zoom(1 / MAP_STEP));
      at("whole", () => picture.whole());
      at("svg", () => download("routes.svg", picture.file(this.said())));
      at("png", async () => download("routes.png", await picture.png(this.said())));
      for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
      this.place.addEventListener("input", () => {
        const mark = this.data.marks.find(({ title }) => folded(title) === folded(this.place.value.trim()));
        if (mark || !this.place.value) this.change({ chosen: mark?.id ?? "" });
      });
      const signOf = (event) => {
        const sign = (
          /** @type {Element} */
          event.target.closest("a[data-arc], a[data-mark]")
        );
        return { sign, id: sign?.getAttribute("data-arc") ?? sign?.getAttribute("data-mark") ?? "" };
      };
      picture.svg.addEventListener("focusin", (event) => {
        const { sign, id } = signOf(event);
        if (sign?.matches(":focus-visible")) this.change({ chosen: id });
      });
      picture.svg.addEventListener("click", (event) => {
        const { sign, id } = signOf(event);
        if (!sign) return;
        event.preventDefault();
        this.change({ chosen: id });
      });
      document.addEventListener("click", (event) => {
        if (
          /** @type {Element} */
          event.target.closest("[data-choose]")
        ) part("frame").scrollIntoView({ block: "nearest" });
      });
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.change({ chosen: "" });
      });
      window.addEventListener("hashchange", () => this.read());
      new ResizeObserver(() => picture.isWhole ? picture.home() : picture.look(picture.view)).observe(picture.svg);
      moveByHand(picture, (target, at2) => {
        const chosen = picture.crowd.at(at2)?.id ?? this.data.marks.find(({ land }) => land.includes(target.id))?.id ?? "";
        this.change({ chosen });
      });
    }
    /** Take the state from the fragment of the address. */
    read() {
      const given = new URLSearchParams(fragmentIn());
      for (const select of this.selects) {
        select.value = given.get(select.id) ?? "";
        if (select.selectedIndex < 0) select.value = "";
      }
      this.state = Object.assign(this.state, { chosen: this.known(given.get("chosen") ?? "") }, Object.fromEntries(this.selects.map(({ id, value }) => [id, value])));
      this.draw();
    }
    /** The line that a claim belongs to, or a place, or nothing. @param {string} id */
    known(id) {
      return this.lineOf.get(id)?.id ?? this.markOf.get(id)?.id ?? "";
    }
    /** @param {Partial<MapState>} change */
    change(change) {
      Object.assign(this.state, change);
      const kept2 = Object.entries(this.state).filter(([, value]) => value);
      keepFragment(new URLSearchParams(kept2).toString().replaceAll("%2F", "/"));
      this.draw();
    }
    /** What passes the filters of the same places; nothing if no report does. @template {MapReports} Line @param {Line[]} lines @returns {Map<Line, MapReports>} */
    passing(lines) {
      const { modality, review, source, from, to, chosen } = this.state;
      const passes = (said) => (!modality || said.modality === modality) && passesReview(review, said.reviewed) && (!source || said.sources.includes(source)) && (!said.years || (!from || said.years[1] >= +from) && (!to || said.years[0] <= +to));
      const place = this.markOf.get(chosen)?.id;
      const found = lines.filter(({ stops }) => !place || stops.includes(place)).map((line) => (
        /** @type {[Line, MapReports]} */
        [line, { stops: line.stops, reports: line.reports.filter(passes), figures: line.figures.filter(passes) }]
      ));
      return new Map(found.filter(([, { reports }]) => reports.length));
    }
    draw() {
      const { chosen, lines } = this.state;
      const { kind } = this.state;
      const passing = this.passing(this.data.lines);
      const shown2 = new Map([...passing].filter(([line], at) => lines || at < this.data.most || line.id === chosen));
      const all = [...passing.values(), ...this.passing(this.data.nowhere).values()];
      const reports = new Set(all.flatMap((line) => line.reports));
      const said = /* @__PURE__ */ new Set(
        /** @type {MapSaid[]} */
        [...reports, ...all.flatMap((line) => line.figures)]
      );
      const counted = this.picture.show(shown2, kind, chosen);
      this.picture.choose(chosen);
      for (const scale of this.scales) scale.hidden = scale.dataset.scale !== kind;
      this.say(chosen, passing);
      for (const { list, items } of this.lists) list.keep((at) => said.has(items[at]));
      const counts = { lines: shown2.size, bare: shown2.size - counted, every: this.data.lines.length, shown: reports.size, all: this.data.reports.length };
      part("count").textContent = kind ? this.words("{lines} of {every} lines are drawn, {bare} of them without such a figure; {shown} of {all} reports pass the filters", counts) : this.words("{lines} of {every} lines are drawn; {shown} of {all} reports pass the filters", counts);
      this.sources = [...new Set([...shown2.values()].flatMap((line) => [...line.reports, ...line.figures.filter((figure) => kind && figure.kind === kind)]).flatMap(({ sources }) => sources))];
      if (document.activeElement !== this.place) this.place.value = this.markOf.get(chosen)?.title ?? "";
    }
    /** What the picture shows, and its sources, as lines of words. */
    said() {
      const chosen = [...this.selects.filter(({ value }) => value).map((select) => [select, select.selectedOptions[0].textContent]), [this.place, this.place.value]];
      const filters = chosen.flatMap(([field, value]) => value ? [`${/** @type {HTMLInputElement} */
      field.labels?.[0].firstChild?.textContent?.trim()}: ${value}`] : []);
      const issuers = new Set(this.sources.map((source) => this.data.issuers[source] ?? source).sort());
      return [
        ...filters.length ? [this.words("Filter: {filter}.", { filter: filters.join("; ") })] : [],
        `${part("count").textContent}.`,
        `${this.words("Sources")}: ${[...issuers].join("; ")}`
      ];
    }
    /** Show the claims of a line, or of the lines of a place. @param {string} id @param {Map<MapLine, MapReports>} passing */
    say(id, passing) {
      const mark = this.markOf.get(id);
      const line = mark ? void 0 : this.lineOf.get(id);
      const thing = mark ?? line;
      if (!thing) return this.panel.replaceChildren(...this.key);
      const own2 = [...passing].filter(([one]) => one === line || mark && one.stops.includes(id)).map(([, reports]) => reports);
      const keys = new Set(own2.flatMap(({ reports, figures }) => [...reports.flatMap(({ claims }) => claims), ...figures.map(({ key }) => key)]));
      const all = mark ? this.words("All claims about this place") : this.words("All claims about this route");
      this.panel.replaceChildren(
        button([this.words("Close")], () => this.change({ chosen: "" }), { class: "close" }),
        made("h2", {}, thing.title),
        ...mark?.note ? [made("p", { class: "quiet" }, mark.note)] : [],
        ...line ? [made("p", {}, this.words("Sources: {sources}, reports: {reports} (before filters)", { sources: line.sources, reports: line.reports.length }))] : [],
        ...thing.pages.map(([label, href]) => made("p", {}, made("a", { href }, all), thing.pages.length > 1 ? `: ${label}` : "")),
        ...keys.size ? [] : [made("p", { class: "warn" }, this.words("The filters hide all its claims."))],
        claimList([...keys], this.words)
      );
      this.panel.scrollTop = 0;
    }
  };
  var tools = document.getElementById("tools");
  if (tools) {
    mapData().then((data) => {
      tools.hidden = false;
      new MapPage(data);
    }, () => part("panel").append(notLoaded())).finally(() => {
      document.documentElement.dataset.ready = "yes";
      performance.mark("ready");
    });
  }
})();
