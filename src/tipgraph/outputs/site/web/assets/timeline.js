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
    const filter2 = () => {
      const wanted = wordsOf(box.value);
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word));
      });
      for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(items.filter((item) => !item.hidden).length);
    };
    box.addEventListener("input", () => {
      filter2();
      keepFragment(box.value ? String(new URLSearchParams({ [box.id]: box.value })) : "");
    });
    box.value = new URLSearchParams(fragmentIn()).get(box.id) ?? "";
    if (box.value) filter2();
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

  // timeline/page.js
  var [form, dated, undated] = (
    /** @type {[HTMLFormElement, HTMLTableElement, HTMLTableElement]} */
    ["filters", "dated", "undated"].map((id) => document.getElementById(id))
  );
  var fields = () => [...form.elements].filter((field) => "name" in field && field.name);
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
    const passing = [...table.tBodies].flatMap((entry) => {
      const isKind = !filters.kind || (entry.dataset.kind ?? "").split(" ").includes(filters.kind);
      const rows = [...entry.rows].filter((row) => isKind && passes(row, filters));
      entry.hidden = rows.length === 0;
      for (const row of entry.rows) row.classList.toggle("beside", !rows.includes(row));
      return rows;
    });
    part(count).textContent = String([...table.tBodies].filter((entry) => !entry.hidden).length);
    return passing;
  }
  function passes({ dataset: { status = "", source = "", earliest, latest } }, filters) {
    if (filters.status && !status.split(" ").includes(filters.status)) return false;
    if (filters.source && !source.split(" ").includes(filters.source)) return false;
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
  function dayOf(date, end = false) {
    const [year, month, day] = date.split("-").map(Number);
    const at = end && !day ? Date.UTC(month ? year : year + 1, month ?? 0) : Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    return (at - Date.parse(dated.dataset.start ?? "")) / 864e5;
  }
  function draw(first, last) {
    const percent = (days) => `${(100 * days / (last - first)).toFixed(3)}%`;
    for (
      const shape of
      /** @type {NodeListOf<SVGElement>} */
      document.querySelectorAll("#grid [data-x], #dated [data-x]")
    ) {
      let from = Number(shape.dataset.x);
      const to = from + Number(shape.dataset.w ?? 0);
      if (shape.dataset.days && from < first && from + Number(shape.dataset.days) > first + 20) from = first;
      shape.setAttribute("x", percent(from - first));
      if (shape.dataset.w !== void 0) shape.setAttribute("width", percent(to - from));
    }
    part("axis").dataset.shown = String(last - first);
    label();
  }
  function label() {
    const axis = part("axis");
    const month = axis.getBoundingClientRect().width * 30 / Number(axis.dataset.shown);
    axis.classList.toggle("months", month > 6);
    axis.classList.toggle("tight", month < 16);
    axis.classList.toggle("few", month < 3);
  }
  if (form && dated && undated) {
    form.hidden = false;
    form.addEventListener("input", keep);
    form.addEventListener("reset", () => setTimeout(keep));
    addEventListener("hashchange", read);
    addEventListener("resize", label);
    read();
  }
  document.documentElement.dataset.ready = "yes";
})();
