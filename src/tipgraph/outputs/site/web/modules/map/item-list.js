// A list, or the rows of a table, of which a page has the first ones and its scripts make the others.

import { MoreButton } from "../shared/elements.js";
/** @import { Words } from "../shared/types.d.ts" */

const AT_ONCE = matchMedia("(max-width: 40rem)").matches ? 10 : 30; // items that are shown before a button shows more

/** @template {{key: string}} Item */
export class ItemList {
  /**
   * @param {HTMLElement} place  with elements that have `data-item`, the key of their item
   * @param {Item[]} items @param {(item: Item) => HTMLElement} make  the element of an item @param {Words} words
   */
  constructor(place, items, make, words) {
    this.place = place instanceof HTMLTableElement ? place.tBodies[0] : place;
    this.items = items;
    this.make = make;
    this.passes = (/** @type {Item} */ _) => true;
    const there = /** @type {HTMLElement[]} */ ([...this.place.querySelectorAll("[data-item]")]);
    this.made = new Map(there.map((element) => [element.dataset.item ?? "", element]));
    this.more = new MoreButton(place, AT_ONCE, (count) => words("Show more ({count} left)", { count }), () => this.draw());
    place.addEventListener("sort", (event) => { event.preventDefault(); this.sort(/** @type {CustomEvent} */ (event).detail); });
  }

  /** The element of an item, made when it is shown first. @param {Item} item */
  element(item) {
    const element = this.made.get(item.key) ?? this.make(item);
    this.made.set(item.key, element);
    return element;
  }

  /** Put the items into the order that a table gives to their rows. @param {(rows: HTMLElement[]) => HTMLElement[]} order */
  sort(order) {
    const items = new Map(this.items.map((item) => [this.element(item), item]));
    this.items = order([...items.keys()]).map((element) => /** @type {Item} */ (items.get(element)));
    this.draw();
  }

  /** Show the first items that pass. @param {(item: Item) => boolean} passes */
  show(passes) {
    this.passes = passes;
    this.draw();
  }

  draw() {
    const shown = this.more.first(this.items.filter(this.passes));
    this.place.replaceChildren(...shown.map((item) => this.element(item)));
  }
}
