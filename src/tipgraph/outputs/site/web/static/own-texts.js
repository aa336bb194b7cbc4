// @ts-check
// What a reader adds: the text of a source ("I have this document"), whose words pages show, and findings of claims. Both stay in this browser.
(() => {
  "use strict";
  const { button, claimsOf, csvCell, download, evidence, loadPacked, LOCATOR, made, quoted, words } = tipgraph;

  const PARAGRAPH = 5000; // letters on each side of a place in which its sentence is searched
  const DRIFT = 2000; // letters around its place in which another edition is searched
  const SENTENCES = "Segmenter" in Intl ? new Intl.Segmenter(document.documentElement.lang, { granularity: "sentence" }) : null;
  const filled = /** @type {WeakSet<SaidAt>} */ (new WeakSet());

  /** The places of all claims in the texts of sources. @returns {Promise<Record<string, SourceSpans>>} */
  const spans = () => loadPacked("lens/spans.js", "spans");

  /** Ask the database of this browser. @template Answer @param {IDBTransactionMode} mode @param {(texts: IDBObjectStore) => IDBRequest<Answer>} ask @returns {Promise<Answer>} */
  function stored(mode, ask) {
    const answered = (/** @type {IDBRequest<any>} */ request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opening = indexedDB.open("tipgraph", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("texts");
    return answered(opening).then((database) => answered(ask(database.transaction("texts", mode).objectStore("texts"))).finally(() => database.close()));
  }

  /** The opened texts of this site, by the names of their sources. @returns {Promise<Map<string, OpenedText>>} */
  async function openedTexts() {
    const digests = await stored("readonly", (texts) => texts.getAllKeys());
    if (!digests.length) return new Map();
    const known = Object.entries(await spans()).filter(([, { sha256 }]) => digests.includes(sha256));
    return new Map(await Promise.all(known.map(async ([name, { sha256 }]) =>
      /** @type {[string, OpenedText]} */ ([name, await stored("readonly", (texts) => texts.get(sha256))]))));
  }

  /** The SHA-256 of a content, in hexadecimal. @param {string|Uint8Array<ArrayBuffer>} content */
  async function digestOf(content) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Find the words of places in another edition: those of the same digest that begin with a word, near where the last ones were. @param {string[]} letters @param {SourceSpans} source */
  async function placesIn(letters, { spans: wanted }) {
    const found = /** @type {Record<string, number>} */ ({});
    let drift = 0;
    for (const [span, digest] of Object.entries(wanted)) {
      const [start, end] = span.split("-").map(Number);
      const near = Array.from({ length: 2 * DRIFT + 1 }, (_, at) => start + drift + (at % 2 ? (at + 1) / 2 : -at / 2));
      for (const at of near.filter((place) => place === start || (place >= 0 && letters[place]?.trim() && !letters[place - 1]?.match(/\p{L}/u)))) {
        if (!(await digestOf(letters.slice(at, at + end - start).join(""))).startsWith(digest)) continue;
        drift = at - start;
        found[span] = at;
        break;
      }
    }
    return found;
  }

  /** Keep the text of a file, and return what a reader is told. @param {File} file @param {string} asked  the source that the reader asks for, if one */
  async function keep(file, asked) {
    const bytes = new Uint8Array(await file.arrayBuffer()), sha256 = await digestOf(bytes);
    const [known, { sources }] = await Promise.all([spans(), evidence()]);
    const title = (/** @type {string} */ name) => sources[name]?.title ?? name;
    const whole = Object.entries(known).find(([, { document }]) => document === sha256);
    if (whole) return words("This is the document of “{title}”. Its places are counted in the text that tipgraph made of it: choose {file}.", { title: title(whole[0]), file: whole[1].file });
    let text = "";
    try {
      text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return words("{file} is no text in UTF-8.", { file: file.name });
    }
    const name = Object.keys(known).find((source) => known[source].sha256 === sha256) ?? asked;
    if (!known[name]) return words("{file} is the text of no source here. Is it another edition of one? Then open it on the page of that source.", { file: file.name });
    const isSame = known[name].sha256 === sha256, count = Object.keys(known[name].spans).length;
    const moved = isSame ? null : await placesIn(Array.from(text), known[name]);
    const left = moved ? Object.keys(moved).length : count;
    if (left) await stored("readwrite", (texts) => texts.put({ text, moved }, known[name].sha256));
    if (isSame) return words("The words of “{title}” are shown. They stay in this browser.", { title: title(name) });
    return words("{file} is another edition of “{title}”: {n} of {all} passages have the same words, and are shown.", { file: file.name, title: title(name), n: left, all: count });
  }

  /** A text with single spaces. @param {string} text */
  const plain = (text) => text.replace(/\s+/g, " ");

  /** The words of a place, and what is before and behind them in their sentence. @param {OpenedText} opened @param {SourceSpans} source @param {[number, number]} span */
  function wordsAt(opened, { rule, form }, [start, end]) {
    const { text, moved } = opened;
    const at = moved ? moved[`${start}-${end}`] : start;
    if (at === undefined || !end) return null;
    const letters = opened.letters ??= /[\ud800-\udfff]/.test(text) ? Array.from(text) : text, cut = (/** @type {number} */ from, /** @type {number} */ to) => [...letters.slice(from, to)].join("");
    const to = at + end - start, above = cut(Math.max(0, at - PARAGRAPH), at), below = cut(to, to + PARAGRAPH), edge = rule === "lines" ? "\n" : /\n\s*\n/;
    const own = above.split(edge).at(-1) ?? "", rest = below.split(edge)[0], paragraph = own + cut(at, to) + rest;
    const sentences = SENTENCES?.segment(paragraph);
    const first = sentences?.containing(own.length)?.index ?? 0, last = sentences?.containing(paragraph.length - rest.length - 1);
    const [before, behind] = form ? ["", ""] : [paragraph.slice(first, own.length), paragraph.slice(paragraph.length - rest.length, last ? last.index + last.segment.length : undefined)];
    return { quote: plain(cut(at, to)), around: /** @type {[string, string]} */ ([plain(before).trimStart(), plain(behind).trimEnd()]) };
  }

  /** Give the places of claims the words of the opened texts. @param {Record<string, ToldClaim>} claims */
  async function fill(claims) {
    const opened = await openedTexts().catch(() => new Map());
    if (!opened.size) return;
    const known = await spans();
    for (const claim of Object.values(claims)) {
      for (const place of [claim, ...claim.also, ...claim.against].flatMap(({ said }) => said)) {
        const text = opened.get(place.source ?? "");
        if (!text || !place.span || (place.quote && !filled.has(place))) continue;
        Object.assign(place, wordsAt(text, known[place.source ?? ""], place.span));
        filled.add(place);
      }
    }
  }

  /** Show the words at the places that the page lists already. */
  async function showWords() {
    const { href } = await evidence();
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".said li > a, .said li > [data-lens], .notes li > a"))) {
      const { lens } = link.dataset, key = decodeURIComponent(LOCATOR.exec(lens ?? link.getAttribute("href") ?? "")?.[1] ?? "");
      const [claim] = key && !link.parentElement?.querySelector("q") ? await claimsOf([key]) : [];
      const place = claim?.said.find(({ path, label, place: [, sentence] = [0, 0] }) => (lens ? lens === path : new URL(href(path), location.href).href === link.href)
        && (link.textContent === label || link.textContent?.split(", ").includes(words("sentence {n}", { n: sentence }))));
      if (place?.around) link.after(" ", quoted(place));
    }
  }

  /** Open files, and say what came of it. @param {Iterable<File>} files @param {string} asked @param {HTMLElement} status */
  async function open(files, asked, status) {
    status.textContent = words("Reading …");
    const told = [];
    for (const file of files) told.push(await keep(file, asked).catch((error) => `${file.name}: ${error.message ?? error}`));
    await fill(await tipgraph.allClaims());
    await Promise.all([showWords(), offerToForget()]);
    status.textContent = told.join(" ");
    document.dispatchEvent(new Event("words"));
  }

  /** A button with which a reader opens the text of a source, or of any. @param {string} [asked]  the name of the source */
  function offer(asked = "") {
    const status = made("span", { role: "status" }, words("Pages then show its words. The file stays on this computer."));
    const input = /** @type {HTMLInputElement} */ (made("input", { type: "file", class: "sr", multiple: !asked, tabindex: "-1", "aria-hidden": "true" }));
    input.addEventListener("change", () => open(input.files ?? [], asked, status));
    return made("span", { class: "own-text" }, button([asked ? words("I have this document") : words("I have one of these documents")], () => input.click()), input, " ", status);
  }

  /** Say at the foot of the page how many texts are open, with a button that forgets them. */
  async function offerToForget() {
    const opened = await openedTexts().catch(() => new Map()), foot = document.querySelector("footer.site");
    foot?.querySelector(".opened")?.remove();
    if (!opened.size) return;
    const forget = button([words("Forget")], async () => {
      await stored("readwrite", (texts) => texts.clear());
      location.reload();
    });
    foot?.append(made("p", { class: "opened" }, words("Documents that you opened: {n}. Their words stay in this browser.", { n: opened.size }), " ", forget));
  }

  const FOUND = "tipgraph-found"; // the findings by claim, in this browser
  const SIGN = "tipgraph-sign"; // of the reader: drawn by lot, since no name belongs into the file

  /** Hand out findings as `tipgraph review answers` takes them. @param {Record<string, Finding>} found */
  function save(found) {
    const judge = `reader-${localStorage[SIGN] ??= Math.random().toString(36).slice(2, 8)}`;
    const rows = Object.entries(found).map(([claim, { assessment, reason, judged, fingerprint }]) => [`${judge}-${claim.replaceAll("/", "-")}`, claim, assessment, reason, judge, judged, fingerprint]);
    const lines = [["id", "claim", "assessment", "reason", "judge", "judged", "fingerprint"], ...rows].map((row) => `${row.map(csvCell).join(",")}\n`);
    download(`${judge}.csv`, new Blob(lines, { type: "text/csv;charset=utf-8" }));
  }

  /** Ask whether a claim says what its sentence says, and offer to save all answers. @param {string} claim  its key @param {string} fingerprint */
  function compared(claim, fingerprint) {
    const block = made("div", { class: "compared" });
    const draw = () => {
      const found = /** @type {Record<string, Finding>} */ (JSON.parse(localStorage.getItem(FOUND) ?? "{}")), own = found[claim];
      const keep = (/** @type {Partial<Finding>} */ change) => localStorage.setItem(FOUND, JSON.stringify(Object.assign(found, {
        [claim]: { ...own, ...change, judged: new Date().toISOString().slice(0, 10), fingerprint } })));
      const choice = (/** @type {string} */ assessment, /** @type {string} */ label) => button([label], () => {
        keep({ assessment, reason: remark.value });
        draw();
        /** @type {HTMLElement|null} */ (block.querySelector("[aria-pressed=true]"))?.focus();
      }, { "aria-pressed": String(own?.assessment === assessment) });
      const remark = made("input", { type: "text", value: own?.reason, placeholder: words("Why? Name no person."), "aria-label": words("Remark") });
      remark.addEventListener("change", () => keep({ reason: remark.value }));
      const finished = [made("span", { class: "quiet" }, words("Your answers, kept in this browser: {n}.", { n: Object.keys(found).length })), " ",
        button([words("Save my answers")], () => save(found)), " ",
        button([words("Forget my answers")], () => { localStorage.removeItem(FOUND); draw(); })];
      block.replaceChildren(
        made("p", {}, words("Is this what the sentence says?"), " ", choice("right", words("yes")), " ", choice("doubtful", words("partly")), " ", choice("wrong", words("no")), ...(own ? [" ", remark] : [])),
        ...(Object.keys(found).length ? [made("p", {}, ...finished)] : []));
    };
    draw();
    return block;
  }

  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-own-text]"))) {
    place.append(offer(place.dataset.ownText));
    place.hidden = false;
    place.addEventListener("dragover", (event) => event.preventDefault());
    place.addEventListener("drop", (event) => {
      event.preventDefault();
      open(event.dataTransfer?.files ?? [], place.dataset.ownText ?? "", /** @type {HTMLElement} */ (place.querySelector("[role=status]")));
    });
  }
  Object.assign(globalThis, { tipgraphOwn: { fill, offer, compared } });
  openedTexts().then((opened) => (opened.size ? Promise.all([showWords(), offerToForget()]) : null)).catch(() => {});
})();
