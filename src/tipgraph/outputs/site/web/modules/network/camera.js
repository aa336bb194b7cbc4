// The visible part of a plane, and flights from one part to another.

/** @import { Box, Camera, Flight, View } from "./types.d.ts" */

export const FLIGHT = 600; // milliseconds

/** Return the box of the plane that a view shows, with some pixels around it. @param {View} view @param {number} around @returns {Box} */
export function boxIn(view, around = 0) {
  const wide = (view.width / 2 + around) / view.scale;
  const tall = (view.height / 2 + around) / view.scale;
  return { left: view.x - wide, right: view.x + wide, top: view.y - tall, bottom: view.y + tall };
}

/** The camera that sees a box in some pixels, `largest` limits its scale. @param {Box} box @param {number} width @param {number} height @param {number} largest @returns {Camera} */
export function cameraOn({ left, top, right, bottom }, width, height, largest) {
  const scale = Math.min(Math.max(width, 40) / (right - left), Math.max(height, 40) / (bottom - top), largest);
  return { x: (left + right) / 2, y: (top + bottom) / 2, scale };
}

/** The camera of a flight at a moment: it zooms evenly around the one point that keeps its place. @param {Flight} flight @param {number} now @returns {Camera} */
export function cameraAt({ from, to, begun }, now) {
  const part = Math.min(Math.max((now - begun) / FLIGHT, 0), 1);
  const eased = part * part * (3 - 2 * part);
  const scale = from.scale * (to.scale / from.scale) ** eased;
  const even = Math.abs(Math.log(to.scale / from.scale)) < 0.01;
  const way = even ? eased : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale);
  return part === 1 ? to : { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale };
}
