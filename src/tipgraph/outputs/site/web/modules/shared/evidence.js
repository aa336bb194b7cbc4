// The claims and sources of a site, which scripts carry in shards. A page loads them when it needs the first claim.

import { hashWith } from "./address.js";
import { carriedBy } from "./carried.js";
import { made, part } from "./elements.js";
import { wording } from "./words.js";
/** @import { CitedSource, Labels, ToldClaim, Words } from "./types.d.ts" */

/** @typedef {{tree: string, firsts: string[], sources: Record<string, CitedSource>, words: Labels}} About */

const own = document.currentScript;
export const HOME = own instanceof HTMLScriptElement && own.src ? new URL("..", own.src).href : ""; // of the site in its folder
const loaded = /** @type {Map<string, Promise<Map<string, any>>>} */ (new Map());

/** @param {string} name @returns {Promise<Map<string, any>>} */
function load(name) {
  const path = `lens/${document.documentElement.lang}${name}.js`;
  const shard = loaded.get(path) ?? carriedBy(path, HOME);
  loaded.set(path, shard);
  shard.catch(() => loaded.delete(path)); // it is asked for anew
  return shard;
}

/** The sources, and the words of the language of the page. @returns {Promise<{sources: Record<string, CitedSource>, words: Words, href: (path: string) => string}>} */
export async function evidence() {
  const about = /** @type {About} */ ((await load("")).get("about"));
  const href = (/** @type {string} */ path) => {
    const [file, fragment] = path.split("#");
    return globalThis.tipgraphBook ? hashWith(`#/${about.tree}${file}`, fragment) : HOME + about.tree + path;
  };
  return { sources: about.sources, words: wording(about.words), href };
}

/** The claims of some keys, in this order; unknown keys are left out. @param {string[]} keys @returns {Promise<ToldClaim[]>} */
export async function claimsOf(keys) {
  const { firsts } = /** @type {About} */ ((await load("")).get("about"));
  const shardOf = (/** @type {string} */ key) => Math.max(firsts.filter((first) => first <= key).length - 1, 0);
  const shards = firsts.length ? await Promise.all(keys.map((key) => load(`-${shardOf(key)}`))) : [];
  return shards.flatMap((shard, at) => shard.get("claims")[keys[at]] ?? []);
}

/** The sentence that the claims could not be loaded, in the language of the page. @returns {Node} */
export function notLoaded() {
  return /** @type {HTMLTemplateElement} */ (part("not-loaded")).content.cloneNode(true);
}

/** Load a style sheet of the site. @param {string} name @returns {Promise<void>} */
export async function dress(name) {
  const book = globalThis.tipgraphBook;
  const style = book ? made("style", {}, await book.text(`assets/${name}`)) : made("link", { rel: "stylesheet", href: `${HOME}assets/${name}` });
  document.head.append(style);
  if (!book) await new Promise((resolve) => { style.onload = style.onerror = resolve; });
}
