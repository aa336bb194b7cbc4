// A slider with two handles for years. Each is a range input of its own, so that keys and screen readers can use it.

import { made } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" */

export class Years {
  /** @param {[number, number]} span @param {Words} words @param {(from: number|null, to: number|null) => void} changed  null for an end that filters nothing */
  constructor([min, max], words, changed) {
    this.min = min;
    this.max = max;
    this.words = words;
    this.first = made("input", { type: "range", min, max, value: min, "aria-label": words("From year") });
    this.last = made("input", { type: "range", min, max, value: max, "aria-label": words("To year") });
    this.said = made("output", {});
    this.note = made("p", { class: "note" });
    const slider = made("div", { class: "years" }, this.first, this.last);
    slider.addEventListener("input", ({ target }) => {
      if (+this.first.value > +this.last.value) [this.first, this.last].forEach((handle) => { handle.value = /** @type {any} */ (target).value; });
      this.say();
      const [from, to] = [+this.first.value, +this.last.value];
      changed(from === min ? null : from, to === max ? null : to);
    });
    this.part = made("fieldset", {}, made("legend", {}, words("Years")), this.said, slider, this.note);
    this.say();
  }

  say() {
    const [from, to] = [this.first.value, this.last.value];
    this.said.textContent = from === to ? from : `${from} – ${to}`;
    this.first.classList.toggle("above", +from > (this.min + this.max) / 2);
  }

  /** @param {number|null} from @param {number|null} to */
  set(from, to) {
    this.first.value = String(from ?? this.min);
    this.last.value = String(to ?? this.max);
    this.say();
  }

  /** @param {number} count  of the shown edges without a date */
  undated(count) {
    this.note.textContent = this.words("The picture shows links that may date from these years, and {count} links without a date.", { count });
  }
}
