/**
 * Make an element with attributes and children; text becomes text, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag @param {Tag} tag
 * @param {Record<string, string|boolean|number|undefined>} attributes  true is an empty attribute, false and undefined none
 * @param {(Node|string)[]} children @returns {HTMLElementTagNameMap[Tag]}
 */
export function made(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Fill a place piece by piece, the rest behind a button.
 * @param {HTMLElement} place @param {(() => Node)[]} makers  of the pieces, called when they come to be seen
 * @param {number} atOnce @param {(left: number) => string} say  what stands on the button @returns {HTMLButtonElement}
 */
export function inParts(place, makers, atOnce, say) {
  const more = made("button", { type: "button" });
  const add = () => {
    place.append(...makers.splice(0, atOnce).map((make) => make()));
    more.hidden = !makers.length;
    more.textContent = say(makers.length);
  };
  more.addEventListener("click", add);
  add();
  return more;
}
// The entry of a network page: it ties the picture, the legend, the search, the panel, the table and the address together.

/** @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}
