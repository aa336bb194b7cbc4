// The texts of a page in its language.

/** @import { Labels, Words } from "./types.d.ts" */

/** A function that says English texts in the language of the page. @param {Labels} table  translations @returns {Words} */
export function wording(table) {
  return (english, values = {}) =>
    (table[english] ?? english).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
}
