// Elements that scripts look for and make.

import { cutToFit } from "./heights.js";

/** The element of an id, which the page must have. @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The element of an id, of whatever kind it is, or null. @param {string} id @returns {any} */
export const byId = (id) => document.getElementById(id);

/**
 * Make an element with attributes and children. Text stays text and is never parsed. An attribute that is true is
 * empty; one that is false or undefined is left out.
 * @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag
 * @param {Record<string, string|boolean|number|undefined>} attributes @param {(Node|string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/** Make a button. @param {(Node|string)[]} content @param {() => void} act @param {Record<string, string|boolean|undefined>} attributes */
export function button(content, act, attributes = {}) {
  const element = made("button", { type: "button", ...attributes }, ...content);
  element.addEventListener("click", act);
  return element;
}

/** Mark one of the tabs of a list as selected; only that one takes the focus. @param {HTMLElement[]} tabs @param {HTMLElement} selected */
export function selectTab(tabs, selected) {
  for (const tab of tabs) {
    tab.setAttribute("aria-selected", String(tab === selected));
    tab.tabIndex = tab === selected ? 0 : -1;
  }
}

/** A button below a list whose script draws it anew: the first items are shown, and each click shows more of them. */
export class MoreButton {
  /** @param {HTMLElement} list @param {number} atOnce  items @param {(left: number) => string} label @param {() => void} draw  the list */
  constructor(list, atOnce, label, draw) {
    this.most = atOnce;
    this.label = label;
    this.button = button([], () => { this.most += atOnce; draw(); });
    (list.closest(".scroll") ?? list).after(this.button);
  }

  /** The items to show now, of all that there are; the button says how many are left. @template Item @param {Item[]} items */
  first(items) {
    const left = items.length - this.most;
    this.button.hidden = left <= 0;
    this.button.textContent = this.label(left);
    return items.slice(0, this.most);
  }
}

/**
 * Show the first items in a place, fewer if the page gets too tall, and return a button that shows more of them.
 * @param {HTMLElement} place @param {(() => Element)[]} makers  called when their item is shown @param {number} atOnce
 * @param {(left: number) => string} label  of the button
 */
export function inParts(place, makers, atOnce, label) {
  const add = () => {
    const items = makers.slice(0, atOnce).map((make) => make());
    place.append(...items);
    makers.splice(0, cutToFit(items));
    more.hidden = !makers.length;
    more.textContent = label(makers.length);
  };
  const more = button([], add);
  add();
  return more;
}
