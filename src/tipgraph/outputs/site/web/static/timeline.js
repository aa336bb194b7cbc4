// @ts-check
// The timeline: filters that the address keeps, counts of the entries shown, and an axis that fits them.
(() => {
  "use strict";
  const { drawn, fillLists, fragmentIn, keepFragment, MoreButton, pageData, parsed, part, passesReview } = tipgraph;

  /** @typedef {{kind: string, status: string, review: string, source: string, from: string, to: string}} Filters  an empty text filters nothing */

  const [form, dated, undated] = /** @type {[HTMLFormElement, HTMLTableElement, HTMLTableElement]} */ (
    ["filters", "dated", "undated"].map((id) => document.getElementById(id)));

  const AT_ONCE = matchMedia("(max-width: 40rem)").matches ? 15 : 30; // entries of a table that are shown before a button shows more
  const entries = new Map([dated, undated].filter(Boolean).map((table) => [table, [...table.tBodies]])); // the page holds only those that are shown
  const more = new Map([dated, undated].filter(Boolean).map((table) => [table, moreOf(table)]));

  let width = 0; // of the axis
  let [begin, end] = [0, Number(dated?.dataset.days)]; // the first day that it shows, and the one after the last
  const [INDENT, YEAR, SIGN] = [3, 34, 5]; // pixels from the line of a year to its label, to the end of it, and of half the sign of a break

  /** The breaks of the axis: first and last day without breaks, and the days as drawn. */
  const gaps = /** @type {[number, number, number][]} */ (JSON.parse(dated?.dataset.gaps ?? "[]"));

  /** @returns {any[]} the selects and inputs of the form */
  const fields = () => [...form.elements].filter((field) => "name" in field && field.name);

  /** A button below a table that shows more of its entries. @param {HTMLTableElement} table */
  function moreOf(table) {
    return new MoreButton(table, AT_ONCE, (count) => (table.dataset.more ?? "").replace("{count}", String(count)), show);
  }

  /** Add the entries that the page of a large site leaves out. @param {HTMLTableElement} table */
  async function complete(table) {
    const id = `${table.id}-rest`;
    if (!document.getElementById(id)) return;
    const rest = parsed(`<table>${await pageData(id)}</table>`);
    fillLists(rest);
    entries.get(table)?.push(...rest.querySelectorAll("tbody"));
  }

  /** Take the filters from the address. */
  function read() {
    const given = new URLSearchParams(fragmentIn());
    for (const field of fields()) {
      field.value = given.get(field.name) ?? "";
      if (field.selectedIndex === -1) field.value = "";
    }
    show();
  }

  /** Keep the filters in the address. */
  function keep() {
    const given = fields().filter(({ value }) => value).map(({ name, value }) => [name, value]);
    keepFragment(String(new URLSearchParams(given)));
    show();
  }

  /** Show the rows that pass the filters, count them, and fit the axis to them. */
  function show() {
    const filters = /** @type {Filters} */ (
      Object.fromEntries(fields().map(({ name, validity, value }) => [name, validity.valid ? value : ""])));
    const rows = filter(dated, filters, "shown");
    filter(undated, { ...filters, from: "", to: "" }, "undated-shown");
    part("nothing").hidden = rows.length > 0;
    dated.hidden = rows.length === 0;
    fit(filters, rows);
  }

  /**
   * Show the entries of which a row passes; their other rows are greyed. Return the rows that pass.
   * @param {HTMLTableElement} table @param {Filters} filters @param {string} count  the id of the place of the count
   */
  function filter(table, filters, count) {
    const passing = /** @type {Map<HTMLTableSectionElement, HTMLElement[]>} */ (new Map());
    for (const entry of entries.get(table) ?? []) {
      const isKind = !filters.kind || (entry.dataset.kind ?? "").split(" ").includes(filters.kind);
      const rows = [...entry.rows].filter((row) => isKind && passes(row, filters));
      if (rows.length) passing.set(entry, rows);
      for (const row of entry.rows) row.classList.toggle("beside", !rows.includes(row));
    }
    part(count).textContent = String(passing.size);
    for (const entry of [...table.tBodies]) entry.remove();
    table.append(...(more.get(table)?.first([...passing.keys()]) ?? []));
    return [...passing.values()].flat();
  }

  /** Whether a row passes; an uncertain date passes if it may be in the years. @param {HTMLElement} row @param {Filters} filters */
  function passes({ dataset: { status = "", source = "", unreviewed, earliest, latest } }, filters) {
    if (filters.status && !status.split(" ").includes(filters.status)) return false;
    if (filters.source && !source.split(" ").includes(filters.source)) return false;
    if (!passesReview(filters.review, unreviewed === undefined)) return false;
    if (!filters.from && !filters.to) return true;
    if (earliest === undefined || latest === undefined) return false;
    return (!filters.from || !latest || latest >= filters.from) && (!filters.to || !earliest || earliest <= `${filters.to}-99`);
  }

  /** Fit the axis to the rows, within the years of the filters. @param {Filters} filters @param {HTMLElement[]} rows */
  function fit(filters, rows) {
    const days = rows.flatMap(({ dataset: { earliest, latest } }) => [earliest, latest]).flatMap((date) => (date ? [dayOf(date)] : []));
    const isFiltered = Object.values(filters).some(Boolean) && days.length > 0;
    let first = isFiltered ? Math.min(...days) - 15 : 0;
    let last = isFiltered ? Math.max(...days) + 15 : Number(dated.dataset.days);
    if (filters.from) first = Math.max(first, dayOf(filters.from) - 15);
    if (filters.to) last = Math.min(last, dayOf(filters.to, true) + 15);
    draw(first, Math.max(last, first + 60));
  }

  /** The day of the axis, as it is drawn, on which a date begins, or ends. @param {string} date @param {boolean} end */
  function dayOf(date, end = false) {
    const [year, month, day] = date.split("-").map(Number);
    const at = end && !day ? Date.UTC(month ? year : year + 1, month ?? 0) : Date.UTC(year, (month ?? 1) - 1, day ?? 1);
    const whole = (at - Date.parse(dated.dataset.start ?? "")) / 86_400_000;
    return gaps.reduce((days, [first, last, drawn]) => days - Math.max(Math.min(whole, last) - first, 0) * (1 - drawn / (last - first)), whole);
  }

  /** A number of days as a part of the axis. @param {number} days */
  const percent = (days) => `${((100 * days) / (end - begin)).toFixed(3)}%`;

  /** The place of a mark of some days; if they began before the axis, it is at the edge. @param {number} from @param {number} days */
  const placed = (from, days) => percent(from < begin && from + days > begin + 20 ? 0 : from - begin);

  /** Draw the axis from one day to another. @param {number} first @param {number} last */
  function draw(first, last) {
    [begin, end] = [first, last];
    part("grid-years").setAttribute("viewBox", `${begin} 0 ${end - begin} 1`);
    for (const shape of /** @type {NodeListOf<SVGElement>} */ (document.querySelectorAll("#grid [data-x], #dated [data-x]"))) {
      const { x, w, days } = shape.dataset;
      shape.setAttribute("x", placed(Number(x), Number(days ?? 0)));
      if (w !== undefined) shape.setAttribute("width", percent(Number(w)));
    }
    label();
  }

  /** Write the months and the years that have room. */
  function label() {
    const axis = part("axis");
    const month = (width * 30) / (end - begin);
    for (const old of axis.querySelectorAll(".month")) old.remove();
    if (month > 6) axis.append(...months(axis));
    axis.classList.toggle("tight", month < 16);
    labelYears(axis);
  }

  /** The marks of the months that the axis shows. @param {Element} axis */
  function months(axis) {
    const names = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
    const dates = [...axis.querySelectorAll(".year")].flatMap((year) => names.map((name) => ({ name, date: `${year.textContent}-${name}` })));
    return dates.flatMap(({ name, date }) => {
      const [from, to] = [dayOf(date), dayOf(date, true)];
      if (to <= begin || from >= end) return [];
      return [drawn("svg", { class: "at month", x: placed(from, to - from) }, drawn("path", { d: "M0,18V30" }), drawn("text", { x: 3, y: 27 }, name))];
    });
  }

  /** Write the years after a break, and all others that have room beside them; the grid has their lines. @param {Element} axis */
  function labelYears(axis) {
    const ticks = (/** @type {string} */ kind) => [.../** @type {NodeListOf<SVGElement>} */ (axis.querySelectorAll(`.${kind}`))];
    const left = (/** @type {SVGElement} */ tick) => (parseFloat(tick.getAttribute("x") ?? "") * width) / 100;
    const breaks = ticks("break");
    const taken = breaks.map((tick) => [left(tick) - SIGN, left(tick) + SIGN]);
    const follows = (/** @type {SVGElement} */ { dataset }) => breaks.some((gap) => Number(gap.dataset.x) + Number(gap.dataset.days) / 2 === Number(dataset.x));
    for (const year of ticks("year").sort((one, other) => Number(follows(other)) - Number(follows(one)))) {
      const [first, last] = [left(year) + INDENT, left(year) + YEAR];
      const hasRoom = first >= INDENT && last <= width && taken.every(([from, to]) => last <= from || first >= to);
      year.classList.toggle("spare", !hasRoom);
      if (hasRoom) taken.push([first, last]);
    }
    const written = ticks("year").filter(({ classList }) => !classList.contains("spare"));
    part("grid-years").firstElementChild?.setAttribute("d", written.map(({ dataset }) => `M${dataset.x},0V1`).join(""));
  }

  /** Complete the tables, and listen to the reader. */
  async function open() {
    await Promise.all([dated, undated].filter(Boolean).map(complete));
    if (form && dated && undated) {
      form.hidden = false;
      form.addEventListener("input", keep);
      form.addEventListener("reset", () => setTimeout(keep));
      addEventListener("hashchange", read);
      new ResizeObserver(([{ target, contentRect }]) => {
        if (!target.isConnected) return; // in one file, another page is shown
        width = contentRect.width;
        label();
      }).observe(part("axis"));
      read();
    }
    document.documentElement.dataset.ready = "yes";
  }

  open();
})();
