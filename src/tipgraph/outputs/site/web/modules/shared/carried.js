// Data that scripts of a site carry, since a page on a disk may read no other file.

import { made } from "./elements.js";

const CARRIES = /^carry\("([^"]+)", (.*)\);$/gm; // as `tipgraph.outputs.site.embedded_engine` writes it, a line for each part
const carriedHere = /** @type {Map<string, any>} */ (new Map());

/** Take a part: scripts that carry something call this. @param {string} name @param {any} part */
function carry(name, part) {
  carriedHere.set(name, part);
}

Object.assign(globalThis, { carry });

/** The parts that a script carries. @param {string} path  of the script in the site @param {string} home  the address of the site @returns {Promise<Map<string, any>>} */
export async function carriedBy(path, home) {
  const book = globalThis.tipgraphBook;
  if (!book) return scripted(home + path);
  const text = await book.text(path);
  return new Map([...text.matchAll(CARRIES)].map(([, name, part]) => [name, JSON.parse(part)]));
}

/** @param {string} address @returns {Promise<Map<string, any>>} */
function scripted(address) {
  return new Promise((resolve, reject) => {
    const script = made("script", { src: address });
    script.addEventListener("load", () => { resolve(new Map(carriedHere)); carriedHere.clear(); script.remove(); });
    script.addEventListener("error", () => reject(new Error(address)));
    document.head.append(script);
  });
}
