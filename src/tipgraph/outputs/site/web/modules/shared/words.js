/** @import { Labels, Words } from "./types.d.ts" */

/**
 * Say texts in the language of a page.
 * @param {Labels} table  texts by their English; one that is not there is said as it is @returns {Words}
 */
export function wording(table) {
  return (english, values = {}) =>
    (table[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}
