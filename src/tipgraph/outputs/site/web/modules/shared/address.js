// The address of a page. A site has the fragment `#a=b`. A site in one file has the path of the page before it: `#/map.html?a=b`.

/** The fragment of a page, without its mark. @param {string} hash  of the address, or of a link */
export const fragmentIn = (hash = location.hash) => hash.replace(/^#(?:\/[^?]*\??)?/, "");

/** The same page with another fragment. @param {string} hash  of the address, or of a link @param {string} fragment */
export function hashWith(hash, fragment) {
  const way = /^#\/[^?]*/.exec(hash)?.[0] ?? "";
  return fragment ? `${way ? `${way}?` : "#"}${fragment}` : way;
}

/** The element that the address leads to, if it leads to one. */
export function targeted() {
  const name = fragmentIn();
  const decoded = name.replace(/%[0-9a-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16))); // ids are plain letters
  return document.getElementById(name) ?? document.getElementById(decoded);
}

/** Open the folds around the element that the address leads to. */
export function unfold() {
  for (let fold = targeted()?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
}

/** Keep a view in the address, which is no step of the history. @param {string} fragment */
export function keepFragment(fragment) {
  history.replaceState(history.state, "", hashWith(location.hash, fragment) || location.pathname + location.search);
}

/** Go to a page as by a link. @param {string} href */
export function goTo(href) {
  const link = document.createElement("a");
  link.href = href;
  link.dataset.plain = ""; // no lens opens in place of the page
  document.body.append(link);
  link.click();
  link.remove();
}
