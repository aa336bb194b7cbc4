// The picture of the page of the document, with boxes around the words of drafts.

import { made } from "../shared/elements.js";
import { addressOf } from "./place.js";
/** @import { Words } from "../shared/types.d.ts" */
/** @import { PageBox, State } from "./types.d.ts" */

const SVG = "http://www.w3.org/2000/svg";
const ROOM = 0.35; // the share of the pane above the words

/** @param {string} name @param {Record<string, string|number>} attributes */
function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

export class Picture {
  #page = 0;
  /** @type {string} */
  #about = "";

  /** @param {HTMLElement} pane @param {State} state @param {Words} words */
  constructor(pane, state, words) {
    this.pane = pane;
    this.pages = state.pages;
    this.words = words;
    this.caption = made("figcaption", { class: "quiet" });
    this.image = made("img", { alt: "" });
    this.boxes = /** @type {SVGSVGElement} */ (drawn("svg", { "aria-hidden": "true" }));
    this.size = made("button", { type: "button", "aria-pressed": "false" }, words("Enlarge"));
    this.frame = made("div", { class: "frame", tabindex: "0", role: "region", "aria-label": words("Picture of the page") }, made("div", { class: "sheet" }, this.image, this.boxes));
    this.size.addEventListener("click", () => this.#resize());
    pane.hidden = !this.pages.length;
    pane.replaceChildren(made("figure", {}, this.caption, this.frame));
    this.caption.append(made("span"), this.size);
    this.image.addEventListener("load", () => this.#scroll());
  }

  /** Show a page with the boxes of the present words, and those of others. @param {number} page @param {PageBox[]} present @param {PageBox[]} others */
  show(page, present, others) {
    if (!this.pages.length || !page) return;
    const about = JSON.stringify([page, present, others]);
    if (about === this.#about) return;
    this.#about = about;
    if (page !== this.#page) this.#turn(page);
    const on = (/** @type {PageBox[]} */ boxes, /** @type {string} */ name) => boxes.filter((box) => box[0] === page).map((box) => boxOf(box, name));
    this.boxes.replaceChildren(...on(others, "other"), ...on(present, "lit"));
    this.#scroll();
  }

  /** @param {number} page */
  #turn(page) {
    this.#page = page;
    const [width, height] = this.pages[page - 1];
    this.image.src = addressOf(`page/${page}.png`);
    this.image.alt = this.words("Picture of page {n}", { n: page });
    this.boxes.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.boxes.setAttribute("width", String(2 * width));
    this.boxes.setAttribute("height", String(2 * height));
    /** @type {HTMLElement} */ (this.caption.firstChild).textContent = this.words("Page {n} of {all}", { n: page, all: this.pages.length });
  }

  #resize() {
    const isLarge = this.pane.classList.toggle("large");
    this.size.setAttribute("aria-pressed", String(isLarge));
    this.#scroll();
  }

  /** Bring the present words into sight. */
  #scroll() {
    const box = this.boxes.querySelector(".lit")?.getBoundingClientRect();
    if (!box) return;
    const frame = this.frame.getBoundingClientRect();
    this.frame.scrollTop += box.top - frame.top - ROOM * frame.height;
    if (box.left < frame.left || box.right > frame.right) this.frame.scrollLeft += box.left - frame.left - 8;
  }
}

/** @param {PageBox} box @param {string} name */
function boxOf([, left, top, right, bottom], name) {
  return drawn("rect", { class: name, x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2, rx: 1.5 });
}
