// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/address.js
  var fragmentIn = (hash = location.hash) => hash.replace(/^#(?:\/[^?]*\??)?/, "");
  function hashWith(hash, fragment) {
    const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
    return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
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
      place.append(...makers.splice(0, atOnce).map((make) => make()));
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

  // shared/words.js
  function wording(table) {
    return (english, values = {}) => (table[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  // shared/evidence.js
  var own = document.currentScript;
  var HOME = own instanceof HTMLScriptElement && own.src ? new URL("..", own.src).href : "";
  var loaded = (
    /** @type {Map<string, Promise<Map<string, any>>>} */
    /* @__PURE__ */ new Map()
  );
  function load(name) {
    const path = `lens/${document.documentElement.lang}${name}.js`;
    const shard = loaded.get(path) ?? carriedBy(path, HOME);
    loaded.set(path, shard);
    shard.catch(() => loaded.delete(path));
    return shard;
  }
  async function evidence() {
    const about = (
      /** @type {About} */
      (await load("")).get("about")
    );
    const href = (path) => {
      const [file, fragment] = path.split("#");
      return globalThis.tipgraphBook ? hashWith(`#/${about.tree}${file}`, fragment) : HOME + about.tree + path;
    };
    return { sources: about.sources, words: wording(about.words), href };
  }
  async function claimsOf(keys) {
    const { firsts } = (
      /** @type {About} */
      (await load("")).get("about")
    );
    const shardOf = (key) => Math.max(firsts.filter((first) => first <= key).length - 1, 0);
    const shards = firsts.length ? await Promise.all(keys.map((key) => load(`-${shardOf(key)}`))) : [];
    return shards.flatMap((shard, at) => shard.get("claims")[keys[at]] ?? []);
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
  function claimList(keys, words, order = () => 0) {
    const articles = made("div", { class: "claims" });
    const list = made("div", { "aria-busy": "true" }, articles);
    Promise.all([evidence(), claimsOf(keys)]).then(([{ href }, claims]) => {
      const makers = claims.sort(order).map((claim) => () => claimArticle(claim, words, href));
      list.append(inParts(articles, makers, AT_ONCE, (count) => words("More: {count}", { count })));
    }, () => list.append(notLoaded())).finally(() => {
      list.setAttribute("aria-busy", "false");
    });
    return list;
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
  async function open({ element, href }, keep) {
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
    const spots = places.map(({ place: [paragraph, sentence, page] = [0, 0, 0] }) => [page && words("page {n}", { n: page }), paragraph && `¶${paragraph}`, sentence && words("sentence {n}", { n: sentence })].filter(Boolean).join(", "));
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
    open(locator, true);
  }
  part("lens-close").addEventListener("click", close);
  document.addEventListener("click", click);
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse" || kept) return;
    clearTimeout(timer);
    const locator = locatorAt(target);
    if (locator && !lens.contains(locator.element) && locator.href !== lens.dataset.shows) timer = setTimeout(() => open(locator, false), DELAY);
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

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  var folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function wordsOf(text) {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words;
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
    const rows = [...body.rows].map((row) => ({ row, key: sortKey(row, column) }));
    rows.sort((one, other) => {
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
      return down ? order.compare(other.key, one.key) : order.compare(one.key, other.key);
    });
    body.append(...rows.map(({ row }) => row));
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
    const items = (
      /** @type {HTMLElement[]} */
      [...target.querySelectorAll(target.matches("table") ? "tbody > tr" : "li")]
    );
    const texts = items.map((item) => folded(`${item.textContent} ${item.dataset.also ?? ""}`));
    const filter = () => {
      const wanted = wordsOf(box.value);
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word));
      });
      for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(items.filter((item) => !item.hidden).length);
    };
    box.addEventListener("input", () => {
      filter();
      keepFragment(box.value ? String(new URLSearchParams({ [box.id]: box.value })) : "");
    });
    box.value = new URLSearchParams(fragmentIn()).get(box.id) ?? "";
    if (box.value) filter();
  }
  keepView();
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(
    /** @type {HTMLTableElement} */
    table
  );
  for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(
    /** @type {HTMLInputElement} */
    box
  );

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
      } else if (!target.closest("a")) beside(target);
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

  // map/picture.js
  var NEAREST = 12;
  var CROWDED = 2;
  var ROOM = 60;
  var THIN = 1.5;
  var [COUNTED, BARE, PAPER] = ["#c2410c", "#5f6670", "#ffffff"];
  var PNG_WIDTH = 2400;
  var headOf = (width) => `M${3.5 + 0.9 * width} 0L${-3.5 - 0.9 * width} ${3.5 + 0.8 * width}V${-3.5 - 0.8 * width}Z`;
  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  }
  function hide(sign, hidden) {
    if (hidden) sign?.setAttribute("display", "none");
    else sign?.removeAttribute("display");
  }
  var MapPicture = class {
    /** @param {SVGSVGElement} svg @param {MapData} data */
    constructor(svg, data) {
      this.svg = svg;
      this.data = data;
      const signs = (name) => new Map([...svg.querySelectorAll(`a[data-${name}]`)].map((sign) => [sign.getAttribute(`data-${name}`) ?? "", sign]));
      this.lines = signs("arc");
      this.marks = signs("mark");
      this.scaled = 0;
      this.sized = [...svg.querySelectorAll(".sized")];
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
      const crowded = unit > CROWDED;
      if (unit === this.scaled) return;
      this.scaled = unit;
      for (const sign of this.sized) set(sign, { transform: `scale(${(crowded ? unit * 0.85 : unit).toFixed(4)})` });
      for (const hatch of this.svg.querySelectorAll("pattern")) set(hatch, { patternTransform: `rotate(45) scale(${unit.toFixed(4)})` });
      for (const mark of this.data.marks) {
        const [x, y, anchor] = crowded ? mark.small : mark.label;
        const name = this.marks.get(mark.id)?.querySelector("text");
        if (name) set(name, { x, y, "text-anchor": anchor });
        for (const line of name?.querySelectorAll("tspan") ?? []) set(line, { x });
      }
    }
    /** Show lines by the reports and figures that pass, with the figures of one kind; return how many have one. @param {Map<MapLine, MapReports>} passing @param {string} kind */
    show(passing, kind) {
      const places = new Set([...passing.keys()].flatMap((line) => line.stops));
      for (const line of this.data.lines) this.draw(line, passing.get(line), kind);
      for (const sign of this.svg.querySelectorAll("[data-mark]")) hide(sign, !places.has(sign.getAttribute("data-mark") ?? ""));
      const printed = new Set([...passing.values()].flatMap(({ figures }) => figures.map((figure) => figure.key)));
      const counted = [...passing].filter(([, { figures }]) => figures.some((figure) => figure.kind === kind));
      const noted = new Set(counted.slice(0, this.data.noted).map(([line]) => line.id));
      for (const note of this.svg.querySelectorAll("[data-of]")) {
        hide(note, note.getAttribute("data-kind") !== kind || !noted.has(note.getAttribute("data-of") ?? ""));
        for (const figure of note.querySelectorAll("[data-figure]")) hide(figure, !printed.has(figure.getAttribute("data-figure") ?? ""));
      }
      return counted.filter(([, { figures }]) => figures.some((figure) => figure.kind === kind && figure.width)).length;
    }
    /** Draw a line by what is reported: dashed if all is implied, its heads hollow if their direction is. @param {MapLine} line @param {MapReports|undefined} passing @param {string} kind */
    draw(line, passing, kind) {
      const drawn = this.lines.get(line.id);
      if (!drawn) return;
      hide(drawn, !passing);
      if (!passing) return;
      const width = Math.max(THIN, ...passing.figures.filter((figure) => figure.kind === kind).map((figure) => figure.width));
      const implied = passing.reports.every((report) => report.modality === "implied");
      const stroke = width > THIN ? COUNTED : BARE;
      drawn.classList.toggle("counted", width > THIN);
      drawn.classList.toggle("implied", implied);
      set(drawn, { stroke });
      for (const path of drawn.querySelectorAll(".line")) set(path, { "stroke-width": width, "stroke-dasharray": implied ? `${2 * width + 4} ${width + 3}` : "none" });
      for (const head of drawn.querySelectorAll(".head")) {
        const way = passing.reports.filter((report) => String(report.way) === head.getAttribute("data-way"));
        const stated = way.some((report) => report.modality === "stated");
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
    /** The picture as it is seen, as a file of its own. */
    file() {
      const copy = (
        /** @type {SVGSVGElement} */
        this.svg.cloneNode(true)
      );
      for (const hidden of copy.querySelectorAll('[display="none"], .hit')) hidden.remove();
      for (const link of copy.querySelectorAll("a")) link.removeAttribute("href");
      const { width, height, x, y } = this.view;
      for (const line of copy.querySelectorAll(".line")) {
        for (const name of ["stroke-width", "stroke-dasharray"]) line.setAttribute(name, (line.getAttribute(name) ?? "none").replace(/[\d.]+/g, (pixels) => String(+pixels * this.unit)));
      }
      const wide = PNG_WIDTH / 2;
      set(copy, { xmlns: SVG, width: wide, height: wide * height / width, viewBox: [x, y, width, height].join(" ") });
      const paper = document.createElementNS(SVG, "rect");
      set(paper, { x, y, width, height, fill: PAPER });
      copy.querySelector(".sea")?.before(paper);
      return new Blob([new XMLSerializer().serializeToString(copy)], { type: "image/svg+xml" });
    }
    /** @returns {Promise<Blob>} the picture as it is seen, as pixels */
    png() {
      const { width, height } = this.view;
      return pixelsOf(this.file(), PNG_WIDTH, Math.round(PNG_WIDTH * height / width));
    }
  };
  var within = (side, most) => most < 0 ? most / 2 : Math.min(Math.max(side, 0), most);

  // map/page.js
  var AT_ONCE2 = 30;
  var FoldedList = class {
    /** @param {HTMLElement} place @param {Words} words */
    constructor(place, words) {
      this.place = place;
      this.words = words;
      this.keys = /** @type {Set<string>} */
      /* @__PURE__ */ new Set();
      this.most = AT_ONCE2;
      this.more = button([], () => {
        this.most += AT_ONCE2;
        this.show(this.keys);
      });
      (place.closest(".scroll") ?? place).after(this.more);
      place.addEventListener("click", () => this.show(this.keys));
    }
    /** Show the first items of some keys. @param {Set<string>} keys */
    show(keys) {
      this.keys = keys;
      let left = this.most;
      for (
        const item of
        /** @type {NodeListOf<HTMLElement>} */
        this.place.querySelectorAll("[data-item]")
      ) {
        const passes = keys.has(item.dataset.item ?? "");
        item.hidden = !passes || left <= 0;
        left -= Number(passes);
      }
      this.more.hidden = left >= 0;
      this.more.textContent = this.words("Show more ({count} left)", { count: -left });
    }
  };
  var MapPage = class {
    /** @param {MapData} data */
    constructor(data) {
      this.data = data;
      this.words = wording(data.words);
      this.picture = new MapPicture(byId("picture"), data);
      this.panel = part("panel");
      this.key = [...this.panel.childNodes];
      this.scales = /** @type {HTMLElement[]} */
      [...document.querySelectorAll("[data-scale]")];
      this.selects = /** @type {HTMLSelectElement[]} */
      [...part("tools").querySelectorAll("select")];
      this.place = /** @type {HTMLInputElement} */
      byId("place");
      this.lists = ["reports", "listed"].map((id) => byId(id)).filter(Boolean).map((list) => new FoldedList(list, this.words));
      this.state = /** @type {MapState} */
      {};
      this.listen();
      this.read();
    }
    listen() {
      const at = (id, act) => part(id).addEventListener("click", act);
      const { picture } = this;
      at("nearer", () => picture.zoom(MAP_STEP));
      at("farther", () => picture.zoom(1 / MAP_STEP));
      at("whole", () => picture.whole());
      at("svg", () => download("routes.svg", picture.file()));
      at("png", async () => download("routes.png", await picture.png()));
      for (const select of this.selects) select.addEventListener("change", () => this.change({ [select.id]: select.value }));
      this.place.addEventListener("input", () => {
        const mark = this.data.marks.find(({ title }) => folded(title) === folded(this.place.value.trim()));
        if (mark || !this.place.value) this.change({ chosen: mark?.id ?? "" });
      });
      for (const sign of picture.svg.querySelectorAll("a[data-arc], a[data-mark]")) {
        const id = sign.getAttribute("data-arc") ?? sign.getAttribute("data-mark") ?? "";
        sign.addEventListener("focus", () => {
          if (sign.matches(":focus-visible")) this.change({ chosen: id });
        });
        sign.addEventListener("click", (event) => {
          event.preventDefault();
          this.change({ chosen: id });
        });
      }
      for (const link of document.querySelectorAll("[data-choose]")) {
        link.addEventListener("click", () => part("frame").scrollIntoView({ block: "nearest" }));
      }
      document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") this.change({ chosen: "" });
      });
      window.addEventListener("hashchange", () => this.read());
      new ResizeObserver(() => picture.isWhole ? picture.home() : picture.look(picture.view)).observe(picture.svg);
      moveByHand(picture, (target) => this.change({ chosen: this.data.marks.find(({ land }) => land.includes(target.id))?.id ?? "" }));
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
      const line = this.data.lines.find(({ figures, reports }) => figures.some(({ key }) => key === id) || reports.some(({ claims }) => claims.includes(id)));
      return line?.id ?? (this.data.marks.some((mark) => mark.id === id) ? id : "");
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
      const { modality, source, from, to, chosen } = this.state;
      const passes = (said) => (!modality || said.modality === modality) && (!source || said.sources.includes(source)) && (!said.years || (!from || said.years[1] >= +from) && (!to || said.years[0] <= +to));
      const place = this.data.marks.some(({ id }) => id === chosen) && chosen;
      const found = lines.filter(({ stops }) => !place || stops.includes(place)).map((line) => (
        /** @type {[Line, MapReports]} */
        [line, { stops: line.stops, reports: line.reports.filter(passes), figures: line.figures.filter(passes) }]
      ));
      return new Map(found.filter(([, { reports }]) => reports.length));
    }
    draw() {
      const { chosen, lines } = this.state;
      const kind = this.state.kind || (this.scales[0]?.dataset.scale ?? "");
      const passing = this.passing(this.data.lines);
      const shown = new Map([...passing].filter(([line], at) => lines || at < this.data.most || line.id === chosen));
      const all = [...passing.values(), ...this.passing(this.data.nowhere).values()];
      const [reports, figures] = [all.flatMap((line) => line.reports), all.flatMap((line) => line.figures)];
      const counted = this.picture.show(shown, kind);
      this.picture.choose(chosen);
      for (const scale of this.scales) scale.hidden = scale.dataset.scale !== kind;
      this.say(chosen, passing);
      const keys = new Set([...reports, ...figures].map(({ key }) => key));
      for (const list of this.lists) list.show(keys);
      const counts = { lines: shown.size, bare: shown.size - counted, every: this.data.lines.length, shown: new Set(reports.map(({ key }) => key)).size, all: this.data.reports };
      part("count").textContent = this.words("{lines} of {every} lines are drawn, {bare} of them without such a figure; {shown} of {all} reports pass the filters", counts);
      if (document.activeElement !== this.place) this.place.value = this.data.marks.find(({ id }) => id === chosen)?.title ?? "";
    }
    /** Show the claims of a line, or of the lines of a place. @param {string} id @param {Map<MapLine, MapReports>} passing */
    say(id, passing) {
      const mark = this.data.marks.find((one) => one.id === id);
      const line = this.data.lines.find((one) => one.id === id);
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
  {
    const block = document.getElementById("map");
    const tools = document.getElementById("tools");
    if (block && tools) {
      tools.hidden = false;
      new MapPage(JSON.parse(block.textContent ?? ""));
      document.documentElement.dataset.ready = "yes";
      performance.mark("ready");
    }
  }
})();
