// Fingers and mouse on a picture: one pointer pans, two zoom, and one that keeps still taps.

const STILL = 4; // pixels that a pointer may move in a tap

/** The place of a pointer in an element. @param {Element} element @param {MouseEvent} event */
export function placeIn(element, { clientX, clientY }) {
  const { left, top } = element.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
}

/**
 * Let pointers move a picture, in pixels. A picture that takes taps has no links, so it keeps a pointer that leaves it.
 * Return a function that tells whether the last pointer moved.
 * @param {HTMLElement|SVGElement} element
 * @param {{pan: (dx: number, dy: number) => void, zoom: (factor: number, x: number, y: number) => void, tap?: (event: PointerEvent) => void}} picture
 */
export function followPointers(element, { pan, zoom, tap }) {
  const down = /** @type {Map<number, {x: number, y: number}>} */ (new Map());
  let travelled = 0;
  element.addEventListener("pointerdown", (/** @type {any} */ event) => {
    if (event.button !== 0) return;
    if (tap) element.setPointerCapture(event.pointerId);
    if (!down.size) travelled = 0;
    down.set(event.pointerId, placeIn(element, event));
  });
  addEventListener("pointermove", (event) => {
    const [now, before] = [placeIn(element, event), down.get(event.pointerId)];
    if (!before) return;
    const [dx, dy] = [now.x - before.x, now.y - before.y];
    travelled += Math.hypot(dx, dy);
    const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
    down.set(event.pointerId, now);
    if (other) {
      pan(dx / 2, dy / 2);
      const apart = (/** @type {{x: number, y: number}} */ { x, y }) => Math.max(Math.hypot(x - other.x, y - other.y), 1);
      zoom(apart(now) / apart(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    } else if (travelled > STILL) pan(dx, dy);
  });
  addEventListener("pointerup", (event) => { if (down.delete(event.pointerId) && !down.size && travelled <= STILL) tap?.(event); });
  addEventListener("pointercancel", (event) => down.delete(event.pointerId));
  return () => travelled > STILL;
}
