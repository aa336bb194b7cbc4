// The claims and sources of a site, which scripts carry in shards. A page loads them when it needs the first claim.

import { hashWith } from "./address.js";
import { made, part } from "./elements.js";
import { HOME, load, loadPacked, placeOf } from "./shards.js";
import { wording } from "./words.js";
/** @import { CitedSource, Labels, ToldClaim, Words } from "./types.d.ts" */

/** @typedef {{tree: string, firsts: string[], starts: number[], sources: Record<string, CitedSource>, words: Labels}} About */

/** A script of the lens in the language of the page. @param {string|number} end */
const scriptOf = (end) => `lens/${document.documentElement.lang}${end}.js`;

/** The facts about all claims of the site. @returns {Promise<About>} */
const aboutAll = async () => (await load(scriptOf(""))).get("about");

/** The sources, and the words of the language of the page. @returns {Promise<{sources: Record<string, CitedSource>, words: Words, href: (path: string) => string}>} */
export async function evidence() {
  const about = await aboutAll();
  const href = (/** @type {string} */ path) => {
    const [file, fragment] = path.split("#");
    return globalThis.tipgraphBook ? hashWith(`#/${about.tree}${file}`, fragment) : HOME + about.tree + path;
  };
  return { sources: about.sources, words: wording(about.words), href };
}

/** The claims of some keys, in this order; unknown keys are left out. @param {string[]} keys @returns {Promise<ToldClaim[]>} */
export async function claimsOf(keys) {
  const { firsts } = await aboutAll();
  const shards = firsts.length ? await Promise.all(keys.map((key) => loadPacked(scriptOf(`-${placeOf(firsts, key)}`), "claims"))) : [];
  return shards.flatMap((shard, at) => shard[keys[at]] ?? []);
}

/** The claims of some numbers in the order of all keys, with their keys. @param {number[]} numbers @returns {Promise<[string, ToldClaim][]>} */
export async function claimsAt(numbers) {
  const { starts } = await aboutAll();
  const places = numbers.map((number) => placeOf(starts, number));
  const shards = new Map(await Promise.all([...new Set(places)].map(async (place) =>
    /** @type {[number, [string, ToldClaim][]]} */ ([place, Object.entries(await loadPacked(scriptOf(`-${place}`), "claims"))]))));
  return numbers.flatMap((number, at) => [shards.get(places[at])?.[number - starts[places[at]]]].flatMap((claim) => claim ? [claim] : []));
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
