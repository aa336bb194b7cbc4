// No page is taller than ten screens as it opens: a list that would make it so gives items away, or folds them.

const MOST = 9.5; // screens of a page
const KEPT = 1; // screen that a list may have in any case
const BUTTON = 60; // pixels of a button below a list
const LEAST = 700; // pixels of a screen; a page within another may have a window of a few lines

/** The height of a screen, in pixels. */
const screenHeight = () => Math.max(innerHeight, LEAST);

/** The pixels by which the page is too tall. */
const excess = () => document.documentElement.scrollHeight - MOST * screenHeight();

/**
 * Take away items below each other while the page is too tall; those that stay have a screen, and one always stays.
 * @param {Element[]} items @param {"first"|"last"} away  from where items are taken away
 * @returns {number}  of the items that stay
 */
export function cutToFit(items, away = "last") {
  const tooTall = excess();
  if (tooTall <= 0) return items.length;
  const inOrder = away === "last" ? items : [...items].reverse(); // those that stay are first
  const boxes = inOrder.map((item) => item.getBoundingClientRect());
  const heights = boxes.map(({ top, bottom }) => (away === "last" ? bottom - boxes[0].top : boxes[0].bottom - top));
  const most = Math.max(Math.max(...heights) - tooTall, KEPT * screenHeight());
  const end = heights.findIndex((height, at) => at && height > most);
  const over = end < 0 ? [] : inOrder.slice(end);
  for (const item of over) item.remove();
  return items.length - over.length;
}

/**
 * Take away last items of lists while the page is too tall, those of the tallest list first; the first item of each list stays.
 * @param {Element[][]} lists
 */
export function cutEvenly(lists) {
  let tooTall = excess();
  if (tooTall <= 0) return;
  tooTall += lists.length * BUTTON;
  const heights = lists.map((items) => items.map((item) => item.getBoundingClientRect().height));
  const sums = heights.map((all) => all.reduce((sum, height) => sum + height, 0));
  while (tooTall > 0) {
    const giving = heights.flatMap((all, at) => (all.length > 1 ? [at] : []));
    if (!giving.length) break;
    const tallest = giving.reduce((one, other) => (sums[other] > sums[one] ? other : one));
    const height = heights[tallest].pop() ?? 0;
    sums[tallest] -= height;
    tooTall -= height;
  }
  lists.forEach((items, at) => { for (const item of items.slice(heights[at].length)) item.remove(); });
}

/**
 * Put the last items of the lists in a place into the folds after them while the page is too tall, those of the tallest list first.
 * The first item of a list stays, and so does one that the page leads to.
 * @param {ParentNode} place
 */
export function foldToFit(place) {
  const lists = [...place.querySelectorAll("[data-folds]")];
  while (excess() > 0) {
    const giving = lists.filter((list) => list.childElementCount > 1 && !list.lastElementChild?.id);
    if (!giving.length) return;
    foldLast(giving.reduce((one, other) => (other.clientHeight > one.clientHeight ? other : one)));
  }
}

/** Put the last item of a list into the fold after it. @param {Element} list */
function foldLast(list) {
  const fold = /** @type {HTMLDetailsElement} */ (list.nextElementSibling), item = /** @type {Element} */ (list.lastElementChild);
  const summary = /** @type {HTMLElement} */ (fold.firstElementChild), inner = fold.querySelector(":scope > ul, :scope > ol");
  if (inner) inner.prepend(item);
  else summary.after(item);
  if (inner instanceof HTMLOListElement) inner.start -= 1;
  const number = Number(summary.dataset.number) + 1;
  summary.dataset.number = String(number);
  summary.textContent = (summary.dataset.label ?? "").replace("{n}", number.toLocaleString(document.documentElement.lang));
  fold.hidden = false;
}
