// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/csv.js
  var RUNS = /^(?:\s*[=+\-@＝＋－＠]|[\t\n])/;
  var PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
  function neutral(cell) {
    const text = cell.replace(/\r\n?/g, "\n");
    return RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  }
  function csvCell(value2) {
    const text = neutral(value2 === void 0 ? "" : String(value2));
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
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

  // shared/svg.js
  var SVG = "http://www.w3.org/2000/svg";
  var NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  function drawn(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value2] of Object.entries(attributes)) element.setAttribute(name, String(value2));
    element.append(...children);
    return element;
  }
  var tidy = (value2) => Math.round(value2 * 10) / 10;

  // shared/review.js
  var reviewTitle = (words2) => words2("Review");
  var reviewWords = (words2) => ({ reviewed: words2("reviewed"), unreviewed: words2("not reviewed") });
  var isReviewed = ({ review }) => review !== "unreviewed";
  var passesReview = (choice, isReviewed2) => !choice || isReviewed2 === (choice === "reviewed");

  // network/model.js
  var EDGE_FACETS = (
    /** @type {Exclude<Facet, "class">[]} */
    ["relation", "kind", "status", "source", "modality", "review"]
  );
  var FACETS = (
    /** @type {Facet[]} */
    ["class", ...EDGE_FACETS]
  );

  // network/exports.js
  var LICENCE = "CC BY 4.0";
  var LICENCES = `${LICENCE} for tipgraph's data; each source has its own`;

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
    const boxes2 = inOrder.map((item) => item.getBoundingClientRect());
    const heights = boxes2.map(({ top, bottom }) => away === "last" ? bottom - boxes2[0].top : boxes2[0].bottom - top);
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
    const sums = heights.map((all) => all.reduce((sum2, height) => sum2 + height, 0));
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
    for (const [name, value2] of Object.entries(attributes)) {
      if (value2 !== false && value2 !== void 0) element.setAttribute(name, value2 === true ? "" : String(value2));
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

  // shared/download.js
  function download(name, blob) {
    const link = made("a", { href: URL.createObjectURL(blob), download: name, class: "sr" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 6e4);
  }
  async function pixelsOf(svg, width2, height) {
    const image = made("img", { src: URL.createObjectURL(svg) });
    await image.decode();
    const canvas = made("canvas", { width: width2, height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, width2, height);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob) : reject(new Error("the picture is too large for a file"))));
  }

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function wordsOf(text) {
    const words2 = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words2.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words2;
  }

  // network/figure.js
  var ADDRESS = "https://w3id.org/tipgraph/";
  var MOST_OF_PNG = 6e7;
  var svgText = (svg) => `<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(svg)}
`;
  function pngOf(svg) {
    const [width2, height] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
    const scale = Math.min(2, Math.sqrt(MOST_OF_PNG / (width2 * height)));
    const file = new Blob([svgText(svg)], { type: "image/svg+xml" });
    return pixelsOf(file, Math.round(width2 * scale), Math.round(height * scale));
  }

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
    const bytes2 = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes2[at] = text.charCodeAt(at);
    return bytes2;
  }
  function unpacked(base64) {
    return new Response(new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  // shared/page-data.js
  var page = document.documentElement;
  function whileShown(loading) {
    return new Promise((resolve, reject) => {
      loading.then((data2) => {
        if (page.isConnected) resolve(data2);
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
  async function claimsOf2(keys) {
    const { firsts } = await aboutAll();
    const shards = firsts.length ? await Promise.all(keys.map((key2) => loadPacked(scriptOf(`-${placeOf(firsts, key2)}`), "claims"))) : [];
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
  function claimList(keys, words2, order = () => 0) {
    const articles = made("div", { class: "claims" });
    const list = made("div", { "aria-busy": "true" }, articles);
    Promise.all([evidence(), claimsOf2(keys)]).then(([{ href }, claims]) => {
      const makers = claims.sort((one, other) => Number(!one.reviewer) - Number(!other.reviewer) || order(one, other)).map((claim) => () => claimArticle(claim, words2, href));
      list.append(inParts(articles, makers, AT_ONCE, (count) => words2("More: {count}", { count })));
    }, () => list.append(notLoaded())).finally(() => {
      list.setAttribute("aria-busy", "false");
    });
    return list;
  }
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
    const numbers = numbersIn(list.dataset.listed ?? ""), shown3 = list.childElementCount;
    list.setAttribute("aria-busy", "true");
    try {
      const [{ words: words2, href }, claims] = await Promise.all([evidence(), claimsAt(numbers.slice(shown3, shown3 + ON_A_PAGE))]);
      const items = claims.map(([key2, claim]) => listItem(list, key2, claimArticle(claim, words2, href)));
      list.append(...items);
      return items;
    } catch {
      list.after(notLoaded());
      return [];
    }
  }
  async function offerMore(list, items) {
    const left2 = numbersIn(list.dataset.listed ?? "").length - list.childElementCount;
    if (items.length && left2 > 0) {
      const { words: words2 } = await evidence();
      const more = button([words2("More: {count}", { count: left2 })], () => {
        more.remove();
        showMore(list);
      });
      list.after(more);
    }
    list.setAttribute("aria-busy", "false");
    if (items.length) list.dispatchEvent(new Event("filled", { bubbles: true }));
  }
  function listItem(list, key2, article) {
    const { paragraph } = list.dataset;
    if (paragraph) article.id = `p${paragraph}/${key2.split("/").map(encodeURIComponent).join("/")}`;
    return list.matches("ol") ? made("li", {}, article) : article;
  }
  function numbersIn(text) {
    return text.split(",").filter(Boolean).flatMap((run) => {
      const [first, last = first] = run.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
  }
  function claimArticle(claim, words2, href, places = [saidList(claim.said, href)]) {
    const own2 = made(
      "div",
      { class: "own" },
      made("p", { class: "kind" }, claim.heading),
      made("p", { class: "sentence" }, ...spoken(claim.sentence)),
      ...places,
      ...remarked(claim, words2),
      ...claim.also.map((other) => alsoSaid(other, words2, href)),
      ...claim.whole ? [made(
        "p",
        { class: "also" },
        words2("Sources that say all of it, or imply it: {sources}; their publishers: {publishers}", claim.whole)
      )] : []
    );
    const others = claim.against.map((other) => made(
      "div",
      { class: "against" },
      made("p", { class: "reason" }, `${words2("Possible contradiction")}: `, made("span", { lang: "en" }, other.reason)),
      made("p", { class: "sentence" }, ...spoken(other.sentence)),
      saidList(other.said, href),
      ...remarked(other, words2),
      ...other.judged ? [made(
        "p",
        { class: "quiet" },
        `${words2("Judged")}: ${other.judged}: `,
        made("span", { lang: "en" }, other.grounds)
      )] : []
    ));
    return made("article", { class: `claim ${claim.modality}${others.length ? " contradicted" : ""}` }, own2, ...others);
  }
  function spoken(sentence) {
    return sentence.map((piece) => typeof piece === "string" ? piece : made("span", { lang: piece[1] }, piece[0]));
  }
  function remarked({ notes, corrections, reviewer }, words2) {
    const list = notes.length ? [made("ul", { class: "notes" }, ...notes.map((note) => made("li", { lang: "en" }, note)))] : [];
    const corrected = corrections.map((said) => made("p", { class: "quiet" }, `${words2("Corrected")}: `, made("span", { lang: "en" }, said)));
    return [...list, ...corrected, ...reviewer ? [made("p", { class: "quiet" }, `${words2("Reviewed by")}: ${reviewer}`)] : []];
  }
  function alsoSaid({ said, sentence }, words2, href) {
    const links = said.flatMap(({ label, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label)]);
    return made("p", { class: "also" }, ...links, ` ${words2("also says")}: `, ...spoken(sentence));
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
    const key2 = decodeURIComponent(LOCATOR.exec(href)?.[1] ?? "");
    styled ??= dress("lens.css");
    const [about, [claim]] = await Promise.all([evidence(), claimsOf2([key2]), styled]);
    return { about, claim };
  }
  function fill(...parts) {
    content.replaceChildren(...parts);
    lens.hidden = false;
    lens.style.setProperty("--beside", `${besides()}px`);
    lens.scrollTop = 0;
    if (kept) lens.focus();
  }
  function partsOf(claim, { sources, words: words2, href }) {
    const cited = claim.said.some(({ source = "" }) => sources[source]?.knownThrough);
    const chips = [
      claim.modality === "stated" && words2("stated"),
      ...claim.caveats,
      cited && words2("cited"),
      claim.against.length > 0 && words2("disputed"),
      claim.reviewer && `${words2("Reviewed by")}: ${claim.reviewer}`
    ];
    const bySource = new Map(claim.said.map(({ source = "" }) => [source, claim.said.filter((said) => said.source === source)]));
    return [claimArticle({ ...claim, reviewer: "" }, words2, href, [
      made("p", { class: "chips" }, ...chips.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "])),
      ...meanings(claim, cited, words2),
      ...[...bySource].map(([name, places]) => sourceSection(places, sources[name] ?? { title: name }, words2, href))
    ])];
  }
  function besides() {
    const { left: left2 = 0, right: right2 = 0 } = opener?.getBoundingClientRect() ?? {};
    const column = Math.min(left2, opener?.closest(".stage .side")?.getBoundingClientRect().left ?? left2);
    const room = column - GAP > lens.offsetWidth;
    return right2 > innerWidth - lens.offsetWidth && room ? document.documentElement.clientWidth - column + GAP : 0;
  }
  function sourceSection(places, source, words2, href) {
    const { title, issuedBy, issued, documentNumber, url, archived, noAddress, knownThrough } = source;
    const spots = places.map(({ place: [paragraph, sentence, page2] = [0, 0, 0] }) => [page2 && words2("page {n}", { n: page2 }), paragraph && `¶${paragraph}`, sentence && words2("sentence {n}", { n: sentence })].filter(Boolean).join(", "));
    const unseen = (spot) => knownThrough ? words2("We never had this text. It is known through: {texts}", { texts: knownThrough.join("; ") }) : spot ? [reasonOf(source, words2), words2("They are in {place}.", { place: `${documentNumber ?? title}, ${spot}` })].join(" ") : words2("The place is withheld, because it would reveal withheld data.");
    const link = (address, label, rel = void 0) => address ? [made("a", { href: address, "data-plain": true, rel }, label)] : [];
    const away = "noreferrer noopener external";
    const quotes = places.map(({ quote }) => quote && `“${quote}”`);
    const citation = [issuedBy, title, documentNumber, issued, spots.filter(Boolean).join("; "), ...quotes, url ?? archived];
    return made(
      "section",
      {},
      ...places.flatMap(({ quote, path, picture: picture2 }, at) => [
        quote ? made("blockquote", {}, made("mark", {}, quote)) : made("p", { class: "unseen" }, unseen(spots[at])),
        made("p", { class: "ways" }, quote ? spots[at] : "", ...link(href(path), words2("All claims of this paragraph")), ...link(picture2 && href(picture2), words2("Picture of the page")))
      ]),
      made("p", { class: "source" }, made("cite", {}, title), made("br"), [issuedBy, issued, documentNumber].filter(Boolean).join(", ")),
      ...noAddress && !url && !archived ? [made("p", { class: "source", lang: "en" }, noAddress)] : [],
      made(
        "p",
        { class: "ways" },
        ...link(url, words2("Open the original"), away),
        ...link(archived, words2("Archived copy"), away),
        copyButton(words2("Copy citation"), citation.filter(Boolean).join(". "), words2),
        copyButton(words2("Copy link"), new URL(href(places[0].path), location.href).href, words2)
      )
    );
  }
  function reasonOf({ unseen, licence = "" }, words2) {
    if (unseen === "withheld") return words2("The words are withheld, because they would reveal withheld data.");
    if (unseen === "licence") return words2("The words are not shown: this site was made without the text, and no licence clearly allows us to publish it ({licence}).", { licence });
    return words2("The words are not shown: this site was made without the text.");
  }
  function meanings(claim, cited, words2) {
    const said = [
      claim.modality === "implied" && words2("Implied: our reading. The words do not say it outright."),
      cited && words2("Cited: we know this source only through another text.")
    ];
    return said.filter(Boolean).map((text) => made("p", { class: "meaning" }, String(text)));
  }
  function copyButton(label, text, words2) {
    const status = made("span", { role: "status" });
    const copy = button([label], async () => {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      status.textContent = copied ? words2("Copied.") : text;
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
      const end = this.first, begin = Math.max(0, end - this.size);
      this.put(begin, end);
      const left2 = cutToFit([...this.list.children], "first");
      if (begin === 0 && left2 === end) return this.show(0);
      this.first = end - left2;
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
    async filter(words2, review) {
      await this.load();
      return this.keep((at) => words2.every((word) => this.texts[at].includes(word)) && passesReview(review, isReviewedItem(this.items[at])));
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
    const fields2 = review ? [box, review] : [box];
    const asked2 = () => String(new URLSearchParams(fields2.filter(({ value: value2 }) => value2).map(({ id, value: value2 }) => [id, value2])));
    const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
    let latest = "";
    const filter = async () => {
      const [wanted, choice] = [wordsOf(box.value), review?.value ?? ""];
      latest = asked2();
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word)) || !passesReview(choice, isReviewedItem(item));
      });
      const counts = await Promise.all(long.map((list) => list.filter(wanted, choice)));
      if (latest !== asked2()) return;
      if (target.querySelector("li")) for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(counts.reduce((sum2, number) => sum2 + number, items.filter((item) => !item.hidden).length));
    };
    if (long.length) box.addEventListener("focus", () => {
      for (const list of long) list.load();
    }, { once: true });
    for (const field of fields2) {
      field.addEventListener("input", () => {
        filter();
        keepFragment(asked2());
      });
      field.value = new URLSearchParams(fragmentIn()).get(field.id) ?? "";
    }
    if (review && review.selectedIndex < 0) review.value = "";
    if (asked2()) filter();
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

  // shared/workbook.js
  var HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  var SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  var OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  var PACKAGE = "http://schemas.openxmlformats.org/package/2006";
  var CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  var [MOST_ROWS, MOST_LETTERS] = [1048576, 32767];
  var STYLES = `${HEAD}<styleSheet xmlns="${SPREADSHEET}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
  var CHECKSUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc >>> 1 ^ (crc & 1 ? 3988292384 : 0);
    return crc;
  });
  function workbook(sheets, headed) {
    const names = Object.keys(sheets);
    const each = (make) => names.map((name, at) => make(name, at + 1)).join("");
    const relation = (id, type, target) => `<Relationship Id="rId${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
    const relations = (inside) => `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${inside}</Relationships>`;
    return zip({
      "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/>${each((_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${CONTENT}.worksheet+xml"/>`)}</Types>`,
      "_rels/.rels": relations(relation(1, "officeDocument", "xl/workbook.xml")),
      "xl/workbook.xml": `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}"><sheets>${each((name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": relations(each((_, n) => relation(n, "worksheet", `worksheets/sheet${n}.xml`)) + relation(names.length + 1, "styles", "styles.xml")),
      "xl/styles.xml": STYLES,
      ...Object.fromEntries(names.map((name, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet(sheets[name], headed.includes(name))]))
    });
  }
  var escaped = (text) => text.replace(NOT_XML, "�").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
  var letters = (at) => (at < 26 ? "" : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + at % 26);
  function sheet(all, isHeaded) {
    const rows = all.slice(0, MOST_ROWS);
    const shortened = (text) => text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS - 1)}…` : text;
    const cell = (value2, style = "") => typeof value2 === "number" ? `<c${style}><v>${value2}</v></c>` : value2 ? `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(value2))}</t></is></c>` : "<c/>";
    const lines = rows.map((row, at) => `<row>${row.map((value2) => cell(value2, isHeaded && at === 0 ? ' s="1"' : "")).join("")}</row>`);
    const widths = rows[0].map((_, at) => Math.min(60, rows.reduce((most, row) => Math.max(most, String(row[at] ?? "").length), 0) + 2));
    const cols = widths.map((width2, at) => `<col min="${at + 1}" max="${at + 1}" width="${width2}" customWidth="1"/>`);
    const pane = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
    const filter = `<autoFilter ref="A1:${letters(widths.length - 1)}${rows.length}"/>`;
    return `${HEAD}<worksheet xmlns="${SPREADSHEET}">${isHeaded ? pane : ""}<cols>${cols.join("")}</cols><sheetData>${lines.join("")}</sheetData>${isHeaded ? filter : ""}</worksheet>`;
  }
  async function deflated(text) {
    return new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
  }
  async function zip(files) {
    const [parts, directory] = [
      /** @type {Uint8Array<ArrayBuffer>[]} */
      [],
      /** @type {Uint8Array<ArrayBuffer>[]} */
      []
    ];
    let offset = 0;
    for (const [path, text] of Object.entries(files)) {
      const [name, body] = [path, text].map((part2) => new TextEncoder().encode(part2));
      const packed = await deflated(body);
      const common = [20, 2048, 8, 0, 23073, [checksum(body)], [packed.length], [body.length], name.length, 0];
      const local = bytes([[67324752], ...common]);
      directory.push(bytes([[33639248], 20, ...common, 0, 0, 0, [0], [offset]]), name);
      parts.push(local, name, packed);
      offset += local.length + name.length + packed.length;
    }
    const [count, size] = [Object.keys(files).length, directory.reduce((sum2, { length }) => sum2 + length, 0)];
    return new Blob([...parts, ...directory, bytes([[101010256], 0, 0, count, count, [size], [offset], 0])], { type: `${CONTENT}.sheet` });
  }
  var bytes = (numbers) => new Uint8Array(numbers.flatMap((number) => Array.isArray(number) ? [0, 8, 16, 24].map((shift) => number[0] >>> shift & 255) : [number & 255, number >>> 8]));
  function checksum(body) {
    let crc = -1;
    for (const byte of body) crc = crc >>> 8 ^ CHECKSUMS[(crc ^ byte) & 255];
    return ~crc >>> 0;
  }

  // money/flow.js
  var REVIEWED = 2;
  var WAYS = 40;
  var UNDATED = "none";
  var EVERY_YEAR = "all";
  var COMPARED = "compared";
  var [WHOLE, CENTS] = [0, 2].map((digits) => new Intl.NumberFormat("en", { minimumFractionDigits: digits, maximumFractionDigits: digits }));
  var kindOf = ({ kind, finance }) => finance ? `${kind} ${finance}` : kind;
  var yearsWords = (years) => years.replace("/", "–");
  function comparedWords({ name }, amount) {
    const [currency, year] = name.split("-");
    return `≈ ${moneyWords(currency, Math.round(amount))}${year ? ` (${year})` : ""}`;
  }
  var inPrices = ({ name }, payment) => ({ ...payment, amount: payment.compared ?? "", currency: name, converted: true });
  var moneyWords = (currency, amount) => `${currency} ${(Number.isInteger(amount) ? WHOLE : CENTS).format(amount)}`;
  function passing(payments, { funder, place, currency, years, kind, review, accept }) {
    const way = accept | (review === "reviewed" ? REVIEWED : 0);
    return payments.filter((payment) => payment.counts >> way & 1 && passesReview(review, isReviewed(payment)) && (!funder || payment.givers.includes(funder)) && (!place || payment.places.includes(place)) && (!currency || currency === COMPARED || !payment.amount || payment.currency === currency) && (!years || (payment.years || UNDATED) === years) && (!kind || kindOf(payment) === kind));
  }
  var totalOf = (payments) => payments.reduce((sum2, { amount }) => sum2 + Math.round(100 * Number(amount)), 0) / 100;
  var isCompared = ({ compared, givers }) => compared !== void 0 && givers.length < 2;
  function missingWords({ gaps }, payments, words2) {
    const missing = payments.filter(({ gap }) => gap).map(({ gap = "" }) => gap);
    const reasons = [...new Set(missing)].sort().map((gap) => `${gaps[gap] ?? gap} ${missing.filter((other) => other === gap).length}`).join(", ");
    return missing.length ? words2("not compared: {n} ({reasons})", { n: missing.length, reasons }) : "";
  }
  function sumsOf(data2, shown3, funder, words2) {
    const { funders, kinds, finances, prices } = data2;
    const rows = (
      /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}>} */
      /* @__PURE__ */ new Map()
    );
    for (const payment of shown3) {
      const reviewed = isReviewed(payment);
      const kind = [
        kinds[payment.kind] ?? payment.kind,
        payment.finance && (finances[payment.finance] ?? payment.finance),
        payment.attends && words2("to attend an event"),
        payment.passed && words2("passed on"),
        !reviewed && reviewWords(words2).unreviewed
      ].filter(Boolean).join(", ");
      for (const giver of payment.givers.length ? payment.givers : [""]) {
        if (funder && giver !== funder) continue;
        const key2 = JSON.stringify([giver, payment.years, payment.kind, payment.finance, payment.attends, payment.passed, reviewed]);
        const row = rows.get(key2) ?? { giver, funder: funders[giver] ?? words2("funder not named"), years: payment.years, kind, reviewed, payments: [] };
        row.payments.push(payment);
        rows.set(key2, row);
      }
    }
    const years = (
      /** @type {Map<string, {giver: string, funder: string, years: string, kind: string, reviewed: boolean, payments: Payment[]}[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const row of rows.values()) years.set(`${row.giver} ${row.kind}`, [...years.get(`${row.giver} ${row.kind}`) ?? [], row]);
    const whole = [...years.values()].filter((own2) => own2.length > 1 && own2.some(({ payments }) => payments.some(isCompared))).map((own2) => ({ ...own2[0], years: EVERY_YEAR, payments: own2.flatMap(({ payments }) => payments) }));
    const summed = [...rows.values(), ...whole].map((row) => {
      const own2 = row.payments.filter(({ amount, givers }) => amount && givers.length < 2);
      const currencies = [...new Set(own2.map(({ currency }) => currency))].sort();
      const totals = currencies.map((currency) => ({ currency, total: totalOf(own2.filter((payment) => payment.currency === currency)) }));
      const unknown = row.payments.filter(({ amount }) => !amount).length;
      const implied = row.payments.filter(({ modality }) => modality === "implied").length;
      const compared = own2.filter(isCompared);
      const total = compared.reduce((sum2, payment) => sum2 + Number(payment.compared), 0);
      const isSame = totals.length === 1 && totals[0].currency === prices.name.split("-")[0] && Math.abs(totals[0].total - total) < 1e-3;
      return {
        ...row,
        totals,
        unknown,
        implied,
        count: row.payments.length,
        shared: row.payments.length - own2.length - unknown,
        compared: compared.length ? total : void 0,
        isSame,
        comparedCount: compared.length,
        get missing() {
          return missingWords(data2, own2, words2);
        }
      };
    });
    const ranks = (
      /** @type {Map<string, number>} */
      /* @__PURE__ */ new Map()
    );
    const first = new Set(summed.filter(({ reviewed }) => reviewed).map(({ giver }) => giver));
    for (const { giver, reviewed, totals } of summed) if (reviewed || !first.has(giver)) ranks.set(giver, Math.max(ranks.get(giver) ?? 0, ...totals.map(({ total }) => total)));
    return summed.sort((one, other) => Number(first.has(other.giver)) - Number(first.has(one.giver)) || (ranks.get(other.giver) ?? 0) - (ranks.get(one.giver) ?? 0) || one.funder.localeCompare(other.funder) || Number(other.reviewed) - Number(one.reviewed) || one.years.localeCompare(other.years));
  }
  function flowOf(data2, shown3, words2) {
    const unit = Math.abs(totalOf(shown3)) / Math.max(2 * shown3.length, 25) || 1;
    const weigh = ({ amount }) => Math.abs(Number(amount)) || unit;
    const sorted = largestFirst(shown3);
    const spots = spotsOf(data2, sorted, weigh, words2);
    const bands2 = (
      /** @type {Map<string, Band>} */
      /* @__PURE__ */ new Map()
    );
    for (const payment of sorted) {
      const way = payment.path.map((stop) => spots.of(payment, stop));
      for (let step = 1; step < way.length; step += 1) {
        const [from, to] = [way[step - 1], way[step]];
        if (from === to) continue;
        const look = !payment.given ? "planned" : payment.amount ? "known" : "unknown";
        const implied = payment.modality === "implied" || payment.reported && step === way.length - 1;
        const reviewed = isReviewed(payment);
        const key2 = [from, to, look, implied ? "implied" : "stated", reviewed ? "reviewed" : "unreviewed", payment.years, kindOf(payment)].join("|");
        const band = bands2.get(key2) ?? /** @type {Band} */
        { key: key2, from, to, look, implied, reviewed, weight: 0, payments: [] };
        band.weight += weigh(payment);
        band.payments.push(payment);
        bands2.set(key2, band);
      }
    }
    return { spots: spots.all, bands: [...bands2.values()] };
  }
  function largestFirst(shown3) {
    const given = (
      /** @type {Map<number, number>} */
      /* @__PURE__ */ new Map()
    );
    const first = ({ path: [stop] }) => given.get(stop) ?? 0;
    for (const payment of shown3) given.set(payment.path[0], first(payment) + Number(payment.amount));
    return [...shown3].sort((one, other) => first(other) - first(one) || one.path[0] - other.path[0] || Number(other.amount) - Number(one.amount));
  }
  function spotsOf({ stops }, shown3, weigh, words2) {
    const ways = (
      /** @type {Map<string, number>} */
      /* @__PURE__ */ new Map()
    );
    const wayOf = ({ path, years }) => [...path, years].join();
    for (const payment of shown3) ways.set(wayOf(payment), (ways.get(wayOf(payment)) ?? 0) + weigh(payment));
    const kept2 = new Set([...ways].sort((one, other) => other[1] - one[1]).slice(0, WAYS).map(([way]) => way));
    const first = new Set([...kept2].map((way) => Number(way.split(",")[0])));
    const folded2 = (
      /** @type {Map<number, Set<number>>} */
      /* @__PURE__ */ new Map()
    );
    for (const payment of shown3) {
      if (kept2.has(wayOf(payment))) continue;
      for (const stop of payment.path) {
        if (first.has(stop)) continue;
        const { column } = stops[stop];
        folded2.set(column, (folded2.get(column) ?? /* @__PURE__ */ new Set()).add(stop));
      }
    }
    const all = (
      /** @type {Map<string, Spot>} */
      /* @__PURE__ */ new Map()
    );
    const of = (payment, stop) => {
      const { column, role, label, names = label } = stops[stop];
      const other = !kept2.has(wayOf(payment)) && !first.has(stop);
      const id = other ? `others-${column}` : String(stop);
      const text = other ? words2("All others ({count})", { count: folded2.get(column)?.size ?? 0 }) : label;
      if (!all.has(id)) all.set(id, { id, column, role, label: text, names: other ? text : names });
      return id;
    };
    return { all, of };
  }

  // money/files.js
  var COLUMNS = ["funder", "through", "purpose", "place", "amount", "currency", "compared", "prices", "rates", "not compared", "kind", "finance", "years", "date", "modality", "given", "review", "sources", "said at", "claim"];
  function rowsOf({ stops, prices, rates, gaps }, shown3) {
    return [COLUMNS, ...shown3.map((payment) => {
      const [first, ...rest] = payment.path.map((stop) => stops[stop]);
      const named = (role) => rest.filter((stop) => stop.role === role).map(({ label, names = label }) => names).join(" > ");
      const { compared = "", rates: by = 0, gap = "" } = payment;
      const comparison = compared ? [Number(Number(compared).toFixed(2)), prices.name, rates[by]] : ["", "", ""];
      const { amount, currency, kind, finance, years, date, modality, given, review, sources, said, claims } = payment;
      return [
        first.names ?? first.label,
        named("through"),
        named("purpose"),
        named("place"),
        amount && Number(amount),
        currency,
        ...comparison,
        gaps[gap] ?? gap,
        kind,
        finance,
        years,
        date,
        modality,
        given ? "yes" : "only planned",
        review,
        sources,
        said,
        claims[0]
      ];
    })];
  }
  var csvOf = (data2, shown3) => `\uFEFF${rowsOf(data2, shown3).map((row) => `${row.map(csvCell).join(",")}\r
`).join("")}`;
  function workbookOf(data2, shown3, sums, asked2) {
    const head = ["funder", "years", "kind", "currency", "sum", "items", "amounts unknown", "shared with other funders", "implied"];
    const rows = sums.filter(({ years }) => years !== EVERY_YEAR).flatMap(({ funder, years, kind, count, unknown, shared, implied, totals }) => (totals.length ? totals : [{ currency: "", total: "" }]).map(({ currency, total }) => [funder, years, kind, currency, total, count, unknown, shared, implied]));
    const compared = sums.filter((row) => row.compared !== void 0).map((row) => [
      row.funder,
      row.years,
      row.kind,
      Number((row.compared ?? 0).toFixed(2)),
      data2.prices.name,
      row.comparedCount,
      row.missing,
      row.unknown,
      row.shared,
      row.implied
    ]);
    return workbook({
      funding: rowsOf(data2, shown3),
      sums: [head, ...rows],
      compared: [["funder", "years", "kind", "sum", "prices", "items compared", "not compared", "amounts unknown", "shared with other funders", "implied"], ...compared],
      about: [["made by", `tipgraph, ${ADDRESS}`], ["filters", asked2], ["licence", LICENCES], ...data2.rates.filter(Boolean).map((rates) => ["rates", rates])]
    }, ["funding", "sums", "compared"]);
  }

  // ../../../../../../node_modules/d3-sankey/node_modules/d3-array/src/max.js
  function max(values, valueof) {
    let max2;
    if (valueof === void 0) {
      for (const value2 of values) {
        if (value2 != null && (max2 < value2 || max2 === void 0 && value2 >= value2)) {
          max2 = value2;
        }
      }
    } else {
      let index = -1;
      for (let value2 of values) {
        if ((value2 = valueof(value2, ++index, values)) != null && (max2 < value2 || max2 === void 0 && value2 >= value2)) {
          max2 = value2;
        }
      }
    }
    return max2;
  }

  // ../../../../../../node_modules/d3-sankey/node_modules/d3-array/src/min.js
  function min(values, valueof) {
    let min2;
    if (valueof === void 0) {
      for (const value2 of values) {
        if (value2 != null && (min2 > value2 || min2 === void 0 && value2 >= value2)) {
          min2 = value2;
        }
      }
    } else {
      let index = -1;
      for (let value2 of values) {
        if ((value2 = valueof(value2, ++index, values)) != null && (min2 > value2 || min2 === void 0 && value2 >= value2)) {
          min2 = value2;
        }
      }
    }
    return min2;
  }

  // ../../../../../../node_modules/d3-sankey/node_modules/d3-array/src/sum.js
  function sum(values, valueof) {
    let sum2 = 0;
    if (valueof === void 0) {
      for (let value2 of values) {
        if (value2 = +value2) {
          sum2 += value2;
        }
      }
    } else {
      let index = -1;
      for (let value2 of values) {
        if (value2 = +valueof(value2, ++index, values)) {
          sum2 += value2;
        }
      }
    }
    return sum2;
  }

  // ../../../../../../node_modules/d3-sankey/src/align.js
  function justify(node, n) {
    return node.sourceLinks.length ? node.depth : n - 1;
  }

  // ../../../../../../node_modules/d3-sankey/src/constant.js
  function constant(x) {
    return function() {
      return x;
    };
  }

  // ../../../../../../node_modules/d3-sankey/src/sankey.js
  function ascendingSourceBreadth(a, b) {
    return ascendingBreadth(a.source, b.source) || a.index - b.index;
  }
  function ascendingTargetBreadth(a, b) {
    return ascendingBreadth(a.target, b.target) || a.index - b.index;
  }
  function ascendingBreadth(a, b) {
    return a.y0 - b.y0;
  }
  function value(d) {
    return d.value;
  }
  function defaultId(d) {
    return d.index;
  }
  function defaultNodes(graph) {
    return graph.nodes;
  }
  function defaultLinks(graph) {
    return graph.links;
  }
  function find(nodeById, id) {
    const node = nodeById.get(id);
    if (!node) throw new Error("missing: " + id);
    return node;
  }
  function computeLinkBreadths({ nodes }) {
    for (const node of nodes) {
      let y0 = node.y0;
      let y1 = y0;
      for (const link of node.sourceLinks) {
        link.y0 = y0 + link.width / 2;
        y0 += link.width;
      }
      for (const link of node.targetLinks) {
        link.y1 = y1 + link.width / 2;
        y1 += link.width;
      }
    }
  }
  function Sankey() {
    let x0 = 0, y0 = 0, x1 = 1, y1 = 1;
    let dx = 24;
    let dy = 8, py;
    let id = defaultId;
    let align = justify;
    let sort;
    let linkSort;
    let nodes = defaultNodes;
    let links = defaultLinks;
    let iterations = 6;
    function sankey() {
      const graph = { nodes: nodes.apply(null, arguments), links: links.apply(null, arguments) };
      computeNodeLinks(graph);
      computeNodeValues(graph);
      computeNodeDepths(graph);
      computeNodeHeights(graph);
      computeNodeBreadths(graph);
      computeLinkBreadths(graph);
      return graph;
    }
    sankey.update = function(graph) {
      computeLinkBreadths(graph);
      return graph;
    };
    sankey.nodeId = function(_) {
      return arguments.length ? (id = typeof _ === "function" ? _ : constant(_), sankey) : id;
    };
    sankey.nodeAlign = function(_) {
      return arguments.length ? (align = typeof _ === "function" ? _ : constant(_), sankey) : align;
    };
    sankey.nodeSort = function(_) {
      return arguments.length ? (sort = _, sankey) : sort;
    };
    sankey.nodeWidth = function(_) {
      return arguments.length ? (dx = +_, sankey) : dx;
    };
    sankey.nodePadding = function(_) {
      return arguments.length ? (dy = py = +_, sankey) : dy;
    };
    sankey.nodes = function(_) {
      return arguments.length ? (nodes = typeof _ === "function" ? _ : constant(_), sankey) : nodes;
    };
    sankey.links = function(_) {
      return arguments.length ? (links = typeof _ === "function" ? _ : constant(_), sankey) : links;
    };
    sankey.linkSort = function(_) {
      return arguments.length ? (linkSort = _, sankey) : linkSort;
    };
    sankey.size = function(_) {
      return arguments.length ? (x0 = y0 = 0, x1 = +_[0], y1 = +_[1], sankey) : [x1 - x0, y1 - y0];
    };
    sankey.extent = function(_) {
      return arguments.length ? (x0 = +_[0][0], x1 = +_[1][0], y0 = +_[0][1], y1 = +_[1][1], sankey) : [[x0, y0], [x1, y1]];
    };
    sankey.iterations = function(_) {
      return arguments.length ? (iterations = +_, sankey) : iterations;
    };
    function computeNodeLinks({ nodes: nodes2, links: links2 }) {
      for (const [i, node] of nodes2.entries()) {
        node.index = i;
        node.sourceLinks = [];
        node.targetLinks = [];
      }
      const nodeById = new Map(nodes2.map((d, i) => [id(d, i, nodes2), d]));
      for (const [i, link] of links2.entries()) {
        link.index = i;
        let { source, target } = link;
        if (typeof source !== "object") source = link.source = find(nodeById, source);
        if (typeof target !== "object") target = link.target = find(nodeById, target);
        source.sourceLinks.push(link);
        target.targetLinks.push(link);
      }
      if (linkSort != null) {
        for (const { sourceLinks, targetLinks } of nodes2) {
          sourceLinks.sort(linkSort);
          targetLinks.sort(linkSort);
        }
      }
    }
    function computeNodeValues({ nodes: nodes2 }) {
      for (const node of nodes2) {
        node.value = node.fixedValue === void 0 ? Math.max(sum(node.sourceLinks, value), sum(node.targetLinks, value)) : node.fixedValue;
      }
    }
    function computeNodeDepths({ nodes: nodes2 }) {
      const n = nodes2.length;
      let current = new Set(nodes2);
      let next = /* @__PURE__ */ new Set();
      let x = 0;
      while (current.size) {
        for (const node of current) {
          node.depth = x;
          for (const { target } of node.sourceLinks) {
            next.add(target);
          }
        }
        if (++x > n) throw new Error("circular link");
        current = next;
        next = /* @__PURE__ */ new Set();
      }
    }
    function computeNodeHeights({ nodes: nodes2 }) {
      const n = nodes2.length;
      let current = new Set(nodes2);
      let next = /* @__PURE__ */ new Set();
      let x = 0;
      while (current.size) {
        for (const node of current) {
          node.height = x;
          for (const { source } of node.targetLinks) {
            next.add(source);
          }
        }
        if (++x > n) throw new Error("circular link");
        current = next;
        next = /* @__PURE__ */ new Set();
      }
    }
    function computeNodeLayers({ nodes: nodes2 }) {
      const x = max(nodes2, (d) => d.depth) + 1;
      const kx = (x1 - x0 - dx) / (x - 1);
      const columns = new Array(x);
      for (const node of nodes2) {
        const i = Math.max(0, Math.min(x - 1, Math.floor(align.call(null, node, x))));
        node.layer = i;
        node.x0 = x0 + i * kx;
        node.x1 = node.x0 + dx;
        if (columns[i]) columns[i].push(node);
        else columns[i] = [node];
      }
      if (sort) for (const column of columns) {
        column.sort(sort);
      }
      return columns;
    }
    function initializeNodeBreadths(columns) {
      const ky = min(columns, (c) => (y1 - y0 - (c.length - 1) * py) / sum(c, value));
      for (const nodes2 of columns) {
        let y = y0;
        for (const node of nodes2) {
          node.y0 = y;
          node.y1 = y + node.value * ky;
          y = node.y1 + py;
          for (const link of node.sourceLinks) {
            link.width = link.value * ky;
          }
        }
        y = (y1 - y + py) / (nodes2.length + 1);
        for (let i = 0; i < nodes2.length; ++i) {
          const node = nodes2[i];
          node.y0 += y * (i + 1);
          node.y1 += y * (i + 1);
        }
        reorderLinks(nodes2);
      }
    }
    function computeNodeBreadths(graph) {
      const columns = computeNodeLayers(graph);
      py = Math.min(dy, (y1 - y0) / (max(columns, (c) => c.length) - 1));
      initializeNodeBreadths(columns);
      for (let i = 0; i < iterations; ++i) {
        const alpha = Math.pow(0.99, i);
        const beta = Math.max(1 - alpha, (i + 1) / iterations);
        relaxRightToLeft(columns, alpha, beta);
        relaxLeftToRight(columns, alpha, beta);
      }
    }
    function relaxLeftToRight(columns, alpha, beta) {
      for (let i = 1, n = columns.length; i < n; ++i) {
        const column = columns[i];
        for (const target of column) {
          let y = 0;
          let w = 0;
          for (const { source, value: value2 } of target.targetLinks) {
            let v = value2 * (target.layer - source.layer);
            y += targetTop(source, target) * v;
            w += v;
          }
          if (!(w > 0)) continue;
          let dy2 = (y / w - target.y0) * alpha;
          target.y0 += dy2;
          target.y1 += dy2;
          reorderNodeLinks(target);
        }
        if (sort === void 0) column.sort(ascendingBreadth);
        resolveCollisions(column, beta);
      }
    }
    function relaxRightToLeft(columns, alpha, beta) {
      for (let n = columns.length, i = n - 2; i >= 0; --i) {
        const column = columns[i];
        for (const source of column) {
          let y = 0;
          let w = 0;
          for (const { target, value: value2 } of source.sourceLinks) {
            let v = value2 * (target.layer - source.layer);
            y += sourceTop(source, target) * v;
            w += v;
          }
          if (!(w > 0)) continue;
          let dy2 = (y / w - source.y0) * alpha;
          source.y0 += dy2;
          source.y1 += dy2;
          reorderNodeLinks(source);
        }
        if (sort === void 0) column.sort(ascendingBreadth);
        resolveCollisions(column, beta);
      }
    }
    function resolveCollisions(nodes2, alpha) {
      const i = nodes2.length >> 1;
      const subject = nodes2[i];
      resolveCollisionsBottomToTop(nodes2, subject.y0 - py, i - 1, alpha);
      resolveCollisionsTopToBottom(nodes2, subject.y1 + py, i + 1, alpha);
      resolveCollisionsBottomToTop(nodes2, y1, nodes2.length - 1, alpha);
      resolveCollisionsTopToBottom(nodes2, y0, 0, alpha);
    }
    function resolveCollisionsTopToBottom(nodes2, y, i, alpha) {
      for (; i < nodes2.length; ++i) {
        const node = nodes2[i];
        const dy2 = (y - node.y0) * alpha;
        if (dy2 > 1e-6) node.y0 += dy2, node.y1 += dy2;
        y = node.y1 + py;
      }
    }
    function resolveCollisionsBottomToTop(nodes2, y, i, alpha) {
      for (; i >= 0; --i) {
        const node = nodes2[i];
        const dy2 = (node.y1 - y) * alpha;
        if (dy2 > 1e-6) node.y0 -= dy2, node.y1 -= dy2;
        y = node.y0 - py;
      }
    }
    function reorderNodeLinks({ sourceLinks, targetLinks }) {
      if (linkSort === void 0) {
        for (const { source: { sourceLinks: sourceLinks2 } } of targetLinks) {
          sourceLinks2.sort(ascendingTargetBreadth);
        }
        for (const { target: { targetLinks: targetLinks2 } } of sourceLinks) {
          targetLinks2.sort(ascendingSourceBreadth);
        }
      }
    }
    function reorderLinks(nodes2) {
      if (linkSort === void 0) {
        for (const { sourceLinks, targetLinks } of nodes2) {
          sourceLinks.sort(ascendingTargetBreadth);
          targetLinks.sort(ascendingSourceBreadth);
        }
      }
    }
    function targetTop(source, target) {
      let y = source.y0 - (source.sourceLinks.length - 1) * py / 2;
      for (const { target: node, width: width2 } of source.sourceLinks) {
        if (node === target) break;
        y += width2 + py;
      }
      for (const { source: node, width: width2 } of target.targetLinks) {
        if (node === source) break;
        y -= width2;
      }
      return y;
    }
    function sourceTop(source, target) {
      let y = target.y0 - (target.targetLinks.length - 1) * py / 2;
      for (const { source: node, width: width2 } of target.targetLinks) {
        if (node === source) break;
        y += width2 + py;
      }
      for (const { target: node, width: width2 } of source.sourceLinks) {
        if (node === target) break;
        y -= width2;
      }
      return y;
    }
    return sankey;
  }

  // money/river.js
  var [TOP, NODE, GAP2, LETTER] = [44, 11, 20, 6.4];
  var THINNEST = 1.5;
  var paletteOf = (colour) => ({
    ink: colour("--ink"),
    quiet: colour("--quiet"),
    ground: colour("--paper"),
    accent: colour("--accent"),
    roles: { funder: colour("--actor"), through: colour("--actor"), purpose: colour("--undertaking"), place: colour("--place") }
  });
  var PAGE_COLOURS = paletteOf((name) => `var(${name})`);
  var coloursNow = () => paletteOf((name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  function cut(text, most) {
    const tail = /( \(\+\d+\))?$/.exec(text)?.[0] ?? "";
    const short = text.length > most ? `${text.slice(0, Math.max(most - 1 - tail.length, 1)).trimEnd()}…${tail}` : text;
    return short.replace(NOT_XML, "�");
  }
  function bandWords({ spots }, band, words2) {
    return `${spots.get(band.from)?.names} → ${spots.get(band.to)?.names}: ${amountWords(band, words2)}`;
  }
  var sumWords = ([first, ...rest]) => first.converted ? comparedWords({ name: first.currency, words: "" }, totalOf([first, ...rest])) : moneyWords(first.currency, totalOf([first, ...rest]));
  function amountWords({ look, implied, reviewed, payments }, words2) {
    const known = payments.filter(({ amount }) => amount);
    const missing = payments.some(({ gap }) => gap) ? words2("amount not compared") : words2("amount unknown");
    const sum2 = known.length ? sumWords(known) : missing;
    const marks = [payments.length > 1 && words2("{count} items", { count: payments.length }), implied && words2("implied"), look === "planned" && words2("only planned"), !reviewed && reviewWords(words2).unreviewed];
    return [sum2, yearsWords(payments[0].years), ...marks].filter(Boolean).join(", ");
  }
  function lookOf({ look, implied, reviewed }, { accent, ground }, hatch = "hatch") {
    const pale = implied || !reviewed;
    const stroke = { stroke: accent, "stroke-width": 1, "stroke-opacity": pale ? 0.6 : 0.9, ...!reviewed && { "stroke-dasharray": "1 3" } };
    if (look === "planned") return { ...stroke, fill: ground, "stroke-dasharray": reviewed ? "5 3" : "5 3 1 3" };
    return { ...stroke, fill: look === "unknown" ? `url(#${hatch})` : accent, "fill-opacity": (look === "unknown" ? 1 : 0.5) * (pale ? 0.4 : 1) };
  }
  function hatching({ accent }, id = "hatch") {
    const lines = drawn("rect", { width: 2.2, height: 7, fill: accent });
    return drawn("defs", {}, drawn("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, lines));
  }
  function placed({ spots, bands: bands2 }, width2, right2) {
    const columns = [...new Set([...spots.values()].map(({ column }) => column))].sort((one, other) => one - other);
    const at = (id) => columns.indexOf(
      /** @type {Spot} */
      spots.get(id).column
    );
    const nodes = (
      /** @type {any[]} */
      [...spots.values()].map((spot) => ({ id: spot.id, at: at(spot.id), spot }))
    );
    const links = bands2.flatMap((band) => {
      const [first, last] = [at(band.from), at(band.to)];
      const lanes = columns.slice(first + 1, last).map((_, step) => ({ id: `${band.key} ${step}`, at: first + 1 + step, band }));
      nodes.push(...lanes);
      const stops = [band.from, ...lanes.map(({ id }) => id), band.to];
      return stops.slice(1).map((to, step) => ({ source: stops[step], target: to, value: band.weight, band }));
    });
    const rows = Math.max(...columns.map((_, column) => nodes.filter((node) => node.at === column).length));
    const ways = new Set(bands2.flatMap(({ payments }) => payments)).size;
    const isKnown = bands2.some(({ look, payments }) => look === "known" || payments.some(({ amount }) => amount));
    const height = TOP + rows * GAP2 + (isKnown ? Math.max(260, rows * 13) : 14 * ways);
    const layout = Sankey().nodeId((node) => node.id).nodeWidth(NODE).nodePadding(GAP2).nodeAlign((node) => node.at);
    layout.iterations(24).extent([[1, TOP], [width2 - right2, height - 8]])({ nodes, links });
    return { nodes, links, height, columns };
  }
  function outline(pieces) {
    const edges = pieces.map(({ source, target, y0, y1, width: width2 }) => {
      const half = Math.max(width2, THINNEST) / 2;
      const [a, b, middle] = [source.x1, target.x0, (source.x1 + target.x0) / 2].map(tidy);
      const [above, under, end, last] = [y0 - half, y0 + half, y1 - half, y1 + half].map(tidy);
      return { there: `${a} ${above}C${middle} ${above} ${middle} ${end} ${b} ${end}`, back: `${b} ${last}C${middle} ${last} ${middle} ${under} ${a} ${under}` };
    });
    return `M${edges.map(({ there }) => there).join("L")}L${edges.reverse().map(({ back }) => back).join("L")}Z`;
  }
  function picture(flow2, heads, palette, width2, words2) {
    const right2 = Math.min(210, width2 / 4);
    const { nodes, links, height, columns } = placed(flow2, width2, right2);
    const step = columns.length > 1 ? (width2 - right2 - NODE) / (columns.length - 1) : width2 - right2;
    const letters2 = (at) => Math.floor(((at === columns.length - 1 ? right2 : step - NODE) - 10) / LETTER);
    const first = (
      /** @type {Map<any, any>} */
      new Map(flow2.bands.map((band) => [band, links.find((link) => link.band === band)]))
    );
    const sorted = [...flow2.bands].sort((one, other) => first.get(one).source.x0 - first.get(other).source.x0 || first.get(one).y0 - first.get(other).y0);
    const bands2 = sorted.map((band) => {
      const own2 = links.filter((link) => link.band === band);
      const path = drawn("path", { d: outline(own2), ...lookOf(band, palette) });
      const label = bandWords(flow2, band, words2);
      return drawn(
        "g",
        { class: "band", "data-band": band.key, role: "button", tabindex: -1, "aria-pressed": "false", "aria-label": label },
        drawn("title", {}, label.replace(NOT_XML, "�")),
        path
      );
    });
    const bandAt = (id) => flow2.bands.find(({ from, to }) => from === id || to === id)?.key ?? "";
    const marks = nodes.filter(({ spot }) => spot).map(({ spot, at, x0, x1, y0, y1 }) => drawn(
      "g",
      { "data-near": bandAt(spot.id) },
      drawn("title", {}, spot.names.replace(NOT_XML, "�")),
      drawn("rect", { x: tidy(x0), y: tidy(y0), width: tidy(x1 - x0), height: Math.max(tidy(y1 - y0), 2), fill: palette.roles[spot.role] }),
      drawn(
        "text",
        { x: tidy(x1 + 5), y: tidy(y1 - y0 < 16 && at < columns.length - 1 ? y0 - 3 : (y0 + y1) / 2 + 4), fill: palette.ink, stroke: palette.ground, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round" },
        cut(spot.label, letters2(at))
      )
    ));
    const names = columns.map((column, at) => drawn("text", { x: tidy(1 + at * step), y: 16, "font-weight": "bold", fill: palette.quiet }, cut(heads[column], letters2(at))));
    return drawn(
      "svg",
      { xmlns: SVG, viewBox: `0 0 ${width2} ${tidy(height)}`, width: width2, height: tidy(height), "font-family": "sans-serif", "font-size": 12.5 },
      hatching(palette),
      drawn("g", { class: "heads" }, ...names),
      drawn("g", { class: "bands", role: "group", "aria-label": words2("Bands of money") }, ...bands2),
      drawn("g", { class: "names" }, ...marks)
    );
  }
  function keyOf(palette, words2, isCompared2) {
    const unknown = isCompared2 ? words2("amount unknown or not compared: the width has no meaning") : words2("amount unknown: the width has no meaning");
    const known = (
      /** @type {Look} */
      { look: "known", implied: false, reviewed: true }
    );
    const looks = (
      /** @type {[Look, string][]} */
      [
        [known, words2("amount known: the width is the amount")],
        [{ ...known, look: "unknown" }, unknown],
        [{ ...known, implied: true }, words2("implied, or it may not reach the place")],
        [{ ...known, look: "planned" }, words2("only planned, proposed or pledged")],
        [{ ...known, reviewed: false }, reviewWords(words2).unreviewed]
      ]
    );
    return looks.map(([look, text], number) => made("li", {}, drawn(
      "svg",
      { width: 30, height: 14, "aria-hidden": "true" },
      hatching(palette, `hatch-${number}`),
      drawn("rect", { x: 1, y: 1, width: 28, height: 12, ...lookOf(look, palette, `hatch-${number}`) })
    ), text));
  }

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
        const words2 = new Set(wordsOf(text));
        for (const word of words2) found.set(word, (found.get(word) ?? /* @__PURE__ */ new Set()).add(at));
        short[at] = 1 / (words2.size + 1);
      });
      return found;
    };
    return (words2) => {
      places ??= index();
      const scores = /* @__PURE__ */ new Map();
      for (const word of words2) {
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

  // money/search.js
  function searchOf({ payments, stops }) {
    const wordsAt = stops.map(({ label, names: all = label, also = "" }) => wordsOf(`${all} ${also}`).join(" "));
    const names = payments.map(({ path }) => path.map((at) => wordsAt[at]).join(" "));
    const texts = names.map((text) => ` ${text}`);
    const near = nearFinder(names);
    let last = { typed: "", payments, near: false };
    return (typed) => {
      if (typed === last.typed) return last;
      const words2 = wordsOf(typed);
      const found = payments.filter((_, at) => words2.every((word) => texts[at].includes(` ${word}`)));
      const similar = found.length ? [] : near(words2).sort((one, other) => one - other).map((at) => payments[at]);
      last = { typed, payments: found.length ? found : similar, near: similar.length > 0 };
      return last;
    };
  }

  // money/page.js
  var [NARROWEST, FILE_WIDTH] = [620, 1200];
  var [ITEMS, FUNDERS] = matchMedia("(max-width: 40rem)").matches ? [7, 5] : [Infinity, 20];
  var data = (
    /** @type {MoneyData} */
    {}
  );
  var words = wording({});
  var form = (
    /** @type {HTMLFormElement} */
    part("filters")
  );
  var NAMES = (
    /** @type {const} */
    ["funder", "place", "currency", "years", "kind", "review"]
  );
  var fields = (
    /** @type {Record<(typeof NAMES)[number], HTMLSelectElement>} */
    Object.fromEntries(NAMES.map((name) => [name, form.elements.namedItem(name)]))
  );
  var find2 = (
    /** @type {HTMLInputElement} */
    form.elements.namedItem("find")
  );
  var search = (
    /** @type {ReturnType<typeof searchOf>} */
    (() => ({ payments: [], near: false }))
  );
  var boxes = (
    /** @type {HTMLInputElement[]} */
    [...form.querySelectorAll("[name=accept]")]
  );
  var pages = new Map([...document.querySelectorAll("#sums a")].map((link) => [link.textContent, link.getAttribute("href") ?? ""]));
  var shown2 = (
    /** @type {Payment[]} */
    []
  );
  var flow = (
    /** @type {Flow} */
    { spots: /* @__PURE__ */ new Map(), bands: [] }
  );
  var asked = { currency: "", kind: "" };
  var chosen = "";
  var width = 0;
  var moreSums = (
    /** @type {HTMLButtonElement|undefined} */
    void 0
  );
  function stateNow() {
    const [funder, place, currency, years, kind, review] = NAMES.map((name) => fields[name].value);
    return { funder, place, currency, years, kind, review, accept: boxes.reduce((sum2, { checked, value: value2 }) => sum2 + (checked ? Number(value2) : 0), 0) };
  }
  function kindWords(key2) {
    const [kind, finance] = key2.split(" ");
    return [data.kinds[kind] ?? kind, finance && (data.finances[finance] ?? finance)].filter(Boolean).join(", ");
  }
  var fill2 = (select, choices2) => select.append(...choices2.map(([value2, text]) => made("option", { value: value2 }, text)));
  function toldApart(labels) {
    const alike = (
      /** @type {Map<string, string[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const [id, label] of Object.entries(labels)) alike.set(label, [...alike.get(label) ?? [], id]);
    const sourceOf = (id) => id.split("/")[0];
    return [...alike].sort((one, other) => one[0].localeCompare(other[0], data.language)).flatMap(([label, ids]) => ids.sort().map((id) => {
      const isOnly = ids.filter((other) => sourceOf(other) === sourceOf(id)).length === 1;
      return (
        /** @type {[string, string]} */
        [id, ids.length === 1 ? label : `${label} (${isOnly ? sourceOf(id) : id})`]
      );
    }));
  }
  function choices() {
    const sorted = (values) => [...new Set(values)].sort();
    const known = data.payments.filter(({ amount }) => amount);
    const often = (currency) => known.filter((payment) => payment.currency === currency).length;
    const currencies = sorted(known.map(({ currency }) => currency)).sort((one, other) => often(other) - often(one));
    for (
      const [field, labels] of
      /** @type {[HTMLSelectElement, Record<string, string>][]} */
      [[fields.funder, data.funders], [fields.place, data.places]]
    ) {
      fill2(field, toldApart(labels));
    }
    fill2(fields.currency, currencies.length ? currencies.map((currency) => [currency, currency]) : [["", words("no amount known")]]);
    if (data.payments.some(({ compared }) => compared)) fill2(fields.currency, [[COMPARED, words("all, in {prices}", { prices: data.prices.words })]]);
    fill2(fields.years, sorted(data.payments.map(({ years }) => years || UNDATED)).map((years) => [years, years === UNDATED ? words("no date") : yearsWords(years)]));
    fill2(fields.kind, sorted(data.payments.map(kindOf)).map((key2) => [key2, kindWords(key2)]));
  }
  function read() {
    const given = new URLSearchParams(fragmentIn());
    for (const [name, select] of Object.entries(fields)) {
      select.value = given.get(name) ?? "";
      if (select.selectedIndex < 0) select.selectedIndex = 0;
    }
    find2.value = given.get("find") ?? "";
    for (const box of boxes) box.checked = Boolean(Number(given.get("accept")) & Number(box.value));
    Object.assign(asked, { currency: given.get("currency") ?? "", kind: fields.kind.value });
    settle();
    show();
  }
  function settle() {
    Object.assign(fields.currency, { value: asked.currency });
    Object.assign(fields.kind, { value: asked.kind });
    for (
      const [name, valueOf] of
      /** @type {["currency"|"kind", (payment: Payment) => string][]} */
      [["currency", ({ currency }) => currency], ["kind", kindOf]]
    ) {
      const amounts = passing(search(find2.value).payments, { ...stateNow(), [name]: "" }).filter(({ amount }) => amount);
      const often = (
        /** @type {Map<string, number>} */
        /* @__PURE__ */ new Map()
      );
      const weigh = (payment) => (payment.given ? amounts.length : 1) * (isReviewed(payment) ? amounts.length ** 2 : 1);
      for (const payment of amounts) often.set(valueOf(payment), (often.get(valueOf(payment)) ?? 0) + weigh(payment));
      const most = [...often].sort((one, other) => other[1] - one[1]).map(([value2]) => value2);
      if (name === "kind") fields.kind.options[0].disabled = most.length > 1;
      if (!asked[name] && most.length > Number(name === "kind")) fields[name].value = most[0];
      if (fields[name].selectedIndex < 0) fields[name].selectedIndex = 0;
    }
  }
  function nameOthers(all) {
    const [now, seen] = [stateNow(), new Set(shown2)];
    const counts = (
      /** @type {Map<string, number>} */
      /* @__PURE__ */ new Map()
    );
    for (const payment of all) {
      if (seen.has(payment)) continue;
      const key2 = JSON.stringify([now.currency !== COMPARED && payment.amount && payment.currency || now.currency, kindOf(payment)]);
      counts.set(key2, (counts.get(key2) ?? 0) + 1);
    }
    const choosers = [...counts].map(([key2, count]) => {
      const [currency, kind] = JSON.parse(key2);
      return button([`${currency === now.currency ? "" : `${currency}, `}${kindWords(kind)}: ${count}`], () => {
        Object.assign(asked, { currency, kind });
        change();
      });
    });
    part("others").hidden = !choosers.length;
    part("others").replaceChildren(`${words("Not in the picture, since they are not added up with these:")} `, ...choosers);
  }
  function show() {
    const [state, found] = [stateNow(), search(find2.value)];
    shown2 = passing(found.payments, state);
    const isCompared2 = state.currency === COMPARED;
    flow = flowOf(data, isCompared2 ? shown2.map((payment) => inPrices(data.prices, payment)) : shown2, words);
    if (!flow.bands.some(({ key: key2 }) => key2 === chosen)) chosen = "";
    const unknown = shown2.filter(({ amount }) => !amount).length;
    const reviews = [...new Set(shown2.map(({ review }) => review))].sort().map((review) => `${data.reviews[review] ?? review} ${shown2.filter((payment) => payment.review === review).length}`);
    part("shown").textContent = shown2.length ? [
      ...found.near ? [words("Similar names")] : [],
      words("Items of funding shown: {count}", { count: shown2.length }),
      words("{n} of {m} amounts unknown", { n: unknown, m: shown2.length }),
      ...isCompared2 ? [missingWords(data, shown2, words)].filter(Boolean) : [],
      `${reviewTitle(words)}: ${reviews.join(", ")}`
    ].join(" · ") : words("No funding in this graph passes these filters.");
    const all = passing(found.payments, { ...state, currency: "", kind: "" });
    nameOthers(all);
    const rows = new Set(shown2);
    const lines = (
      /** @type {HTMLElement[]} */
      [...document.querySelectorAll("#payments tbody tr")]
    );
    let room = ITEMS;
    for (const row of lines) {
      row.hidden = !rows.has(data.payments[Number(row.getAttribute("data-payment"))]) || room <= 0;
      room -= Number(!row.hidden);
    }
    const left2 = shown2.length - lines.filter(({ hidden }) => !hidden).length;
    part("left").hidden = !left2;
    part("left").textContent = words("Items that are not in this table: {left}. The files and the table of claims have all.", { left: left2 });
    tabulate(all, state.funder);
    draw();
    choose(chosen);
  }
  function tabulate(all, funder) {
    const groups = (
      /** @type {Map<string, SumRow[]>} */
      /* @__PURE__ */ new Map()
    );
    for (const row of sumsOf(data, all, funder, words)) groups.set(row.giver, [...groups.get(row.giver) ?? [], row]);
    const table = part("sums");
    for (const body of table.querySelectorAll("tbody")) body.remove();
    moreSums?.remove();
    moreSums = inParts(table, [...groups.values()].map((rows) => () => sumsBody(rows)), FUNDERS, (count) => words("More funders: {count}", { count }));
    (table.closest(".scroll") ?? table).after(moreSums);
  }
  function sumsBody(rows) {
    const [{ funder }] = rows;
    const head = made("th", { scope: "rowgroup", colspan: 2 }, pages.has(funder) ? made("a", { href: pages.get(funder) }, funder) : funder);
    return made("tbody", {}, made("tr", {}, head), ...rows.map((row) => {
      const years = row.years === EVERY_YEAR ? words("all years") : yearsWords(row.years) || words("no date");
      const compared = row.compared === void 0 || row.isSame ? [] : [made("span", { class: "compared" }, comparedWords(data.prices, row.compared)), " "];
      return made(
        "tr",
        {},
        made("td", {}, years, made("span", { class: "quiet" }, `, ${row.kind}`)),
        made(
          "td",
          {},
          ...row.totals.flatMap(({ currency, total }) => [made("b", {}, moneyWords(currency, total)), " "]),
          ...compared,
          made("span", { class: "quiet" }, [
            row.unknown && words("{n} of {m} amounts unknown", { n: row.unknown, m: row.count }),
            row.shared && words("shared with other funders: {n}", { n: row.shared }),
            row.implied && words("implied: {n}", { n: row.implied }),
            row.missing
          ].filter(Boolean).join(", "))
        )
      );
    }));
  }
  function draw() {
    part("flow").hidden = !flow.bands.length;
    if (!flow.bands.length) return;
    width ||= part("river").clientWidth;
    part("river").replaceChildren(picture(flow, data.columns, PAGE_COLOURS, Math.max(NARROWEST, width), words));
    part("key").replaceChildren(...keyOf(PAGE_COLOURS, words, fields.currency.value === COMPARED));
    part("river").querySelector(".band")?.setAttribute("tabindex", "0");
  }
  var bands = () => [...part("river").querySelectorAll("[data-band]")].map((band) => (
    /** @type {SVGElement} */
    band
  ));
  function choose(key2) {
    chosen = key2;
    for (const element of bands()) element.setAttribute("aria-pressed", String(element.dataset.band === key2));
    const band = flow.bands.find((one) => one.key === key2);
    part("panel").hidden = !band;
    part("panel").replaceChildren(...band ? panelOf(band) : []);
  }
  function panelOf(band) {
    const ends = [band.from, band.to].map((id) => flow.spots.get(id)?.names ?? "").join(" → ");
    const ways = [...new Set(band.payments.map(({ path }) => path.map((at) => data.stops[at].names ?? data.stops[at].label).join(" → ")))];
    const keys = [...new Set(band.payments.flatMap(({ claims }) => claims))];
    return [made("h2", {}, ways.length > 1 ? ends : ways[0]), made("p", {}, amountWords(band, words)), claimList(keys, words), button([words("Close")], () => choose(""))];
  }
  function figure() {
    const palette = coloursNow();
    const svg = picture(flow, data.columns, palette, FILE_WIDTH, words);
    const [top, height] = [-40, Number(svg.getAttribute("height"))];
    const line = (y, text, size = 12) => drawn("text", { x: 2, y, "font-size": size, fill: palette.ink }, text);
    const total = tidy(height - top + 70);
    svg.setAttribute("viewBox", `-20 ${top} ${FILE_WIDTH + 40} ${total}`);
    svg.setAttribute("width", String(FILE_WIDTH + 40));
    svg.setAttribute("height", String(total));
    svg.prepend(drawn("rect", { x: -20, y: top, width: FILE_WIDTH + 40, height: total, fill: palette.ground }));
    svg.append(
      line(-12, document.querySelector("h1")?.textContent ?? "", 19),
      line(height + 20, askedWords()),
      line(height + 38, `${words("hatched: amount unknown")} · ${words("pale: implied")} · ${words("pale, its edge dotted: not reviewed")} · ${words("hollow: only planned")} · tipgraph · ${LICENCE} · ${ADDRESS}`)
    );
    return svg;
  }
  function askedWords() {
    const accepted = boxes.filter(({ checked }) => checked).map((box) => box.parentElement?.textContent?.trim());
    const selected = Object.values(fields).filter(({ value: value2 }) => value2).map((select) => select.selectedOptions[0].textContent);
    const named = find2.value.trim() && `“${find2.value.trim()}”`;
    return [...selected, ...named ? [named] : [], ...accepted, part("shown").textContent].join(" · ");
  }
  function change() {
    settle();
    const entries = Object.entries({ ...stateNow(), ...asked, find: find2.value.trim() }).filter(([, value2]) => value2).map(([name, value2]) => [name, String(value2)]);
    keepFragment(String(new URLSearchParams(entries)));
    show();
  }
  async function take(type) {
    const makers = (
      /** @type {Record<string, () => Blob|Promise<Blob>>} */
      {
        png: () => pngOf(figure()),
        svg: () => new Blob([svgText(figure())], { type: "image/svg+xml;charset=utf-8" }),
        csv: () => new Blob([csvOf(data, shown2)], { type: "text/csv;charset=utf-8" }),
        xlsx: () => workbookOf(data, shown2, sumsOf(data, shown2, fields.funder.value, words), askedWords())
      }
    );
    download(`money.${type}`, await makers[type]());
  }
  function key(event) {
    const band = (
      /** @type {Element} */
      event.target.closest("[data-band]")
    );
    if (event.key === "Escape") {
      const left2 = bands().find(({ dataset }) => dataset.band === chosen);
      choose("");
      left2?.focus();
      return;
    }
    if (!band) return;
    const all = bands();
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      choose(band.getAttribute("data-band") ?? "");
      part("panel").focus();
    } else if (!by) return;
    else {
      const next = all[(all.indexOf(
        /** @type {any} */
        band
      ) + by + all.length) % all.length];
      band.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    }
    event.preventDefault();
  }
  async function open3() {
    Object.assign(data, await pageData("money"));
    words = wording(data.words);
    search = searchOf(data);
    choices();
    form.hidden = false;
    form.addEventListener("change", ({ target }) => {
      if (target === find2) return;
      if (target === fields.currency) Object.assign(asked, { currency: fields.currency.value, kind: "" });
      if (target === fields.kind) asked.kind = fields.kind.value;
      change();
    });
    find2.addEventListener("input", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    part("downloads").addEventListener("click", ({ target }) => {
      const type = (
        /** @type {HTMLElement} */
        target.dataset.form
      );
      if (type) part("downloads").removeAttribute("open");
      if (type) take(type);
    });
    part("flow").addEventListener("click", ({ target }) => {
      const { band, near } = (
        /** @type {HTMLElement|null} */
        /** @type {Element} */
        target.closest("[data-band], [data-near]")?.dataset ?? {}
      );
      if (near) choose(near);
      if (band) choose(band === chosen ? "" : band);
    });
    document.querySelector(".stage")?.addEventListener("keydown", (event) => key(
      /** @type {KeyboardEvent} */
      event
    ));
    addEventListener("hashchange", read);
    const river = part("river");
    new ResizeObserver(() => {
      if (river.clientWidth === width || !river.clientWidth) return;
      width = river.clientWidth;
      draw();
      choose(chosen);
    }).observe(part("flow"));
    part("flow").hidden = false;
    read();
    document.documentElement.dataset.ready = "yes";
  }
  open3();
})();
