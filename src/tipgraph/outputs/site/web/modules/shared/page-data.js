// The data that a page holds for its script. The pages of a large site hold them packed.

import { part } from "./elements.js";
import { unpacked } from "./gzip.js";

/** The data in a block of the page, once they are unpacked; of a page that another one has replaced by then, never. @param {string} id  of the block @returns {Promise<any>} */
export async function pageData(id) {
  const block = part(id);
  const text = block.textContent ?? "";
  const data = block.getAttribute("type") === "application/json" ? JSON.parse(text) : await unpacked(text).json();
  return block.isConnected ? data : new Promise(() => {});
}
