// Downloads of files made inside the page, and SVG as pixels.

import { made } from "./elements.js";

/** Hand a file to the reader. @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const link = made("a", { href: URL.createObjectURL(blob), download: name, class: "sr" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A picture in SVG as PNG. @param {Blob} svg @param {number} width  in pixels @param {number} height @returns {Promise<Blob>} */
export async function pixelsOf(svg, width, height) {
  const image = made("img", { src: URL.createObjectURL(svg) });
  await image.decode();
  const canvas = made("canvas", { width, height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large for a file")))));
}
