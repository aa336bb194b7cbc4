// The data of a page. Its block holds them for the script, packed on a large site; what is loaded for it comes later.

import { part } from "./elements.js";
import { unpacked } from "./gzip.js";

const page = document.documentElement;

/** What is loaded, while its page is shown; never, once another page has replaced it, as in a site in one file. @template Data @param {Promise<Data>} loading @returns {Promise<Data>} */
export function whileShown(loading) {
  return new Promise((resolve, reject) => {
    loading.then((data) => { if (page.isConnected) resolve(data); }, (error) => { if (page.isConnected) reject(error); });
  });
}

/** The data in a block of the page, unpacked. @param {string} id  of the block @returns {Promise<any>} */
export async function pageData(id) {
  const block = part(id), text = block.textContent ?? "";
  return block.getAttribute("type") === "application/json" ? JSON.parse(text) : whileShown(unpacked(text).json());
}
