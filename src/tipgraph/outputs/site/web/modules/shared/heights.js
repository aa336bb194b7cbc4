// No page is taller than ten screens as it opens: a list that would make it so gives items away.

const MOST = 9.5; // screens of a page
const KEPT = 1; // screen that a list may have in any case
const LEAST = 700; // pixels of a screen; a page within another may have a window of a few lines

/**
 * Take away items below each other while the page is too tall; those that stay have a screen, and one always stays.
 * @param {Element[]} items @param {"first"|"last"} away  from where items are taken away
 * @returns {number}  of the items that stay
 */
export function cutToFit(items, away = "last") {
  const screen = Math.max(innerHeight, LEAST);
  const tooTall = document.documentElement.scrollHeight - MOST * screen;
  if (tooTall <= 0) return items.length;
  const inOrder = away === "last" ? items : [...items].reverse(); // those that stay are first
  const boxes = inOrder.map((item) => item.getBoundingClientRect());
  const heights = boxes.map(({ top, bottom }) => (away === "last" ? bottom - boxes[0].top : boxes[0].bottom - top));
  const most = Math.max(Math.max(...heights) - tooTall, KEPT * screen);
  const end = heights.findIndex((height, at) => at && height > most);
  const over = end < 0 ? [] : inOrder.slice(end);
  for (const item of over) item.remove();
  return items.length - over.length;
}
