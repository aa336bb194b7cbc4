/** @import { MapPicture } from "./picture.js" */

export const MAP_STEP = 1.5;
// How the map is moved by hand: mouse, wheel, fingers, arrow keys.

/**
 * Let the map be moved with a mouse, a wheel, fingers and arrow keys.
 * @param {MapPicture} picture @param {() => void} nothing  what to do for a click beside all signs
 */
export function moveByHand(picture, nothing) {
  const { svg } = picture;
  /** @type {Map<number, PointerEvent>} */
  const hands = new Map();
  let moved = 0;
  svg.addEventListener("wheel", (event) => {
    if (picture.isWhole && event.deltaY > 0) return;
    event.preventDefault();
    picture.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), picture.under(event));
  }, { passive: false });
  svg.addEventListener("pointerdown", (event) => {
    if (!hands.size) moved = 0;
    hands.set(event.pointerId, event);
  });
  window.addEventListener("pointermove", (event) => {
    const before = hands.get(event.pointerId);
    if (!before) return;
    const other = [...hands.values()].find((one) => one.pointerId !== event.pointerId);
    const [x, y] = [event.clientX - before.clientX, event.clientY - before.clientY];
    moved += Math.abs(x) + Math.abs(y);
    if (other) {
      const apart = (/** @type {PointerEvent} */ one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      picture.zoom(apart(event) / apart(before), picture.under(other));
    } else if (moved > 4) {
      picture.pan(-x / svg.clientWidth, -y / svg.clientHeight);
    }
    hands.set(event.pointerId, event);
  });
  for (const name of /** @type {const} */ (["pointerup", "pointercancel"])) {
    window.addEventListener(name, (event) => hands.delete(event.pointerId));
  }
  svg.addEventListener("click", (event) => {
    const sign = /** @type {Element} */ (event.target).closest("a");
    if (moved > 4) { event.preventDefault(); event.stopPropagation(); } else if (!sign) nothing();
  }, { capture: true });
  svg.addEventListener("dragstart", (event) => event.preventDefault());
  const keys = /** @type {Record<string, () => void>} */ ({
    ArrowLeft: () => picture.pan(-0.15, 0), ArrowRight: () => picture.pan(0.15, 0), ArrowUp: () => picture.pan(0, -0.15),
    ArrowDown: () => picture.pan(0, 0.15), "+": () => picture.zoom(MAP_STEP), "-": () => picture.zoom(1 / MAP_STEP), 0: () => picture.whole(),
  });
  svg.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
}
