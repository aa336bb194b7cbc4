// What nodes and edges look like outside the picture: small SVG marks for legends and panels, and the colours of both.

export const SVG = "http://www.w3.org/2000/svg";

/** Make a piece of SVG. @param {string} tag @param {Record<string, string|number>} attributes @param {Node[]} children */
export function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {number} value  in the units of the picture, whose hundredths nobody sees */
export function tidy(value) {
  return Math.round(value * 10) / 10;
}
// What is shown as files to take along, made inside the page: CSV, GraphML and GEXF as text.

export const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
