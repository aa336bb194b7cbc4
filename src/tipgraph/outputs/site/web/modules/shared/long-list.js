// Long lists: their items are shown in parts, filtered and sorted. The page holds all, or the first ones, and a script of the site the others.
// A part has at most `data-size` items, and no more than `cutToFit` leaves.

import { fragmentIn, targeted } from "./address.js";
import { fillLists } from "./claims.js";
import { notLoaded } from "./evidence.js";
import { cutToFit } from "./heights.js";
import { parsed } from "./parsed.js";
import { passesReview } from "./review.js";
import { loadPacked } from "./shards.js";
import { folded } from "./text.js";

const ENTITIES = /** @type {Record<string, string>} */ ({ amp: "&", lt: "<", gt: ">", "#34": '"', "#39": "'" });
const lists = /** @type {WeakMap<Element, LongList>} */ (new WeakMap());

/** The text of an item and its other words, as a search compares it. @param {Element|string} item */
function textOf(item) {
  if (typeof item !== "string") return folded(`${item.textContent} ${item.getAttribute("data-also") ?? ""}`);
  const also = /^<[^>]*? data-also="([^"]*)"/.exec(item)?.[1] ?? "";
  return folded(`${item.replace(/<[^>]*>/g, " ")} ${also}`.replace(/&(amp|lt|gt|#34|#39);/g, (_, name) => ENTITIES[name]));
}

/** Whether somebody has reviewed an item. @param {Element|string} item */
export const isReviewedItem = (item) => (typeof item === "string" ? !/^<[^>]*? data-unreviewed/.test(item) : !item.hasAttribute("data-unreviewed"));

/** A list whose items are shown in parts. */
class LongList {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.path = list.dataset.long ?? "";
    const isNarrow = matchMedia("(max-width: 40rem)").matches; // items are higher there
    this.size = Math.max(Math.floor(Number(list.dataset.size) / (isNarrow ? 3 : 1)), 1);
    this.items = /** @type {(Element|string)[]} */ ([...list.children]); // a text until it is shown
    list.replaceChildren(...[...list.children].slice(0, this.size));
    this.order = Array.from({ length: Number(list.dataset.total) }, (_, at) => at); // of all that the filter leaves
    this.kept = this.order;
    this.first = 0;
    this.passes = (/** @type {number} */ _) => true;
    this.texts = /** @type {string[]} */ ([]);
    this.all = /** @type {Promise<void>|undefined} */ (undefined);
    const nav = /** @type {HTMLElement} */ ((list.closest(".scroll") ?? list.closest("table") ?? list).nextElementSibling);
    const [before, after] = nav.querySelectorAll("button");
    this.before = before;
    this.after = after;
    this.said = /** @type {HTMLElement} */ (nav.querySelector("span"));
    this.label = nav.dataset.label ?? "";
    this.nav = nav;
    this.before.addEventListener("click", () => this.turn(() => this.showBefore()));
    this.after.addEventListener("click", () => this.turn(() => this.show(this.last)));
    this.cut();
  }

  /** The place after the last item that is shown. */
  get last() {
    return this.first + this.list.childElementCount;
  }

  /** Leave what fits of the items that are shown, and say which part it is. */
  cut() {
    cutToFit([...this.list.children]);
    this.say();
  }

  /** Load all items, once. */
  async load() {
    this.all ??= (this.path ? loadPacked(this.path, "items") : Promise.resolve([])).then((/** @type {string[]} */ rest) => {
      this.items.push(...rest);
      this.texts = this.items.map(textOf);
    });
    try {
      await this.all;
    } catch (error) {
      this.all = undefined;
      this.nav.after(notLoaded());
      throw error;
    }
  }

  /** Show another part, and go to its begin. @param {() => Promise<void>} show */
  async turn(show) {
    await show();
    (this.list.closest("table") ?? this.list).scrollIntoView();
  }

  /** @param {number} first  the place of the first item among those that are left */
  async show(first) {
    await this.load();
    this.first = first;
    this.put(first, first + this.size);
    this.cut();
  }

  /** Show the part before this one: its last item is the one before the first that is shown now. */
  async showBefore() {
    await this.load();
    const end = this.first, begin = Math.max(0, end - this.size);
    this.put(begin, end);
    const left = cutToFit([...this.list.children], "first");
    if (begin === 0 && left === end) return this.show(0);
    this.first = end - left;
    this.say();
  }

  /** Put items in the list; their claims may make them higher. @param {number} first @param {number} end  the place after the last one */
  put(first, end) {
    this.list.replaceChildren(...this.elements(this.kept.slice(first, end)));
    fillLists(this.list).then(() => this.cut());
  }

  /** Say which part is shown. */
  say() {
    const total = this.kept.length, { last } = this;
    const values = /** @type {Record<string, number>} */ ({ first: Math.min(this.first + 1, total), last, total });
    this.said.textContent = this.label.replace(/\{(\w+)\}/g, (_, name) => values[name].toLocaleString(document.documentElement.lang));
    this.before.disabled = this.first === 0;
    this.after.disabled = last >= total;
    this.nav.hidden = last - this.first >= total;
  }

  /** Some items as elements; those that were texts are parsed together. @param {number[]} places @returns {Element[]} */
  elements(places) {
    const texts = places.filter((at) => typeof this.items[at] === "string");
    const isTable = this.list.matches("tbody");
    const html = texts.map((at) => this.items[at]).join("");
    const body = parsed(isTable ? `<table><tbody>${html}</tbody></table>` : html);
    const made = [...(isTable ? body.querySelector("tbody") ?? body : body).children];
    texts.forEach((at, number) => { this.items[at] = made[number]; });
    return places.map((at) => /** @type {Element} */ (this.items[at]));
  }

  /** Leave the items with all of some words that pass the filter *Review*; their number. @param {string[]} words @param {string} review */
  async filter(words, review) {
    await this.load();
    return this.keep((at) => words.every((word) => this.texts[at].includes(word)) && passesReview(review, isReviewedItem(this.items[at])));
  }

  /** Leave the items that pass, and show the first part if they are others than before; their number. @param {(at: number) => boolean} passes  told the place of an item in the list of all */
  async keep(passes) {
    const before = this.kept;
    this.passes = passes;
    this.kept = this.order.filter(passes);
    if (this.kept.length !== before.length || this.kept.some((at, place) => at !== before[place])) await this.show(0);
    return this.kept.length;
  }

  /** Sort all items. @param {(items: Element[]) => Element[]} sorted */
  async sort(sorted) {
    await this.load();
    const elements = this.elements(this.items.map((_, at) => at));
    const places = new Map(elements.map((element, at) => [element, at]));
    this.order = sorted(elements).map((element) => places.get(element) ?? 0);
    await this.keep(this.passes);
  }

  /** Show the part that begins with an item. @param {string} id  of the item @returns {Promise<boolean>}  whether there is one */
  async find(id) {
    await this.load();
    const mark = ` id="${id}"`;
    const place = this.kept.findIndex((at) => {
      const item = this.items[at];
      return typeof item === "string" ? item.slice(0, item.indexOf(">")).includes(mark) : item.id === id;
    });
    if (place >= 0) await this.show(place);
    return place >= 0;
  }
}

/** Show the part of a long list that holds what the address names, or the paragraph around it, and go there. */
export async function findTarget() {
  const name = fragmentIn();
  if (!name || name.includes("=") || targeted()) return;
  const id = name.split("/")[0];
  for (const list of longLists(document.body)) {
    if (!await list.find(name) && !await list.find(id)) continue;
    const item = list.list.querySelector(`[id="${CSS.escape(id)}"]`);
    (targeted() ?? item)?.scrollIntoView();
    list.list.addEventListener("filled", function seek() {
      const target = targeted();
      if (target) list.list.removeEventListener("filled", seek);
      if (target) target.scrollIntoView();
      else /** @type {HTMLElement|null|undefined} */ (item?.querySelector(".listed + button"))?.click(); // it is further down
    });
  }
}

/** The long list that an element is, if it is one. @param {Element} element */
export function longList(element) {
  if (!element.matches("[data-long]")) return undefined;
  const known = lists.get(element) ?? new LongList(/** @type {HTMLElement} */ (element));
  lists.set(element, known);
  return known;
}

/** The long lists within a place, or the place itself. @param {Element} place */
export function longLists(place) {
  return [place, ...place.querySelectorAll("[data-long]")].flatMap((element) => longList(element) ?? []);
}
