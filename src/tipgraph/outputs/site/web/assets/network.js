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
    const own3 = made(
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
    return made("article", { class: `claim ${claim.modality}${others.length ? " contradicted" : ""}` }, own3, ...others);
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
      const copied2 = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      status.textContent = copied2 ? words("Copied.") : text;
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
  var reviewTitle = (words) => words("Review");
  var reviewWords = (words) => ({ reviewed: words("reviewed"), unreviewed: words("not reviewed") });
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

  // shared/near-words.js
  function typingErrors(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let above = (
      /** @type {number[]} */
      []
    ), row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let at = 1; at <= one.length; at++) {
      const next = [at];
      for (let to = 1; to <= other.length; to++) {
        const same = one[at - 1] === other[to - 1];
        next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + (same ? 0 : 1));
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) next[to] = Math.min(next[to], above[to - 2] + 1);
      }
      [above, row] = [row, next];
    }
    return row[other.length];
  }
  function nearFinder(texts) {
    let places;
    const short = (
      /** @type {number[]} */
      []
    );
    const index = () => {
      const found = /* @__PURE__ */ new Map();
      texts.forEach((text, at) => {
        const words = new Set(wordsOf(text));
        for (const word of words) found.set(word, (found.get(word) ?? /* @__PURE__ */ new Set()).add(at));
        short[at] = 1 / (words.size + 1);
      });
      return found;
    };
    return (words) => {
      places ??= index();
      const scores = /* @__PURE__ */ new Map();
      for (const word of words) {
        const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, best = /* @__PURE__ */ new Map();
        for (const [known, at] of places) {
          const errors = known.startsWith(word) ? 0 : typingErrors(word, known, most);
          if (errors > most) continue;
          for (const text of at) best.set(text, Math.max(best.get(text) ?? 0, 1 + (short[text] - errors) / 10));
        }
        for (const [text, score] of best) scores.set(text, (scores.get(text) ?? 0) + score);
      }
      const least = Math.max(...scores.values(), 0) - 1;
      return [...scores].filter(([, score]) => score > least).sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([text]) => text);
    };
  }

  // shared/search-box.js
  var OPTIONS_AT_ONCE = 12;
  function fit(name, text, words) {
    const at = name.indexOf(text);
    if (at < 0) return words.every((word) => name.includes(word)) ? 1 : 0;
    if (at === 0) return name === text ? 5 : 4;
    return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
  }
  function finder(things) {
    const known = things.map(({ label, aliases = "", page: page2 = "", also = "", weight = 0 }, index) => {
      const names = [label, ...aliases.split("; ")].filter(Boolean);
      const short = page2.match(/([^/#]+?)(?:\.html)?$/)?.[1] ?? "";
      return { index, weight, names, folded: names.map(folded), all: folded([...names, short, also].join(" ")) };
    });
    const near = nearFinder(known.map(({ all }) => all));
    return (text) => {
      const wanted = folded(text.trim()), words = wordsOf(text);
      if (!words.length) return [];
      const hits = known.flatMap(({ index, weight, names, folded: folded2, all }) => {
        const fits = folded2.map((name) => fit(name, wanted, words));
        const best = Math.max(0, ...fits), at = fits.indexOf(best);
        if (!best && !words.every((word) => all.includes(word))) return [];
        return [{ index, best, weight: best > 3 ? Infinity : best && weight, at, alias: at && best ? names[at] : "", length: names[at]?.length ?? 0 }];
      });
      if (!hits.length) return near(words).slice(0, OPTIONS_AT_ONCE).map((index) => ({ index, alias: "", near: true }));
      hits.sort((one, other) => (one.weight === other.weight ? 0 : other.weight - one.weight) || other.best - one.best || one.at - other.at || one.length - other.length);
      return hits.slice(0, OPTIONS_AT_ONCE);
    };
  }
  function makeSearch(box, list, things, { mark, found }) {
    let find;
    let hits = (
      /** @type {ReturnType<ReturnType<typeof finder>>} */
      []
    );
    let active = -1;
    const close2 = () => {
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const take = (number) => {
      const hit = hits[number];
      if (!hit) return;
      box.value = things[hit.index].label;
      close2();
      found(hit.index);
    };
    const activate = (number) => {
      active = number;
      [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
      list.children[number]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", list.children[number]?.id ?? "");
    };
    const open3 = () => {
      find ??= finder(things);
      hits = find(box.value);
      if (hits[0]?.near) list.dataset.near = "";
      else delete list.dataset.near;
      list.replaceChildren(...hits.map(({ index, alias }, number) => {
        const option = made(
          "li",
          { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" },
          mark(index),
          made("span", {}, things[index].label, ...alias ? [" ", made("span", { class: "quiet" }, alias)] : [])
        );
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(number));
        return option;
      }));
      list.hidden = !hits.length;
      if (hits.length) list.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-expanded", String(!list.hidden));
      active = -1;
      box.removeAttribute("aria-activedescendant");
    };
    box.addEventListener("input", open3);
    box.addEventListener("blur", close2);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        close2();
        box.value = "";
        return;
      }
      if (event.key === "Enter") {
        event.preventDefault();
        take(active < 0 ? 0 : active);
        return;
      }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (list.hidden) open3();
      if (hits.length) activate((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + hits.length) % hits.length);
    });
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
        const apart = ({ x, y }) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
        zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      } else if (travelled > STILL) pan(dx, dy);
    });
    addEventListener("pointerup", (event) => {
      if (down.delete(event.pointerId) && !down.size && travelled <= STILL) tap?.(event);
    });
    addEventListener("pointercancel", (event) => down.delete(event.pointerId));
    return () => travelled > STILL;
  }

  // network/buffer.js
  var MARGIN = 0.4;
  var MOST_PIXELS = 1e7;
  var Buffer = class {
    /** @param {HTMLElement} holder */
    constructor(holder) {
      this.holder = holder;
      this.seen = /** @type {Sheet | null} */
      null;
      this.next = /** @type {Sheet & {strokes: Generator<void>, done: boolean} | null} */
      null;
      this.opacity = "1";
    }
    /** Begin to paint a view, in place of one that is not done. @param {View} view @param {(ctx: CanvasRenderingContext2D) => Generator<void>} strokes */
    begin(view, strokes) {
      const sheet = blank(view);
      this.next = { ...sheet, strokes: strokes(sheet.ctx), done: false };
    }
    /** Paint until a moment; return whether all is painted. Reading a pixel makes the browser paint now, so that the clock is right. @param {number} until */
    work(until) {
      while (this.next && !this.next.done && performance.now() < until) {
        this.next.done = this.next.strokes.next().done ?? false;
        this.next.ctx.getImageData(0, 0, 1, 1);
      }
      return !this.next || this.next.done;
    }
    /** Show what is painted. */
    turn() {
      if (!this.next) return;
      const { canvas } = this.next;
      canvas.style.opacity = this.opacity;
      this.seen ? this.seen.canvas.replaceWith(canvas) : this.holder.append(canvas);
      this.seen = this.next;
      this.next = null;
    }
    drop() {
      this.seen?.canvas.remove();
      this.seen = this.next = null;
    }
    /** @param {string} opacity */
    fade(opacity) {
      this.opacity = opacity;
      if (this.seen) this.seen.canvas.style.opacity = opacity;
    }
    /** Put the sheet where a view sees it. @param {View} view */
    place(view) {
      if (!this.seen) return;
      const sheet = this.seen.view;
      const scale = view.scale / sheet.scale;
      const left = (sheet.x - view.x) * view.scale + (view.width - sheet.width * scale) / 2;
      const top = (sheet.y - view.y) * view.scale + (view.height - sheet.height * scale) / 2;
      const [x, y] = scale === 1 ? [left, top].map((at) => Math.round(at * view.ratio) / view.ratio) : [left, top];
      this.seen.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    }
  };
  function blank(view) {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(view.width * view.ratio);
    canvas.height = Math.round(view.height * view.ratio);
    Object.assign(canvas.style, { position: "absolute", left: "0", top: "0", transformOrigin: "0 0", willChange: "transform" });
    Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px`, pointerEvents: "none" });
    const ctx = (
      /** @type {CanvasRenderingContext2D} */
      canvas.getContext("2d", { willReadFrequently: true })
    );
    return { view, canvas, ctx };
  }
  function around(view) {
    const room = Math.sqrt(MOST_PIXELS / (view.width * view.height * view.ratio ** 2));
    const times = Math.min(Math.max(room, 1.2), 1 + 2 * MARGIN);
    return { ...view, width: Math.ceil(view.width * times), height: Math.ceil(view.height * times) };
  }

  // network/camera.js
  var FLIGHT = 600;
  function boxIn(view, around2 = 0) {
    const wide = (view.width / 2 + around2) / view.scale;
    const tall = (view.height / 2 + around2) / view.scale;
    return { left: view.x - wide, right: view.x + wide, top: view.y - tall, bottom: view.y + tall };
  }
  function cameraOn({ left, top, right, bottom }, width, height, largest) {
    const scale = Math.min(Math.max(width, 40) / (right - left), Math.max(height, 40) / (bottom - top), largest);
    return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
  }
  function cameraAt({ from, to, begun: begun2 }, now) {
    const part2 = Math.min(Math.max((now - begun2) / FLIGHT, 0), 1);
    const eased = part2 * part2 * (3 - 2 * part2);
    const scale = from.scale * (to.scale / from.scale) ** eased;
    const even = Math.abs(Math.log(to.scale / from.scale)) < 0.01;
    const way = even ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
    return part2 === 1 ? to : { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale };
  }

  // network/grid.js
  var Grid = class {
    /** @param {Float32Array} xs @param {Float32Array} ys */
    constructor(xs, ys) {
      this.xs = xs;
      this.ys = ys;
      this.box = boxOf(xs, ys);
      const [width, height] = [this.box.right - this.box.left, this.box.bottom - this.box.top];
      const count = Math.max(xs.length, 1);
      this.cell = Math.max(Math.sqrt(4 * width * height / count), Math.max(width, height) / count) || 1;
      this.columns = Math.floor(width / this.cell) + 1;
      this.rows = Math.floor(height / this.cell) + 1;
      this.starts = new Uint32Array(this.columns * this.rows + 1);
      this.points = new Uint32Array(xs.length);
      this.sort();
    }
    /** Put the points in the order of their cells; `starts` says where each cell begins. */
    sort() {
      const { xs, ys, starts, points } = this;
      const cells = Uint32Array.from(xs, (x, i) => this.row(ys[i]) * this.columns + this.column(x));
      for (const cell of cells) starts[cell + 1]++;
      for (let cell = 1; cell < starts.length; cell++) starts[cell] += starts[cell - 1];
      const next = starts.slice();
      cells.forEach((cell, i) => points[next[cell]++] = i);
    }
    /** @param {number} x */
    column(x) {
      return Math.min(Math.max(Math.floor((x - this.box.left) / this.cell), 0), this.columns - 1);
    }
    /** @param {number} y */
    row(y) {
      return Math.min(Math.max(Math.floor((y - this.box.top) / this.cell), 0), this.rows - 1);
    }
    /** Call a function with every point in a box. @param {Box} box @param {(point: number) => void} visit */
    within(box, visit) {
      const [first, last] = [this.column(box.left), this.column(box.right)];
      for (let row = this.row(box.top); row <= this.row(box.bottom); row++) {
        const end = this.starts[row * this.columns + last + 1];
        for (let at = this.starts[row * this.columns + first]; at < end; at++) {
          const point = this.points[at];
          if (holds(box, this.xs[point], this.ys[point])) visit(point);
        }
      }
    }
  };
  var holds = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
  function boxOf(xs, ys, points = xs.keys()) {
    const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
    for (const i of points) {
      box.left = Math.min(box.left, xs[i]);
      box.right = Math.max(box.right, xs[i]);
      box.top = Math.min(box.top, ys[i]);
      box.bottom = Math.max(box.bottom, ys[i]);
    }
    return box.left > box.right ? { left: 0, top: 0, right: 0, bottom: 0 } : box;
  }

  // shared/python.json
  var namespaces = {
    id: "https://w3id.org/tipgraph/id/",
    tip: "https://w3id.org/tipgraph/ns#",
    code: "https://w3id.org/tipgraph/code#",
    xsd: "http://www.w3.org/2001/XMLSchema#"
  };

  // shared/iris.js
  var { id: ID_BASE, tip: TIP, code: CODE, xsd: XSD } = namespaces;
  var shortIri = (iri) => iri.startsWith(ID_BASE) ? iri.slice(ID_BASE.length) : iri;

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
  function everything() {
    const without = (
      /** @type {NetworkState["without"]} */
      Object.fromEntries(FACETS.map((facet) => [facet, /* @__PURE__ */ new Set()]))
    );
    return { without, from: null, to: null, view: "picture", chosen: "", steps: 0, open: /* @__PURE__ */ new Set() };
  }
  var NetworkModel = class {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      const known = (
        /** @type {Map<string, string[]>} */
        /* @__PURE__ */ new Map()
      );
      const split = (text = "") => {
        const words = known.get(text) ?? text.split(" ");
        known.set(text, words);
        return words;
      };
      this.values = data.edges.map((edge) => {
        const { relation, kind, status, source, modality } = edge;
        return { relation: [relation], kind: split(kind), status: split(status), source: split(source), modality: [modality], review: [isReviewed(edge) ? "reviewed" : "unreviewed"] };
      });
      this.years = data.edges.map(yearsOf);
      this.span = spanOf(this.years);
      this.ends = /** @type {number[][]|null} */
      null;
      this.items = /** @type {Map<string, Item>|null} */
      null;
      this.ranks = /** @type {number[]|null} */
      null;
      this.tied = new Uint8Array(data.nodes.length);
      for (const edge of data.edges) this.tied[edge.from] = this.tied[edge.to] = 1;
    }
    /**
     * The nodes and edges that pass the filters. An edge is hidden with all its values of a facet, or if its dates are
     * surely others; a node with its class, or with all its edges.
     * @param {NetworkState} state
     */
    shown(state) {
      const { nodes, edges } = this.data;
      const hidden = nodes.map((node) => state.without.class.has(node.kind));
      const [from, to] = [state.from ?? -Infinity, state.to ?? Infinity];
      const shown2 = (
        /** @type {Shown} */
        { nodes: /* @__PURE__ */ new Set(), edges: /* @__PURE__ */ new Set(), undated: 0 }
      );
      nodes.forEach((node) => {
        if (!hidden[node.id] && !this.tied[node.id]) shown2.nodes.add(node.id);
      });
      const facets = EDGE_FACETS.filter((facet) => state.without[facet].size);
      for (const { id, from: start, to: end } of edges) {
        const years = this.years[id];
        if (hidden[start] || hidden[end] || years && (years[0] > to || years[1] < from)) continue;
        if (facets.some((facet) => this.values[id][facet].every((value) => state.without[facet].has(value)))) continue;
        shown2.edges.add(id);
        shown2.nodes.add(start).add(end);
      }
      if (state.steps && state.chosen) this.narrow(shown2, state);
      for (const id of shown2.edges) if (!this.years[id]) shown2.undated += 1;
      return shown2;
    }
    /** Leave only what is within some steps of the chosen item. @param {Shown} shown @param {NetworkState} state */
    narrow(shown2, { steps, chosen }) {
      const item = this.itemOf(chosen);
      if (!item) return;
      let near = new Set(this.endsOf(item));
      for (let step2 = item.kind === "edge" ? 1 : 0; step2 < steps; step2++) {
        near = /* @__PURE__ */ new Set([...near, ...[...near].flatMap((node) => this.touching[node].filter((id) => shown2.edges.has(id)).flatMap((id) => this.endsOf({ kind: "edge", id })))]);
      }
      for (const id of shown2.edges) if (!this.endsOf({ kind: "edge", id }).every((end) => near.has(end))) shown2.edges.delete(id);
      shown2.nodes = new Set([...shown2.nodes].filter((id) => near.has(id)));
    }
    /** @param {Item} item */
    endsOf({ kind, id }) {
      return kind === "node" ? [id] : [this.data.edges[id].from, this.data.edges[id].to];
    }
    /** The shown edges of a bundle, by any of them. @param {number} id @param {Shown} shown */
    bundle(id, shown2) {
      const { bundle = id, from } = this.data.edges[id];
      return this.touching[from].filter((other) => shown2.edges.has(other) && (this.data.edges[other].bundle ?? other) === bundle);
    }
    /** Count the values of a facet among some nodes (of classes) or edges. @param {Facet} facet @param {Iterable<number>} ids */
    counts(facet, ids) {
      const counts = (
        /** @type {Map<string, number>} */
        /* @__PURE__ */ new Map()
      );
      for (const id of ids) {
        const values = facet === "class" ? [this.data.nodes[id].kind] : this.values[id][facet];
        for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return counts;
    }
    /** The edges of each node, in the order of the data. */
    get touching() {
      if (this.ends) return this.ends;
      this.ends = this.data.nodes.map(() => []);
      for (const { id, from, to } of this.data.edges) for (const end of /* @__PURE__ */ new Set([from, to])) this.ends[end].push(id);
      return this.ends;
    }
    /** The labels of the values of a facet; sources have short names only. @param {Facet} facet @param {Words} words @returns {Labels} */
    labels(facet, words) {
      const { classes, relations, kinds, statuses } = this.data;
      const modalities = { stated: words("stated"), implied: words("implied") };
      return { class: classes, relation: relations, kind: kinds, status: statuses, source: {}, modality: modalities, review: reviewWords(words) }[facet];
    }
    /** The filters in words; empty without any. @param {NetworkState} state @param {Words} words */
    asked(state, words) {
      const titles = facetTitles(words);
      const parts = FACETS.filter((facet) => state.without[facet].size).map((facet) => `${titles[facet]}: ${this.left(facet, state, words)}`);
      if (state.from !== null || state.to !== null) parts.push(`${words("Years")}: ${state.from ?? "…"} – ${state.to ?? "…"}`);
      const item = state.steps ? this.itemOf(state.chosen) : null;
      if (item) parts.push(words("only {name} and its neighbours, steps: {steps}", { name: this.endsOf(item).map((id) => this.data.nodes[id].label).join(", "), steps: state.steps }));
      return parts.join("; ");
    }
    /** The values left of a facet, or those filtered out, whichever are fewer. @param {Facet} facet @param {NetworkState} state @param {Words} words */
    left(facet, state, words) {
      const labels = this.labels(facet, words);
      const all = [...this.counts(facet, (facet === "class" ? this.data.nodes : this.data.edges).keys()).keys()];
      const [gone, rest] = [all.filter((value) => state.without[facet].has(value)), all.filter((value) => !state.without[facet].has(value))];
      const names = (values) => values.map((value) => value ? labels[value] ?? value : words("not stated")).join(", ");
      return rest.length && rest.length < gone.length ? words("only {names}", { names: names(rest) }) : words("without {names}", { names: names(gone) });
    }
    /** The nodes, the most wanted first. */
    get ranked() {
      this.ranks ??= rankedOf(this.data);
      return this.ranks;
    }
    /** An edge in a few words, its caveats last. @param {NetworkEdge} edge */
    sentence(edge) {
      const { nodes, relations } = this.data;
      return `${nodes[edge.from].label} ${relations[edge.relation]} ${nodes[edge.to].label}${caveatsOf(edge)}`;
    }
    /** The traits of an edge in a few words each. @param {NetworkEdge} edge @param {Words} words */
    traits(edge, words) {
      const titled = (title, text) => text && `${title}: ${text}`;
      return [
        titled(words("Kind"), this.kindOf(edge, words)),
        titled(words("Status"), this.statusOf(edge, words)),
        titled(words("Date"), this.dateOf(edge, words)),
        titled(words("Amount"), this.money(edge, words)),
        words(edge.modality)
      ].filter(Boolean);
    }
    /** @param {NetworkEdge} edge @param {Words} words */
    kindOf(edge, words) {
      return noted(edge, ["kind"], this.values[edge.id].kind.map((value) => this.data.kinds[value] ?? value).join(", "), words);
    }
    /** @param {NetworkEdge} edge @param {Words} words */
    statusOf(edge, words) {
      return noted(edge, ["status"], this.values[edge.id].status.map((value) => this.data.statuses[value] ?? value).join(", "), words);
    }
    /** @param {NetworkEdge} edge @param {Words} words */
    dateOf(edge, words) {
      return noted(edge, ["date", "earliest", "latest"], edge.date ?? "", words);
    }
    /** @param {NetworkEdge} edge @param {Words} words */
    money({ amount, currency = "", shared_amount, shared_by = 1 }, words) {
      const say = (number) => `${number.toLocaleString(this.data.language)} ${currency}`;
      if (amount !== void 0) return say(amount);
      return shared_amount === void 0 ? "" : words("{amount} for {count} links together", { amount: say(shared_amount), count: shared_by });
    }
    /** The name of an item in a fragment. @param {Item|null} item */
    nameOf(item) {
      if (!item) return "";
      return item.kind === "edge" ? this.data.edges[item.id].key : shortIri(this.data.nodes[item.id].iri);
    }
    /** The item of a name in a fragment, if there is one. @param {string} name */
    itemOf(name) {
      const { nodes, edges } = this.data;
      this.items ??= new Map([
        ...edges.map(({ id, key }) => (
          /** @type {[string, Item]} */
          [key, { kind: "edge", id }]
        )),
        ...nodes.map(({ id, iri }) => (
          /** @type {[string, Item]} */
          [shortIri(iri), { kind: "node", id }]
        ))
      ]);
      return name && this.items.get(name) || null;
    }
  };
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
  function facetTitles(words) {
    return {
      class: words("Entries"),
      relation: words("Links"),
      kind: words("Kind of link"),
      status: words("Status"),
      source: words("Source"),
      modality: words("Stated or implied"),
      review: reviewTitle(words)
    };
  }
  var claimsOf2 = ({ key, claims }) => claims ?? [key.split("#", 1)[0]];
  function yearsOf({ earliest, latest }) {
    if (!earliest && !latest) return null;
    return [earliest ? parseInt(earliest, 10) : -Infinity, latest ? parseInt(latest, 10) : Infinity];
  }
  function spanOf(years) {
    let [first, last] = [Infinity, -Infinity];
    for (const pair of years) for (const year of pair ?? []) {
      if (Number.isFinite(year)) [first, last] = [Math.min(first, year), Math.max(last, year)];
    }
    return first <= last ? [first, last] : null;
  }
  function noted({ inherited = "", concluded = "" }, names, text, words) {
    const isNamed = (list) => list.split(" ").some((name) => names.includes(name));
    if (!text || !isNamed(inherited)) return text;
    return isNamed(concluded) ? words("{text} (of its project or event, implied)", { text }) : words("{text} (of its project or event)", { text });
  }
  var tieWords = ({ relations }, edge) => relations[edge.relation] + caveatsOf(edge);
  var caveatsOf = ({ caveats }) => caveats ? ` (${caveats})` : "";
  function fragmentOf(state) {
    const given = new URLSearchParams();
    for (const facet of FACETS) for (const value of state.without[facet]) given.append(`without-${facet}`, value);
    if (state.from !== null) given.set("from", String(state.from));
    if (state.to !== null) given.set("to", String(state.to));
    if (state.view !== "picture") given.set("view", state.view);
    if (state.chosen) given.set("at", state.chosen);
    if (state.steps) given.set("steps", String(state.steps));
    for (const name of state.open) given.append("open", name);
    return String(given);
  }
  function stateOf(fragment) {
    const [given, state] = [new URLSearchParams(fragment), everything()];
    for (const facet of FACETS) state.without[facet] = new Set(given.getAll(`without-${facet}`));
    for (
      const end of
      /** @type {("from"|"to")[]} */
      ["from", "to"]
    ) {
      const year = given.get(end);
      if (year && /^-?\d{1,4}$/.test(year)) state[end] = Number(year);
    }
    if (given.get("view") === "table") state.view = "table";
    state.chosen = given.get("at") ?? "";
    state.steps = Number(/^[12]$/.exec(given.get("steps") ?? "") ?? 0);
    state.open = new Set(given.getAll("open"));
    return state;
  }

  // network/columns.js
  var FINE = 2e3;
  var LOOP = 12;
  var CLOSEST = 0.45;
  var LARGEST = 20;
  var [SMALL_CLUSTER, LARGEST_CLUSTER] = [12, 26];
  var Columns = class {
    /** @param {NetworkData} data */
    constructor(data) {
      const { nodes, options } = data;
      const edges = [...data.edges];
      for (const line of bundled(data.edges, edges.keys())) edges[line.id] = line;
      this.labels = nodes.map(({ short, label, below }) => [short ?? label, ...below ? [below] : []]);
      this.entries = nodes.map(({ entries = 0 }) => entries);
      this.sizes = new Float32Array(nodes.map(({ size = 0 }) => size));
      this.xs = new Float32Array(nodes.map((node) => node.x));
      this.ys = new Float32Array(nodes.map((node) => node.y));
      this.from = new Uint32Array(edges.map((edge) => edge.from));
      this.to = new Uint32Array(edges.map((edge) => edge.to));
      this.bends = new Float32Array(edges.map(bendOf));
      this.grid = new Grid(this.xs, this.ys);
      this.closest = CLOSEST * closestOf(nodes.filter(({ entries }) => entries));
      this.spacing = this.spaced(data.clusters ?? [[...nodes.keys()]]);
      const degrees = this.degrees();
      this.weights = degrees.map((degree) => 1 + 0.3 * Math.log2(1 + degree));
      this.ranked = rankedOf(data);
      const groups = options.groups ?? {};
      this.nodeStyles = sorted(nodes, (node) => `${node.group} ${node.planned}`, (node) => nodeStyle(node, groups));
      this.edgeStyles = sorted(edges, (edge) => `${edge.width} ${edge.dashes} ${edge.color?.opacity} ${edge.arrows}`, edgeStyle);
    }
    /** How far neighbours are from each other within clusters. @param {number[][]} clusters */
    spaced(clusters) {
      const areas = clusters.map((nodes) => {
        const { left, top, right, bottom } = boxOf(this.xs, this.ys, nodes);
        return (right - left) * (bottom - top);
      });
      const sum = (values) => values.reduce((all, value) => all + value, 0);
      return Math.sqrt(sum(areas) / Math.max(sum(clusters.map(({ length }) => length)), 1)) || 1;
    }
    degrees() {
      const degrees = new Float32Array(this.xs.length);
      for (const ends of [this.from, this.to]) for (const node of ends) degrees[node]++;
      return degrees;
    }
    /** Return the radius of a node in CSS pixels. @param {number} node @param {number} scale */
    radius(node, scale) {
      if (this.sizes[node]) return Math.min(Math.max(this.sizes[node] * scale, Math.min(this.closest * scale, SMALL_CLUSTER)), LARGEST_CLUSTER);
      return Math.min(this.weights[node] * Math.min(Math.max(0.13 * this.spacing * scale, 0.75), 6), LARGEST);
    }
    /** Return the point that an edge bends towards, in the plane. @param {number} edge */
    via(edge) {
      const { xs, ys } = this;
      const a = this.from[edge], b = this.to[edge], bend = this.bends[edge];
      const dx = xs[b] - xs[a], dy = ys[b] - ys[a];
      return { x: xs[a] + dx / 2 + dy * bend, y: ys[a] + dy / 2 - dx * bend };
    }
    /** Return how far a point of the plane is from an edge as it is drawn, in the plane. @param {number} edge @param {Camera} at */
    away(edge, { x, y, scale }) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      if (a === b) return Math.abs(Math.hypot(ax + LOOP / scale - x, ay - y) - LOOP / scale);
      if (!this.bends[edge]) return fromLine(x, y, ax, ay, bx, by);
      const via = this.via(edge);
      let nearest = Infinity, lastX = ax, lastY = ay;
      for (let t = 0.125; t <= 1; t += 0.125) {
        const nextX = (1 - t) * ((1 - t) * ax + 2 * t * via.x) + t * t * bx;
        const nextY = (1 - t) * ((1 - t) * ay + 2 * t * via.y) + t * t * by;
        nearest = Math.min(nearest, fromLine(x, y, lastX, lastY, nextX, nextY));
        lastX = nextX;
        lastY = nextY;
      }
      return nearest;
    }
    /** The nodes and edges of a part that a view shows. From near, many edges that only pass through are left out. @param {Part} part @param {View} view @returns {Sight} */
    seen(part2, view) {
      const { from, to } = this;
      const box = boxIn(view, 40);
      const inside = new Uint8Array(this.xs.length);
      this.grid.within(box, (node) => inside[node] = part2.nodes[node]);
      const ends = (edge) => inside[from[edge]] || inside[to[edge]];
      const edges = this.edgeStyles.order.filter((edge) => part2.edges[edge] && (ends(edge) || this.passes(edge, box)));
      const nodes = this.nodeStyles.order.filter((node) => inside[node]);
      return { nodes, edges: edges.length > FINE ? edges.filter(ends) : edges, names: [] };
    }
    /** Whether an edge may pass through a box: its ends are not on one side of it. @param {number} edge @param {Box} box */
    passes(edge, { left, top, right, bottom }) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      return !(ax < left && bx < left || ax > right && bx > right || ay < top && by < top || ay > bottom && by > bottom);
    }
    /** The node nearest to a point, or -1; `reach` is in pixels around its shape. @param {Part} part @param {Camera} at @param {number} reach */
    nodeNear(part2, { x, y, scale }, reach) {
      let found = -1, nearest = Infinity;
      const far = (LARGEST_CLUSTER + reach) / scale;
      this.grid.within({ left: x - far, right: x + far, top: y - far, bottom: y + far }, (node) => {
        const away = Math.hypot(this.xs[node] - x, this.ys[node] - y) * scale - this.radius(node, scale);
        if (part2.nodes[node] && away <= reach && away < nearest) [found, nearest] = [node, away];
      });
      return found;
    }
    /** The edge nearest to a point within reach, or -1. It looks at all edges: 40,000 take two milliseconds. @param {Uint32Array} edges @param {Camera} at @param {number} reach */
    edgeNear(edges, at, reach) {
      let found = -1, nearest = reach / at.scale;
      for (const edge of edges) {
        const away = this.mayReach(edge, at, nearest) ? this.away(edge, at) : Infinity;
        if (away >= nearest) continue;
        found = edge;
        nearest = away;
      }
      return found;
    }
    /** Whether a point is within the box around an edge. @param {number} edge @param {Camera} at @param {number} near */
    mayReach(edge, { x, y, scale }, near) {
      const a = this.from[edge], b = this.to[edge];
      const ax = this.xs[a], ay = this.ys[a], bx = this.xs[b], by = this.ys[b];
      const bent = Math.abs(this.bends[edge]) * (Math.abs(ax - bx) + Math.abs(ay - by));
      const slack = near + (a === b ? 2 * LOOP / scale : bent);
      return x > Math.min(ax, bx) - slack && x < Math.max(ax, bx) + slack && y > Math.min(ay, by) - slack && y < Math.max(ay, by) + slack;
    }
  };
  function sorted(things, keyOf, styleOf) {
    const alike = (
      /** @type {Map<string, number[]>} */
      /* @__PURE__ */ new Map()
    );
    things.forEach((thing, number) => {
      const key = keyOf(thing);
      const others = alike.get(key);
      if (others) others.push(number);
      else alike.set(key, [number]);
    });
    const of = new Uint16Array(things.length);
    const sets = [...alike.values()];
    sets.forEach((set, style) => set.forEach((thing) => of[thing] = style));
    return { of, order: Uint32Array.from(sets.flat()), styles: sets.map(([first]) => styleOf(things[first])) };
  }
  var nodeStyle = ({ group, planned = false }, groups) => ({ group, shape: groups[group]?.shape ?? "dot", planned });
  function edgeStyle({ dashes = [], width = 1.5, color, arrows }) {
    return { dash: dashes, width, opacity: color?.opacity ?? 1, arrow: Boolean(arrows) };
  }
  var closestOf = (points) => Math.min(...points.flatMap((one, at) => points.slice(at + 1).map((other) => Math.hypot(one.x - other.x, one.y - other.y))));
  var bendOf = ({ smooth }) => smooth ? smooth.type === "curvedCCW" ? -smooth.roundness : smooth.roundness : 0;
  function fromLine(x, y, ax, ay, bx, by) {
    const dx = bx - ax, dy = by - ay;
    const part2 = Math.min(Math.max(((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1), 0), 1);
    const offX = ax + part2 * dx - x, offY = ay + part2 * dy - y;
    return Math.sqrt(offX * offX + offY * offY);
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
  var tidy = (value) => Math.round(value * 10) / 10;

  // network/glyphs.js
  var SHAPE_CORNERS = (
    /** @type {Record<string, [number, number][]>} */
    {
      square: [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]],
      triangle: [[0, -1.1], [1.1, 0.8], [-1.1, 0.8]],
      diamond: [[0, -1.2], [1.2, 0], [0, 1.2], [-1.2, 0]],
      hexagon: [[1, 0], [0.5, 0.87], [-0.5, 0.87], [-1, 0], [-0.5, -0.87], [0.5, -0.87]]
    }
  );
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
  function shapeMark(shape, x, y, radius, style) {
    const corners = SHAPE_CORNERS[shape];
    if (!corners) return drawn("circle", { cx: x, cy: y, r: radius, ...style });
    const points = corners.map(([dx, dy]) => `${tidy(x + dx * radius)},${tidy(y + dy * radius)}`).join(" ");
    return drawn("polygon", { points, ...style });
  }
  function fillOf(colour, planned, ground) {
    if (!planned) return { fill: colour, stroke: colour, "stroke-width": 1.5 };
    return { fill: ground, stroke: colour, "stroke-width": 2 };
  }
  function groupMark(data, group) {
    const shape = data.options.groups?.[group]?.shape ?? "dot";
    const mark = shapeMark(shape, 8, 8, 5.5, {});
    return drawn("svg", { class: `mark group-${group}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" }, mark);
  }
  function familyOf({ renderer, families = {} }, relation, prefix) {
    return renderer === "vis" && families[relation] ? prefix + families[relation] : "";
  }
  function relationMark(data, relation, directed) {
    const line = drawn("path", { d: directed ? "M1 6H19" : "M1 6H27", "stroke-width": 2.5, fill: "none" });
    const mark = drawn("svg", { class: `mark ${familyOf(data, relation, "link-") || "link-quiet"}`, viewBox: "0 0 28 12", width: 28, height: 12, "aria-hidden": "true" }, line);
    if (directed) mark.append(drawn("path", { d: "M18 1.5L27 6L18 10.5Z", class: "head" }));
    return mark;
  }
  var LINE_LENGTH = 20;
  function linesOf(label, most = 3) {
    const lines = wrapped(label, LINE_LENGTH);
    return lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]}…`] : lines;
  }
  var capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

  // network/density.js
  var BAND = 32;
  var DENSEST = 0.7;
  function* paintDensity(ctx, ends, weights, colour, strength) {
    const { width, height } = ctx.canvas;
    const band = new Band(width);
    const image = ctx.createImageData(width, BAND);
    const pixels = new Uint32Array(image.data.buffer);
    const tones = tonesOf(ctx, colour, strength);
    for (let top = 0; top < height; top += BAND) {
      band.count(ends, weights, top);
      band.colour(pixels, tones);
      ctx.putImageData(image, 0, top);
      yield;
    }
  }
  var Band = class {
    /** @param {number} width */
    constructor(width) {
      this.width = width;
      this.rows = BAND + 2;
      this.field = new Float32Array(width * this.rows);
    }
    /** Count the lines that cross the rows from `top` on. @param {Float32Array} ends @param {Float32Array} weights @param {number} top */
    count(ends, weights, top) {
      this.field.fill(0);
      const above = top - 1;
      for (let i = 0; i < weights.length; i++) {
        const ay = ends[4 * i + 1] - above, by = ends[4 * i + 3] - above;
        if (ay < 0 && by < 0 || ay > this.rows && by > this.rows) continue;
        this.line(ends[4 * i], ay, ends[4 * i + 2], by, weights[i]);
      }
    }
    /** Give each pixel its tone. @param {Uint32Array} pixels @param {Uint32Array} tones */
    colour(pixels, tones) {
      const { field, width } = this;
      for (let i = 0; i < pixels.length; i++) pixels[i] = tones[Math.min(field[width + i] * 32, 2047) | 0];
    }
    /** Add a line one pixel wide, as far as it is in the band. @param {number} ax @param {number} ay @param {number} bx @param {number} by @param {number} weight */
    line(ax, ay, bx, by, weight) {
      const dx = bx - ax, dy = by - ay;
      if (Math.abs(dx) >= Math.abs(dy)) {
        if (dx) this.along(dx > 0 ? ax : bx, dx > 0 ? ay : by, Math.abs(dx), dy / dx, this.width, this.rows, 1, this.width, weight);
      } else this.along(dy > 0 ? ay : by, dy > 0 ? ax : bx, Math.abs(dy), dx / dy, this.rows, this.width, this.width, 1, weight);
    }
    /**
     * Walk a line along the axis on which it is longer, each step shared by the two pixels that it passes between.
     * @param {number} start  on that axis @param {number} across  where the line begins on the other axis
     * @param {number} length  on that axis @param {number} slope @param {number} size  of the band on that axis
     * @param {number} breadth  of the band on the other @param {number} step  in the field, on that axis
     * @param {number} stride  in the field, on the other @param {number} weight
     */
    along(start, across, length, slope, size, breadth, step2, stride, weight) {
      let first = Math.max(Math.ceil(start), 0);
      let last = Math.min(Math.floor(start + length), size - 1);
      if (slope) {
        const [low, high] = [start - across / slope, start + (breadth - 1.001 - across) / slope];
        first = Math.max(first, Math.ceil(Math.min(low, high)));
        last = Math.min(last, Math.floor(Math.max(low, high)));
      } else if (across < 0 || across >= breadth - 1) return;
      let place = across + slope * (first - start);
      const field = this.field;
      for (let at = first; at <= last; at++, place += slope) {
        const whole = Math.max(Math.floor(place), 0);
        const over = place - whole;
        const pixel = at * step2 + whole * stride;
        field[pixel] += weight * (1 - over);
        field[pixel + stride] += weight * over;
      }
    }
  };
  function tonesOf(ctx, colour, strength) {
    const tone = ctx.createImageData(1, 1);
    const [red, green, blue] = channelsOf(ctx, colour);
    const bytes = tone.data;
    const pixel = new Uint32Array(bytes.buffer);
    return Uint32Array.from({ length: 2048 }, (_, i) => {
      const lines = strength * i / 32;
      const opacity = DENSEST * lines / (DENSEST + lines);
      bytes.set([red, green, blue, Math.round(255 * opacity)]);
      return pixel[0];
    });
  }
  function channelsOf(ctx, colour) {
    ctx.save();
    ctx.resetTransform();
    ctx.fillStyle = colour;
    ctx.fillRect(0, 0, 1, 1);
    const { data } = ctx.getImageData(0, 0, 1, 1);
    ctx.clearRect(0, 0, 1, 1);
    ctx.restore();
    return data;
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
      const around2 = near || first.size ? AWAY : [0];
      const inside = (box) => (!frame || within(box, frame)) && names.free(box);
      this.written = [];
      for (const node of wanted.filter((id) => spots.has(id))) {
        const spot = (
          /** @type {Spot} */
          spots.get(node)
        );
        if (!near && !first.size && !beside(NARROWEST, spot, around2, (box) => nodes.free(box) && inside(box))) continue;
        const name = this.name(node, near);
        const side = beside(name, spot, around2, (box) => nodes.free(box) && inside(box)) ?? (first.size ? beside(name, spot, around2, (box) => lit.free(box) && inside(box)) : null);
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
      const name = known.get(node) ?? nameOf(node, linesOf(short ?? label, lines));
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
  function beside(name, spot, around2, fits) {
    for (const away of around2) for (const [dx, dy] of sidesOf(name, spot.radius + away)) {
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

  // network/strokes.js
  var LABELS = 400;
  var LINE = 14;
  var RING = 3;
  var COUNT_FONT2 = "600 11px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  var LABEL_FONT = "12px system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  function* painting(ctx, drawing, view, { nodes, edges, names }, palette, lit = false) {
    const strokes = new Strokes(ctx, drawing, view, lit ? { ...palette, quiet: palette.accent } : palette);
    yield* edges.length > FINE ? strokes.density(edges) : strokes.lines(edges);
    if (lit) yield* strokes.halos(nodes);
    yield* strokes.shapes(nodes);
    yield* strokes.clusters(nodes);
    yield* strokes.names(nodes, names);
  }
  var Strokes = class {
    /** @param {CanvasRenderingContext2D} ctx @param {Columns} drawing @param {View} view @param {Palette} palette */
    constructor(ctx, drawing, view, palette) {
      this.ctx = ctx;
      this.drawing = drawing;
      this.view = view;
      this.palette = palette;
      this.size = Math.min(Math.max(drawing.spacing * view.scale / 40, 0.4), 1);
      ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    }
    /** @param {number} x */
    x(x) {
      return (x - this.view.x) * this.view.scale + this.view.width / 2;
    }
    /** @param {number} y */
    y(y) {
      return (y - this.view.y) * this.view.scale + this.view.height / 2;
    }
    /** Draw many edges straight and one device pixel wide. @param {Uint32Array} edges */
    *density(edges) {
      const { drawing, view } = this;
      const { xs, ys, from, to, edgeStyles } = drawing;
      const ends = new Float32Array(4 * edges.length);
      edges.forEach((edge, i) => {
        ends[4 * i] = view.ratio * this.x(xs[from[edge]]);
        ends[4 * i + 1] = view.ratio * this.y(ys[from[edge]]);
        ends[4 * i + 2] = view.ratio * this.x(xs[to[edge]]);
        ends[4 * i + 3] = view.ratio * this.y(ys[to[edge]]);
      });
      const weights = new Float32Array(edges.length);
      edges.forEach((edge, i) => weights[i] = edgeStyles.styles[edgeStyles.of[edge]].opacity);
      yield* paintDensity(this.ctx, ends, weights, this.palette.quiet, Math.sqrt(FINE / edges.length) / 2);
    }
    /** Draw few edges with all that they show. @param {Uint32Array} edges */
    *lines(edges) {
      const { ctx, drawing, palette } = this;
      ctx.strokeStyle = ctx.fillStyle = palette.quiet;
      const slim = this.size * Math.min(Math.max(Math.sqrt(80 / edges.length), 0.4), 1);
      for (const { style, some } of runs(edges, drawing.edgeStyles, 20)) {
        ctx.globalAlpha = style.opacity;
        ctx.lineWidth = Math.max(slim * style.width, 0.8);
        ctx.setLineDash(style.dash.map((length) => this.size * length));
        for (const edge of some) this.line(edge, style);
        yield;
      }
      ctx.globalAlpha = 1;
      ctx.setLineDash([]);
    }
    /** @param {number} edge @param {EdgeStyle} style */
    line(edge, style) {
      const { ctx, drawing } = this;
      const [a, b] = [drawing.from[edge], drawing.to[edge]];
      const [x, y, endX, endY] = [this.x(drawing.xs[a]), this.y(drawing.ys[a]), this.x(drawing.xs[b]), this.y(drawing.ys[b])];
      const via = drawing.via(edge);
      ctx.beginPath();
      ctx.moveTo(x, y);
      if (a === b) ctx.arc(x + LOOP, y, LOOP, Math.PI, 3 * Math.PI);
      else if (drawing.bends[edge]) ctx.quadraticCurveTo(this.x(via.x), this.y(via.y), endX, endY);
      else ctx.lineTo(endX, endY);
      ctx.stroke();
      if (style.arrow && a !== b) this.arrow(b, Math.atan2(endY - this.y(via.y), endX - this.x(via.x)));
    }
    /** Draw the head of an arrow that comes to a node. @param {number} node @param {number} angle */
    arrow(node, angle) {
      const { ctx, drawing, view } = this;
      const size = 6 * this.size + 1.5 * ctx.lineWidth;
      const off = drawing.radius(node, view.scale) + 1;
      const [x, y] = [this.x(drawing.xs[node]) - off * Math.cos(angle), this.y(drawing.ys[node]) - off * Math.sin(angle)];
      ctx.beginPath();
      ctx.moveTo(x, y);
      for (const side of [-0.42, 0.42]) ctx.lineTo(x - size * Math.cos(angle + side), y - size * Math.sin(angle + side));
      ctx.fill();
    }
    /** Light up what lies around nodes. @param {Uint32Array} nodes */
    *halos(nodes) {
      const { ctx, drawing, view, palette } = this;
      ctx.fillStyle = palette.accent;
      ctx.globalAlpha = 0.25;
      for (const { some } of runs(nodes, drawing.nodeStyles, 50)) {
        ctx.beginPath();
        for (const node of some) {
          outline(ctx, "dot", this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale) + 5 * this.size);
        }
        ctx.fill();
        yield;
      }
      ctx.globalAlpha = 1;
    }
    /** Draw nodes, by colour and by shape; planned ones hollow. @param {Uint32Array} nodes */
    *shapes(nodes) {
      const { ctx, drawing, view, palette } = this;
      ctx.lineWidth = 1.5;
      ctx.setLineDash([]);
      for (const { style, some } of runs(nodes, drawing.nodeStyles, 100)) {
        const colour = palette.groups[style.group] ?? palette.quiet;
        ctx.strokeStyle = style.planned ? colour : palette.ground;
        ctx.fillStyle = style.planned ? palette.ground : colour;
        ctx.beginPath();
        for (const node of some) {
          outline(ctx, style.shape, this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale));
        }
        if (style.planned || nodes.length <= FINE) ctx.stroke();
        ctx.fill();
        yield;
      }
    }
    /** Put a ring around each closed cluster, and the number of its entries into it. @param {Uint32Array} nodes */
    *clusters(nodes) {
      const { ctx, drawing, view, palette } = this;
      Object.assign(ctx, { font: COUNT_FONT2, textAlign: "center", textBaseline: "middle", lineWidth: 2 });
      for (const node of nodes) {
        if (!drawing.entries[node]) continue;
        const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
        ctx.beginPath();
        ctx.arc(x, y, radius - RING, 0, 2 * Math.PI);
        ctx.strokeStyle = palette.ground;
        ctx.stroke();
        ctx.fillStyle = palette.ground;
        if (ctx.measureText(String(drawing.entries[node])).width < 2 * (radius - RING) - 2) ctx.fillText(String(drawing.entries[node]), x, y);
      }
      yield;
    }
    /** Write the names of nodes where there is room, the best tied first. @param {Uint32Array} nodes @param {Sight["names"]} names  which takes their boxes */
    *names(nodes, names) {
      const { ctx, drawing, view, palette } = this;
      Object.assign(ctx, { font: LABEL_FONT, textAlign: "center", textBaseline: "top", lineJoin: "round", lineWidth: 3 });
      Object.assign(ctx, { strokeStyle: palette.ground, fillStyle: palette.ink });
      const apart = Math.min(Math.max(200 / (drawing.spacing * view.scale), 2), 30);
      const [room, solid, frame] = [
        new Room(),
        new Room(),
        /** @type {Frame} */
        [0, 0, view.width, view.height]
      ];
      for (const node of nodes.length > FINE ? [] : nodes) {
        const [x, y, radius] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]), drawing.radius(node, view.scale)];
        solid.take([x - radius, y - radius, x + radius, y + radius]);
      }
      const wanted = new Uint8Array(drawing.xs.length);
      for (const node of nodes) wanted[node] = 1;
      let written = 0;
      for (const node of drawing.ranked) {
        if (!wanted[node]) continue;
        const lines = drawing.labels[node].map((line) => shortened(line, drawing.entries[node] ? 22 : 30));
        const [x, y] = [this.x(drawing.xs[node]), this.y(drawing.ys[node]) + drawing.radius(node, view.scale) + 2];
        const [half, high] = [3.2 * Math.max(...lines.map(({ length }) => length)), LINE * lines.length];
        const off = drawing.entries[node] ? 2 : apart;
        const [text, box] = (
          /** @type {Frame[]} */
          [[x - half, y, x + half, y + high], [x - half - off, y - off / 2, x + half + off, y + high + off / 2]]
        );
        if (!within(box, frame) || !room.free(box) || !solid.free(text)) continue;
        room.take(box);
        names.push({ node, box: text });
        for (const write of [ctx.strokeText, ctx.fillText]) lines.forEach((line, number) => write.call(ctx, line, x, y + LINE * number));
        if (++written === LABELS) return;
        if (written % 20 === 0) yield;
      }
    }
  };
  function* runs(things, styled2, most) {
    for (let begin = 0, end = 0; begin < things.length; begin = end) {
      const style = styled2.of[things[begin]];
      while (end < things.length && end - begin < most && styled2.of[things[end]] === style) end++;
      yield { style: styled2.styles[style], some: things.subarray(begin, end) };
    }
  }
  function outline(ctx, shape, x, y, radius) {
    const corners = SHAPE_CORNERS[shape];
    if (radius < 1.6) ctx.rect(x - radius, y - radius, 2 * radius, 2 * radius);
    else if (corners) {
      ctx.moveTo(x + corners[0][0] * radius, y + corners[0][1] * radius);
      for (const [dx, dy] of corners) ctx.lineTo(x + dx * radius, y + dy * radius);
      ctx.closePath();
    } else {
      ctx.moveTo(x + radius, y);
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
    }
  }
  var shortened = (text, most) => text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;

  // network/canvas-picture.js
  var SLICE = 10;
  var LONG_SLICE = 40;
  var SETTLED = 140;
  var [ASIDE, ABOVE] = [70, 44];
  var NEAR2 = 60;
  var DIMMED = "0.12";
  var REACH = { mouse: 4, touch: 12 };
  var TURN = 0.3;
  var FIGURE = 1600;
  var CanvasPicture = class {
    /** @param {HTMLElement} container @param {NetworkData} data @param {(item: Item | null) => void} choose */
    constructor(container, data, choose) {
      this.container = container;
      this.data = data;
      this.choose = choose;
      this.drawing = new Columns(data);
      this.shown = /** @type {Part} */
      { nodes: new Uint8Array(data.nodes.length).fill(1), edges: new Uint8Array(data.edges.length).fill(1) };
      this.kept = new Set(data.edges.keys());
      this.sight = /** @type {Sight} */
      { nodes: new Uint32Array(), edges: new Uint32Array(), names: [] };
      this.selected = /** @type {Item|null} */
      null;
      this.palette = paletteOf(data);
      this.holder = container.appendChild(document.createElement("div"));
      Object.assign(this.holder.style, { position: "relative", overflow: "hidden", width: "100%", height: "100%" });
      this.holder.style.touchAction = "none";
      this.buffers = { all: new Buffer(this.holder), chosen: new Buffer(this.holder) };
      this.camera = /** @type {Camera} */
      { x: 0, y: 0, scale: 1 };
      this.flight = /** @type {Flight|null} */
      null;
      this.width = this.height = 0;
      this.moved = -Infinity;
      this.fitted = true;
      this.awake = this.outdated = false;
      this.settling = 0;
      this.isReady = () => {
      };
      this.ready = /** @type {Promise<void>} */
      new Promise((resolve) => {
        this.isReady = resolve;
      });
      this.listen();
      this.resize();
    }
    listen() {
      new ResizeObserver(() => this.resize()).observe(this.holder);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
        this.palette = paletteOf(this.data);
        this.repaint();
      });
      const { holder } = this;
      followPointers(holder, {
        pan: (dx, dy) => this.pan(dx, dy),
        zoom: (factor, x, y) => this.zoom(factor, x, y),
        tap: (event) => this.choose(this.hit(event, event.pointerType === "mouse" ? REACH.mouse : REACH.touch))
      });
      holder.addEventListener("pointermove", (event) => {
        if (!event.buttons) this.hover(this.hit(event, REACH.mouse));
      });
      holder.addEventListener("pointerleave", () => this.hover(null));
      holder.addEventListener("wheel", (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
        const { x, y } = placeIn(holder, event);
        this.zoom(Math.exp(Math.min(Math.max(-event.deltaY * lines * 0.01, -TURN), TURN)), x, y);
      }, { passive: false });
    }
    /** Take the size of the container; the picture stays fitted until somebody moves it. */
    resize() {
      const { clientWidth, clientHeight } = this.holder;
      if (!clientWidth || !clientHeight || clientWidth === this.width && clientHeight === this.height) return;
      this.width = clientWidth;
      this.height = clientHeight;
      if (this.fitted) this.camera = this.whole();
      this.repaint();
    }
    /** Return the view of a camera. @param {Camera} camera @returns {View} */
    view(camera) {
      return { ...camera, width: this.width, height: this.height, ratio: devicePixelRatio };
    }
    /** Return the camera that sees all that is shown. @param {number} width @param {number} height */
    whole(width = this.width, height = this.height) {
      return this.cameraOn([...this.shown.nodes.keys()].filter((node) => this.shown.nodes[node]), width, height);
    }
    /** Return the camera that sees some nodes. @param {Iterable<number>} nodes @param {number} width @param {number} height */
    cameraOn(nodes, width = this.width, height = this.height) {
      const { xs, ys, spacing } = this.drawing;
      return cameraOn(boxOf(xs, ys, nodes), width - 2 * Math.min(ASIDE, 0.1 * width), height - 2 * Math.min(ABOVE, 0.12 * height), NEAR2 / spacing);
    }
    /** @param {Set<number>} nodes @param {Set<number>} edges @param {NetworkData} data */
    show(nodes, edges, data) {
      if (data !== this.data) {
        this.data = data;
        this.drawing = new Columns(data);
      }
      this.kept = edges;
      const lines = new Set([...edges].map((id) => data.edges[id].bundle ?? id));
      this.shown = {
        nodes: Uint8Array.from(data.nodes, ({ id }) => Number(nodes.has(id))),
        edges: Uint8Array.from(data.edges, ({ id }) => Number(lines.has(id)))
      };
      if (this.fitted && this.width) this.camera = this.whole();
      this.repaint();
    }
    /** @param {Item | null} item */
    select(item) {
      this.selected = item;
      this.buffers.chosen.drop();
      this.buffers.all.fade(item ? DIMMED : "1");
      this.beginChosen();
      this.wake();
    }
    /** Return the selected item with its neighbours. */
    chosen() {
      const { drawing, shown: shown2, selected } = this;
      const chosen = { nodes: new Uint8Array(shown2.nodes.length), edges: new Uint8Array(shown2.edges.length) };
      if (!selected) return chosen;
      if (selected.kind === "node") chosen.nodes[selected.id] = 1;
      const line = selected.kind === "edge" ? this.data.edges[selected.id].bundle ?? selected.id : -1;
      for (let edge = 0; edge < shown2.edges.length; edge++) {
        const [a, b] = [drawing.from[edge], drawing.to[edge]];
        const touches = selected.kind === "edge" ? edge === line : a === selected.id || b === selected.id;
        if (shown2.edges[edge] && touches) chosen.edges[edge] = chosen.nodes[a] = chosen.nodes[b] = 1;
      }
      return chosen;
    }
    /** @param {number} node */
    flyTo(node) {
      const scale = Math.max(this.camera.scale, NEAR2 / this.drawing.spacing);
      this.fly({ x: this.drawing.xs[node], y: this.drawing.ys[node], scale });
    }
    /** @param {Iterable<number>} nodes */
    see(nodes) {
      this.fly(this.cameraOn(nodes));
    }
    places() {
      return new Map(this.data.nodes.map(({ id, x, y }) => [id, { x, y }]));
    }
    fit() {
      this.fly(this.whole());
      this.fitted = true;
    }
    /** Go to a camera, at once for those who want less motion. @param {Camera} to */
    fly(to) {
      this.fitted = false;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      this.flight = { from: this.camera, to, begun: performance.now() - (still ? FLIGHT : 0) };
      this.wake();
    }
    /** Move what is seen by pixels. @param {number} dx @param {number} dy */
    pan(dx, dy) {
      const { x, y, scale } = this.camera;
      this.move({ x: x - dx / scale, y: y - dy / scale, scale });
    }
    /** Zoom around a point of the container, or its middle. @param {number} factor @param {number} x @param {number} y */
    zoom(factor, x = this.width / 2, y = this.height / 2) {
      const { camera, drawing } = this;
      const scale = Math.min(Math.max(camera.scale * factor, 1 / drawing.spacing), 5 * NEAR2 / drawing.spacing);
      const [px, py] = this.inPlane(x, y);
      const kept2 = camera.scale / scale;
      this.move({ x: px + (camera.x - px) * kept2, y: py + (camera.y - py) * kept2, scale });
    }
    /** @param {Camera} camera */
    move(camera) {
      this.camera = camera;
      this.flight = null;
      this.fitted = false;
      this.moved = performance.now();
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.wake(), SETTLED);
      this.wake();
    }
    /** Return the point of the plane under a point of the container. @param {number} x @param {number} y @returns {[number, number]} */
    inPlane(x, y) {
      const { camera, width, height } = this;
      return [camera.x + (x - width / 2) / camera.scale, camera.y + (y - height / 2) / camera.scale];
    }
    /** Paint anew what is shown, as soon as there is a frame. */
    repaint() {
      this.outdated = true;
      this.wake();
    }
    /** Begin a sheet for where the camera is, or flies to; and one for what is chosen, on it. */
    begin() {
      this.outdated = false;
      const view = around(this.view(this.goal()));
      const sight = this.drawing.seen(this.shown, view);
      this.sight = sight;
      this.buffers.all.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette));
      this.beginChosen(view);
    }
    beginChosen(view = around(this.view(this.goal()))) {
      if (!this.selected) return;
      const sight = this.drawing.seen(this.chosen(), view);
      this.buffers.chosen.begin(view, (ctx) => painting(ctx, this.drawing, view, sight, this.palette, true));
    }
    goal() {
      return this.flight?.to ?? this.camera;
    }
    wake() {
      if (this.awake) return;
      this.awake = true;
      requestAnimationFrame((now) => this.frame(now));
    }
    /** Paint for the time of one frame. @param {number} now */
    frame(now) {
      this.awake = false;
      if (!this.width) return;
      this.advance(now);
      const moving = now - this.moved < SETTLED;
      if (this.outdated || this.stale(moving)) this.begin();
      const painted = this.work(performance.now() + (moving || this.flight ? SLICE : LONG_SLICE));
      const view = this.view(this.camera);
      for (const buffer of [this.buffers.all, this.buffers.chosen]) buffer.place(view);
      if (!painted || this.flight) this.wake();
    }
    /** @param {number} now */
    advance(now) {
      if (!this.flight) return;
      this.camera = cameraAt(this.flight, now);
      if (this.camera === this.flight.to) this.flight = null;
    }
    /** Paint until a moment, the chosen item first; return whether all is painted. Sheets of a flight are shown at its end. @param {number} until */
    work(until) {
      const { all, chosen } = this.buffers;
      const painted = chosen.work(until) && all.work(until);
      if (painted && !this.flight) {
        for (const buffer of [all, chosen]) buffer.turn();
        this.isReady();
      }
      return painted;
    }
    /** Whether the last sheet is too small or of another scale; during a movement a begun sheet is finished first. @param {boolean} moving */
    stale(moving) {
      const { next, seen } = this.buffers.all;
      const sheet = (next ?? seen)?.view;
      if (!sheet) return true;
      if (next && moving) return false;
      const goal = this.goal();
      if (Math.abs(Math.log(goal.scale / sheet.scale)) > (moving ? 0.5 : 1e-3)) return true;
      const [wanted, held, { box }] = [boxIn(this.view(goal), 0.15 * this.width), boxIn(sheet), this.drawing.grid];
      return Math.max(wanted.left, box.left) < held.left || Math.min(wanted.right, box.right) > held.right || Math.max(wanted.top, box.top) < held.top || Math.min(wanted.bottom, box.bottom) > held.bottom;
    }
    /** The item under a pointer, a node before an edge. @param {MouseEvent} event @param {number} reach  in pixels @returns {Item|null} */
    hit(event, reach) {
      const { x, y } = placeIn(this.holder, event);
      const [px, py] = this.inPlane(x, y);
      const at = { x: px, y: py, scale: this.camera.scale };
      const node = this.drawing.nodeNear(this.shown, at, reach);
      if (node >= 0) return { kind: "node", id: node };
      const edge = this.drawing.edgeNear(this.sight.edges, at, reach);
      if (edge < 0) return null;
      const shown2 = this.kept.has(edge) ? edge : [...this.kept].find((id) => this.data.edges[id].bundle === edge);
      return { kind: "edge", id: shown2 ?? edge };
    }
    /** Show that what lies under the mouse can be chosen, and what a node is called whose label had no room. @param {Item | null} item */
    hover(item) {
      this.holder.style.cursor = item ? "pointer" : "";
      const { label = "", below = "" } = item?.kind === "node" ? this.data.nodes[item.id] : {};
      this.holder.title = [label, below].filter(Boolean).join("\n");
    }
    /** Paint all that is shown once more, at once, on the ground of the page: as large as is good to look at. */
    painted() {
      const box = this.drawing.grid.box;
      const height = Math.round(Math.min(Math.max(FIGURE * (box.bottom - box.top) / (box.right - box.left), FIGURE / 3), FIGURE));
      const view = { ...this.whole(FIGURE, height), width: FIGURE, height, ratio: 2 };
      const { canvas, ctx } = blank(view);
      ctx.fillStyle = this.palette.ground;
      ctx.fillRect(0, 0, canvas.width, canvas.height);
      for (const lit of this.selected ? [false, true] : [false]) {
        const sheet = blank(view);
        const sight = this.drawing.seen(lit ? this.chosen() : this.shown, view);
        for (const _ of painting(sheet.ctx, this.drawing, view, sight, this.palette, lit)) ;
        ctx.globalAlpha = this.selected && !lit ? Number(DIMMED) : 1;
        ctx.drawImage(sheet.canvas, 0, 0);
      }
      return canvas;
    }
  };

  // network/clusters.js
  var SIZE = 0.3;
  var [ALL, PREFIX] = ["all", "cluster "];
  var Clusters = class {
    /** @param {NetworkModel} model @param {Words} words */
    constructor({ data }, words) {
      this.data = data;
      this.words = words;
      this.members = data.clusters ?? [];
      this.names = this.members.map(([head]) => shortIri(data.nodes[head].iri));
      this.of = /** @type {Map<number, number>} */
      new Map(this.members.flatMap((nodes, cluster) => nodes.map((node) => [node, cluster])));
      this.places = this.members.map((nodes) => placeOf2(nodes.map((node) => data.nodes[node])));
    }
    /** The node of a cluster, where it is closed. @param {number} cluster */
    node(cluster) {
      return this.data.nodes.length + cluster;
    }
    /** The cluster of the node of one, or -1. @param {Item|null} item */
    at(item) {
      return item?.kind === "node" ? Math.max(item.id - this.data.nodes.length, -1) : -1;
    }
    /** @param {number} cluster @param {NetworkState} state */
    isOpen(cluster, { open: open3, steps }) {
      return steps > 0 || open3.has(ALL) || open3.has(this.names[cluster]);
    }
    /** @param {NetworkState} state @param {number} cluster @param {boolean} on */
    set(state, cluster, on) {
      if (!on && state.open.delete(ALL)) state.open = new Set(this.names);
      if (on) state.open.add(this.names[cluster]);
      else state.open.delete(this.names[cluster]);
    }
    /** Open all or none. @param {NetworkState} state @param {boolean} on */
    setAll(state, on) {
      state.open = new Set(on ? [ALL] : []);
    }
    /** How many clusters are open. @param {NetworkState} state */
    opened(state) {
      return this.members.filter((_, cluster) => this.isOpen(cluster, state)).length;
    }
    /** The entries and links of a cluster that are shown. @param {number} cluster @param {Shown} shown */
    counts(cluster, shown2) {
      const [{ edges }, within2] = [this.data, (node) => this.of.get(node) === cluster];
      const entries = this.members[cluster].filter((node) => shown2.nodes.has(node));
      return { entries: entries.length, links: [...shown2.edges].filter((id) => within2(edges[id].from) && within2(edges[id].to)).length };
    }
    /** Open the clusters of an entry, or of both ends of a link, so that it is drawn. Return whether one was closed. @param {NetworkState} state @param {number[]} nodes */
    reveal(state, nodes) {
      const closed = nodes.map((node) => this.of.get(node) ?? -1).filter((cluster) => cluster >= 0 && !this.isOpen(cluster, state));
      for (const cluster of closed) this.set(state, cluster, true);
      return closed.length > 0;
    }
    /** Whether an item is a cluster, or a line that ends at one. @param {Item|null} item */
    isOurs(item) {
      return item !== null && item.id >= this.data[item.kind === "node" ? "nodes" : "edges"].length;
    }
    /** The cluster of a name in the address, as an item. @param {string} name @returns {Item|null} */
    itemOf(name) {
      const cluster = name.startsWith(PREFIX) ? this.names.indexOf(name.slice(PREFIX.length)) : -1;
      return cluster < 0 ? null : { kind: "node", id: this.node(cluster) };
    }
    /** The name of an item in the address: none for a line, and undefined for what is not ours. @param {Item|null} item */
    nameOf(item) {
      if (!this.isOurs(item)) return void 0;
      return this.at(item) < 0 ? "" : PREFIX + this.names[this.at(item)];
    }
    /** @param {number} cluster */
    label(cluster) {
      const { short, label } = this.data.nodes[this.members[cluster][0]];
      return this.words("around {name}", { name: short ?? label });
    }
    /** A cluster with its counts, or a line with its ends; nothing for what is not ours. @param {Item} item @param {Drawn} drawn @param {Shown} shown */
    said(item, drawn2, shown2) {
      if (!this.isOurs(item)) return "";
      const cluster = this.at(item);
      if (cluster >= 0) return this.words("Cluster {name} (our grouping, computed): {entries} entries, {links} links", { name: this.label(cluster), ...this.counts(cluster, shown2) });
      const { from, to, ids } = drawn2.lines[item.id - this.data.edges.length];
      const [one, other] = [from, to].map((id) => drawn2.data.nodes[id].label);
      return this.words("{count} links: {one}, {other}", { count: ids.length, one, other });
    }
    /** What is drawn of what is shown: the entries of open clusters, and a node for each closed one. @param {Shown} shown @param {NetworkState} state @returns {Drawn} */
    drawn(shown2, state) {
      const { data } = this;
      const closed = new Set([...this.members.keys()].filter((cluster) => !this.isOpen(cluster, state)));
      if (!closed.size) return { data, nodes: shown2.nodes, edges: shown2.edges, lines: [], held: /* @__PURE__ */ new Map() };
      const ends = Uint32Array.from(data.nodes, ({ id }) => {
        const cluster = this.of.get(id) ?? -1;
        return closed.has(cluster) ? this.node(cluster) : id;
      });
      const held = new Map([...closed].map((cluster) => [this.node(cluster), { entries: 0, links: 0 }]));
      for (const id of shown2.nodes) {
        const counts = held.get(ends[id]);
        if (counts) counts.entries += 1;
      }
      const [edges, between] = [
        /** @type {Set<number>} */
        /* @__PURE__ */ new Set(),
        /** @type {Map<string, NetworkEdge[]>} */
        /* @__PURE__ */ new Map()
      ];
      for (const id of shown2.edges) {
        const edge = data.edges[id];
        const [from, to] = [ends[edge.from], ends[edge.to]];
        const counts = from === to && held.get(from);
        if (counts) counts.links += 1;
        else if (from < data.nodes.length && to < data.nodes.length) edges.add(id);
        else {
          const key = from < to ? `${from} ${to}` : `${to} ${from}`;
          const others = between.get(key);
          if (others) others.push(edge);
          else between.set(key, [edge]);
        }
      }
      const lines = [...between].map(([key, some], number) => clusterLine(data.edges.length + number, key, some));
      for (const [node, { entries }] of held) if (!entries) held.delete(node);
      const nodes = [...data.nodes, ...this.members.map((_, cluster) => this.drawnNode(cluster, held.get(this.node(cluster))))];
      return {
        data: { ...data, nodes, edges: [...data.edges, ...lines] },
        lines,
        held,
        nodes: /* @__PURE__ */ new Set([...[...shown2.nodes].filter((id) => ends[id] === id), ...held.keys()]),
        edges: /* @__PURE__ */ new Set([...edges, ...lines.map(({ id }) => id)])
      };
    }
    /** @param {number} cluster @param {{entries: number, links: number}} [counts] @returns {NetworkNode} */
    drawnNode(cluster, counts = { entries: 0, links: 0 }) {
      return {
        id: this.node(cluster),
        label: this.label(cluster),
        below: this.words("{entries} entries, {links} links", counts),
        group: "",
        kind: "",
        iri: "",
        entries: counts.entries,
        ...this.places[cluster]
      };
    }
  };
  function placeOf2(nodes) {
    const [xs, ys] = [nodes.map(({ x }) => x), nodes.map(({ y }) => y)];
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    return { x: (left + right) / 2, y: (top + bottom) / 2, size: SIZE * Math.sqrt((right - left + 100) * (bottom - top + 100)) };
  }
  function clusterLine(id, ends, some) {
    const [from, to] = ends.split(" ").map(Number);
    const { modality, source, color, dashes, ids, count } = lineOf(id, some);
    return { id, key: "", relation: "", directed: false, modality, source, from, to, color, dashes, ids, count, width: Math.min(1 + Math.log2(ids.length), 7), claims: [] };
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

  // network/exports.js
  var LICENCE = "CC BY 4.0";
  var LICENCES = `${LICENCE} for tipgraph's data; each source has its own`;
  function xmlText(value) {
    return String(value).replace(NOT_XML, "�").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
  }
  var own2 = (type, ...names) => names.map((name) => [name, type, (item) => item[name]]);
  function nodeAttributes({ data }) {
    return [
      ...own2("string", "label", "kind"),
      ["type", "string", (node) => node.group],
      ["names", "string", (node) => node.aliases],
      ...own2("boolean", "planned"),
      ...own2("string", "iri"),
      ["kind_label", "string", (node) => data.classes[node.kind]]
    ];
  }
  function edgeAttributes({ data }) {
    return [
      ["label", "string", (edge) => tieWords(data, edge)],
      ...own2("string", "kind", "status"),
      ["date", "string", (edge) => (edge.edtf ?? edge.date) || void 0],
      ...own2("string", "earliest", "latest"),
      ...own2("double", "amount"),
      ...own2("string", "currency"),
      ...own2("double", "shared_amount"),
      ...own2("int", "shared_by", "shared", "weight"),
      ...own2("string", "modality", "caveats", "review", "corrected", "doubts", "said_at", "source"),
      ...own2("boolean", "directed"),
      ...own2("string", "inherited", "concluded"),
      ["edge", "string", (edge) => edge.relation],
      ["claim", "string", (edge) => claimsOf2(edge).map((key) => ID_BASE + key).join(" ")]
    ];
  }
  function csvOf(kind, model, shown2) {
    const { nodes, edges } = model.data;
    const ends = [
      ["from_label", "string", (edge) => nodes[edge.from].label],
      ["to_label", "string", (edge) => nodes[edge.to].label],
      ...edgeAttributes(model),
      ["from", "string", (edge) => nodes[edge.from].iri],
      ["to", "string", (edge) => nodes[edge.to].iri],
      ["id", "string", (edge) => ID_BASE + edge.key]
    ];
    const columns = kind === "edges" ? ends : nodeAttributes(model);
    const items = kind === "edges" ? [...shown2.edges].map((id) => edges[id]) : [...shown2.nodes].map((id) => nodes[id]);
    const lines = items.map((item) => columns.map(([, , value]) => csvCell(value(item))).join(","));
    return `\uFEFF${[columns.map(([name]) => name).join(","), ...lines].join("\r\n")}\r
`;
  }
  function sourcesOf({ data }, edges) {
    const used = new Set([...edges].flatMap((id) => data.edges[id].source.split(" ")));
    return Object.keys(data.sources).filter((name) => used.has(name));
  }
  function manifestOf(model, shown2, state) {
    const { name, sources, licences } = model.data;
    const asked = fragmentOf({ ...state, view: "picture", chosen: state.steps ? state.chosen : "" });
    const said = sourcesOf(model, shown2.edges).map((source) => [source, { title: sources[source], licence: licences[source] }]);
    return JSON.stringify({
      "made by": "tipgraph",
      asked: { network: name, ...asked ? { filters: asked } : {} },
      counts: { nodes: shown2.nodes.size, edges: shown2.edges.size },
      licence: LICENCES,
      sources: Object.fromEntries(said)
    });
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
  function graphmlOf(model, shown2, manifest) {
    const { nodes, edges, name } = model.data;
    const lines = graphmlLines(name, manifest, {
      attributes: nodeAttributes(model),
      items: [...shown2.nodes].map((id) => [nodes[id].iri, nodes[id]])
    }, {
      attributes: edgeAttributes(model),
      items: [...shown2.edges].map((id) => [ID_BASE + edges[id].key, nodes[edges[id].from].iri, nodes[edges[id].to].iri, edges[id]])
    });
    return `${[...lines].join("\n")}
`;
  }
  function gexfOf(model, shown2, places, palette, manifest) {
    const { nodes, edges } = model.data;
    const [ofNode, ofEdge] = [nodeAttributes(model), edgeAttributes(model)];
    const declared = (about, attributes) => `<attributes class="${about}" mode="static">${attributes.map(([title, type], number) => `<attribute id="${number}" title="${title}" type="${type === "int" ? "integer" : type}"/>`).join("")}</attributes>`;
    const body = (attributes, item) => `<attvalues>${[...valuesOf(attributes, item)].map(({ number, text }) => `<attvalue for="${number}" value="${text}"/>`).join("")}</attvalues>`;
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" version="1.2">',
      `<meta><creator>tipgraph</creator><description>${xmlText(manifest)}</description></meta>`,
      `<graph defaultedgetype="${typeOf([...shown2.edges].map((id) => edges[id]))}" mode="dynamic" timeformat="date">`,
      declared("node", ofNode),
      declared("edge", ofEdge),
      "<nodes>",
      ...[...shown2.nodes].map((id) => `<node id="${xmlText(nodes[id].iri)}" label="${xmlText(nodes[id].label)}">${body(ofNode, nodes[id])}${vizOf(palette.groups[nodes[id].group], places.get(id) ?? nodes[id])}</node>`),
      "</nodes>",
      "<edges>",
      ...[...shown2.edges].map((id) => {
        const { key, from, to, earliest, latest } = edges[id];
        const dates = `${earliest ? ` start="${xmlText(earliest)}"` : ""}${latest ? ` end="${xmlText(latest)}"` : ""}`;
        return `<edge id="${xmlText(ID_BASE + key)}" source="${xmlText(nodes[from].iri)}" target="${xmlText(nodes[to].iri)}"${dates}>${body(ofEdge, edges[id])}</edge>`;
      }),
      "</edges>",
      "</graph>",
      "</gexf>",
      ""
    ].join("\n");
  }
  function vizOf(colour, { x, y }) {
    const [r, g, b] = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16) || 0);
    return `<viz:color r="${r}" g="${g}" b="${b}" a="1.0"/><viz:position x="${tidy(x)}" y="${tidy(-y)}" z="0.0"/><viz:size value="8.0"/>`;
  }

  // network/figure.js
  var ADDRESS = "https://w3id.org/tipgraph/";
  var NAME_SIZE2 = 10;
  var CLUSTERS_WIDE = 1600;
  var NARROWEST2 = 640;
  var MOST_OF_PNG = 6e7;
  function depicted({ data: { nodes, edges, options }, nodes: shownNodes, edges: shownEdges, held }, places, palette) {
    const at = (id) => places.get(id) ?? nodes[id];
    const extent = extentOf([...shownNodes].map(at));
    const wider = held.size ? Math.max(extent.width / CLUSTERS_WIDE, 1) : 1;
    const [ties, things, names] = ["ties", "things", "names"].map((name) => drawn("g", { id: name }));
    for (const line of bundled(edges, shownEdges)) {
      const { width = options.edges?.width ?? 1.5 } = line;
      ties.append(edgeMark({ ...line, width: wider * width }, at(line.from), at(line.to), nodes[line.to].size ?? 10, palette));
    }
    for (const id of shownNodes) {
      const { group, planned = false, label, below = "", size = 10 } = nodes[id];
      const { x, y } = at(id);
      const style = fillOf(palette.groups[group] ?? palette.quiet, planned, palette.ground);
      things.append(shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x), tidy(y), size, style));
      if (below) things.append(drawn("circle", { cx: tidy(x), cy: tidy(y), r: tidy(0.85 * size), fill: "none", stroke: palette.ground, "stroke-width": tidy(size / 12) }));
      names.append(labelMark([...linesOf(label), ...below ? [below] : []], x, y + size, below ? size / 3 : NAME_SIZE2, palette));
    }
    return { extent, parts: [ties, things, names] };
  }
  function extentOf(spots) {
    if (!spots.length) return { left: 0, top: 0, width: NARROWEST2, height: 100 };
    const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
    const [left, right] = [Math.min(...xs) - 90, Math.max(...xs) + 90];
    const [top, bottom] = [Math.min(...ys) - 40, Math.max(...ys) + 80];
    const aside = Math.max(NARROWEST2 - (right - left), 0) / 2;
    return { left: left - aside, top, width: right - left + 2 * aside, height: bottom - top };
  }
  function photographed(canvas) {
    const [width, height] = [canvas.width / 2, canvas.height / 2];
    const image = drawn("image", { href: canvas.toDataURL(), width, height });
    return { extent: { left: 0, top: 0, width, height }, parts: [image] };
  }
  function figureOf(data, { extent, parts }, palette, { title, lines }) {
    const { left, top, width, height } = extent;
    const size = Math.max(13, width / 90);
    const row = 1.7 * size;
    const above = title ? 2 * row : 0;
    const [x, end] = [left + size, left + width - size];
    const below = legendRows(data, palette, x, end, size);
    const caption = lines.filter(Boolean).flatMap((line) => wrapped(line, (width - 2 * size) / (0.55 * size)));
    const all = [tidy(left), tidy(top - above), tidy(width), tidy(height + above + (below.length + caption.length + 1) * row)];
    const svg = drawn("svg", { xmlns: SVG, viewBox: all.join(" "), width: all[2], height: all[3], "font-family": "sans-serif", "font-size": 13 });
    svg.append(drawn("title", {}, title || data.title), drawn("rect", { x: all[0], y: all[1], width: all[2], height: all[3], fill: palette.ground }), ...parts);
    const notes = drawn("g", { id: "caption", "font-size": tidy(size), fill: palette.ink });
    if (title) notes.append(textMark(title, x, top - above + 1.3 * row, { "font-size": tidy(1.5 * size), "font-weight": "bold" }));
    below.forEach((marks, number) => notes.append(drawn("g", { transform: `translate(0 ${tidy(top + height + (number + 0.8) * row)})` }, ...marks)));
    caption.forEach((line, number) => notes.append(textMark(line, x, top + height + (below.length + number + 0.9) * row, { fill: palette.quiet })));
    svg.append(notes);
    return svg;
  }
  function legendRows({ groups, relations, options, renderer }, palette, left, right, size) {
    const things = Object.entries(groups).map(([group, label]) => ({
      label: capital(label),
      mark: (x) => shapeMark(options.groups?.[group]?.shape ?? "dot", tidy(x + size), tidy(-0.35 * size), tidy(0.45 * size), { fill: palette.groups[group] })
    }));
    const ties = renderer !== "vis" ? [] : Object.entries(relations).map(([relation, label]) => ({
      label,
      mark: (x) => drawn("path", { d: `M${tidy(x)} ${tidy(-0.35 * size)}h${tidy(1.6 * size)}`, stroke: palette.relations[relation], "stroke-width": tidy(size / 5) })
    }));
    return [...inRows(things, left, right, size), ...inRows(ties, left, right, size)];
  }
  function inRows(items, left, right, size) {
    const rows = (
      /** @type {Node[][]} */
      []
    );
    let x = Infinity;
    for (const { label, mark } of items) {
      const width = size * (3.4 + 0.55 * label.length);
      if (x + width > right) {
        rows.push([]);
        x = left;
      }
      rows[rows.length - 1].push(mark(x), textMark(label, x + 2 * size, 0));
      x += width;
    }
    return rows;
  }
  function textMark(text, x, y, style = {}) {
    return drawn("text", { x: tidy(x), y: tidy(y), ...style }, text.replace(NOT_XML, "�"));
  }
  var svgText = (svg) => `<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(svg)}
`;
  function pngOf(svg) {
    const [width, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
    const scale = Math.min(2, Math.sqrt(MOST_OF_PNG / (width * height)));
    const file = new Blob([svgText(svg)], { type: "image/svg+xml" });
    return pixelsOf(file, Math.round(width * scale), Math.round(height * scale));
  }
  function edgeMark(edge, start, end, radius, palette) {
    const colour = palette.relations[edge.relation] ?? palette.quiet;
    const [dx, dy] = [end.x - start.x, end.y - start.y];
    const bend = edge.smooth ? edge.smooth.roundness * (edge.smooth.type === "curvedCCW" ? -1 : 1) : 0;
    const via = { x: start.x + dx / 2 + dy * bend, y: start.y + dy / 2 - dx * bend };
    const { width } = edge;
    const path = edge.from === edge.to ? `M${tidy(start.x)} ${tidy(start.y)}a${edge.selfReference?.size ?? 16} ${edge.selfReference?.size ?? 16} 0 1 1 0.1 0` : `M${tidy(start.x)} ${tidy(start.y)}Q${tidy(via.x)} ${tidy(via.y)} ${tidy(end.x)} ${tidy(end.y)}`;
    const line = drawn("path", {
      d: path,
      fill: "none",
      stroke: colour,
      "stroke-width": width,
      ...edge.dashes ? { "stroke-dasharray": edge.dashes.join(" ") } : {}
    });
    const mark = drawn("g", { opacity: edge.color?.opacity ?? 1 }, line);
    if (edge.count > 1) {
      mark.append(drawn("text", { x: tidy((start.x + 2 * via.x + end.x) / 4), y: tidy((start.y + 2 * via.y + end.y) / 4 - 3), "font-size": 9, "text-anchor": "middle", fill: palette.ink }, String(edge.count)));
    }
    const length = Math.hypot(end.x - via.x, end.y - via.y);
    if (edge.arrows && length) {
      const [ux, uy] = [(end.x - via.x) / length, (end.y - via.y) / length];
      const [size, along] = [6 + 2 * width, Math.hypot(dx, dy) || 1];
      mark.append(headMark(end.x - ux * (radius + 3), end.y - uy * (radius + 3), ux, uy, size, colour));
      if (edge.from !== edge.to) {
        const [x, y] = [(start.x + 2 * via.x + end.x) / 4, (start.y + 2 * via.y + end.y) / 4];
        mark.append(headMark(x + dx / along * size / 2, y + dy / along * size / 2, dx / along, dy / along, size, colour));
      }
    }
    return mark;
  }
  function headMark(x, y, ux, uy, size, fill2) {
    const side = (way) => `${tidy(x - ux * size - uy * size * 0.45 * way)},${tidy(y - uy * size + ux * size * 0.45 * way)}`;
    return drawn("polygon", { points: `${tidy(x)},${tidy(y)} ${side(1)} ${side(-1)}`, fill: fill2 });
  }
  function labelMark(lines, x, y, size, palette) {
    const text = drawn("text", {
      x: tidy(x),
      y: tidy(y + 1.2 * size),
      "text-anchor": "middle",
      fill: palette.ink,
      "font-size": tidy(size),
      stroke: palette.ground,
      "stroke-width": tidy(size / 4),
      "paint-order": "stroke",
      "stroke-linejoin": "round"
    });
    text.append(...lines.map((line, number) => drawn("tspan", { x: tidy(x), dy: number ? tidy(1.15 * size) : 0 }, line.replace(NOT_XML, "�"))));
    return text;
  }

  // network/legend.js
  var FOLDED = 6;
  var Legend = class {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {() => void} changed */
    constructor(place, model, words, changed) {
      this.model = model;
      this.words = words;
      this.changed = changed;
      this.state = everything();
      const { nodes, edges } = model.data;
      this.totals = Object.fromEntries(FACETS.map((facet) => [facet, model.counts(facet, (facet === "class" ? nodes : edges).keys())]));
      this.ticks = /** @type {Tick[]} */
      [];
      this.heads = /** @type {{box: HTMLInputElement, of: Tick[]}[]} */
      [];
      place.append(...this.parts());
    }
    /** @returns {HTMLElement[]} */
    parts() {
      const [{ data }, { words }] = [this.model, this];
      const directed = new Set(data.edges.filter((edge) => edge.directed).map((edge) => edge.relation));
      const titles = facetTitles(words);
      const parts = [
        this.fieldset(titles.class, this.groups()),
        this.facet("relation", titles.relation, data.relations, (name) => relationMark(data, name, directed.has(name))),
        this.facet("modality", titles.modality, this.model.labels("modality", words)),
        this.facet("review", titles.review, this.model.labels("review", words)),
        this.facet("status", titles.status, { ...data.statuses, "": words("not stated") }),
        this.facet("kind", titles.kind, { ...data.kinds, "": words("not stated") }),
        this.facet("source", titles.source, data.sources)
      ];
      return (
        /** @type {HTMLElement[]} */
        parts.filter(Boolean)
      );
    }
    /** Groups with their classes below them. */
    groups() {
      const { data } = this.model;
      const classes = new Map(Object.keys(data.groups).map((group) => [
        group,
        /** @type {Set<string>} */
        /* @__PURE__ */ new Set()
      ]));
      for (const node of data.nodes) classes.get(node.group)?.add(node.kind);
      return made("ul", {}, ...[...classes].map(([group, kinds]) => this.group(group, [...kinds].sort())));
    }
    /** @param {string} group @param {string[]} kinds */
    group(group, kinds) {
      const { data } = this.model;
      const mark = groupMark(data, group);
      if (kinds.length === 1) return this.row("class", kinds[0], data.classes[kinds[0]] ?? kinds[0], mark);
      const begin = this.ticks.length;
      const rows = kinds.map((kind) => this.row("class", kind, data.classes[kind] ?? kind));
      const of = this.ticks.slice(begin);
      const box = made("input", { type: "checkbox", checked: true });
      this.heads.push({ box, of });
      box.addEventListener("change", () => this.tick(of, box.checked));
      const head = made("label", { class: "tick" }, box, mark, made("span", {}, capital(data.groups[group])));
      const below = made("details", {}, made("summary", {}, this.words("Kinds: {count}", { count: rows.length })), made("ul", {}, ...rows));
      return made("li", {}, head, this.only("class", data.groups[group], of), below);
    }
    /** The boxes of a facet, if there is a choice. @param {Facet} facet @param {string} title @param {Labels} labels @param {(value: string) => Element} [mark] */
    facet(facet, title, labels, mark) {
      const values = Object.keys(labels).filter((value) => this.totals[facet].has(value));
      for (const value of this.totals[facet].keys()) if (!(value in labels)) values.push(value);
      if (values.length < 2 && facet !== "relation") return null;
      return this.fieldset(title, this.list(values.map((value) => this.row(facet, value, labels[value] ?? value, mark?.(value))), facet === "source"));
    }
    /** Rows; those of a long list are folded away, and those of sources are all. @param {HTMLElement[]} rows @param {boolean} all */
    list(rows, all) {
      if (all) return made("details", {}, made("summary", {}, this.words("Sources: {count}", { count: rows.length })), made("ul", {}, ...rows));
      if (rows.length <= FOLDED + 1) return made("ul", {}, ...rows);
      const [first, rest] = [rows.slice(0, FOLDED), rows.slice(FOLDED)];
      const more = made("summary", {}, this.words("More: {count}", { count: rest.length }));
      return made("ul", {}, ...first, made("li", {}, made("details", {}, more, made("ul", {}, ...rest))));
    }
    /** @param {Facet} facet @param {string} value @param {string} label @param {Element} [mark] */
    row(facet, value, label, mark) {
      const tick = { facet, value, box: made("input", { type: "checkbox", checked: true }), count: made("span", { class: "count" }) };
      tick.box.addEventListener("change", () => this.tick([tick], tick.box.checked));
      this.ticks.push(tick);
      const text = made("span", { class: "name", title: label }, label);
      return made("li", {}, made("label", { class: "tick" }, tick.box, ...mark ? [mark] : [], text, tick.count), this.only(facet, label, [tick]));
    }
    /** A button that ticks only some boxes of a facet, or all again. @param {Facet} facet @param {string} label @param {Tick[]} ticks */
    only(facet, label, ticks) {
      return button([this.words("only")], () => {
        const all = this.ticks.filter((tick) => tick.facet === facet);
        const already = all.every((tick) => tick.box.checked === ticks.includes(tick));
        for (const tick of all) this.put(tick, already || ticks.includes(tick));
        this.changed();
      }, { class: "only", "aria-label": this.words("only {names}", { names: label }) });
    }
    /** @param {string} title @param {HTMLElement} body */
    fieldset(title, body) {
      return made("fieldset", {}, made("legend", {}, title), body);
    }
    /** @param {Tick[]} ticks @param {boolean} on */
    tick(ticks, on) {
      for (const tick of ticks) this.put(tick, on);
      this.changed();
    }
    /** @param {Tick} tick @param {boolean} on */
    put({ facet, value, box }, on) {
      box.checked = on;
      this.state.without[facet][on ? "delete" : "add"](value);
    }
    /** Show a state. @param {NetworkState} state */
    set(state) {
      this.state = state;
      for (const { facet, value, box } of this.ticks) box.checked = !state.without[facet].has(value);
    }
    /** Count what is shown. @param {Shown} shown */
    count(shown2) {
      const counts = Object.fromEntries(FACETS.map((facet) => [facet, this.model.counts(facet, facet === "class" ? shown2.nodes : shown2.edges)]));
      for (const { facet, value, count } of this.ticks) {
        const [now, all] = [counts[facet].get(value) ?? 0, this.totals[facet].get(value) ?? 0];
        count.textContent = now === all ? String(all) : `${now}/${all}`;
      }
      for (const { box, of } of this.heads) {
        const on = of.filter((tick) => tick.box.checked).length;
        [box.checked, box.indeterminate] = [on > 0, on > 0 && on < of.length];
      }
    }
  };

  // network/panel.js
  var AT_ONCE2 = 15;
  var Panel = class {
    /**
     * @param {HTMLElement} place @param {NetworkModel} model @param {Clusters} clusters @param {Words} words
     * @param {{choose: (item: Item|null) => void, open: (item: Item, on: boolean) => void}} acts  `open` opens or closes a cluster
     */
    constructor(place, model, clusters, words, { choose, open: open3 }) {
      this.place = place;
      this.model = model;
      this.clusters = clusters;
      this.words = words;
      this.choose = choose;
      this.open = open3;
    }
    /** Show the claims of an item. @param {Item|null} item @param {Shown} shown @param {Drawn} drawn @param {NetworkState} state */
    show(item, shown2, drawn2, state) {
      if (item && this.clusters.isOurs(item)) this.place.replaceChildren(...item.kind === "node" ? this.cluster(item, shown2, state) : this.line(item, drawn2));
      else if (!item) this.place.replaceChildren(made("p", { class: "quiet" }, this.words("Choose an entry or a link to read its claims and their citations here.")));
      else this.place.replaceChildren(...item.kind === "node" ? this.node(item.id, shown2) : this.edge(item.id, shown2));
      if (item) this.place.closest(".side")?.scrollTo({ top: 0 });
    }
    /** A cluster: what it holds, and its best linked entries. @param {Item} item @param {Shown} shown @param {NetworkState} state */
    cluster(item, shown2, state) {
      const { clusters, words } = this;
      const cluster = clusters.at(item);
      const [counts, isOpen] = [clusters.counts(cluster, shown2), clusters.isOpen(cluster, state)];
      const members = clusters.members[cluster].filter((node) => shown2.nodes.has(node));
      const list = made("div", { class: "members" });
      return [
        made("h2", {}, words("Cluster {name}", { name: clusters.label(cluster) })),
        made("p", { class: "chips" }, ...this.chips([words("our grouping, computed"), words("{entries} entries, {links} links", counts)])),
        made("p", {}, button([isOpen ? words("Close this cluster") : words("Open this cluster")], () => this.open(item, !isOpen))),
        made("p", { class: "quiet" }, words("Its entries, the best linked first:")),
        list,
        inParts(list, members.map((node) => () => this.end(node)), AT_ONCE2, (count) => words("More: {count}", { count }))
      ];
    }
    /** The links between two clusters, or between one and an entry. @param {Item} item @param {Drawn} drawn */
    line({ id }, { data, lines }) {
      const { from, to, ids } = lines[id - this.model.data.edges.length];
      const ends = [from, to].map((end) => end < this.model.data.nodes.length ? this.end(end) : button([data.nodes[end].label], () => this.choose({ kind: "node", id: end }), { class: "end" }));
      return [
        made("p", { class: "between" }, ends[0], " — ", ends[1]),
        made("p", { class: "chips" }, ...this.chips([this.words("Links: {count}", { count: ids.length })])),
        this.claims(ids.map((edge) => this.model.data.edges[edge]))
      ];
    }
    /** @param {number} id @param {Shown} shown */
    node(id, shown2) {
      const { data, touching } = this.model;
      const { words } = this;
      const node = data.nodes[id];
      const ties = touching[id].filter((edge) => shown2.edges.has(edge));
      const hidden = touching[id].length - ties.length;
      const parts = [
        made("h2", {}, groupMark(data, node.group), node.label),
        made("p", { class: "chips" }, ...this.chips([data.classes[node.kind] ?? node.kind, node.planned && words("planned")]))
      ];
      if (node.aliases) parts.push(made("p", { class: "quiet" }, `${words("Also called")}: ${node.aliases}`));
      if (node.page) parts.push(made("p", {}, made("a", { href: node.page }, words("All claims about it"))));
      if (node.networks) parts.push(made("p", { class: "quiet" }, `${words("Also in")}: `, ...node.networks.flatMap((number, at) => [at ? ", " : "", this.elsewhere(number, node)])));
      const cluster = this.clusters.of.get(id);
      if (cluster !== void 0) parts.push(made(
        "p",
        { class: "quiet" },
        `${words("Cluster (our grouping, computed)")}: `,
        button([this.clusters.label(cluster)], () => this.choose({ kind: "node", id: this.clusters.node(cluster) }), { class: "end" })
      ));
      if (!shown2.nodes.has(id)) parts.push(made("p", { class: "warn" }, words("The filters hide it.")));
      else if (hidden) parts.push(made("p", { class: "quiet" }, words("Links that the filters hide: {count}", { count: hidden })));
      return [...parts, this.claims(ties.map((edge) => data.edges[edge]))];
    }
    /** A link to a node in another network. @param {number} number @param {NetworkNode} node */
    elsewhere(number, node) {
      const [href, title] = this.model.data.networks?.[number] ?? [];
      return made("a", { href: `${href}#${new URLSearchParams({ at: shortIri(node.iri) })}` }, title ?? "");
    }
    /** @param {number} id @param {Shown} shown */
    edge(id, shown2) {
      const { data } = this.model;
      const edge = data.edges[id];
      const bundle = this.model.bundle(id, shown2);
      const between = made(
        "p",
        { class: "between" },
        this.end(edge.from),
        " ",
        relationMark(data, edge.relation, edge.directed),
        " ",
        made("span", { class: "quiet" }, data.relations[edge.relation]),
        " ",
        this.end(edge.to),
        made("span", { class: "quiet" }, caveatsOf(edge))
      );
      const parts = [
        made("h2", { class: "sr" }, this.model.sentence(edge)),
        between,
        made("p", { class: "chips" }, ...this.chips(bundle.length > 1 ? [this.words("Claims: {count}", { count: bundle.length })] : this.model.traits(edge, this.words)))
      ];
      if (!shown2.edges.has(id)) parts.push(made("p", { class: "warn" }, this.words("The filters hide it.")));
      return [...parts, this.claims(bundle.length ? bundle.map((other) => data.edges[other]) : [edge])];
    }
    /** An end of an edge, which can be chosen. @param {number} id */
    end(id) {
      const node = this.model.data.nodes[id];
      return button([groupMark(this.model.data, node.group), node.label], () => this.choose({ kind: "node", id }), { class: "end" });
    }
    /** @param {(string|false|undefined)[]} words */
    chips(words) {
      return words.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "]);
    }
    /** The claims behind edges: of reviewed ones and of the others, contradicted ones first. @param {NetworkEdge[]} edges */
    claims(edges) {
      const keys = [...new Set(edges.flatMap(claimsOf2))];
      return claimList(keys, this.words, (one, other) => Number(other.against.length > 0) - Number(one.against.length > 0));
    }
  };

  // network/table.js
  var ROWS_A_PAGE = 200;
  function columnsOf(kind, words) {
    return kind === "edges" ? [
      { name: "from_label", title: words("From") },
      { name: "label", title: words("Link") },
      { name: "to_label", title: words("To") },
      { name: "said_at", title: words("Citation") },
      { name: "kind", title: words("Kind") },
      { name: "status", title: words("Status") },
      { name: "date", title: words("Date") },
      { name: "amount", title: words("Amount"), number: true },
      { name: "modality", title: words("Stated or implied") }
    ] : [
      { name: "label", title: words("Entry") },
      { name: "kind", title: words("Kind") },
      { name: "names", title: words("Also called") },
      { name: "ties", title: words("Links shown"), number: true }
    ];
  }
  function rowsOf(kind, model, shown2, words) {
    const { nodes, edges, classes } = model.data;
    if (kind === "edges") {
      const apart = [true, false].flatMap((reviewed) => [...shown2.edges].filter((id) => isReviewed(edges[id]) === reviewed));
      return apart.map((id) => {
        const edge = edges[id];
        const cells = {
          from_label: nodes[edge.from].label,
          label: tieWords(model.data, edge),
          to_label: nodes[edge.to].label,
          kind: model.kindOf(edge, words),
          status: model.statusOf(edge, words),
          date: model.dateOf(edge, words),
          amount: model.money(edge, words),
          modality: words(edge.modality),
          said_at: edge.said_at ?? ""
        };
        return { id, cells };
      });
    }
    const ties = new Map([...shown2.nodes].map((id) => [id, 0]));
    for (const id of shown2.edges) {
      for (const end of /* @__PURE__ */ new Set([edges[id].from, edges[id].to])) ties.set(end, (ties.get(end) ?? 0) + 1);
    }
    return [...ties].map(([id, count]) => {
      const { label, kind: name, aliases = "" } = nodes[id];
      return { id, cells: { label, kind: classes[name] ?? name, names: aliases, ties: count } };
    });
  }
  var NetworkTable = class {
    /** @param {HTMLElement} place @param {NetworkModel} model @param {Words} words @param {(item: Item) => void} choose */
    constructor(place, model, words, choose) {
      this.place = place;
      this.model = model;
      this.words = words;
      this.choose = choose;
      this.kind = /** @type {Kind} */
      "edges";
      this.sorting = { name: "", down: false };
      this.page = 0;
      this.rowsAtOnce = ROWS_A_PAGE;
      this.shown = /** @type {Shown|null} */
      null;
    }
    /** Show nodes and edges from the first row. @param {Shown} shown */
    show(shown2) {
      this.shown = shown2;
      this.render({ page: 0 });
    }
    /** Show all rows at once, or a page of them. @param {boolean} all */
    whole(all) {
      const rowsAtOnce = all ? Infinity : ROWS_A_PAGE;
      if (rowsAtOnce !== this.rowsAtOnce) this.render({ rowsAtOnce, page: 0 });
    }
    /** All rows in their order. */
    rows() {
      if (!this.shown) return [];
      const rows = rowsOf(this.kind, this.model, this.shown, this.words);
      const { name, down } = this.sorting;
      if (!name) return rows;
      const order = new Intl.Collator(this.model.data.language, { numeric: true });
      const keyed = rows.map((row) => ({ row, key: String(this.sortKey(name, row.id) ?? row.cells[name]) }));
      keyed.sort((one, other) => {
        if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
        return (down ? -1 : 1) * order.compare(one.key, other.key);
      });
      return keyed.map(({ row }) => row);
    }
    /** The key of a cell that is not sorted by its words. @param {string} name @param {number} id */
    sortKey(name, id) {
      const { amount, shared_amount, earliest, latest } = this.model.data.edges[id] ?? {};
      if (name === "amount") return amount ?? shared_amount ?? "";
      return name === "date" ? earliest ?? latest ?? "" : void 0;
    }
    /**
     * Draw the table with some changes; `focus` is a selector of the button that takes the focus.
     * @param {Partial<Pick<NetworkTable, "kind"|"page"|"sorting"|"rowsAtOnce">>} changes @param {string} [focus]
     */
    render(changes2, focus) {
      Object.assign(this, changes2);
      const rows = this.rows();
      const columns = columnsOf(this.kind, this.words).filter(({ name }) => rows.some(({ cells }) => cells[name] !== ""));
      const first = this.page * ROWS_A_PAGE || 0;
      const some = rows.slice(first, first + this.rowsAtOnce);
      const head = made("tr", {}, ...columns.map((column) => this.head(column)));
      const body = some.map((row) => made("tr", {}, ...columns.map((column) => this.cell(column, row))));
      const title = this.kind === "edges" ? this.words("Links shown") : this.words("Entries shown");
      const table = made("table", {}, made("caption", { class: "sr" }, title), made("thead", {}, head), made("tbody", {}, ...body));
      const region = made("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": title }, table);
      this.place.replaceChildren(this.bar(first, some.length, rows.length), region);
      if (focus) this.place.querySelector(focus)?.focus();
    }
    /** @param {Column} column */
    head({ name, title, number }) {
      const { sorting } = this;
      const sort = button([title], () => this.render({ sorting: { name, down: sorting.name === name && !sorting.down }, page: 0 }, `th[data-name="${name}"] button`));
      const order = sorting.name === name && (sorting.down ? "descending" : "ascending");
      return made("th", { scope: "col", "data-name": name, "aria-sort": order, class: number ? "number" : false }, sort);
    }
    /** @param {Column} column @param {TableRow} row */
    cell({ name, number }, { id, cells }) {
      const [text, { nodes, edges }] = [String(cells[name]), this.model.data];
      const item = (
        /** @type {Item} */
        { kind: this.kind === "edges" ? "edge" : "node", id }
      );
      const content2 = name === "label" ? [button([text], () => this.choose(item), { class: "choose" })] : name === "from_label" ? [pageLink(nodes[edges[id].from])] : name === "to_label" ? [pageLink(nodes[edges[id].to])] : name === "said_at" ? text.split("; ").flatMap((place, at) => [at ? "; " : "", sourceLink(place, claimsOf2(edges[id]))]) : name === "date" ? text.split(" ").flatMap((word) => [made("span", { class: "whole" }, word), " "]) : [text];
      return made("td", { class: number ? "number" : false }, ...content2);
    }
    /** The controls of the table. @param {number} first @param {number} count @param {number} all */
    bar(first, count, all) {
      const { words } = this;
      const copy = button([words("Copy table")], async () => {
        copy.textContent = await copied(this.text()) ? words("Copied") : words("Could not be copied");
      });
      const turn = (text, by, disabled) => button([text], () => this.render({ page: this.page + by }), { disabled });
      return made(
        "div",
        { class: "bar" },
        made("span", { role: "group", class: "switch" }, this.switch("edges", words("Links")), this.switch("nodes", words("Entries"))),
        made("span", { role: "status" }, all ? `${first + 1}–${first + count} / ${all}` : words("nothing")),
        ...all > this.rowsAtOnce ? [turn(words("Previous"), -1, first === 0), turn(words("Next"), 1, first + count >= all)] : [],
        copy
      );
    }
    /** @param {Kind} kind @param {string} text */
    switch(kind, text) {
      return button([text], () => this.render({ kind, page: 0, sorting: { name: "", down: false } }, "[aria-pressed=true]"), {
        "aria-pressed": String(this.kind === kind)
      });
    }
    /** The whole table as text for spreadsheets, with tabs between cells. */
    text() {
      const columns = columnsOf(this.kind, this.words);
      const flat = (value) => neutral(String(value)).replace(/\s+/g, " ");
      const lines = this.rows().map(({ cells }) => columns.map(({ name }) => flat(cells[name])).join("	"));
      return [columns.map(({ title }) => title).join("	"), ...lines].join("\n");
    }
  };
  var pageLink = ({ label, page: page2 }) => page2 ? made("a", { href: page2 }, label) : label;
  async function copied(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = made("textarea", { class: "sr", "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }
  function sourceLink(place, keys) {
    const found = /^([a-z0-9]+(?:[.-][a-z0-9]+)*) (?:¶(\d+)|\((?:cited|withheld)\))/.exec(place);
    const claim = keys.length === 1 ? `/${encodeURI(keys[0])}` : "";
    return found ? made("a", { href: `../source/${found[1]}.html#p${found[2] ?? 0}${claim}` }, place) : place;
  }

  // network/vis-picture.js
  var [ASIDE2, ABOVE2] = [58, 36];
  var SMALLEST = 5.5;
  var LARGEST_NODE = 30;
  var DIMMED2 = 0.12;
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
      const opacity = (color?.opacity ?? 1) * (this.isLit(id, from, to) ? 1 : DIMMED2);
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
      this.nodes.update(this.data.nodes.map(({ id }) => ({ id, opacity: !item || this.near.has(id) ? 1 : DIMMED2 })));
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
      const seen = Math.min((clientWidth / 2 - 1.5 * ASIDE2) / across, (clientHeight / 2 - 2 * ABOVE2) / down, this.close());
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
    const [width, height] = [clientWidth - 2 * Math.min(ASIDE2, 0.1 * clientWidth), clientHeight - 2 * Math.min(ABOVE2, 0.12 * clientHeight)];
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

  // network/years.js
  var MOST_BARS = 120;
  var Years = class {
    /** @param {HTMLElement} place @param {NetworkModel} model  with years @param {Words} words @param {(from: number|null, to: number|null) => void} changed  null for an end that filters nothing */
    constructor(place, model, words, changed) {
      const [min, max] = this.span = /** @type {[number, number]} */
      model.span;
      this.model = model;
      this.words = words;
      this.changed = changed;
      this.first = made("input", { type: "range", min, max, value: min, "aria-label": words("From year") });
      this.last = made("input", { type: "range", min, max, value: max, "aria-label": words("To year") });
      this.wide = Math.ceil((max - min + 1) / MOST_BARS);
      this.all = this.counted(model.data.edges.keys());
      this.bars = this.all.map(() => made("span", {}, made("i")));
      this.said = made("output", {});
      this.note = made("span", { class: "note" });
      const chart = made("div", { class: "bars", "aria-hidden": "true" }, ...this.bars);
      const handles = made("div", { class: "handles" }, this.first, this.last);
      handles.addEventListener("input", ({ target }) => {
        if (+this.first.value > +this.last.value) [this.first, this.last].forEach((handle) => {
          handle.value = /** @type {any} */
          target.value;
        });
        this.tell();
      });
      this.brush(chart);
      place.append(made("p", {}, made("b", {}, words("Years")), " ", this.said, " ", this.note), chart, handles);
      place.hidden = false;
    }
    /** How many of some edges may date from the years of each bar. @param {Iterable<number>} edges */
    counted(edges) {
      const [min, max] = this.span;
      const counts = new Array(Math.ceil((max - min + 1) / this.wide)).fill(0);
      const bar = (year) => Math.floor((Math.min(Math.max(year, min), max) - min) / this.wide);
      for (const id of edges) {
        const years = this.model.years[id];
        if (years) for (let at = bar(years[0]); at <= bar(years[1]); at++) counts[at] += 1;
      }
      return counts;
    }
    /** @param {HTMLElement} chart */
    brush(chart) {
      let from = (
        /** @type {number|null} */
        null
      );
      const year = (event) => {
        const [[min, max], part2] = [this.span, placeIn(chart, event).x / chart.clientWidth];
        return Math.round(Math.min(Math.max(min - 0.5 + part2 * (max - min + 1), min), max));
      };
      chart.addEventListener("pointerdown", (event) => {
        chart.setPointerCapture(event.pointerId);
        from = year(event);
      });
      for (
        const type of
        /** @type {const} */
        ["pointermove", "pointerup"]
      ) chart.addEventListener(type, (event) => {
        if (from === null) return;
        const [one, other] = [from, year(event)];
        this.set(Math.min(one, other), Math.max(one, other));
        if (type === "pointermove") return;
        from = null;
        this.tell();
      });
    }
    tell() {
      const [[min, max], from, to] = [this.span, +this.first.value, +this.last.value];
      this.set(from, to);
      this.changed(from === min ? null : from, to === max ? null : to);
    }
    /** @param {number|null} from @param {number|null} to */
    set(from, to) {
      const [min, max] = this.span;
      const [one, other] = [from ?? min, to ?? max];
      this.first.value = String(one);
      this.last.value = String(other);
      this.said.textContent = one === other ? String(one) : `${one} – ${other}`;
      this.first.classList.toggle("above", one > (min + max) / 2);
      this.bars.forEach((bar, at) => bar.classList.toggle("out", min + (at + 1) * this.wide <= one || min + at * this.wide > other));
    }
    /** Count what is shown. @param {Shown} shown */
    count({ edges, undated }) {
      const [most, now] = [Math.max(...this.all, 1), this.counted(edges)];
      this.bars.forEach((bar, at) => {
        bar.style.height = `${100 * this.all[at] / most}%`;
        bar.firstChild.style.height = `${100 * now[at] / (this.all[at] || 1)}%`;
      });
      this.note.textContent = this.words("The picture shows links that may date from these years, and {count} links without a date.", { count: undated });
    }
  };

  // network/page.js
  var FOLDS = ["filters-fold", "panel-fold"];
  var ZOOM = 1.3;
  var NetworkPage = class {
    /** @param {NetworkData} data */
    constructor(data) {
      this.data = data;
      this.words = wording(data.words);
      this.model = new NetworkModel(data);
      this.state = stateOf(fragmentIn());
      this.shown = this.model.shown(this.state);
      this.clusters = new Clusters(this.model, this.words);
      this.drawn = this.clusters.drawn(this.shown, this.state);
      this.order = /** @type {number[]|null} */
      null;
      this.narrowed = "";
      this.anchor = -1;
      this.at = /** @type {Item|null} */
      null;
      for (const id of ["tools", "stage"]) part(id).hidden = false;
      part("picture").style.setProperty("--shape", String(shapeOf(data.nodes)));
      const choose = (item) => {
        if (this.isClosed(item)) this.open(item);
        else this.choose(item);
        if (item) part("chosen").scrollIntoView({ block: "nearest" });
      };
      this.panel = new Panel(part("panel"), this.model, this.clusters, this.words, {
        choose: (item) => this.choose(item, { fly: true }),
        open: (item, on) => this.open(item, on)
      });
      this.table = new NetworkTable(part("table"), this.model, this.words, (item) => this.choose(item, { fly: true }));
      this.legend = new Legend(part("filters"), this.model, this.words, () => this.filter());
      this.years = this.model.span && new Years(part("years"), this.model, this.words, (from, to) => {
        Object.assign(this.state, { from, to });
        this.filter();
      });
      this.picture = /** @type {Picture} */
      new (data.renderer === "vis" ? VisPicture : CanvasPicture)(part("picture"), data, choose);
      this.begin();
    }
    begin() {
      const small = matchMedia("screen and (max-width: 60rem)");
      const fold = () => {
        for (const id of FOLDS) part(id).toggleAttribute("open", !small.matches);
      };
      small.addEventListener("change", fold);
      fold();
      const search = (
        /** @type {HTMLInputElement} */
        part("search")
      );
      makeSearch(search, part("found"), this.data.nodes, {
        mark: (index) => groupMark(this.data, this.data.nodes[index].group),
        found: (id) => this.choose({ kind: "node", id }, { fly: true })
      });
      this.controls();
      part("picture").addEventListener("keydown", (event) => this.key(event));
      addEventListener("hashchange", () => this.restore());
      addEventListener("beforeprint", () => this.print(true));
      addEventListener("afterprint", () => this.print(false));
      this.restore();
      this.picture.ready.then(() => {
        document.documentElement.dataset.ready = "yes";
        performance.mark("ready");
      });
    }
    controls() {
      for (const tab of this.tabs()) tab.addEventListener("click", () => this.view(tab.id === "tab-table" ? "table" : "picture"));
      part("tabs").addEventListener("keydown", (event) => {
        if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
        this.view(this.state.view === "picture" ? "table" : "picture");
        this.tabs().find((tab) => tab.tabIndex === 0)?.focus();
      });
      part("fit").addEventListener("click", () => this.picture.fit());
      part("closer").addEventListener("click", () => this.picture.zoom(ZOOM));
      part("farther").addEventListener("click", () => this.picture.zoom(1 / ZOOM));
      for (
        const [id, on] of
        /** @type {[string, boolean][]} */
        [["open-clusters", true], ["close-clusters", false]]
      ) {
        part(id).addEventListener("click", () => {
          this.clusters.setAll(this.state, on);
          this.choose(null);
          this.filter();
          this.picture.fit();
        });
      }
      part("to-panel").addEventListener("click", () => part("panel-fold").scrollIntoView());
      for (
        const link of
        /** @type {NodeListOf<HTMLAnchorElement>} */
        document.querySelectorAll("a.skip")
      ) {
        link.addEventListener("click", (event) => {
          event.preventDefault();
          part(fragmentIn(link.hash)).focus();
        });
      }
      part("reset").addEventListener("click", () => {
        this.state = { ...everything(), view: this.state.view, chosen: this.state.chosen, open: this.state.open };
        this.legend.set(this.state);
        this.years?.set(null, null);
        this.filter();
      });
      for (const step2 of this.stepButtons()) {
        step2.addEventListener("click", () => {
          this.state.steps = this.state.steps === Number(step2.dataset.steps) ? 0 : Number(step2.dataset.steps);
          this.filter();
          this.picture.fit();
        });
      }
      this.menu();
    }
    /** Files to download; the menu closes after one is taken, by Escape and by a click elsewhere. */
    menu() {
      const menu = part("downloads");
      const close2 = () => menu.removeAttribute("open");
      for (const button2 of menu.querySelectorAll("button")) {
        button2.addEventListener("click", () => {
          close2();
          this.take(button2.dataset.form ?? "");
        });
      }
      addEventListener("pointerdown", ({ target }) => {
        if (!menu.contains(
          /** @type {Node} */
          target
        )) close2();
      });
      menu.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        close2();
        menu.querySelector("summary")?.focus();
      });
    }
    /** @returns {HTMLButtonElement[]} */
    stepButtons() {
      return [...part("steps").querySelectorAll("button")];
    }
    tabs() {
      return [part("tab-picture"), part("tab-table")];
    }
    /** Take the state from the address. */
    restore() {
      this.state = stateOf(fragmentIn());
      this.legend.set(this.state);
      this.years?.set(this.state.from, this.state.to);
      const item = this.item();
      this.refresh();
      this.view(this.state.view, false);
      this.choose(item, { fly: true, remember: false });
    }
    /** Show what the filters leave. */
    filter() {
      this.refresh();
      this.show(this.item());
      this.remember();
    }
    /** Show an item in the panel, in the picture and below it. @param {Item|null} item */
    show(item) {
      this.panel.show(item, this.shown, this.drawn, this.state);
      this.picture.select(item && this.clusters.at(item) >= 0 && !this.isClosed(item) ? null : item);
      this.say(item);
    }
    refresh() {
      this.narrowed = `${this.state.steps && this.state.chosen}`;
      this.shown = this.model.shown(this.state);
      this.drawn = this.clusters.drawn(this.shown, this.state);
      this.order = null;
      const { nodes, edges } = this.shown;
      this.picture.show(this.drawn.nodes, this.drawn.edges, this.drawn.data);
      this.grouped();
      this.legend.count(this.shown);
      this.years?.count(this.shown);
      for (const step2 of this.stepButtons()) step2.setAttribute("aria-pressed", String(this.state.steps === Number(step2.dataset.steps)));
      if (this.state.view === "table" || matchMedia("print").matches) this.table.show(this.shown);
      else this.table.shown = this.shown;
      part("counts").textContent = this.words("Shown: {nodes} of {allNodes} entries, {edges} of {allEdges} links", {
        nodes: nodes.size,
        allNodes: this.data.nodes.length,
        edges: edges.size,
        allEdges: this.data.edges.length
      });
      part("asked").textContent = this.asked();
    }
    /** Say how many clusters there are, and what they are. */
    grouped() {
      const count = this.clusters.members.length;
      part("clusters").hidden = !count;
      if (count) part("clusters-note").textContent = this.words("Clusters: {count}, open: {open}. A cluster is our grouping, computed: its entries have more links with each other than with others. No source says so.", { count, open: this.clusters.opened(this.state) });
    }
    /** The filters in force, in words. */
    asked() {
      const asked = this.model.asked(this.state, this.words);
      return asked && `${this.words("Filters")}: ${asked}`;
    }
    /** @param {NetworkState["view"]} view @param {boolean} remember */
    view(view, remember = true) {
      this.state.view = view;
      part("stage").dataset.view = view;
      selectTab(this.tabs(), part(`tab-${view}`));
      if (view === "table") this.table.show(this.shown);
      if (remember) this.remember();
    }
    item() {
      return this.clusters.itemOf(this.state.chosen) ?? this.model.itemOf(this.state.chosen);
    }
    /** Whether an item is a closed cluster. @param {Item|null} item */
    isClosed(item) {
      return this.clusters.at(item) >= 0 && !this.clusters.isOpen(this.clusters.at(item), this.state);
    }
    /** Open or close the cluster of an item. @param {Item|null} item @param {boolean} on */
    open(item, on = true) {
      const cluster = this.clusters.at(item);
      this.clusters.set(this.state, cluster, on);
      this.refresh();
      this.choose(item);
      if (on) this.picture.see?.(this.clusters.members[cluster].filter((node) => this.shown.nodes.has(node)));
      else this.picture.fit();
    }
    /** The name of an item in the address. @param {Item|null} item */
    nameOf(item) {
      return this.clusters.nameOf(item) ?? this.model.nameOf(item);
    }
    /** Choose an item or nothing, for panel, picture and address. @param {Item|null} item @param {{fly?: boolean, remember?: boolean}} how */
    choose(item, { fly = false, remember = true } = {}) {
      this.state.chosen = this.nameOf(item);
      const ours = this.clusters.isOurs(item);
      if (!item || ours) this.state.steps = 0;
      const revealed = item && !ours && this.clusters.reveal(this.state, this.model.endsOf(item));
      if (revealed || this.narrowed !== `${this.state.steps && this.state.chosen}`) this.refresh();
      this.at = item;
      if (item) this.anchor = this.anchored(item);
      this.show(item);
      if (ours && fly) this.picture.fit();
      else if (item && fly && this.drawn.nodes.has(this.anchor)) this.picture.flyTo(this.anchor);
      if (item) part("panel-fold").setAttribute("open", "");
      if (remember) this.remember();
    }
    /** Name the chosen item below the picture, with a link to the panel. @param {Item|null} item */
    say(item) {
      part("chosen").textContent = item ? this.said(item) : "";
      part("to-panel").hidden = !item;
      part("steps").hidden = !item || this.clusters.isOurs(item);
    }
    /** The node from which the keys go on: of an edge, the end where they are, else where it begins. @param {Item} item */
    anchored({ kind, id }) {
      if (kind === "node") return id;
      const { from, to } = this.drawn.data.edges[id];
      return this.anchor === to ? to : from;
    }
    /** The chosen item in a line. @param {Item} item */
    said({ kind, id }) {
      const { nodes, edges, classes } = this.data;
      const ours = this.clusters.said({ kind, id }, this.drawn, this.shown);
      if (ours) return ours;
      if (!this.shown[kind === "edge" ? "edges" : "nodes"].has(id)) return this.words("The filters hide it.");
      if (kind === "edge") return this.model.sentence(edges[id]);
      const ties = this.model.touching[id].filter((edge) => this.shown.edges.has(edge)).length;
      const { label, kind: name } = nodes[id];
      return this.words("{thing} ({kind}), links shown: {count}", { thing: label, kind: classes[name] ?? name, count: ties });
    }
    remember() {
      keepFragment(fragmentOf(this.state));
    }
    /** Walk the picture by keys. @param {KeyboardEvent} event */
    key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const item = this.item();
      if (event.key === "Escape") this.choose(null);
      else if (event.key === "ArrowRight" || event.key === "ArrowLeft") this.walk(event.key === "ArrowRight" ? 1 : -1);
      else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.walkEdges(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && this.isClosed(item)) this.open(item);
      else if (event.key === "Enter" && item?.kind === "edge") this.cross(this.drawn.data.edges[item.id]);
      else if (event.key === "+" || event.key === "=") this.picture.zoom(ZOOM);
      else if (event.key === "-") this.picture.zoom(1 / ZOOM);
      else if (event.key === "0") this.picture.fit();
      else return;
      event.preventDefault();
    }
    /** Go to the next node, the best tied first. @param {number} by */
    walk(by) {
      this.order ??= (this.drawn.held.size ? rankedOf(this.drawn.data) : this.model.ranked).filter((id) => this.drawn.nodes.has(id));
      const next = step(this.order, this.order.indexOf(this.anchor), by);
      if (next !== void 0) this.choose({ kind: "node", id: next }, { fly: true });
    }
    /** Go to the next edge of the node where the keys are. @param {number} by */
    walkEdges(by) {
      if (this.anchor < 0) return this.walk(1);
      const first = (edge) => this.data.edges[edge] ? this.model.bundle(edge, this.shown)[0] : edge;
      const ties = (this.model.touching[this.anchor] ?? []).map(first).filter((edge) => this.drawn.edges.has(edge));
      const lines = this.drawn.lines.filter(({ from, to }) => from === this.anchor || to === this.anchor).map(({ id }) => id);
      const [edges, item] = [[.../* @__PURE__ */ new Set([...ties, ...lines])], this.at];
      const next = step(edges, item?.kind === "edge" ? edges.indexOf(first(item.id)) : -1, by);
      if (next !== void 0) this.choose({ kind: "edge", id: next });
    }
    /** Go over an edge to its other end. @param {NetworkEdge} edge */
    cross({ from, to }) {
      this.choose({ kind: "node", id: from === this.anchor ? to : from }, { fly: true });
    }
    /** Make a file of what is shown. @param {string} form */
    async take(form) {
      const { data, model, shown: shown2, state, picture } = this;
      const manifest = manifestOf(model, shown2, state);
      const text = (type, body) => new Blob([body], { type: `${type};charset=utf-8` });
      const makers = (
        /** @type {Record<string, () => Blob|Promise<Blob>>} */
        {
          png: () => pngOf(this.figure(paletteOf(data), picture.painted?.())),
          svg: () => text("image/svg+xml", svgText(this.figure(paletteOf(data)))),
          graphml: () => text("application/xml", graphmlOf(model, shown2, manifest)),
          gexf: () => text("application/xml", gexfOf(model, shown2, picture.places(), paletteOf(data), manifest)),
          csv: () => text("text/csv", csvOf("edges", model, shown2)),
          "nodes.csv": () => text("text/csv", csvOf("nodes", model, shown2))
        }
      );
      const whole = shown2.edges.size === data.edges.length && shown2.nodes.size === data.nodes.length;
      download(`${data.name}${whole ? "" : "-filtered"}.${form}`, await makers[form]());
    }
    /**
     * The shown network as a figure with its legend and sources.
     * @param {Palette} palette @param {HTMLCanvasElement} [painted]  where there is too much to draw it piece by piece
     * @param {boolean} [titled]  with its title and the filters, for where the page does not say them
     */
    figure(palette, painted, titled = true) {
      const { data, model, shown: shown2, words } = this;
      const picture = painted ? photographed(painted) : depicted(this.drawn, this.picture.places(), palette);
      const clusters = this.drawn.held.size && words("A ring is a cluster of entries: our grouping, computed. No source says so.");
      const sources = `${words("sources")}: ${sourcesOf(model, shown2.edges).join(", ")}`;
      const lines = [titled && this.asked(), clusters, `tipgraph · ${data.title} · ${sources} · ${LICENCE} · ${ADDRESS}`];
      return figureOf(data, picture, palette, { title: titled ? data.title : "", lines: lines.filter((line) => typeof line === "string") });
    }
    /** Make ready for paper: the whole picture, the whole table, nothing folded; and back again. @param {boolean} on */
    print(on) {
      const box = part("picture");
      [box.style.width, box.style.height] = on ? [`${box.offsetWidth}px`, `${box.offsetHeight}px`] : ["", ""];
      const figure = () => this.figure(paletteOf(this.data, true), this.picture.painted?.(), false);
      part("printed").replaceChildren(...on ? [figure()] : []);
      if (on) for (const id of FOLDS) part(id).setAttribute("open", "");
      this.table.whole(on);
    }
  };
  function shapeOf(nodes) {
    const { width, height } = extentOf(nodes);
    return Math.min(Math.max(width / height, 0.75), 1.1).toFixed(2);
  }
  function step(items, at, by) {
    if (at < 0) return by > 0 ? items[0] : items[items.length - 1];
    return items[(at + by + items.length) % items.length];
  }
  pageData("network").then((data) => Object.assign(globalThis, { networkPage: new NetworkPage(data) }));
})();
