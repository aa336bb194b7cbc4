// What fingers and mouse do to a picture that can be moved.

/** @import { Item } from "./types.d.ts" */

/**
 * @typedef {object} Movable
 * @property {(dx: number, dy: number) => void} pan                by pixels
 * @property {(factor: number, x?: number, y?: number) => void} zoom  around a point, or the middle
 * @property {(x: number, y: number, reach: number) => Item | null} hit
 * @property {(item: Item | null) => void} choose
 * @property {(item: Item | null) => void} hover
 */

const STILL = 4; // pixels that a hand moves without meaning it
const REACH = { mouse: 4, touch: 12 };
const TURN = 0.3; // how far one turn of the wheel zooms at most

/** The pointers on a picture: one moves it, two zoom it, and one that does not move chooses. */
export class Gestures {
  /** @param {HTMLElement} element @param {Movable} picture */
  constructor(element, picture) {
    this.element = element;
    this.picture = picture;
    /** @type {Map<number, {x: number, y: number}>} */
    this.down = new Map();
    this.travelled = 0;
    element.addEventListener("pointerdown", (event) => this.press(event));
    element.addEventListener("pointermove", (event) => this.move(event));
    element.addEventListener("pointerup", (event) => this.lift(event));
    element.addEventListener("pointercancel", (event) => this.down.delete(event.pointerId));
    element.addEventListener("pointerleave", () => picture.hover(null));
    element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  /** Return where an event is in the element. @param {MouseEvent} event */
  place(event) {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button !== 0) return;
    this.element.setPointerCapture(event.pointerId);
    if (!this.down.size) this.travelled = 0;
    this.down.set(event.pointerId, this.place(event));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const [now, before] = [this.place(event), this.down.get(event.pointerId)];
    if (!before) return this.picture.hover(this.picture.hit(now.x, now.y, REACH.mouse));
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    this.travelled += Math.hypot(dx, dy);
    const other = [...this.down].find(([id]) => id !== event.pointerId)?.[1];
    this.down.set(event.pointerId, now);
    if (other) this.pinch(before, now, other);
    else if (this.travelled > STILL) this.picture.pan(dx, dy);
  }

  /**
   * Zoom by how two fingers part, and move by how their middle does.
   * @param {{x: number, y: number}} before @param {{x: number, y: number}} now @param {{x: number, y: number}} other
   */
  pinch(before, now, other) {
    this.picture.pan((now.x - before.x) / 2, (now.y - before.y) / 2);
    const apart = (/** @type {{x: number, y: number}} */ one) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    this.picture.zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  /** @param {PointerEvent} event */
  lift(event) {
    if (!this.down.delete(event.pointerId) || this.down.size || this.travelled > STILL) return;
    const { x, y } = this.place(event);
    this.picture.choose(this.picture.hit(x, y, event.pointerType === "mouse" ? REACH.mouse : REACH.touch));
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return; // the wheel is the page's; a pinch on a touchpad comes with Ctrl
    event.preventDefault();
    const { x, y } = this.place(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const by = Math.min(Math.max(-event.deltaY * lines * 0.01, -TURN), TURN);
    this.picture.zoom(Math.exp(by), x, y);
  }
}
