"use strict";
// What the page on which one asks carries as text, since a page that lies on a disk may read no file: engine and graph.

/**
 * @typedef {{text: (path: string) => Promise<string>}} Book  the site in one file, which holds the scripts as they are
 * @typedef {Map<string, string>} Carried  parts in base64, by their names
 */

const CARRIES = /carry\("([^"]+)", "([^"]*)"\);/g; // as `tipgraph.pages.carried` writes it
const carriedHere = /** @type {Carried} */ (new Map());

/** Take a part: what the scripts that carry something call. @param {string} name @param {string} text */
function carry(name, text) {
  carriedHere.set(name, text);
}

/** What a script carries. @param {string} script  its name @param {string} assets  the way to the scripts of the site @returns {Promise<Carried>} */
async function carriedBy(script, assets) {
  const book = /** @type {{tipgraphBook?: Book}} */ (globalThis).tipgraphBook;
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

/** @param {string} base64 @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(base64) {
  const modern = /** @type {{fromBase64?: (text: string) => Uint8Array<ArrayBuffer>}} */ (/** @type {unknown} */ (Uint8Array));
  if (modern.fromBase64) return modern.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** A part as what it was before it was packed. @param {string} base64  of gzip @returns {Response} */
function unpacked(base64) {
  return new Response(new Blob([bytesOf(base64)]).stream().pipeThrough(new DecompressionStream("gzip")));
}
