// Shards: neighbouring parts of what is too large for a page, in scripts of the site that are loaded when they are needed.

import { carriedBy } from "./carried.js";
import { unpacked } from "./gzip.js";
import { whileShown } from "./page-data.js";

const own = document.currentScript;
export const HOME = own instanceof HTMLScriptElement && own.src ? new URL("..", own.src).href : ""; // of the site in its folder
const loaded = /** @type {Map<string, Promise<Map<string, any>>>} */ (new Map());
const open = /** @type {Map<string, Promise<any>>} */ (new Map());

/** The parts that a script of the site carries. @param {string} path @returns {Promise<Map<string, any>>} */
export function load(path) {
  const parts = loaded.get(path) ?? whileShown(carriedBy(path, HOME));
  loaded.set(path, parts);
  parts.catch(() => loaded.delete(path)); // it is asked for anew
  return parts;
}

/** A packed part of a script of the site. @param {string} path @param {string} name @returns {Promise<any>} */
export function loadPacked(path, name) {
  const part = open.get(path) ?? whileShown(load(path).then((parts) => unpacked(parts.get(name)).json()));
  open.set(path, part);
  part.catch(() => open.delete(path));
  return part;
}

/** The place of the last of some ordered values that is not above another one; of the first if all are. @template {string|number} Value @param {Value[]} values @param {Value} wanted */
export function placeOf(values, wanted) {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] <= wanted) low = middle + 1; else high = middle;
  }
  return Math.max(low - 1, 0);
}
