// @ts-check
// What the scripts of several pages need, as `tipgraph`.
var tipgraph = (() => {
  "use strict";

  // The address of a page. A site has the fragment `#a=b`. A site in one file has the path of the page before it: `#/map.html?a=b`.

  /** The fragment of a page, without its mark. @param {string} hash  of the address, or of a link */
  const fragmentIn = (hash = location.hash) => hash.replace(/^#(?:\/[^?]*\??)?/, "");

  /** The same page with another fragment. @param {string} hash  of the address, or of a link @param {string} fragment */
  function hashWith(hash, fragment) {
    const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
    return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
  }

  /** The element that the address leads to, if it leads to one. */
  function targeted() {
    const name = fragmentIn();
    const decoded = name.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16))); // ids are plain letters
    return document.getElementById(name) ?? document.getElementById(decoded);
  }

  /** Open the folds around the element that the address leads to. */
  function unfold() {
    for (let fold = targeted()?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  }

  /** Keep a view in the address, which is no step of the history. @param {string} fragment */
  function keepFragment(fragment) {
    history.replaceState(history.state, "", hashWith(location.hash, fragment) || location.pathname + location.search);
  }

  /** Let the fields of a page keep their values in its address, and take them from there, also now. @param {any[]} fields  with names @param {() => void} show  what they leave @returns {() => void}  keeps what a script has put into them */
  function keepFields(fields, show) {
    const read = () => {
      const given = new URLSearchParams(fragmentIn());
      for (const field of fields) {
        field.value = given.get(field.name) ?? "";
        if (field.selectedIndex < 0) field.value = "";
      }
      show();
    };
    const keep = () => {
      keepFragment(String(new URLSearchParams(fields.filter(({ value }) => value).map(({ name, value }) => [name, value]))));
      show();
    };
    for (const field of fields) field.addEventListener("input", keep);
    addEventListener("hashchange", read);
    read();
    return keep;
  }

  // Elements that scripts look for and make.

  /** The element of an id, which the page must have. @param {string} id @returns {HTMLElement} */
  function part(id) {
    const found = document.getElementById(id);
    if (!found) throw new Error(`the page has no #${id}`);
    return found;
  }

  /** The element of an id, of whatever kind it is, or null. @param {string} id @returns {any} */
  const byId = (id) => document.getElementById(id);

  /**
   * Give an element attributes and children. Text stays text and is never parsed. An attribute that is true is empty; one
   * that is false or undefined is left out.
   * @template {Element} Made @param {Made} element
   * @param {Record<string, string|boolean|number|undefined>} attributes @param {(Node|string)[]} children
   */
  function filled(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
  }

  /** Make an element. @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag @param {Parameters<typeof filled>[1]} attributes @param {(Node|string)[]} children @returns {HTMLElementTagNameMap[Tag]} */
  const made = (tag, attributes = {}, ...children) => filled(document.createElement(tag), attributes, children);

  const SVG = "http://www.w3.org/2000/svg";

  /** Make a piece of SVG. @param {string} tag @param {Parameters<typeof filled>[1]} attributes @param {(Node|string)[]} children */
  const drawn = (tag, attributes, ...children) => filled(document.createElementNS(SVG, tag), attributes, children);

  /** Make a button. @param {(Node|string)[]} content @param {() => void} act @param {Record<string, string|boolean|undefined>} attributes */
  function button(content, act, attributes = {}) {
    const element = made("button", { type: "button", ...attributes }, ...content);
    element.addEventListener("click", act);
    return element;
  }

  /** Mark one of the tabs of a list as selected; only that one takes the focus. @param {HTMLElement[]} tabs @param {HTMLElement} selected */
  function selectTab(tabs, selected) {
    for (const tab of tabs) {
      tab.setAttribute("aria-selected", String(tab === selected));
      tab.tabIndex = tab === selected ? 0 : -1;
    }
  }

  /**
   * Show the first items in a place, and return a button that shows more of them.
   * @param {HTMLElement} place @param {(() => Element)[]} makers  called when their item is shown @param {number} atOnce
   * @param {(left: number) => string} label  of the button
   */
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

  // The data of a page, packed as gzip in Base64: in a block of the page, or, what is too large for a page or comes later, in a
  // script of the site, since a page on a disk may read no other file.

  const CARRIES = /^carry\("([^"]+)", (.*)\);$/gm; // as `tipgraph.outputs.site.assets` writes it, a line for each part
  const carried = /** @type {Map<string, any>} */ (new Map());
  const asked = /** @type {Map<string, Promise<any>>} */ (new Map());
  const page = document.documentElement;
  const own = document.currentScript;
  const HOME = own instanceof HTMLScriptElement && own.src ? new URL("..", own.src).href : ""; // of the site in its folder

  // Scripts that carry something call this for each part of it.
  Object.assign(globalThis, { carry: (/** @type {string} */ name, /** @type {any} */ part) => carried.set(name, part) });

  /** The parts that a script carries. @param {string} path  of the script in the site @param {string} home  the address of the site @returns {Promise<Map<string, any>>} */
  async function carriedBy(path, home) {
    const text = await globalThis.tipgraphBook?.text(path);
    if (text !== undefined) return new Map([...text.matchAll(CARRIES)].map(([, name, part]) => [name, JSON.parse(part)]));
    return new Promise((resolve, reject) => {
      const script = made("script", { src: home + path });
      script.addEventListener("load", () => { resolve(new Map(carried)); carried.clear(); script.remove(); });
      script.addEventListener("error", () => reject(new Error(script.src)));
      document.head.append(script);
    });
  }

  /** A part as what it was before it was packed. @param {string} base64  of gzip @returns {Response} */
  function unpacked(base64) {
    const text = atob(base64), bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
  }

  /** What is loaded, while its page is shown; never, once another page has replaced it, as in a site in one file. @template Data @param {Promise<Data>} loading @returns {Promise<Data>} */
  function whileShown(loading) {
    return new Promise((resolve, reject) => {
      loading.then((data) => { if (page.isConnected) resolve(data); }, (error) => { if (page.isConnected) reject(error); });
    });
  }

  /** The data in a block of the page, unpacked; those of a notebook are not packed. @param {string} id  of the block @returns {Promise<any>} */
  async function pageData(id) {
    const block = part(id), text = block.textContent ?? "";
    return block.getAttribute("type") === "application/json" ? JSON.parse(text) : whileShown(unpacked(text).json());
  }

  /** What is loaded once by a name; it is loaded anew after it failed. @param {string} name @param {() => Promise<any>} load @returns {Promise<any>} */
  function once(name, load) {
    const found = asked.get(name) ?? whileShown(load());
    asked.set(name, found);
    found.catch(() => asked.delete(name));
    return found;
  }

  /** The parts that a script of the site carries. @param {string} path @returns {Promise<Map<string, any>>} */
  const load = (path) => once(path, () => carriedBy(path, HOME));

  /** A packed part of a script of the site. @param {string} path @param {string} name @returns {Promise<any>} */
  const loadPacked = (path, name) => once(`${path} ${name}`, async () => unpacked((await load(path)).get(name)).json());

  // The texts of a page in its language.

  /** A function that says English texts in the language of the page. @param {Labels} table  translations @returns {Words} */
  function wording(table) {
    return (english, values = {}) =>
      (table[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  /** The words of the pages of a site, which a script for each language has. @type {Words} */
  const words = wording(globalThis.tipgraphSite?.words ?? {});

  // The claims and sources of a site, which one script carries. A page loads it when it needs the first claim.

  const lens = () => `lens/${document.documentElement.lang}.js`; // the script in the language of the page

  /** All claims of the site by their keys, in order. @returns {Promise<Record<string, ToldClaim>>} */
  async function allClaims() {
    const claims = await loadPacked(lens(), "claims");
    await once("words of readers", async () => globalThis.tipgraphOwn?.fill(claims));
    return claims;
  }

  /** The sources, and the words of the language of the page. @returns {Promise<{sources: Record<string, CitedSource>, words: Words, href: (path: string) => string}>} */
  async function evidence() {
    /** @type {{tree: string, sources: Record<string, CitedSource>}} */
    const about = (await load(lens())).get("about");
    const href = (/** @type {string} */ path) => {
      const [file, fragment] = path.split("#");
      return globalThis.tipgraphBook ? hashWith(`#/${about.tree}${file}`, fragment) : HOME + about.tree + path;
    };
    return { sources: about.sources, words, href };
  }

  /** The claims of some keys among all, in this order; unknown keys are left out. @param {Record<string, ToldClaim>} all @param {string[]} keys */
  const chosen = (all, keys) => keys.filter((key) => Object.hasOwn(all, key)).map((key) => all[key]);

  /** @param {string[]} keys */
  const claimsOf = async (keys) => chosen(await allClaims(), keys);

  /** The sentence that the claims could not be loaded. */
  const notLoaded = () => made("p", { class: "warn", role: "alert" }, words("The claims and their sources could not be loaded. Reload the page to try again."));

  /** Load a style sheet of the site. @param {string} name @returns {Promise<void>} */
  async function dress(name) {
    const book = globalThis.tipgraphBook;
    const style = book ? made("style", {}, await book.text(`assets/${name}`)) : made("link", { rel: "stylesheet", href: `${HOME}assets/${name}` });
    document.head.append(style);
    if (!book) await new Promise((resolve) => { style.onload = style.onerror = resolve; });
  }

  // Claims as pages show them.

  const LOCATOR = /source\/[^#?]*[#?]p\d+\/(.+)$/; // names a claim at its place in a source

  const AT_ONCE = 15; // claims that are shown before a button shows more
  const begun = new WeakSet(); // lists that are filled, or that a fold will fill

  /** Show claims in a place. It is busy until they are loaded, and says so if they cannot be. @param {HTMLElement} place @param {(all: Record<string, ToldClaim>, about: Awaited<ReturnType<typeof evidence>>) => void} show */
  async function whenLoaded(place, show) {
    place.setAttribute("aria-busy", "true");
    try {
      const [about, all] = await Promise.all([evidence(), allClaims()]);
      show(all, about);
    } catch {
      place.after(notLoaded());
    }
    place.setAttribute("aria-busy", "false");
  }

  /**
   * A list of the claims of some keys. @param {string[]} keys @param {Words} words
   * @param {(one: ToldClaim, other: ToldClaim) => number} order  of the claims; without it, the order of the keys. Reviewed ones come first.
   */
  function claimList(keys, words, order = () => 0) {
    const articles = made("div", { class: "claims" }), list = made("div", {}, articles);
    whenLoaded(list, (all, { href }) => {
      const claims = chosen(all, keys).sort((one, other) => Number(!one.reviewer) - Number(!other.reviewer) || order(one, other));
      list.append(inParts(articles, claims.map((claim) => () => claimArticle(claim, words, href)), AT_ONCE, (count) => words("More: {count}", { count })));
    });
    return list;
  }

  /**
   * Let the lists of claims in a place show their claims: at once, or when the fold around them is opened.
   * @param {ParentNode} place @returns {Promise<unknown>}  of those that are shown at once
   */
  function fillLists(place) {
    const lists = [.../** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-listed]"))].filter((list) => !begun.has(list));
    const isOpen = (/** @type {HTMLElement} */ list) => list.closest("details")?.open ?? true;
    for (const list of lists) {
      begun.add(list);
      if (!isOpen(list)) list.closest("details")?.addEventListener("toggle", () => fillList(list), { once: true });
    }
    return Promise.all(lists.filter(isOpen).map(fillList));
  }

  /** Show the claims of a list. @param {HTMLElement} list */
  const fillList = (list) => whenLoaded(list, (all, { words, href }) => {
    const claims = Object.values(all), articles = numbersIn(list.dataset.listed ?? "").map((number) => claimArticle(claims[number], words, href));
    list.append(...articles.map((article) => (list.matches("ol") ? made("li", {}, article) : article)));
  });

  /** The numbers that a text such as `3-9,12` names. @param {string} text */
  function numbersIn(text) {
    return text.split(",").filter(Boolean).flatMap((run) => {
      const [first, last = first] = run.split("-").map(Number);
      return Array.from({ length: last - first + 1 }, (_, at) => first + at);
    });
  }

  /** A claim with its places, or what is in place of their list, notes, repetitions and contradictions. @param {ToldClaim} claim @param {Words} words @param {(path: string) => string} href @param {(Node|string)[]} places */
  function claimArticle(claim, words, href, places = [saidList(claim.said, href)]) {
    const own = made("div", { class: "own" },
      made("p", { class: "kind" }, claim.heading),
      made("p", { class: "sentence" }, ...spoken(claim.sentence)),
      ...places,
      ...remarked(claim, words),
      ...repeated(claim, words, href));
    const others = claim.against.map((other) => made("div", { class: "against" },
      made("p", { class: "reason" }, `${words("Possible contradiction")}: `, made("span", { lang: "en" }, other.reason)),
      made("p", { class: "sentence" }, ...spoken(other.sentence)),
      saidList(other.said, href),
      ...remarked(other, words),
      ...(other.judged ? [made("p", { class: "quiet" }, `${words("Judged")}: ${other.judged}: `,
        made("span", { lang: "en" }, other.grounds))] : [])));
    return made("article", { class: `claim ${claim.modality}${others.length ? " contradicted" : ""}` }, own, ...others);
  }

  /** Other sources of a claim, and how many say all of it. @param {ToldClaim} claim @param {Words} words @param {(path: string) => string} href */
  function repeated({ also, whole }, words, href) {
    const said = whole ? [made("p", { class: "also" }, words("Sources that say all of it, or imply it: {sources}; their publishers: {publishers}", whole))] : [];
    return [...also.map((other) => alsoSaid(other, words, href)), ...said];
  }

  /** The pieces of a sentence, those in another language marked. @param {Sentence} sentence @returns {(string|HTMLElement)[]} */
  function spoken(sentence) {
    return sentence.map((piece) => (typeof piece === "string" ? piece : made("span", { lang: piece[1] }, piece[0])));
  }

  /** The notes on a claim, what was corrected in it, and who has reviewed it. @param {Remarked} claim @param {Words} words */
  function remarked({ notes, corrections, reviewer }, words) {
    const list = notes.length ? [made("ul", { class: "notes" }, ...notes.map((note) => made("li", { lang: "en" }, note)))] : [];
    const corrected = corrections.map((said) => made("p", { class: "quiet" }, `${words("Corrected")}: `, made("span", { lang: "en" }, said)));
    return [...list, ...corrected, ...(reviewer ? [made("p", { class: "quiet" }, `${words("Reviewed by")}: ${reviewer}`)] : [])];
  }

  /** Another source of a claim. @param {AlsoSaid} also @param {Words} words @param {(path: string) => string} href */
  function alsoSaid({ said, sentence }, words, href) {
    const links = said.flatMap(({ label, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label)]);
    return made("p", { class: "also" }, ...links, ` ${words("also says")}: `, ...spoken(sentence));
  }

  /** @param {SaidAt[]} said @param {(path: string) => string} href */
  function saidList(said, href) {
    return made("ul", { class: "said" }, ...said.map((place) =>
      made("li", {}, made("a", { href: href(place.path) }, place.label), ...(place.quote ? [" ", quoted(place)] : []))));
  }

  /** The words of a place, marked in their sentence if we have that. @param {SaidAt} place */
  const quoted = ({ quote, around: [before, behind] = ["", ""] }) => made("q", {}, before, before || behind ? made("mark", {}, quote) : quote, behind);

  // Cells of CSV files that no spreadsheet runs.

  const RUNS = /^(?:\s*[=+\-@＝＋－＠]|[\t\n])/;
  const PLAIN_NUMBER = /^[+-]?\d+(?:\.\d+)?$/;

  /** Keep a spreadsheet from running a cell: an apostrophe before what begins like a formula and is no number. @param {string} cell */
  function neutral(cell) {
    const text = cell.replace(/\r\n?/g, "\n");
    return RUNS.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
  }

  /** @param {unknown} value */
  function csvCell(value) {
    const text = neutral(value === undefined ? "" : String(value));
    return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
  }

  // Links that a script follows: to pages, and to files made inside the page; and SVG as pixels.

  /** Click on a link that is there for a moment. @param {Record<string, string|boolean>} attributes */
  function follow(attributes) {
    const link = made("a", { ...attributes, class: "sr" });
    document.body.append(link);
    link.click();
    link.remove();
  }

  /** Go to a page as by a link; no lens opens in its place. @param {string} href */
  const goTo = (href) => follow({ href, "data-plain": true });

  /** Hand a file to the reader. @param {string} name @param {Blob} blob */
  function download(name, blob) {
    const href = URL.createObjectURL(blob);
    follow({ href, download: name });
    setTimeout(() => URL.revokeObjectURL(href), 60_000);
  }

  /** A length in tenths, which are small enough for the eye. @param {number} value */
  const tidy = (value) => Math.round(value * 10) / 10;

  // Files that a page makes of its pictures and networks: SVG, PNG and GraphML, and their licence.

  const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
  const ADDRESS = "https://w3id.org/tipgraph/";
  const LICENCE = "CC BY 4.0"; // of our data
  const LICENCES = `${LICENCE} for tipgraph's data; each source has its own`;

  /** Text for XML: markup escaped, characters that no XML may hold replaced. @param {unknown} value */
  function xmlText(value) {
    return String(value).replace(NOT_XML, "\uFFFD")
      .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/[\r\n\t]/g, (c) => `&#${c.charCodeAt(0)};`);
  }

  /**
   * The lines of a network as GraphML; all edges are of one type, since few programs open a mixed file: undirected if none
   * has a direction. `directed` says which have one.
   * @param {string} name @param {string} manifest
   * @param {{attributes: Attributes, items: [id: string, node: any][]}} nodes
   * @param {{attributes: Attributes, items: [id: string, from: string, to: string, edge: any][]}} edges  from and to are ids of nodes
   */
  function graphmlLines(name, manifest, nodes, edges) {
    const keys = (/** @type {string} */ about, /** @type {Attributes} */ attributes) => attributes.map(([title, type], number) =>
      `<key id="${about}${number}" for="${about}" attr.name="${title}" attr.type="${type}"/>`);
    const values = (/** @type {string} */ about, /** @type {Attributes} */ attributes, /** @type {any} */ item) => attributes.map(([, , value], number) => {
      const text = value(item) ?? "";
      return text === "" ? "" : `<data key="${about}${number}">${xmlText(text)}</data>`;
    }).join("");
    return [
      '<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
      '<key id="graph0" for="graph" attr.name="manifest" attr.type="string"/>', ...keys("node", nodes.attributes), ...keys("edge", edges.attributes),
      `<graph id="${xmlText(name)}" edgedefault="${edges.items.some(([, , , edge]) => edge.directed) ? "directed" : "undirected"}">`,
      `<data key="graph0">${xmlText(manifest)}</data>`,
      ...nodes.items.map(([id, node]) => `<node id="${xmlText(id)}">${values("node", nodes.attributes, node)}</node>`),
      ...edges.items.map(([id, from, to, edge]) =>
        `<edge id="${xmlText(id)}" source="${xmlText(from)}" target="${xmlText(to)}">${values("edge", edges.attributes, edge)}</edge>`),
      "</graph>", "</graphml>",
    ];
  }

  /** @param {Element} svg */
  const svgText = (svg) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}\n`;

  const MOST_PIXELS = 60e6; // of a file; browsers draw no larger ones

  /** A poster as PNG, each unit two pixels wide, or fewer if it is very large. @param {Element} svg @returns {Promise<Blob>} */
  async function pngOf(svg) {
    const [across, down] = ["width", "height"].map((name) => Number(svg.getAttribute(name)));
    const scale = Math.min(2, Math.sqrt(MOST_PIXELS / (across * down)));
    const [width, height] = [across, down].map((side) => Math.round(scale * side));
    const image = made("img", { src: URL.createObjectURL(new Blob([svgText(svg)], { type: "image/svg+xml" })) });
    await image.decode();
    const canvas = made("canvas", { width, height });
    canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
    URL.revokeObjectURL(image.src);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for a file")))));
  }

  // The namespaces of the graph, as `PREFIXES` in `model/iris.py` has them.

  const ID_BASE = "https://w3id.org/tipgraph/id/";
  const TIP = "https://w3id.org/tipgraph/ns#";
  const CODE = "https://w3id.org/tipgraph/code#";
  const XSD = "http://www.w3.org/2001/XMLSchema#";

  /** An IRI without the namespace of entries. @param {string} iri */
  const shortIri = (iri) => iri.startsWith(ID_BASE) ? iri.slice(ID_BASE.length) : iri;

  // The filter *Review*: all, only what somebody has compared with its sentence, or only the rest. What has claims of both is reviewed.

  /** The title of the filter. @param {Words} words */
  const reviewTitle = (words) => words("Review");

  /** Its choices beside all. @param {Words} words */
  const reviewWords = (words) => ({ reviewed: words("reviewed"), unreviewed: words("not reviewed") });

  /** Whether somebody has compared it with its sentence; of an edge, one of its claims. @param {{review?: string}} said */
  const isReviewed = ({ review }) => review !== "unreviewed";

  /** Whether something passes; an empty choice leaves everything. @param {string} choice @param {boolean} isReviewed */
  const passesReview = (choice, isReviewed) => !choice || isReviewed === (choice === "reviewed");

  // Texts as a search compares them.

  const JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));

  /** A text without accents and capitals. @param {string} text */
  const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /** The folded words of a text, without articles and the like where there are others. @param {string} text */
  function wordsOf(text) {
    const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    const telling = words.filter((word) => !JOINING.has(word));
    return telling.length ? telling : words;
  }

  /** Cut a text into lines between words. @param {string} text @param {number} most  characters in a line */
  function wrapped(text, most) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const last = lines.length - 1;
      if (!lines[last] || lines[last].length + word.length < most) lines[last] = `${lines[last]} ${word}`.trim();
      else lines.push(word);
    }
    return lines;
  }

  // Names beside their marks, in networks and on the map.

  const FACE = "system-ui, 'Segoe UI', 'Noto Sans', sans-serif";
  const [LETTERS, LONGEST, TALL] = [20, 88, 15]; // letters of a line of a name, at most of a name, which is cut at its end, and pixels of a line; `layout.py` leaves room for them
  const BESIDE = 3; // pixels from a name to its mark
  const [ASTRAY, APART] = [[6, 3], [8, 2]]; // pixels from a name to another mark and to another name, beside and below: a line is read on
  const SIDES = [ // of a mark, where its name may be
    [0, 1], [0, -1], [1, 0], [-1, 0], [0.5, 1], [-0.5, 1], [0.5, -1], [-0.5, -1], [1, 0.6], [-1, 0.6], [1, -0.6], [-1, -0.6], [1, 1], [-1, 1], [1, -1], [-1, -1],
  ];
  const ruler = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));

  /** A text without its middle if it is long: names of one kind differ at their ends; a last word that has no room is left out. @param {string} text @param {number} most */
  const shortened = (text, most, end = text.slice(-0.4 * most).replace(/^\S*\s*/, "")) => (text.length <= most ? text
    : `${text.slice(0, end ? 0.55 * most : most - 2).replace(/\s+\S*$/, "")} … ${end}`.trimEnd());

  /** A name in lines of about the same length, with the width of the longest. @param {string} name @param {string} font */
  function nameLines(name, font) {
    const text = name.length > LONGEST ? `${name.slice(0, LONGEST).replace(/\s+\S*$/, "")} …` : name, lines = wrapped(text, Math.ceil(text.length / Math.ceil(text.length / LETTERS)) + 2);
    ruler.font = font;
    return { lines, width: Math.max(...lines.map((line) => ruler.measureText(line).width)) };
  }

  /** Whether two boxes are nearer to each other than some pixels. @param {Box} one @param {Box} other @param {number[]} apart  beside and below */
  const meet = (one, other, [across, down]) => (
    2 * Math.abs(one.x - other.x) < one.width + other.width + 2 * across && 2 * Math.abs(one.y - other.y) < one.height + other.height + 2 * down);

  /**
   * The names that there is room for, the most wanted first: each at the first side of its mark where it is seen, meets no other name, and
   * is not as near to another mark, whose name it would seem to be; one that may be `far` then goes as far as that. The foremost names take the side with the fewest other marks. It is the
   * greedy way of Christensen, Marks and Shieber (1995). @template {WantedName} Name @param {Name[]} wanted @param {(box: Box) => boolean} isSeen
   * @param {number} foremost @returns {(Name & PlacedName)[]}
   */
  function placeNames(wanted, isSeen, foremost) {
    const put = /** @type {(Name & PlacedName)[]} */ ([]);
    /** @param {Name} name @param {number} rank @param {number[]} aways  pixels from the mark @returns {boolean}  whether there is room */
    const place = (name, rank, aways) => {
      const { mark, width, lines } = name, height = TALL * lines.length;
      const isAstray = (/** @type {Box} */ box) => (/** @type {WantedName} */ other) => other !== name && meet(other.mark, box, meet(other.mark, mark, [0, 0]) ? [0, 0] : ASTRAY);
      const boxes = aways.flatMap((away) => SIDES.map(([across, down]) => ({
        x: mark.x + across * ((mark.width + width) / 2 + away), y: mark.y + down * ((mark.height + height) / 2 + away), width, height, across, isFar: away > BESIDE })));
      const isFree = (/** @type {Box} */ box) => isSeen(box) && !put.some((other) => meet(other.box, box, APART));
      const astray = (/** @type {Box} */ box) => wanted.filter(isAstray(box)).length;
      const box = rank < foremost ? boxes.filter(isFree).sort((one, other) => astray(one) - astray(other))[0] : boxes.find((one) => isFree(one) && !wanted.some(isAstray(one)));
      if (!box) return false;
      const align = Math.abs(box.across) < 1 ? 0 : box.across;
      put.push({ ...name, box, align, off: { x: box.x - align * width / 2 - mark.x, y: box.y - mark.y } });
      return true;
    };
    const left = wanted.filter((name, rank) => !place(name, rank, [BESIDE]));
    for (const name of left) if (name.far) place(name, Infinity, name.far);
    return put;
  }

  // Lists that show their first items, and a button for all.

  const buttons = /** @type {WeakMap<HTMLElement, HTMLButtonElement>} */ (new WeakMap()); // by their lists

  /** The items of a list, or the parts of a table. @param {HTMLElement} list */
  const itemsOf = (list) => /** @type {HTMLElement[]} */ ([...list.children].filter((item) => !item.matches("caption, thead")));

  /** Show the first ones of the items of a list that are not hidden, or all once its button was clicked. @param {HTMLElement} list */
  function showFirst(list) {
    const items = itemsOf(list).filter(({ hidden }) => !hidden);
    const most = Math.ceil(Number(list.dataset.most ?? Infinity) / (innerWidth < 600 ? 3 : 1)); // a phone is tall and narrow
    items.forEach((item, at) => item.classList.toggle("later", at >= most));
    const more = buttons.get(list) ?? button([], () => { delete list.dataset.most; showFirst(list); });
    if (!buttons.has(list)) (list.closest(".scroll") ?? list.closest("table") ?? list).after(more);
    buttons.set(list, more);
    more.hidden = items.length <= most;
    more.textContent = (list.dataset.all ?? "").replace("{n}", items.length.toLocaleString(document.documentElement.lang));
  }

  /** Leave those items of a list that pass. @param {HTMLElement} list @param {(item: Element) => boolean} passes */
  function showPassing(list, passes) {
    for (const item of itemsOf(list)) item.hidden = !passes(item);
    if (list.dataset.all) showFirst(list);
  }

  /** Open the folds and the list around the element that the address leads to. */
  function reveal() {
    unfold();
    const later = targeted()?.closest(".later");
    if (!later) return;
    buttons.get(/** @type {HTMLElement} */ (later.parentElement))?.click();
    targeted()?.scrollIntoView();
  }

  // Words that differ by a typing error.

  /** The number of letters that are missing, added, wrong or exchanged between two words; `most` + 1 for more. @param {string} one @param {string} other @param {number} most */
  function typingErrors(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let above = /** @type {number[]} */ ([]), row = Array.from({ length: other.length + 1 }, (_, at) => at);
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

  /**
   * A search for the texts that have words near some words: those that begin with them, or with one typing error, from
   * eight letters on with two. Short texts come first. @param {string[]} texts @returns {(words: string[]) => number[]}
   */
  function nearFinder(texts) {
    /** @type {Map<string, Set<number>>|undefined} */
    let places;
    const short = /** @type {number[]} */ ([]);
    const index = () => {
      const found = new Map();
      texts.forEach((text, at) => {
        const words = new Set(wordsOf(text));
        for (const word of words) found.set(word, (found.get(word) ?? new Set()).add(at));
        short[at] = 1 / (words.size + 1);
      });
      return found;
    };
    return (words) => {
      places ??= index(); // put off until a search finds nothing
      const scores = new Map();
      for (const word of words) {
        const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2, best = new Map();
        for (const [known, at] of places) {
          const errors = known === word ? 0 : known.startsWith(word) ? 0.5 : typingErrors(word, known, most);
          if (errors > most) continue;
          for (const text of at) best.set(text, Math.max(best.get(text) ?? 0, 1 + (short[text] - errors) / 10));
        }
        for (const [text, score] of best) scores.set(text, (scores.get(text) ?? 0) + score);
      }
      const least = Math.max(...scores.values(), 0) - 1;
      return [...scores].filter(([, score]) => score > least).sort((one, other) => other[1] - one[1] || one[0] - other[0]).map(([text]) => text);
    };
  }

  // Fingers and mouse on a picture: one pointer pans, two zoom.

  const STILL = 4; // pixels that a pointer may move in a click

  /** The place of a pointer in an element. @param {Element} element @param {MouseEvent} event */
  function placeIn(element, { clientX, clientY }) {
    const { left, top } = element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /**
   * Let pointers move a picture, in pixels. Return a function that tells whether the last pointer moved.
   * @param {HTMLElement|SVGElement} element
   * @param {{pan: (dx: number, dy: number) => void, zoom: (factor: number, x: number, y: number) => void}} picture
   */
  function followPointers(element, { pan, zoom }) {
    const down = /** @type {Map<number, {x: number, y: number}>} */ (new Map());
    let travelled = 0;
    element.addEventListener("pointerdown", (/** @type {any} */ event) => {
      if (event.button !== 0) return;
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
        const apart = (/** @type {{x: number, y: number}} */ { x, y }) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
        zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
      } else if (travelled > STILL) pan(dx, dy);
    });
    for (const type of /** @type {const} */ (["pointerup", "pointercancel"])) addEventListener(type, (event) => down.delete(event.pointerId));
    return () => travelled > STILL;
  }

  // A search box over entries by label and alias, for mouse and keys.

  const OPTIONS_AT_ONCE = 12;

  /** The fit of a name: 5 equal, 4 prefix, 3 prefix of a word, 2 substring, 1 all words. All is folded. @param {string} name @param {string} text @param {string[]} words @returns {number} */
  function fit(name, text, words) {
    const at = name.indexOf(text);
    if (at < 0) return words.every((word) => name.includes(word)) ? 1 : 0;
    if (at === 0) return name === text ? 5 : 4;
    return /[^\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
  }

  /**
   * A search over labels, aliases, short names and other words: names that begin with the text first, then the heaviest. If nothing has all words, it finds
   * what has words near them, the most words first.
   * @param {Named[]} things @returns {(text: string) => {index: number, alias: string, near?: boolean}[]}
   */
  function finder(things) {
    const known = things.map(({ label, aliases = "", page = "", also = "", weight = 0 }, index) => {
      const names = [label, ...aliases.split("; ")].filter(Boolean);
      const short = page.match(/([^/#]+?)(?:\.html)?$/)?.[1] ?? "";
      return { index, weight, names, folded: names.map(folded), all: ` ${folded([...names, short, also].join(" ")).replace(/[^\p{L}\p{N}]+/gu, " ")}` };
    });
    const near = nearFinder(known.map(({ all }) => all));
    return (text) => {
      const wanted = folded(text.trim()), words = wordsOf(text);
      if (!words.length) return [];
      const hits = known.flatMap(({ index, weight, names, folded, all }) => {
        const fits = folded.map((name) => fit(name, wanted, words));
        const best = Math.max(0, ...fits), at = fits.indexOf(best);
        if (!best && !words.every((word) => all.includes(word))) return [];
        const begun = words.filter((word) => all.includes(` ${word}`)).length;
        return [{ index, best, begun, weight: best > 3 ? Infinity : best && weight, at, alias: at && best ? names[at] : "", length: names[at]?.length ?? 0 }];
      });
      if (!hits.length) return near(words).slice(0, OPTIONS_AT_ONCE).map((index) => ({ index, alias: "", near: true }));
      hits.sort((one, other) => (one.weight === other.weight ? 0 : other.weight - one.weight) || other.best - one.best || other.begun - one.begun || one.at - other.at || one.length - other.length);
      return hits.slice(0, OPTIONS_AT_ONCE);
    };
  }

  /**
   * Turn a text box and a list into a combobox (WAI-ARIA: list autocomplete, the choice by hand).
   * @param {HTMLInputElement} box @param {HTMLElement} list @param {Named[]} things
   * @param {{mark: (index: number) => Node, found: (index: number) => void}} how  what stands before a name, and what then
   */
  function makeSearch(box, list, things, { mark, found }) {
    /** @type {ReturnType<typeof finder>|undefined} */
    let find;
    let hits = /** @type {ReturnType<ReturnType<typeof finder>>} */ ([]);
    let active = -1;

    const close = () => {
      list.hidden = true;
      active = -1;
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };
    const take = (/** @type {number} */ number) => {
      const hit = hits[number];
      if (!hit) return;
      box.value = things[hit.index].label;
      close();
      found(hit.index);
    };
    const activate = (/** @type {number} */ number) => {
      active = number;
      [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === number)));
      list.children[number]?.scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", list.children[number]?.id ?? "");
    };
    const open = () => {
      find ??= finder(things); // folding all names is put off until somebody searches
      hits = find(box.value);
      if (hits[0]?.near) list.dataset.near = ""; else delete list.dataset.near;
      list.replaceChildren(...hits.map(({ index, alias }, number) => {
        const option = made("li", { role: "option", id: `${list.id}-${number}`, "aria-selected": "false" }, mark(index),
          made("span", {}, things[index].label, ...(alias ? [" ", made("span", { class: "quiet" }, alias)] : [])));
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
    box.addEventListener("input", open);
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { close(); box.value = ""; return; }
      if (event.key === "Enter") { event.preventDefault(); take(active < 0 ? 0 : active); return; }
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      if (list.hidden) open();
      if (hits.length) activate((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + hits.length) % hits.length);
    });
  }

  // A workbook (XLSX): sheets of cells in a ZIP, which every spreadsheet opens.

  /** @typedef {(string|number)[][]} Cells */

  const SCHEMAS = "http://schemas.openxmlformats.org";
  const [SHEETS, OFFICE, PACKAGE] = ["spreadsheetml/2006/main", "officeDocument/2006/relationships", "package/2006"].map((path) => `${SCHEMAS}/${path}`);
  const CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml";
  const [MOST_ROWS, MOST_LETTERS, WIDEST] = [1_048_576, 32_767, 60]; // of a sheet, of a cell, and of a column as we make it

  /** Sheets as a workbook; a text stays a text, whatever it begins with. @param {Record<string, Cells>} sheets  by their names @param {string[]} headed  those whose first row has the names of columns */
  function workbook(sheets, headed) {
    const names = Object.keys(sheets), files = names.map((_, at) => `worksheets/sheet${at + 1}.xml`);
    const relations = (/** @type {string} */ type, /** @type {string[]} */ targets) => `<Relationships xmlns="${PACKAGE}/relationships">${targets
      .map((target, at) => `<Relationship Id="r${at}" Type="${OFFICE}/${type}" Target="${target}"/>`).join("")}</Relationships>`;
    return zip({
      "[Content_Types].xml": `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`
        + `<Default Extension="xml" ContentType="${CONTENT}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/></Types>`,
      "_rels/.rels": relations("officeDocument", ["xl/workbook.xml"]),
      "xl/workbook.xml": `<workbook xmlns="${SHEETS}" xmlns:r="${OFFICE}"><sheets>${names
        .map((name, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="r${at}"/>`).join("")}</sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": relations("worksheet", files),
      ...Object.fromEntries(names.map((name, at) => [`xl/${files[at]}`, sheet(sheets[name].slice(0, MOST_ROWS), headed.includes(name))])),
    });
  }

  /** A sheet; a head stays in sight and has filters. @param {Cells} rows @param {boolean} isHeaded */
  function sheet(rows, isHeaded) {
    const cell = (/** @type {string|number} */ value) => (typeof value === "number" ? `<c><v>${value}</v></c>`
      : `<c t="inlineStr"><is><t xml:space="preserve">${xmlText(value.length > MOST_LETTERS ? `${value.slice(0, MOST_LETTERS - 1)}…` : value)}</t></is></c>`);
    const cols = rows[0].map((_, at) => {
      const width = Math.min(WIDEST, rows.reduce((most, row) => Math.max(most, String(row[at] ?? "").length), 0) + 2);
      return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
    });
    const pane = '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
    return `<worksheet xmlns="${SHEETS}">${isHeaded ? pane : ""}<cols>${cols.join("")}</cols><sheetData>${rows.map((row) => `<row>${row.map(cell).join("")}</row>`).join("")}</sheetData>${
      isHeaded ? `<autoFilter ref="A1:${letters(cols.length - 1)}${rows.length}"/>` : ""}</worksheet>`;
  }

  /** The letters of a column. @param {number} at @returns {string} */
  const letters = (at) => (at < 26 ? "" : letters(Math.floor(at / 26) - 1)) + String.fromCharCode(65 + at % 26);

  /** Texts as a ZIP. @param {Record<string, string>} files */
  async function zip(files) {
    const [parts, directory] = [/** @type {Uint8Array<ArrayBuffer>[]} */ ([]), /** @type {Uint8Array<ArrayBuffer>[]} */ ([])];
    let offset = 0;
    for (const [path, text] of Object.entries(files)) {
      const [name, body] = [path, text].map((part) => new TextEncoder().encode(part));
      const packed = new Uint8Array(await new Response(new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
      const [data, checksum] = [packed.slice(10, -8), new DataView(packed.buffer).getUint32(packed.length - 8, true)]; // without head and tail of gzip
      const common = [20, 0x0800, 8, 0, 0x5A21, [checksum], [data.length], [body.length], name.length, 0]; // UTF-8, deflated, 1 January 2025
      const local = bytes([[0x04034B50], ...common]);
      directory.push(bytes([[0x02014B50], 20, ...common, 0, 0, 0, [0], [offset]]), name);
      parts.push(local, name, data);
      offset += local.length + name.length + data.length;
    }
    const [count, size] = [Object.keys(files).length, directory.reduce((sum, { length }) => sum + length, 0)];
    return new Blob([...parts, ...directory, bytes([[0x06054B50], 0, 0, count, count, [size], [offset], 0])], { type: `${CONTENT}.sheet` });
  }

  /** Numbers of two bytes each, those in brackets of four. @param {(number|number[])[]} numbers */
  const bytes = (numbers) => new Uint8Array(numbers.flatMap((number) =>
    (Array.isArray(number) ? [0, 8, 16, 24].map((shift) => number[0] >>> shift & 255) : [number & 255, number >>> 8])));

  return {
    ADDRESS, allClaims, button, byId, carriedBy, claimArticle, claimList, claimsOf, CODE, csvCell, download, drawn, dress, evidence,
    FACE, fillLists, folded, followPointers, fragmentIn, goTo, graphmlLines, hashWith, ID_BASE, inParts, isReviewed, keepFields, keepFragment,
    LICENCE, LICENCES, loadPacked, LOCATOR, made, makeSearch, nameLines, nearFinder, NOT_XML, notLoaded, pageData,
    part, passesReview, placeIn, placeNames, pngOf, quoted, repeated, reveal, reviewTitle, reviewWords, saidList, selectTab, shortened, shortIri, showFirst, showPassing,
    SVG, svgText, TALL, targeted, tidy, TIP, unfold, unpacked, wording, words, wordsOf, workbook, wrapped, XSD,
  };
})();
