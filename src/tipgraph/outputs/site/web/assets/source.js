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

  // shared/elements.js
  function made(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== void 0) element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children);
    return element;
  }
  function button(content, act, attributes = {}) {
    const element = made("button", { type: "button", ...attributes }, ...content);
    element.addEventListener("click", act);
    return element;
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

  // source/page.js
  var claims = (
    /** @type {HTMLElement[]} */
    [...document.querySelectorAll("[data-claim]")]
  );
  var marks = (
    /** @type {SVGAElement[]} */
    [...document.querySelectorAll("a[data-claims]")]
  );
  function claimsAt(place) {
    const element = place instanceof Element ? place : null;
    const mark = element?.closest("[data-claims]");
    if (mark) return (mark.getAttribute("data-claims") ?? "").split(" ");
    const claim = element?.closest("[data-claim]")?.getAttribute("data-claim");
    return claim ? [claim] : [];
  }
  function light(keys) {
    const lit = new Set([keys, claimsAt(document.activeElement), claimsAt(targeted())].find((some) => some.length));
    for (const claim of claims) claim.classList.toggle("lit", lit.has(claim.dataset.claim ?? ""));
    for (const mark of marks) mark.classList.toggle("lit", claimsAt(mark).some((key) => lit.has(key)));
  }
  function unfold() {
    for (let fold = targeted()?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  }
  function showWords() {
    const target = targeted();
    if (!target?.matches("[data-claim]") || !matchMedia("(max-width: 60rem)").matches) return;
    marks.find((mark) => claimsAt(mark).includes(target.dataset.claim ?? ""))?.scrollIntoView({ block: "center" });
  }
  for (const type of ["pointerover", "focusin"]) document.addEventListener(type, ({ target }) => light(claimsAt(target)));
  addEventListener("hashchange", () => {
    unfold();
    light([]);
  });
  unfold();
  light([]);
  requestAnimationFrame(() => requestAnimationFrame(showWords));
})();
