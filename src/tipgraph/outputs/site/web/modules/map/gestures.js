// The map is moved by mouse, wheel, fingers and arrow keys.

import { followPointers, placeIn } from "../shared/pointers.js";
/** @import { MapPicture } from "./picture.js" */

export const MAP_STEP = 1.5;

/** Move the map by mouse, wheel, fingers and arrow keys. @param {MapPicture} picture @param {(target: Element, at: {x: number, y: number}) => void} beside  called for a click beside all signs, with the point of the map */
export function moveByHand(picture, beside) {
  const { svg } = picture;
  svg.addEventListener("wheel", (event) => {
    if (picture.isWhole && event.deltaY > 0) return;
    event.preventDefault();
    picture.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), picture.under(placeIn(svg, event)));
  }, { passive: false });
  const hasMoved = followPointers(svg, {
    pan: (dx, dy) => picture.pan(-dx / svg.clientWidth, -dy / svg.clientHeight),
    zoom: (factor, x, y) => picture.zoom(factor, picture.under({ x, y })),
  });
  svg.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (hasMoved()) { event.preventDefault(); event.stopPropagation(); } else if (!target.closest("a")) beside(target, picture.under(placeIn(svg, event)));
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
