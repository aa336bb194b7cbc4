// HTML that the templates of the site wrote and escaped, as elements. Nothing else is parsed; no script in it runs.

/** @param {string} html @returns {HTMLElement}  the body that holds it */
export const parsed = (html) => new DOMParser().parseFromString(html, "text/html").body;
