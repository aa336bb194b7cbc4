// Claims as pages show them.

import { button, inParts, made } from "./elements.js";
import { claimsAt, claimsOf, evidence, notLoaded } from "./evidence.js";
import { cutEvenly, cutToFit } from "./heights.js";
/** @import { AlsoSaid, Remarked, SaidAt, Sentence, ToldClaim, Words } from "./types.d.ts" */

const AT_ONCE = 15; // claims that are shown before a button shows more
const ON_A_PAGE = 50; // the same of claims that are the content of a page, if they fit
const begun = new WeakSet(); // lists that are filled, or that a fold will fill

/**
 * A list of the claims of some keys. It is busy until they are loaded, and says so if they cannot be.
 * @param {string[]} keys @param {Words} words
 * @param {(one: ToldClaim, other: ToldClaim) => number} order  of the claims; without it, the order of the keys. Reviewed ones come first.
 */
export function claimList(keys, words, order = () => 0) {
  const articles = made("div", { class: "claims" });
  const list = made("div", { "aria-busy": "true" }, articles);
  Promise.all([evidence(), claimsOf(keys)]).then(([{ href }, claims]) => {
    const makers = claims.sort((one, other) => Number(!one.reviewer) - Number(!other.reviewer) || order(one, other)).map((claim) => () => claimArticle(claim, words, href));
    list.append(inParts(articles, makers, AT_ONCE, (count) => words("More: {count}", { count })));
  }, () => list.append(notLoaded())).finally(() => { list.setAttribute("aria-busy", "false"); });
  return list;
}

/**
 * Let the lists of claims in a place show their claims: at once, as many of each as fit, or when the fold around them is opened.
 * @param {ParentNode} place @returns {Promise<void>}  of those that are shown at once
 */
export async function fillLists(place) {
  const open = [];
  for (const list of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll("[data-listed]"))) {
    if (begun.has(list)) continue;
    begun.add(list);
    const fold = list.closest("details");
    if (!fold || fold.open) open.push(list);
    else fold.addEventListener("toggle", () => showMore(list), { once: true });
  }
  const items = await Promise.all(open.map(addNext));
  cutEvenly(items);
  await Promise.all(open.map((list, at) => offerMore(list, items[at])));
}

/** Show the next claims of a list. @param {HTMLElement} list */
async function showMore(list) {
  const items = await addNext(list);
  cutToFit(items);
  await offerMore(list, items);
}

/** Add the next claims to a list; they are none if they cannot be loaded, which it says. @param {HTMLElement} list @returns {Promise<HTMLElement[]>} */
async function addNext(list) {
  const numbers = numbersIn(list.dataset.listed ?? ""), shown = list.childElementCount;
  list.setAttribute("aria-busy", "true");
  try {
    const [{ words, href }, claims] = await Promise.all([evidence(), claimsAt(numbers.slice(shown, shown + ON_A_PAGE))]);
    const items = claims.map(([key, claim]) => listItem(list, key, claimArticle(claim, words, href)));
    list.append(...items);
    return items;
  } catch {
    list.after(notLoaded());
    return [];
  }
}

/** Put a button for more claims after a list that has got some, if it lacks any. @param {HTMLElement} list @param {HTMLElement[]} items  that it has got */
async function offerMore(list, items) {
  const left = numbersIn(list.dataset.listed ?? "").length - list.childElementCount;
  if (items.length && left > 0) {
    const { words } = await evidence();
    const more = button([words("More: {count}", { count: left })], () => { more.remove(); showMore(list); });
    list.after(more);
  }
  list.setAttribute("aria-busy", "false");
  if (items.length) list.dispatchEvent(new Event("filled", { bubbles: true }));
}

/** A claim as an item of a list; on the page of a source it has the id of its place. @param {HTMLElement} list @param {string} key @param {HTMLElement} article */
function listItem(list, key, article) {
  const { paragraph } = list.dataset;
  if (paragraph) article.id = `p${paragraph}/${key.split("/").map(encodeURIComponent).join("/")}`;
  return list.matches("ol") ? made("li", {}, article) : article;
}

/** The numbers that a text such as `3-9,12` names. @param {string} text */
function numbersIn(text) {
  return text.split(",").filter(Boolean).flatMap((run) => {
    const [first, last = first] = run.split("-").map(Number);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  });
}

/**
 * A claim with its places, notes, repetitions and contradictions.
 * @param {ToldClaim} claim @param {Words} words @param {(path: string) => string} href  the address of a path
 * @param {(Node|string)[]} places  what is shown in place of the list of its places
 */
export function claimArticle(claim, words, href, places = [saidList(claim.said, href)]) {
  const own = made("div", { class: "own" },
    made("p", { class: "kind" }, claim.heading),
    made("p", { class: "sentence" }, ...spoken(claim.sentence)),
    ...places,
    ...remarked(claim, words),
    ...claim.also.map((other) => alsoSaid(other, words, href)),
    ...(claim.whole ? [made("p", { class: "also" },
      words("Sources that say all of it, or imply it: {sources}; their publishers: {publishers}", claim.whole))] : []));
  const others = claim.against.map((other) => made("div", { class: "against" },
    made("p", { class: "reason" }, `${words("Possible contradiction")}: `, made("span", { lang: "en" }, other.reason)),
    made("p", { class: "sentence" }, ...spoken(other.sentence)),
    saidList(other.said, href),
    ...remarked(other, words),
    ...(other.judged ? [made("p", { class: "quiet" }, `${words("Judged")}: ${other.judged}: `,
      made("span", { lang: "en" }, other.grounds))] : [])));
  return made("article", { class: `claim ${claim.modality}${others.length ? " contradicted" : ""}` }, own, ...others);
}

/** The pieces of a sentence, those in another language marked. @param {Sentence} sentence @returns {(string|HTMLElement)[]} */
function spoken(sentence) {
  return sentence.map((piece) => (typeof piece === "string" ? piece : made("span", { lang: piece[1] }, piece[0])));
}

/** The notes on a claim, what was corrected in it, and who has reviewed it. @param {Remarked} claim @param {Words} words */
export function remarked({ notes, corrections, reviewer }, words) {
  const list = notes.length ? [made("ul", { class: "notes" }, ...notes.map((note) => made("li", { lang: "en" }, note)))] : [];
  const corrected = corrections.map((said) => made("p", { class: "quiet" }, `${words("Corrected")}: `, made("span", { lang: "en" }, said)));
  return [...list, ...corrected, ...(reviewer ? [made("p", { class: "quiet" }, `${words("Reviewed by")}: ${reviewer}`)] : [])];
}

/** Another source of a claim. @param {AlsoSaid} also @param {Words} words @param {(path: string) => string} href */
function alsoSaid({ said, sentence }, words, href) {
  const links = said.flatMap(({ label, path }, at) => [at ? ", " : "", made("a", { href: href(path) }, label)]);
  return made("p", { class: "also" }, ...links, ` ${words("also says")}: `, ...spoken(sentence));
}

/** @param {SaidAt[]} said @param {(path: string) => string} href */
function saidList(said, href) {
  return made("ul", { class: "said" }, ...said.map(({ label, path, quote }) =>
    made("li", {}, made("a", { href: href(path) }, label), ...(quote ? [" ", made("q", {}, quote)] : []))));
}
