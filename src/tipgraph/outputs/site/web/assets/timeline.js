// Written by `make generate` from the modules in web/modules; do not edit.
"use strict";
(() => {
  // shared/address.js
  function fragmentIn(hash = location.hash) {
    return hash.replace(/^#(?:\/[^?]*\??)?/, "");
  }
  function hashWith(hash, fragment) {
    const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
    return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
  }
  function keepFragment(fragment) {
    history.replaceState(history.state, "", hashWith(location.hash, fragment) || location.pathname + location.search);
  }

  // shared/text.js
  var JOINING = new Set("a an and at by de del el en for in la las los of on para por the to y".split(" "));
  function folded(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }
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
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        sortRows(table, column, down);
      });
    });
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
      let left = 0;
      items.forEach((item, index) => {
        item.hidden = !wanted.every((word) => texts[index].includes(word));
        left += item.hidden ? 0 : 1;
      });
      for (const section of target.querySelectorAll("section")) section.hidden = !section.querySelector("li:not([hidden])");
      if (count) count.textContent = String(left);
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

  // timeline/page.js
  var Timeline = class {
    /** @param {HTMLFormElement} form @param {HTMLTableElement} dated @param {HTMLTableElement} undated */
    constructor(form, dated, undated) {
      this.form = form;
      this.dated = dated;
      this.undated = undated;
      this.begin = Date.parse(dated.dataset.start ?? "");
      this.days = Number(dated.dataset.days);
      this.drawn = /** @type {SVGElement[]} */
      [...document.querySelectorAll("#grid [data-x], #dated [data-x]")];
      form.hidden = false;
      form.addEventListener("input", () => this.asked());
      form.addEventListener("reset", () => setTimeout(() => this.asked()));
      addEventListener("hashchange", () => this.read());
      addEventListener("resize", () => this.label());
      this.read();
    }
    /** Take the wish from the address. */
    read() {
      const words = new URLSearchParams(fragmentIn());
      for (const field of this.fields()) {
        field.value = words.get(field.name) ?? "";
        if (field.selectedIndex === -1) field.value = "";
      }
      this.show();
    }
    /** Put what was asked for into the address. */
    asked() {
      const words = new URLSearchParams();
      for (const field of this.fields()) if (field.value) words.set(field.name, field.value);
      keepFragment(String(words));
      this.show();
    }
    /** @returns {any[]} the selects and inputs */
    fields() {
      return [...this.form.elements].filter((field) => "name" in field && field.name);
    }
    /** @returns {Wish} */
    wish() {
      const words = Object.fromEntries(this.fields().map((field) => [field.name, field.validity.valid ? field.value : ""]));
      return (
        /** @type {Wish} */
        words
      );
    }
    /** Show what is wished for, count it, and fit the axis to it. */
    show() {
      const wish = this.wish();
      const rows = this.keep(this.dated, wish);
      this.count("shown", this.dated);
      this.keep(this.undated, { ...wish, from: "", to: "" });
      this.count("undated-shown", this.undated);
      const nothing = document.getElementById("nothing");
      if (nothing) nothing.hidden = rows.length > 0;
      this.dated.hidden = rows.length === 0;
      this.fit(wish, rows);
    }
    /**
     * Hide the things of a table of which no row is as wished; the other rows of the rest stay beside those that are.
     * @param {HTMLTableElement} table @param {Wish} wish
     */
    keep(table, wish) {
      const kept = [];
      for (const thing of table.tBodies) {
        const rows = [...thing.rows];
        const fits = rows.filter((row) => this.isKind(thing, wish) && this.isWished(row, wish));
        thing.hidden = fits.length === 0;
        for (const row of rows) row.classList.toggle("beside", !fits.includes(row));
        kept.push(...fits);
      }
      return kept;
    }
    /** @param {HTMLElement} thing @param {Wish} wish */
    isKind(thing, wish) {
      return !wish.kind || (thing.dataset.kind ?? "").split(" ").includes(wish.kind);
    }
    /** Tell whether a row is as wished; a date that may lie among the days asked for is. @param {HTMLElement} row @param {Wish} wish */
    isWished(row, wish) {
      const { status = "", source = "", earliest, latest } = row.dataset;
      if (wish.status && !status.split(" ").includes(wish.status)) return false;
      if (wish.source && !source.split(" ").includes(wish.source)) return false;
      if (!wish.from && !wish.to) return true;
      if (earliest === void 0 || latest === void 0) return false;
      return (!wish.from || !latest || latest >= wish.from) && (!wish.to || !earliest || earliest <= `${wish.to}-99`);
    }
    /** Say how many things of a table are shown. @param {string} place @param {HTMLTableElement} table */
    count(place, table) {
      const shown = [...table.tBodies].filter((thing) => !thing.hidden).length;
      const words = document.getElementById(place);
      if (words) words.textContent = String(shown);
    }
    /** Let the axis run over what is shown, and no further than was asked for. @param {Wish} wish @param {HTMLElement[]} rows */
    fit(wish, rows) {
      const days = rows.flatMap((row) => [row.dataset.earliest, row.dataset.latest]).filter(Boolean).map((day) => this.day(day ?? ""));
      const asked = Object.values(wish).some(Boolean) && days.length > 0;
      let first = asked ? Math.min(...days) - 15 : 0;
      let last = asked ? Math.max(...days) + 15 : this.days;
      if (wish.from) first = Math.max(first, this.day(wish.from) - 15);
      if (wish.to) last = Math.min(last, this.day(wish.to, true) + 15);
      this.draw(first, Math.max(last, first + 60));
    }
    /** Which day of the axis a date begins with, or ends with. @param {string} date @param {boolean} end */
    day(date, end = false) {
      const [year, month, day] = date.split("-").map(Number);
      const at = end && !day ? Date.UTC(month ? year : year + 1, month ?? 0) : Date.UTC(year, (month ?? 1) - 1, day ?? 1);
      return (at - this.begin) / 864e5;
    }
    /** Draw everything between two days of the axis. @param {number} first @param {number} last */
    draw(first, last) {
      const part = (days) => `${(100 * days / (last - first)).toFixed(3)}%`;
      for (const shape of this.drawn) {
        let from = Number(shape.dataset.x);
        let to = from + Number(shape.dataset.w ?? 0);
        if (shape.dataset.open === "end") to = Math.max(to, last);
        if (shape.dataset.open === "start") from = Math.min(from, first);
        if (shape.dataset.days && from < first && from + Number(shape.dataset.days) > first + 20) from = first;
        shape.setAttribute("x", part(from - first));
        if (shape.dataset.w !== void 0) shape.setAttribute("width", part(to - from));
      }
      this.shownDays = last - first;
      this.label();
    }
    /** Write months where they have room, and every second year where they have none. */
    label() {
      const axis = document.getElementById("axis");
      if (!axis) return;
      const month = axis.getBoundingClientRect().width * 30 / (this.shownDays ?? this.days);
      axis.classList.toggle("months", month > 6);
      axis.classList.toggle("tight", month < 16);
      axis.classList.toggle("few", month < 3);
    }
  };
  var timelineForm = (
    /** @type {HTMLFormElement|null} */
    document.getElementById("filters")
  );
  var datedTable = (
    /** @type {HTMLTableElement|null} */
    document.getElementById("dated")
  );
  var undatedTable = (
    /** @type {HTMLTableElement|null} */
    document.getElementById("undated")
  );
  if (timelineForm && datedTable && undatedTable) new Timeline(timelineForm, datedTable, undatedTable);
  if (matchMedia("(max-width: 40rem)").matches) document.querySelector("details.legend")?.removeAttribute("open");
  document.documentElement.dataset.ready = "yes";
})();
