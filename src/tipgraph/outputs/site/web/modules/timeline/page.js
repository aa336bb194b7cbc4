// The timeline: filters that live in the address, a count of what is shown, and an axis that fits it.

import { fragmentIn, keepFragment } from "../shared/address.js";
import "../shared/every-page.js";

/**
 * What a reader asks to see; empty words ask for nothing.
 * @typedef {{kind: string, status: string, source: string, from: string, to: string}} Wish
 */

/** The page of the timeline. */
class Timeline {
  /** @param {HTMLFormElement} form @param {HTMLTableElement} dated @param {HTMLTableElement} undated */
  constructor(form, dated, undated) {
    this.form = form;
    this.dated = dated;
    this.undated = undated;
    this.begin = Date.parse(dated.dataset.start ?? "");
    this.days = Number(dated.dataset.days);
    this.drawn = /** @type {SVGElement[]} */ ([...document.querySelectorAll("#grid [data-x], #dated [data-x]")]);
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
    return /** @type {Wish} */ (words);
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
    if (earliest === undefined || latest === undefined) return false;
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
    return (at - this.begin) / 86_400_000;
  }

  /** Draw everything between two days of the axis. @param {number} first @param {number} last */
  draw(first, last) {
    const part = (/** @type {number} */ days) => `${((100 * days) / (last - first)).toFixed(3)}%`;
    for (const shape of this.drawn) {
      let from = Number(shape.dataset.x);
      let to = from + Number(shape.dataset.w ?? 0);
      if (shape.dataset.open === "end") to = Math.max(to, last);
      if (shape.dataset.open === "start") from = Math.min(from, first);
      if (shape.dataset.days && from < first && from + Number(shape.dataset.days) > first + 20) from = first;
      shape.setAttribute("x", part(from - first));
      if (shape.dataset.w !== undefined) shape.setAttribute("width", part(to - from));
    }
    this.shownDays = last - first;
    this.label();
  }

  /** Write months where they have room, and every second year where they have none. */
  label() {
    const axis = document.getElementById("axis");
    if (!axis) return;
    const month = (axis.getBoundingClientRect().width * 30) / (this.shownDays ?? this.days);
    axis.classList.toggle("months", month > 6);
    axis.classList.toggle("tight", month < 16);
    axis.classList.toggle("few", month < 3);
  }
}

const timelineForm = /** @type {HTMLFormElement|null} */ (document.getElementById("filters"));
const datedTable = /** @type {HTMLTableElement|null} */ (document.getElementById("dated"));
const undatedTable = /** @type {HTMLTableElement|null} */ (document.getElementById("undated"));
if (timelineForm && datedTable && undatedTable) new Timeline(timelineForm, datedTable, undatedTable);
if (matchMedia("(max-width: 40rem)").matches) document.querySelector("details.legend")?.removeAttribute("open");
document.documentElement.dataset.ready = "yes";
