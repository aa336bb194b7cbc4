// A long table. Only the rows near the view are in the page, in blocks that are measured when they are first laid out.

import { made } from "../shared/elements.js";

const ROWS_A_BLOCK = 10;
const ALL_ROWS = 200; // that many are all in the page, which then scrolls as a whole
export const PRINTED = 5000; // rows; more are no print
const SAMPLE = 100; // rows by which the columns are made as wide as they are
const TALLEST = 15_000_000; // pixels: Firefox lays out 17.8 million, Chromium 33 million
const AROUND = 0.5; // of the view, that is laid out above and below it
const TRIES = 20; // to lay out what is near the view

/** A table in a region that scrolls; `at` is how many pixels of all the rows lie above the view. */
export class LongTable {
  /**
   * @param {HTMLElement} region  can be focused @param {HTMLTableElement} table  with its head
   * @param {(row: number) => HTMLTableRowElement} make  of the place of a row in the order that is shown
   */
  constructor(region, table, make) {
    this.region = region;
    this.table = table;
    this.make = make;
    this.widths = made("colgroup");
    this.tall = made("div", {}, table);
    this.count = 0;
    this.heights = /** @type {number[]} */ ([]); // of the blocks, measured or guessed
    this.bodies = /** @type {Map<number, HTMLTableSectionElement>} */ (new Map()); // of the blocks that are in the page
    this.middling = 1; // pixels of a block of rows neither high nor low
    this.at = 0;
    this.put = 0; // where the region was last scrolled to
    this.width = 0;
    this.printing = false;
    table.prepend(this.widths);
    region.replaceChildren(this.tall);
    region.addEventListener("scroll", () => this.scrolled());
    region.addEventListener("keydown", (event) => this.press(event));
    this.watching = new AbortController();
    const { signal } = this.watching;
    addEventListener("beforeprint", () => this.print(true), { signal });
    addEventListener("afterprint", () => this.print(false), { signal });
    this.sizes = new ResizeObserver(() => this.resized());
    this.sizes.observe(region);
  }

  /** End the watching, when another table takes the place. */
  end() {
    this.watching.abort();
    this.sizes.disconnect();
  }

  /** Whether only some rows are in the page. */
  get long() {
    return this.count > ALL_ROWS;
  }

  /** Show so many rows, which may be others than those before. @param {number} count @param {boolean} stay  where the reader is */
  show(count, stay) {
    this.count = count;
    this.fit(stay);
  }

  /** There are more rows behind those that there were, so what is seen stays where it is. @param {number} count */
  grow(count) {
    const was = this.long;
    this.count = count;
    if (!was) return this.fit(true);
    const last = this.heights.length - 1;
    this.leave(last); // it may have been part of a block
    this.guess(last);
    return this.place();
  }

  /** Make the columns fit the present rows. The first row is at the top, or with `stay` the row that was there. @param {boolean} stay */
  fit(stay) {
    const first = this.blockAt(this.at);
    const inside = (this.at - this.start(first)) / (this.heights[first] || 1);
    this.region.classList.toggle("long", this.long);
    this.hold(0, -1);
    this.settle();
    this.guess(0);
    this.at = stay ? Math.min(this.start(first) + inside * (this.heights[first] ?? 0), this.range.all) : 0;
    this.place();
  }

  /** Give the columns the widths that a sample of all rows wants, or none where all rows are there. */
  settle() {
    this.widths.replaceChildren();
    this.table.classList.remove("settled");
    if (!this.long || this.printing || !this.region.clientWidth) return;
    const rows = Array.from({ length: SAMPLE }, (_, at) => this.make(Math.floor(at * this.count / SAMPLE)));
    const sample = made("tbody", {}, ...rows);
    this.table.append(sample);
    const widths = [...this.table.tHead?.rows[0].cells ?? []].map((head) => head.getBoundingClientRect().width);
    this.middling = sample.getBoundingClientRect().height * ROWS_A_BLOCK / SAMPLE;
    sample.remove();
    this.widths.append(...widths.map(() => made("col")));
    widths.forEach((width, at) => { /** @type {HTMLElement} */ (this.widths.children[at]).style.width = `${width}px`; });
    this.table.classList.add("settled");
  }

  /** Guess the heights of the blocks from one on. @param {number} block */
  guess(block) {
    this.heights.length = block;
    while (this.heights.length * ROWS_A_BLOCK < this.count) this.heights.push(this.middling);
    this.table.setAttribute("aria-rowcount", String(this.count + 1)); // the head is a row
  }

  /** Where a block begins, in pixels of all rows. @param {number} block */
  start(block) {
    let pixels = 0;
    for (let before = 0; before < block; before += 1) pixels += this.heights[before];
    return pixels;
  }

  /** The block that lies at a pixel of all rows. @param {number} pixel */
  blockAt(pixel) {
    let block = 0;
    for (let left = pixel - this.heights[0]; left >= 0 && block < this.heights.length - 1; left -= this.heights[block]) block += 1;
    return block;
  }

  /** How much of the region the rows have. */
  get view() {
    return Math.max(this.region.clientHeight - (this.table.tHead?.offsetHeight ?? 0), 1);
  }

  /** How far one can scroll: over all rows, and in the region, which no browser makes as tall as one likes. */
  get range() {
    const all = Math.max(this.start(this.heights.length) - this.view, 0);
    return { all, region: Math.min(all, TALLEST) };
  }

  /** Follow the reader, who has scrolled. */
  scrolled() {
    if (!this.long || this.printing || Math.abs(this.region.scrollTop - this.put) < 1) return;
    const { all, region } = this.range;
    this.at = region ? this.region.scrollTop * all / region : 0;
    this.place();
  }

  /** Go to a pixel of all rows. @param {number} pixel */
  go(pixel) {
    this.at = Math.min(Math.max(pixel, 0), this.range.all);
    this.place();
  }

  /** Put in the page what lies near the view, and nothing else; what is found to be higher than guessed moves no row that is seen. */
  place() {
    if (!this.long || this.printing) {
      this.hold(0, Math.ceil(Math.min(this.count, this.printing ? PRINTED : ALL_ROWS) / ROWS_A_BLOCK) - 1);
      this.tall.style.height = this.table.style.marginTop = "";
      return;
    }
    if (!this.region.clientHeight) return;
    for (let settled = false, left = TRIES; !settled && left; left -= 1) {
      const last = this.at >= this.range.all - 1;
      const first = this.blockAt(this.at);
      const inside = (this.at - this.start(first)) / this.heights[first];
      this.hold(this.blockAt(this.at - this.view * AROUND), this.blockAt(this.at + this.view * (1 + AROUND)));
      settled = this.measure();
      this.at = last ? this.range.all : this.start(first) + inside * this.heights[first];
    }
    this.scroll();
  }

  /** Let the region stand where the view is. */
  scroll() {
    const { all, region } = this.range;
    this.tall.style.height = `${region + this.region.clientHeight}px`;
    const wanted = all ? this.at * region / all : 0;
    if (Math.abs(this.region.scrollTop - wanted) >= 1) this.region.scrollTop = wanted;
    this.put = this.region.scrollTop;
    const first = Math.min(...this.bodies.keys());
    this.table.style.marginTop = `${this.put + this.start(first) - this.at}px`;
  }

  /** Have these blocks in the page. @param {number} first @param {number} last */
  hold(first, last) {
    for (const block of [...this.bodies.keys()]) if (block < first || block > last) this.leave(block);
    for (let block = Math.min(last, this.heights.length - 1); block >= Math.max(first, 0); block -= 1) {
      if (this.bodies.has(block)) continue;
      const body = this.block(block);
      this.table.insertBefore(body, this.bodies.get(block + 1) ?? null);
      this.bodies.set(block, body);
    }
  }

  /** Take a block out of the page; the keyboard stays in the region. @param {number} block */
  leave(block) {
    const body = this.bodies.get(block);
    if (body?.contains(document.activeElement)) this.region.focus({ preventScroll: true });
    body?.remove();
    this.bodies.delete(block);
  }

  /** @param {number} block */
  block(block) {
    const body = made("tbody");
    for (let row = block * ROWS_A_BLOCK; row < Math.min((block + 1) * ROWS_A_BLOCK, this.count); row += 1) {
      const line = this.make(row);
      line.setAttribute("aria-rowindex", String(row + 2)); // the head is the first
      body.append(line);
    }
    return body;
  }

  /** Measure the blocks that are in the page; tell whether all were as high as thought. */
  measure() {
    let same = true;
    for (const [block, body] of this.bodies) {
      const { height } = body.getBoundingClientRect();
      if (Math.abs(height - this.heights[block]) < 1) continue;
      same = false;
      this.heights[block] = height;
    }
    return same;
  }

  /** The keys by which one reads on; the browser's own would scroll too far in a region that is taller than it shows. @param {KeyboardEvent} event */
  press(event) {
    if (!this.long || event.altKey || event.metaKey) return;
    const page = this.view * 0.9;
    const to = { PageDown: this.at + page, PageUp: this.at - page, Home: 0, End: Infinity }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.go(to);
  }

  /** The region has another size, or is seen again. */
  resized() {
    if (this.printing) return;
    const same = this.region.clientWidth === this.width;
    this.width = this.region.clientWidth;
    if (this.width && !same) this.fit(true);
    else if (this.width && this.long) this.place();
  }

  /** Have all rows in the page for a print, up to some thousands, and afterwards what was seen before. @param {boolean} on */
  print(on) {
    this.printing = on;
    if (!this.long) return;
    if (!on) return this.fit(true);
    this.hold(0, -1);
    this.settle();
    this.place();
  }
}
