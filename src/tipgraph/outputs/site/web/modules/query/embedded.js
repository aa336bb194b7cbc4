// The engine and the graph, which the page carries as text in scripts: a page on a disk may read no other file.

import { made } from "../shared/elements.js";

/**
 * @typedef {Map<string, string>} Carried  parts in Base64, by their names
 */

const CARRIES = /carry\("([^"]+)", "([^"]*)"\);/g; // as `tipgraph.outputs.site.embedded_engine` writes it
const carriedHere = /** @type {Carried} */ (new Map());

/** Take a part: what the scripts that carry something call. @param {string} name @param {string} text */
function carry(name, text) {
  carriedHere.set(name, text);
}

Object.assign(globalThis, { carry });

/** The parts that a script carries. @param {string} script  its name @param {string} assets  the way to the scripts of the site @returns {Promise<Carried>} */
export async function carriedBy(script, assets) {
  const book = globalThis.tipgraphBook;
  if (!book) return scripted(assets + script);
  const text = await book.text(`assets/${script}`);
  return new Map([...text.matchAll(CARRIES)].map(([, name, part]) => [name, part]));
}

/** @param {string} address @returns {Promise<Carried>} */
function scripted(address) {
  return new Promise((resolve, reject) => {
    const script = made("script", { src: address });
    script.addEventListener("load", () => { resolve(new Map(carriedHere)); carriedHere.clear(); script.remove(); });
    script.addEventListener("error", () => reject(new Error(address)));
    document.head.append(script);
  });
}
