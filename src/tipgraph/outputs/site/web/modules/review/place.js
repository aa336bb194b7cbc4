// The path of the page on its server. A server that is started again at the same port has another one.

const KEY = "tipgraph-review-place";

/** Keep the path of this page for all tabs: an old one then finds the new server. */
export function keepPlace() {
  localStorage.setItem(KEY, location.pathname);
}

/** The address of a file or an action. @param {string} name */
export function addressOf(name) {
  return `${localStorage.getItem(KEY) ?? ""}${name}`;
}
