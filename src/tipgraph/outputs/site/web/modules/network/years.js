// Years below the picture: how many links may date from each, and two handles that leave some. A drag over the bars does, too.

import { made } from "../shared/elements.js";
import { placeIn } from "../shared/pointers.js";
/** @import { Words } from "../shared/types.d.ts" @import { NetworkModel } from "./model.js" @import { Shown } from "./types.d.ts" */

const MOST_BARS = 120; // more years share bars

export class Years {
  /** @param {HTMLElement} place @param {NetworkModel} model  with years @param {Words} words @param {(from: number|null, to: number|null) => void} changed  null for an end that filters nothing */
  constructor(place, model, words, changed) {
    const [min, max] = this.span = /** @type {[number, number]} */ (model.span);
    this.model = model;
    this.words = words;
    this.changed = changed;
    this.first = made("input", { type: "range", min, max, value: min, "aria-label": words("From year") });
    this.last = made("input", { type: "range", min, max, value: max, "aria-label": words("To year") });
    this.wide = Math.ceil((max - min + 1) / MOST_BARS);
    this.all = this.counted(model.data.edges.keys());
    this.bars = this.all.map(() => made("span", {}, made("i")));
    this.said = made("output", {});
    this.note = made("span", { class: "note" });
    const chart = made("div", { class: "bars", "aria-hidden": "true" }, ...this.bars);
    const handles = made("div", { class: "handles" }, this.first, this.last);
    handles.addEventListener("input", ({ target }) => {
      if (+this.first.value > +this.last.value) [this.first, this.last].forEach((handle) => { handle.value = /** @type {any} */ (target).value; });
      this.tell();
    });
    this.brush(chart);
    place.append(made("p", {}, made("b", {}, words("Years")), " ", this.said, " ", this.note), chart, handles);
    place.hidden = false;
  }

  /** How many of some edges may date from the years of each bar. @param {Iterable<number>} edges */
  counted(edges) {
    const [min, max] = this.span;
    const counts = new Array(Math.ceil((max - min + 1) / this.wide)).fill(0);
    const bar = (/** @type {number} */ year) => Math.floor((Math.min(Math.max(year, min), max) - min) / this.wide);
    for (const id of edges) {
      const years = this.model.years[id];
      if (years) for (let at = bar(years[0]); at <= bar(years[1]); at++) counts[at] += 1;
    }
    return counts;
  }

  /** @param {HTMLElement} chart */
  brush(chart) {
    let from = /** @type {number|null} */ (null);
    const year = (/** @type {PointerEvent} */ event) => {
      const [[min, max], part] = [this.span, placeIn(chart, event).x / chart.clientWidth];
      return Math.round(Math.min(Math.max(min - 0.5 + part * (max - min + 1), min), max));
    };
    chart.addEventListener("pointerdown", (event) => { chart.setPointerCapture(event.pointerId); from = year(event); });
    for (const type of /** @type {const} */ (["pointermove", "pointerup"])) chart.addEventListener(type, (event) => {
      if (from === null) return;
      const [one, other] = [from, year(event)];
      this.set(Math.min(one, other), Math.max(one, other));
      if (type === "pointermove") return;
      from = null;
      this.tell();
    });
  }

  tell() {
    const [[min, max], from, to] = [this.span, +this.first.value, +this.last.value];
    this.set(from, to);
    this.changed(from === min ? null : from, to === max ? null : to);
  }

  /** @param {number|null} from @param {number|null} to */
  set(from, to) {
    const [min, max] = this.span;
    const [one, other] = [from ?? min, to ?? max];
    this.first.value = String(one);
    this.last.value = String(other);
    this.said.textContent = one === other ? String(one) : `${one} – ${other}`;
    this.first.classList.toggle("above", one > (min + max) / 2);
    this.bars.forEach((bar, at) => bar.classList.toggle("out", min + (at + 1) * this.wide <= one || min + at * this.wide > other));
  }

  /** Count what is shown. @param {Shown} shown */
  count({ edges, undated }) {
    const [most, now] = [Math.max(...this.all, 1), this.counted(edges)];
    this.bars.forEach((bar, at) => {
      bar.style.height = `${100 * this.all[at] / most}%`;
      /** @type {HTMLElement} */ (bar.firstChild).style.height = `${100 * now[at] / (this.all[at] || 1)}%`;
    });
    this.note.textContent = this.words("The picture shows links that may date from these years, and {count} links without a date.", { count: undated });
  }
}
