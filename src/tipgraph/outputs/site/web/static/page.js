// @ts-check
// The script of every page: locators open the evidence lens, the language link keeps the view, tables sort, and a box filters the rows of a table.
(() => {
  "use strict";
  const {
    button, claimArticle, claimsOf, drawn, dress, evidence, fillLists, folded, fragmentIn, goTo, hashWith, keepFragment, LOCATOR, made, notLoaded,
    passesReview, reveal, showFirst, words, wordsOf,
  } = tipgraph;

  // The evidence lens: the source of a claim beside the page, by mouse, keyboard and touch.

  const GAP = 12; // pixels between the lens and its citation
  const DELAY = 350; // milliseconds that a mouse rests before the lens opens or closes
  const LOCATORS = "a[href]:not([data-plain], [data-claims]), [data-lens]";

  const content = made("div", { id: "lens-content" });
  const lens = made("aside", { id: "lens", role: "dialog", tabindex: "-1", "aria-label": words("Evidence"), hidden: true },
    button([words("Close")], close, { class: "close" }), content);
  document.body.append(lens);
  let opener = /** @type {HTMLElement|null} */ (null); // the locator whose claim the lens shows
  let kept = false; // by a click or a key
  let timer = 0;
  let styled = /** @type {Promise<void>|null} */ (null);

  /** The locator at a place, with its address. @param {EventTarget|null} place */
  function locatorAt(place) {
    const element = /** @type {HTMLElement|null|undefined} */ (place instanceof Element ? place.closest(LOCATORS) : null);
    const href = element?.dataset.lens ?? element?.getAttribute("href") ?? "";
    return element && LOCATOR.test(href) ? { element, href } : null;
  }

  /** Show the claim of a locator. The lens is busy until it is loaded. @param {{element: HTMLElement, href: string}} locator @param {boolean} keep */
  async function open({ element, href }, keep) {
    clearTimeout(timer);
    kept = keep;
    if (!lens.contains(element)) opener = element;
    const shows = lens.dataset.shows = href;
    lens.setAttribute("aria-busy", "true");
    const found = await loaded(href).catch(() => null);
    if (lens.dataset.shows !== shows) return; // another one was asked for
    lens.setAttribute("aria-busy", "false");
    if (!found) fill(notLoaded());
    else if (found.claim) fill(...partsOf(found.claim, found.key, found.about));
    else if (kept && element.matches("a")) goTo(href); // a claim that the site does not carry, as one of another graph
  }

  /** Load the claim that an address names; there is none if the site does not carry it. @param {string} href */
  async function loaded(href) {
    const key = decodeURIComponent(LOCATOR.exec(href)?.[1] ?? "");
    styled ??= dress("lens.css");
    const [about, [claim]] = await Promise.all([evidence(), claimsOf([key]), styled]);
    return { about, claim, key };
  }

  /** Show something in the lens, beside its locator. @param {Node[]} parts */
  function fill(...parts) {
    content.replaceChildren(...parts);
    lens.hidden = false;
    lens.style.setProperty("--beside", `${besides()}px`);
    lens.scrollTop = 0;
    if (kept) lens.focus();
  }

  /** A claim: the sentences that say it, our reading, what weakens it, and its sources. @param {ToldClaim} claim @param {string} key @param {Awaited<ReturnType<typeof evidence>>} about */
  function partsOf(claim, key, { sources, words, href }) {
    const cited = claim.said.some(({ source = "" }) => sources[source]?.knownThrough), own = globalThis.tipgraphOwn;
    const chips = [claim.modality === "stated" && words("stated"), ...claim.caveats, cited && words("only quoted by others"), claim.against.length > 0 && words("disputed"),
      claim.reviewer && `${words("Reviewed by")}: ${claim.reviewer}`];
    const bySource = new Map(claim.said.map(({ source = "" }) => [source, claim.said.filter((said) => said.source === source)]));
    const said = sentencesOf(claim.said), article = claimArticle({ ...claim, reviewer: "" }, words, href,
      [made("p", { class: "chips" }, ...chips.filter(Boolean).flatMap((text) => [made("span", { class: "chip" }, String(text)), " "]))]);
    article.firstElementChild?.prepend(...said);
    article.firstElementChild?.append(...(said.length && own ? [own.compared(key, claim.fingerprint)] : []),
      ...[...bySource].map(([name, places]) => sourceSection(places, sources[name] ?? { title: name }, words, href)));
    return [article];
  }

  /** The sentences of places, each once, with the words of all its places marked. @param {SaidAt[]} said */
  function sentencesOf(said) {
    const marked = /** @type {Map<string, number[][]>} */ (new Map());
    for (const { quote, around: [before, behind] = ["", ""] } of said.filter((place) => place.quote)) {
      const sentence = before + quote + behind;
      marked.set(sentence, [...(marked.get(sentence) ?? []), [before.length, before.length + quote.length]]);
    }
    return [...marked].map(([sentence, spans]) => {
      const cuts = [...new Set([0, sentence.length, ...spans.flat()])].sort((one, other) => one - other), pieces = cuts.slice(0, -1).map((from, at) => sentence.slice(from, cuts[at + 1]));
      return made("blockquote", {}, ...pieces.map((piece, at) => (spans.some(([from, to]) => from <= cuts[at] && cuts[at] < to) ? made("mark", {}, piece) : piece)));
    });
  }

  /** How far the lens is from the right edge of the window: so far that it never hides its citation, if there is room. */
  function besides() {
    const { left = 0, right = 0 } = opener?.getBoundingClientRect() ?? {};
    const column = Math.min(left, opener?.closest(".stage .side")?.getBoundingClientRect().left ?? left);
    const room = column - GAP > lens.offsetWidth;
    return right > innerWidth - lens.offsetWidth && room ? document.documentElement.clientWidth - column + GAP : 0;
  }

  /** A source of a claim: its words, what it is, and ways to it. @param {SaidAt[]} places @param {CitedSource} source @param {Words} words @param {(path: string) => string} href */
  function sourceSection(places, source, words, href) {
    const [{ source: name }] = places, { title, issuedBy, issued, documentNumber, url, archived, noAddress, knownThrough } = source;
    const spots = places.map(({ place: [paragraph, sentence, page] = [0, 0, 0] }) =>
      [page && words("page {n}", { n: page }), paragraph && `¶${paragraph}`, sentence && words("sentence {n}", { n: sentence })].filter(Boolean).join(", "));
    const unseen = (/** @type {string} */ spot) => knownThrough ? words("We never had this text. It is known through: {texts}", { texts: knownThrough.join("; ") })
      : spot ? [reasonOf(source, words), words("They are in {place}.", { place: `${documentNumber ?? title}, ${spot}` })].join(" ")
        : words("The place is withheld, because it would reveal withheld data.");
    const link = (/** @type {string|undefined} */ address, /** @type {string} */ label, /** @type {string|undefined} */ rel = undefined) =>
      address ? [made("a", { href: address, "data-plain": true, rel }, label)] : [];
    const away = "noreferrer noopener external";
    const quotes = places.map(({ quote }) => quote && `“${quote}”`);
    const citation = [issuedBy, title, documentNumber, issued, spots.filter(Boolean).join("; "), ...quotes, url ?? archived];
    return made("section", {},
      ...places.flatMap((place, at) => [
        ...(place.quote ? [] : [made("p", { class: "unseen" }, unseen(spots[at]))]),
        made("p", { class: "ways" }, place.quote ? spots[at] : "", ...link(href(place.path), words("All claims of this paragraph")), ...link(place.picture && href(place.picture), words("Picture of the page")))]),
      ...(name && places.some(({ quote, span }) => !quote && span?.[1]) && globalThis.tipgraphOwn ? [globalThis.tipgraphOwn.offer(name)] : []),
      made("p", { class: "source" }, made("cite", {}, title), made("br"), [issuedBy, issued, documentNumber].filter(Boolean).join(", ")),
      ...(noAddress && !url && !archived ? [made("p", { class: "source", lang: "en" }, noAddress)] : []),
      made("p", { class: "ways" }, ...link(url, words("Open the original"), away), ...link(archived, words("Archived copy"), away),
        copyButton(words("Copy citation"), citation.filter(Boolean).join(". "), words)));
  }

  /** Why the words of a source are not shown. @param {CitedSource} source @param {Words} words */
  function reasonOf({ unseen, licence = "" }, words) {
    if (unseen === "withheld") return words("The words are withheld, because they would reveal withheld data.");
    if (unseen === "licence") return words("The words are not shown: this site was made without the text, and no licence clearly allows us to publish it ({licence}).", { licence });
    return words("The words are not shown: this site was made without the text.");
  }

  /** A button that copies a text; where that is not allowed, it shows the text. @param {string} label @param {string} text @param {Words} words */
  function copyButton(label, text, words) {
    const status = made("span", { role: "status" });
    const copy = button([label], async () => {
      const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
      status.textContent = copied ? words("Copied.") : text;
    });
    return made("span", {}, copy, " ", status);
  }

  /** Close the lens; the focus goes back to where it was opened. */
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

  /** Keep the claim of a locator, unless the click asks for another window or was taken by the page. @param {MouseEvent} event */
  function click(event) {
    const locator = locatorAt(event.target);
    if (!locator || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(locator, true);
  }

  document.addEventListener("click", click);
  document.addEventListener("words", () => { if (opener && lens.dataset.shows) open({ element: opener, href: lens.dataset.shows }, kept); }); // a reader opened a text
  document.addEventListener("pointerover", ({ target, pointerType }) => {
    if (pointerType !== "mouse" || kept) return;
    clearTimeout(timer);
    const locator = locatorAt(target);
    if (locator && !lens.contains(locator.element) && locator.href !== lens.dataset.shows) timer = setTimeout(() => open(locator, false), DELAY);
    else if (!locator && !lens.hidden && !lens.contains(/** @type {Node} */ (target))) timer = setTimeout(close, DELAY);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !lens.hidden) {
      event.stopImmediatePropagation(); // the page keeps its choice
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

  // The page.

  /** Put around the content of a page what all pages of the site share: its doors, the other language, what it is. */
  function addFrame() {
    const header = /** @type {HTMLElement|null} */ (document.querySelector("header.site")), site = globalThis.tipgraphSite;
    if (!header || !site) return;
    const { path = "" } = header.dataset, root = "../".repeat(path.split("/").length - 1), [folder, language, name] = site.other;
    const doors = site.doors.map(([address, label, behind]) => made("a", { href: root + address, "aria-current": path === address ? "page" : path.startsWith(behind) && "true" }, label));
    const asks = made("form", { role: "search" }, made("input", { type: "search", "aria-label": site.find, placeholder: site.find }));
    asks.addEventListener("submit", (event) => {
      event.preventDefault();
      goTo(`${root}index.html#${new URLSearchParams({ find: asks.querySelector("input")?.value ?? "" })}`);
    });
    header.append(made("nav", { "aria-label": site.pages }, ...doors),
      made("a", { class: "language", id: "other-language", href: root + folder + path, hreflang: language, lang: language }, name), ...(path === "index.html" ? [] : [asks]));
    document.body.prepend(made("a", { class: "skip", href: "#main" }, site.skip));
    const foot = document.querySelector("footer.site");
    foot?.replaceChildren(made("p", {}, foot.textContent || site.about, " ", made("a", { href: `${root}licences.html` }, site.licences)),
      ...(site.contact.length ? [made("p", {}, site.maker, " ", site.ask, " ", made("a", { href: site.contact[1] }, site.contact[0]))] : []),
      ...(site.free ? [made("p", {}, site.free)] : []));
  }

  /** Let the link to the other language lead to the same view. */
  function keepView() {
    const link = /** @type {HTMLAnchorElement|null} */ (document.getElementById("other-language"));
    link?.addEventListener("click", () => { link.hash = hashWith(link.hash, fragmentIn()); });
  }

  /** The key by which a cell is sorted: its `data-sort`, or its text. @param {HTMLTableRowElement} row @param {number} column */
  function sortKey(row, column) {
    const cell = row.cells[column];
    return cell?.dataset.sort ?? cell?.textContent?.trim() ?? "";
  }

  /** Sort rows by a column, numbers as numbers; empty cells come last. @param {HTMLTableElement} table @param {number} column @param {boolean} down */
  function sortRows(table, column, down) {
    const body = table.tBodies[0];
    const order = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const rows = [...body.rows].map((row) => ({ row, key: sortKey(row, column) }));
    rows.sort((one, other) => {
      if (!one.key || !other.key) return one.key ? -1 : other.key ? 1 : 0;
      return (down ? -1 : 1) * (Number(one.key) - Number(other.key) || order.compare(one.key, other.key));
    });
    body.append(...rows.map(({ row }) => row));
    if (body.dataset.all) showFirst(body);
  }

  /** Turn the heads of a table into buttons that sort it. @param {HTMLTableElement} table */
  function makeSortable(table) {
    const heads = [...(table.tHead?.rows[0].cells ?? [])];
    heads.forEach((head, column) => head.append(button([...head.childNodes], () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      sortRows(table, column, down);
    })));
    table.addEventListener("rows", () => {
      const sorted = heads.findIndex((head) => head.hasAttribute("aria-sort"));
      if (sorted >= 0) sortRows(table, sorted, heads[sorted].getAttribute("aria-sort") === "descending");
    });
  }

  /**
   * Let a box filter the rows of the table, or the items of the lists, that its `data-filters` names. An item stays if it
   * and its `data-also` hold all words of the box, and if it passes the filter *Review* beside the box. The address keeps
   * both; `data-count` names the place of the count.
   * @param {HTMLInputElement} box
   */
  function makeFilter(box) {
    const target = document.getElementById(box.dataset.filters ?? "");
    const count = document.getElementById(box.dataset.count ?? "");
    if (!target) return;
    const kind = box.dataset.items ?? (target.matches("table") ? "tbody > tr" : "li");
    const cut = /** @type {HTMLElement[]} */ ([...target.querySelectorAll("[data-all]")]);
    const review = /** @type {HTMLSelectElement|null} */ (box.parentElement?.querySelector("select#review") ?? null);
    const fields = review ? [box, review] : [box];
    const asked = () => String(new URLSearchParams(fields.filter(({ value }) => value).map(({ id, value }) => [id, value])));
    const texts = /** @type {Map<HTMLElement, string>} */ (new Map());
    const textOf = (/** @type {HTMLElement} */ item) => {
      const text = texts.get(item) ?? folded(`${item.textContent} ${item.dataset.also ?? ""}`);
      texts.set(item, text);
      return text;
    };
    const filter = () => {
      const [wanted, choice] = [wordsOf(box.value), review?.value ?? ""];
      const items = /** @type {HTMLElement[]} */ ([...target.querySelectorAll(kind)]);
      for (const item of items) item.hidden = !wanted.every((word) => textOf(item).includes(word)) || !passesReview(choice, !("unreviewed" in item.dataset));
      cut.forEach(showFirst);
      for (const group of /** @type {NodeListOf<HTMLElement>} */ (target.querySelectorAll("section:has(> ul > li), details.section"))) {
        group.hidden = !group.querySelector(`${kind}:not([hidden])`);
        if (wanted.length && group.matches("details") && !group.hidden) group.setAttribute("open", "");
      }
      if (count) count.textContent = items.filter((item) => !item.hidden).length.toLocaleString("en");
    };
    for (const field of fields) {
      field.addEventListener("input", () => {
        filter();
        keepFragment(asked());
      });
      field.value = new URLSearchParams(fragmentIn()).get(field.id) ?? "";
    }
    if (review && review.selectedIndex < 0) review.value = "";
    if (asked()) filter();
    target.addEventListener("rows", () => {
      if (asked()) filter();
      else cut.forEach(showFirst);
    });
  }

  /** Draw the curves between an entry and its links. @param {Element} ties */
  function tie(ties) {
    const { left: x0, top: y0 } = ties.getBoundingClientRect(), entry = /** @type {Element} */ (ties.querySelector("b")).getBoundingClientRect();
    const end = entry.top + entry.height / 2 - y0;
    const curves = [...ties.querySelectorAll("li")].map((link) => {
      const { left, right, top, height } = link.getBoundingClientRect(), isIn = Boolean(link.closest(".in")), y = top + height / 2 - y0;
      const [from, to] = [(isIn ? right : left) - x0, (isIn ? entry.left : entry.right) - x0], middle = (from + to) / 2;
      return drawn("path", { d: `M${from} ${y}C${middle} ${y} ${middle} ${end} ${to} ${end}`, "stroke-dasharray": link.matches(".implied") ? "5 4" : "none" });
    });
    ties.querySelector("svg")?.remove();
    ties.append(drawn("svg", { "aria-hidden": "true" }, ...curves));
  }

  globalThis.tipgraphSortable = makeSortable;
  addFrame();
  keepView();
  fillLists(document);
  const watcher = new ResizeObserver((changed) => changed.forEach(({ target }) => tie(target)));
  for (const ties of document.querySelectorAll("div.ties")) watcher.observe(ties);
  const printer = document.getElementById("print");
  printer?.removeAttribute("hidden");
  printer?.addEventListener("click", () => print());
  for (const list of document.querySelectorAll("[data-most]")) showFirst(/** @type {HTMLElement} */ (list));
  reveal();
  addEventListener("hashchange", reveal);
  for (const table of document.querySelectorAll("table.sortable")) makeSortable(/** @type {HTMLTableElement} */ (table));
  for (const box of document.querySelectorAll("input[data-filters]")) makeFilter(/** @type {HTMLInputElement} */ (box));
})();
