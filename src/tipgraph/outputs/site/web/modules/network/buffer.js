// Sheets that are painted out of sight in slices, and shown when they are complete.

/** @import { Sheet, View } from "./types.d.ts" */

const MARGIN = 0.4; // of the view, painted around it on each side
const MOST_PIXELS = 10e6; // of a sheet

/** Two canvases: one that is seen and moved about, one that is painted meanwhile. */
export class Buffer {
  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.holder = holder;
    this.seen = /** @type {Sheet | null} */ (null);
    this.next = /** @type {Sheet & {strokes: Generator<void>, done: boolean} | null} */ (null);
    this.opacity = "1";
  }

  /** Begin to paint a view, in place of one that is not done. @param {View} view @param {(ctx: CanvasRenderingContext2D) => Generator<void>} strokes */
  begin(view, strokes) {
    const sheet = blank(view);
    this.next = { ...sheet, strokes: strokes(sheet.ctx), done: false };
  }

  /** Paint until a moment; return whether all is painted. Reading a pixel makes the browser paint now, so that the clock is right. @param {number} until */
  work(until) {
    while (this.next && !this.next.done && performance.now() < until) {
      this.next.done = this.next.strokes.next().done ?? false;
      this.next.ctx.getImageData(0, 0, 1, 1);
    }
    return !this.next || this.next.done;
  }

  /** Show what is painted. */
  turn() {
    if (!this.next) return;
    const { canvas } = this.next;
    canvas.style.opacity = this.opacity;
    this.seen ? this.seen.canvas.replaceWith(canvas) : this.holder.append(canvas);
    this.seen = this.next;
    this.next = null;
  }

  drop() {
    this.seen?.canvas.remove();
    this.seen = this.next = null;
  }

  /** @param {string} opacity */
  fade(opacity) {
    this.opacity = opacity;
    if (this.seen) this.seen.canvas.style.opacity = opacity;
  }

  /** Put the sheet where a view sees it. @param {View} view */
  place(view) {
    if (!this.seen) return;
    const sheet = this.seen.view;
    const scale = view.scale / sheet.scale;
    const left = (sheet.x - view.x) * view.scale + (view.width - sheet.width * scale) / 2;
    const top = (sheet.y - view.y) * view.scale + (view.height - sheet.height * scale) / 2;
    const [x, y] = scale === 1 ? [left, top].map((at) => Math.round(at * view.ratio) / view.ratio) : [left, top];
    this.seen.canvas.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
  }
}

/** An empty canvas for a view, in ordinary memory, where strokes take as long on every machine. @param {View} view @returns {Sheet} */
export function blank(view) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(view.width * view.ratio);
  canvas.height = Math.round(view.height * view.ratio);
  Object.assign(canvas.style, { position: "absolute", left: "0", top: "0", transformOrigin: "0 0", willChange: "transform" });
  Object.assign(canvas.style, { width: `${view.width}px`, height: `${view.height}px`, pointerEvents: "none" });
  const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  return { view, canvas, ctx };
}

/** Return a view with as much of a margin as a sheet has pixels for. @param {View} view @returns {View} */
export function around(view) {
  const room = Math.sqrt(MOST_PIXELS / (view.width * view.height * view.ratio ** 2));
  const times = Math.min(Math.max(room, 1.2), 1 + 2 * MARGIN);
  return { ...view, width: Math.ceil(view.width * times), height: Math.ceil(view.height * times) };
}
