// @ts-check
// The timeline: its bars, filters that the address keeps, counts of the entries shown, and an axis that fits them.
(() => {
  "use strict";

  const { drawn, keepFields, part, passesReview, showPassing } = tipgraph;

  /** @typedef {{first: number, last: number}|null} Dates  the first and the last possible day of a date, counted from 1970; none at an open end */
  /** @typedef {{kind: string, from: number, to: number}} Piece  a part of a bar: `sure` (all these days), `maybe` (some of them), `point` (a few known days), `after` and `before` (an open end) */
  /** @typedef {{kind: string, status: string, review: string, source: string, from: string, to: string}} Filters  an empty text filters nothing */
  /** @typedef {(day: number) => number} Scale  the percentage of an axis at a day */

  const POINT = 7; // days: a date shorter than this is a point, which is seen at any scale
  const [EMPTY, BREAK] = [4, 240]; // whole years without any date, from which the axis has a break; the days that this is wide
  const [INDENT, YEAR, SIGN] = [3, 42, 5]; // pixels from the line of a year to its label, to the end of it, and of half the sign of a break
  const [BREAK_SIGN, BAR_BREAK] = ["M-6,27L-1,15H-6L-1,3M1,27L6,15H1L6,3", "M-6,22L-1,11H-6L-1,0M1,22L6,11H1L6,0"];

  const form = /** @type {HTMLFormElement|null} */ (document.getElementById("filters"));
  const tables = /** @type {HTMLTableElement[]} */ (["dated", "undated"].map((id) => document.getElementById(id)).filter(Boolean));
  let width = 0; // of the axis, in pixels

  /** The day on which a date begins, or the one after its end. @param {string} date @param {boolean} end */
  function dayOf(date, end = false) {
    const [year, month, day] = date.split("-").map(Number);
    const at = !end ? Date.UTC(year, (month ?? 1) - 1, day ?? 1) : day ? Date.UTC(year, month - 1, day + 1) : Date.UTC(month ? year : year + 1, month ?? 0);
    return at / 86_400_000;
  }

  /** The year of a day. @param {number} day */
  const yearOf = (day) => new Date(day * 86_400_000).getUTCFullYear();

  /** The date of an element, or both ends of an interval. @param {HTMLElement} element @returns {Dates[]} */
  function datesOf({ dataset: { days = "" } }) {
    return days.split(" ").filter(Boolean).map((dates) => {
      if (dates === "..") return null;
      const [first, last] = dates.split("/").map((date) => dayOf(date));
      return { first, last };
    });
  }

  /** The days that a date names. @param {Dates[]} dates */
  const named = (dates) => dates.flatMap((one) => (one ? [one.first, one.last] : []));

  // The years of all dates. An axis has a break where several years have none; every day has a place along it.
  const spans = [...tables[0].rows].map((row) => named(datesOf(row)).map(yearOf)).filter(({ length }) => length);
  const years = [...new Set(spans.flatMap((span) => Array.from({ length: Math.max(...span) - Math.min(...span) + 1 }, (_, at) => Math.min(...span) + at)))].sort();
  const gaps = years.flatMap((year, at) => (years[at + 1] - year > EMPTY ? [{ from: dayOf(`${year + 1}`), to: dayOf(`${years[at + 1]}`), next: years[at + 1] }] : []));
  const start = dayOf(`${years[0]}`);
  const place = (/** @type {number} */ day) => gaps.reduce((at, { from, to }) => at - Math.max(Math.min(day, to) - from, 0) * (1 - BREAK / (to - from)), day - start);
  let [begin, end] = [0, 0]; // the first place that the axis shows, and the one after the last

  /** @type {Scale} */
  const scale = (day) => (100 * (place(day) - begin)) / (end - begin);

  /** The same of a mark of some days; if they began before the axis, it is at the edge. @param {number} from @param {number} to */
  const edge = (from, to) => (place(from) < begin && place(to) > begin + 20 ? 0 : scale(from));

  /** The parts of the bar of a date: an interval lasts, an imprecise date is a range of possible days. A partly inferred interval with imprecise ends is a range too: some editors give the bounds of a single event so. @param {Dates[]} dates @param {string[]} looks @returns {Piece[]} */
  function pieces([one, other], looks) {
    const piece = (/** @type {string} */ kind, /** @type {number} */ first, /** @type {number} */ last) => ({ kind, from: first, to: last + 1 });
    const single = (/** @type {{first: number, last: number}} */ { first, last }) => piece(looks.includes("unsure") || first !== last ? "maybe" : "point", first, last);
    if (!one) return other ? [{ kind: "before", from: other.first, to: other.first }, single(other)] : [];
    if (other === undefined) return [single(one)];
    if (!other) return [single(one), { kind: "after", from: one.last + 1, to: one.last + 1 }];
    const isExact = one.first === one.last && other.first === other.last;
    if (looks.includes("unsure") || one.last > other.first || (looks.includes("inferred") && !isExact)) return [piece("maybe", one.first, other.last)];
    const isShort = isExact && other.last - one.first < POINT;
    return [piece("maybe", one.first, one.last - 1), piece(isShort ? "point" : "sure", one.last, other.first), piece("maybe", other.first + 1, other.last)].filter(({ from, to }) => from < to);
  }

  /** A mark that keeps its size at a percentage. @param {number} at @param {string} kind @param {string} path */
  const mark = (at, kind, path) => drawn("svg", { class: "at", x: `${at.toFixed(3)}%` }, drawn("path", { class: kind, d: path }));

  /** A bar as a drawing; its x and widths are parts of an axis, so that it keeps its height and marks at any width. @param {HTMLElement} element  with its date and look @param {Scale} at */
  function bar(element, at) {
    const looks = (element.dataset.look ?? "").split(" ");
    const group = element.closest(".document") ? "document" : "undertaking";
    const all = pieces(datesOf(element), looks);
    const marks = all.flatMap(({ kind, from, to }, number) => {
      const [x, wide] = [`${at(from).toFixed(3)}%`, `${(at(to) - at(from)).toFixed(3)}%`];
      const box = (/** @type {string} */ name, /** @type {number} */ y, /** @type {number} */ height, fill = {}) => drawn("rect", { class: name, x, width: wide, y, height, ...fill });
      if (kind === "point") {
        const middle = (at(from) + at(to)) / 2;
        return [mark(middle, kind, group === "document" ? "M-6,4H6V16H-6Z" : "M0,3L7,10L0,17L-7,10Z"), ...(looks.includes("inferred") ? [mark(middle, "inferred", "M-7,20H7")] : [])];
      }
      if (from === to) return [drawn("svg", { class: "at", x }, drawn("rect", { class: "open", x: kind === "after" ? 0 : -64, width: 64, y: 9, height: 2, fill: `url(#fade-${kind})` }))];
      return [
        box(kind, 5, 10, kind === "maybe" ? { fill: `url(#stripes-${group})` } : {}),
        ...(looks.includes("ongoing") ? [box("rail", 8, 4)] : []),
        ...(looks.includes("inferred") ? [drawn("line", { class: "inferred", x1: x, x2: `${at(to).toFixed(3)}%`, y1: 20, y2: 20 })] : []),
        ...(kind === "maybe" && number === 0 ? [mark(at(from), "bracket", "M4,2H0V18H4")] : []),
        ...(kind === "maybe" && number === all.length - 1 ? [mark(at(to), "bracket", "M-4,2H0V18H-4")] : []),
      ];
    });
    return drawn("svg", { class: `bar ${looks.join(" ")}`, width: "100%", height: 22, "aria-hidden": "true" }, ...marks);
  }

  /** Draw the signs of the legend, on an axis of the year 2004. */
  function drawLegend() {
    const [first, last] = [dayOf("2004"), dayOf("2005")];
    for (const sign of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("#legend [data-days]"))) sign.append(bar(sign, (day) => (100 * (day - first)) / (last - first)));
    const [sign, words] = part("breaks").children;
    sign.append(drawn("svg", { class: "bar", width: "100%", height: 22, "aria-hidden": "true" }, drawn("rect", { class: "break", x: "35%", width: "30%", height: 22 }), mark(50, "break", BAR_BREAK)));
    words.textContent = (words.textContent ?? "").replace("{years}", gaps.map(({ from, to }) => `${yearOf(from)}–${yearOf(to - 1)}`).join(", "));
    part("breaks").hidden = !gaps.length;
    part("legend").hidden = false;
  }

  /** The selects and inputs of the form. @returns {any[]} */
  const fields = () => [...(form?.elements ?? [])].filter((field) => "name" in field && field.name);

  /** Show the rows that pass the filters, count them, and fit the axis to them. */
  function show() {
    const filters = /** @type {Filters} */ (Object.fromEntries(fields().map(({ name, validity, value }) => [name, validity.valid ? value : ""])));
    const [dated, undated] = tables;
    const rows = filter(dated, filters, "shown");
    filter(undated, { ...filters, from: "", to: "" }, "undated-shown");
    part("nothing").hidden = rows.length > 0;
    dated.hidden = rows.length === 0;
    fit(filters, rows);
  }

  /** Show the entries of which a row passes; their other rows are greyed. Return the rows that pass. @param {HTMLTableElement} table @param {Filters} filters @param {string} count  the id of the place of the count */
  function filter(table, filters, count) {
    const passing = new Map([...table.tBodies].map((entry) => {
      const isKind = !filters.kind || (entry.dataset.kind ?? "").split(" ").includes(filters.kind);
      const rows = [...entry.rows].filter((row) => isKind && passes(row, filters));
      for (const row of entry.rows) row.classList.toggle("beside", !rows.includes(row));
      return [/** @type {Element} */ (entry), rows];
    }));
    showPassing(table, (/** @type {Element} */ entry) => Boolean(passing.get(entry)?.length));
    part(count).textContent = String([...passing.values()].filter(({ length }) => length).length);
    return [...passing.values()].flat();
  }

  /** Whether a row passes; an uncertain date passes if it may be in the years. @param {HTMLElement} row @param {Filters} filters */
  function passes(row, { status, source, review, from, to }) {
    const has = (/** @type {string|undefined} */ list, /** @type {string} */ one) => !one || (list ?? "").split(" ").includes(one);
    if (!has(row.dataset.status, status) || !has(row.dataset.source, source) || !passesReview(review, !has(row.dataset.look, "unreviewed"))) return false;
    if (!from && !to) return true;
    const dates = datesOf(row), [first, last] = [dates[0], dates[dates.length - 1]];
    return dates.length > 0 && (!from || !last || last.last >= dayOf(from)) && (!to || !first || first.first < dayOf(to, true));
  }

  /** Fit the axis to the rows, within the years of the filters. @param {Filters} filters @param {HTMLElement[]} rows */
  function fit(filters, rows) {
    const places = rows.flatMap((row) => named(datesOf(row))).map(place);
    const isFiltered = Object.values(filters).some(Boolean) && places.length > 0;
    begin = isFiltered ? Math.min(...places) - 15 : 0;
    end = isFiltered ? Math.max(...places) + 15 : place(dayOf(`${years[years.length - 1]}`, true));
    if (filters.from) begin = Math.max(begin, place(dayOf(filters.from)) - 15);
    if (filters.to) end = Math.min(end, place(dayOf(filters.to, true)) + 15);
    end = Math.max(end, begin + 60);
    for (const row of /** @type {NodeListOf<HTMLElement>} */ (tables[0].querySelectorAll("tbody:not([hidden]) tr[data-days]"))) {
      row.querySelector(".bar")?.remove();
      const own = bar(row, scale);
      own.prepend(drawn("use", { href: "#grid" }));
      row.querySelector("summary")?.append(own);
    }
    drawAxis();
  }

  /** Draw the axis: years, the months between them where they have room, and breaks. The years after a break are written, and those that have room beside them; the grid has their lines. */
  function drawAxis() {
    const month = (width * 30) / (end - begin);
    const left = (/** @type {number} */ at) => (at * width) / 100;
    const taken = gaps.map(({ from, to }) => left((scale(from) + scale(to)) / 2)).map((at) => [at - SIGN, at + SIGN]);
    const after = new Set(gaps.map(({ next }) => next));
    const written = /** @type {number[]} */ ([]);
    const marks = [...years].sort((one, other) => Number(after.has(other)) - Number(after.has(one)) || one - other).map((year) => {
      const at = edge(dayOf(`${year}`), dayOf(`${year + 1}`));
      const [first, last] = [left(at) + INDENT, left(at) + YEAR];
      const hasRoom = first >= INDENT && last <= width && taken.every(([from, to]) => last <= from || first >= to);
      if (hasRoom) taken.push([first, last]);
      if (hasRoom) written.push(at);
      return tick(at, `year${hasRoom ? "" : " spare"}`, "M0,0V30", String(year), 12);
    });
    const breaks = gaps.map(({ from, to }) => tick((scale(from) + scale(to)) / 2, "break", BREAK_SIGN));
    part("axis").replaceChildren(...marks, ...(month > 6 ? years.flatMap(months) : []), ...breaks);
    part("axis").classList.toggle("tight", month < 16);
    part("grid").replaceChildren(...written.map((at) => drawn("line", { x1: `${at}%`, x2: `${at}%`, y2: "100%" })),
      ...gaps.map(({ from, to }) => drawn("rect", { class: "break", x: `${scale(from)}%`, width: `${scale(to) - scale(from)}%`, height: "100%" })));
  }

  /** A mark of the axis with its label. @param {number} at @param {string} kind @param {string} path @param {string} [label] @param {number} [y] */
  const tick = (at, kind, path, label = "", y = 0) => drawn("svg", { class: `at ${kind}`, x: `${at.toFixed(3)}%` }, drawn("path", { d: path }), drawn("text", { x: INDENT, y }, label));

  /** The marks of the months of a year that the axis shows. @param {number} year */
  function months(year) {
    return Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0")).flatMap((name) => {
      const [from, to] = [dayOf(`${year}-${name}`), dayOf(`${year}-${name}`, true)];
      return place(to) <= begin || place(from) >= end ? [] : [tick(edge(from, to), "month", "M0,18V30", name, 27)];
    });
  }

  if (form) {
    drawLegend();
    Object.assign(fields().find(({ name }) => name === "from"), { placeholder: years[0] });
    Object.assign(fields().find(({ name }) => name === "to"), { placeholder: years[years.length - 1] });
    form.hidden = false;
    const keep = keepFields(fields(), show);
    form.addEventListener("reset", () => setTimeout(keep));
    new ResizeObserver(([{ target, contentRect }]) => {
      if (!target.isConnected || width === contentRect.width) return; // in one file, another page is shown
      width = contentRect.width;
      drawAxis();
    }).observe(part("axis"));
  }
  document.documentElement.dataset.ready = "yes";
})();
