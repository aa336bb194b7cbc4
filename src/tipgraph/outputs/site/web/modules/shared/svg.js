// Pieces of SVG.

export const SVG = "http://www.w3.org/2000/svg";
export const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** Make a piece of SVG. @param {string} tag @param {Record<string, string|number>} attributes @param {(Node|string)[]} children */
export function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A length in tenths, which are small enough for the eye. @param {number} value */
export const tidy = (value) => Math.round(value * 10) / 10;
